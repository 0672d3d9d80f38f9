package web

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/desk"
	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
)

const (
	uploadOf      = 2 * time.Minute             // how long a calendar or a file may take to come in
	maxCalendar   = calendar.MaxICS + 1         // bytes that are read of one
	maxPackedForm = calendar.MaxICS*3/2 + 1<<20 // bytes of a form that carries one
)

// getDaysOff lists the days off.
func (s *Server) getDaysOff(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.daysOff(w, r, v, http.StatusOK, DaysOffPage{})
}

func (s *Server) daysOff(w http.ResponseWriter, r *http.Request, v visit, status int, p DaysOffPage) error {
	sh, err := s.shell(r, v, "Days off", "settings")
	if err != nil {
		return err
	}
	list, err := s.Store.DaysOff(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	p.Shell, p.CanEdit = sh, v.Role.AtLeast(sales.RoleManager)
	if p.Values == nil {
		p.Values = map[string]string{}
	}
	if p.Errors == nil {
		p.Errors = map[string]string{}
	}
	sortDaysOff(&p, list, sh.Now.In(sh.Zone).Format(time.DateOnly))
	return RenderStatus(w, r, status, sh, DaysOffView(p))
}

// postDayOff adds a day off, or several in a row.
func (s *Server) postDayOff(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	f := values(r, "from", "to", "name", "where")
	p := DaysOffPage{Values: f, Errors: map[string]string{}}
	if f["to"] == "" {
		f["to"] = f["from"]
	}
	from, err1 := time.Parse(time.DateOnly, f["from"])
	to, err2 := time.Parse(time.DateOnly, f["to"])
	switch {
	case err1 != nil:
		p.Errors["from"] = "Choose the day."
	case err2 != nil:
		p.Errors["to"] = "Choose the last day, or leave it empty for one day."
	case to.Before(from):
		p.Errors["to"] = "The last day is before the first."
	case to.Sub(from) > 366*24*time.Hour:
		p.Errors["to"] = "At most a year in a row."
	}
	if f["name"] == "" || len(f["name"]) > 300 {
		p.Errors["name"] = "Say what day it is, in at most 300 characters. People see it as the reason why a mail waits."
	}
	if len(p.Errors) > 0 {
		return s.daysOff(w, r, v, http.StatusUnprocessableEntity, p)
	}
	code, part := whereOf(f["where"])
	day, err := s.Desk.SaveDayOff(r.Context(), v.Viewer, sales.DayOff{From: f["from"], To: f["to"], Name: f["name"], Country: code, Subdivision: part})
	if inForm(err) {
		p.Problem = sales.Explain(err)
		return s.daysOff(w, r, v, formStatus(err), p)
	}
	if err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/days-off", Toast{Text: "Free: " + dayOffWhen(day) + ", " + day.Name + "."})
}

// postDeleteDayOff removes one, which can be taken back.
func (s *Server) postDeleteDayOff(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := sales.ParseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	was, err := s.Desk.DeleteDayOff(r.Context(), v.Viewer, id)
	if err != nil {
		return err
	}
	token, err := json.Marshal([]string{was.From, was.To, was.Name, choiceOf(was.Country, was.Subdivision), was.Source})
	if err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/days-off", Toast{Text: "No longer free: " + dayOffWhen(was) + ".", Undo: "/undo/day-off/" + base64.RawURLEncoding.EncodeToString(token)})
}

// undoDayOff brings a day off back. The token proves nothing: whoever may add days
// off may bring one back, and it is checked as one that is typed.
func (s *Server) undoDayOff(w http.ResponseWriter, r *http.Request, v visit) error {
	b, err := base64.RawURLEncoding.DecodeString(r.PathValue("token"))
	var x []string
	if err != nil || json.Unmarshal(b, &x) != nil || len(x) != 5 {
		return sales.Errorf(sales.Invalid, "This cannot be taken back.")
	}
	code, part := whereOf(x[3])
	if _, err := s.Desk.SaveDayOff(r.Context(), v.Viewer, sales.DayOff{From: x[0], To: x[1], Name: x[2], Country: code, Subdivision: part, Source: x[4]}); err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/days-off", Toast{Text: "Taken back."})
}

// postDeleteCalendar removes the days off that came with a calendar.
func (s *Server) postDeleteCalendar(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	n, err := s.Desk.DeleteDaysOff(r.Context(), v.Viewer, r.PostForm.Get("source"))
	if err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/days-off", Toast{Text: "The calendar is gone, with " + many(n, "day off", "days off") + "."})
}

// postCalendar takes an iCalendar file and shows what an import would do. The
// file comes back, packed, with the form that says yes: nothing is kept here
// between the two.
func (s *Server) postCalendar(w http.ResponseWriter, r *http.Request, v visit) error {
	httpx.SlowBody(w, uploadOf)
	r.Body = http.MaxBytesReader(w, r.Body, maxPackedForm)
	c, form, err := readCalendar(r)
	if err == nil {
		var plan desk.CalendarPlan
		if plan, err = s.Desk.PreviewDaysOff(r.Context(), v.Viewer, c); err == nil {
			return s.calendarPreview(w, r, v, c, plan)
		}
	}
	if inForm(err) {
		_, _ = io.Copy(io.Discard, r.Body)
		form.Problem = sales.Explain(err)
		status := formStatus(err)
		if sales.CodeOf(err) == sales.Limited {
			status = http.StatusRequestEntityTooLarge
		}
		return s.daysOff(w, r, v, status, DaysOffPage{File: form})
	}
	return err
}

// readCalendar reads the form with a file: the fields before it, then the file.
func readCalendar(r *http.Request) (c desk.Calendar, form CalendarForm, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return c, form, sales.Errorf(sales.Invalid, "No file came with the form. Choose one, then press the button.")
	}
	found := false
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return c, form, tooMuch(err, calendarTooLarge())
		}
		limit := int64(1000)
		if part.FormName() == "file" {
			limit = maxCalendar
		}
		b, err := io.ReadAll(io.LimitReader(part, limit))
		if err != nil {
			return c, form, tooMuch(err, calendarTooLarge())
		}
		switch part.FormName() {
		case "file":
			found = part.FileName() != ""
			c.ICS = b
		case "where":
			form.Where = strings.TrimSpace(string(b))
		case "name":
			form.Name = strings.TrimSpace(string(b))
		}
	}
	if !found {
		return c, form, sales.Errorf(sales.Invalid, "Choose a file first.")
	}
	c.Name = form.Name
	c.Country, c.Subdivision = whereOf(form.Where)
	return c, form, nil
}

func calendarTooLarge() string {
	return fmt.Sprintf("The calendar is larger than %d MB. Export only the holidays, or fewer years.", calendar.MaxICS>>20)
}

// tooMuch tells a body that is too large from one that broke off.
func tooMuch(err error, large string) error {
	var x *http.MaxBytesError
	if errors.As(err, &x) {
		return sales.WrapError(sales.Limited, err, large)
	}
	return sales.WrapError(sales.Invalid, err, "The file did not come in whole. Try again.")
}

func (s *Server) calendarPreview(w http.ResponseWriter, r *http.Request, v visit, c desk.Calendar, plan desk.CalendarPlan) error {
	sh, err := s.shell(r, v, "Import days off", "settings")
	if err != nil {
		return err
	}
	file, err := pack(c.ICS)
	if err != nil {
		return err
	}
	p := CalendarPreviewPage{
		Shell: sh, Source: plan.Source, Where: choiceOf(c.Country, c.Subdivision), Who: whereLabel(c.Country, c.Subdivision), File: file, Count: len(plan.Days), Span: spanWords(plan.Days),
		Replaces: plan.Replaces, LeftOut: plan.LeftOut, Notes: plan.Notes,
	}
	today := sh.Now.In(sh.Zone).Format(time.DateOnly)
	for _, d := range plan.Days {
		switch {
		case d.To < today:
		case len(p.Days) < 12:
			p.Days = append(p.Days, dayOffRow(d))
		default:
			p.More++
		}
	}
	return Render(w, r, sh, CalendarPreviewView(p))
}

// postImportCalendar imports a calendar that was looked at.
func (s *Server) postImportCalendar(w http.ResponseWriter, r *http.Request, v visit) error {
	httpx.SlowBody(w, uploadOf)
	r.Body = http.MaxBytesReader(w, r.Body, maxPackedForm)
	if err := r.ParseForm(); err != nil {
		return tooMuch(err, calendarTooLarge())
	}
	file, err := unpack(r.PostForm.Get("file"))
	if err != nil {
		return sales.WrapError(sales.Invalid, err, "The calendar did not come back whole. Choose the file again.")
	}
	f := values(r, "name", "where")
	code, part := whereOf(f["where"])
	plan, err := s.Desk.ImportDaysOff(r.Context(), v.Viewer, desk.Calendar{ICS: file, Name: f["name"], Country: code, Subdivision: part})
	if err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/days-off", Toast{Text: many(len(plan.Days), "day off", "days off") + " imported from “" + clipText(plan.Source, 60) + "”."})
}

// pack makes a file fit for a hidden field.
func pack(b []byte) (string, error) {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		return "", err
	}
	err := z.Close()
	return base64.RawURLEncoding.EncodeToString(out.Bytes()), err
}

// unpack reads what pack made; of what grows beyond a calendar, as a bomb does, no
// more is read.
func unpack(s string) ([]byte, error) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(z, maxCalendar))
}

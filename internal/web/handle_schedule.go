package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

// getSchedule shows when mail may go and calls are made.
func (s *Server) getSchedule(w http.ResponseWriter, r *http.Request, v visit) error {
	ws, err := s.Store.Workspace(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	return s.schedule(w, r, v, SchedulePage{Settings: ws.Settings, Company: ws.Name, Says: s.scheduleSays(ws.Settings, zoneOf(v.User.Zone))}, nil)
}

func (s *Server) schedule(w http.ResponseWriter, r *http.Request, v visit, p SchedulePage, problem error) error {
	sh, err := s.shell(r, v, "Settings", "settings")
	if err != nil {
		return err
	}
	p.Shell = sh
	if p.Errors == nil {
		p.Errors = map[string]string{}
	}
	status := http.StatusOK
	if problem != nil || len(p.Errors) > 0 {
		status = http.StatusUnprocessableEntity
	}
	if problem != nil {
		p.Problem = sales.Explain(problem)
	}
	return RenderStatus(w, r, status, sh, ScheduleView(p))
}

// scheduleSays tells what the schedule means at this moment for somebody in the
// zone of the company.
func (s *Server) scheduleSays(set sales.Settings, reader *time.Location) string {
	now := s.Clock.Now()
	place := calendar.Resolve("", "", "", "", "", set.Zone)
	cal := calendar.For(set)
	city := place.Zone[strings.LastIndexByte(place.Zone, '/')+1:]
	city = strings.ReplaceAll(city, "_", " ")
	at, why := cal.Next(now, place)
	switch {
	case at.IsZero():
		return "As it is now, no mail ever goes: " + why + "."
	case why != "":
		return fmt.Sprintf("As it is now, a mail to somebody in %s goes %s at the earliest (%s for you).", city, at.In(place.Loc).Format("Monday 2 January at 15:04"), at.In(reader).Format("15:04"))
	}
	end := now
	for cal.Allowed(end, place) && end.Sub(now) < 24*time.Hour {
		end = end.Truncate(time.Minute).Add(time.Minute)
	}
	return fmt.Sprintf("As it is now, a mail to somebody in %s may go at this moment, until %s there.", city, end.In(place.Loc).Format("15:04"))
}

// postSchedule saves it.
func (s *Server) postSchedule(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	ws, err := s.Store.Workspace(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	p := SchedulePage{Settings: ws.Settings, Company: strings.TrimSpace(r.PostForm.Get("company")), Errors: map[string]string{}}
	p.read(r)
	if len(p.Errors) > 0 {
		return s.schedule(w, r, v, p, nil)
	}
	err = s.Desk.SaveSettings(r.Context(), v.Viewer, p.Company, p.Settings)
	if inForm(err) {
		return s.schedule(w, r, v, p, err)
	}
	if err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/schedule", Toast{Text: "Saved. What waits in the outbox is looked at again."})
}

// read fills the settings from the form; what is wrong is in Errors, by field.
func (p *SchedulePage) read(r *http.Request) {
	set := &p.Settings
	p.Typed = map[string]string{}
	for d := range 7 {
		set.Windows[d] = nil
		for i := range 2 {
			w, ok, err := p.readWindow(r, fmt.Sprintf("from-%d-%d", d, i), fmt.Sprintf("to-%d-%d", d, i))
			if err != "" {
				p.Errors["windows"] = time.Weekday(d).String() + ": " + err
			}
			if ok {
				set.Windows[d] = append(set.Windows[d], w)
			}
		}
	}
	w, ok, err := p.readWindow(r, "call-from", "call-to")
	switch {
	case err != "":
		p.Errors["call"] = err
	case !ok:
		p.Errors["call"] = "Give the hours of calls."
	default:
		set.CallWindow = w
	}
	set.Holidays = r.PostForm.Get("holidays") != ""
	set.TouchesPer30Days = p.number(r, "touches", 1, 100)
	set.RestDays = p.number(r, "rest_days", 1, 730)
	set.AnswerGoal = time.Duration(p.number(r, "answer_goal", 1, 1440)) * time.Minute
	set.AnswerAlarm = max(set.AnswerAlarm, set.AnswerGoal)
	p.readShared(r)
	f := values(r, "postal_address", "public_url", "zone")
	set.PostalAddress, set.PublicURL, set.Zone = strings.ReplaceAll(f["postal_address"], "\r\n", "\n"), f["public_url"], f["zone"]
	if len(set.PostalAddress) > 1000 {
		p.Errors["postal_address"] = "At most 1,000 characters."
	}
	if !knownZone(set.Zone) || set.Zone == "" {
		p.Errors["zone"] = "There is no such time zone. Write it like Europe/Lisbon."
	}
	if len(p.Company) > 200 {
		p.Errors["company"] = "At most 200 characters."
	}
}

func (p *SchedulePage) number(r *http.Request, name string, least, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(r.PostForm.Get(name)))
	if err != nil || n < least || n > most {
		p.Errors[name] = fmt.Sprintf("A number from %s to %s.", number(least), number(most))
	}
	return n
}

// readWindow reads two times of a day and keeps them as typed; both empty is no
// window. 00:00 as the end is midnight of the next day.
func (p *SchedulePage) readWindow(r *http.Request, from, to string) (w sales.Window, ok bool, problem string) {
	a, b := strings.TrimSpace(r.PostForm.Get(from)), strings.TrimSpace(r.PostForm.Get(to))
	p.Typed[from], p.Typed[to] = a, b
	if a == "" && b == "" {
		return w, false, ""
	}
	x, ok1 := minutesOf(a)
	y, ok2 := minutesOf(b)
	if !ok1 || !ok2 {
		return w, false, "write both times, as 08:30 and 11:30, or none."
	}
	w = sales.Window{From: x, To: y}
	if w.To == 0 {
		w.To = 24 * 60
	}
	if w.To <= w.From {
		return w, true, a + " to " + b + " ends before it begins."
	}
	return w, true, ""
}

// minutesOf reads a time of the day as people type it, 08:30, 8.30 or 0830, into
// minutes after midnight; 24:00 is the end of the day.
func minutesOf(text string) (int, bool) {
	digits := strings.NewReplacer(":", "", ".", "").Replace(text)
	if len(text)-len(digits) > 1 || len(digits) < 3 || len(digits) > 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, 10, 16)
	h, m := int(n)/100, int(n)%100
	if err != nil || m > 59 || h > 24 || h == 24 && m > 0 {
		return 0, false
	}
	return h*60 + m, true
}

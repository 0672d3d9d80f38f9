package web

import (
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
)

// letterOf reads the mail of a form.
func letterOf(r *http.Request, zone *time.Location) (desk.Letter, error) {
	l := desk.Letter{
		To: r.PostFormValue("to"), Cc: r.PostFormValue("cc"), Subject: r.PostFormValue("subject"), Body: r.PostFormValue("body"), HTML: r.PostFormValue("html"), Nonce: r.PostFormValue("nonce"),
		Chase: r.PostFormValue("chase"), Door: r.PostFormValue("door") != "", Later: sales.LaterKind(r.PostFormValue("later")), Files: attachedTo(r),
	}
	var err error
	if l.MailboxID, err = formID(r, "mailbox"); err != nil {
		return l, err
	}
	if l.ReplyTo, err = formID(r, "message"); err != nil {
		return l, err
	}
	l.Quote = l.ReplyTo != 0 && r.PostFormValue("quote") != "no"
	if l.Later == sales.LaterAt {
		if l.At, err = time.ParseInLocation("2006-01-02T15:04", r.PostFormValue("at"), zone); err != nil {
			return l, sales.Errorf(sales.Invalid, "Say when the mail is to go: a day and a time.")
		}
	}
	return l, nil
}

// attachedTo are the files that a form names.
func attachedTo(r *http.Request) (ids []sales.ID) {
	for _, s := range r.PostForm["attach"] {
		if id, err := sales.ParseID(s); err == nil && len(ids) < 50 {
			ids = append(ids, id)
		}
	}
	return ids
}

// writeMail sends a mail that a person wrote: an answer in the thread, or a new one.
func (s *Server) writeMail(w http.ResponseWriter, r *http.Request, v visit) error {
	person, task, back, err := about(r)
	if err != nil {
		return err
	}
	l, err := letterOf(r, zoneOf(v.User.Zone))
	l.PersonID, l.TaskID = person, task
	if err == nil {
		err = s.onlySigned(r, v, l)
	}
	var u desk.Undo
	if err == nil {
		u, err = s.Desk.Write(r.Context(), v.Viewer, l)
	}
	if err != nil {
		c, cerr := s.partScene(r.Context(), v)
		if cerr != nil {
			return cerr
		}
		files, ferr := c.chips(r.Context(), l.Files)
		if ferr != nil {
			return ferr
		}
		return s.refuse(w, r, v, person, "act-write", err, func(a *PersonActs) {
			f := &a.Write
			f.Subject, f.Body, f.HTML, f.DraftNote, f.Problem, f.Reason = l.Subject, l.Body, l.HTML, "", sales.Explain(err), l.Chase
			f.Recipient, f.Cc, f.Files = pick(l.To != "", l.To, f.Recipient), l.Cc, files
		})
	}
	return s.done(w, r, back, u, person)
}

// mailFiles takes files for a mail that is being written. A page that runs its
// script gets JSON; any other sends the whole form, which is kept as a draft.
func (s *Server) mailFiles(w http.ResponseWriter, r *http.Request, v visit) error {
	httpx.SlowBody(w, uploadTime)
	person, err := pathID(r)
	if err != nil {
		return err
	}
	if _, err := s.Store.Person(r.Context(), v.Viewer, person); err != nil {
		return err
	}
	r.Body = http.MaxBytesReader(w, r.Body, 2*desk.MaxFile+1<<20)
	if err := r.ParseMultipartForm(4 << 20); err != nil {
		return tooMuch(err, "The files are larger than a mail can carry.")
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }()
	kept, problem, err := s.takeMailFiles(r, v)
	if err != nil {
		return err
	}
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		type file struct {
			ID   string `json:"id"`
			Name string `json:"name"`
			Size string `json:"size"`
		}
		out := struct {
			Files   []file `json:"files"`
			Problem string `json:"problem,omitempty"`
		}{Files: []file{}, Problem: problem}
		for _, f := range kept {
			out.Files = append(out.Files, file{f.ID.String(), f.Name, bytesText(f.Size)})
		}
		w.Header().Set("Content-Type", "application/json")
		return json.NewEncoder(w).Encode(out)
	}
	d, err := draftIn(r, person)
	if err != nil {
		return err
	}
	gone := r.PostFormValue("detach")
	d.Files = slices.DeleteFunc(d.Files, func(id sales.ID) bool { return id.String() == gone })
	for _, f := range kept {
		d.Files = append(d.Files, f.ID)
	}
	if _, err := s.Desk.SaveDraft(r.Context(), v.Viewer, d); inForm(err) {
		problem = strings.TrimSpace(problem + " " + sales.Explain(err))
	} else if err != nil {
		return err
	}
	if problem != "" {
		s.carryToast(w, r, Toast{Text: problem, Bad: true})
	}
	return httpx.SeeOther(w, r, httpx.LocalPath(r.PostFormValue("back"), path("/people", person))+"#act-write")
}

// takeMailFiles keeps the files of a form for their writer alone, as many as can be,
// and says what became of the others.
func (s *Server) takeMailFiles(r *http.Request, v visit) (kept []sales.File, problem string, err error) {
	for _, h := range r.MultipartForm.File["file"] {
		if len(kept) >= desk.MaxCarried {
			return kept, tooMany(), nil
		}
		if h.Filename == "" || h.Size == 0 && len(r.MultipartForm.File["file"]) == 1 && r.PostFormValue("detach") != "" {
			continue
		}
		f, err := h.Open()
		if err != nil {
			return kept, problem, err
		}
		data, err := io.ReadAll(io.LimitReader(f, desk.MaxFile+1))
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return kept, problem, err
		}
		x, err := s.Desk.UploadFile(r.Context(), v.Viewer, sales.File{Name: h.Filename, MediaType: mediaType(h.Filename, data), Private: true, Data: data})
		switch {
		case inForm(err):
			problem = strings.TrimSpace(problem + " " + sales.Explain(err))
		case err != nil:
			return kept, problem, err
		default:
			kept = append(kept, x)
		}
	}
	return kept, problem, nil
}

func tooMany() string { return "A mail carries at most " + strconv.Itoa(desk.MaxCarried) + " files." }

// waitingMail sends a mail now that waits for its time, takes it back, or takes it
// back to be edited.
func (s *Server) waitingMail(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	id, err := pathID(r)
	if err != nil {
		return err
	}
	back := httpx.LocalPath(r.PostFormValue("back"), "/next")
	var u desk.Undo
	switch r.PostFormValue("do") {
	case "now":
		u, err = s.Desk.SendNow(r.Context(), v.Viewer, id)
	case "edit", "back":
		u, err = s.Desk.TakeBack(r.Context(), v.Viewer, id)
		if err == nil && r.PostFormValue("do") == "edit" {
			back += "#act-write"
		}
	default:
		return sales.Errorf(sales.Invalid, "Choose what to do with the mail.")
	}
	return s.over(w, r, back, u, err)
}

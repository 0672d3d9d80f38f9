package web

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
)

// pathID reads the {id} of the path.
func pathID(r *http.Request) (sales.ID, error) { return sales.ParseID(r.PathValue("id")) }

// formID reads an ID of a form; 0 when it is not there.
func formID(r *http.Request, name string) (sales.ID, error) { return optionalID(r.PostFormValue(name)) }

// about reads what every form about a person carries: the person of the path,
// the task that it is about, and where to go afterwards.
func about(r *http.Request) (person, task sales.ID, back string, err error) {
	if err = r.ParseForm(); err != nil {
		return 0, 0, "", badForm(err)
	}
	if person, err = pathID(r); err != nil {
		return 0, 0, "", err
	}
	task, err = formID(r, "task")
	return person, task, httpx.LocalPath(r.PostFormValue("back"), path("/people", person)), err
}

// badForm tells a form that is too large from one that is broken.
func badForm(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return err
	}
	return sales.WrapError(sales.Invalid, err, "The form came broken. Go back and send it again.")
}

// done goes back after a command, with what was done and how to take it back;
// then the person whom it was about is shown again.
func (s *Server) done(w http.ResponseWriter, r *http.Request, back string, u desk.Undo, person ...sales.ID) error {
	t := Toast{Text: u.Say}
	if u.Token != "" {
		again := back
		if back == "/next" && len(person) > 0 {
			again += "?person=" + person[0].String()
		}
		t.Undo = "/undo/" + u.Token + "?back=" + escapeQuery(again)
	}
	if t.Text != "" {
		s.carryToast(w, r, t)
	}
	return httpx.SeeOther(w, r, back)
}

// over ends a command that has nothing to correct: what went wrong because it
// was done before, or cannot be done now, is told on the page.
func (s *Server) over(w http.ResponseWriter, r *http.Request, back string, u desk.Undo, err error, person ...sales.ID) error {
	switch sales.CodeOf(err) {
	case "":
		return s.done(w, r, back, u, person...)
	case sales.Conflict, sales.Invalid:
		s.carryToast(w, r, Toast{Text: sales.Explain(err), Bad: true})
		return httpx.SeeOther(w, r, back)
	}
	return err
}

// refuse shows the page of a form again, with the panel open, what was typed
// and what is wrong with it.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, v visit, person sales.ID, panel string, err error, fill func(*PersonActs)) error {
	switch sales.CodeOf(err) {
	case sales.Invalid, sales.Conflict, sales.Forbidden, sales.Limited:
	default:
		return err
	}
	page, perr := s.pageAt(r, v, r.PostFormValue("back"), person)
	if perr != nil {
		return perr
	}
	if fill != nil {
		fill(page.acts)
	}
	if fill == nil || panel == "act-call" && !page.acts.CanCall || panel == "act-write" && !page.acts.CanWrite {
		page.sh.Toasts = append(page.sh.Toasts, Toast{Text: sales.Explain(err), Bad: true, Stay: true})
	}
	page.sh.Open = panel
	return RenderStatus(w, r, httpx.StatusOf(sales.CodeOf(err)), *page.sh, page.view())
}

// onlySigned refuses a mail in which nothing but the signature stands.
func (s *Server) onlySigned(r *http.Request, v visit, l desk.Letter) error {
	boxes, err := s.Store.Mailboxes(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	body := strings.Join(strings.Fields(l.Body), " ")
	for _, mb := range boxes {
		if mb.UserID == v.UserID && body != "" && body == strings.Join(strings.Fields(mb.Signature), " ") {
			return sales.Errorf(sales.Invalid, "The mail is empty but for the signature. Write something first.")
		}
	}
	return nil
}

// logCall keeps a call.
func (s *Server) logCall(w http.ResponseWriter, r *http.Request, v visit) error {
	person, task, back, err := about(r)
	if err != nil {
		return err
	}
	minutes, err := strconv.Atoi(strings.TrimSpace("0" + r.PostFormValue("minutes")))
	if err != nil {
		minutes, err = -1, nil // refused by desk, in words
	}
	c := desk.CallLog{
		PersonID: person, TaskID: task, Disposition: sales.Disposition(r.PostFormValue("disposition")), Sentiment: sales.Sentiment(r.PostFormValue("sentiment")),
		Purpose: sales.Purpose(r.PostFormValue("purpose")), Minutes: minutes, Note: strings.ReplaceAll(r.PostFormValue("note"), "\r\n", "\n"), Override: r.PostFormValue("override"), Chase: r.PostFormValue("chase"),
	}
	for _, one := range r.PostForm["card"] {
		if id, err := sales.ParseID(one); err == nil && len(c.Cards) < 20 {
			c.Cards = append(c.Cards, id)
		}
	}
	var u desk.Undo
	if c.Disposition == sales.CallLater {
		c.Callback, err = callAgain(r.PostFormValue("again"), zoneOf(v.User.Zone))
	}
	if err == nil {
		u, err = s.Desk.LogCall(r.Context(), v.Viewer, c)
	}
	if err != nil {
		return s.refuse(w, r, v, person, "act-call", err, func(a *PersonActs) {
			a.Call.Problem, a.Call.Note, a.Call.Override, a.Call.Reason = sales.Explain(err), c.Note, c.Override, c.Chase
		})
	}
	return s.done(w, r, back, u, person)
}

// bookMeeting writes down that a meeting is agreed.
func (s *Server) bookMeeting(w http.ResponseWriter, r *http.Request, v visit) error {
	person, task, back, err := about(r)
	if err != nil {
		return err
	}
	at, err := time.ParseInLocation("2006-01-02T15:04", r.PostFormValue("at"), zoneOf(v.User.Zone))
	if err != nil {
		err = sales.Errorf(sales.Invalid, "Say when the meeting is: a day and a time.")
		return s.refuse(w, r, v, person, "act-book", err, nil)
	}
	u, err := s.Desk.Meeting(r.Context(), v.Viewer, person, task, at, r.PostFormValue("note"))
	if err != nil {
		return s.refuse(w, r, v, person, "act-book", err, nil)
	}
	return s.done(w, r, back, u, person)
}

// keepNote writes something down about a person.
func (s *Server) keepNote(w http.ResponseWriter, r *http.Request, v visit) error {
	person, _, back, err := about(r)
	if err != nil {
		return err
	}
	text := r.PostFormValue("text")
	if err := s.Desk.Note(r.Context(), v.Viewer, person, text); err != nil {
		return s.refuse(w, r, v, person, "act-note", err, func(a *PersonActs) { a.NoteText, a.NoteProblem = text, sales.Explain(err) })
	}
	return s.done(w, r, back, desk.Undo{Say: "The note is kept."})
}

// rest is snooze, wait and not now: each takes a time.
func (s *Server) rest(w http.ResponseWriter, r *http.Request, v visit, panel string, do func(person sales.ID, until time.Time) (desk.Undo, error)) error {
	person, _, back, err := about(r)
	if err != nil {
		return err
	}
	until, err := untilOf(r, v)
	if err == nil && until.Before(s.Clock.Now()) {
		err = sales.Errorf(sales.Invalid, "That time is over. Choose one that is still to come.")
	}
	var u desk.Undo
	if err == nil {
		u, err = do(person, until)
	}
	if err != nil {
		return s.refuse(w, r, v, person, panel, err, nil)
	}
	return s.done(w, r, back, u, person)
}

// snooze puts a person off; it stays our move.
func (s *Server) snooze(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.rest(w, r, v, "act-snooze", func(person sales.ID, until time.Time) (desk.Undo, error) {
		return s.Desk.Snooze(r.Context(), v.Viewer, person, until)
	})
}

// wait leaves the next step to the person.
func (s *Server) wait(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.rest(w, r, v, "act-wait", func(person sales.ID, until time.Time) (desk.Undo, error) {
		return s.Desk.Wait(r.Context(), v.Viewer, person, until)
	})
}

// notNow lets a person rest, with the reason as a note.
func (s *Server) notNow(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.rest(w, r, v, "act-not-now", func(person sales.ID, until time.Time) (desk.Undo, error) {
		u, err := s.Desk.NotNow(r.Context(), v.Viewer, person, until)
		if why := strings.TrimSpace(r.PostFormValue("why")); err == nil && why != "" {
			err = s.Desk.Note(r.Context(), v.Viewer, person, "Not now: "+cut(why, 2000))
		}
		return u, err
	})
}

// suppress puts a person, or their whole company, on the suppression list.
func (s *Server) suppress(w http.ResponseWriter, r *http.Request, v visit) error {
	person, _, _, err := about(r)
	if err != nil {
		return err
	}
	p, err := s.Store.Person(r.Context(), v.Viewer, person)
	if err != nil {
		return err
	}
	why, say := r.PostFormValue("why"), p.Name()+" is on the suppression list. Nobody writes to them any more."
	if r.PostFormValue("what") == "domain" {
		domain := sales.DomainOf(p.Email)
		if err := s.Desk.Suppress(r.Context(), v.Viewer, domain, why); err != nil {
			return s.over(w, r, path("/people", person), desk.Undo{}, err)
		}
		say = "Everybody at " + domain + " is on the suppression list."
	}
	if err := s.Desk.SuppressPerson(r.Context(), v.Viewer, person, why); err != nil {
		return err
	}
	return s.done(w, r, path("/people", person), desk.Undo{Say: say})
}

// correct changes what a message was read as.
func (s *Server) correct(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	back := httpx.LocalPath(r.PostFormValue("back"), path("/messages", id))
	kind, intent, _ := strings.Cut(r.PostFormValue("verdict"), "/")
	learnt, err := s.Desk.Correct(r.Context(), v.Viewer, id, sales.VerdictKind(kind), sales.Intent(intent))
	say := "Corrected: " + strings.ToLower(labelOf(verdictChoices(), r.PostFormValue("verdict"))) + "."
	switch learnt {
	case desk.LearntIt:
		say += " Mails like it are read so from now on."
	case desk.Unlearnt:
		say += " What it had taught is taken back."
	}
	return s.over(w, r, back, desk.Undo{Say: say}, err)
}

// undo takes the last command back.
func (s *Server) undo(w http.ResponseWriter, r *http.Request, v visit) error {
	back := httpx.LocalPath(r.URL.Query().Get("back"), "/next")
	token, err := url.PathUnescape(r.PathValue("token"))
	if err != nil {
		return sales.WrapError(sales.Invalid, err, "This cannot be taken back.")
	}
	return s.over(w, r, back, desk.Undo{Say: "Taken back."}, s.Desk.Undo(r.Context(), v.Viewer, token))
}

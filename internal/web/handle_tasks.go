package web

import (
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/httpx"
	"ninetyten/internal/render"
	"ninetyten/internal/sales"
)

// ownTask reads the task of the path with its person, if the viewer may see them.
func (s *Server) ownTask(r *http.Request, v visit) (t sales.Task, p sales.Person, back string, err error) {
	if err := r.ParseForm(); err != nil {
		return t, p, "", badForm(err)
	}
	id, err := pathID(r)
	if err != nil {
		return t, p, "", err
	}
	if t, err = s.Store.Task(r.Context(), v.WorkspaceID, id); err != nil {
		return t, p, "", err
	}
	p, err = s.Store.Person(r.Context(), v.Viewer, t.PersonID)
	return t, p, httpx.LocalPath(r.PostFormValue("back"), "/next"), err
}

// taskDone says that a task needs nothing more. Leaving something unmended ends
// the sequence that it held up.
func (s *Server) taskDone(w http.ResponseWriter, r *http.Request, v visit) error {
	t, _, back, err := s.ownTask(r, v)
	if err != nil {
		return err
	}
	if t.Kind == sales.TaskFix && t.EnrollmentID != 0 {
		if err := s.Desk.StopEnrollment(r.Context(), v.Viewer, t.EnrollmentID); err != nil {
			return s.over(w, r, back, desk.Undo{}, err)
		}
	}
	u, err := s.Desk.Complete(r.Context(), v.Viewer, t.ID, "")
	return s.over(w, r, back, u, err, t.PersonID)
}

// taskMissed says that somebody did not come to a meeting.
func (s *Server) taskMissed(w http.ResponseWriter, r *http.Request, v visit) error {
	t, _, back, err := s.ownTask(r, v)
	if err != nil {
		return err
	}
	u, err := s.Desk.Missed(r.Context(), v.Viewer, t.ID, "")
	return s.over(w, r, back, u, err, t.PersonID)
}

// taskFix fills in what kept a mail from going, and lets the sequence go on.
func (s *Server) taskFix(w http.ResponseWriter, r *http.Request, v visit) error {
	t, p, back, err := s.ownTask(r, v)
	if err != nil {
		return err
	}
	if t.Kind != sales.TaskFix {
		return sales.Errorf(sales.Invalid, "There is nothing to mend here.")
	}
	a, err := s.Store.Account(r.Context(), v.WorkspaceID, p.AccountID)
	if err != nil && sales.CodeOf(err) != sales.NotFound {
		return err
	}
	p.Custom = maps.Clone(p.Custom)
	company := a.Name
	for name, values := range r.PostForm {
		if merge, ok := strings.CutPrefix(name, "field:"); ok {
			name = merge
		} else if name != "email" && name != "phone" {
			continue
		}
		setField(&p, &company, name, strings.TrimSpace(cut(values[0], 2000)))
	}
	if _, err := s.Desk.SavePerson(r.Context(), v.Viewer, p, company); err != nil {
		return s.over(w, r, back, desk.Undo{}, err)
	}
	if t.EnrollmentID != 0 {
		if err := s.Desk.ResumeEnrollment(r.Context(), v.Viewer, t.EnrollmentID); err != nil {
			return s.over(w, r, back, desk.Undo{}, err)
		}
	}
	// A new address has closed the task already.
	if now, err := s.Store.Task(r.Context(), v.WorkspaceID, t.ID); err != nil {
		return err
	} else if now.State == sales.TaskOpen {
		if _, err := s.Desk.Complete(r.Context(), v.Viewer, t.ID, ""); err != nil {
			return s.over(w, r, back, desk.Undo{}, err)
		}
	}
	return s.done(w, r, back, desk.Undo{Say: "Mended. It goes on with " + p.Name() + "."})
}

// setField writes the value that a merge field is filled from.
func setField(p *sales.Person, company *string, merge, value string) {
	switch merge {
	case "first_name":
		p.FirstName = value
	case "last_name":
		p.LastName = value
	case "full_name":
		p.FirstName, p.LastName, _ = strings.Cut(value, " ")
	case "title":
		p.Title = value
	case "email":
		p.Email = value
	case "phone":
		p.Phone = value
	case "linkedin":
		p.LinkedIn = value
	case "company":
		*company = value
	default:
		if p.Custom == nil {
			p.Custom = map[string]string{}
		}
		field := merge
		if !strings.HasPrefix(field, "custom.") {
			field = "custom." + merge
		}
		for column := range p.Custom {
			if render.CustomField(column) == field {
				p.Custom[column] = value
				return
			}
		}
		p.Custom[strings.TrimPrefix(field, "custom.")] = value
	}
}

// taskReferral adds whom the person named.
func (s *Server) taskReferral(w http.ResponseWriter, r *http.Request, v visit) error {
	t, p, back, err := s.ownTask(r, v)
	if err != nil {
		return err
	}
	if t.Kind != sales.TaskReferral {
		return sales.Errorf(sales.Invalid, "Nobody was named here.")
	}
	named, err := s.addNamed(r, v, p)
	if err != nil {
		return s.over(w, r, back, desk.Undo{}, err)
	}
	if err := s.Desk.Referred(r.Context(), v.Viewer, named.ID, p.ID); err != nil {
		return s.over(w, r, back, desk.Undo{}, err)
	}
	u, err := s.Desk.Complete(r.Context(), v.Viewer, t.ID, "named "+named.Name())
	if err != nil {
		return s.over(w, r, back, u, err)
	}
	u.Say = named.Name() + " is added."
	if r.PostFormValue("then") == "write" {
		back = path("/people", named.ID) + "#act-write"
	}
	return s.done(w, r, back, u)
}

// addNamed finds the person with the address of the form, or makes them a
// colleague of p.
func (s *Server) addNamed(r *http.Request, v visit, p sales.Person) (sales.Person, error) {
	ctx := r.Context()
	email, err := sales.NormalAddress(r.PostFormValue("email"))
	if err != nil {
		return sales.Person{}, err
	}
	known, err := s.Store.PeopleByEmail(ctx, v.WorkspaceID, []string{email})
	if err != nil {
		return sales.Person{}, err
	}
	if x, ok := known[email]; ok {
		if x, err = s.Store.Person(ctx, v.Viewer, x.ID); sales.CodeOf(err) == sales.NotFound {
			return x, sales.Errorf(sales.Conflict, "%s is known already and belongs to a colleague of yours. Ask your manager who goes on.", email)
		}
		return x, err
	}
	a, err := s.Store.Account(ctx, v.WorkspaceID, p.AccountID)
	if err != nil && sales.CodeOf(err) != sales.NotFound {
		return sales.Person{}, err
	}
	first, last, _ := strings.Cut(strings.TrimSpace(cut(r.PostFormValue("name"), 400)), " ")
	x := sales.Person{Email: email, FirstName: first, LastName: strings.TrimSpace(last), OwnerID: p.OwnerID, Zone: p.Zone, Country: p.Country, Language: p.Language}
	if x, err = s.Desk.SavePerson(ctx, v.Viewer, x, a.Name); err != nil {
		return x, err
	}
	return x, s.Desk.Note(ctx, v.Viewer, x.ID, "Named by "+p.Name()+" as the right person.")
}

// taskConfirm says whose a message is: a number of those whom it was offered for,
// "yes" for the first, anything else for none.
func (s *Server) taskConfirm(w http.ResponseWriter, r *http.Request, v visit) error {
	t, p, back, err := s.ownTask(r, v)
	if err != nil {
		return err
	}
	n, answer := desk.Nobody, r.PostFormValue("answer")
	if i, err := strconv.Atoi(answer); err == nil {
		n = i
	}
	if answer == "yes" {
		n, err = 0, s.Desk.Confirm(r.Context(), v.Viewer, t.ID, true)
	} else {
		p, err = s.Desk.Whose(r.Context(), v.Viewer, t.ID, n)
	}
	say := "It counts as the answer of " + p.Name() + "."
	if n == desk.Nobody {
		say = "It does not count. The sequences go on."
	}
	return s.over(w, r, back, desk.Undo{Say: say}, err)
}

// restDays is how long a person rests who is left alone after a decision.
const restDays = 60

// taskDecide does what the seller decided: go on, rest, or end.
func (s *Server) taskDecide(w http.ResponseWriter, r *http.Request, v visit) error {
	t, p, back, err := s.ownTask(r, v)
	if err != nil {
		return err
	}
	if t.Kind != sales.TaskDecide {
		return sales.Errorf(sales.Invalid, "There is nothing to decide here.")
	}
	ctx := r.Context()
	say := "Settled."
	switch r.PostFormValue("answer") {
	case "go_on":
		err, say = s.Desk.ResumeEnrollment(ctx, v.Viewer, t.EnrollmentID), "The sequence goes on with "+p.Name()+"."
	case "end":
		err, say = s.Desk.StopEnrollment(ctx, v.Viewer, t.EnrollmentID), "The sequence ended for "+p.Name()+"."
	case "rest": // closes the task too
		u, err := s.Desk.NotNow(ctx, v.Viewer, p.ID, s.Clock.Now().Add(restDays*24*time.Hour))
		return s.over(w, r, back, u, err, p.ID)
	case "done":
	default:
		err = sales.Errorf(sales.Invalid, "Choose how it goes on.")
	}
	if err == nil { // the sequence that goes on has closed a question about its pause
		if t, err = s.Store.Task(ctx, v.WorkspaceID, t.ID); err == nil && t.State == sales.TaskOpen {
			_, err = s.Desk.Complete(ctx, v.Viewer, t.ID, "")
		}
	}
	return s.over(w, r, back, desk.Undo{Say: say}, err)
}

// approve lets a draft go, with what the person made of it.
func (s *Server) approve(w http.ResponseWriter, r *http.Request, v visit) error {
	t, p, back, err := s.ownTask(r, v)
	if err != nil {
		return err
	}
	if t.Kind != sales.TaskApprove {
		return sales.Errorf(sales.Invalid, "There is nothing to approve here.")
	}
	c, err := s.partScene(r.Context(), v)
	if err != nil {
		return err
	}
	d, err := c.readDraft(r.Context(), p, t)
	if err != nil {
		return s.over(w, r, back, desk.Undo{}, err)
	}
	subject, body := strings.TrimSpace(r.PostFormValue("subject")), strings.TrimSpace(strings.ReplaceAll(r.PostFormValue("body"), "\r\n", "\n"))
	if d.step.SameThread() {
		subject, d.subject = "", "" // it answers the thread, whatever is written above it
	}
	html := r.PostFormValue("html") // of the editor, when something was changed in it
	switch {
	case body == "" || subject == "" && !d.step.SameThread():
		return s.over(w, r, back, desk.Undo{}, sales.Errorf(sales.Invalid, "The mail needs a subject and a text."))
	case html == "" && d.problem == nil && subject == d.subject && body == strings.TrimSpace(d.body):
		subject, body, html = "", "", "" // as it is: rendered anew when it goes
	case html != "":
		u, err := s.Desk.ApproveHTML(r.Context(), v.Viewer, t.ID, subject, html)
		return s.over(w, r, back, u, err)
	}
	u, err := s.Desk.Approve(r.Context(), v.Viewer, t.ID, subject, body)
	return s.over(w, r, back, u, err)
}

// reject skips the step of a draft.
func (s *Server) reject(w http.ResponseWriter, r *http.Request, v visit) error {
	t, _, back, err := s.ownTask(r, v)
	if err != nil {
		return err
	}
	u, err := s.Desk.Reject(r.Context(), v.Viewer, t.ID)
	return s.over(w, r, back, u, err)
}

// enrollment steers one person's way through one sequence.
func (s *Server) enrollment(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	e, err := s.Store.Enrollment(r.Context(), v.WorkspaceID, id)
	if err != nil {
		return err
	}
	back := httpx.LocalPath(r.PostFormValue("back"), path("/people", e.PersonID))
	say := ""
	switch r.PathValue("what") {
	case "pause":
		err, say = s.Desk.PauseEnrollment(r.Context(), v.Viewer, id, time.Time{}), "Paused. It stays so until somebody lets it go on."
	case "resume":
		err, say = s.Desk.ResumeEnrollment(r.Context(), v.Viewer, id), "It goes on."
	case "stop":
		err, say = s.Desk.StopEnrollment(r.Context(), v.Viewer, id), "The sequence ended for this person."
	case "remove":
		err, say = s.Desk.RemoveEnrollment(r.Context(), v.Viewer, id), "Taken out of the sequence."
	case "moved":
		err, say = s.Desk.BuyerMoved(r.Context(), v.Viewer, e.PersonID, r.PostFormValue("text")), "Written down: they did it. What comes after begins."
	case "move":
		return s.moveEnrollment(w, r, v, e, back)
	default:
		return sales.Errorf(sales.NotFound, "There is no such action.")
	}
	return s.over(w, r, back, desk.Undo{Say: say}, err)
}

// moveEnrollment lets one person go on at another step, also of another track.
func (s *Server) moveEnrollment(w http.ResponseWriter, r *http.Request, v visit, e sales.Enrollment, back string) error {
	step, err := formID(r, "step")
	if err != nil {
		return err
	}
	out, err := s.Desk.Bulk(r.Context(), v.Viewer, e.SequenceID, desk.BulkCommand{Kind: desk.BulkMove, StepID: step, IDs: []sales.ID{e.ID}})
	if out.Done > 0 {
		out.Undo.Say = "They go on at the step that you chose."
	}
	return s.over(w, r, back, out.Undo, err)
}

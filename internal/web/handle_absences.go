package web

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"

	"ninetyten/internal/desk"
	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
)

// getAbsences shows who of the team is away when.
func (s *Server) getAbsences(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.absences(w, r, v, nil, nil, nil)
}

// absences shows the calendar and the form that plans, with what was typed, what
// that would do, and what is wrong with it.
func (s *Server) absences(w http.ResponseWriter, r *http.Request, v visit, typed map[string]string, preview *desk.AbsencePreview, problem error) error {
	c, err := s.scene(r, v, "Absences", "settings")
	if err != nil {
		return err
	}
	list, err := s.Desk.Absences(r.Context(), v.Viewer)
	if err != nil {
		return err
	}
	p := AbsencesPage{Shell: c.sh, Form: c.absenceForm(sales.Absence{UserID: v.UserID, Mode: sales.AbsencePause}, typed, problem), Preview: c.previewOf(preview)}
	for _, a := range list {
		row, err := c.absenceRow(r.Context(), a)
		if err != nil {
			return err
		}
		switch {
		case a.Running(c.now()):
			p.Now = append(p.Now, row)
		case a.From.After(c.now()):
			p.Coming = append(p.Coming, row)
		default:
			p.Past = append(p.Past, row)
		}
	}
	slices.Reverse(p.Past)
	status := http.StatusOK
	if problem != nil {
		status = formStatus(problem)
	}
	return RenderStatus(w, r, status, p.Shell, AbsencesView(p))
}

// readAbsence reads the form.
func readAbsence(r *http.Request, v visit) (desk.AbsenceForm, map[string]string, error) {
	if err := r.ParseForm(); err != nil {
		return desk.AbsenceForm{}, nil, badForm(err)
	}
	typed := values(r, "user", "first", "last", "mode", "stand_in", "note")
	f := desk.AbsenceForm{UserID: v.UserID, First: typed["first"], Last: typed["last"], Mode: sales.AbsenceMode(typed["mode"]), Note: typed["note"]}
	if id, err := sales.ParseID(typed["user"]); err == nil {
		f.UserID = id
	}
	if id, err := sales.ParseID(typed["stand_in"]); err == nil {
		f.StandInID = id
	}
	return f, typed, nil
}

// postAbsence plans an absence, or says what it would do.
func (s *Server) postAbsence(w http.ResponseWriter, r *http.Request, v visit) error {
	f, typed, err := readAbsence(r, v)
	if err != nil {
		return err
	}
	again := func(p *desk.AbsencePreview, err error) error {
		return s.absences(w, r, v, typed, p, err)
	}
	if r.PathValue("id") != "" {
		if f.ID, err = pathID(r); err != nil {
			return err
		}
		again = func(p *desk.AbsencePreview, err error) error { return s.absence(w, r, v, f.ID, typed, p, err) }
	}
	if r.PostForm.Get("do") == "preview" {
		p, err := s.Desk.PreviewAbsence(r.Context(), v.Viewer, f)
		if err != nil && !inForm(err) {
			return err
		}
		if err != nil {
			return again(nil, err)
		}
		return again(&p, nil)
	}
	a, err := s.Desk.SaveAbsence(r.Context(), v.Viewer, f)
	if inForm(err) {
		return again(nil, err)
	}
	if err != nil {
		return err
	}
	text := "Saved. What waits is put in order within moments."
	if f.ID == 0 {
		text = "Planned. Everything else happens by itself."
	}
	return s.toastTo(w, r, path("/settings/absences", a.ID), Toast{Text: text})
}

// getAbsence shows one absence.
func (s *Server) getAbsence(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	return s.absence(w, r, v, id, nil, nil, nil)
}

func (s *Server) absence(w http.ResponseWriter, r *http.Request, v visit, id sales.ID, typed map[string]string, preview *desk.AbsencePreview, problem error) error {
	ctx := r.Context()
	a, err := s.Store.Absence(ctx, v.WorkspaceID, id)
	if err != nil {
		return err
	}
	c, err := s.scene(r, v, "Absence", "settings")
	if err != nil {
		return err
	}
	p := AbsencePage{Shell: c.sh, CanTake: a.Running(c.now()) && c.mayTake(a), Preview: c.previewOf(preview)}
	if p.Row, err = c.absenceRow(ctx, a); err != nil {
		return err
	}
	if p.Says, p.State, err = c.absenceSays(ctx, a); err != nil {
		return err
	}
	switch {
	case p.Row.Can:
		f := c.absenceForm(a, typed, problem)
		p.Form = &f
	case problem != nil:
		return problem // there is no form to mend
	}
	if p.Shown = a.Mode == sales.AbsencePause && a.Running(c.now()) && (p.CanTake || p.Row.Own); p.Shown {
		if p.Waiting, err = c.awayPeople(ctx, a); err != nil {
			return err
		}
	}
	status := http.StatusOK
	if problem != nil {
		status = formStatus(problem)
	}
	return RenderStatus(w, r, status, p.Shell, AbsenceView(p))
}

// postDeleteAbsence forgets what is planned, which can be taken back, and ends what
// has begun.
func (s *Server) postDeleteAbsence(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	c, err := s.partScene(r.Context(), v)
	if err != nil {
		return err
	}
	a, err := s.Store.Absence(r.Context(), v.WorkspaceID, id)
	if err != nil {
		return err
	}
	u, err := s.Desk.DeleteAbsence(r.Context(), v.Viewer, id)
	if err != nil {
		return err
	}
	t := Toast{Text: u.Say}
	if a.From.After(c.now()) {
		f := c.absenceForm(a, nil, nil).Values
		b, err := json.Marshal([]string{f["user"], f["first"], f["last"], f["mode"], f["stand_in"], f["note"]})
		if err != nil {
			return err
		}
		t.Undo = "/undo/absence/" + base64.RawURLEncoding.EncodeToString(b)
	}
	return s.toastTo(w, r, "/settings/absences", t)
}

// undoAbsence plans an absence again that was forgotten. The token proves nothing:
// it is checked as one that is typed.
func (s *Server) undoAbsence(w http.ResponseWriter, r *http.Request, v visit) error {
	b, err := base64.RawURLEncoding.DecodeString(r.PathValue("token"))
	var x []string
	if err != nil || json.Unmarshal(b, &x) != nil || len(x) != 6 {
		return sales.Errorf(sales.Invalid, "This cannot be taken back.")
	}
	f := desk.AbsenceForm{First: x[1], Last: x[2], Mode: sales.AbsenceMode(x[3]), Note: x[5]}
	if f.UserID, err = sales.ParseID(x[0]); err != nil {
		return err
	}
	if id, err := sales.ParseID(x[4]); err == nil {
		f.StandInID = id
	}
	if _, err := s.Desk.SaveAbsence(r.Context(), v.Viewer, f); err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/absences", Toast{Text: "It is planned again."})
}

// postTakeOver takes over somebody who waits for a seller who is away.
func (s *Server) postTakeOver(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	person, err := sales.ParseID(r.PostFormValue("person"))
	if err != nil {
		return err
	}
	u, err := s.Desk.TakeOver(r.Context(), v.Viewer, id, person)
	if err != nil {
		return err
	}
	return s.toastTo(w, r, httpx.LocalPath(r.PostFormValue("back"), "/next?person="+person.String()), Toast{Text: u.Say, Undo: path("/undo/taken", id, person.String())})
}

// postGiveBack takes back that somebody was taken over.
func (s *Server) postGiveBack(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	person, err := sales.ParseID(r.PathValue("person"))
	if err != nil {
		return err
	}
	u, err := s.Desk.GiveBack(r.Context(), v.Viewer, id, person)
	if err != nil {
		return err
	}
	return s.toastTo(w, r, path("/settings/absences", id), Toast{Text: u.Say})
}

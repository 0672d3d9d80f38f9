package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"ninetyten/internal/httpx"
	"ninetyten/internal/render"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// buildable gives the sequence of the path, when the viewer may change it.
func (s *Server) buildable(r *http.Request, v visit) (sales.Sequence, error) {
	q, err := s.sequence(r, v)
	if err == nil && !mayBuild(v, q) {
		err = sales.Errorf(sales.Forbidden, "%s", pick(q.State == sales.SequenceArchived, "This sequence is archived, so it is not changed any more.", "This sequence belongs to somebody else. Ask them or a manager to change it."))
	}
	return q, err
}

// getBuilder edits the steps. ?step=ID opens one, ?add=N a new one at place N.
func (s *Server) getBuilder(w http.ResponseWriter, r *http.Request, v visit) error {
	q, err := s.buildable(r, v)
	if err != nil {
		return err
	}
	var form *StepForm
	if id, err := sales.ParseID(r.URL.Query().Get("step")); err == nil {
		for i, st := range q.Steps {
			if st.ID == id {
				form = &StepForm{ID: id, Position: i, Step: st}
			}
		}
	} else if n, err := strconv.Atoi(r.URL.Query().Get("add")); err == nil {
		form = newStepForm(q, n)
	}
	return s.builder(w, r, v, q, BuilderPage{Step: form}, http.StatusOK)
}

// newStepForm begins a step at a place: a mail first, then what mostly follows.
func newStepForm(q sales.Sequence, at int) *StepForm {
	at = min(max(at, 0), len(q.Steps))
	f := &StepForm{Position: at, Step: sales.Step{Kind: sales.StepAutoMail, Delay: sales.Delay{N: 3, Unit: sales.WorkingDays}}}
	if at == 0 {
		f.Step.Delay.N = 0
	}
	return f
}

func (s *Server) builder(w http.ResponseWriter, r *http.Request, v visit, q sales.Sequence, p BuilderPage, status int) error {
	sh, err := s.shell(r, v, "Edit "+q.Name, "sequences")
	if err != nil {
		return err
	}
	waits, err := s.Store.StepWaits(r.Context(), v.WorkspaceID, q.ID)
	if err != nil {
		return err
	}
	for _, x := range waits {
		if x.State.Alive() {
			p.Inside += x.N
		}
	}
	p.Shell, p.ID, p.State, p.Steps = sh, q.ID, q.State, stepViews(q)
	if p.Findings, err = s.findings(r.Context(), v, q); err != nil {
		return err
	}
	if p.Uses, err = s.sequenceSettings(r.Context(), v, q); err != nil {
		return err
	}
	if p.Step != nil {
		if p.Step.Choices, err = s.stepChoices(r.Context(), v, q, p.Step.Step); err != nil {
			return err
		}
	}
	if p.Name == "" {
		p.Name = q.Name
	}
	if p.Rules.IsZero() {
		p.Rules = q.Rules
	}
	if p.Fields, err = s.mergeFields(r.Context(), v); err != nil {
		return err
	}
	return RenderStatus(w, r, status, sh, BuilderView(p))
}

// mergeFields are the fields that a text can use: the known ones, and those that
// the newest people have of their own.
func (s *Server) mergeFields(ctx context.Context, v visit) ([]Option, error) {
	var out []Option
	for _, f := range render.KnownFields() {
		out = append(out, Option{Value: f.Name, Label: f.Label, Help: f.Example})
	}
	snippets, err := s.Store.Snippets(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	fixed := len(out)
	for _, x := range snippets {
		out = append(out, Option{Value: "snippet." + x.Name, Label: "Snippet " + x.Name, Help: clipText(x.Body, 40)})
	}
	people, _, err := s.Store.People(ctx, v.Viewer, store.PeopleFilter{}, store.Page{Limit: 200})
	if err != nil {
		return nil, err
	}
	own := map[string]Option{}
	for _, p := range people {
		for column, value := range p.Custom {
			if name := render.CustomField(column); value != "" && len(own) < 20 {
				own[name] = Option{Value: name, Label: capital(strings.ReplaceAll(column, "_", " ")), Help: clipText(value, 40)}
			}
		}
	}
	for _, o := range own {
		out = append(out, o)
	}
	slices.SortStableFunc(out[fixed+len(snippets):], func(a, b Option) int { return strings.Compare(a.Value, b.Value) })
	return out, nil
}

// fieldLabel writes the name of a field as people say it.
func fieldLabel(name string) string {
	name = strings.ReplaceAll(name, "_", " ")
	name = strings.Replace(name, "sender", "your", 1)
	if name == "linkedin" {
		return "LinkedIn"
	}
	return capital(name)
}

// clipText shortens s to n characters.
func clipText(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}

// postName renames a sequence.
func (s *Server) postName(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	q, err := s.buildable(r, v)
	if err != nil {
		return err
	}
	q.Name = strings.TrimSpace(r.PostForm.Get("name"))
	return s.saveSequence(w, r, v, q, BuilderPage{Name: pick(q.Name == "", " ", q.Name)}, "Renamed.")
}

// postRules saves how the sequence behaves.
func (s *Server) postRules(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	q, err := s.buildable(r, v)
	if err != nil {
		return err
	}
	problem := ""
	for _, f := range []struct {
		name, label string
		least, most int
		to          *int
	}{
		{"max_auto_mails", "Automatic mails a person", 1, 20, &q.Rules.MaxAutoMails}, {"active_per_account", "People at one company", 1, 100, &q.Rules.ActivePerAccount},
		{"ooo_default_days", "Days to wait", 1, 60, &q.Rules.OOODefaultDays},
	} {
		n, err := strconv.Atoi(strings.TrimSpace(r.PostForm.Get(f.name)))
		if err != nil || n < f.least || n > f.most {
			problem = fmt.Sprintf("%s must be a number from %d to %d.", f.label, f.least, f.most)
		}
		*f.to = n
	}
	switch c := sales.OnReply(r.PostForm.Get("colleagues")); c {
	case sales.ColleaguesPause, sales.ColleaguesGoOn, sales.ColleaguesStop:
		q.Rules.Colleagues = c
	default:
		problem = "Choose what happens to colleagues: they pause, go on or stop."
	}
	q.Rules.OOOGiveUpDays = max(q.Rules.OOOGiveUpDays, q.Rules.OOODefaultDays)
	q.Rules.Unsubscribe = r.PostForm.Get("unsubscribe") != ""
	if problem != "" {
		return s.builder(w, r, v, q, BuilderPage{Rules: q.Rules, Problem: problem}, http.StatusUnprocessableEntity)
	}
	return s.saveSequence(w, r, v, q, BuilderPage{Rules: q.Rules}, "The rules are saved.")
}

// saveSequence saves q and shows the builder, with the error when there is one;
// p keeps what was typed.
func (s *Server) saveSequence(w http.ResponseWriter, r *http.Request, v visit, q sales.Sequence, p BuilderPage, say string) error {
	if ask, effect, err := s.asks(r, v, &q); err != nil {
		return err
	} else if ask {
		return s.showEffect(w, r, v, q, effect)
	}
	_, err := s.Desk.SaveSequence(r.Context(), v.Viewer, q)
	if inForm(err) {
		stored, gerr := s.sequence(r, v)
		if gerr != nil {
			return gerr
		}
		if p.Step != nil {
			p.Step.Problem = sales.Explain(err)
		} else {
			p.Problem = sales.Explain(err)
		}
		return s.builder(w, r, v, stored, p, formStatus(err))
	}
	if err != nil {
		return err
	}
	return s.toastTo(w, r, path("/sequences", q.ID, "edit"), Toast{Text: say})
}

// postStep adds a step or saves one; with ?preview it only shows how the mail reads.
func (s *Server) postStep(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	q, err := s.buildable(r, v)
	if err != nil {
		return err
	}
	form, err := readStep(r, q)
	if err != nil {
		return err
	}
	if form.Problem == "" {
		if err := form.Step.Validate(); err != nil {
			form.Problem = sales.Explain(err)
		} else if form.Step.Kind.IsMail() {
			form.Problem, err = s.unreadable(r.Context(), v, form.Step)
			if err != nil {
				return err
			}
		}
	}
	if form.Problem != "" {
		return s.builder(w, r, v, q, BuilderPage{Step: form}, http.StatusUnprocessableEntity)
	}
	changed := withStep(q, form)
	if r.URL.Query().Get("test") != "" {
		return s.testStep(w, r, v, changed, form)
	}
	if r.URL.Query().Get("preview") != "" {
		if form.Preview, err = s.previewStep(r.Context(), v, changed, form); err != nil {
			return err
		}
		return s.builder(w, r, v, q, BuilderPage{Step: form}, http.StatusOK)
	}
	return s.saveSequence(w, r, v, changed, BuilderPage{Step: form}, pick(form.ID == 0, "The step is added.", "The step is saved."))
}

func explainOrNone(err error) string {
	if err == nil {
		return ""
	}
	return sales.Explain(err)
}

// withStep gives q with the step of a form in its place.
func withStep(q sales.Sequence, f *StepForm) sales.Sequence {
	q.Steps = slices.Clone(q.Steps)
	if f.ID == 0 {
		q.Steps = slices.Insert(q.Steps, f.Position, f.Step)
	} else {
		q.Steps[f.Position] = f.Step
	}
	return q
}

// readStep reads the form of a step. A number that is none is a Problem of the
// form; a step that is not there is an error.
func readStep(r *http.Request, q sales.Sequence) (*StepForm, error) {
	f := &StepForm{}
	if r.PathValue("step") != "" {
		i, err := stepIndex(r, q)
		if err != nil {
			return nil, err
		}
		f.ID, f.Position, f.Step = q.Steps[i].ID, i, q.Steps[i]
	} else {
		n, err := strconv.Atoi(r.PostForm.Get("position"))
		if err != nil {
			n = len(q.Steps)
		}
		f.Position = min(max(n, 0), len(q.Steps))
	}
	st := &f.Step
	st.Position, st.Kind = f.Position, sales.StepKind(r.PostForm.Get("kind"))
	st.Delay.Unit = sales.DelayUnit(r.PostForm.Get("delay_unit"))
	var err error
	if st.Delay.N, err = strconv.Atoi(pick(r.PostForm.Get("delay_n") == "", "0", strings.TrimSpace(r.PostForm.Get("delay_n")))); err != nil {
		f.Problem = "The time to wait must be a number."
	}
	switch st.Delay.Unit {
	case sales.Minutes, sales.Hours, sales.Days, sales.WorkingDays:
	default:
		f.Problem = "Choose a unit for the time to wait: minutes, hours, days or working days."
	}
	// Fields that the kind does not have come empty or not at all.
	st.Subject, st.Body, st.Note, st.MaxWaitDays = "", "", "", 0
	switch st.Kind {
	case sales.StepAutoMail, sales.StepApproveMail:
		st.Subject, st.Body = strings.TrimSpace(r.PostForm.Get("subject")), strings.TrimSpace(strings.ReplaceAll(r.PostForm.Get("body"), "\r\n", "\n"))
	case sales.StepCall, sales.StepTask, sales.StepSocial:
		st.Note = strings.TrimSpace(strings.ReplaceAll(r.PostForm.Get("note"), "\r\n", "\n"))
		if len(st.Note) > 10_000 {
			f.Problem = "At most 10,000 characters of what to do."
		}
	case sales.StepTheirMove:
		if st.MaxWaitDays, err = strconv.Atoi(pick(r.PostForm.Get("max_wait_days") == "", "60", strings.TrimSpace(r.PostForm.Get("max_wait_days")))); err != nil || st.MaxWaitDays < 1 || st.MaxWaitDays > 365 {
			f.Problem = "Wait from 1 to 365 days for them."
		}
	}
	if problem := readOptions(r, st); problem != "" {
		f.Problem = problem
	}
	return f, nil
}

// stepIndex finds the step of the path.
func stepIndex(r *http.Request, q sales.Sequence) (int, error) {
	id, err := sales.ParseID(r.PathValue("step"))
	if err != nil {
		return 0, err
	}
	if i := slices.IndexFunc(q.Steps, func(st sales.Step) bool { return st.ID == id }); i >= 0 {
		return i, nil
	}
	return 0, sales.Errorf(sales.NotFound, "This step is gone. Somebody may have removed it; open the sequence again.")
}

// postMoveStep moves a step up or down, or removes it.
func (s *Server) postMoveStep(w http.ResponseWriter, r *http.Request, v visit) error {
	q, err := s.buildable(r, v)
	if err != nil {
		return err
	}
	i, err := stepIndex(r, q)
	if err != nil {
		return err
	}
	q.Steps = slices.Clone(q.Steps)
	say := "Moved."
	switch what := r.PathValue("what"); {
	case what == "remove":
		q.Steps = slices.Delete(q.Steps, i, i+1)
		say = "Removed. Whoever stood there goes on with what follows."
	case what == "up" && i > 0 && q.Steps[i-1].Track.OrMain() == q.Steps[i].Track.OrMain():
		q.Steps[i-1], q.Steps[i] = q.Steps[i], q.Steps[i-1]
	case what == "down" && i < len(q.Steps)-1 && q.Steps[i+1].Track.OrMain() == q.Steps[i].Track.OrMain():
		q.Steps[i], q.Steps[i+1] = q.Steps[i+1], q.Steps[i]
	case what == "up" || what == "down":
		return httpx.SeeOther(w, r, path("/sequences", q.ID, "edit"))
	default:
		return sales.Errorf(sales.NotFound, "There is no such page. Go back and use the buttons of the step.")
	}
	return s.saveSequence(w, r, v, q, BuilderPage{}, say)
}

package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
)

// EffectPage shows what saving an edit of a sequence with people in it would do,
// before it is saved. The form carries everything that was typed.
type EffectPage struct {
	Shell
	ID      sales.ID
	Name    string
	Says    string // what changes
	Post    string // where the edit is posted to again
	Fields  []Hidden
	Rows    []EffectRow
	Done    int
	Ended   int
	Version int
}

// EffectRow is one step before and after.
type EffectRow struct {
	Label     string // "Step 2: call", "Removed: task"
	Tag       Tag    // new, removed, other text
	Before    int
	After     int
	TakenBack int
}

// asks tells whether an edit of q has to be shown before it is saved: somebody is
// inside, and it was not confirmed yet. The version that was confirmed is the one
// that may be changed.
func (s *Server) asks(r *http.Request, v visit, q *sales.Sequence) (bool, desk.EditEffect, error) {
	if err := r.ParseForm(); err != nil {
		return false, desk.EditEffect{}, err
	}
	if n, err := strconv.Atoi(r.PostForm.Get("confirmed")); err == nil {
		q.Version = n
		return false, desk.EditEffect{}, nil
	}
	if q.State == sales.SequenceDraft || q.Validate() != nil {
		return false, desk.EditEffect{}, nil // nobody is moved, or it is refused
	}
	was, err := s.sequence(r, v)
	if err != nil {
		return false, desk.EditEffect{}, err
	}
	bare := cloneSteps(*q)
	if bare.Name = was.Name; bare.RulesetID == was.RulesetID {
		bare.Rules = was.Rules
	}
	if desk.Changes(was, bare) == desk.Unchanged {
		return false, desk.EditEffect{}, nil
	}
	e, err := s.Desk.PreviewEdit(r.Context(), v.Viewer, cloneSteps(*q))
	if err != nil {
		return false, e, err
	}
	inside := e.Done
	for _, x := range e.Steps {
		inside += x.Before
	}
	return inside > 0, e, nil
}

func cloneSteps(q sales.Sequence) sales.Sequence {
	q.Steps = slices.Clone(q.Steps)
	return q
}

// showEffect asks before it saves.
func (s *Server) showEffect(w http.ResponseWriter, r *http.Request, v visit, q sales.Sequence, e desk.EditEffect) error {
	sh, err := s.shell(r, v, "Save “"+q.Name+"”?", "sequences")
	if err != nil {
		return err
	}
	p := EffectPage{Shell: sh, ID: q.ID, Name: q.Name, Says: upperFirst(e.Says), Post: r.URL.Path, Done: e.Done, Ended: e.Ended, Version: q.Version, Fields: hiddenFields(r.PostForm)}
	for i, x := range e.Steps {
		row := EffectRow{Label: "Step " + number(i+1) + ": " + lowerFirst(stepKindLabel(x.Step.Kind)), Before: x.Before, After: x.After, TakenBack: x.TakenBack}
		switch {
		case x.Removed:
			row.Label, row.Tag = "Step "+number(x.Step.Position+1)+": "+lowerFirst(stepKindLabel(x.Step.Kind)), Tag{Text: "Removed", Tone: "bad"}
		case x.New:
			row.Tag = Tag{Text: "New", Tone: "lean"}
		case x.Text:
			row.Tag = Tag{Text: "Other text", Tone: "mark"}
		}
		p.Rows = append(p.Rows, row)
	}
	return Render(w, r, sh, EffectView(p))
}

// hiddenFields carries a form over to the next page.
func hiddenFields(form url.Values) []Hidden {
	var names []string
	for name := range form {
		if name != "confirmed" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var out []Hidden
	for _, name := range names {
		for _, value := range form[name] {
			out = append(out, Hidden{name, value})
		}
	}
	return out
}

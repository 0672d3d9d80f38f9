package web

import (
	"context"
	"net/http"

	"ninetyten/internal/engine"
	"ninetyten/internal/render"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// previewStep shows the mail of a form as somebody would get it: the first in
// the sequence, else the newest person.
func (s *Server) previewStep(ctx context.Context, v visit, q sales.Sequence, f *StepForm) (*MailPreview, error) {
	person, err := s.somebody(ctx, v, q)
	if err != nil || person == 0 {
		return &MailPreview{For: "somebody", Problem: "There is nobody to show it for yet. Import people first."}, err
	}
	mails, err := s.mailPreviews(ctx, v, q, person)
	if err != nil {
		return nil, err
	}
	for _, m := range mails {
		if m.position == f.Position {
			return &m.MailPreview, nil
		}
	}
	return nil, nil
}

func (s *Server) somebody(ctx context.Context, v visit, q sales.Sequence) (sales.ID, error) {
	list, _, err := s.Store.Inside(ctx, v.Viewer, q.ID, store.InsideFilter{Position: -1}, store.Page{Limit: 1})
	if err != nil {
		return 0, err
	}
	if len(list) > 0 {
		return list[0].PersonID, nil
	}
	people, _, err := s.Store.People(ctx, v.Viewer, store.PeopleFilter{}, store.Page{Limit: 1})
	if err != nil || len(people) == 0 {
		return 0, err
	}
	return people[0].ID, nil
}

// unreadable says why one of the texts of a step cannot be read; "" is none.
func (s *Server) unreadable(ctx context.Context, v visit, st sales.Step) (string, error) {
	list, err := s.Store.Snippets(ctx, v.WorkspaceID)
	if err != nil {
		return "", err
	}
	snippets := render.SnippetsOf(list)
	for _, arm := range engine.Arms(st) {
		if _, err := render.CompileWith(st.Text(arm.ID), snippets); err != nil {
			return sales.Explain(err), nil
		}
	}
	return "", nil
}

// testStep sends the mail of a form to the viewer's own mailbox; nothing is saved.
func (s *Server) testStep(w http.ResponseWriter, r *http.Request, v visit, q sales.Sequence, f *StepForm) error {
	person, err := s.somebody(r.Context(), v, q)
	if err != nil {
		return err
	}
	if person == 0 {
		f.Problem = "There is nobody to fill in the fields with yet. Import people first."
		return s.builder(w, r, v, q, BuilderPage{Step: f}, http.StatusUnprocessableEntity)
	}
	to, err := s.Desk.TestMail(r.Context(), v.Viewer, q, f.Position, 0, person)
	if inForm(err) || sales.CodeOf(err) == sales.Unavailable {
		f.Problem = sales.Explain(err)
		return s.builder(w, r, v, q, BuilderPage{Step: f}, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	f.Said = "A test went to " + to + ", and to nobody else. The step is not saved yet."
	return s.builder(w, r, v, q, BuilderPage{Step: f}, http.StatusOK)
}

// stepChoices are what the form of a step offers.
func (s *Server) stepChoices(ctx context.Context, v visit, q sales.Sequence, st sales.Step) (stepChoices, error) {
	c := stepChoices{Tracks: trackChoices(), Ops: operatorChoices(), Elses: branchChoices(), Fields: conditionFields(), Dated: !q.Anchor.IsZero()}
	files, err := s.Store.FileList(ctx, v.WorkspaceID)
	for _, f := range files {
		x := FileChoice{ID: f.ID.String(), Name: f.Name + ", " + bytesText(f.Size)}
		for _, id := range st.Attachments {
			x.On = x.On || id == f.ID
		}
		if x.On || len(c.Files) < 50 {
			c.Files = append(c.Files, x)
		}
	}
	return c, err
}

// findings are what the checks say of the texts of a sequence.
func (s *Server) findings(ctx context.Context, v visit, q sales.Sequence) ([]Finding, error) {
	list, err := s.Desk.CheckTexts(ctx, v.Viewer, q)
	return findingsOf(list), err
}

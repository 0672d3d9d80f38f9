package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// getSequences lists the sequences.
func (s *Server) getSequences(w http.ResponseWriter, r *http.Request, v visit) error {
	sh, err := s.shell(r, v, "Sequences", "sequences")
	if err != nil {
		return err
	}
	ctx := r.Context()
	p := SequencesPage{Shell: sh, Archived: r.URL.Query().Get("archived") != ""}
	list, err := s.Store.Sequences(ctx, v.WorkspaceID)
	if err == nil && p.Archived {
		var old []sales.Sequence
		old, err = s.Store.ArchivedSequences(ctx, v.WorkspaceID)
		list = append(list, old...)
	}
	if err != nil {
		return err
	}
	sums, err := s.Store.SequenceSums(ctx, v.WorkspaceID)
	if err != nil {
		return err
	}
	counts, err := s.Store.SequenceCounts(ctx, v.WorkspaceID)
	if err != nil {
		return err
	}
	inside := map[sales.ID]int{}
	for _, c := range counts {
		if c.State.Alive() {
			inside[c.SequenceID] += c.N
		}
	}
	names, err := s.userNames(ctx, v)
	if err != nil {
		return err
	}
	for _, q := range list {
		x := sums[q.ID]
		p.Rows = append(p.Rows, SequenceRow{ID: q.ID, Name: q.Name, State: q.State, Owner: names[q.OwnerID], Steps: x.Steps, People: inside[q.ID],
			Sent: x.Stats[store.StatSent], Answered: x.Stats[store.StatAnswered], Interested: x.Stats[store.StatInterested], Stopped: x.Stats[store.StatUnsubscribed]})
	}
	return Render(w, r, sh, SequencesView(p))
}

func (s *Server) userNames(ctx context.Context, v visit) (map[sales.ID]string, error) {
	users, err := s.Store.Users(ctx, v.WorkspaceID)
	out := make(map[sales.ID]string, len(users))
	for _, u := range users {
		out[u.ID] = u.Name
	}
	return out, err
}

// getNewSequence asks for a name.
func (s *Server) getNewSequence(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.newSequence(w, r, v, "", nil)
}

func (s *Server) newSequence(w http.ResponseWriter, r *http.Request, v visit, name string, problem error) error {
	sh, err := s.shell(r, v, "New sequence", "sequences")
	if err != nil {
		return err
	}
	if problem != nil {
		return RenderStatus(w, r, formStatus(problem), sh, NewSequenceView(sh, name, sales.Explain(problem)))
	}
	return Render(w, r, sh, NewSequenceView(sh, name, ""))
}

// postSequences makes a sequence and opens the builder.
func (s *Server) postSequences(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	name := strings.TrimSpace(r.PostForm.Get("name"))
	q := sales.Sequence{Name: name, Rules: sales.DefaultRules()}
	if r.PostForm.Get("from") == "four" {
		q.Steps = fourSteps()
	}
	q, err := s.Desk.SaveSequence(r.Context(), v.Viewer, q)
	if inForm(err) {
		return s.newSequence(w, r, v, name, err)
	}
	if err != nil {
		return err
	}
	return httpx.SeeOther(w, r, path("/sequences", q.ID, "edit"))
}

// fourSteps are a beginning that works for many, with the texts to be made
// one's own.
func fourSteps() []sales.Step {
	days := func(n int) sales.Delay { return sales.Delay{N: n, Unit: sales.WorkingDays} }
	return []sales.Step{
		{Kind: sales.StepAutoMail, Delay: days(0), Subject: "A question about {{ company | default: \"your team\" }}", Body: "Hello {{ first_name | default: \"there\" }},\n\nhere goes one problem that people in their place have, in their words.\n\nIs that so for you as well?"},
		{Kind: sales.StepAutoMail, Delay: days(3), Body: "One number from somebody like them, and where it is from.\n\nWorth ten minutes?"},
		{Kind: sales.StepCall, Delay: days(2), Note: "Ask how they do it today. Listen; do not pitch."},
		{Kind: sales.StepTheirMove, Delay: days(1), MaxWaitDays: 60},
	}
}

// sequence gives the sequence of the path.
func (s *Server) sequence(r *http.Request, v visit) (sales.Sequence, error) {
	id, err := sales.ParseID(r.PathValue("id"))
	if err != nil {
		return sales.Sequence{}, err
	}
	return s.Store.Sequence(r.Context(), v.WorkspaceID, id)
}

// mayBuild tells whether the viewer may change a sequence; desk decides it again.
func mayBuild(v visit, q sales.Sequence) bool {
	return q.State != sales.SequenceArchived && (q.OwnerID == v.UserID || v.Role.AtLeast(sales.RoleManager))
}

// getSequence watches one sequence.
func (s *Server) getSequence(w http.ResponseWriter, r *http.Request, v visit) error {
	q, err := s.sequence(r, v)
	if err != nil {
		return err
	}
	sh, err := s.shell(r, v, q.Name, "sequences")
	if err != nil {
		return err
	}
	ctx := withShell(r.Context(), sh)
	stats, err := s.Store.StepStats(ctx, v.WorkspaceID, q.ID)
	if err != nil {
		return err
	}
	waits, err := s.Store.StepWaits(ctx, v.WorkspaceID, q.ID)
	if err != nil {
		return err
	}
	found, err := s.findings(ctx, v, q)
	if err != nil {
		return err
	}
	p := SequencePage{Shell: sh, ID: q.ID, Name: q.Name, State: q.State, StateSince: q.StartedAt, Summary: summaryWords(waits), Steps: stepViews(q),
		Costs: costs(q, stats), Rules: rulesWords(q), Findings: found, CanEdit: mayBuild(v, q)}
	if q.State == sales.SequenceRunning { // hints were read before the start; the builder still has them
		p.Findings = slices.DeleteFunc(p.Findings, func(f Finding) bool { return f.Tone != "bad" })
	}
	if err := s.tests(r, v, q, p.Steps); err != nil {
		return err
	}
	for i := range p.Steps {
		step := &p.Steps[i]
		step.Counts = stepCounts(q.Steps[i], stats)
		if step.Waits = waitWords(waits, i); step.Waits != "" {
			step.People = fmt.Sprintf("%s?step=%d", path("/sequences", q.ID, "people"), i+1)
		}
	}
	if p.Mailboxes, err = s.sentFrom(ctx, v, q); err != nil {
		return err
	}
	return Render(w, r, sh, SequenceView(p))
}

// sentFrom lists the mailboxes that the sequence sends from, as far as the
// viewer may see them.
func (s *Server) sentFrom(ctx context.Context, v visit, q sales.Sequence) ([]Fact, error) {
	all, err := s.Store.Mailboxes(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	_, users, err := s.boxesOf(ctx, v)
	if err != nil {
		return nil, err
	}
	ws, err := s.Store.Workspace(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	var out []Fact
	for _, m := range all {
		if m.UserID != q.OwnerID && m.UserID != v.UserID && !v.Role.AtLeast(sales.RoleManager) || len(out) == 12 {
			continue
		}
		f := Fact{Label: m.Address, Value: strings.ToLower(mailboxTag(m.State).Text), Tight: true}
		if m.State == sales.MailboxOK {
			if f.Value, _, err = s.paceWords(ctx, m, users[m.UserID], ws.Settings); err != nil {
				return nil, err
			}
		}
		if m.UserID == v.UserID || v.Role.AtLeast(sales.RoleAdmin) {
			f.Href = path("/settings/mailboxes", m.ID)
		}
		out = append(out, f)
	}
	return out, nil
}

// postPauseSequence holds everything that has not gone.
func (s *Server) postPauseSequence(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.changeState(w, r, v, s.Desk.PauseSequence, "Paused. Nothing goes out; answers are still read.")
}

// postResumeSequence lets a paused sequence go on.
func (s *Server) postResumeSequence(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.changeState(w, r, v, s.Desk.StartSequence, "It runs again, each in their own hours.")
}

// postArchiveSequence takes everybody out and hides it.
func (s *Server) postArchiveSequence(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.changeState(w, r, v, s.Desk.ArchiveSequence, "Archived. Nobody is in it any more; what happened stays.")
}

func (s *Server) changeState(w http.ResponseWriter, r *http.Request, v visit, change func(context.Context, sales.Viewer, sales.ID) error, say string) error {
	q, err := s.sequence(r, v)
	if err != nil {
		return err
	}
	if err := change(r.Context(), v.Viewer, q.ID); err != nil {
		return err
	}
	return s.toastTo(w, r, path("/sequences", q.ID), Toast{Text: say})
}

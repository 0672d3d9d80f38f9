package web

import (
	"context"
	"net/http"
	"sync"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// getStart shows the path of five steps.
func (s *Server) getStart(w http.ResponseWriter, r *http.Request, v visit) error {
	sh, err := s.shell(r, v, "Set up", "start")
	if err != nil {
		return err
	}
	steps, err := s.startSteps(r.Context(), v)
	if err != nil {
		return err
	}
	return Render(w, r, sh, StartView(StartPage{Shell: sh, Steps: steps}))
}

// ready remembers who is through with the path: who was once, stays so.
type ready struct{ users sync.Map }

// stepsLeft counts the steps of the path that are not done.
func (s *Server) stepsLeft(ctx context.Context, v visit) (int, error) {
	if _, ok := s.ready.users.Load(v.UserID); ok {
		return 0, nil
	}
	steps, err := s.startSteps(ctx, v)
	left := 0
	for _, x := range steps {
		if !x.Done {
			left++
		}
	}
	if err == nil && left == 0 {
		s.ready.users.Store(v.UserID, true)
	}
	return left, err
}

func (s *Server) startSteps(ctx context.Context, v visit) ([]StartStep, error) {
	boxes, err := s.Store.Mailboxes(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	people, _, err := s.Store.People(ctx, v.Viewer, store.PeopleFilter{}, store.Page{Limit: 2})
	if err != nil {
		return nil, err
	}
	sequences, err := s.Store.Sequences(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	sums, err := s.Store.SequenceSums(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	steps := []StartStep{
		{Title: "You", Text: "Your name and time zone.", Done: true, Detail: v.User.Name + pick(v.User.Zone != "", ", "+v.User.Zone, ""), Action: Action{Label: "Change", Href: "/settings/profile", Small: true, Quiet: true}},
		{Title: "Your mailbox", Text: "Mail goes out from it, and answers come back to it.", Action: Action{Label: "Connect a mailbox", Href: "/settings/mailboxes/new", Main: true}},
		{Title: "People", Text: "A CSV file from a spreadsheet or another system, or one by hand.", Action: Action{Label: "Import people", Href: "/import", Main: true}},
		{Title: "A sequence", Text: "A few steps over some days: a mail, a call, a wait.", Action: Action{Label: "Build it", Href: "/sequences/new", Main: true}},
		{Title: "Start", Text: "See who would get what and when, then start it.", Action: Action{Label: "Preview and start", Href: "/sequences", Main: true}},
	}
	for _, b := range boxes {
		if b.UserID == v.UserID {
			steps[1].done(b.Address, "/settings/mailboxes")
		}
	}
	if len(people) > 0 {
		steps[2].done(people[0].Name()+pick(len(people) > 1, " and others", ""), "/people")
	}
	startSequences(steps, v, sequences, sums)
	return steps, nil
}

// startSequences fills in the last two steps.
func startSequences(steps []StartStep, v visit, sequences []sales.Sequence, sums map[sales.ID]store.SequenceSum) {
	for _, q := range sequences {
		mine := q.OwnerID == v.UserID || v.Role.AtLeast(sales.RoleManager)
		if !mine && q.StartedAt.IsZero() {
			continue // the draft of somebody else is no work of theirs
		}
		if sums[q.ID].Steps > 0 {
			steps[3].done(q.Name, path("/sequences", q.ID))
			if !steps[4].Done {
				steps[4].Action.Href = path("/sequences", q.ID, "preview")
			}
		} else if !steps[3].Done {
			steps[3].Action.Href, steps[3].Action.Label = path("/sequences", q.ID, "edit"), "Go on building"
		}
		if !q.StartedAt.IsZero() {
			steps[4].done(q.Name, path("/sequences", q.ID))
		}
	}
}

// done marks a step as done.
func (x *StartStep) done(detail, href string) {
	x.Done, x.Detail = true, detail
	x.Action = Action{Label: "Look", Name: "Look at " + x.Title, Href: href, Small: true, Quiet: true}
}

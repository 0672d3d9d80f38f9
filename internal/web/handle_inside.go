package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// insideTab is one of the views of the people in a sequence.
type insideTab struct {
	name, label string
	states      []sales.EnrollmentState
}

func insideTabs() []insideTab {
	return []insideTab{
		{"alive", "In it", []sales.EnrollmentState{sales.Pending, sales.Active, sales.WaitingHuman, sales.WaitingThem, sales.Paused}},
		{"human", "Wait for one of you", []sales.EnrollmentState{sales.WaitingHuman}},
		{"paused", "Paused", []sales.EnrollmentState{sales.Paused}},
		{"ended", "Through it", []sales.EnrollmentState{sales.Finished, sales.OptedOut, sales.Failed, sales.Removed}},
	}
}

// getInside lists the people in a sequence, with why each waits or stopped.
func (s *Server) getInside(w http.ResponseWriter, r *http.Request, v visit) error {
	q, err := s.sequence(r, v)
	if err != nil {
		return err
	}
	sh, err := s.shell(r, v, "People in "+q.Name, "sequences")
	if err != nil {
		return err
	}
	waits, err := s.Store.StepWaits(r.Context(), v.WorkspaceID, q.ID)
	if err != nil {
		return err
	}
	p := SequencePeoplePage{Shell: sh, ID: q.ID, Name: q.Name}
	now, step := insideChoice(r)
	if mayBuild(v, q) && now.name != "ended" {
		p.BulkHref = insideHref(q.ID, "people", now.name, step, "")
		for i, x := range q.Steps {
			p.Steps = append(p.Steps, Option{Value: x.ID.String(), Label: fmt.Sprintf("Step %d: %s", i+1, lowerFirst(stepKindLabel(x.Kind)))})
		}
	}
	for _, t := range insideTabs() {
		n := 0
		for _, c := range waits {
			for _, st := range t.states {
				if c.State == st && (step < 0 || c.Position == step) {
					n += c.N
				}
			}
		}
		if t.name == now.name {
			p.Shown = n
		}
		p.Tabs = append(p.Tabs, Tab{Label: t.label, Href: insideHref(q.ID, "people", t.name, step, ""), Count: n, Current: t.name == now.name})
	}
	if err := s.fillInside(withShell(r.Context(), sh), r, v, q, &p); err != nil {
		return err
	}
	return Render(w, r, sh, SequencePeopleView(p))
}

// getInsideRows gives the next rows.
func (s *Server) getInsideRows(w http.ResponseWriter, r *http.Request, v visit) error {
	q, err := s.sequence(r, v)
	if err != nil {
		return err
	}
	sh := s.part(v)
	p := SequencePeoplePage{Shell: sh, ID: q.ID, Name: q.Name}
	if now, step := insideChoice(r); mayBuild(v, q) && now.name != "ended" {
		p.BulkHref = insideHref(q.ID, "people", now.name, step, "")
	}
	if err := s.fillInside(withShell(r.Context(), sh), r, v, q, &p); err != nil {
		return err
	}
	return Render(w, r, sh, InsideRows(p))
}

// insideChoice reads which view and which step (from 0, -1 is any) is asked for.
func insideChoice(r *http.Request) (insideTab, int) {
	now := insideTabs()[0]
	for _, t := range insideTabs() {
		if t.name == r.URL.Query().Get("state") {
			now = t
		}
	}
	step, err := strconv.Atoi(r.URL.Query().Get("step"))
	if err != nil || step < 1 || step > 1000 {
		return now, -1
	}
	return now, step - 1
}

func insideHref(id sales.ID, page, state string, step int, after string) string {
	v := url.Values{"state": {state}}
	if step >= 0 {
		v.Set("step", strconv.Itoa(step+1))
	}
	if after != "" {
		v.Set("after", after)
	}
	return path("/sequences", id, page) + "?" + v.Encode()
}

func (s *Server) fillInside(ctx context.Context, r *http.Request, v visit, q sales.Sequence, p *SequencePeoplePage) error {
	now, step := insideChoice(r)
	list, after, err := s.Store.Inside(ctx, v.Viewer, q.ID, store.InsideFilter{States: now.states, Position: step}, store.Page{After: r.URL.Query().Get("after")})
	if err != nil {
		return err
	}
	if after != "" {
		p.NextHref = insideHref(q.ID, "people/rows", now.name, step, after)
	}
	people, accounts, err := s.whoIsIn(ctx, v, list)
	if err != nil {
		return err
	}
	all, err := s.Store.Mailboxes(ctx, v.WorkspaceID)
	if err != nil {
		return err
	}
	boxes := byBox(all)
	holds, err := s.Desk.WhyNotYets(ctx, v.Viewer, list)
	if err != nil {
		return err
	}
	for _, e := range list {
		row := InsideRow{EnrollmentID: e.ID, PersonID: e.PersonID, Name: people[e.PersonID].Name(), Account: accounts[e.AccountID].Name, Tag: insideTag(e), Step: insideStep(q, e), Why: insideWhy(ctx, e), Change: holds[e.ID].Change,
			Alive: e.State.Alive() && mayBuild(v, q), Paused: e.State == sales.Paused}
		if box := troubleOf(boxes[e.MailboxID]); box != "" && e.State == sales.Active && e.Position < len(q.Steps) && q.Steps[e.Position].Kind.IsMail() {
			row.Why = pick(!e.Awaiting && e.NextAt.After(s.Clock.Now()), "Comes "+when(ctx, e.NextAt)+", but ", "Not yet: ") + box
		}
		if h := holds[e.ID]; e.State == sales.Active && e.Awaiting && h.Gate != "" {
			row.Why = "Not yet: " + holdWords(ctx, h) // asked anew, by the gate itself
		}
		p.Rows = append(p.Rows, row)
	}
	return nil
}

// holdWords is the line "why not yet": what holds it, and until when.
func holdWords(ctx context.Context, h engine.Hold) string {
	why := strings.TrimSuffix(h.Why, ".")
	if h.Until.IsZero() {
		return why + "."
	}
	return why + ", until " + when(ctx, h.Until) + "."
}

// whoIsIn reads the people of some enrollments and their accounts.
func (s *Server) whoIsIn(ctx context.Context, v visit, list []sales.Enrollment) (map[sales.ID]sales.Person, map[sales.ID]sales.Account, error) {
	var ids, accountIDs []sales.ID
	for _, e := range list {
		ids, accountIDs = append(ids, e.PersonID), append(accountIDs, e.AccountID)
	}
	people, err := s.Store.PeopleByID(ctx, v.WorkspaceID, ids)
	if err != nil {
		return nil, nil, err
	}
	accounts, err := s.Store.Accounts(ctx, v.WorkspaceID, accountIDs)
	return people, accounts, err
}

// insideStep names the step at which somebody stands: "2 of 4: automatic mail".
func insideStep(q sales.Sequence, e sales.Enrollment) string {
	switch {
	case e.Position >= len(q.Steps):
		return "behind the last step"
	case !e.State.Alive() && e.Position == 0:
		return "before the first step"
	case !e.State.Alive():
		return fmt.Sprintf("after %d of %d", e.Position, len(q.Steps))
	}
	return fmt.Sprintf("%d of %d: %s", e.Position+1, len(q.Steps), strings.ToLower(stepKindLabel(q.Steps[e.Position].Kind)))
}

// insideTag says how an enrollment stands, in a word or two.
func insideTag(e sales.Enrollment) Tag {
	switch e.State {
	case sales.Pending:
		return Tag{Text: "Ready"}
	case sales.Active:
		return Tag{Text: "Waits", Tone: "mark"}
	case sales.WaitingHuman:
		return Tag{Text: "Your move", Tone: "late"}
	case sales.WaitingThem:
		return Tag{Text: "Their move", Tone: "lean"}
	case sales.Paused:
		return Tag{Text: "Paused", Tone: "late"}
	case sales.OptedOut:
		return Tag{Text: "Opted out", Tone: "bad"}
	case sales.Failed:
		return Tag{Text: "Failed", Tone: "bad"}
	case sales.Removed:
		return Tag{Text: "Taken out"}
	}
	return Tag{Text: "Ended"}
}

// insideWhy says why nothing happens yet, or why it stopped.
func insideWhy(ctx context.Context, e sales.Enrollment) string {
	switch e.State {
	case sales.Pending:
		return "Begins when the sequence is started."
	case sales.Active:
		return activeWhy(ctx, e)
	case sales.WaitingHuman:
		return "In Next since " + when(ctx, e.StateAt) + "."
	case sales.WaitingThem:
		return "We wait for them" + pick(e.NextAt.IsZero(), ".", ", until "+day(ctx, e.NextAt)+" at most.")
	case sales.Paused:
		return pausedWords(e.Reason) + pick(e.Reason == sales.PausedColleague, ", ", " since ") + day(ctx, e.StateAt) + pick(e.Until.IsZero(), "; waits until somebody lets it go on.", "; goes on by itself "+day(ctx, e.Until)+".")
	}
	return reasonWords(e.Reason) + ", " + when(ctx, e.StateAt) + "."
}

func activeWhy(ctx context.Context, e sales.Enrollment) string {
	switch {
	case e.HoldWhy != "":
		why := strings.TrimSuffix(e.HoldWhy, ".")
		return "Not yet: " + why + pick(e.HoldUntil.IsZero(), ".", ". Tried again "+when(ctx, e.HoldUntil)+".")
	case !e.NextAt.IsZero():
		return "Comes " + when(ctx, e.NextAt) + "."
	case e.Awaiting:
		return "The mail is in the outbox."
	}
	return "Is about to go on."
}

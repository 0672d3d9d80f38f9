package desk

import (
	"context"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
)

// BulkCheck is what a command for many would do to one person.
type BulkCheck struct {
	Person sales.Person
	Is     sales.Enrollment
	OK     bool
	Why    string           // of a no: why they stay as they are, words that follow "They stay as they are "
	Then   sales.Enrollment // of a yes: how they would stand
	// TakesBack is what would be taken back, "" is nothing: what the step had begun.
	TakesBack BulkTakes
}

// BulkTakes is what a command takes back of a step that had begun.
type BulkTakes string

// The kinds.
const (
	TakesMail  BulkTakes = "mail"  // one in the outbox
	TakesDraft BulkTakes = "draft" // one that waits for approval
	TakesTask  BulkTakes = "task"  // a call or another task
)

// idle words say why a command has nothing to do for somebody.
const (
	idleEnded  = "because it has ended for them"
	idlePaused = "because they are paused already"
	idleGoing  = "because they are not paused"
	idleThere  = "because they stand at this step already"
)

// PreviewBulk says what Bulk would do, to each of those whom the command is about,
// and does nothing. It asks what Bulk asks, so that of what nobody changes
// meanwhile neither says anything else.
func (d *Desk) PreviewBulk(ctx context.Context, v sales.Viewer, sequence sales.ID, c BulkCommand) ([]BulkCheck, error) {
	ev, list, err := d.commanded(ctx, v, sequence, c)
	if err != nil {
		return nil, err
	}
	out := make([]BulkCheck, 0, len(list))
	b := casework.New(d.Store, v.WorkspaceID)
	for at := 0; at < len(list); at += bulkChunk {
		part := list[at:min(at+bulkChunk, len(list))]
		if err := d.remember(ctx, v.WorkspaceID, b, part); err != nil {
			return nil, err
		}
		for _, e := range part {
			x, err := d.previewOne(ctx, v, b, c.Kind, ev, e)
			if err != nil {
				return nil, err
			}
			out = append(out, x)
		}
	}
	return out, nil
}

// remember reads the people of some enrollments, and their accounts, at once.
func (d *Desk) remember(ctx context.Context, ws sales.ID, b *casework.Batch, list []sales.Enrollment) error {
	var ids, accounts []sales.ID
	for _, e := range list {
		ids = append(ids, e.PersonID)
	}
	people, err := d.Store.PeopleByID(ctx, ws, ids)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.AccountID != 0 {
			accounts = append(accounts, p.AccountID)
		}
	}
	of, err := d.Store.Accounts(ctx, ws, accounts)
	b.Remember(people, of)
	return err
}

func (d *Desk) previewOne(ctx context.Context, v sales.Viewer, b *casework.Batch, kind BulkKind, ev sales.Event, e sales.Enrollment) (BulkCheck, error) {
	p, err := b.Person(ctx, e.PersonID)
	x := BulkCheck{Person: p, Is: e}
	if err != nil {
		return x, err
	}
	why, err := skips(ctx, d.Store, b, kind, e)
	switch {
	case err != nil:
		return x, err
	case why != "":
		x.Why = string(why)
		return x, nil
	case !e.State.Alive():
		x.Why = idleEnded
		return x, nil
	case kind == BulkResume && e.State != sales.Paused:
		x.Why = idleGoing
		return x, nil
	}
	around, err := b.Case(ctx, e)
	if err != nil {
		return x, err
	}
	out := engine.Decide(around, e, d.signed(v, e, ev), d.now())
	if x.OK = out.Changed; !x.OK {
		x.Why = map[BulkKind]string{BulkPause: idlePaused, BulkMove: idleThere}[kind]
		return x, nil
	}
	x.Then = out.Next
	for _, fx := range out.Effects {
		if fx.Kind == sales.FxCancelMail || fx.Kind == sales.FxCancelTasks {
			x.TakesBack = begun(around.Plan, e)
		}
	}
	return x, nil
}

// begun is what an enrollment has asked for and nobody has done yet.
func begun(plan sales.Plan, e sales.Enrollment) BulkTakes {
	mail := e.Position < len(plan.Steps) && plan.Steps[e.Position].Kind.IsMail()
	switch {
	case e.State == sales.Active && e.Awaiting:
		return TakesMail
	case e.State == sales.WaitingHuman && e.Awaiting && mail:
		return TakesDraft
	case e.State == sales.WaitingHuman && e.Awaiting:
		return TakesTask
	}
	return ""
}

package desk

import (
	"context"
	"fmt"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// left is why somebody does not stand as before once an action is taken back.
type left int

const (
	leftNone    left = iota // they do
	leftChanged             // something else was done to them since
	leftHeard               // they have answered, or must not be written to
)

// undoBulkActions puts everybody back who has neither changed nor answered since.
func (d *Desk) undoBulkActions(ctx context.Context, v sales.Viewer, ids []sales.ID) error {
	all := map[left]int{}
	for _, id := range ids {
		var one map[left]int
		err := d.inTx(ctx, func(tx *store.Tx) error {
			one = map[left]int{} // the transaction may run again
			a, err := tx.Bulk(ctx, v.WorkspaceID, id)
			if err != nil {
				return err
			}
			if a.UserID != v.UserID {
				return sales.Errorf(sales.Forbidden, "Only whoever did this can take it back.")
			}
			if d.now().Sub(a.At) > undoBulk {
				return sales.Errorf(sales.Conflict, "Too late: this was done more than an hour ago.")
			}
			if fresh, err := tx.UndoneBulk(ctx, v.WorkspaceID, id, d.now()); err != nil || !fresh {
				return err
			}
			for _, x := range a.Items {
				why, err := d.takeBack(ctx, tx, v, a, x)
				if err != nil {
					return err
				}
				one[why]++
			}
			return nil
		})
		if err != nil {
			return err
		}
		for why, n := range one {
			all[why] += n
		}
	}
	d.kick(v.WorkspaceID)
	d.Notify.Changed(ctx, casework.Change{WorkspaceID: v.WorkspaceID, Text: "Taken back"})
	if say := leftWords(all[leftChanged], all[leftHeard]); say != "" {
		return sales.Errorf(sales.Conflict, "%s", say)
	}
	return nil
}

// leftWords says who does not stand as before.
func leftWords(changed, heard int) string {
	have := func(n int) string {
		if n == 1 {
			return "has"
		}
		return "have"
	}
	switch {
	case changed == 0 && heard == 0:
		return ""
	case heard == 0:
		return fmt.Sprintf("Taken back, but for %s who %s changed since.", people(changed), have(changed))
	case changed == 0:
		return fmt.Sprintf("Taken back, but for %s who %s answered or must not be written to. Look at each of them as a person.", people(heard), have(heard))
	}
	return fmt.Sprintf("Taken back, but for %d people: %d %s changed since, %d %s answered or must not be written to. Look at each of these as a person.",
		changed+heard, changed, have(changed), heard, have(heard))
}

// takeBack puts one enrollment of a kept action back as it was: one that was put
// in is taken out, the time through the sequence that ended for it goes on, and what
// has gone out stays gone. Nobody comes back who said something after the action, or
// something that holds: taking back is no word about an answer.
func (d *Desk) takeBack(ctx context.Context, tx *store.Tx, v sales.Viewer, a store.BulkAction, x store.BulkItem) (left, error) {
	// What arrives of the person waits for this, or is seen by it.
	if err := tx.LockPerson(ctx, v.WorkspaceID, x.Before.PersonID); err != nil {
		return leftNone, err
	}
	if a.Kind != bulkEnroll {
		return d.standAgain(ctx, tx, v, a, x)
	}
	e, err := tx.Enrollment(ctx, v.WorkspaceID, x.Before.ID)
	if err != nil {
		return leftNone, err
	}
	switch {
	case e.State.Alive():
		if err := d.decide(ctx, tx, v, e, sales.Event{Kind: sales.EvRemove}); err != nil {
			return leftNone, err
		}
	case e.State != sales.Removed:
		return leftChanged, nil
	}
	for _, y := range x.Ended {
		// The next step counts from what went out meanwhile, or is on its way.
		last, err := d.lastMail(ctx, tx, e)
		if err != nil {
			return leftNone, err
		}
		if last.After(y.Before.LastStepAt) {
			y.Before.LastStepAt = last
		}
		if why, err := d.standAgain(ctx, tx, v, a, y); err != nil || why != leftNone {
			return why, err
		}
	}
	return leftNone, nil
}

// lastMail is when the last mail of an enrollment went: now of one that is on its
// way, or may be; zero is none.
func (d *Desk) lastMail(ctx context.Context, tx *store.Tx, e sales.Enrollment) (time.Time, error) {
	if e.Awaiting {
		q, err := tx.Sequence(ctx, e.WorkspaceID, e.SequenceID)
		if err != nil {
			return time.Time{}, err
		}
		if e.Position < len(q.Steps) {
			m, err := tx.MailingByKey(ctx, e.WorkspaceID, engine.MailKey(e.ID, q.Steps[e.Position].ID))
			if err != nil && sales.CodeOf(err) != sales.NotFound {
				return time.Time{}, err
			}
			if m.State == sales.MailingSending || m.State == sales.MailingUnknown {
				return d.now(), nil
			}
		}
	}
	if e.Mails == 0 {
		return time.Time{}, nil
	}
	return e.LastStepAt, nil
}

// standAgain lets an enrollment stand as it did before the action.
func (d *Desk) standAgain(ctx context.Context, tx *store.Tx, v sales.Viewer, a store.BulkAction, x store.BulkItem) (left, error) {
	e, err := tx.Enrollment(ctx, v.WorkspaceID, x.Before.ID)
	if err != nil {
		return leftNone, err
	}
	if e.Version != x.After {
		return leftChanged, nil
	}
	p, err := tx.PersonAny(ctx, v.WorkspaceID, e.PersonID)
	if err != nil {
		return leftNone, err
	}
	no, why, err := d.since(ctx, tx, p, a.At)
	if err != nil {
		return leftNone, err
	}
	// Who waited for the answer to what they had said waits for it again.
	if again := why == waitsWhy && x.Before.State == sales.WaitingHuman && x.Before.Reason == sales.WaitAnswer; no != "" && !again {
		return leftHeard, nil
	}
	q, err := tx.Sequence(ctx, v.WorkspaceID, e.SequenceID)
	if err != nil {
		return leftNone, err
	}
	if !e.State.Alive() {
		if gone, err := d.elsewhere(ctx, tx, v, q, e); err != nil || gone {
			return leftChanged, err
		}
	}
	before, known, err := placed(ctx, tx, q, x)
	if err != nil {
		return leftNone, err
	}
	if !known {
		return leftChanged, nil
	}
	_, err = tx.Apply(ctx, e, engine.Restore(e, before, d.now()), store.Subject{}, d.now())
	return leftNone, err
}

// placed gives an enrollment as it was before an action, at the position at which
// it would stand now had it been there when the sequence was edited meanwhile.
// known is false where the steps of that time were not kept.
func placed(ctx context.Context, tx *store.Tx, q sales.Sequence, x store.BulkItem) (before sales.Enrollment, known bool, err error) {
	before = x.Before
	if x.Plan == q.Version {
		return before, true, nil
	}
	was, err := tx.PlanBy(ctx, q.WorkspaceID, q.ID, x.Plan)
	if sales.CodeOf(err) == sales.NotFound {
		return before, false, nil
	}
	if err != nil {
		return before, false, err
	}
	to := engine.Moved(was.Steps, q.Steps)
	before.Position = to[min(before.Position, len(was.Steps))]
	return before, true, nil
}

// elsewhere tells that somebody whose enrollment had ended cannot come back into
// it: the sequence is archived, or they were put in again meanwhile, here or into
// another that shares with none.
func (d *Desk) elsewhere(ctx context.Context, tx *store.Tx, v sales.Viewer, q sales.Sequence, e sales.Enrollment) (bool, error) {
	if q.State == sales.SequenceArchived {
		return true, nil
	}
	live, err := tx.LiveEnrollments(ctx, v.WorkspaceID, e.PersonID)
	if err != nil {
		return true, err
	}
	q.Rules.Reenroll = sales.ReenrollNever
	_, stay, err := d.makeRoom(ctx, tx, v, q, live)
	return stay, err
}

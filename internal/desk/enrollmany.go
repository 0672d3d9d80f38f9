package desk

import (
	"context"
	"fmt"
	"time"

	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// bulkEnroll is the kind of a kept action that put people in.
const bulkEnroll = "enroll"

// EnrollResult is what came of putting people into a sequence.
type EnrollResult struct {
	Checks []EnrollCheck // as they were made just before
	In     int           // who was put in: fewer than yes when somebody else was faster
	Undo   Undo
}

// Enroll puts people into a sequence: those whom CheckEnroll says yes to. It
// gives the checks, so that the page can say who is in and who is not.
func (d *Desk) Enroll(ctx context.Context, v sales.Viewer, sequence sales.ID, ids []sales.ID) ([]EnrollCheck, error) {
	out, err := d.EnrollMany(ctx, v, sequence, ids)
	return out.Checks, err
}

// EnrollMany is Enroll with an Undo, which for an hour takes those out again who
// were put in.
func (d *Desk) EnrollMany(ctx context.Context, v sales.Viewer, sequence sales.ID, ids []sales.ID) (EnrollResult, error) {
	checks, err := d.CheckEnroll(ctx, v, sequence, ids)
	out := EnrollResult{Checks: checks}
	if err != nil {
		return out, err
	}
	q, err := d.Store.Sequence(ctx, v.WorkspaceID, sequence)
	if err != nil {
		return out, err
	}
	now := d.now()
	err = d.inTx(ctx, func(tx *store.Tx) error {
		a := store.BulkAction{WorkspaceID: v.WorkspaceID, ID: tx.NewID(), UserID: v.UserID, Kind: bulkEnroll, At: now}
		for _, c := range checks {
			if !c.OK {
				continue
			}
			e, err := d.enrollOne(ctx, tx, v, q, c, now)
			if err != nil {
				return err
			}
			if e.ID != 0 {
				a.Items = append(a.Items, store.BulkItem{Before: e})
			}
		}
		out.In, out.Undo = len(a.Items), Undo{}
		if len(a.Items) == 0 {
			return nil
		}
		out.Undo.Token = "bulk/" + a.ID.String()
		return tx.KeepBulk(ctx, a)
	})
	out.Undo.Say = enrolledWords(q.Name, out.In, len(checks)-out.In)
	d.kick()
	return out, err
}

func enrolledWords(sequence string, in, not int) string {
	say := fmt.Sprintf("%d people are in the sequence “%s” now.", in, sequence)
	if in == 1 {
		say = fmt.Sprintf("1 person is in the sequence “%s” now.", sequence)
	}
	if not > 0 {
		say += fmt.Sprintf(" %d did not go in.", not)
	}
	return say
}

// enrollOne puts one person in; an enrollment without an ID tells that somebody
// was faster.
func (d *Desk) enrollOne(ctx context.Context, tx *store.Tx, v sales.Viewer, q sales.Sequence, c EnrollCheck, now time.Time) (sales.Enrollment, error) {
	none, p := sales.Enrollment{}, c.Person
	mb, err := tx.Mailbox(ctx, v.WorkspaceID, c.MailboxID)
	if err != nil {
		return none, err
	}
	e := sales.Enrollment{
		WorkspaceID: v.WorkspaceID, ID: tx.NewID(), SequenceID: q.ID, PersonID: p.ID, AccountID: p.AccountID, OwnerID: mb.UserID, MailboxID: mb.ID,
		State: sales.Pending, Actor: sales.BySeller, StateAt: now, Version: 1, EnrolledAt: now,
	}
	// Twice at once is once: the second waits for the first, and finds it.
	if err := tx.LockPerson(ctx, v.WorkspaceID, p.ID); err != nil {
		return none, err
	}
	live, err := tx.LiveEnrollments(ctx, v.WorkspaceID, p.ID)
	if err != nil {
		return none, err
	}
	if stay, err := d.makeRoom(ctx, tx, v, q, live); err != nil || stay {
		return none, err
	}
	if err := tx.InsertEnrollment(ctx, e); err != nil {
		return none, err
	}
	line := d.move(v, p, sales.MoveEnrolled, "Put into the sequence “"+q.Name+"”.")
	line.EnrollmentID = e.ID
	if err := write(ctx, tx, line); err != nil || q.State != sales.SequenceRunning {
		return e, err
	}
	return e, d.decide(ctx, tx, v, e, sales.Event{Kind: sales.EvStart})
}

// takeBack puts one enrollment of a kept action back as it was: one that was put
// in is taken out, and what has gone out stays gone. done is false when it has
// changed since.
func (d *Desk) takeBack(ctx context.Context, tx *store.Tx, v sales.Viewer, kind string, x store.BulkItem) (done bool, err error) {
	e, err := tx.Enrollment(ctx, v.WorkspaceID, x.Before.ID)
	if err != nil {
		return false, err
	}
	if kind == bulkEnroll {
		if !e.State.Alive() {
			return e.State == sales.Removed, nil
		}
		return true, d.decide(ctx, tx, v, e, sales.Event{Kind: sales.EvRemove})
	}
	if e.Version != x.After {
		return false, nil
	}
	if !e.State.Alive() {
		if gone, err := d.elsewhere(ctx, tx, v, e); err != nil || gone {
			return false, err
		}
	}
	_, err = tx.Apply(ctx, e, engine.Restore(e, x.Before, d.now()), store.Subject{}, d.now())
	return true, err
}

// elsewhere tells that somebody whose enrollment had ended cannot come back into
// it: the sequence is archived, or they were put in again meanwhile, here or into
// another that shares with none.
func (d *Desk) elsewhere(ctx context.Context, tx *store.Tx, v sales.Viewer, e sales.Enrollment) (bool, error) {
	q, err := tx.Sequence(ctx, v.WorkspaceID, e.SequenceID)
	if err != nil || q.State == sales.SequenceArchived {
		return true, err
	}
	if err := tx.LockPerson(ctx, v.WorkspaceID, e.PersonID); err != nil {
		return true, err
	}
	live, err := tx.LiveEnrollments(ctx, v.WorkspaceID, e.PersonID)
	if err != nil {
		return true, err
	}
	q.Rules.Reenroll = sales.ReenrollNever
	return d.makeRoom(ctx, tx, v, q, live)
}

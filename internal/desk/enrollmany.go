package desk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// bulkEnroll is the kind of a kept action that put people in.
const bulkEnroll = "enroll"

// EnrollResult is what came of putting people into a sequence.
type EnrollResult struct {
	Checks []EnrollCheck // as they were made just before; no is also who has answered since
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
	now := d.now() // an answer that comes during the checks is one that came after
	checks, err := d.CheckEnroll(ctx, v, sequence, ids)
	out := EnrollResult{Checks: checks}
	if err != nil {
		return out, err
	}
	q, err := d.Store.Sequence(ctx, v.WorkspaceID, sequence)
	if err != nil {
		return out, err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		a := store.BulkAction{WorkspaceID: v.WorkspaceID, ID: tx.NewID(), UserID: v.UserID, Kind: bulkEnroll, At: now}
		out.Checks = slices.Clone(checks)
		for i := range out.Checks {
			c := &out.Checks[i]
			if !c.OK {
				continue
			}
			x, err := d.enrollOne(ctx, tx, v, q, c, now)
			if err != nil {
				return err
			}
			if x.Before.ID != 0 {
				a.Items = append(a.Items, x)
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
	d.kick(v.WorkspaceID)
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

// enrollOne puts one person in, of whom began is when their check began, and says
// which times through the sequence ended for that; an enrollment without an ID tells
// that somebody was faster, or that c is a no now.
func (d *Desk) enrollOne(ctx context.Context, tx *store.Tx, v sales.Viewer, q sales.Sequence, c *EnrollCheck, began time.Time) (store.BulkItem, error) {
	none, p := store.BulkItem{}, c.Person
	mb, err := tx.Mailbox(ctx, v.WorkspaceID, c.MailboxID)
	if err != nil {
		return none, err
	}
	e := sales.Enrollment{
		WorkspaceID: v.WorkspaceID, ID: tx.NewID(), SequenceID: q.ID, PersonID: p.ID, AccountID: p.AccountID, OwnerID: ownerOf(p, mb), MailboxID: mb.ID,
		State: sales.Pending, Actor: sales.BySeller, StateAt: began, Version: 1, EnrolledAt: began,
	}
	// Twice at once is once: the second waits for the first, and finds it.
	if err := tx.LockPerson(ctx, v.WorkspaceID, p.ID); err != nil {
		return none, err
	}
	if err := d.stillYes(ctx, tx, q, c, began); err != nil || !c.OK {
		return none, err
	}
	live, err := tx.LiveEnrollments(ctx, v.WorkspaceID, p.ID)
	if err != nil {
		return none, err
	}
	ended, stay, err := d.makeRoom(ctx, tx, v, q, live)
	if err != nil || stay {
		return none, err
	}
	if err := tx.InsertEnrollment(ctx, e); err != nil {
		return none, err
	}
	line := d.move(v, p, sales.MoveEnrolled, "Put into the sequence “"+q.Name+"”.")
	line.EnrollmentID = e.ID
	in := store.BulkItem{Before: e, Ended: ended}
	if err := write(ctx, tx, line); err != nil || q.State != sales.SequenceRunning {
		return in, err
	}
	return in, d.decide(ctx, tx, v, e, sales.Event{Kind: sales.EvStart})
}

// stillYes asks again, of the person as the transaction sees them, what may have
// changed since their check began: what they said, how lately they were touched,
// whether they may be written to at all. It makes c a no when one speaks against it.
func (d *Desk) stillYes(ctx context.Context, tx *store.Tx, q sales.Sequence, c *EnrollCheck, began time.Time) error {
	p, err := tx.PersonAny(ctx, c.Person.WorkspaceID, c.Person.ID)
	if err != nil {
		return err
	}
	no, why, err := d.since(ctx, tx, p, began)
	if err != nil {
		return err
	}
	if no == "" && p.Move == sales.Resting && p.MoveUntil.After(d.now()) {
		no, why = NoAnswered, "rests until "+p.MoveUntil.Format("2 Jan 2006")
	}
	if no == "" && (p.Email == "" || p.Address == sales.AddressDead) {
		no, why = NoAddress, "has no working mail address"
	}
	if no == "" {
		w, err := tx.Workspace(ctx, p.WorkspaceID)
		if err != nil {
			return err
		}
		if why = rested(q.Rules, w.Settings, p, d.now()); why != "" {
			no = NoCoolOff
		}
	}
	if no != "" {
		c.OK, c.No, c.Why = false, no, why
	}
	return nil
}

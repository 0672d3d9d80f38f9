package casework

import (
	"context"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Hold makes the enrollments of a person wait until somebody has said whether a
// message is theirs: nobody is written to after an answer. What waits for a
// person already, for another reason, stays as it is.
func (b *Batch) Hold(ctx context.Context, tx *store.Tx, p sales.Person, message sales.ID, now time.Time) error {
	// Whoever puts them into a sequence, or lets one go on, at the same time comes before
	// or after this; and of two questions the second sees what the first holds.
	if err := tx.LockPerson(ctx, p.WorkspaceID, p.ID); err != nil {
		return err
	}
	live, err := tx.LiveEnrollments(ctx, p.WorkspaceID, p.ID)
	if err != nil {
		return err
	}
	ev := sales.Event{Kind: sales.EvPause, At: now, Actor: sales.BySystem, MessageID: message, Reason: sales.PausedAsked, Text: "a mail that may be their answer waits for you"}
	for _, e := range live {
		h := sales.MatchHold{WorkspaceID: e.WorkspaceID, MessageID: message, EnrollmentID: e.ID}
		switch {
		case e.State == sales.WaitingHuman && e.Reason == sales.WaitAnswer:
			continue // nothing goes before a seller has answered them
		case e.Asked():
			before, err := tx.HoldsOn(ctx, e.WorkspaceID, e.ID)
			if err != nil {
				return err
			}
			if len(before) == 0 {
				continue
			}
			h.Until = before[0].Until
		case e.State == sales.Paused && e.Until.IsZero():
			continue
		case e.State == sales.Paused:
			h.Until = e.Until
		}
		if err := tx.HoldFor(ctx, h); err != nil {
			return err
		}
		if _, _, err := b.Decide(ctx, tx, e, ev, store.Subject{Person: p}, now); err != nil {
			return err
		}
	}
	return nil
}

// Release lets what waited for the answer to whose a message is go on as it was
// before, unless another such question holds it too, or a person decided about it
// meanwhile. It is done for the people of whom of is true.
func (b *Batch) Release(ctx context.Context, tx *store.Tx, ws, message, user sales.ID, of func(person sales.ID) bool, now time.Time) error {
	holds, err := tx.HoldsOf(ctx, ws, message)
	if err != nil {
		return err
	}
	for _, h := range holds {
		e, err := tx.Enrollment(ctx, ws, h.EnrollmentID)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		if !of(e.PersonID) {
			continue
		}
		if err := b.release(ctx, tx, e, h, user, now); err != nil {
			return err
		}
	}
	return nil
}

// release ends one hold, and lets the enrollment go on when it was the last.
func (b *Batch) release(ctx context.Context, tx *store.Tx, e sales.Enrollment, h sales.MatchHold, user sales.ID, now time.Time) error {
	// Of two questions that are answered at once the second sees that it is the last.
	if err := tx.LockPerson(ctx, e.WorkspaceID, e.PersonID); err != nil {
		return err
	}
	on, err := tx.HoldsOn(ctx, e.WorkspaceID, e.ID)
	if err != nil {
		return err
	}
	if err := tx.EndHold(ctx, e.WorkspaceID, h.MessageID, e.ID); err != nil {
		return err
	}
	if e, err = tx.Enrollment(ctx, e.WorkspaceID, e.ID); err != nil {
		return err
	}
	if !e.Asked() || len(on) > 1 {
		return nil
	}
	ev := sales.Event{Kind: sales.EvResume, At: now, Actor: sales.BySeller, UserID: user, MessageID: h.MessageID}
	if h.Until.After(now) {
		ev.Kind, ev.Reason, ev.Until, ev.Text = sales.EvPause, sales.PausedManual, h.Until, "waits as before"
	}
	_, _, err = b.Decide(ctx, tx, e, ev, store.Subject{}, now)
	return err
}

package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// maxSteps bounds a sequence.
const maxSteps = 50

// SaveSequence makes a sequence (ID 0) or changes one. Steps with ID 0 are new.
// q.Version is the version that was read. A running sequence must stay valid;
// a draft may be unfinished.
func (d *Desk) SaveSequence(ctx context.Context, v sales.Viewer, q sales.Sequence) (sales.Sequence, error) {
	if err := need(v, sales.RoleSeller, "change sequences"); err != nil {
		return q, err
	}
	q.WorkspaceID, q.Name = v.WorkspaceID, strings.TrimSpace(q.Name)
	if q.Name == "" || len(q.Name) > 200 {
		return q, sales.Errorf(sales.Invalid, "A sequence needs a name of at most 200 characters.")
	}
	if len(q.Steps) > maxSteps {
		return q, sales.Errorf(sales.Invalid, "A sequence has at most %d steps.", maxSteps)
	}
	if err := d.references(ctx, q); err != nil {
		return q, err
	}
	now, fresh := d.now(), q.ID == 0
	err := d.inTx(ctx, func(tx *store.Tx) error {
		orderTracks(q.Steps)
		for i := range q.Steps {
			s := &q.Steps[i]
			if fresh {
				s.ID = tx.NewID()
				nameVariants(tx, sales.Sequence{}, s, now)
			}
			s.WorkspaceID, s.SequenceID, s.Position = v.WorkspaceID, q.ID, i
		}
		if fresh {
			if err := mayPool(ctx, tx, v, nil, q.Pool); err != nil {
				return err
			}
			q.ID, q.OwnerID, q.State, q.CreatedAt, q.Version = tx.NewID(), v.UserID, sales.SequenceDraft, now, 1
			if err := tx.InsertSequence(ctx, q); err != nil {
				return err
			}
			return tx.KeepVersion(ctx, q, v.UserID, now, "made")
		}
		was, err := tx.Sequence(ctx, v.WorkspaceID, q.ID)
		if err != nil {
			return err
		}
		if err := mayEdit(v, was); err != nil {
			return err
		}
		if err := mayPool(ctx, tx, v, was.Pool, q.Pool); err != nil {
			return err
		}
		q.OwnerID, q.State, q.CreatedAt, q.StartedAt = was.OwnerID, was.State, was.CreatedAt, was.StartedAt
		known := map[sales.ID]bool{}
		for _, s := range was.Steps {
			known[s.ID] = true
		}
		for i := range q.Steps {
			if !known[q.Steps[i].ID] {
				q.Steps[i].ID = tx.NewID() // new, or of another sequence
			}
			nameVariants(tx, was, &q.Steps[i], now)
		}
		if q.State != sales.SequenceDraft {
			if err := q.Validate(); err != nil {
				return err
			}
			if err := d.keepPlaces(ctx, tx, v, was, q); err != nil {
				return err
			}
		}
		if err := tx.SaveSequence(ctx, q); err != nil {
			return err
		}
		if q.State != sales.SequenceDraft && Changes(was, q) != Unchanged {
			// Whoever waits for a step waits by the new plan.
			if err := tx.AskRecount(ctx, v.WorkspaceID, store.RecountOf{Sequence: q.ID}, now); err != nil {
				return err
			}
		}
		kept := q
		kept.Version++
		return tx.KeepVersion(ctx, kept, v.UserID, now, Changes(was, q))
	})
	return q, err
}

// references refuses a plan that names a ruleset, a schedule or a mailbox which the
// workspace does not have.
func (d *Desk) references(ctx context.Context, q sales.Sequence) error {
	if q.RulesetID != 0 {
		if _, err := d.Store.Ruleset(ctx, q.WorkspaceID, q.RulesetID); err != nil {
			return notThere(err, "ruleset")
		}
	}
	if q.ScheduleID != 0 {
		if _, err := d.Store.Schedule(ctx, q.WorkspaceID, q.ScheduleID); err != nil {
			return notThere(err, "schedule")
		}
	}
	for _, id := range q.Pool {
		if _, err := d.Store.Mailbox(ctx, q.WorkspaceID, id); err != nil {
			return notThere(err, "mailbox")
		}
	}
	return nil
}

func notThere(err error, what string) error {
	if sales.CodeOf(err) == sales.NotFound {
		return sales.Errorf(sales.Invalid, "The %s that the sequence names does not exist any more. Choose another.", what)
	}
	return err
}

// mayPool: sellers let a sequence send from their own mailboxes, managers from all.
// Those that are in its pool may stay.
func mayPool(ctx context.Context, tx *store.Tx, v sales.Viewer, was, pool []sales.ID) error {
	if v.Role.AtLeast(sales.RoleManager) {
		return nil
	}
	for _, id := range pool {
		if slices.Contains(was, id) {
			continue
		}
		mb, err := tx.Mailbox(ctx, v.WorkspaceID, id)
		if err != nil {
			return notThere(err, "mailbox")
		}
		if mb.UserID != v.UserID {
			return sales.Errorf(sales.Forbidden, "The mailbox %s belongs to somebody else. Ask a manager to let this sequence send from it.", mb.Address)
		}
	}
	return nil
}

// orderTracks keeps the steps track after track, each in its order.
func orderTracks(steps []sales.Step) {
	rank := func(s sales.Step) int { return slices.Index(sales.Tracks(), s.Track.OrMain()) }
	slices.SortStableFunc(steps, func(a, b sales.Step) int { return rank(a) - rank(b) })
}

// nameVariants gives new texts of a step their ID; one that is known keeps it and
// when it was made.
func nameVariants(tx *store.Tx, was sales.Sequence, s *sales.Step, now time.Time) {
	known := map[sales.ID]sales.Variant{}
	for _, x := range was.Steps {
		if x.ID == s.ID {
			for _, v := range x.Variants {
				known[v.ID] = v
			}
		}
	}
	for i := range s.Variants {
		x := &s.Variants[i]
		before, ok := known[x.ID]
		if x.CreatedAt = before.CreatedAt; !ok {
			x.ID, x.CreatedAt = tx.NewID(), now
		}
		if x.State == "" {
			x.State = sales.VariantOn
		}
		x.Weight = max(x.Weight, 1)
	}
}

// mayEdit: sellers change their own sequences, managers all.
func mayEdit(v sales.Viewer, q sales.Sequence) error {
	if q.OwnerID != v.UserID && !v.Role.AtLeast(sales.RoleManager) {
		return sales.Errorf(sales.Forbidden, "This sequence belongs to somebody else. Ask them or a manager to change it.")
	}
	return nil
}

// keepPlaces moves the people of a running sequence with their step, so that an
// edit sends nobody a mail twice: whoever stood before a step still stands
// before it; whose step was removed goes on with what follows.
func (d *Desk) keepPlaces(ctx context.Context, tx *store.Tx, v sales.Viewer, was, q sales.Sequence) error {
	to := engine.Moved(was.Steps, q.Steps)
	same := true
	for i, p := range to {
		same = same && i == p
	}
	if same {
		return nil
	}
	if err := d.takeBackRemoved(ctx, tx, v, was, q); err != nil {
		return err
	}
	return tx.MovePositions(ctx, v.WorkspaceID, q.ID, to)
}

// takeBackRemoved stops what was asked for by steps that are gone: a queued
// mail, an open task.
func (d *Desk) takeBackRemoved(ctx context.Context, tx *store.Tx, v sales.Viewer, was, q sales.Sequence) error {
	kept := map[sales.ID]bool{}
	for _, s := range q.Steps {
		kept[s.ID] = true
	}
	for i, s := range was.Steps {
		if kept[s.ID] {
			continue
		}
		list, err := tx.AwaitingAt(ctx, v.WorkspaceID, was.ID, i)
		if err != nil {
			return err
		}
		for _, e := range list {
			if err := d.decide(ctx, tx, v, e, sales.Event{Kind: sales.EvPause}); err != nil {
				return err
			}
			if e, err = tx.Enrollment(ctx, v.WorkspaceID, e.ID); err != nil {
				return err
			}
			if err := d.decide(ctx, tx, v, e, sales.Event{Kind: sales.EvResume}); err != nil {
				return err
			}
		}
	}
	return nil
}

// StartSequence lets a sequence run: people who wait for it begin.
func (d *Desk) StartSequence(ctx context.Context, v sales.Viewer, id sales.ID) error {
	boxes, err := d.Store.Mailboxes(ctx, v.WorkspaceID)
	if err != nil {
		return err
	}
	if len(boxes) == 0 {
		return sales.Errorf(sales.Invalid, "Connect a mailbox first: a sequence sends from it.")
	}
	return d.setState(ctx, v, id, sales.SequenceRunning)
}

// PauseSequence holds everything of a sequence that has not gone.
func (d *Desk) PauseSequence(ctx context.Context, v sales.Viewer, id sales.ID) error {
	return d.setState(ctx, v, id, sales.SequencePaused)
}

func (d *Desk) setState(ctx context.Context, v sales.Viewer, id sales.ID, to sales.SequenceState) error {
	if err := need(v, sales.RoleSeller, "run sequences"); err != nil {
		return err
	}
	err := d.inTx(ctx, func(tx *store.Tx) error {
		q, err := tx.Sequence(ctx, v.WorkspaceID, id)
		if err != nil {
			return err
		}
		if err := mayEdit(v, q); err != nil || q.State == to {
			return err
		}
		if to == sales.SequenceRunning {
			if err := q.Validate(); err != nil {
				return err
			}
			if q.StartedAt.IsZero() {
				q.StartedAt = d.now()
			}
		}
		q.State = to
		return tx.SaveSequence(ctx, q)
	})
	if err == nil && to == sales.SequenceRunning {
		err = d.startPending(ctx, v, id)
	}
	if err == nil && to == sales.SequencePaused {
		err = d.Store.InTx(ctx, func(tx *store.Tx) error { return tx.HoldSequenceMail(ctx, v.WorkspaceID, id, d.now()) })
	}
	if err == nil && to == sales.SequenceRunning {
		err = d.Store.InTx(ctx, func(tx *store.Tx) error { return tx.ReleaseSequence(ctx, v.WorkspaceID, id, d.now()) })
	}
	d.kick(v.WorkspaceID)
	return err
}

// startPending starts those who were put in before the sequence ran.
func (d *Desk) startPending(ctx context.Context, v sales.Viewer, id sales.ID) error {
	for {
		n := 0
		err := d.inTx(ctx, func(tx *store.Tx) error {
			list, err := tx.PendingEnrollments(ctx, v.WorkspaceID, id, 500)
			if err != nil {
				return err
			}
			n = len(list)
			b := casework.New(tx, v.WorkspaceID)
			for _, e := range list {
				ev := sales.Event{Kind: sales.EvStart, At: d.now(), Actor: sales.BySeller, UserID: v.UserID}
				if _, _, err := b.Decide(ctx, tx, e, ev, store.Subject{}, d.now()); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || n == 0 {
			return err
		}
	}
}

// ArchiveSequence hides a sequence; everybody in it is taken out.
func (d *Desk) ArchiveSequence(ctx context.Context, v sales.Viewer, id sales.ID) error {
	if err := d.setState(ctx, v, id, sales.SequenceArchived); err != nil {
		return err
	}
	var after sales.ID
	for {
		list, err := d.Store.EnrollmentsIn(ctx, v.WorkspaceID, id, after, 500)
		if err != nil || len(list) == 0 {
			return err
		}
		err = d.inTx(ctx, func(tx *store.Tx) error {
			for _, e := range list {
				if e, err = tx.Enrollment(ctx, v.WorkspaceID, e.ID); err != nil {
					return err
				}
				if err := d.decide(ctx, tx, v, e, sales.Event{Kind: sales.EvStop, Reason: sales.EndSequence, Text: "the sequence was archived"}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		after = list[len(list)-1].ID
	}
}

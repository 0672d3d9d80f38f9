package runner

import (
	"cmp"
	"context"
	"slices"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// advanceBatch is how many due enrollments are decided in one transaction.
const advanceBatch = 500

// Advance begins the steps of a workspace whose time has come, in due order, and
// says how many enrollments it moved. It stops when nothing is due.
func (r *Runner) Advance(ctx context.Context, ws sales.ID) (int, error) {
	total := 0
	for ctx.Err() == nil {
		n, err := r.advanceOnce(ctx, ws, r.Clock.Now())
		total += n
		if err != nil || n == 0 {
			return total, err
		}
	}
	return total, ctx.Err()
}

func (r *Runner) advanceOnce(ctx context.Context, ws sales.ID, now time.Time) (int, error) {
	n := 0
	var changes []casework.Change
	first := true
	err := casework.Retry(func() error {
		return r.Store.InTx(ctx, func(tx *store.Tx) error {
			if first {
				tx.Gather()
			}
			first = false // one by one, when the statements that went together failed
			n, changes = 0, nil
			due, err := tx.DueEnrollments(ctx, ws, now, advanceBatch)
			if err != nil {
				return err
			}
			away, err := awayNow(ctx, tx, ws, now)
			if err != nil {
				return err
			}
			b, err := batchFor(ctx, tx, ws, due)
			if err != nil {
				return err
			}
			// Mails of one mailbox are written side by side, for they go together.
			slices.SortFunc(due, func(a, b sales.Enrollment) int {
				return cmp.Or(cmp.Compare(a.MailboxID, b.MailboxID), cmp.Compare(a.ID, b.ID))
			})
			for _, e := range due {
				if a, ok := away[e.OwnerID]; ok {
					waits, err := r.whileAway(ctx, tx, b, e, a, now)
					if err != nil {
						return err
					}
					if waits {
						n++
						continue
					}
				}
				c, err := r.advance(ctx, tx, b, e, now)
				if err != nil {
					return err
				}
				if c != nil {
					changes = append(changes, *c)
				}
				n++
			}
			r.at(PointDecided)
			return nil
		})
	})
	if err != nil {
		return 0, err
	}
	r.at(PointApplied)
	for _, c := range changes {
		r.Notify.Changed(ctx, c)
	}
	return n, nil
}

// batchFor begins a batch that knows the people of some enrollments and their
// accounts.
func batchFor(ctx context.Context, tx *store.Tx, ws sales.ID, list []sales.Enrollment) (*casework.Batch, error) {
	b := casework.New(tx, ws)
	ids := make([]sales.ID, 0, len(list))
	for _, e := range list {
		ids = append(ids, e.PersonID)
	}
	people, err := tx.PeopleByID(ctx, ws, ids)
	if err != nil {
		return nil, err
	}
	ids = ids[:0]
	for _, p := range people {
		ids = append(ids, p.AccountID)
	}
	accounts, err := tx.Accounts(ctx, ws, ids)
	b.Remember(people, accounts)
	return b, err
}

// advance gives one enrollment its timer event.
func (r *Runner) advance(ctx context.Context, tx *store.Tx, b *casework.Batch, e sales.Enrollment, now time.Time) (*casework.Change, error) {
	q, err := b.Sequence(ctx, e.SequenceID)
	if err != nil {
		return nil, err
	}
	if q.State != sales.SequenceRunning {
		// The sequence is paused: ask again later, and say so.
		return nil, r.defer1h(ctx, tx, e, now, "the sequence is "+string(q.State))
	}
	d, done, err := b.Decide(ctx, tx, e, sales.Event{Kind: sales.EvTimer, At: now}, store.Subject{}, now)
	if err != nil {
		return nil, err
	}
	if !d.Changed {
		return nil, r.defer1h(ctx, tx, e, now, "nothing to do")
	}
	if len(done.Tasks) == 0 {
		return nil, nil
	}
	p, err := b.Person(ctx, e.PersonID)
	return &casework.Change{WorkspaceID: e.WorkspaceID, PersonID: e.PersonID, Tasks: done.Tasks, Text: p.Name() + ": " + d.Why}, err
}

// defer1h moves a timer that came too early, so that a row which cannot go on
// never keeps the others waiting.
func (r *Runner) defer1h(ctx context.Context, tx *store.Tx, e sales.Enrollment, now time.Time, why string) error {
	next := e
	next.NextAt, next.Version = now.Add(time.Hour), e.Version+1
	next.HoldGate, next.HoldWhy, next.HoldUntil = sales.GateLimits, why, next.NextAt
	_, err := tx.Apply(ctx, e, sales.Decision{Next: next, Changed: true}, store.Subject{}, now)
	return err
}

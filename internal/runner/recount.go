package runner

import (
	"context"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// RecountJob works out anew when people go on whose hours or days off changed.
type RecountJob struct {
	Workspace sales.ID `json:"workspace"`
	Slot      int64    `json:"slot"`
}

// Kind implements queue.Job.
func (RecountJob) Kind() string { return "count_anew" }

// PointRecount is where Crash is called after each page that was counted anew. It is
// not among Points, which follow a mail.
const PointRecount = "count anew"

const (
	// recountPage is how many enrollments are looked at, and written, at once.
	recountPage = 500
	// recountAgain is when what was written meanwhile is looked at: longer than any
	// transaction lasts that may have gone by the days as they were.
	recountAgain = 2 * time.Minute
)

// Recount works out anew when the people of the sequences go on for which that was
// asked, and says how many moments changed. It may stop anywhere: the next pass goes
// on behind the last page. A timer that comes before, comes not too early all the
// same: engine.Decide counts then too.
func (r *Runner) Recount(ctx context.Context, ws sales.ID) (int, error) {
	total := 0
	soon := map[sales.ID]int{}
	for ctx.Err() == nil {
		x, some, err := r.Store.NextRecount(ctx, ws, r.Clock.Now())
		if err != nil || !some {
			return total, err
		}
		n, err := r.recountPart(ctx, x, soon)
		r.at(PointRecount)
		total += n
		if err != nil {
			return total, err
		}
	}
	return total, ctx.Err()
}

// recountPart does a page of it in one transaction.
func (r *Runner) recountPart(ctx context.Context, x store.Recount, soon map[sales.ID]int) (int, error) {
	now := r.Clock.Now()
	page, err := r.Store.EnrollmentsIn(ctx, x.WorkspaceID, x.SequenceID, x.After, recountPage)
	if err != nil {
		return 0, err
	}
	n := 0
	err = casework.Retry(func() error {
		return r.Store.InTx(ctx, func(tx *store.Tx) error {
			n = 0
			if len(page) == 0 {
				return tx.EndRecount(ctx, x, now.Add(recountAgain))
			}
			still, err := tx.MoveRecount(ctx, x, page[len(page)-1].ID)
			if err != nil || !still {
				return err
			}
			var ids []sales.ID
			for _, e := range page {
				if waits(e) {
					ids = append(ids, e.ID)
				}
			}
			rows, err := tx.EnrollmentsByID(ctx, x.WorkspaceID, ids)
			if err != nil {
				return err
			}
			var list []sales.Enrollment
			for _, id := range ids { // in their order
				list = append(list, rows[id])
			}
			n, err = recount(ctx, tx, x, list, soon, now)
			return err
		})
	})
	return n, err
}

// waits tells whether an enrollment waits for a moment that was worked out.
func waits(e sales.Enrollment) bool {
	return e.State == sales.Active && !e.Awaiting && !e.NextAt.IsZero()
}

func recount(ctx context.Context, tx *store.Tx, x store.Recount, list []sales.Enrollment, soon map[sales.ID]int, now time.Time) (int, error) {
	b, err := batchFor(ctx, tx, x.WorkspaceID, list)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, e := range list {
		if !waits(e) {
			continue
		}
		c, err := b.Case(ctx, e)
		if err != nil {
			return n, err
		}
		d, at := engine.Recount(c, e, now)
		if !d.Changed {
			continue
		}
		if at && engine.LaneOf(e, c.Plan.Rules, c.Plan.Steps) == engine.LaneHands {
			// A day off that is none any more brings no flood of calls: the others come
			// when they were to come.
			if x.Again || soon[e.OwnerID] >= engine.HandsADay {
				continue
			}
			soon[e.OwnerID]++
		}
		if _, err := tx.Apply(ctx, e, d, store.Subject{}, now); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

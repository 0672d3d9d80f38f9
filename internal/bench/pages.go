package bench

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"ninetyten/internal/next"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Pages measures what the Next page asks of the database with many people and a
// full queue: serving one person, as the page does at every load. The rate is
// of pages a second by one visitor.
func Pages(ctx context.Context, o Options) (Result, error) {
	o.N, o.Runs = orElse(o.N, 100_000), orElse(o.Runs, 3)
	res := Result{Bench: "pages", N: o.N}
	list, stop, _, err := databases(ctx, cmp.Or(o.Database, "sqlite"))
	if err != nil {
		return res, err
	}
	defer stop()
	w, err := list[0].newWorld(ctx)
	if err != nil {
		return res, err
	}
	defer w.close()
	if err := w.found(ctx, Options{Boxes: 1, Size: 2048}, "127.0.0.1:1"); err != nil {
		return res, err
	}
	took, err := w.load(ctx, o.N, dueEvery, 1)
	if err != nil {
		return res, err
	}
	res.Load = took.Seconds()
	w.clock.set(benchNow())
	forgetPeak()
	team, err := w.store.Users(ctx, w.ws)
	if err != nil {
		return res, err
	}
	v := sales.Viewer{WorkspaceID: w.ws, UserID: team[0].ID, Role: sales.RoleOwner}
	if err := w.queueUp(ctx, v, 200); err != nil {
		return res, err
	}
	q := &next.Queue{Store: w.store, Clock: w.clock, Wall: time.Now}
	var worst time.Duration
	used, pages := cpu(), 0
	for range o.Runs {
		began := time.Now()
		for range 100 {
			one := time.Now()
			view, err := q.Serve(ctx, v, 0)
			if err != nil {
				return res, err
			}
			if view.Now == nil {
				return res, sales.Errorf(sales.Internal, "nobody was served")
			}
			if _, _, err := w.store.People(ctx, v, store.PeopleFilter{}, store.Page{}); err != nil {
				return res, err
			}
			worst = max(worst, time.Since(one))
			pages++
		}
		res.Runs = append(res.Runs, 100/time.Since(began).Seconds())
	}
	res.RatePerS, res.CPUPerOp, res.PeakMB = median(res.Runs), float64((cpu()-used).Microseconds())/float64(pages), peakMB()
	res.Notes = append(res.Notes, fmt.Sprintf("%d people, 200 in the queue; the slowest page took %.1f ms", o.N, float64(worst.Microseconds())/1000))
	return res, nil
}

// queueUp opens tasks for the first n people.
func (w *world) queueUp(ctx context.Context, v sales.Viewer, n int) error {
	people, _, err := w.store.People(ctx, v, store.PeopleFilter{}, store.Page{Limit: n})
	if err != nil {
		return err
	}
	return w.store.InTx(ctx, func(tx *store.Tx) error {
		for i, p := range people {
			t := sales.Task{WorkspaceID: w.ws, ID: tx.NewID(), Key: fmt.Sprintf("bench/%d", i), Kind: sales.TaskAnswer, PersonID: p.ID, UserID: v.UserID, Title: "Answer", Intent: sales.Interested, CreatedAt: benchNow(), DueAt: benchNow().Add(15 * time.Minute)}
			if _, err := tx.OpenTask(ctx, t); err != nil {
				return err
			}
		}
		return nil
	})
}

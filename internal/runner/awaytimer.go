package runner

import (
	"context"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// reader is the store, or a transaction.
type reader interface {
	OpenAbsences(ctx context.Context, ws sales.ID) ([]sales.Absence, error)
}

// awayNow gives the running absences whose sellers everything waits for, by seller.
func awayNow(ctx context.Context, r reader, ws sales.ID, now time.Time) (map[sales.ID]sales.Absence, error) {
	open, err := r.OpenAbsences(ctx, ws)
	if err != nil {
		return nil, err
	}
	out := map[sales.ID]sales.Absence{}
	for _, a := range open {
		if a.Mode == sales.AbsencePause && a.Running(now) {
			out[a.UserID] = a
		}
	}
	return out, nil
}

// whileAway handles the timer of an enrollment whose seller is away, and says
// whether it did. A step is not begun: it waits until the return, and the pass over
// absences finds it its place there. A draft does not run out while nobody can
// approve it. Who waits for the buyer is not concerned.
func (r *Runner) whileAway(ctx context.Context, tx *store.Tx, b *casework.Batch, e sales.Enrollment, a sales.Absence, now time.Time) (bool, error) {
	switch e.State {
	case sales.Active, sales.Paused:
		w := casework.Away{Absence: a}
		var err error
		if w.Place, err = b.SellerPlace(ctx, a.UserID); err != nil {
			return false, err
		}
		ev := sales.Event{Kind: sales.EvOwnerAway, At: now, Actor: sales.BySystem, UserID: a.UserID, Until: engine.Unplaced(a), Text: untilText(w, now)}
		d, _, err := b.Decide(ctx, tx, e, ev, store.Subject{}, now)
		return d.Changed, err
	case sales.WaitingHuman:
		begun := e.StateAt
		if begun.Before(a.From) {
			begun = a.From
		}
		next := e
		next.NextAt, next.Version = a.To.Add(max(e.NextAt.Sub(begun), time.Hour)), e.Version+1
		_, err := tx.Apply(ctx, e, sales.Decision{Next: next, Changed: true}, store.Subject{}, now)
		return true, err
	}
	return false, nil
}

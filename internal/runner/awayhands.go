package runner

import (
	"context"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// handKinds are what is handed over, in the order in which it is done: with the
// people first, so that whoever gets the rest may see whom it is about.
func handKinds() []store.ItemKind {
	return []store.ItemKind{store.ItemPerson, store.ItemEnrollment, store.ItemTask}
}

// handOver gives what an absent seller has to the stand-in, again when more came,
// and takes it back at the end.
func (r *Runner) handOver(ctx context.Context, a sales.Absence, now time.Time) (int, error) {
	n := 0
	if !a.To.After(now) {
		n, err := r.giveBack(ctx, a, now)
		if err != nil {
			return n, err
		}
		return n + 1, r.awayTx(ctx, a, func(tx *store.Tx) error {
			if err := tx.CutItems(ctx, a.WorkspaceID, a.ID); err != nil {
				return err
			}
			return mark(ctx, tx, a, sales.AbsenceOver)
		})
	}
	for _, kind := range handKinds() {
		for more := true; more && ctx.Err() == nil; {
			var done []store.Handed
			err := r.awayTx(ctx, a, func(tx *store.Tx) (err error) {
				if done, err = tx.HandOver(ctx, a, kind, a.StandInID, awayBatch); err != nil {
					return err
				}
				return r.sayHanded(ctx, tx, a, kind, done, false, now)
			})
			if err != nil {
				return n, err
			}
			n += len(done)
			more = len(done) == awayBatch
		}
	}
	if a.State == sales.AbsencePlanned && ctx.Err() == nil {
		return n + 1, r.awayTx(ctx, a, func(tx *store.Tx) error { return mark(ctx, tx, a, sales.AbsenceNow) })
	}
	return n, ctx.Err()
}

// giveBack takes home what an absence gave to others. What somebody took over while
// it waited comes back in the same way.
func (r *Runner) giveBack(ctx context.Context, a sales.Absence, now time.Time) (int, error) {
	n := 0
	for _, kind := range handKinds() {
		for more := true; more && ctx.Err() == nil; {
			var done []store.Handed
			seen := 0
			err := r.awayTx(ctx, a, func(tx *store.Tx) (err error) {
				if done, seen, err = tx.GiveBack(ctx, a, kind, awayBatch); err != nil {
					return err
				}
				return r.sayHanded(ctx, tx, a, kind, done, true, now)
			})
			if err != nil {
				return n, err
			}
			n += len(done)
			more = seen == awayBatch
		}
	}
	return n, ctx.Err()
}

// sayHanded writes into the ledger that people changed hands about whom something
// is going on, once for each: enrollments and tasks go without a line when their
// person goes too.
func (r *Runner) sayHanded(ctx context.Context, tx *store.Tx, a sales.Absence, kind store.ItemKind, done []store.Handed, back bool, now time.Time) error {
	if len(done) == 0 || kind == store.ItemTask {
		return nil
	}
	b := casework.New(tx, a.WorkspaceID)
	var people []sales.ID
	for _, x := range done {
		people = append(people, x.PersonID)
	}
	busy, err := tx.BusyAmong(ctx, a.WorkspaceID, people)
	if err != nil {
		return err
	}
	place, err := b.SellerPlace(ctx, a.UserID)
	if err != nil {
		return err
	}
	away, err := b.User(ctx, a.UserID)
	if err != nil {
		return err
	}
	var moves []sales.Move
	for _, x := range done {
		if !busy[x.PersonID] {
			continue
		}
		p, err := b.Person(ctx, x.PersonID)
		if err != nil {
			return err
		}
		if kind == store.ItemEnrollment && p.OwnerID == x.UserID {
			continue // said with the person
		}
		to, err := b.User(ctx, x.UserID)
		if err != nil {
			return err
		}
		text := "Handed over to " + to.Name + " until " + a.To.In(place.Loc).Format("Mon 2 Jan") + ": " + away.Name + " is away."
		if back {
			text = "Back with " + away.Name + ", who is back."
		}
		moves = append(moves, sales.Move{WorkspaceID: a.WorkspaceID, At: now, Actor: sales.BySystem, Kind: sales.MoveState, PersonID: p.ID, AccountID: p.AccountID, UserID: x.UserID, Text: text})
	}
	return tx.AppendMoves(ctx, moves)
}

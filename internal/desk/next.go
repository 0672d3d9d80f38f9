package desk

import (
	"context"
	"fmt"
	"maps"
	"math"
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/casework"
	"ninetyten/internal/rank"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// dealt says that something was done about a person: they are no longer on top by
// a pin, nor reserved. The next one may come.
func (d *Desk) dealt(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person) error {
	if err := tx.Unpin(ctx, v.WorkspaceID, v.UserID, p.ID); err != nil {
		return err
	}
	return tx.ReleasePerson(ctx, v.WorkspaceID, v.UserID, p.ID)
}

// Pin puts a person on top of one's own queue until the next thing is done about
// them.
func (d *Desk) Pin(ctx context.Context, v sales.Viewer, person sales.ID) (Undo, error) {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return Undo{}, err
	}
	pins, err := d.Store.Pins(ctx, v)
	if err != nil {
		return Undo{}, err
	}
	if _, is := pins[p.ID]; !is && len(pins) >= maxPins {
		return Undo{}, sales.Errorf(sales.Limited, "%d people are pinned already. When everything is first nothing is: deal with some of them, or take a pin away.", len(pins))
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		if err := tx.EndSkips(ctx, v.WorkspaceID, v.UserID, p.ID, d.now()); err != nil {
			return err
		}
		return tx.Pin(ctx, v.WorkspaceID, v.UserID, p.ID, d.now())
	})
	return Undo{Say: p.Name() + " is pinned: on top of your queue until the next thing is done.", Token: fmt.Sprintf("pin/%d", p.ID)}, err
}

// maxPins is how many people a user can pin.
const maxPins = 20

// Unpin takes the pin away.
func (d *Desk) Unpin(ctx context.Context, v sales.Viewer, person sales.ID) (Undo, error) {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return Undo{}, err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error { return tx.Unpin(ctx, v.WorkspaceID, v.UserID, p.ID) })
	return Undo{Say: p.Name() + " is not pinned any more."}, err
}

// Skip passes somebody over in one's own queue until the next working day, or until
// a moment. Nothing else changes; the reason is kept, and leaders see it.
func (d *Desk) Skip(ctx context.Context, v sales.Viewer, k sales.Skip) (Undo, error) {
	p, err := d.person(ctx, v, k.PersonID)
	if err != nil {
		return Undo{}, err
	}
	k.Note = strings.TrimSpace(k.Note)
	switch {
	case !k.Reason.Valid():
		return Undo{}, sales.Errorf(sales.Invalid, "Say why you pass them over. One word is enough.")
	case k.Reason == sales.SkipOtherWhy && k.Note == "":
		return Undo{}, sales.Errorf(sales.Invalid, "Write a few words on why.")
	case len(k.Note) > 1000:
		return Undo{}, sales.Errorf(sales.Invalid, "The note is too long: at most 1,000 characters.")
	}
	if k.Until.IsZero() {
		if k.Until, err = d.nextMorning(ctx, v); err != nil {
			return Undo{}, err
		}
	}
	if err := d.future(k.Until, 60); err != nil {
		return Undo{}, err
	}
	k.WorkspaceID, k.ID, k.UserID, k.At = v.WorkspaceID, d.Store.NewID(), v.UserID, d.now()
	err = d.inTx(ctx, func(tx *store.Tx) error {
		if err := tx.AddSkip(ctx, k); err != nil {
			return err
		}
		return d.dealt(ctx, tx, v, p)
	})
	return Undo{Say: p.Name() + " is passed over until " + k.Until.Format("Mon 2 Jan") + ".", Token: fmt.Sprintf("skip/%d", k.ID)}, err
}

// nextMorning is when the hours of a seller open on the next day that has some.
func (d *Desk) nextMorning(ctx context.Context, v sales.Viewer) (time.Time, error) {
	b := casework.New(d.Store, v.WorkspaceID)
	w, err := b.Workspace(ctx)
	if err != nil {
		return time.Time{}, err
	}
	place, err := b.SellerPlace(ctx, v.UserID)
	if err != nil {
		return time.Time{}, err
	}
	tomorrow := calendar.NextDay(d.now(), place.Loc)
	if at, _ := calendar.For(w.Settings).Next(tomorrow, place); !at.IsZero() {
		return at, nil
	}
	return tomorrow, nil
}

// SetRankWeights changes the points of the order of Next for the workspace: those
// that are named and differ from the table. An empty map is the table.
func (d *Desk) SetRankWeights(ctx context.Context, v sales.Viewer, points map[string]float64) error {
	if err := need(v, sales.RoleManager, "weigh the order of Next"); err != nil {
		return err
	}
	own := map[string]float64{}
	for _, w := range rank.Weights() {
		x, ok := points[w.Name]
		switch {
		case !ok || x == w.Points:
			continue
		case math.IsNaN(x) || x < 0 || x > rank.MaxPoints:
			return sales.Errorf(sales.Invalid, "The points for “%s” are not between 0 and %.0f.", w.Says, rank.MaxPoints)
		}
		own[w.Name] = x
	}
	w, err := d.Store.Workspace(ctx, v.WorkspaceID)
	if err != nil {
		return err
	}
	if maps.Equal(own, w.Settings.RankWeights) {
		return nil
	}
	return d.inTx(ctx, func(tx *store.Tx) error {
		w, err := tx.Workspace(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		w.Settings.RankWeights = own
		return tx.SaveWorkspace(ctx, w)
	})
}

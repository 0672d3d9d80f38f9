package desk_test

import (
	"context"
	"testing"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// A condition on a field of a deal is looked at again when the deal changes.
func TestDealConditions(t *testing.T) {
	r := newRoom(t, 2)
	ctx := t.Context()
	r.Sequence.Rules.Entries = []sales.Entry{{Track: sales.TrackPositive, If: sales.Condition{Field: "deal.amount", Op: sales.OpMore, Value: "9000"}}}
	s := r.Sequence.Steps[0]
	s.ID, s.Track = r.NewID(), sales.TrackPositive
	r.Sequence.Steps = append(r.Sequence.Steps, s)
	r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, r.Sequence) })
	e := r.Enroll(t, 0)
	r.timer()
	r.sendAll()
	x := must[sales.Deal](t)(r.d.SaveDeal(ctx, r.v, desk.DealEdit{AccountID: r.Account.ID, Name: "Small", Amount: "900", Currency: "EUR"}))
	if got := r.enrollment(e); got.Track.OrMain() != sales.TrackMain {
		t.Errorf("on %s for a small deal", got.Track)
	}
	must[sales.Deal](t)(r.d.SaveDeal(ctx, r.v, desk.DealEdit{ID: x.ID, Version: x.Version, AccountID: r.Account.ID, Name: "Not so small", Amount: "12,500", Currency: "EUR"}))
	if got := r.enrollment(e); got.Track != sales.TrackPositive {
		t.Errorf("on %s for a deal of 12,500", got.Track.OrMain())
	}
}

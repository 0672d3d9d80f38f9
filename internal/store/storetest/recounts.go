package storetest

import (
	"context"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// testRecounts: asked is done page by page, by one; asked anew it begins again; it is
// looked at twice.
func testRecounts(t *testing.T, s *store.Store) {
	ctx := t.Context()
	x, other := Fill(t, s), Stranger(t, s)
	ws := x.Workspace.ID
	next := func(at time.Time) (store.Recount, bool) {
		t.Helper()
		r, some, err := s.NextRecount(ctx, ws, at)
		if err != nil {
			t.Fatal(err)
		}
		return r, some
	}
	moved := func(r store.Recount, after sales.ID) (yes bool) {
		t.Helper()
		must(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			yes, err = tx.MoveRecount(ctx, r, after)
			return err
		})
		return yes
	}
	end := func(r store.Recount, at time.Time) {
		t.Helper()
		must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EndRecount(ctx, r, at) })
	}
	a, some := next(wait(0))
	if !some || a.SequenceID != x.Sequence.ID || a.After != 0 || a.Again {
		t.Fatalf("%+v %v", a, some)
	}
	if _, some := next(wait(-1)); some {
		t.Error("before it is asked for")
	}
	if !moved(a, 7) || moved(a, 8) {
		t.Error("a page is done once")
	}
	b, _ := next(wait(0))
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.AskRecount(ctx, ws, store.RecountOf{Sequence: x.Sequence.ID}, wait(1))
	})
	if b.After != 7 || moved(b, 9) {
		t.Errorf("%+v was asked anew meanwhile", b)
	}
	end(b, wait(2))
	if a, some = next(wait(1)); !some || a.After != 0 || a.Again || !a.AskedAt.Equal(wait(1)) {
		t.Errorf("%+v %v", a, some)
	}
	end(a, wait(2))
	if _, some = next(wait(1)); some {
		t.Error("the second look comes later")
	}
	if a, some = next(wait(2)); !some || !a.Again {
		t.Errorf("%+v %v", a, some)
	}
	end(a, wait(3))
	if _, some = next(wait(99)); some {
		t.Error("a third look")
	}
	for _, of := range []store.RecountOf{{Sequence: x.Old.ID}, {Schedule: 42}, {Sequence: 42}} {
		must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AskRecount(ctx, ws, of, wait(0)) })
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.AskRecount(ctx, other.WorkspaceID, store.RecountOf{Sequence: x.Sequence.ID}, wait(0))
	})
	if a, some = next(wait(99)); some {
		t.Errorf("%+v: archived, unknown, or asked by strangers", a)
	}
}

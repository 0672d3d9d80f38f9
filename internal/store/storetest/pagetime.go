package storetest

import (
	"context"
	"reflect"
	"slices"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// pageTime keeps some time of the seller.
func (x *Filled) pageTime(ctx context.Context, tx *store.Tx) error {
	if _, err := tx.MoveBeat(ctx, x.Workspace.ID, x.Seller.ID, time.Time{}, Now); err != nil {
		return err
	}
	return tx.AddPageTime(ctx, x.Workspace.ID, sales.PageTime{UserID: x.Seller.ID, Day: store.Day(Now, nil), Page: "next", Seconds: 90})
}

// testPageTime: time adds up by user, day and kind; of two beats at once one
// counts; a seller reads their own, and nobody anything of another workspace.
func testPageTime(t *testing.T, s *store.Store) {
	w, other := NewWorld(t, s, 1), NewWorld(t, s, 1)
	ctx, ws, seller, boss := t.Context(), w.Workspace.ID, w.Seller.ID, w.Owner.ID
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, x := range []struct {
			ws, user sales.ID
			day      int64
			page     string
			n        int
		}{{ws, seller, 100, "next", 30}, {ws, seller, 100, "next", 12}, {ws, seller, 101, "import", 20}, {ws, seller, 107, "next", 5}, {ws, boss, 100, "settings", 7}, {other.Workspace.ID, other.Seller.ID, 100, "next", 1000}} {
			if err := tx.AddPageTime(ctx, x.ws, sales.PageTime{UserID: x.user, Day: x.day, Page: x.page, Seconds: x.n}); err != nil {
				return err
			}
		}
		for i, want := range []bool{true, false, true} {
			was := time.Time{}
			if i == 2 {
				was = Now
			}
			moved, err := tx.MoveBeat(ctx, ws, seller, was, wait(float64(i)))
			if err != nil || moved != want {
				t.Errorf("beat %d: %v %v", i, moved, err)
			}
		}
		if at, err := tx.LastBeat(ctx, ws, seller); err != nil || !at.Equal(wait(2)) {
			t.Errorf("the last beat: %v %v", at, err)
		}
		if at, err := tx.LastBeat(ctx, ws, boss); err != nil || !at.IsZero() {
			t.Errorf("none yet: %v %v", at, err)
		}
		return tx.SetUncounted(ctx, ws, seller, true)
	})
	no(t, !ok[sales.User](t)(s.User(ctx, ws, seller)).Uncounted)
	no(t, ok[sales.User](t)(s.User(ctx, ws, boss)).Uncounted)
	own := []sales.PageTime{{UserID: seller, Day: 107, Page: "next", Seconds: 5}, {UserID: seller, Day: 101, Page: "import", Seconds: 20}}
	if got := ok[[]sales.PageTime](t)(s.OwnPageTime(ctx, w.Viewer(), 101)); !reflect.DeepEqual(got, own) {
		t.Errorf("own: %+v", got)
	}
	leader := sales.Viewer{WorkspaceID: ws, UserID: boss, Role: sales.RoleManager}
	for v, want := range map[sales.Viewer][]sales.PageTime{
		w.Viewer(): {{UserID: seller, Page: "import", Seconds: 20}, {UserID: seller, Page: "next", Seconds: 42}},
		leader:     {{UserID: boss, Page: "settings", Seconds: 7}, {UserID: seller, Page: "import", Seconds: 20}, {UserID: seller, Page: "next", Seconds: 42}},
	} {
		got := ok[[]sales.PageTime](t)(s.PageTimeSums(ctx, v, 100, 107))
		if len(got) != len(want) {
			t.Errorf("%s: %+v", v.Role, got)
		}
		for _, x := range want {
			if !slices.Contains(got, x) {
				t.Errorf("%s misses %+v in %+v", v.Role, x, got)
			}
		}
	}
	no(t, s.ForgetPageTime(ctx, ws, 101) != nil)
	if got := ok[[]sales.PageTime](t)(s.PageTimeSums(ctx, leader, 0, 1000)); len(got) != 2 {
		t.Errorf("after forgetting: %+v", got)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropPageTime(ctx, ws, boss) })
	if got := ok[[]sales.PageTime](t)(s.OwnPageTime(ctx, w.Viewer(), 0)); len(got) != 2 {
		t.Errorf("what another dropped: %+v", got)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropPageTime(ctx, ws, 0) })
	if got := ok[[]sales.PageTime](t)(s.PageTimeSums(ctx, leader, 0, 1000)); len(got) != 0 {
		t.Errorf("after dropping all: %+v", got)
	}
	if got := ok[[]sales.PageTime](t)(s.OwnPageTime(ctx, other.Viewer(), 0)); len(got) != 1 {
		t.Errorf("another workspace: %+v", got)
	}
}

// pageTimeReadings are those of time on pages.
func pageTimeReadings(s *store.Store, x *Filled, add func(string, func(context.Context, sales.Viewer) (int, error)), addTx func(string, func(context.Context, *store.Tx, sales.ID) (int, error))) {
	add("OwnPageTime", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.OwnPageTime(ctx, sales.Viewer{WorkspaceID: v.WorkspaceID, UserID: x.Seller.ID, Role: v.Role}, 0))
	})
	add("PageTimeSums", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.PageTimeSums(ctx, v, 0, 1<<40))
	})
	addTx("LastBeat", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		at, err := tx.LastBeat(ctx, ws, x.Seller.ID)
		if at.IsZero() {
			return 0, err
		}
		return 1, err
	})
}

package storetest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

func testSuppressions(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 0)
	ctx, ws := t.Context(), w.Workspace.ID
	put := func(kind sales.SuppressionKind, value string) sales.ID {
		id := s.NewID()
		for i := range 2 {
			must(t, s, func(ctx context.Context, tx *store.Tx) error {
				fresh, err := tx.Suppress(ctx, sales.Suppression{WorkspaceID: ws, ID: id + sales.ID(i), Kind: kind, Value: value, Reason: sales.EndUnsubscribe, Source: "button", At: Now})
				if fresh != (i == 0) {
					t.Errorf("%s: time %d is new: %v", value, i, fresh)
				}
				return err
			})
		}
		return id
	}
	a, d := put(sales.SuppressAddress, "stop@a.example"), put(sales.SuppressDomain, "b.example")
	put(sales.SuppressNumber, "+351")
	put(sales.SuppressDomain, "stop@a.example") // a domain that looks like an address matches none
	addresses := []string{"stop@a.example", "go@a.example", "x@b.example", "y@b.example", "x@sub.b.example", "b.example@c.example", "", "+351"}
	want := map[string]bool{"stop@a.example": true, "x@b.example": true, "y@b.example": true}
	check := func() {
		t.Helper()
		among := ok[map[string]store.Stop](t)(s.SuppressedAmong(ctx, s.DB, ws, addresses))
		for _, addr := range addresses {
			x, yes, err := s.Suppressed(ctx, ws, addr)
			if yes != want[addr] || err != nil || yes && x.Source != "button" {
				t.Errorf("%q: %v %v %v", addr, x, yes, err)
			}
			if got := among[addr]; (got.Why() == "unsubscribe, button" && got.Reason == sales.EndUnsubscribe) != want[addr] {
				t.Errorf("%q among them: %q", addr, got)
			}
		}
	}
	check()
	// After an erasure the hash still matches.
	if _, err := s.DB.Exec(ctx, "UPDATE suppressions SET value = '' WHERE workspace_id = ?", ws); err != nil {
		t.Fatal(err)
	}
	check()
	if list := ok[[]sales.Suppression](t)(s.FindSuppressions(ctx, ws, "b.example")); len(list) != 1 || list[0].ID != d {
		t.Errorf("%+v", list)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.Unsuppress(ctx, ws, a) })
	want["stop@a.example"] = false
	check()
	var many []string
	for i := range 700 {
		many = append(many, fmt.Sprintf("p%d@many.example", i))
	}
	put(sales.SuppressDomain, "many.example")
	if got := ok[map[string]store.Stop](t)(s.SuppressedAmong(ctx, s.DB, ws, many)); len(got) != 700 {
		t.Error(len(got))
	}
	if got := ok[map[string]store.Stop](t)(s.SuppressedAmong(ctx, s.DB, ws, nil)); len(got) != 0 {
		t.Error(got)
	}
	var ids []sales.ID
	for after := ""; ; {
		list, next, err := s.Suppressions(ctx, ws, store.Page{After: after, Limit: 2})
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range list {
			ids = append(ids, x.ID)
		}
		if after = next; next == "" {
			break
		}
	}
	if len(ids) != 4 || ids[0] < ids[3] {
		t.Error(ids)
	}
}

// moves makes n lines of many kinds.
func moves(w *World, n, seed int) []sales.Move {
	kinds := []sales.MoveKind{sales.MoveMailAuto, sales.MoveReply, sales.MoveCall, sales.MoveNote, sales.MoveState}
	actors := []sales.Actor{sales.BySystem, sales.ByBuyer, sales.BySeller}
	var out []sales.Move
	for i := range n {
		k := i + seed
		out = append(out, sales.Move{WorkspaceID: w.Workspace.ID, At: wait(float64(i)), Kind: kinds[k%5], Actor: actors[k%3], PersonID: w.People[k%len(w.People)].ID, Asks: k%2 == 0, Minutes: float64(k%7) / 3, Text: strings.Repeat("é", i%3)})
	}
	return out
}

// testMoveSums: alike lines of the time asked for are counted together, and a
// seller gets those that name them.
func testMoveSums(t *testing.T, s *store.Store) {
	w, other := NewWorld(t, s, 1), NewWorld(t, s, 1)
	ctx, ws := t.Context(), w.Workspace.ID
	from, until := Now.AddDate(0, 0, -7), Now.AddDate(0, 0, -1)
	line := func(at time.Time, user sales.ID, minutes float64) sales.Move {
		return sales.Move{WorkspaceID: ws, At: at, Actor: sales.BySeller, Kind: sales.MoveMailManual, PersonID: w.People[0].ID, UserID: user, Minutes: minutes}
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		theirs := line(from, w.Seller.ID, 8)
		theirs.WorkspaceID, theirs.PersonID = other.Workspace.ID, other.People[0].ID
		return tx.AppendMoves(ctx, []sales.Move{
			line(from.Add(-1), w.Seller.ID, 8), line(from, w.Seller.ID, 8), line(until.Add(-time.Microsecond), w.Seller.ID, 8), line(until, w.Seller.ID, 8),
			line(from, w.Seller.ID, 12.5), line(from, w.Owner.ID, 8), line(from, 0, 8), theirs,
		})
	})
	sum := func(user sales.ID, minutes float64, n int) sales.MoveSum {
		return sales.MoveSum{Actor: sales.BySeller, Kind: sales.MoveMailManual, UserID: user, Minutes: minutes, N: n}
	}
	own := []sales.MoveSum{sum(w.Seller.ID, 8, 2), sum(w.Seller.ID, 12.5, 1)}
	if got := ok[[]sales.MoveSum](t)(s.MoveSums(ctx, sales.Viewer{WorkspaceID: ws, UserID: w.Seller.ID, Role: sales.RoleSeller}, from, until)); !reflect.DeepEqual(got, own) {
		t.Errorf("a seller gets %+v", got)
	}
	all := ok[[]sales.MoveSum](t)(s.MoveSums(ctx, sales.Viewer{WorkspaceID: ws, UserID: w.Owner.ID, Role: sales.RoleOwner}, from, until))
	for _, want := range append(own, sum(0, 8, 1), sum(w.Owner.ID, 8, 1)) {
		if !slices.Contains(all, want) {
			t.Errorf("the owner misses %+v", want)
		}
	}
	if len(all) != 4 {
		t.Errorf("the owner gets %+v", all)
	}
}

// testCounters: the kept numbers are those of the ledger.
func testCounters(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 3)
	other := NewWorld(t, s, 1)
	ctx, ws := t.Context(), w.Workspace.ID
	for i := range 4 {
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.AppendMoves(ctx, append(moves(w, 40, i*7), moves(other, 3, i)...))
		})
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.AppendMoves(ctx, nil) })
	kept, theirs := ok[map[string]int64](t)(s.Counters(ctx, ws)), ok[map[string]int64](t)(s.Counters(ctx, other.Workspace.ID))
	lines := int64(0)
	for name, n := range kept {
		if strings.HasPrefix(name, "lines/") {
			lines += n
		}
	}
	if lines != 160 {
		t.Errorf("%d lines are counted: %v", lines, kept)
	}
	if _, err := s.DB.Exec(ctx, "UPDATE counters SET n = n + 5 WHERE workspace_id = ?", ws); err != nil {
		t.Fatal(err)
	}
	if err := s.RebuildCounters(ctx, ws); err != nil {
		t.Fatal(err)
	}
	if got := ok[map[string]int64](t)(s.Counters(ctx, ws)); !reflect.DeepEqual(got, kept) {
		t.Errorf("rebuilt %v\nkept    %v", got, kept)
	}
	if got := ok[map[string]int64](t)(s.Counters(ctx, other.Workspace.ID)); !reflect.DeepEqual(got, theirs) {
		t.Error("another workspace changed")
	}
	list := ok[[]sales.Move](t)(s.MovesOf(ctx, ws, w.People[0].ID, 1000))
	older := ok[[]sales.Move](t)(s.MovesBefore(ctx, ws, w.People[0].ID, list[9].ID, 5))
	if !reflect.DeepEqual(older, list[10:15]) {
		t.Errorf("%+v", older)
	}
	many := ok[map[sales.ID][]sales.Move](t)(s.MovesOfMany(ctx, ws, []sales.ID{w.People[0].ID, w.People[1].ID, w.People[0].ID}))
	if len(many) != 2 || !reflect.DeepEqual(many[w.People[0].ID], list) {
		t.Error("all lines about several people differ from those about one")
	}
	want := moves(w, 1, 0)[0]
	if last := list[len(list)-1]; !reflect.DeepEqual(last, sales.Move{WorkspaceID: ws, ID: last.ID, At: want.At, Kind: want.Kind, Actor: want.Actor, PersonID: want.PersonID, Asks: want.Asks, Minutes: want.Minutes, Text: want.Text}) {
		t.Errorf("%+v", last)
	}
}

// testRebuildRace: lines that are written while the numbers are rebuilt are
// counted once. The writers name people and kinds in different orders, some in
// two pieces, and none is in another's way.
func testRebuildRace(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 3)
	ctx, ws := t.Context(), w.Workspace.ID
	write := func(i, round int) error {
		list := moves(w, 6, i+round)
		if i%2 == 0 {
			for k := range list {
				list[k].PersonID = w.People[i%3].ID
			}
		}
		return s.InTx(ctx, func(tx *store.Tx) error {
			if i%2 == 0 {
				if err := tx.AppendMoves(ctx, list[:2]); err != nil {
					return err
				}
				return tx.AppendMoves(ctx, list[2:])
			}
			return tx.AppendMoves(ctx, list)
		})
	}
	atOnce(t, 5, func(i int) (bool, error) {
		for round := range 6 {
			var err error
			if i == 0 {
				err = s.RebuildCounters(ctx, ws)
			} else {
				err = write(i, round)
			}
			if err != nil {
				return false, err
			}
		}
		return true, nil
	})
	kept := ok[map[string]int64](t)(s.Counters(ctx, ws))
	if err := s.RebuildCounters(ctx, ws); err != nil {
		t.Fatal(err)
	}
	if got := ok[map[string]int64](t)(s.Counters(ctx, ws)); !reflect.DeepEqual(got, kept) || value(t, s, "SELECT count(*) FROM moves") != 144 {
		t.Errorf("kept    %v\nrebuilt %v", kept, got)
	}
}

// A no is known by the ledger, and takes the place of a bounce on the list.
func testNo(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 3)
	ctx, ws := t.Context(), w.Workspace.ID
	said := func(i int) (yes bool) {
		must(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			yes, err = tx.SaidNo(ctx, ws, w.People[i].ID)
			return err
		})
		return yes
	}
	for i, kind := range []sales.MoveKind{sales.MoveUnsubscribe, sales.MoveComplaint, sales.MoveSuppressed} {
		if said(i) {
			t.Errorf("%d said no before", i)
		}
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: ws, At: Now, Kind: kind, PersonID: w.People[i].ID}})
		})
		if said(i) != (kind != sales.MoveSuppressed) {
			t.Errorf("%s: a no is %v", kind, said(i))
		}
	}
	for _, x := range []struct {
		reason sales.Reason
		fresh  bool
		want   sales.Reason
	}{{sales.EndBounced, true, sales.EndBounced}, {sales.EndBounced, false, sales.EndBounced}, {sales.EndUnsubscribe, true, sales.EndUnsubscribe}, {sales.EndComplaint, false, sales.EndUnsubscribe}, {sales.EndBounced, false, sales.EndUnsubscribe}} {
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			fresh, err := tx.Suppress(ctx, sales.Suppression{WorkspaceID: ws, ID: tx.NewID(), Kind: sales.SuppressAddress, Value: "stop@a.example", Reason: x.reason, Source: "test", At: Now})
			if fresh != x.fresh {
				t.Errorf("%s: fresh %v", x.reason, fresh)
			}
			return err
		})
		if got, _, err := s.Suppressed(ctx, ws, "stop@a.example"); err != nil || got.Reason != x.want {
			t.Errorf("after %s it is %q, %v", x.reason, got.Reason, err)
		}
	}
}

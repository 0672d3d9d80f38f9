package storetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// testNodes: workspaces go from node to node, each has one, and a node that ends
// leaves all of its own.
func testNodes(t *testing.T, s *store.Store) {
	ctx := t.Context()
	var all []sales.ID
	for range 5 {
		all = append(all, Stranger(t, s).WorkspaceID)
	}
	is := func(want map[string]int) {
		t.Helper()
		if got := ok[map[string]int](t)(s.Shares(ctx)); !maps.Equal(got, want) {
			t.Errorf("%v, not %v", got, want)
		}
	}
	take := func(node, from string, limit, want int) {
		t.Helper()
		if n, err := s.TakeShare(ctx, node, from, limit); n != want || err != nil {
			t.Errorf("%s took %d of %q, not %d: %v", node, n, from, want, err)
		}
	}
	is(map[string]int{"": 5})
	take("a", "", 3, 3)
	take("b", "", 9, 2)
	take("b", "", 9, 0)
	is(map[string]int{"a": 3, "b": 2})
	if got := ok[[]sales.ID](t)(s.Share(ctx, "a")); !slices.Equal(got, all[:3]) {
		t.Errorf("%v of %v", got, all)
	}
	if err := s.LeaveShare(ctx, "a", 1); err != nil {
		t.Fatal(err)
	}
	is(map[string]int{"": 1, "a": 2, "b": 2})
	take("c", "b", 1, 1)
	for node, until := range map[string]time.Time{"a": wait(3), "b": wait(2)} {
		for range 2 {
			if err := s.KeepNode(ctx, node, until); err != nil {
				t.Fatal(err)
			}
		}
	}
	living := func(want map[string]time.Time) {
		t.Helper()
		if got := ok[map[string]time.Time](t)(s.Nodes(ctx)); !maps.Equal(got, want) {
			t.Errorf("%v, not %v", got, want)
		}
	}
	living(map[string]time.Time{"a": wait(3), "b": wait(2)})
	if err := s.EndNode(ctx, "b"); err != nil {
		t.Fatal(err)
	}
	is(map[string]int{"": 2, "a": 2, "c": 1})
	living(map[string]time.Time{"a": wait(3)})
	if err := s.ForgetNodes(ctx, wait(3)); err != nil {
		t.Fatal(err)
	}
	living(map[string]time.Time{"a": wait(3)})
	if err := s.ForgetNodes(ctx, wait(3.1)); err != nil {
		t.Fatal(err)
	}
	living(map[string]time.Time{})
}

// testShareRace: nodes that ask at once get each workspace once, and all of them.
func testShareRace(t *testing.T, s *store.Store) {
	for range 30 {
		Stranger(t, s)
	}
	ctx := t.Context()
	for ok[map[string]int](t)(s.Shares(ctx))[""] > 0 {
		atOnce(t, 6, func(i int) (bool, error) {
			n, err := s.TakeShare(ctx, fmt.Sprint("node ", i), "", 5)
			if n > 5 {
				t.Errorf("asked for 5 and got %d", n)
			}
			return n > 0, err
		})
	}
	sum := 0
	for _, n := range ok[map[string]int](t)(s.Shares(ctx)) {
		sum += n
	}
	if sum != 30 {
		t.Errorf("%d of 30", sum)
	}
}

// testDue: one statement finds what each workspace by itself is asked for, in
// pages, for one node or all.
func testDue(t *testing.T, s *store.Store) {
	ctx := t.Context()
	x, y := Fill(t, s), Fill(t, s)
	x.vague(t, s)
	stranger := Stranger(t, s).WorkspaceID
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		hand := x.Queued
		hand.ID, hand.Key, hand.EnrollmentID, hand.Kind, hand.DueAt = tx.NewID(), "by hand", 0, sales.MailingManual, wait(2)
		if err := tx.QueueMailing(ctx, hand); err != nil {
			return err
		}
		_, err := tx.SeenInSent(ctx, y.Workspace.ID, y.Unknown.ID)
		return err
	})
	if n, err := s.TakeShare(ctx, "mine", "", 1); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	one := func(ws sales.ID, now, wall time.Time) (out []store.Due) {
		if at := ok[time.Time](t)(s.NextTimer(ctx, ws)); !at.IsZero() && !at.After(now) {
			out = append(out, store.Due{What: store.DueAdvance, WorkspaceID: ws})
		}
		if open := ok[[]sales.Absence](t)(s.OpenAbsences(ctx, ws)); len(open) > 0 && !open[0].From.After(now) {
			out = append(out, store.Due{What: store.DueAbsences, WorkspaceID: ws})
		}
		if len(ok[[]sales.Message](t)(s.UnclearDue(ctx, ws, wait(-9), wall, 1))) > 0 {
			out = append(out, store.Due{What: store.DueAsk, WorkspaceID: ws})
		}
		drain := slices.Concat(ok[[]store.MailboxRef](t)(s.MailboxesWithDue(ctx, ws, now)), ok[[]store.MailboxRef](t)(s.MailboxesWithOpen(ctx, ws, wall)), ok[[]store.MailboxRef](t)(s.MailboxesWithSeen(ctx, ws)))
		for _, m := range drain {
			out = append(out, store.Due{What: store.DueDrain, WorkspaceID: ws, MailboxID: m.MailboxID})
		}
		for _, m := range ok[[]store.MailboxRef](t)(s.MailboxesToAppend(ctx, ws)) {
			out = append(out, store.Due{What: store.DueFile, WorkspaceID: ws, MailboxID: m.MailboxID})
		}
		if _, some, err := s.NextRecount(ctx, ws, now); err != nil || some {
			out = append(out, store.Due{What: store.DueRecount, WorkspaceID: ws})
		}
		handoffs := ok[[]sales.Task](t)(s.ToPrepare(ctx, ws, wait(-9), 99))
		feeds := ok[[]sales.Feed](t)(s.Feeds(ctx, ws))
		if len(handoffs) > 0 || len(ok[[]sales.Research](t)(s.ResearchWaiting(ctx, ws, wall, 1))) > 0 || slices.ContainsFunc(feeds, func(f sales.Feed) bool { return !f.FreeAt.After(wall) }) {
			out = append(out, store.Due{What: store.DueResearch, WorkspaceID: ws})
		}
		return out
	}
	order := func(list []store.Due) []store.Due {
		list = slices.Clone(list)
		slices.SortFunc(list, func(a, b store.Due) int {
			return cmp.Or(cmp.Compare(a.WorkspaceID, b.WorkspaceID), cmp.Compare(a.What, b.What), cmp.Compare(a.MailboxID, b.MailboxID))
		})
		return slices.Compact(list)
	}
	kinds := map[store.DueWork]bool{}
	look := func(now, wall time.Time) {
		t.Helper()
		var want []store.Due
		for _, ws := range []sales.ID{x.Workspace.ID, y.Workspace.ID, stranger} {
			want = append(want, one(ws, now, wall)...)
		}
		for _, d := range want {
			kinds[d.What] = true
		}
		for _, limit := range []int{1, 2, 3, 4} {
			var got []store.Due
			pages := 0
			for after, more := sales.ID(0), true; more; pages++ {
				list, next, err := s.DueIn(ctx, store.Looking{After: after, Limit: limit, Now: now, Wall: wall, Unclear: wait(-9), Handoffs: wait(-9)})
				if err != nil {
					t.Fatal(err)
				}
				got, after, more = append(got, list...), next, next != 0
			}
			if !slices.Equal(order(got), order(want)) || pages > 3/limit+1 {
				t.Errorf("%d at once: %v\nin %d pages, each by itself %v", limit, got, pages, want)
			}
		}
		mine, _, err := s.DueIn(ctx, store.Looking{Node: "mine", Limit: 9, Now: now, Wall: wall, Unclear: wait(-9), Handoffs: wait(-9)})
		if own := one(x.Workspace.ID, now, wall); err != nil || !slices.Equal(order(mine), order(own)) {
			t.Errorf("%v are due for the node, not %v, %v", mine, own, err)
		}
	}
	for _, hours := range []float64{-9, 0, 1, 2, 200, 3000} {
		look(wait(hours), wait(hours))
	}
	for _, id := range []sales.ID{x.Mailbox.ID, y.Mailbox.ID} {
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			return errors.Join(tx.SetNextSend(ctx, x.Workspace.ID, id, wait(9)), tx.SetNextSend(ctx, y.Workspace.ID, id, wait(9)))
		})
	}
	if yes, err := s.TakeLease(ctx, store.LeaseSend, x.Workspace.ID, x.Mailbox.ID, "node", Now, wait(3)); !yes || err != nil {
		t.Fatal(yes, err)
	}
	for _, hours := range []float64{-1, 1, 2, 10} {
		look(wait(hours), wait(hours))
	}
	if len(kinds) != 7 {
		t.Errorf("only %v were ever due", kinds)
	}
}

package handoff_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"ninetyten/internal/casework"
	"ninetyten/internal/handoff"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// run runs a hub on a database until the test ends.
func run(t *testing.T, s *store.Store) *handoff.Hub {
	t.Helper()
	h := handoff.NewHub(s.DB, slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = h.Run(ctx) // it ends with ctx
	}()
	t.Cleanup(func() { cancel(); <-done })
	return h
}

// heard waits for a notice, announcing again until it comes: a hub that has just
// begun to listen may have missed it.
func heard(t *testing.T, ch <-chan handoff.Notice, announce func()) handoff.Notice {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		announce()
		select {
		case n := <-ch:
			return n
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal("nothing was heard")
		}
	}
}

// hubs proves two hubs on one database: what one announces, both hear.
func hubs(t *testing.T, one, two *store.Store) {
	a, b := run(t, one), run(t, two)
	ch, other := b.Subscribe(t.Context(), 1), b.Subscribe(t.Context(), 2)
	mine := a.Subscribe(t.Context(), 1)
	change := casework.Change{WorkspaceID: 1, PersonID: 7, Tasks: []sales.Task{{UserID: 3}, {UserID: 4}}, Text: "Marta: interested", Urgent: true}
	announce := func() { a.Changed(t.Context(), change) }
	for _, c := range []<-chan handoff.Notice{ch, mine} {
		n := heard(t, c, announce)
		if n.PersonID != 7 || !n.For(3) || !n.For(4) || n.For(5) || !n.Urgent || !n.Task || n.Text != "Marta: interested" {
			t.Errorf("%+v", n)
		}
	}
	select {
	case n := <-other:
		t.Errorf("another workspace heard %+v", n)
	default:
	}
}

func TestTwoHubs(t *testing.T) {
	s := storetest.Open(t)
	hubs(t, s, s)
}

// TestSlow: a page that does not keep up blocks nobody.
func TestSlow(t *testing.T) {
	h := run(t, storetest.Open(t))
	slow := h.Subscribe(t.Context(), 1)
	quick := h.Subscribe(t.Context(), 1)
	got := 0
	for range 500 {
		h.Changed(t.Context(), casework.Change{WorkspaceID: 1, Text: "x"})
		for len(quick) > 0 {
			<-quick
			got++
		}
	}
	heard(t, quick, func() { h.Changed(t.Context(), casework.Change{WorkspaceID: 1, Text: "x"}) })
	if len(slow) == 0 || len(slow) == 500 {
		t.Errorf("the slow one holds %d", len(slow))
	}
	t.Logf("the quick one heard %d, the slow one %d", got, len(slow))
}

// TestLongText: a text that is too long for a notification is cut between characters.
func TestLongText(t *testing.T) {
	h := run(t, storetest.Open(t))
	ch := h.Subscribe(t.Context(), 1)
	for _, text := range []string{strings.Repeat("ä", 10_000), "x" + strings.Repeat("界", 10_000), "\xff\xfe" + strings.Repeat("z", 600), ""} {
		for len(ch) > 0 {
			<-ch
		}
		n := heard(t, ch, func() { h.Changed(t.Context(), casework.Change{WorkspaceID: 1, Text: text}) })
		if len(n.Text) > 600 || !utf8.ValidString(n.Text) {
			t.Errorf("%d bytes: %q", len(n.Text), n.Text[max(0, len(n.Text)-9):])
		}
	}
}

// TestUnsubscribed: a page that is closed is forgotten.
func TestUnsubscribed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := handoff.NewHub(nil, nil)
		ctx, cancel := context.WithCancel(t.Context())
		for range 100 {
			h.Subscribe(ctx, 1)
		}
		if n := h.Subscribers(); n != 100 {
			t.Errorf("%d", n)
		}
		cancel()
		synctest.Wait()
		if n := h.Subscribers(); n != 0 {
			t.Errorf("%d are kept", n)
		}
	})
}

// TestDatabaseAway: an announcement that fails is no failure of the work.
func TestDatabaseAway(t *testing.T) {
	s := storetest.Open(t)
	h := handoff.NewHub(s.DB, slog.New(slog.DiscardHandler))
	if err := s.DB.Close(); err != nil {
		t.Fatal(err)
	}
	h.Changed(t.Context(), casework.Change{WorkspaceID: 1, Text: "x"})
}

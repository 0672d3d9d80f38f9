package runner_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/queue"
	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// TestAwayOutbox: what is in the outbox when the absence begins does not go, though
// the pass was not there yet; what a person wrote does.
func TestAwayOutbox(t *testing.T) {
	w := newWorld(t, 2)
	e := w.waiting(0, storetest.Now)
	w.advance()
	w.away(0, 4, sales.AbsencePause, 0)
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		m := sales.Mailing{WorkspaceID: w.Workspace.ID, ID: tx.NewID(), Key: "manual/1", PersonID: w.People[1].ID, MailboxID: w.Mailbox.ID, UserID: w.Seller.ID, Kind: sales.MailingManual, State: sales.MailingQueued,
			To: w.People[1].Email, Subject: "By hand", Body: "Hello", DueAt: storetest.Now, CreatedAt: storetest.Now}
		return tx.QueueMailing(ctx, m)
	})
	if n := w.drain(); n != 1 || w.mailing(e, 0).State != sales.MailingQueued {
		t.Errorf("%d went, %+v", n, w.mailing(e, 0))
	}
	w.pass()
	if m := w.mailing(e, 0); m.State != sales.MailingCanceled || w.drain() != 0 {
		t.Errorf("%+v", m)
	}
}

// TestAwayTwoNodes: passes of several nodes at once do everything once.
func TestAwayTwoNodes(t *testing.T) {
	testAwayNodes(t, func() *store.Store { return storetest.Open(t) })
}

func testAwayNodes(t *testing.T, open func() *store.Store) {
	for _, mode := range []sales.AbsenceMode{sales.AbsencePause, sales.AbsenceHandOver} {
		w := newWorldOn(t, open(), 130)
		bea := w.bea()
		for i := range 130 {
			w.waiting(i, storetest.Now.Add(time.Duration(i)*time.Minute))
			w.openTask(i, fmt.Sprint("t", i), w.Seller.ID)
		}
		a := w.away(0, 4, mode, bea.UserID)
		both := func(says string) {
			t.Helper()
			var wg sync.WaitGroup
			errs := make([]error, 3)
			for i := range errs {
				r := runner.Runner{Store: w.World.Store, Clock: w.clock, Node: fmt.Sprint(i), Notify: w.heard, Log: slog.New(slog.DiscardHandler)}
				wg.Go(func() { _, errs[i] = r.Absences(context.WithoutCancel(t.Context()), w.Workspace.ID) })
			}
			wg.Wait()
			for _, err := range errs {
				if err != nil {
					t.Error(err)
				}
			}
			w.pass() // whoever lost a race left it to the next pass
			for i := range 130 {
				if n := w.lines(i, says); n != 1 {
					t.Fatalf("%s: %d lines about %d say %q", mode, n, i, says)
				}
			}
		}
		if mode == sales.AbsencePause {
			both("paused: the seller is away until Sat 7 Mar")
			both("is put off until")
		} else {
			both("Handed over to Bea Stand-In")
			w.clock.set(a.To)
			both("Back with Ana Seller")
		}
	}
}

// TestPulseAway: the queue is asked to see to absences from the first day on.
func TestPulseAway(t *testing.T) {
	w := newWorld(t, 1)
	q, err := queue.Open(t.Context(), w.DB, queue.Options{Logger: slog.New(slog.DiscardHandler)})
	if err == nil {
		err = q.Migrate(t.Context())
	}
	if err == nil {
		err = w.runner.Register(q)
	}
	if err != nil {
		t.Fatal(err)
	}
	p := runner.NewPulse(w.World.Store, q, w.clock, slog.New(slog.DiscardHandler), 0)
	p.Slot = 24 * time.Hour
	look := func(want ...string) {
		t.Helper()
		if err := p.Look(t.Context()); err != nil {
			t.Fatal(err)
		}
		have, err := db.All(t.Context(), w.DB, db.Value[string], "SELECT kind FROM river_job ORDER BY kind")
		if err != nil || !slices.Equal(have, want) {
			t.Errorf("asked for %v, not %v (%v)", have, want, err)
		}
	}
	a := w.away(1, 2, sales.AbsencePause, 0)
	look()
	w.clock.set(a.From)
	look("keep_absences")
	look("keep_absences")
}

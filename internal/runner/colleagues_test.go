package runner_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/mailhost"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// beside lets so many people of an account be written to at once.
func (w *world) beside(n int) {
	w.t.Helper()
	w.Sequence.Rules.ActivePerAccount = n
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, w.Sequence) })
	w.Sequence.Version++
}

// meet makes the nodes wait for each other behind the gate, once each, so that
// every one has seen room before any begins.
func meet(nodes ...*runner.Runner) {
	var all sync.WaitGroup
	all.Add(len(nodes))
	for _, r := range nodes {
		var once sync.Once
		r.Crash = func(point string) {
			if point == runner.PointGated {
				once.Do(func() { all.Done(); all.Wait() })
			}
		}
	}
}

// testBeside: two mailboxes on two nodes, which both see room for first mails at an
// account, never write to more people there than the rules allow.
func testBeside(t *testing.T, s *store.Store) {
	for _, most := range []int{1, 2, 3} {
		w := newWorldOn(t, s, 8)
		w.beside(most)
		other := w.second()
		for i := range w.People {
			if i%2 == 0 {
				w.Enroll(t, i)
			} else {
				w.from(other, i)
			}
		}
		w.advance()
		two, _ := w.node("node2")
		meet(w.runner, two)
		var all sync.WaitGroup
		all.Go(func() { drainOften(t, w.runner, w.ref) })
		all.Go(func() {
			drainOften(t, two, store.MailboxRef{WorkspaceID: w.Workspace.ID, MailboxID: other.ID})
		})
		all.Wait()
		if n := len(w.out()); n != most {
			t.Errorf("%d people of the account are written to, the rules allow %d", n, most)
		}
		held := 0
		for _, p := range w.People {
			list, err := w.EnrollmentsOf(t.Context(), w.Workspace.ID, p.ID)
			if err != nil || len(list) != 1 {
				t.Fatal(len(list), err)
			}
			if e := list[0]; e.Mails == 0 && e.HoldGate == sales.GateLimits && e.HoldUntil.Equal(storetest.Now.Add(24*time.Hour)) {
				held++
			}
		}
		if held != len(w.People)-most {
			t.Errorf("%d are held", held)
		}
	}
}

func TestBeside(t *testing.T) { testBeside(t, storetest.Open(t)) }

// TestBesideGivenBack: a first mail that was refused for now takes no place.
func TestBesideGivenBack(t *testing.T) {
	w := newWorld(t, 2)
	w.beside(1)
	e := w.Enroll(t, 0)
	_, remove := w.host.FailNext(mailhost.StageRcpt, w.People[0].Email, 1, mailhost.Fault{Code: 451, Enhanced: [3]int{4, 7, 1}, Text: "greylisted"})
	w.run()
	if w.mailing(e, 0).State != sales.MailingQueued {
		t.Fatal(w.mailing(e, 0).State)
	}
	w.Enroll(t, 1)
	w.run()
	if len(w.out()) != 1 {
		t.Fatalf("%d went", len(w.out()))
	}
	remove()
	w.clock.set(w.mailing(e, 0).DueAt)
	w.drain()
	if got := w.enrollment(e.ID); len(w.out()) != 1 || got.HoldGate != sales.GateLimits {
		t.Errorf("%d went, %+v", len(w.out()), got)
	}
}

// TestPlaceGivenBack: a mail that leaves the queue between the gate and the attempt
// gives its places of the day back.
func TestPlaceGivenBack(t *testing.T) {
	w := newWorld(t, 2)
	w.settings(func(s *sales.Settings) { s.PerDomainDay, s.PerAccountDay = 1, 1 })
	e := w.Enroll(t, 0)
	w.advance()
	w.runner.Crash = func(point string) {
		if point == runner.PointGated {
			w.decide(e.ID, sales.Event{Kind: sales.EvPause, Actor: sales.BySeller})
		}
	}
	w.drain()
	w.runner.Crash = nil
	if n, m := w.counted(store.ScopeDomain, people), w.counted(store.ScopeAccount, w.Account.ID.String()); len(w.out()) != 0 || n != 0 || m != 0 {
		t.Fatalf("%d went; %d and %d are counted", len(w.out()), n, m)
	}
	w.Enroll(t, 1)
	if w.run(); len(w.out()) != 1 {
		t.Error("the place was lost")
	}
}

// TestNobodyLeft: when all that passed the gate must not be written to any more,
// nothing goes and no place is taken.
func TestNobodyLeft(t *testing.T) {
	w := newWorld(t, 1)
	w.settings(func(s *sales.Settings) { s.PerDomainDay, s.PerAccountDay = 1, 1 })
	e := w.Enroll(t, 0)
	w.advance()
	w.runner.Crash = func(point string) {
		if point == runner.PointGated {
			w.tx(func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Suppress(ctx, sales.Suppression{WorkspaceID: w.Workspace.ID, ID: tx.NewID(), Kind: sales.SuppressAddress, Value: w.People[0].Email, Reason: sales.EndUnsubscribe, Source: "test", At: storetest.Now})
				return err
			})
			w.runner.Crash = nil
		}
	}
	w.drain()
	w.drain()
	if got := w.enrollment(e.ID); len(w.out()) != 0 || got.State != sales.OptedOut || w.counted(store.ScopeDomain, people) != 0 {
		t.Errorf("%d went, %s, %d counted", len(w.out()), got.State, w.counted(store.ScopeDomain, people))
	}
}

package runner_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/engine"
	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// ask asks whether a message is that of the i-th person, without holding anything.
func (w *world) ask(i int, message sales.ID) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.Ask(ctx, w.Workspace.ID, message, []sales.Candidate{{PersonID: w.People[i].ID, Reason: "The same name."}})
	})
}

// TestNothingWhileAsked: whatever brought a sequence back to life, no automatic mail
// goes to somebody who may have answered, until a seller has said whose it is.
func TestNothingWhileAsked(t *testing.T) {
	for name, alive := range map[string]func(w *world, e sales.Enrollment){
		"begun":     func(*world, sales.Enrollment) {},
		"resumed":   func(w *world, e sales.Enrollment) { w.wake(e, sales.PausedManual) },
		"mended":    func(w *world, e sales.Enrollment) { w.wake(e, sales.PausedBounce) },
		"filled in": func(w *world, e sales.Enrollment) { w.wake(e, sales.PausedBlocked) },
		"put back":  func(w *world, e sales.Enrollment) { w.restore(e) },
		"after an answer": func(w *world, e sales.Enrollment) {
			w.set(e, func(x *sales.Enrollment) { x.State, x.Reason = sales.WaitingHuman, sales.WaitAnswer })
			w.decide(e.ID, sales.Event{Kind: sales.EvAnswered, Actor: sales.BySeller})
		},
	} {
		w := newWorld(t, 2)
		e, other := w.Enroll(t, 0), w.Enroll(t, 1)
		w.ask(0, 77)
		alive(w, e)
		w.run()
		if m := w.mailing(e, 0); m.State != sales.MailingQueued || m.HoldGate != sales.GateAnswer || m.HoldWhy != engine.WhyAsked || m.DueAt.After(storetest.Now.Add(time.Hour)) {
			t.Errorf("%s: %s %s %q", name, m.State, m.HoldGate, m.HoldWhy)
		}
		if m := w.mailing(other, 0); m.State != sales.MailingSent {
			t.Errorf("%s: the other waits too: %s", name, m.State)
		}
		w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.EndAsking(ctx, w.Workspace.ID, 77) })
		w.at(20 * time.Minute)
		if m := w.mailing(e, 0); m.State != sales.MailingSent {
			t.Errorf("%s: answered, it does not go: %s %q", name, m.State, m.HoldWhy)
		}
	}
}

// set edits an enrollment.
func (w *world) set(e sales.Enrollment, edit func(*sales.Enrollment)) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		was, err := tx.Enrollment(ctx, w.Workspace.ID, e.ID)
		if err != nil {
			return err
		}
		next := was
		edit(&next)
		next.Version++
		_, err = tx.Apply(ctx, was, sales.Decision{Next: next, Changed: true}, store.Subject{Person: w.People[0]}, w.clock.Now())
		return err
	})
}

// wake pauses an enrollment for a reason and lets it go on.
func (w *world) wake(e sales.Enrollment, why sales.Reason) {
	w.t.Helper()
	w.set(e, func(x *sales.Enrollment) { x.State, x.Reason, x.NextAt = sales.Paused, why, time.Time{} })
	w.decide(e.ID, sales.Event{Kind: sales.EvResume, Actor: sales.BySeller})
}

// restore takes a bulk pause back.
func (w *world) restore(e sales.Enrollment) {
	w.t.Helper()
	before := w.enrollment(e.ID)
	w.decide(e.ID, sales.Event{Kind: sales.EvPause, Actor: sales.BySeller})
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		is, err := tx.Enrollment(ctx, w.Workspace.ID, e.ID)
		if err != nil {
			return err
		}
		_, err = tx.Apply(ctx, is, engine.Restore(is, before, w.clock.Now()), store.Subject{Person: w.People[0]}, w.clock.Now())
		return err
	})
}

// TestAskedAfterTheGate: a mail that may be an answer and comes between the gate and
// the attempt holds it too.
func TestAskedAfterTheGate(t *testing.T) {
	w := newWorld(t, 1)
	e := w.Enroll(t, 0)
	w.advance()
	asked := false
	w.runner.Crash = func(p string) {
		if p == runner.PointGated && !asked {
			asked = true
			w.ask(0, 77)
		}
	}
	if n := w.drain(); n != 0 || len(w.out()) != 0 || !asked {
		t.Fatalf("%d went", n)
	}
	if m := w.mailing(e, 0); m.State != sales.MailingQueued {
		t.Errorf("%s", m.State)
	}
	if w.drain(); !strings.Contains(w.mailing(e, 0).HoldWhy, "may be their answer") {
		t.Errorf("%q", w.mailing(e, 0).HoldWhy)
	}
}

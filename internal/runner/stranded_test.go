package runner_test

import (
	"context"
	"testing"
	"time"

	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/mailhost"
	"ninetyten/internal/store"
)

// TestDeadForAll: a refused address pauses what else goes on with the person, and
// ends none of it; what had not begun meets it at the gate.
func TestDeadForAll(t *testing.T) {
	w := newWorld(t, 1)
	e := w.Enroll(t, 0)
	w.advance()
	later := w.Enroll(t, 0) // begins when the address is known to be dead
	_, remove := w.host.FailNext(mailhost.StageRcpt, "", 1, mailhost.Fault{Code: 550, Enhanced: [3]int{5, 1, 1}, Text: "no such user"})
	defer remove()
	w.drain()
	pending := w.Enroll(t, 0)
	w.run()
	for name, id := range map[string]sales.ID{"the one": e.ID, "another": later.ID, "put in since": pending.ID} {
		if got := w.enrollment(id); got.State != sales.Paused || got.Reason != sales.PausedBounce {
			t.Errorf("%s: %s %s", name, got.State, got.Reason)
		}
	}
	if len(w.out()) != 0 {
		t.Errorf("%d went", len(w.out()))
	}
	w.decide(later.ID, sales.Event{Kind: sales.EvMended, Actor: sales.BySeller})
	if got := w.enrollment(later.ID); w.Sequence.Rules.AfterMend && got.State != sales.Active {
		t.Errorf("mended: %s %s", got.State, got.Reason)
	}
}

// TestUnstrand: who waits for a mail that is not there goes on with the hourly job,
// and gets it once.
func TestUnstrand(t *testing.T) {
	w := newWorld(t, 2)
	e, other := w.Enroll(t, 0), w.Enroll(t, 1)
	w.advance()
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.CancelMailing(ctx, w.Workspace.ID, w.mailing(e, 0).ID)
		return err
	})
	if got := w.enrollment(e.ID); !got.Awaiting || !got.NextAt.IsZero() {
		t.Fatalf("%+v", got)
	}
	was := w.enrollment(other.ID)
	if err := runner.Clean(t.Context(), w.runner); err != nil {
		t.Fatal(err)
	}
	if w.enrollment(other.ID) != was {
		t.Error("who waits for a mail that is queued was touched")
	}
	w.at(time.Minute)
	if len(w.out()) != 2 || w.enrollment(e.ID).Mails != 1 {
		t.Errorf("%d went, %+v", len(w.out()), w.enrollment(e.ID))
	}
}

package runner_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"ninetyten/internal/outbound"
	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/mailhost"
	"ninetyten/internal/store"
)

// stands hands a mail over, and then stands still for so long that another node
// takes over its mailbox.
type stands struct {
	runner.Sender
	meanwhile func()
}

func (s stands) Send(ctx context.Context, mb sales.Mailbox, env outbound.Envelope) (outbound.Receipt, error) {
	r, err := s.Sender.Send(ctx, mb, env)
	s.meanwhile()
	return r, err
}

// takenOver runs a mail whose node stands still while another settles it as
// unknown, and gives the enrollment then and when the node came to itself.
func takenOver(t *testing.T, w *world) (then, after sales.Enrollment) {
	t.Helper()
	e := w.Enroll(t, 0)
	other, _ := w.node("node2")
	w.runner.Sender = stands{w.runner.Sender, func() {
		if err := w.EndLease(t.Context(), store.LeaseSend, w.Workspace.ID, w.Mailbox.ID, "node1"); err != nil {
			t.Error(err)
		}
		w.clock.set(w.clock.Now().Add(time.Hour))
		if _, err := other.Drain(t.Context(), w.ref); err != nil {
			t.Error(err)
		}
		then = w.enrollment(e.ID)
		if m := w.mailing(e, 0); m.State != sales.MailingUnknown {
			t.Errorf("the other node made it %s", m.State)
		}
	}}
	w.advance()
	if _, err := w.runner.Drain(t.Context(), w.ref); err != nil && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	return then, w.enrollment(e.ID)
}

// TestLateResult: the mail went. It counts once, at the moment of its handing
// over, the sequence goes on and nobody is asked any more.
func TestLateResult(t *testing.T) {
	w := newWorld(t, 1)
	began := w.clock.Now()
	then, after := takenOver(t, w)
	if then.State != sales.Paused || then.Reason != sales.PausedUnknown || then.Mails != 1 {
		t.Errorf("%s %s, %d mails", then.State, then.Reason, then.Mails)
	}
	if after.State != sales.Active || after.Position != 1 || after.Mails != 1 {
		t.Errorf("then %s %s at %d, %d mails", after.State, after.Reason, after.Position, after.Mails)
	}
	if m := w.mailing(after, 0); m.State != sales.MailingSent || !m.SentAt.Equal(began) || len(w.tasks(0)) != 0 || len(w.out()) != 1 {
		t.Errorf("%s at %v, %d tasks, %d went", m.State, m.SentAt, len(w.tasks(0)), len(w.out()))
	}
	if n, err := w.runner.File(t.Context(), w.ref); n != 1 || err != nil || w.host.Count(w.Mailbox.Address, "Sent") != 1 {
		t.Errorf("%d filed, %v", n, err)
	}
}

// TestLateUnknown: the node does not know either. Somebody was asked once, and
// the mail counts once.
func TestLateUnknown(t *testing.T) {
	w := newWorld(t, 1)
	w.host.FailNext(mailhost.StageTaken, "", 1, mailhost.Fault{Drop: true})
	then, after := takenOver(t, w)
	if after.State != sales.Paused || after.Mails != 1 || after.Version != then.Version || len(w.tasks(0)) != 1 || len(w.attempts(w.mailing(after, 0))) != 1 {
		t.Errorf("%s %s, %d mails, %d tasks, %d attempts", after.State, after.Reason, after.Mails, len(w.tasks(0)), len(w.attempts(w.mailing(after, 0))))
	}
}

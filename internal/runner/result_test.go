package runner_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/mailhost"
	"ninetyten/internal/store"
)

// TestTemporary: refused for now is tried again, later each time, and every
// attempt is kept; in the end it is given to a person.
func TestTemporary(t *testing.T) {
	w := newWorld(t, 1)
	e := w.Enroll(t, 0)
	_, remove := w.host.FailNext(mailhost.StageRcpt, "", 100, mailhost.Fault{Code: 451, Enhanced: [3]int{4, 7, 1}, Text: "greylisted, come back"})
	defer remove()
	w.run()
	var waits []time.Duration
	for range 7 {
		m := w.mailing(e, 0)
		if m.State != sales.MailingQueued || m.HoldGate != sales.GateRetry || !strings.Contains(m.HoldWhy, "greylisted") {
			t.Fatalf("after %d attempts: %+v", m.Attempts, m)
		}
		if got := w.enrollment(e.ID); got.HoldGate != sales.GateRetry || !got.HoldUntil.Equal(m.DueAt) {
			t.Fatalf("the enrollment says %s until %v", got.HoldGate, got.HoldUntil)
		}
		waits = append(waits, m.DueAt.Sub(w.clock.Now()))
		w.clock.set(nextHour(m.DueAt))
		w.drain()
	}
	if w.mailing(e, 0).State != sales.MailingFailed || w.enrollment(e.ID).State != sales.Failed || len(w.out()) != 0 {
		t.Errorf("mail %s, enrollment %s", w.mailing(e, 0).State, w.enrollment(e.ID).State)
	}
	for i := 1; i < len(waits); i++ {
		if waits[i] < waits[i-1] {
			t.Errorf("the pauses shrink: %v", waits)
		}
	}
	list := w.attempts(w.mailing(e, 0))
	if len(list) != 8 || list[0].Code != 451 || list[0].Enhanced != "4.7.1" || list[0].Outcome != "temporary" || list[7].Outcome != "permanent" || list[7].N != 8 {
		t.Errorf("%+v", list)
	}
	if tasks := w.tasks(0); len(tasks) != 1 || tasks[0].Kind != sales.TaskDecide {
		t.Errorf("%+v", tasks)
	}
}

// nextHour is at or the next ten o'clock of a working day in March 2026.
func nextHour(at time.Time) time.Time {
	for at.Hour() < 9 || at.Hour() > 10 || at.Weekday() == time.Sunday || at.Weekday() == time.Saturday {
		at = at.Add(time.Hour)
	}
	return at
}

// TestTemporaryThenSent: the same bytes go the second time.
func TestTemporaryThenSent(t *testing.T) {
	w := newWorld(t, 1)
	e := w.Enroll(t, 0)
	w.host.FailNext(mailhost.StageDone, "", 1, mailhost.Fault{Code: 452, Text: "later"})
	w.run()
	first, err := w.Raw(t.Context(), w.Workspace.ID, w.mailing(e, 0).RawID)
	if err != nil {
		t.Fatal(err)
	}
	w.clock.set(w.mailing(e, 0).DueAt)
	if w.drain() != 1 || string(w.out()[0].Raw) != string(first) {
		t.Errorf("%d went", len(w.out()))
	}
	if list := w.attempts(w.mailing(e, 0)); len(list) != 2 || list[0].Outcome != "temporary" || list[1].Outcome != "sent" || list[1].Code != 250 {
		t.Errorf("%+v", list)
	}
}

// TestHard: an address that does not exist is dead, on the list, and a to-do.
func TestHard(t *testing.T) {
	w := newWorld(t, 2)
	e := w.Enroll(t, 0)
	other := w.Enroll(t, 1)
	w.host.FailNext(mailhost.StageRcpt, w.People[0].Email, 1, mailhost.Fault{Code: 550, Enhanced: [3]int{5, 1, 1}, Text: "no such user"})
	if w.run() != 1 || w.mailing(other, 0).State != sales.MailingSent {
		t.Error("the mail to another did not go")
	}
	p, err := w.Person(t.Context(), w.Viewer(), w.People[0].ID)
	if err != nil || p.Address != sales.AddressDead {
		t.Errorf("%s, %v", p.Address, err)
	}
	if _, yes, err := w.Suppressed(t.Context(), w.Workspace.ID, p.Email); !yes || err != nil {
		t.Errorf("on the list: %v, %v", yes, err)
	}
	got := w.enrollment(e.ID)
	if got.State != sales.Paused || got.Reason != sales.PausedBounce || w.mailing(e, 0).State != sales.MailingFailed {
		t.Errorf("%s %s, mail %s", got.State, got.Reason, w.mailing(e, 0).State)
	}
	if tasks := w.tasks(0); len(tasks) != 1 || tasks[0].Kind != sales.TaskFix {
		t.Errorf("%+v", tasks)
	}
	if w.mailbox().State != sales.MailboxOK {
		t.Error("the mailbox stopped")
	}
	stats, err := w.StepStats(t.Context(), w.Workspace.ID, w.Sequence.ID)
	if err != nil || stats[store.Stat{StepID: w.Sequence.Steps[0].ID, Name: store.StatBounced}] != 1 {
		t.Errorf("%v, %v", stats, err)
	}
}

// TestBlocked: a refusal by policy stops the mailbox and keeps address and mail;
// a mail that is blocked again and again is at last given to a person.
func TestBlocked(t *testing.T) {
	w := newWorld(t, 2)
	e := w.Enroll(t, 0)
	_, remove := w.host.FailNext(mailhost.StageRcpt, w.People[0].Email, 9, mailhost.Fault{Code: 550, Enhanced: [3]int{5, 7, 1}, Text: "blocked by policy"})
	defer remove()
	w.run()
	other := w.Enroll(t, 1)
	w.run()
	mb := w.mailbox()
	if mb.State != sales.MailboxPaused || !strings.Contains(mb.StateWhy, "policy") || !w.heard.any("ana@brightmail.example stopped") {
		t.Errorf("%s: %s", mb.State, mb.StateWhy)
	}
	p, err := w.Person(t.Context(), w.Viewer(), w.People[0].ID)
	if err != nil || p.Address != sales.AddressOK || w.mailing(e, 0).State != sales.MailingQueued || len(w.out()) != 0 {
		t.Errorf("address %s, mail %s, %d went", p.Address, w.mailing(e, 0).State, len(w.out()))
	}
	if got := w.enrollment(other.ID); !strings.Contains(got.HoldWhy, "paused") {
		t.Errorf("the other one: %+v", got)
	}
	for range 2 {
		w.tx(func(ctx context.Context, tx *store.Tx) error {
			if _, err := tx.SetMailboxState(ctx, w.Workspace.ID, w.Mailbox.ID, sales.MailboxOK, ""); err != nil {
				return err
			}
			return tx.ReleaseMailbox(ctx, w.Workspace.ID, w.Mailbox.ID, w.clock.Now())
		})
		w.clock.set(nextHour(w.clock.Now().Add(20 * time.Hour)))
		w.drain()
	}
	if w.mailing(e, 0).State != sales.MailingFailed || w.enrollment(e.ID).State != sales.Failed || w.mailbox().State != sales.MailboxOK {
		t.Errorf("mail %s, enrollment %s, mailbox %s", w.mailing(e, 0).State, w.enrollment(e.ID).State, w.mailbox().State)
	}
	if w.mailing(other, 0).State != sales.MailingSent {
		t.Error("one strict server stops the whole mailbox")
	}
}

// TestLoginRefused: a wrong password breaks the mailbox and keeps its mail.
func TestLoginRefused(t *testing.T) {
	w := newWorld(t, 1)
	e := w.Enroll(t, 0)
	w.host.SetPassword(w.Mailbox.Address, "another")
	w.run()
	mb := w.mailbox()
	if mb.State != sales.MailboxBroken || !strings.Contains(mb.StateWhy, "password") || !w.heard.any("stopped") {
		t.Errorf("%s: %s", mb.State, mb.StateWhy)
	}
	m := w.mailing(e, 0)
	if m.State != sales.MailingQueued || w.enrollment(e.ID).State != sales.Active || len(w.tasks(0)) != 0 {
		t.Errorf("mail %s, enrollment %s, %v", m.State, w.enrollment(e.ID).State, w.tasks(0))
	}
	w.change(func(m *sales.Mailbox) { m.SMTP.Password, m.IMAP.Password = "another", "another" })
	w.clock.set(m.DueAt)
	if w.drain() != 1 {
		t.Error("mended, and it does not go")
	}
}

// TestServerAway: an outage of the server counts against no mail.
func TestServerAway(t *testing.T) {
	w := newWorld(t, 1)
	e := w.Enroll(t, 0)
	_, remove := w.host.FailNext(mailhost.StageConnect, "", 1000, mailhost.Fault{Drop: true})
	w.run()
	for range 12 {
		m := w.mailing(e, 0)
		if m.State != sales.MailingQueued || m.DueAt.Sub(w.clock.Now()) > 5*time.Minute || w.mailbox().State != sales.MailboxOK {
			t.Fatalf("%d attempts: %+v, mailbox %s", m.Attempts, m, w.mailbox().State)
		}
		w.clock.set(m.DueAt)
		w.drain()
	}
	remove()
	w.host.FailNext(mailhost.StageRcpt, "", 1, mailhost.Fault{Code: 450, Text: "greylisted"})
	for range 3 {
		w.clock.set(w.mailing(e, 0).DueAt)
		w.drain()
	}
	if w.mailing(e, 0).State != sales.MailingSent {
		t.Errorf("%+v", w.mailing(e, 0))
	}
}

// TestUnknown: a mail of whose fate nobody knows is never sent again.
func TestUnknown(t *testing.T) {
	w := newWorld(t, 1)
	e := w.Enroll(t, 0)
	w.host.FailNext(mailhost.StageTaken, "", 1, mailhost.Fault{Drop: true})
	w.run()
	if m := w.mailing(e, 0); m.State != sales.MailingUnknown || len(w.out()) != 1 {
		t.Fatalf("%s, %d went", m.State, len(w.out()))
	}
	got := w.enrollment(e.ID)
	if got.State != sales.Paused || got.Reason != sales.PausedUnknown {
		t.Errorf("%s %s", got.State, got.Reason)
	}
	if tasks := w.tasks(0); len(tasks) != 1 || tasks[0].Kind != sales.TaskDecide {
		t.Errorf("%+v", tasks)
	}
	w.decide(e.ID, sales.Event{Kind: sales.EvResume, Actor: sales.BySeller})
	w.run()
	w.at(2 * time.Hour)
	if n := len(w.out()); n != 1 {
		t.Errorf("%d mails", n)
	}
}

// TestTwoDrains: two passes and two nodes at once send each mail once.
func TestTwoDrains(t *testing.T) {
	w := newWorld(t, 60)
	for i := range w.People {
		w.Enroll(t, i)
	}
	w.advance()
	second, _ := w.node("node2")
	var wg sync.WaitGroup
	for i := range 6 {
		r := w.runner
		if i%2 == 1 {
			r = second
		}
		wg.Go(func() {
			for range 20 {
				if _, err := r.Drain(context.Background(), w.ref); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	w.drain()
	seen := map[string]int{}
	for _, s := range w.out() {
		seen[s.Rcpt[0]]++
	}
	if len(seen) != 60 || len(w.out()) != 60 {
		t.Errorf("%d people got %d mails", len(seen), len(w.out()))
	}
}

// TestCanceledBetween: what was stopped after the gate said go does not go.
func TestCanceledBetween(t *testing.T) {
	for _, kind := range []string{"stopped", "suppressed"} {
		w := newWorld(t, 1)
		e := w.Enroll(t, 0)
		w.advance()
		w.runner.Crash = func(point string) {
			if point != "gated" {
				return
			}
			if kind == "stopped" {
				w.decide(e.ID, sales.Event{Kind: sales.EvStop, Actor: sales.BySeller})
				return
			}
			w.tx(func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Suppress(ctx, sales.Suppression{WorkspaceID: w.Workspace.ID, ID: tx.NewID(), Kind: sales.SuppressAddress, Value: w.People[0].Email, Reason: sales.EndUnsubscribe, Source: "test", At: w.clock.Now()})
				return err
			})
		}
		w.drain()
		if n := len(w.out()); n != 0 {
			t.Errorf("%s: %d went", kind, n)
		}
	}
}

// TestByHandFails: a mail that a person wrote and that was refused comes back to them.
func TestByHandFails(t *testing.T) {
	for name, x := range map[string]struct {
		fault mailhost.Fault
		state sales.MailingState
		title string
	}{
		"hard":    {mailhost.Fault{Code: 550, Enhanced: [3]int{5, 1, 1}, Text: "nobody"}, sales.MailingFailed, "did not go"},
		"content": {mailhost.Fault{Code: 554, Enhanced: [3]int{5, 6, 0}, Text: "not like this"}, sales.MailingFailed, "did not go"},
		"unknown": {mailhost.Fault{Drop: true}, sales.MailingUnknown, "may or may not"},
	} {
		w := newWorld(t, 1)
		m := sales.Mailing{
			WorkspaceID: w.Workspace.ID, ID: w.NewID(), Key: "manual/1", PersonID: w.People[0].ID, MailboxID: w.Mailbox.ID, UserID: w.Seller.ID, Kind: sales.MailingManual,
			State: sales.MailingQueued, To: w.People[0].Email, Subject: "Hello", Body: "Hello", FollowUp: true, DueAt: w.clock.Now(), CreatedAt: w.clock.Now(),
		}
		w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.QueueMailing(ctx, m) })
		stage := mailhost.StageDone
		if name == "hard" {
			stage = mailhost.StageRcpt
		}
		w.host.FailNext(stage, "", 1, x.fault)
		w.drain()
		got, err := w.World.Store.Mailing(t.Context(), w.Workspace.ID, m.ID)
		tasks := w.tasks(0)
		if err != nil || got.State != x.state || len(tasks) != 1 || tasks[0].Kind != sales.TaskDecide || tasks[0].UserID != w.Seller.ID || !strings.Contains(tasks[0].Title, x.title) {
			t.Errorf("%s: %s, %+v, %v", name, got.State, tasks, err)
		}
		_, suppressed, err := w.Suppressed(t.Context(), w.Workspace.ID, w.People[0].Email)
		if err != nil || suppressed != (name == "hard") {
			t.Errorf("%s: suppressed %v, %v", name, suppressed, err)
		}
	}
}

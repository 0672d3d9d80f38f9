package runner_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

const day = 24 * time.Hour

// TestHeld: what shuts a gate is stored on the mail and on the enrollment, with
// the moment at which it is asked again; at that moment the mail goes.
func TestHeld(t *testing.T) {
	now := storetest.Now
	for name, x := range map[string]struct {
		set   func(w *world)
		gate  sales.Gate
		why   string
		until time.Time
	}{
		"answered": {func(w *world) {
			w.clock.set(now.Add(time.Minute))
			w.move(sales.Move{PersonID: w.People[0].ID, Kind: sales.MoveReply, Actor: sales.ByBuyer, At: now.Add(time.Second)})
		}, sales.GateAnswer, "they answered on 3 Mar", now.Add(day + time.Minute)},
		"resting": {func(w *world) {
			w.move(sales.Move{PersonID: w.People[0].ID, Kind: sales.MoveNote, OwnTurn: sales.Resting, At: now.Add(-time.Hour), Until: now.Add(2 * day)})
		}, sales.GateBalance, "resting until 5 Mar 2026", now.Add(2 * day)},
		"five touches": {func(w *world) {
			for range 5 {
				w.move(sales.Move{PersonID: w.People[0].ID, Kind: sales.MoveCall, Actor: sales.BySeller, At: now.Add(-day)})
			}
		}, sales.GateBalance, "5 touches without an answer", now.Add(-day).AddDate(0, 0, 60)},
		"the mailbox is paused": {func(w *world) {
			w.change(func(m *sales.Mailbox) { m.State, m.StateWhy = sales.MailboxPaused, "paused by hand" })
		}, sales.GateLimits, "is paused: paused by hand", now.Add(10 * time.Minute)},
		"the sequence is paused": {func(w *world) {
			w.Sequence.State = sales.SequencePaused
			w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, w.Sequence) })
		}, sales.GateLimits, "the sequence is paused", now.Add(time.Hour)},
		"the day is full": {func(w *world) {
			w.change(func(m *sales.Mailbox) { m.Limits.PerDay = 1 })
			sendOne(w)
		}, sales.GateLimits, "ana@brightmail.example has sent 1 of 1 mails today", time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)},
		"the week is full": {func(w *world) {
			w.change(func(m *sales.Mailbox) { m.Limits.PerWeek = 1 })
			sendOne(w)
		}, sales.GateLimits, "1 of 1 mails in seven days", time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)},
		"the ramp": {func(w *world) {
			w.change(func(m *sales.Mailbox) { m.Limits.PerDay, m.Limits.RampStart, m.Limits.RampStep = 30, 1, 2 })
			sendOne(w)
		}, sales.GateLimits, "1 of 1 mails today", time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)},
		"the window": {func(w *world) { w.clock.set(now.Add(3 * time.Hour)) }, sales.GateWindow, "outside the hours", time.Date(2026, 3, 3, 13, 30, 0, 0, time.UTC)},
		"the window of their zone": {func(w *world) {
			w.person(0, func(p *sales.Person) { p.Zone, p.Country = "America/New_York", "US" })
		}, sales.GateWindow, "outside the hours", time.Date(2026, 3, 3, 13, 30, 0, 0, time.UTC)},
		"a holiday in their country": {func(w *world) {
			w.clock.set(time.Date(2026, 4, 3, 9, 0, 0, 0, time.UTC)) // Good Friday
		}, sales.GateWindow, "holiday", time.Date(2026, 4, 6, 7, 30, 0, 0, time.UTC)},
		"two colleagues": {func(w *world) {
			w.Sequence.Rules.ActivePerAccount = 1
			w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, w.Sequence) })
			sendOne(w)
		}, sales.GateLimits, "colleagues at the account", now.Add(day + time.Second)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, 2)
			e := w.Enroll(t, 0)
			w.advance()
			x.set(w)
			w.clearSent()
			w.drain()
			if n := len(w.out()); n != 0 {
				t.Fatalf("%d mails went", n)
			}
			m, got := w.mailing(e, 0), w.enrollment(e.ID)
			if m.State != sales.MailingQueued || m.HoldGate != x.gate || !strings.Contains(m.HoldWhy, x.why) || !m.DueAt.Equal(x.until) {
				t.Errorf("mailing: %s %s %q until %v", m.State, m.HoldGate, m.HoldWhy, m.DueAt)
			}
			if got.HoldGate != x.gate || !strings.Contains(got.HoldWhy, x.why) || !got.HoldUntil.Equal(x.until) {
				t.Errorf("enrollment: %s %q until %v", got.HoldGate, got.HoldWhy, got.HoldUntil)
			}
		})
	}
}

// sendOne lets the mail to the second person go before that to the first.
func sendOne(w *world) {
	w.t.Helper()
	e := w.Enroll(w.t, 1)
	w.advance()
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.HoldMailing(ctx, w.mailing(w.first(), 0), "", "", storetest.Now.Add(time.Second))
	})
	if w.drain(); w.mailing(e, 0).State != sales.MailingSent {
		w.t.Fatal("the mail before did not go")
	}
	w.clock.set(storetest.Now.Add(time.Second))
}

// first is the enrollment of the first person.
func (w *world) first() sales.Enrollment {
	w.t.Helper()
	list, err := w.EnrollmentsOf(w.t.Context(), w.Workspace.ID, w.People[0].ID)
	if err != nil || len(list) != 1 {
		w.t.Fatal(list, err)
	}
	return list[0]
}

func (w *world) clearSent() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent = nil
}

// TestHeldThenGoes: the mail goes at the moment that was stored.
func TestHeldThenGoes(t *testing.T) {
	w := newWorld(t, 1)
	e := w.Enroll(t, 0)
	w.clock.set(storetest.Now.Add(3 * time.Hour))
	w.run()
	due := w.mailing(e, 0).DueAt
	w.clock.set(due.Add(-time.Second))
	if n := w.drain(); n != 0 {
		t.Fatal("too early")
	}
	w.clock.set(due)
	if n := w.drain(); n != 1 {
		t.Fatalf("%d mails went at %v", n, due)
	}
	if got := w.enrollment(e.ID); got.HoldGate != "" || got.HoldWhy != "" || !got.HoldUntil.IsZero() {
		t.Errorf("it is shown as held still: %+v", got)
	}
}

// TestSuppressedNever: who must not be written to leaves the sequence.
func TestSuppressedNever(t *testing.T) {
	for name, x := range map[string]struct {
		kind  sales.SuppressionKind
		value string
	}{"address": {sales.SuppressAddress, storetest.Address(0)}, "domain": {sales.SuppressDomain, "brightwater.example"}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, 1)
			e := w.Enroll(t, 0)
			w.advance()
			w.tx(func(ctx context.Context, tx *store.Tx) error {
				_, err := tx.Suppress(ctx, sales.Suppression{WorkspaceID: w.Workspace.ID, ID: tx.NewID(), Kind: x.kind, Value: x.value, Reason: sales.EndSuppressed, Source: "test", At: storetest.Now})
				return err
			})
			w.drain()
			got := w.enrollment(e.ID)
			if len(w.out()) != 0 || w.mailing(e, 0).State != sales.MailingCanceled || got.State != sales.OptedOut || got.Reason != sales.EndSuppressed {
				t.Errorf("%d went; mail %s, enrollment %s %s", len(w.out()), w.mailing(e, 0).State, got.State, got.Reason)
			}
		})
	}
}

// TestGap: one mail, then a random pause, then the next.
func TestGap(t *testing.T) {
	w := newWorld(t, 3)
	w.change(func(m *sales.Mailbox) { m.Limits = sales.Limits{GapMin: 5 * time.Minute, GapMax: 10 * time.Minute} })
	for i := range w.People {
		w.Enroll(t, i)
	}
	if n := w.run(); n != 1 {
		t.Fatalf("%d went at once", n)
	}
	next := w.mailbox().NextSendAt
	if gap := next.Sub(storetest.Now); gap < 5*time.Minute || gap > 10*time.Minute {
		t.Fatalf("the gap is %v", gap)
	}
	w.clock.set(next.Add(-time.Second))
	if due, err := w.MailboxesWithDue(t.Context(), w.Workspace.ID, w.clock.Now()); err != nil || len(due) != 0 {
		t.Errorf("in the gap there is work: %v, %v", due, err)
	}
	if n := w.drain(); n != 0 {
		t.Fatalf("%d went in the gap", n)
	}
	w.clock.set(next)
	if n := w.drain(); n != 1 {
		t.Fatalf("%d went after the gap", n)
	}
}

// TestByHandIsNotPaced: what a person wrote waits for no gap, cap or window.
func TestByHandIsNotPaced(t *testing.T) {
	w := newWorld(t, 3)
	w.change(func(m *sales.Mailbox) {
		m.Limits = sales.Limits{PerDay: 1, GapMin: 5 * time.Minute, GapMax: 10 * time.Minute}
	})
	w.Enroll(t, 0)
	w.Enroll(t, 1)
	if n := w.run(); n != 1 {
		t.Fatalf("%d went", n)
	}
	write := func(key string) {
		w.tx(func(ctx context.Context, tx *store.Tx) error {
			return tx.QueueMailing(ctx, sales.Mailing{
				WorkspaceID: w.Workspace.ID, ID: tx.NewID(), Key: "manual/" + key, PersonID: w.People[2].ID, MailboxID: w.Mailbox.ID, UserID: w.Seller.ID, Kind: sales.MailingManual,
				State: sales.MailingQueued, To: w.People[2].Email, Subject: "Your question", Body: "Four minutes.", FollowUp: true, DueAt: w.clock.Now(), CreatedAt: w.clock.Now(),
			})
		})
		due, err := w.MailboxesWithDue(t.Context(), w.Workspace.ID, w.clock.Now())
		if err != nil || len(due) != 1 {
			t.Errorf("nobody looks at %s: %v, %v", key, due, err)
		}
		if n := w.drain(); n != 1 {
			t.Errorf("%s: %d went", key, n)
		}
	}
	write("in the gap")
	w.clock.set(storetest.Now.Add(time.Hour))
	write("when the day is full")
	w.clock.set(storetest.Now.Add(11 * time.Hour))
	write("in the evening")
	last := w.out()[len(w.out())-1]
	if last.Rcpt[0] != w.People[2].Email {
		t.Error(last.Rcpt)
	}
}

// TestFollowUpsFirst: whoever has heard from us before goes before first touches.
func TestFollowUpsFirst(t *testing.T) {
	w := newWorld(t, 3)
	e := w.Enroll(t, 2)
	if w.run() != 1 {
		t.Fatal("the first mail did not go")
	}
	w.change(func(m *sales.Mailbox) { m.Limits = sales.Limits{GapMin: time.Minute, GapMax: time.Minute} })
	w.Enroll(t, 0)
	w.Enroll(t, 1)
	w.clearSent()
	w.clock.set(w.enrollment(e.ID).NextAt.Add(time.Hour))
	w.advance()
	for range 3 {
		w.drain()
		w.clock.set(w.clock.Now().Add(time.Minute))
	}
	out := w.out()
	if len(out) != 3 || out[0].Rcpt[0] != w.People[2].Email {
		t.Errorf("%d mails, the first to %v", len(out), out[0].Rcpt)
	}
}

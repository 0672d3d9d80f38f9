package storetest

import (
	"context"
	"fmt"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

func queue(t testing.TB, s *store.Store, m sales.Mailing) {
	t.Helper()
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.QueueMailing(ctx, m) })
}

// setState brings a queued mailing into a state by the ways that there are.
func setState(t testing.TB, s *store.Store, m sales.Mailing, state sales.MailingState) {
	t.Helper()
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		switch state {
		case sales.MailingQueued:
			return nil
		case sales.MailingCanceled:
			yes, err := tx.CancelMailing(ctx, m.WorkspaceID, m.ID)
			no(t, !yes)
			return err
		}
		m.HeaderID, m.RawID, m.Subject, m.Body, m.To, m.ThreadID, m.References = m.Key+"@x.example", tx.NewID(), "rendered", "rendered", "old@x.example", 9, []string{"r1", "r2"}
		if yes, err := tx.BeginAttempt(ctx, m, []byte("raw"), Now); err != nil || !yes {
			return fmt.Errorf("begin: %v %w", yes, err)
		}
		if state == sales.MailingSending {
			return nil
		}
		m.State = state
		yes, err := tx.EndAttempt(ctx, m, sales.Attempt{ID: tx.NewID(), N: 1, Outcome: string(state)})
		no(t, !yes)
		return err
	})
}

// testMailings: one key is one mail. From each state, asking again puts it back
// or leaves it alone, and canceling stops it or not.
func testMailings(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	for state, can := range map[sales.MailingState]struct{ revive, cancel bool }{
		sales.MailingQueued: {false, true}, sales.MailingCanceled: {true, false}, sales.MailingSending: {false, false},
		sales.MailingSent: {false, false}, sales.MailingFailed: {true, false}, sales.MailingUnknown: {false, false},
	} {
		m := x.Queued
		m.ID, m.Key, m.Subject, m.Body = s.NewID(), "key/"+string(state), "", ""
		queue(t, s, m)
		setState(t, s, m, state)
		again := m
		again.ID, again.DueAt, again.StepID, again.FollowUp = s.NewID(), wait(5), 4711, true
		queue(t, s, again)
		got := ok[sales.Mailing](t)(s.MailingByKey(ctx, ws, m.Key))
		if err := s.InTx(ctx, func(tx *store.Tx) error {
			inside, err := tx.MailingByKey(ctx, ws, m.Key)
			if err == nil && inside.ID != got.ID {
				t.Errorf("the transaction finds %v under the key, not %v", inside.ID, got.ID)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if got.ID != m.ID {
			t.Errorf("%s: a second row", state)
		}
		revived := got.State == sales.MailingQueued && got.DueAt.Equal(wait(5)) && got.StepID == 4711 && got.FollowUp
		if revived != can.revive || !revived && got.State != state {
			t.Errorf("%s, asked again: %+v", state, got)
		}
		if revived && (got.RawID != 0 || got.Body != "" || got.Subject != "" || got.LastError != "" || got.To != "") {
			t.Errorf("%s: the bytes of the old attempt would go again: %+v", state, got)
		}
		if can.revive {
			continue
		}
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			yes, err := tx.CancelMailing(ctx, ws, m.ID)
			if yes != can.cancel {
				t.Errorf("%s: canceled %v", state, yes)
			}
			return err
		})
	}
	states := ok[map[sales.MailingState]int](t)(s.MailingStates(ctx, ws))
	if states[sales.MailingQueued] != 3 || states[sales.MailingCanceled] != 1 || states[sales.MailingSent] != 2 || states[sales.MailingDraft] != 1 {
		t.Error(states)
	}
}

// testRevive: what a person made of a draft stays; what they wrote anew counts.
func testRevive(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.EditDraft(ctx, ws, x.Draft.ID, "mine", "my words"); err != nil {
			return err
		}
		if _, err := tx.CancelMailing(ctx, ws, x.Draft.ID); err != nil {
			return err
		}
		wantCode(t, tx.EditDraft(ctx, ws, x.Draft.ID, "a", "b"), sales.Conflict)
		if _, err := tx.DraftOf(ctx, ws, x.Drafted.ID, x.Draft.StepID); sales.CodeOf(err) != sales.NotFound {
			t.Error("no draft any more:", err)
		}
		return tx.QueueMailing(ctx, x.Draft)
	})
	if m := ok[sales.Mailing](t)(s.DraftOf(ctx, ws, x.Drafted.ID, x.Draft.StepID)); m.Subject != "mine" || m.Body != "my words" || m.ID != x.Draft.ID {
		t.Errorf("%+v", m)
	}
	hand := x.Queued
	hand.ID, hand.Key, hand.Kind, hand.EnrollmentID, hand.Subject, hand.Body, hand.To, hand.UserID = s.NewID(), "hand", sales.MailingManual, 0, "one", "first words", "a@x.example", x.Seller.ID
	queue(t, s, hand)
	setState(t, s, hand, sales.MailingCanceled)
	hand.Subject, hand.Body, hand.To = "two", "other words", "b@x.example"
	queue(t, s, hand)
	if m := ok[sales.Mailing](t)(s.Mailing(ctx, ws, hand.ID)); m.Body != "other words" || m.Subject != "two" || m.To != "b@x.example" || m.State != sales.MailingQueued {
		t.Errorf("%+v", m)
	}
}

// testAttempts: an attempt begins in the queue alone and ends on the wire alone.
func testAttempts(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	for state, can := range map[sales.MailingState]struct{ begin, end, again bool }{
		sales.MailingQueued: {begin: true}, sales.MailingCanceled: {}, sales.MailingSending: {end: true, again: true},
		sales.MailingSent: {}, sales.MailingFailed: {}, sales.MailingUnknown: {end: true},
	} {
		for _, back := range []bool{false, true} {
			m := x.Queued
			m.ID, m.Key = s.NewID(), fmt.Sprint("attempt/", state, back)
			queue(t, s, m)
			setState(t, s, m, state)
			must(t, s, func(ctx context.Context, tx *store.Tx) error {
				n := ok[sales.Mailing](t)(tx.Mailing(ctx, ws, m.ID))
				n.State, n.SentAt = sales.MailingSent, wait(1)
				if back {
					n.State, n.SentAt, n.DueAt, n.HoldGate, n.HoldWhy = sales.MailingQueued, Now.Add(0), wait(2), sales.GateRetry, "later"
				}
				yes, err := tx.EndAttempt(ctx, n, sales.Attempt{ID: tx.NewID(), N: 2, Outcome: "x"})
				if want := can.end && (!back || can.again); yes != want {
					t.Errorf("%s: ended %v, back %v", state, yes, back)
				}
				return err
			})
			if back || state != sales.MailingQueued && state != sales.MailingCanceled {
				continue
			}
			must(t, s, func(ctx context.Context, tx *store.Tx) error {
				m.RawID = tx.NewID()
				yes, err := tx.BeginAttempt(ctx, m, []byte{}, Now)
				if yes != can.begin {
					t.Errorf("%s: begun %v", state, yes)
				}
				return err
			})
		}
	}
	// A second attempt with the bytes of the first.
	m := x.Queued
	queue(t, s, m)
	m.HeaderID, m.RawID, m.To, m.Subject, m.Body, m.InReplyTo, m.References, m.ThreadID = "h@x.example", s.NewID(), "t@x.example", "S", "B", "p@x.example", []string{"a", "b"}, 42
	for n := 1; n <= 2; n++ {
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			yes, err := tx.BeginAttempt(ctx, m, []byte("bytes\x00"), wait(float64(n)))
			no(t, !yes)
			if err != nil {
				return err
			}
			m = ok[sales.Mailing](t)(tx.Mailing(ctx, ws, m.ID))
			if m.State != sales.MailingSending || m.Attempts != n || !m.AttemptAt.Equal(wait(float64(n))) || m.HeaderID != "h@x.example" || len(m.References) != 2 || m.ThreadID != 42 || m.HoldWhy != "" {
				t.Errorf("attempt %d: %+v", n, m)
			}
			m.State, m.LastError, m.DueAt = sales.MailingQueued, "421", wait(3)
			_, err = tx.EndAttempt(ctx, m, sales.Attempt{ID: tx.NewID(), N: n, StartedAt: Now, EndedAt: wait(1), Outcome: "temporary", Code: 421, Enhanced: "4.3.2", Text: "busy"})
			return err
		})
	}
	if b := ok[[]byte](t)(s.Raw(ctx, ws, m.RawID)); string(b) != "bytes\x00" {
		t.Errorf("%q", b)
	}
	list := ok[[]sales.Attempt](t)(s.Attempts(ctx, ws, m.ID))
	want := sales.Attempt{WorkspaceID: ws, ID: list[0].ID, MailingID: m.ID, N: 1, StartedAt: Now, EndedAt: wait(1), Outcome: "temporary", Code: 421, Enhanced: "4.3.2", Text: "busy"}
	if len(list) != 2 || list[0] != want || list[1].N != 2 {
		t.Errorf("%+v", list)
	}
}

// testReturn: an attempt that surely was not begun is none; what it wrote down
// goes when the mail is taken back and asked for again.
func testReturn(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	for state, can := range map[sales.MailingState]bool{
		sales.MailingQueued: false, sales.MailingCanceled: false, sales.MailingSending: true, sales.MailingSent: false, sales.MailingFailed: false, sales.MailingUnknown: false,
	} {
		m := x.Queued
		m.ID, m.Key = s.NewID(), "return/"+string(state)
		queue(t, s, m)
		setState(t, s, m, state)
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			yes, err := tx.ReturnMailing(ctx, ws, m.ID)
			if yes != can {
				t.Errorf("%s: returned %v", state, yes)
			}
			return err
		})
		if !can {
			continue
		}
		if got := ok[sales.Mailing](t)(s.Mailing(ctx, ws, m.ID)); got.State != sales.MailingQueued || got.Attempts != 0 {
			t.Errorf("%+v", got)
		}
		setState(t, s, m, sales.MailingCanceled)
		queue(t, s, m)
		if got := ok[sales.Mailing](t)(s.Mailing(ctx, ws, m.ID)); got.RawID != 0 || got.Body != "" {
			t.Errorf("%+v", got)
		}
	}
}

// testQueues: what is offered to send, to settle and to file, in which order.
func testQueues(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws, mb := t.Context(), x.Workspace.ID, x.Mailbox.ID
	add := func(key string, due float64, follow bool) {
		m := x.Queued
		m.ID, m.Key, m.DueAt, m.FollowUp = s.NewID(), key, wait(due), follow
		queue(t, s, m)
	}
	add("first, later", 2, false)
	add("follow-up, late", 3, true)
	add("follow-up", 1, true)
	add("not yet", 9, true)
	var got []string
	for _, m := range ok[[]sales.Mailing](t)(s.DueMailings(ctx, ws, mb, wait(3), 10)) {
		got = append(got, m.Key)
	}
	if fmt.Sprint(got) != "[follow-up follow-up, late queued first, later]" {
		t.Error(got)
	}
	if n := len(ok[[]sales.Mailing](t)(s.DueMailings(ctx, ws, mb, wait(3), 2))); n != 2 {
		t.Error(n)
	}
	if at := ok[any](t)(s.NextMailing(ctx, ws, mb)); at != any(Now) {
		t.Error(at)
	}
	if at, err := s.NextMailing(ctx, ws, 1); !at.IsZero() || err != nil {
		t.Error(at, err)
	}
	ref := store.MailboxRef{WorkspaceID: ws, MailboxID: mb}
	for what, list := range map[string][]store.MailboxRef{
		"due":    ok[[]store.MailboxRef](t)(s.MailboxesWithDue(ctx, ws, Now)),
		"stuck":  ok[[]store.MailboxRef](t)(s.MailboxesWithOpen(ctx, ws, Now)),
		"append": ok[[]store.MailboxRef](t)(s.MailboxesToAppend(ctx, ws)),
	} {
		if len(list) != 1 || list[0] != ref {
			t.Error(what, list)
		}
	}
	if yes, err := s.TakeLease(ctx, store.LeaseSend, ws, mb, "node", Now, wait(0.1)); !yes || err != nil {
		t.Fatal(yes, err)
	}
	if list := ok[[]store.MailboxRef](t)(s.MailboxesWithOpen(ctx, ws, Now)); len(list) != 0 {
		t.Error("a node works on it:", list)
	}
	if list := ok[[]store.MailboxRef](t)(s.MailboxesWithOpen(ctx, ws, wait(-1))); len(list) != 1 {
		t.Error("the clock was set back, and its node may be dead:", list)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SetNextSend(ctx, ws, mb, wait(2)) })
	if list := ok[[]store.MailboxRef](t)(s.MailboxesWithDue(ctx, ws, wait(1))); len(list) != 0 {
		t.Error("in the gap:", list)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.SetMailboxState(ctx, ws, mb, sales.MailboxPaused, "by hand")
		return err
	})
	if list := ok[[]store.MailboxRef](t)(s.MailboxesWithDue(ctx, ws, wait(3))); len(list) != 1 {
		t.Error("what is paused is told why:", list)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SetNextSend(ctx, ws, mb, wait(9)); err != nil {
			return err
		}
		hand := x.Queued
		hand.ID, hand.Key, hand.EnrollmentID, hand.Kind, hand.FollowUp, hand.DueAt = tx.NewID(), "by hand", 0, sales.MailingManual, true, wait(1)
		return tx.QueueMailing(ctx, hand)
	})
	if list := ok[[]store.MailboxRef](t)(s.MailboxesWithDue(ctx, ws, wait(1))); len(list) != 1 {
		t.Error("what a person wrote waits for no gap:", list)
	}
	if list := ok[[]sales.Mailing](t)(s.DueByHand(ctx, ws, mb, wait(1), 9)); len(list) != 1 || list[0].Key != "by hand" {
		t.Error(list)
	}
	if list := ok[[]sales.Mailing](t)(s.DueByHand(ctx, ws, mb, wait(0.5), 9)); len(list) != 0 {
		t.Error(list)
	}
	if n := ok[int](t)(s.SentSince(ctx, ws, mb, wait(0.1))); n != 0 {
		t.Error(n)
	}
	ids := []sales.ID{x.Sent.ID}
	for range 1200 {
		ids = append(ids, s.NewID())
	}
	if err := s.MarkAppended(ctx, ws, ids); err != nil {
		t.Fatal(err)
	}
	if list := ok[[]sales.Mailing](t)(s.UnappendedMailings(ctx, ws, mb, 9)); len(list) != 0 {
		t.Error(list)
	}
	if err := s.MarkAppended(ctx, ws, nil); err != nil {
		t.Error(err)
	}
	if list := ok[[]sales.Mailing](t)(s.MailingsAfter(ctx, ws, x.Queued.ID, 100)); len(list) != 9 {
		t.Error(len(list))
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		long := make([]string, 1000)
		for i := range long {
			long[i] = fmt.Sprint(i)
		}
		long[999] = x.Sent.HeaderID
		if list := ok[[]sales.Mailing](t)(tx.MailingsByHeader(ctx, ws, long)); len(list) != 1 {
			t.Error("the newest of a long chain:", len(list))
		}
		if list := ok[[]sales.Mailing](t)(tx.MailingsByHeader(ctx, ws, []string{"", ""})); len(list) != 0 {
			t.Error("what has not gone has no Message-ID:", len(list))
		}
		list, err := tx.MailingsByHeader(ctx, ws, nil)
		no(t, len(list) > 0)
		return err
	})
}

// testHolds: why not yet, for a mail, a mailbox and a sequence.
func testHolds(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.HoldMailing(ctx, x.Queued, sales.GateWindow, "it is night", wait(9))
	})
	m, e := ok[sales.Mailing](t)(s.Mailing(ctx, ws, x.Queued.ID)), ok[sales.Enrollment](t)(s.Enrollment(ctx, ws, x.Enrollment.ID))
	if m.HoldGate != sales.GateWindow || m.HoldWhy != "it is night" || !m.DueAt.Equal(wait(9)) || e.HoldGate != m.HoldGate || e.HoldWhy != m.HoldWhy || !e.HoldUntil.Equal(wait(9)) || e.Version != x.Enrollment.Version {
		t.Errorf("%+v %+v", m, e)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.HoldMailbox(ctx, ws, x.Mailbox.ID, sales.GateLimits, "full", wait(20), wait(8))
	})
	if m := ok[sales.Mailing](t)(s.Mailing(ctx, ws, x.Queued.ID)); m.HoldWhy != "it is night" {
		t.Errorf("it was not due: %+v", m)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.HoldMailbox(ctx, ws, x.Mailbox.ID, sales.GateLimits, "full", wait(20), wait(9))
	})
	if m := ok[sales.Mailing](t)(s.Mailing(ctx, ws, x.Queued.ID)); m.HoldWhy != "full" || !m.DueAt.Equal(wait(20)) {
		t.Errorf("%+v", m)
	}
	if e := ok[sales.Enrollment](t)(s.Enrollment(ctx, ws, x.Enrollment.ID)); e.HoldWhy != "full" || !e.HoldUntil.Equal(wait(20)) {
		t.Errorf("%+v", e)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.ReleaseMailbox(ctx, ws, x.Mailbox.ID, wait(10))
	})
	if m := ok[sales.Mailing](t)(s.Mailing(ctx, ws, x.Queued.ID)); !m.DueAt.Equal(wait(10)) {
		t.Errorf("the mailbox was resumed: %+v", m)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.HoldSequenceMail(ctx, ws, x.Sequence.ID, wait(30))
	})
	if m := ok[sales.Mailing](t)(s.Mailing(ctx, ws, x.Queued.ID)); m.HoldWhy != "the sequence is paused" || !m.DueAt.Equal(wait(31)) {
		t.Errorf("%+v", m)
	}
	if m := ok[sales.Mailing](t)(s.Mailing(ctx, ws, x.Sent.ID)); m.HoldWhy != "" {
		t.Errorf("it is gone: %+v", m)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.HoldEnrollment(ctx, ws, x.Enrollment.ID, sales.GateLimits, "the sequence is paused", x.Enrollment.NextAt); err != nil {
			return err
		}
		return tx.ReleaseSequence(ctx, ws, x.Sequence.ID, wait(12))
	})
	if m := ok[sales.Mailing](t)(s.Mailing(ctx, ws, x.Queued.ID)); !m.DueAt.Equal(wait(12)) {
		t.Errorf("the sequence goes on: %+v", m)
	}
	if e := ok[sales.Enrollment](t)(s.Enrollment(ctx, ws, x.Enrollment.ID)); !e.NextAt.Equal(wait(12)) || e.HoldWhy != "" || e.Version != x.Enrollment.Version+1 {
		t.Errorf("the sequence goes on: %+v", e)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		hand := x.Queued
		hand.EnrollmentID = 0
		return tx.HoldMailing(ctx, hand, sales.GateRetry, "later", wait(40))
	})
}

package storetest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// testGathered: statements that go together do what they do one by one, in their
// order, and whoever came too late makes the whole transaction fail.
func testGathered(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 2)
	ctx, ws := t.Context(), w.Workspace.ID
	e := w.Enroll(t, 0)
	next := e
	next.Version, next.Position = e.Version+1, 1
	queue := []sales.Effect{{Kind: sales.FxQueueMail, Key: "gathered/1", StepID: w.Sequence.Steps[0].ID, DueAt: Now}}
	msg := sales.Message{WorkspaceID: ws, ID: s.NewID(), MailboxID: w.Mailbox.ID, PersonID: e.PersonID, ThreadID: s.NewID(), Direction: sales.Outgoing, HeaderID: "gathered@x.example", Date: Now, ArrivedAt: Now}
	write := func(was sales.Enrollment) error {
		return try(t, s, func(ctx context.Context, tx *store.Tx) error {
			tx.Gather()
			if _, err := tx.Apply(ctx, was, sales.Decision{Next: next, Changed: true, Effects: queue}, store.Subject{Person: w.People[0]}, Now); err != nil {
				return err
			}
			for range 2 { // the second time it is there
				if err := tx.AddSent(ctx, msg); err != nil {
					return err
				}
			}
			// A question sees what was said before it.
			m, err := tx.MailingByKey(ctx, ws, "gathered/1")
			if err == nil && m.State != sales.MailingQueued {
				t.Errorf("%+v", m)
			}
			return err
		})
	}
	if err := write(e); err != nil {
		t.Fatal(err)
	}
	if got, err := s.MessageAny(ctx, ws, msg.ID); err != nil || got.HeaderID != msg.HeaderID || got.Direction != sales.Outgoing || !reflect.DeepEqual(got.Verdict, sales.Verdict{}) || got.HTML != "" {
		t.Errorf("%+v, %v", got, err)
	}
	if got := ok[sales.Enrollment](t)(s.Enrollment(ctx, ws, e.ID)); got.Position != 1 || got.Version != next.Version {
		t.Errorf("%+v", got)
	}
	queue[0].Key, msg.HeaderID = "gathered/2", "late@x.example"
	if err := write(e); sales.CodeOf(err) != sales.Conflict {
		t.Errorf("with an old version: %v", err)
	}
	if _, err := s.MailingByKey(ctx, ws, "gathered/2"); sales.CodeOf(err) != sales.NotFound {
		t.Errorf("the mail of a decision that failed is there: %v", err)
	}
	// A mail that is in the outbox is no new one: the caller tries again by itself.
	queue[0].Key = "gathered/1"
	was := next
	next.Version++
	if err := write(was); sales.CodeOf(err) != sales.Conflict {
		t.Errorf("with an old key: %v", err)
	}
}

// testMany: the statements about many mails at once do each what they do for one.
func testMany(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	var list []store.Beginning
	for _, key := range []string{"many/1", "many/2", "many/3"} {
		m := x.Queued
		m.ID, m.Key = s.NewID(), key
		queue(t, s, m)
		m.RawID, m.HeaderID = s.NewID(), key+"@x.example"
		list = append(list, store.Beginning{Mailing: m, Raw: []byte(key)})
	}
	setState(t, s, list[1].Mailing, sales.MailingCanceled)
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		may, err := tx.BeginAttempts(ctx, list, Now)
		if err == nil && (!may[0] || may[1] || !may[2]) {
			t.Errorf("begun: %v", may)
		}
		return err
	})
	if raw := ok[[]byte](t)(s.Raw(ctx, ws, list[2].Mailing.RawID)); string(raw) != "many/3" {
		t.Errorf("%q", raw)
	}
	if _, err := s.Raw(ctx, ws, list[1].Mailing.RawID); sales.CodeOf(err) != sales.NotFound {
		t.Errorf("bytes of a mail that may not go: %v", err)
	}
	var ends []store.Ending
	for _, b := range list {
		b.Mailing.State, b.Mailing.SentAt = sales.MailingSent, Now
		ends = append(ends, store.Ending{Mailing: b.Mailing, Attempt: sales.Attempt{ID: s.NewID(), N: 1, Outcome: "sent", Text: b.Mailing.Key}})
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		was, err := tx.EndAttempts(ctx, ends)
		if err == nil && (!was[0] || was[1] || !was[2]) {
			t.Errorf("ended: %v", was)
		}
		return err
	})
	for i, n := range []int{1, 0, 1} {
		if got := ok[[]sales.Attempt](t)(s.Attempts(ctx, ws, ends[i].Mailing.ID)); len(got) != n {
			t.Errorf("%d: %d attempts", i, len(got))
		}
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		may, err := tx.CountEach(ctx, ws, 77, store.ScopeAccount, []string{"a", "", "a", "a", "b"}, 2)
		if err == nil && (!may[0] || !may[1] || !may[2] || may[3] || !may[4]) {
			t.Errorf("counted: %v", may)
		}
		if err == nil {
			may, err = tx.CountEach(ctx, ws, 77, store.ScopeAccount, []string{"a"}, 0)
		}
		if err == nil && !may[0] {
			t.Error("no cap refuses")
		}
		return err
	})
	if got := ok[map[string]int](t)(s.Counted(ctx, ws, 77, store.ScopeAccount, []string{"a", "b"})); got["a"] != 2 || got["b"] != 1 {
		t.Error(got)
	}
}

// testTaken: what the server took ends as sent when it is on the wire, and in no
// other state; what the provider files by itself is not to be filed.
func testTaken(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	states := []sales.MailingState{sales.MailingSending, sales.MailingUnknown, sales.MailingCanceled, sales.MailingSent, sales.MailingSending}
	var list []store.Ending
	for i, state := range states {
		m := x.Queued
		m.ID, m.Key = s.NewID(), fmt.Sprintf("taken/%d", i)
		queue(t, s, m)
		setState(t, s, m, state)
		m.SentAt = Now
		list = append(list, store.Ending{Mailing: m, Attempt: sales.Attempt{ID: s.NewID(), N: 2, Outcome: "sent"}})
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		was, err := tx.TakenAttempts(ctx, list[:4], true)
		if err == nil && !slices.Equal(was, []bool{true, false, false, false}) {
			t.Errorf("taken: %v", was)
		}
		if err == nil {
			_, err = tx.TakenAttempts(ctx, list[4:], false)
		}
		return err
	})
	var file []sales.ID
	for _, m := range ok[[]sales.Mailing](t)(s.UnappendedMailings(ctx, ws, x.Queued.MailboxID, 100)) {
		file = append(file, m.ID)
	}
	if slices.Contains(file, list[0].Mailing.ID) || !slices.Contains(file, list[4].Mailing.ID) {
		t.Errorf("to be filed: %v", file)
	}
	for i, x := range list {
		want := states[i]
		if i == 0 || i == 4 {
			want = sales.MailingSent
		}
		if m := ok[sales.Mailing](t)(s.Mailing(ctx, ws, x.Mailing.ID)); m.State != want {
			t.Errorf("%d is %s, want %s", i, m.State, want)
		}
	}
	if n := len(ok[[]sales.Attempt](t)(s.Attempts(ctx, ws, list[1].Mailing.ID))); n != 1 {
		t.Errorf("%d attempts of one that counts as unknown", n)
	}
}

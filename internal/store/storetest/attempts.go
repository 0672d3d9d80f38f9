package storetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// testLockMailings: the states of many mailings at once, as the transaction sees
// them; a stranger's are not given.
func testLockMailings(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ws, other := x.Workspace.ID, s.NewID()
	ids := []sales.ID{x.Queued.ID, other, x.Queued.ID}
	for range 450 {
		ids = append(ids, s.NewID())
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, want := range []sales.MailingState{sales.MailingQueued, sales.MailingCanceled} {
			got, err := tx.LockMailings(ctx, ws, ids)
			if err != nil || len(got) != 1 || got[x.Queued.ID] != want {
				t.Errorf("%v, %v; want %s", got, err, want)
			}
			if _, err := tx.CancelMailing(ctx, ws, x.Queued.ID); err != nil {
				return err
			}
		}
		for _, none := range [][]sales.ID{nil, {other}} {
			if got, err := tx.LockMailings(ctx, ws, none); err != nil || len(got) != 0 {
				t.Errorf("%v, %v", got, err)
			}
		}
		got, err := tx.LockMailings(ctx, other, ids)
		if len(got) != 0 {
			t.Errorf("a stranger's: %v", got)
		}
		return err
	})
}

// testLockEnrollments: as the transaction sees them; a stranger's are not given.
func testLockEnrollments(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ws, other := x.Workspace.ID, s.NewID()
	ids := []sales.ID{x.Enrollment.ID, other, x.Enrollment.ID}
	for range 450 {
		ids = append(ids, s.NewID())
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		e := ok[sales.Enrollment](t)(tx.Enrollment(ctx, ws, x.Enrollment.ID))
		for range 2 {
			got, err := tx.LockEnrollments(ctx, ws, ids)
			if err != nil || len(got) != 1 || got[e.ID] != e {
				t.Errorf("%+v, %v", got, err)
			}
			if err := tx.HoldEnrollment(ctx, ws, e.ID, sales.GateLimits, "held", Now); err != nil {
				return err
			}
			e.HoldGate, e.HoldWhy, e.HoldUntil = sales.GateLimits, "held", Now
		}
		for _, none := range []map[sales.ID]sales.Enrollment{
			ok[map[sales.ID]sales.Enrollment](t)(tx.LockEnrollments(ctx, ws, nil)), ok[map[sales.ID]sales.Enrollment](t)(tx.LockEnrollments(ctx, other, ids)),
		} {
			no(t, len(none) > 0)
		}
		return nil
	})
}

// testLockActive: who is being written to, with a first mail that is on the wire.
func testLockActive(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 4)
	ws, ctx := w.Workspace.ID, t.Context()
	active := func(want ...int) {
		t.Helper()
		var got, again map[sales.ID][]sales.ID
		must(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			accounts := []sales.ID{s.NewID(), w.Account.ID, w.Account.ID}
			no(t, len(ok[map[sales.ID][]sales.ID](t)(tx.LockActive(ctx, s.NewID(), accounts))) > 0)
			got, err = tx.LockActive(ctx, ws, accounts)
			return err
		})
		again = ok[map[sales.ID][]sales.ID](t)(s.ActiveAtAccounts(ctx, ws, []sales.ID{w.Account.ID}))
		for _, list := range []map[sales.ID][]sales.ID{got, again} {
			if len(list[w.Account.ID]) != len(want) {
				t.Errorf("%v, want people %v", list, want)
			}
			for _, i := range want {
				no(t, !slices.Contains(list[w.Account.ID], w.People[i].ID))
			}
		}
	}
	a, b := w.Enroll(t, 0), w.Enroll(t, 1)
	active()
	wrote := a
	wrote.Mails, wrote.Version = 1, a.Version+1
	m := sales.Mailing{WorkspaceID: ws, ID: s.NewID(), Key: "first", EnrollmentID: b.ID, PersonID: b.PersonID, MailboxID: w.Mailbox.ID, Kind: sales.MailingAuto, State: sales.MailingQueued, DueAt: Now, CreatedAt: Now}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.Apply(ctx, a, sales.Decision{Next: wrote, Changed: true}, store.Subject{}, Now); err != nil {
			return err
		}
		return tx.QueueMailing(ctx, m)
	})
	active(0)
	m.RawID, m.HeaderID = s.NewID(), "first@a.example"
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.BeginAttempt(ctx, m, []byte("raw"), Now)
		return err
	})
	active(0, 1)
	must(t, s, func(ctx context.Context, tx *store.Tx) error { _, err := tx.ReturnMailing(ctx, ws, m.ID); return err })
	active(0)
}

// testStranded: who waits for a mail or task that is not open is found and woken,
// and nobody else.
func testStranded(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 1)
	ws, ctx := w.Workspace.ID, t.Context()
	e := w.Enroll(t, 0)
	set := func(state sales.EnrollmentState, awaiting bool, at time.Time) {
		t.Helper()
		is := ok[sales.Enrollment](t)(s.Enrollment(ctx, ws, e.ID))
		next := is
		next.State, next.Awaiting, next.NextAt, next.Version = state, awaiting, at, is.Version+1
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Apply(ctx, is, sales.Decision{Next: next, Changed: true}, store.Subject{}, Now)
			return err
		})
	}
	wake := func(what string, want bool) {
		t.Helper()
		if list := ok[[]sales.ID](t)(s.Stranded(ctx, ws, w.Sequence.ID, 9)); len(list) != flag(want) {
			t.Errorf("%s: %v", what, list)
		}
		no(t, len(ok[[]sales.ID](t)(s.Stranded(ctx, s.NewID(), w.Sequence.ID, 9))) > 0)
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			no(t, ok[bool](t)(tx.WakeStranded(ctx, s.NewID(), e.ID, wait(1))))
			if yes := ok[bool](t)(tx.WakeStranded(ctx, ws, e.ID, wait(1))); yes != want {
				t.Errorf("%s: woken %v", what, yes)
			}
			return nil
		})
		if got := ok[sales.Enrollment](t)(s.Enrollment(ctx, ws, e.ID)); want && (got.Awaiting || !got.NextAt.Equal(wait(1))) {
			t.Errorf("%s: %+v", what, got)
		}
	}
	wake("a timer", false)
	for _, state := range []sales.EnrollmentState{sales.Paused, sales.WaitingHuman, sales.Finished} {
		set(state, true, time.Time{})
		wake(string(state), false)
	}
	set(sales.Active, false, time.Time{})
	wake("not asked", false)
	set(sales.Active, true, time.Time{})
	wake("nothing open", true)
	set(sales.Active, true, time.Time{})
	m := sales.Mailing{WorkspaceID: ws, ID: s.NewID(), Key: "first", EnrollmentID: e.ID, PersonID: e.PersonID, MailboxID: w.Mailbox.ID, Kind: sales.MailingAuto, State: sales.MailingQueued, DueAt: Now, CreatedAt: Now}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.QueueMailing(ctx, m) })
	wake("a mail is queued", false)
	m.RawID, m.HeaderID = s.NewID(), "first@a.example"
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.BeginAttempt(ctx, m, []byte("raw"), Now)
		return err
	})
	wake("it is on the wire", false)
	task := sales.Task{WorkspaceID: ws, ID: s.NewID(), Key: "call", Kind: sales.TaskCall, PersonID: e.PersonID, UserID: w.Seller.ID, EnrollmentID: e.ID, Title: "Call", CreatedAt: Now, DueAt: Now, State: sales.TaskOpen}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.OpenTask(ctx, task); err != nil {
			return err
		}
		if _, err := tx.ReturnMailing(ctx, ws, m.ID); err != nil {
			return err
		}
		_, err := tx.CancelMailing(ctx, ws, m.ID)
		return err
	})
	wake("a task is open", false)
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return tx.EndTask(ctx, ws, task.ID, sales.TaskDone, Now, "done")
	})
	wake("the mail was canceled", true)
}

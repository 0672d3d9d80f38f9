package runner_test

import (
	"context"
	"testing"
	"time"

	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// recounts does what is asked of it, and says how many moments changed.
func (w *world) recounts() int {
	w.t.Helper()
	n, err := w.runner.Recount(w.t.Context(), w.Workspace.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// next is when an enrollment goes on.
func (w *world) next(e sales.Enrollment) time.Time {
	w.t.Helper()
	is, err := w.Enrollment(w.t.Context(), w.Workspace.ID, e.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return is.NextAt
}

// dayOff adds a day off, by days from today on, and asks for everybody to be counted
// anew, as the desk does.
func (w *world) dayOff(days int) sales.DayOff {
	w.t.Helper()
	day := storetest.Now.AddDate(0, 0, days).Format(time.DateOnly)
	x := sales.DayOff{WorkspaceID: w.Workspace.ID, ID: w.NewID(), Name: "Retreat", From: day, To: day, CreatedAt: storetest.Now}
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddDaysOff(ctx, []sales.DayOff{x}); err != nil {
			return err
		}
		return tx.AskRecount(ctx, w.Workspace.ID, store.RecountOf{}, w.clock.Now())
	})
	return x
}

// plan sets the second step of the sequence: a call or a mail after some working days.
func (w *world) plan(kind sales.StepKind, days int) {
	w.t.Helper()
	w.Sequence.Steps[1].Kind, w.Sequence.Steps[1].Delay = kind, sales.Delay{N: days, Unit: sales.WorkingDays}
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, w.Sequence) })
}

// TestRecount: a day off that is added, and one that is taken away, moves whoever
// waits for a working day, over more than one page; who does not wait for one stays.
// It is looked at twice, and then no more.
func TestRecount(t *testing.T) {
	w := newWorld(t, 3)
	w.plan(sales.StepAutoMail, 3)
	friday := storetest.Now.AddDate(0, 0, 3)
	var list []sales.Enrollment
	for range 700 {
		e := sales.Enrollment{
			WorkspaceID: w.Workspace.ID, ID: w.NewID(), SequenceID: w.Sequence.ID, PersonID: w.People[0].ID, AccountID: w.People[0].AccountID, OwnerID: w.Seller.ID, MailboxID: w.Mailbox.ID,
			State: sales.Active, Position: 1, Mails: 1, StateAt: storetest.Now, NextAt: friday, Version: 1, LastStepAt: storetest.Now, EnrolledAt: storetest.Now,
		}
		list = append(list, e)
	}
	list[5].State, list[5].Until = sales.Paused, friday
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		for _, e := range list {
			if err := tx.InsertEnrollment(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if n := w.recounts(); n != 0 {
		t.Errorf("%d changed, and nobody asked", n)
	}
	x := w.dayOff(1)
	if n := w.recounts(); n != len(list)-1 {
		t.Errorf("%d of %d changed", n, len(list))
	}
	for i, e := range list {
		want := friday.AddDate(0, 0, 3) // Monday
		if i == 5 {
			want = friday
		}
		if at := w.next(e); !at.Equal(want) {
			t.Fatalf("the %d-th goes on at %s, want %s", i, at, want)
		}
	}
	// One that was written by the days as they were, while the first look went on.
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		e, err := tx.Enrollment(ctx, w.Workspace.ID, list[9].ID)
		if err != nil {
			return err
		}
		next := e
		next.NextAt, next.Version = friday, e.Version+1
		_, err = tx.Apply(ctx, e, sales.Decision{Next: next, Changed: true}, store.Subject{}, w.clock.Now())
		return err
	})
	if n := w.recounts(); n != 0 {
		t.Errorf("%d changed before the second look", n)
	}
	w.clock.set(w.clock.Now().Add(3 * time.Minute))
	if n := w.recounts(); n != 1 || !w.next(list[9]).Equal(friday.AddDate(0, 0, 3)) {
		t.Errorf("%d changed at the second look: %s", n, w.next(list[9]))
	}
	if _, more, err := w.Store.NextRecount(t.Context(), w.Workspace.ID, w.clock.Now().AddDate(1, 0, 0)); more || err != nil {
		t.Errorf("a third look is planned: %v", err)
	}
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		if err := tx.DeleteDayOff(ctx, w.Workspace.ID, x.ID); err != nil {
			return err
		}
		return tx.AskRecount(ctx, w.Workspace.ID, store.RecountOf{Sequence: w.Sequence.ID}, w.clock.Now())
	})
	if n := w.recounts(); n != len(list)-1 || !w.next(list[9]).Equal(friday) {
		t.Errorf("%d changed when the day off went: %s", n, w.next(list[9]))
	}
}

// TestRecountNoFlood: when days off that are none any more would bring a hundred
// calls at once, a day's worth comes now and the rest when it was to come, all the
// same after the second look.
func TestRecountNoFlood(t *testing.T) {
	w := newWorld(t, 100)
	w.plan(sales.StepCall, 2)
	late := storetest.Now.AddDate(0, 0, 9)
	var list []sales.Enrollment
	for i := range w.People {
		e := w.waiting(i, late)
		list = append(list, e)
	}
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		for _, e := range list {
			next := e
			next.Position, next.Mails, next.Version = 1, 1, e.Version+1
			if _, err := tx.Apply(ctx, e, sales.Decision{Next: next, Changed: true}, store.Subject{}, storetest.Now); err != nil {
				return err
			}
		}
		return tx.AskRecount(ctx, w.Workspace.ID, store.RecountOf{}, w.clock.Now())
	})
	now := storetest.Now.AddDate(0, 0, 3)
	w.clock.set(now)
	count := func() (soon int) {
		for _, e := range list {
			switch at := w.next(e); {
			case at.Equal(now):
				soon++
			case !at.Equal(late):
				t.Fatalf("at %s", at)
			}
		}
		return soon
	}
	if n := w.recounts(); n != engine.HandsADay || count() != engine.HandsADay {
		t.Errorf("%d, %d", n, count())
	}
	w.clock.set(now.Add(3 * time.Minute))
	if n := w.recounts(); n != 0 || count() != engine.HandsADay {
		t.Errorf("at the second look %d, %d", n, count())
	}
}

package runner_test

import (
	"context"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// change writes an absence over.
func (w *world) changeAbsence(a sales.Absence) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveAbsence(ctx, a) })
}

// TestAwayShortened: an absence that ends earlier brings everything back from then
// on in its order, and leaves alone what would come later anyhow.
func TestAwayShortened(t *testing.T) {
	w := newWorld(t, 4)
	w.change(func(m *sales.Mailbox) { m.Limits = sales.Limits{PerDay: 1} })
	a := w.away(0, 14, sales.AbsencePause, 0)
	var all []sales.Enrollment
	for i := range 4 {
		all = append(all, w.waiting(i, storetest.Now.AddDate(0, 0, []int{1, 0, 8, 10}[i])))
	}
	w.pass()
	w.clock.set(storetest.Now.AddDate(0, 0, 2)) // Thursday at nine
	a = w.absence(a.ID)
	a.To, a.State = w.clock.Now(), sales.AbsencePlanned
	w.changeAbsence(a)
	w.crash(1)
	w.pass()
	friday := time.Date(2026, 3, 6, 0, 0, 0, 0, lisbon(t))
	for i, want := range []time.Time{friday, a.To, all[2].NextAt, all[3].NextAt} {
		if got := w.enrollment(all[i].ID); !got.Until.Equal(want) {
			t.Errorf("%d comes back %v, want %v", i, got.Until, want)
		}
	}
	if w.absence(a.ID).State != sales.AbsenceOver {
		t.Error("it is not over")
	}
	if n := w.lines(0, "paused"); n != 1 {
		t.Errorf("%d lines about one pause", n)
	}
}

// TestAwayAgain: what has not come back when the next absence begins waits for its
// end, in the same order; and a time in which nothing ran is no flood either.
func TestAwayAgain(t *testing.T) {
	w := newWorld(t, 3)
	w.change(func(m *sales.Mailbox) { m.Limits = sales.Limits{PerDay: 1} })
	w.away(0, 2, sales.AbsencePause, 0)          // Tuesday and Wednesday: back on Thursday
	again := w.away(3, 3, sales.AbsencePause, 0) // Friday to Sunday
	var all []sales.Enrollment
	for i := range 3 {
		all = append(all, w.waiting(i, storetest.Now.Add(time.Duration(i)*time.Hour)))
	}
	w.pass()
	monday := time.Date(2026, 3, 9, 0, 0, 0, 0, lisbon(t))
	want := []time.Time{monday.AddDate(0, 0, -4), monday, monday.AddDate(0, 0, 1)}
	check := func(when string) {
		t.Helper()
		for i := range all {
			if got := w.enrollment(all[i].ID); !got.Until.Equal(want[i]) {
				t.Errorf("%s: %d comes back %v, want %v", when, i, got.Until, want[i])
			}
		}
	}
	check("at first")
	w.clock.set(again.From.Add(time.Hour))
	w.pass() // Thursday was missed: the one of Thursday waits too
	want = []time.Time{monday, monday.AddDate(0, 0, 1), monday.AddDate(0, 0, 2)}
	check("in the second absence")

	w.clock.set(again.To.AddDate(0, 0, 30))
	w.pass()
	if w.absence(again.ID).State != sales.AbsenceOver {
		t.Error("it is not over")
	}
}

// TestAwayMissed: when nothing ran during the absence, what it held up comes back
// in its order all the same.
func TestAwayMissed(t *testing.T) {
	w := newWorld(t, 40)
	w.change(func(m *sales.Mailbox) { m.Limits = sales.Limits{PerDay: 30} })
	a := w.away(0, 7, sales.AbsencePause, 0)
	for i := range 40 {
		w.waiting(i, storetest.Now.Add(time.Duration(i)*time.Hour))
	}
	w.clock.set(a.To.Add(9 * time.Hour)) // Tuesday at nine
	w.pass()
	if w.absence(a.ID).State != sales.AbsenceOver {
		t.Error("it is not over")
	}
	w.advance()
	n := 0
	for i := range 40 {
		list, err := w.EnrollmentsOf(t.Context(), w.Workspace.ID, w.People[i].ID)
		if err != nil {
			t.Fatal(err)
		}
		if list[0].Awaiting {
			n++
		}
	}
	if n > 1 { // the others of the day come second by second
		t.Errorf("%d begin at once", n)
	}
	if n := w.lines(39, "paused: the seller is back, it goes on in its turn"); n != 1 {
		t.Errorf("%d lines", n)
	}
}

// TestAwayEdited: a pass that works by an absence that was changed meanwhile stops.
func TestAwayEdited(t *testing.T) {
	w := newWorld(t, 120)
	a := w.away(0, 4, sales.AbsencePause, 0)
	for i := range 120 {
		w.waiting(i, storetest.Now.Add(time.Hour))
	}
	w.runner.Crash = func(string) {
		w.runner.Crash = nil
		a.To = a.To.AddDate(0, 0, 7)
		w.changeAbsence(a)
	}
	if n := w.pass(); n != 100 {
		t.Errorf("%d rows were written by the old absence", n)
	}
	w.pass()
	n := 0
	for i := range 120 {
		list, err := w.EnrollmentsOf(t.Context(), w.Workspace.ID, w.People[i].ID)
		if err != nil {
			t.Fatal(err)
		}
		if !list[0].Until.Before(a.To) {
			n++
		}
	}
	if n != 120 {
		t.Errorf("%d of 120 wait for the new end", n)
	}
}

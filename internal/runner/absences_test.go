package runner_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// lisbon is where the seller of the world works.
func lisbon(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// away plans an absence of the seller, by days from today on.
func (w *world) away(first, days int, mode sales.AbsenceMode, standIn sales.ID) sales.Absence {
	w.t.Helper()
	day := time.Date(2026, 3, 3+first, 0, 0, 0, 0, lisbon(w.t))
	a := sales.Absence{
		WorkspaceID: w.Workspace.ID, ID: w.NewID(), UserID: w.Seller.ID, From: day, To: day.AddDate(0, 0, days), Mode: mode, StandInID: standIn,
		State: sales.AbsencePlanned, CreatedAt: storetest.Now,
	}
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.InsertAbsence(ctx, a) })
	return a
}

// waiting puts the i-th person into the sequence, to go on at a moment.
func (w *world) waiting(i int, next time.Time) sales.Enrollment {
	w.t.Helper()
	p := w.People[i]
	e := sales.Enrollment{
		WorkspaceID: w.Workspace.ID, ID: w.NewID(), SequenceID: w.Sequence.ID, PersonID: p.ID, AccountID: p.AccountID, OwnerID: w.Seller.ID, MailboxID: w.Mailbox.ID,
		State: sales.Active, StateAt: storetest.Now, NextAt: next, Version: 1, LastStepAt: storetest.Now, EnrolledAt: storetest.Now,
	}
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.InsertEnrollment(ctx, e) })
	return e
}

// pass lets the absences go on, and says how many rows it wrote.
func (w *world) pass() int {
	w.t.Helper()
	n, err := w.runner.Absences(w.t.Context(), w.Workspace.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// crash lets a pass die after its nth transaction.
func (w *world) crash(nth int) {
	w.t.Helper()
	n := 0
	w.runner.Crash = func(point string) {
		if n++; n == nth {
			panic("killed at " + point)
		}
	}
	defer func() {
		w.runner.Crash = nil
		if recover() == nil {
			w.t.Errorf("the pass has only %d transactions", n)
		}
	}()
	w.pass()
}

// lines counts the ledger lines about a person that hold a text.
func (w *world) lines(i int, text string) int {
	w.t.Helper()
	list, err := w.MovesOf(w.t.Context(), w.Workspace.ID, w.People[i].ID, 100)
	if err != nil {
		w.t.Fatal(err)
	}
	n := 0
	for _, m := range list {
		if strings.Contains(m.Text, text) {
			n++
		}
	}
	return n
}

func (w *world) absence(id sales.ID) sales.Absence {
	w.t.Helper()
	a, err := w.Absence(w.t.Context(), w.Workspace.ID, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

// TestAwayComesBackInOrder: of 200 people whose next mail would have come during
// ten days, 30 a day come back, in their order, however often the pass is killed;
// and that is what goes out.
func TestAwayComesBackInOrder(t *testing.T) {
	const people = 200
	w := newWorld(t, people+4)
	w.change(func(m *sales.Mailbox) { m.Limits = sales.Limits{PerDay: 30} })
	a := w.away(1, 10, sales.AbsencePause, 0) // Wednesday 4 to Friday 13; back on Saturday, works on Monday 16
	var all []sales.Enrollment
	for i := range people {
		// Not in the order of their IDs.
		all = append(all, w.waiting(i, a.From.Add(time.Duration(i*7919%people)*(10*24*time.Hour)/people)))
	}
	later := w.waiting(people, a.To.Add(5*time.Hour))
	waits, byHand, queued := w.waiting(people+1, time.Time{}), w.waiting(people+2, time.Time{}), w.waiting(people+3, storetest.Now)
	w.advance() // the last one's mail is in the outbox
	w.decide(byHand.ID, sales.Event{Kind: sales.EvPause, Actor: sales.BySeller})
	w.decide(waits.ID, sales.Event{Kind: sales.EvNotNow, Until: a.To.AddDate(0, 0, 30)})
	if n := w.pass(); n != 0 {
		t.Fatalf("before the absence %d rows were written", n)
	}
	w.clock.set(a.From)
	w.crash(1)
	w.crash(1)
	w.pass()
	if n := w.pass(); n != 0 || w.absence(a.ID).State != sales.AbsenceNow {
		t.Errorf("another pass wrote %d rows", n)
	}
	if got := w.enrollment(later.ID); got.State != sales.Active || !got.NextAt.Equal(later.NextAt) {
		t.Errorf("what comes later was touched: %+v", got)
	}
	if got := w.enrollment(byHand.ID); got.Reason != sales.PausedManual {
		t.Errorf("who was paused by hand was touched: %+v", got)
	}
	if got := w.enrollment(waits.ID); got.Reason != sales.PausedNotNow || !got.Until.Equal(a.To.AddDate(0, 0, 30)) {
		t.Errorf("who waits for longer was touched: %+v", got)
	}
	if m := w.mailing(queued, 0); m.State != sales.MailingCanceled || w.enrollment(queued.ID).Reason != sales.PausedOwnerAway {
		t.Errorf("the mail in the outbox: %s, %+v", m.State, w.enrollment(queued.ID))
	}
	slices.SortFunc(all, func(x, y sales.Enrollment) int { return x.NextAt.Compare(y.NextAt) })
	last, days := time.Time{}, map[string]int{}
	for _, e := range all {
		got := w.enrollment(e.ID)
		if got.State != sales.Paused || got.Reason != sales.PausedOwnerAway || !got.Until.After(last) || got.Until.Before(a.To) {
			t.Fatalf("%v became %s %s until %v, after %v", e.NextAt, got.State, got.Reason, got.Until, last)
		}
		last = got.Until
		days[got.Until.In(lisbon(t)).Format("Mon 2 Jan")]++
	}
	// The one whose mail was in the outbox is the first of the first day.
	if want := map[string]int{"Mon 16 Mar": 29, "Tue 17 Mar": 30, "Wed 18 Mar": 30, "Thu 19 Mar": 30, "Fri 20 Mar": 30, "Mon 23 Mar": 30, "Tue 24 Mar": 21}; fmt.Sprint(days) != fmt.Sprint(want) {
		t.Errorf("they come back on %v, want %v", days, want)
	}
	if n := w.lines(0, "paused: the seller is away until Sat 14 Mar"); n != 1 {
		t.Errorf("%d lines say that they are away", n)
	}
	w.andGo(a, all)
}

// andGo lets the seller return, and counts what begins on which day.
func (w *world) andGo(a sales.Absence, all []sales.Enrollment) {
	w.t.Helper()
	w.clock.set(a.To)
	w.pass()
	if got := w.absence(a.ID); got.State != sales.AbsenceOver {
		w.t.Errorf("at the return it is %s", got.State)
	}
	begun := map[sales.ID]bool{}
	for day := range 12 {
		w.clock.set(a.To.AddDate(0, 0, day).Add(23 * time.Hour))
		w.advance()
		n := 0
		for i, e := range all {
			if !begun[e.ID] && w.enrollment(e.ID).Awaiting {
				begun[e.ID] = true
				n++
				if i > 0 && !begun[all[i-1].ID] {
					w.t.Fatalf("day %d: %v begins before %v", day, e.NextAt, all[i-1].NextAt)
				}
			}
		}
		if n > 30 {
			w.t.Errorf("%d begin on day %d", n, day)
		}
	}
	if len(begun) != len(all) {
		w.t.Errorf("%d of %d came back", len(begun), len(all))
	}
}

// TestAwayMeanwhile: what begins during the absence waits too, also when its timer
// is quicker than the pass.
func TestAwayMeanwhile(t *testing.T) {
	w := newWorld(t, 3)
	a := w.away(0, 4, sales.AbsencePause, 0) // today to Friday
	w.pass()
	first, second := w.waiting(0, storetest.Now.Add(50*time.Hour)), w.waiting(1, storetest.Now)
	w.advance() // the pass has not seen it
	if got := w.enrollment(second.ID); got.State != sales.Paused || !got.Until.Equal(engine.Unplaced(a)) || len(w.out()) > 0 {
		t.Fatalf("a step began while the seller is away: %+v", got)
	}
	w.pass()
	one, two := w.enrollment(first.ID), w.enrollment(second.ID)
	monday := time.Date(2026, 3, 9, 0, 0, 0, 0, lisbon(t))
	if !two.Until.Equal(monday) || !one.Until.Equal(monday.Add(time.Second)) {
		t.Errorf("they come back %v and %v", two.Until, one.Until)
	}
	w.decide(one.ID, sales.Event{Kind: sales.EvResume, Actor: sales.BySeller}) // by hand: it waits again
	w.pass()
	if got := w.enrollment(first.ID); got.Reason != sales.PausedOwnerAway || !got.Until.Equal(one.Until) {
		t.Errorf("%+v", got)
	}
	if n := w.pass(); n != 0 {
		t.Errorf("another pass wrote %d rows", n)
	}
	if n := w.lines(1, "the seller is away until Sat 7 Mar"); n != 1 {
		t.Errorf("%d lines", n)
	}
}

// TestAwayDrafts: a draft that waits for approval does not run out while the seller
// is away, and who waits for the buyer goes on.
func TestAwayDrafts(t *testing.T) {
	w := newWorld(t, 2)
	a := w.away(0, 20, sales.AbsencePause, 0)
	draft, theirs := w.waiting(0, time.Time{}), w.waiting(1, time.Time{})
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		for _, x := range []struct {
			e     sales.Enrollment
			state sales.EnrollmentState
		}{{draft, sales.WaitingHuman}, {theirs, sales.WaitingThem}} {
			next := x.e
			next.State, next.NextAt, next.Awaiting, next.Version = x.state, storetest.Now.AddDate(0, 0, 3), x.state == sales.WaitingHuman, 2
			if x.state == sales.WaitingThem {
				next.Position = 3
			}
			if _, err := tx.Apply(ctx, x.e, sales.Decision{Next: next, Changed: true}, store.Subject{}, storetest.Now); err != nil {
				return err
			}
		}
		return nil
	})
	w.pass()
	w.clock.set(storetest.Now.AddDate(0, 0, 4))
	w.advance()
	if got := w.enrollment(draft.ID); got.State != sales.WaitingHuman || !got.NextAt.Equal(a.To.Add(3*24*time.Hour)) {
		t.Errorf("the draft: %+v", got)
	}
	if got := w.enrollment(theirs.ID); got.State != sales.Finished {
		t.Errorf("who waits for the buyer: %+v", got)
	}
}

// TestAwayPutOffByHand: who is put off by hand during the absence stays put off,
// also when the absence ends before that.
func TestAwayPutOffByHand(t *testing.T) {
	w := newWorld(t, 1)
	a := w.away(0, 20, sales.AbsencePause, 0)
	e := w.waiting(0, storetest.Now.Add(time.Hour))
	w.pass()
	until := storetest.Now.AddDate(0, 0, 15)
	w.decide(e.ID, sales.Event{Kind: sales.EvPause, Actor: sales.BySeller})
	w.decide(e.ID, sales.Event{Kind: sales.EvPause, Actor: sales.BySeller, Until: until})
	w.pass()
	if got := w.enrollment(e.ID); got.Until.Before(a.To) {
		t.Errorf("%+v", got)
	}
	w.clock.set(storetest.Now.AddDate(0, 0, 6))
	a = w.absence(a.ID)
	a.To, a.State = w.clock.Now(), sales.AbsencePlanned
	w.changeAbsence(a)
	w.pass()
	if got := w.enrollment(e.ID); !got.Until.Equal(until) {
		t.Errorf("put off until %v, and comes back %v", until, got.Until)
	}
}

// TestAwayTasks: tasks are put off in their order, twenty a day, with the calls
// that would have come; an answer that somebody waits for is not.
func TestAwayTasks(t *testing.T) {
	w := newWorld(t, 45)
	a := w.away(0, 4, sales.AbsencePause, 0)
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		q := w.Sequence
		q.Steps[0].Kind = sales.StepCall
		return tx.SaveSequence(ctx, q)
	})
	open := func(i int, kind sales.TaskKind, due, snoozed time.Time) sales.Task {
		x := sales.Task{WorkspaceID: w.Workspace.ID, ID: w.NewID(), Key: fmt.Sprint("t", i), Kind: kind, PersonID: w.People[i].ID, UserID: w.Seller.ID, Title: "Call", CreatedAt: storetest.Now, DueAt: due, SnoozedUntil: snoozed}
		w.tx(func(ctx context.Context, tx *store.Tx) error { _, err := tx.OpenTask(ctx, x); return err })
		return x
	}
	var tasks []sales.Task
	for i := range 30 {
		tasks = append(tasks, open(i, sales.TaskCall, storetest.Now.Add(time.Duration(30-i)*time.Hour), time.Time{}))
	}
	answer, later := open(30, sales.TaskAnswer, storetest.Now, time.Time{}), open(31, sales.TaskDo, a.To.Add(time.Hour), time.Time{})
	mine := open(32, sales.TaskDo, storetest.Now, storetest.Now.Add(20*time.Hour))
	call := w.waiting(40, storetest.Now.Add(-time.Hour)) // before all of them
	w.pass()
	at := func(x sales.Task) time.Time {
		t.Helper()
		got, err := w.Task(t.Context(), w.Workspace.ID, x.ID)
		if err != nil {
			t.Fatal(err)
		}
		return got.SnoozedUntil
	}
	monday := time.Date(2026, 3, 9, 0, 0, 0, 0, lisbon(t))
	if got := w.enrollment(call.ID); !got.Until.Equal(monday) {
		t.Errorf("the call comes back %v", got.Until)
	}
	last, days := time.Time{}, map[string]int{}
	for i := len(tasks) - 1; i >= 0; i-- {
		got := at(tasks[i])
		if !got.After(last) {
			t.Fatalf("task %d is put off until %v, after %v", i, got, last)
		}
		last = got
		days[got.In(lisbon(t)).Format("Mon")]++
	}
	if days["Mon"]+days["Tue"] != 30 || days["Mon"] > 19 || days["Mon"] < 18 {
		t.Error(days)
	}
	if !at(answer).IsZero() || !at(later).IsZero() {
		t.Error("an answer, or what is due later, was put off")
	}
	if w.lines(0, "“Call” is put off until") != 1 || w.pass() != 0 {
		t.Error("said more than once, or written again")
	}
	// Back early: what the seller had put off themselves stays so.
	w.clock.set(storetest.Now.Add(2 * time.Hour))
	a = w.absence(a.ID)
	a.To, a.State = w.clock.Now(), sales.AbsencePlanned
	w.changeAbsence(a)
	w.pass()
	if got := at(mine); !got.Equal(mine.SnoozedUntil) {
		t.Errorf("it was put off until %v, and is until %v", mine.SnoozedUntil, got)
	}
	if got := at(tasks[29]); got.After(w.clock.Now().Add(time.Minute)) {
		t.Errorf("the first one comes back %v", got)
	}
	if got := at(tasks[0]); !got.IsZero() {
		t.Errorf("what is due later is put off until %v", got)
	}
}

// TestAwayOnDay: those of a date sequence come back at once: each step has its day.
func TestAwayOnDay(t *testing.T) {
	w := newWorld(t, 40)
	a := w.away(0, 4, sales.AbsencePause, 0)
	var all []sales.Enrollment
	for i := range 40 {
		e := w.waiting(i, storetest.Now.Add(time.Hour))
		next := e
		next.AnchorAt, next.Version = storetest.Now.AddDate(0, 0, 9), 2
		w.tx(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Apply(ctx, e, sales.Decision{Next: next, Changed: true}, store.Subject{}, storetest.Now)
			return err
		})
		all = append(all, e)
	}
	w.pass()
	for _, e := range all {
		if got := w.enrollment(e.ID); !got.Until.Equal(a.To) {
			t.Fatalf("%+v", got)
		}
	}
}

package engine_test

import (
	"testing"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
)

// waitsFor is an enrollment that waits three working days, from Tuesday 3 March on,
// for its second step.
func waitsFor(t *testing.T, kind sales.StepKind) *world {
	t.Helper()
	w := newWorld(t.Fatalf, sales.DefaultRules(), sales.StepAutoMail, kind, sales.StepTask)
	w.c.Plan.Steps[1].Delay = sales.Delay{N: 3, Unit: sales.WorkingDays}
	w.e.State, w.e.Position, w.e.Mails, w.e.LastStepAt, w.e.NextAt = sales.Active, 1, 1, start, start.AddDate(0, 0, 3)
	return w
}

func off(days ...string) *calendar.DaysOff {
	var list []sales.DayOff
	for _, d := range days {
		list = append(list, sales.DayOff{From: d, To: d, Name: "Retreat"})
	}
	return calendar.NewDaysOff(list)
}

// TestRecount: who waits for a working day waits by the days as they are now, later
// and earlier, and never for a moment that is over.
func TestRecount(t *testing.T) {
	friday, monday, later := start.AddDate(0, 0, 3), start.AddDate(0, 0, 6), start.AddDate(0, 0, 9)
	for _, x := range []struct {
		name      string
		kind      sales.StepKind
		off       *calendar.DaysOff
		next, now time.Time
		edit      func(*sales.Enrollment)
		want      time.Time
		soon      bool
	}{
		{"as it was", sales.StepCall, nil, friday, start, nil, friday, false},
		{"a day off more", sales.StepCall, off("2026-03-04"), friday, start, nil, monday, false},
		{"a day off after it", sales.StepCall, off("2026-03-09"), friday, start, nil, friday, false},
		{"a day off less", sales.StepAutoMail, nil, monday, start, nil, friday, false},
		{"it should have begun", sales.StepCall, nil, later, monday, nil, monday, true},
		{"held for another reason", sales.StepCall, nil, monday, start, func(e *sales.Enrollment) { e.HoldWhy = "the sequence is paused" }, monday, false},
		{"held, and later by the rule", sales.StepCall, off("2026-03-04"), friday, start, func(e *sales.Enrollment) { e.HoldWhy = "the sequence is paused" }, monday, false},
		{"a condition is asked every day", sales.StepCondition, nil, monday, start, nil, monday, false},
		{"on its way", sales.StepAutoMail, off("2026-03-04"), time.Time{}, start, func(e *sales.Enrollment) { e.Awaiting = true }, time.Time{}, false},
		{"paused until then", sales.StepAutoMail, off("2026-03-04"), friday, start, func(e *sales.Enrollment) { e.State, e.Until = sales.Paused, friday }, friday, false},
		{"behind the last step", sales.StepAutoMail, off("2026-03-04"), friday, start, func(e *sales.Enrollment) { e.Position = 3 }, friday, false},
	} {
		t.Run(x.name, func(t *testing.T) {
			w := waitsFor(t, x.kind)
			w.c.Calendar.Off, w.e.NextAt = x.off, x.next
			if x.edit != nil {
				x.edit(&w.e)
			}
			d, soon := engine.Recount(w.c, w.e, x.now)
			if !d.Next.NextAt.Equal(x.want) || soon != x.soon || d.Changed != !x.want.Equal(x.next) {
				t.Errorf("%s, %v (%v); want %s, %v", d.Next.NextAt, soon, d.Changed, x.want, x.soon)
			}
			if d.Changed && (d.Next.Version != w.e.Version+1 || d.Next.State != sales.Active || len(d.Effects)+len(d.Moves) > 0) {
				t.Errorf("%+v", d)
			}
			if again, _ := engine.Recount(w.c, d.Next, x.now); d.Changed && again.Changed {
				t.Errorf("counted twice it is %s", again.Next.NextAt)
			}
		})
	}
}

// TestEarlyTimer: a timer that was set by more working days than there are begins
// nothing before its day.
func TestEarlyTimer(t *testing.T) {
	w := waitsFor(t, sales.StepAutoMail)
	w.c.Calendar.Off = off("2026-03-04", "2026-03-06")
	w.now = w.e.NextAt
	d := w.tell(sales.Event{Kind: sales.EvTimer})
	if want := start.AddDate(0, 0, 7); d.Next.Awaiting || !d.Next.NextAt.Equal(want) || len(d.Effects) > 0 {
		t.Fatalf("%+v, want %s", d.Next, want)
	}
	w.now = w.e.NextAt
	if d := w.tell(sales.Event{Kind: sales.EvTimer}); !d.Next.Awaiting {
		t.Errorf("%+v", d.Next)
	}
}

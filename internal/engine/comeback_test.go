package engine_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
)

// back is a return on a Monday in Lisbon, after ten days.
func back(t *testing.T) (engine.ComeBack, time.Time) {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 30, 0, 0, 0, 0, loc) // the day after the clocks changed
	return engine.ComeBack{At: at, Calendar: calendar.For(sales.DefaultSettings()), Place: calendar.Place{Loc: loc, Zone: "Europe/Lisbon"}}, at.AddDate(0, 0, -10)
}

// TestComeBack: 200 mails and 50 calls of ten days, 30 mails a day.
func TestComeBack(t *testing.T) {
	c, from := back(t)
	const box sales.ID = 7
	c.Room = func(lane sales.ID, _ time.Time) int {
		if lane == box {
			return 30
		}
		return engine.HandsADay
	}
	c.Away = func(at time.Time) bool { return at.In(c.Place.Loc).Day() == 1 } // 1 April is off again
	var list []engine.Waiting
	for i := range 250 {
		w := engine.Waiting{ID: sales.ID(i), Lane: box, Moment: from.Add(time.Duration(i) * 57 * time.Minute)}
		if i%5 == 4 {
			w.Lane = engine.LaneHands
		}
		list = append(list, w)
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	got := c.Spread(list)
	type slot struct {
		w  engine.Waiting
		at time.Time
	}
	var slots []slot
	for i, w := range list {
		slots = append(slots, slot{w, got[i]})
	}
	slices.SortFunc(slots, func(a, b slot) int { return a.w.Moment.Compare(b.w.Moment) })
	for lane, want := range map[sales.ID][]string{
		box:              {"2026-03-30 30", "2026-03-31 30", "2026-04-02 30", "2026-04-03 30", "2026-04-06 30", "2026-04-07 30", "2026-04-08 20"},
		engine.LaneHands: {"2026-03-30 20", "2026-03-31 20", "2026-04-02 10"},
	} {
		counts, last := map[string]int{}, time.Time{}
		for _, s := range slots {
			if s.w.Lane != lane {
				continue
			}
			if !s.at.After(last) {
				t.Fatalf("lane %d: out of order: %v after %v", lane, s.at, last)
			}
			last = s.at
			counts[calendar.DayOf(s.at, c.Place)]++
		}
		var have []string
		for day, n := range counts {
			have = append(have, day+" "+sales.ID(n).String())
		}
		if slices.Sort(have); !slices.Equal(have, want) {
			t.Errorf("lane %d: %v, want %v", lane, have, want)
		}
	}
}

// TestComeBackLeavesAlone: what would have come later comes as it would have; what
// takes no room comes at once, and a few come on the first day.
func TestComeBackLeavesAlone(t *testing.T) {
	c, from := back(t)
	later := c.At.Add(77 * time.Hour)
	got := c.Spread([]engine.Waiting{
		{ID: 1, Moment: later, Lane: 9}, {ID: 2, Moment: c.At, Lane: 9}, {ID: 4, Moment: from, Lane: 9}, {ID: 3, Moment: from, Lane: 9}, {ID: 5, Moment: from, Lane: engine.LaneNone},
	})
	want := []time.Time{later, c.At, c.At.Add(time.Second), c.At, c.At}
	for i := range want {
		if !got[i].Equal(want[i]) {
			t.Errorf("%d: %v, want %v", i, got[i], want[i])
		}
	}
}

// TestComeBackOddly: a return in the middle of a Saturday, a week without working
// days, and no room at all.
func TestComeBackOddly(t *testing.T) {
	c, from := back(t)
	c.At = c.At.AddDate(0, 0, -2).Add(14 * time.Hour)
	one := []engine.Waiting{{ID: 1, Moment: from}}
	if got := c.Spread(one)[0]; !got.Equal(c.At.AddDate(0, 0, 2).Add(-14 * time.Hour)) {
		t.Errorf("from a Saturday on: %v", got)
	}
	c.At = c.At.AddDate(0, 0, 3)
	if got := c.Spread(one)[0]; !got.Equal(c.At) {
		t.Errorf("in the middle of a Tuesday: %v", got)
	}
	c.Calendar.Windows = sales.WeekWindows{}
	if got := c.Spread(one)[0]; !got.Equal(c.At) {
		t.Errorf("without any working day: %v", got)
	}
	c, from = back(t)
	c.Room = func(sales.ID, time.Time) int { return 0 }
	list := make([]engine.Waiting, 600)
	for i := range list {
		list[i] = engine.Waiting{ID: sales.ID(i + 1), Moment: from}
	}
	got := c.Spread(list)
	if !slices.IsSortedFunc(got, time.Time.Compare) || !got[0].Equal(c.At) || got[599].After(c.At.AddDate(3, 0, 0)) {
		t.Errorf("without room: %v to %v", got[0], got[599])
	}
	if len(c.Spread(nil)) != 0 {
		t.Error("nothing comes back as something")
	}
}

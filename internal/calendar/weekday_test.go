package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"ninetyten/internal/sales"
)

func on(days ...time.Weekday) (w [7]bool) {
	for _, d := range days {
		w[d] = true
	}
	return w
}

func TestOnWeekday(t *testing.T) {
	def := For(sales.DefaultSettings())
	def.Off = offDays()
	berlin := place(t, "Europe/Berlin", "DE")
	for _, tt := range []struct {
		name   string
		c      Calendar
		t      string
		days   [7]bool
		minute int
		want   string
	}{
		{"it is one", def, "2026-11-17T09:00:00.5Z", on(time.Tuesday), 0, "2026-11-17T09:00:00.5Z"},
		{"later that day", def, "2026-11-17T05:00:00Z", on(time.Tuesday), 0, "2026-11-17T07:30:00Z"},
		{"not before ten", def, "2026-11-17T05:00:00Z", on(time.Tuesday), 600, "2026-11-17T09:00:00Z"},
		{"not before noon", def, "2026-11-17T05:00:00Z", on(time.Tuesday), 720, "2026-11-17T12:30:00Z"},
		{"the day is over and the next one free", def, "2026-11-17T17:00:00Z", on(time.Tuesday), 0, "2026-12-01T07:30:00Z"},
		{"one of two", def, "2026-11-17T17:00:00Z", on(time.Tuesday, time.Thursday), 0, "2026-11-19T07:30:00Z"},
		{"any day", def, "2026-11-20T17:00:00Z", on(), 600, "2026-11-23T09:00:00Z"},
		{"no hours on that day", def, "2026-11-17T09:00:00Z", on(time.Sunday), 0, "2026-11-21T23:00:00Z"},
		{"no hours so late", def, "2026-11-17T09:00:00Z", on(time.Wednesday), 1200, "2026-11-18T19:00:00Z"},
		{"no hours at all", Calendar{}, "2026-11-17T09:00:00Z", on(time.Tuesday), -1, "2026-11-17T09:00:00Z"},
		{"a clock change on Sunday", Calendar{}, "2026-03-28T12:00:00Z", on(time.Sunday), 150, "2026-03-29T01:00:00Z"},
	} {
		if got := tt.c.OnWeekday(when(t, tt.t), tt.days, tt.minute, berlin); !got.Equal(when(t, tt.want)) {
			t.Errorf("%s: %s, want %s", tt.name, got.Format(time.RFC3339Nano), tt.want)
		}
	}
}

func TestOnWeekdayProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, p, from := drawCase(t)
		var days [7]bool
		for d := range days {
			days[d] = rapid.Bool().Draw(t, "day")
		}
		minute := rapid.SampledFrom([]int{-1, 0, 90, 600, 1439}).Draw(t, "minute")
		meant := func(at time.Time) bool {
			l := at.In(p.Loc)
			return (days == [7]bool{} || days[l.Weekday()]) && l.Hour()*60+l.Minute() >= minute
		}
		got := c.OnWeekday(from, days, minute, p)
		if got.Before(from) || !meant(got) {
			// A zone that left a day out may leave no such minute within two weeks.
			t.Fatalf("OnWeekday(%s in %s, %v, %d) = %s", from, p.Zone, days, minute, got)
		}
		for x := from; x.Before(got) && x.Sub(from) < 72*time.Hour; x = x.Truncate(time.Minute).Add(time.Minute) {
			if meant(x) && c.Allowed(x, p) {
				t.Fatalf("OnWeekday(%s in %s, %v, %d) = %s, but %s would do", from, p.Zone, days, minute, got, x)
			}
		}
		if again := c.OnWeekday(got, days, minute, p); c.Allowed(got, p) && !again.Equal(got) {
			t.Fatalf("again: %s, then %s", got, again)
		}
	})
}

func TestAddWorkingDays(t *testing.T) {
	c := For(sales.DefaultSettings())
	lisbon := place(t, "Europe/Lisbon", "PT")
	for _, tt := range []struct {
		n    int
		want string
	}{
		{0, "2026-12-02T10:15:00Z"}, {1, "2026-12-03T10:15:00Z"}, {4, "2026-12-09T10:15:00Z"}, // 8 December is free
		{-1, "2026-11-30T10:15:00Z"}, {-2, "2026-11-27T10:15:00Z"}, // so is the 1st
	} {
		if got := c.AddWorkingDays(when(t, "2026-12-02T10:15:00Z"), tt.n, lisbon); !got.Equal(when(t, tt.want)) {
			t.Errorf("%d: %s, want %s", tt.n, got, tt.want)
		}
	}
	if got := (Calendar{}).AddWorkingDays(when(t, "2026-12-02T10:15:00Z"), -3, lisbon); !got.Equal(when(t, "2026-11-29T10:15:00Z")) {
		t.Errorf("without windows days are plain: %s", got)
	}
}

func TestWorkingDaysThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, p, from := drawCase(t)
		if !c.WorkingDay(from, p) || p.Zone == "Pacific/Apia" {
			return
		}
		n := rapid.IntRange(1, 40).Draw(t, "n")
		there := c.AddWorkingDays(from, n, p)
		if back := c.AddWorkingDays(there, -n, p); back.In(p.Loc).Format(time.DateOnly) != from.In(p.Loc).Format(time.DateOnly) {
			t.Fatalf("%d working days after %s in %s is %s, and back %s", n, from, p.Zone, there, back)
		}
	})
}

func TestDateAt(t *testing.T) {
	berlin := place(t, "Europe/Berlin", "DE")
	noon := when(t, "2027-03-28T12:00:00Z")
	for _, tt := range []struct {
		offset, minute int
		want           string
	}{
		{0, 600, "2027-03-28T08:00:00Z"}, {-1, 600, "2027-03-27T09:00:00Z"}, {0, 150, "2027-03-28T01:30:00Z"}, {-30, -1, "2027-02-25T23:00:00Z"},
	} {
		if got := (Calendar{}).DateAt(noon, tt.offset, tt.minute, berlin); !got.Equal(when(t, tt.want)) {
			t.Errorf("%+v: %s", tt, got)
		}
	}
}

package waiting_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
	"ninetyten/internal/waiting"
)

func clock(off *calendar.DaysOff, away ...calendar.Span) waiting.Clock {
	s := sales.DefaultSettings() // calls from 8:30 to 17:30
	return waiting.For(s, calendar.WorkHours(s, off, calendar.Resolve("Europe/Lisbon", "", "", "", "", ""), away...))
}

// came is an answer at a moment that has 15 minutes.
func came(c waiting.Clock, at time.Time) sales.Task {
	return sales.Task{Kind: sales.TaskAnswer, CreatedAt: at, DueAt: c.Hours.After(at, 15*time.Minute)}
}

// TestRead: on Tuesday 24 November 2026 and around it, in Lisbon.
func TestRead(t *testing.T) {
	at := func(day, h, m int) time.Time { return time.Date(2026, 11, day, h, m, 0, 0, time.UTC) }
	away := calendar.Span{From: at(25, 0, 0), To: at(27, 0, 0)}
	retreat := calendar.NewDaysOff([]sales.DayOff{{Name: "Retreat", From: "2026-11-25", To: "2026-11-25"}})
	min := time.Minute
	for name, x := range map[string]struct {
		c         waiting.Clock
		came, now time.Time
		want      waiting.Reading
	}{
		"just now":               {clock(nil), at(24, 10, 0), at(24, 10, 5), waiting.Reading{Waited: 5 * min, Left: 10 * min, Until: at(24, 17, 30)}},
		"missed":                 {clock(nil), at(24, 10, 0), at(24, 10, 25), waiting.Reading{Waited: 25 * min, Over: 10 * min, Past: true, Until: at(24, 17, 30)}},
		"alarm":                  {clock(nil), at(24, 10, 0), at(24, 11, 0), waiting.Reading{Waited: 60 * min, Over: 45 * min, Past: true, Alarm: true, Until: at(24, 17, 30)}},
		"at night":               {clock(nil), at(24, 23, 0), at(25, 8, 5), waiting.Reading{Left: 15 * min, From: at(25, 8, 30)}},
		"the morning after":      {clock(nil), at(24, 23, 0), at(25, 8, 40), waiting.Reading{Waited: 10 * min, Left: 5 * min, Until: at(25, 17, 30)}},
		"over the night":         {clock(nil), at(24, 17, 25), at(25, 8, 35), waiting.Reading{Waited: 10 * min, Left: 5 * min, Until: at(25, 17, 30)}},
		"over the weekend":       {clock(nil), at(27, 17, 0), at(29, 12, 0), waiting.Reading{Waited: 30 * min, Over: 15 * min, Past: true, From: at(30, 8, 30)}},
		"over a day off":         {clock(retreat), at(24, 17, 25), at(26, 8, 35), waiting.Reading{Waited: 10 * min, Left: 5 * min, Until: at(26, 17, 30)}},
		"on a day off":           {clock(retreat), at(24, 17, 25), at(25, 12, 0), waiting.Reading{Waited: 5 * min, Left: 10 * min, From: at(26, 8, 30)}},
		"over an absence":        {clock(nil, away), at(24, 17, 20), at(27, 9, 30), waiting.Reading{Waited: 70 * min, Over: 55 * min, Past: true, Alarm: true, Until: at(27, 17, 30)}},
		"during an absence":      {clock(nil, away), at(25, 10, 0), at(26, 16, 0), waiting.Reading{Left: 15 * min, From: at(27, 8, 30)}},
		"an absence that begins": {clock(nil, away), at(24, 17, 0), at(26, 16, 0), waiting.Reading{Waited: 30 * min, Over: 15 * min, Past: true, From: at(27, 8, 30)}},
	} {
		if got := x.c.Read(came(x.c, x.came), x.now); got != x.want {
			t.Errorf("%s:\n%+v, want\n%+v", name, got, x.want)
		}
	}
	c := clock(nil)
	whose := sales.Task{Kind: sales.TaskConfirm, CreatedAt: at(24, 9, 0), DueAt: at(24, 17, 0)}
	if r := c.Read(whose, at(25, 8, 50)); r.Alarm || r.Over != 50*min {
		t.Errorf("a question whose mail it is: %+v", r)
	}
	if r := c.Read(whose, at(25, 9, 0)); !r.Alarm {
		t.Errorf("an hour later: %+v", r)
	}
	if by, late := c.Late(at(24, 23, 0), at(25, 8, 5)); late || by != 0 {
		t.Error("late at 08:05", by)
	}
	if by, late := c.Late(at(24, 23, 0), at(25, 9, 40)); !late || by != 10*min {
		t.Error("not late at 09:40", by)
	}
}

// TestReadProperties: whatever the zone, the clock changes, days off and absences,
// what has waited never shrinks, no alarm is before the hour or before it was due,
// and none begins while nobody works.
func TestReadProperties(t *testing.T) {
	zones := []string{"UTC", "Europe/Lisbon", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu"}
	rapid.Check(t, func(t *rapid.T) {
		s := sales.DefaultSettings()
		s.CallWindow.From = rapid.IntRange(0, 1000).Draw(t, "from")
		s.CallWindow.To = s.CallWindow.From + rapid.IntRange(1, 1440-s.CallWindow.From).Draw(t, "long")
		at := time.Unix(rapid.Int64Range(1_750_000_000, 1_830_000_000).Draw(t, "at"), 0).UTC() // DST changes of three years
		p := calendar.Resolve(rapid.SampledFrom(zones).Draw(t, "zone"), rapid.SampledFrom([]string{"", "PT", "US"}).Draw(t, "country"), "", "", "", "")
		off := calendar.NewDaysOff([]sales.DayOff{{Name: "x", From: at.AddDate(0, 0, 1).Format(time.DateOnly), To: at.AddDate(0, 0, rapid.IntRange(1, 4).Draw(t, "off")).Format(time.DateOnly)}})
		away := calendar.Span{From: at.Add(time.Duration(rapid.IntRange(-2000, 4000).Draw(t, "away")) * time.Minute)}
		away.To = away.From.Add(time.Duration(rapid.IntRange(1, 9000).Draw(t, "days")) * time.Minute)
		c := waiting.For(s, calendar.WorkHours(s, off, p, away))
		task := came(c, at)
		var before waiting.Reading
		for now := at; now.Before(at.AddDate(0, 0, 12)); now = now.Add(time.Duration(rapid.IntRange(1, 900).Draw(t, "step")) * time.Minute) {
			r := c.Read(task, now)
			if r.Waited < before.Waited || before.Past && !r.Past || before.Alarm && !r.Alarm || r.Left > 15*time.Minute {
				t.Fatalf("%s: %+v, before %+v", now, r, before)
			}
			if r.Alarm && (r.Waited < time.Hour || !r.Past) || !r.Past && r.Waited > 15*time.Minute {
				t.Fatalf("%s: %+v", now, r)
			}
			if r.From.IsZero() == r.Until.IsZero() || !r.From.IsZero() && (c.Hours.Between(now, r.From) != 0 || !r.From.After(now)) {
				t.Fatalf("%s: counts on from %s, runs until %s", now, r.From, r.Until)
			}
			before = r
		}
	})
}

func TestMedian(t *testing.T) {
	for want, list := range map[time.Duration][]time.Duration{0: nil, 3: {3}, 4: {7, 1}, 5: {9, 5, 1}, 6: {9, 7, 5, 1}} {
		if got := waiting.Median(list); got != want {
			t.Errorf("%v: %d, want %d", list, got, want)
		}
	}
}

package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"ninetyten/internal/sales"
)

// TestHoursProperties: around clock changes, with holidays, days off and absences,
// what is counted is what is plainly allowed, minute by minute; time never runs
// back; and After is the inverse of Between.
func TestHoursProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, p, a := drawCase(t)
		a = a.Truncate(time.Minute)
		if rapid.Bool().Draw(t, "a day off") {
			day := a.In(p.Loc).AddDate(0, 0, rapid.IntRange(-1, 2).Draw(t, "which")).Format(time.DateOnly)
			c.Off = NewDaysOff([]sales.DayOff{{Name: "Retreat", From: day, To: day}})
		}
		h := Hours{Calendar: c, Place: p}
		for range rapid.IntRange(0, 3).Draw(t, "absences") {
			from := a.Add(time.Duration(rapid.IntRange(-600, 2000).Draw(t, "from")) * time.Minute)
			h.Away = append(h.Away, Span{From: from, To: from.Add(time.Duration(rapid.IntRange(-10, 1500).Draw(t, "long")) * time.Minute)})
		}
		if !hasWindows(c.Windows) {
			return
		}
		var want time.Duration
		b := a
		for range rapid.IntRange(1, 2500).Draw(t, "minutes") {
			if works(h, b) {
				want += time.Minute
			}
			if until, ok := h.Open(b); ok != works(h, b) || ok && !until.After(b) {
				t.Fatalf("%s: open %v until %s, plainly %v", b, ok, until, works(h, b))
			}
			b = b.Add(time.Minute)
		}
		if got := h.Between(a, b); got != want {
			t.Fatalf("%s to %s: %s, plainly %s", a, b, got, want)
		}
		if got := h.UpTo(a, b, time.Hour); got != min(want, time.Hour) {
			t.Fatalf("up to an hour: %s of %s", got, want)
		}
		d := time.Duration(rapid.IntRange(0, int(want/time.Minute)).Draw(t, "d")) * time.Minute
		at := h.After(a, d)
		if at.Before(a) || h.Between(a, at) != d {
			t.Fatalf("%s after %s is %s, which is %s away", d, a, at, h.Between(a, at))
		}
		if want > 0 && d == 0 && !works(h, at) {
			t.Fatalf("the first working moment after %s is not %s", a, at)
		}
		if later := h.After(a, d+time.Minute); later.Before(at) {
			t.Fatalf("a minute more is due before: %s and %s", at, later)
		}
	})
}

// works says it in the slow and simple way.
func works(h Hours, t time.Time) bool {
	for _, s := range h.Away {
		if !t.Before(s.From) && t.Before(s.To) {
			return false
		}
	}
	if h.Calendar.Off != nil {
		if _, off := h.Calendar.Off.Name(t.In(h.Place.Loc), h.Place); off {
			return false
		}
	}
	return plainlyAllowed(h.Calendar, t, h.Place)
}

// TestHoursWithout: who has no hours at all works always, but for absences.
func TestHoursWithout(t *testing.T) {
	at := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	h := Hours{Away: []Span{{at.Add(time.Hour), at.Add(3 * time.Hour)}}}
	if got := h.After(at, 2*time.Hour); !got.Equal(at.Add(4 * time.Hour)) {
		t.Error(got)
	}
	if got := h.Between(at, at.Add(5*time.Hour)); got != 3*time.Hour {
		t.Error(got)
	}
	never := Hours{Calendar: CallHours(sales.DefaultSettings()), Away: []Span{{at, at.AddDate(3, 0, 0)}}}
	if got := never.After(at, time.Hour); !got.Equal(at.Add(time.Hour)) {
		t.Errorf("somebody who never comes back: %s", got)
	}
}

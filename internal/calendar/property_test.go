package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"ninetyten/internal/sales"
)

// Zones with odd offsets, odd clock changes and days left out.
func oddZones() []string {
	return []string{
		"UTC", "Europe/Lisbon", "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/Sao_Paulo", "America/Havana",
		"America/St_Johns", "America/Caracas", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran", "Asia/Gaza", "Asia/Pyongyang",
		"Africa/Casablanca", "Africa/Cairo", "Australia/Lord_Howe", "Australia/Eucla", "Pacific/Apia", "Pacific/Chatham",
		"Pacific/Kiritimati", "Pacific/Auckland", "Antarctica/Troll", "America/Godthab",
	}
}

func drawCase(t *rapid.T) (Calendar, Place, time.Time) {
	var c Calendar
	for d := range c.Windows {
		for range rapid.IntRange(0, 2).Draw(t, "windows") {
			from := rapid.IntRange(-10, 1439).Draw(t, "from")
			c.Windows[d] = append(c.Windows[d], sales.Window{From: from, To: from + rapid.IntRange(-5, 400).Draw(t, "long")})
		}
	}
	c.Holidays = rapid.Bool().Draw(t, "holidays")
	p := Resolve(rapid.SampledFrom(oddZones()).Draw(t, "zone"), rapid.SampledFrom(Countries()).Draw(t, "country"), "", "", "", "")
	// Around the clock changes often, anywhere between 2000 and 2045 else.
	u := rapid.Int64Range(946684800, 2366841600).Draw(t, "u")
	if rapid.Bool().Draw(t, "near a change") {
		if pe := periodAt(u, p.Loc); pe.to != forever {
			u = pe.to + rapid.Int64Range(-2*daySecs, daySecs).Draw(t, "off")
		}
	}
	return c, p, time.Unix(u, rapid.SampledFrom([]int64{0, 1, 999_999_999}).Draw(t, "ns")).UTC()
}

// plainlyAllowed says it in the slow and simple way.
func plainlyAllowed(c Calendar, t time.Time, p Place) bool {
	l := t.In(p.Loc)
	if c.Holidays {
		if _, ok := Holiday(p.Country, p.Subdivision, l); ok {
			return false
		}
	}
	m := l.Hour()*60 + l.Minute()
	for _, w := range c.Windows[l.Weekday()] {
		if w.From <= m && m < w.To {
			return true
		}
	}
	return false
}

func TestNextProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, p, from := drawCase(t)
		if c.Allowed(from, p) != plainlyAllowed(c, from, p) {
			t.Fatalf("Allowed(%s in %s) = %v", from, p.Zone, c.Allowed(from, p))
		}
		got, why := c.Next(from, p)
		if got.IsZero() {
			if hasWindows(c.Windows) && why == "" {
				t.Fatal("zero without a reason")
			}
			return
		}
		if got.Before(from) || !plainlyAllowed(c, got, p) || (why == "") != got.Equal(from) {
			t.Fatalf("Next(%s in %s) = %s, %q", from, p.Zone, got, why)
		}
		if again, w := c.Next(got, p); !again.Equal(got) || w != "" {
			t.Fatalf("Next of Next moved from %s to %s", got, again)
		}
		// No allowed minute in between (offsets of whole minutes since 2000).
		for x := from; x.Before(got) && x.Sub(from) < 72*time.Hour; x = x.Truncate(time.Minute).Add(time.Minute) {
			if plainlyAllowed(c, x, p) {
				t.Fatalf("Next(%s in %s) = %s, but %s is allowed", from, p.Zone, got, x)
			}
		}
	})
}

func TestDelayProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, p, from := drawCase(t)
		unit := rapid.SampledFrom([]sales.DelayUnit{sales.Minutes, sales.Hours, sales.Days, sales.WorkingDays}).Draw(t, "unit")
		n := rapid.IntRange(0, 60).Draw(t, "n")
		got := c.AddDelay(from, sales.Delay{N: n, Unit: unit}, p)
		next := c.AddDelay(from, sales.Delay{N: n + 1, Unit: unit}, p)
		if got.Before(from) || next.Before(got) {
			t.Fatalf("%d %s after %s is %s, one more is %s", n, unit, from, got, next)
		}
		if n > 0 && unit == sales.WorkingDays && hasWindows(c.Windows) && !c.WorkingDay(got, p) {
			// A day left out by a zone that crossed the date line gives the day after.
			if p.Zone != "Pacific/Apia" {
				t.Fatalf("%d working days after %s is %s: no working day", n, from, got)
			}
		}
		if start := DayStart(from, p.Loc); start.After(from) || start.In(p.Loc).YearDay() != from.In(p.Loc).YearDay() || start.Add(-time.Second).In(p.Loc).YearDay() == start.In(p.Loc).YearDay() {
			t.Fatalf("DayStart(%s in %s) = %s", from, p.Zone, start)
		}
	})
}

func FuzzNext(f *testing.F) {
	f.Add(int64(1764000000), 510, 690, "Europe/Lisbon", "PT", byte(0x3e))
	f.Add(int64(-62135596800), 0, 1440, "America/St_Johns", "CA", byte(0xff))
	f.Add(int64(253402300799), 150, 160, "Europe/Berlin", "DE", byte(1))
	f.Fuzz(func(t *testing.T, u int64, from, to int, zone, country string, days byte) {
		var c Calendar
		for d := range c.Windows {
			if days>>d&1 == 1 {
				c.Windows[d] = []sales.Window{{From: from, To: to}}
			}
		}
		c.Holidays = days>>7 == 1
		p := Resolve(zone, country, "", "", "", "")
		at := time.Unix(u%(1<<40), 0)
		got, why := c.Next(at, p)
		if got.IsZero() && why == "" && !at.IsZero() {
			t.Fatal("zero without a reason")
		}
		if !got.IsZero() && (got.Before(at) || !c.Allowed(got, p)) {
			t.Fatalf("Next(%s) = %s, %q", at, got, why)
		}
		c.AddDelay(at, sales.Delay{N: from, Unit: sales.WorkingDays}, p)
		if n := RampCap(sales.Limits{PerDay: to, RampStart: from, RampStep: 1}, time.Unix(u%(1<<33), 0), at, p, c); n < 0 || n > max(to, 0) {
			t.Fatalf("RampCap = %d of %d", n, to)
		}
	})
}

func BenchmarkNext(b *testing.B) {
	c, p := For(sales.DefaultSettings()), place(b, "Europe/Lisbon", "GB")
	b.Run("allowed", func(b *testing.B) {
		t := when(b, "2026-11-24T09:00:00Z")
		for b.Loop() {
			c.Next(t, p)
		}
	})
	b.Run("weekend", func(b *testing.B) {
		t := when(b, "2026-11-28T09:00:00Z")
		for b.Loop() {
			c.Next(t, p)
		}
	})
}

func BenchmarkHoliday(b *testing.B) {
	for b.Loop() {
		holidayOn("US", "", 20781)
	}
}

func BenchmarkRampCap(b *testing.B) {
	c, p := For(sales.DefaultSettings()), place(b, "Europe/Lisbon", "GB")
	l, from, now := sales.DefaultLimits(), when(b, "2026-06-01T09:00:00Z"), when(b, "2026-11-28T09:00:00Z")
	for b.Loop() {
		RampCap(l, from, now, p, c)
	}
}

func BenchmarkResolve(b *testing.B) {
	var z Zones
	b.Run("remembered", func(b *testing.B) {
		for b.Loop() {
			z.Resolve("Europe/Lisbon", "PT", "", "", "", "")
		}
	})
	b.Run("loaded", func(b *testing.B) {
		for b.Loop() {
			Resolve("Europe/Lisbon", "PT", "", "", "", "")
		}
	})
}

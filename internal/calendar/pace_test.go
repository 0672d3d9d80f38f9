package calendar

import (
	"testing"
	"time"

	"ninetyten/internal/sales"
)

func TestAddDelay(t *testing.T) {
	def := For(sales.DefaultSettings())
	tests := []struct {
		name, zone, country, from string
		n                         int
		unit                      sales.DelayUnit
		want                      string
	}{
		{"minutes", "Europe/Berlin", "DE", "2026-03-29T00:30:00Z", 90, sales.Minutes, "2026-03-29T02:00:00Z"},
		{"hours", "Europe/Berlin", "DE", "2026-03-29T00:30:00Z", 24, sales.Hours, "2026-03-30T00:30:00Z"},
		{"days keep the local time over the clock change", "Europe/Berlin", "DE", "2026-03-28T12:00:00.25Z", 1, sales.Days, "2026-03-29T11:00:00.25Z"},
		{"days back", "Europe/Berlin", "DE", "2026-10-24T12:00:00Z", 2, sales.Days, "2026-10-26T13:00:00Z"},
		{"into the gap", "Europe/Berlin", "DE", "2026-03-28T01:30:00Z", 1, sales.Days, "2026-03-29T01:30:00Z"},
		{"into the overlap: the first", "Europe/Berlin", "DE", "2026-10-24T00:30:00Z", 1, sales.Days, "2026-10-25T00:30:00Z"},
		{"leap day", "UTC", "", "2028-02-28T10:00:00Z", 1, sales.Days, "2028-02-29T10:00:00Z"},
		{"leap year after a year", "UTC", "", "2028-02-29T10:00:00Z", 366, sales.Days, "2029-03-01T10:00:00Z"},
		{"day left out", "Pacific/Apia", "", "2011-12-30T00:00:00Z", 1, sales.Days, "2011-12-31T00:00:00Z"},
		{"friday plus one working day", "Europe/Lisbon", "PT", "2026-11-27T10:00:00Z", 1, sales.WorkingDays, "2026-11-30T10:00:00Z"},
		{"holiday does not count", "Europe/Lisbon", "PT", "2026-11-30T10:00:00Z", 1, sales.WorkingDays, "2026-12-02T10:00:00Z"},
		{"from a Saturday", "Europe/Lisbon", "PT", "2026-11-28T10:00:00Z", 1, sales.WorkingDays, "2026-11-30T10:00:00Z"},
		{"christmas", "Europe/London", "GB", "2026-12-24T10:00:00Z", 3, sales.WorkingDays, "2026-12-31T10:00:00Z"},
		{"none", "Europe/Lisbon", "PT", "2026-11-28T10:00:00Z", 0, sales.WorkingDays, "2026-11-28T10:00:00Z"},
		{"negative is none", "Europe/Lisbon", "PT", "2026-11-28T10:00:00Z", -3, sales.Days, "2026-11-28T10:00:00Z"},
		{"the local day counts", "Pacific/Auckland", "", "2026-11-26T20:00:00Z", 1, sales.WorkingDays, "2026-11-29T20:00:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := def.AddDelay(when(t, tt.from), sales.Delay{N: tt.n, Unit: tt.unit}, place(t, tt.zone, tt.country))
			if !got.Equal(when(t, tt.want)) {
				t.Errorf("got %s, want %s", got.Format(time.RFC3339Nano), tt.want)
			}
		})
	}
	// Without windows working days are plain days, and a huge number ends.
	if got := (Calendar{}).AddDelay(when(t, "2026-11-27T10:00:00Z"), sales.Delay{N: 2, Unit: sales.WorkingDays}, Place{}); !got.Equal(when(t, "2026-11-29T10:00:00Z")) {
		t.Errorf("no windows: %s", got)
	}
	var sunday Calendar
	sunday.Windows[time.Sunday] = []sales.Window{{From: 60, To: 120}}
	got := sunday.AddDelay(when(t, "2026-11-27T10:00:00Z"), sales.Delay{N: 1 << 40, Unit: sales.WorkingDays}, Place{})
	if want := when(t, "2026-11-29T10:00:00Z").AddDate(0, 0, 7*(maxDelay-1)); !got.Equal(want) {
		t.Errorf("huge: %s, want %s", got, want)
	}
}

func TestRampCap(t *testing.T) {
	c, p := For(sales.DefaultSettings()), place(t, "Europe/Lisbon", "PT")
	l := sales.DefaultLimits()
	from := when(t, "2026-11-24T15:00:00Z") // a Tuesday
	tests := []struct {
		now  string
		want int
	}{
		{"2026-11-20T09:00:00Z", 5}, // before it begins
		{"2026-11-24T16:00:00Z", 5},
		{"2026-11-25T00:00:00Z", 7},
		{"2026-11-27T23:00:00Z", 11},
		{"2026-11-29T10:00:00Z", 11}, // the weekend adds nothing
		{"2026-11-30T10:00:00Z", 13},
		{"2026-12-01T10:00:00Z", 13}, // a holiday
		{"2026-12-02T10:00:00Z", 15},
		{"2027-02-01T10:00:00Z", 30},
		{"9999-02-01T10:00:00Z", 30},
	}
	for _, tt := range tests {
		if got := RampCap(l, from, when(t, tt.now), p, c); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.now, got, tt.want)
		}
	}
	now := when(t, "2026-12-02T10:00:00Z")
	for _, tt := range []struct {
		l    sales.Limits
		from time.Time
		want int
	}{
		{sales.Limits{PerDay: 30}, from, 30},
		{sales.Limits{PerDay: 3, RampStart: 5, RampStep: 2}, from, 3},
		{sales.Limits{PerDay: -3, RampStart: 5, RampStep: 2}, from, 0},
		{sales.Limits{PerDay: 30, RampStart: 5}, from, 5},
		{sales.Limits{PerDay: 30, RampStart: 5, RampStep: 1 << 62}, from, 30},
		{sales.Limits{PerDay: 30, RampStart: 5, RampStep: 2}, time.Time{}, 5},
		{sales.Limits{PerDay: 1 << 40, RampStart: 5, RampStep: 1}, when(t, "0001-01-02T00:00:00Z"), 1 << 40},
	} {
		if got := RampCap(tt.l, tt.from, now, p, c); got != tt.want {
			t.Errorf("%+v: %d, want %d", tt.l, got, tt.want)
		}
	}
}

func TestGap(t *testing.T) {
	l := sales.DefaultLimits()
	var sum time.Duration
	var buckets [10]int
	const n = 20_000
	for i := range uint64(n) {
		g := Gap(l, i)
		if g < l.GapMin || g > l.GapMax || g != Gap(l, i) {
			t.Fatalf("seed %d: %s", i, g)
		}
		sum += g
		buckets[min(9, int((g-l.GapMin)*10/(l.GapMax-l.GapMin)))]++
	}
	if mean := sum / n; mean < 445*time.Second || mean > 455*time.Second {
		t.Errorf("the mean is %s, want about 7m30s", mean)
	}
	for i, b := range buckets {
		if b < n/10*9/10 || b > n/10*11/10 {
			t.Errorf("tenth %d has %d of %d", i, b, n)
		}
	}
	if g := Gap(sales.Limits{GapMin: time.Minute}, 9); g != time.Minute {
		t.Errorf("no longest: %s", g)
	}
	if g := Gap(sales.Limits{GapMin: -time.Minute, GapMax: -time.Second}, 9); g != 0 {
		t.Errorf("negative: %s", g)
	}
}

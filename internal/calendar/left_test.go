package calendar

import (
	"testing"
	"time"

	"ninetyten/internal/sales"
)

func TestLeft(t *testing.T) {
	c := For(sales.DefaultSettings()) // 8:30-11:30 and 13:30-16:30
	lisbon := Resolve("Europe/Lisbon", "PT", "", "", "", "")
	at := func(day, h, m int) time.Time { return time.Date(2026, 11, day, h, m, 0, 0, time.UTC) }
	for _, tt := range []struct {
		at   time.Time
		want time.Duration
	}{
		{at(24, 7, 0), 6 * time.Hour}, {at(24, 10, 0), 4*time.Hour + 30*time.Minute}, {at(24, 12, 0), 3 * time.Hour},
		{at(24, 16, 29), time.Minute}, {at(24, 16, 30), 0}, {at(22, 9, 0), 0}, // a Sunday
		{time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC), 0}, // a holiday there
	} {
		if got := c.Left(tt.at, lisbon); got != tt.want {
			t.Errorf("%s: %s, not %s", tt.at, got, tt.want)
		}
	}
	for _, tt := range []struct {
		a, b time.Time
		want time.Duration
	}{
		{at(24, 9, 0), at(24, 9, 20), 20 * time.Minute}, {at(24, 11, 20), at(24, 13, 40), 20 * time.Minute},
		{at(20, 16, 0), at(23, 9, 0), time.Hour}, {at(24, 9, 0), at(24, 9, 0), 0}, {at(24, 9, 0), at(23, 9, 0), 0},
	} {
		if got := (Hours{Calendar: c, Place: lisbon}).Between(tt.a, tt.b); got != tt.want {
			t.Errorf("%s to %s: %s, not %s", tt.a, tt.b, got, tt.want)
		}
	}
	c.Windows[time.Tuesday] = []sales.Window{{From: 60, To: 180}, {From: 120, To: 240}, {From: 300, To: 240}}
	if got := c.Left(at(24, 0, 0), lisbon); got != 3*time.Hour {
		t.Errorf("windows that overlap: %s", got)
	}
}

package web

import (
	"testing"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

// Each opening that the preview shows is open from its beginning to its end, and
// shut at its end, but for midnight; whatever the clock does.
func TestOpeningsAreOpen(t *testing.T) {
	var z calendar.Zones
	var odd, all sales.WeekWindows
	for d := range odd {
		odd[d] = []sales.Window{{From: 30, To: 200}, {From: 200, To: 215}, {From: 230, To: 231}, {From: 1380, To: 1440}}
		all[d] = []sales.Window{{From: 0, To: 1440}}
	}
	for _, windows := range []sales.WeekWindows{odd, all, sales.DefaultSettings().Windows} {
		c := calendar.Calendar{Windows: windows, Holidays: true}
		for _, zone := range []string{"Europe/Lisbon", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"} {
			p := z.Resolve(zone, "PT", "", "", "", "")
			// Nights on which clocks change, and others.
			for _, day := range []string{"2026-03-08", "2026-03-29", "2026-04-05", "2026-10-25", "2026-11-01", "2026-12-24", "2026-07-01"} {
				at, err := time.Parse(time.DateOnly, day)
				if err != nil {
					t.Fatal(err)
				}
				for range 12 {
					from, _ := c.Next(at, p)
					to := closes(c, from, p)
					if !to.After(from) || !c.Allowed(to.Add(-time.Nanosecond), p) || c.Allowed(to, p) && to.In(p.Loc).Format("15:04") != "00:00" && to.Sub(from) < 24*time.Hour {
						t.Fatalf("%s: an opening from %v to %v", zone, from.In(p.Loc), to.In(p.Loc))
					}
					at = to
				}
			}
		}
	}
	lines, why := nextOpenings(calendar.Calendar{}, time.Now(), z.Resolve("UTC", "", "", "", "", ""), time.UTC)
	if len(lines) != 0 || why == "" {
		t.Error(lines, why)
	}
}

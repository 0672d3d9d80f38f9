package calendar

import (
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
)

func place(t testing.TB, zone, country string) Place {
	t.Helper()
	p := Resolve(zone, country, "", "", "", "")
	if p.From != "person" {
		t.Fatalf("no zone %s", zone)
	}
	return p
}

func when(t testing.TB, s string) time.Time {
	t.Helper()
	v, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func every(ws ...sales.Window) (w sales.WeekWindows) {
	for d := range w {
		w[d] = ws
	}
	return w
}

func TestNext(t *testing.T) {
	def := For(sales.DefaultSettings())
	night := Calendar{Windows: every(sales.Window{From: 2 * 60, To: 3 * 60})}
	tests := []struct {
		name          string
		c             Calendar
		zone, country string
		t, want, why  string
	}{
		{"inside", def, "Europe/Lisbon", "PT", "2026-11-24T09:00:00.5Z", "2026-11-24T09:00:00.5Z", ""},
		{"first second", def, "Europe/Lisbon", "PT", "2026-11-24T08:30:00Z", "2026-11-24T08:30:00Z", ""},
		{"before", def, "Europe/Lisbon", "PT", "2026-11-24T08:29:59.999Z", "2026-11-24T08:30:00Z", "outside the hours: Tue 08:30 in Europe/Lisbon"},
		{"the end is outside", def, "Europe/Lisbon", "PT", "2026-11-24T11:30:00Z", "2026-11-24T13:30:00Z", "outside the hours: Tue 13:30 in Europe/Lisbon"},
		{"over the weekend", def, "Europe/Lisbon", "PT", "2026-11-27T17:00:00Z", "2026-11-30T08:30:00Z", "outside the hours: Mon 08:30 in Europe/Lisbon"},
		{"holiday today", def, "Europe/Lisbon", "PT", "2026-12-01T10:00:00Z", "2026-12-02T08:30:00Z", "public holiday: Restauração da Independência; Wed 08:30 in Europe/Lisbon"},
		{"holiday skipped", def, "Europe/London", "GB", "2026-12-27T10:00:00Z", "2026-12-29T08:30:00Z", "outside the hours: Tue 08:30 in Europe/London (Mon is a public holiday: Boxing Day)"},
		{"holidays not kept", Calendar{Windows: def.Windows}, "Europe/Lisbon", "PT", "2026-12-01T10:00:00Z", "2026-12-01T10:00:00Z", ""},
		{"half-hour zone", def, "Asia/Kolkata", "IN", "2026-11-24T02:00:00Z", "2026-11-24T03:00:00Z", "outside the hours: Tue 08:30 in Asia/Kolkata"},
		{"45-minute zone", def, "Asia/Kathmandu", "", "2026-11-24T02:44:59Z", "2026-11-24T02:45:00Z", "outside the hours: Tue 08:30 in Asia/Kathmandu"},
		{"leap day", def, "UTC", "", "2028-02-28T20:00:00Z", "2028-02-29T08:30:00Z", "outside the hours: Tue 08:30 in UTC"},
		{"turn of the year, east", def, "Pacific/Auckland", "NZ", "2026-12-31T00:00:00Z", "2026-12-31T00:30:00Z", "outside the hours: Thu 13:30 in Pacific/Auckland"},
		{"window cut off by the clock change", night, "Europe/Berlin", "", "2026-03-28T12:00:00Z", "2026-03-30T00:00:00Z", "outside the hours: Mon 02:00 in Europe/Berlin"},
		{"window open twice: first", night, "Europe/Berlin", "", "2026-10-24T23:00:00Z", "2026-10-25T00:00:00Z", "outside the hours: Sun 02:00 in Europe/Berlin"},
		{"window open twice: still", night, "Europe/Berlin", "", "2026-10-25T01:59:00Z", "2026-10-25T01:59:00Z", ""},
		{"window partly cut off", Calendar{Windows: every(sales.Window{From: 150, To: 200})}, "America/New_York", "", "2026-03-08T05:00:00Z", "2026-03-08T07:00:00Z", "outside the hours: Sun 03:00 in America/New_York"},
		{"midnight left out", Calendar{Windows: every(sales.Window{From: 0, To: 60})}, "America/Sao_Paulo", "", "2018-11-03T12:00:00Z", "2018-11-05T02:00:00Z", "outside the hours: Mon 00:00 in America/Sao_Paulo"},
		{"day left out", Calendar{Windows: every(sales.Window{From: 600, To: 660})}, "Pacific/Apia", "", "2011-12-29T22:00:00Z", "2011-12-30T20:00:00Z", "outside the hours: Sat 10:00 in Pacific/Apia"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, why := tt.c.Next(when(t, tt.t), place(t, tt.zone, tt.country))
			if want := when(t, tt.want); !got.Equal(want) || why != tt.why {
				t.Errorf("Next(%s) = %s, %q; want %s, %q", tt.t, got.Format(time.RFC3339Nano), why, tt.want, tt.why)
			}
		})
	}
}

func TestNextNeverOpens(t *testing.T) {
	berlin := place(t, "Europe/Berlin", "")
	for name, c := range map[string]Calendar{
		"none":     {},
		"empty":    {Windows: every(sales.Window{From: 600, To: 600})},
		"reversed": {Windows: every(sales.Window{From: 600, To: 500})},
		"outside":  {Windows: every(sales.Window{From: 1440, To: 2000}, sales.Window{From: -5, To: 0})},
	} {
		got, why := c.Next(when(t, "2026-11-24T09:00:00Z"), berlin)
		if !got.IsZero() || !strings.Contains(why, "no hours are open") {
			t.Errorf("%s: %v %q", name, got, why)
		}
	}
	if _, why := (Calendar{}).Next(time.Time{}, Place{}); why == "" {
		t.Error("the zero time and place must not be allowed without windows")
	}
}

func TestNextUnsortedAndClamped(t *testing.T) {
	c := Calendar{Windows: every(sales.Window{From: 800, To: 5000}, sales.Window{From: -100, To: 60})}
	for in, want := range map[string]string{"2026-11-24T00:30:00Z": "2026-11-24T00:30:00Z", "2026-11-24T01:00:00Z": "2026-11-24T13:20:00Z", "2026-11-24T23:59:59Z": "2026-11-24T23:59:59Z"} {
		if got, _ := c.Next(when(t, in), Place{}); !got.Equal(when(t, want)) {
			t.Errorf("Next(%s) = %s, want %s", in, got, want)
		}
	}
}

func TestResolve(t *testing.T) {
	var z Zones
	tests := []struct {
		in         [6]string
		zone, from string
		country    string
	}{
		{[6]string{"Europe/Lisbon", "pt", "Europe/Berlin", "DE", "UTC", "UTC"}, "Europe/Lisbon", "person", "PT"},
		{[6]string{"Atlantis/City", "", " Europe/Berlin ", "uk", "UTC", ""}, "Europe/Berlin", "account", "GB"},
		{[6]string{"Local", "Portugal", "../../etc/passwd", "", "America/New_York", ""}, "America/New_York", "sender", ""},
		{[6]string{"", "", "", "", strings.Repeat("A", 5000), "Asia/Kolkata"}, "Asia/Kolkata", "workspace", ""},
		{[6]string{}, "UTC", "utc", ""},
	}
	for _, tt := range tests {
		for range 2 { // the second time from memory
			p := z.Resolve(tt.in[0], tt.in[1], tt.in[2], tt.in[3], tt.in[4], tt.in[5])
			if p.Zone != tt.zone || p.From != tt.from || p.Country != tt.country || p.Loc == nil {
				t.Errorf("Resolve(%q) = %+v", tt.in, p)
			}
			if q := Resolve(tt.in[0], tt.in[1], tt.in[2], tt.in[3], tt.in[4], tt.in[5]); q.Zone != p.Zone || q.From != p.From {
				t.Errorf("Resolve without memory differs: %+v, %+v", p, q)
			}
		}
	}
}

func TestZonesIsBoundedAndConcurrent(t *testing.T) {
	var z Zones
	done := make(chan bool)
	for g := range 4 {
		go func() {
			defer func() { done <- true }()
			for i := range 600 {
				z.Load("No/Zone" + string(rune('A'+g)) + strings.Repeat("x", i%50) + string(rune('a'+i/50)))
				if z.Load("Europe/Paris") == nil {
					t.Error("Europe/Paris is a zone")
					return
				}
			}
		}()
	}
	for range 4 {
		<-done
	}
	if n := len(z.known); n > maxZones {
		t.Errorf("%d zones are remembered", n)
	}
}

func TestCheckWindows(t *testing.T) {
	if err := CheckWindows(sales.DefaultSettings().Windows); err != nil {
		t.Error(err)
	}
	for _, w := range []sales.Window{{From: 600, To: 600}, {From: 1300, To: 60}, {From: -1, To: 60}, {From: 0, To: 1441}} {
		if err := CheckWindows(every(w)); sales.CodeOf(err) != sales.Invalid {
			t.Errorf("%v: %v", w, err)
		}
	}
	if err := CheckWindows(every(make([]sales.Window, 25)...)); err == nil {
		t.Error("25 windows a day")
	}
}

func TestCallHours(t *testing.T) {
	s := sales.DefaultSettings()
	p := place(t, "Europe/Lisbon", "PT")
	c := CallHours(s)
	if !c.Allowed(when(t, "2026-11-24T12:00:00Z"), p) || c.Allowed(when(t, "2026-11-28T12:00:00Z"), p) || c.Allowed(when(t, "2026-11-24T17:30:00Z"), p) {
		t.Error("calls go from 08:30 to 17:30 on the days of mails")
	}
	s.Windows = sales.WeekWindows{}
	if c := CallHours(s); !c.Allowed(when(t, "2026-11-24T12:00:00Z"), p) || c.Allowed(when(t, "2026-11-28T12:00:00Z"), p) {
		t.Error("without windows for mails calls go Monday to Friday")
	}
}

func TestDayStart(t *testing.T) {
	for _, tt := range [][3]string{
		{"Europe/Lisbon", "2026-11-24T15:00:00Z", "2026-11-24T00:00:00Z"},
		{"Asia/Kathmandu", "2026-11-24T18:14:59Z", "2026-11-23T18:15:00Z"},
		{"America/Sao_Paulo", "2018-11-04T12:00:00Z", "2018-11-04T03:00:00Z"}, // midnight is left out: 01:00
		{"Europe/Berlin", "2044-12-31T12:00:00Z", "2044-12-30T23:00:00Z"},     // last day of a leap year
		{"America/Havana", "2026-11-01T12:00:00Z", "2026-11-01T04:00:00Z"},    // midnight comes twice
		{"America/St_Johns", "2006-10-29T12:00:00Z", "2006-10-29T02:30:00Z"},  // 00:01 went back to 23:01
	} {
		loc := place(t, tt[0], "").Loc
		if got := DayStart(when(t, tt[1]), loc); !got.Equal(when(t, tt[2])) {
			t.Errorf("%v: %s", tt, got)
		}
	}
	if got := DayStart(when(t, "2026-11-24T15:00:00Z"), nil); !got.Equal(when(t, "2026-11-24T00:00:00Z")) {
		t.Errorf("no location is UTC: %s", got)
	}
}

func TestNextDay(t *testing.T) {
	for _, tt := range [][3]string{
		{"Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-29T22:00:00Z"}, // 23 hours long
		{"Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-25T23:00:00Z"}, // 25
		{"America/Sao_Paulo", "2018-11-03T12:00:00Z", "2018-11-04T03:00:00Z"},
		{"Pacific/Apia", "2011-12-29T22:00:00Z", "2011-12-30T10:00:00Z"},
		{"Europe/Berlin", "2044-12-31T12:00:00Z", "2044-12-31T23:00:00Z"},
	} {
		loc := place(t, tt[0], "").Loc
		if got := NextDay(when(t, tt[1]), loc); !got.Equal(when(t, tt[2])) {
			t.Errorf("%v: %s", tt, got)
		}
	}
	if got := NextDay(when(t, "2026-11-24T00:00:00Z"), nil); !got.Equal(when(t, "2026-11-25T00:00:00Z")) {
		t.Errorf("no location is UTC: %s", got)
	}
}

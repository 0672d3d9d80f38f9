package calendar

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ninetyten/internal/sales"
)

func offDays() *DaysOff {
	return NewDaysOff([]sales.DayOff{
		{From: "2026-12-24", To: "2027-01-03", Name: "Winter break"},
		{From: "2026-12-31", To: "2027-01-04", Name: "Stocktaking"},
		{From: "2026-11-24", To: "2026-11-24", Name: "Retreat"},
		{From: "2026-11-25", To: "2026-11-25", Country: "in", Name: "Guru Nanak Jayanti"},
		{From: "2026-11-26", To: "2026-11-26", Country: "DE", Subdivision: "de-by", Name: "Ein Tag in Bayern"},
		{From: "2026-11-27", To: "2026-11-27", Country: "Germany", Name: "no country code"},
		{From: "2026-11-27", To: "2026-11-26", Name: "backwards"},
		{From: "27.11.2026", To: "2026-11-27", Name: "no date"},
		{From: "2026-11-30", To: "2026-11-30"},
	})
}

func TestDaysOff(t *testing.T) {
	o := offDays()
	if o.Len() != 6 {
		t.Errorf("%d stretches", o.Len())
	}
	de, by, in := Place{Country: "DE"}, Place{Country: "DE", Subdivision: "DE-BY"}, Place{Country: "IN"}
	for _, tt := range []struct {
		day  string
		p    Place
		want string
		free bool
	}{
		{"2026-11-24", de, "Retreat", true},
		{"2026-11-24", Place{}, "Retreat", true},
		{"2026-11-25", in, "Guru Nanak Jayanti", true},
		{"2026-11-25", de, "", false},
		{"2026-11-26", by, "Ein Tag in Bayern", true},
		{"2026-11-26", de, "", false},
		{"2026-11-27", de, "", false},
		{"2026-11-30", in, "", true},
		{"2026-12-23", in, "", false},
		{"2026-12-31", in, "Winter break", true},
		{"2027-01-04", in, "Stocktaking", true},
		{"2027-01-05", in, "", false},
	} {
		day, err := time.Parse(time.DateOnly, tt.day)
		if err != nil {
			t.Fatal(err)
		}
		if got, free := o.Name(day.Add(23*time.Hour), tt.p); got != tt.want || free != tt.free {
			t.Errorf("%s in %q: %q, %v; want %q", tt.day, tt.p.Country, got, free, tt.want)
		}
	}
	var none *DaysOff
	if _, free := none.Name(icsNow(), de); free || none.Len() != 0 {
		t.Error("nil has no days off")
	}
}

func TestNextWithDaysOff(t *testing.T) {
	c := For(sales.DefaultSettings())
	c.Off = offDays()
	lisbon := place(t, "Europe/Lisbon", "PT")
	mumbai := place(t, "Asia/Kolkata", "IN")
	for _, tt := range []struct {
		p             Place
		at, want, why string
	}{
		{lisbon, "2026-11-24T09:00:00Z", "2026-11-25T08:30:00Z", "company day off: Retreat; Wed 08:30 in Europe/Lisbon"},
		{mumbai, "2026-11-24T06:00:00Z", "2026-11-26T03:00:00Z", "company day off: Retreat; Thu 08:30 in Asia/Kolkata"},
		{mumbai, "2026-11-25T06:00:00Z", "2026-11-26T03:00:00Z", "public holiday: Guru Nanak Jayanti; Thu 08:30 in Asia/Kolkata"},
		{lisbon, "2026-11-28T09:00:00Z", "2026-12-02T08:30:00Z", "outside the hours: Wed 08:30 in Europe/Lisbon (Mon is a company day off)"},
		{lisbon, "2026-12-01T10:00:00Z", "2026-12-02T08:30:00Z", "public holiday: Restauração da Independência; Wed 08:30 in Europe/Lisbon"},
		{lisbon, "2026-12-23T20:00:00Z", "2027-01-05T08:30:00Z", "outside the hours: Tue 5 Jan 08:30 in Europe/Lisbon (Thu is a company day off: Winter break)"},
	} {
		got, why := c.Next(when(t, tt.at), tt.p)
		if !got.Equal(when(t, tt.want)) || why != tt.why {
			t.Errorf("Next(%s) = %s, %q; want %s, %q", tt.at, got.Format(time.RFC3339), why, tt.want, tt.why)
		}
		if c.WorkingDay(when(t, tt.at), tt.p) && !strings.HasPrefix(tt.why, "outside") {
			t.Errorf("%s is no working day", tt.at)
		}
	}
	c.Holidays = false // days off are free all the same
	if _, why := c.Next(when(t, "2026-11-25T06:00:00Z"), mumbai); !strings.HasPrefix(why, "public holiday: Guru") {
		t.Errorf("%q", why)
	}
	if got := c.AddDelay(when(t, "2026-12-23T09:00:00Z"), sales.Delay{N: 1, Unit: sales.WorkingDays}, lisbon); !got.Equal(when(t, "2027-01-05T09:00:00Z")) {
		t.Errorf("a working day later is %s", got)
	}
	always := NewDaysOff([]sales.DayOff{{From: "2026-01-01", To: "2029-12-31", Name: "closed"}})
	if at, why := (Calendar{Windows: c.Windows, Off: always}).Next(icsNow(), lisbon); !at.IsZero() || why == "" {
		t.Errorf("closed for years, but %s, %q", at, why)
	}
}

// Looking days up says what going through the list says.
func TestDaysOffProperties(t *testing.T) {
	base := dayNumber(2026, time.January, 1)
	rapid.Check(t, func(t *rapid.T) {
		list := make([]sales.DayOff, rapid.IntRange(0, 12).Draw(t, "n"))
		for i := range list {
			from := base + rapid.Int64Range(0, 60).Draw(t, "from")
			list[i] = sales.DayOff{From: dateText(from), To: dateText(from + rapid.Int64Range(0, 9).Draw(t, "long")), Name: "x"}
			if where := rapid.SampledFrom([]string{"", "DE", "DE-BY", "FR"}).Draw(t, "where"); len(where) == 5 {
				list[i].Country, list[i].Subdivision = where[:2], where
			} else {
				list[i].Country = where
			}
		}
		o := NewDaysOff(list)
		p := rapid.SampledFrom([]Place{{}, {Country: "DE"}, {Country: "DE", Subdivision: "DE-BY"}, {Country: "DE", Subdivision: "DE-HH"}, {Country: "FR"}}).Draw(t, "place")
		for day := base - 2; day < base+75; day++ {
			want := false
			for _, d := range list {
				here := d.Country == "" || d.Country == p.Country && (d.Subdivision == "" || d.Subdivision == p.Subdivision)
				want = want || here && d.From <= dateText(day) && dateText(day) <= d.To
			}
			if _, _, got := o.on(day, p); got != want {
				t.Fatalf("%s in %+v: %v, want %v of %+v", dateText(day), p, got, want, list)
			}
		}
	})
}

func BenchmarkDaysOff(b *testing.B) {
	var list []sales.DayOff
	for i := range int64(2_500) {
		list = append(list, sales.DayOff{From: dateText(20_000 + 2*i), To: dateText(20_000 + 2*i), Country: "DE"})
	}
	o, p := NewDaysOff(list), Place{Country: "DE", Subdivision: "DE-BY"}
	for b.Loop() {
		o.on(21_001, p)
	}
}

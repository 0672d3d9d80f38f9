package calendar

import (
	"slices"
	"testing"
	"time"

	"github.com/rickar/cal/v2"
)

func TestHoliday(t *testing.T) {
	for _, tt := range []struct{ country, day, want string }{
		{"US", "2026-11-26", "Thanksgiving Day"},
		{"us", "2026-07-03", "Independence Day"}, // the 4th is a Saturday
		{"US", "2021-12-31", "New Year's Day"},   // 1 January 2022 is a Saturday
		{"US", "2026-11-27", ""},
		{"GB", "2026-12-28", "Boxing Day"},
		{"UK", "2022-09-19", ""},
		{"DE", "2026-10-03", "Tag der Deutschen Einheit"},
		{"DE", "2026-01-06", ""}, // only some states
		{"FR", "2026-07-14", "Fête Nationale"},
		{"JP", "2026-09-22", "National holiday between Respect for the Aged Day and Autumnal Equinox Day"},
		{"PT", "2026-06-04", "Corpo de Deus"},
		{"PT", "2026-04-03", "Sexta-feira Santa"},
		{"FI", "2026-06-19", "Juhannusaatto"},
		{"FI", "2026-06-20", "Juhannuspäivä"},
		{"FI", "2026-06-26", ""},
		{"HU", "2027-03-29", "Húsvéthétfő"},
		{"LU", "2026-05-25", "Lundi de Pentecôte"},
		{"EE", "2026-02-24", "Iseseisvuspäev"},
		{"AU", "2026-01-26", "Australia Day"},
		{"CH", "2026-01-02", ""},
		{"CH", "2026-08-01", "Bundesfeiertag"},
		{"XX", "2026-01-01", ""},
		{"", "2026-01-01", ""},
		{"US", "0001-01-01", ""},
		{"US", "9999-12-25", ""},
	} {
		day, err := time.Parse(time.DateOnly, tt.day)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := Holiday(tt.country, "", day)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("Holiday(%s, %s) = %q, %v; want %q", tt.country, tt.day, got, ok, tt.want)
		}
	}
}

// The date counts as it reads in the time's own location.
func TestHolidayLocation(t *testing.T) {
	loc := place(t, "Pacific/Auckland", "").Loc
	if _, ok := Holiday("NZ", "", time.Date(2026, 12, 25, 3, 0, 0, 0, loc)); !ok {
		t.Error("03:00 on Christmas in Auckland is Christmas")
	}
	if _, ok := Holiday("NZ", "", time.Date(2026, 12, 24, 23, 0, 0, 0, loc)); ok {
		t.Error("23:00 on Christmas eve is not")
	}
}

// The shortcut over months finds what the source finds, day by day. (In 2020
// and 2021 Japan moved holidays to other months for the Olympic games.)
func TestHolidayAgreesWithSource(t *testing.T) {
	for _, country := range Countries() {
		list := listed(country, "")
		if list == nil {
			continue
		}
		source := cal.Calendar{Holidays: list}
		for day := int64(18993); day < 18993+15*366; day++ { // from 2022
			y, m, d := date(day)
			act, obs, _ := source.IsHoliday(time.Date(y, m, d, 12, 0, 0, 0, time.UTC))
			name, got := holidayOn(country, "", day)
			if slices.ContainsFunc(extras(country), func(x extra) bool { return x.on(day, y, m, d, easterDay(y)) }) {
				continue // not in the source
			}
			if got != (act || obs) || got == (name == "") {
				t.Fatalf("%s %d-%02d-%02d: %v %q, source %v", country, y, m, d, got, name, act || obs)
			}
		}
	}
}

func TestCountries(t *testing.T) {
	cs := Countries()
	if !slices.IsSorted(cs) || len(slices.Compact(slices.Clone(cs))) != len(cs) || len(cs) < 40 {
		t.Errorf("%d countries: %v", len(cs), cs)
	}
	for _, c := range cs {
		found := 0
		for day := int64(20454); day < 20454+365; day++ { // 2026
			if name, ok := holidayOn(c, "", day); ok {
				found++
				if name == "" {
					t.Errorf("%s: a holiday without a name", c)
				}
			}
		}
		if found < 7 || found > 25 {
			t.Errorf("%s has %d holidays in 2026", c, found)
		}
	}
}

func TestEaster(t *testing.T) {
	for _, want := range []string{"2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2049-04-18"} {
		w, _ := time.Parse(time.DateOnly, want)
		if got := easterDay(w.Year()); got != w.Unix()/daySecs {
			t.Errorf("Easter %d: day %d, want %s", w.Year(), got, want)
		}
	}
}

package calendar

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestHolidayOfParts(t *testing.T) {
	for _, tt := range []struct{ part, day, want string }{
		{"DE-BY", "2026-01-06", "Heilige Drei Könige"},
		{"by", "2028-08-15", "Mariä Himmelfahrt"},
		{"DE-BE", "2026-01-06", ""},
		{"DE-BE", "2025-05-08", "Tag der Befreiung"},
		{"DE-BE", "2026-05-08", ""},
		{"DE-MV", "2027-03-08", "Internationaler Frauentag"},
		{"DE-SN", "2026-11-18", "Buß- und Bettag"},
		{"DE-XX", "2026-10-03", "Tag der Deutschen Einheit"},
		{"DE-XX", "2026-01-06", ""},
		{"GB-SCT", "2026-04-06", ""},
		{"GB-ENG", "2026-04-06", "Easter Monday"},
		{"GB-SCT", "2026-08-03", "Summer Bank Holiday"},
		{"GB-SCT", "2026-08-31", ""},
		{"GB-SCT", "2026-01-02", "2nd January"},
		{"GB-SCT", "2027-01-04", "2nd January"}, // the 2nd is a Saturday
		{"GB-SCT", "2028-01-04", "2nd January"}, // the 1st is a Saturday
		{"GB-SCT", "2024-12-02", "St Andrew's Day"},
		{"UK-NIR", "2026-07-13", "Battle of the Boyne"},
		{"AU-VIC", "2026-11-03", "Melbourne Cup"},
		{"AU-NSW", "2026-06-08", "King's Birthday"},
		{"AU-NSW", "2026-11-03", ""},
		{"CA-QC", "2028-06-24", "Fête nationale du Québec"},
		{"CA-QC", "2026-11-11", ""},
		{"CA-ON", "2026-02-16", "Family Day"},
		{"CA-ON", "2026-12-28", "Boxing Day"},
		{"CA-NS", "2026-11-11", "Remembrance Day"},
		{"ES-CT", "2026-09-11", "Diada Nacional de Catalunya"},
		{"ES-MD", "2026-09-11", ""},
		{"ES-MD", "2026-04-02", "Jueves Santo"},
		{"CH-ZH", "2026-05-01", "Tag der Arbeit"},
		{"CH-BE", "2026-05-01", ""},
		{"CH-VD", "2026-09-21", "Lundi du Jeûne fédéral"},
		{"FR-67", "2026-04-03", "Vendredi saint"},
		{"FR-75", "2026-04-03", ""},
		{"NZ-CAN", "2026-11-13", "Show Day"},
		{"NZ-NSN", "2026-02-02", "Anniversary Day"},
		{"NZ-STL", "2026-04-07", "Anniversary Day"},
		{"NZ-AUK", "2026-07-10", "Matariki"},
		{"PT-20", "2026-05-25", "Dia dos Açores"},
		{"IT-BZ", "2026-05-25", "Lunedì di Pentecoste"},
		{"US-MA", "2026-04-20", "Patriots' Day"},
		{"US-CA", "2026-11-26", "Thanksgiving Day"},
	} {
		day, err := time.Parse(time.DateOnly, tt.day)
		if err != nil {
			t.Fatal(err)
		}
		country := "DE"
		if len(tt.part) > 2 {
			country = tt.part[:2]
		}
		if got, ok := Holiday(country, tt.part, day); got != tt.want || ok != (tt.want != "") {
			t.Errorf("Holiday(%s, %s) = %q, %v; want %q", tt.part, tt.day, got, ok, tt.want)
		}
	}
}

// Every part keeps between 8 and 25 days a year, and differs from the whole
// country in some year, or from what all parts share where that is all we list.
func TestSubdivisions(t *testing.T) {
	known := 0
	for _, country := range Countries() {
		parts := Subdivisions(country)
		known += len(parts)
		if !slices.IsSortedFunc(parts, func(a, b Part) int { return strings.Compare(a.Code, b.Code) }) {
			t.Errorf("%s: %v", country, parts)
		}
		for _, p := range parts {
			if p.Name == "" || Subdivision(country, p.Code) != p.Code {
				t.Errorf("%+v", p)
			}
			found, differs := 0, false
			for day := dayNumber(2026, 1, 1); day <= dayNumber(2029, 12, 31); day++ {
				_, here := holidayOn(country, p.Code, day)
				_, all := holidayOn(country, "", day)
				differs = differs || here != all
				if y, _, _ := date(day); here && y == 2026 {
					found++
				}
			}
			same := slices.Contains([]string{"DE-BB", "CH-AR", "CH-SH", "CH-ZH"}, p.Code)
			if found < 7 || found > 25 || !differs && !same {
				t.Errorf("%s has %d holidays in 2026, differs: %v", p.Code, found, differs)
			}
		}
	}
	if known < 100 {
		t.Errorf("%d parts are known", known)
	}
	if Subdivisions("PL") != nil || Subdivisions("") != nil || len(Subdivisions("uk")) != 2 {
		t.Error("parts of nothing")
	}
}

func TestSubdivision(t *testing.T) {
	for _, tt := range [][3]string{
		{"DE", "DE-BY", "DE-BY"}, {"de", " by ", "DE-BY"}, {"", "de-by", "DE-BY"}, {"GB", "UK-SCT", "GB-SCT"}, {"UK", "sct", "GB-SCT"},
		{"DE", "FR-57", ""}, {"", "BY", ""}, {"DE", "Bayern", ""}, {"DE", "", ""}, {"DE", "DE-", ""}, {"DE", "DE-B-Y", ""}, {"", "-", ""}, {"D", "D-BY", ""}, {"DE", "DE-Ä", ""},
	} {
		if got := Subdivision(tt[0], tt[1]); got != tt[2] {
			t.Errorf("Subdivision(%q, %q) = %q, want %q", tt[0], tt[1], got, tt[2])
		}
	}
}

func TestResolveIn(t *testing.T) {
	var z Zones
	for _, tt := range []struct {
		o                   Origins
		zone, from, co, sub string
	}{
		{Origins{Person: Origin{Zone: "Europe/Berlin", Country: "DE", Subdivision: "HH"}, Account: Origin{Country: "DE", Subdivision: "DE-BY"}}, "Europe/Berlin", "person", "DE", "DE-HH"},
		{Origins{Person: Origin{Country: "DE"}, Account: Origin{Zone: "Europe/Berlin", Country: "DE", Subdivision: "DE-BY"}}, "Europe/Berlin", "account", "DE", "DE-BY"},
		{Origins{Person: Origin{Country: "AT"}, Account: Origin{Country: "DE", Subdivision: "DE-BY"}, SenderZone: "Europe/Lisbon"}, "Europe/Lisbon", "sender", "AT", ""},
		{Origins{Person: Origin{Subdivision: "fr-67"}, Account: Origin{Country: "DE", Subdivision: "DE-BY"}, Workspace: "Asia/Tokyo"}, "Asia/Tokyo", "workspace", "FR", "FR-67"},
		{Origins{Person: Origin{Subdivision: "BY"}, Account: Origin{Country: "DE"}}, "UTC", "utc", "DE", "DE-BY"},
		{Origins{Account: Origin{Subdivision: "CH-ZH"}}, "UTC", "utc", "CH", "CH-ZH"},
		{Origins{}, "UTC", "utc", "", ""},
	} {
		if p := z.ResolveIn(tt.o); p.Zone != tt.zone || p.From != tt.from || p.Country != tt.co || p.Subdivision != tt.sub || p.Loc == nil {
			t.Errorf("ResolveIn(%+v) = %+v", tt.o, p)
		}
	}
}

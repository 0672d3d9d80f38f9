package web

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

// DaysOffPage lists the days off and takes more.
type DaysOffPage struct {
	Shell
	CanEdit   bool
	Coming    []DayOffRow // by hand, those that are not over
	Past      []DayOffRow // the newest first
	Calendars []CalendarRow
	Values    map[string]string // of the form that adds one
	Errors    map[string]string
	Problem   string // of that form
	File      CalendarForm
}

// DayOffRow is one day off, or several in a row.
type DayOffRow struct {
	ID   sales.ID
	When string
	Name string
	Who  string
}

// CalendarRow is an imported calendar.
type CalendarRow struct {
	Source string
	Who    string
	Count  int
	Span   string // from the first day to the last
	Next   string // what comes next
	Days   []DayOffRow
}

// CalendarForm takes an iCalendar file.
type CalendarForm struct {
	Where   string // a country or a part of one
	Name    string
	Problem string
}

// CalendarPreviewPage shows what an import would do, before it does.
type CalendarPreviewPage struct {
	Shell
	Source   string
	Where    string
	Who      string
	File     string // the calendar itself, packed for the second form
	Count    int
	Span     string
	Replaces int
	LeftOut  int
	Notes    []string
	Days     []DayOffRow // the first of those to come
	More     int
}

// shownDays is how many days of a calendar a page shows.
const shownDays = 400

// dayOffWhen writes the days of a day off: Thu 24 Dec 2026, or Thu 24 Dec to Thu
// 31 Dec 2026.
func dayOffWhen(d sales.DayOff) string {
	from, err1 := time.Parse(time.DateOnly, d.From)
	to, err2 := time.Parse(time.DateOnly, d.To)
	switch {
	case err1 != nil || err2 != nil:
		return d.From + " to " + d.To
	case d.From == d.To:
		return from.Format("Mon 2 Jan 2006")
	case from.Year() == to.Year():
		return from.Format("Mon 2 Jan") + " to " + to.Format("Mon 2 Jan 2006")
	}
	return from.Format("Mon 2 Jan 2006") + " to " + to.Format("Mon 2 Jan 2006")
}

func dayOffRow(d sales.DayOff) DayOffRow {
	return DayOffRow{ID: d.ID, When: dayOffWhen(d), Name: pick(d.Name != "", d.Name, "Day off"), Who: whereLabel(d.Country, d.Subdivision)}
}

// spanWords say from when to when days off go; they are in order of their first
// day.
func spanWords(days []sales.DayOff) string {
	if len(days) == 0 {
		return ""
	}
	last := slices.MaxFunc(days, func(a, b sales.DayOff) int { return cmp.Compare(a.To, b.To) })
	return dayOffWhen(sales.DayOff{From: days[0].From, To: last.To})
}

// sortDaysOff puts what is stored into the lists of the page. today is a local
// day, YYYY-MM-DD.
func sortDaysOff(p *DaysOffPage, list []sales.DayOff, today string) {
	by := map[string][]sales.DayOff{}
	var sources []string
	for _, d := range list {
		switch {
		case d.Source != "":
			if by[d.Source] == nil {
				sources = append(sources, d.Source)
			}
			by[d.Source] = append(by[d.Source], d)
		case d.To >= today:
			p.Coming = append(p.Coming, dayOffRow(d))
		default:
			p.Past = append(p.Past, dayOffRow(d))
		}
	}
	slices.Reverse(p.Past)
	slices.SortFunc(sources, func(a, b string) int { return cmp.Compare(strings.ToLower(a), strings.ToLower(b)) })
	for _, source := range sources {
		days := by[source]
		row := CalendarRow{Source: source, Who: whereLabel(days[0].Country, days[0].Subdivision), Count: len(days), Span: spanWords(days)}
		for _, d := range days {
			if d.To < today {
				continue
			}
			if row.Next == "" {
				row.Next = dayOffWhen(d) + pick(d.Name != "", ", "+d.Name, "")
			}
			if len(row.Days) < shownDays {
				row.Days = append(row.Days, dayOffRow(d))
			}
		}
		p.Calendars = append(p.Calendars, row)
	}
}

// country is a country with its parts.
type country struct {
	Code, Name string
	Parts      []calendar.Part
}

// countryList are the countries of ISO 3166-1 by their English names, with the
// parts whose own holidays are known. It is computed once and only read.
var countryList = sync.OnceValue(func() []country {
	var out []country
	names := display.English.Regions()
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			region, err := language.ParseRegion(code)
			if err != nil || strings.Contains("AN BU CS DD SU TP YU ZR", code) || !region.IsCountry() || region.String() != code || region.Canonicalize() != region {
				continue
			}
			if name := names.Name(region); name != "" && name != code && calendar.Country(code) == code {
				out = append(out, country{Code: code, Name: name, Parts: calendar.Subdivisions(code)})
			}
		}
	}
	slices.SortFunc(out, func(a, b country) int { return cmp.Compare(a.Name, b.Name) })
	return out
})

// whereLabel says for whom a day is free.
func whereLabel(code, part string) string {
	if code == "" {
		return "Everybody"
	}
	for _, c := range countryList() {
		if c.Code != code {
			continue
		}
		for _, p := range c.Parts {
			if p.Code == part {
				return c.Name + ", " + p.Name
			}
		}
		return c.Name + pick(part != "", ", "+part, "")
	}
	return pick(part != "", part, code)
}

// whereOf splits the choice of a country or a part of one: "", DE, DE-BY.
func whereOf(choice string) (code, part string) {
	choice = strings.ToUpper(strings.TrimSpace(choice))
	code, _, whole := strings.Cut(choice, "-")
	if whole {
		part = choice
	}
	return code, part
}

// choiceOf is the value of a country and a part in the list.
func choiceOf(code, part string) string { return cmp.Or(part, code) }

// holidayCountries are the countries whose public holidays are known.
func holidayCountries() []string { return calendar.Countries() }

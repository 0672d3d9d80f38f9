package calendar

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// The kinds of a free day, as reasons name them.
const (
	publicHoliday = "public holiday"
	companyDayOff = "company day off"
)

// named is a kind of free day with its name, where it has one.
func named(kind, name string) string {
	if name == "" {
		return kind
	}
	return kind + ": " + name
}

// DaysOff are the days off of a workspace, ready to be asked: company days off
// for everybody, and free days of one country or of a part of one. It is never
// changed after NewDaysOff, so many may ask at once; nil has none.
type DaysOff struct {
	company  []span
	national map[string][]span // by country, and by part: DE, DE-BY
}

// span is free days in a row, [from, to]; those of one list are in order and
// have no day in common.
type span struct {
	from, to int64
	name     string
}

// NewDaysOff makes the days off ready to be asked. One without a country is for
// everybody, a company day off; one with a country, or with a part of it, is for
// the people there and reads as a public holiday. Those that cannot be
// (sales.DayOff.Validate tells) are passed over. Where two are on the same day
// the one that began first gives the name.
func NewDaysOff(days []sales.DayOff) *DaysOff {
	o := &DaysOff{}
	for _, d := range days {
		from, ok1 := dayOfDate(d.From)
		to, ok2 := dayOfDate(d.To)
		if !ok1 || !ok2 || to < from {
			continue
		}
		s := span{from: from, to: to, name: strings.TrimSpace(d.Name)}
		country, part := Country(d.Country), Subdivision(d.Country, d.Subdivision)
		switch key := cmp.Or(part, country); {
		case key != "":
			if o.national == nil {
				o.national = make(map[string][]span)
			}
			o.national[key] = append(o.national[key], s)
		case d.Country == "" && d.Subdivision == "":
			o.company = append(o.company, s)
		}
	}
	o.company = apart(o.company)
	for key, list := range o.national {
		o.national[key] = apart(list)
	}
	return o
}

// apart sorts spans and cuts off what another covers.
func apart(list []span) []span {
	slices.SortStableFunc(list, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	out := list[:0]
	for _, s := range list {
		if n := len(out); n > 0 && s.from <= out[n-1].to {
			s.from = out[n-1].to + 1
		}
		if s.from <= s.to {
			out = append(out, s)
		}
	}
	return slices.Clip(out)
}

// Len is how many stretches of free days there are, over all countries.
func (o *DaysOff) Len() int {
	if o == nil {
		return 0
	}
	n := len(o.company)
	for _, list := range o.national {
		n += len(list)
	}
	return n
}

// Name names the day off on the calendar day that day shows in its own location.
func (o *DaysOff) Name(day time.Time, p Place) (name string, ok bool) {
	d, _ := dayOf(wallOf(day, day.Location()))
	_, name, ok = o.on(d, p)
	return name, ok
}

// on finds the day off of a local day at a place; nil has none.
func (o *DaysOff) on(day int64, p Place) (kind, name string, ok bool) {
	if o == nil {
		return "", "", false
	}
	if name, ok = find(o.company, day); ok {
		return companyDayOff, name, true
	}
	if len(o.national) == 0 || p.Country == "" {
		return "", "", false
	}
	if p.Subdivision != "" {
		if name, ok = find(o.national[p.Subdivision], day); ok {
			return publicHoliday, name, true
		}
	}
	name, ok = find(o.national[p.Country], day)
	return publicHoliday, name, ok
}

// find looks up a day in spans that are in order.
func find(list []span, day int64) (string, bool) {
	i, exact := slices.BinarySearchFunc(list, day, func(s span, day int64) int { return cmp.Compare(s.from, day) })
	if !exact {
		i--
	}
	if i < 0 || list[i].to < day {
		return "", false
	}
	return list[i].name, true
}

// dayOfDate reads YYYY-MM-DD.
func dayOfDate(s string) (int64, bool) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, false
	}
	return floorDiv(t.Unix(), daySecs), true
}

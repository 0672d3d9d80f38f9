package calendar

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// The bounds of an imported calendar.
const (
	MaxICS     = 5 << 20 // bytes of a file
	MaxICSDays = 5_000   // days off out of one file
	icsBack    = 2       // years before now that are read
	icsAhead   = 6       // years after now
	icsNotes   = 50
	icsBudget  = 10_000_000 // days looked at for rules
)

// ICS is what an iCalendar file says about free days.
type ICS struct {
	Name    string         // of the calendar (X-WR-CALNAME, RFC 7986 NAME), or empty
	Days    []sales.DayOff // by their first day, then name; none twice
	Events  int            // events of the file
	LeftOut int            // events that give no day off between two years ago and six ahead
	Notes   []string       // why, in words for people; at most 50
}

// ParseICS reads the days off out of an iCalendar file (RFC 5545), for a country
// and a part of it, or for everybody when both are empty; source goes into each.
//
// A day off is each day of an event of whole days, and each day on which an event
// with times takes seven hours and more between 08:00 and 18:00 of its own clock.
// Repetitions (RRULE, RDATE, EXDATE, single days that were moved) are written
// out from two years before now to six years after it. Left out are events that
// are canceled, that leave the time free (TRANSP), that Google marks as an
// observance, and those that cannot be read; but where all events of whole days
// leave the time free, as in published holiday calendars, that is not asked.
//
// The error is Limited for a file above MaxICS or with more than MaxICSDays, and
// Invalid when it is no calendar.
func ParseICS(b []byte, country, subdivision, source string, now time.Time) (ICS, error) {
	if len(b) > MaxICS {
		return ICS{}, sales.Errorf(sales.Limited, "The calendar is larger than %d MB. Export only the holidays, or fewer years.", MaxICS>>20)
	}
	file := decode(b)
	if !strings.Contains(strings.ToUpper(file[:min(len(file), 64<<10)]), "BEGIN:VCALENDAR") {
		return ICS{}, notACalendar(b)
	}
	x := &icsReader{zones: icsZones{}, budget: budget{icsBudget}}
	y, m, d := now.UTC().Date()
	x.first, x.last = dayNumber(y-icsBack, m, d), dayNumber(y+icsAhead, m, d)
	x.read(file)
	x.settle()
	for _, e := range x.events {
		if err := x.add(e); err != nil {
			return ICS{}, err
		}
	}
	x.finish(Country(country), Subdivision(country, subdivision), text(source))
	return x.out, nil
}

func notACalendar(b []byte) error {
	begin := text(decode(bytes.TrimSpace(b[:min(len(b), 400)])))
	switch {
	case begin == "":
		return sales.Errorf(sales.Invalid, "The calendar file is empty. Export it again as an iCalendar file (.ics).")
	case strings.HasPrefix(begin, "<"):
		return sales.Errorf(sales.Invalid, "This is a web page, not a calendar. Download the file behind the iCal or .ics link of the calendar, and check that it can be read without logging in.")
	}
	return sales.Errorf(sales.Invalid, "This is not an iCalendar file (.ics): it begins with “%s”.", clip(begin))
}

// icsReader gathers the events of one file.
type icsReader struct {
	out         ICS
	events      []*event
	zones       icsZones
	zone        *time.Location // X-WR-TIMEZONE, in which UTC times are read
	first, last int64          // the days that are of interest
	days        int            // days off so far
	budget      budget
}

// note says why an event gives no day off.
func (x *icsReader) note(e *event, format string, args ...any) {
	x.out.LeftOut++
	if len(x.out.Notes) < icsNotes {
		name := "An event without a name"
		if e.name != "" {
			name = "“" + clip(e.name) + "”"
		}
		x.out.Notes = append(x.out.Notes, name+" "+fmt.Sprintf(format, args...))
	}
}

// read goes through the lines. Components inside an event (alarms) and beside
// events (tasks, zones) are passed over, whatever they hold.
func (x *icsReader) read(file string) {
	lines := lineReader{rest: file}
	var e *event
	inside := 0 // components that are open below the event, or below the calendar
	for {
		p, ok := lines.next()
		if !ok {
			if e != nil {
				x.note(e, "is cut off: the file ends in the middle of it.")
			}
			return
		}
		what := strings.ToUpper(strings.TrimSpace(p.value))
		switch {
		case p.name == "BEGIN" && what == "VEVENT" && (e == nil || inside == 0):
			if e != nil {
				x.note(e, "cannot be read: it has no end.")
			}
			e, inside = &event{}, 0
			x.out.Events++
		case p.name == "BEGIN" && what != "VCALENDAR":
			inside++
		case p.name == "END" && what == "VEVENT" && e != nil:
			x.events = append(x.events, e)
			e, inside = nil, 0
		case p.name == "END":
			inside = max(inside-1, 0)
		case inside > 0:
		case e != nil:
			e.set(p, x.zones)
		default:
			x.header(p)
		}
	}
}

func (x *icsReader) header(p property) {
	switch p.name {
	case "X-WR-CALNAME", "NAME":
		x.out.Name = cmp.Or(x.out.Name, text(p.value))
	case "X-WR-TIMEZONE":
		x.zone = x.zones.load(p.value)
	}
}

// settle puts times into the clock of each event, and tells which events leave
// the time free and which single days of a series were moved.
func (x *icsReader) settle() {
	moved := map[string][]stamp{}
	busy := false
	for _, e := range x.events {
		e.settle(x.zone)
		if e.err == nil && e.start.dateOnly && !e.free && !e.canceled {
			busy = true
		}
		if e.recurrenceID != nil && e.uid != "" {
			moved[e.uid] = append(moved[e.uid], *e.recurrenceID)
		}
	}
	for _, e := range x.events {
		if !busy && e.start.dateOnly {
			e.free = false
		}
		if e.recurrenceID == nil && e.uid != "" && (e.rule != "" || len(e.extra) > 0) {
			e.except = append(e.except, moved[e.uid]...)
		}
	}
}

// add writes the days off of one event.
func (x *icsReader) add(e *event) error {
	switch {
	case e.err != nil:
		x.note(e, "cannot be read: %v.", e.err)
		return nil
	case e.canceled:
		x.note(e, "is canceled.")
		return nil
	case e.free:
		x.note(e, "leaves the time free.")
		return nil
	case e.observance:
		x.note(e, "is only an observance.")
		return nil
	}
	found := 0
	err := x.occurrences(e, func(wall int64) error {
		from, to, ok := e.freeDays(wall)
		if !ok || to < x.first || from > x.last {
			return nil
		}
		found++
		if x.days += int(to - from + 1); x.days > MaxICSDays {
			return sales.Errorf(sales.Limited, "The calendar has more than %d days off between two years ago and six years ahead. Import one with the holidays only.", MaxICSDays)
		}
		x.out.Days = append(x.out.Days, sales.DayOff{From: dateText(from), To: dateText(to), Name: e.name})
		return nil
	})
	switch {
	case err != nil && sales.CodeOf(err) == sales.Limited:
		return err
	case err != nil:
		x.note(e, "cannot be read: %v.", err)
	case found == 0 && e.start.dateOnly:
		x.note(e, "is not in these years.")
	case found == 0:
		x.note(e, "takes no working day, or none in these years.")
	}
	return nil
}

// occurrences calls f with the start of each occurrence of an event, on its own
// clock, from its rule, its further dates, without those that are excepted.
func (x *icsReader) occurrences(e *event, f func(wall int64) error) error {
	off, offDay := map[int64]bool{}, map[int64]bool{}
	for _, s := range e.except {
		off[s.wall] = true
		if s.dateOnly {
			offDay[floorDiv(s.wall, daySecs)] = true // whatever the clock shows
		}
	}
	seen := map[int64]bool{}
	give := func(wall int64) error {
		day := floorDiv(wall, daySecs)
		if seen[wall] || off[wall] || offDay[day] || day > x.last {
			return nil
		}
		seen[wall] = true
		return f(wall)
	}
	var r recurrence
	var err error
	if e.rule != "" {
		if r, err = parseRule(e.rule); err != nil {
			return err
		}
	}
	for _, s := range append([]stamp{e.start}, e.extra...) {
		if err := give(s.wall); err != nil {
			return err
		}
	}
	if e.rule == "" {
		return nil
	}
	if r.untilUTC && e.start.loc != nil {
		r.until = wallOf(time.Unix(r.until, 0), e.start.loc)
	}
	if e.start.dateOnly && !r.untilDay && r.until != forever {
		r.untilDay = true // a time after a date is not asked for
	}
	start, sec := dayOf(e.start.wall)
	within := r.each(start, sec, x.first-e.length/daySecs-1, x.last, &x.budget, func(day int64) bool {
		err = give(day*daySecs + sec)
		return err == nil
	})
	if !within {
		return sales.Errorf(sales.Limited, "The calendar repeats more than can be written out. Import one with the holidays only.")
	}
	return err
}

// finish puts the days off in order and fills in what is the same for all.
func (x *icsReader) finish(country, part, source string) {
	for i := range x.out.Days {
		d := &x.out.Days[i]
		d.Country, d.Subdivision, d.Source = country, part, source
	}
	slices.SortStableFunc(x.out.Days, func(a, b sales.DayOff) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Name, b.Name))
	})
	x.out.Days = slices.Compact(x.out.Days)
}

func dateText(day int64) string {
	y, m, d := date(day)
	return fmt.Sprintf("%04d-%02d-%02d", y, int(m), d)
}

// icsZones remembers the zones that a file names, at most 100.
type icsZones map[string]*time.Location

// load is Zone, which it asks once for each name.
func (z icsZones) load(name string) *time.Location {
	name = strings.Trim(strings.TrimSpace(name), "/")
	loc, known := z[name]
	if known || len(name) > 100 || len(z) >= 100 {
		return loc
	}
	loc = Zone(name)
	z[name] = loc
	return loc
}

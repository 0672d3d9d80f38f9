package calendar

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// event is one VEVENT of a file.
type event struct {
	name, uid    string
	start        stamp
	end          *stamp
	length       int64 // seconds, on its own clock
	duration     string
	rule         string
	extra        []stamp // RDATE
	except       []stamp // EXDATE, and single days that were moved
	recurrenceID *stamp
	free         bool // TRANSP:TRANSPARENT, or Outlook's free
	canceled     bool
	observance   bool // Google's word for a day that nobody has off
	hasStart     bool
	err          error // the first thing that cannot be read
}

// maxDates bounds the single dates of one event.
const maxDates = 2_000

// The hours of a working day for events that have times, and how much of them
// an event must take to make a day off of it.
const (
	workFrom = 8 * hour
	workTo   = 18 * hour
	workMost = 7 * hour
)

// set takes one property of the event.
func (e *event) set(p property, zones icsZones) {
	value := strings.ToUpper(strings.TrimSpace(p.value))
	switch p.name {
	case "SUMMARY":
		e.name = text(p.value)
	case "UID":
		e.uid = strings.TrimSpace(p.value)
	case "DTSTART":
		e.start, e.hasStart = e.stamp(p, p.value, zones), true
	case "DTEND":
		s := e.stamp(p, p.value, zones)
		e.end = &s
	case "DURATION":
		e.duration = value
	case "RRULE":
		if e.rule != "" {
			e.fail(errors.New("it has two rules"))
		}
		e.rule = p.value
	case "EXRULE":
		e.fail(errors.New("it has a rule of exceptions (EXRULE)"))
	case "RDATE":
		e.extra = append(e.extra, e.stamps(p, len(e.extra), zones)...)
	case "EXDATE":
		e.except = append(e.except, e.stamps(p, len(e.except), zones)...)
	case "RECURRENCE-ID":
		s := e.stamp(p, p.value, zones)
		e.recurrenceID = &s
	case "STATUS":
		e.canceled = value == "CANCELLED"
	case "TRANSP":
		e.free = e.free || value == "TRANSPARENT"
	case "X-MICROSOFT-CDO-BUSYSTATUS":
		e.free = e.free || value == "FREE" || value == "WORKINGELSEWHERE"
	case "DESCRIPTION":
		e.observance = strings.HasPrefix(value, "OBSERVANCE")
	}
}

func (e *event) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

// stamp reads one date of a property with its TZID.
func (e *event) stamp(p property, value string, zones icsZones) stamp {
	s, err := parseWall(value)
	if err != nil {
		e.fail(fmt.Errorf("%s: %w", p.name, err))
	}
	if tz := p.params["TZID"]; tz != "" && !s.utc && !s.dateOnly {
		s.loc = zones.load(tz)
	}
	return s
}

// stamps reads a list of dates; of a period its start counts.
func (e *event) stamps(p property, have int, zones icsZones) []stamp {
	if strings.TrimSpace(p.value) == "" {
		return nil
	}
	var list []stamp
	for value := range strings.SplitSeq(p.value, ",") {
		if have+len(list) >= maxDates {
			e.fail(fmt.Errorf("it has more than %d single dates", maxDates))
			return list
		}
		value, _, _ = strings.Cut(value, "/")
		list = append(list, e.stamp(p, value, zones))
	}
	return list
}

// settle brings all times of the event to one clock, that of its start, and
// finds how long it is.
func (e *event) settle(zone *time.Location) {
	if !e.hasStart {
		e.fail(errors.New("it has no start"))
	}
	if e.err != nil {
		return
	}
	if e.start.utc && zone != nil {
		e.start.loc, e.start.utc, e.start.wall = zone, false, wallOf(time.Unix(e.start.wall, 0), zone)
	}
	if e.end != nil {
		e.length = e.onClock(*e.end).wall - e.start.wall
	} else if e.duration != "" {
		var err error
		if e.length, err = parseDuration(e.duration); err != nil {
			e.fail(err)
		}
	} else if e.start.dateOnly {
		e.length = daySecs // RFC 5545 section 3.6.1
	}
	if e.start.dateOnly && e.length < daySecs {
		e.length = daySecs // an end that is the start: one day, as programs mean it
	}
	if e.length < 0 {
		e.fail(errors.New("it ends before it starts"))
	}
	if e.length > 366*daySecs {
		e.fail(errors.New("it is longer than a year"))
	}
	for _, list := range [][]stamp{e.extra, e.except} {
		for i := range list {
			list[i] = e.onClock(list[i])
		}
	}
	if e.recurrenceID != nil {
		s := e.onClock(*e.recurrenceID)
		e.recurrenceID = &s
	}
}

// onClock is a time as the clock of the event's start shows it. Times whose zone
// is not known are taken to be on that clock.
func (e *event) onClock(s stamp) stamp {
	to := e.start.loc
	if s.dateOnly || to == nil {
		return s
	}
	var at time.Time
	switch {
	case s.utc:
		at = time.Unix(s.wall, 0)
	case s.loc != nil && s.loc.String() != to.String():
		day, sec := dayOf(s.wall)
		at = time.Unix(atWall(day, sec, s.loc), 0)
	default:
		return s
	}
	s.wall, s.utc, s.loc = wallOf(at, to), false, to
	return s
}

// freeDays are the days off of an occurrence that starts at wall; ok is false
// when it takes no working day.
func (e *event) freeDays(wall int64) (from, to int64, ok bool) {
	end := wall + e.length
	if e.start.dateOnly {
		return floorDiv(wall, daySecs), floorDiv(end-1, daySecs), true
	}
	from, to = floorDiv(wall, daySecs), floorDiv(end-1, daySecs)
	takes := func(day int64) bool {
		return min(end, day*daySecs+workTo)-max(wall, day*daySecs+workFrom) >= workMost
	}
	for from <= to && !takes(from) {
		from++
	}
	for from <= to && !takes(to) {
		to--
	}
	return from, to, from <= to
}

// parseDuration reads P1D, P2W, PT8H30M, P1DT12H in seconds (RFC 5545 section 3.3.6).
func parseDuration(s string) (int64, error) {
	bad := fmt.Errorf("the duration %q cannot be read", clip(s))
	rest, ok := strings.CutPrefix(strings.TrimPrefix(s, "+"), "P")
	if !ok || rest == "" {
		return 0, bad
	}
	sum, inTime := int64(0), false
	for rest != "" {
		if rest[0] == 'T' && !inTime {
			rest, inTime = rest[1:], true
			continue
		}
		i := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
		if i <= 0 || i > 9 {
			return 0, bad
		}
		n, err := strconv.ParseInt(rest[:i], 10, 64)
		if err != nil {
			return 0, bad
		}
		unit := map[string]int64{"W": 7 * daySecs, "D": daySecs}[rest[i:i+1]]
		if inTime {
			unit = map[string]int64{"H": hour, "M": minute, "S": 1}[rest[i:i+1]]
		}
		if unit == 0 {
			return 0, bad
		}
		sum, rest = sum+n*unit, rest[i+1:]
	}
	return sum, nil
}

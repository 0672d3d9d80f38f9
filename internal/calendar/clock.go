package calendar

import "time"

// Seconds. A local reading ("wall") is kept as the seconds that the same digits
// would be in UTC, so that days and minutes are plain arithmetic; a day is the
// number of days since 1 January 1970.
const (
	minute  = int64(60)
	hour    = 60 * minute
	daySecs = 24 * hour
	// widest is more than any offset that a zone ever had (15:13 in 1867).
	widest = 26 * hour
)

// period is a stretch of a zone's history with one offset: [from, to) in Unix
// seconds, wall = unix + off.
type period struct{ from, to, off int64 }

const (
	beginning = -1 << 62
	forever   = 1 << 62
)

// periodAt is the period that holds at u.
func periodAt(u int64, loc *time.Location) period {
	t := time.Unix(u, 0).In(loc)
	_, off := t.Zone()
	p := period{from: beginning, to: forever, off: int64(off)}
	start, end := t.ZoneBounds()
	if !start.IsZero() {
		p.from = start.Unix()
	}
	if !end.IsZero() {
		p.to = end.Unix()
	}
	if p.to <= u {
		// Go 1.26 ends a zone's last rule of a leap year a day early, on 31 December
		// (time.tzset). The offset holds on; a period may be cut anywhere.
		p.to = (floorDiv(u, daySecs) + 1) * daySecs
	}
	return p
}

// wallOf is the local reading of t.
func wallOf(t time.Time, loc *time.Location) int64 {
	_, off := t.In(loc).Zone()
	return t.Unix() + int64(off)
}

// floorDiv is a/b, rounded down.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// dayOf is the local day of a wall reading, and the second in it.
func dayOf(wall int64) (day, sec int64) {
	day = floorDiv(wall, daySecs)
	return day, wall - day*daySecs
}

// weekday of a day; 1 January 1970 was a Thursday.
func weekday(day int64) time.Weekday {
	return time.Weekday(((day+4)%7 + 7) % 7)
}

// date gives the calendar date of a day.
func date(day int64) (int, time.Month, int) {
	return time.Unix(day*daySecs, 0).UTC().Date()
}

// periodsOf calls f with every period that touches the local day, in order,
// until f returns false. There is one on nearly every day.
func periodsOf(day int64, loc *time.Location, f func(period) bool) {
	u := day*daySecs - widest
	for range 64 { // a zone has a handful of changes in four days at most
		p := periodAt(u, loc)
		if !f(p) || p.to >= (day+1)*daySecs+widest {
			return
		}
		u = p.to
	}
}

// firstIn is the earliest moment, not before the Unix second u, at which the
// local clock shows day and a second of [from, to). ok is false when there is none.
func firstIn(day, from, to, u int64, loc *time.Location) (at int64, ok bool) {
	periodsOf(day, loc, func(p period) bool {
		lo := max(day*daySecs+from-p.off, p.from, u)
		hi := min(day*daySecs+to-p.off, p.to)
		if lo < hi {
			at, ok = lo, true
		}
		return !ok
	})
	return at, ok
}

// atWall is the moment at which the local clock shows day and sec. Of two it is
// the first; where a clock change leaves it out it is counted with the offset
// before the change, so that 02:30 becomes 03:30 (RFC 5545 section 3.3.5).
func atWall(day, sec int64, loc *time.Location) int64 {
	wall := day*daySecs + sec
	if at, ok := firstIn(day, sec, sec+1, beginning, loc); ok {
		return at
	}
	at := wall - periodAt(wall, loc).off
	periodsOf(day, loc, func(p period) bool {
		if u := wall - p.off; u >= p.to { // not yet reached when this period ends
			at = u
			return true
		}
		return false
	})
	return at
}

// DayStart is the first moment of the local day in which t lies, in UTC: local
// midnight, or the moment of a clock change that leaves midnight out.
func DayStart(t time.Time, loc *time.Location) time.Time {
	if loc == nil {
		loc = time.UTC
	}
	day, _ := dayOf(wallOf(t, loc))
	at, ok := firstIn(day, 0, daySecs, beginning, loc)
	if !ok {
		return t.UTC()
	}
	return time.Unix(at, 0).UTC()
}

// NextDay is the first moment of the local day after the one in which t lies,
// in UTC. It is not DayStart and 24 hours where the clock changes.
func NextDay(t time.Time, loc *time.Location) time.Time {
	if loc == nil {
		loc = time.UTC
	}
	day, _ := dayOf(wallOf(t, loc))
	for range 3 { // a day may be left out
		day++
		if at, ok := firstIn(day, 0, daySecs, t.Unix()+1, loc); ok {
			return time.Unix(at, 0).UTC()
		}
	}
	return t.Add(24 * time.Hour).UTC()
}

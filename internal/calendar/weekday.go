package calendar

import (
	"time"

	"ninetyten/internal/sales"
)

// OnWeekday is the first moment, not before t, whose local day is one of days
// (Sunday first; none is any day), whose local clock shows at least minute of
// the day (0 and less is any time), and which is allowed; it is in UTC. So a step
// on a Tuesday whose Tuesday is over, or free, waits for the next one, and is not
// put off to a Wednesday. Where no such moment is ever allowed, windows and free
// days are not asked, and Next will say what it waits for.
func (c Calendar) OnWeekday(t time.Time, days [7]bool, minute int, p Place) time.Time {
	loc := p.loc()
	today, sec := dayOf(wallOf(t, loc))
	from := int64(max(minute, 0)) * 60
	if days == [7]bool{} {
		days = [7]bool{true, true, true, true, true, true, true}
	}
	if days[weekday(today)] && sec >= from && c.Allowed(t, p) {
		return t.UTC()
	}
	// The day before is looked at too: a clock change at midnight can bring its last hour back.
	for day := today - 1; day <= today+horizon; day++ {
		if !days[weekday(day)] {
			continue
		}
		if u, ok := c.opens(day, from, t, p); ok {
			if v, ok := c.opens(day+1, from, t, p); ok && v < u && days[weekday(day+1)] {
				u = v
			}
			return time.Unix(u, 0).UTC()
		}
	}
	return onBareWeekday(t, days, from, loc)
}

// onBareWeekday is the first moment, not before t, on one of the days, from that
// second of the day on.
func onBareWeekday(t time.Time, days [7]bool, from int64, loc *time.Location) time.Time {
	today, sec := dayOf(wallOf(t, loc))
	if days[weekday(today)] && sec >= from {
		return t.UTC()
	}
	for day := today; day <= today+14; day++ {
		if !days[weekday(day)] {
			continue
		}
		if at, ok := firstIn(day, from, daySecs, t.Unix(), loc); ok {
			return time.Unix(at, 0).UTC()
		}
	}
	return t.UTC()
}

// AddWorkingDays is n working days after t, or before it when n is negative, at
// the same local time of day, in UTC; days are counted as AddDelay counts them.
func (c Calendar) AddWorkingDays(t time.Time, n int, p Place) time.Time {
	if n >= 0 {
		return c.AddDelay(t, sales.Delay{N: n, Unit: sales.WorkingDays}, p)
	}
	loc := p.loc()
	day, sec := dayOf(wallOf(t, loc))
	left := min(int64(-n), maxDelay)
	if !hasWindows(c.Windows) {
		day, left = day-left, 0
	}
	for range left*14 + horizon {
		if left == 0 {
			break
		}
		if day--; c.working(day, p) {
			left--
		}
	}
	return time.Unix(atWall(day, sec, loc), int64(t.Nanosecond())).UTC()
}

// DateAt is the moment at which a step of a date sequence is due: offset days
// after the date of anchor (its date in UTC is meant, whatever its clock shows),
// at minute of the local day.
func (c Calendar) DateAt(anchor time.Time, offset, minute int, p Place) time.Time {
	day := floorDiv(anchor.UTC().Unix(), daySecs) + int64(offset)
	return time.Unix(atWall(day, int64(max(minute, 0))*60, p.loc()), 0).UTC()
}

// SpacedAfter is n working days after t: the least time between two automatic
// mails when a person changes the track.
func (c Calendar) SpacedAfter(t time.Time, n int, p Place) time.Time {
	return c.AddWorkingDays(t, max(n, 0), p)
}

// DayOf is the local date of t as YYYY-MM-DD, which orders as text.
func DayOf(t time.Time, p Place) string { return t.In(p.loc()).Format(time.DateOnly) }

package calendar

import (
	"time"

	"ninetyten/internal/sales"
)

// OnWeekday is the first moment, not before t, whose local day is one of days
// (Sunday first; none is any day) and whose local clock shows at least minute of
// the day; 0 and less is any time. It is in UTC. Windows and holidays are not
// asked: that is for Next.
func (c Calendar) OnWeekday(t time.Time, days [7]bool, minute int, p Place) time.Time {
	loc := p.loc()
	today, _ := dayOf(wallOf(t, loc))
	from := int64(max(minute, 0)) * 60
	for day := today; day <= today+14; day++ {
		if days != ([7]bool{}) && !days[weekday(day)] {
			continue
		}
		if at, ok := firstIn(day, from, daySecs, t.Unix(), loc); ok {
			if at == t.Unix() {
				return t.UTC()
			}
			return time.Unix(at, 0).UTC()
		}
	}
	return t.UTC()
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
	return c.AddDelay(t, sales.Delay{N: n, Unit: sales.WorkingDays}, p)
}

// DayOf is the local date of t as YYYY-MM-DD, which orders as text.
func DayOf(t time.Time, p Place) string { return t.In(p.loc()).Format(time.DateOnly) }

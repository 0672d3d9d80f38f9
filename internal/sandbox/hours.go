package sandbox

import (
	"time"

	"ninetyten/internal/sandbox/dice"
)

// zoneOf loads a zone; one that the machine does not know is UTC.
func zoneOf(name string) *time.Location {
	if l, err := time.LoadLocation(name); err == nil && name != "" {
		return l
	}
	return time.UTC
}

// atWork tells whether people in that zone sit at their desks: Monday to
// Friday, 08:30 to 17:30.
func atWork(t time.Time, zone *time.Location) bool {
	l := t.In(zone)
	m := l.Hour()*60 + l.Minute()
	return l.Weekday() != time.Saturday && l.Weekday() != time.Sunday && m >= 8*60+30 && m < 17*60+30
}

// humanTime is when somebody in that zone gets to it, delay after t: then, when
// they are at work, else some time after they next come in.
func humanTime(d *dice.Dice, t time.Time, delay time.Duration, zone *time.Location) time.Time {
	at := t.Add(delay)
	late := d.Between(0, 100*time.Minute)
	if atWork(at, zone) {
		return at
	}
	l := at.In(zone)
	open := time.Date(l.Year(), l.Month(), l.Day(), 8, 30, 0, 0, zone)
	if !open.After(l) {
		open = open.AddDate(0, 0, 1)
	}
	for open.Weekday() == time.Saturday || open.Weekday() == time.Sunday {
		open = open.AddDate(0, 0, 1)
	}
	return open.Add(late)
}

// workdayAfter is the working day n days on, at nine in the zone; a weekend
// moves it to Monday.
func workdayAfter(t time.Time, days int, zone *time.Location) time.Time {
	l := t.In(zone).AddDate(0, 0, days)
	l = time.Date(l.Year(), l.Month(), l.Day(), 9, 0, 0, 0, zone)
	for l.Weekday() == time.Saturday || l.Weekday() == time.Sunday {
		l = l.AddDate(0, 0, 1)
	}
	return l
}

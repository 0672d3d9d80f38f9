package calendar

import (
	"fmt"
	"time"

	"ninetyten/internal/sales"
)

// Calendar is when something may happen: windows of the week, whether public
// holidays are free, and the days off that the workspace knows of. It is a value
// and is never changed.
type Calendar struct {
	Windows  sales.WeekWindows
	Holidays bool
	Off      *DaysOff // free whatever Holidays says; nil is none
}

// For is the calendar for mails of a workspace.
func For(s sales.Settings) Calendar {
	return Calendar{Windows: s.Windows, Holidays: s.Holidays}
}

// CallHours is the calendar for calls of a workspace: the call window on every
// day that has windows for mails, Monday to Friday when none has.
func CallHours(s sales.Settings) Calendar {
	c := Calendar{Holidays: s.Holidays}
	call := []sales.Window{s.CallWindow}
	any := hasWindows(s.Windows)
	for d := range s.Windows {
		weekend := d == int(time.Sunday) || d == int(time.Saturday)
		if (any && dayOpen(s.Windows[d])) || (!any && !weekend) {
			c.Windows[d] = call
		}
	}
	return c
}

// CheckWindows returns an Invalid error when a window cannot be meant: an end
// that is not after its start, or times outside the day.
func CheckWindows(w sales.WeekWindows) error {
	for d, ws := range w {
		if len(ws) > 24 {
			return sales.Errorf(sales.Invalid, "%s has %d windows; use at most 24.", time.Weekday(d), len(ws))
		}
		for _, x := range ws {
			if x.From < 0 || x.To > 24*60 || x.From >= x.To {
				return sales.Errorf(sales.Invalid, "The window %s to %s on %s cannot be: it must start before it ends, within one day. Split one that goes over midnight into two days.", clockText(x.From), clockText(x.To), time.Weekday(d))
			}
		}
	}
	return nil
}

func clockText(min int) string { return fmt.Sprintf("%02d:%02d", min/60, min%60) }

// bounds are a window in seconds of the day; ok is false when it is empty.
func bounds(w sales.Window) (from, to int64, ok bool) {
	from, to = int64(max(w.From, 0))*minute, int64(min(w.To, 24*60))*minute
	return from, to, from < to
}

// dayOpen tells whether a day has a window.
func dayOpen(ws []sales.Window) bool {
	for _, w := range ws {
		if _, _, ok := bounds(w); ok {
			return true
		}
	}
	return false
}

func hasWindows(w sales.WeekWindows) bool {
	for _, ws := range w {
		if dayOpen(ws) {
			return true
		}
	}
	return false
}

// free says why a local day is free: "public holiday" or "company day off", and
// its name, which may be empty.
func (c Calendar) free(day int64, p Place) (kind, name string, ok bool) {
	if c.Off != nil {
		if kind, name, ok = c.Off.on(day, p); ok {
			return kind, name, true
		}
	}
	if !c.Holidays || p.Country == "" {
		return "", "", false
	}
	name, ok = holidayOn(p.Country, p.Subdivision, day)
	return publicHoliday, name, ok
}

// working tells whether a local day has windows and is not free.
func (c Calendar) working(day int64, p Place) bool {
	if !dayOpen(c.Windows[weekday(day)]) {
		return false
	}
	_, _, free := c.free(day, p)
	return !free
}

// WorkingDay tells whether the local day of t has windows and is neither a public
// holiday nor a day off.
func (c Calendar) WorkingDay(t time.Time, p Place) bool {
	day, _ := dayOf(wallOf(t, p.loc()))
	return c.working(day, p)
}

// Allowed tells whether t is inside a window of a working day.
func (c Calendar) Allowed(t time.Time, p Place) bool {
	day, sec := dayOf(wallOf(t, p.loc()))
	for _, w := range c.Windows[weekday(day)] {
		if from, to, ok := bounds(w); ok && from <= sec && sec < to {
			_, _, free := c.free(day, p)
			return !free
		}
	}
	return false
}

// horizon is how many days Next looks ahead. A window that exists is met
// within two weeks, but for one that only a clock change cuts off.
const horizon = 400

// Next is the first allowed moment that is not before t. It is t itself, and
// why is empty, when t is allowed. Else at is in UTC and why says in words what
// t is and when it opens: "outside the hours: Mon 08:30 in Europe/Lisbon",
// "public holiday: Natal; ...", "company day off: Retreat; ...". When it never
// opens at is zero and why says so.
func (c Calendar) Next(t time.Time, p Place) (at time.Time, why string) {
	if c.Allowed(t, p) {
		return t, ""
	}
	if !hasWindows(c.Windows) {
		return time.Time{}, "no hours are open: add a window to the schedule"
	}
	loc := p.loc()
	today, _ := dayOf(wallOf(t, loc))
	kind, name, free := c.free(today, p)
	free = free && dayOpen(c.Windows[weekday(today)])
	skipped := ""
	// The day before is looked at too: a clock change at midnight can bring its last hour back.
	for day := today - 1; day <= today+horizon; day++ {
		u, ok := c.opens(day, 0, t, p)
		if !ok {
			if day > today && skipped == "" && dayOpen(c.Windows[weekday(day)]) {
				if k, n, f := c.free(day, p); f {
					skipped = " (" + weekday(day).String()[:3] + " is a " + named(k, n) + ")"
				}
			}
			continue
		}
		if v, ok := c.opens(day+1, 0, t, p); ok && v < u {
			u = v
		}
		at = time.Unix(u, 0).UTC()
		reason := "outside the hours: "
		if free {
			reason, skipped = named(kind, name)+"; ", ""
		}
		return at, reason + whenText(at, t, loc) + " in " + p.name() + skipped
	}
	return time.Time{}, fmt.Sprintf("no open hour in the next %d days: widen the windows of the schedule", horizon)
}

// whenText is at on the local clock, with the date when it is a week away or more.
func whenText(at, t time.Time, loc *time.Location) string {
	layout := "Mon 15:04"
	if at.Sub(t) > 6*24*time.Hour {
		layout = "Mon 2 Jan 15:04"
	}
	return at.In(loc).Format(layout)
}

// opens is the first moment of the local day, after t, at which it is allowed,
// at that second of the day or later.
func (c Calendar) opens(day, least int64, t time.Time, p Place) (u int64, ok bool) {
	ws := c.Windows[weekday(day)]
	if len(ws) == 0 {
		return 0, false
	}
	after := t.Unix()
	if t.Nanosecond() > 0 {
		after++ // t itself is not allowed, so the opening is at a later whole second
	}
	for _, w := range ws {
		from, to, valid := bounds(w)
		if from = max(from, least); !valid || from >= to {
			continue
		}
		if v, found := firstIn(day, from, to, after, p.loc()); found && (!ok || v < u) {
			u, ok = v, true
		}
	}
	if ok {
		if _, _, free := c.free(day, p); free {
			return 0, false
		}
	}
	return u, ok
}

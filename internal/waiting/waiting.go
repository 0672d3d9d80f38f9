// Package waiting says how long somebody has been waiting for an answer, against
// the goal and the alarm of the workspace. It knows no page and no database.
//
// What always holds: only working hours of whoever is to answer count, so that no
// night, day off and absence makes an answer late; what has waited never shrinks as
// time goes on; an alarm is never before the answer was due.
package waiting

import (
	"slices"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

// Clock measures one person's handoffs.
type Clock struct {
	Hours calendar.Hours
	Alarm time.Duration // from when they wrote until it is alarming; 0: at once when it was due
}

// For is the clock of somebody who works in such hours.
func For(s sales.Settings, h calendar.Hours) Clock {
	return Clock{Hours: h, Alarm: max(s.AnswerAlarm, 0)}
}

// Reading is how it stands with one handoff. Lengths are working time.
type Reading struct {
	Waited time.Duration // since they wrote
	Left   time.Duration // until it is due
	Over   time.Duration // since it was due
	Past   bool          // it was due
	Alarm  bool          // and waits too long
	From   time.Time     // now is no working time: it counts on from here; zero is now
	Until  time.Time     // until then it counts without a break; zero when it does not
}

// afterDue is how long a handoff that is no answer (whose mail is it, a colleague
// who was named) may lie after it was due.
const afterDue = time.Hour

// Read says how it stands with a task at a moment.
func (c Clock) Read(t sales.Task, now time.Time) Reading {
	r := Reading{Waited: c.Hours.Between(t.CreatedAt, now)}
	if until, ok := c.Hours.Open(now); ok {
		r.Until = until
	} else {
		r.From = c.Hours.After(now, 0)
	}
	if t.DueAt.IsZero() {
		return r
	}
	if t.DueAt.After(now) {
		r.Left = c.Hours.Between(now, t.DueAt)
		return r
	}
	r.Past, r.Over = true, c.Hours.Between(t.DueAt, now)
	if t.Kind == sales.TaskAnswer {
		r.Alarm = r.Waited >= c.Alarm && r.Over > 0
	} else {
		r.Alarm = r.Over >= afterDue
	}
	return r
}

// Late tells whether what is ours to do since a moment waits longer than the alarm,
// and by how much working time.
func (c Clock) Late(since, now time.Time) (time.Duration, bool) {
	if c.Alarm <= 0 || since.IsZero() {
		return 0, false
	}
	by := c.Hours.Between(since, now) - c.Alarm
	return max(by, 0), by > 0
}

// Median is the middle of some lengths, the mean of the two in the middle of an
// even number; 0 of none. The order of list changes.
func Median(list []time.Duration) time.Duration {
	n := len(list)
	if n == 0 {
		return 0
	}
	slices.Sort(list)
	return (list[(n-1)/2] + list[n/2]) / 2
}

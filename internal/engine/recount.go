package engine

import (
	"time"

	"ninetyten/internal/sales"
)

// Recount says when an enrollment that waits for its next step goes on, now that the
// plan, the hours or the days off may be others than when it was worked out. It is
// never earlier than the rule says. What somebody else holds up (the sequence is
// paused), and a condition that is asked every day, are not brought forward. soon
// tells that by the rule the step was to begin before now: it begins now then.
func Recount(c Case, e sales.Enrollment, now time.Time) (d sales.Decision, soon bool) {
	x := &decider{Case: c, e: e, now: now, before: e}
	at, s, ok := x.dueAgain()
	if !ok || at.Equal(e.NextAt) {
		return sales.Decision{Next: e}, false
	}
	if at.Before(e.NextAt) {
		if e.HoldWhy != "" || s.Kind == sales.StepCondition || !now.Before(e.NextAt) {
			return sales.Decision{Next: e}, false
		}
		if at.Before(now) {
			at, soon = now, true
		}
	}
	x.e.NextAt, x.changed, x.why = at, true, "counted anew"
	return x.decision(), soon
}

// dueAgain is when the step that an enrollment waits for is to begin, worked out
// anew; false when it waits for none.
func (d *decider) dueAgain() (time.Time, sales.Step, bool) {
	if d.e.State != sales.Active || d.e.Awaiting || d.e.NextAt.IsZero() {
		return time.Time{}, sales.Step{}, false
	}
	i := d.onTrack(d.e.Position)
	if i >= len(d.Plan.Steps) {
		return time.Time{}, sales.Step{}, false
	}
	is := d.e.Position
	d.e.Position = i
	at := d.due(d.Plan.Steps[i])
	d.e.Position = is
	return at, d.Plan.Steps[i], !at.IsZero()
}

// early puts a step off whose timer came before the rule lets it begin, because the
// days that its delay is counted in became fewer meanwhile.
func (d *decider) early() bool {
	at, _, ok := d.dueAgain()
	if !ok || !at.After(d.now) {
		return false
	}
	d.e.NextAt = at
	d.why, d.changed = "waits longer: the days are counted anew", true
	return true
}

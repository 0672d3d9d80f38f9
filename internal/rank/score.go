package rank

import (
	"math"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

// Part is what one line of the table adds to a score.
type Part struct {
	Name   string
	Points float64
}

func total(parts []Part) (sum float64) {
	for _, p := range parts {
		sum += p.Points
	}
	return sum
}

// score are the points of a task and of the person whom it is about.
func (r *ranker) score(c Candidate, t sales.Task, reach bool) []Part {
	return append(r.taskPoints(t), r.around(c, reach)...)
}

// taskPoints are the points that a task has whoever it is about.
func (r *ranker) taskPoints(t sales.Task) []Part {
	name := weightOf(t)
	out := []Part{{name, r.points[name]}, {wLate, r.points[wLate] * r.lateness(t)}}
	if t.Kind == sales.TaskAnswer && !t.CreatedAt.IsZero() {
		age := max(r.now.Sub(t.CreatedAt), 0)
		out = append(out, Part{wFresh, r.points[wFresh] * math.Exp2(-age.Hours()/2)})
	}
	return out
}

// around are the points of the person: pinned, can be reached, leans in, is worth
// something, has come some way.
func (r *ranker) around(c Candidate, reach bool) (out []Part) {
	if !c.Pinned.IsZero() {
		out = append(out, Part{wPinned, r.points[wPinned]})
	}
	loc := c.Place.Loc
	if loc == nil {
		loc = time.UTC
	}
	if x := Chance(c.Heard, r.now, loc, reach); x > 0 {
		out = append(out, Part{wReach, r.points[wReach] * x})
	}
	if c.Known && c.Share > 0 { // false for what is no number
		out = append(out, Part{wLean, r.points[wLean] * min(c.Share, 1)})
	}
	if x := worth(c.Value); x > 0 {
		out = append(out, Part{wValue, r.points[wValue] * x})
	}
	if n := len(c.Stages.Stages()); n > 0 {
		out = append(out, Part{wStage, r.points[wStage] * float64(n) / float64(len(sales.PathStages()))})
	}
	return out
}

// worth is from 0 to 1: a third at 10,000, two thirds at 100,000, all from a
// million on.
func worth(value float64) float64 {
	if !(value > 1000) {
		return 0
	}
	return min(math.Log10(value/1000)/3, 1)
}

// Base gives the points of a task without those of its person, and Most is the
// most that the person can add without a pin: who looks for the first of many ranks
// only those whose base is within Most of the best.
func Base(now time.Time, s sales.Settings, h calendar.Hours) func(t sales.Task) float64 {
	r := newRanker(now, s, h)
	return func(t sales.Task) float64 { return total(r.taskPoints(t)) }
}

// Most is described at Base.
func Most(s sales.Settings) float64 {
	p := points(s)
	return p[wReach] + p[wLean] + p[wValue] + p[wStage]
}

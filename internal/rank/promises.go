package rank

import (
	"fmt"
	"time"

	"ninetyten/internal/sales"
)

// theirsLate is how long after its day a promise of theirs is left alone.
const theirsLate = 24 * time.Hour

// theirNext is the promise of theirs that is due first; false when none has a day.
func theirNext(c Candidate) (best sales.Point, ok bool) {
	for _, p := range c.Promises {
		if p.Side == sales.TheirMove && !p.DueAt.IsZero() && (!ok || p.DueAt.Before(best.DueAt)) {
			best, ok = p, true
		}
	}
	return best, ok
}

// ourNext is the promise of ours that is due first, but for the one that a task is about.
func ourNext(c Candidate, t sales.Task) (best sales.Point, ok bool) {
	for _, p := range c.Promises {
		if p.Side == sales.OurMove && !p.DueAt.IsZero() && (p.TaskID == 0 || p.TaskID != t.ID) && (!ok || p.DueAt.Before(best.DueAt)) {
			best, ok = p, true
		}
	}
	return best, ok
}

// leads tells that the person came up by a line of the table that is not a task's.
func (x Ranked) leads(name string) bool {
	return x.Task.Kind == "" && len(x.Points) > 0 && x.Points[0].Name == name
}

// dealWaits says what of a deal waits for us.
func (r *ranker) dealWaits(x Ranked) string {
	d := x.Deal
	says := "The deal “" + oneLine(d.Name, maxQuote) + "” waits for you"
	if d.Due.IsZero() {
		return says + ", and no next step has a day."
	}
	return with(says+": its next step was due "+d.Due.UTC().Format("Mon 2 Jan"), d.Step)
}

// promises speaks of what else was promised, ours that is due within a day first,
// then what they have not kept.
func (r *ranker) promises(x Ranked) string {
	if p, ok := ourNext(x.Candidate, x.Task); ok && p.DueAt.Sub(r.now) < 24*time.Hour {
		return fmt.Sprintf("You promised “%s” by %s.", oneLine(p.Text, maxQuote), r.local(p.DueAt, x.Place))
	}
	if p, ok := theirNext(x.Candidate); ok && !x.leads(wTheirs) {
		if p.DueAt.Before(r.now) {
			return fmt.Sprintf("%s promised “%s”: late by %s.", first(x.Person), oneLine(p.Text, maxQuote), span(r.now.Sub(p.DueAt)))
		}
		return fmt.Sprintf("%s promised “%s” by %s.", first(x.Person), oneLine(p.Text, maxQuote), r.local(p.DueAt, x.Place))
	}
	return ""
}

// pathway speaks of the stage that comes next once some are behind them.
func (r *ranker) pathway(x Ranked) string {
	n := len(x.Stages.Stages())
	if n == 0 {
		return ""
	}
	if s := x.Stages.Next(); s != "" {
		return fmt.Sprintf("%s has shown %d of the five stages: %s is next.", first(x.Person), n, s)
	}
	return first(x.Person) + " has shown all five stages."
}

package rank

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

// Candidate is a person who might be served, and what is known for the order.
type Candidate struct {
	Person  sales.Person
	Company string         // name of the account, or empty
	Tasks   []sales.Task   // the open ones; others are left out
	Place   calendar.Place // where the person is
	Said    string         // words of their last answer, or empty
	Share   float64        // buyer's share of the effort, 0..1
	Known   bool           // whether Share is known: balance.Band is not unknown

	CallNotBefore time.Time // limits on calls (spacing, a day, a person); zero is none
	CallWhy       string    // in words: "called 2 hours ago"

	Value  float64        // of their open deals, in the currency of the workspace
	Stages sales.PathMask // of the pathway, that they have shown
	Heard  []time.Time    // when they answered or talked, for the chance to reach them
	Pinned time.Time      // since when the user wants them on top; zero is not
	// SkippedUntil holds back whom the user passed over, and SkipWhy says why.
	SkippedUntil time.Time
	SkipWhy      string

	Promises []sales.Point // open ones, both ways
	Deal     QuietDeal     // that waits for our side; zero is none
}

// QuietDeal is an open deal about which nothing is to do although it is our move.
type QuietDeal struct {
	Name  string
	Step  string    // the next step, or empty
	Due   time.Time // when that was due; zero is no day
	Since time.Time // when the deal was last changed
}

// Ranked is a candidate in its place.
type Ranked struct {
	Candidate
	Task         sales.Task // the one that leads; zero when there is none
	Score        float64
	Points       []Part    // of which Score is the sum, in the order of the table
	Reasons      []string  // 2 or 3 sentences, most important first
	Held         bool      // not to be served now
	NotBefore    time.Time // of held ones, in UTC; zero: until something happens
	NotBeforeWhy string    // of held ones, in words
}

// ranker is one computation.
type ranker struct {
	now    time.Time
	s      sales.Settings
	points map[string]float64
	calls  calendar.Calendar
	hours  calendar.Hours // in which answers wait
}

func newRanker(now time.Time, s sales.Settings, h calendar.Hours) ranker {
	return ranker{now: now, s: s, hours: h, points: points(s), calls: calendar.CallHours(s)}
}

// Order is the order of Next of a seller who works in such hours, at now: those to serve with the highest score
// first, then the held ones, the earliest first. Ties go to who waits longer,
// then to the smaller ID of the person and the task.
func Order(cs []Candidate, now time.Time, s sales.Settings, h calendar.Hours) []Ranked {
	r := newRanker(now, s, h)
	out := make([]Ranked, 0, len(cs))
	for _, c := range cs {
		out = append(out, r.rank(c))
	}
	slices.SortStableFunc(out, func(a, b Ranked) int {
		if a.Held != b.Held {
			if a.Held {
				return 1
			}
			return -1
		}
		if a.Held {
			if x := laterOrOpen(a.NotBefore, b.NotBefore); x != 0 {
				return x
			}
		}
		return cmp.Or(cmp.Compare(b.Score, a.Score), a.Task.CreatedAt.Compare(b.Task.CreatedAt),
			cmp.Compare(a.Person.ID, b.Person.ID), cmp.Compare(a.Task.ID, b.Task.ID))
	})
	return out
}

// laterOrOpen orders times, the zero time last.
func laterOrOpen(a, b time.Time) int {
	switch {
	case a.IsZero() && b.IsZero():
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}

// rank finds the task that leads and scores it. A task that can be done now
// leads over a held one; of held ones the earliest leads.
func (r *ranker) rank(c Candidate) Ranked {
	reach := r.calls.Allowed(r.now, c.Place)
	best, found := Ranked{}, false
	for _, t := range c.Tasks {
		if t.State != sales.TaskOpen && t.State != "" {
			continue
		}
		x := Ranked{Candidate: c, Task: t, Points: r.score(c, t, reach)}
		x.Score = total(x.Points)
		x.NotBefore, x.NotBeforeWhy = r.hold(c, t, reach)
		x.Held = x.NotBeforeWhy != ""
		if !found || leads(x, best) {
			best, found = x, true
		}
	}
	if !found {
		best = r.withoutTask(c, reach)
	}
	if c.SkippedUntil.After(r.now) && !(best.Held && best.NotBefore.After(c.SkippedUntil)) {
		best.Held, best.NotBefore = true, c.SkippedUntil.UTC()
		best.NotBeforeWhy = "you passed over them until " + r.local(c.SkippedUntil, c.Place)
		if why := oneLine(c.SkipWhy, maxQuote); why != "" {
			best.NotBeforeWhy += ", " + why
		}
	}
	best.Reasons = r.reasons(best, reach)
	return best
}

// leads tells whether a is to be done before b, for the same person.
func leads(a, b Ranked) bool {
	if a.Held != b.Held {
		return b.Held
	}
	x := 0
	if a.Held {
		x = laterOrOpen(a.NotBefore, b.NotBefore)
	}
	return cmp.Or(x, cmp.Compare(b.Score, a.Score), a.Task.CreatedAt.Compare(b.Task.CreatedAt), cmp.Compare(a.Task.ID, b.Task.ID)) < 0
}

// withoutTask ranks a person of the pipeline for whom nothing is to do.
func (r *ranker) withoutTask(c Candidate, reach bool) Ranked {
	x := Ranked{Candidate: c, Points: r.around(c, reach)}
	due := func(name string) Ranked {
		x.Points = append([]Part{{name, r.points[name]}}, x.Points...)
		x.Score = total(x.Points)
		return x
	}
	ours := func() Ranked { return due(wOurs) }
	x.Score = total(x.Points)
	theirs, promised := theirNext(c)
	switch {
	case c.Deal.Name != "" && c.Person.Move != sales.TheirMove && c.Person.Move != sales.Resting:
		return due(wDeal)
	case promised && c.Person.Move != sales.Resting && r.now.Sub(theirs.DueAt) > theirsLate:
		return due(wTheirs)
	case promised && c.Person.Move == sales.TheirMove && c.Person.MoveUntil.IsZero():
		x.Held, x.NotBefore = true, theirs.DueAt.Add(theirsLate).UTC()
		x.NotBeforeWhy = first(c.Person) + " promised something until " + r.local(theirs.DueAt, c.Place)
		return x
	}
	switch c.Person.Move {
	case sales.TheirMove:
		x.Held, x.NotBeforeWhy = true, "it is the move of "+first(c.Person)
	case sales.Resting:
		x.Held, x.NotBeforeWhy = true, first(c.Person)+" rests"
	default:
		return ours()
	}
	if until := c.Person.MoveUntil; !until.IsZero() {
		if !until.After(r.now) { // the rest is over
			x.Held, x.NotBeforeWhy = false, ""
			return ours()
		}
		x.NotBefore = until.UTC()
		x.NotBeforeWhy += " until " + r.local(until, c.Place)
	}
	return x
}

// goal is how long a task may take, and until when that is. An interested
// answer has Settings.AnswerGoal and another question Settings.AnswerAlarm,
// others four hours; everything else a day; a DueAt of the task itself goes first.
func (r *ranker) goal(t sales.Task) (time.Duration, time.Time) {
	d := 24 * time.Hour
	if t.Kind == sales.TaskAnswer {
		switch t.Intent {
		case sales.Interested:
			d = r.s.AnswerGoal
		case sales.Question:
			d = r.s.AnswerAlarm
		default:
			d = 4 * time.Hour
		}
	}
	if d <= 0 {
		d = time.Hour
	}
	if t.DueAt.IsZero() {
		return d, t.CreatedAt.Add(d)
	}
	return d, t.DueAt
}

// lateness is from 0 to 1: a third when the goal comes, two thirds when it is
// missed, 1 when it is missed by as long again. Answers wait in working hours.
func (r *ranker) lateness(t sales.Task) float64 {
	if t.CreatedAt.IsZero() && t.DueAt.IsZero() {
		return 0
	}
	d, due := r.goal(t)
	late := r.now.Sub(due)
	if t.Kind == sales.TaskAnswer && late < 0 {
		late = min(-r.hours.UpTo(r.now, due, d), -1)
	} else if t.Kind == sales.TaskAnswer {
		late = r.hours.UpTo(due, r.now, d)
	}
	if late < 0 {
		return max(0, 1+float64(late)/float64(d)) / 3
	}
	return 2.0/3 + min(float64(late)/float64(d), 1)/3
}

// A promised call may be served so long before its time, and goes over the
// hours for calls so long after it.
const (
	promiseEarly = 5 * time.Minute
	promiseLate  = 2 * time.Hour
)

// hold tells why a task is not to be done now, and from when it is; why is
// empty when it can be done.
func (r *ranker) hold(c Candidate, t sales.Task, reach bool) (notBefore time.Time, why string) {
	if t.SnoozedUntil.After(r.now) {
		notBefore, why = t.SnoozedUntil.UTC(), "put off until "+r.local(t.SnoozedUntil, c.Place)
	}
	if t.Kind != sales.TaskCall {
		return notBefore, why
	}
	if c.CallNotBefore.After(r.now) && c.CallNotBefore.After(notBefore) {
		notBefore, why = c.CallNotBefore.UTC(), cmp.Or(c.CallWhy, "called not long ago")
	}
	from := r.now
	if why != "" {
		from = notBefore
	}
	if promised(t) && !t.DueAt.IsZero() && from.Before(t.DueAt.Add(promiseLate)) {
		if at := t.DueAt.Add(-promiseEarly); at.After(from) {
			return at.UTC(), "the call is promised for " + r.local(t.DueAt, c.Place)
		}
		return notBefore, why
	}
	if why == "" && reach {
		return notBefore, why
	}
	at, closed := r.calls.Next(from, c.Place)
	switch {
	case closed == "":
		return notBefore, why
	case why != "":
		closed = why + "; then " + closed
	}
	if !at.IsZero() {
		at = at.UTC()
	}
	return at, closed
}

// local is a moment on the clock of the person.
func (r *ranker) local(t time.Time, p calendar.Place) string {
	loc := p.Loc
	if loc == nil {
		loc = time.UTC
	}
	l, n := t.In(loc), r.now.In(loc)
	layout := "Mon 2 Jan 2006"
	switch d := t.Sub(r.now); {
	case l.YearDay() == n.YearDay() && l.Year() == n.Year():
		layout = "15:04"
	case d > -6*24*time.Hour && d < 6*24*time.Hour:
		layout = "Mon 15:04"
	case d < 300*24*time.Hour && d > 0:
		layout = "Mon 2 Jan 15:04"
	}
	return l.Format(layout)
}

// span is a duration for people.
func span(d time.Duration) string {
	d = max(d, 0)
	say := func(n int, unit string) string {
		if n == 1 {
			return "1 " + unit
		}
		return fmt.Sprintf("%d %ss", n, unit)
	}
	switch {
	case d < 2*time.Minute:
		return say(int(d.Round(time.Second)/time.Second), "second")
	case d < 2*time.Hour:
		return say(int(d/time.Minute), "minute")
	case d < 48*time.Hour:
		return say(int(d/time.Hour), "hour")
	}
	return say(int(d/(24*time.Hour)), "day")
}

package web

import (
	"fmt"
	"time"

	"ninetyten/internal/rank"
	"ninetyten/internal/sales"
)

// OrderLine is what one line of the table of Next added to a score.
type OrderLine struct {
	Says   string
	Points string
}

// NextDay is the day's list: what can be done well in the hours that are left.
type NextDay struct {
	Done, Today int // people dealt with today, and still to come
	Waiting     int // in all, those of today among them
	Minutes     int // about what today's take
	Left        time.Duration
}

// text is the day in a sentence.
func (d NextDay) text() string {
	if d.Today == 0 {
		if d.Done > 0 {
			return many(d.Done, "person", "people") + " done today"
		}
		return ""
	}
	out := fmt.Sprintf("Today: %s of %s", number(d.Done), number(d.Done+d.Today))
	if d.Minutes > 0 {
		out += fmt.Sprintf(" · about %s", many(d.Minutes, "minute", "minutes"))
	}
	if rest := d.Waiting - d.Today; rest > 0 {
		out += " · " + pick(rest == 1, "one more", "the other "+number(rest)) + pick(d.Waiting >= 1000, " and more", "") + " can wait until tomorrow"
	}
	return out
}

// title says what makes the list as long as it is.
func (d NextDay) title() string {
	if d.Left <= 0 {
		return "Your working hours are over for today: only what somebody waits for is still on today's list."
	}
	return "Your working hours leave " + span(d.Left) + " today. An answer takes about six minutes, a call eight, an approval two, anything else four."
}

// OrderPage is how Next is ordered, for a leader to weigh.
type OrderPage struct {
	Shell
	Rows    []OrderRow
	Own     bool // the workspace has points of its own
	Leads   int  // people who wait, in the queues that were looked at
	Skips   []SkipRow
	Reasons []Option // why people were passed over, and how often
	Problem string
}

// OrderRow is one line of the table.
type OrderRow struct {
	Name, Says string
	Person     bool    // added for the person
	Table      float64 // by the table
	Value      string  // in the workspace, or what was typed
	Did        string  // what it does in the queues now
	Error      string
}

// SkipRow is somebody who was passed over.
type SkipRow struct {
	PersonID  sales.ID
	Name      string
	By        string
	Why, Note string
	At, Until time.Time
}

// skipChoices are the reasons for passing somebody over.
func skipChoices() []Option {
	var out []Option
	for _, r := range sales.SkipReasons() {
		out = append(out, Option{Value: string(r), Label: skipLabel(r)})
	}
	return out
}

func skipLabel(r sales.SkipReason) string {
	switch r {
	case sales.SkipMoment:
		return "Not the moment"
	case sales.SkipPrepare:
		return "Must find something out first"
	case sales.SkipNothing:
		return "Nothing to say yet"
	case sales.SkipNotMine:
		return "Somebody else should"
	case sales.SkipWrong:
		return "Should not be in the queue"
	}
	return "Another reason"
}

// orderLines are the points of somebody in the order of Next, with their sum.
func orderLines(x rank.Ranked) []OrderLine {
	says := map[string]string{}
	for _, w := range rank.Weights() {
		says[w.Name] = w.Says
	}
	var out []OrderLine
	for _, p := range x.Points {
		if p.Points >= 0.05 {
			out = append(out, OrderLine{Says: upperFirst(says[p.Name]), Points: fmt.Sprintf("%.1f", p.Points)})
		}
	}
	return append(out, OrderLine{Says: "In all", Points: fmt.Sprintf("%.1f", x.Score)})
}

// pinAction pins whom the page shows, or takes the pin away.
func (n *NextPerson) pinAction() Action {
	a := Action{Label: "Pin", Name: "Pin " + n.Head.FirstName + ": on top until the next thing is done", Key: "p", Quiet: true, Small: true, Post: "/next/pin", Fields: []Hidden{{"person", n.Head.ID.String()}, {"back", "/next"}}}
	if n.Pinned {
		a.Label, a.Name, a.Post = "Unpin", "Unpin "+n.Head.FirstName, "/next/unpin"
	}
	return a
}

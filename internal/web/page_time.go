package web

import (
	"fmt"
	"time"

	"ninetyten/internal/balance"
	"ninetyten/internal/sales"
)

// TimePart is selling and admin time on the page of the 90/10: the viewer's own
// first, all that is stored of it, and what leaders see.
type TimePart struct {
	Off       bool // by the viewer, for themselves
	AllOff    bool // by an administrator, for the workspace
	MaySwitch bool // for the workspace
	Weeks     []TimeWeek
	Stored    []TimeDay // the newest first
	From      time.Time // leaders see the days from this one; dates
	Last      time.Time // until this one
	Seen      TimeWho   // what they see of the viewer
	Leads     bool
	People    []TimeWho
	Team      balance.TimeSum
	Few       bool // too few people for the kinds of pages of the team
}

// TimeWeek is the viewer's own time in a week from a Monday on.
type TimeWeek struct {
	From time.Time
	balance.TimeSum
}

// TimeDay is what is stored of a day: a date.
type TimeDay struct {
	Day   time.Time
	Kinds []balance.PageTime
}

// TimeWho is the two sums of a colleague.
type TimeWho struct {
	Name           string
	Selling, Admin float64 // minutes
}

// none tells whether nothing is stored of the viewer in the weeks shown.
func (t TimePart) none() bool {
	for _, w := range t.Weeks {
		if len(w.Kinds) > 0 {
			return false
		}
	}
	return true
}

// say is the viewer's own week in a sentence.
func (t TimePart) say() string {
	if len(t.Weeks) == 0 || len(t.Weeks[0].Kinds) == 0 {
		return "Nothing was counted this week yet."
	}
	w := t.Weeks[0]
	share, _ := w.Share()
	return fmt.Sprintf("This week %.0f %% of your time here was selling: %s, beside %s of admin.", share*100, effort(w.Selling), effort(w.Admin))
}

// sayTeam is what leaders see of all, in a sentence.
func (t TimePart) sayTeam() string {
	share, known := t.Team.Share()
	if !known {
		return "Nothing was counted in these days."
	}
	return fmt.Sprintf("%.0f %% of the team’s time here was selling: %s, beside %s of admin.", share*100, effort(t.Team.Selling), effort(t.Team.Admin))
}

// seenDays are the days that leaders see.
func (t TimePart) seenDays() string {
	return t.From.Format("Mon 2 Jan") + " to " + t.Last.Format("Mon 2 Jan")
}

// sellShare writes the part of selling time.
func sellShare(t balance.TimeSum) string {
	s, known := t.Share()
	if !known {
		return "–"
	}
	return fmt.Sprintf("%.0f %%", s*100)
}

// spanOf writes time, and a dash for none.
func spanOf(m float64) string { return known(int(m*60), effort(m)) }

// sideOf says whether a kind of page is selling or admin.
func sideOf(p balance.Page) string { return pick(p.Selling, "Selling", "Admin") }

// weeksKept is how long time on pages is kept.
func weeksKept() string { return many(int(sales.PageTimeFor/(7*24*time.Hour)), "week", "weeks") }

package web

import (
	"ninetyten/internal/sales"
)

// AbsencesPage is who of the team is away when.
type AbsencesPage struct {
	Shell
	Now, Coming, Past []AbsenceRow
	Form              AbsenceFormView
	Preview           *AbsencePreviewView // nil: nobody asked
}

// AbsenceRow is one absence in the calendar.
type AbsenceRow struct {
	ID    sales.ID
	Who   string // "You" for the viewer
	When  string // "Mon 5 Jan to Fri 9 Jan"
	Does  string // "Everything waits", "Bea Stand-In stands in"
	Note  string
	Waits int // answers that wait, for those who may see them
	Own   bool
	Can   bool // the viewer may change it
	Begun bool
}

// AbsenceFormView is the form that plans an absence, or changes one.
type AbsenceFormView struct {
	ID       sales.ID          // 0 is a new one
	Values   map[string]string // user, first, last, mode, stand_in, note
	Problem  string
	Users    []Option // who may be away; empty: the viewer alone
	StandIns []Option
	Begun    bool // the first day stays
}

// action is where the form goes.
func (f AbsenceFormView) action() string {
	if f.ID == 0 {
		return "/settings/absences"
	}
	return path("/settings/absences", f.ID)
}

// AbsencePreviewView says what an absence would do, as things stand.
type AbsencePreviewView struct {
	Head  string // "From Mon 5 Jan on, until Ana is back on Mon 12 Jan:"
	Lines []string
	Days  []BackDay
}

// BackDay is what comes back on one day.
type BackDay struct {
	Day          string
	Mails, Hands int
}

// AbsencePage is one absence: what waits, and who looks after it.
type AbsencePage struct {
	Shell
	Row     AbsenceRow
	State   Tag
	Says    []string // what happens, in sentences
	Shown   bool     // the viewer may see what waits
	Waiting []AwayPerson
	CanTake bool
	Form    *AbsenceFormView // nil: the viewer may not change it, or it is over
	Preview *AbsencePreviewView
}

// AwayPerson is somebody whose answer waits for a seller who is away.
type AwayPerson struct {
	ID            sales.ID
	Name, Account string
	Href          string // the thread, when the viewer may open it
	Text          string
	Verdict       sales.Verdict
	HasVerdict    bool
	Clock         ClockView
}

// AwayNote says that somebody is away, where it matters.
type AwayNote struct {
	Text string
	Acts []Action
}

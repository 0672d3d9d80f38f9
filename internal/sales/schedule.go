package sales

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Schedule is a reusable set of hours: windows of the week, in the zone of each
// person, and which free days count.
type Schedule struct {
	WorkspaceID ID
	ID          ID
	Name        string
	Windows     WeekWindows
	Holidays    bool // the public holidays of the person's country are free
	DaysOff     bool // the days off of the workspace are free
	Version     int
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// DayOff is one free day, or several in a row, that the workspace knows of: a
// company day off, or a line of an imported calendar.
type DayOff struct {
	WorkspaceID ID
	ID          ID
	From        string // first local day, YYYY-MM-DD
	To          string // last one, included
	Name        string
	Country     string // ISO 3166-1 alpha-2; empty is everybody
	Subdivision string // ISO 3166-2, such as DE-BY; empty is the whole country
	Source      string // the calendar it came with; empty is entered by hand
	CreatedAt   time.Time
}

// Validate checks a day off before it is stored.
func (d DayOff) Validate() error {
	from, err := time.Parse(time.DateOnly, d.From)
	if err != nil {
		return Errorf(Invalid, "%q is no day. Write it like 2027-12-24.", d.From)
	}
	to, err := time.Parse(time.DateOnly, d.To)
	if err != nil {
		return Errorf(Invalid, "%q is no day. Write it like 2027-12-24.", d.To)
	}
	if to.Before(from) || to.Sub(from) > 366*24*time.Hour {
		return Errorf(Invalid, "The last day off, %s, must not be before the first, %s, nor more than a year after it.", d.To, d.From)
	}
	if utf8.RuneCountInString(d.Name) > 300 || utf8.RuneCountInString(d.Source) > 300 {
		return Errorf(Invalid, "The name of a day off has at most 300 characters.")
	}
	if d.Subdivision != "" && !strings.HasPrefix(d.Subdivision, d.Country+"-") {
		return Errorf(Invalid, "%q is no part of the country %q. Write it like DE-BY.", d.Subdivision, d.Country)
	}
	return nil
}

// AbsenceMode is what becomes of a seller's work while they are away.
type AbsenceMode string

// The modes of an absence.
const (
	AbsencePause    AbsenceMode = "pause"     // it waits for them
	AbsenceHandOver AbsenceMode = "hand_over" // a stand-in does it
)

// AbsenceState is how far an absence is.
type AbsenceState string

// The states of an absence.
const (
	AbsencePlanned AbsenceState = "planned"
	AbsenceNow     AbsenceState = "now"
	AbsenceOver    AbsenceState = "over"
)

// Absence is a time at which a seller is away.
type Absence struct {
	WorkspaceID ID
	ID          ID
	UserID      ID
	From        time.Time
	To          time.Time // the moment they are back
	Mode        AbsenceMode
	StandInID   ID // who gets it; while it waits, who may take over what cannot wait
	State       AbsenceState
	Note        string
	CreatedAt   time.Time
}

// Running tells whether the seller is away at a moment. State says how far the
// machinery is, which may be some seconds behind.
func (a Absence) Running(at time.Time) bool { return !a.From.After(at) && a.To.After(at) }

// Overlaps tells whether two absences have a moment in common.
func (a Absence) Overlaps(b Absence) bool { return a.From.Before(b.To) && b.From.Before(a.To) }

// Validate checks an absence before it is stored.
func (a Absence) Validate() error {
	switch {
	case a.UserID == 0:
		return Errorf(Invalid, "Choose who is away.")
	case !a.To.After(a.From):
		return Errorf(Invalid, "The last day away must not be before the first.")
	case a.To.Sub(a.From) > 400*24*time.Hour:
		return Errorf(Invalid, "An absence is at most 400 days long.")
	case a.Mode != AbsencePause && a.Mode != AbsenceHandOver:
		return Errorf(Invalid, "Choose whether the work waits or is handed over.")
	case a.Mode == AbsenceHandOver && a.StandInID == 0, a.StandInID == a.UserID:
		return Errorf(Invalid, "Choose a colleague who stands in.")
	case len(a.Note) > 500:
		return Errorf(Invalid, "The note has at most 500 characters.")
	}
	return nil
}

// Snippet is a piece of text that mails share, used as {{ snippet.NAME }}.
type Snippet struct {
	WorkspaceID ID
	ID          ID
	Name        string
	Body        string
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// Validate checks a snippet before it is stored.
func (s Snippet) Validate() error {
	if s.Name == "" || len(s.Name) > 60 || strings.Trim(strings.ToLower(s.Name), "abcdefghijklmnopqrstuvwxyz0123456789_-") != "" {
		return Errorf(Invalid, "The name of a snippet has letters, digits, - and _, at most 60: it is used as {{ snippet.name }}.")
	}
	if strings.TrimSpace(s.Body) == "" || len(s.Body) > 20_000 {
		return Errorf(Invalid, "A snippet needs a text of at most 20,000 characters.")
	}
	return nil
}

// File is a file that mails carry.
type File struct {
	WorkspaceID ID
	ID          ID
	UserID      ID
	Name        string
	MediaType   string
	Size        int64 // bytes
	Private     bool  // of one mail, its writer's own; others are for everybody
	Data        []byte
	CreatedAt   time.Time
}

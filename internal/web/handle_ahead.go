package web

import (
	"net/http"
	"time"
	"unicode"
	"unicode/utf8"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
)

// AheadPage shows who of a sequence would get what in the next 30 working days.
type AheadPage struct {
	Shell
	ID      sales.ID
	Name    string
	State   sales.SequenceState
	Assumes string
	People  int
	Ends    int
	Cut     bool
	Mails   int
	Tasks   int
	Most    int // mails on the fullest day
	Days    []AheadDay
}

// AheadDay is one day with what happens on it.
type AheadDay struct {
	Label string // "Tue 24 Nov"
	Mails int
	Tasks int
	More  int // happenings that are not listed
	Rows  []AheadRow
	Open  bool
}

// AheadRow is one thing that would happen to one person.
type AheadRow struct {
	At       string // on the clock of who reads
	PersonID sales.ID
	Person   string
	What     string // "Step 2: automatic mail"
	From     string // the mailbox, of a mail
	Held     string // why a mail waits until then
}

// getAhead looks ahead.
func (s *Server) getAhead(w http.ResponseWriter, r *http.Request, v visit) error {
	q, err := s.sequence(r, v)
	if err != nil {
		return err
	}
	sh, err := s.shell(r, v, "Ahead: "+q.Name, "sequences")
	if err != nil {
		return err
	}
	f, err := s.Desk.Simulate(r.Context(), v.Viewer, q, nil)
	if err != nil {
		return err
	}
	p := AheadPage{Shell: sh, ID: q.ID, Name: q.Name, State: q.State, Assumes: f.Assumes, People: f.People, Ends: f.Ends, Cut: f.Cut}
	zone := zoneOf(v.User.Zone)
	for i, x := range f.Days {
		p.Days = append(p.Days, aheadDay(x, zone, i == 0))
		p.Mails, p.Tasks, p.Most = p.Mails+x.Mails, p.Tasks+x.Tasks, max(p.Most, x.Mails)
	}
	return Render(w, r, sh, AheadView(p))
}

// upperFirst begins a text with a capital letter.
func upperFirst(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+utf8.RuneLen(r):]
	}
	return s
}

func aheadDay(x desk.ForecastDay, zone *time.Location, open bool) AheadDay {
	d := AheadDay{Label: x.Day, Mails: x.Mails, Tasks: x.Tasks, Open: open}
	if at, err := time.Parse(time.DateOnly, x.Day); err == nil {
		d.Label = at.Format("Mon 2 Jan")
	}
	for _, it := range x.Items {
		row := AheadRow{At: it.At.In(zone).Format("15:04"), PersonID: it.Person.ID, Person: it.Person.Name(), From: it.Mailbox}
		switch {
		case it.Ends != "":
			row.What = upperFirst(it.Ends)
		default:
			row.What = "Step " + number(it.Position+1) + ": " + lowerFirst(stepKindLabel(it.Step.Kind))
		}
		if it.Held != "" && it.At.Sub(it.Since) >= time.Hour {
			row.Held = "Due " + it.Since.In(zone).Format("Mon 2 Jan 15:04") + "; " + it.Held
		}
		d.Rows = append(d.Rows, row)
	}
	if all := x.Mails + x.Tasks; all > len(d.Rows) {
		d.More = all - len(d.Rows)
	}
	return d
}

package sales

import "time"

// LaterKind is what moment a writer chose for a mail; "" is at once.
type LaterKind string

// The moments.
const (
	LaterAt      LaterKind = "at"      // a time
	LaterMorning LaterKind = "morning" // when their next working morning begins
)

// Letter is what a person wrote, beside the mailing that carries it.
type Letter struct {
	WorkspaceID ID
	MailingID   ID
	PersonID    ID
	UserID      ID        // who wrote it
	Body        string    // the writer's own words as plain text, without what is quoted below
	HTML        string    // the same words as a piece of clean HTML; "" is plain text alone
	Quote       string    // the answered mail, quoted as plain text; "" is none
	To          string    // whom it is for when that is not the person, normalised; "" is the person
	ToName      string    // how To is called
	Cc          []string  // who gets a copy, normalised
	Files       []ID      // what it carries
	Later       LaterKind // what moment was chosen
	Unless      time.Time // what they write after this moment stops it; zero: it goes anyway
	Closed      []ID      // tasks that it closed, opened again when it is taken back
}

// Others are the addresses that it goes to beside the person's own.
func (l Letter) Others(own string) []string {
	var out []string
	for _, a := range append([]string{l.To}, l.Cc...) {
		if a != "" && a != own {
			out = append(out, a)
		}
	}
	return out
}

package mail

import (
	"strings"
	"time"
)

// Invite is what a text/calendar part says about an appointment (RFC 5545): an
// invitation, an answer to one, or another time that somebody proposes (RFC 5546).
// Of a part with several appointments it is the first.
type Invite struct {
	Method    string // "request", "reply", "counter" ..., lower case
	UID       string // of the appointment, the same in the invitation and in its answers
	Title     string // SUMMARY, one line
	Note      string // COMMENT: what somebody wrote to their answer
	Start     time.Time
	WholeDay  bool // Start is a date; its time of day means nothing
	Organizer Address
	Attendees []Attendee // of an answer the one who answers
}

// Attendee is somebody who is invited.
type Attendee struct {
	Address
	Status string // PARTSTAT in lower case: accepted, declined, tentative, needs-action ...
	SentBy string // who answers in their name, such as an assistant; an address or empty
}

// The bounds of a calendar part.
const (
	maxInvite      = 256 << 10 // bytes that are looked at
	maxInviteLines = 4000
	maxAttendees   = 50
	maxInviteText  = 500 // runes of a title or a note
	maxUID         = 500 // bytes; a longer one is none
)

// Answers tells whether it answers an invitation.
func (i *Invite) Answers() bool {
	return i != nil && (i.Method == "reply" || i.Method == "counter")
}

// Status is what the first attendee with an answer says, in lower case; of a
// counter proposal it is "counter".
func (i *Invite) Status() string {
	if i.Method == "counter" {
		return "counter"
	}
	for _, a := range i.Attendees {
		if a.Status != "" && a.Status != "needs-action" {
			return a.Status
		}
	}
	return ""
}

// uidPrefix keeps the name of an appointment apart from every Message-ID.
const uidPrefix = "uid:"

// Name is the UID as a name that no Message-ID has; "" when there is none.
func (i *Invite) Name() string {
	if i == nil || i.UID == "" {
		return ""
	}
	return uidPrefix + i.UID
}

// calendar reads a text/calendar part. The first one that answers an invitation
// counts, else the first.
func (c *collector) calendar(p part) {
	if c.invite.Answers() {
		return
	}
	text := toUTF8(p.body[:min(len(p.body), maxInvite)], p.params["charset"])
	got := readInvite(text)
	if got.Method == "" {
		got.Method = strings.ToLower(strings.Trim(p.params["method"], `"' `))
	}
	if c.invite == nil || got.Answers() {
		c.invite = got
	}
}

// readInvite reads the properties of the calendar and of its first appointment.
func readInvite(text string) *Invite {
	out := &Invite{}
	depth, inside, done := 0, 0, false // inside is the depth of the appointment
	lines := 0
	for rest := text; rest != "" && lines < maxInviteLines; lines++ {
		var name, value string
		var params map[string]string
		name, params, value, rest = calendarLine(rest)
		switch name {
		case "BEGIN":
			depth++
			if kind := strings.ToUpper(strings.TrimSpace(value)); inside == 0 && !done && (kind == "VEVENT" || kind == "VTODO") {
				inside = depth
			}
		case "END":
			if inside == depth && inside > 0 {
				inside, done = 0, true
			}
			depth = max(depth-1, 0)
		case "METHOD":
			if out.Method == "" {
				out.Method = strings.ToLower(strings.TrimSpace(value))
			}
		default:
			if inside > 0 && depth == inside {
				out.property(name, params, value)
			}
		}
	}
	return out
}

// property takes one property of the appointment; of one that is given twice the
// first counts.
func (i *Invite) property(name string, params map[string]string, value string) {
	switch name {
	case "UID":
		if uid := strings.TrimSpace(value); i.UID == "" && len(uid) <= maxUID && carriable(uid) {
			i.UID = uid
		}
	case "SUMMARY":
		if i.Title == "" {
			i.Title = calendarText(value)
		}
	case "COMMENT":
		if i.Note == "" {
			i.Note = calendarText(value)
		}
	case "DTSTART":
		if i.Start.IsZero() {
			i.Start, i.WholeDay = calendarTime(value, params["TZID"])
		}
	case "ORGANIZER":
		if i.Organizer.Addr == "" {
			i.Organizer = calendarAddress(params, value)
		}
	case "ATTENDEE":
		if len(i.Attendees) < maxAttendees {
			a := Attendee{Address: calendarAddress(params, value), Status: strings.ToLower(strings.TrimSpace(params["PARTSTAT"]))}
			a.SentBy = mailto(params["SENT-BY"])
			i.Attendees = append(i.Attendees, a)
		}
	}
}

// calendarAddress reads the value of an ATTENDEE or an ORGANIZER (RFC 5545
// section 3.3.3). Exchange writes an address of its own there and the mail
// address as EMAIL (RFC 7986 section 6.2).
func calendarAddress(params map[string]string, value string) Address {
	addr := mailto(value)
	if addr == "" {
		addr = mailto(params["EMAIL"])
	}
	return Address{Name: calendarText(params["CN"]), Addr: addr}
}

// mailto gives the address of a mailto: URI, or of a value that is one.
func mailto(s string) string {
	s = strings.Trim(strings.TrimSpace(s), `"'`)
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		s = s[7:]
	}
	if s, _, _ = strings.Cut(s, "?"); len(s) > 320 {
		return ""
	}
	return ParseAddress(s).Addr
}

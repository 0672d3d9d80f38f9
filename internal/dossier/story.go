package dossier

import (
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// Cast is how people are called in sentences, and whose days are meant.
type Cast struct {
	First string              // the person
	Users map[sales.ID]string // "you", "Ana"
	Zone  *time.Location      // nil is UTC
}

func (c Cast) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

func (c Cast) first() string {
	if c.First == "" {
		return "They"
	}
	return c.First
}

func (c Cast) user(id sales.ID) string {
	if n := c.Users[id]; n != "" {
		return n
	}
	return "A colleague"
}

// Chapter is a stretch of time of a story.
type Chapter struct {
	Title     string // "Today", "The last seven days", "March 2026"
	Sentences []Sentence
}

// Sentence tells one or more lines of the ledger.
type Sentence struct {
	Text  string
	Actor sales.Actor
	At    time.Time    // of its newest line
	Since time.Time    // of its oldest one
	Lines []sales.Move // the newest first
}

// Story tells lines of the ledger, which come the newest first, in that order.
func Story(moves []sales.Move, c Cast, now time.Time) []Chapter {
	var out []Chapter
	for i := 0; i < len(moves); {
		title := chapterOf(moves[i].At, now, c.zone())
		n := i + 1
		for n < len(moves) && chapterOf(moves[n].At, now, c.zone()) == title && together(moves[n-1], moves[n], c.zone()) {
			n++
		}
		s := tell(moves[i:n], c)
		if len(out) == 0 || out[len(out)-1].Title != title {
			out = append(out, Chapter{Title: title})
		}
		last := &out[len(out)-1]
		last.Sentences = append(last.Sentences, s)
		i = n
	}
	return out
}

// chapterOf is the stretch of time that a moment belongs to.
func chapterOf(at, now time.Time, zone *time.Location) string {
	at, now = at.In(zone), now.In(zone)
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, zone)
	switch {
	case !at.Before(midnight):
		return "Today"
	case !at.Before(midnight.AddDate(0, 0, -7)):
		return "The last seven days"
	case at.Year() == now.Year():
		return at.Format("January")
	}
	return at.Format("January 2006")
}

// sort is what lines are told together.
type sort int

const (
	ourMails    sort = iota // mails of ours
	theirWords              // what they wrote or said
	ourDials                // calls without a talk
	single                  // a talk, a meeting: each for itself
	notes                   // written down
	bookkeeping             // sequences, tasks, handoffs
	machines                // automatic replies and reports
)

func sortOf(m sales.Move) sort {
	switch m.Kind {
	case sales.MoveMailAuto, sales.MoveMailManual, sales.MoveTheirMail:
		return ourMails
	case sales.MoveReply, sales.MoveQuestion, sales.MoveInterest, sales.MoveReferral, sales.MoveDecline, sales.MoveNotNow:
		return theirWords
	case sales.MoveCall:
		return ourDials
	case sales.MoveTalk, sales.MoveMeeting, sales.MoveSocial, sales.MoveUnsubscribe, sales.MoveComplaint, sales.MoveSuppressed, sales.MoveWait, sales.MoveSnooze:
		return single
	case sales.MoveNote:
		return notes
	case sales.MoveAutoReply, sales.MoveBounce:
		return machines
	}
	return bookkeeping
}

// together tells whether two lines that follow each other are one sentence.
func together(a, b sales.Move, zone *time.Location) bool {
	s := sortOf(a)
	switch {
	case s != sortOf(b), s == single, s == notes:
		return false
	case s == theirWords:
		return a.At.In(zone).Format(time.DateOnly) == b.At.In(zone).Format(time.DateOnly)
	case s == ourMails || s == ourDials:
		return a.UserID == b.UserID && a.Actor == b.Actor || s == ourMails
	}
	return true
}

// tell makes one sentence of lines of a sort, the newest first.
func tell(moves []sales.Move, c Cast) Sentence {
	s := Sentence{Actor: moves[0].Actor, At: moves[0].At, Since: moves[len(moves)-1].At, Lines: moves}
	switch sortOf(moves[0]) {
	case ourMails:
		s.Text, s.Actor = mails(moves, c)
	case theirWords:
		s.Text, s.Actor = c.words(moves), sales.ByBuyer
	case ourDials:
		s.Text = c.dials(moves)
	case bookkeeping:
		s.Text, s.Actor = books(moves), sales.BySystem
	case machines:
		s.Text, s.Actor = many(moves, "came back from a machine of theirs"), sales.BySystem
	case notes:
		s.Text = capital(c.user(moves[0].UserID)) + " noted: " + moves[0].Text
	default:
		s.Text = plain(moves[0].Text)
	}
	return s
}

// mails counts mails of ours by who wrote them: "Ana wrote twice, and three mails went
// by themselves."
func mails(moves []sales.Move, c Cast) (string, sales.Actor) {
	auto, byHand, who := 0, map[string]int{}, []string(nil)
	for i := len(moves) - 1; i >= 0; i-- {
		m := moves[i]
		if m.Kind == sales.MoveMailAuto {
			auto++
			continue
		}
		n := capital(c.user(m.UserID))
		if byHand[n]++; byHand[n] == 1 {
			who = append(who, n)
		}
	}
	if len(moves) == 1 {
		text := strings.TrimPrefix(plain(moves[0].Text), "Mail: ")
		switch {
		case auto == 1:
			return "A mail went by itself: " + lowerUnlessQuote(text), sales.BySystem
		default:
			return who[0] + " wrote: " + lowerUnlessQuote(text), sales.BySeller
		}
	}
	var parts []string
	for _, n := range who {
		parts = append(parts, n+" wrote "+times(byHand[n]))
	}
	actor := sales.BySeller
	if auto > 0 {
		verb := " mails went by themselves"
		if auto == 1 {
			verb = " mail went by itself"
		}
		if len(parts) == 0 {
			actor = sales.BySystem
		}
		parts = append(parts, strings.ToLower(count(auto))+verb)
	}
	return capital(and(parts)) + c.span(moves) + ".", actor
}

// words is what they said: "Marta answered and asked a question."
func (c Cast) words(moves []sales.Move) string {
	var parts []string
	for i := len(moves) - 1; i >= 0; i-- {
		text := strings.TrimSuffix(plain(moves[i].Text), ".")
		if len(parts) > 0 && strings.EqualFold(parts[len(parts)-1], lower(text)) {
			continue
		}
		if strings.HasPrefix(text, "A colleague") || strings.Contains(text, ": ") && len(moves) == 1 && !startsVerb(text) {
			parts = append(parts, text)
			continue
		}
		if len(parts) == 0 {
			text = c.first() + " " + lower(text)
		} else {
			text = lower(text)
		}
		parts = append(parts, text)
	}
	return and(parts) + "."
}

// startsVerb tells whether a line begins with what they did, so that a name fits before it.
func startsVerb(text string) bool {
	first, _, _ := strings.Cut(text, " ")
	switch strings.TrimRight(first, ":,.") {
	case "Answered", "Asked", "Is", "Said", "Proposed", "Declined", "Accepted", "Has", "Wants", "Named", "Will":
		return true
	}
	return false
}

func (c Cast) dials(moves []sales.Move) string {
	who := capital(c.user(moves[0].UserID))
	if len(moves) == 1 {
		return plain(moves[0].Text)
	}
	return who + " called " + times(len(moves)) + " without a talk" + c.span(moves) + "."
}

// books tells what happened inside the program: the newest line, and how many more.
func books(moves []sales.Move) string {
	text := plain(moves[0].Text)
	if n := len(moves) - 1; n == 1 {
		text = strings.TrimSuffix(text, ".") + "; and one line more."
	} else if n > 1 {
		text = fmt.Sprintf("%s; and %s lines more.", strings.TrimSuffix(text, "."), strings.ToLower(count(n)))
	}
	return text
}

func many(moves []sales.Move, what string) string {
	if len(moves) == 1 {
		return plain(moves[0].Text)
	}
	return fmt.Sprintf("%s answers %s.", count(len(moves)), what)
}

// span says from when to when, unless it was one day.
func (c Cast) span(moves []sales.Move) string {
	a, b := moves[len(moves)-1].At.In(c.zone()), moves[0].At.In(c.zone())
	if a.Format(time.DateOnly) == b.Format(time.DateOnly) {
		return ""
	}
	if a.Month() == b.Month() && a.Year() == b.Year() {
		return fmt.Sprintf(", from %d to %d %s", a.Day(), b.Day(), b.Format("January"))
	}
	return ", from " + a.Format("2 January") + " to " + b.Format("2 January")
}

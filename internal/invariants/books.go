package invariants

import (
	"fmt"
	"hash/fnv"
	"time"

	"ninetyten/internal/sales"
)

// The books are what the harness knows by its own record: whom there is, what
// was commanded, and what was handed to the mail server.

// account is an organisation.
type account struct {
	sales.Account
	people []*person
}

// person is somebody who is written to, as they were last saved.
type person struct {
	sales.Person
	acct    *account
	seller  *seller
	answers []*answer     // that nobody has dealt with
	ens     []*enrollment // the newest last
	texts   map[int]int   // the variant that they got of a step
	touches int           // of ours since they were last heard
	lastOut time.Time     // the last touch, on the clock
	lines   []string      // what happened, the newest last

	movedHouse bool // their zone, or their country, changed
}

// answer is a mail of a person that has arrived in a mailbox.
type answer struct {
	box  *box
	what string
	read bool // the product has read it
}

// seller is a user who sells.
type seller struct {
	sales.User
	boxes []*box
}

// viewer is the seller as somebody who commands.
func (s *seller) viewer() sales.Viewer {
	return sales.Viewer{WorkspaceID: s.WorkspaceID, UserID: s.ID, Role: s.Role}
}

// sequence is a plan as it was last saved.
type sequence struct {
	sales.Sequence
	numbers map[sales.ID]int   // of its steps, which their texts carry
	byNo    map[int]sales.Step // those that are, by number
	edited  map[int]bool       // its variants were changed
	after   sales.ID           // the newest enrollment that was found
	list    []*enrollment      // everybody
}

// enrollment is one person's way, by our own books.
type enrollment struct {
	id        sales.ID
	at        time.Time // when they were put in, on the clock
	p         *person
	q         *sequence
	box       *box
	got       map[int]mailed // what reached the mail server, by number of step
	approved  map[int]bool   // what a person let go
	autos     int            // automatic ones among them
	grace     bool           // a mail was queued when the limit of automatic ones was lowered
	unsettled bool           // handed over, and the node died before it said so
	over      string         // why nothing may go any more
	hold      string         // why nothing may go now
	until     time.Time      // until then, on the clock; zero is until a person says so
	seen      sales.Enrollment
	last      stamp // the newest mail
	lastStep  int   // its step
	steered   bool  // a person of ours, or an edit, had a hand in it since
}

// mailed is a mail that reached its person.
type mailed struct {
	stamp
	id string // its Message-ID
}

// end lets nothing of the enrollment go any more.
func (e *enrollment) end(why string) {
	if e.over == "" {
		e.over = why
	}
}

// held lets nothing go until a moment of the clock; zero is until a person says so.
func (e *enrollment) held(why string, until time.Time) { e.hold, e.until = why, until }

// free takes a hold away: a person decided that it goes on.
func (e *enrollment) free() { e.hold, e.until = "", time.Time{} }

// alive tells whether it had not ended when it was last looked at.
func (e *enrollment) alive() bool { return e.over == "" }

// newest is the newest enrollment of a person in a sequence, or nil.
func (p *person) newest(q *sequence) *enrollment {
	for i := len(p.ens) - 1; i >= 0; i-- {
		if p.ens[i].q == q {
			return p.ens[i]
		}
	}
	return nil
}

// decided tells that a person of ours dealt with all that was read: what they
// said holds no mail any more.
func (p *person) decided() {
	keep := p.answers[:0]
	for _, a := range p.answers {
		if !a.read {
			keep = append(keep, a)
		}
	}
	p.answers = keep
}

// heard ends the count of touches without an answer.
func (p *person) heard() { p.touches = 0 }

// keepLines is how much of the past a person has for the log of a failure.
const keepLines = 60

// note keeps a line about a person.
func (w *world) note(p *person, format string, args ...any) {
	s := w.clock.stamp()
	line := s.clock.Format("2006-01-02 Mon 15:04:05") + " "
	if !s.clock.Equal(s.truth) {
		line += fmt.Sprintf("(true %s) ", s.truth.Format("15:04"))
	}
	line += fmt.Sprintf(format, args...)
	w.digest = w.digest*1099511628211 ^ hashOf(line)
	if w.trace != nil {
		w.trace(p.Email + " " + line)
	}
	p.lines = append(p.lines, line)
	if len(p.lines) > keepLines {
		p.lines = append(p.lines[:0], p.lines[len(p.lines)-keepLines:]...)
	}
}

// hashOf is the FNV-1a hash of a line.
func hashOf(s string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s)) // never fails
	return h.Sum64()
}

// noteAll keeps a line about everybody.
func (w *world) noteAll(format string, args ...any) {
	s := w.clock.stamp()
	line := s.clock.Format("2006-01-02 Mon 15:04:05 ") + fmt.Sprintf(format, args...)
	w.digest = w.digest*1099511628211 ^ hashOf(line)
	if w.trace != nil {
		w.trace(line)
	}
	w.lines = append(w.lines, line)
	if len(w.lines) > keepLines {
		w.lines = append(w.lines[:0], w.lines[len(w.lines)-keepLines:]...)
	}
}

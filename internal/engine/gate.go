package engine

import (
	"fmt"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

// Facts are what the send gate looks at, gathered just before a mail would go.
type Facts struct {
	Mailing    sales.Mailing
	Enrollment sales.Enrollment // zero for a mail written by hand
	Person     sales.Person
	Mailbox    sales.Mailbox
	Rules      sales.Rules
	Settings   sales.Settings
	Calendar   calendar.Calendar
	Place      calendar.Place

	Suppressed    bool
	SuppressedFor sales.Reason // sales.EndBounced: the address does not work; else somebody said no
	SuppressedWhy string
	Asked         bool      // a message waits that may be theirs: a seller is asked whose it is
	ReadErr       error     // the mailbox could not be read up to now
	Unless        time.Time // of a mail that waited for a moment: what they said after this stops it; zero is none
	ReadAt        time.Time
	ActiveAt      int            // other people of the account who are being written to
	DomainToday   int            // automatic mails begun today towards the domain of the person
	AccountToday  int            // and towards their account
	Workspace     *time.Location // whose days the caps count; nil is UTC
}

// Hold is the answer of the gate: go, or why not yet and when to ask again.
type Hold struct {
	Gate   sales.Gate // GateNone: it may go
	Why    string
	Until  time.Time
	Change string // what would let it go earlier
	Never  bool   // it will never go; the enrollment hears Event
	Dead   bool   // and that because the address does not work: who mends it lets it go on
}

// Event is what the enrollment of a mail that will never go is told: a no ends
// it, an address that does not work pauses it with a to-do to mend that.
func (h Hold) Event() sales.Event {
	if h.Dead {
		return sales.Event{Kind: sales.EvSuppressed, Class: sales.FailHard, Text: "the address does not work"}
	}
	return sales.Event{Kind: sales.EvSuppressed, Text: h.Why}
}

// Go tells whether the mail may go now.
func (h Hold) Go() bool { return h.Gate == sales.GateNone }

// Gate asks the five questions in their order (architecture rule 4):
// suppression and law, answer, balance, limits, window. What a person wrote by
// hand passes all but the first; when it waited for a moment, also the second: a
// word of theirs stops it.
func Gate(f Facts, now time.Time) Hold {
	if f.Suppressed && f.SuppressedFor == sales.EndBounced {
		return Hold{Gate: sales.GateSuppression, Why: "on the suppression list: " + f.SuppressedWhy, Change: "a working address", Never: true, Dead: true}
	}
	if f.Suppressed {
		return Hold{Gate: sales.GateSuppression, Why: "on the suppression list: " + f.SuppressedWhy, Change: "only the person can lift this, by asking for mail again", Never: true}
	}
	if f.Person.Email == "" || f.Person.Address == sales.AddressDead && f.Mailing.Kind != sales.MailingManual {
		return Hold{Gate: sales.GateSuppression, Why: "there is no working mail address", Change: "a working address", Never: true, Dead: true}
	}
	if f.Mailing.Kind == sales.MailingManual {
		if h := laterHold(f, now); !h.Go() {
			return h
		}
		return mailboxHold(f, now)
	}
	for _, ask := range []func(Facts, time.Time) Hold{answerHold, balanceHold, mailboxHold, limitHold, windowHold} {
		if h := ask(f, now); !h.Go() {
			return h
		}
	}
	return Hold{}
}

// WhyStopped is why a mail that waited for a moment does not go.
const WhyStopped = "They wrote before it went. Read that first."

// laterHold stops a mail that was to go later when the person spoke meanwhile, and
// holds it while nobody can know.
func laterHold(f Facts, now time.Time) Hold {
	switch {
	case f.Unless.IsZero():
	case f.Person.LastInAt.After(f.Unless):
		return Hold{Gate: sales.GateAnswer, Why: WhyStopped, Change: "write it anew", Never: true}
	case f.Asked:
		return Hold{Gate: sales.GateAnswer, Why: WhyAsked, Until: now.Add(askAgain), Change: sayWhose}
	case f.ReadErr != nil:
		return unread(f, now)
	}
	return Hold{}
}

// unread holds a mail whose mailbox could not be read.
func unread(f Facts, now time.Time) Hold {
	return Hold{Gate: sales.GateAnswer, Why: "the mailbox could not be read up to now, so an answer might be waiting there: " + sales.Explain(f.ReadErr), Until: now.Add(5 * time.Minute),
		Change: "the incoming server of " + f.Mailbox.Address + " answers again"}
}

// WhyAsked is what holds the mail of somebody who may have answered.
const WhyAsked = "a mail that may be their answer waits for you"

const (
	sayWhose = "say whose it is, on Next or in the inbox"
	askAgain = 15 * time.Minute // the word of a seller wakes no mail
)

func answerHold(f Facts, now time.Time) Hold {
	if f.Asked {
		return Hold{Gate: sales.GateAnswer, Why: WhyAsked, Until: now.Add(askAgain), Change: sayWhose}
	}
	if Heard(f.Enrollment, f.Person) {
		return Hold{Gate: sales.GateAnswer, Why: "they answered on " + f.Person.LastInAt.In(loc(f)).Format("2 Jan 15:04") + "; a person goes on", Until: now.Add(24 * time.Hour),
			Change: "answer them, then resume the sequence or stop it"}
	}
	if (f.Mailing.FollowUp || !f.Person.LastOutAt.IsZero()) && f.ReadErr != nil {
		return unread(f, now)
	}
	return Hold{}
}

// Heard tells whether a person has said something since the sequence last went on
// knowing all that they had said.
func Heard(e sales.Enrollment, p sales.Person) bool { return p.LastInAt.After(decided(e)) }

// decided is the last moment at which the sequence went on knowing all that the
// person had said: when it began, when its step before was completed (a talk is
// both an answer and a completed call), or when a person let it go on.
func decided(e sales.Enrollment) time.Time {
	at := e.EnrolledAt
	if e.LastStepAt.After(at) {
		at = e.LastStepAt
	}
	if e.StateAt.After(at) && (e.Actor == sales.BySeller || e.Actor == sales.ByLeader) {
		at = e.StateAt
	}
	return at
}

// balanceHold lets people rest who asked for it, or who got enough touches
// without an answer.
func balanceHold(f Facts, now time.Time) Hold {
	p, s := f.Person, f.Settings
	if p.Move == sales.Resting && p.MoveUntil.After(now) {
		return Hold{Gate: sales.GateBalance, Why: "resting until " + p.MoveUntil.In(loc(f)).Format("2 Jan 2006"), Until: p.MoveUntil, Change: "they write by themselves, or a seller does with a reason"}
	}
	if s.TouchesPer30Days > 0 && p.Untouched >= s.TouchesPer30Days {
		rest := p.LastOutAt.AddDate(0, 0, s.RestDays)
		if rest.After(now) {
			return Hold{Gate: sales.GateBalance, Why: fmt.Sprintf("%d touches without an answer: they rest until %s", p.Untouched, rest.In(loc(f)).Format("2 Jan 2006")), Until: rest,
				Change: "they answer, or the limits of respect in the settings are raised"}
		}
	}
	return Hold{}
}

func mailboxHold(f Facts, now time.Time) Hold {
	if f.Mailbox.State != sales.MailboxOK {
		return Hold{Gate: sales.GateLimits, Why: "the mailbox " + f.Mailbox.Address + " is " + string(f.Mailbox.State) + ": " + f.Mailbox.StateWhy, Until: now.Add(10 * time.Minute),
			Change: "let the mailbox send again, on its page"}
	}
	return Hold{}
}

func limitHold(f Facts, now time.Time) Hold {
	if n := f.Rules.ActivePerAccount; n > 0 && f.Enrollment.Mails == 0 && f.ActiveAt >= n {
		return ColleaguesHold(f.ActiveAt, now)
	}
	tomorrow := calendar.NextDay(now, f.Workspace)
	if n := f.Settings.PerDomainDay; n > 0 && f.DomainToday >= n {
		return Hold{Gate: sales.GateLimits, Why: fmt.Sprintf("%d mails went to %s today, which is the limit", f.DomainToday, sales.DomainOf(f.Person.Email)), Until: tomorrow,
			Change: "the next day, or a higher cap per recipient domain in the settings"}
	}
	if n := f.Settings.PerAccountDay; n > 0 && f.Person.AccountID != 0 && f.AccountToday >= n {
		return Hold{Gate: sales.GateLimits, Why: fmt.Sprintf("%d mails went to people of this account today, which is the limit", f.AccountToday), Until: tomorrow,
			Change: "the next day, or a higher cap per account in the settings"}
	}
	return Hold{}
}

// ColleaguesHold holds a first mail while as many others of the account are being
// written to as the rules allow.
func ColleaguesHold(active int, now time.Time) Hold {
	return Hold{Gate: sales.GateLimits, Why: fmt.Sprintf("colleagues at the account are being written to: %d, which is the limit", active), Until: now.Add(24 * time.Hour),
		Change: "a colleague's sequence ends, or the ruleset allows more people per account"}
}

func windowHold(f Facts, now time.Time) Hold {
	at, why := f.Calendar.Next(now, f.Place)
	switch {
	case at.IsZero():
		return Hold{Gate: sales.GateWindow, Why: why, Until: now.Add(24 * time.Hour), Change: "an open hour in the schedule"}
	case at.After(now):
		return Hold{Gate: sales.GateWindow, Why: why + fallback(f.Place), Until: at, Change: "the hour comes, or other hours in the schedule"}
	}
	return Hold{}
}

func loc(f Facts) *time.Location {
	if f.Place.Loc == nil {
		return time.UTC
	}
	return f.Place.Loc
}

// fallback says whose zone is used when the person's is not known.
func fallback(p calendar.Place) string {
	if p.From == "person" || p.From == "" {
		return ""
	}
	return "; their zone is not known, so that of the " + p.From + " counts"
}

// Sent is what a mailbox sent lately, by Ninetyten and by other programs, with
// what may have gone.
type Sent struct {
	Hour  int       // in the last 60 minutes
	Day   int       // since the start of its day
	Week  int       // in the last seven days
	Frees time.Time // when the first mail of the last 60 minutes is that old
}

// Room is how many mails a mailbox may send now, and why no more.
func Room(mb sales.Mailbox, sent Sent, now time.Time, p calendar.Place, c calendar.Calendar) (n int, hold Hold) {
	l := mb.Limits
	if mb.NextSendAt.After(now) {
		return 0, Hold{Gate: sales.GateLimits, Why: "a pause between two mails of " + mb.Address, Until: mb.NextSendAt, Change: "the pause ends"}
	}
	n = 1 << 20
	place := p.Loc
	if place == nil {
		place = time.UTC
	}
	const change = "a higher cap of the mailbox, or another mailbox in the pool"
	if l.PerHour > 0 {
		if n = l.PerHour - sent.Hour; n <= 0 {
			until := sent.Frees
			if !until.After(now) {
				until = now.Add(time.Minute)
			}
			return 0, Hold{Gate: sales.GateLimits, Why: fmt.Sprintf("%s has sent %d of %d mails in an hour", mb.Address, sent.Hour, l.PerHour), Until: until, Change: change}
		}
	}
	if l.PerDay > 0 {
		limit := calendar.RampCap(l, mb.RampFrom, now, p, c)
		if n = min(n, limit-sent.Day); n <= 0 {
			return 0, Hold{Gate: sales.GateLimits, Why: fmt.Sprintf("%s has sent %d of %d mails today", mb.Address, sent.Day, limit), Until: calendar.NextDay(now, place), Change: change}
		}
	}
	if l.PerWeek > 0 {
		if n = min(n, l.PerWeek-sent.Week); n <= 0 {
			return 0, Hold{Gate: sales.GateLimits, Why: fmt.Sprintf("%s has sent %d of %d mails in seven days", mb.Address, sent.Week, l.PerWeek), Until: calendar.NextDay(now, place), Change: change}
		}
	}
	if l.GapMin > 0 {
		n = min(n, 1)
	}
	return n, Hold{}
}

// Guard tells whether a mailbox is to stop because too much of what it sent came
// to nothing, and why in words. Counts are of the last seven days.
func Guard(s sales.Settings, sent, bounced, complained int) (why string, stop bool) {
	if s.GuardSends <= 0 || sent < s.GuardSends {
		return "", false
	}
	if s.GuardBounces > 0 && bounced*1000 >= s.GuardBounces*sent {
		return fmt.Sprintf("%d of %d mails of the last seven days bounced. Clean the list before you let it go on: providers stop trusting a mailbox like that.", bounced, sent), true
	}
	if s.GuardComplaints > 0 && complained*1000 >= s.GuardComplaints*sent {
		return fmt.Sprintf("%d of %d people who got mail in the last seven days reported it as spam. Look at whom you write to, and what, before you let it go on.", complained, sent), true
	}
	return "", false
}

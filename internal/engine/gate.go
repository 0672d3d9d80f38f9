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
	SuppressedWhy string
	ReadErr       error // the mailbox could not be read up to now
	ReadAt        time.Time
	ActiveAt      int // other people of the account who are being written to
}

// Hold is the answer of the gate: go, or why not yet and when to ask again.
type Hold struct {
	Gate  sales.Gate // GateNone: it may go
	Why   string
	Until time.Time
	Never bool // it will never go; the enrollment ends
}

// Go tells whether the mail may go now.
func (h Hold) Go() bool { return h.Gate == sales.GateNone }

// Gate asks the five questions in their order (architecture rule 4):
// suppression and law, answer, balance, limits, window. What a person wrote by
// hand passes all but the first.
func Gate(f Facts, now time.Time) Hold {
	if f.Suppressed {
		return Hold{Gate: sales.GateSuppression, Why: "on the suppression list: " + f.SuppressedWhy, Never: true}
	}
	if f.Person.Email == "" || f.Person.Address == sales.AddressDead && f.Mailing.Kind != sales.MailingManual {
		return Hold{Gate: sales.GateSuppression, Why: "there is no working mail address", Never: true}
	}
	if f.Mailing.Kind == sales.MailingManual {
		return mailboxHold(f, now)
	}
	for _, ask := range []func(Facts, time.Time) Hold{answerHold, balanceHold, mailboxHold, limitHold, windowHold} {
		if h := ask(f, now); !h.Go() {
			return h
		}
	}
	return Hold{}
}

func answerHold(f Facts, now time.Time) Hold {
	if f.Person.LastInAt.After(decided(f.Enrollment)) {
		return Hold{Gate: sales.GateAnswer, Why: "they answered on " + f.Person.LastInAt.In(loc(f)).Format("2 Jan 15:04") + "; a person goes on", Until: now.Add(24 * time.Hour)}
	}
	if f.Mailing.FollowUp && f.ReadErr != nil {
		return Hold{Gate: sales.GateAnswer, Why: "the mailbox could not be read up to now, so an answer might be waiting there: " + sales.Explain(f.ReadErr), Until: now.Add(5 * time.Minute)}
	}
	return Hold{}
}

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
		return Hold{Gate: sales.GateBalance, Why: "resting until " + p.MoveUntil.In(loc(f)).Format("2 Jan 2006"), Until: p.MoveUntil}
	}
	if s.TouchesPer30Days > 0 && p.Untouched >= s.TouchesPer30Days {
		rest := p.LastOutAt.AddDate(0, 0, s.RestDays)
		if rest.After(now) {
			return Hold{Gate: sales.GateBalance, Why: fmt.Sprintf("%d touches without an answer: they rest until %s", p.Untouched, rest.In(loc(f)).Format("2 Jan 2006")), Until: rest}
		}
	}
	return Hold{}
}

func mailboxHold(f Facts, now time.Time) Hold {
	if f.Mailbox.State != sales.MailboxOK {
		return Hold{Gate: sales.GateLimits, Why: "the mailbox " + f.Mailbox.Address + " is " + string(f.Mailbox.State) + ": " + f.Mailbox.StateWhy, Until: now.Add(10 * time.Minute)}
	}
	return Hold{}
}

func limitHold(f Facts, now time.Time) Hold {
	if n := f.Rules.ActivePerAccount; n > 0 && f.Enrollment.Mails == 0 && f.ActiveAt >= n {
		return Hold{Gate: sales.GateLimits, Why: fmt.Sprintf("colleagues at the account are being written to: %d, which is the limit", f.ActiveAt), Until: now.Add(24 * time.Hour)}
	}
	return Hold{}
}

func windowHold(f Facts, now time.Time) Hold {
	at, why := f.Calendar.Next(now, f.Place)
	switch {
	case at.IsZero():
		return Hold{Gate: sales.GateWindow, Why: why, Until: now.Add(24 * time.Hour)}
	case at.After(now):
		return Hold{Gate: sales.GateWindow, Why: why, Until: at}
	}
	return Hold{}
}

func loc(f Facts) *time.Location {
	if f.Place.Loc == nil {
		return time.UTC
	}
	return f.Place.Loc
}

// Room is how many mails a mailbox may send now, and why no more. sentDay and
// sentWeek count what it sent since the start of its day and in seven days.
func Room(mb sales.Mailbox, sentDay, sentWeek int, now time.Time, p calendar.Place, c calendar.Calendar) (n int, hold Hold) {
	l := mb.Limits
	if mb.NextSendAt.After(now) {
		return 0, Hold{Gate: sales.GateLimits, Why: "a pause between two mails of " + mb.Address, Until: mb.NextSendAt}
	}
	n = 1 << 20
	place := p.Loc
	if place == nil {
		place = time.UTC
	}
	if l.PerDay > 0 {
		limit := calendar.RampCap(l, mb.RampFrom, now, p, c)
		if n = limit - sentDay; n <= 0 {
			return 0, Hold{Gate: sales.GateLimits, Why: fmt.Sprintf("%s has sent %d of %d mails today", mb.Address, sentDay, limit), Until: calendar.NextDay(now, place)}
		}
	}
	if l.PerWeek > 0 {
		if n = min(n, l.PerWeek-sentWeek); n <= 0 {
			return 0, Hold{Gate: sales.GateLimits, Why: fmt.Sprintf("%s has sent %d of %d mails in seven days", mb.Address, sentWeek, l.PerWeek), Until: calendar.NextDay(now, place)}
		}
	}
	if l.GapMin > 0 {
		n = min(n, 1)
	}
	return n, Hold{}
}

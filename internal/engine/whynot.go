package engine

import (
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// Standing is everything that can hold one enrollment back.
type Standing struct {
	Case
	Enrollment sales.Enrollment
	Sequence   sales.SequenceState
	Task       string // what a person has to do, when it waits for one
	Facts      Facts  // for the gate; Mailing.ID 0 is a mail that is not queued yet
	Room       Hold   // what Room of the mailbox says
}

// WhyNotYet is the one line about an enrollment: what holds it, until when, and
// what would change it. A zero Gate with a text is no hold: something is about
// to happen.
func WhyNotYet(s Standing, now time.Time) Hold {
	e := s.Enrollment
	switch {
	case !e.State.Alive():
		return Hold{Why: "it has ended: " + string(e.State) + " (" + string(e.Reason) + ")", Change: "put the person in again, if the ruleset allows it"}
	case s.Sequence != sales.SequenceRunning:
		return Hold{Gate: sales.GateLimits, Why: "the sequence is " + string(s.Sequence), Change: "start the sequence"}
	case e.State == sales.Pending:
		return Hold{Gate: sales.GateLimits, Why: "it has not started", Change: "start the sequence"}
	case e.State == sales.Paused:
		return s.paused()
	case e.State == sales.WaitingHuman:
		return s.waitingHuman()
	case e.State == sales.WaitingThem:
		return s.waitingThem()
	case !e.Awaiting:
		return s.waitingTime(now)
	}
	return s.waitingGate(now)
}

// pauses say what ends a pause.
func pauses(r sales.Reason) string {
	switch r {
	case sales.PausedBounce:
		return "mend the mail address"
	case sales.PausedBlocked:
		return "fill in what is missing, then resume"
	case sales.PausedUnknown:
		return "look into the Sent folder, then resume or stop"
	case sales.PausedExpired:
		return "resume: the draft is put before you again"
	case sales.PausedOwnerAway:
		return "the seller comes back, or a stand-in takes over"
	case sales.PausedColleague:
		return "resume, when the talk with the colleague allows it"
	case sales.PausedMeeting:
		return "resume after the meeting"
	}
	return "resume it"
}

func (s Standing) paused() Hold {
	e := s.Enrollment
	if e.Asked() {
		return Hold{Gate: sales.GateAnswer, Why: "paused: " + WhyAsked, Until: e.Until, Change: sayWhose}
	}
	why := "paused: " + map[sales.Reason]string{
		sales.PausedManual: "by hand", sales.PausedOutOfOffice: "out of office", sales.PausedBounce: "their address does not work", sales.PausedMeeting: "a meeting is booked",
		sales.PausedOwnerAway: "the seller is away", sales.PausedColleague: "a colleague answered", sales.PausedNotNow: "not now", sales.PausedBlocked: "the mail cannot be made",
		sales.PausedUnknown: "it is unknown whether a mail went out", sales.PausedExpired: "nobody approved the draft in time",
	}[e.Reason]
	return Hold{Gate: sales.GateAnswer, Why: why, Until: e.Until, Change: pauses(e.Reason)}
}

func (s Standing) waitingHuman() Hold {
	if s.Enrollment.Reason == sales.WaitAnswer {
		return Hold{Gate: sales.GateAnswer, Why: "they replied: the " + string(s.Enrollment.Track.OrMain()) + " track begins when it is answered", Change: "answer the reply"}
	}
	h := Hold{Gate: sales.GateAnswer, Why: "waits for a person: " + orElse(s.Task, "a task"), Change: "do the task"}
	if !s.Enrollment.NextAt.IsZero() {
		h.Until, h.Why = s.Enrollment.NextAt, h.Why+"; the draft expires then"
	}
	return h
}

func (s Standing) waitingThem() Hold {
	e := s.Enrollment
	if e.Position < len(s.Plan.Steps) && s.Plan.Steps[e.Position].Kind == sales.StepTheirMove {
		return Hold{Gate: sales.GateBalance, Why: "it is their move", Until: e.NextAt, Change: "they act, or the longest wait is over"}
	}
	return Hold{Gate: sales.GateBalance, Why: "all steps are done; an answer may still come", Until: e.NextAt, Change: "they answer; else it ends then"}
}

// waitingTime: the next step has its day.
func (s Standing) waitingTime(now time.Time) Hold {
	e := s.Enrollment
	if e.Position >= len(s.Plan.Steps) {
		return Hold{Why: "about to end", Until: e.NextAt}
	}
	step := s.Plan.Steps[e.Position]
	what := fmt.Sprintf("step %d", e.Position+1)
	if e.HoldWhy != "" && e.HoldUntil.After(now) {
		return Hold{Gate: e.HoldGate, Why: e.HoldWhy, Until: e.HoldUntil, Change: "the time comes"}
	}
	if step.Kind == sales.StepCondition && !step.If.IsZero() && !e.NextAt.After(now.AddDate(0, 0, 1)) {
		return Hold{Gate: sales.GateWindow, Why: what + " waits until " + step.If.String(), Until: e.NextAt, Change: "the field gets that value"}
	}
	why := what + " comes " + delayWords(step.Delay) + " after the step before"
	switch {
	case !e.AnchorAt.IsZero():
		why = fmt.Sprintf("%s counts from %s", what, e.AnchorAt.Format("2 Jan 2006"))
	case e.Mails == 0 && e.Position == 0 && step.Delay.N == 0:
		why = what + " is about to begin"
	}
	return Hold{Gate: sales.GateWindow, Why: why, Until: e.NextAt, Change: "the day comes, or another delay in the sequence"}
}

// waitingGate: the mail of the step is in the outbox.
func (s Standing) waitingGate(now time.Time) Hold {
	if m := s.Facts.Mailing; m.State == sales.MailingSending {
		return Hold{Why: "the mail is on its way"}
	} else if m.HoldGate == sales.GateRetry && m.DueAt.After(now) {
		return Hold{Gate: sales.GateRetry, Why: m.HoldWhy, Until: m.DueAt, Change: "their server takes it"}
	}
	if h := Gate(s.Facts, now); !h.Go() {
		return h
	}
	if !s.Room.Go() {
		return s.Room
	}
	return Hold{Why: "it goes within a minute"}
}

// delayWords is a delay as people say it: "3 working days", "1 hour".
func delayWords(d sales.Delay) string {
	unit := strings.ReplaceAll(string(d.Unit), "_", " ")
	if d.N == 1 {
		unit = strings.TrimSuffix(unit, "s")
	}
	return fmt.Sprintf("%d %s", d.N, unit)
}

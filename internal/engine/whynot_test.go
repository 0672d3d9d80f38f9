package engine_test

import (
	"strings"
	"testing"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
)

// TestWhyNotYet: one line for every state and gate, that says what holds, until
// when, and what would change it.
func TestWhyNotYet(t *testing.T) {
	now := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC) // a Tuesday
	later := now.Add(48 * time.Hour)
	open := calendar.Calendar{Windows: sales.DefaultSettings().Windows}
	steps := []sales.Step{
		{ID: 1, Kind: sales.StepAutoMail}, {ID: 2, Kind: sales.StepTheirMove}, {ID: 3, Kind: sales.StepCondition, StepOptions: sales.StepOptions{If: sales.Condition{Field: "person.title", Op: sales.OpContains, Value: "boss"}}},
		{ID: 4, Kind: sales.StepAutoMail, Delay: sales.Delay{N: 3, Unit: sales.WorkingDays}},
	}
	base := func() engine.Standing {
		return engine.Standing{
			Case:       engine.Case{Plan: sales.Plan{Steps: steps}, Calendar: open, Place: calendar.Place{Loc: time.UTC, From: "person"}},
			Enrollment: sales.Enrollment{State: sales.Active, EnrolledAt: now.Add(-time.Hour)}, Sequence: sales.SequenceRunning,
			Facts: engine.Facts{
				Mailing: sales.Mailing{Kind: sales.MailingAuto, State: sales.MailingQueued}, Person: sales.Person{Email: "a@x.example", AccountID: 5},
				Mailbox: sales.Mailbox{Address: "ana@brightmail.example", State: sales.MailboxOK}, Calendar: open, Place: calendar.Place{Loc: time.UTC, From: "person"},
			},
		}
	}
	for _, x := range []struct {
		name   string
		edit   func(s *engine.Standing)
		gate   sales.Gate
		why    string
		change string
		until  time.Time
	}{
		{"ended", func(s *engine.Standing) { s.Enrollment.State, s.Enrollment.Reason = sales.Finished, sales.EndReplied }, "", "finished (replied)", "again", time.Time{}},
		{"opted out", func(s *engine.Standing) {
			s.Enrollment.State, s.Enrollment.Reason = sales.OptedOut, sales.EndUnsubscribe
		}, "", "has ended", "again", time.Time{}},
		{"sequence paused", func(s *engine.Standing) { s.Sequence = sales.SequencePaused }, sales.GateLimits, "sequence is paused", "start", time.Time{}},
		{"pending", func(s *engine.Standing) { s.Enrollment.State = sales.Pending }, sales.GateLimits, "not started", "start", time.Time{}},
		{"their move", func(s *engine.Standing) {
			s.Enrollment.State, s.Enrollment.Position, s.Enrollment.NextAt = sales.WaitingThem, 1, later
		}, sales.GateBalance, "their move", "they act", later},
		{"all done", func(s *engine.Standing) {
			s.Enrollment.State, s.Enrollment.Position, s.Enrollment.NextAt = sales.WaitingThem, 4, later
		}, sales.GateBalance, "all steps are done", "answer", later},
		{"a call", func(s *engine.Standing) { s.Enrollment.State, s.Task = sales.WaitingHuman, "Call about trucks" }, sales.GateAnswer, "Call about trucks", "do the task", time.Time{}},
		{"a draft", func(s *engine.Standing) { s.Enrollment.State, s.Enrollment.NextAt = sales.WaitingHuman, later }, sales.GateAnswer, "expires", "do the task", later},
		{"a reply", func(s *engine.Standing) {
			s.Enrollment.State, s.Enrollment.Reason = sales.WaitingHuman, sales.WaitAnswer
		}, sales.GateAnswer, "replied", "answer the reply", time.Time{}},
		{"next day", func(s *engine.Standing) { s.Enrollment.Position, s.Enrollment.NextAt = 3, later }, sales.GateWindow, "step 4 comes 3 working days", "delay", later},
		{"at once", func(s *engine.Standing) { s.Enrollment.NextAt = now }, sales.GateWindow, "about to begin", "", now},
		{"behind the end", func(s *engine.Standing) { s.Enrollment.Position = 4 }, "", "about to end", "", time.Time{}},
		{"a date", func(s *engine.Standing) { s.Enrollment.AnchorAt, s.Enrollment.NextAt = later, later }, sales.GateWindow, "counts from 5 Mar 2026", "", later},
		{"a condition", func(s *engine.Standing) { s.Enrollment.Position, s.Enrollment.NextAt = 2, now.Add(time.Hour) }, sales.GateWindow, "waits until", "field", now.Add(time.Hour)},
		{"a hold", func(s *engine.Standing) {
			s.Enrollment.HoldGate, s.Enrollment.HoldWhy, s.Enrollment.HoldUntil = sales.GateLimits, "the seller came back", later
		}, sales.GateLimits, "came back", "", later},
		{"on its way", func(s *engine.Standing) { queued(s).Mailing.State = sales.MailingSending }, "", "on its way", "", time.Time{}},
		{"retried", func(s *engine.Standing) {
			m := &queued(s).Mailing
			m.HoldGate, m.HoldWhy, m.DueAt = sales.GateRetry, "greylisted", later
		}, sales.GateRetry, "greylisted", "server", later},
		{"suppressed", func(s *engine.Standing) { queued(s).Suppressed = true }, sales.GateSuppression, "suppression list", "only the person", time.Time{}},
		{"no address", func(s *engine.Standing) { queued(s).Person.Email = "" }, sales.GateSuppression, "no working", "address", time.Time{}},
		{"answered", func(s *engine.Standing) { queued(s).Person.LastInAt = now }, sales.GateAnswer, "they answered", "answer them", now.Add(24 * time.Hour)},
		{"not read", func(s *engine.Standing) {
			f := queued(s)
			f.Mailing.FollowUp, f.ReadErr = true, sales.Errorf(sales.Unavailable, "No answer.")
		}, sales.GateAnswer, "could not be read", "incoming server", now.Add(5 * time.Minute)},
		{"resting", func(s *engine.Standing) { p := &queued(s).Person; p.Move, p.MoveUntil = sales.Resting, later }, sales.GateBalance, "resting until", "", later},
		{"touches", func(s *engine.Standing) {
			f := queued(s)
			f.Settings.TouchesPer30Days, f.Settings.RestDays, f.Person.Untouched, f.Person.LastOutAt = 3, 10, 3, now
		}, sales.GateBalance, "3 touches", "limits of respect", now.AddDate(0, 0, 10)},
		{"mailbox", func(s *engine.Standing) {
			m := &queued(s).Mailbox
			m.State, m.StateWhy = sales.MailboxPaused, "5 of 20 bounced"
		}, sales.GateLimits, "5 of 20", "its page", now.Add(10 * time.Minute)},
		{"account", func(s *engine.Standing) { f := queued(s); f.Rules.ActivePerAccount, f.ActiveAt = 2, 2 }, sales.GateLimits, "colleagues", "ends", now.Add(24 * time.Hour)},
		{"domain cap", func(s *engine.Standing) { f := queued(s); f.Settings.PerDomainDay, f.DomainToday = 2, 2 }, sales.GateLimits, "x.example today", "next day", now.Add(15 * time.Hour)},
		{"account cap", func(s *engine.Standing) { f := queued(s); f.Settings.PerAccountDay, f.AccountToday = 2, 2 }, sales.GateLimits, "this account today", "next day", now.Add(15 * time.Hour)},
		{"window", func(s *engine.Standing) { queued(s).Calendar = calendar.Calendar{} }, sales.GateWindow, "", "open hour", now.Add(24 * time.Hour)},
		{"room", func(s *engine.Standing) {
			queued(s)
			s.Room = engine.Hold{Gate: sales.GateLimits, Why: "a pause between two mails", Until: later}
		}, sales.GateLimits, "a pause", "", later},
		{"goes", func(s *engine.Standing) { queued(s) }, "", "within a minute", "", time.Time{}},
	} {
		t.Run(x.name, func(t *testing.T) {
			s := base()
			x.edit(&s)
			h := engine.WhyNotYet(s, now)
			if h.Gate != x.gate || !strings.Contains(h.Why, x.why) || h.Why == "" || !strings.Contains(h.Change, x.change) || !h.Until.Equal(x.until) {
				t.Errorf("%+v", h)
			}
			if h.Gate != "" && h.Change == "" && s.Room.Go() {
				t.Errorf("nothing would change it: %+v", h)
			}
		})
	}
}

// queued lets the mail of the step be in the outbox, and gives what the gate sees.
func queued(s *engine.Standing) *engine.Facts {
	s.Enrollment.Awaiting = true
	s.Facts.Enrollment = s.Enrollment
	return &s.Facts
}

// TestWhyPaused: every reason of a pause is in words, with what ends it.
func TestWhyPaused(t *testing.T) {
	now := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	for _, r := range []sales.Reason{
		sales.PausedManual, sales.PausedOutOfOffice, sales.PausedBounce, sales.PausedMeeting, sales.PausedOwnerAway, sales.PausedColleague, sales.PausedNotNow,
		sales.PausedBlocked, sales.PausedUnknown, sales.PausedExpired, sales.PausedAsked,
	} {
		s := engine.Standing{Enrollment: sales.Enrollment{State: sales.Paused, Reason: r, Until: now.Add(time.Hour)}, Sequence: sales.SequenceRunning}
		h := engine.WhyNotYet(s, now)
		if h.Gate != sales.GateAnswer || len(h.Why) < len("paused: x") || h.Change == "" || !h.Until.Equal(s.Enrollment.Until) {
			t.Errorf("%s: %+v", r, h)
		}
	}
}

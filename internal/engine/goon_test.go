package engine_test

import (
	"testing"
	"time"

	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
)

// TestSkippedStepKeepsWhoLetItGoOn: a person answered, a seller resumed the
// sequence, and the machine passed a step by: the seller's word still holds, so the
// gate lets the next mail go.
func TestSkippedStepKeepsWhoLetItGoOn(t *testing.T) {
	now := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	c := engine.Case{Plan: sales.Plan{Steps: []sales.Step{
		{ID: 1, Kind: sales.StepTask, StepOptions: sales.StepOptions{OnlyIf: sales.Condition{Field: "custom.plan", Op: sales.OpIs, Value: "gold"}}},
		{ID: 2, Kind: sales.StepAutoMail},
	}}}
	e := sales.Enrollment{ID: 7, State: sales.Paused, Reason: sales.PausedMeeting, Actor: sales.BySeller, EnrolledAt: now.AddDate(0, 0, -9), LastStepAt: now.AddDate(0, 0, -8)}
	for _, ev := range []sales.Event{{Kind: sales.EvResume, Actor: sales.BySeller}, {Kind: sales.EvTimer}, {Kind: sales.EvTimer}} {
		ev.At = now
		d := engine.Decide(c, e, ev, now)
		if !d.Changed {
			t.Fatalf("%s changes nothing: %+v", ev.Kind, e)
		}
		e = d.Next
		now = now.Add(time.Hour)
	}
	if e.Position != 1 || !e.Awaiting || e.Actor != sales.BySeller {
		t.Fatalf("%+v", e)
	}
	p := sales.Person{Email: "marta@brightwater.example", LastInAt: e.StateAt.Add(-time.Minute)}
	if h := engine.Gate(engine.Facts{Enrollment: e, Person: p, Mailbox: sales.Mailbox{State: sales.MailboxOK}}, now); h.Gate == sales.GateAnswer {
		t.Errorf("%s", h.Why)
	}
}

// TestResumeByHand: whoever resumes a sequence that an old answer holds lets it go
// on; the machine's own word changes nothing.
func TestResumeByHand(t *testing.T) {
	now := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	c := engine.Case{Plan: sales.Plan{Steps: []sales.Step{{ID: 1, Kind: sales.StepAutoMail}}}}
	e := sales.Enrollment{ID: 7, State: sales.Active, Awaiting: true, Actor: sales.BySystem, StateAt: now.AddDate(0, 0, -1), EnrolledAt: now.AddDate(0, 0, -9), LastStepAt: now.AddDate(0, 0, -8)}
	f := engine.Facts{Enrollment: e, Person: sales.Person{Email: "marta@brightwater.example", LastInAt: now.AddDate(0, 0, -2)}, Mailbox: sales.Mailbox{State: sales.MailboxOK}}
	if h := engine.Gate(f, now); h.Gate != sales.GateAnswer {
		t.Fatalf("it is not held: %+v", h)
	}
	if d := engine.Decide(c, e, sales.Event{Kind: sales.EvResume, At: now}, now); d.Changed {
		t.Errorf("the machine resumes it: %s", d.Why)
	}
	d := engine.Decide(c, e, sales.Event{Kind: sales.EvResume, At: now, Actor: sales.ByLeader}, now)
	if f.Enrollment = d.Next; !d.Changed || !d.Next.Awaiting || len(d.Effects) > 0 {
		t.Errorf("%+v", d)
	}
	if h := engine.Gate(f, now.Add(time.Hour)); h.Gate == sales.GateAnswer {
		t.Errorf("%s", h.Why)
	}
}

// TestPausedBeforeTheStart: one that was paused before its sequence ran starts when
// it is resumed, with the day that a date sequence counts from.
func TestPausedBeforeTheStart(t *testing.T) {
	now := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	day := now.AddDate(0, 0, 30)
	c := engine.Case{Plan: sales.Plan{Anchored: true, Steps: []sales.Step{{ID: 1, Kind: sales.StepAutoMail, StepOptions: sales.StepOptions{DayOffset: -7}}}}, Anchor: day}
	e := sales.Enrollment{ID: 7, State: sales.Pending, EnrolledAt: now}
	for _, ev := range []sales.Event{{Kind: sales.EvOwnerAway, Until: now.AddDate(0, 0, 3)}, {Kind: sales.EvTimer}} {
		d := engine.Decide(c, e, ev, now)
		e, now = d.Next, now.AddDate(0, 0, 3)
	}
	if e.State != sales.Active || !e.AnchorAt.Equal(day) || e.NextAt.Format(time.DateOnly) != "2026-03-26" {
		t.Errorf("%s, counts from %s, next %s", e.State, e.AnchorAt, e.NextAt)
	}
	c.Anchor = time.Time{}
	e = sales.Enrollment{ID: 7, State: sales.Paused, Reason: sales.PausedManual, EnrolledAt: now}
	if d := engine.Decide(c, e, sales.Event{Kind: sales.EvResume, Actor: sales.BySeller}, now); d.Next.State != sales.Paused || d.Next.Reason != sales.PausedBlocked {
		t.Errorf("without a day: %+v", d.Next)
	}
}

// TestColleagueHoldsWhatGoesOn: when somebody at the account answers, what would go
// on by itself waits until a person looks; what waits for the buyer alone stays.
func TestColleagueHoldsWhatGoesOn(t *testing.T) {
	now := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	c := engine.Case{Plan: sales.Plan{Rules: sales.DefaultRules(), Steps: []sales.Step{{ID: 1, Kind: sales.StepTheirMove, StepOptions: sales.StepOptions{ThenGoOn: true}}, {ID: 2, Kind: sales.StepAutoMail}}}}
	for _, x := range []struct {
		e    sales.Enrollment
		want sales.Reason
	}{
		{sales.Enrollment{State: sales.Paused, Reason: sales.PausedOutOfOffice, Until: now.AddDate(0, 0, 3), NextAt: now.AddDate(0, 0, 3)}, sales.PausedColleague},
		{sales.Enrollment{State: sales.Paused, Reason: sales.PausedMeeting}, sales.PausedMeeting},
		{sales.Enrollment{State: sales.WaitingThem, NextAt: now.AddDate(0, 0, 3)}, sales.PausedColleague},
		{sales.Enrollment{State: sales.WaitingThem, NextAt: now.AddDate(0, 0, 3), Position: 2}, ""},
	} {
		x.e.ID, x.e.LastStepAt = 7, now.AddDate(0, 0, -2)
		if d := engine.Decide(c, x.e, sales.Event{Kind: sales.EvColleagueReply, At: now, Actor: sales.ByBuyer}, now); d.Next.Reason != x.want || x.want == sales.PausedColleague && !d.Next.NextAt.IsZero() {
			t.Errorf("%s %s becomes %s %s, next %s", x.e.State, x.e.Reason, d.Next.State, d.Next.Reason, d.Next.NextAt)
		}
	}
}

// TestAskedStands: no pause, not now or absence takes the place of the wait until
// somebody has said whose a mail is; what they say does, and an end does.
func TestAskedStands(t *testing.T) {
	now := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	c := engine.Case{Plan: sales.Plan{Rules: sales.DefaultRules(), Steps: []sales.Step{{ID: 1, Kind: sales.StepAutoMail}}}}
	hold := sales.Event{Kind: sales.EvPause, Actor: sales.BySystem, Reason: sales.PausedAsked}
	e := engine.Decide(c, sales.Enrollment{ID: 7, State: sales.Active, LastStepAt: now, NextAt: now}, hold, now).Next
	if !e.Asked() || e.Reason != sales.PausedAsked {
		t.Fatalf("%s %s", e.State, e.Reason)
	}
	later := now.AddDate(0, 0, 3)
	for _, as := range []sales.Enrollment{e, {ID: 7, State: sales.Paused, Reason: sales.PausedManual, Actor: sales.BySystem, LastStepAt: now}} {
		for _, ev := range []sales.Event{
			hold, {Kind: sales.EvPause}, {Kind: sales.EvPause, Until: later}, {Kind: sales.EvNotNow, Until: later}, {Kind: sales.EvOwnerAway, Until: later}, {Kind: sales.EvMended}, {Kind: sales.EvTimer},
			{Kind: sales.EvAutoReply, Verdict: sales.Verdict{Until: later}}, {Kind: sales.EvColleagueReply},
		} {
			if ev.Actor == "" {
				ev.Actor = sales.BySeller
			}
			if d := engine.Decide(c, as, ev, later.AddDate(1, 0, 0)); d.Changed {
				t.Errorf("%s until %v: %s %s", ev.Kind, ev.Until, d.Next.State, d.Next.Reason)
			}
		}
		for kind, want := range map[sales.EventKind]sales.EnrollmentState{sales.EvResume: sales.Active, sales.EvStop: sales.Finished, sales.EvUnsubscribe: sales.OptedOut, sales.EvReply: sales.Finished} {
			if d := engine.Decide(c, as, sales.Event{Kind: kind, At: now, Actor: sales.BySeller}, now); d.Next.State != want {
				t.Errorf("%s: %s", kind, d.Next.State)
			}
		}
		if d := engine.Restore(sales.Enrollment{ID: 7, State: sales.Finished, Version: 3}, as, now); d.Next.Asked() || d.Next.Reason != sales.PausedManual {
			t.Errorf("taken back: %s %s by %s", d.Next.State, d.Next.Reason, d.Next.Actor)
		}
	}
}

// TestBuyerBooked: a buyer who accepts a meeting has spoken. Their track waits for
// a person, who finds something to do; a seller who booked it goes on at once.
func TestBuyerBooked(t *testing.T) {
	now := time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	c := engine.Case{Plan: sales.Plan{Steps: []sales.Step{{ID: 1, Kind: sales.StepAutoMail}, {ID: 2, Kind: sales.StepAutoMail, Track: sales.TrackPositive}}, Rules: sales.Rules{Meeting: sales.MeetingPositive}}}
	for name, x := range map[string]struct {
		state  sales.EnrollmentState
		actor  sales.Actor
		answer *sales.InvitationAnswer
		want   sales.EnrollmentState
		tasks  int
	}{
		"accepted":             {sales.Active, sales.ByBuyer, &sales.InvitationAnswer{Answer: sales.InvitationAccepted}, sales.WaitingHuman, 1},
		"accepted while held":  {sales.Paused, sales.ByBuyer, &sales.InvitationAnswer{Answer: sales.InvitationAccepted}, sales.WaitingHuman, 1},
		"accepted with a note": {sales.Active, sales.ByBuyer, &sales.InvitationAnswer{Answer: sales.InvitationAccepted, Note: "See you"}, sales.WaitingHuman, 0},
		"perhaps":              {sales.Active, sales.ByBuyer, &sales.InvitationAnswer{Answer: sales.InvitationTentative}, sales.WaitingHuman, 0},
		"by a seller":          {sales.Active, sales.BySeller, nil, sales.Active, 0},
	} {
		e := sales.Enrollment{ID: 7, State: x.state, EnrolledAt: now.AddDate(0, 0, -9)}
		d := engine.Decide(c, e, sales.Event{Kind: sales.EvMeeting, Actor: x.actor, At: now, MessageID: 3, Verdict: sales.Verdict{Kind: sales.KindReply, Invitation: x.answer}}, now)
		n := 0
		for _, fx := range d.Effects {
			if fx.Kind == sales.FxHandoff && fx.TaskKind == sales.TaskAnswer && fx.StepID == 0 {
				n++
			}
		}
		if d.Next.State != x.want || d.Next.Track != sales.TrackPositive || n != x.tasks {
			t.Errorf("%s: %s on %s, %d handoffs", name, d.Next.State, d.Next.Track, n)
		}
	}
}

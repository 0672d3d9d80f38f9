package engine_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
)

// held gives facts in which every gate is shut: they must be opened one by one,
// in their order.
func held(now time.Time) engine.Facts {
	s := sales.DefaultSettings()
	rules := sales.DefaultRules()
	return engine.Facts{
		Mailing:    sales.Mailing{Kind: sales.MailingAuto, FollowUp: true},
		Enrollment: sales.Enrollment{EnrolledAt: now.AddDate(0, 0, -9), LastStepAt: now.AddDate(0, 0, -3)},
		Person: sales.Person{Email: "m@x.example", Address: sales.AddressOK, LastInAt: now.Add(-time.Hour), LastOutAt: now.AddDate(0, 0, -3),
			Untouched: s.TouchesPer30Days, Move: sales.Resting, MoveUntil: now.AddDate(0, 0, 1)},
		Mailbox:  sales.Mailbox{Address: "ana@y.example", State: sales.MailboxPaused, StateWhy: "by hand"},
		Rules:    rules,
		Settings: s, Calendar: calendar.For(s), Place: calendar.Resolve("Europe/Lisbon", "PT", "", "", "", ""),
		Suppressed: true, SuppressedWhy: "unsubscribe", ReadErr: errors.New("no network"), ActiveAt: rules.ActivePerAccount,
	}
}

// TestGateOrder opens the gates one after the other; the one behind answers then.
func TestGateOrder(t *testing.T) {
	now := time.Date(2026, 3, 3, 20, 0, 0, 0, time.UTC) // evening
	f := held(now)
	for _, x := range []struct {
		gate  sales.Gate
		why   string
		until time.Time
		never bool
		open  func()
	}{
		{sales.GateSuppression, "unsubscribe", time.Time{}, true, func() { f.Suppressed = false; f.Person.Address = sales.AddressDead }},
		{sales.GateSuppression, "no working mail address", time.Time{}, true, func() { f.Person.Address, f.Person.Email = sales.AddressOK, "" }},
		{sales.GateSuppression, "no working mail address", time.Time{}, true, func() { f.Person.Email = "m@x.example" }},
		{sales.GateAnswer, "they answered on 3 Mar 19:00", now.Add(24 * time.Hour), false, func() { f.Person.LastInAt = f.Enrollment.EnrolledAt }},
		{sales.GateAnswer, "could not be read", now.Add(5 * time.Minute), false, func() { f.ReadErr = nil }},
		{sales.GateBalance, "resting until 4 Mar 2026", now.AddDate(0, 0, 1), false, func() { f.Person.MoveUntil = now }},
		{sales.GateBalance, "5 touches without an answer", f.Person.LastOutAt.AddDate(0, 0, 60), false, func() { f.Person.Untouched-- }},
		{sales.GateLimits, "ana@y.example is paused: by hand", now.Add(10 * time.Minute), false, func() { f.Mailbox.State = sales.MailboxOK }},
		{sales.GateLimits, "being written to: 2", now.Add(24 * time.Hour), false, func() { f.Enrollment.Mails = 1 }},
		{sales.GateWindow, "outside the hours", time.Date(2026, 3, 4, 8, 30, 0, 0, time.UTC), false, func() { f.Calendar = calendar.Calendar{} }},
		{sales.GateWindow, "no hours are open", now.Add(24 * time.Hour), false, func() { f.Calendar = calendar.For(f.Settings); now = now.Add(14 * time.Hour) }},
	} {
		h := engine.Gate(f, now)
		if h.Gate != x.gate || !strings.Contains(h.Why, x.why) || !h.Until.Equal(x.until) || h.Never != x.never || h.Go() {
			t.Fatalf("want %s %q until %v, have %+v", x.gate, x.why, x.until, h)
		}
		x.open()
	}
	if h := engine.Gate(f, now); !h.Go() || h != (engine.Hold{}) {
		t.Fatalf("all gates are open: %+v", h)
	}
}

// TestGateByHand: what a person wrote passes all but suppression and a mailbox
// that does not work.
func TestGateByHand(t *testing.T) {
	now := time.Date(2026, 3, 7, 20, 0, 0, 0, time.UTC) // a Saturday evening
	f := held(now)
	f.Mailing.Kind, f.Enrollment = sales.MailingManual, sales.Enrollment{}
	if h := engine.Gate(f, now); h.Gate != sales.GateSuppression || !h.Never {
		t.Errorf("%+v", h)
	}
	f.Suppressed, f.Person.Address = false, sales.AddressDead // the seller knows better
	if h := engine.Gate(f, now); h.Gate != sales.GateLimits || h.Never {
		t.Errorf("%+v", h)
	}
	f.Mailbox.State = sales.MailboxOK
	if h := engine.Gate(f, now); !h.Go() {
		t.Errorf("%+v", h)
	}
	f.Person.Email = ""
	if h := engine.Gate(f, now); !h.Never {
		t.Errorf("to nowhere: %+v", h)
	}
}

// TestGateAnswer: an answer holds the mail until the sequence goes on knowing of it.
func TestGateAnswer(t *testing.T) {
	now := time.Date(2026, 3, 3, 10, 0, 0, 0, time.UTC)
	at := func(h int) time.Time { return now.Add(time.Duration(h) * time.Hour) }
	for name, x := range map[string]struct {
		e    sales.Enrollment
		in   time.Time
		goes bool
	}{
		"never answered":           {sales.Enrollment{EnrolledAt: at(-9)}, time.Time{}, true},
		"before it was enrolled":   {sales.Enrollment{EnrolledAt: at(-9)}, at(-10), true},
		"since":                    {sales.Enrollment{EnrolledAt: at(-9)}, at(-8), false},
		"a talk completed a call":  {sales.Enrollment{EnrolledAt: at(-9), LastStepAt: at(-8)}, at(-8), true},
		"since the last step":      {sales.Enrollment{EnrolledAt: at(-9), LastStepAt: at(-8)}, at(-7), false},
		"a seller resumed":         {sales.Enrollment{EnrolledAt: at(-9), StateAt: at(-6), Actor: sales.BySeller}, at(-7), true},
		"a machine resumed":        {sales.Enrollment{EnrolledAt: at(-9), StateAt: at(-6), Actor: sales.BySystem}, at(-7), false},
		"after the seller resumed": {sales.Enrollment{EnrolledAt: at(-9), StateAt: at(-6), Actor: sales.ByLeader}, at(-5), false},
	} {
		f := held(now)
		f.Suppressed, f.ReadErr, f.Mailbox.State, f.ActiveAt = false, nil, sales.MailboxOK, 0
		f.Person.Move, f.Person.Untouched = sales.TheirMove, 0
		f.Enrollment, f.Person.LastInAt = x.e, x.in
		if h := engine.Gate(f, now); h.Go() != x.goes || !x.goes && h.Gate != sales.GateAnswer {
			t.Errorf("%s: %+v", name, h)
		}
	}
	f := held(now)
	f.Suppressed, f.Mailing.FollowUp, f.Person.LastInAt, f.Mailbox.State = false, false, time.Time{}, sales.MailboxOK
	if h := engine.Gate(f, now); h.Gate != sales.GateAnswer {
		t.Errorf("somebody who was written to before may have answered: %+v", h)
	}
	f.Person.LastOutAt, f.Person.Move = time.Time{}, sales.Resting
	f.Person.MoveUntil = now.AddDate(0, 0, 3)
	if h := engine.Gate(f, now); h.Gate != sales.GateBalance {
		t.Errorf("a first mail to somebody new needs no reading of the mailbox: %+v", h)
	}
}

// TestGateBalance: open rests and rules that are switched off.
func TestGateBalance(t *testing.T) {
	now := time.Date(2026, 3, 3, 10, 0, 0, 0, time.UTC)
	f := held(now)
	f.Suppressed, f.ReadErr, f.Mailbox.State, f.ActiveAt, f.Person.LastInAt, f.Person.Move = false, nil, sales.MailboxOK, 0, time.Time{}, ""
	f.Settings.TouchesPer30Days = 0
	if h := engine.Gate(f, now); !h.Go() {
		t.Errorf("no limit of touches: %+v", h)
	}
	f.Settings.TouchesPer30Days, f.Person.LastOutAt = 5, now.AddDate(0, 0, -60)
	if h := engine.Gate(f, now); !h.Go() {
		t.Errorf("they have rested: %+v", h)
	}
	f.Rules.ActivePerAccount, f.ActiveAt, f.Enrollment.Mails = 0, 99, 0
	f.Place = calendar.Place{}
	if h := engine.Gate(f, now); !h.Go() {
		t.Errorf("no limit at the account, no zone: %+v", h)
	}
}

func TestRoom(t *testing.T) {
	madrid := calendar.Resolve("Europe/Madrid", "ES", "", "", "", "")
	c := calendar.For(sales.DefaultSettings())
	now := time.Date(2026, 3, 3, 10, 0, 0, 0, time.UTC)
	mb := sales.Mailbox{Address: "ana@y.example", Limits: sales.Limits{PerDay: 30, PerWeek: 100}}
	with := func(change func(*sales.Mailbox)) sales.Mailbox {
		m := mb
		change(&m)
		return m
	}
	for name, x := range map[string]struct {
		mb              sales.Mailbox
		hour, day, week int
		n               int
		why             string
		until           time.Time
	}{
		"no limits":         {mb: sales.Mailbox{}, day: 5000, week: 5000, n: 1 << 20},
		"day":               {mb: mb, day: 28, week: 28, n: 2},
		"day is full":       {mb: mb, day: 30, week: 30, why: "30 of 30 mails today", until: time.Date(2026, 3, 3, 23, 0, 0, 0, time.UTC)},
		"day is overfull":   {mb: mb, day: 31, week: 31, why: "31 of 30 mails today", until: time.Date(2026, 3, 3, 23, 0, 0, 0, time.UTC)},
		"week":              {mb: mb, day: 0, week: 95, n: 5},
		"week is full":      {mb: mb, day: 0, week: 100, why: "100 of 100 mails in seven days", until: time.Date(2026, 3, 3, 23, 0, 0, 0, time.UTC)},
		"week alone":        {mb: with(func(m *sales.Mailbox) { m.Limits.PerDay = 0 }), day: 99, week: 99, n: 1},
		"a gap is one mail": {mb: with(func(m *sales.Mailbox) { m.Limits.GapMin = time.Minute }), n: 1},
		"hour":              {mb: with(func(m *sales.Mailbox) { m.Limits.PerHour = 7 }), hour: 4, day: 4, n: 3},
		"hour is full":      {mb: with(func(m *sales.Mailbox) { m.Limits.PerHour = 7 }), hour: 7, day: 7, why: "7 of 7 mails in an hour", until: now.Add(17 * time.Minute)},
		"in the gap":        {mb: with(func(m *sales.Mailbox) { m.NextSendAt = now.Add(time.Minute) }), why: "pause between two mails", until: now.Add(time.Minute)},
		"the gap is over":   {mb: with(func(m *sales.Mailbox) { m.NextSendAt = now }), n: 30},
		"ramp, first day":   {mb: with(func(m *sales.Mailbox) { m.Limits.RampStart, m.Limits.RampStep, m.RampFrom = 5, 2, now }), day: 3, n: 2},
		"ramp, third day": {mb: with(func(m *sales.Mailbox) {
			m.Limits.RampStart, m.Limits.RampStep, m.RampFrom = 5, 2, now.AddDate(0, 0, -4)
		}), day: 3, n: 6},
	} {
		n, h := engine.Room(x.mb, engine.Sent{Hour: x.hour, Day: x.day, Week: x.week, Frees: now.Add(17 * time.Minute)}, now, madrid, c)
		if n != x.n || (n > 0) != h.Go() || !strings.Contains(h.Why, x.why) || !h.Until.Equal(x.until) {
			t.Errorf("%s: %d %+v", name, n, h)
		}
	}
	// The day of the clock change has 23 hours: the next begins an hour earlier in UTC.
	_, h := engine.Room(mb, engine.Sent{Day: 30, Week: 30}, time.Date(2026, 3, 29, 10, 0, 0, 0, time.UTC), madrid, c)
	if want := time.Date(2026, 3, 29, 22, 0, 0, 0, time.UTC); !h.Until.Equal(want) {
		t.Errorf("the next day begins at %v, not %v", want, h.Until)
	}
	if _, h := engine.Room(mb, engine.Sent{Day: 30, Week: 30}, now, calendar.Place{}, c); !h.Until.Equal(time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("without a zone: %+v", h)
	}
}

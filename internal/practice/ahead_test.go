package practice_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sort"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/desk"
	"ninetyten/internal/inbound"
	"ninetyten/internal/outbound"
	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// aheadClock is set by hand.
type aheadClock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *aheadClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

// taker takes every mail and keeps when it came.
type taker struct {
	clock *aheadClock
	mu    sync.Mutex
	got   []string
}

func (s *taker) Send(_ context.Context, _ sales.Mailbox, env outbound.Envelope) (outbound.Receipt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.got = append(s.got, s.clock.Now().UTC().Format("2006-01-02 15:04:05 ")+env.To)
	return outbound.Receipt{Code: 250}, nil
}

type silent struct{}

func (silent) ReadNow(context.Context, sales.Mailbox) error                   { return nil }
func (silent) Append(context.Context, sales.Mailbox, []byte, time.Time) error { return nil }
func (silent) FindSent(context.Context, sales.Mailbox, inbound.Sought) (bool, error) {
	return true, nil
}
func (silent) Changed(context.Context, casework.Change) {}

// aheadCase is a world that is looked ahead in.
type aheadCase struct {
	limits   sales.Limits
	settings func(*sales.Settings)
	steps    func([]sales.Step) []sales.Step
	away     [][2]int // the seller's absences, from and to, in days from now
}

// TestAheadIsWhatHappens: what the look ahead shows is what the product does, to
// the second, when nobody answers.
func TestAheadIsWhatHappens(t *testing.T) {
	for name, x := range map[string]aheadCase{
		"no limits":          {},
		"hour, day and week": {limits: sales.Limits{PerHour: 2, PerDay: 5, PerWeek: 12}},
		"ramp":               {limits: sales.Limits{PerDay: 9, RampStart: 1, RampStep: 1}},
		"shared caps":        {settings: func(s *sales.Settings) { s.PerAccountDay, s.PerDomainDay = 3, 4 }},
		"respect":            {settings: func(s *sales.Settings) { s.TouchesPer30Days, s.RestDays = 2, 20 }},
		"weekday": {steps: func(list []sales.Step) []sales.Step {
			list[1].Weekdays[time.Thursday], list[1].AtMinute = true, 14*60
			return list
		}},
		"a week away":       {limits: sales.Limits{PerDay: 4}, away: [][2]int{{3, 10}}},
		"away now and soon": {limits: sales.Limits{PerDay: 6}, away: [][2]int{{-1, 4}, {6, 12}}},
	} {
		t.Run(name, func(t *testing.T) { compareAhead(t, x) })
	}
}

func compareAhead(t *testing.T, x aheadCase) {
	t.Helper()
	w := storetest.NewWorld(t, storetest.Open(t), 14)
	clock := &aheadClock{t: storetest.Now}
	ctx, v := t.Context(), w.Viewer()
	v.Role = sales.RoleOwner
	err := w.InTx(ctx, func(tx *store.Tx) error {
		m := w.Mailbox
		m.Limits, m.RampFrom = x.limits, storetest.Now
		if err := tx.SaveMailbox(ctx, m); err != nil {
			return err
		}
		ws := w.Workspace
		if x.settings != nil {
			x.settings(&ws.Settings)
		}
		if err := tx.SaveWorkspace(ctx, ws); err != nil {
			return err
		}
		q := w.Sequence
		q.Rules.ActivePerAccount, q.Rules.MaxAutoMails = 0, 0
		if x.steps != nil {
			q.Steps = x.steps(q.Steps)
		}
		for i := range q.Steps {
			if !q.Steps[i].Kind.IsMail() { // a task takes a person, who is not in this test
				q.Steps[i].Kind, q.Steps[i].Body = sales.StepAutoMail, "One more thought."
			}
		}
		for _, days := range x.away {
			at := func(n int) time.Time { return time.Date(2026, 3, 3+n, 0, 0, 0, 0, time.UTC) }
			a := sales.Absence{
				WorkspaceID: ws.ID, ID: tx.NewID(), UserID: w.Seller.ID, From: at(days[0]), To: at(days[1]), Mode: sales.AbsencePause,
				State: sales.AbsencePlanned, CreatedAt: storetest.Now,
			}
			if err := tx.InsertAbsence(ctx, a); err != nil {
				return err
			}
		}
		return tx.SaveSequence(ctx, q)
	})
	if err != nil {
		t.Fatal(err)
	}
	d := &desk.Desk{Store: w.Store, Clock: clock, Notify: silent{}, Log: slog.New(slog.DiscardHandler)}
	for i := range w.People {
		w.Enroll(t, i)
	}
	q, err := w.Store.Sequence(ctx, w.Workspace.ID, w.Sequence.ID)
	if err != nil {
		t.Fatal(err)
	}
	ahead, err := d.Simulate(ctx, v, q, nil)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, day := range ahead.Days {
		for _, x := range day.Items {
			if x.Ends == "" {
				want = append(want, x.At.UTC().Format("2006-01-02 15:04:05 ")+x.Person.Email)
			}
		}
	}
	got := really(t, w, clock, ahead.Until)
	sort.Strings(want)
	sort.Strings(got)
	if len(want) < 10 || !slices.Equal(got, want) {
		t.Errorf("%d were foreseen, %d happened:\n%s", len(want), len(got), diffLines(want, got))
	}
}

// really lets the product run until a moment, from due moment to due moment.
func really(t *testing.T, w *storetest.World, clock *aheadClock, until time.Time) []string {
	t.Helper()
	ctx := t.Context()
	s := &taker{clock: clock}
	r := &runner.Runner{Store: w.Store, Clock: clock, Node: "n", Sender: s, Reader: silent{}, Filer: silent{}, Notify: silent{}, Log: slog.New(slog.DiscardHandler), Conns: 1}
	ref := store.MailboxRef{WorkspaceID: w.Workspace.ID, MailboxID: w.Mailbox.ID}
	for !clock.Now().After(until) {
		for {
			if _, err := r.Absences(ctx, w.Workspace.ID); err != nil {
				t.Fatal(err)
			}
			n, err := r.Advance(ctx, w.Workspace.ID)
			if err != nil {
				t.Fatal(err)
			}
			sent, err := r.Drain(ctx, ref)
			if err != nil {
				t.Fatal(err)
			}
			if n+sent == 0 {
				break
			}
		}
		next := until.Add(time.Second)
		timer, err := w.Store.NextTimer(ctx, w.Workspace.ID)
		if err != nil {
			t.Fatal(err)
		}
		mailing, err := w.Store.NextMailing(ctx, w.Workspace.ID, w.Mailbox.ID)
		if err != nil {
			t.Fatal(err)
		}
		away, err := w.Store.NextAbsence(ctx, w.Workspace.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []time.Time{timer, mailing, away} {
			if at.After(clock.Now()) && at.Before(next) {
				next = at
			}
		}
		clock.mu.Lock()
		clock.t = next
		clock.mu.Unlock()
	}
	return s.got
}

func diffLines(want, got []string) string {
	out := ""
	for _, x := range want {
		if !slices.Contains(got, x) {
			out += fmt.Sprintln("foreseen only: ", x)
		}
	}
	for _, x := range got {
		if !slices.Contains(want, x) {
			out += fmt.Sprintln("happened only: ", x)
		}
	}
	return out
}

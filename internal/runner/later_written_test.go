package runner_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/mail"
	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// writer is the seller at the desk of a world.
func (w *world) writer() *desk.Desk {
	return &desk.Desk{Store: w.Store, Clock: w.clock, Notify: w.heard}
}

// later writes a mail to the i-th person that is to go in two days.
func (w *world) later(i int, edit func(*desk.Letter)) sales.Mailing {
	w.t.Helper()
	l := desk.Letter{PersonID: w.People[i].ID, Subject: "Prices", HTML: "<p>Hello {{ first_name }}, <b>here</b> they are.</p>", Later: sales.LaterAt, At: storetest.Now.Add(48 * time.Hour), Chase: "x", Nonce: "form"}
	if edit != nil {
		edit(&l)
	}
	if _, err := w.writer().Write(w.t.Context(), w.Viewer(), l); err != nil {
		w.t.Fatal(err)
	}
	list, err := w.MailingsOf(w.t.Context(), w.Workspace.ID, w.People[i].ID)
	if err != nil || len(list) == 0 {
		w.t.Fatal(list, err)
	}
	return list[0]
}

func (w *world) stateOf(m sales.Mailing) sales.MailingState {
	w.t.Helper()
	got, err := w.World.Store.Mailing(w.t.Context(), w.Workspace.ID, m.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return got.State
}

// TestLaterGoesOnce: a mail with a copy waits for its time, also in another process,
// and goes once to both, whatever node looks.
func TestLaterGoesOnce(t *testing.T) {
	w := newWorld(t, 2)
	m := w.later(0, func(l *desk.Letter) {
		l.To, l.Cc = "rui@brightwater.example", w.People[0].Email+", boss@brightwater.example"
	})
	if n := w.at(47 * time.Hour); n != 0 || len(w.out()) != 0 {
		t.Fatalf("%d went before their time", n)
	}
	w.clock.set(storetest.Now.Add(49 * time.Hour))
	two, _ := w.node("node2")
	var all sync.WaitGroup
	all.Go(func() { drainOften(t, w.runner, w.ref) })
	all.Go(func() { drainOften(t, two, w.ref) })
	all.Wait()
	sent := w.out()
	if len(sent) != 1 || w.stateOf(m) != sales.MailingSent {
		t.Fatalf("%d mails, %s", len(sent), w.stateOf(m))
	}
	if got := strings.Join(sent[0].Rcpt, " "); got != "rui@brightwater.example "+w.People[0].Email+" boss@brightwater.example" {
		t.Errorf("to %s", got)
	}
	p := mail.Parse(sent[0].Raw)
	if want := "Hello " + w.People[0].FirstName + ", here they are."; strings.TrimSpace(p.Text) != want || !strings.Contains(p.HTML(), "<b>here</b>") {
		t.Errorf("%q\n%q", p.Text, p.HTML())
	}
	if raw := string(sent[0].Raw); !strings.Contains(raw, "\r\nTo: rui@brightwater.example\r\n") && !strings.Contains(raw, "\r\nTo: <rui@brightwater.example>\r\n") || !strings.Contains(raw, "boss@brightwater.example") {
		t.Errorf("%s", raw)
	}
}

// TestLaterStopped: what they write before its time stops a mail, also when it is
// read only as the mail would go; the seller has it as a draft, and the answer to do.
func TestLaterStopped(t *testing.T) {
	for _, early := range []bool{true, false} {
		w := newWorld(t, 1)
		w.Enroll(t, 0)
		w.run()
		first := w.mailing(w.first(), 0)
		m := w.later(0, nil)
		w.clock.set(storetest.Now.Add(3 * time.Hour))
		w.answer(0, first, "Please do not send prices, we decided for others.")
		if early {
			if err := w.watchers.ReadNow(t.Context(), w.mailbox()); err != nil {
				t.Fatal(err)
			}
		}
		was := len(w.out())
		w.at(49 * time.Hour)
		w.at(60 * time.Hour)
		if len(w.out()) != was || w.stateOf(m) != sales.MailingCanceled {
			t.Fatalf("early %v: %d mails, %s", early, len(w.out())-was, w.stateOf(m))
		}
		d, err := w.Draft(t.Context(), w.Viewer(), w.People[0].ID, 0)
		if err != nil || d.Subject != "Prices" || !strings.Contains(d.HTML, "<b>here</b>") {
			t.Errorf("%+v, %v", d, err)
		}
		if !slices.ContainsFunc(w.tasks(0), func(x sales.Task) bool { return x.Kind == sales.TaskAnswer }) {
			t.Errorf("nothing to answer: %+v", w.tasks(0))
		}
		// The form of before is sent once more: it is not a way around.
		_, err = w.writer().Write(t.Context(), w.Viewer(), desk.Letter{PersonID: w.People[0].ID, Subject: "Prices", HTML: "<p>Hello {{ first_name }}, <b>here</b> they are.</p>", Chase: "x", Nonce: "form"})
		if sales.CodeOf(err) != sales.Conflict {
			t.Errorf("%v", err)
		}
	}
}

// TestLaterHeld: a mailbox that cannot be read holds it; a no of somebody in copy, or
// of the person, stops it and says so.
func TestLaterHeld(t *testing.T) {
	w := newWorld(t, 3)
	m := w.later(0, nil)
	w.runner.Reader = deaf{}
	w.at(49 * time.Hour)
	if got, err := w.World.Store.Mailing(t.Context(), w.Workspace.ID, m.ID); err != nil || got.State != sales.MailingQueued || got.HoldGate != sales.GateAnswer {
		t.Errorf("%s, %s: %v", got.State, got.HoldGate, err)
	}
	w.runner.Reader = w.watchers
	w.clock.set(storetest.Now)
	other := w.later(1, func(l *desk.Letter) { l.Cc = "no@brightwater.example" })
	third := w.later(2, nil)
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		for _, a := range []string{"no@brightwater.example", w.People[2].Email} {
			if _, err := tx.Suppress(ctx, sales.Suppression{WorkspaceID: w.Workspace.ID, ID: tx.NewID(), Kind: sales.SuppressAddress, Value: a, Reason: sales.EndUnsubscribe, Source: "asked", At: storetest.Now}); err != nil {
				return err
			}
		}
		return nil
	})
	w.at(50 * time.Hour)
	if len(w.out()) != 1 || w.out()[0].Rcpt[0] != w.People[0].Email {
		t.Errorf("%d mails", len(w.out()))
	}
	for i, x := range []sales.Mailing{other, third} {
		if list := w.tasks(i + 1); w.stateOf(x) != sales.MailingCanceled || len(list) != 1 || !strings.Contains(list[0].Title, "suppression list") {
			t.Errorf("%s: %+v", w.stateOf(x), list)
		}
	}
}

// deaf cannot read.
type deaf struct{}

func (deaf) ReadNow(context.Context, sales.Mailbox) error { return errors.New("no answer") }

// TestLaterNowAndBack: sent now it goes once, also when asked twice; taken back while
// it is being sent, either it went or it did not.
func TestLaterNowAndBack(t *testing.T) {
	w := newWorld(t, 20)
	d, ctx := w.writer(), t.Context()
	m := w.later(0, nil)
	for range 2 {
		if _, err := d.SendNow(ctx, w.Viewer(), m.ID); err != nil {
			t.Fatal(err)
		}
	}
	w.drain()
	w.drain()
	if _, err := d.SendNow(ctx, w.Viewer(), m.ID); len(w.out()) != 1 || sales.CodeOf(err) != sales.Conflict {
		t.Errorf("%d mails, %v", len(w.out()), err)
	}
	if _, err := d.TakeBack(ctx, w.Viewer(), m.ID); sales.CodeOf(err) != sales.Conflict {
		t.Errorf("taken back after it went: %v", err)
	}
	back := map[sales.ID]bool{}
	var list []sales.Mailing
	for i := 1; i < 20; i++ {
		list = append(list, w.later(i, nil))
	}
	w.clock.set(storetest.Now.Add(49 * time.Hour))
	var all sync.WaitGroup
	all.Go(func() { drainOften(t, w.runner, w.ref) })
	for _, x := range list {
		_, err := d.TakeBack(ctx, w.Viewer(), x.ID)
		if back[x.ID] = err == nil; err != nil && sales.CodeOf(err) != sales.Conflict {
			t.Error(err)
		}
	}
	all.Wait()
	drainOften(t, w.runner, w.ref)
	went := map[string]int{}
	for _, s := range w.out() {
		went[s.Rcpt[0]]++
	}
	for i, x := range list {
		if n := went[w.People[i+1].Email]; n > 1 || (n == 1) == back[x.ID] {
			t.Errorf("%s: sent %d times, taken back %v", w.People[i+1].Email, n, back[x.ID])
		}
	}
}

// TestLaterCrash: a mail of which nobody knows whether it went is not sent again, not
// sent now, and not taken back.
func TestLaterCrash(t *testing.T) {
	for _, point := range []string{runner.PointBegun, runner.PointAccepted} {
		w := newWorld(t, 1)
		m := w.later(0, nil)
		w.clock.set(storetest.Now.Add(49 * time.Hour))
		ctx, die := context.WithCancel(t.Context())
		w.runner.Crash = func(p string) {
			if p == point {
				die()
				panic("the program dies")
			}
		}
		func() {
			defer func() { _ = recover() }()
			_, _ = w.runner.Drain(ctx, w.ref)
		}()
		went := len(w.out())
		if _, err := w.writer().TakeBack(t.Context(), w.Viewer(), m.ID); sales.CodeOf(err) != sales.Conflict {
			t.Errorf("%s: %v", point, err)
		}
		if _, err := w.writer().SendNow(t.Context(), w.Viewer(), m.ID); sales.CodeOf(err) != sales.Conflict {
			t.Errorf("%s: %v", point, err)
		}
		two, _ := w.node("node2")
		two.Lease = time.Nanosecond
		w.clock.set(storetest.Now.Add(72 * time.Hour))
		for range 3 {
			if _, err := two.Drain(t.Context(), w.ref); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(w.out()); n > 1 || n != went {
			t.Errorf("%s: sent %d times, %d before the crash", point, n, went)
		}
	}
}

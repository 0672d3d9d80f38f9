package runner_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ninetyten/internal/outbound"
	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
)

// post is a server that takes or refuses mail at once, and counts it.
type post struct {
	mu     sync.Mutex
	taken  map[string]int // by recipient
	n      int
	refuse func(n int) *outbound.Error // the n-th mail, from 1; nil takes it
}

func (p *post) Send(_ context.Context, _ sales.Mailbox, env outbound.Envelope) (outbound.Receipt, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.n++
	if p.refuse != nil {
		if err := p.refuse(p.n); err != nil {
			return outbound.Receipt{}, err
		}
	}
	p.taken[env.To]++
	return outbound.Receipt{Code: 250}, nil
}

// overlapping makes a world whose rounds are of 64 mails from the first on.
func overlapping(t *testing.T, people int) (*world, *post) {
	w := newWorld(t, people)
	p := &post{taken: map[string]int{}}
	w.runner.Sender, w.runner.Conns, w.runner.Batch = p, 32, 64
	return w, p
}

// TestRoundsOverlap: while a round is written down, the attempts of the next are
// recorded; everybody gets one mail, and all are recorded as sent.
func TestRoundsOverlap(t *testing.T) {
	w, p := overlapping(t, 300)
	for i := range w.People {
		w.Enroll(t, i)
	}
	w.advance()
	var recorded, begun atomic.Int64
	second := make(chan struct{})
	w.runner.Crash = func(point string) {
		switch {
		case point == runner.PointBegun && begun.Add(1) == 2:
			close(second)
		case point == runner.PointRecorded && recorded.Add(1) == 1:
			select {
			case <-second:
			case <-time.After(time.Minute):
				t.Error("the second round waited for the first to be written down")
			}
		}
	}
	if n := w.drain(); n != len(w.People) {
		t.Errorf("%d went, of %d", n, len(w.People))
	}
	for a, n := range p.taken {
		if n != 1 {
			t.Errorf("%s got %d mails", a, n)
		}
	}
	states, err := w.MailingStates(t.Context(), w.Workspace.ID)
	if err != nil || states[sales.MailingSent] != len(w.People) || len(states) != 1 {
		t.Errorf("states %v, %v", states, err)
	}
	if len(p.taken) != len(w.People) {
		t.Errorf("%d people were written to", len(p.taken))
	}
}

// TestOverlapTouches: what of the gate counts touches sees every mail before, also
// those of a round that is not written down yet.
func TestOverlapTouches(t *testing.T) {
	w, p := overlapping(t, 100)
	w.settings(func(s *sales.Settings) { s.TouchesPer30Days, s.RestDays = 1, 30 })
	for i := range w.People {
		w.Enroll(t, i)
	}
	for i := range w.People {
		w.from(w.Mailbox, i)
	}
	w.from(w.Mailbox, 99) // two of one person in one round
	w.advance()
	w.drain()
	for a, n := range p.taken {
		if n != 1 {
			t.Errorf("%s got %d mails, the limit is one touch", a, n)
		}
	}
	if len(p.taken) != len(w.People) {
		t.Errorf("%d people were written to", len(p.taken))
	}
}

// TestOverlapStops: when the server refuses the mailbox by policy, the round that
// was made ready meanwhile does not go.
func TestOverlapStops(t *testing.T) {
	w, p := overlapping(t, 300)
	p.refuse = func(n int) *outbound.Error {
		if n <= 70 {
			return nil
		}
		return &outbound.Error{Stage: outbound.StageData, Code: 550, Enhanced: "5.7.1", Text: "blocked by policy"}
	}
	for i := range w.People {
		w.Enroll(t, i)
	}
	w.advance()
	w.drain()
	if len(p.taken) != 70 || p.n > 128 {
		t.Errorf("the server was asked %d times and took %d", p.n, len(p.taken))
	}
	if m := w.mailbox(); m.State != sales.MailboxPaused {
		t.Errorf("the mailbox is %s", m.State)
	}
	states, err := w.MailingStates(t.Context(), w.Workspace.ID)
	if err != nil || states[sales.MailingSent] != 70 || states[sales.MailingQueued] != 230 {
		t.Errorf("states %v, %v", states, err)
	}
}

// TestFlight: what is in flight over all mailboxes is bounded, and all of it goes.
func TestFlight(t *testing.T) {
	w, p := overlapping(t, 120)
	w.runner.Flight = 160 << 10 // six mails a round
	other := w.second()
	for i := range w.People {
		if i%2 == 0 {
			w.Enroll(t, i)
		} else {
			w.from(other, i)
		}
	}
	w.advance()
	var begun atomic.Int64
	w.runner.Crash = func(point string) {
		if point == runner.PointBegun {
			begun.Add(1)
		}
	}
	var all sync.WaitGroup
	for _, mb := range []sales.Mailbox{w.Mailbox, other} {
		ref := w.ref
		ref.MailboxID = mb.ID
		all.Go(func() {
			if _, err := w.runner.Drain(t.Context(), ref); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if len(p.taken) != len(w.People) || int(begun.Load()) < len(w.People)/7 {
		t.Errorf("%d people were written to, in %d rounds", len(p.taken), begun.Load())
	}
	var twice []string
	for a, n := range p.taken {
		if n != 1 {
			twice = append(twice, a)
		}
	}
	if len(twice) > 0 {
		t.Errorf("more than once: %s", strings.Join(twice, ", "))
	}
}

// TestChangedOnTheWire: what became of a mail is written down once, and to the
// enrollment as it is, when that changed while the mail was on the wire.
func TestChangedOnTheWire(t *testing.T) {
	w := newWorld(t, 3)
	stopped, goes := w.Enroll(t, 0), w.Enroll(t, 1)
	w.advance()
	w.runner.Crash = func(point string) {
		if point == runner.PointAccepted {
			w.decide(stopped.ID, sales.Event{Kind: sales.EvStop, Actor: sales.BySeller})
		}
	}
	if n := w.drain(); n != 2 || len(w.out()) != 2 {
		t.Errorf("%d went, the server took %d", n, len(w.out()))
	}
	if e := w.enrollment(stopped.ID); e.State.Alive() {
		t.Errorf("the stopped one is %s", e.State)
	}
	if e := w.enrollment(goes.ID); e.Mails != 1 || e.NextAt.IsZero() {
		t.Errorf("the other has %d mails and goes on at %s", e.Mails, e.NextAt)
	}
	for _, e := range []sales.Enrollment{stopped, goes} {
		m := w.mailing(e, 0)
		if m.State != sales.MailingSent || len(w.attempts(m)) != 1 {
			t.Errorf("the mail is %s with %d attempts", m.State, len(w.attempts(m)))
		}
		moves, err := w.MovesOf(t.Context(), w.Workspace.ID, m.PersonID, 50)
		n := 0
		for _, x := range moves {
			if x.Kind == sales.MoveMailAuto {
				n++
			}
		}
		if err != nil || n != 1 {
			t.Errorf("%d lines of the ledger tell of the mail, %v", n, err)
		}
	}
}

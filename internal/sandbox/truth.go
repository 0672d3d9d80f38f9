package sandbox

import (
	"slices"
	"sync"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/mailhost"
)

// Want is what should be read into a message.
type Want struct {
	Kind     sales.VerdictKind
	OrKinds  []sales.VerdictKind // as good
	Intents  []sales.Intent      // of a reply, any of them; empty is any
	Until    time.Time           // the day back, or the day named; zero is none
	Referred string              // the address named instead
}

// Matches tells whether a verdict is right in kind and intent. An unsubscribe
// needs no intent besides its kind.
func (w Want) Matches(kind sales.VerdictKind, intent sales.Intent) bool {
	if kind != w.Kind && !slices.Contains(w.OrKinds, kind) {
		return false
	}
	return kind != sales.KindReply || len(w.Intents) == 0 || slices.Contains(w.Intents, intent)
}

// Action is one thing that the world did by mail.
type Action struct {
	Person    string // the address in the list; "" for noise
	Seller    string
	From      string // when not Person
	What      string
	Want      Want
	MessageID string
	Subject   string
	Text      string // what is said, without quotes
	Folder    string
	Human     bool         // a person wrote it
	Handoff   bool         // somebody should take over
	Noise     bool         // nobody needs to record it
	Stop      sales.Reason // nothing may be sent after it; "" is none
	ClearsAt  time.Time    // from this world time mail is welcome again; zero is never

	At     time.Time // world time
	Before time.Time // wall time before the delivery: it cannot have been seen earlier
	After  time.Time // wall time after it: from now on it can be known
}

// Mail is one mail of ours that the world accepted.
type Mail struct {
	Person    string // the address in the list
	Seller    string
	MessageID string
	Ref, Kind string
	Subject   string
	Print     string // text without addresses of pages
	At        time.Time
	Began     time.Time // wall time of MAIL FROM
	BeganAt   time.Time // world time of MAIL FROM
	Wall      time.Time
}

// Stop is a moment from which on nothing may go to a person.
type Stop struct {
	Person string
	Reason sales.Reason
	Why    string
	At     time.Time // world time
	After  time.Time // wall time from which on it can be known
}

// Truth is the world's own record of everything. It never forgets.
type Truth struct {
	wall func() time.Time

	mu        sync.Mutex
	mails     []Mail
	actions   []*Action
	stops     []Stop
	refusedAt map[string]time.Time // person: wall time of the first permanent refusal
	retried   []string             // persons tried again after a permanent refusal
	strangers map[string]int
	troubles  []string
	calls     []Stop // what was said on the phone: no more automatic mail
}

func newTruth() *Truth {
	return &Truth{wall: time.Now, refusedAt: map[string]time.Time{}, strangers: map[string]int{}}
}

// accepted writes down a mail before its sender hears of it.
func (t *Truth) accepted(person string, m received, s mailhost.Submission) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.mails = append(t.mails, Mail{
		Person: person, Seller: m.Seller, MessageID: m.MessageID, Ref: m.Ref, Kind: m.Kind, Subject: m.Subject, Print: m.fingerprint(),
		At: s.At, Began: s.BeganWall, BeganAt: s.Began, Wall: s.Wall,
	})
}

// begin writes an action down before it is delivered; the function that it
// gives is called behind the delivery.
func (t *Truth) begin(a Action) (done func(error)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	a.Before = t.wall()
	p := &a
	t.actions = append(t.actions, p)
	return func(err error) {
		t.mu.Lock()
		defer t.mu.Unlock()
		if err != nil {
			t.actions = slices.DeleteFunc(t.actions, func(x *Action) bool { return x == p })
			t.troubles = append(t.troubles, a.Person+": "+err.Error())
			return
		}
		p.After = t.wall()
		if p.Stop != "" {
			t.stops = append(t.stops, Stop{p.Person, p.Stop, p.What, p.At, p.After})
		}
	}
}

// refused writes down that a server said for good that there is no such person.
func (t *Truth) refused(person string, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, again := t.refusedAt[person]; again {
		t.retried = append(t.retried, person)
		return
	}
	now := t.wall()
	t.refusedAt[person] = now
	t.stops = append(t.stops, Stop{person, sales.EndBounced, "refused at RCPT", at, now})
}

// pressed writes down that the unsubscribe button was answered with success.
func (t *Truth) pressed(person string, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.stops = append(t.stops, Stop{person, sales.EndUnsubscribe, "button", at, t.wall()})
}

// said writes down what was agreed on the phone.
func (t *Truth) said(person, why string, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calls = append(t.calls, Stop{Person: person, Why: why, At: at, After: t.wall()})
}

func (t *Truth) stranger(address string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.strangers[address]++
}

func (t *Truth) trouble(person, why string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.troubles = append(t.troubles, person+": "+why)
}

// Mails gives a copy of the list of accepted mails, in the order of acceptance.
func (t *Truth) Mails() []Mail {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.mails)
}

// Actions gives a copy of what the world did by mail, in order.
func (t *Truth) Actions() []Action {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := make([]Action, 0, len(t.actions))
	for _, a := range t.actions {
		out = append(out, *a)
	}
	return out
}

// Stops gives a copy of the moments from which on nothing may go out.
func (t *Truth) Stops() []Stop {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Clone(t.stops)
}

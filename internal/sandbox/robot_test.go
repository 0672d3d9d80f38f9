package sandbox

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/cast"
)

// robot is the least product that there can be: it sends a sequence of mails to
// everybody and never listens.
type robot struct {
	t       *testing.T
	w       *World
	clock   *Clock
	clients map[string]*smtp.Client
	button  string // address of the unsubscribe page
	n       int
	sent    []MailingSeen
}

func newRobot(t *testing.T, opt Options, button string) *robot {
	t.Helper()
	c := NewClock(DefaultStart(), 0)
	opt.Clock = c
	w, err := NewWorld(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return &robot{t: t, w: w, clock: c, clients: map[string]*smtp.Client{}, button: button}
}

func (r *robot) client(s cast.Seller) *smtp.Client {
	if c := r.clients[s.Address]; c != nil {
		return c
	}
	c, err := smtp.Dial(r.w.Host().SMTPAddr())
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = c.Close() })
	if err := c.Auth(sasl.NewPlainClient("", s.Address, s.Password)); err != nil {
		r.t.Fatal(err)
	}
	r.clients[s.Address] = c
	return c
}

// send sends one mail; kind is auto or manual. id and ref "" are new ones.
func (r *robot) send(p cast.Person, kind, id, ref, body string) error {
	r.n++
	s := r.w.Sellers()[p.Owner]
	if id == "" {
		id = fmt.Sprintf("m%d@brightledger.example", r.n)
	}
	if ref == "" {
		ref = fmt.Sprintf("r%d", r.n)
	}
	raw := "From: " + s.Name + " <" + s.Address + ">\r\nTo: " + p.Email + "\r\nSubject: A question about bills\r\nMessage-ID: <" + id + ">\r\nDate: " + r.clock.Now().Format(time.RFC1123Z) +
		"\r\nX-Ninetyten-Ref: " + ref + "\r\nX-Ninetyten-Kind: " + kind + "\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
	if r.button != "" && kind != "manual" {
		raw += "List-Unsubscribe: <" + r.button + "/u/" + ref + ">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
	}
	raw += "\r\n" + body + "\r\n\r\nTo stop these mails: " + r.button + "/u/" + ref + "\r\n"
	err := r.client(s).SendMail(s.Address, []string{p.Email}, strings.NewReader(raw))
	if err == nil {
		r.sent = append(r.sent, MailingSeen{id, sales.MailingSent})
	}
	return err
}

func (r *robot) sendAll(step int) {
	for _, p := range r.w.People() {
		err := r.send(p, "auto", "", "", fmt.Sprintf("Hello %s,\r\n\r\nthis is step %d.", p.FirstName, step))
		soft, hard := false, false
		if e, ok := err.(*smtp.SMTPError); ok {
			soft, hard = e.Code/100 == 4, e.Code/100 == 5
			_ = r.client(r.w.Sellers()[p.Owner]).Reset()
		}
		switch {
		case err == nil && p.Persona == cast.HardRefused, hard && p.Persona != cast.HardRefused, soft && p.Persona != cast.SoftRefused, err != nil && !soft && !hard:
			r.t.Fatalf("%s (%s): %v", p.Email, p.Persona, err)
		}
		if soft {
			if err := r.send(p, "auto", "", "", "again"); err != nil {
				r.t.Fatal(err)
			}
		}
	}
}

// pass lets the world happen until t.
func (r *robot) pass(until time.Time) {
	for {
		at, ok := r.w.NextAt()
		if !ok || at.After(until) {
			break
		}
		r.clock.Advance(at)
		r.w.RunDue(r.t.Context(), r.clock.Now())
	}
	r.clock.Advance(until)
}

// view is that of a product that misses nothing.
func (r *robot) view() View {
	v := View{People: len(r.w.People()), Enrolled: len(r.w.People()), Incoming: map[string]Read{}, Mailings: r.sent}
	for _, a := range r.w.Truth().Actions() {
		read := Read{Kind: a.Want.Kind, Until: a.Want.Until, Recorded: a.After.Add(time.Millisecond)}
		if len(a.Want.Intents) > 0 && read.Kind == sales.KindReply {
			read.Intent = a.Want.Intents[0]
		}
		v.Incoming[a.MessageID] = read
		if a.Handoff {
			v.Handoffs = append(v.Handoffs, HandoffSeen{a.MessageID, a.After.Add(40 * time.Millisecond)})
		}
	}
	for _, s := range r.w.Truth().Stops() {
		v.Suppressed = append(v.Suppressed, s.Person)
	}
	return v
}

// unsubscribePage counts looks and presses.
func unsubscribePage(t *testing.T) (address string, counts func() (gets, posts int)) {
	var mu sync.Mutex
	var gets, posts int
	s := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, req *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if req.Method != http.MethodPost {
			gets++
			return
		}
		if req.FormValue("List-Unsubscribe") != "One-Click" {
			rw.WriteHeader(http.StatusBadRequest)
			return
		}
		if posts++; posts == 1 {
			rw.WriteHeader(http.StatusServiceUnavailable) // the world tries again
		}
	}))
	t.Cleanup(s.Close)
	return s.URL, func() (int, int) { mu.Lock(); defer mu.Unlock(); return gets, posts }
}

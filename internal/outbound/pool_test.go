package outbound_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/testserver"
)

// TestKept sends many mails over one connection, also after a refusal.
func TestKept(t *testing.T) {
	s := newSink(t, nil, nil, false)
	p := pool(t, outbound.Options{})
	mb := mailbox(s.Host, s.Port, sales.SecurityNone)
	for i := range 20 {
		env := hello()
		if i%5 == 3 {
			env.To = "nobody@buyer.example"
		}
		rec, err := p.Send(t.Context(), mb, env)
		switch {
		case i%5 == 3:
			if e := failed(t, err); !e.Permanent() || e.Enhanced != "5.1.1" {
				t.Fatalf("mail %d: got %v, want 5.1.1", i, err)
			}
		case err != nil:
			t.Fatalf("mail %d: %v", i, err)
		case rec.Kept != (i > 0) || rec.Code != 250:
			t.Errorf("mail %d: receipt %+v", i, rec)
		}
	}
	if len(s.mails()) != 16 {
		t.Errorf("%d mails arrived, want 16", len(s.mails()))
	}
	if s.open != 1 {
		t.Errorf("%d connections, want 1", s.open)
	}
}

// TestDeadKept replaces a kept connection that died, once.
func TestDeadKept(t *testing.T) {
	f := testserver.NewFaultySMTP(t, &testserver.FaultySMTP{}, nil)
	p := pool(t, outbound.Options{})
	mb := mailbox(f.Host, f.Port, sales.SecurityNone)
	for i := range 4 {
		if _, err := p.Send(t.Context(), mb, hello()); err != nil {
			t.Fatalf("mail %d: %v", i, err)
		}
		f.Drop()
	}
	if f.Conns() != 4 || len(f.Mails()) != 4 {
		t.Errorf("%d connections and %d mails, want 4 and 4", f.Conns(), len(f.Mails()))
	}
}

// TestFarewell: a server that closes a kept connection with 421 gets a new one.
func TestFarewell(t *testing.T) {
	mails := 0
	f := &testserver.FaultySMTP{Script: func(conn int, step testserver.SMTPStep) testserver.SMTPAct {
		if step != testserver.AtMail {
			return testserver.SMTPAct{}
		}
		if mails++; conn == 1 && mails == 2 {
			return testserver.SMTPAct{Reply: "421 4.4.2 too long idle", Close: true}
		}
		return testserver.SMTPAct{}
	}}
	testserver.NewFaultySMTP(t, f, nil)
	p := pool(t, outbound.Options{})
	mb := mailbox(f.Host, f.Port, sales.SecurityNone)
	for range 2 {
		if _, err := p.Send(t.Context(), mb, hello()); err != nil {
			t.Fatal(err)
		}
	}
	if f.Conns() != 2 || len(f.Mails()) != 2 {
		t.Errorf("%d connections and %d mails, want 2 and 2", f.Conns(), len(f.Mails()))
	}
}

// TestDeadTwice: when the new connection fails too, it is no endless loop.
func TestDeadTwice(t *testing.T) {
	f := &testserver.FaultySMTP{Script: func(conn int, step testserver.SMTPStep) testserver.SMTPAct {
		return testserver.SMTPAct{Close: conn > 1 && step == testserver.AtMail}
	}}
	testserver.NewFaultySMTP(t, f, nil)
	p := pool(t, outbound.Options{})
	mb := mailbox(f.Host, f.Port, sales.SecurityNone)
	if _, err := p.Send(t.Context(), mb, hello()); err != nil {
		t.Fatal(err)
	}
	f.Drop()
	_, err := p.Send(t.Context(), mb, hello())
	if e := failed(t, err); !e.Temporary() || f.Conns() != 2 {
		t.Errorf("got %v after %d connections, want a temporary failure after 2", e, f.Conns())
	}
}

// TestIdleClose closes what nobody uses, and Close closes the rest.
func TestIdleClose(t *testing.T) {
	f := testserver.NewFaultySMTP(t, &testserver.FaultySMTP{}, nil)
	p := pool(t, outbound.Options{IdleClose: 10 * time.Millisecond})
	mb := mailbox(f.Host, f.Port, sales.SecurityNone)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for f.Conns() < 3 { // a mail now and then: sooner or later its connection is new
		if _, err := p.Send(ctx, mb, hello()); err != nil {
			t.Fatal(err)
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			t.Fatalf("%d connections after a minute", f.Conns())
		}
	}
}

// TestManyAtOnce sends from many goroutines over no more than MaxConns
// connections, and loses nothing.
func TestManyAtOnce(t *testing.T) {
	s := newSink(t, nil, nil, false)
	p := pool(t, outbound.Options{MaxConns: 5})
	mb := mailbox(s.Host, s.Port, sales.SecurityNone)
	var wg sync.WaitGroup
	var bad atomic.Int32
	for g := range 20 {
		wg.Go(func() {
			for i := range 25 {
				env := hello()
				env.Raw = fmt.Appendf(nil, "Subject: %d.%d\r\n\r\n.dot\r\n", g, i)
				if _, err := p.Send(t.Context(), mb, env); err != nil {
					bad.Add(1)
				}
			}
		})
	}
	wg.Wait()
	seen := map[string]int{}
	for _, m := range s.mails() {
		seen[string(m)]++
	}
	if bad.Load() != 0 || len(seen) != 500 || len(s.mails()) != 500 || s.open > 5 {
		t.Errorf("%d failed, %d mails of which %d differ over %d connections; want 0, 500, 500, at most 5", bad.Load(), len(s.mails()), len(seen), s.open)
	}
}

// TestWaitsForSlot: the context also ends the waiting for a connection.
func TestWaitsForSlot(t *testing.T) {
	f := faulty(t, testserver.AtMail, testserver.SMTPAct{Hang: true})
	p := pool(t, outbound.Options{MaxConns: 1})
	mb := mailbox(f.Host, f.Port, sales.SecurityNone)
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			_, err := p.Send(ctx, mb, hello())
			if e := failed(t, err); !e.Temporary() {
				t.Errorf("got %v", e)
			}
		})
	}
	wg.Wait()
}

// TestBytes sends bytes that are easily damaged on the way.
func TestBytes(t *testing.T) {
	s := newSink(t, nil, nil, false)
	p := pool(t, outbound.Options{})
	mb := mailbox(s.Host, s.Port, sales.SecurityNone)
	big := "Subject: 30 MB\r\n\r\n" + strings.Repeat(strings.Repeat("y", 74)+".\r\n", 30<<20/77)
	tests := []struct{ raw, want string }{
		{"a: b\r\n\r\nplain\r\n", ""},
		{"a: b\r\n\r\n.\r\n", ""},
		{"a: b\r\n\r\n..\r\n.hidden\r\n\r\n.\r\n\r\n", ""},
		{".a: b\r\n", ""},
		{"a: b\r\n\r\nh\xc3\xa9\xff\x00\r\n", ""},
		{"a: b\n\nunix\n.\nline", "a: b\r\n\r\nunix\r\n.\r\nline\r\n"},
		{"a: b\r\n\r\nno end", "a: b\r\n\r\nno end\r\n"},
		{"a\rb\r\n.\rc\r\r\n", "a\r\nb\r\n.\r\nc\r\n\r\n"},
		{"a: b\r\n\r\nx\n.\r\nMAIL FROM:<evil@buyer.example>\r\n", "a: b\r\n\r\nx\r\n.\r\nMAIL FROM:<evil@buyer.example>\r\n"},
		{big, ""},
	}
	for i, tt := range tests {
		env := hello()
		env.Raw = []byte(tt.raw)
		if _, err := p.Send(t.Context(), mb, env); err != nil {
			t.Fatalf("%.20q: %v", tt.raw, err)
		}
		if tt.want == "" {
			tt.want = tt.raw
		}
		if got := s.mails()[i]; !bytes.Equal(got, []byte(tt.want)) {
			t.Errorf("sent %.60q\n got %.60q\nwant %.60q", tt.raw, got, tt.want)
		}
	}
}

// TestBadEnvelopes are refused before a connection is made.
func TestBadEnvelopes(t *testing.T) {
	p := pool(t, outbound.Options{})
	mb := mailbox("127.0.0.1", 1, sales.SecurityNone)
	for _, to := range []string{"", "bob", "@buyer.example", "bob@", "bob@buyer.example\r\nRCPT TO:<x@y.example>", "b<o>b@buyer.example",
		"bob @buyer.example", "bob@" + strings.Repeat("x", 400) + ".example", "bob@\u0000.example"} {
		env := hello()
		env.To = to
		_, err := p.Send(t.Context(), mb, env)
		if e := failed(t, err); e.Stage != outbound.StageRcpt || e.Class() != sales.FailHard {
			t.Errorf("%q: got %v", to, e)
		}
	}
	env := hello()
	env.From = "ann@seller.example>\r\nDATA"
	_, err := p.Send(t.Context(), mb, env)
	if e := failed(t, err); e.Stage != outbound.StageMail || e.Class() != sales.FailBlock {
		t.Errorf("bad sender: got %v", e)
	}
	env = hello()
	env.Raw = nil
	if _, err := p.Send(t.Context(), mb, env); !failed(t, err).Permanent() {
		t.Errorf("empty mail: got %v", err)
	}
}

// TestLimitsOfServer: what the server says it cannot take is not sent.
func TestLimitsOfServer(t *testing.T) {
	f := testserver.NewFaultySMTP(t, &testserver.FaultySMTP{Extensions: []string{"SIZE 1000", "PIPELINING"}}, nil)
	p := pool(t, outbound.Options{})
	mb := mailbox(f.Host, f.Port, sales.SecurityNone)
	mb.SMTP.Username = ""
	env := hello()
	env.Raw = bytes.Repeat([]byte("0123456789\r\n"), 100)
	_, err := p.Send(t.Context(), mb, env)
	if e := failed(t, err); !e.Permanent() || e.Class() != sales.FailSoft || e.Enhanced != "5.3.4" {
		t.Errorf("too big: got %v, class %s", e, e.Class())
	}
	env = hello()
	env.To = "jürgen@buyer.example"
	_, err = p.Send(t.Context(), mb, env)
	if e := failed(t, err); !e.Permanent() || e.Enhanced != "5.6.7" {
		t.Errorf("no SMTPUTF8: got %v", e)
	}
	env.To = "bob@bücher.example" // the domain has an ASCII form
	if _, err := p.Send(t.Context(), mb, env); err != nil {
		t.Error(err)
	}
}

// TestClosed: nothing is sent through a closed Pool.
func TestClosed(t *testing.T) {
	p := outbound.New(outbound.Options{})
	p.Close()
	_, err := p.Send(t.Context(), mailbox("127.0.0.1", 1, sales.SecurityNone), hello())
	if e := failed(t, err); !e.Temporary() {
		t.Errorf("got %v", e)
	}
}

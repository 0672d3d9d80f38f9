//go:build servers

package inbound_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/inbound"
	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/testserver"
)

// TestRealRoundTrip sends through Postfix and reads from Dovecot: a probe, many
// mails over kept connections, an unknown address, a mail of 30 MB.
func TestRealRoundTrip(t *testing.T) {
	d := testserver.Dovecot(t, "ann", "bob")
	p := testserver.Postfix(t, d, "ann", "bob")
	pool := outbound.New(outbound.Options{Roots: d.Roots})
	defer pool.Close()
	ann := account(d, "ann", sales.SecurityTLS)
	for _, sec := range []sales.Security{sales.SecurityTLS, sales.SecurityStartTLS} {
		ann.SMTP = sales.Server{Host: p.Host, Port: p.Port, Security: sec, Username: "ann", Password: testserver.DovecotPassword("ann")}
		if sec == sales.SecurityTLS {
			ann.SMTP.Port = p.TLSPort
		}
		rep := inbound.Probe(t.Context(), ann, pool, inbound.Options{Roots: d.Roots})
		if !rep.OK || rep.Sent != "Sent" || rep.Junk != "Junk" || !rep.Idle || rep.SavesSent {
			t.Fatalf("%s: %+v\n%s\n%s", sec, rep, p.Log(), d.Log())
		}
	}

	s, st := newStore(), &states{}
	w := watch(t, account(d, "bob", sales.SecurityStartTLS), s, inbound.Options{Roots: d.Roots, OnState: st.add})
	s.await(t, "connected", func() bool { return st.last().Connected })
	start := time.Now()
	const n = 100
	for i := range n {
		raw := mail(i) + ".\r\n..dots\r\n"
		rec, err := pool.Send(t.Context(), ann, outbound.Envelope{From: ann.Address, To: "bob@practice.example", Raw: []byte(raw)})
		if err != nil {
			t.Fatal(err)
		}
		if i > 0 && !rec.Kept {
			t.Errorf("mail %d made a connection", i)
		}
	}
	t.Logf("%d mails to Postfix in %v", n, time.Since(start).Round(time.Millisecond))
	s.await(t, "all mails", func() bool { return s.count("INBOX") == n })
	if got := s.texts("INBOX")[0]; !strings.HasSuffix(got, "\r\n.\r\n..dots\r\n") {
		t.Errorf("the mail came as %q", got)
	}

	_, err := pool.Send(t.Context(), ann, outbound.Envelope{From: ann.Address, To: "nobody@practice.example", Raw: []byte(mail(1))})
	var e *outbound.Error
	if !errors.As(err, &e) || !e.Permanent() || e.Enhanced != "5.1.1" || e.Class() != sales.FailHard {
		t.Errorf("an unknown address gave %v", err)
	}
	_, err = pool.Send(t.Context(), ann, outbound.Envelope{From: ann.Address, To: "x@elsewhere.example", Raw: []byte(mail(1))})
	if !errors.As(err, &e) || !e.Permanent() || e.Enhanced != "5.4.4" || e.Class() != sales.FailHard {
		t.Errorf("a domain without a way gave %v", err)
	}

	big := mail(777) + strings.Repeat(strings.Repeat("z", 76)+"\r\n", 30<<20/78-10)
	if _, err := pool.Send(t.Context(), ann, outbound.Envelope{From: ann.Address, To: "bob@practice.example", Raw: []byte(big)}); err != nil {
		t.Fatal(err)
	}
	s.await(t, "the mail of 30 MB", func() bool {
		if err := w.ReadNow(t.Context()); err != nil {
			t.Fatal(err)
		}
		return s.count("INBOX") == n+1
	})
	if got := s.mails["INBOX"][n]; !strings.HasSuffix(string(got.Raw), big[len(big)-100:]) && !got.Truncated {
		t.Errorf("the mail of 30 MB came with %d bytes of %d", len(got.Raw), got.Size)
	}
	_, err = pool.Send(t.Context(), ann, outbound.Envelope{From: ann.Address, To: "bob@practice.example", Raw: []byte(big + big)})
	if !errors.As(err, &e) || !e.Permanent() || e.Enhanced != "5.3.4" || e.Class() != sales.FailSoft {
		t.Errorf("a mail above the limit of the server gave %v", err)
	}

	ann.SMTP.Password = "wrong"
	err = pool.Check(t.Context(), ann)
	if x := outbound.Explain(err, ann); x == nil || x.Code != sales.Invalid || !strings.Contains(x.Msg, "does not accept the user name") {
		t.Errorf("a wrong password is explained as %v", x)
	}
	if rep := inbound.Probe(t.Context(), ann, pool, inbound.Options{Roots: d.Roots}); rep.OK || len(rep.Steps) != 1 {
		t.Errorf("a probe with a wrong password: %+v", rep)
	}
}

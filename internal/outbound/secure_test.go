package outbound_test

import (
	"crypto/tls"
	"net"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/testserver"
)

// serverTLS is the configuration of a server with one certificate.
func serverTLS(c tls.Certificate) *tls.Config { return &tls.Config{Certificates: []tls.Certificate{c}} }

// TestProtected sends over TLS and STARTTLS with a login.
func TestProtected(t *testing.T) {
	certs := testserver.Certs(t)
	for _, sec := range []sales.Security{sales.SecurityTLS, sales.SecurityStartTLS} {
		t.Run(string(sec), func(t *testing.T) {
			var s *sink
			if sec == sales.SecurityTLS {
				s = newSink(t, serverTLS(certs.Good), nil, false)
			} else {
				s = newSink(t, nil, serverTLS(certs.Good), false)
			}
			p := pool(t, outbound.Options{Roots: certs.Roots})
			mb := mailbox("localhost", s.Port, sec)
			for range 3 {
				if _, err := p.Send(t.Context(), mb, hello()); err != nil {
					t.Fatal(err)
				}
			}
			if len(s.mails()) != 3 || s.open > 2 { // go-smtp makes a second session after STARTTLS
				t.Errorf("%d mails over %d sessions", len(s.mails()), s.open)
			}
			if err := p.Check(t.Context(), mb); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestInWords: what is wrong with a mailbox is said in words that say what to do.
func TestInWords(t *testing.T) {
	certs := testserver.Certs(t)
	good := newSink(t, serverTLS(certs.Good), nil, false)
	old := newSink(t, serverTLS(certs.Expired), nil, false)
	other := newSink(t, serverTLS(certs.Other), nil, false)
	plain := newSink(t, nil, nil, false)
	oldUpgrade := newSink(t, nil, serverTLS(certs.Expired), false)
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closedPort := closed.Addr().(*net.TCPAddr).Port
	_ = closed.Close()
	silent := faulty(t, testserver.AtGreeting, testserver.SMTPAct{Hang: true})
	noLogin := testserver.NewFaultySMTP(t, &testserver.FaultySMTP{Extensions: []string{"SIZE"}}, nil)
	oauth := testserver.NewFaultySMTP(t, &testserver.FaultySMTP{Extensions: []string{"AUTH XOAUTH2"}}, nil)
	wrong := mailbox("localhost", good.Port, sales.SecurityTLS)
	wrong.SMTP.Password = "wrong"

	tests := []struct {
		name string
		mb   sales.Mailbox
		want string // in the message
		code sales.Code
	}{
		{"wrong password", wrong, "does not accept the user name \"ann\" with this password", sales.Invalid},
		{"expired certificate", mailbox("localhost", old.Port, sales.SecurityTLS), "is expired", sales.Unavailable},
		{"expired after STARTTLS", mailbox("localhost", oldUpgrade.Port, sales.SecurityStartTLS), "is expired", sales.Unavailable},
		{"other name", mailbox("localhost", other.Port, sales.SecurityTLS), "is for another name", sales.Invalid},
		{"no STARTTLS", mailbox("localhost", plain.Port, sales.SecurityStartTLS), "does not offer STARTTLS", sales.Invalid},
		{"TLS to a plain port", mailbox("localhost", plain.Port, sales.SecurityTLS), "does not speak TLS from the first byte", sales.Invalid},
		{"unknown host", mailbox("no-such-host.invalid", 587, sales.SecurityTLS), "There is no outgoing (SMTP) server", sales.Invalid},
		{"refused", mailbox("127.0.0.1", closedPort, sales.SecurityNone), "refuses connections on port", sales.Unavailable},
		{"silent", mailbox(silent.Host, silent.Port, sales.SecurityNone), "did not answer in time", sales.Unavailable},
		{"plain to another machine", mailbox("192.0.2.1", 25, sales.SecurityNone), "must not go there unprotected", sales.Invalid},
		{"no login offered", mailbox(noLogin.Host, noLogin.Port, sales.SecurityNone), "offers no login", sales.Invalid},
		{"no login by password", mailbox(oauth.Host, oauth.Port, sales.SecurityNone), "app password", sales.Invalid},
	}
	p := pool(t, outbound.Options{Roots: certs.Roots, DialTimeout: 700 * time.Millisecond})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, err := range []error{p.Check(t.Context(), tt.mb), sendErr(t, p, tt.mb)} {
				e := failed(t, err)
				if !e.OfMailbox() || !e.Temporary() {
					t.Errorf("%v is of the mailbox: %v, temporary: %v", e, e.OfMailbox(), e.Temporary())
				}
				x := outbound.Explain(err, tt.mb)
				if x.Code != tt.code || !strings.Contains(x.Msg, tt.want) {
					t.Errorf("%v\nexplained as %q (%s)\nwant        %q (%s)", err, x.Msg, x.Code, tt.want, tt.code)
				}
			}
		})
	}
	if x := outbound.Explain(p.Check(t.Context(), mailbox("localhost", good.Port, sales.SecurityTLS)), sales.Mailbox{}); x != nil {
		t.Errorf("the right password: %v", x)
	}
}

// sendErr is the error of sending hello.
func sendErr(t *testing.T, p *outbound.Pool, mb sales.Mailbox) error {
	t.Helper()
	_, err := p.Send(t.Context(), mb, hello())
	return err
}

// TestUnknownAuthority: a certificate that nobody known signed is refused.
func TestUnknownAuthority(t *testing.T) {
	s := newSink(t, serverTLS(testserver.Certs(t).Good), nil, false)
	mb := mailbox("localhost", s.Port, sales.SecurityTLS)
	err := sendErr(t, pool(t, outbound.Options{}), mb)
	if x := outbound.Explain(err, mb); !strings.Contains(x.Msg, "signed by nobody this machine trusts") {
		t.Errorf("%v explained as %q", err, x.Msg)
	}
}

// TestInjectedBeforeTLS: what a stranger puts behind the answer to STARTTLS
// never counts as an answer under TLS.
func TestInjectedBeforeTLS(t *testing.T) {
	certs := testserver.Certs(t)
	f := &testserver.FaultySMTP{StartTLS: serverTLS(certs.Good), Script: func(_ int, step testserver.SMTPStep) testserver.SMTPAct {
		if step == testserver.AtStartTLS {
			return testserver.SMTPAct{Reply: "220 go ahead\r\n250 injected"}
		}
		return testserver.SMTPAct{}
	}}
	testserver.NewFaultySMTP(t, f, nil)
	err := sendErr(t, pool(t, outbound.Options{Roots: certs.Roots, DialTimeout: 2 * time.Second}), mailbox("localhost", f.Port, sales.SecurityStartTLS))
	if e := failed(t, err); e.Stage != outbound.StageTLS {
		t.Errorf("got %v, want a failed handshake", e)
	}
	if len(f.Mails()) != 0 {
		t.Error("a mail went out")
	}
}

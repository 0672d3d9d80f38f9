package outbound_test

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"go.uber.org/goleak"

	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/testserver"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// mailbox is one at a server on this machine.
func mailbox(host string, port int, sec sales.Security) sales.Mailbox {
	return sales.Mailbox{ID: 7, Address: "ann@seller.example",
		SMTP: sales.Server{Host: host, Port: port, Security: sec, Username: "ann", Password: "right"}}
}

// hello is a small mail.
func hello() outbound.Envelope {
	return outbound.Envelope{From: "ann@seller.example", To: "bob@buyer.example", Raw: []byte("Subject: hi\r\n\r\nhello\r\n")}
}

// pool makes a Pool that ends with t.
func pool(t testing.TB, o outbound.Options) *outbound.Pool {
	t.Helper()
	p := outbound.New(o)
	t.Cleanup(p.Close)
	return p
}

// failed gives the *Error of err.
func failed(t *testing.T, err error) *outbound.Error {
	t.Helper()
	var e *outbound.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v, want an *outbound.Error", err)
	}
	one := 0
	for _, is := range []bool{e.Temporary(), e.Permanent(), e.Unknown()} {
		if is {
			one++
		}
	}
	if one != 1 {
		t.Errorf("%v: temporary %v, permanent %v, unknown %v: exactly one must hold", e, e.Temporary(), e.Permanent(), e.Unknown())
	}
	return e
}

// sink is a real SMTP server (go-smtp) that keeps what it takes.
type sink struct {
	Host string
	Port int
	mu   sync.Mutex
	got  [][]byte
	open int // sessions made
}

// newSink starts a sink; with implicit it speaks TLS from the first byte, with
// starttls it offers the upgrade.
func newSink(t testing.TB, implicit, starttls *tls.Config, discard bool) *sink {
	t.Helper()
	s := &sink{Host: "127.0.0.1"}
	srv := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		s.mu.Lock()
		s.open++
		s.mu.Unlock()
		return &sinkSession{s: s, discard: discard}, nil
	}))
	srv.Domain, srv.AllowInsecureAuth, srv.TLSConfig = "test.example", true, starttls
	srv.MaxMessageBytes, srv.EnableSMTPUTF8 = 40<<20, true
	srv.ErrorLog = quiet{}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.Port = ln.Addr().(*net.TCPAddr).Port
	if implicit != nil {
		ln = tls.NewListener(ln, implicit)
	}
	done := make(chan struct{})
	go func() { _ = srv.Serve(ln); close(done) }()
	t.Cleanup(func() {
		_ = srv.Close()
		_ = ln.Close() // Serve may not have begun
		<-done
	})
	return s
}

// mails gives what was taken.
func (s *sink) mails() [][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([][]byte(nil), s.got...)
}

// quiet throws log lines away.
type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

type sinkSession struct {
	s       *sink
	discard bool
}

func (*sinkSession) AuthMechanisms() []string { return []string{sasl.Plain, sasl.Login} }

func (*sinkSession) Auth(mech string) (sasl.Server, error) {
	check := func(user, pass string) error {
		if user != "ann" || pass != "right" {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "bad user or password"}
		}
		return nil
	}
	if mech == sasl.Login {
		return &loginServer{check: check}, nil
	}
	return sasl.NewPlainServer(func(_, user, pass string) error { return check(user, pass) }), nil
}

func (*sinkSession) Mail(string, *smtp.MailOptions) error { return nil }
func (*sinkSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	if strings.HasPrefix(to, "nobody@") {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	}
	return nil
}
func (*sinkSession) Reset()        {}
func (*sinkSession) Logout() error { return nil }
func (c *sinkSession) Data(r io.Reader) error {
	if c.discard {
		_, err := io.Copy(io.Discard, r)
		return err
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	c.s.mu.Lock()
	c.s.got = append(c.s.got, b)
	c.s.mu.Unlock()
	return nil
}

// loginServer is the server's side of LOGIN.
type loginServer struct {
	check func(user, pass string) error
	user  string
	step  int
}

func (l *loginServer) Next(resp []byte) ([]byte, bool, error) {
	l.step++
	switch {
	case l.step == 1 && resp == nil:
		return []byte("Username:"), false, nil
	case l.user == "":
		l.user = string(resp)
		return []byte("Password:"), false, nil
	}
	return nil, true, l.check(l.user, string(resp))
}

// faulty starts a server that misbehaves at one step.
func faulty(t *testing.T, at testserver.SMTPStep, act testserver.SMTPAct, ext ...string) *testserver.FaultySMTP {
	t.Helper()
	f := &testserver.FaultySMTP{Extensions: ext, Script: func(_ int, step testserver.SMTPStep) testserver.SMTPAct {
		if step == at {
			return act
		}
		return testserver.SMTPAct{}
	}}
	return testserver.NewFaultySMTP(t, f, nil)
}

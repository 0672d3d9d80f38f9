package testserver

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
)

// SMTPStep is a point of an SMTP conversation where a FaultySMTP may misbehave.
type SMTPStep string

// The steps in their order. AtBody is while the mail is read, AtDot after it.
const (
	AtGreeting SMTPStep = "greeting"
	AtHello    SMTPStep = "hello"
	AtStartTLS SMTPStep = "starttls"
	AtAuth     SMTPStep = "auth"
	AtMail     SMTPStep = "mail"
	AtRcpt     SMTPStep = "rcpt"
	AtData     SMTPStep = "data"
	AtBody     SMTPStep = "body"
	AtDot      SMTPStep = "dot"
	AtNoop     SMTPStep = "noop"
)

// SMTPAct is what a FaultySMTP does at a step; the zero value is to behave.
type SMTPAct struct {
	Reply string // said instead of the right reply, without the line end
	Hang  bool   // says nothing more, keeps the connection
	Close bool   // closes the connection, after Reply when there is one
	After int    // at AtBody: once so many bytes were read
}

// FaultySMTP is an SMTP server that misbehaves by script.
type FaultySMTP struct {
	// Script tells what to do at a step of the n-th connection (from 1); set
	// it before the first connection. Nil is to behave always.
	Script func(conn int, step SMTPStep) SMTPAct
	// Extensions are announced; by default PIPELINING, 8BITMIME and AUTH PLAIN LOGIN.
	Extensions []string
	StartTLS   *tls.Config // announced when set

	Addr string
	Host string
	Port int

	ln    net.Listener
	wg    sync.WaitGroup
	stop  chan struct{}
	mu    sync.Mutex
	conns map[net.Conn]bool
	count int
	mails []string
}

// NewFaultySMTP starts a FaultySMTP on a free port of this machine. With tls it
// speaks TLS from the first byte.
func NewFaultySMTP(t testing.TB, f *FaultySMTP, implicit *tls.Config) *FaultySMTP {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f.Host, f.Port, f.Addr = "127.0.0.1", ln.Addr().(*net.TCPAddr).Port, ln.Addr().String()
	if implicit != nil {
		ln = tls.NewListener(ln, implicit)
	}
	if f.Extensions == nil {
		f.Extensions = []string{"PIPELINING", "8BITMIME", "AUTH PLAIN LOGIN"}
	}
	f.ln, f.stop, f.conns = ln, make(chan struct{}), map[net.Conn]bool{}
	f.wg.Go(f.accept)
	t.Cleanup(f.close)
	return f
}

// Mails gives the mails that were taken, dots undoubled.
func (f *FaultySMTP) Mails() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.mails...)
}

// Conns tells how many connections were made.
func (f *FaultySMTP) Conns() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.count
}

// Drop closes all open connections, as a server does that restarts.
func (f *FaultySMTP) Drop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for c := range f.conns {
		_ = c.Close()
	}
}

func (f *FaultySMTP) close() {
	close(f.stop)
	_ = f.ln.Close()
	f.Drop()
	f.wg.Wait()
}

func (f *FaultySMTP) accept() {
	for {
		c, err := f.ln.Accept()
		if err != nil {
			return
		}
		f.mu.Lock()
		f.count++
		n := f.count
		f.conns[c] = true
		f.mu.Unlock()
		f.wg.Go(func() {
			s := &faultyConn{f: f, n: n, c: c, r: bufio.NewReader(c)}
			s.serve()
			f.mu.Lock()
			delete(f.conns, c)
			f.mu.Unlock()
			_ = c.Close()
		})
	}
}

// faultyConn is one conversation.
type faultyConn struct {
	f *FaultySMTP
	n int
	c net.Conn
	r *bufio.Reader
}

// act does what the script says at step, else says right. It is false when the
// conversation is over.
func (s *faultyConn) act(step SMTPStep, right string) bool {
	var a SMTPAct
	if s.f.Script != nil {
		a = s.f.Script(s.n, step)
	}
	if a.Hang {
		<-s.f.stop
		return false
	}
	if a.Reply != "" {
		right = a.Reply
	}
	if !a.Close || a.Reply != "" {
		if _, err := io.WriteString(s.c, right+"\r\n"); err != nil {
			return false
		}
	}
	return !a.Close
}

// serve speaks until the connection ends.
func (s *faultyConn) serve() {
	if !s.act(AtGreeting, "220 test.example ESMTP") {
		return
	}
	for {
		line, err := s.r.ReadString('\n')
		if err != nil {
			return
		}
		verb, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(line)), " ")
		ok := true
		switch verb {
		case "EHLO", "HELO":
			ok = s.act(AtHello, s.hello())
		case "STARTTLS":
			if ok = s.act(AtStartTLS, "220 go ahead"); ok {
				tc := tls.Server(s.c, s.f.StartTLS)
				s.c, s.r = tc, bufio.NewReader(tc)
			}
		case "AUTH":
			ok = s.act(AtAuth, "235 2.7.0 welcome")
		case "MAIL":
			ok = s.act(AtMail, "250 2.1.0 ok")
		case "RCPT":
			ok = s.act(AtRcpt, "250 2.1.5 ok")
		case "DATA":
			ok = s.data()
		case "NOOP":
			ok = s.act(AtNoop, "250 2.0.0 ok")
		case "RSET":
			ok = s.act("rset", "250 2.0.0 ok")
		case "QUIT":
			_, _ = io.WriteString(s.c, "221 2.0.0 bye\r\n")
			return
		default:
			ok = s.act("other", "500 5.5.2 what?")
		}
		if !ok {
			return
		}
	}
}

// hello is the reply to EHLO.
func (s *faultyConn) hello() string {
	lines := append([]string{"test.example"}, s.f.Extensions...)
	if _, over := s.c.(*tls.Conn); s.f.StartTLS != nil && !over {
		lines = append(lines, "STARTTLS")
	}
	for i := range lines {
		sep := "-"
		if i == len(lines)-1 {
			sep = " "
		}
		lines[i] = "250" + sep + lines[i]
	}
	return strings.Join(lines, "\r\n")
}

// data takes one mail.
func (s *faultyConn) data() bool {
	var a SMTPAct
	if s.f.Script != nil {
		a = s.f.Script(s.n, AtData)
	}
	if !s.act(AtData, "354 go on") {
		return false
	}
	if a.Reply != "" && !strings.HasPrefix(a.Reply, "354") {
		return true
	}
	a = SMTPAct{}
	if s.f.Script != nil {
		a = s.f.Script(s.n, AtBody)
	}
	var b strings.Builder
	for {
		if (a.Close || a.Hang) && b.Len() >= a.After {
			return s.act(AtBody, "")
		}
		line, err := s.r.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
	right := "250 2.0.0 taken"
	if s.f.Script != nil {
		if d := s.f.Script(s.n, AtDot); d.Reply != "" && !strings.HasPrefix(d.Reply, "2") {
			return s.act(AtDot, right)
		}
	}
	s.f.mu.Lock() // also when no answer follows: the server has the mail
	s.f.mails = append(s.f.mails, b.String())
	s.f.mu.Unlock()
	return s.act(AtDot, right)
}

package testserver

import (
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// Refusal is what an SMTPPeer says to one recipient.
type Refusal struct {
	At   SMTPStep // AtRcpt, or AtDot: the recipient is taken and the mail refused
	Code int
	Text string // with the enhanced status, if any; lines are parted by \n
}

// TakenMail is a mail that an SMTPPeer took.
type TakenMail struct {
	From string
	To   []string
	Raw  []byte
}

// SMTPPeer is the server behind a relay: the next one on the way of a mail. It
// takes every mail but those of Refuse.
type SMTPPeer struct {
	Refuse  map[string]Refusal // by the part before the @
	MaxSize int64              // announced as SIZE; zero is 50 MB
	UTF8    bool               // announces SMTPUTF8
	Host    string             // where it listens: by default 127.0.0.1
	Port    int

	mails chan TakenMail
}

// NewSMTPPeer starts p on a free port of this machine. It ends with t.
func NewSMTPPeer(t testing.TB, p *SMTPPeer) *SMTPPeer {
	t.Helper()
	if p.Host == "" {
		p.Host = "127.0.0.1"
	}
	ln, err := net.Listen("tcp", p.Host+":0")
	if err != nil {
		t.Fatal(err)
	}
	p.Port, p.mails = ln.Addr().(*net.TCPAddr).Port, make(chan TakenMail, 10000)
	srv := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &peerSession{p: p}, nil }))
	srv.Domain, srv.EnableSMTPUTF8, srv.MaxMessageBytes = "mx.buyer.example", p.UTF8, 50<<20
	if p.MaxSize > 0 {
		srv.MaxMessageBytes = p.MaxSize
	}
	srv.ReadTimeout, srv.WriteTimeout = time.Minute, time.Minute
	srv.ErrorLog = quietLog{}
	ended := make(chan struct{})
	go func() { _ = srv.Serve(ln); close(ended) }()
	t.Cleanup(func() { _ = srv.Close(); <-ended })
	return p
}

// Hop is the way to p for the mail of a domain.
func (p *SMTPPeer) Hop(domain string) Hop { return Hop{Domain: domain, Host: p.Host, Port: p.Port} }

// Next waits for the next mail; false is that ctx ended before one came.
func (p *SMTPPeer) Next(ctx context.Context) (TakenMail, bool) {
	select {
	case m := <-p.mails:
		return m, true
	case <-ctx.Done():
		return TakenMail{}, false
	}
}

// quietLog drops what a server says of clients that hang up.
type quietLog struct{}

func (quietLog) Printf(string, ...any) {}
func (quietLog) Println(...any)        {}

// peerSession is one conversation.
type peerSession struct {
	p    *SMTPPeer
	mail TakenMail
}

func (s *peerSession) Mail(from string, _ *smtp.MailOptions) error {
	s.mail = TakenMail{From: from}
	return nil
}

func (s *peerSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	if err := s.refused(to, AtRcpt); err != nil {
		return err
	}
	s.mail.To = append(s.mail.To, to)
	return nil
}

func (s *peerSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	for _, to := range s.mail.To {
		if err := s.refused(to, AtDot); err != nil {
			return err
		}
	}
	s.mail.Raw = raw
	s.p.mails <- s.mail
	return nil
}

func (s *peerSession) refused(to string, at SMTPStep) error {
	local, _, _ := strings.Cut(to, "@")
	if r, ok := s.p.Refuse[local]; ok && r.At == at {
		return &smtp.SMTPError{Code: r.Code, EnhancedCode: smtp.NoEnhancedCode, Message: r.Text}
	}
	return nil
}

func (s *peerSession) Reset()        { s.mail = TakenMail{} }
func (s *peerSession) Logout() error { return nil }

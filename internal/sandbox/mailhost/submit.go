package mailhost

import (
	"crypto/tls"
	"io"
	"log"
	"net"
	"strings"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

const defaultMaxBytes = 64 << 20

func (h *Host) startSMTP(logger *log.Logger) {
	s := smtp.NewServer(smtp.BackendFunc(h.newSMTP))
	s.Domain = "mail.practice.example"
	s.TLSConfig = h.opt.TLS
	s.AllowInsecureAuth = !h.opt.RequireTLS
	s.MaxMessageBytes = h.opt.MaxBytes
	if s.MaxMessageBytes == 0 {
		s.MaxMessageBytes = defaultMaxBytes
	}
	s.MaxRecipients = 100
	s.EnableSMTPUTF8 = true
	s.ReadTimeout = 5 * time.Minute // RFC 5321 section 4.5.3.2
	s.WriteTimeout = 5 * time.Minute
	s.ErrorLog = logger
	h.smtp = s
}

// smtpSession is one client's conversation.
type smtpSession struct {
	host *Host
	conn *smtp.Conn

	user      string
	from      string
	rcpts     []string
	began     time.Time
	beganWall time.Time
	refused   bool // DATA was refused on the wire
}

func (h *Host) newSMTP(c *smtp.Conn) (smtp.Session, error) {
	s := &smtpSession{host: h, conn: c}
	if w := wireOf(c.Conn()); w != nil {
		w.mu.Lock()
		w.sess = s
		w.mu.Unlock()
	}
	if err := s.fault(StageHello); err != nil {
		return nil, err
	}
	return s, nil
}

func wireOf(c net.Conn) *smtpWire {
	if t, ok := c.(*tls.Conn); ok {
		c = t.NetConn()
	}
	w, _ := c.(*smtpWire)
	return w
}

func (s *smtpSession) try(stage Stage) Try {
	t := Try{Stage: stage, User: s.user, From: s.from, Rcpts: s.rcpts}
	if len(s.rcpts) > 0 {
		t.Rcpt = s.rcpts[0]
	}
	return t
}

// fault asks for a fault at the stage and plays it; nil is none.
func (s *smtpSession) fault(stage Stage) error { return s.play(s.try(stage)) }

func (s *smtpSession) play(t Try) error {
	f := s.host.ask(t)
	if f == nil {
		return nil
	}
	return s.host.play(f, s.hangUp)
}

// hangUp closes the network connection below the session.
func (s *smtpSession) hangUp() { _ = s.conn.Conn().Close() }

func (s *smtpSession) AuthMechanisms() []string { return []string{sasl.Plain, sasl.Login} }

func (s *smtpSession) Auth(mech string) (sasl.Server, error) {
	switch mech {
	case sasl.Plain:
		return sasl.NewPlainServer(func(_, user, password string) error { return s.login(user, password) }), nil
	case sasl.Login:
		return &loginServer{done: s.login}, nil
	}
	return nil, smtp.ErrAuthUnknownMechanism
}

func (s *smtpSession) login(user, password string) error {
	t := s.try(StageAuth)
	t.User = user
	if err := s.play(t); err != nil {
		return err
	}
	u := s.host.login(user, password)
	if u == nil {
		return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "Username and password not accepted"}
	}
	s.user = u.address
	return nil
}

// loginServer is the LOGIN mechanism that old clients use.
type loginServer struct {
	step int
	user string
	done func(user, password string) error
}

// Next answers one line of the client.
func (l *loginServer) Next(response []byte) ([]byte, bool, error) {
	l.step++
	switch {
	case l.step == 1 && response == nil:
		return []byte("Username:"), false, nil
	case l.step <= 2 && l.user == "":
		l.step = 2
		l.user = string(response)
		return []byte("Password:"), false, nil
	default:
		return nil, true, l.done(l.user, string(response))
	}
}

func (s *smtpSession) Mail(from string, _ *smtp.MailOptions) error {
	if s.user == "" {
		return &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "Authentication required"}
	}
	s.from = from
	s.began, s.beganWall = s.host.clock.Now(), time.Now()
	return s.fault(StageMail)
}

func (s *smtpSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	t := s.try(StageRcpt)
	t.Rcpt = to
	if err := s.play(t); err != nil {
		return err
	}
	s.rcpts = append(s.rcpts, strings.ToLower(to))
	return nil
}

func (s *smtpSession) Data(r io.Reader) error {
	if s.refused {
		s.refused = false
		_, err := io.Copy(io.Discard, r)
		return err
	}
	if f := s.host.ask(s.try(StageBody)); f != nil {
		if f.Hang || f.Drop {
			_, _ = io.CopyN(io.Discard, r, 512) // some of it came
		} else if _, err := io.Copy(io.Discard, r); err != nil {
			return err
		}
		return s.host.play(f, s.hangUp)
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	t := s.try(StageDone)
	t.Raw = raw
	if err := s.play(t); err != nil {
		return err
	}
	s.host.submitted(Submission{
		User: s.user, From: s.from, Rcpt: append([]string(nil), s.rcpts...), Raw: raw,
		At: s.host.clock.Now(), Wall: time.Now(), Began: s.began, BeganWall: s.beganWall,
	})
	t.Stage = StageTaken
	return s.play(t)
}

func (s *smtpSession) Reset() { s.from, s.rcpts, s.refused = "", nil, false }

func (s *smtpSession) Logout() error { return nil }

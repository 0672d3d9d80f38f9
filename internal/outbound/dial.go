package outbound

import (
	"bufio"
	"context"
	"errors"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"ninetyten/internal/mailconn"
	"ninetyten/internal/sales"
)

// dial opens a connection for mb, protects it as asked, and logs in.
func dial(ctx context.Context, mb sales.Mailbox, o Options) (*session, *Error) {
	conn, err := mailconn.Dial(ctx, mb.SMTP, o.connOptions())
	if err != nil {
		return nil, setupError(ctx, StageDial, err)
	}
	release := conn.Within(ctx)
	s, fail := setUp(ctx, conn, mb, o)
	if fail != nil {
		conn.Abort()
		return nil, fail
	}
	release()
	return s, nil
}

// setUp makes a session of an open connection: greeting, STARTTLS, EHLO, AUTH.
func setUp(ctx context.Context, conn *mailconn.Conn, mb sales.Mailbox, o Options) (*session, *Error) {
	name := localName(o.LocalName, conn)
	if mb.SMTP.Security == sales.SecurityStartTLS {
		if err := upgrade(ctx, conn, name, o); err != nil {
			return nil, setupError(ctx, StageTLS, err)
		}
	}
	client := smtp.NewClient(conn)
	client.CommandTimeout = o.DialTimeout
	if err := client.Hello(name); err != nil {
		return nil, setupError(ctx, StageDial, err)
	}
	client.CommandTimeout = o.CommandTimeout
	if mb.SMTP.Username != "" {
		if err := login(client, mb.SMTP); err != nil {
			return nil, setupError(ctx, StageAuth, err)
		}
	}
	s := &session{conn: conn, r: bufio.NewReaderSize(conn, maxLine), opts: o, usedAt: time.Now()}
	s.pipelining, _ = client.Extension("PIPELINING")
	s.eightBit, _ = client.Extension("8BITMIME")
	s.utf8, _ = client.Extension("SMTPUTF8")
	s.size, s.hasSize = client.MaxMessageSize()
	return s, nil
}

// upgrade does STARTTLS (RFC 3207). Lines are read one by one, so that nothing
// a stranger slipped in before the handshake counts after it.
func upgrade(ctx context.Context, conn *mailconn.Conn, name string, o Options) error {
	_ = conn.SetDeadline(time.Now().Add(o.DialTimeout))
	if _, err := expect(conn, 220); err != nil {
		return err
	}
	if _, err := conn.Write([]byte("EHLO " + name + "\r\n")); err != nil {
		return err
	}
	lines, err := expect(conn, 250)
	if err != nil {
		return err
	}
	offered := false
	for _, l := range lines {
		offered = offered || strings.EqualFold(strings.TrimSpace(l), "STARTTLS")
	}
	if !offered {
		return errNoStartTLS
	}
	if _, err := conn.Write([]byte("STARTTLS\r\n")); err != nil {
		return err
	}
	if _, err := expect(conn, 220); err != nil {
		return err
	}
	if err := conn.StartTLS(ctx); err != nil {
		return err
	}
	conn.Replay([]byte("220 protected\r\n"))
	return nil
}

// expect reads one reply before STARTTLS and gives the texts of its lines.
func expect(conn *mailconn.Conn, code int) ([]string, error) {
	var texts []string
	for len(texts) < maxLines {
		line, err := conn.ReadLine()
		if err != nil {
			return nil, err
		}
		got, text, more, ok := parseLine(line)
		if !ok {
			return nil, errNoSMTP
		}
		texts = append(texts, text)
		if more {
			continue
		}
		if got != code {
			enhanced, text := splitEnhanced(strings.Join(texts, " "))
			return nil, &Error{Code: got, Enhanced: enhanced, Text: text}
		}
		return texts, nil
	}
	return nil, errNoSMTP
}

// login authenticates by password, PLAIN before LOGIN.
func login(c *smtp.Client, srv sales.Server) error {
	switch {
	case c.SupportsAuth(sasl.Plain):
		return c.Auth(sasl.NewPlainClient("", srv.Username, srv.Password))
	case c.SupportsAuth(sasl.Login):
		return c.Auth(&loginClient{username: srv.Username, password: srv.Password})
	}
	if ok, _ := c.Extension("AUTH"); ok {
		return errNoPassword
	}
	return errNoAuth
}

// loginClient is the LOGIN mechanism for servers that ask for the user name
// first, which sasl.NewLoginClient does not answer.
type loginClient struct {
	username, password string
	asked              int
}

// Start begins without an initial response.
func (l *loginClient) Start() (string, []byte, error) { return sasl.Login, nil, nil }

// Next answers the first question by the user name, the second by the password.
func (l *loginClient) Next([]byte) ([]byte, error) {
	l.asked++
	switch l.asked {
	case 1:
		return []byte(l.username), nil
	case 2:
		return []byte(l.password), nil
	}
	return nil, sasl.ErrUnexpectedServerChallenge
}

// setupError makes an Error of what failed before a mail began.
func setupError(ctx context.Context, stage Stage, err error) *Error {
	var (
		own   *Error
		reply *smtp.SMTPError
		conn  *mailconn.Error
	)
	switch {
	case errors.As(err, &own):
		own.Stage = stage
		return own
	case errors.As(err, &reply):
		return &Error{Stage: stage, Code: reply.Code, Enhanced: enhancedString(reply.EnhancedCode), Text: oneLine(reply.Message)}
	case errors.As(err, &conn) && conn.Op == mailconn.OpTLS:
		stage = StageTLS
	}
	return &Error{Stage: stage, Err: because(ctx, err)}
}

// because prefers the reason of ctx to the timeout that it caused.
func because(ctx context.Context, err error) error {
	cause := ctx.Err()
	if until, ok := ctx.Deadline(); ok && cause == nil && !time.Now().Before(until) {
		cause = context.DeadlineExceeded // the connection was told a moment earlier
	}
	if cause != nil && !errors.Is(err, cause) {
		return errors.Join(cause, err)
	}
	return err
}

// enhancedString writes an enhanced code; "" for none.
func enhancedString(c smtp.EnhancedCode) string {
	if c[0] <= 0 {
		return ""
	}
	return strconv.Itoa(c[0]) + "." + strconv.Itoa(c[1]) + "." + strconv.Itoa(c[2])
}

// localName is what we call ourselves: the address literal of our end.
func localName(set string, conn net.Conn) string {
	if set != "" {
		return set
	}
	tcp, ok := conn.LocalAddr().(*net.TCPAddr)
	switch {
	case !ok:
		return "localhost"
	case tcp.IP.To4() != nil:
		return "[" + tcp.IP.String() + "]"
	}
	return "[IPv6:" + tcp.IP.String() + "]"
}

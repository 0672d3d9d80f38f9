package mailconn

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"syscall"
	"time"

	"ninetyten/internal/sales"
)

// Options are how a connection is opened.
type Options struct {
	Timeout time.Duration  // for TCP and TLS together; zero is 20 s
	Roots   *x509.CertPool // who may sign; nil is the system's
}

// Op is what a connection was doing when it failed.
type Op string

// The operations of an Error.
const (
	OpDial Op = "dial"
	OpTLS  Op = "tls"
)

// Error is a failure to open or to protect a connection.
type Error struct {
	Op  Op
	Err error
}

// Error gives the operation and the cause.
func (e *Error) Error() string { return string(e.Op) + ": " + e.Err.Error() }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// ErrPlain is returned for an unprotected connection to another machine.
var ErrPlain = errors.New("an unprotected connection is allowed to this machine only")

// Conn is a connection to a mail server. Within bounds it by a context. The
// deadline methods never move a deadline past that bound.
type Conn struct {
	net.Conn // TCP, or TLS above it

	tcp    net.Conn
	server sales.Server
	opts   Options
	replay []byte // what Read gives before the network

	mu    sync.Mutex
	until time.Time // bound of the context; zero is none
	ended bool      // the bound context is over
}

// Dial connects to srv. With SecurityTLS the handshake is done when it
// returns; with SecurityStartTLS the caller upgrades by StartTLS.
// Errors are *Error.
func Dial(ctx context.Context, srv sales.Server, opts Options) (*Conn, error) {
	if opts.Timeout <= 0 {
		opts.Timeout = 20 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, opts.Timeout)
	defer cancel()
	d := net.Dialer{KeepAlive: 30 * time.Second}
	switch srv.Security {
	case sales.SecurityTLS, sales.SecurityStartTLS:
	case sales.SecurityNone:
		d.Control = onlyLoopback
	default:
		return nil, &Error{OpDial, fmt.Errorf("unknown security %q", srv.Security)}
	}
	tcp, err := d.DialContext(ctx, "tcp", net.JoinHostPort(srv.Host, strconv.Itoa(srv.Port)))
	if err != nil {
		return nil, &Error{OpDial, err}
	}
	c := &Conn{Conn: tcp, tcp: tcp, server: srv, opts: opts}
	if srv.Security == sales.SecurityTLS {
		if err := c.StartTLS(ctx); err != nil {
			_ = tcp.Close()
			return nil, err
		}
	}
	return c, nil
}

// onlyLoopback refuses to connect to an address of another machine.
func onlyLoopback(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if !ap.Addr().Unmap().IsLoopback() {
		return ErrPlain
	}
	return nil
}

// StartTLS makes the TLS handshake on the open connection; bytes that the
// server sent in plain before it are no part of the protected stream.
// Errors are *Error.
func (c *Conn) StartTLS(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, c.opts.Timeout)
	defer cancel()
	tc := tls.Client(c.tcp, &tls.Config{
		ServerName: c.server.Host,
		RootCAs:    c.opts.Roots,
		MinVersion: tls.VersionTLS12,
	})
	if err := tc.HandshakeContext(ctx); err != nil {
		return &Error{OpTLS, err}
	}
	c.Conn = tc
	return nil
}

// Protected tells whether the connection runs over TLS.
func (c *Conn) Protected() bool { return c.Conn != c.tcp }

// Replay makes the next reads give b before what comes from the network. It is
// for a protocol library that wants a greeting after a STARTTLS upgrade, where
// the server sends none (RFC 3207 section 4.2, RFC 9051 section 6.2.1).
func (c *Conn) Replay(b []byte) { c.replay = append(c.replay, b...) }

// Read reads from the network, or what Replay put before it.
func (c *Conn) Read(b []byte) (int, error) {
	if len(c.replay) > 0 {
		n := copy(b, c.replay)
		c.replay = c.replay[n:]
		return n, nil
	}
	return c.Conn.Read(b)
}

// ReadLine reads one line without its end, byte by byte, so that nothing
// behind it is taken from the stream. It is for the few lines before STARTTLS.
func (c *Conn) ReadLine() (string, error) {
	line := make([]byte, 0, 128)
	var b [1]byte
	for len(line) < 4096 {
		if _, err := c.Read(b[:]); err != nil {
			return string(line), err
		}
		switch b[0] {
		case '\n':
			return string(line), nil
		case '\r':
		default:
			line = append(line, b[0])
		}
	}
	return string(line), errors.New("the server sent a line without an end")
}

// Within bounds every read and write by ctx until release is called: they fail
// when its deadline passes or it is canceled.
func (c *Conn) Within(ctx context.Context) (release func()) {
	until, _ := ctx.Deadline()
	c.mu.Lock()
	c.until, c.ended = until, ctx.Err() != nil
	c.mu.Unlock()
	_ = c.SetDeadline(time.Time{})
	stop := func() bool { return true }
	if ctx.Done() != nil {
		stop = context.AfterFunc(ctx, func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.ended = true
			_ = c.Conn.SetDeadline(past())
		})
	}
	return func() {
		if !stop() {
			return // over: the connection is of no use any more
		}
		c.mu.Lock()
		c.until = time.Time{}
		c.mu.Unlock()
		_ = c.SetDeadline(time.Time{})
	}
}

// past is a deadline that is over.
func past() time.Time { return time.Unix(1, 0) }

// clamp gives t, or the bound of the context when that is earlier. c.mu is held.
func (c *Conn) clamp(t time.Time) time.Time {
	if c.ended {
		return past()
	}
	if !c.until.IsZero() && (t.IsZero() || t.After(c.until)) {
		return c.until
	}
	return t
}

// SetDeadline is that of net.Conn, within the bound.
func (c *Conn) SetDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.Conn.SetDeadline(c.clamp(t))
}

// SetReadDeadline is that of net.Conn, within the bound.
func (c *Conn) SetReadDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.Conn.SetReadDeadline(c.clamp(t))
}

// SetWriteDeadline is that of net.Conn, within the bound.
func (c *Conn) SetWriteDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.Conn.SetWriteDeadline(c.clamp(t))
}

// Abort closes the connection at once, without a farewell of TLS. It may be
// called from anywhere.
func (c *Conn) Abort() { _ = c.tcp.Close() }

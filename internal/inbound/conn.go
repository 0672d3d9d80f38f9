package inbound

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"

	"ninetyten/internal/mailconn"
	"ninetyten/internal/sales"
)

// Causes that are no answer of a server.
var (
	errNoStartTLS = errors.New("the server does not offer STARTTLS")
	errNoPassword = errors.New("the server does not offer a login by password")
	errNoIMAP     = errors.New("the answer is no IMAP response")
	errTimeout    = fmt.Errorf("the server did not answer: %w", context.DeadlineExceeded)
)

// loginError is a refused login.
type loginError struct{ err error }

func (e *loginError) Error() string { return "login: " + e.err.Error() }
func (e *loginError) Unwrap() error { return e.err }

// conn is one logged-in connection. One goroutine gives commands at a time.
type conn struct {
	c    *imapclient.Client
	net  *mailconn.Conn
	caps imap.CapSet
	wake chan struct{} // something new in the selected folder; holds one
	opts Options

	folder   string // what is selected; empty is none
	validity uint32 // of the selected folder
	next     uint32 // UIDNEXT when it was selected; 0 when the server did not say
}

// dial connects to the IMAP server of mb and logs in.
func dial(ctx context.Context, mb sales.Mailbox, o Options) (*conn, error) {
	ctx, cancel := context.WithTimeout(ctx, o.DialTimeout)
	defer cancel()
	nc, err := mailconn.Dial(ctx, mb.IMAP, mailconn.Options{Timeout: o.DialTimeout, Roots: o.Roots})
	if err != nil {
		return nil, because(ctx, err)
	}
	release := nc.Within(ctx)
	if mb.IMAP.Security == sales.SecurityStartTLS {
		if err := upgrade(ctx, nc); err != nil {
			nc.Abort()
			return nil, because(ctx, err)
		}
	}
	release()
	cn := &conn{net: nc, wake: make(chan struct{}, 1), opts: o}
	cn.c = imapclient.New(nc, &imapclient.Options{
		UnilateralDataHandler: &imapclient.UnilateralDataHandler{
			// It runs in the reading goroutine: no command, no waiting.
			Mailbox: func(d *imapclient.UnilateralDataMailbox) {
				if d.NumMessages == nil {
					return
				}
				select {
				case cn.wake <- struct{}{}:
				default:
				}
			},
		},
	})
	if err := cn.do(ctx, o.DialTimeout, func() error { return cn.login(mb.IMAP) }); err != nil {
		cn.close()
		return nil, because(ctx, err)
	}
	return cn, nil
}

// upgrade does STARTTLS (RFC 9051 section 6.2.1). Lines are read one by one, so
// that nothing a stranger slipped in before the handshake counts after it.
func upgrade(ctx context.Context, nc *mailconn.Conn) error {
	line, err := nc.ReadLine()
	if err != nil {
		return err
	}
	if !strings.HasPrefix(strings.ToUpper(line), "* OK") {
		return fmt.Errorf("%w: %q", errNoIMAP, line)
	}
	if _, err := nc.Write([]byte("S1 STARTTLS\r\n")); err != nil {
		return err
	}
	for range 100 {
		if line, err = nc.ReadLine(); err != nil {
			return err
		}
		if strings.HasPrefix(line, "*") {
			continue
		}
		if !strings.HasPrefix(strings.ToUpper(line), "S1 OK") {
			return fmt.Errorf("%w: %q", errNoStartTLS, line)
		}
		if err := nc.StartTLS(ctx); err != nil {
			return err
		}
		nc.Replay([]byte("* OK protected\r\n"))
		return nil
	}
	return errNoIMAP
}

// login waits for the greeting, logs in and asks what the server can do.
func (cn *conn) login(srv sales.Server) error {
	if err := cn.c.WaitGreeting(); err != nil {
		return err
	}
	caps, err := cn.c.Capability().Wait()
	if err != nil {
		return err
	}
	switch {
	case caps.Has(imap.CapLoginDisabled) && caps.Has(imap.AuthCap(sasl.Plain)):
		err = cn.c.Authenticate(sasl.NewPlainClient("", srv.Username, srv.Password))
	case caps.Has(imap.CapLoginDisabled):
		return errNoPassword
	default:
		err = cn.c.Login(srv.Username, srv.Password).Wait()
	}
	var no *imap.Error
	if errors.As(err, &no) {
		return &loginError{err}
	}
	if err != nil {
		return err
	}
	// Asked again: what is offered changes with the login.
	cn.caps, err = cn.c.Capability().Wait()
	return err
}

// do runs f, which gives commands and waits for them; past d or the end of ctx
// the connection is closed, and f with it.
func (cn *conn) do(ctx context.Context, d time.Duration, f func() error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	bound, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	stop := context.AfterFunc(bound, cn.net.Abort)
	err := f()
	if !stop() {
		if ctx.Err() == nil {
			return errors.Join(errTimeout, err)
		}
		return errors.Join(ctx.Err(), err)
	}
	return err
}

// timeout is the time for a command that moves n bytes: 16 KiB a second are
// allowed for a slow line.
func (cn *conn) timeout(n int64) time.Duration {
	return cn.opts.Timeout + time.Duration(n/(16<<10))*time.Second
}

// canIdle tells whether the server tells of new mail by itself.
func (cn *conn) canIdle() bool { return cn.caps.Has(imap.CapIdle) }

// close closes the connection at once.
func (cn *conn) close() {
	cn.net.Abort()
	_ = cn.c.Close()
}

// logout takes leave and closes.
func (cn *conn) logout() {
	_ = cn.do(context.Background(), time.Second, func() error { return cn.c.Logout().Wait() })
	cn.close()
}

// alive tells whether the connection was not lost, as far as is known.
func (cn *conn) alive() bool {
	select {
	case <-cn.c.Closed():
		return false
	default:
		return true
	}
}

// examine selects the folder for reading only.
func (cn *conn) examine(ctx context.Context, folder string) error {
	if cn.folder == folder {
		return nil
	}
	return cn.do(ctx, cn.timeout(0), func() error {
		cn.folder = ""
		data, err := cn.c.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
		if err != nil {
			return err
		}
		cn.folder, cn.validity, cn.next = folder, data.UIDValidity, uint32(data.UIDNext)
		return nil
	})
}

// because prefers the reason of ctx to what it caused.
func because(ctx context.Context, err error) error {
	if cause := ctx.Err(); err != nil && cause != nil && !errors.Is(err, cause) {
		return errors.Join(cause, err)
	}
	return err
}

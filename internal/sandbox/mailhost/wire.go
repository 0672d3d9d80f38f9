package mailhost

import (
	"bytes"
	"fmt"
	"net"
	"sync"
)

// smtpWire is the connection below an SMTP session. It exists for the two
// refusals that go-smtp leaves no place for: instead of the greeting, and the
// answer to DATA.
type smtpWire struct {
	net.Conn
	host *Host

	mu      sync.Mutex
	sess    *smtpSession // nil until EHLO
	greeted bool
	inject  []byte // read by the server before what the client sends
	swallow bool   // the next answer of the server is not sent
}

type smtpListener struct {
	net.Listener
	host *Host
}

func (h *Host) wrapSMTP(l net.Listener) net.Listener { return &smtpListener{l, h} }

func (l *smtpListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &smtpWire{Conn: c, host: l.host}, nil
}

// Read gives injected bytes first.
func (w *smtpWire) Read(b []byte) (int, error) {
	w.mu.Lock()
	if len(w.inject) > 0 {
		n := copy(b, w.inject)
		w.inject = w.inject[n:]
		w.mu.Unlock()
		return n, nil
	}
	w.mu.Unlock()
	return w.Conn.Read(b)
}

// Write passes answers on, and changes the greeting or the answer to DATA when
// a fault says so.
func (w *smtpWire) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.swallow {
		w.swallow = false
		return len(b), nil
	}
	var f *Fault
	switch {
	case !w.greeted:
		w.greeted = true
		f = w.host.ask(Try{Stage: StageConnect})
	case w.sess != nil && bytes.HasPrefix(b, []byte("354 ")):
		f = w.host.ask(w.sess.try(StageData))
	}
	if f == nil {
		return w.Conn.Write(b)
	}
	refusal := w.host.play(f, func() { _ = w.Conn.Close() })
	if f.Hang || f.Drop {
		return 0, net.ErrClosed
	}
	if w.sess != nil { // let the server read an empty body, and keep its answer to it
		w.inject = []byte(".\r\n")
		w.swallow = true
		w.sess.refused = true
	}
	if _, err := fmt.Fprintf(w.Conn, "%d %s\r\n", f.err().Code, f.err().Message); err != nil {
		return 0, err
	}
	if w.sess == nil {
		_ = w.Conn.Close()
		return 0, refusal
	}
	return len(b), nil
}

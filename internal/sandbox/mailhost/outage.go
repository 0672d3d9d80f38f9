package mailhost

import (
	"net"
)

// imapFault is what is wrong with the IMAP side.
type imapFault string

const (
	imapFine    imapFault = ""
	imapRefuses imapFault = "refuses" // new connections are closed at once
	imapHangs   imapFault = "hangs"   // nothing is read or written any more
)

// imapWire is the connection below an IMAP session.
type imapWire struct {
	net.Conn
	host *Host
}

type imapListener struct {
	net.Listener
	host *Host
}

func (h *Host) wrapIMAP(l net.Listener) net.Listener { return &imapListener{l, h} }

func (l *imapListener) Accept() (net.Conn, error) {
	for {
		c, err := l.Listener.Accept()
		if err != nil {
			return nil, err
		}
		w := &imapWire{c, l.host}
		l.host.mu.Lock()
		refuse := l.host.imapDown == imapRefuses || l.host.closed
		if !refuse {
			l.host.imapConn[w] = struct{}{}
		}
		l.host.mu.Unlock()
		if !refuse {
			return w, nil
		}
		_ = c.Close()
	}
}

// Close forgets the connection.
func (w *imapWire) Close() error {
	w.host.mu.Lock()
	delete(w.host.imapConn, w)
	w.host.mu.Unlock()
	return w.Conn.Close()
}

// Write is silent while the host hangs.
func (w *imapWire) Write(b []byte) (int, error) {
	w.host.mu.Lock()
	hangs := w.host.imapDown == imapHangs
	w.host.mu.Unlock()
	if hangs {
		return len(b), nil
	}
	return w.Conn.Write(b)
}

// DropIMAP closes every IMAP connection, as a provider does that restarts.
func (h *Host) DropIMAP() {
	h.mu.Lock()
	var all []*imapWire
	for w := range h.imapConn {
		all = append(all, w)
	}
	h.mu.Unlock()
	for _, w := range all {
		_ = w.Close()
	}
}

// RefuseIMAP closes new IMAP connections at once while on, and drops the present
// ones.
func (h *Host) RefuseIMAP(on bool) { h.setIMAP(imapRefuses, on) }

// HangIMAP makes the IMAP server silent while on: connections stay open and
// nothing comes. When it is switched off they are dropped.
func (h *Host) HangIMAP(on bool) { h.setIMAP(imapHangs, on) }

func (h *Host) setIMAP(f imapFault, on bool) {
	h.mu.Lock()
	if !on {
		f = imapFine
	}
	h.imapDown = f
	h.mu.Unlock()
	if f != imapHangs {
		h.DropIMAP()
	}
}

// IMAPConnections is how many IMAP connections are open now.
func (h *Host) IMAPConnections() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.imapConn)
}

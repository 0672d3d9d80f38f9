package mailhost

import (
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-smtp"

	"ninetyten/internal/sales"
)

// Options are the choices of a Host. The zero value is a plain host on the
// wall clock.
type Options struct {
	Clock sales.Clock // the times of submissions and of mail that clients append; nil is the wall clock
	// TLS adds STARTTLS on the plain ports and two more ports with TLS from the
	// first byte. See SelfSigned.
	TLS *tls.Config
	// RequireTLS refuses logins on a connection in clear.
	RequireTLS bool
	// MaxBytes is the largest mail that is taken; 0 is 64 MiB.
	MaxBytes int64
	Log      io.Writer // protocol errors of the servers; nil discards them
}

// Submission is one mail that a client handed over, one value per transaction.
type Submission struct {
	User string    // who was logged in
	From string    // MAIL FROM, "" for the null sender
	Rcpt []string  // recipients that were accepted, in order
	Raw  []byte    // as sent, without dot stuffing; do not change
	At   time.Time // world time
	Wall time.Time // wall time at which the last byte was read
	// Began is the world time at which MAIL FROM came: the moment that a send
	// gate must have decided before.
	Began     time.Time
	BeganWall time.Time
}

// Host is one running provider. Its methods may be called from everywhere.
type Host struct {
	opt   Options
	clock sales.Clock

	mu       sync.Mutex
	users    map[string]*user
	onSubmit []func(Submission)
	faults   []*faultFunc
	imapDown imapFault
	imapConn map[*imapWire]struct{}
	validity uint32
	closed   bool

	smtp     *smtp.Server
	imap     *imapserver.Server
	listen   []net.Listener
	smtpAddr string
	imapAddr string
	smtpsA   string
	imapsA   string
	done     chan struct{}
	wg       sync.WaitGroup
}

// New starts a host on free ports of 127.0.0.1. Close it when done.
func New(opt Options) (*Host, error) {
	h := &Host{opt: opt, clock: opt.Clock, users: map[string]*user{}, imapConn: map[*imapWire]struct{}{}, validity: 1000, done: make(chan struct{})}
	if h.clock == nil {
		h.clock = sales.WallClock{}
	}
	out := opt.Log
	if out == nil {
		out = io.Discard
	}
	logger := log.New(out, "mailhost ", log.LstdFlags)
	h.startSMTP(logger)
	h.startIMAP(logger)
	if err := h.open(); err != nil {
		h.Close()
		return nil, err
	}
	return h, nil
}

func (h *Host) open() error {
	type port struct {
		addr  *string
		wrap  func(net.Listener) net.Listener
		serve func(net.Listener) error
	}
	ports := []port{
		{&h.smtpAddr, h.wrapSMTP, h.smtp.Serve},
		{&h.imapAddr, h.wrapIMAP, h.imap.Serve},
	}
	if h.opt.TLS != nil {
		secure := func(wrap func(net.Listener) net.Listener) func(net.Listener) net.Listener {
			return func(l net.Listener) net.Listener { return tls.NewListener(wrap(l), h.opt.TLS) }
		}
		ports = append(ports, port{&h.smtpsA, secure(h.wrapSMTP), h.smtp.Serve}, port{&h.imapsA, secure(h.wrapIMAP), h.imap.Serve})
	}
	for _, p := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return err
		}
		*p.addr = l.Addr().String()
		l = p.wrap(l)
		h.listen = append(h.listen, l)
		h.wg.Go(func() { _ = p.serve(l) }) // it ends by Close alone
	}
	return nil
}

// SMTPAddr is host:port of the submission server, plain with STARTTLS when
// Options.TLS is set.
func (h *Host) SMTPAddr() string { return h.smtpAddr }

// IMAPAddr is host:port of the IMAP server, plain with STARTTLS when
// Options.TLS is set.
func (h *Host) IMAPAddr() string { return h.imapAddr }

// SMTPSAddr is host:port of submission with TLS from the first byte; "" without
// Options.TLS.
func (h *Host) SMTPSAddr() string { return h.smtpsA }

// IMAPSAddr is host:port of IMAP with TLS from the first byte; "" without
// Options.TLS.
func (h *Host) IMAPSAddr() string { return h.imapsA }

// Close ends every connection and frees the ports. It may be called twice.
func (h *Host) Close() error {
	h.mu.Lock()
	if h.closed {
		h.mu.Unlock()
		return nil
	}
	h.closed = true
	close(h.done)
	h.mu.Unlock()
	var errs []error
	for _, l := range h.listen {
		errs = append(errs, ignoreClosed(l.Close()))
	}
	errs = append(errs, ignoreClosed(h.smtp.Close()), ignoreClosed(h.imap.Close()))
	h.DropIMAP()
	h.wg.Wait()
	return errors.Join(errs...)
}

func ignoreClosed(err error) error {
	if err == nil || errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// Folder is one folder of a new user, with its special use (RFC 6154) or none.
type Folder struct {
	Name string
	Use  imap.MailboxAttr
}

// DefaultFolders are INBOX, Sent, Drafts, Junk, Trash and Archive.
func DefaultFolders() []Folder {
	return []Folder{
		{"INBOX", ""}, {"Sent", imap.MailboxAttrSent}, {"Drafts", imap.MailboxAttrDrafts},
		{"Junk", imap.MailboxAttrJunk}, {"Trash", imap.MailboxAttrTrash}, {"Archive", imap.MailboxAttrArchive},
	}
}

// AddUser makes an account that both servers let in, with DefaultFolders when
// none are given. An existing one only gets the password.
func (h *Host) AddUser(address, password string, folders ...Folder) {
	address = strings.ToLower(strings.TrimSpace(address))
	h.mu.Lock()
	defer h.mu.Unlock()
	if u := h.users[address]; u != nil {
		u.password = password
		return
	}
	u := &user{address: address, password: password, boxes: map[string]*box{}}
	if len(folders) == 0 {
		folders = DefaultFolders()
	}
	folders = append([]Folder{{Name: "INBOX"}}, folders...)
	for _, f := range folders {
		name := canonicalFolder(f.Name)
		if u.boxes[name] == nil {
			u.boxes[name] = newBox(name, f.Use, h.nextValidityLocked())
		}
	}
	h.users[address] = u
}

func (h *Host) nextValidityLocked() uint32 {
	h.validity++
	return h.validity
}

// SetPassword changes the password; connections that are logged in stay so.
func (h *Host) SetPassword(address, password string) { h.AddUser(address, password) }

func (h *Host) user(address string) *user {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.users[strings.ToLower(strings.TrimSpace(address))]
}

func (h *Host) login(address, password string) *user {
	h.mu.Lock()
	defer h.mu.Unlock()
	u := h.users[strings.ToLower(strings.TrimSpace(address))]
	if u == nil || u.password != password {
		return nil
	}
	return u
}

// Deliver puts raw into a folder of address with at as its INTERNALDATE (zero
// is now), tells every connection that has the folder open, and answers the
// UID. An unknown address or folder is an error of code NotFound.
func (h *Host) Deliver(address, folder string, raw []byte, at time.Time) (uint32, error) {
	b, err := h.box(address, folder)
	if err != nil {
		return 0, err
	}
	if at.IsZero() {
		at = h.clock.Now()
	}
	return uint32(b.append(raw, at, nil)), nil
}

func (h *Host) box(address, folder string) (*box, error) {
	u := h.user(address)
	if u == nil {
		return nil, sales.Errorf(sales.NotFound, "There is no mailbox %s at this host.", address)
	}
	b := u.box(folder)
	if b == nil {
		return nil, sales.Errorf(sales.NotFound, "The mailbox %s has no folder %q.", address, folder)
	}
	return b, nil
}

// Stored is one message of a folder.
type Stored struct {
	UID   uint32
	At    time.Time // INTERNALDATE
	Flags []string  // as the client wrote them, for example \Seen
	Raw   []byte    // do not change
}

// Messages gives a copy of the list of a folder, oldest first; nil when there is
// no such folder.
func (h *Host) Messages(address, folder string) []Stored {
	b, err := h.box(address, folder)
	if err != nil {
		return nil
	}
	return b.list()
}

// Count is how many messages a folder has; 0 when there is no such folder.
func (h *Host) Count(address, folder string) int {
	b, err := h.box(address, folder)
	if err != nil {
		return 0
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.msgs)
}

// Renumber gives the folder a new UIDVALIDITY and its messages new UIDs, as a
// provider does after a restore. Connections that have it open are dropped.
func (h *Host) Renumber(address, folder string) error {
	b, err := h.box(address, folder)
	if err != nil {
		return err
	}
	h.mu.Lock()
	v := h.nextValidityLocked()
	h.mu.Unlock()
	b.renumber(v)
	h.DropIMAP()
	return nil
}

// OnSubmission adds a function that is told of every mail that a client hands
// over, before the client hears 250. It runs in the connection's goroutine:
// what it writes down is on record before the client knows.
func (h *Host) OnSubmission(f func(Submission)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.onSubmit = append(h.onSubmit, f)
}

func (h *Host) submitted(s Submission) {
	h.mu.Lock()
	fs := h.onSubmit
	h.mu.Unlock()
	for _, f := range fs {
		f(s)
	}
	for _, r := range s.Rcpt {
		if u := h.user(r); u != nil { // a mail to oneself or a colleague arrives
			u.box("INBOX").append(s.Raw, s.At, nil)
		}
	}
}

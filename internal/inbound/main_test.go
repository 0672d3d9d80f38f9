package inbound_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"go.uber.org/goleak"

	"ninetyten/internal/inbound"
	"ninetyten/internal/sales"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// memory is an IMAP server of go-imap with one user.
type memory struct {
	Host   string
	Port   int
	user   *imapmemserver.User
	logins atomic.Int32
	peeked atomic.Int32 // body sections that were fetched
	marked atomic.Int32 // those that would mark a mail as read

	mu    sync.Mutex
	conns map[net.Conn]bool
}

// memoryOptions are how a memory behaves.
type memoryOptions struct {
	tls    *tls.Config // TLS from the first byte
	start  *tls.Config // STARTTLS
	noIdle bool
	sent   string // name of the Sent folder; "-" is none
	caps   []imap.Cap
}

// newMemory starts a server with INBOX, Sent and Junk.
func newMemory(t testing.TB, o memoryOptions) *memory {
	t.Helper()
	m := &memory{Host: "localhost", user: imapmemserver.NewUser("ann", "right"), conns: map[net.Conn]bool{}}
	if o.sent == "" {
		o.sent = "Sent"
	}
	for _, f := range []string{"INBOX", o.sent, "Junk"} {
		if f == "-" {
			continue
		}
		if err := m.user.Create(f, nil); err != nil {
			t.Fatal(err)
		}
	}
	caps := imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapUIDPlus: {}}
	for _, c := range o.caps {
		caps[c] = struct{}{}
	}
	srv := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return &memorySession{UserSession: imapmemserver.NewUserSession(m.user), m: m}, nil, nil
		},
		Caps: caps, InsecureAuth: true, TLSConfig: o.start, Logger: log.New(io.Discard, "", 0),
	})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m.Port = ln.Addr().(*net.TCPAddr).Port
	var l net.Listener = &memoryListener{Listener: ln, m: m, noIdle: o.noIdle}
	if o.tls != nil {
		l = tls.NewListener(l, o.tls)
	}
	done := make(chan struct{})
	go func() { _ = srv.Serve(l); close(done) }()
	t.Cleanup(func() { _ = srv.Close(); _ = ln.Close(); <-done; m.drop() })
	return m
}

// mailbox is the one of the user.
func (m *memory) mailbox() sales.Mailbox {
	return sales.Mailbox{ID: 7, Address: "ann@seller.example",
		IMAP: sales.Server{Host: m.Host, Port: m.Port, Security: sales.SecurityNone, Username: "ann", Password: "right"}}
}

// put adds a mail to a folder.
func (m *memory) put(t testing.TB, folder string, at time.Time, raw string) {
	t.Helper()
	if _, err := m.user.Append(folder, literal{bytes.NewReader([]byte(raw))}, &imap.AppendOptions{Time: at}); err != nil {
		t.Error(err)
	}
}

// drop closes all connections, as a server does that restarts.
func (m *memory) drop() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for c := range m.conns {
		_ = c.Close()
	}
	clear(m.conns)
}

// unseen tells how many mails of a folder are not marked as read.
func (m *memory) unseen(t testing.TB, folder string) int {
	t.Helper()
	st, err := m.user.Status(folder, &imap.StatusOptions{NumUnseen: true})
	if err != nil {
		t.Fatal(err)
	}
	return int(*st.NumUnseen)
}

type literal struct{ *bytes.Reader }

func (l literal) Size() int64 { return l.Reader.Size() }

// memorySession counts what a client does.
type memorySession struct {
	*imapmemserver.UserSession
	m *memory
}

func (s *memorySession) Login(user, password string) error {
	s.m.logins.Add(1)
	return s.m.user.Login(user, password)
}

func (s *memorySession) Fetch(w *imapserver.FetchWriter, set imap.NumSet, o *imap.FetchOptions) error {
	for _, b := range o.BodySection {
		s.m.peeked.Add(1)
		if !b.Peek {
			s.m.marked.Add(1)
		}
	}
	return s.UserSession.Fetch(w, set, o)
}

// Idle asks often: that of imapmemserver loses an update that comes between the
// last command and its start.
func (s *memorySession) Idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return nil
		case <-tick.C:
			if err := s.Poll(w, true); err != nil {
				return err
			}
		}
	}
}

// memoryListener remembers connections, and hides IDLE from clients.
type memoryListener struct {
	net.Listener
	m      *memory
	noIdle bool
}

func (l *memoryListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	if l.noIdle {
		c = hideIdle{c}
	}
	l.m.mu.Lock()
	l.m.conns[c] = true
	l.m.mu.Unlock()
	return c, nil
}

type hideIdle struct{ net.Conn }

func (h hideIdle) Write(b []byte) (int, error) {
	return h.Conn.Write(bytes.ReplaceAll(b, []byte(" IDLE "), []byte(" XDLE ")))
}

// store is a Sink in memory. Its transaction is a lock.
type store struct {
	mu      sync.Mutex
	mails   map[string][]inbound.Mail // by folder, each UID once per UIDVALIDITY
	curs    map[string]sales.Cursor
	roles   map[string]inbound.Role
	calls   int
	again   int // mails that were there already
	biggest int64
	fail    func(call int) error
	changed chan struct{}
}

func newStore() *store {
	return &store{mails: map[string][]inbound.Mail{}, curs: map[string]sales.Cursor{}, roles: map[string]inbound.Role{}, changed: make(chan struct{}, 1)}
}

func (s *store) Cursor(_ context.Context, _ sales.Mailbox, folder string) (sales.Cursor, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.curs[folder], nil
}

func (s *store) Receive(_ context.Context, _ sales.Mailbox, f inbound.Folder, mails []inbound.Mail, cur sales.Cursor) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if s.fail != nil {
		if err := s.fail(s.calls); err != nil {
			return err
		}
	}
	var size int64
	for _, m := range mails {
		size += int64(len(m.Raw))
		have := s.mails[f.Name]
		if n := len(have); n > 0 && s.curs[f.Name].UIDValidity == cur.UIDValidity && have[n-1].UID >= m.UID {
			s.again++
			continue
		}
		s.mails[f.Name] = append(have, m)
	}
	s.biggest = max(s.biggest, size)
	s.curs[f.Name] = cur
	s.roles[f.Name] = f.Role
	select {
	case s.changed <- struct{}{}:
	default:
	}
	return nil
}

// count tells how many mails of a folder were received.
func (s *store) count(folder string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.mails[folder])
}

// texts gives the mails of a folder.
func (s *store) role(folder string) inbound.Role {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.roles[folder]
}

func (s *store) texts(folder string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, m := range s.mails[folder] {
		out = append(out, string(m.Raw))
	}
	return out
}

// await waits until what holds.
func (s *store) await(t testing.TB, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-s.changed:
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("waited a minute in vain: %s", what)
		}
	}
}

// states keeps what a watcher reports.
type states struct {
	mu sync.Mutex
	l  []inbound.State
}

func (s *states) add(st inbound.State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.l = append(s.l, st)
}

func (s *states) last() inbound.State {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.l) == 0 {
		return inbound.State{}
	}
	return s.l[len(s.l)-1]
}

// fast are options for tests.
func fast(o inbound.Options) inbound.Options {
	if o.RetryMin == 0 {
		o.RetryMin = 10 * time.Millisecond
	}
	if o.RetryMax == 0 {
		o.RetryMax = 50 * time.Millisecond
	}
	if o.Poll == 0 {
		o.Poll = time.Hour
	}
	return o
}

// watch runs a watcher until t ends.
func watch(t testing.TB, mb sales.Mailbox, sink inbound.Sink, o inbound.Options) *inbound.Watcher {
	t.Helper()
	w := inbound.NewWatcher(mb, sink, fast(o))
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	return w
}

// mail is a small mail with a Message-ID.
func mail(n int) string {
	return fmt.Sprintf("Subject: mail %d\r\nMessage-ID: <%d@buyer.example>\r\n\r\nhello %d\r\n", n, n, n)
}

// said gives the *sales.Error of err.
func said(t *testing.T, err error) *sales.Error {
	t.Helper()
	var e *sales.Error
	if !errors.As(err, &e) || e.Msg == "" {
		t.Fatalf("got %v, want a *sales.Error", err)
	}
	return e
}

package inbound_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"

	"ninetyten/internal/inbound"
	"ninetyten/internal/sales"
)

// TestReadsAll reads the three folders with their roles, and changes nothing.
func TestReadsAll(t *testing.T) {
	m := newMemory(t, memoryOptions{sent: "Gesendete Objekte"})
	now := time.Now()
	for i := range 5 {
		m.put(t, "INBOX", now, mail(i))
	}
	m.put(t, "Gesendete Objekte", now, mail(99)) // sent before we came
	m.put(t, "Junk", now, mail(200))
	s, st := newStore(), &states{}
	w := watch(t, m.mailbox(), s, inbound.Options{OnState: st.add, Poll: 20 * time.Millisecond})
	if err := w.ReadNow(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.await(t, "all folders read", func() bool { return st.last().Connected })
	if got := st.last(); got.Sent != "Gesendete Objekte" || got.Junk != "Junk" || !got.Idle {
		t.Errorf("state %+v", got)
	}
	m.put(t, "Gesendete Objekte", now, mail(100))
	s.await(t, "what was sent since", func() bool { return s.count("Gesendete Objekte") > 0 })
	for folder, want := range map[string]struct {
		n, there int
		role     inbound.Role
	}{"INBOX": {5, 5, inbound.RoleInbox}, "Gesendete Objekte": {1, 2, inbound.RoleSent}, "Junk": {1, 1, inbound.RoleJunk}} {
		if got := s.count(folder); got != want.n || s.role(folder) != want.role {
			t.Errorf("%s: %d mails as %s, want %d as %s", folder, got, s.role(folder), want.n, want.role)
		}
		if got := m.unseen(t, folder); got != want.there {
			t.Errorf("%s: %d mails are unread, want %d", folder, got, want.there)
		}
	}
	if got := s.texts("Gesendete Objekte"); len(got) != 1 || got[0] != mail(100) {
		t.Errorf("read %q from Sent", got)
	}
	if got := s.texts("INBOX")[3]; got != mail(3) {
		t.Errorf("read %q, want %q", got, mail(3))
	}
	if got := s.mails["INBOX"][0]; got.ArrivedAt.Unix() != now.Unix() || got.Size != int64(len(mail(0))) || got.Truncated {
		t.Errorf("mail %+v", got)
	}
	if m.peeked.Load() == 0 || m.marked.Load() != 0 {
		t.Errorf("%d bodies fetched, %d of them marking the mail as read", m.peeked.Load(), m.marked.Load())
	}
}

// TestSentInPart: of mail in Sent the words are read, not the files.
func TestSentInPart(t *testing.T) {
	m := newMemory(t, memoryOptions{})
	s, st := newStore(), &states{}
	watch(t, m.mailbox(), s, inbound.Options{OnState: st.add, Poll: 20 * time.Millisecond, PartSize: 1000})
	s.await(t, "connected", func() bool { return st.last().Connected })
	m.put(t, "Sent", time.Now(), mail(1))
	m.put(t, "Sent", time.Now(), mail(2)+strings.Repeat("x", 5000))
	m.put(t, "INBOX", time.Now(), mail(3)+strings.Repeat("x", 5000))
	s.await(t, "all three", func() bool { return s.count("Sent") == 2 && s.count("INBOX") == 1 })
	s.mu.Lock()
	sent, in := s.mails["Sent"], s.mails["INBOX"][0]
	s.mu.Unlock()
	if sent[0].Truncated || !sent[1].Truncated || len(sent[1].Raw) != 1000 || sent[1].Size < 5000 || in.Truncated || len(in.Raw) < 5000 {
		t.Errorf("%d, %d and %d bytes", len(sent[0].Raw), len(sent[1].Raw), len(in.Raw))
	}
}

// TestSentAnew: a Sent folder whose UIDs are worth nothing any more is read again
// like any other, because some of it may be new.
func TestSentAnew(t *testing.T) {
	m := newMemory(t, memoryOptions{})
	s, st := newStore(), &states{}
	watch(t, m.mailbox(), s, inbound.Options{OnState: st.add, Poll: 20 * time.Millisecond})
	s.await(t, "connected", func() bool { return st.last().Connected })
	m.put(t, "Sent", time.Now(), mail(1))
	s.await(t, "the first", func() bool { return s.count("Sent") == 1 })
	if err := m.user.Delete("Sent"); err != nil {
		t.Fatal(err)
	}
	if err := m.user.Create("Sent", nil); err != nil {
		t.Fatal(err)
	}
	m.put(t, "Sent", time.Now(), mail(1))
	m.put(t, "Sent", time.Now(), mail(2))
	s.await(t, "both", func() bool { return s.count("Sent") == 3 })
	if got := s.texts("Sent"); got[1] != mail(1) || got[2] != mail(2) {
		t.Errorf("%q", got)
	}
}

// TestTold: a new mail is read at once where the server tells of it.
func TestTold(t *testing.T) {
	m := newMemory(t, memoryOptions{})
	s, st := newStore(), &states{}
	watch(t, m.mailbox(), s, inbound.Options{OnState: st.add})
	s.await(t, "connected", func() bool { return st.last().Connected })
	for i := range 20 {
		m.put(t, "INBOX", time.Now(), mail(i)) // polling would be an hour later
		s.await(t, fmt.Sprintf("told of mail %d", i), func() bool { return s.count("INBOX") == i+1 })
	}
	if m.logins.Load() != 1 {
		t.Errorf("%d logins, want 1", m.logins.Load())
	}
}

// TestPolled: without IDLE, and for the other folders, the mailbox is asked.
func TestPolled(t *testing.T) {
	m := newMemory(t, memoryOptions{noIdle: true})
	s, st := newStore(), &states{}
	watch(t, m.mailbox(), s, inbound.Options{OnState: st.add, Poll: 20 * time.Millisecond})
	s.await(t, "connected", func() bool { return st.last().Connected })
	if st.last().Idle {
		t.Error("IDLE is not there, and said to be")
	}
	for i, folder := range []string{"INBOX", "Sent", "Junk", "INBOX"} {
		have := s.count(folder)
		m.put(t, folder, time.Now(), mail(i))
		s.await(t, "a mail in "+folder, func() bool { return s.count(folder) == have+1 })
	}
}

// TestReadNow: when it returns, what was there when it was called is stored,
// whoever else asks, over the one kept connection.
func TestReadNow(t *testing.T) {
	for _, noIdle := range []bool{false, true} {
		t.Run(fmt.Sprintf("noIdle=%v", noIdle), func(t *testing.T) {
			m := newMemory(t, memoryOptions{noIdle: noIdle})
			s, st := newStore(), &states{}
			w := watch(t, m.mailbox(), s, inbound.Options{OnState: st.add})
			s.await(t, "connected", func() bool { return st.last().Connected })
			var wg sync.WaitGroup
			for g := range 8 {
				wg.Go(func() {
					folder := []string{"INBOX", "Junk"}[g%2]
					for i := range 20 {
						text := mail(1000*g + i)
						m.put(t, folder, time.Now(), text)
						if err := w.ReadNow(t.Context()); err != nil {
							t.Error(err)
							return
						}
						if !strings.Contains(strings.Join(s.texts(folder), "|"), text) {
							t.Errorf("ReadNow returned before the mail was stored")
							return
						}
					}
				})
			}
			wg.Wait()
			if s.count("INBOX") != 80 || s.count("Junk") != 80 || s.again != 0 {
				t.Errorf("%d and %d mails, %d twice; want 80 and 80, none twice", s.count("INBOX"), s.count("Junk"), s.again)
			}
			if m.logins.Load() != 1 {
				t.Errorf("%d logins, want 1", m.logins.Load())
			}
		})
	}
}

// TestReadNowAlone reads over a connection of its own when nothing runs.
func TestReadNowAlone(t *testing.T) {
	m := newMemory(t, memoryOptions{})
	m.put(t, "INBOX", time.Now(), mail(1))
	s := newStore()
	w := inbound.NewWatcher(m.mailbox(), s, inbound.Options{})
	for range 2 {
		if err := w.ReadNow(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if s.count("INBOX") != 1 || s.again != 0 {
		t.Errorf("%d mails, %d again", s.count("INBOX"), s.again)
	}
}

// TestLookBack: the first reading goes back 30 days, later ones go by UID, and
// a changed UIDVALIDITY begins anew without reaching further back.
func TestLookBack(t *testing.T) {
	for _, caps := range [][]imap.Cap{nil, {imap.CapESearch}} {
		t.Run(fmt.Sprint(caps), func(t *testing.T) {
			m := newMemory(t, memoryOptions{caps: caps})
			now := time.Now()
			for i := range 10 {
				m.put(t, "INBOX", now.AddDate(0, 0, -100+11*i), mail(i)) // the last 3 within 30 days
			}
			s := newStore()
			w := watch(t, m.mailbox(), s, inbound.Options{})
			read := func(want int) {
				t.Helper()
				if err := w.ReadNow(t.Context()); err != nil {
					t.Fatal(err)
				}
				if got := s.count("INBOX"); got != want {
					t.Fatalf("%d mails read, want %d", got, want)
				}
			}
			read(3)
			m.put(t, "INBOX", now.AddDate(0, 0, -90), mail(20)) // moved here just now: new by UID
			read(4)
			if err := m.user.Delete("INBOX"); err != nil {
				t.Fatal(err)
			}
			if err := m.user.Create("INBOX", nil); err != nil {
				t.Fatal(err)
			}
			m.put(t, "INBOX", now.AddDate(0, 0, -90), mail(30))
			m.put(t, "INBOX", now, mail(31))
			m.drop() // a server that makes a folder anew closes what had it open
			s.await(t, "the new folder is read", func() bool { return s.count("INBOX") == 5 })
			read(5)
		})
	}
}

// TestNothingOld: a folder of old mails only is not searched again and again.
func TestNothingOld(t *testing.T) {
	m := newMemory(t, memoryOptions{})
	for i := range 5 {
		m.put(t, "INBOX", time.Now().AddDate(-1, 0, 0), mail(i))
	}
	s := newStore()
	w := watch(t, m.mailbox(), s, inbound.Options{})
	if err := w.ReadNow(t.Context()); err != nil {
		t.Fatal(err)
	}
	if cur := s.curs["INBOX"]; s.count("INBOX") != 0 || cur.LastUID != 5 {
		t.Errorf("%d mails, cursor %+v; want none and UID 5", s.count("INBOX"), cur)
	}
}

// TestBatches: batches are bounded by count and bytes; a Sink that fails gets
// the same again, and no mail is left out.
func TestBatches(t *testing.T) {
	m := newMemory(t, memoryOptions{})
	const n = 100
	for i := range n {
		m.put(t, "INBOX", time.Now(), mail(i)+strings.Repeat("x", 1000))
	}
	s, st := newStore(), &states{}
	s.fail = func(call int) error {
		if call%3 == 0 {
			return errors.New("no room")
		}
		return nil
	}
	w := watch(t, m.mailbox(), s, inbound.Options{BatchCount: 30, BatchBytes: 5000, OnState: st.add})
	s.await(t, "all read", func() bool { return s.count("INBOX") == n })
	if s.biggest > 5000 || s.calls < n/4 {
		t.Errorf("batches of up to %d bytes in %d calls", s.biggest, s.calls)
	}
	for i, text := range s.texts("INBOX") {
		if !strings.HasPrefix(text, mail(i)) {
			t.Fatalf("mail %d is %.40q", i, text)
		}
	}
	s.mu.Lock()
	s.fail = func(int) error { return errors.New("no room") }
	s.mu.Unlock()
	m.put(t, "INBOX", time.Now(), mail(n))
	if x := said(t, w.ReadNow(t.Context())); !strings.Contains(x.Msg, "could not be stored") || x.Code != sales.Internal {
		t.Errorf("explained as %v", x)
	}
}

// TestBig: a mail above the limit is read in part.
func TestBig(t *testing.T) {
	m := newMemory(t, memoryOptions{})
	big := mail(1) + strings.Repeat("0123456789abcdef\r\n", 100_000)
	m.put(t, "INBOX", time.Now(), mail(0))
	m.put(t, "INBOX", time.Now(), big)
	m.put(t, "INBOX", time.Now(), mail(2))
	s := newStore()
	w := watch(t, m.mailbox(), s, inbound.Options{MaxSize: 1 << 20, PartSize: 4000})
	if err := w.ReadNow(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := s.mails["INBOX"]
	if len(got) != 3 || got[0].Truncated || !got[1].Truncated || got[2].Truncated {
		t.Fatalf("got %d mails", len(got))
	}
	if string(got[1].Raw) != big[:4000] || got[1].Size != int64(len(big)) {
		t.Errorf("%d bytes of %d read, want the first 4000 of %d", len(got[1].Raw), got[1].Size, len(big))
	}
}

// TestReconnects: a lost connection comes back by itself, and who asks
// meanwhile gets an answer.
func TestReconnects(t *testing.T) {
	m := newMemory(t, memoryOptions{})
	s := newStore()
	w := watch(t, m.mailbox(), s, inbound.Options{RetryMin: time.Hour, RetryMax: time.Hour}) // only asking brings it back
	for i := range 5 {
		m.put(t, "INBOX", time.Now(), mail(i))
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		err := w.ReadNow(ctx)
		cancel()
		if i == 0 && err != nil {
			t.Fatal(err)
		}
		if err != nil { // the loss was seen before the question: then the pause goes on
			said(t, err)
			return
		}
		if s.count("INBOX") != i+1 {
			t.Fatalf("%d mails, want %d", s.count("INBOX"), i+1)
		}
		m.drop()
	}
}

// TestComesBack: new mail is seen after the connection was lost again and again.
func TestComesBack(t *testing.T) {
	m := newMemory(t, memoryOptions{})
	s := newStore()
	watch(t, m.mailbox(), s, inbound.Options{})
	for i := range 10 {
		m.put(t, "INBOX", time.Now(), mail(i))
		s.await(t, "a mail after a lost connection", func() bool { return s.count("INBOX") == i+1 })
		m.drop()
	}
}

// TestCannotRead: ReadNow fails with words when the mailbox cannot be read.
func TestCannotRead(t *testing.T) {
	m := newMemory(t, memoryOptions{})
	mb := m.mailbox()
	mb.IMAP.Password = "wrong"
	s, st := newStore(), &states{}
	w := watch(t, mb, s, inbound.Options{OnState: st.add, RetryMax: time.Hour})
	s.await(t, "the state is told", func() bool { return st.last().Err != nil })
	if got := st.last(); got.Connected || !got.Broken || !strings.Contains(got.Message, "does not accept the user name") || got.RetryAt.IsZero() {
		t.Errorf("state %+v", got)
	}
	x := said(t, w.ReadNow(t.Context()))
	if x.Code != sales.Invalid || !strings.Contains(x.Msg, "Type the password again") {
		t.Errorf("explained as %v", x)
	}
	if n := m.logins.Load(); n > 2 {
		t.Errorf("%d logins with a wrong password", n)
	}
}

// TestNotStored: when what was read could not be stored, the server is well and
// the pause stays short.
func TestNotStored(t *testing.T) {
	m := newMemory(t, memoryOptions{})
	m.put(t, "INBOX", time.Now(), mail(1))
	s, st := newStore(), &states{}
	s.fail = func(int) error { return errors.New("no room") }
	began := time.Now()
	watch(t, m.mailbox(), s, inbound.Options{OnState: st.add, RetryMin: time.Hour, RetryMax: time.Hour})
	s.await(t, "the state is told", func() bool { return st.last().Err != nil })
	if got := st.last(); got.Broken || got.RetryAt.After(time.Now().Add(15*time.Second)) || !got.RetryAt.After(began) {
		t.Errorf("state %+v", got)
	}
}

// TestTwice: a mailbox is watched once.
func TestTwice(t *testing.T) {
	m := newMemory(t, memoryOptions{})
	s := newStore()
	w := watch(t, m.mailbox(), s, inbound.Options{})
	if err := w.ReadNow(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := w.Run(t.Context()); err == nil {
		t.Error("a second Run did not fail")
	}
}

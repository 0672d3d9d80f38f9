//go:build servers

package inbound_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/inbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/testserver"
)

// account is the mailbox of user at a Dovecot.
func account(d *testserver.DovecotServer, user string, sec sales.Security) sales.Mailbox {
	port := d.Port
	if sec == sales.SecurityTLS {
		port = d.TLSPort
	}
	return sales.Mailbox{ID: 7, Address: user + "@practice.example",
		IMAP: sales.Server{Host: d.Host, Port: port, Security: sec, Username: user, Password: testserver.DovecotPassword(user)}}
}

// TestDovecotTells: Dovecot's IDLE brings a delivered mail within two seconds,
// and no flag of any mail changes.
func TestDovecotTells(t *testing.T) {
	d := testserver.Dovecot(t, "ann")
	for _, sec := range []sales.Security{sales.SecurityTLS, sales.SecurityStartTLS} {
		t.Run(string(sec), func(t *testing.T) {
			s, st := newStore(), &states{}
			w := watch(t, account(d, "ann", sec), s, inbound.Options{Roots: d.Roots, OnState: st.add})
			s.await(t, "connected", func() bool { return st.last().Connected })
			if got := st.last(); got.Sent != "Sent" || got.Junk != "Junk" || !got.Idle {
				t.Errorf("state %+v", got)
			}
			var worst time.Duration
			for range 5 {
				have := s.count("INBOX")
				start := time.Now()
				d.Deliver(t, "ann", "INBOX", 1, func(int) []byte { return []byte(mail(have)) })
				s.await(t, "told of a mail", func() bool { return s.count("INBOX") == have+1 })
				worst = max(worst, time.Since(start))
			}
			t.Logf("told within %v at worst", worst.Round(time.Millisecond))
			// ReadNow does not wait for the server to tell.
			for i := range 20 {
				folder := []string{"INBOX", "Junk"}[i%2]
				have := s.count(folder)
				d.Deliver(t, "ann", folder, 1, func(int) []byte { return []byte(mail(1000 + i)) })
				start := time.Now()
				if err := w.ReadNow(t.Context()); err != nil {
					t.Fatal(err)
				}
				if s.count(folder) != have+1 {
					t.Errorf("ReadNow returned after %v without the mail in %s", time.Since(start), folder)
				}
				worst = max(worst, time.Since(start))
			}
			start := time.Now()
			for range 100 {
				if err := w.ReadNow(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			t.Logf("ReadNow with nothing new: %v", time.Since(start)/100)
		})
	}
	for _, folder := range []string{"INBOX", "Junk"} {
		for _, f := range d.Files(t, "ann", folder) {
			if _, flags, ok := strings.Cut(f, ":2,"); ok && flags != "" {
				t.Errorf("%s: %s has flags", folder, f)
			}
		}
	}
}

// counter is a Sink that keeps nothing but numbers.
type counter struct {
	mu    sync.Mutex
	n     int
	last  uint32
	order bool
	heap  []uint64 // after each batch
	cur   map[string]sales.Cursor
}

func (c *counter) Cursor(_ context.Context, _ sales.Mailbox, folder string) (sales.Cursor, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cur[folder], nil
}

func (c *counter) Receive(_ context.Context, _ sales.Mailbox, f inbound.Folder, mails []inbound.Mail, cur sales.Cursor) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range mails {
		c.order = c.order && m.UID > c.last
		c.last = m.UID
	}
	if f.Role == inbound.RoleInbox {
		c.n += len(mails)
	}
	c.cur[f.Name] = cur
	var ms runtime.MemStats
	runtime.ReadMemStats(&ms)
	c.heap = append(c.heap, ms.HeapInuse)
	return nil
}

// TestDovecotMany reads a mailbox of 50,000 mails: all of them, in order, in
// bounded time and flat memory; half-way it is interrupted and goes on.
func TestDovecotMany(t *testing.T) {
	const n = 50_000
	d := testserver.Dovecot(t, "ann")
	body := strings.Repeat("A line of the length that people write, more or less, here.\n", 60)
	start := time.Now()
	d.Deliver(t, "ann", "INBOX", n, func(i int) []byte {
		return fmt.Appendf(nil, "Subject: mail %d\nMessage-ID: <%d@buyer.example>\n\n%s", i, i, body)
	})
	t.Logf("%d mails made in %v", n, time.Since(start).Round(time.Millisecond))
	runtime.GC()
	c := &counter{order: true, cur: map[string]sales.Cursor{}}
	mb := account(d, "ann", sales.SecurityTLS)
	o := inbound.Options{Roots: d.Roots}

	start = time.Now()
	ctx, cancel := context.WithCancel(t.Context())
	stopped := &stopper{counter: c, at: n / 2, stop: cancel}
	if err := inbound.NewWatcher(mb, stopped, o).ReadNow(ctx); err == nil {
		t.Error("the interrupted reading did not fail")
	}
	half := c.n
	if half < n/2 || half > n/2+1000 {
		t.Errorf("interrupted after %d mails", half)
	}
	if err := inbound.NewWatcher(mb, c, o).ReadNow(t.Context()); err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	if c.n != n || !c.order {
		t.Errorf("%d mails read, in order: %v; want %d", c.n, c.order, n)
	}
	first, second := peak(c.heap[:len(c.heap)/2]), peak(c.heap[len(c.heap)/2:])
	t.Logf("%d mails in %v (%.0f/s), %d batches, heap at most %.1f MB in the first half, %.1f MB in the second",
		n, took.Round(time.Millisecond), n/took.Seconds(), len(c.heap), mb2(first), mb2(second))
	if took > 2*time.Minute {
		t.Errorf("took %v", took)
	}
	if second > 64<<20 || second > first*2 {
		t.Errorf("the memory grows: %.1f MB, then %.1f MB", mb2(first), mb2(second))
	}

	start = time.Now()
	if err := inbound.NewWatcher(mb, c, o).ReadNow(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Logf("once more, with login, nothing new: %v", time.Since(start).Round(time.Millisecond))
	if c.n != n {
		t.Errorf("%d mails were read again", c.n-n)
	}
	for _, f := range d.Files(t, "ann", "INBOX") {
		if _, flags, ok := strings.Cut(f, ":2,"); ok && flags != "" {
			t.Fatalf("%s has flags", f)
		}
	}
}

// stopper ends the reading after some mails, between two batches.
type stopper struct {
	*counter
	at   int
	stop func()
}

func (s *stopper) Receive(ctx context.Context, mb sales.Mailbox, f inbound.Folder, mails []inbound.Mail, cur sales.Cursor) error {
	err := s.counter.Receive(ctx, mb, f, mails, cur)
	if s.n >= s.at {
		s.stop()
	}
	return err
}

func peak(l []uint64) (most uint64) {
	for _, v := range l {
		most = max(most, v)
	}
	return most
}

func mb2(b uint64) float64 { return float64(b) / (1 << 20) }

// TestDovecotFiles files mails in Sent, which the watcher then reads, and
// finds them by Message-ID.
func TestDovecotFiles(t *testing.T) {
	d := testserver.Dovecot(t, "ann")
	mb := account(d, "ann", sales.SecurityStartTLS)
	a := inbound.NewAppender(inbound.Options{Roots: d.Roots})
	defer a.Close()
	start := time.Now()
	for i := range 200 {
		if err := a.Append(t.Context(), mb, []byte(mail(i)), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("filing a mail takes %v", (time.Since(start) / 200).Round(time.Microsecond))
	big := mail(999) + strings.Repeat(strings.Repeat("z", 76)+"\r\n", 30<<20/78-10)
	if err := a.Append(t.Context(), mb, []byte(big), time.Now()); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]bool{"7@buyer.example": true, "<999@buyer.example>": true, "none@buyer.example": false} {
		if found, err := a.FindSent(t.Context(), mb, inbound.Sought{HeaderID: id}); err != nil || found != want {
			t.Errorf("%s: found %v (%v), want %v", id, found, err, want)
		}
	}
	rewritten := inbound.Sought{HeaderID: "ours@brightmail.example", Ref: "a-token", To: "rui@brightwater.example", At: time.Now()}
	for _, want := range []bool{false, true} {
		if found, err := a.FindSent(t.Context(), mb, rewritten); err != nil || found != want {
			t.Errorf("under another Message-ID: found %v (%v), want %v", found, err, want)
		}
		if err := a.Append(t.Context(), mb, filed("theirs@server.example", "Rui <rui@brightwater.example>", "a-token"), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	s, st := newStore(), &states{}
	watch(t, mb, s, inbound.Options{Roots: d.Roots, OnState: st.add, Poll: 50 * time.Millisecond})
	s.await(t, "connected", func() bool { return st.last().Connected })
	if got := s.count("Sent"); got != 0 {
		t.Fatalf("%d mails of before were read from Sent", got)
	}
	for _, raw := range []string{mail(1000), strings.Replace(big, "999@", "1001@", 1)} {
		if err := a.Append(t.Context(), mb, []byte(raw), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	s.await(t, "what was sent since", func() bool { return s.count("Sent") == 2 })
	got := s.texts("Sent")
	if got[0] != mail(1000) || len(got[1]) != 256<<10 || !strings.HasPrefix(big, got[1][:20]) {
		t.Errorf("%d and %d bytes", len(got[0]), len(got[1]))
	}
	mb.IMAP.Password = "wrong"
	_, err := inbound.Dial(t.Context(), mb, inbound.Options{Roots: d.Roots})
	if x := said(t, err); x.Code != sales.Invalid || !strings.Contains(x.Msg, "does not accept the user name") {
		t.Errorf("a wrong password is explained as %v", x)
	}
}

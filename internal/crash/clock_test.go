package crash

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"ninetyten/internal/app"
	"ninetyten/internal/config"
	"ninetyten/internal/store"
)

// setClock is the clock of a machine that is set by hand.
type setClock struct{ off atomic.Int64 } // seconds

func (c *setClock) set(by time.Duration) { c.off.Add(int64(by / time.Second)) }

// wall is what time.Now gives on that machine: the time is another, the monotonic
// reading goes on as if nothing had happened. A time.Time with such a reading has
// its seconds in the upper bits of its first word, above 30 bits of nanoseconds.
func (c *setClock) wall() time.Time {
	t := time.Now()
	*(*int64)(unsafe.Pointer(&t)) += c.off.Load() << 30
	return t
}

// Now implements sales.Clock.
func (c *setClock) Now() time.Time { return c.wall().UTC() }

// TestSetClock: the clock of the tests is one that was set, not one that ran.
func TestSetClock(t *testing.T) {
	var c setClock
	a := c.wall()
	c.set(-time.Hour)
	b := c.wall()
	if d := b.Sub(a); d < 0 || d > time.Minute {
		t.Errorf("between two looks %v passed", d)
	}
	if d := b.Round(0).Sub(a.Round(0)); d > -59*time.Minute || d < -61*time.Minute {
		t.Errorf("it was set by %v", d)
	}
}

// inside runs the program in this process, with the clock, until stop is called.
func (s *site) inside(t *testing.T, c *setClock, name string) (stop func()) {
	t.Helper()
	log, err := os.OpenFile(filepath.Join(s.logs, name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(t.Context(), config.Config{Data: s.dir, Database: s.url, Listen: "127.0.0.1:0", Node: name, Pulse: 100 * time.Millisecond, Lease: 2 * time.Second, Workers: 8},
		app.Options{Clock: c, Wall: c.wall, Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelWarn}))})
	if err != nil {
		t.Fatal(err)
	}
	l, err := a.Listen()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, l) }()
	ended := false
	stop = func() {
		if ended {
			return
		}
		ended = true
		cancel()
		if err := errors.Join(<-done, a.Close(), log.Close()); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(stop)
	return stop
}

// TestClockIsSet sets the clock forward by an hour and back while the program
// sends, and starts it again after a node that died when the clock was wrong.
func TestClockIsSet(t *testing.T) { clockIsSet(t, sqlite) }

func clockIsSet(t *testing.T, database func() string) {
	t.Parallel()
	s := newSite(t, database(), 41)
	ctx := t.Context()
	c := &setClock{}
	s.now = c.wall
	// What is decided in the moment in which the clock is set may be for the time
	// that it showed before: so people keep coming.
	goesOn := func(what string, mails int) {
		t.Helper()
		before, last := s.out.count(), time.Time{}
		if err := until(ctx, 2*time.Minute, what, func(ctx context.Context) (bool, error) {
			if time.Since(last) > time.Second {
				last = time.Now()
				if err := s.enroll(ctx, 20, 20*time.Millisecond); err != nil {
					return false, err
				}
			}
			return s.out.count() >= before+mails, nil
		}); err != nil {
			left, lerr := s.left(ctx)
			t.Fatal(err, left, lerr, s.jobs())
		}
	}
	stop := s.inside(t, c, "node")
	goesOn("it sends", 40)
	c.set(time.Hour)
	goesOn("it sends on when the clock was set forward", 40)
	if err := s.enroll(ctx, 40, 20*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	c.set(-time.Hour)
	goesOn("it sends on when the clock was set back", 40)
	stop()
	// A node took the mailboxes when the clock was wrong, and died.
	wrong := c.wall().Add(time.Hour)
	for _, mb := range s.boxes {
		for _, l := range []store.Lease{store.LeaseSend, store.LeaseWatch} {
			if ok, err := s.store.TakeLease(ctx, l, ws, mb.ID, "dead", wrong, wrong.Add(2*time.Second)); err != nil || !ok {
				t.Fatal(ok, err)
			}
		}
	}
	s.inside(t, c, "another")
	goesOn("it sends after a node that died", 40)
	c.set(time.Hour) // passes, so that what was planned by the wrong clock is due
	if err := s.quiet(ctx, 2*time.Minute); err != nil {
		t.Fatal(err)
	}
	got, err := s.check(ctx, none)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v", got)
	if err := got.err(); err != nil {
		t.Error(err)
	}
	b, err := os.ReadFile(filepath.Join(s.logs, "node.log"))
	if err != nil || got.Unknown != 0 {
		t.Error(err, got.Unknown, "are unknown")
	}
	for _, want := range []string{"by=1h0m0s", "by=-1h0m0s"} {
		if n := strings.Count(string(b), want); n != 1 {
			t.Errorf("the log says %d times that the clock was set %s:\n%s", n, want, b)
		}
	}
}

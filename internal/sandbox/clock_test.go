package sandbox

import (
	"context"
	"errors"
	"math"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestClockRunsFastAndFasterOnWeekends(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := DefaultStart()
		c := NewClock(start, DefaultSpeed)
		time.Sleep(90 * time.Second) // virtual time of synctest
		if got := c.Now().Sub(start); got != 24*time.Hour {
			t.Fatalf("24 hours in 90 seconds: %v", got)
		}
		friday := time.Date(2026, 3, 6, 20, 0, 0, 0, time.UTC)
		monday := time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)
		c.Advance(friday)
		d, ok := c.WallUntil(monday)
		// 5.5 h to Saturday 01:30, 45 h at 20 times the speed, 1.5 h from Sunday 22:30.
		want := (7.0 + 45.0/DeadFactor) * 3600 / DefaultSpeed
		if !ok || math.Abs(d.Seconds()-want) > 0.01 {
			t.Fatalf("the weekend takes %v, want %.2f s", d, want)
		}
		time.Sleep(d)
		if now := c.Now(); now.Before(monday) || now.Sub(monday) > time.Minute {
			t.Fatal(now)
		}
	})
}

func TestClockNeverGoesBack(t *testing.T) {
	c := NewClock(DefaultStart(), 50_000)
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			last := time.Time{}
			for i := range 5000 {
				now := c.Now()
				if now.Before(last) {
					t.Errorf("%v after %v", now, last)
					return
				}
				last = now
				switch i % 500 {
				case 100 * g:
					c.SetSpeed(float64(i * 10))
				case 100*g + 50:
					c.Advance(now.Add(time.Hour))
					c.Advance(now.Add(-time.Hour))
				}
			}
		})
	}
	wg.Wait()
}

// A wall clock that is set back must not turn the world back.
func TestClockWithAWallClockThatIsSetBack(t *testing.T) {
	wall := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	c := newClock(DefaultStart(), 10, func() time.Time { return wall })
	wall = wall.Add(time.Minute)
	before := c.Now()
	wall = wall.Add(-time.Hour)
	if now := c.Now(); !now.Equal(before) {
		t.Fatal(now, before)
	}
}

func TestClockThatStandsStill(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewClock(DefaultStart(), 0)
		time.Sleep(time.Hour)
		if !c.Now().Equal(DefaultStart()) {
			t.Fatal("it moved by itself")
		}
		if _, ok := c.WallUntil(c.Now().Add(time.Second)); ok {
			t.Fatal("it will never come")
		}
		done := make(chan error, 2)
		go func() { done <- c.Wait(t.Context(), DefaultStart().Add(time.Hour)) }()
		synctest.Wait()
		c.Advance(DefaultStart().Add(30 * time.Minute))
		synctest.Wait()
		select {
		case <-done:
			t.Fatal("too early")
		default:
		}
		c.Advance(DefaultStart().Add(time.Hour))
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		go func() { done <- c.Wait(ctx, DefaultStart().Add(100*time.Hour)) }()
		synctest.Wait()
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if len(c.waits) != 0 {
			t.Fatal("a wait was left behind")
		}
	})
}

func TestClockWaitsAtSpeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewClock(DefaultStart(), DefaultSpeed)
		began := time.Now()
		if err := c.Wait(t.Context(), DefaultStart().Add(16*time.Minute)); err != nil {
			t.Fatal(err)
		}
		if d := time.Since(began); d < time.Second || d > time.Second+10*time.Millisecond {
			t.Fatal(d)
		}
	})
}

func TestDeadHours(t *testing.T) {
	for _, c := range []struct {
		at    string
		dead  bool
		until string
	}{
		{"2026-03-02T08:00:00Z", false, "2026-03-07T01:30:00Z"},
		{"2026-03-07T01:29:59Z", false, "2026-03-07T01:30:00Z"},
		{"2026-03-07T01:30:00Z", true, "2026-03-08T22:30:00Z"},
		{"2026-03-08T12:00:00Z", true, "2026-03-08T22:30:00Z"},
		{"2026-03-08T22:30:00Z", false, "2026-03-14T01:30:00Z"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		dead, until := deadHours(at)
		if dead != c.dead || until.Format(time.RFC3339) != c.until {
			t.Errorf("%s: %v until %v", c.at, dead, until)
		}
	}
}

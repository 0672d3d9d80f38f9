package sandbox

import (
	"context"
	"sync"
	"time"
)

// Speeds of a Clock.
const (
	// DefaultSpeed lets 24 hours pass in 90 seconds, a working day in about 30
	// to 35, with the windows of several zones after each other about a minute.
	DefaultSpeed = 960
	// DeadFactor is how much faster the hours pass in which nobody works in any
	// zone, so that who watches never waits for a weekend.
	DeadFactor = 20
)

// Clock is the clock of the practice world (sales.Clock). It runs a fixed factor
// faster than the wall clock, and DeadFactor times that on weekends; or it
// stands still until Advance is called. It never goes back. Its methods may be
// called from everywhere.
type Clock struct {
	wall func() time.Time // with a monotonic reading

	mu     sync.Mutex
	speed  float64 // 0: stands still
	atWall time.Time
	at     time.Time
	waits  map[chan struct{}]struct{} // told when the clock is changed by hand
}

// NewClock starts a clock at start. Speed is world seconds per second of
// working time; 0 makes it stand still until Advance ("max").
func NewClock(start time.Time, speed float64) *Clock { return newClock(start, speed, time.Now) }

func newClock(start time.Time, speed float64, wall func() time.Time) *Clock {
	return &Clock{wall: wall, speed: max(speed, 0), atWall: wall(), at: start.UTC(), waits: map[chan struct{}]struct{}{}}
}

// DefaultStart is Monday 2 March 2026, 08:00 UTC: nine in Berlin, before the
// changes to summer time.
func DefaultStart() time.Time { return time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC) }

// Now is the world time, in UTC.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.nowLocked()
}

func (c *Clock) nowLocked() time.Time {
	w := c.wall()
	spent := w.Sub(c.atWall)
	if spent <= 0 || c.speed == 0 {
		c.atWall = later(w, c.atWall)
		return c.at
	}
	c.atWall = w
	for spent > 0 {
		rate, until := c.rate(c.at)
		need := time.Duration(float64(until.Sub(c.at)) / rate)
		if need > spent {
			c.at = c.at.Add(time.Duration(float64(spent) * rate))
			break
		}
		c.at = until
		spent -= need
	}
	return c.at
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// rate is how fast the world goes at t, and until when.
func (c *Clock) rate(t time.Time) (float64, time.Time) {
	dead, until := deadHours(t)
	if dead {
		return c.speed * DeadFactor, until
	}
	return c.speed, until
}

// deadHours tells whether nobody works anywhere: from Saturday 01:30 UTC, when
// the last office on the American west coast has closed, to Sunday 22:30 UTC,
// when the first in Sydney opens. until is when that changes.
func deadHours(t time.Time) (dead bool, until time.Time) {
	t = t.UTC()
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	saturday := day.AddDate(0, 0, (int(time.Saturday)-int(day.Weekday())+7)%7)
	if day.Weekday() == time.Sunday {
		saturday = day.AddDate(0, 0, -1)
	}
	begin, end := saturday.Add(90*time.Minute), saturday.Add(46*time.Hour+30*time.Minute)
	switch {
	case t.Before(begin):
		return false, begin
	case t.Before(end):
		return true, end
	}
	return false, begin.AddDate(0, 0, 7)
}

// Speed is the factor in working time; 0 when it stands still.
func (c *Clock) Speed() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.speed
}

// SetSpeed changes the factor from now on; 0 stops the clock.
func (c *Clock) SetSpeed(speed float64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.nowLocked()
	c.speed = max(speed, 0)
	c.tellLocked()
}

// Advance moves a clock on to that moment. A moment that has passed changes
// nothing.
func (c *Clock) Advance(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.nowLocked(); to.After(now) {
		c.at = to.UTC()
		c.tellLocked()
	}
}

func (c *Clock) tellLocked() {
	for w := range c.waits {
		close(w)
	}
	clear(c.waits)
}

// WallUntil is how long it takes on the wall until the world reaches t: 0 when
// it has, and ok is false when the clock stands still.
func (c *Clock) WallUntil(t time.Time) (d time.Duration, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.wallUntilLocked(t)
}

func (c *Clock) wallUntilLocked(t time.Time) (d time.Duration, ok bool) {
	now := c.nowLocked()
	if !t.After(now) {
		return 0, true
	}
	if c.speed == 0 {
		return 0, false
	}
	for now.Before(t) {
		rate, until := c.rate(now)
		if until.After(t) {
			until = t
		}
		d += time.Duration(float64(until.Sub(now)) / rate)
		now = until
	}
	return d + time.Microsecond, true // rounding must not end the wait before t
}

// Wait returns when the world reaches t, by itself or by Advance, or with the
// error of ctx.
func (c *Clock) Wait(ctx context.Context, t time.Time) error {
	for {
		c.mu.Lock()
		d, runs := c.wallUntilLocked(t)
		if runs && d == 0 {
			c.mu.Unlock()
			return nil
		}
		told := make(chan struct{})
		c.waits[told] = struct{}{}
		c.mu.Unlock()
		var timer <-chan time.Time
		if runs {
			timer = time.After(d)
		}
		select {
		case <-ctx.Done():
			c.mu.Lock()
			delete(c.waits, told)
			c.mu.Unlock()
			return ctx.Err()
		case <-told:
		case <-timer:
			c.mu.Lock()
			delete(c.waits, told)
			c.mu.Unlock()
		}
	}
}

package invariants

import (
	"sync"
	"time"
)

// clock is the clock of the business, which somebody sets wrong now and then. It
// knows the true time as well: agendas run on it, and so do the leases, which are
// on the clock of the machine.
type clock struct {
	mu    sync.Mutex
	truth time.Time
	off   time.Duration // what the clock shows more than the truth
	most  time.Time     // the latest that it showed before somebody set it
}

// Now implements sales.Clock.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.truth.Add(c.off)
}

// real is the true time.
func (c *clock) real() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.truth
}

// to lets time pass until a true moment; it never goes back.
func (c *clock) to(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t = t.Truncate(time.Microsecond); t.After(c.truth) { // as exact as the database
		c.truth = t
	}
}

// set sets the clock wrong by off.
func (c *clock) set(off time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.truth.Add(c.off); now.After(c.most) {
		c.most = now
	}
	c.off = off
}

// shown tells whether the clock showed t before it was set back. What was due at
// once then is due at t still.
func (c *clock) shown(t time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !t.After(c.most)
}

// trueOf is the true moment at which the clock shows t, unless it is set anew.
func (c *clock) trueOf(t time.Time) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return t.Add(-c.off)
}

// stamp is a moment on both.
type stamp struct{ clock, truth time.Time }

func (c *clock) stamp() stamp {
	c.mu.Lock()
	defer c.mu.Unlock()
	return stamp{clock: c.truth.Add(c.off), truth: c.truth}
}

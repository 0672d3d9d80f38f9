package httpx

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limiter bounds how often something may be tried under a key. It keeps at most
// max keys in two generations: when the young one is full, the old one is
// dropped, so memory stays bounded under attack and an attacked key, asked for
// again and again, stays.
type Limiter struct {
	mu         sync.Mutex
	every      rate.Limit
	burst      int
	max        int
	young, old map[string]*rate.Limiter
}

// NewLimiter allows burst tries at once and then one each interval, for each of
// about max keys.
func NewLimiter(interval time.Duration, burst, max int) *Limiter {
	return &Limiter{every: rate.Every(interval), burst: burst, max: max, young: map[string]*rate.Limiter{}, old: map[string]*rate.Limiter{}}
}

// Allow takes one try of key at now, and tells whether there was one, and else
// after how long there is.
func (l *Limiter) Allow(key string, now time.Time) (bool, time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.get(key).ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait == 0 {
		return true, 0
	}
	r.CancelAt(now)
	return false, wait
}

// Forget gives key its tries back: the login was right.
func (l *Limiter) Forget(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.young, key)
	delete(l.old, key)
}

func (l *Limiter) get(key string) *rate.Limiter {
	if one, ok := l.young[key]; ok {
		return one
	}
	one, ok := l.old[key]
	if !ok {
		one = rate.NewLimiter(l.every, l.burst)
	}
	if len(l.young) >= max(1, l.max/2) {
		l.old, l.young = l.young, map[string]*rate.Limiter{}
	}
	l.young[key] = one
	return one
}

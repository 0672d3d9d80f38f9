package sandbox

import (
	"container/heap"
	"context"
	"time"
)

// event is something that will happen. Events of the same moment happen in the
// order of their keys, so that no map or goroutine decides.
type event struct {
	at  time.Time
	key string
	run func(ctx context.Context, now time.Time)
}

// queue is a heap of events, the next one first.
type queue []event

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	if !q[i].at.Equal(q[j].at) {
		return q[i].at.Before(q[j].at)
	}
	return q[i].key < q[j].key
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(event)) }
func (q *queue) Pop() any {
	old := *q
	e := old[len(old)-1]
	old[len(old)-1] = event{}
	*q = old[:len(old)-1]
	return e
}

// plan puts an event into the queue, and wakes Run when it is the next one now;
// call it with w.mu held.
func (w *World) plan(at time.Time, key string, run func(context.Context, time.Time)) {
	heap.Push(&w.queue, event{at, key, run})
	if w.queue[0].key == key {
		close(w.changed)
		w.changed = make(chan struct{})
	}
}

// NextAt is when the next thing happens by itself; ok is false when nothing is
// planned.
func (w *World) NextAt() (at time.Time, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.queue) == 0 {
		return time.Time{}, false
	}
	return w.queue[0].at, true
}

// RunDue lets everything happen that is due at now, in order, and tells how much
// that was. Calls wait for each other. It stops early when ctx ends.
func (w *World) RunDue(ctx context.Context, now time.Time) int {
	w.running.Lock()
	defer w.running.Unlock()
	for n := 0; ; n++ {
		w.mu.Lock()
		if ctx.Err() != nil || len(w.queue) == 0 || w.queue[0].at.After(now) {
			w.mu.Unlock()
			return n
		}
		e := heap.Pop(&w.queue).(event)
		w.mu.Unlock()
		e.run(ctx, now)
	}
}

// Waiter is a clock that can be waited on; *Clock is one.
type Waiter interface {
	Now() time.Time
	Wait(ctx context.Context, t time.Time) error
}

// Run lets the world happen as its clock goes, until ctx ends.
func (w *World) Run(ctx context.Context, clock Waiter) {
	for ctx.Err() == nil {
		w.mu.Lock()
		changed := w.changed
		w.mu.Unlock()
		w.RunDue(ctx, clock.Now())
		next, ok := w.NextAt()
		if !ok {
			next = clock.Now().Add(time.Hour)
		}
		waiting, cancel := context.WithCancel(ctx)
		go func() { // something was planned meanwhile: look again
			select {
			case <-changed:
				cancel()
			case <-waiting.Done():
			}
		}()
		_ = clock.Wait(waiting, next) // ended, reached or changed: the loop looks
		cancel()
	}
}

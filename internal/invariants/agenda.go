package invariants

import (
	"container/heap"
	"context"
	"time"
)

// plan is something that will happen at a true moment.
type plan struct {
	at time.Time
	n  int // plans for one moment happen in the order in which they were made
	do func(ctx context.Context) error
}

// agenda is what will happen, the next first.
type agenda struct {
	list planHeap
	n    int
}

// add plans something.
func (a *agenda) add(at time.Time, do func(ctx context.Context) error) {
	a.n++
	heap.Push(&a.list, plan{at, a.n, do})
}

// next is when the next thing happens; false when there is none.
func (a *agenda) next() (time.Time, bool) {
	if len(a.list) == 0 {
		return time.Time{}, false
	}
	return a.list[0].at, true
}

// due takes the next thing off that happens by now.
func (a *agenda) due(now time.Time) (plan, bool) {
	if len(a.list) == 0 || a.list[0].at.After(now) {
		return plan{}, false
	}
	return heap.Pop(&a.list).(plan), true
}

// clear forgets everything.
func (a *agenda) clear() { a.list = nil }

type planHeap []plan

func (h planHeap) Len() int { return len(h) }
func (h planHeap) Less(i, j int) bool {
	if h[i].at.Equal(h[j].at) {
		return h[i].n < h[j].n
	}
	return h[i].at.Before(h[j].at)
}
func (h planHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *planHeap) Push(x any)   { *h = append(*h, x.(plan)) }
func (h *planHeap) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

package bench

import (
	"context"
	"sync"
	"time"

	"ninetyten/internal/runner"
	"ninetyten/internal/store"
)

// work does what is due as the jobs of nodes do: on each node one worker begins
// steps while the others send the mailboxes in turn, whichever is free. It ends
// when nothing is due any more.
func (w *world) work(ctx context.Context, workers int, nodes ...*runner.Runner) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var advancing, draining sync.WaitGroup
	next, back := make(chan turn), make(chan turn, len(w.boxes))
	for _, r := range nodes {
		advancing.Go(func() {
			if _, err := r.Advance(ctx, w.ws); err != nil {
				cancel(err)
			}
		})
		for range max(1, workers-1) {
			draining.Go(func() {
				for t := range next {
					n, err := r.Drain(ctx, t.box)
					if err != nil {
						cancel(err)
					}
					t.sent = n
					back <- t
				}
			})
		}
	}
	begun := make(chan struct{})
	go func() {
		advancing.Wait()
		close(begun)
	}()
	deal(ctx, w.boxes, next, back, begun, func(b store.MailboxRef) bool {
		at, err := w.store.NextMailing(ctx, b.WorkspaceID, b.MailboxID)
		if err != nil {
			cancel(err)
		}
		return err == nil && !at.IsZero() && !at.After(w.clock.Now())
	})
	close(next)
	draining.Wait()
	<-begun
	return context.Cause(ctx)
}

// turn is one pass over a mailbox.
type turn struct {
	box  store.MailboxRef
	sent int
	last bool // every step had begun before it
}

// deal gives out the mailboxes that nobody is at, again and again, until each had
// a pass that found nothing although every step had begun, and nothing is left: a
// pass on a busy machine may put off what was too late to begin.
func deal(ctx context.Context, boxes []store.MailboxRef, next chan<- turn, back <-chan turn, begun <-chan struct{}, left func(store.MailboxRef) bool) {
	waiting, done := make([]turn, 0, len(boxes)), 0
	for _, b := range boxes {
		waiting = append(waiting, turn{box: b})
	}
	all := false
	var idle []turn // found nothing: not asked again at once
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for done < len(boxes) {
		var out chan<- turn
		var head turn
		if len(waiting) > 0 {
			out, head = next, waiting[0]
			head.last = all
		}
		select {
		case out <- head:
			waiting = waiting[1:]
		case t := <-back:
			switch {
			case t.sent > 0:
				waiting = append(waiting, t)
			case t.last && !left(t.box):
				done++
			default:
				idle = append(idle, t)
			}
		case <-begun:
			all, begun = true, nil
		case <-tick.C:
			waiting, idle = append(waiting, idle...), nil
		case <-ctx.Done():
			return
		}
	}
}

package runner

import (
	"context"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// overlapFrom is from how many mails on the next round is made ready meanwhile.
const overlapFrom = 50

// mayOverlap tells whether the next round may be made ready, and begin to go, before
// it is written down what came of x. With caps, a ramp or a pause the mails of x
// decide how many may follow. Of the people of x nothing goes either way (busy). A
// round of one connection has nothing beside it.
func (r *Runner) mayOverlap(x *round) bool {
	l := x.mb.Limits
	return r.conns() > 1 && x.more && !x.byHand && len(x.ready) >= overlapFrom && x.mb.State == sales.MailboxOK &&
		l.PerHour <= 0 && l.PerDay <= 0 && l.PerWeek <= 0 && l.GapMin <= 0
}

// prepared is what a look ahead found.
type prepared struct {
	round *round
	err   error
}

// lookAhead makes the next round ready beside x, whose attempts are recorded. It is
// nil when x and the next must not overlap.
func (r *Runner) lookAhead(ctx context.Context, ref store.MailboxRef, ls *letters, p *pace, x *round, last *writing) <-chan prepared {
	if !r.mayOverlap(x) {
		return nil
	}
	busy := x.people(map[sales.ID]bool{})
	if last.of != nil {
		busy = last.of.people(busy)
	}
	out := make(chan prepared, 1)
	size, weight := p.size, x.weight
	go func() {
		y, err := r.prepare(ctx, ref, ls, size, weight, busy)
		out <- prepared{y, err}
	}()
	return out
}

// writing is the round whose results are being written down, beside the next.
type writing struct {
	of   *round // nil: none
	done chan error
	sent int // by all rounds that are written down
}

// begin writes down what came of x.
func (w *writing) begin(ctx context.Context, r *Runner, x *round, results []outcome) {
	w.of, w.done = x, make(chan error, 1)
	go func() {
		w.done <- r.write(ctx, x, results, w)
	}()
}

// wait waits until it is written down.
func (w *writing) wait() error {
	if w.of == nil {
		return nil
	}
	err := <-w.done
	w.of = nil
	return err
}

// write writes down what came of a round, even while the program is stopping, and
// gives back the room that it took.
func (r *Runner) write(ctx context.Context, x *round, results []outcome, w *writing) error {
	defer x.free()
	rec, stop := r.recording(ctx)
	defer stop()
	sent, err := r.record(rec, x.mb, x.accounts, results)
	w.sent += sent
	r.at(PointRecorded)
	return err
}

package bench

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"ninetyten/internal/sales"
)

// nodeWorkers is how many jobs a node does at a time unless it is told
// otherwise.
const nodeWorkers = 8

// Pick measures all that a due mail costs but SMTP: with N enrollments of which
// a tenth is due, choose, decide, gate, render, record the attempt, hand over to
// a server that takes it at once, record the result and set the next time. Peer:
// the bare loop on the same database.
func Pick(ctx context.Context, o Options) (Result, error) {
	o.N, o.Size, o.Boxes, o.Runs = orElse(o.N, 1_000_000), orElse(o.Size, 2048), orElse(o.Boxes, 50), min(orElse(o.Runs, 5), dueEvery-1)
	list, stop, notes, err := databases(ctx, o.Database)
	if err != nil {
		return Result{}, err
	}
	defer stop()
	var cases []Result
	for _, d := range list {
		c, err := d.pick(ctx, o)
		if err != nil {
			return Result{}, fmt.Errorf("%s: %w", d.name, err)
		}
		cases = append(cases, c)
	}
	top := headline(cases)
	top.Notes = append(notes, fmt.Sprintf("a tenth of %d enrollments due at once, in lists of up to 500 of one seller, six of ten of them follow-ups in a thread, %d mailboxes without caps, mails of about %d bytes, %d jobs at a time", o.N, o.Boxes, o.Size, nodeWorkers))
	for _, c := range cases {
		is := c.Peers[0].Ratio
		top.Aims = append(top.Aims, Aim{What: c.Case + " beside the bare loop", Want: "at least 0.70", Is: is, Holds: is >= 0.70})
	}
	return top, nil
}

func (d *database) pick(ctx context.Context, o Options) (Result, error) {
	res := Result{Case: d.name, N: o.N / dueEvery, Checks: map[string]int{}}
	w, err := d.newWorld(ctx)
	if err != nil {
		return res, err
	}
	defer w.close()
	if err := w.found(ctx, o, "127.0.0.1:1"); err != nil {
		return res, err
	}
	took, err := w.load(ctx, o.N, dueEvery, o.Runs)
	if err != nil {
		return res, err
	}
	res.Load = took.Seconds()
	least, err := newBare(ctx, w, o.N, o.Runs)
	if err != nil {
		return res, err
	}
	forgetPeak()
	var ours samples
	var theirs, keeping samples
	for day := range o.Runs {
		s, n, err := w.pickDay(ctx, o, day)
		if err != nil {
			return res, err
		}
		ours = append(ours, s)
		res.Checks["sent in all"] += n
		res.PeakMB = peakMB()
		for _, x := range []struct {
			runs  *samples
			keep  int
			share time.Duration // the half of the ten minutes that is done by this one
		}{{&theirs, 0, 5 * time.Minute}, {&keeping, o.Size, 10 * time.Minute}} {
			least.keep = nil
			if x.keep > 0 {
				least.keep = make([]byte, x.keep)
			}
			m := d.begin()
			n, err := least.run(ctx, workday(day).Add(x.share), d.bareWorkers())
			if err != nil {
				return res, err
			}
			*x.runs = append(*x.runs, m.end(int(n)))
			res.Checks["done by the bare loops in all"] += int(n)
		}
	}
	ours.into(&res)
	res.Peers = []Peer{peerRuns("bare claim-and-update loop", res.Runs, theirs), peerRuns("the same that keeps each mail", res.Runs, keeping)}
	return res, nil
}

// bareWorkers is with how many workers the bare loop is quickest.
func (d *database) bareWorkers() int {
	if d.name == "sqlite" {
		return 1 // there is one writer
	}
	return runtime.NumCPU()
}

// pickDay does the work of one day with a server that takes mail at once.
func (w *world) pickDay(ctx context.Context, o Options, day int) (sample, int, error) {
	to := &taker{}
	file := o.Profile
	if day > 0 {
		file = "" // the first day is as good as any
	}
	stop, err := profile(file)
	if err != nil {
		return sample{}, 0, err
	}
	defer stop()
	return w.day(ctx, day, to.n.Load, func() error {
		return w.work(ctx, nodeWorkers, w.node("bench", w.store, to, o))
	})
}

// day lets do do the work of one day, measures it, and compares the counts: what
// was due, what the server took, and what is recorded.
func (w *world) day(ctx context.Context, day int, taken func() int64, do func() error) (sample, int, error) {
	at := workday(day).Add(15 * time.Minute)
	due, err := w.dueOn(ctx, at)
	if err != nil {
		return sample{}, 0, err
	}
	before, err := w.sent(ctx)
	if err != nil {
		return sample{}, 0, err
	}
	was := taken()
	w.clock.set(at)
	m := w.base.begin()
	err = do()
	s := m.end(max(due, 1))
	if err != nil {
		return s, 0, err
	}
	after, err := w.sent(ctx)
	if err != nil {
		return s, 0, err
	}
	if n, took := after-before, int(taken()-was); n != due || took != due {
		return s, n, sales.Errorf(sales.Internal, "of %d mails that were due on day %d, %d went and %d are recorded", due, day, took, n)
	}
	return s, due, nil
}

// sent counts the mails that are recorded as sent.
func (w *world) sent(ctx context.Context) (int, error) {
	states, err := w.store.MailingStates(ctx, w.ws)
	return states[sales.MailingSent], err
}

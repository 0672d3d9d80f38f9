package bench

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"ninetyten/internal/outbound"
	"ninetyten/internal/runner"
	"ninetyten/internal/store"
)

// slowAnswer is how long the server of the bench nodes takes for each answer.
const slowAnswer = 50 * time.Millisecond

// Nodes measures one, two and three nodes on one PostgreSQL, each with a pool of
// its own, sending over a server that takes 50 ms for each answer: work that
// waits. Then the same nodes with a server that takes mail at once: there the
// database, or the machine that it shares with the nodes, is the limit.
func Nodes(ctx context.Context, o Options) (Result, error) {
	o.N, o.Size, o.Boxes, o.Conns, o.Runs = orElse(o.N, 5_000), orElse(o.Size, 2048), orElse(o.Boxes, 96), orElse(o.Conns, 4), min(orElse(o.Runs, 5), dueEvery-1)
	if o.Database == "" {
		o.Database = "postgres"
	}
	list, stop, notes, err := databases(ctx, o.Database)
	if err != nil {
		return Result{}, err
	}
	defer stop()
	var cases []Result
	for _, after := range []time.Duration{slowAnswer, 0} {
		of, err := list[0].nodes(ctx, o, after)
		if err != nil {
			return Result{}, err
		}
		cases = append(cases, of...)
	}
	top := headline(cases)
	top.Notes = append(notes, fmt.Sprintf("%d mailboxes with %d connections, %d jobs at a time a node; the nodes are pools of one process, and PostgreSQL is on the same machine", o.Boxes, o.Conns, nodeWorkers))
	two, three := cases[1].RatePerS/cases[0].RatePerS, cases[2].RatePerS/cases[0].RatePerS
	top.Aims = []Aim{
		{What: "two nodes beside one, slow server", Want: "at least 1.6", Is: two, Holds: two >= 1.6},
		{What: "three nodes beside one, slow server", Want: "at least 2.2", Is: three, Holds: three >= 2.2},
	}
	top.Notes = append(top.Notes, limitNote(cases))
	return top, nil
}

// limitNote says where the database becomes the limit, by what it uses a mail.
func limitNote(cases []Result) string {
	best := cases[3]
	for _, c := range cases[3:] {
		if c.RatePerS > best.RatePerS {
			best = c
		}
	}
	if best.DBPerOp == 0 {
		return fmt.Sprintf("with a server that answers at once the most is %.0f a second", best.RatePerS)
	}
	return fmt.Sprintf("with a server that answers at once the most is %.0f a second (%s): PostgreSQL then uses %.2f and the nodes %.2f of %d cores. By its %.0f µs a mail, PostgreSQL alone is the limit at %.0f mails a second and core",
		best.RatePerS, best.Case, best.RatePerS*best.DBPerOp/1e6, best.RatePerS*best.CPUPerOp/1e6, runtime.NumCPU(), best.DBPerOp, 1e6/best.DBPerOp)
}

// nodes measures with one, two and three nodes in turn.
func (d *database) nodes(ctx context.Context, o Options, after time.Duration) ([]Result, error) {
	sv, err := newSlowServer(after)
	if err != nil {
		return nil, err
	}
	defer sv.close()
	due := o.N
	if after == 0 {
		due = 4 * o.N // it is quick
	}
	w, err := d.newWorld(ctx)
	if err != nil {
		return nil, err
	}
	defer w.close()
	if err := w.found(ctx, o, sv.addr()); err != nil {
		return nil, err
	}
	const most = 3
	days := o.Runs * most
	took, err := w.load(ctx, due*days, days, days)
	if err != nil {
		return nil, err
	}
	all, closeAll, err := w.team(ctx, most, o)
	if err != nil {
		return nil, err
	}
	defer closeAll()
	res, runs := make([]Result, most), make([]samples, most)
	for i := range res {
		res[i] = Result{Case: fmt.Sprintf("%d nodes, %v an answer", i+1, after), N: due, Load: took.Seconds()}
	}
	forgetPeak()
	for day := range days {
		n := day%most + 1
		s, _, err := w.day(ctx, day, sv.n.Load, func() error { return w.work(ctx, nodeWorkers, all[:n]...) })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", res[n-1].Case, err)
		}
		runs[n-1] = append(runs[n-1], s)
	}
	for i := range res {
		runs[i].into(&res[i])
		res[i].PeakMB = peakMB()
		res[i].Peers = []Peer{peerOf("one node", res[i].Runs, runs[0].rates())}
	}
	return res, nil
}

// team makes nodes, each on a pool of its own.
func (w *world) team(ctx context.Context, n int, o Options) (all []*runner.Runner, closeAll func(), err error) {
	var closers []func()
	closeAll = func() {
		for _, f := range closers {
			f()
		}
	}
	for i := range n {
		d, err := w.again(ctx)
		if err != nil {
			closeAll()
			return nil, nil, err
		}
		closers = append(closers, func() { _ = d.Close() })
		var s *store.Store
		if s, err = wrap(d); err != nil {
			closeAll()
			return nil, nil, err
		}
		pool := outbound.New(outbound.Options{MaxConns: o.Conns})
		closers = append(closers, pool.Close)
		all = append(all, w.node(fmt.Sprintf("node%d", i+1), s, pool, o))
	}
	return all, closeAll, nil
}

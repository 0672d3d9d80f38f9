package bench

import (
	"context"
	"fmt"

	"ninetyten/internal/outbound"
	"ninetyten/internal/sandbox/sink"
)

// Memory measures the most that this process holds while it sends to a tenth of
// N active enrollments over SMTP.
func Memory(ctx context.Context, o Options) (Result, error) {
	o.N, o.Size, o.Boxes, o.Conns, o.Runs = orElse(o.N, 1_000_000), orElse(o.Size, 2048), orElse(o.Boxes, 50), orElse(o.Conns, 4), min(orElse(o.Runs, 2), dueEvery-1)
	list, stop, notes, err := databases(ctx, o.Database)
	if err != nil {
		return Result{}, err
	}
	defer stop()
	var cases []Result
	for _, d := range list {
		c, err := d.memory(ctx, o)
		if err != nil {
			return Result{}, fmt.Errorf("%s: %w", d.name, err)
		}
		cases = append(cases, c)
	}
	top := headline(cases)
	top.Notes = append(notes, "the peak is that of sender and sink in one process, since the database was filled; PostgreSQL is not in it")
	for _, c := range cases {
		top.Aims = append(top.Aims, Aim{What: "peak MB on " + c.Case, Want: "under 250", Is: c.PeakMB, Holds: c.PeakMB < 250})
	}
	return top, nil
}

func (d *database) memory(ctx context.Context, o Options) (Result, error) {
	res := Result{Case: d.name, N: o.N}
	sk, err := sink.New(sink.Options{NoIDs: true})
	if err != nil {
		return res, err
	}
	defer func() { _ = sk.Close() }()
	w, err := d.newWorld(ctx)
	if err != nil {
		return res, err
	}
	defer w.close()
	if err := w.found(ctx, o, sk.Addr()); err != nil {
		return res, err
	}
	took, err := w.load(ctx, o.N, dueEvery, o.Runs)
	if err != nil {
		return res, err
	}
	res.Load = took.Seconds()
	pool := outbound.New(outbound.Options{MaxConns: o.Conns})
	defer pool.Close()
	forgetPeak()
	res.Figures = map[string]float64{"MB before": residentMB()}
	var runs samples
	sent := 0
	for day := range o.Runs {
		s, n, err := w.day(ctx, day, sk.Count, func() error {
			return w.work(ctx, nodeWorkers, w.node("bench", w.store, pool, o))
		})
		if err != nil {
			return res, err
		}
		runs, sent = append(runs, s), sent+n
	}
	runs.into(&res)
	res.PeakMB = peakMB()
	res.Checks = map[string]int{"sent in all": sent}
	return res, nil
}

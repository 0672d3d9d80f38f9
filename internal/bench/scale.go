package bench

import (
	"context"
	"fmt"
	"slices"
)

// Scale measures what one sent mail costs with ever more enrollments in the
// database: the same number of due mails at each size. Growth is the largest
// cost over the smallest, of wall time and of CPU, whichever grows more.
func Scale(ctx context.Context, o Options) (Result, error) {
	o.Size, o.Boxes, o.Runs = orElse(o.Size, 2048), orElse(o.Boxes, 50), min(orElse(o.Runs, 5), 5)
	sizes := []int{10_000, 100_000, 1_000_000}
	if o.Full {
		sizes = append(sizes, 10_000_000)
	}
	if o.N > 0 { // for a quick look
		sizes = []int{max(100, o.N/10), o.N}
	}
	list, stop, notes, err := databases(ctx, o.Database)
	if err != nil {
		return Result{}, err
	}
	defer stop()
	var cases []Result
	var aims []Aim
	for _, d := range list {
		of, growth, err := d.scale(ctx, o, sizes)
		if err != nil {
			return Result{}, fmt.Errorf("%s: %w", d.name, err)
		}
		cases = append(cases, of...)
		aims = append(aims, Aim{What: "growth on " + d.name, Want: "under 1.30", Is: growth, Holds: growth < 1.3})
	}
	top := headline(cases)
	top.Notes, top.Aims = notes, aims
	for _, a := range aims {
		top.Growth = max(top.Growth, a.Is)
	}
	return top, nil
}

func (d *database) scale(ctx context.Context, o Options, sizes []int) ([]Result, float64, error) {
	worlds := make([]*world, len(sizes))
	cases := make([]Result, len(sizes))
	runs := make([]samples, len(sizes))
	// The same number of mails is due at each size, each day.
	due := max(1, sizes[0]/5)
	for i, n := range sizes {
		w, err := d.newWorld(ctx)
		if err != nil {
			return nil, 0, err
		}
		defer w.close() //nolint:gocritic // all are measured in turn
		worlds[i] = w
		if err := w.found(ctx, o, "127.0.0.1:1"); err != nil {
			return nil, 0, err
		}
		took, err := w.load(ctx, n, n/due, o.Runs)
		if err != nil {
			return nil, 0, err
		}
		cases[i] = Result{Case: fmt.Sprintf("%s, %d enrollments", d.name, n), Load: took.Seconds()}
	}
	for day := range o.Runs {
		for i, w := range worlds { // in turn, so that a busy machine is busy for all
			s, n, err := w.pickDay(ctx, Options{Conns: o.Conns}, day)
			if err != nil {
				return nil, 0, fmt.Errorf("%s: %w", cases[i].Case, err)
			}
			runs[i], cases[i].N = append(runs[i], s), n
		}
	}
	var wall, used []float64
	for i := range cases {
		runs[i].into(&cases[i])
		cases[i].PeakMB = peakMB()
		wall, used = append(wall, 1e6/cases[i].RatePerS), append(used, cases[i].CPUPerOp+cases[i].DBPerOp)
		cases[i].Figures = map[string]float64{"µs a mail": wall[i]}
	}
	g := max(slices.Max(wall)/slices.Min(wall), slices.Max(used)/slices.Min(used))
	return cases, g, nil
}

package bench

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/invariants"
	"ninetyten/internal/sales"
)

// Invariants lets years of simulated time pass (N enrollments, by default 100,000,
// and Days days, by default 365) and looks whether what must always hold does. The
// rate is that of events. What did not hold is the error, with the seed that shows
// it again.
func Invariants(ctx context.Context, o Options) (Result, error) {
	if o.N <= 0 {
		o.N = 100_000
	}
	began, said := cpu(), time.Now()
	rep, err := invariants.Run(ctx, invariants.Options{
		Seed: o.Seed, Enrollments: o.N, Days: o.Days, Trouble: o.Trouble, Worlds: o.Worlds,
		Progress: func(done float64, so invariants.Report) {
			if o.Say != nil && time.Since(said) > 10*time.Second {
				said = time.Now()
				o.Say(fmt.Sprintf("%.0f %%: %d enrollments, %d events, %d failures", done*100, so.Enrollments, so.Events, len(so.Failures)))
			}
		},
	})
	if err != nil {
		return Result{}, err
	}
	if len(rep.Failures) > 0 {
		return Result{}, sales.Errorf(sales.Invalid, "%s", rep)
	}
	rate := float64(rep.Events) / max(rep.Took.Seconds(), 1e-9)
	res := Result{
		N: rep.Enrollments, RatePerS: rate, CPUPerOp: float64((cpu() - began).Microseconds()) / float64(max(rep.Events, 1)), PeakMB: peakMB(), Runs: []float64{rate},
		Checks: map[string]int{"things that did not hold": len(rep.Failures)}, Notes: strings.SplitN(rep.String(), "\n", 2)[:1],
		Figures: map[string]float64{},
	}
	for k, n := range rep.Counts {
		res.Figures[k] = float64(n)
	}
	return res, nil
}

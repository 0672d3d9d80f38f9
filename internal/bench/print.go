package bench

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// String is the result for people.
func (r Result) String() string {
	var b strings.Builder
	if len(r.Cases) == 0 {
		r.write(&b, r.Bench)
	} else {
		for _, c := range r.Cases {
			c.write(&b, r.Bench+" "+c.Case)
		}
		for _, n := range r.Notes {
			fmt.Fprintf(&b, "%s\n", n)
		}
	}
	for _, a := range r.Aims {
		word := "holds"
		if !a.Holds {
			word = "does not hold"
		}
		fmt.Fprintf(&b, "aim: %s %s: %.2f, %s\n", a.What, a.Want, a.Is, word)
	}
	return b.String()
}

func (r Result) write(b *strings.Builder, name string) {
	fmt.Fprintf(b, "%s: %d, %.0f a second, %.0f µs of CPU each", name, r.N, r.RatePerS, r.CPUPerOp)
	if r.DBPerOp > 0 {
		fmt.Fprintf(b, " and %.0f µs of PostgreSQL", r.DBPerOp)
	}
	fmt.Fprintf(b, ", peak %.0f MB", r.PeakMB)
	if r.Load > 0 {
		fmt.Fprintf(b, "; filled in %.1f s", r.Load)
	}
	b.WriteByte('\n')
	for _, p := range r.Peers {
		fmt.Fprintf(b, "  %-36s %8.0f a second, ours is %.2f times that", p.Name, p.RatePerS, p.Ratio)
		if p.CPUPerOp > 0 {
			fmt.Fprintf(b, "; %.0f µs of CPU each, ours uses %.1f times that", p.CPUPerOp, (r.CPUPerOp+r.DBPerOp)/p.CPUPerOp)
		}
		b.WriteByte('\n')
	}
	if r.Growth > 0 {
		fmt.Fprintf(b, "  growth %.2f\n", r.Growth)
	}
	for _, k := range slices.Sorted(maps.Keys(r.Figures)) {
		fmt.Fprintf(b, "  %s: %.1f\n", k, r.Figures[k])
	}
	for _, k := range slices.Sorted(maps.Keys(r.Checks)) {
		fmt.Fprintf(b, "  %s: %d\n", k, r.Checks[k])
	}
	for _, n := range r.Notes {
		fmt.Fprintf(b, "  %s\n", n)
	}
}

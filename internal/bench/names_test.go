package bench

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"ninetyten/internal/sales"
)

// TestPagesSmall: the bench of the pages runs, and its result can be read by
// people and by programs.
func TestPagesSmall(t *testing.T) {
	res, err := Run(t.Context(), "pages", Options{N: 300, Runs: 1})
	if err != nil {
		t.Fatal(err)
	}
	if res.RatePerS <= 0 || res.CPUPerOp <= 0 || res.PeakMB <= 0 || !strings.Contains(res.String(), "pages: 300") {
		t.Errorf("%+v", res)
	}
	b, err := json.Marshal(res)
	if err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{`"bench":"pages"`, `"n":300`, `"rate_per_s":`, `"cpu_us_per_op":`, `"peak_mb":`, `"peers":`} {
		if !strings.Contains(string(b), field) {
			t.Errorf("%s is not in %s", field, b)
		}
	}
}

func TestUnknownBench(t *testing.T) {
	if _, err := Run(t.Context(), "dance", Options{}); sales.CodeOf(err) != sales.NotFound {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, name := range Names() {
		if _, err := Run(ctx, name, Options{N: 10, Runs: 1}); err == nil {
			t.Errorf("%s runs on although it was stopped", name)
		}
	}
}

func TestMedian(t *testing.T) {
	for _, x := range []struct {
		list []float64
		want float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{9, 1, 5}, 5}} {
		if got := median(x.list); got != x.want {
			t.Errorf("%v: %v", x.list, got)
		}
	}
}

package bench

import (
	"context"
	"testing"

	"ninetyten/internal/sales"
)

func TestUnknownBench(t *testing.T) {
	if _, err := Run(t.Context(), "dance", Options{}); sales.CodeOf(err) != sales.NotFound {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, name := range Names() {
		if _, err := Run(ctx, name, Options{N: 10, Runs: 1, Database: "sqlite"}); err == nil {
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

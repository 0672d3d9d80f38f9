//go:build servers

package bench

import "testing"

// TestPostgres: the benches start a PostgreSQL of their own and leave nothing
// behind.
func TestPostgres(t *testing.T) {
	for name, o := range map[string]Options{
		"pick":   {N: 1000, Runs: 1, Boxes: 2, Database: "postgres"},
		"nodes":  {N: 60, Runs: 1, Boxes: 6},
		"shards": {N: 1000, Runs: 1, Boxes: 2},
	} {
		res, err := Run(t.Context(), name, o)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if res.RatePerS <= 0 || res.DBPerOp <= 0 {
			t.Errorf("%s: %+v", name, res)
		}
		t.Log(res)
	}
}

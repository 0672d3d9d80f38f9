//go:build servers

package bench

import "testing"

// TestIntake: a mailbox is read from Dovecot beside mbsync, nothing is left out,
// and what is bigger than the memory for it is still read.
func TestIntake(t *testing.T) {
	res, err := Run(t.Context(), "intake", Options{N: 60, Runs: 1, Size: 4096})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Cases) != 4 || len(res.Aims) != 6 {
		t.Fatalf("%d cases, %d aims: %v", len(res.Cases), len(res.Aims), res.Notes)
	}
	for _, c := range res.Cases[1:3] {
		if c.Checks["mails stored"] != 60 || c.RatePerS <= 0 || c.Peers[0].RatePerS <= 0 {
			t.Errorf("%+v", c)
		}
	}
	t.Log(res)
}

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

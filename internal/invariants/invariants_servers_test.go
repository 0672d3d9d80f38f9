//go:build servers

package invariants

import (
	"testing"

	"ninetyten/internal/testserver"
)

// TestPostgres: the same world on PostgreSQL.
func TestPostgres(t *testing.T) {
	rep, err := RunSeed(t.Context(), Options{Database: testserver.Postgres(t), Dir: t.TempDir()}, Seed{Seed: 11, Enrollments: 60, Days: 60, Trouble: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(rep)
	for _, f := range rep.Failures {
		t.Error(f)
	}
}

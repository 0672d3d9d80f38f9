//go:build servers

package practice

import (
	"testing"
	"time"

	"ninetyten/internal/config"
	"ninetyten/internal/testserver"
)

func TestWorldOnPostgres(t *testing.T) {
	check(t, lockstep(t, Options{Seed: 1, People: 120, Accounts: 30, Config: config.Config{Database: testserver.Postgres(t)}}, 14))
}

func TestRealTimeOnPostgres(t *testing.T) {
	p := open(t, Options{Seed: 2, Speed: 3000, Config: config.Config{Workers: 8, Database: testserver.Postgres(t)}})
	s, err := p.RunFor(t.Context(), 12*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	check(t, s)
}

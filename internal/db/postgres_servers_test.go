//go:build servers

package db

import (
	"context"
	"testing"
	"time"

	"ninetyten/internal/testserver"
)

func TestPostgres(t *testing.T) {
	suite(t, func(t *testing.T) *DB { return migrated(t, testserver.Postgres(t)) })
}

// TestPostgresRestart: transactions and listeners survive a server that is
// killed and comes back.
func TestPostgresRestart(t *testing.T) {
	c := testserver.StartPostgres(t)
	d := migrated(t, c.URL("postgres"))
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	got := make(chan string, 1000)
	go func() { _ = d.Listen(ctx, "news", func(p string) { got <- p }) }()
	knock := func() {
		t.Helper()
		for deadline := time.Now().Add(30 * time.Second); ; {
			if err := d.InTx(t.Context(), func(tx *Tx) error { tx.Notify("news", "knock"); return nil }); err != nil {
				t.Fatal(err)
			}
			select {
			case <-got:
				return
			case <-time.After(20 * time.Millisecond):
				if time.Now().After(deadline) {
					t.Fatal("nobody listens")
				}
			}
		}
	}
	knock()
	c.Kill()
	restarted := make(chan struct{})
	go func() {
		defer close(restarted)
		c.Start()
	}()
	mustExec(t, d, "INSERT INTO thing (workspace_id, id, name) VALUES (1, 1, 'while it was down')")
	<-restarted
	if count(t, d) != 1 {
		t.Error("lost, or written twice")
	}
	knock()
}

// TestPostgresMigrateAtOnce: nodes that start together migrate once.
func TestPostgresMigrateAtOnce(t *testing.T) {
	url := testserver.Postgres(t)
	errs := make(chan error)
	for range 3 {
		go func() {
			d, err := Open(t.Context(), url)
			if err == nil {
				err = d.Migrate(t.Context(), schemaFS())
				_ = d.Close()
			}
			errs <- err
		}()
	}
	for range 3 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

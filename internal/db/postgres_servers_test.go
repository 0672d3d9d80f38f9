//go:build servers

package db

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
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
		for deadline := time.Now().Add(60 * time.Second); ; {
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
	// A slow machine may need longer for the restart than a transaction waits.
	for {
		_, err := d.Exec(t.Context(), "INSERT INTO thing (workspace_id, id, name) VALUES (1, 1, 'while it was down')")
		if err == nil {
			break
		}
		if !away(err) {
			t.Fatal(err)
		}
	}
	<-restarted
	if count(t, d) != 1 {
		t.Error("lost, or written twice")
	}
	knock()
}

// TestPostgresFrozen: a transaction that stands still keeps its locks for half a
// minute at most, and is run again.
func TestPostgresFrozen(t *testing.T) {
	d := migrated(t, testserver.Postgres(t))
	mustExec(t, d, "INSERT INTO thing (workspace_id, id, name) VALUES (1, 1, 'a')")
	if limit, err := One(t.Context(), d, Value[string], "SHOW idle_in_transaction_session_timeout"); err != nil || limit != "30s" {
		t.Fatal(limit, err)
	}
	const update = "UPDATE thing SET name = name || ? WHERE workspace_id = 1 AND id = 1"
	runs := 0
	err := d.InTx(t.Context(), func(tx *Tx) error {
		runs++
		if _, err := tx.Exec(t.Context(), update, "b"); err != nil {
			return err
		}
		if runs == 1 { // half a minute is half a second here: another waits for the row until the server ends this session
			if _, err := tx.Exec(t.Context(), "SET LOCAL idle_in_transaction_session_timeout = '500ms'"); err != nil {
				return err
			}
			_, err := d.Exec(t.Context(), update, "c")
			return err
		}
		return nil
	})
	name, rerr := One(t.Context(), d, Value[string], "SELECT name FROM thing")
	if err != nil || rerr != nil || runs != 2 || name != "acb" {
		t.Errorf("%q after %d runs: %v, %v", name, runs, err, rerr)
	}
}

// TestPostgresDeadlock: two transactions that wait for each other both happen.
func TestPostgresDeadlock(t *testing.T) {
	d := migrated(t, testserver.Postgres(t))
	mustExec(t, d, "INSERT INTO thing (workspace_id, id, name) VALUES (1, 1, 'a'), (1, 2, 'b')")
	var met, done sync.WaitGroup
	met.Add(2)
	var tries atomic.Int64
	for i := range 2 {
		done.Go(func() {
			first := true
			if err := d.InTx(t.Context(), func(tx *Tx) error {
				tries.Add(1)
				for k := range 2 {
					if _, err := tx.Exec(t.Context(), "UPDATE thing SET name = name || ? WHERE workspace_id = 1 AND id = ?", fmt.Sprint(i), 1+(i+k)%2); err != nil {
						return err
					}
					if first {
						first = false
						met.Done()
						met.Wait()
					}
				}
				return nil
			}); err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	names, err := All(t.Context(), d, Value[string], "SELECT name FROM thing ORDER BY id")
	if err != nil || len(names) != 2 || len(names[0]) != 3 || len(names[1]) != 3 || tries.Load() < 3 {
		t.Errorf("%q after %d tries: %v", names, tries.Load(), err)
	}
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

// BenchmarkPostgres is the cost of one row among 10,000 in a transaction.
func BenchmarkPostgres(b *testing.B) {
	d, err := Open(b.Context(), testserver.Postgres(b))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(b.Context(), schemaFS()); err != nil {
		b.Fatal(err)
	}
	next := 0
	ins := "INSERT INTO thing (workspace_id, id, name, at, done, extra) VALUES (?, ?, ?, ?, ?, ?)"
	for name, write := range map[string]func(*Tx, [][]any) error{
		"copy":  func(tx *Tx, rows [][]any) error { return InsertMany(b.Context(), tx, "thing", benchCols, rows) },
		"batch": func(tx *Tx, rows [][]any) error { _, err := ExecMany(b.Context(), tx, ins, rows); return err },
		"single": func(tx *Tx, rows [][]any) error {
			for _, r := range rows {
				if _, err := tx.Exec(b.Context(), ins, r...); err != nil {
					return err
				}
			}
			return nil
		},
	} {
		b.Run(name, func(b *testing.B) {
			for left := b.N; left > 0; left -= 10_000 {
				var rows [][]any
				for range min(left, 10_000) {
					rows = append(rows, benchRow(next))
					next++
				}
				if err := d.InTx(b.Context(), func(tx *Tx) error { return write(tx, rows) }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

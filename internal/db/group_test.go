package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"
)

// held runs fn while a transaction keeps the writer, and lets it go when n others
// wait for it.
func held(t *testing.T, d *DB, n int, fn func()) {
	t.Helper()
	in, out := make(chan bool), make(chan bool)
	var once sync.Once // it may run again
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := d.InTx(context.Background(), func(*Tx) error { once.Do(func() { close(in) }); <-out; return nil }); err != nil {
			t.Error(err)
		}
	})
	<-in
	fn()
	waiting := func() int {
		d.writers.mu.Lock()
		defer d.writers.mu.Unlock()
		return len(d.writers.waiting)
	}
	for deadline := time.Now().Add(60 * time.Second); waiting() < n; runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Error("nobody waits")
			break
		}
	}
	close(out)
	wg.Wait()
}

// TestTogether: those who wait for the writer are committed together, and one
// that fails, panics or ends its goroutine takes back its own changes only.
func TestTogether(t *testing.T) {
	d := migrated(t, t.TempDir()+"/group.db")
	ins := "INSERT INTO thing (workspace_id, id, name) VALUES (1, ?, ?)"
	const n = 40
	var mu sync.Mutex
	seen := map[*sql.Tx]int{}
	nope := errors.New("no")
	var wg sync.WaitGroup
	held(t, d, n, func() {
		for i := range n {
			wg.Go(func() {
				defer func() {
					if p := recover(); p != nil && i%8 != 3 {
						t.Error(p)
					}
				}()
				run := d.InTx
				if i%4 == 0 {
					run = d.InDurableTx
				}
				err := run(context.Background(), func(tx *Tx) error {
					mu.Lock()
					seen[tx.tx]++
					mu.Unlock()
					if _, err := tx.Exec(context.Background(), ins, i, fmt.Sprint(i)); err != nil {
						return err
					}
					if full, err := One(context.Background(), tx, Value[int], "PRAGMA synchronous"); err != nil || i%4 == 0 && full != 2 {
						t.Error("a durable one in a transaction that is not:", full, err)
					}
					switch i % 8 {
					case 1:
						return nope
					case 3:
						panic("oh")
					case 5:
						runtime.Goexit()
					}
					return nil
				})
				if want := error(nil); i%8 == 1 && !errors.Is(err, nope) || i%8 != 1 && err != want {
					t.Errorf("%d: %v", i, err)
				}
			})
		}
	})
	wg.Wait()
	ids, err := All(t.Context(), d, Value[int], "SELECT id FROM thing ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		if want := i/5*8 + []int{0, 2, 4, 6, 7}[i%5]; id != want {
			t.Fatalf("%v", ids)
		}
	}
	if len(ids) != n/8*5 || len(seen) > n/4 {
		t.Errorf("%d rows by %d transactions", len(ids), len(seen))
	}
}

// TestTogetherLeaves: who waits no longer is not run.
func TestTogetherLeaves(t *testing.T) {
	d := migrated(t, t.TempDir()+"/group.db")
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	held(t, d, 0, func() {
		ended := make(chan error)
		wg.Go(func() {
			ended <- d.InTx(ctx, func(*Tx) error { t.Error("it ran"); return nil })
		})
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
	wg.Wait()
	if err := d.InTx(t.Context(), func(*Tx) error { return nil }); err != nil {
		t.Error(err)
	}
}

// TestTogetherLost: when the transaction itself is lost under one of them, the
// others run again.
func TestTogetherLost(t *testing.T) {
	d := migrated(t, t.TempDir()+"/group.db")
	ins := "INSERT INTO thing (workspace_id, id, name) VALUES (1, ?, ?)"
	runs := 0
	var wg sync.WaitGroup
	held(t, d, 3, func() {
		for i := range 3 {
			wg.Go(func() {
				err := d.InTx(context.Background(), func(tx *Tx) error {
					if _, err := tx.Exec(context.Background(), ins, i, fmt.Sprint(i)); err != nil {
						return err
					}
					if i == 1 {
						if runs++; runs == 1 {
							_, _ = tx.tx.ExecContext(context.Background(), "ROLLBACK") // as SQLite does by itself after some errors
							return errors.New("the disk")
						}
					}
					return nil
				})
				if i != 1 && err != nil {
					t.Errorf("%d: %v", i, err)
				}
			})
		}
	})
	wg.Wait()
	if got := count(t, d); got != 2 {
		t.Error(got, "rows")
	}
}

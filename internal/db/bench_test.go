package db

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// The benchmarks behind docs/adr/0003-sqlite-driver.md. Run them with the
// default driver and with -tags cgosqlite and compare.

const benchRows = 100_000

func benchDB(b *testing.B) *DB {
	b.Helper()
	d, err := Open(b.Context(), filepath.Join(b.TempDir(), "b.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = d.Close() })
	if err := d.Migrate(b.Context(), schemaFS()); err != nil {
		b.Fatal(err)
	}
	return d
}

func benchRow(i int) []any {
	return []any{int64(1), int64(i), fmt.Sprintf("person %d of the north", i), int64(1_700_000_000_000_000 + i), false, `{"city":"Oslo"}`}
}

var benchCols = []string{"workspace_id", "id", "name", "at", "done", "extra"} //nolint:gochecknoglobals // constant

func filled(b *testing.B) *DB {
	b.Helper()
	d := benchDB(b)
	for at := 0; at < benchRows; at += 10_000 {
		var rows [][]any
		for i := range 10_000 {
			rows = append(rows, benchRow(at+i))
		}
		if err := d.InTx(b.Context(), func(tx *Tx) error { return InsertMany(b.Context(), tx, "thing", benchCols, rows) }); err != nil {
			b.Fatal(err)
		}
	}
	return d
}

// BenchmarkInsertInBigTx is the cost of one insert (6 columns, 2 indexes)
// among 10,000 in a transaction.
func BenchmarkInsertInBigTx(b *testing.B) {
	d := benchDB(b)
	ins := "INSERT INTO thing (workspace_id, id, name, at, done, extra) VALUES (?, ?, ?, ?, ?, ?)"
	ctx := b.Context()
	b.ReportAllocs()
	defer cpuPerOp(b)()
	for i := 0; i < b.N; {
		if err := d.InTx(ctx, func(tx *Tx) error {
			for j := 0; j < 10_000 && i < b.N; j++ {
				if _, err := tx.Exec(ctx, ins, benchRow(i)...); err != nil {
					return err
				}
				i++
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkUpdateInBigTx is a small update by key.
func BenchmarkUpdateInBigTx(b *testing.B) {
	d := filled(b)
	ctx := b.Context()
	b.ReportAllocs()
	b.ResetTimer()
	defer cpuPerOp(b)()
	for i := 0; i < b.N; {
		if err := d.InTx(ctx, func(tx *Tx) error {
			for j := 0; j < 10_000 && i < b.N; j++ {
				if _, err := tx.Exec(ctx, "UPDATE thing SET at = ?, done = TRUE WHERE id = ?", int64(i), int64(i%benchRows)); err != nil {
					return err
				}
				i++
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCommit is one insert a transaction.
func BenchmarkCommit(b *testing.B) {
	for name, in := range map[string]func(*DB) func(context.Context, func(*Tx) error) error{
		"normal":  func(d *DB) func(context.Context, func(*Tx) error) error { return d.InTx },
		"durable": func(d *DB) func(context.Context, func(*Tx) error) error { return d.InDurableTx },
	} {
		b.Run(name, func(b *testing.B) {
			d := benchDB(b)
			run := in(d)
			ctx := b.Context()
			b.ResetTimer()
			defer cpuPerOp(b)()
			for i := range b.N {
				if err := run(ctx, func(tx *Tx) error {
					_, err := tx.Exec(ctx, "INSERT INTO thing (workspace_id, id, name) VALUES (1, ?, ?)", i, JSON(i))
					return err
				}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// cpuPerOp reports the CPU time of one operation, which a busy machine
// disturbs less than the time on the wall. Call what it gives at the end.
func cpuPerOp(b *testing.B) func() {
	b.Helper()
	used := func() int64 {
		var u syscall.Rusage
		_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
		return u.Utime.Nano() + u.Stime.Nano()
	}
	before := used()
	return func() { b.ReportMetric(float64(used()-before)/float64(b.N), "cpu-ns/op") }
}

func point(ctx context.Context, q Querier) error {
	_, err := One(ctx, q, func(s Scanner) (out struct {
		name string
		at   time.Time
	}, err error,
	) {
		err = s.Scan(&out.name, ScanTime(&out.at))
		return out, err
	}, "SELECT name, at FROM thing WHERE id = ?", rand.Int64N(benchRows))
	return err
}

// BenchmarkPointRead reads one row by key, alone and from all cores, with a
// context that can end, as that of a request.
func BenchmarkPointRead(b *testing.B) {
	d := filled(b)
	b.Run("alone", func(b *testing.B) {
		b.ReportAllocs()
		defer cpuPerOp(b)()
		for range b.N {
			if err := point(b.Context(), d); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("in tx", func(b *testing.B) {
		if err := d.InTx(b.Context(), func(tx *Tx) error {
			for range b.N {
				if err := point(b.Context(), tx); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	})
	b.Run("8 readers", func(b *testing.B) {
		b.SetParallelism(4)
		defer cpuPerOp(b)()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if err := point(b.Context(), d); err != nil {
					b.Error(err)
				}
			}
		})
	})
}

// BenchmarkBusy runs one writer of small transactions beside 8 readers for as
// long as b.N transactions take.
func BenchmarkBusy(b *testing.B) {
	d := filled(b)
	ctx, stop := context.WithCancel(b.Context())
	var reads atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for ctx.Err() == nil {
				if err := point(ctx, d); err != nil && ctx.Err() == nil {
					b.Error(err)
				}
				reads.Add(1)
			}
		})
	}
	b.ResetTimer()
	start := time.Now()
	for i := range b.N {
		if err := d.InTx(b.Context(), func(tx *Tx) error {
			for j := range 5 {
				if _, err := tx.Exec(b.Context(), "UPDATE thing SET at = ? WHERE id = ?", int64(i), int64((i*5+j)%benchRows)); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	took := time.Since(start).Seconds()
	b.StopTimer()
	stop()
	wg.Wait()
	b.ReportMetric(float64(reads.Load())/took, "reads/s")
	b.ReportMetric(float64(b.N)/took, "writes/s")
}

package queue

import (
	"context"
	"path/filepath"
	"slices"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"ninetyten/internal/db"
)

// The benchmarks behind docs/adr/0004-river-for-jobs.md.

func benchQueue(b *testing.B, url string, o Options, run func(context.Context, drain) error) (*Queue, *db.DB) {
	b.Helper()
	if url == "" {
		url = filepath.Join(b.TempDir(), "q.db")
	}
	d, err := db.Open(b.Context(), url)
	if err != nil {
		b.Fatal(err)
	}
	q, err := Open(b.Context(), d, o)
	if err != nil {
		b.Fatal(err)
	}
	if err := q.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	if err := Register(q, run); err != nil {
		b.Fatal(err)
	}
	if err := q.Start(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = q.Stop(context.Background())
		_ = d.Close()
	})
	return q, d
}

func cpu() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// variants are the ways to fetch.
func variants() map[string]Options {
	return map[string]Options{"notified": {}, "polling": {PollOnly: true}}
}

// latency measures from insert to start, one job at a time, at random moments.
func latency(b *testing.B, url string, o Options) {
	ran := make(chan time.Time, 1)
	q, _ := benchQueue(b, url, o, func(context.Context, drain) error { ran <- time.Now(); return nil })
	var took []time.Duration
	for i := range b.N {
		at := time.Now()
		if _, err := q.Insert(b.Context(), drain{int64(i)}, Opts{}); err != nil {
			b.Fatal(err)
		}
		took = append(took, (<-ran).Sub(at))
		<-time.After(time.Duration(i*7%40) * time.Millisecond)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// burst measures jobs a second when many wait.
func burst(b *testing.B, url string, o Options) {
	o.Workers = 50
	var left atomic.Int64
	left.Store(int64(b.N))
	all := make(chan struct{})
	q, d := benchQueue(b, url, o, func(context.Context, drain) error {
		if left.Add(-1) == 0 {
			close(all)
		}
		return nil
	})
	b.ResetTimer()
	if err := d.InTx(b.Context(), func(tx *db.Tx) error {
		for i := range b.N {
			if _, err := q.InsertTx(b.Context(), tx, drain{int64(i)}, Opts{}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	inserted := b.Elapsed()
	<-all
	b.ReportMetric(float64(b.N)/inserted.Seconds(), "inserts/s")
	b.ReportMetric(float64(b.N)/(b.Elapsed()-inserted).Seconds(), "jobs/s")
}

// idle measures the share of a core that a queue with nothing to do takes.
func idle(b *testing.B, url string, o Options) {
	benchQueue(b, url, o, func(context.Context, drain) error { return nil })
	<-time.After(2 * time.Second)
	for range b.N {
		before := cpu()
		<-time.After(5 * time.Second)
		b.ReportMetric(100*float64(cpu()-before)/float64(5*time.Second), "%core")
	}
}

func benchAll(b *testing.B, url func(*testing.B) string) {
	for name, o := range variants() {
		b.Run(name+"/latency", func(b *testing.B) { latency(b, url(b), o) })
		b.Run(name+"/burst", func(b *testing.B) { burst(b, url(b), o) })
		b.Run(name+"/idle", func(b *testing.B) { idle(b, url(b), o) })
	}
}

func BenchmarkSQLite(b *testing.B) { benchAll(b, func(*testing.B) string { return "" }) }

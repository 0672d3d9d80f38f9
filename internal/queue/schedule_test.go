package queue

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ninetyten/internal/db"
)

func testLater(t *testing.T, d *db.DB) {
	q := newQueue(t, d, Options{})
	done := make(chan drain, 10)
	register(t, q, func(_ context.Context, j drain) error { done <- j; return nil })
	start(t, q)
	at := time.Now().Add(500 * time.Millisecond)
	insert(t, q, drain{1}, Opts{At: at})
	within(t, "job", done)
	if late := time.Since(at); late < 0 || late > time.Minute {
		t.Error("ran", late, "after its time")
	}
}

// testPeriodic: with two clients a periodic job runs once a period.
func testPeriodic(t *testing.T, d *db.DB) {
	const every = time.Second
	var mu sync.Mutex
	var runs []time.Time
	var running atomic.Int32
	four := make(chan struct{}, 100)
	for range 2 {
		q := newQueue(t, d, Options{})
		register(t, q, func(context.Context, tick) error {
			if running.Add(1) > 1 {
				t.Error("two at a time")
			}
			defer running.Add(-1)
			mu.Lock()
			defer mu.Unlock()
			runs = append(runs, time.Now())
			if len(runs) == 4 {
				close(four)
			}
			return nil
		})
		if err := q.Periodic("tick", every, func() Job { return tick{} }); err != nil {
			t.Fatal(err)
		}
		if err := q.Periodic("tick", every, func() Job { return tick{} }); err == nil {
			t.Error("a name was taken twice")
		}
		start(t, q)
	}
	within(t, "four ticks", four)
	mu.Lock()
	defer mu.Unlock()
	if took := runs[3].Sub(runs[0]); took < every*3/2 {
		t.Error("four ticks in", took)
	}
}

// testStop: stopping waits for the running job and takes no more.
func testStop(t *testing.T, d *db.DB) {
	q := newQueue(t, d, Options{Workers: 1})
	began, gate := make(chan struct{}, 10), make(chan struct{})
	var ended atomic.Bool
	register(t, q, func(ctx context.Context, _ drain) error {
		began <- struct{}{}
		select {
		case <-gate:
			ended.Store(true)
		case <-ctx.Done():
		}
		return nil
	})
	ctx, cancel := context.WithCancel(t.Context())
	if err := q.Start(ctx); err != nil {
		t.Fatal(err)
	}
	insert(t, q, drain{1}, Opts{})
	within(t, "job", began)
	cancel() // says nothing to the queue
	stopped := make(chan error, 1)
	go func() { stopped <- q.Stop(t.Context()) }()
	wait(t, 50*time.Millisecond)
	close(gate)
	if err := within(t, "stop", stopped); err != nil || !ended.Load() {
		t.Error(err, ended.Load())
	}
	insert(t, q, drain{2}, Opts{})
	eventually(t, d, "SELECT count(*) FROM river_job WHERE state = 'available'", 1)
}

// testStopLate: a job that does not end in time has its context ended, and
// runs again.
func testStopLate(t *testing.T, d *db.DB) {
	q := newQueue(t, d, Options{})
	began := make(chan struct{}, 10)
	register(t, q, func(ctx context.Context, _ drain) error {
		began <- struct{}{}
		<-ctx.Done()
		return ctx.Err()
	})
	if err := q.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	insert(t, q, drain{1}, Opts{})
	within(t, "job", began)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := q.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	q2 := newQueue(t, d, Options{})
	again := make(chan struct{}, 1)
	register(t, q2, func(context.Context, drain) error { again <- struct{}{}; return nil })
	start(t, q2)
	within(t, "second run", again)
}

// testMany: each of many jobs from many goroutines runs once, while others
// write.
func testMany(t *testing.T, d *db.DB) {
	const n = 300
	q := newQueue(t, d, Options{Workers: 20})
	var mu sync.Mutex
	seen := map[int64]int{}
	all := make(chan struct{})
	register(t, q, func(ctx context.Context, j drain) error {
		err := d.InTx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, "UPDATE river_job SET priority = priority WHERE id = -1")
			return err
		})
		mu.Lock()
		defer mu.Unlock()
		seen[j.Mailbox]++
		if len(seen) == n {
			close(all)
		}
		return err
	})
	start(t, q)
	var wg sync.WaitGroup
	for w := range 6 {
		wg.Go(func() {
			for i := range n / 6 {
				if err := d.InTx(t.Context(), func(tx *db.Tx) error {
					_, err := q.InsertTx(t.Context(), tx, drain{int64(w*n/6 + i)}, Opts{})
					return err
				}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	within(t, "all jobs", all)
	eventually(t, d, "SELECT count(*) FROM river_job WHERE state = 'completed'", n)
	mu.Lock()
	defer mu.Unlock()
	for k, times := range seen {
		if times != 1 {
			t.Error(k, "ran", times, "times")
		}
	}
}

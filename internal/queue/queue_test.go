package queue

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ninetyten/internal/db"
)

type drain struct {
	Mailbox int64 `json:"mailbox"`
}

func (drain) Kind() string { return "drain" }

type tick struct{}

func (tick) Kind() string { return "tick" }

func TestSQLite(t *testing.T) {
	suite(t, func(t *testing.T) *db.DB { return openDB(t, filepath.Join(t.TempDir(), "q.db")) })
}

func openDB(t *testing.T, url string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// newQueue opens a queue with its tables; it stops with t.
func newQueue(t *testing.T, d *db.DB, o Options) *Queue {
	t.Helper()
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	q, err := Open(t.Context(), d, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := q.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return q
}

func start(t *testing.T, q *Queue) {
	t.Helper()
	if err := q.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
		defer cancel()
		if err := q.Stop(ctx); err != nil {
			t.Error("stop:", err)
		}
	})
}

func register[T Job](t *testing.T, q *Queue, run func(context.Context, T) error) {
	t.Helper()
	if err := Register(q, run); err != nil {
		t.Fatal(err)
	}
}

func insert(t *testing.T, q *Queue, j Job, o Opts) bool {
	t.Helper()
	added, err := q.Insert(t.Context(), j, o)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

// within waits for a value.
func within[T any](t *testing.T, what string, ch <-chan T) T {
	t.Helper()
	select {
	case v := <-ch:
		return v
	case <-time.After(60 * time.Second):
		t.Fatal("no", what)
		panic("unreachable")
	}
}

func suite(t *testing.T, open func(*testing.T) *db.DB) {
	for name, test := range map[string]func(*testing.T, *db.DB){
		"unique":           testUnique,
		"unique period":    testUniquePeriod,
		"retry":            testRetry,
		"cancel and again": testCancelAgain,
		"panic":            testPanic,
		"insert tx":        testInsertTx,
		"insert tx twice":  testInsertTxUnique,
		"later":            testLater,
		"periodic":         testPeriodic,
		"stop":             testStop,
		"stop late":        testStopLate,
		"many":             testMany,
		"refuses":          testRefuses,
		"migrate at once":  testMigrateAtOnce,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func testUnique(t *testing.T, d *db.DB) {
	q := newQueue(t, d, Options{})
	began, gate, done := make(chan int64), make(chan struct{}), make(chan int64, 10)
	register(t, q, func(_ context.Context, j drain) error {
		began <- j.Mailbox
		<-gate
		done <- j.Mailbox
		return nil
	})
	if !insert(t, q, drain{1}, Opts{Unique: true}) || insert(t, q, drain{1}, Opts{Unique: true}) {
		t.Error("waiting: the second should be left out")
	}
	start(t, q)
	within(t, "job", began)
	if insert(t, q, drain{1}, Opts{Unique: true}) {
		t.Error("running: left out")
	}
	if !insert(t, q, drain{2}, Opts{Unique: true}) {
		t.Error("another mailbox is another job")
	}
	within(t, "job 2", began)
	close(gate)
	within(t, "end", done)
	within(t, "end", done)
	// The end is recorded a moment after the function returns.
	for deadline := time.Now().Add(60 * time.Second); !insert(t, q, drain{1}, Opts{Unique: true}); {
		if time.Now().After(deadline) {
			t.Fatal("a finished job keeps its successor out")
		}
		wait(t, 20*time.Millisecond)
	}
	within(t, "job after the end", began)
}

// wait lets other goroutines work between two looks.
func wait(t *testing.T, d time.Duration) {
	t.Helper()
	select {
	case <-t.Context().Done():
	case <-time.After(d):
	}
}

func testUniquePeriod(t *testing.T, d *db.DB) {
	q := newQueue(t, d, Options{})
	done := make(chan drain, 10)
	register(t, q, func(_ context.Context, j drain) error { done <- j; return nil })
	start(t, q)
	period := 1000 * time.Hour
	if !insert(t, q, drain{1}, Opts{UniquePeriod: period}) {
		t.Error("the first")
	}
	within(t, "job", done)
	if insert(t, q, drain{1}, Opts{UniquePeriod: period}) || !insert(t, q, drain{2}, Opts{UniquePeriod: period}) {
		t.Error("once a period for the same arguments")
	}
}

func testRetry(t *testing.T, d *db.DB) {
	q := newQueue(t, d, Options{})
	tries := make(chan Attempt, 10)
	register(t, q, func(ctx context.Context, _ drain) error {
		a := AttemptOf(ctx)
		tries <- a
		if a.N < 2 {
			return errors.New("the server says no")
		}
		return nil
	})
	start(t, q)
	insert(t, q, drain{1}, Opts{MaxAttempts: 2})
	if a := within(t, "first try", tries); a.N != 1 || a.Last() {
		t.Error(a)
	}
	if a := within(t, "second try", tries); a.N != 2 || !a.Last() {
		t.Error(a)
	}
}

func testCancelAgain(t *testing.T, d *db.DB) {
	q := newQueue(t, d, Options{})
	var first atomic.Bool
	tries := make(chan Attempt, 10)
	register(t, q, func(ctx context.Context, j drain) error {
		if j.Mailbox == 1 {
			return Cancel(errors.New("gone for good"))
		}
		tries <- AttemptOf(ctx)
		if first.CompareAndSwap(false, true) {
			return Again(10 * time.Millisecond)
		}
		return nil
	})
	insert(t, q, drain{1}, Opts{})
	insert(t, q, drain{2}, Opts{MaxAttempts: 1})
	start(t, q)
	within(t, "first run", tries)
	within(t, "second run", tries)
	eventually(t, d, "SELECT count(*) FROM river_job WHERE state = 'cancelled'", 1)
	eventually(t, d, "SELECT count(*) FROM river_job WHERE state = 'completed'", 1)
}

func eventually(t *testing.T, d *db.DB, query string, want int64) {
	t.Helper()
	var n int64
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); wait(t, 20*time.Millisecond) {
		var err error
		if n, err = db.One(t.Context(), d, db.Value[int64], query); err != nil {
			t.Fatal(err)
		}
		if n == want {
			return
		}
	}
	t.Errorf("%s: %d, want %d", query, n, want)
}

func testPanic(t *testing.T, d *db.DB) {
	q := newQueue(t, d, Options{})
	register(t, q, func(_ context.Context, j drain) error {
		if j.Mailbox == 1 {
			panic("boom")
		}
		return nil
	})
	insert(t, q, drain{1}, Opts{MaxAttempts: 1})
	insert(t, q, drain{2}, Opts{})
	start(t, q)
	eventually(t, d, "SELECT count(*) FROM river_job WHERE state = 'discarded'", 1)
	eventually(t, d, "SELECT count(*) FROM river_job WHERE state = 'completed'", 1)
}

func testInsertTx(t *testing.T, d *db.DB) {
	q := newQueue(t, d, Options{})
	done := make(chan drain, 10)
	register(t, q, func(_ context.Context, j drain) error { done <- j; return nil })
	start(t, q)
	no := errors.New("no")
	put := func(mailbox int64, end error) error {
		return d.InTx(t.Context(), func(tx *db.Tx) error {
			if _, err := db.One(t.Context(), tx, db.Value[int64], "SELECT count(*) FROM river_job"); err != nil {
				return err
			}
			if added, err := q.InsertTx(t.Context(), tx, drain{mailbox}, Opts{Unique: true}); err != nil || !added {
				t.Error(added, err)
			}
			return end
		})
	}
	if err := put(1, no); !errors.Is(err, no) {
		t.Error(err)
	}
	if err := put(2, nil); err != nil {
		t.Error(err)
	}
	if j := within(t, "job", done); j.Mailbox != 2 {
		t.Error("a job that was rolled back ran:", j)
	}
	eventually(t, d, "SELECT count(*) FROM river_job", 1)
}

func testInsertTxUnique(t *testing.T, d *db.DB) {
	q := newQueue(t, d, Options{})
	register(t, q, func(context.Context, drain) error { return nil })
	err := d.InTx(t.Context(), func(tx *db.Tx) error {
		for i, want := range []bool{true, false, false} {
			added, err := q.InsertTx(t.Context(), tx, drain{1}, Opts{Unique: true})
			if err != nil {
				return err
			}
			if added != want {
				t.Error(i, added)
			}
		}
		// The transaction still works after a job was left out.
		_, err := q.InsertTx(t.Context(), tx, drain{2}, Opts{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, d, "SELECT count(*) FROM river_job", 2)
}

type odd struct{}

func (odd) Kind() string { return "no kind!" }

func testRefuses(t *testing.T, d *db.DB) {
	q := newQueue(t, d, Options{})
	register(t, q, func(context.Context, drain) error { return nil })
	if err := Register(q, func(context.Context, drain) error { return nil }); err == nil {
		t.Error("two functions for one kind")
	}
	if _, err := q.Insert(t.Context(), tick{}, Opts{}); err == nil || !strings.Contains(err.Error(), "tick") {
		t.Error("a kind that nobody runs:", err)
	}
	if err := q.Periodic("", time.Second, func() Job { return drain{} }); err == nil {
		t.Error("no name")
	}
	if err := q.Periodic("x", 0, func() Job { return drain{} }); err == nil {
		t.Error("no period")
	}
	_ = Register(q, func(context.Context, odd) error { return nil })
	if _, err := q.Insert(t.Context(), odd{}, Opts{Priority: 9}); err == nil {
		t.Error("priority 9")
	}
}

func testMigrateAtOnce(t *testing.T, d *db.DB) {
	q, err := Open(t.Context(), d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	errs := make(chan error)
	n := 1
	if d.Dialect() == db.Postgres {
		n = 3
	}
	for range n {
		go func() { errs <- q.Migrate(t.Context()) }()
	}
	for range n {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if err := q.Migrate(t.Context()); err != nil {
		t.Error("again:", err)
	}
}

func TestRetryWait(t *testing.T) {
	var got []time.Duration
	for _, n := range []int{-1, 1, 2, 3, 5, 6, 1000} {
		w := retryWait(n)
		got = append(got, w)
		if w < time.Second || w > maxRetry+maxRetry/10 {
			t.Error(n, w)
		}
	}
	if !slices.IsSorted(got[1:5]) {
		t.Error("waits shrink:", got)
	}
}

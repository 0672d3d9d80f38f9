package invariants

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/secret"
	"ninetyten/internal/store"
)

// withDefaults fills in what was left out.
func (o Options) withDefaults() Options {
	if o.Enrollments <= 0 {
		o.Enrollments = 1000
	}
	if o.Worlds <= 0 {
		o.Worlds = (o.Enrollments + 24_999) / 25_000
	}
	if o.Database != "" {
		o.Worlds = 1
	}
	if o.Days <= 0 {
		o.Days = 365
	}
	if o.Trouble <= 0 {
		o.Trouble = 0.2
	}
	if o.Parallel <= 0 {
		o.Parallel = runtime.GOMAXPROCS(0)
	}
	return o
}

// Run lets all the worlds of a run pass and reports what came of them. The error
// is about the harness; what did not hold is in the report.
func Run(ctx context.Context, o Options) (Report, error) {
	o = o.withDefaults()
	began := time.Now()
	rep := Report{Options: o}
	var mu sync.Mutex
	var first error
	var wg sync.WaitGroup
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	next := make(chan int)
	for range min(o.Parallel, o.Worlds) {
		wg.Go(func() {
			for i := range next {
				s := Seed{Seed: o.Seed + uint64(i), Enrollments: o.Enrollments / o.Worlds, Days: o.Days, Trouble: o.Trouble} //nolint:gosec // few worlds
				if i < o.Enrollments%o.Worlds {
					s.Enrollments++
				}
				w, err := runWorld(inner, o, s)
				mu.Lock()
				if w != nil {
					rep.add(w)
				}
				if err != nil && first == nil {
					first = err
					cancel()
				}
				rep.Took = time.Since(began)
				if o.Progress != nil && err == nil {
					o.Progress(float64(rep.Worlds)/float64(o.Worlds), rep)
				}
				mu.Unlock()
			}
		})
	}
	for i := range o.Worlds {
		if inner.Err() != nil {
			break
		}
		next <- i
	}
	close(next)
	wg.Wait()
	rep.Took = time.Since(began)
	if first == nil {
		first = ctx.Err()
	}
	return rep, first
}

// RunSeed lets one world pass.
func RunSeed(ctx context.Context, o Options, s Seed) (Report, error) {
	o = o.withDefaults()
	o.Seed, o.Enrollments, o.Worlds, o.Days, o.Trouble = s.Seed, s.Enrollments, 1, s.Days, s.Trouble
	began := time.Now()
	w, err := runWorld(ctx, o, s)
	rep := Report{Options: o}
	if w != nil {
		rep.add(w)
	}
	rep.Took = time.Since(began)
	return rep, err
}

// runWorld makes one world, lets it pass and removes it. The world is not nil when
// it was begun.
func runWorld(ctx context.Context, o Options, s Seed) (w *world, err error) {
	dir, err := os.MkdirTemp(o.Dir, "invariants")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }() // it is only a temporary folder
	at := o.Database
	if at == "" {
		at = filepath.Join(dir, "world.db")
	}
	d, err := db.Open(ctx, at)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	keys, err := secret.New([]byte("a master key of 32 bytes, of a world that passes"))
	if err != nil {
		return nil, err
	}
	st := store.New(d, keys)
	if err := st.Migrate(ctx); err != nil {
		return nil, err
	}
	st.CountIDs(1000)
	w = newWorld(st, s)
	w.trace = o.Trace
	return w, w.live(ctx)
}

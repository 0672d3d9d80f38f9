package crash

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"
)

// quick makes a node look and give up claims fast, so that a run has many kills.
func quick() []string { return []string{"NINETYTEN_PULSE=100ms", "NINETYTEN_LEASE=2s"} }

func none(string, int) bool { return false }

// lanes runs f for several sites at once and sums up.
func lanes(t *testing.T, sites []*site, f func(ctx context.Context, i int, s *site) (*tally, error)) {
	t.Helper()
	var wg sync.WaitGroup
	var mu sync.Mutex
	sum := &tally{}
	for i, s := range sites {
		wg.Go(func() {
			got, err := f(t.Context(), i, s)
			if err != nil {
				t.Errorf("site %d: %v", i, err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			sum.add(got)
		})
	}
	wg.Wait()
	t.Logf("%v", sum)
	if err := sum.err(); err != nil {
		t.Error(err)
	}
}

// sitesOf makes n sites; database gives the URL of each.
func sitesOf(t *testing.T, n int, seed uint64, database func() string) []*site {
	var list []*site
	for i := range n {
		list = append(list, newSite(t, database(), seed+uint64(i)))
	}
	return list
}

func sqlite() string { return "" }

func TestKilledAtRandomMoments(t *testing.T) { killedAtRandom(t, sqlite) }

func killedAtRandom(t *testing.T, database func() string) {
	t.Parallel()
	kills := number("CRASH_KILLS", 12)
	seed := uint64(number("CRASH_SEED", 1))
	n := min(4, kills)
	t.Logf("%d kills on %d sites, seed %d", kills, n, seed)
	lanes(t, sitesOf(t, n, seed*1000, database), func(ctx context.Context, i int, s *site) (*tally, error) {
		rng := rand.New(rand.NewPCG(seed, uint64(i)))
		for k := i; k < kills; k += n {
			if err := s.killOnce(ctx, rng); err != nil {
				return nil, err
			}
		}
		return s.finish(ctx)
	})
}

// TestStoppedAtRandomMoments ends the program in order while it works: then not
// even one mail is unknown.
func TestStoppedAtRandomMoments(t *testing.T) { stoppedAtRandom(t, sqlite) }

func stoppedAtRandom(t *testing.T, database func() string) {
	t.Parallel()
	lanes(t, sitesOf(t, 2, 5000, database), func(ctx context.Context, i int, s *site) (*tally, error) {
		rng := rand.New(rand.NewPCG(5, uint64(i)))
		for range 3 {
			n, err := s.workUntilRandom(ctx, rng)
			if err != nil {
				return nil, err
			}
			if err := n.stop(ctx); err != nil {
				return nil, err
			}
			if err := s.noteOpen(ctx); err != nil || len(s.inFlight) > 0 {
				return nil, fmt.Errorf("%d mails have no result after a stop in order (%w)", len(s.inFlight), err)
			}
		}
		return s.finish(ctx)
	})
}

// killOnce lets a node work on new people and kills it at a random moment.
func (s *site) killOnce(ctx context.Context, rng *rand.Rand) error {
	n, err := s.workUntilRandom(ctx, rng)
	if err != nil {
		return err
	}
	n.kill()
	return s.killed(ctx)
}

// workUntilRandom starts a node on new people and gives it at a random moment of
// its work or, one time in five, of its start.
func (s *site) workUntilRandom(ctx context.Context, rng *rand.Rand) (*node, error) {
	if err := s.enroll(ctx, 12, 100*time.Millisecond); err != nil {
		return nil, err
	}
	before := s.out.count()
	n, err := s.startNode("node", quick()...)
	if err != nil {
		return nil, err
	}
	if rng.IntN(5) > 0 { // else: while it starts
		if err := until(ctx, time.Minute, "a mail goes out", func(context.Context) (bool, error) {
			return s.out.count() > before, n.alive()
		}); err != nil {
			n.kill()
			return nil, err
		}
	}
	moment := time.NewTimer(time.Duration(rng.IntN(1500)) * time.Millisecond)
	defer moment.Stop()
	select {
	case <-moment.C:
	case <-n.done:
		return nil, n.alive()
	case <-ctx.Done():
	}
	return n, nil
}

// finish lets a node end the work, stops it in order, and counts.
func (s *site) finish(ctx context.Context) (*tally, error) {
	n, err := s.startNode("node", quick()...)
	if err != nil {
		return nil, err
	}
	defer n.kill()
	if err := s.quiet(ctx, 2*time.Minute); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, n.tail())
	}
	if err := n.stop(ctx); err != nil {
		return nil, err
	}
	return s.check(ctx, none)
}

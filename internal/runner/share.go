package runner

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"time"

	"ninetyten/internal/store"
)

// Share sees to it that each workspace is looked at by exactly one living node, and
// that every node has as many as the others. A node says that it lives by a lease
// on the wall clock; when that has run out, or was given back, the others take its
// workspaces. Which node has a workspace is in the database alone: a node that comes
// to itself finds out at its next look that it has them no more.
type Share struct {
	Store *store.Store
	Node  string
	Log   *slog.Logger
	Lease time.Duration    // how long the share of a node that died is left to it; 0 is 15 s
	Every time.Duration    // how often the shares are looked at; 0 is one second, and never less than five times in a lease
	Wall  func() time.Time // the clock of the machine; nil is time.Now
	Took  func()           // is told that this node got workspaces; may be nil
}

// skew is how much further ahead than a lease the end of another may be: one that is
// further was written when a clock was wrong, and its node may be dead.
const skew = 5 * time.Minute

// Run keeps the share until ctx ends, then leaves it to the others.
func (s *Share) Run(ctx context.Context) error {
	lease := orElse(s.Lease, leaseFor)
	t := time.NewTicker(min(orElse(s.Every, time.Second), lease/5))
	defer t.Stop()
	for {
		inner, cancel := context.WithTimeout(ctx, lease)
		err := s.Keep(inner)
		cancel()
		if err != nil && ctx.Err() == nil {
			s.Log.WarnContext(ctx, "the workspaces could not be shared out among the nodes", "err", err)
		}
		select {
		case <-ctx.Done():
			end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			if err := s.Store.EndNode(end, s.Node); err != nil {
				s.Log.Warn("the workspaces of this node were not left to others, who take them when its lease has run out", "err", err)
			}
			return nil
		case <-t.C:
		}
	}
}

// Keep renews the lease of this node when a third of it is over, takes workspaces
// that no living node has, and leaves those that are more than its part.
func (s *Share) Keep(ctx context.Context) error {
	now, lease := s.now(), orElse(s.Lease, leaseFor)
	nodes, err := s.Store.Nodes(ctx)
	if err != nil {
		return err
	}
	living := []string{s.Node}
	for name, until := range nodes {
		if name != s.Node && lives(until, now, lease) {
			living = append(living, name)
		}
	}
	if until := nodes[s.Node]; !lives(until, now, lease) || until.Sub(now) < lease*2/3 {
		if err := s.Store.KeepNode(ctx, s.Node, now.Add(lease)); err != nil {
			return err
		}
	}
	shares, err := s.Store.Shares(ctx)
	if err != nil {
		return err
	}
	have, want := shares[s.Node], part(shares, living, s.Node)
	if have > want {
		return s.Store.LeaveShare(ctx, s.Node, have-want)
	}
	took := 0
	for _, from := range slices.Sorted(maps.Keys(shares)) {
		if took >= want-have || slices.Contains(living, from) {
			continue
		}
		n, err := s.Store.TakeShare(ctx, s.Node, from, want-have-took)
		if err != nil {
			return err
		}
		took += n
	}
	if took > 0 && s.Took != nil {
		s.Took()
	}
	return nil
}

// lives tells whether a node whose lease ends at a moment counts as living.
func lives(until, now time.Time, lease time.Duration) bool {
	return until.After(now) && !until.After(now.Add(lease+skew))
}

// part is how many workspaces a node is to have: as many as each, and the first of
// them, by name, one more while there is a rest.
func part(shares map[string]int, living []string, node string) int {
	all := 0
	for _, n := range shares {
		all += n
	}
	slices.Sort(living)
	n := all / len(living)
	if slices.Index(living, node) < all%len(living) {
		n++
	}
	return n
}

func (s *Share) now() time.Time {
	if s.Wall != nil {
		return s.Wall()
	}
	return time.Now()
}

package runner_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/queue"
	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// cluster is some nodes that share workspaces out, on a clock set by hand.
type cluster struct {
	t    *testing.T
	s    *store.Store
	wall *clock
	all  []sales.ID // workspaces, with a timer that is due in each
}

func (c *cluster) add(n int) {
	c.t.Helper()
	for range n {
		w := storetest.NewWorld(c.t, c.s, 1)
		e := w.Enroll(c.t, 0)
		c.all = append(c.all, e.WorkspaceID)
	}
}

func (c *cluster) node(name string) *runner.Share {
	return &runner.Share{Store: c.s, Node: name, Log: slog.New(slog.DiscardHandler), Wall: c.wall.Now}
}

// second lets a second pass in which each of the nodes looks at the shares once.
func (c *cluster) second(nodes ...*runner.Share) {
	c.t.Helper()
	c.wall.set(c.wall.Now().Add(time.Second))
	for _, n := range nodes {
		if err := n.Keep(c.t.Context()); err != nil {
			c.t.Fatal(err)
		}
	}
}

// looked gives how many workspaces each node would find due now, and by how many
// nodes each is looked at, as text.
func (c *cluster) looked(nodes ...*runner.Share) string {
	c.t.Helper()
	times := map[sales.ID]int{}
	var each []int
	for _, n := range nodes {
		list, _, err := c.s.DueIn(c.t.Context(), store.Looking{Node: n.Node, Limit: 1000, Now: storetest.Now, Wall: c.wall.Now()})
		if err != nil {
			c.t.Fatal(err)
		}
		each = append(each, len(list))
		for _, d := range list {
			times[d.WorkspaceID]++
		}
	}
	once := 0
	for _, id := range c.all {
		if times[id] == 1 {
			once++
		}
	}
	slices.Sort(each)
	return fmt.Sprintf("%v, %d of %d once", each, once, len(c.all))
}

func (c *cluster) is(want string, nodes ...*runner.Share) {
	c.t.Helper()
	if got := c.looked(nodes...); got != want {
		c.t.Errorf("looked at: %s; not %s", got, want)
	}
}

// TestShare: every workspace is looked at by exactly one node, all have as many, and
// what a node leaves, or had when it died, the others take.
func TestShare(t *testing.T) { testShare(t, storetest.Open(t)) }

func testShare(t *testing.T, s *store.Store) {
	c := &cluster{t: t, s: s, wall: &clock{t: storetest.Now}}
	one, two, three := c.node("one"), c.node("two"), c.node("three")
	c.add(19)
	c.second(one)
	c.is("[19], 19 of 19 once", one)
	c.second(one, two) // it joins, and one has still all of them
	c.second(one, two)
	c.is("[9 10], 19 of 19 once", one, two)
	c.second(three, two, one)
	c.second(two, one, three)
	c.second(two, one, three)
	c.is("[6 6 7], 19 of 19 once", one, two, three)
	c.add(2) // new workspaces
	c.second(one, two, three)
	c.is("[7 7 7], 21 of 21 once", one, two, three)
	for range 40 {
		c.second(one, two, three)
		c.is("[7 7 7], 21 of 21 once", one, two, three)
	}

	// One is killed: its part is taken within the lease and a look.
	late := 0
	for c.looked(two, three) != "[10 11], 21 of 21 once" {
		if late++; late > 16 {
			t.Fatalf("after %d s: %s", late, c.looked(two, three))
		}
		c.second(two, three)
	}
	if late < 8 {
		t.Errorf("taken from a living node after %d s", late)
	}
	// It was only asleep: it looks at nothing until it gets its part again.
	c.is("[0 10 11], 21 of 21 once", one, two, three)
	c.second(one, two, three)
	c.second(one, two, three)
	c.is("[7 7 7], 21 of 21 once", one, two, three)

	// Two stops, and leaves its part at once.
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := two.Run(ctx); err != nil {
		t.Fatal(err)
	}
	c.second(one, three)
	c.is("[10 11], 21 of 21 once", one, three)

	// One had a clock that was wrong by an hour, and died.
	if err := s.KeepNode(t.Context(), "one", c.wall.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	c.second(three)
	c.is("[21], 21 of 21 once", three)
	// The clock of all is set back by an hour.
	c.wall.set(c.wall.Now().Add(-time.Hour))
	c.second(three)
	c.second(three, two)
	c.second(three, two)
	c.is("[10 11], 21 of 21 once", two, three)
	if err := s.EndNode(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
}

// TestShareMany: of many nodes that take over together none is left out, and all is
// taken in one look.
func testShareMany(t *testing.T, s *store.Store) {
	c := &cluster{t: t, s: s, wall: &clock{t: storetest.Now}}
	c.add(30)
	gone := c.node("gone")
	c.second(gone)
	var nodes []*runner.Share
	for i := range 6 {
		nodes = append(nodes, c.node(fmt.Sprint("node", i)))
	}
	// They come while the first lives, which then dies.
	c.second(nodes...)
	c.wall.set(c.wall.Now().Add(9 * time.Second))
	c.second(nodes...)
	c.wall.set(c.wall.Now().Add(9 * time.Second))
	errs := make(chan error, len(nodes))
	for _, n := range nodes {
		go func() { errs <- n.Keep(context.WithoutCancel(t.Context())) }()
	}
	for range nodes {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	c.second(nodes...) // whoever read of others before they renewed waits for a look
	c.second(nodes...)
	c.is("[5 5 5 5 5 5], 30 of 30 once", nodes...)
}

// TestShareMany runs it on SQLite, where the nodes take turns.
func TestShareMany(t *testing.T) { testShareMany(t, storetest.Open(t)) }

// TestShareEmpty: without workspaces, and with fewer than nodes, nothing is wrong.
func TestShareEmpty(t *testing.T) {
	c := &cluster{t: t, s: storetest.Open(t), wall: &clock{t: storetest.Now}}
	nodes := []*runner.Share{c.node("one"), c.node("two"), c.node("three")}
	c.second(nodes...)
	c.is("[0 0 0], 0 of 0 once", nodes...)
	c.add(2)
	for range 5 {
		c.second(nodes...)
	}
	c.is("[0 1 1], 2 of 2 once", nodes...)
}

// TestPulseShare: a pulse asks for the work of its own workspaces only, but where it
// is kicked at once.
func TestPulseShare(t *testing.T) {
	w := newWorld(t, 1)
	q, err := queue.Open(t.Context(), w.DB, queue.Options{Logger: slog.New(slog.DiscardHandler)})
	if err == nil {
		err = q.Migrate(t.Context())
	}
	if err == nil {
		err = w.runner.Register(q)
	}
	if err != nil {
		t.Fatal(err)
	}
	w.Enroll(t, 0)
	share := &runner.Share{Store: w.World.Store, Node: "node1", Log: slog.New(slog.DiscardHandler)}
	p := runner.NewPulse(w.World.Store, q, w.clock, slog.New(slog.DiscardHandler), time.Hour)
	p.Slot, p.Share = 24*time.Hour, share
	jobs := func() int {
		n, err := db.One(t.Context(), w.DB, db.Value[int], "SELECT count(*) FROM river_job")
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	look := func(want int) {
		t.Helper()
		if err := p.Look(t.Context()); err != nil || jobs() != want {
			t.Fatalf("%d jobs, not %d, %v", jobs(), want, err)
		}
	}
	look(0)
	if err := share.Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	look(1)
	if _, err := w.DB.Exec(t.Context(), "DELETE FROM river_job"); err != nil {
		t.Fatal(err)
	}
	if err := w.EndNode(t.Context(), "node1"); err != nil {
		t.Fatal(err)
	}
	look(0)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- p.Run(ctx) }()
	p.Kick(w.Workspace.ID + 1)
	p.Kick(w.Workspace.ID)
	until(t, "the workspace is looked at", func() bool { return jobs() == 1 })
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestWatchShare: mailboxes are watched by the node that has their workspace, which
// gives them back at once when it has it no more.
func TestWatchShare(t *testing.T) {
	w := newWorld(t, 1)
	_, second := w.node("node2")
	for _, s := range []*runner.Watchers{w.watchers, second} {
		s.Share, s.Lease = &runner.Share{Store: w.World.Store, Node: s.Node, Log: s.Log}, time.Hour
		watch(t, s)
	}
	take := func(node, from string) {
		t.Helper()
		if n, err := w.TakeShare(t.Context(), node, from, 9); n != 1 || err != nil {
			t.Fatal(n, err)
		}
	}
	watched := func(node string) func() bool {
		return func() bool {
			n, err := db.One(t.Context(), w.DB, db.Value[int], "SELECT count(*) FROM mailboxes WHERE watch_node = ? AND watch_until > 0", node)
			if err != nil {
				t.Fatal(err)
			}
			return n == 1
		}
	}
	take("node2", "")
	until(t, "the second node watches", watched("node2"))
	hello(w, 0, "one")
	until(t, "it reads", func() bool { return w.heardOf("one") })
	take("node1", "node2")
	until(t, "the first node watches", watched("node1"))
	hello(w, 0, "two")
	until(t, "it reads", func() bool { return w.heardOf("two") })
}

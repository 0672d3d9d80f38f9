//go:build servers

package crash

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"sync"
	"syscall"
	"testing"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/testserver"
)

// TestChaos runs three nodes on one PostgreSQL for a minute, or CHAOS_FOR, in all
// the trouble there is: every few seconds a node is killed, freezes or is parted
// from the database, PostgreSQL is stopped once and killed once, and the mail servers stall, close amid mails
// and refuse. CHAOS_SEED is the seed of it. In the end all work is done, no mail
// came twice, and of each it is known what became of it, or said that it is not.
func TestChaos(t *testing.T) {
	t.Parallel()
	limit, err := time.ParseDuration(os.Getenv("CHAOS_FOR"))
	if err != nil || limit <= 0 {
		limit = time.Minute
	}
	seed := uint64(number("CHAOS_SEED", 1))
	cluster := testserver.StartPostgres(t)
	c := &chaos{
		site: newSiteOf(t, cluster.URL("postgres"), seed, 6), cluster: cluster, seed: seed, limit: limit, weather: newWeather(seed),
		killed: map[string]int{}, frozen: map[string]int{}, cutOff: map[string]int{}, sends: map[string]int{}, holder: map[string]string{},
	}
	c.route, c.ways = map[string]string{}, map[string]*testserver.Proxy{}
	for _, name := range []string{"node0", "node1", "node2"} {
		u, err := url.Parse(c.url)
		if err != nil {
			t.Fatal(err)
		}
		c.ways[name] = testserver.NewProxy(t, u.Host)
		u.Host = c.ways[name].Addr
		c.route[name] = u.String()
	}
	if err := c.run(t.Context()); err != nil {
		t.Fatal(errors.Join(err, c.report(nil)))
	}
	got, err := c.judge(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := c.report(got); err != nil {
		t.Error(err)
	}
	t.Log(c.text)
	if err := got.err(); err != nil {
		t.Error(err)
	}
	c.enough(t)
}

// chaos is an installation in trouble.
type chaos struct {
	*site
	cluster *testserver.PostgresCluster
	weather *weather
	seed    uint64
	limit   time.Duration
	text    string // the report

	down sync.RWMutex   // held while PostgreSQL is not there
	ice  sync.WaitGroup // nodes that are frozen or cut off
	ways map[string]*testserver.Proxy

	mu             sync.Mutex
	events         []event
	killed, frozen map[string]int    // by node
	cutOff         map[string]int    // by node
	sends          map[string]int    // accepted mails by the node that held the claim on the mailbox
	holder         map[string]string // mailbox -> node
	exits          int               // nodes that ended because there was no database
	outages        []string
	took           time.Duration  // all of it, with the work to its end
	unknown        map[string]int // by cause
}

// event is something that may leave an attempt without a result.
type event struct{ from, to time.Time }

func (c *chaos) happened(from time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.events = append(c.events, event{from, time.Now().Add(time.Second)})
}

// during tells whether an event fell into a time.
func (c *chaos) during(from, to time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range c.events {
		if !e.to.Before(from) && !e.from.After(to) {
			return true
		}
	}
	return false
}

// run makes trouble for as long as was asked for, then lets the work end.
func (c *chaos) run(ctx context.Context) error {
	began := time.Now()
	defer func() { c.took = time.Since(began) }()
	trouble, calmDown := context.WithTimeout(ctx, c.limit)
	defer calmDown()
	nodes, stopNodes := context.WithCancel(ctx)
	defer stopNodes()
	var all, storm sync.WaitGroup
	errs := make(chan error, 10)
	orders := make(chan order)
	for i := range 3 {
		all.Go(func() {
			if err := c.keep(nodes, fmt.Sprintf("node%d", i), orders); err != nil {
				errs <- err
				calmDown()
			}
		})
	}
	storm.Go(func() { c.weather.blow(trouble, c.out.host) })
	storm.Go(func() { c.strikeNodes(trouble, orders) })
	storm.Go(func() { c.strikeDatabase(trouble) })
	storm.Go(func() {
		if err := c.feed(trouble); err != nil {
			errs <- err
			calmDown()
		}
	})
	all.Go(func() { c.watch(nodes) })
	storm.Wait()
	c.ice.Wait()
	err := c.ends(ctx)
	stopNodes()
	all.Wait()
	close(errs)
	for e := range errs {
		err = errors.Join(err, e)
	}
	if err != nil {
		return err
	}
	return c.lastWord(ctx)
}

// lastWord lets a node that knows nothing of the trouble do what is still left:
// one that was frozen may have told late what became of its mails.
func (c *chaos) lastWord(ctx context.Context) error {
	n, err := c.startNode("last", quick()...)
	if err != nil {
		return err
	}
	defer n.kill()
	if err := c.ends(ctx); err != nil {
		return err
	}
	return n.stop(ctx)
}

// ends waits until all work is done, in calm.
func (c *chaos) ends(ctx context.Context) error {
	left := ""
	err := until(ctx, 5*time.Minute, "the work ends", func(ctx context.Context) (bool, error) {
		now, err := c.left(ctx)
		if err == nil {
			left = now
		}
		if err == nil && now != "" {
			err = c.hurry(ctx)
		}
		return err == nil && now == "", err
	})
	if err != nil {
		return fmt.Errorf("%w; left: %s%s", err, left, c.jobs())
	}
	return nil
}

// order is what is done to a node.
type order int

const (
	die    order = iota
	freeze       // as a machine that hangs: often for longer than its claims last
	part         // from the database, by a network that is silent; mail servers can be reached
)

// keep runs a node and starts it again whenever it has ended, as an init system
// does, until ctx ends.
func (c *chaos) keep(ctx context.Context, name string, orders <-chan order) error {
	for {
		n, err := c.startNode(name, "NINETYTEN_PULSE=100ms", "NINETYTEN_LEASE=4s")
		if err != nil {
			return err
		}
		again, err := c.attend(ctx, n, name, orders)
		n.kill() // unless it has ended
		if err != nil || !again {
			return err
		}
	}
}

// attend follows orders about a node until it has ended; at the end of ctx it
// stops the node in order.
func (c *chaos) attend(ctx context.Context, n *node, name string, orders <-chan order) (again bool, err error) {
	started := time.Now()
	for {
		select {
		case <-n.done:
			c.down.RLock() // there is a database again
			defer c.down.RUnlock()
			c.mu.Lock()
			c.exits++
			c.mu.Unlock()
			if n.up() || !c.during(started, time.Now()) {
				return false, fmt.Errorf("%s: %w", name, n.alive())
			}
			return true, nil
		case o := <-orders:
			from := time.Now()
			if o == die {
				n.kill()
				c.happened(from)
				c.count(c.killed, name)
				return true, nil
			}
			c.ice.Add(1)
			if o == freeze {
				_ = n.cmd.Process.Signal(syscall.SIGSTOP)
				rest(ctx, 2*time.Second+rand.N(6*time.Second))
				_ = n.cmd.Process.Signal(syscall.SIGCONT)
				c.count(c.frozen, name)
			} else {
				c.ways[name].Cut()
				rest(ctx, 2*time.Second+rand.N(6*time.Second))
				c.ways[name].Heal(rand.N(2) == 0)
				c.count(c.cutOff, name)
			}
			c.happened(from)
			c.ice.Done()
		case <-ctx.Done():
			return false, n.stop(context.WithoutCancel(ctx))
		}
	}
}

func (c *chaos) count(by map[string]int, name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	by[name]++
}

// rest waits for d; false means that ctx ended before.
func rest(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// strikeNodes kills a node every few seconds, whichever listens; now and then it
// freezes it, or parts it from the database, instead.
func (c *chaos) strikeNodes(ctx context.Context, orders chan<- order) {
	rng := rand.New(rand.NewPCG(c.seed, 2))
	for rest(ctx, time.Duration(1500+rng.IntN(3000))*time.Millisecond) {
		o := []order{die, die, die, freeze, part}[rng.IntN(5)]
		select {
		case orders <- o:
		case <-ctx.Done():
		}
	}
}

// strikeDatabase stops PostgreSQL after a third of the time, and kills it after
// another.
func (c *chaos) strikeDatabase(ctx context.Context) {
	for _, how := range []string{"stopped", "killed"} {
		if !rest(ctx, c.limit/3) {
			return
		}
		c.down.Lock()
		from := time.Now()
		if how == "stopped" {
			c.cluster.Stop()
			rest(ctx, 2*time.Second)
		} else {
			c.cluster.Kill()
		}
		c.cluster.Start()
		c.happened(from)
		c.outages = append(c.outages, fmt.Sprintf("%s, away for %v", how, time.Since(from).Round(100*time.Millisecond)))
		c.down.Unlock()
	}
}

// feed enrolls new people so that there is always work, until ctx ends.
func (c *chaos) feed(ctx context.Context) error {
	whole := context.WithoutCancel(ctx)
	failed := 0
	for rest(ctx, 200*time.Millisecond) {
		err := c.feedOnce(whole)
		if failed++; err == nil {
			failed = 0
		} else if failed > 20 { // what the pool still had of the time before an outage
			return err
		}
	}
	return nil
}

func (c *chaos) feedOnce(ctx context.Context) error {
	c.down.RLock()
	defer c.down.RUnlock()
	n, err := db.One(ctx, c.store.DB, db.Value[int], `SELECT (SELECT count(*) FROM mailings WHERE workspace_id = 1 AND state IN ('queued', 'sending'))
		+ (SELECT count(*) FROM enrollments WHERE workspace_id = 1 AND next_at > 0 AND next_at < ?)`, time.Now().Add(time.Minute))
	if err != nil {
		return err
	}
	if n < 150 {
		if err := c.enroll(ctx, 40, 20*time.Millisecond); err != nil {
			return err
		}
	}
	return c.hurry(ctx)
}

// watch notes who sends, and when the machine itself stood still, until ctx ends.
func (c *chaos) watch(ctx context.Context) {
	told, last := 0, time.Now()
	for rest(ctx, 50*time.Millisecond) {
		if late := time.Since(last); late > time.Second {
			c.happened(last)
		}
		last = time.Now()
		c.down.RLock()
		list, err := db.All(ctx, c.store.DB, func(r db.Scanner) (x [2]string, err error) { return x, r.Scan(&x[0], &x[1]) },
			`SELECT address, lease_node FROM mailboxes WHERE workspace_id = 1 AND lease_until > 0`)
		c.down.RUnlock()
		if err != nil {
			continue
		}
		for _, x := range list {
			c.holder[x[0]] = x[1]
		}
		c.mu.Lock()
		for _, m := range c.out.since(told) {
			c.sends[cmp.Or(c.holder[m.mailbox], "nobody knows")]++
			told++
		}
		c.mu.Unlock()
	}
}

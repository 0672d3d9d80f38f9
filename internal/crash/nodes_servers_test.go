//go:build servers

package crash

import (
	"context"
	"fmt"
	"testing"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/testserver"
)

func postgres(t *testing.T) func() string {
	return func() string { return testserver.Postgres(t) }
}

func TestKilledAtEveryPointPostgres(t *testing.T)     { killedAtPoints(t, postgres(t)) }
func TestKilledAtRandomMomentsPostgres(t *testing.T)  { killedAtRandom(t, postgres(t)) }
func TestStoppedAtRandomMomentsPostgres(t *testing.T) { stoppedAtRandom(t, postgres(t)) }
func TestClockIsSetPostgres(t *testing.T)             { clockIsSet(t, postgres(t)) }
func TestServersFailTwoNodes(t *testing.T)            { serversFail(t, postgres(t), 2) }

// workGoesOn is the longest that work may stand still after a node was killed.
const workGoesOn = 30 * time.Second

// TestTwoNodes runs two nodes with the claims of a real installation on one
// database, kills one in the middle of its work, and then the other.
func TestTwoNodes(t *testing.T) {
	t.Parallel()
	s := newSite(t, testserver.Postgres(t), 21)
	ctx := t.Context()
	nodes := map[string]*node{}
	start := func(name string) {
		n, err := s.startNode(name)
		if err != nil {
			t.Fatal(err)
		}
		nodes[name] = n
		t.Cleanup(n.kill)
	}
	start("one")
	start("two")
	for _, victim := range []string{"one", "two"} {
		s.killAtWork(ctx, t, nodes[victim], victim)
		start(victim)
	}
	if err := s.quiet(ctx, 2*time.Minute); err != nil {
		t.Fatal(err)
	}
	got, err := s.check(ctx, none)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v", got)
	if err := got.err(); err != nil {
		t.Error(err)
	}
}

// killAtWork kills a node while it has a mail on its way, with more to come for
// a while, and measures how long each mailbox stands still.
func (s *site) killAtWork(ctx context.Context, t *testing.T, n *node, name string) {
	t.Helper()
	if err := s.enroll(ctx, 250, 100*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	// In its hands: a claim that only its own death leaves behind, and a mail.
	if err := until(ctx, time.Minute, "node "+name+" has a mail on its way", func(ctx context.Context) (bool, error) {
		c, err := db.One(ctx, s.store.DB, db.Value[int], `SELECT count(*) FROM mailboxes b JOIN mailings m ON m.workspace_id = b.workspace_id AND m.mailbox_id = b.id
			WHERE b.lease_node = '`+name+`' AND b.lease_until > 0 AND m.state = 'sending'`)
		return c > 0, err
	}); err != nil {
		t.Fatal(err, n.tail())
	}
	n.kill()
	dead := time.Now()
	s.kills++
	if err := s.noteOpen(ctx); err != nil {
		t.Fatal(err)
	}
	taken := map[string]time.Time{}
	if err := until(ctx, 2*time.Minute, "each mailbox goes on", func(context.Context) (bool, error) {
		mails, _ := s.out.seen()
		for _, m := range mails {
			if _, ok := taken[m.mailbox]; !ok && m.began.After(dead.Add(100*time.Millisecond)) {
				taken[m.mailbox] = m.began
			}
		}
		return len(taken) == len(s.boxes), nil
	}); err != nil {
		t.Fatal(err)
	}
	for box, at := range taken {
		pause := at.Sub(dead)
		t.Logf("node %s killed: %s went on after %v", name, box, pause.Round(time.Millisecond))
		if pause > workGoesOn {
			t.Errorf("%s stood still for %v, longer than %v", box, pause, workGoesOn)
		}
	}
}

// TestDatabaseKilled kills PostgreSQL under the working program: what went is
// recorded when it is back.
func TestDatabaseKilled(t *testing.T) {
	t.Parallel()
	c := testserver.StartPostgres(t)
	s := newSite(t, c.URL("postgres"), 31)
	ctx := t.Context()
	if err := s.enroll(ctx, 150, 60*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	n, err := s.startNode("node", quick()...)
	if err != nil {
		t.Fatal(err)
	}
	defer n.kill()
	for range 3 {
		before := s.out.count()
		if err := until(ctx, time.Minute, "mails go out", func(context.Context) (bool, error) {
			return s.out.count() >= before+25, n.alive()
		}); err != nil {
			t.Fatal(err, n.tail())
		}
		c.Kill()
		c.Start()
		if err := until(ctx, time.Minute, "the database answers", func(ctx context.Context) (bool, error) {
			_, err := s.left(ctx)
			return err == nil, nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.quiet(ctx, 2*time.Minute); err != nil {
		t.Fatal(err, n.tail())
	}
	mails, _ := s.out.seen()
	went := map[string]bool{}
	for _, m := range mails {
		went[fmt.Sprint(m.step, m.person)] = true
	}
	// An attempt whose commit got no answer never began, but who can know.
	got, err := s.check(ctx, func(p string, step int) bool { return !went[fmt.Sprint(step, p)] })
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v", got)
	if err := got.err(); err != nil {
		t.Error(err)
	}
}

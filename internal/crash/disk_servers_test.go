//go:build servers

package crash

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"ninetyten/internal/testserver"
)

// TestDatabaseReadOnly lets PostgreSQL take no changes while the program sends:
// it stops, says why, and goes on.
func TestDatabaseReadOnly(t *testing.T) {
	t.Parallel()
	c := testserver.StartPostgres(t)
	s := newSite(t, c.URL("postgres"), 53)
	ctx := t.Context()
	if err := s.enroll(ctx, 150, 20*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	n, err := s.startNode("node", quick()...)
	if err != nil {
		t.Fatal(err)
	}
	defer n.kill()
	if err := s.sends(ctx, n, 20); err != nil {
		t.Fatal(err)
	}
	c.ReadOnly(true)
	if err := errors.Join(n.says(ctx, 503, "only questions"), s.stops(ctx, n)); err != nil {
		t.Fatal(err)
	}
	c.ReadOnly(false)
	if err := errors.Join(s.sends(ctx, n, 20), n.says(ctx, 200, "ok")); err != nil {
		t.Fatal(err)
	}
	n.noted(t)
	s.allWell(ctx, t, n, none)
}

// TestDatabaseDiskFull fills the disk of PostgreSQL while the program sends, until
// the server can do no more, and starts it again when there is room.
func TestDatabaseDiskFull(t *testing.T) {
	t.Parallel()
	disk := testserver.NewSmallDisk(t, 200<<20)
	c := testserver.StartPostgresIn(t, disk.Dir)
	s := newSite(t, c.URL("postgres"), 54)
	ctx := t.Context()
	if err := s.enroll(ctx, 300, 20*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	n, err := s.startNode("node", quick()...)
	if err != nil {
		t.Fatal(err)
	}
	defer n.kill()
	if err := s.sends(ctx, n, 30); err != nil {
		t.Fatal(err)
	}
	disk.Fill()
	if err := errors.Join(n.says(ctx, 503, "Nothing"), s.stops(ctx, n)); err != nil {
		t.Fatal(err)
	}
	_, words, _ := n.health(ctx)
	t.Logf("the node says: %s", words)
	disk.Free()
	c.Kill() // it may be up, down, or starting over and over
	c.Start()
	if err := errors.Join(s.sends(ctx, n, 20), n.says(ctx, 200, "ok")); err != nil {
		t.Fatal(err)
	}
	n.noted(t)
	mails, _ := s.out.seen()
	went := map[string]bool{}
	for _, m := range mails {
		went[fmt.Sprint(m.step, m.person)] = true
	}
	// An attempt whose commit got no answer never began, but who can know.
	s.allWell(ctx, t, n, func(p string, step int) bool { return !went[fmt.Sprint(step, p)] })
}

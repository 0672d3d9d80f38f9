package crash

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/secret"
	"ninetyten/internal/testserver"
)

// stops waits until the program has not sent for a while although mail is due.
func (s *site) stops(ctx context.Context, n *node) error {
	last, since := s.out.count(), time.Now()
	return until(ctx, 2*time.Minute, "it sends no more", func(context.Context) (bool, error) {
		if now := s.out.count(); now != last {
			last, since = now, time.Now()
		}
		return time.Since(since) > 3*time.Second, n.alive()
	})
}

// sends waits for n further mails.
func (s *site) sends(ctx context.Context, nd *node, n int) error {
	before := s.out.count()
	if err := until(ctx, 2*time.Minute, "mails go out", func(context.Context) (bool, error) {
		return s.out.count() >= before+n, nd.alive()
	}); err != nil {
		left, _ := s.left(ctx)
		return fmt.Errorf("%w; left: %s\n%s", err, left, nd.tail())
	}
	return nil
}

// allWell lets the work end and judges it.
func (s *site) allWell(ctx context.Context, t *testing.T, n *node, caught func(string, int) bool) {
	t.Helper()
	if err := s.quiet(ctx, 3*time.Minute); err != nil {
		t.Fatal(err, n.tail())
	}
	if err := n.stop(ctx); err != nil {
		t.Fatal(err)
	}
	got, err := s.check(ctx, caught)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%v", got)
	if err := got.err(); err != nil {
		t.Error(err)
	}
}

// noted fails when the node did not write that the database was in trouble, and
// that it was over.
func (n *node) noted(t *testing.T) {
	t.Helper()
	b, err := os.ReadFile(n.log)
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"the database takes no changes", "the database takes changes again"} {
		if !strings.Contains(string(b), words) {
			t.Errorf("the log does not say %q:\n%s", words, n.tail())
		}
	}
}

// cram fills a disk, and then the room that the database has already taken on it.
func (s *site) cram(ctx context.Context, disk *testserver.SmallDisk) error {
	if _, err := s.store.DB.Exec(ctx, "CREATE TABLE IF NOT EXISTS ballast (bytes BLOB)"); err != nil {
		return err
	}
	disk.Fill()
	for size := 1 << 20; size > 4<<10; {
		_, err := s.store.DB.Exec(ctx, "INSERT INTO ballast (bytes) VALUES (zeroblob(?))", size)
		if err != nil && !strings.Contains(err.Error(), "is full") {
			return err
		} else if err != nil {
			size /= 2
		}
	}
	return nil
}

// smallDisk holds a small database twice, for what was written lately is beside it
// until it is 32 MB.
const smallDisk = 128 << 20

// TestDiskFull fills the disk of the embedded database while the program sends,
// kills it there and starts it again, and gives the room back: it stops, says why,
// and goes on.
func TestDiskFull(t *testing.T) {
	t.Parallel()
	disk := testserver.NewSmallDisk(t, smallDisk)
	s := newSiteIn(t, disk.Dir, "", 51, 2)
	ctx := t.Context()
	if err := s.enroll(ctx, 300, 20*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	n, err := s.startNode("node", quick()...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { n.kill() }()
	if err := s.sends(ctx, n, 30); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.cram(ctx, disk), n.says(ctx, 503, "is full"), s.stops(ctx, n)); err != nil {
		t.Fatal(err)
	}
	disk.Free()
	if err := errors.Join(s.sends(ctx, n, 20), n.says(ctx, 200, "ok")); err != nil {
		t.Fatal(err)
	}
	n.noted(t)
	if err := errors.Join(s.cram(ctx, disk), n.says(ctx, 503, "is full"), s.stops(ctx, n)); err != nil {
		t.Fatal(err)
	}
	n.kill()
	if err := s.killed(ctx); err != nil {
		t.Fatal(err)
	}
	if n, err = s.startNode("again", quick()...); err != nil {
		t.Fatal(err)
	}
	if err := until(ctx, time.Minute, "the node serves on a full disk, or says why not", func(ctx context.Context) (bool, error) {
		_, _, err := n.health(ctx)
		return err == nil || n.alive() != nil && strings.Contains(n.tail(), "The disk of the database is full"), nil
	}); err != nil {
		t.Fatal(err, n.tail())
	}
	disk.Free()
	if n.alive() != nil {
		if n, err = s.startNode("again", quick()...); err != nil {
			t.Fatal(err)
		}
	}
	s.allWell(ctx, t, n, none)
}

// TestDiskReadOnly starts the program on a disk that takes no changes: it says
// so, and goes on when the disk takes them again.
func TestDiskReadOnly(t *testing.T) {
	t.Parallel()
	disk := testserver.NewSmallDisk(t, smallDisk)
	s := newSiteIn(t, disk.Dir, "", 52, 2)
	ctx := t.Context()
	if err := s.enroll(ctx, 40, 20*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	n, err := s.startNode("node", quick()...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { n.kill() }()
	if err := s.sends(ctx, n, 10); err != nil {
		t.Fatal(err)
	}
	if err := n.stop(ctx); err != nil {
		t.Fatal(err)
	}
	if err := s.store.DB.Close(); err != nil {
		t.Fatal(err)
	}
	disk.ReadOnly(true)
	if n, err = s.startNode("node", quick()...); err != nil {
		t.Fatal(err)
	}
	if err := until(ctx, time.Minute, "the node ends", func(context.Context) (bool, error) { return n.alive() != nil, nil }); err != nil {
		t.Fatal(err)
	}
	if words := n.tail(); n.killed() || n.err == nil || !strings.Contains(words, "read-only") || !strings.Contains(words, "The database cannot be opened") {
		t.Errorf("it ended with %v and says: %s", n.err, words)
	}
	disk.ReadOnly(false)
	keys, err := secret.Load(filepath.Join(s.dir, "secret.key"), "")
	if err != nil {
		t.Fatal(err)
	}
	s.open(t, keys)
	if n, err = s.startNode("node", quick()...); err != nil {
		t.Fatal(err)
	}
	s.allWell(ctx, t, n, none)
}

package db

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestSQLite(t *testing.T) { suite(t, func(t *testing.T) *DB { return fresh(t) }) }

// testRetried: a transaction that meets a busy database runs again.
func testRetried(t *testing.T, d *DB) {
	runs := 0
	err := d.InTx(t.Context(), func(tx *Tx) error {
		runs++
		mustExec(t, tx, "INSERT INTO thing (workspace_id, id, name) VALUES (1, 1, 'a')")
		if runs < 3 {
			return busyError(t, d)
		}
		return nil
	})
	if err != nil || runs != 3 || count(t, d) != 1 {
		t.Error(runs, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	runs = 0
	err = d.InTx(ctx, func(*Tx) error {
		if runs++; runs == 2 {
			stop()
		}
		return busyError(t, d)
	})
	if err == nil || errors.Is(err, context.Canceled) || runs != 2 {
		t.Error("want the error of the last try:", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("this is no database at all\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{"", ":memory:", "mysql://u:secret@h/x", "postgres://u:secret@%zz/", filepath.Join(dir, "no", "such", "dir.db"), text, dir} {
		d, err := Open(t.Context(), url)
		if err == nil {
			_ = d.Close()
			t.Errorf("%q opened", url)
			continue
		}
		if strings.Contains(err.Error(), "secret") {
			t.Error("a password in the message:", err)
		}
	}
}

func TestOddFileNames(t *testing.T) {
	for _, name := range []string{"a b.db", "a?mode=memory.db", "a#b%20c.db", "é&x=1.db"} {
		path := filepath.Join(t.TempDir(), name)
		d := migrated(t, path)
		mustExec(t, d, "INSERT INTO thing (workspace_id, id, name) VALUES (1, 1, 'a')")
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Error(name, info, err)
		}
		if count(t, d) != 1 {
			t.Error(name)
		}
	}
}

func TestPragmas(t *testing.T) {
	d := fresh(t)
	for pragma, want := range map[string]string{"journal_mode": "wal", "foreign_keys": "1", "synchronous": "1", "busy_timeout": "10000", "query_only": "0"} {
		var got string
		if err := d.W.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
			t.Errorf("writer %s = %q, want %q (%v)", pragma, got, want, err)
		}
	}
	if _, err := d.R.ExecContext(t.Context(), "DELETE FROM thing"); err == nil {
		t.Error("a reader wrote")
	}
	// A durable commit is FULL inside and NORMAL after.
	for _, in := range []struct {
		run  func(context.Context, func(*Tx) error) error
		want int64
	}{{d.InDurableTx, 2}, {d.InTx, 1}, {d.InDurableTx, 2}} {
		if err := in.run(t.Context(), func(tx *Tx) error {
			got, err := One(t.Context(), tx, Value[int64], "PRAGMA synchronous")
			if got != in.want {
				t.Errorf("synchronous = %d, want %d", got, in.want)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWriterWait: asking the DB inside its own transaction fails with a reason
// instead of waiting for ever.
func TestWriterWait(t *testing.T) {
	d := fresh(t, WithWriterWait(50*time.Millisecond))
	err := d.InTx(t.Context(), func(*Tx) error {
		_, err := d.Exec(t.Context(), "DELETE FROM thing")
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "inside another") {
		t.Error(err)
	}
}

func TestStatementCache(t *testing.T) {
	d := fresh(t)
	conn, err := d.W.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var cache *cachedConn
	if err := conn.Raw(func(c any) error { cache = c.(*cachedConn); return nil }); err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
	before := len(cache.stmts)
	for range 3 {
		mustExec(t, d, "INSERT INTO thing (workspace_id, id, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", 1, 1, "a")
	}
	if got := len(cache.stmts) - before; got != 1 {
		t.Errorf("%d statements kept for one text", got)
	}
	for n := range 2 * maxStmts {
		mustExec(t, d, "DELETE FROM thing WHERE id = -1 AND id IN "+In(n), make([]any, n)...)
	}
	if len(cache.stmts) != maxStmts || cache.order.Len() != maxStmts {
		t.Error("unbounded:", len(cache.stmts), cache.order.Len())
	}
	// A text whose rows are being read runs again beside itself.
	err = d.InTx(t.Context(), func(tx *Tx) error {
		mustExec(t, tx, "INSERT INTO thing (workspace_id, id, name) VALUES (1, 2, 'b')")
		q := "SELECT id FROM thing WHERE id > ? ORDER BY id"
		rows, err := tx.Query(t.Context(), q, 0)
		if err != nil {
			return err
		}
		defer rows.Close()
		n := 0
		for rows.Next() {
			if _, err := All(t.Context(), tx, Value[int64], q, 1); err != nil {
				return err
			}
			n++
		}
		if n != 2 {
			t.Error("rows restarted or lost:", n)
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatal(err)
	}
	// A statement that gives rows and is executed all the same holds nothing.
	for range 2 {
		for _, q := range []string{"SELECT id FROM thing", "UPDATE thing SET at = at + 1 RETURNING id", "WITH a AS (SELECT id FROM thing) SELECT * FROM a"} {
			mustExec(t, d, q)
		}
		if err := d.Checkpoint(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := One(t.Context(), d, Value[int64], "SELECT sum(at) FROM thing"); n != 4 || err != nil {
		t.Error("rows changed:", n, err)
	}
	// A change of the schema reaches prepared statements.
	q := "SELECT * FROM thing WHERE id = 2"
	width := func() int {
		rows, err := d.Query(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		cols, _ := rows.Columns()
		return len(cols)
	}
	w := width()
	mustExec(t, d, "ALTER TABLE thing ADD COLUMN z TEXT")
	if got := width(); got != w+1 {
		t.Errorf("%d columns, want %d", got, w+1)
	}
}

func TestCacheable(t *testing.T) {
	for q, want := range map[string]bool{
		"SELECT 1":                     true,
		"\n\t-- name: x\nselect 1;\n ": true,
		"/* a */ WITH a AS (SELECT 1) SELECT * FROM a": true,
		"PRAGMA synchronous=FULL":                      false,
		"SELECT 1; DELETE FROM x":                      false,
		"CREATE TABLE x (n)":                           false,
		"BEGIN":                                        false,
		"":                                             false,
		"-- only":                                      false,
	} {
		if got := cacheable(q); got != want {
			t.Errorf("%q: %v", q, got)
		}
	}
}

func TestBackupWhileBusy(t *testing.T) {
	d := fresh(t)
	ctx, stop := context.WithCancel(t.Context())
	started := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; ctx.Err() == nil; i++ {
			if _, err := d.Exec(t.Context(), "INSERT INTO thing (workspace_id, id, name) VALUES (1, ?, ?)", i, JSON(i)); err != nil {
				t.Error(err)
			}
			if i == 50 {
				close(started)
			}
		}
	})
	<-started
	path := filepath.Join(t.TempDir(), "it's a copy?.db")
	if err := d.Backup(t.Context(), path); err != nil {
		t.Error(err)
	}
	if err := d.Checkpoint(t.Context()); err != nil {
		t.Error(err)
	}
	stop()
	wg.Wait()
	if err := d.Backup(t.Context(), path); err == nil {
		t.Error("a backup overwrote a file")
	}
	c, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if n := count(t, c); n < 50 {
		t.Error("rows in the copy:", n)
	}
	if ok, err := One(t.Context(), c, Value[string], "PRAGMA integrity_check"); ok != "ok" || err != nil {
		t.Error(ok, err)
	}
}

// TestSlowListener: a listener that does not keep up is told to look itself,
// and writers do not wait for it.
func TestSlowListener(t *testing.T) {
	l := &listener{channel: "c", wake: make(chan struct{}, 1)}
	h := &hub{listeners: map[*listener]struct{}{l: {}}}
	for range maxPending + 10 {
		h.send([]note{{"c", "x"}, {"d", "y"}})
	}
	got := l.take()
	if len(got) != 10 || got[0] != "" || got[1] != "x" {
		t.Errorf("%d pending, first %q", len(got), got[:min(2, len(got))])
	}
}

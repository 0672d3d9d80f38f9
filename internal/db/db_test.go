package db

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"
	"time"
)

// schema is the table that these tests work on.
const schema = `-- +goose Up
CREATE TABLE thing (
  workspace_id BIGINT NOT NULL,
  id {{ID}},
  name TEXT NOT NULL,
  at BIGINT NOT NULL DEFAULT 0,
  done BOOLEAN NOT NULL DEFAULT FALSE,
  extra {{JSON}},
  raw {{BLOB}},
  score DOUBLE PRECISION
);
CREATE UNIQUE INDEX thing_name ON thing (workspace_id, name);
{{SQLITE}}CREATE TABLE only_here (n BIGINT);
{{POSTGRES}}CREATE TABLE only_there (n BIGINT);
-- +goose Down
DROP TABLE thing;
`

func schemaFS() fstest.MapFS {
	return fstest.MapFS{"00001_thing.sql": {Data: []byte(schema)}}
}

// fresh opens a new SQLite file with the schema.
func fresh(t *testing.T, opts ...Option) *DB {
	t.Helper()
	return migrated(t, filepath.Join(t.TempDir(), "t.db"), opts...)
}

func migrated(t *testing.T, url string, opts ...Option) *DB {
	t.Helper()
	d, err := Open(t.Context(), url, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error("close:", err)
		}
	})
	if err := d.Migrate(t.Context(), schemaFS()); err != nil {
		t.Fatal(err)
	}
	return d
}

func mustExec(t *testing.T, q Querier, query string, args ...any) int64 {
	t.Helper()
	n, err := q.Exec(t.Context(), query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return n
}

func count(t *testing.T, d *DB) int64 {
	t.Helper()
	n, err := One(t.Context(), d, Value[int64], "SELECT count(*) FROM thing")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Everything below runs on each database: see sqlite_test.go and
// postgres_servers_test.go.
func suite(t *testing.T, open func(*testing.T) *DB) {
	for name, test := range map[string]func(*testing.T, *DB){
		"values":        testValues,
		"unique":        testUnique,
		"rollback":      testRollback,
		"counter":       testCounter,
		"insert many":   testInsertMany,
		"exec many":     testExecMany,
		"later":         testLater,
		"merged":        testMerged,
		"try":           testTry,
		"read tx":       testReadTx,
		"together":      testTogether,
		"notify":        testNotify,
		"prepare all":   testPrepareAll,
		"migrate twice": testMigrateTwice,
		"newer":         testNewer,
		"nested query":  testNestedQuery,
		"cancelled":     testCancelled,
		"retried":       testRetried,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func testValues(t *testing.T, d *DB) {
	type kind string
	now := time.Date(2026, 11, 24, 7, 0, 0, 123456789, time.FixedZone("x", 3600))
	var none *int64
	extra := map[string]string{"city": "Ålesund\x00", "q": "a?b"}
	mustExec(t, d, "INSERT INTO thing (workspace_id, id, name, at, done, extra, raw, score) VALUES (?, ?, ?, ?, ?, ?, ?, ?) -- ?",
		1, int64(7), kind("ca\x00f\xe9?"), now, true, JSON(extra), []byte{0, 255}, 1.5)
	mustExec(t, d, "INSERT INTO thing (workspace_id, id, name, at, raw, score) VALUES (?, ?, 'it''s ?', ?, ?, ?)",
		1, 8, time.Time{}, []byte(nil), none)

	type row struct {
		name  string
		at    time.Time
		done  bool
		extra map[string]string
		raw   []byte
		score sql.NullFloat64
	}
	scan := func(s Scanner) (r row, err error) {
		err = s.Scan(&r.name, ScanTime(&r.at), &r.done, ScanJSON(&r.extra), &r.raw, &r.score)
		return r, err
	}
	rows, err := All(t.Context(), d, scan, "SELECT name, at, done, extra, raw, score FROM thing ORDER BY id")
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	a, b := rows[0], rows[1]
	if a.name != "caf\uFFFD?" || !a.at.Equal(now.Truncate(time.Microsecond)) || a.at.Location() != time.UTC || !a.done ||
		a.extra["city"] != "Ålesund" || a.extra["q"] != "a?b" || string(a.raw) != "\x00\xff" || a.score.Float64 != 1.5 {
		t.Errorf("first row: %+v", a)
	}
	if b.name != "it's ?" || !b.at.IsZero() || b.done || b.extra != nil || b.raw != nil || b.score.Valid {
		t.Errorf("second row: %+v", b)
	}
	got, err := One(t.Context(), d, Value[string], "SELECT CAST(extra->>'city' AS TEXT) FROM thing WHERE id IN "+In(2)+" AND extra IS NOT NULL", 7, 8)
	if err != nil || got != "Ålesund" {
		t.Error(got, err)
	}
	if n, err := All(t.Context(), d, Value[int64], "SELECT id FROM thing WHERE id IN "+In(0)); err != nil || len(n) != 0 {
		t.Error("an empty IN matches nothing:", n, err)
	}
	if _, err := One(t.Context(), d, Value[int64], "SELECT id FROM thing WHERE id = ?", 99); !errors.Is(err, ErrNoRows) {
		t.Error("want ErrNoRows:", err)
	}
	for range 2 {
		if _, err := d.Exec(t.Context(), "DELETE FROM thing WHERE id = ? AND name = ?", 1); err == nil {
			t.Error("an argument was missing")
		}
	}
}

func testUnique(t *testing.T, d *DB) {
	ins := "INSERT INTO thing (workspace_id, id, name) VALUES (?, ?, ?)"
	mustExec(t, d, ins, 1, 1, "a")
	for _, id := range []int{1, 2} {
		_, err := d.Exec(t.Context(), ins, 1, id, "a")
		if !IsUnique(err) {
			t.Errorf("id %d: want a unique violation, have %v", id, err)
		}
	}
	_, err := d.Exec(t.Context(), ins, nil, 3, "c")
	if err == nil || IsUnique(err) {
		t.Error("NOT NULL is no unique violation:", err)
	}
	got, err := One(t.Context(), d, Value[int64], "SELECT count(*) FROM thing")
	if err != nil || got != 1 {
		t.Error(got, err)
	}
}

func testRollback(t *testing.T, d *DB) {
	boom := errors.New("boom")
	err := d.InTx(t.Context(), func(tx *Tx) error {
		mustExec(t, tx, "INSERT INTO thing (workspace_id, id, name) VALUES (1, 1, 'a')")
		return boom
	})
	if !errors.Is(err, boom) || count(t, d) != 0 {
		t.Error(err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = d.InTx(t.Context(), func(tx *Tx) error {
			mustExec(t, tx, "INSERT INTO thing (workspace_id, id, name) VALUES (1, 1, 'a')")
			panic("boom")
		})
	}()
	// The writer is free again.
	mustExec(t, d, "INSERT INTO thing (workspace_id, id, name) VALUES (1, 1, 'a')")
	if err := d.InDurableTx(t.Context(), func(tx *Tx) error {
		mustExec(t, tx, "INSERT INTO thing (workspace_id, id, name) VALUES (1, 2, 'b')")
		return nil
	}); err != nil || count(t, d) != 2 {
		t.Error(err)
	}
}

// testCounter: read-modify-write from many goroutines loses nothing.
func testCounter(t *testing.T, d *DB) {
	mustExec(t, d, "INSERT INTO thing (workspace_id, id, name, at) VALUES (1, 1, 'n', 0)")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 10 {
				if err := d.InTx(t.Context(), func(tx *Tx) error {
					n, err := One(t.Context(), tx, Value[int64], "SELECT at FROM thing WHERE id = ?"+ForUpdate(tx.Dialect()), 1)
					if err != nil {
						return err
					}
					_, err = tx.Exec(t.Context(), "UPDATE thing SET at = ? WHERE id = 1", n+1)
					return err
				}); err != nil {
					t.Error(err)
				}
				if _, err := One(t.Context(), d, Value[int64], "SELECT at FROM thing WHERE id = 1"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if n, err := One(t.Context(), d, Value[int64], "SELECT at FROM thing WHERE id = 1"); n != 80 || err != nil {
		t.Error(n, err)
	}
}

func testTry(t *testing.T, d *DB) {
	ins := "INSERT INTO thing (workspace_id, id, name) VALUES (1, ?, ?)"
	err := d.InTx(t.Context(), func(tx *Tx) error {
		mustExec(t, tx, ins, 1, "a")
		err := tx.Try(t.Context(), func(tx *Tx) error {
			mustExec(t, tx, ins, 2, "b")
			_, err := tx.Exec(t.Context(), ins, 3, "a")
			return err
		})
		if !IsUnique(err) {
			t.Error(err)
		}
		return tx.Try(t.Context(), func(tx *Tx) error { _, err := tx.Exec(t.Context(), ins, 4, "d"); return err })
	})
	if err != nil || count(t, d) != 2 {
		t.Error(err, count(t, d))
	}
}

func testReadTx(t *testing.T, d *DB) {
	err := d.ReadTx(t.Context(), func(tx *Tx) error {
		q := "SELECT count(*) FROM thing"
		before, err := One(t.Context(), tx, Value[int64], q)
		if err != nil {
			return err
		}
		mustExec(t, d, "INSERT INTO thing (workspace_id, id, name) VALUES (1, 1, 'a')")
		after, err := One(t.Context(), tx, Value[int64], q)
		if err != nil || before != 0 || after != 0 {
			t.Error("the snapshot moved:", before, after, err)
		}
		if _, err := tx.Exec(t.Context(), "DELETE FROM thing"); err == nil {
			t.Error("a read transaction wrote")
		}
		return nil
	})
	if err != nil || count(t, d) != 1 {
		t.Error(err)
	}
}

// testTogether: what is read together is of one state on SQLite, also from within;
// more of it than there are connections waits; the end of the context and the error
// of what reads end it.
func testTogether(t *testing.T, d *DB) {
	count := func(ctx context.Context) int64 {
		n, err := One(ctx, d, Value[int64], "SELECT count(*) FROM thing")
		if err != nil {
			t.Error(err)
		}
		return n
	}
	err := d.Together(t.Context(), func(ctx context.Context) error {
		before := count(ctx)
		mustExec(t, d, "INSERT INTO thing (workspace_id, id, name) VALUES (1, 1, 'a')")
		return d.Together(ctx, func(ctx context.Context) error {
			if after := count(ctx); d.Dialect() == SQLite && after != before {
				t.Errorf("the state moved from %d to %d", before, after)
			}
			return nil
		})
	})
	if err != nil || count(t.Context()) != 1 {
		t.Error(err)
	}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if err := d.Together(t.Context(), func(ctx context.Context) error {
				for range 2 { // one after the other within the same state
					if count(ctx) != 1 {
						t.Error("not one")
					}
				}
				return nil
			}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	ctx, cancel := context.WithCancel(t.Context())
	err = d.Together(ctx, func(ctx context.Context) error {
		cancel()
		_, err := One(ctx, d, Value[int64], "SELECT count(*) FROM thing")
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if err := d.Together(t.Context(), func(context.Context) error { return io.EOF }); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
}

// testNestedQuery: on the DB, the text of a running query runs again inside
// it, with other arguments.
func testNestedQuery(t *testing.T, d *DB) {
	for i := range 3 {
		mustExec(t, d, "INSERT INTO thing (workspace_id, id, name) VALUES (1, ?, ?)", i, JSON(i))
	}
	q := "SELECT id FROM thing WHERE id >= ? ORDER BY id"
	rows, err := d.Query(t.Context(), q, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var seen []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		inner, err := All(t.Context(), d, Value[int64], q, id)
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, int64(len(inner)))
	}
	if rows.Err() != nil || len(seen) != 3 || seen[0] != 3 || seen[2] != 1 {
		t.Error(seen, rows.Err())
	}
}

func testCancelled(t *testing.T, d *DB) {
	ctx, stop := context.WithCancel(t.Context())
	err := d.InTx(ctx, func(tx *Tx) error {
		if _, err := tx.Exec(ctx, "INSERT INTO thing (workspace_id, id, name) VALUES (1, 1, 'a')"); err != nil {
			return err
		}
		stop()
		_, err := tx.Exec(ctx, "INSERT INTO thing (workspace_id, id, name) VALUES (1, 2, 'b')")
		if !errors.Is(err, context.Canceled) {
			t.Error("a statement ran after the end of its context:", err)
		}
		return nil // and a careless caller
	})
	if !errors.Is(err, context.Canceled) || count(t, d) != 0 {
		t.Error("committed after the end of the context:", err)
	}
	if err := d.InTx(ctx, func(*Tx) error { t.Error("ran"); return nil }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

package db

import (
	"context"
	"errors"
	"testing"
	"testing/fstest"
	"time"
)

func testNotify(t *testing.T, d *DB) {
	ctx, stop := context.WithCancel(t.Context())
	got := make(chan string, 100)
	ended := make(chan error, 1)
	go func() { ended <- d.Listen(ctx, "news", func(p string) { got <- p }) }()
	// Until the listener stands, notifications go nowhere: knock until it answers.
	for heard := false; !heard; {
		if err := d.InTx(ctx, func(tx *Tx) error { tx.Notify("news", "knock"); return nil }); err != nil {
			t.Fatal(err)
		}
		select {
		case <-got:
			heard = true
		case <-time.After(20 * time.Millisecond):
		}
	}
	_ = d.InTx(ctx, func(tx *Tx) error { tx.Notify("news", "rolled back"); return errors.New("no") })
	if err := d.InTx(ctx, func(tx *Tx) error {
		tx.Notify("other", "elsewhere")
		tx.Notify("news", "it's ?")
		tx.Notify("news", "it's ?")
		tx.Notify("news", "last")
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	var all []string
	for {
		select {
		case p := <-got:
			if p != "knock" {
				all = append(all, p)
			}
		case <-time.After(time.Minute):
			t.Fatal("no notification; so far", all)
		}
		if len(all) > 0 && all[len(all)-1] == "last" {
			break
		}
	}
	if len(all) != 2 || all[0] != "it's ?" {
		t.Errorf("notifications %q", all)
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func testPrepareAll(t *testing.T, d *DB) {
	if err := d.PrepareAll(t.Context(), map[string]string{
		"ok":  "SELECT id FROM thing WHERE name = ? AND at > ?",
		"ok2": "UPDATE thing SET done = ? WHERE id = ? RETURNING id",
	}); err != nil {
		t.Error(err)
	}
	err := d.PrepareAll(t.Context(), map[string]string{"bad column": "SELECT nope FROM thing", "bad string": `SELECT "nope" FROM thing`})
	if err == nil {
		t.Error("an unknown column was prepared")
	}
}

func testMigrateTwice(t *testing.T, d *DB) {
	files := schemaFS()
	files["00002_more.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nALTER TABLE thing ADD COLUMN more TEXT;\n")}
	for range 2 {
		if err := d.Migrate(t.Context(), files); err != nil {
			t.Fatal(err)
		}
	}
	mustExec(t, d, "INSERT INTO thing (workspace_id, id, name, more) VALUES (1, 1, 'a', 'b')")
	files["00003_bad.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nCREATE TABLE half (n BIGINT);\nCREATE TABEL wrong;\n")}
	if err := d.Migrate(t.Context(), files); err == nil {
		t.Error("a broken migration passed")
	}
	if _, err := All(t.Context(), d, Value[int64], "SELECT n FROM half"); err == nil {
		t.Error("half a migration stayed")
	}
}

func testNewer(t *testing.T, d *DB) {
	files := schemaFS()
	files["00002_more.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nALTER TABLE thing ADD COLUMN more TEXT;\n")}
	if err := d.Migrate(t.Context(), files); err != nil {
		t.Fatal(err)
	}
	if err := d.Migrate(t.Context(), schemaFS()); !errors.Is(err, ErrNewer) {
		t.Error("want ErrNewer:", err)
	}
}

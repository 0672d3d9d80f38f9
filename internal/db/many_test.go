package db

import (
	"errors"
	"slices"
	"testing"
	"time"
)

func testInsertMany(t *testing.T, d *DB) {
	cols := []string{"workspace_id", "id", "name", "at", "done", "extra", "raw"}
	for _, n := range []int{0, 1, 3, 2500} {
		var rows [][]any
		for i := range n {
			rows = append(rows, []any{n, n*10000 + i, string(rune('a'+i%26)) + JSON(i), time.UnixMicro(5), i%2 == 0, JSON([]int{i}), []byte("x")})
		}
		before := count(t, d)
		if err := d.InTx(t.Context(), func(tx *Tx) error { return InsertMany(t.Context(), tx, "thing", cols, rows) }); err != nil {
			t.Fatal(n, err)
		}
		if got := count(t, d) - before; got != int64(n) {
			t.Errorf("%d rows inserted, %d there", n, got)
		}
		if n == 0 {
			continue
		}
		err := d.InTx(t.Context(), func(tx *Tx) error { return InsertMany(t.Context(), tx, "thing", cols, rows) })
		if !IsUnique(err) {
			t.Errorf("%d rows again: %v", n, err)
		}
	}
	at, err := One(t.Context(), d, Value[int64], "SELECT sum(at) FROM thing WHERE done AND workspace_id = 2500")
	if err != nil || at != 1250*5 {
		t.Error(at, err)
	}
	err = d.InTx(t.Context(), func(tx *Tx) error {
		return InsertMany(t.Context(), tx, "thing", cols, [][]any{{1, 2}})
	})
	if err == nil {
		t.Error("a row of the wrong width was taken")
	}
}

func testExecMany(t *testing.T, d *DB) {
	var rows [][]any
	for i := range 2300 {
		rows = append(rows, []any{i, JSON(i)})
	}
	err := d.InTx(t.Context(), func(tx *Tx) error {
		n, err := ExecMany(t.Context(), tx, "INSERT INTO thing (workspace_id, id, name) VALUES (1, ?, ?) ON CONFLICT DO NOTHING", append(rows, rows[0]))
		if n != 2300 {
			t.Error(n)
		}
		if err != nil {
			return err
		}
		n, err = ExecMany(t.Context(), tx, "UPDATE thing SET done = TRUE WHERE id = ?", [][]any{{1}, {2}, {-1}})
		if n != 2 {
			t.Error(n)
		}
		return err
	})
	if err != nil || count(t, d) != 2300 {
		t.Error(err)
	}
}

// testLater: statements that wait run in their order before one that does not, and
// before the commit; who looks at the result of one can fail the transaction.
func testLater(t *testing.T, d *DB) {
	ctx := t.Context()
	ins, upd := "INSERT INTO thing (workspace_id, id, name) VALUES (1, ?, ?)", "UPDATE thing SET name = name || ? WHERE id = ?"
	var changed []int64
	note := func(n int64) error { changed = append(changed, n); return nil }
	err := d.InTx(ctx, func(tx *Tx) error {
		changed = nil
		for i := range 3 * laterMost / 2 {
			if err := tx.Later(ctx, ins, i, JSON(i)); err != nil {
				return err
			}
		}
		if err := errors.Join(tx.wait(ctx, upd, note, false, []any{"b", 1}), tx.wait(ctx, upd, note, false, []any{"c", -1}), tx.wait(ctx, upd, note, false, []any{"d", 1})); err != nil {
			return err
		}
		name, err := One(ctx, tx, Value[string], "SELECT name FROM thing WHERE id = 1")
		if name != "1bd" || !slices.Equal(changed, []int64{1, 0, 1}) {
			t.Errorf("%q after %v", name, changed)
		}
		if err != nil {
			return err
		}
		each, err := ExecEach(ctx, tx, upd, [][]any{{"x", 2}, {"x", -2}, {"x", 3}})
		if !slices.Equal(each, []int64{1, 0, 1}) {
			t.Error(each)
		}
		if err != nil {
			return err
		}
		return tx.Later(ctx, upd, "e", 1)
	})
	if err != nil || count(t, d) != 3*laterMost/2 {
		t.Fatal(err)
	}
	if name, err := One(ctx, d, Value[string], "SELECT name FROM thing WHERE id = 1"); name != "1bde" {
		t.Errorf("%q %v", name, err)
	}
	enough := errors.New("enough")
	for what, last := range map[string]func(*Tx) error{
		"a check":  func(tx *Tx) error { return tx.LaterOr(ctx, enough, upd, "f", -1) },
		"a unique": func(tx *Tx) error { return tx.Later(ctx, ins, 1, "twice") },
	} {
		err := d.InTx(ctx, func(tx *Tx) error {
			return errors.Join(tx.Later(ctx, ins, 100_000, "z"), last(tx))
		})
		if what == "a check" && !errors.Is(err, enough) || what == "a unique" && !IsUnique(err) {
			t.Errorf("%s: %v", what, err)
		}
		if count(t, d) != 3*laterMost/2 {
			t.Errorf("%s: it was committed", what)
		}
	}
}

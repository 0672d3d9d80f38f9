package db

import (
	"strings"
	"testing"
)

func TestShapeOf(t *testing.T) {
	for query, want := range map[string]shape{
		"INSERT INTO t (a, b) VALUES ($1, $2)":                                                       {kind: shapeInsert, before: "INSERT INTO t (a, b) VALUES ", params: 2},
		"INSERT INTO t (a, b)\n  VALUES ($1, $2) ON CONFLICT (a) DO UPDATE SET b = t.b + excluded.b": {kind: shapeInsert, before: "INSERT INTO t (a, b)\n  VALUES ", after: " ON CONFLICT (a) DO UPDATE SET b = t.b + excluded.b", params: 2},
		"INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT (a) DO UPDATE SET b = $3":                  {},
		"INSERT INTO t (a, b) VALUES ($2, $1)":                                                       {},
		"INSERT INTO t (a, b) VALUES ($1, 1)":                                                        {},
		"INSERT INTO t (a) VALUES ($1) RETURNING a":                                                  {},
		"INSERT INTO t (a) SELECT $1":                                                                {},
		"UPDATE t SET a = CASE WHEN $1 <> '' THEN $1 ELSE a END, n = n + 1 WHERE id = $2 AND state || '' = 'x'": {
			kind: shapeUpdate, before: "UPDATE t SET a = CASE WHEN v.a1 <> '' THEN v.a1 ELSE a END, n = n + 1", after: "id = v.a2 AND state || '' = 'x'", params: 2, key: []int{1},
		},
		"UPDATE t SET a = $1 WHERE w = $2 AND id = $3 AND version = $4 AND ($5 <> 'q')": {
			kind: shapeUpdate, before: "UPDATE t SET a = v.a1", after: "w = v.a2 AND id = v.a3 AND version = v.a4 AND (v.a5 <> 'q')", params: 5, key: []int{1, 2, 3},
		},
		"UPDATE t SET a = $1 WHERE id IN (SELECT id FROM u WHERE b = $2)": {},
		"UPDATE t SET a = $1 WHERE id = $2 RETURNING id":                  {},
		"UPDATE t SET a = 1":          {},
		"DELETE FROM t WHERE id = $1": {},
	} {
		got := shapeOf(query)
		if got.kind != want.kind || got.kind != shapeOne && (got.before != want.before || got.after != want.after || got.params != want.params) || got.table == "" || len(got.key) != len(want.key) {
			t.Errorf("%s\n got %+v\nwant %+v", query, got, want)
		}
	}
	var s shapes
	for n := range 2 * maxRebound {
		s.of("UPDATE t SET a = $1 WHERE id = $2" + strings.Repeat(" ", n%5000))
	}
	if len(s.all) > maxRebound {
		t.Error("unbounded:", len(s.all))
	}
}

// testMerged: statements of one text do together what they do one by one, whoever
// asks how many rows changed.
func testMerged(t *testing.T, d *DB) {
	ctx := t.Context()
	ins := "INSERT INTO thing (workspace_id, id, name) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING"
	upd := "UPDATE thing SET at = ?, name = name || ?, score = 1 WHERE workspace_id = ? AND id = ?"
	odd := "UPDATE thing SET raw = ? WHERE id = ?"
	const n = 201 // no multiple of the sizes
	later := func(tx *Tx, i int) error {
		if err := tx.LaterOr(ctx, ErrNoRows, upd, i, "x", 1, i); err != nil || i%50 != 0 {
			return err
		}
		return tx.Later(ctx, upd, i, "y", 1, i) // one row twice
	}
	err := d.InTx(ctx, func(tx *Tx) error {
		for i := range n {
			if err := tx.Later(ctx, ins, 1, i, JSON(i)); err != nil {
				return err
			}
			if i == 3 { // what was said before of the same table was done before
				for k := range 4 {
					if err := later(tx, k); err != nil {
						return err
					}
				}
			}
		}
		for i := 4; i < n; i++ {
			if err := later(tx, i); err != nil {
				return err
			}
		}
		for i := range n { // arguments of no or of several kinds
			var b []byte
			if i%2 == 0 {
				b = []byte{1}
			}
			if err := tx.Later(ctx, odd, b, i); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		id, at int64
		name   string
		raw    []byte
	}
	list, err := All(ctx, d, func(s Scanner) (row, error) {
		var r row
		err := s.Scan(&r.id, &r.at, &r.name, &r.raw)
		return r, err
	}, "SELECT id, at, name, raw FROM thing ORDER BY id")
	if err != nil || len(list) != n {
		t.Fatal(len(list), err)
	}
	for i, r := range list {
		want := JSON(i) + "x"
		if i%50 == 0 {
			want += "y"
		}
		if r.at != int64(i) || r.name != want || (len(r.raw) == 1) != (i%2 == 0) {
			t.Fatalf("%d: %+v", i, r)
		}
	}
	err = d.InTx(ctx, func(tx *Tx) error {
		each, err := ExecEach(ctx, tx, upd, [][]any{{1, "", 1, 0}, {1, "", 1, -1}, {1, "", 2, 3}, {1, "", 1, 4}})
		if err == nil && (each[0] != 1 || each[1] != 0 || each[2] != 0 || each[3] != 1) {
			t.Error(each)
		}
		if err != nil {
			return err
		}
		for i := range 100 {
			if err := tx.LaterOr(ctx, ErrNoRows, ins, 1, n-50+i, JSON(n-50+i)+"-"); err != nil { // half of them are there
				return err
			}
		}
		return nil
	})
	if err == nil || count(t, d) != n {
		t.Error("rows that were there went in:", err)
	}
}

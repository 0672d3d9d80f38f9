package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"ninetyten/internal/db"
)

// The statements about sqlite_stat1, the table from which SQLite reads what its
// indexes are worth.
const sqlFiguresLoad = `ANALYZE sqlite_schema` // makes the table when there is none, and reads it

func sqlFiguresCut() db.Per { return db.Per{SQLite: `DELETE FROM sqlite_stat1`} }
func sqlFiguresAdd() db.Per {
	return db.Per{SQLite: `INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (?, ?, ?)`}
}
func sqlFiguresRead() db.Per {
	return db.Per{SQLite: `SELECT tbl, idx, stat FROM sqlite_stat1 ORDER BY tbl, idx`}
}

// sqlIndexes gives the columns of every index of ours.
func sqlIndexes() db.Per {
	return db.Per{SQLite: `SELECT t.name, i.name, i."unique", i.partial, (SELECT group_concat(coalesce(c.name, '')) FROM pragma_index_info(i.name) c) FROM sqlite_schema t, pragma_index_list(t.name) i
  WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'goose%' AND t.name NOT LIKE 'river%' ORDER BY t.name, i.name`}
}

// figureRows is how many rows SQLite is told that a table has. A partial index has
// a tenth of them.
const figureRows = 1_000_000

// tellPlanner tells SQLite what the indexes are worth. Left alone it assumes that
// a workspace has ten rows of a table, and rather reads all of them than uses an
// index; figures that it measures would depend on the moment. So every database
// has the same ones, and with them the same plans: those of one workspace with a
// million rows (https://www.sqlite.org/fileformat2.html#stat1tab).
func (s *Store) tellPlanner(ctx context.Context) error {
	if s.DB.Dialect() != db.SQLite {
		return nil
	}
	return s.DB.InTx(ctx, func(tx *db.Tx) error {
		want, err := db.All(ctx, tx, scanIndex, sqlIndexes().SQLite)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, sqlFiguresLoad); err != nil {
			return err
		}
		if have, err := db.All(ctx, tx, scanFigure, sqlFiguresRead().SQLite); err != nil || slices.Equal(have, want) {
			return err
		}
		if _, err := tx.Exec(ctx, sqlFiguresCut().SQLite); err != nil {
			return err
		}
		for _, x := range want {
			if _, err := tx.Exec(ctx, sqlFiguresAdd().SQLite, x.table, x.index, x.stat); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, sqlFiguresLoad)
		return err
	})
}

// figure is a row of sqlite_stat1.
type figure struct{ table, index, stat string }

func scanFigure(r db.Scanner) (figure, error) {
	var f figure
	err := r.Scan(&f.table, &f.index, &f.stat)
	return f, err
}

func scanIndex(r db.Scanner) (figure, error) {
	var f figure
	var unique, partial bool
	var cols string
	err := r.Scan(&f.table, &f.index, &unique, &partial, &cols)
	rows := figureRows
	if partial {
		rows /= 10
	}
	f.stat = statOf(strings.Split(cols, ","), unique, rows)
	return f, err
}

// share tells into how many heaps, at a guess, a column sorts the rows of a
// workspace; 0 is very many.
func share(column string) int {
	switch column {
	case "state", "kind", "follow_up", "direction", "scope":
		return 3
	case "sequence_id", "name":
		return 100
	case "mailbox_id", "user_id", "owner_id":
		return 1000
	}
	return 0
}

// statOf says how many rows there are, and how many have the same first column,
// the same first two, and so on.
func statOf(cols []string, unique bool, rows int) string {
	var b strings.Builder
	fmt.Fprint(&b, rows)
	left := rows
	for i, c := range cols {
		if n := share(c); n > 0 {
			left /= n
		} else if c != "workspace_id" {
			left = min(left/10, 20)
		}
		if unique && i == len(cols)-1 {
			left = 1
		}
		left = max(left, 1)
		fmt.Fprintf(&b, " %d", left)
	}
	return b.String()
}

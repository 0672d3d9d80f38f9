package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// Tables names every table of the store, in the order in which they are copied.
func Tables() []string {
	return []string{
		"nodes", "workspaces", "users", "sessions", "accounts", "people", "person_leases", "sequences", "steps", "enrollments", "mailboxes", "cursors", "mailings", "attempts",
		"raws", "threads", "messages", "tasks", "calls", "moves", "suppressions", "counters", "step_stats",
		"rulesets", "schedules", "days_off", "variants", "variant_stats", "sequence_versions", "absences", "absence_items", "snippets", "files",
		"day_counts", "outside_mails", "mailbox_days", "trials", "bulk_actions", "lessons",
		"model_endpoints", "model_asks",
		"mail_names", "person_addresses", "match_candidates", "match_holds",
		"points", "paths", "cards", "card_versions", "card_uses", "connections", "phone_hooks",
		"deals", "parts", "chases",
		"pins", "skips", "drafts", "letters", "assignments",
		"researches", "facts", "feeds", "briefs",
		"page_time", "page_beats",
		"recounts",
	}
}

// Rows of one batch of a copy, and about how many bytes it holds at most.
const (
	copyRows  = 500
	copyBytes = 4 << 20
)

// Copy moves everything from one database to another, empty one: from a SQLite
// file to PostgreSQL when an installation outgrows its machine, or back. It
// brings the schema of the target up to date first, reads one state of the
// source, and writes in one transaction: it copies all or nothing. progress, if
// not nil, hears of every table when its rows are written, again if the target
// asked for another try.
//
// A Conflict error means that the target holds something already: nothing is
// changed there then. Both stores need the same secret key, because sealed
// passwords and suppression hashes move as they are.
func Copy(ctx context.Context, from, to *Store, progress func(table string, n int)) error {
	if err := to.Migrate(ctx); err != nil {
		return err
	}
	if progress == nil {
		progress = func(string, int) {}
	}
	return from.DB.ReadTx(ctx, func(src *db.Tx) error {
		return to.InTx(ctx, func(dst *Tx) error {
			if err := refuseFilled(ctx, dst); err != nil {
				return err
			}
			for _, table := range Tables() {
				n, err := copyTable(ctx, src, dst.Tx, table)
				if err != nil {
					return fmt.Errorf("copy %s: %w", table, err)
				}
				if err := sameCount(ctx, src, dst.Tx, table, n); err != nil {
					return err
				}
				progress(table, n)
			}
			return nil
		})
	})
}

// refuseFilled returns a Conflict error when a table has a row.
func refuseFilled(ctx context.Context, dst *Tx) error {
	for _, table := range Tables() {
		some, err := db.All(ctx, dst, db.Value[int64], "SELECT 1 FROM "+table+" LIMIT 1")
		if err != nil {
			return err
		}
		if len(some) > 0 {
			return sales.Errorf(sales.Conflict, "The target database is not empty: its table %s has rows. Nothing was copied. Name a new, empty database as the target.", table)
		}
	}
	return nil
}

func sameCount(ctx context.Context, src, dst *db.Tx, table string, n int) error {
	for _, q := range []db.Querier{src, dst} {
		have, err := db.One(ctx, q, db.Value[int], "SELECT count(*) FROM "+table)
		if err != nil {
			return err
		}
		if have != n {
			return sales.Errorf(sales.Internal, "%d rows of %s were read, but the %s database has %d", n, table, q.Dialect(), have)
		}
	}
	return nil
}

// copyTable copies the rows of a table and says how many there were.
func copyTable(ctx context.Context, src, dst *db.Tx, table string) (int, error) {
	cols, err := columns(ctx, dst, table)
	if err != nil {
		return 0, err
	}
	theirs, err := columns(ctx, src, table)
	if err != nil {
		return 0, err
	}
	if !slices.Equal(sorted(names(cols)), sorted(names(theirs))) {
		return 0, sales.Errorf(sales.Invalid, "The source database has another version than this program. Start this program on it once, then copy.")
	}
	rows, err := src.Query(ctx, "SELECT "+strings.Join(names(cols), ", ")+" FROM "+table)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	var batch [][]any
	total, size := 0, 0
	flush := func() error {
		err := db.InsertMany(ctx, dst, table, names(cols), batch)
		total += len(batch)
		batch, size = nil, 0
		return err
	}
	for rows.Next() {
		row, bytes, err := scanRow(rows, cols)
		if err != nil {
			return total, err
		}
		batch, size = append(batch, row), size+bytes
		if len(batch) >= copyRows || size >= copyBytes {
			if err := flush(); err != nil {
				return total, err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return total, err
	}
	return total, flush()
}

func sorted(list []string) []string {
	return slices.Sorted(slices.Values(list))
}

// sqlColumns lists the columns of a table: name and type.
func sqlColumns() db.Per {
	return db.Per{
		SQLite:   `SELECT name, type FROM pragma_table_info(?) ORDER BY cid`,
		Postgres: `SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ? ORDER BY ordinal_position`,
	}
}

// column is one of a table.
type column struct {
	name  string
	bytes bool // holds bytes, not text
}

func columns(ctx context.Context, q db.Querier, table string) ([]column, error) {
	return db.All(ctx, q, func(r db.Scanner) (column, error) {
		var c column
		var kind string
		err := r.Scan(&c.name, &kind)
		c.bytes = kind == "BLOB" || kind == "bytea"
		return c, err
	}, sqlColumns().For(q.Dialect()), table)
}

func names(cols []column) []string {
	out := make([]string, len(cols))
	for i, c := range cols {
		out[i] = c.name
	}
	return out
}

// scanRow reads one row, and about how many bytes it has. What drivers give in
// another form is put right: text as bytes, an empty value as none.
func scanRow(rows *sql.Rows, cols []column) (row []any, size int, err error) {
	row, dest := make([]any, len(cols)), make([]any, len(cols))
	for i := range row {
		dest[i] = &row[i]
	}
	if err := rows.Scan(dest...); err != nil {
		return nil, 0, err
	}
	for i, c := range cols {
		size += 8
		switch x := row[i].(type) {
		case string:
			if size += len(x); c.bytes {
				row[i] = []byte(x)
			}
		case []byte:
			if size += len(x); !c.bytes {
				row[i] = string(x)
			} else if x == nil {
				row[i] = []byte{} // empty: NULL comes as nil without a type
			}
		}
	}
	return row, size, nil
}

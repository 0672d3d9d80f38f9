package db

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// copyFrom is the number of rows from which PostgreSQL's COPY pays.
const copyFrom = 16

// InsertMany inserts rows, each with one value a column, into table: by COPY
// on PostgreSQL, by one prepared statement on SQLite. A violated constraint
// fails all of them. table and cols are names from the program, not from
// people.
func InsertMany(ctx context.Context, tx *Tx, table string, cols []string, rows [][]any) error {
	for i, r := range rows {
		if len(r) != len(cols) {
			return fmt.Errorf("db: row %d for %s has %d values for %d columns", i, table, len(r), len(cols))
		}
	}
	if tx.db.dialect == Postgres && len(rows) >= copyFrom {
		return tx.copyIn(ctx, table, cols, rows)
	}
	query := "INSERT INTO " + table + " (" + strings.Join(cols, ", ") + ") VALUES " + In(len(cols))
	_, err := ExecMany(ctx, tx, query, rows)
	return err
}

// ExecMany runs query once for each row of arguments and gives the sum of the
// changed rows: in one round trip on PostgreSQL, by one prepared statement on
// SQLite. The first failure ends it.
func ExecMany(ctx context.Context, tx *Tx, query string, rows [][]any) (int64, error) {
	if tx.db.dialect == Postgres && len(rows) > 1 {
		return tx.batch(ctx, query, rows)
	}
	var sum int64
	for _, r := range rows {
		n, err := tx.Exec(ctx, query, r...)
		if err != nil {
			return sum, err
		}
		sum += n
	}
	return sum, nil
}

// ExecEach is ExecMany that gives the number of changed rows of each.
func ExecEach(ctx context.Context, tx *Tx, query string, rows [][]any) ([]int64, error) {
	out := make([]int64, len(rows))
	for i, r := range rows {
		if err := tx.wait(ctx, query, func(n int64) error { out[i] = n; return nil }, false, r); err != nil {
			return nil, err
		}
	}
	return out, tx.flush(ctx)
}

// pgx runs fn on the connection of pgx that this transaction is open on.
func (t *Tx) pgx(fn func(*pgx.Conn) error) error {
	return t.conn.Raw(func(c any) error { return fn(c.(*stdlib.Conn).Conn()) })
}

func (t *Tx) copyIn(ctx context.Context, table string, cols []string, rows [][]any) error {
	if err := t.flush(ctx); err != nil {
		return err
	}
	return t.pgx(func(c *pgx.Conn) error {
		src := pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) { return plain(rows[i]), nil })
		_, err := c.CopyFrom(ctx, pgx.Identifier{table}, cols, src)
		return err
	})
}

// batchSize bounds what is queued before PostgreSQL is asked for the results.
const batchSize = 1000

func (t *Tx) batch(ctx context.Context, query string, rows [][]any) (int64, error) {
	if err := t.flush(ctx); err != nil {
		return 0, err
	}
	query = t.db.text(query)
	var sum int64
	err := t.pgx(func(c *pgx.Conn) error {
		for len(rows) > 0 {
			n := min(len(rows), batchSize)
			b := &pgx.Batch{}
			for _, r := range rows[:n] {
				b.Queue(query, plain(r)...)
			}
			res := c.SendBatch(ctx, b)
			for range n {
				tag, err := res.Exec()
				if err != nil {
					_ = res.Close()
					return err
				}
				sum += tag.RowsAffected()
			}
			if err := res.Close(); err != nil {
				return err
			}
			rows = rows[n:]
		}
		return nil
	})
	return sum, err
}

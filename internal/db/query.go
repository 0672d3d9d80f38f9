package db

import (
	"context"
	"database/sql"
)

// ErrNoRows is what One returns when there is no row.
var ErrNoRows = sql.ErrNoRows

// Querier runs SQL text with ? placeholders: a *Tx inside its transaction, or
// a *DB, which reads on the readers and writes in a transaction of its own.
type Querier interface {
	// Exec runs a statement and gives the number of rows it changed.
	Exec(ctx context.Context, query string, args ...any) (int64, error)
	// Query gives rows; close them before the next call on the same Tx. One
	// and All do.
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	// Dialect says which database it is.
	Dialect() Dialect
}

// Scanner is a row: *sql.Rows or *sql.Row.
type Scanner interface{ Scan(dest ...any) error }

// One gives the first row of query, or ErrNoRows.
func One[T any](ctx context.Context, q Querier, scan func(Scanner) (T, error), query string, args ...any) (T, error) {
	var zero T
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return zero, explain(err)
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return zero, explain(err)
		}
		return zero, ErrNoRows
	}
	v, err := scan(rows)
	if err != nil {
		return zero, err
	}
	// A driver may report a failure of the statement only at its end.
	if err := rows.Close(); err != nil {
		return zero, explain(err)
	}
	return v, explain(rows.Err())
}

// All gives every row of query; none is an empty slice and no error.
func All[T any](ctx context.Context, q Querier, scan func(Scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return nil, explain(err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, explain(rows.Err())
}

// Value scans a row of one column, for One and All: One(ctx, q, Value[int64], …).
func Value[T any](s Scanner) (T, error) {
	var v T
	err := s.Scan(&v)
	return v, err
}

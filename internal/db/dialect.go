package db

import "strings"

// Dialect says which database is behind a DB.
type Dialect int

// The two databases.
const (
	SQLite Dialect = iota
	Postgres
)

// String is "sqlite" or "postgres".
func (d Dialect) String() string {
	if d == Postgres {
		return "postgres"
	}
	return "sqlite"
}

// Per holds the two texts of a statement that cannot be one, such as a claim
// with SKIP LOCKED or a full-text search.
type Per struct{ SQLite, Postgres string }

// For gives the text for d.
func (p Per) For(d Dialect) string {
	if d == Postgres {
		return p.Postgres
	}
	return p.SQLite
}

// ForUpdate ends a SELECT of rows that the same transaction writes next. On
// SQLite a write transaction is alone, so nothing needs locking there.
func ForUpdate(d Dialect) string { return Per{"", " FOR UPDATE"}.For(d) }

// SkipLocked ends a SELECT that claims rows: rows that another transaction
// holds are left out instead of waited for.
func SkipLocked(d Dialect) string { return Per{"", " FOR UPDATE SKIP LOCKED"}.For(d) }

// In gives "(?,?,?)" for n values, and "(NULL)", which matches nothing, for
// none. Each n is a text of its own in the statement caches, so callers ask in
// few sizes.
func In(n int) string {
	if n <= 0 {
		return "(NULL)"
	}
	return "(?" + strings.Repeat(",?", n-1) + ")"
}

package db

import (
	"database/sql"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

// sqliteBusyError makes a real SQLITE_BUSY: a second writer that does not wait
// meets the open transaction of the first.
func sqliteBusyError(t *testing.T, d *DB) error {
	t.Helper()
	rival := sql.OpenDB(sqliteConnector{sqlitePath(d.path), true})
	defer rival.Close()
	rival.SetMaxOpenConns(1)
	if _, err := rival.ExecContext(t.Context(), "PRAGMA busy_timeout=0"); err != nil {
		t.Fatal(err)
	}
	_, err := rival.BeginTx(t.Context(), nil)
	if err == nil || !sqliteBusy(err) {
		t.Fatal("want busy:", err)
	}
	return err
}

// busyError is an error after which a transaction is worth another try.
func busyError(t *testing.T, d *DB) error {
	t.Helper()
	if d.Dialect() == Postgres {
		return &pgconn.PgError{Code: "40001", Message: "could not serialize access"}
	}
	return sqliteBusyError(t, d)
}

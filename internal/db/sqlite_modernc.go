//go:build !cgosqlite

package db

import (
	"database/sql/driver"
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// DriverName names the SQLite driver that this build uses.
const DriverName = "modernc"

// sqliteOpen opens one connection. path is the escaped part of a file: URI.
func sqliteOpen(path string, write bool) (driver.Conn, error) {
	dsn := "file:" + path + "?_dqs=0"
	if write {
		dsn += "&_txlock=immediate"
	}
	return (&sqlite.Driver{}).Open(dsn)
}

func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

func sqliteUnique(err error) bool {
	c := sqliteCode(err)
	return c == sqlite3.SQLITE_CONSTRAINT_UNIQUE || c == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY || c == sqlite3.SQLITE_CONSTRAINT_ROWID
}

func sqliteBusy(err error) bool {
	c := sqliteCode(err) & 0xff
	return c == sqlite3.SQLITE_BUSY || c == sqlite3.SQLITE_LOCKED
}

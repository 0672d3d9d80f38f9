//go:build cgosqlite

package db

import (
	"database/sql/driver"
	"errors"

	"github.com/mattn/go-sqlite3"
)

// DriverName names the SQLite driver that this build uses.
const DriverName = "mattn"

// sqliteOpen opens one connection. path is the escaped part of a file: URI.
func sqliteOpen(path string, write bool) (driver.Conn, error) {
	dsn := "file:" + path
	if write {
		dsn += "?_txlock=immediate"
	}
	return (&sqlite3.SQLiteDriver{}).Open(dsn)
}

func sqliteCode(err error) int {
	var e sqlite3.Error
	if errors.As(err, &e) {
		return int(e.ExtendedCode)
	}
	return 0
}

func sqliteUnique(err error) bool {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return false
	}
	c := e.ExtendedCode
	return c == sqlite3.ErrConstraintUnique || c == sqlite3.ErrConstraintPrimaryKey || c == sqlite3.ErrConstraintRowID
}

func sqliteBusy(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && (e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked)
}

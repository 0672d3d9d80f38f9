package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// The pragmas, in the order in which they run on a new connection. The lock
// wait comes first because switching to WAL itself may wait. NORMAL in WAL
// mode keeps the file consistent at every crash and loses at most the last
// commits at a power cut; InDurableTx raises it for commits that may not be
// lost. (https://www.sqlite.org/pragma.html#pragma_synchronous)
var (
	// read-only
	writerPragmas = []string{
		"busy_timeout=10000", "page_size=8192", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=1",
		"cache_size=-32000", "temp_store=MEMORY", "journal_size_limit=67108864",
		// 16 MB of WAL before it goes into the file: pages that many transactions
		// change go there once.
		"wal_autocheckpoint=4000",
	}
	// read-only
	readerPragmas = []string{
		"busy_timeout=10000", "foreign_keys=1", "cache_size=-4000", "temp_store=MEMORY", "query_only=1",
	}
)

// sqliteConnector opens connections to one file.
type sqliteConnector struct {
	path  string // escaped for a file: URI
	write bool
}

// Connect implements driver.Connector.
func (c sqliteConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := sqliteOpen(c.path, c.write)
	if err != nil {
		return nil, err
	}
	raw, ok := conn.(rawConn)
	if !ok {
		_ = conn.Close()
		return nil, fmt.Errorf("db: the SQLite driver %s lacks an interface", DriverName)
	}
	pragmas := readerPragmas
	if c.write {
		pragmas = writerPragmas
	}
	for _, p := range pragmas {
		if _, err := raw.ExecContext(ctx, "PRAGMA "+p, nil); err != nil {
			_ = raw.Close()
			return nil, fmt.Errorf("db: PRAGMA %s: %w", p, err)
		}
	}
	return newCachedConn(raw), nil
}

// Driver implements driver.Connector.
func (c sqliteConnector) Driver() driver.Driver { return sqliteDriver{} }

type sqliteDriver struct{}

// Open implements driver.Driver; database/sql never calls it, for it has the
// connector.
func (sqliteDriver) Open(name string) (driver.Conn, error) {
	return sqliteConnector{sqlitePath(name), true}.Connect(context.Background())
}

// sqlitePath escapes a file path for a file: URI.
func sqlitePath(path string) string {
	path = filepath.ToSlash(path)
	parts := strings.Split(path, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return strings.Join(parts, "/")
}

// openSQLite opens the writer and the readers of the file at path, which is
// made when it is missing, readable to its owner alone.
func (d *DB) openSQLite(ctx context.Context, path string, o options) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // the operator names the file
	if err != nil {
		return fmt.Errorf("db: open the SQLite file: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("db: open the SQLite file: %w", err)
	}
	uri := sqlitePath(path)
	d.W = sql.OpenDB(sqliteConnector{uri, true})
	d.W.SetMaxOpenConns(1)
	d.W.SetMaxIdleConns(1)
	d.R = sql.OpenDB(sqliteConnector{uri, false})
	d.R.SetMaxOpenConns(o.readers)
	d.R.SetMaxIdleConns(o.readers)
	d.path = path
	// The writer first: it turns the file to WAL before a reader sees it.
	if err := d.W.PingContext(ctx); err != nil {
		return fmt.Errorf("db: %s: %w", path, err)
	}
	if _, err := One(ctx, d, Value[int64], "SELECT count(*) FROM sqlite_schema"); err != nil {
		return fmt.Errorf("db: %s is no SQLite database: %w", path, err)
	}
	return nil
}

package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
)

// Checkpoint moves the write-ahead log of SQLite into the file and empties it.
// On PostgreSQL the server does that by itself.
func (d *DB) Checkpoint(ctx context.Context) error {
	if d.dialect == Postgres {
		return nil
	}
	_, err := d.W.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}

// Backup writes a consistent copy of the SQLite database to a new file while
// others read and write. It refuses to overwrite. PostgreSQL has pg_dump.
func (d *DB) Backup(ctx context.Context, path string) error {
	if d.dialect == Postgres {
		return errors.New("db: use pg_dump to back up PostgreSQL")
	}
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("db: back up: %s exists already", path)
	}
	// A connection of its own: the copy takes long and neither the writer nor
	// a reader should miss it. VACUUM INTO reads one snapshot.
	one := sql.OpenDB(sqliteConnector{sqlitePath(d.path), false})
	defer one.Close()
	one.SetMaxOpenConns(1)
	if _, err := one.ExecContext(ctx, "PRAGMA query_only=0"); err != nil {
		return fmt.Errorf("db: back up: %w", err)
	}
	if _, err := one.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return fmt.Errorf("db: back up: %w", err)
	}
	return nil
}

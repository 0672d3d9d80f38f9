package db

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// ErrNewer is what Migrate returns for a database of a later release.
var ErrNewer = errors.New("the database was written by a newer release; run that release or a later one")

// Migrate brings the schema up to the newest of the goose files (NNN_name.sql)
// in the root of fsys, each in a transaction. One set of files serves both
// databases; these tokens differ:
//
//	{{ID}}        INTEGER PRIMARY KEY on SQLite, BIGINT PRIMARY KEY on PostgreSQL
//	{{JSON}}      TEXT, JSON (not JSONB: the text is kept as it was written)
//	{{BLOB}}      BLOB, BYTEA
//	{{CLUSTERED}} WITHOUT ROWID on SQLite (rows in key order), nothing on PostgreSQL
//	{{SQLITE}}    at the start of a line: the line is for SQLite alone
//	{{POSTGRES}}  at the start of a line: the line is for PostgreSQL alone
//
// On PostgreSQL nodes that start together wait for each other.
func (d *DB) Migrate(ctx context.Context, fsys fs.FS) error {
	p, err := d.goose(fsys)
	if err != nil {
		return err
	}
	have, err := p.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("db: read the schema version: %w", err)
	}
	if src := p.ListSources(); len(src) > 0 && have > src[len(src)-1].Version {
		return fmt.Errorf("db: schema version %d, known up to %d: %w", have, src[len(src)-1].Version, ErrNewer)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("db: migrate: %w", err)
	}
	return nil
}

func (d *DB) goose(fsys fs.FS) (*goose.Provider, error) {
	dialect := goose.DialectSQLite3
	opts := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true), goose.WithSlog(d.log)}
	if d.dialect == Postgres {
		dialect = goose.DialectPostgres
		l, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300)) // every second, 5 minutes
		if err != nil {
			return nil, fmt.Errorf("db: migrate: %w", err)
		}
		opts = append(opts, goose.WithSessionLocker(l))
	}
	p, err := goose.NewProvider(dialect, d.W, tokenFS{fsys, d.dialect}, opts...)
	if err != nil {
		return nil, fmt.Errorf("db: migrate: %w", err)
	}
	return p, nil
}

// tokenFS is a file system whose .sql files have their tokens replaced.
type tokenFS struct {
	fs.FS
	dialect Dialect
}

// Open implements fs.FS.
func (t tokenFS) Open(name string) (fs.File, error) {
	f, err := t.FS.Open(name)
	if err != nil || !strings.HasSuffix(name, ".sql") {
		return f, err
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	text := ExpandSchema(string(b), t.dialect)
	return &textFile{bytes.NewReader([]byte(text)), textInfo{info, int64(len(text))}}, nil
}

// ExpandSchema replaces the tokens that Migrate knows.
func ExpandSchema(text string, d Dialect) string {
	mine, other := "{{SQLITE}}", "{{POSTGRES}}"
	if d == Postgres {
		mine, other = other, mine
	}
	text = strings.NewReplacer(
		"{{ID}}", Per{"INTEGER PRIMARY KEY", "BIGINT PRIMARY KEY"}.For(d),
		"{{JSON}}", Per{"TEXT", "JSON"}.For(d),
		"{{BLOB}}", Per{"BLOB", "BYTEA"}.For(d),
		"{{CLUSTERED}}", Per{"WITHOUT ROWID", ""}.For(d),
	).Replace(text)
	var out strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, other) {
			continue
		}
		out.WriteString(strings.TrimPrefix(line, mine))
	}
	return out.String()
}

type textFile struct {
	*bytes.Reader
	info textInfo
}

func (f *textFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *textFile) Close() error               { return nil }

type textInfo struct {
	fs.FileInfo
	size int64
}

func (i textInfo) Size() int64 { return i.size }

package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// DB is one open database. It is safe for use by many goroutines.
type DB struct {
	// W writes: the single writer connection on SQLite, the pool on PostgreSQL.
	// R reads: the readers on SQLite, which refuse to write, else the same pool.
	// They are for libraries that want a *sql.DB; our code uses the methods.
	W, R *sql.DB

	dialect    Dialect
	pool       *pgxpool.Pool
	path       string // of the SQLite file
	rebound    rebinder
	shapes     shapes // of PostgreSQL
	notices    hub
	writers    group // of SQLite
	log        *slog.Logger
	writerWait time.Duration
	worry      worry
}

type options struct {
	poolSize, readers int
	appName           string
	log               *slog.Logger
	writerWait        time.Duration
}

// Option changes how Open opens.
type Option func(*options)

// WithPoolSize sets the most connections to PostgreSQL; by default four a core
// and at least 10, or what pool_max_conns in the address says.
func WithPoolSize(n int) Option { return func(o *options) { o.poolSize = n } }

// WithReaders sets the reading connections on SQLite; by default one a core
// and at least two, for more only slow the writer (ADR 0003).
func WithReaders(n int) Option { return func(o *options) { o.readers = max(n, 1) } }

// WithAppName sets the name that PostgreSQL shows for our connections.
func WithAppName(name string) Option { return func(o *options) { o.appName = name } }

// WithLogger sets where lost connections, and a database that takes no changes,
// are logged; by default slog.Default.
func WithLogger(l *slog.Logger) Option { return func(o *options) { o.log = l } }

// WithWriterWait sets how long a write waits for the SQLite writer before it
// fails; by default 30 s.
func WithWriterWait(d time.Duration) Option { return func(o *options) { o.writerWait = d } }

// Open opens the database at url: postgres://… or postgresql://…, else the
// path of a SQLite file, which is made when it is missing.
func Open(ctx context.Context, url string, opts ...Option) (*DB, error) {
	o := options{
		readers: max(2, runtime.NumCPU()), appName: "ninetyten",
		log: slog.Default(), writerWait: 30 * time.Second,
	}
	isPG := strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")
	if isPG && !strings.Contains(url, "pool_max_conns=") {
		o.poolSize = max(10, 4*runtime.NumCPU())
	}
	for _, f := range opts {
		f(&o)
	}
	d := &DB{log: o.log, writerWait: o.writerWait}
	var err error
	switch {
	case isPG:
		d.dialect = Postgres
		err = d.openPostgres(ctx, url, o)
	case url == "" || strings.Contains(url, "://") || strings.Contains(url, ":memory:"):
		return nil, fmt.Errorf("db: %q is neither a postgres:// address nor the path of a file", redact(url))
	default:
		err = d.openSQLite(ctx, url, o)
	}
	if err != nil {
		_ = d.Close()
		return nil, err
	}
	return d, nil
}

// redact hides what may be a password.
func redact(url string) string {
	if scheme, rest, ok := strings.Cut(url, "://"); ok {
		if _, host, ok := strings.Cut(rest, "@"); ok {
			return scheme + "://…@" + host
		}
	}
	return url
}

// Dialect says which database it is.
func (d *DB) Dialect() Dialect { return d.dialect }

// Close waits for running statements and closes every connection.
func (d *DB) Close() error {
	var errs []error
	if d.R != nil && d.R != d.W {
		errs = append(errs, d.R.Close())
	}
	if d.W != nil {
		errs = append(errs, d.W.Close())
	}
	if d.pool != nil {
		d.pool.Close()
	}
	return errors.Join(errs...)
}

// Ping tells whether the database answers.
func (d *DB) Ping(ctx context.Context) error { return explain(d.R.PingContext(ctx)) }

// text gives query as the database wants it.
func (d *DB) text(query string) string {
	if d.dialect == Postgres {
		return d.rebound.text(query, rebind)
	}
	return d.rebound.text(query, steady)
}

// PrepareAll prepares every statement, given by name, without running it: an
// unknown column, a syntax error or a function that this database lacks shows
// here. A test of the store runs it on both databases.
func (d *DB) PrepareAll(ctx context.Context, statements map[string]string) error {
	var errs []error
	for name, query := range statements {
		st, err := d.W.PrepareContext(ctx, d.text(query))
		if err == nil {
			err = st.Close()
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

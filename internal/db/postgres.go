package db

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// openPostgres opens one pool that reads and writes. pgx keeps statements
// prepared by their text on each connection.
func (d *DB) openPostgres(ctx context.Context, url string, o options) error {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		// The cause repeats the URL, which may hold a password.
		return fmt.Errorf("db: the PostgreSQL address is not understood; it looks like postgres://user:password@host:5432/name")
	}
	if o.poolSize > 0 {
		cfg.MaxConns = int32(min(o.poolSize, 10000)) //nolint:gosec // bounded
	}
	if cfg.ConnConfig.RuntimeParams["application_name"] == "" {
		cfg.ConnConfig.RuntimeParams["application_name"] = o.appName
	}
	// A node that freezes amid a transaction would keep its locks, and others
	// waiting, for as long as its connection lives.
	cfg.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		_, err := c.Exec(ctx, "SET idle_in_transaction_session_timeout = '30s'")
		return err
	}
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return fmt.Errorf("db: open PostgreSQL: %w", err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return fmt.Errorf("db: PostgreSQL does not answer: %w", err)
	}
	d.pool = pool
	d.W = stdlib.OpenDBFromPool(pool)
	d.R = d.W
	return nil
}

// Pool is the PostgreSQL pool, and nil on SQLite. The job queue runs on it.
func (d *DB) Pool() *pgxpool.Pool { return d.pool }

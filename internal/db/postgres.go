package db

import (
	"context"
	"fmt"
	"net"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// How long a server that is silent is waited for: one that does not take a
// connection, and one whose machine or network is gone without a word.
const (
	connectFor = 15 * time.Second
	silentFor  = 30 * time.Second
)

// patientDialer opens connections that end when nothing was heard from the other
// machine for silentFor, whether something is on its way to it or not.
func patientDialer(connect time.Duration) *net.Dialer {
	return &net.Dialer{
		Timeout:         connect,
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: silentFor / 2, Interval: silentFor / 6, Count: 3},
		Control:         ackWithin,
	}
}

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
	if cfg.ConnConfig.ConnectTimeout == 0 {
		cfg.ConnConfig.ConnectTimeout = connectFor
	}
	cfg.ConnConfig.DialFunc = patientDialer(cfg.ConnConfig.ConnectTimeout).DialContext
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

package queue

import (
	"context"
	"database/sql"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"ninetyten/internal/db"
)

// client is River without the type of its transactions.
type client interface {
	insert(ctx context.Context, job Job, opts *river.InsertOpts) (bool, error)
	insertTx(ctx context.Context, tx *db.Tx, job Job, opts *river.InsertOpts) (bool, error)
	periodic(p *river.PeriodicJob) error
	start(ctx context.Context) error
	stop(ctx context.Context) error
	stopAndCancel(ctx context.Context) error
	migrate(ctx context.Context, logger *slog.Logger) error
}

func newClient(d *db.DB, cfg *river.Config) (client, error) {
	if d.Dialect() == db.Postgres {
		return newTyped(riverpgxv5.New(d.Pool()), cfg, withPgx, lockPostgres(d.Pool()))
	}
	return newTyped(riversqlite.New(d.W), cfg, withSQL, nil)
}

// withSQL gives River on SQLite the transaction that tx is.
func withSQL(tx *db.Tx, fn func(*sql.Tx) error) error { return fn(tx.SQL()) }

// withPgx gives River on PostgreSQL the connection that tx is open on.
func withPgx(tx *db.Tx, fn func(pgx.Tx) error) error {
	return tx.Raw(func(c any) error { return fn(&openTx{pgConn: c.(*stdlib.Conn).Conn()}) })
}

// migrateLock is the key of the advisory lock that migrations of the queue
// hold: any number that nothing else in the database uses.
const migrateLock = 902_010_2026

// lockPostgres runs fn while no other node does.
func lockPostgres(pool *pgxpool.Pool) func(context.Context, func() error) error {
	return func(ctx context.Context, fn func() error) error {
		return pool.AcquireFunc(ctx, func(c *pgxpool.Conn) error {
			if _, err := c.Exec(ctx, "SELECT pg_advisory_lock($1)", migrateLock); err != nil {
				return err
			}
			defer func() { _, _ = c.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", migrateLock) }() // the end of the session unlocks too
			return fn()
		})
	}
}

// typed is a client with its type of transaction.
type typed[TTx any] struct {
	river  *river.Client[TTx]
	driver riverdriver.Driver[TTx]
	with   func(*db.Tx, func(TTx) error) error
	lock   func(context.Context, func() error) error // nil: none is needed
}

func newTyped[TTx any](driver riverdriver.Driver[TTx], cfg *river.Config, with func(*db.Tx, func(TTx) error) error,
	lock func(context.Context, func() error) error,
) (client, error) {
	r, err := river.NewClient(driver, cfg)
	if err != nil {
		return nil, err
	}
	return &typed[TTx]{r, driver, with, lock}, nil
}

func (c *typed[TTx]) insert(ctx context.Context, job Job, opts *river.InsertOpts) (bool, error) {
	res, err := c.river.Insert(ctx, job, opts)
	if err != nil {
		return false, err
	}
	return !res.UniqueSkippedAsDuplicate, nil
}

func (c *typed[TTx]) insertTx(ctx context.Context, tx *db.Tx, job Job, opts *river.InsertOpts) (added bool, err error) {
	err = c.with(tx, func(t TTx) error {
		res, err := c.river.InsertTx(ctx, t, job, opts)
		if err == nil {
			added = !res.UniqueSkippedAsDuplicate
		}
		return err
	})
	return added, err
}

func (c *typed[TTx]) periodic(p *river.PeriodicJob) error {
	_, err := c.river.PeriodicJobs().AddSafely(p)
	return err
}

func (c *typed[TTx]) start(ctx context.Context) error         { return c.river.Start(ctx) }
func (c *typed[TTx]) stop(ctx context.Context) error          { return c.river.Stop(ctx) }
func (c *typed[TTx]) stopAndCancel(ctx context.Context) error { return c.river.StopAndCancel(ctx) }

func (c *typed[TTx]) migrate(ctx context.Context, logger *slog.Logger) error {
	m, err := rivermigrate.New(c.driver, &rivermigrate.Config{Logger: logger})
	if err != nil {
		return err
	}
	up := func() error {
		_, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil)
		return err
	}
	if c.lock == nil {
		return up()
	}
	return c.lock(ctx, up)
}

package db

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Tx is one transaction. It is for one goroutine.
type Tx struct {
	db   *DB
	tx   *sql.Tx
	conn *sql.Conn
	// alone: the context is looked at between statements, see stmtCtx.
	alone bool
	notes []note
	// changed: a statement changed rows.
	changed bool
	later   []deferred
}

// Dialect says which database it is.
func (t *Tx) Dialect() Dialect { return t.db.dialect }

// Exec implements Querier.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if err := t.flush(ctx); err != nil {
		return 0, err
	}
	res, err := t.tx.ExecContext(t.stmtCtx(ctx), t.db.text(query), plain(args)...)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	t.changed = t.changed || n > 0
	return n, err
}

// Query implements Querier.
func (t *Tx) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := t.flush(ctx); err != nil {
		return nil, err
	}
	return t.tx.QueryContext(t.stmtCtx(ctx), t.db.text(query), plain(args)...)
}

// stmtCtx is the context of one statement. Watching for its end costs a SQLite
// driver a goroutine a statement, so there a transaction that writes, or that reads
// many small things, looks at the context between statements instead.
func (t *Tx) stmtCtx(ctx context.Context) context.Context {
	if t.alone && t.db.dialect == SQLite {
		return context.Background()
	}
	return ctx
}

// Try runs fn and, when it fails, takes back what fn did, but not the
// transaction: on PostgreSQL a failed statement otherwise spoils all of it.
// The error is that of fn.
func (t *Tx) Try(ctx context.Context, fn func(*Tx) error) error {
	if _, err := t.Exec(ctx, "SAVEPOINT try"); err != nil {
		return err
	}
	notes := len(t.notes)
	err := fn(t)
	if err != nil {
		t.notes = t.notes[:notes]
		if _, rerr := t.Exec(ctx, "ROLLBACK TO SAVEPOINT try"); rerr != nil {
			return errors.Join(err, rerr)
		}
	}
	if _, rerr := t.Exec(ctx, "RELEASE SAVEPOINT try"); rerr != nil {
		return errors.Join(err, rerr)
	}
	return err
}

// SQL is the transaction of database/sql, for libraries that want it. Do not
// commit it.
func (t *Tx) SQL() *sql.Tx { return t.tx }

// Raw runs fn on the driver's connection: *stdlib.Conn of pgx on PostgreSQL.
// Close rows before it.
func (t *Tx) Raw(fn func(driverConn any) error) error {
	if err := t.flush(context.Background()); err != nil {
		return err
	}
	return t.conn.Raw(fn)
}

// Exec implements Querier: query runs in a transaction of its own.
func (d *DB) Exec(ctx context.Context, query string, args ...any) (n int64, err error) {
	err = d.InTx(ctx, func(tx *Tx) error {
		n, err = tx.Exec(ctx, query, args...)
		return err
	})
	return n, err
}

// Query implements Querier. It reads; on SQLite the readers refuse to write.
func (d *DB) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if tx := d.within(ctx); tx != nil {
		return tx.Query(ctx, query, args...)
	}
	return d.R.QueryContext(ctx, d.text(query), plain(args)...)
}

// InTx runs fn in a write transaction and commits it when fn returns nil. When
// the database asks for another try (busy, deadlock, lost race) fn runs again, up
// to 10 times with growing waits, and for up to 15 s when the server was away
// before the commit; so fn sets results anew each time and touches nothing but tx. On SQLite write
// transactions run one after the other in the order of their calls; do no
// network I/O in fn and never call the DB from it.
func (d *DB) InTx(ctx context.Context, fn func(*Tx) error) error { return d.retry(ctx, fn, false) }

// InDurableTx is InTx whose commit survives a power cut: on SQLite it waits
// for the disk, as PostgreSQL always does.
func (d *DB) InDurableTx(ctx context.Context, fn func(*Tx) error) error {
	return d.retry(ctx, fn, true)
}

func (d *DB) retry(ctx context.Context, fn func(*Tx) error, durable bool) error {
	began := time.Now()
	for try := 1; ; try++ {
		committing, changed, err := d.once(ctx, fn, durable)
		d.wrote(changed, err)
		if err == nil {
			return nil
		}
		enough := try >= maxTries
		if away(err) {
			enough = time.Since(began) > awayFor
		}
		if errors.Is(err, errAgain) && !enough {
			continue
		}
		if enough || !retryable(err) && (committing || !lostConn(err)) || pause(ctx, backoff(try)) != nil {
			return explain(err)
		}
	}
}

// once runs fn in one transaction. committing tells that err came from COMMIT,
// changed that rows changed.
func (d *DB) once(ctx context.Context, fn func(*Tx) error, durable bool) (committing, changed bool, err error) {
	if d.dialect == SQLite {
		return d.together(ctx, fn, durable)
	}
	conn, err := d.writer(ctx)
	if err != nil {
		return false, false, err
	}
	defer conn.Close()
	sqlTx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return false, false, err
	}
	tx := &Tx{db: d, tx: sqlTx, conn: conn, alone: true}
	done := false
	defer func() {
		if !done { // also when fn panics
			_ = sqlTx.Rollback()
		}
	}()
	if err := fn(tx); err != nil {
		return false, false, err
	}
	if err := tx.flush(ctx); err != nil {
		return false, false, err
	}
	if err := tx.sendNotes(ctx); err != nil {
		return false, false, err
	}
	if err := ctx.Err(); err != nil {
		return false, false, err
	}
	done = true
	if err := sqlTx.Commit(); err != nil {
		return true, false, err
	}
	tx.deliverNotes()
	return false, tx.changed, nil
}

// writer takes a connection to write on. Waiting too long for the one of
// SQLite mostly means that somebody asks for it inside a transaction.
func (d *DB) writer(ctx context.Context) (*sql.Conn, error) {
	if d.dialect == Postgres {
		return d.W.Conn(ctx)
	}
	wait, cancel := context.WithTimeout(ctx, d.writerWait)
	defer cancel()
	conn, err := d.W.Conn(wait)
	if err != nil && ctx.Err() == nil && wait.Err() != nil {
		return nil, errWriterWait(d.writerWait)
	}
	return conn, err
}

// ReadTx runs fn in a transaction that sees one state of the database
// throughout and cannot write.
func (d *DB) ReadTx(ctx context.Context, fn func(*Tx) error) error {
	conn, err := d.R.Conn(ctx)
	if err != nil {
		return explain(err)
	}
	defer conn.Close()
	opts := &sql.TxOptions{ReadOnly: true}
	if d.dialect == Postgres {
		opts.Isolation = sql.LevelRepeatableRead
	}
	sqlTx, err := conn.BeginTx(ctx, opts)
	if err != nil {
		return explain(err)
	}
	defer sqlTx.Rollback() //nolint:errcheck // there is nothing to keep
	return fn(&Tx{db: d, tx: sqlTx, conn: conn})
}

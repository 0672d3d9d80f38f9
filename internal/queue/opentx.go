package queue

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

type pgConn = pgx.Conn

// openTx is a pgx.Tx on a connection whose transaction somebody else began and
// will end. What River begins in it is a savepoint.
type openTx struct {
	*pgConn
	depth  int // 0 is the transaction itself
	closed bool
}

var errNotOurs = errors.New("queue: the transaction is ended by who began it")

// Begin implements pgx.Tx.
func (t *openTx) Begin(ctx context.Context) (pgx.Tx, error) {
	if t.closed {
		return nil, pgx.ErrTxClosed
	}
	n := &openTx{pgConn: t.pgConn, depth: t.depth + 1}
	_, err := t.Exec(ctx, "SAVEPOINT "+n.name())
	return n, err
}

func (t *openTx) name() string { return fmt.Sprintf("queue_%d", t.depth) }

// Commit implements pgx.Tx.
func (t *openTx) Commit(ctx context.Context) error { return t.end(ctx, "RELEASE SAVEPOINT ") }

// Rollback implements pgx.Tx.
func (t *openTx) Rollback(ctx context.Context) error { return t.end(ctx, "ROLLBACK TO SAVEPOINT ") }

func (t *openTx) end(ctx context.Context, how string) error {
	if t.depth == 0 {
		return errNotOurs
	}
	if t.closed {
		return pgx.ErrTxClosed
	}
	t.closed = true
	_, err := t.Exec(ctx, how+t.name())
	return err
}

// LargeObjects implements pgx.Tx; nothing here uses them.
func (t *openTx) LargeObjects() pgx.LargeObjects { return pgx.LargeObjects{} }

// Conn implements pgx.Tx.
func (t *openTx) Conn() *pgx.Conn { return t.pgConn }

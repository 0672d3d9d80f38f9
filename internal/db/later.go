package db

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// laterMost bounds how many statements wait.
const laterMost = 500

// deferred is a statement that waits.
type deferred struct {
	query string
	args  []any
	check func(changed int64) error
}

// Later runs a statement whose result is not needed at once: before the next one
// that is, and before the commit. On PostgreSQL the waiting ones go together, in
// one round trip and in the order of the calls; on SQLite, which has no round
// trips, each runs at once. check, when it is not nil, is given the number of
// changed rows; its error fails the transaction. What fails may be told by a call
// that comes after.
func (t *Tx) Later(ctx context.Context, query string, check func(changed int64) error, args ...any) error {
	if t.db.dialect == SQLite {
		n, err := t.Exec(ctx, query, args...)
		if err != nil || check == nil {
			return err
		}
		return check(n)
	}
	t.later = append(t.later, deferred{t.db.text(query), plain(args), check})
	if len(t.later) >= laterMost {
		return t.flush(ctx)
	}
	return nil
}

// flush runs the statements that wait.
func (t *Tx) flush(ctx context.Context) error {
	if len(t.later) == 0 {
		return nil
	}
	list := t.later
	t.later = nil
	b := &pgx.Batch{}
	for _, d := range list {
		b.Queue(d.query, d.args...)
	}
	return t.pgx(func(c *pgx.Conn) error {
		res := c.SendBatch(ctx, b)
		for _, d := range list {
			tag, err := res.Exec()
			t.changed = t.changed || err == nil && tag.RowsAffected() > 0
			if err == nil && d.check != nil {
				err = d.check(tag.RowsAffected())
			}
			if err != nil {
				_ = res.Close()
				return err
			}
		}
		return res.Close()
	})
}

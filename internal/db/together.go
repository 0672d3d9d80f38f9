package db

import "context"

// reading is the key of the transaction that Together put into a context.
type reading struct{ of *DB }

// Together runs fn, whose many small reads with the context that it is given come
// from one state of the database. On SQLite they share one connection and one lock,
// which costs less than one of each a statement, and whoever reads together waits
// for a connection once. On PostgreSQL, where a transaction would be two more round
// trips, they run as they would without it. fn must not start goroutines that read,
// nor write: what it wrote it would not see.
func (d *DB) Together(ctx context.Context, fn func(ctx context.Context) error) error {
	if d.dialect == Postgres || d.within(ctx) != nil {
		return fn(ctx)
	}
	return d.ReadTx(ctx, func(tx *Tx) error {
		tx.alone = true
		return fn(context.WithValue(ctx, reading{d}, tx))
	})
}

// within gives the transaction of Together that ctx is in, or nil.
func (d *DB) within(ctx context.Context) *Tx {
	tx, _ := ctx.Value(reading{d}).(*Tx)
	return tx
}

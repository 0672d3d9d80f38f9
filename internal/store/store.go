// Package store holds every SQL statement of the program, one file a noun. It
// owns the tables and what must hold between them; it knows no mail server, no
// page and no rule of the business beyond what package sales says.
//
// What always holds:
//   - Tx.Apply is the only writer of enrollment state, and checks its version;
//   - every statement names the workspace;
//   - what a user may see is decided here, by the Viewer that reading methods for
//     faces take; methods that take a workspace are for the machinery;
//   - a mailing that left the state queued never comes back to it except by a
//     recorded temporary refusal.
package store

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
	"ninetyten/internal/secret"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Store is the database of one installation.
type Store struct {
	DB    *db.DB
	Keys  *secret.Keys
	ids   *idMaker
	queue string // the statement of QueueTasks

	settings keptSettings
}

// New wraps an open database.
func New(d *db.DB, keys *secret.Keys) *Store {
	return &Store{DB: d, Keys: keys, ids: newIDMaker(), queue: queueSQL()}
}

// Migrate brings the schema up to date.
func (s *Store) Migrate(ctx context.Context) error {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	if err := s.DB.Migrate(ctx, sub); err != nil {
		return err
	}
	if err := s.tellPlanner(ctx); err != nil {
		return err
	}
	return s.fillAccountKeys(ctx)
}

// NewID gives an ID that no row has, larger than those given before.
func (s *Store) NewID() sales.ID { return s.ids.next() }

// Tx is one write transaction.
type Tx struct {
	*db.Tx
	s       *Store
	counts  map[counter]int64 // of the lines that were appended; written at its end
	tallies map[tally]int     // of steps and texts; the same
	gather  bool              // see Gather
	ahead   *ahead            // see ReadAhead
}

// NewID gives an ID that no row has.
func (tx *Tx) NewID() sales.ID { return tx.s.ids.next() }

// InTx runs fn in a write transaction. It may run more than once, so it has no
// effects but its statements.
func (s *Store) InTx(ctx context.Context, fn func(*Tx) error) error {
	return s.DB.InTx(ctx, s.counted(ctx, fn))
}

// InDurableTx is InTx whose commit survives a loss of power: for the record
// that a mail is about to be sent.
func (s *Store) InDurableTx(ctx context.Context, fn func(*Tx) error) error {
	return s.DB.InDurableTx(ctx, s.counted(ctx, fn))
}

// counted runs fn and then counts the ledger lines that it appended: every
// transaction of a workspace changes the same few rows, so they are locked last,
// shortly, and in one order.
func (s *Store) counted(ctx context.Context, fn func(*Tx) error) func(*db.Tx) error {
	return func(t *db.Tx) error {
		tx := &Tx{Tx: t, s: s, counts: map[counter]int64{}, tallies: map[tally]int{}}
		if err := fn(tx); err != nil {
			return err
		}
		if err := tx.writeTallies(ctx); err != nil {
			return err
		}
		return tx.writeCounts(ctx, tx.counts)
	}
}

// found turns the absence of a row into a NotFound error that names the thing.
func found[T any](v T, err error, what string) (T, error) {
	if errors.Is(err, db.ErrNoRows) {
		var zero T
		return zero, sales.Errorf(sales.NotFound, "This %s does not exist, or you may not see %s.", what, pronoun(what))
	}
	return v, err
}

// pronoun is how a sentence speaks of a thing again.
func pronoun(what string) string {
	if what == "person" || what == "user" {
		return "them"
	}
	return "it"
}

// flag is how a bool is stored.
func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// ids makes arguments of a list.
func args(first []any, ids []sales.ID) []any {
	out := append([]any{}, first...)
	for _, id := range ids {
		out = append(out, id)
	}
	return out
}

// chunks cuts a list into pieces of at most n.
func chunks[T any](list []T, n int) [][]T {
	var out [][]T
	for len(list) > n {
		out = append(out, list[:n])
		list = list[n:]
	}
	if len(list) > 0 {
		out = append(out, list)
	}
	return out
}

// Page is a keyset page: at most Limit rows after the row named by After.
type Page struct {
	After string // opaque, from the page before; empty is the first
	Limit int    // 0 is 50, at most 200
}

func (p Page) limit() int {
	switch {
	case p.Limit <= 0:
		return 50
	case p.Limit > 200:
		return 200
	}
	return p.Limit
}

// maxTime is a time later than any other, for keyset pages that go backwards.
func maxTime() time.Time { return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC) }

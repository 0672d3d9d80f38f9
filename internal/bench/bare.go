package bench

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"ninetyten/internal/db"
)

// bare is the least that a program with timers in a table must do, written as
// quick as this database lets one statement text be: claim 500 due rows, mark
// them done with their next time, write an event for each, and commit durably.
// It decides nothing, renders nothing and gates nothing.
type bare struct {
	d    *db.DB
	keep []byte // what each event keeps of its mail; nil for nothing
}

// bareBatch is how many rows are claimed at once.
const bareBatch = 500

// newBare makes its tables beside ours, with as many rows as ours, due on the
// same days and in the same disorder.
func newBare(ctx context.Context, w *world, n, days int) (*bare, error) {
	b := &bare{d: w.store.DB}
	blob := db.Per{SQLite: "BLOB", Postgres: "BYTEA"}.For(b.d.Dialect())
	clustered := db.Per{SQLite: " WITHOUT ROWID"}.For(b.d.Dialect())
	c := &copier{w: w, n: n, every: dueEvery, days: days}
	for _, q := range []string{
		"CREATE TABLE bench_timers (id BIGINT NOT NULL PRIMARY KEY, state TEXT NOT NULL, step INTEGER NOT NULL, next_at BIGINT NOT NULL)" + clustered,
		"CREATE TABLE bench_events (id BIGINT NOT NULL PRIMARY KEY, timer_id BIGINT NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL, bytes " + blob + ")" + clustered,
		"INSERT INTO bench_timers (id, state, step, next_at) SELECT i, 'waiting', 0, " + c.due() + " FROM " + c.series(0, n) + " WHERE i >= 0",
		"CREATE INDEX bench_timers_due ON bench_timers (next_at) WHERE state = 'waiting'",
	} {
		if _, err := b.d.Exec(ctx, q); err != nil {
			return nil, fmt.Errorf("the bare loop: %w", err)
		}
	}
	if p := b.d.Pool(); p != nil {
		_, err := p.Exec(ctx, "VACUUM ANALYZE bench_timers")
		return b, err
	}
	return b, nil
}

// run does all that is due at now with some workers and says how many it did.
func (b *bare) run(ctx context.Context, now time.Time, workers int) (int64, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var done atomic.Int64
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for {
				n, err := b.batch(ctx, now)
				if err != nil {
					cancel(err)
				}
				if err != nil || n == 0 {
					return
				}
				done.Add(int64(n))
			}
		})
	}
	wg.Wait()
	return done.Load(), context.Cause(ctx)
}

func (b *bare) batch(ctx context.Context, now time.Time) (n int, err error) {
	err = b.d.InDurableTx(ctx, func(tx *db.Tx) error {
		ids, err := db.All(ctx, tx, db.Value[int64], "SELECT id FROM bench_timers WHERE state = 'waiting' AND next_at <= ? ORDER BY next_at LIMIT ?"+db.SkipLocked(tx.Dialect()), now, bareBatch)
		if n = len(ids); err != nil || n == 0 {
			return err
		}
		next := now.AddDate(0, 1, 0)
		timers, events := make([][]any, n), make([][]any, n)
		for i, id := range ids {
			timers[i] = []any{next, id}
			events[i] = []any{now.UnixMicro() + id, id, now, "sent", b.keep}
		}
		if _, err := db.ExecMany(ctx, tx, "UPDATE bench_timers SET step = step + 1, next_at = ? WHERE id = ?", timers); err != nil {
			return err
		}
		return db.InsertMany(ctx, tx, "bench_events", strings.Fields("id timer_id at kind bytes"), events)
	})
	return n, err
}

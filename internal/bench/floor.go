package bench

import (
	"context"
	"fmt"
	"time"

	"ninetyten/internal/db"
)

// floor is what it costs to know of each mail, before and after, that it went, and
// nothing else: the least of a program that loses none and sends none twice.
type floor struct {
	commit time.Duration // a durable commit of one row, alone
	rate   float64       // mails a second that are noted, floorBatch a commit
}

// floorBatch is how many mails are noted in one commit, as many as a full round of
// ours has.
const floorBatch = 200

// floorOf measures it on an empty table beside ours: a row with the bytes of each
// mail, committed durably; then a commit that says that it went.
func floorOf(ctx context.Context, d *db.DB, n, size int) (floor, error) {
	var f floor
	blob := db.Per{SQLite: "BLOB", Postgres: "BYTEA"}.For(d.Dialect())
	if _, err := d.Exec(ctx, "CREATE TABLE bench_notes (id BIGINT NOT NULL PRIMARY KEY, state TEXT NOT NULL, bytes "+blob+")"); err != nil {
		return f, fmt.Errorf("the floor: %w", err)
	}
	bytes := make([]byte, size)
	note := func(ids []int64) error {
		rows, ends := make([][]any, len(ids)), make([][]any, len(ids))
		for i, id := range ids {
			rows[i], ends[i] = []any{id, "sending", bytes}, []any{id}
		}
		if err := d.InDurableTx(ctx, func(tx *db.Tx) error {
			return db.InsertMany(ctx, tx, "bench_notes", []string{"id", "state", "bytes"}, rows)
		}); err != nil {
			return err
		}
		return d.InTx(ctx, func(tx *db.Tx) error {
			_, err := db.ExecMany(ctx, tx, "UPDATE bench_notes SET state = 'sent' WHERE id = ?", ends)
			return err
		})
	}
	next := int64(0)
	ids := func(n int) []int64 {
		out := make([]int64, n)
		for i := range out {
			next++
			out[i] = next
		}
		return out
	}
	const alone = 100
	began := time.Now()
	for range alone {
		id := ids(1)[0]
		if err := d.InDurableTx(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, "INSERT INTO bench_notes (id, state) VALUES (?, 'sending')", id)
			return err
		}); err != nil {
			return f, err
		}
	}
	f.commit = time.Since(began) / alone
	began = time.Now()
	for done := 0; done < n; done += floorBatch {
		if err := note(ids(min(floorBatch, n-done))); err != nil {
			return f, err
		}
	}
	f.rate = float64(n) / time.Since(began).Seconds()
	return f, nil
}

// note says it in a line, beside our rate.
func (f floor) note(name string, ours float64) string {
	return fmt.Sprintf("%s: one durable commit alone takes %d µs on this disk; a note of each mail before it goes and after, %d a commit, and nothing else, is done at %.0f a second, and ours is %.2f times that. smtp-source notes nothing",
		name, f.commit.Microseconds(), floorBatch, f.rate, ours/f.rate)
}

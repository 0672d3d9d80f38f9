package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const (
	sqlRecountAsk = `INSERT INTO recounts (workspace_id, sequence_id, asked_at, free_at)
  SELECT q.workspace_id, q.id, CAST(? AS BIGINT), CAST(? AS BIGINT) FROM sequences q WHERE q.workspace_id = ? AND q.state IN ('running', 'paused') AND (CAST(? AS BIGINT) = 0 OR q.id = ?) AND (CAST(? AS BIGINT) = 0 OR q.schedule_id = ?) ORDER BY q.id
  ON CONFLICT (workspace_id, sequence_id) DO UPDATE SET asked_at = excluded.asked_at, free_at = excluded.free_at, after_id = 0, again = 0`
	sqlRecountDue  = `SELECT sequence_id, asked_at, after_id, again FROM recounts WHERE workspace_id = ? AND free_at <= ? ORDER BY free_at LIMIT 1`
	sqlRecountMove = `UPDATE recounts SET after_id = ? WHERE workspace_id = ? AND sequence_id = ? AND asked_at = ? AND again = ? AND after_id = ?`
	sqlRecountLook = `UPDATE recounts SET after_id = 0, again = 1, free_at = ? WHERE workspace_id = ? AND sequence_id = ? AND asked_at = ? AND again = 0 AND after_id = ?`
	sqlRecountDrop = `DELETE FROM recounts WHERE workspace_id = ? AND sequence_id = ? AND asked_at = ? AND again = 1 AND after_id = ?`
)

// Recount is a sequence whose people are to be counted anew: when each of them goes
// on, by the hours and days off as they are now.
type Recount struct {
	WorkspaceID sales.ID
	SequenceID  sales.ID
	AskedAt     time.Time
	After       sales.ID // those up to this enrollment were
	Again       bool     // the second look
}

// RecountOf says whose people; 0 is any.
type RecountOf struct{ Sequence, Schedule sales.ID }

// AskRecount asks for the people of sequences that run, or are paused, to be counted
// anew. One that is being counted begins again.
func (tx *Tx) AskRecount(ctx context.Context, ws sales.ID, of RecountOf, now time.Time) error {
	_, err := tx.Exec(ctx, sqlRecountAsk, now, now, ws, of.Sequence, of.Sequence, of.Schedule, of.Schedule)
	return err
}

// NextRecount gives the sequence that is to be counted next; false is none.
func (s *Store) NextRecount(ctx context.Context, ws sales.ID, now time.Time) (Recount, bool, error) {
	list, err := db.All(ctx, s.DB, func(r db.Scanner) (Recount, error) {
		x := Recount{WorkspaceID: ws}
		err := r.Scan(&x.SequenceID, db.ScanTime(&x.AskedAt), &x.After, &x.Again)
		return x, err
	}, sqlRecountDue, ws, now)
	if err != nil || len(list) == 0 {
		return Recount{}, false, err
	}
	return list[0], true, nil
}

// MoveRecount keeps that everybody up to an enrollment was counted, and says whether
// it was still so that x was to be done: it is not when somebody asked anew, or
// another node did it.
func (tx *Tx) MoveRecount(ctx context.Context, x Recount, after sales.ID) (bool, error) {
	n, err := tx.Exec(ctx, sqlRecountMove, after, x.WorkspaceID, x.SequenceID, x.AskedAt, flag(x.Again), x.After)
	return n > 0, err
}

// EndRecount keeps that everybody was counted: after the first look there is a second
// one at again, after that none.
func (tx *Tx) EndRecount(ctx context.Context, x Recount, again time.Time) error {
	if x.Again {
		_, err := tx.Exec(ctx, sqlRecountDrop, x.WorkspaceID, x.SequenceID, x.AskedAt, x.After)
		return err
	}
	_, err := tx.Exec(ctx, sqlRecountLook, again, x.WorkspaceID, x.SequenceID, x.AskedAt, x.After)
	return err
}

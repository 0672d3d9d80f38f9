package store

import (
	"context"
	"time"

	"ninetyten/internal/sales"
)

const (
	sqlAskSequence = `UPDATE mailings SET due_at = ? WHERE workspace_id = ? AND state = 'queued' AND hold_gate IN ('window', 'limits') AND due_at > ?
  AND enrollment_id IN (SELECT id FROM enrollments WHERE workspace_id = ? AND sequence_id = ?)`
	sqlAskEverywhere = `UPDATE mailings SET due_at = ? WHERE workspace_id = ? AND state = 'queued' AND hold_gate IN ('window', 'limits') AND due_at > ?`
)

// AskAgain lets the gate look again at the queued mails of a sequence that hours
// or limits hold: its ruleset or its schedule changed. Sequence 0 is all of the
// workspace. What a server put off, an answer or their move holds stays.
func (tx *Tx) AskAgain(ctx context.Context, ws, sequence sales.ID, now time.Time) error {
	if sequence == 0 {
		_, err := tx.Exec(ctx, sqlAskEverywhere, now, ws, now)
		return err
	}
	_, err := tx.Exec(ctx, sqlAskSequence, now, ws, now, ws, sequence)
	return err
}

package store

import (
	"context"
	"encoding/json"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const (
	sqlBulkInsert = `INSERT INTO bulk_actions (workspace_id, id, user_id, kind, at, items) VALUES (?, ?, ?, ?, ?, ?)`
	sqlBulkGet    = `SELECT user_id, kind, at, undone_at, items FROM bulk_actions WHERE workspace_id = ? AND id = ?`
	sqlBulkUndone = `UPDATE bulk_actions SET undone_at = ? WHERE workspace_id = ? AND id = ? AND undone_at = 0`
	sqlBulkDrop   = `DELETE FROM bulk_actions WHERE workspace_id = ? AND at < ?`

	sqlTrialSave = `INSERT INTO trials (workspace_id, step_id, trial, base, begun_at) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (workspace_id, step_id) DO UPDATE SET trial = excluded.trial, base = excluded.base, begun_at = excluded.begun_at`
	sqlTrialGet = `SELECT trial, base, begun_at FROM trials WHERE workspace_id = ? AND step_id = ?`
)

// BulkAction is what was done to many enrollments at once.
type BulkAction struct {
	WorkspaceID sales.ID
	ID          sales.ID
	UserID      sales.ID
	Kind        string
	At          time.Time
	UndoneAt    time.Time
	Items       []BulkItem
}

// BulkItem is one enrollment as it was before, and the version that the action
// made of it.
type BulkItem struct {
	Before sales.Enrollment
	After  int64
	Plan   int `json:",omitempty"` // the version of the sequence that Before.Position is of
	// Ended are the times through the same sequence that ended because this one began.
	Ended []BulkItem `json:",omitempty"`
}

// KeepBulk keeps an action, so that it can be taken back.
func (tx *Tx) KeepBulk(ctx context.Context, a BulkAction) error {
	_, err := tx.Exec(ctx, sqlBulkInsert, a.WorkspaceID, a.ID, a.UserID, a.Kind, a.At, db.JSON(a.Items))
	return err
}

// Bulk gives an action as the transaction sees it.
func (tx *Tx) Bulk(ctx context.Context, ws, id sales.ID) (BulkAction, error) {
	a, err := db.One(ctx, tx, func(r db.Scanner) (BulkAction, error) {
		a := BulkAction{WorkspaceID: ws, ID: id}
		err := r.Scan(&a.UserID, &a.Kind, db.ScanTime(&a.At), db.ScanTime(&a.UndoneAt), db.ScanJSON(&a.Items))
		return a, err
	}, sqlBulkGet, ws, id)
	return found(a, err, "action")
}

// UndoneBulk records that an action was taken back, and says whether it was not
// before.
func (tx *Tx) UndoneBulk(ctx context.Context, ws, id sales.ID, at time.Time) (bool, error) {
	n, err := tx.Exec(ctx, sqlBulkUndone, at, ws, id)
	return n > 0, err
}

// ForgetBulk drops actions from before a moment.
func (s *Store) ForgetBulk(ctx context.Context, ws sales.ID, before time.Time) error {
	_, err := s.DB.Exec(ctx, sqlBulkDrop, ws, before)
	return err
}

// TrialRow is the test between the texts of a step: its plan as package trial
// writes it, and what was counted before it began.
type TrialRow struct {
	Trial   json.RawMessage
	Base    map[string]int // by variant and name, as "ID/name"
	BegunAt time.Time
}

// SaveTrial keeps the test of a step.
func (tx *Tx) SaveTrial(ctx context.Context, ws, step sales.ID, t TrialRow) error {
	_, err := tx.Exec(ctx, sqlTrialSave, ws, step, string(t.Trial), db.JSON(t.Base), t.BegunAt)
	return err
}

// Trial gives the test of a step. A NotFound error means that there is none yet.
func (s *Store) Trial(ctx context.Context, ws, step sales.ID) (TrialRow, error) {
	t, err := db.One(ctx, s.DB, func(r db.Scanner) (TrialRow, error) {
		var t TrialRow
		var raw string
		err := r.Scan(&raw, db.ScanJSON(&t.Base), db.ScanTime(&t.BegunAt))
		t.Trial = json.RawMessage(raw)
		return t, err
	}, sqlTrialGet, ws, step)
	return found(t, err, "test")
}

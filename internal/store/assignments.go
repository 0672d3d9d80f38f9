package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const assignmentCols = `a.workspace_id, a.thread_id, a.user_id, a.from_id, a.by_id, a.owner_id, a.at`

const (
	sqlAssign = `INSERT INTO assignments (workspace_id, thread_id, user_id, from_id, by_id, owner_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (workspace_id, thread_id) DO UPDATE SET user_id = excluded.user_id, from_id = excluded.from_id, by_id = excluded.by_id, owner_id = excluded.owner_id, at = excluded.at`
	sqlAssignment = `SELECT ` + assignmentCols + ` FROM assignments a WHERE a.workspace_id = ? AND a.thread_id = ?`
	sqlUnassign   = `DELETE FROM assignments WHERE workspace_id = ? AND thread_id = ?`
	sqlGiveTask   = `UPDATE tasks SET user_id = ? WHERE workspace_id = ? AND id = ? AND user_id = ? AND state || '' = 'open'`
	sqlAnswered   = `SELECT ` + taskCols + ` FROM tasks t WHERE t.workspace_id = ? AND t.user_id = ? AND t.state = 'done' AND t.done_at >= ? AND t.kind = 'answer' AND t.done_why <> 'done' ORDER BY t.done_at DESC, t.id DESC LIMIT CAST(? AS BIGINT)`
)

func scanAssignment(r db.Scanner) (sales.Assignment, error) {
	var a sales.Assignment
	err := r.Scan(&a.WorkspaceID, &a.ThreadID, &a.UserID, &a.FromID, &a.ByID, &a.OwnerID, db.ScanTime(&a.At))
	return a, err
}

// Assign lets somebody answer in a thread, in the place of who did before.
func (tx *Tx) Assign(ctx context.Context, a sales.Assignment) error {
	_, err := tx.Exec(ctx, sqlAssign, a.WorkspaceID, a.ThreadID, a.UserID, a.FromID, a.ByID, a.OwnerID, a.At)
	return err
}

// Unassign gives a thread back to whose the person is.
func (tx *Tx) Unassign(ctx context.Context, ws, thread sales.ID) error {
	_, err := tx.Exec(ctx, sqlUnassign, ws, thread)
	return err
}

// Assignment gives who answers in a thread; a NotFound error is whose the person is.
func (s *Store) Assignment(ctx context.Context, ws, thread sales.ID) (sales.Assignment, error) {
	a, err := db.One(ctx, s.DB, scanAssignment, sqlAssignment, ws, thread)
	return found(a, err, "assignment")
}

// Assignment is that of the Store as the transaction sees it.
func (tx *Tx) Assignment(ctx context.Context, ws, thread sales.ID) (sales.Assignment, error) {
	a, err := db.One(ctx, tx, scanAssignment, sqlAssignment, ws, thread)
	return found(a, err, "assignment")
}

// GiveTask gives an open task from one user to another, who need not wait until
// its person is no longer served to the one. A Conflict error means that it is not
// open any more, or has changed hands.
func (tx *Tx) GiveTask(ctx context.Context, t sales.Task, to sales.ID) error {
	n, err := tx.Exec(ctx, sqlGiveTask, to, t.WorkspaceID, t.ID, t.UserID)
	if err == nil && n == 0 {
		return sales.Errorf(sales.Conflict, "This was done already.")
	}
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, sqlHandLeases+db.In(1), t.WorkspaceID, t.UserID, t.PersonID)
	return err
}

// Answered gives the answers that a user has given since a moment, by mail, on the
// phone or with a meeting, the newest first. What was closed without one is not
// among them.
func (s *Store) Answered(ctx context.Context, ws, user sales.ID, since time.Time, limit int) ([]sales.Task, error) {
	return db.All(ctx, s.DB, scanTask, sqlAnswered, ws, user, since, limit)
}

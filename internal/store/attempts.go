package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const sqlMailingsNow = `SELECT id, state FROM mailings WHERE workspace_id = ? AND id IN `

// LockMailings gives the states of mailings and keeps them until the transaction
// ends: another node may have settled meanwhile what was on the wire here. IDs
// that are not there are left out.
func (tx *Tx) LockMailings(ctx context.Context, ws sales.ID, ids []sales.ID) (map[sales.ID]sales.MailingState, error) {
	end := ` ORDER BY id`
	if tx.Dialect() == db.Postgres { // SQLite has one writer
		end += ` FOR UPDATE`
	}
	out := map[sales.ID]sales.MailingState{}
	for _, part := range chunks(distinct(ids), 200) {
		if _, err := db.All(ctx, tx, func(r db.Scanner) (int, error) {
			var id sales.ID
			var state sales.MailingState
			err := r.Scan(&id, &state)
			out[id] = state
			return 0, err
		}, sqlMailingsNow+db.In(len(part))+end, args([]any{ws}, part)...); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// LockEnrollments gives enrollments as they are now and keeps them so until the
// transaction ends: an edit of their sequence waits, or was seen. IDs that are not
// there are left out.
func (tx *Tx) LockEnrollments(ctx context.Context, ws sales.ID, ids []sales.ID) (map[sales.ID]sales.Enrollment, error) {
	end := ` ORDER BY e.id`
	if tx.Dialect() == db.Postgres { // SQLite has one writer
		end += ` FOR UPDATE`
	}
	out := map[sales.ID]sales.Enrollment{}
	for _, part := range chunks(distinct(ids), 200) {
		list, err := db.All(ctx, tx, scanEnrollment, sqlEnrollmentsIn+db.In(len(part))+end, args([]any{ws}, part)...)
		if err != nil {
			return nil, err
		}
		for _, e := range list {
			out[e.ID] = e
		}
	}
	return out, nil
}

const (
	stranded = `e.awaiting = 1 AND e.next_at = 0
  AND NOT EXISTS (SELECT 1 FROM mailings m WHERE m.workspace_id = e.workspace_id AND m.enrollment_id = e.id AND m.enrollment_id <> 0 AND m.state || '' IN ('queued', 'draft', 'sending'))
  AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.workspace_id = e.workspace_id AND t.enrollment_id = e.id AND t.enrollment_id <> 0 AND t.state = 'open')`
	sqlStranded     = `SELECT e.id FROM enrollments e WHERE e.workspace_id = ? AND e.sequence_id = ? AND e.state = 'active' AND ` + stranded + ` ORDER BY e.id LIMIT ?`
	sqlStrandedWake = `UPDATE enrollments AS e SET awaiting = 0, next_at = ?, version = version + 1 WHERE e.workspace_id = ? AND e.id = ? AND e.state || '' = 'active' AND ` + stranded
)

// Stranded gives enrollments of a sequence that wait for the mail or task of their
// step although none is open: nothing would ever move them.
func (s *Store) Stranded(ctx context.Context, ws, sequence sales.ID, limit int) ([]sales.ID, error) {
	return db.All(ctx, s.DB, db.Value[sales.ID], sqlStranded, ws, sequence, limit)
}

// WakeStranded lets an enrollment ask again for what its step needs, when it is
// stranded, and says whether it was. What went out or was done before is not asked
// for twice: its key says so.
func (tx *Tx) WakeStranded(ctx context.Context, ws, id sales.ID, now time.Time) (bool, error) {
	n, err := tx.Exec(ctx, sqlStrandedWake, now, ws, id)
	return n > 0, err
}

package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// ItemKind is what an absence remembers of a row of another table.
type ItemKind string

// The kinds of items.
const (
	ItemPaused     ItemKind = "paused"     // an enrollment that waits; Value is when it would have gone on
	ItemSnoozed    ItemKind = "snoozed"    // a task that waits; Value is until when it was put off before
	ItemPerson     ItemKind = "person"     // handed over; Value is who has it
	ItemEnrollment ItemKind = "enrollment" // handed over
	ItemTask       ItemKind = "task"       // handed over
)

// AbsenceItem is a row that an absence remembers, to bring it back.
type AbsenceItem struct {
	ID    sales.ID
	Value int64 // UTC microseconds, or the ID of a user: see ItemKind
}

const (
	sqlItemPut    = `INSERT INTO absence_items (workspace_id, absence_id, kind, item_id, value) VALUES (?, ?, ?, ?, ?) ON CONFLICT (workspace_id, absence_id, kind, item_id) DO NOTHING`
	sqlItemSet    = `INSERT INTO absence_items (workspace_id, absence_id, kind, item_id, value) VALUES (?, ?, ?, ?, ?) ON CONFLICT (workspace_id, absence_id, kind, item_id) DO UPDATE SET value = excluded.value`
	sqlItemCut    = `DELETE FROM absence_items WHERE workspace_id = ? AND absence_id = ? AND kind = ? AND item_id = ?`
	sqlItemsCut   = `DELETE FROM absence_items WHERE workspace_id = ? AND absence_id = ?`
	sqlItems      = `SELECT item_id, value FROM absence_items WHERE workspace_id = ? AND absence_id = ? AND kind = ? AND item_id > ? ORDER BY item_id LIMIT ?`
	sqlItemAmong  = `SELECT item_id, value FROM absence_items WHERE workspace_id = ? AND absence_id = ? AND kind = ? AND item_id IN `
	sqlOwnedEnr   = `SELECT ` + enrollmentCols + ` FROM enrollments e WHERE e.workspace_id = ? AND e.owner_id = ? AND e.id > ? AND e.state IN ` + alive + ` ORDER BY e.id LIMIT ?`
	sqlOwnedTasks = `SELECT ` + taskCols + ` FROM tasks t WHERE t.workspace_id = ? AND t.user_id = ? AND t.id > ? AND t.state = 'open' ORDER BY t.id LIMIT ?`
	sqlLoad       = `SELECT (SELECT count(*) FROM people WHERE workspace_id = ? AND owner_id = ?), (SELECT count(*) FROM enrollments WHERE workspace_id = ? AND owner_id = ? AND state IN ` + alive + `),
  (SELECT count(*) FROM tasks WHERE workspace_id = ? AND user_id = ? AND state = 'open')`
	sqlBoxTimers = `SELECT next_at FROM enrollments WHERE workspace_id = ? AND next_at > 0 AND next_at >= ? AND next_at < ? AND mailbox_id = ? AND (state = 'active' OR (state = 'paused' AND reason = 'owner_away' AND owner_id <> ?))`

	// What is due before the return and does not wait for it yet.
	sqlLooseEnr = `SELECT 1 FROM enrollments e WHERE e.workspace_id = ? AND e.owner_id = ? AND e.state IN ` + alive + ` AND ((e.state = 'active' AND e.next_at < ?)
  OR (e.state = 'paused' AND e.reason <> 'owner_away' AND e.until_at > 0 AND e.until_at < ?)
  OR (e.state = 'paused' AND e.reason = 'owner_away' AND e.until_at > 0 AND e.until_at <= ?
    AND NOT EXISTS (SELECT 1 FROM absence_items x WHERE x.workspace_id = e.workspace_id AND x.absence_id = ? AND x.kind = 'paused' AND x.item_id = e.id))) LIMIT 1`
	sqlLooseTask = `SELECT 1 FROM tasks t WHERE t.workspace_id = ? AND t.user_id = ? AND t.state = 'open' AND t.due_at < ? AND t.snoozed_until < ? AND t.kind NOT IN ('answer', 'confirm', 'referral')
  AND NOT EXISTS (SELECT 1 FROM absence_items x WHERE x.workspace_id = t.workspace_id AND x.absence_id = ? AND x.kind = 'snoozed' AND x.item_id = t.id) LIMIT 1`
)

func scanItem(r db.Scanner) (AbsenceItem, error) {
	var x AbsenceItem
	err := r.Scan(&x.ID, &x.Value)
	return x, err
}

// PutItem remembers a row for an absence. One that is remembered stays as it is,
// and gives false.
func (tx *Tx) PutItem(ctx context.Context, ws, absence sales.ID, kind ItemKind, x AbsenceItem) (bool, error) {
	n, err := tx.Exec(ctx, sqlItemPut, ws, absence, kind, x.ID, x.Value)
	return n > 0, err
}

// SetItem remembers a row for an absence, with another value than before when it
// is remembered.
func (tx *Tx) SetItem(ctx context.Context, ws, absence sales.ID, kind ItemKind, x AbsenceItem) error {
	_, err := tx.Exec(ctx, sqlItemSet, ws, absence, kind, x.ID, x.Value)
	return err
}

// CutItems forgets everything that an absence remembers.
func (tx *Tx) CutItems(ctx context.Context, ws, absence sales.ID) error {
	_, err := tx.Exec(ctx, sqlItemsCut, ws, absence)
	return err
}

// AbsenceItems gives what an absence remembers of a kind, in the order of the IDs,
// after one; 0 begins.
func (s *Store) AbsenceItems(ctx context.Context, ws, absence sales.ID, kind ItemKind, after sales.ID, limit int) ([]AbsenceItem, error) {
	return db.All(ctx, s.DB, scanItem, sqlItems, ws, absence, kind, after, limit)
}

// AbsenceItems gives what an absence remembers of a kind as the transaction sees it.
func (tx *Tx) AbsenceItems(ctx context.Context, ws, absence sales.ID, kind ItemKind, after sales.ID, limit int) ([]AbsenceItem, error) {
	return db.All(ctx, tx, scanItem, sqlItems, ws, absence, kind, after, limit)
}

// OwnedEnrollments gives the living enrollments of a seller in the order of their
// IDs, after one; 0 begins.
func (s *Store) OwnedEnrollments(ctx context.Context, ws, owner, after sales.ID, limit int) ([]sales.Enrollment, error) {
	return db.All(ctx, s.DB, scanEnrollment, sqlOwnedEnr, ws, owner, after, limit)
}

// OwnedTasks gives the open tasks of a user in the order of their IDs, after one;
// 0 begins.
func (s *Store) OwnedTasks(ctx context.Context, ws, user, after sales.ID, limit int) ([]sales.Task, error) {
	return db.All(ctx, s.DB, scanTask, sqlOwnedTasks, ws, user, after, limit)
}

// Load is what a seller has in hand.
type Load struct{ People, Enrollments, Tasks int }

// LoadOf counts the people, the living enrollments and the open tasks of a user.
func (s *Store) LoadOf(ctx context.Context, ws, user sales.ID) (Load, error) {
	return db.One(ctx, s.DB, func(r db.Scanner) (Load, error) {
		var l Load
		err := r.Scan(&l.People, &l.Enrollments, &l.Tasks)
		return l, err
	}, sqlLoad, ws, user, ws, user, ws, user)
}

// MailboxTimers gives the moments in [from, to) at which enrollments go on whose
// mail goes from a mailbox, without those that wait for one seller.
func (s *Store) MailboxTimers(ctx context.Context, ws, mailbox, except sales.ID, from, to time.Time) ([]time.Time, error) {
	return db.All(ctx, s.DB, scanTime, sqlBoxTimers, ws, from, to, mailbox, except)
}

// Loose tells whether an absent seller has something that is due before the return
// and does not wait for it: what began after the absence did.
func (s *Store) Loose(ctx context.Context, a sales.Absence) (bool, error) {
	list, err := db.All(ctx, s.DB, db.Value[int], sqlLooseEnr, a.WorkspaceID, a.UserID, a.To, a.To, a.To, a.ID)
	if err != nil || len(list) > 0 {
		return len(list) > 0, err
	}
	list, err = db.All(ctx, s.DB, db.Value[int], sqlLooseTask, a.WorkspaceID, a.UserID, a.To, a.To, a.ID)
	return len(list) > 0, err
}

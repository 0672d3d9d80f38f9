package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const taskCols = `t.workspace_id, t.id, t.key, t.kind, t.state, t.person_id, t.user_id, t.enrollment_id, t.step_id, t.message_id, t.mailing_id, t.title, t.note, t.intent, t.created_at, t.due_at, t.snoozed_until, t.done_at, t.done_why`

const (
	sqlTaskOpen = `INSERT INTO tasks (workspace_id, id, key, kind, state, person_id, user_id, enrollment_id, step_id, message_id, mailing_id, title, note, intent, created_at, due_at, snoozed_until) VALUES (?, ?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (workspace_id, key) DO UPDATE SET state = 'open', kind = excluded.kind, intent = excluded.intent, title = excluded.title, user_id = excluded.user_id, step_id = excluded.step_id, message_id = excluded.message_id, mailing_id = excluded.mailing_id,
  created_at = excluded.created_at, due_at = excluded.due_at, snoozed_until = excluded.snoozed_until, done_at = 0, done_why = ''
  WHERE tasks.state = 'canceled' OR (tasks.state = 'done' AND (tasks.kind IN ('fix', 'decide') OR (tasks.kind = 'approve' AND tasks.done_why = '` + WhyApproved + `'))) RETURNING id`
	sqlTaskNew      = `INSERT INTO tasks (workspace_id, id, key, kind, state, person_id, user_id, enrollment_id, step_id, message_id, mailing_id, title, note, intent, created_at, due_at, snoozed_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlTaskState    = `SELECT state FROM tasks WHERE workspace_id = ? AND key = ?`
	sqlTaskGet      = `SELECT ` + taskCols + ` FROM tasks t WHERE t.workspace_id = ? AND t.id = ?`
	sqlTaskEnd      = `UPDATE tasks SET state = ?, done_at = ?, done_why = ? WHERE workspace_id = ? AND id = ? AND state || '' = 'open'`
	sqlTaskReopen   = `UPDATE tasks SET state = 'open', done_at = 0, done_why = '', snoozed_until = 0 WHERE workspace_id = ? AND id = ?`
	sqlTasksCancel  = `UPDATE tasks SET state = 'canceled', done_at = ?, done_why = ? WHERE workspace_id = ? AND enrollment_id = ? AND enrollment_id <> 0 AND state = 'open' AND kind IN ('call', 'task', 'social', 'approve')`
	sqlTaskCancel   = `UPDATE tasks SET state = 'canceled', done_at = ?, done_why = ? WHERE workspace_id = ? AND key = ? AND state || '' = 'open'`
	sqlTaskSnooze   = `UPDATE tasks SET snoozed_until = ? WHERE workspace_id = ? AND id = ? AND state || '' = 'open'`
	sqlTasksPerson  = `SELECT ` + taskCols + ` FROM tasks t WHERE t.workspace_id = ? AND t.person_id = ? AND t.state = 'open' ORDER BY t.due_at, t.id LIMIT 50`
	sqlTasksOpen    = `SELECT ` + taskCols + ` FROM tasks t WHERE t.workspace_id = ? AND t.user_id = ? AND t.state = 'open' ORDER BY t.due_at, t.id LIMIT ?`
	sqlTasksPeople  = `SELECT ` + taskCols + ` FROM tasks t WHERE t.workspace_id = ? AND t.state = 'open' AND t.person_id IN `
	sqlTaskCount    = `SELECT count(*) FROM (SELECT 1 FROM tasks t CROSS JOIN people p WHERE p.workspace_id = t.workspace_id AND p.id = t.person_id AND t.workspace_id = ? AND t.user_id = ? AND t.state = 'open' AND t.kind IN ('answer', 'confirm', 'referral') AND t.snoozed_until <= ? AND ` + seeOwner + ` LIMIT 1000) x`
	sqlNextCount    = `SELECT count(*) FROM (SELECT DISTINCT t.person_id FROM tasks t CROSS JOIN people p WHERE p.workspace_id = t.workspace_id AND p.id = t.person_id AND t.workspace_id = ? AND t.user_id = ? AND t.state = 'open' AND t.snoozed_until <= ? AND ` + seeOwner + ` LIMIT 1000) x`
	sqlTasksDoneDay = `SELECT count(DISTINCT person_id) FROM tasks WHERE workspace_id = ? AND user_id = ? AND state = 'done' AND done_at >= ?`
	sqlTasksKind    = `SELECT ` + taskCols + ` FROM tasks t WHERE t.workspace_id = ? AND t.kind = ?`
)

func scanTask(r db.Scanner) (sales.Task, error) {
	var t sales.Task
	err := r.Scan(&t.WorkspaceID, &t.ID, &t.Key, &t.Kind, &t.State, &t.PersonID, &t.UserID, &t.EnrollmentID, &t.StepID, &t.MessageID, &t.MailingID,
		&t.Title, &t.Note, &t.Intent, db.ScanTime(&t.CreatedAt), db.ScanTime(&t.DueAt), db.ScanTime(&t.SnoozedUntil), db.ScanTime(&t.DoneAt), &t.DoneWhy)
	return t, err
}

// WhyApproved is the done_why of a task whose mail was approved. A mail that was
// held before it went is put before a person again.
const WhyApproved = "approved"

// OpenTask opens a task under its key, again when it was canceled, when what was
// mended or decided came back, or when what was approved did not go, and leaves it
// alone when it is open or done. It says whether a task was opened.
func (tx *Tx) OpenTask(ctx context.Context, t sales.Task) (bool, error) {
	id, _, err := tx.openTaskRow(ctx, t)
	return id != 0, err
}

// openTaskRow is OpenTask; id is that of the row that was opened, which is an
// older one than t.ID when the key is known, and done tells that none was opened
// because the task was done before.
func (tx *Tx) openTaskRow(ctx context.Context, t sales.Task) (id sales.ID, done bool, err error) {
	if tx.ahead.about(t) {
		return t.ID, false, tx.Later(ctx, sqlTaskNew, t.WorkspaceID, t.ID, t.Key, t.Kind, sales.TaskOpen, t.PersonID, t.UserID, t.EnrollmentID, t.StepID, t.MessageID, t.MailingID,
			t.Title, t.Note, t.Intent, t.CreatedAt, t.DueAt, t.SnoozedUntil)
	}
	list, err := db.All(ctx, tx, db.Value[sales.ID], sqlTaskOpen, t.WorkspaceID, t.ID, t.Key, t.Kind, t.PersonID, t.UserID, t.EnrollmentID, t.StepID, t.MessageID, t.MailingID,
		t.Title, t.Note, t.Intent, t.CreatedAt, t.DueAt, t.SnoozedUntil)
	if err != nil || len(list) > 0 {
		return append(list, 0)[0], false, err
	}
	state, err := db.One(ctx, tx, db.Value[sales.TaskState], sqlTaskState, t.WorkspaceID, t.Key)
	return 0, state == sales.TaskDone, err
}

// EndTask closes an open task as done or canceled. A Conflict error means that
// it was closed before.
func (tx *Tx) EndTask(ctx context.Context, ws, id sales.ID, state sales.TaskState, at time.Time, why string) error {
	n, err := tx.Exec(ctx, sqlTaskEnd, state, at, why, ws, id)
	if err == nil && n == 0 {
		return sales.Errorf(sales.Conflict, "This was done already.")
	}
	return err
}

// ReopenTask takes back that a task was closed or snoozed.
func (tx *Tx) ReopenTask(ctx context.Context, ws, id sales.ID) error {
	_, err := tx.Exec(ctx, sqlTaskReopen, ws, id)
	return err
}

// SnoozeTask puts a task off.
func (tx *Tx) SnoozeTask(ctx context.Context, ws, id sales.ID, until time.Time) error {
	_, err := tx.Exec(ctx, sqlTaskSnooze, until, ws, id)
	return err
}

// Task gives a task.
func (s *Store) Task(ctx context.Context, ws, id sales.ID) (sales.Task, error) {
	t, err := db.One(ctx, s.DB, scanTask, sqlTaskGet, ws, id)
	return found(t, err, "task")
}

// Task gives a task as the transaction sees it.
func (tx *Tx) Task(ctx context.Context, ws, id sales.ID) (sales.Task, error) {
	t, err := db.One(ctx, tx, scanTask, sqlTaskGet, ws, id)
	return found(t, err, "task")
}

// OpenTasksOf gives the open tasks about a person.
func (s *Store) OpenTasksOf(ctx context.Context, ws, person sales.ID) ([]sales.Task, error) {
	return db.All(ctx, s.DB, scanTask, sqlTasksPerson, ws, person)
}

// OpenTasksOf gives the open tasks about a person as the transaction sees them.
func (tx *Tx) OpenTasksOf(ctx context.Context, ws, person sales.ID) ([]sales.Task, error) {
	return db.All(ctx, tx, scanTask, sqlTasksPerson, ws, person)
}

// OpenTasks gives the open tasks of a user, the first due first.
func (s *Store) OpenTasks(ctx context.Context, ws, user sales.ID, limit int) ([]sales.Task, error) {
	return db.All(ctx, s.DB, scanTask, sqlTasksOpen, ws, user, limit)
}

// OpenTasksOfMany gives the open tasks about several people.
func (s *Store) OpenTasksOfMany(ctx context.Context, ws sales.ID, people []sales.ID) ([]sales.Task, error) {
	var out []sales.Task
	for _, part := range chunks(distinct(people), 200) {
		list, err := db.All(ctx, s.DB, scanTask, sqlTasksPeople+db.In(len(part))+` ORDER BY t.due_at, t.id`, args([]any{ws}, part)...)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// TasksOfKind gives every task of a kind, for reports.
func (s *Store) TasksOfKind(ctx context.Context, ws sales.ID, kind sales.TaskKind) ([]sales.Task, error) {
	return db.All(ctx, s.DB, scanTask, sqlTasksKind, ws, kind)
}

// NavCounts are the numbers beside Next and Inbox.
type NavCounts struct{ Next, Inbox int }

// Nav counts, up to 1,000, the people in a user's queue and the handoffs that are
// open and not put off, of people whom the viewer may see.
func (s *Store) Nav(ctx context.Context, v sales.Viewer, now time.Time) (NavCounts, error) {
	var n NavCounts
	var err error
	if n.Next, err = db.One(ctx, s.DB, db.Value[int], sqlNextCount, v.WorkspaceID, v.UserID, now, v.OwnerScope(), v.OwnerScope()); err != nil {
		return n, err
	}
	n.Inbox, err = db.One(ctx, s.DB, db.Value[int], sqlTaskCount, v.WorkspaceID, v.UserID, now, v.OwnerScope(), v.OwnerScope())
	return n, err
}

// DoneSince counts the people that a user has dealt with since a moment.
func (s *Store) DoneSince(ctx context.Context, ws, user sales.ID, since time.Time) (int, error) {
	return db.One(ctx, s.DB, db.Value[int], sqlTasksDoneDay, ws, user, since)
}

// joinAfter and splitAfter are the keyset of lists by time, going back.
func joinAfter(t time.Time, id sales.ID) string { return fmt.Sprintf("%d.%d", t.UnixMicro(), id) }

func splitAfter(s string) (time.Time, sales.ID) {
	us, id, ok := strings.Cut(s, ".")
	t, err := strconv.ParseInt(us, 10, 64)
	n, err2 := strconv.ParseInt(id, 10, 64)
	if !ok || err != nil || err2 != nil {
		return maxTime(), 0
	}
	return time.UnixMicro(t).UTC(), sales.ID(n)
}

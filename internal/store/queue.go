package store

import (
	"context"
	"strings"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// laneExpr puts a task into its lane; the index tasks_lane has the same text.
const laneExpr = `(CASE kind WHEN 'answer' THEN CASE intent WHEN 'interested' THEN 0 WHEN 'question' THEN 1 ELSE 2 END WHEN 'call' THEN CASE step_id WHEN 0 THEN 3 ELSE 4 END WHEN 'referral' THEN 5 WHEN 'approve' THEN 6 WHEN 'confirm' THEN 7 WHEN 'decide' THEN 8 WHEN 'fix' THEN 9 ELSE 10 END)`

// lanes is how many lanes laneExpr has.
const lanes = 11

const (
	// SQLite compiles a statement anew whenever a parameter is bound that its plan may
	// depend on: one compared with a column that a partial index compares with a
	// constant. A CAST hides the parameter, so the plan is kept (package db writes it
	// for every LIMIT); the expression of a lane is compared with a bare one, because a
	// CAST would keep its index from being used.

	// All that is asked of a task is in the index tasks_lane, and whose people are whose
	// in people_owner (SQLite would take the key of people for an equal id), so that a lane
	// is a few pages, however scattered its tasks and people are.
	sqlLane = `SELECT * FROM (SELECT id, kind, intent, step_id, person_id, message_id, created_at, due_at, snoozed_until FROM tasks t WHERE t.workspace_id = ? AND t.user_id = ? AND ` + laneExpr + ` = ? AND t.state = 'open' AND t.snoozed_until <= ? AND (CAST(? AS BIGINT) = 0 OR EXISTS (SELECT 1 FROM people p WHERE p.workspace_id = t.workspace_id AND p.owner_id = ? AND p.id BETWEEN t.person_id AND t.person_id) OR EXISTS (SELECT 1 FROM people p WHERE p.workspace_id = t.workspace_id AND p.owner_id = 0 AND p.id BETWEEN t.person_id AND t.person_id)) ORDER BY t.due_at, t.id LIMIT ?) lane`
	sqlPut  = `SELECT ` + taskCols + ` FROM tasks t JOIN people p ON p.workspace_id = t.workspace_id AND p.id = t.person_id WHERE t.workspace_id = ? AND t.user_id = ? AND t.state = 'open' AND t.snoozed_until > CAST(? AS BIGINT) AND t.snoozed_until > 0 AND ` + seeOwner + ` ORDER BY t.snoozed_until, t.id LIMIT ?`
	// The open task of an own person keeps them from being quiet.
	sqlQuiet      = `SELECT p.id FROM people p WHERE p.workspace_id = ? AND p.owner_id = ? AND p.move = 'ours' AND p.move_since > 0 AND p.move_since <= ? AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.workspace_id = p.workspace_id AND t.person_id = p.id AND t.state = 'open') AND NOT EXISTS (SELECT 1 FROM moves m WHERE m.workspace_id = p.workspace_id AND m.person_id = p.id AND m.actor = 'seller' AND m.at > ?) ORDER BY p.move_since, p.id LIMIT ?`
	sqlTaskTitles = `SELECT id, title FROM tasks WHERE workspace_id = ? AND id IN `

	sqlPin      = `INSERT INTO pins (workspace_id, user_id, person_id, at) VALUES (?, ?, ?, ?) ON CONFLICT (workspace_id, user_id, person_id) DO UPDATE SET at = excluded.at`
	sqlUnpin    = `DELETE FROM pins WHERE workspace_id = ? AND user_id = ? AND person_id = ?`
	sqlPins     = `SELECT n.person_id, n.at FROM pins n JOIN people p ON p.workspace_id = n.workspace_id AND p.id = n.person_id WHERE n.workspace_id = ? AND n.user_id = ? AND ` + seeOwner + ` ORDER BY n.at, n.person_id LIMIT 50`
	sqlSkip     = `INSERT INTO skips (workspace_id, id, user_id, person_id, task_id, reason, note, at, until_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlUnskip   = `UPDATE skips SET until_at = ? WHERE workspace_id = ? AND user_id = ? AND person_id = ? AND until_at > ?`
	skipCols    = `s.workspace_id, s.id, s.user_id, s.person_id, s.task_id, s.reason, s.note, s.at, s.until_at`
	sqlSkipped  = `SELECT ` + skipCols + ` FROM skips s WHERE s.workspace_id = ? AND s.user_id = ? AND s.until_at > ? AND s.person_id IN `
	sqlSkips    = `SELECT ` + skipCols + ` FROM skips s JOIN people p ON p.workspace_id = s.workspace_id AND p.id = s.person_id WHERE s.workspace_id = ? AND s.at >= ? AND ` + seeOwner + ` ORDER BY s.at DESC, s.id DESC LIMIT ?`
	sqlSkipDrop = `DELETE FROM skips WHERE workspace_id = ? AND user_id = ? AND id = ?`
	sqlDialed   = `UPDATE person_leases SET dialed_at = ?, until_at = ? WHERE workspace_id = ? AND person_id = ? AND user_id = ?`
)

// queueSQL reads the first tasks of every lane at once.
func queueSQL() string { return strings.Repeat(sqlLane+" UNION ALL ", lanes-1) + sqlLane }

// QueueTasks gives the open tasks of a user that are not put off: of each lane
// (what kind of task it is, see laneExpr) the first due ones, at most each. Full
// tells that a lane may hold more. Tasks about people whom the viewer may not see
// are left out. What they are about, what they go back to and their words are not
// read: see TaskTitles, or Task for all of it.
func (s *Store) QueueTasks(ctx context.Context, v sales.Viewer, now time.Time, each int) (list []sales.Task, full bool, err error) {
	var args []any
	for lane := range lanes {
		args = append(args, v.WorkspaceID, v.UserID, lane, now, v.OwnerScope(), v.OwnerScope(), each)
	}
	list, err = db.All(ctx, s.DB, func(r db.Scanner) (sales.Task, error) {
		t := sales.Task{WorkspaceID: v.WorkspaceID, UserID: v.UserID, State: sales.TaskOpen}
		err := r.Scan(&t.ID, &t.Kind, &t.Intent, &t.StepID, &t.PersonID, &t.MessageID, db.ScanTime(&t.CreatedAt), db.ScanTime(&t.DueAt), db.ScanTime(&t.SnoozedUntil))
		return t, err
	}, s.queue, args...)
	byLane := map[[2]string]int{}
	for _, t := range list {
		lane := [2]string{string(t.Kind)}
		if t.Kind == sales.TaskAnswer {
			lane[1] = string(t.Intent)
		}
		byLane[lane]++
		full = full || byLane[lane] >= each
	}
	return list, full || len(list) >= 2*each, err
}

// PutOff gives the tasks of a user that are put off, the earliest first.
func (s *Store) PutOff(ctx context.Context, v sales.Viewer, now time.Time, limit int) ([]sales.Task, error) {
	return db.All(ctx, s.DB, scanTask, sqlPut, v.WorkspaceID, v.UserID, now, v.OwnerScope(), v.OwnerScope(), limit)
}

// Quiet gives own people of a user for whom nothing is to do although the next
// step has been ours since before a moment and we have done nothing since then,
// those who wait longest first.
func (s *Store) Quiet(ctx context.Context, v sales.Viewer, before time.Time, limit int) ([]sales.ID, error) {
	return db.All(ctx, s.DB, db.Value[sales.ID], sqlQuiet, v.WorkspaceID, v.UserID, before, before, limit)
}

// TaskTitles gives the titles of tasks.
func (s *Store) TaskTitles(ctx context.Context, ws sales.ID, ids []sales.ID) (map[sales.ID]string, error) {
	out := map[sales.ID]string{}
	for _, part := range chunks(distinct(ids), 500) {
		list, err := db.All(ctx, s.DB, scanPair[string], sqlTaskTitles+db.In(len(part)), args([]any{ws}, part)...)
		if err != nil {
			return nil, err
		}
		for _, x := range list {
			out[x.a] = x.b
		}
	}
	return out, nil
}

// Pin puts a person on top of a user's queue.
func (tx *Tx) Pin(ctx context.Context, ws, user, person sales.ID, at time.Time) error {
	_, err := tx.Exec(ctx, sqlPin, ws, user, person, at)
	return err
}

// Unpin takes a person from the top of a user's queue.
func (tx *Tx) Unpin(ctx context.Context, ws, user, person sales.ID) error {
	_, err := tx.Exec(ctx, sqlUnpin, ws, user, person)
	return err
}

// Pins gives whom a user wants on top and since when, at most 50.
func (s *Store) Pins(ctx context.Context, v sales.Viewer) (map[sales.ID]time.Time, error) {
	out := map[sales.ID]time.Time{}
	_, err := db.All(ctx, s.DB, func(r db.Scanner) (int, error) {
		var id sales.ID
		var at time.Time
		err := r.Scan(&id, db.ScanTime(&at))
		out[id] = at
		return 0, err
	}, sqlPins, v.WorkspaceID, v.UserID, v.OwnerScope(), v.OwnerScope())
	return out, err
}

func scanSkip(r db.Scanner) (sales.Skip, error) {
	var k sales.Skip
	err := r.Scan(&k.WorkspaceID, &k.ID, &k.UserID, &k.PersonID, &k.TaskID, &k.Reason, &k.Note, db.ScanTime(&k.At), db.ScanTime(&k.Until))
	return k, err
}

// AddSkip keeps that a user passed a person over.
func (tx *Tx) AddSkip(ctx context.Context, k sales.Skip) error {
	_, err := tx.Exec(ctx, sqlSkip, k.WorkspaceID, k.ID, k.UserID, k.PersonID, k.TaskID, k.Reason, k.Note, k.At, k.Until)
	return err
}

// DropSkip takes back that a user passed somebody over.
func (tx *Tx) DropSkip(ctx context.Context, ws, user, id sales.ID) error {
	_, err := tx.Exec(ctx, sqlSkipDrop, ws, user, id)
	return err
}

// EndSkips lets a person be served to a user again; what was skipped stays written.
func (tx *Tx) EndSkips(ctx context.Context, ws, user, person sales.ID, now time.Time) error {
	_, err := tx.Exec(ctx, sqlUnskip, now, ws, user, person, now)
	return err
}

// SkippedBy gives those of people whom a user passed over until a time after now,
// with the skip that lasts longest.
func (s *Store) SkippedBy(ctx context.Context, ws, user sales.ID, people []sales.ID, now time.Time) (map[sales.ID]sales.Skip, error) {
	out := map[sales.ID]sales.Skip{}
	for _, part := range chunks(distinct(people), 200) {
		list, err := db.All(ctx, s.DB, scanSkip, sqlSkipped+db.In(len(part)), args([]any{ws, user, now}, part)...)
		if err != nil {
			return nil, err
		}
		for _, k := range list {
			if k.Until.After(out[k.PersonID].Until) {
				out[k.PersonID] = k
			}
		}
	}
	return out, nil
}

// Skips gives what was passed over since a moment, the newest first: of people
// whom the viewer may see.
func (s *Store) Skips(ctx context.Context, v sales.Viewer, since time.Time, limit int) ([]sales.Skip, error) {
	return db.All(ctx, s.DB, scanSkip, sqlSkips, v.WorkspaceID, since, v.OwnerScope(), v.OwnerScope(), limit)
}

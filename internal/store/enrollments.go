package store

import (
	"context"
	"slices"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const enrollmentCols = `e.workspace_id, e.id, e.sequence_id, e.person_id, e.account_id, e.owner_id, e.mailbox_id, e.state, e.reason, e.actor, e.state_at, e.position, e.awaiting, e.next_at, e.until_at, e.version, e.auto_mails, e.mails, e.last_step_at, e.thread_id, e.enrolled_at, e.track, e.anchor_at, e.hold_gate, e.hold_why, e.hold_until`

const alive = `('pending','active','waiting_human','waiting_them','paused')`

const (
	sqlEnrollmentInsert = `INSERT INTO enrollments (workspace_id, id, sequence_id, person_id, account_id, owner_id, mailbox_id, state, reason, actor, state_at, position, awaiting, next_at, until_at, version, auto_mails, mails, last_step_at, thread_id, enrolled_at, track, anchor_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlEnrollmentUpdate = `UPDATE enrollments SET state = ?, reason = ?, actor = ?, state_at = ?, position = ?, awaiting = ?, next_at = ?, until_at = ?, version = ?, auto_mails = ?, mails = ?, last_step_at = ?, thread_id = ?, track = ?, anchor_at = ?, hold_gate = ?, hold_why = ?, hold_until = ? WHERE workspace_id = ? AND id = ? AND version = ?`
	sqlEnrollmentGet    = `SELECT ` + enrollmentCols + ` FROM enrollments e WHERE e.workspace_id = ? AND e.id = ?`
	sqlEnrollmentsIn    = `SELECT ` + enrollmentCols + ` FROM enrollments e WHERE e.workspace_id = ? AND e.id IN `
	sqlEnrollmentsOf    = `SELECT ` + enrollmentCols + ` FROM enrollments e WHERE e.workspace_id = ? AND e.person_id = ? ORDER BY e.id DESC LIMIT 100`
	sqlEnrollmentsLive  = `SELECT ` + enrollmentCols + ` FROM enrollments e WHERE e.workspace_id = ? AND e.person_id = ? AND e.state IN ` + alive + ` ORDER BY e.id`
	sqlEnrollmentsAt    = `SELECT ` + enrollmentCols + ` FROM enrollments e WHERE e.workspace_id = ? AND e.account_id = ? AND e.account_id <> 0 AND e.person_id <> ? AND e.state IN ` + alive + ` ORDER BY e.id`
	sqlEnrollmentsIn4   = `SELECT ` + enrollmentCols + ` FROM enrollments e WHERE e.workspace_id = ? AND e.sequence_id = ? AND e.id > ? ORDER BY e.id LIMIT ?`
	sqlEnrollmentPend   = `SELECT ` + enrollmentCols + ` FROM enrollments e WHERE e.workspace_id = ? AND e.sequence_id = ? AND e.state = 'pending' ORDER BY e.id LIMIT ?`
	sqlEnrollmentHold   = `UPDATE enrollments SET hold_gate = ?, hold_why = ?, hold_until = ? WHERE workspace_id = ? AND id = ?`
	sqlEnrollmentNext   = `SELECT next_at FROM enrollments WHERE workspace_id = ? AND next_at > 0 ORDER BY next_at LIMIT 1`
	sqlActiveAt         = `SELECT count(DISTINCT e.person_id) FROM enrollments e WHERE e.workspace_id = ? AND e.account_id = ? AND e.account_id <> 0 AND e.person_id <> ? AND e.state IN ('active','waiting_human','waiting_them') AND ` + written
	sqlMailboxLoads     = `SELECT mailbox_id, count(*) FROM enrollments WHERE workspace_id = ? AND state IN ` + alive + ` GROUP BY mailbox_id`
	sqlSequenceCounts   = `SELECT sequence_id, state, count(*) FROM enrollments WHERE workspace_id = ? GROUP BY sequence_id, state`
	sqlStepWaits        = `SELECT position, state, reason, hold_gate, count(*), sum(awaiting) FROM enrollments WHERE workspace_id = ? AND sequence_id = ? GROUP BY position, state, reason, hold_gate`
)

// sqlEnrollmentsDue claims in due order. On PostgreSQL rows that another node
// holds are passed over.
func sqlEnrollmentsDue() db.Per {
	q := `SELECT ` + enrollmentCols + ` FROM enrollments e WHERE e.workspace_id = ? AND e.next_at > 0 AND e.next_at <= ? ORDER BY e.next_at, e.id LIMIT ?`
	return db.Per{SQLite: q, Postgres: q + ` FOR UPDATE SKIP LOCKED`}
}

func scanEnrollment(r db.Scanner) (sales.Enrollment, error) {
	var e sales.Enrollment
	err := r.Scan(&e.WorkspaceID, &e.ID, &e.SequenceID, &e.PersonID, &e.AccountID, &e.OwnerID, &e.MailboxID, &e.State, &e.Reason, &e.Actor,
		db.ScanTime(&e.StateAt), &e.Position, &e.Awaiting, db.ScanTime(&e.NextAt), db.ScanTime(&e.Until), &e.Version, &e.AutoMails, &e.Mails,
		db.ScanTime(&e.LastStepAt), &e.ThreadID, db.ScanTime(&e.EnrolledAt), &e.Track, db.ScanTime(&e.AnchorAt), &e.HoldGate, &e.HoldWhy, db.ScanTime(&e.HoldUntil))
	return e, err
}

// InsertEnrollment puts a person into a sequence.
func (tx *Tx) InsertEnrollment(ctx context.Context, e sales.Enrollment) error {
	_, err := tx.Exec(ctx, sqlEnrollmentInsert, e.WorkspaceID, e.ID, e.SequenceID, e.PersonID, e.AccountID, e.OwnerID, e.MailboxID, e.State, e.Reason,
		e.Actor, e.StateAt, e.Position, flag(e.Awaiting), e.NextAt, e.Until, max(e.Version, 1), e.AutoMails, e.Mails, e.LastStepAt, e.ThreadID, e.EnrolledAt, e.Track, e.AnchorAt)
	return err
}

// updateEnrollment writes the next state; a Conflict error means that it
// changed since it was read.
func (tx *Tx) updateEnrollment(ctx context.Context, e sales.Enrollment, was int64) error {
	tx.ahead.moved(e)
	return tx.writeOr(ctx, sqlEnrollmentUpdate, e.State, e.Reason, e.Actor, e.StateAt, e.Position, flag(e.Awaiting), e.NextAt, e.Until, e.Version,
		e.AutoMails, e.Mails, e.LastStepAt, e.ThreadID, e.Track, e.AnchorAt, e.HoldGate, e.HoldWhy, e.HoldUntil, e.WorkspaceID, e.ID, was)
}

// DueEnrollments gives enrollments whose timer has come, in due order, and on
// PostgreSQL holds them until the end of the transaction.
func (tx *Tx) DueEnrollments(ctx context.Context, ws sales.ID, now time.Time, limit int) ([]sales.Enrollment, error) {
	return db.All(ctx, tx, scanEnrollment, sqlEnrollmentsDue().For(tx.Dialect()), ws, now, limit)
}

// NextTimer gives the earliest timer of a workspace, or the zero time.
func (s *Store) NextTimer(ctx context.Context, ws sales.ID) (time.Time, error) {
	list, err := db.All(ctx, s.DB, scanTime, sqlEnrollmentNext, ws)
	if err != nil || len(list) == 0 {
		return time.Time{}, err
	}
	return list[0], nil
}

func scanTime(r db.Scanner) (time.Time, error) {
	var t time.Time
	err := r.Scan(db.ScanTime(&t))
	return t, err
}

// Enrollment gives an enrollment as the transaction sees it.
func (tx *Tx) Enrollment(ctx context.Context, ws, id sales.ID) (sales.Enrollment, error) {
	e, err := db.One(ctx, tx, scanEnrollment, sqlEnrollmentGet, ws, id)
	return found(e, err, "enrollment")
}

// Enrollment gives an enrollment.
func (s *Store) Enrollment(ctx context.Context, ws, id sales.ID) (sales.Enrollment, error) {
	e, err := db.One(ctx, s.DB, scanEnrollment, sqlEnrollmentGet, ws, id)
	return found(e, err, "enrollment")
}

// EnrollmentsByID gives those of ids that exist, as the transaction sees them.
func (tx *Tx) EnrollmentsByID(ctx context.Context, ws sales.ID, ids []sales.ID) (map[sales.ID]sales.Enrollment, error) {
	return byID(ctx, tx, scanEnrollment, func(e sales.Enrollment) sales.ID { return e.ID }, sqlEnrollmentsIn, ws, ids)
}

// EnrollmentsByID gives those of ids that exist.
func (s *Store) EnrollmentsByID(ctx context.Context, ws sales.ID, ids []sales.ID) (map[sales.ID]sales.Enrollment, error) {
	return byID(ctx, s.DB, scanEnrollment, func(e sales.Enrollment) sales.ID { return e.ID }, sqlEnrollmentsIn, ws, ids)
}

// EnrollmentsOf gives the enrollments of a person, the newest first.
func (s *Store) EnrollmentsOf(ctx context.Context, ws, person sales.ID) ([]sales.Enrollment, error) {
	return db.All(ctx, s.DB, scanEnrollment, sqlEnrollmentsOf, ws, person)
}

// LiveEnrollments gives the living enrollments of a person.
func (tx *Tx) LiveEnrollments(ctx context.Context, ws, person sales.ID) ([]sales.Enrollment, error) {
	if list, known := answer(tx.ahead, ws, liveOf, person); known {
		return list, nil
	}
	return db.All(ctx, tx, scanEnrollment, sqlEnrollmentsLive, ws, person)
}

// EnrollmentsOf gives the enrollments of a person as the transaction sees them.
func (tx *Tx) EnrollmentsOf(ctx context.Context, ws, person sales.ID) ([]sales.Enrollment, error) {
	return db.All(ctx, tx, scanEnrollment, sqlEnrollmentsOf, ws, person)
}

// ColleagueEnrollments gives the living enrollments of other people at an account.
func (tx *Tx) ColleagueEnrollments(ctx context.Context, ws, account, person sales.ID) ([]sales.Enrollment, error) {
	if account == 0 {
		return nil, nil
	}
	if list, known := answer(tx.ahead, ws, colleaguesOf, account); known {
		return slices.DeleteFunc(slices.Clone(list), func(e sales.Enrollment) bool { return e.PersonID == person }), nil
	}
	return db.All(ctx, tx, scanEnrollment, sqlEnrollmentsAt, ws, account, person)
}

// EnrollmentsIn lists enrollments of a sequence in the order of their IDs, after
// one; 0 begins.
func (s *Store) EnrollmentsIn(ctx context.Context, ws, sequence, after sales.ID, limit int) ([]sales.Enrollment, error) {
	return db.All(ctx, s.DB, scanEnrollment, sqlEnrollmentsIn4, ws, sequence, after, limit)
}

// PendingEnrollments gives enrollments that wait for the start of their sequence.
func (tx *Tx) PendingEnrollments(ctx context.Context, ws, sequence sales.ID, limit int) ([]sales.Enrollment, error) {
	return db.All(ctx, tx, scanEnrollment, sqlEnrollmentPend, ws, sequence, limit)
}

// HoldEnrollment keeps why the next mail has not gone: the visible answer to
// "why not yet". It changes no state, so it takes no version.
func (tx *Tx) HoldEnrollment(ctx context.Context, ws, id sales.ID, gate sales.Gate, why string, until time.Time) error {
	_, err := tx.Exec(ctx, sqlEnrollmentHold, gate, why, until, ws, id)
	return err
}

// ActiveAtAccount counts other people of an account who are being written to; a first
// mail that is on its way counts.
func (s *Store) ActiveAtAccount(ctx context.Context, ws, account, person sales.ID) (int, error) {
	if account == 0 {
		return 0, nil
	}
	return db.One(ctx, s.DB, db.Value[int], sqlActiveAt, ws, account, person)
}

// MailboxLoads counts the living enrollments of every mailbox.
func (s *Store) MailboxLoads(ctx context.Context, ws sales.ID) (map[sales.ID]int, error) {
	out := map[sales.ID]int{}
	_, err := db.All(ctx, s.DB, func(r db.Scanner) (int, error) {
		var id sales.ID
		var n int
		err := r.Scan(&id, &n)
		out[id] = n
		return 0, err
	}, sqlMailboxLoads, ws)
	return out, err
}

// StateCount is how many enrollments of a sequence are in a state.
type StateCount struct {
	SequenceID sales.ID
	State      sales.EnrollmentState
	N          int
}

// SequenceCounts counts the enrollments of every sequence by state.
func (s *Store) SequenceCounts(ctx context.Context, ws sales.ID) ([]StateCount, error) {
	return db.All(ctx, s.DB, func(r db.Scanner) (StateCount, error) {
		var c StateCount
		err := r.Scan(&c.SequenceID, &c.State, &c.N)
		return c, err
	}, sqlSequenceCounts, ws)
}

// StepWait is how many enrollments stand at a step, and why.
type StepWait struct {
	Position int
	State    sales.EnrollmentState
	Reason   sales.Reason
	Gate     sales.Gate
	N        int
	Begun    int // of those, how many have begun the step
}

// StepWaits tells where the people of a sequence stand.
func (s *Store) StepWaits(ctx context.Context, ws, sequence sales.ID) ([]StepWait, error) {
	return db.All(ctx, s.DB, func(r db.Scanner) (StepWait, error) {
		var w StepWait
		err := r.Scan(&w.Position, &w.State, &w.Reason, &w.Gate, &w.N, &w.Begun)
		return w, err
	}, sqlStepWaits, ws, sequence)
}

const sqlEnrollmentsAwait = `SELECT ` + enrollmentCols + ` FROM enrollments e WHERE e.workspace_id = ? AND e.sequence_id = ? AND e.position = ? AND e.awaiting = 1 AND e.state IN ('active', 'waiting_human')`

// AwaitingAt gives the enrollments of a sequence that have begun the step at a
// position: its mail is queued or its task is open.
func (tx *Tx) AwaitingAt(ctx context.Context, ws, sequence sales.ID, position int) ([]sales.Enrollment, error) {
	return db.All(ctx, tx, scanEnrollment, sqlEnrollmentsAwait, ws, sequence, position)
}

// InsideFilter chooses who is shown of those in a sequence.
type InsideFilter struct {
	States   []sales.EnrollmentState // empty is all
	Position int                     // the step at which they stand, from 0; -1 is any
}

// Inside lists the people of a sequence whom the viewer may see, the first put in
// first, and the After of the next page.
func (s *Store) Inside(ctx context.Context, v sales.Viewer, sequence sales.ID, f InsideFilter, page Page) ([]sales.Enrollment, string, error) {
	var after sales.ID
	if id, err := sales.ParseID(page.After); err == nil {
		after = id
	}
	q := `SELECT ` + enrollmentCols + ` FROM enrollments e JOIN people p ON p.workspace_id = e.workspace_id AND p.id = e.person_id WHERE e.workspace_id = ? AND e.sequence_id = ? AND e.id > ? AND ` + seeOwner
	a := []any{v.WorkspaceID, sequence, after, v.OwnerScope(), v.OwnerScope()}
	if len(f.States) > 0 {
		q += ` AND e.state IN ` + db.In(len(f.States))
		for _, st := range f.States {
			a = append(a, st)
		}
	}
	if f.Position >= 0 {
		q, a = q+` AND e.position = ?`, append(a, f.Position)
	}
	n := page.limit()
	list, err := db.All(ctx, s.DB, scanEnrollment, q+` ORDER BY e.id LIMIT ?`, append(a, n+1)...)
	if err != nil || len(list) <= n {
		return list, "", err
	}
	return list[:n], list[n-1].ID.String(), nil
}

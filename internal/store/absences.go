package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const absenceCols = `workspace_id, id, user_id, from_at, to_at, mode, stand_in_id, state, note, created_at`

const (
	sqlAbsenceInsert = `INSERT INTO absences (` + absenceCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlAbsenceSave   = `UPDATE absences SET from_at = ?, to_at = ?, mode = ?, stand_in_id = ?, state = ?, note = ? WHERE workspace_id = ? AND id = ?`
	sqlAbsenceDelete = `DELETE FROM absences WHERE workspace_id = ? AND id = ?`
	sqlAbsenceGet    = `SELECT ` + absenceCols + ` FROM absences WHERE workspace_id = ? AND id = ?`
	sqlAbsenceHold   = `UPDATE absences SET state = state WHERE workspace_id = ? AND id = ?`
	sqlAbsencesLock  = `UPDATE workspaces SET name = name WHERE workspace_id = ?`
	sqlAbsencesOpen  = `SELECT ` + absenceCols + ` FROM absences WHERE workspace_id = ? AND state <> 'over' ORDER BY from_at, id LIMIT 5000`
	sqlAbsencesSince = `SELECT ` + absenceCols + ` FROM absences WHERE workspace_id = ? AND (state <> 'over' OR to_at > ?) ORDER BY from_at, id LIMIT 2000`
	sqlStandIn       = `SELECT stand_in_id FROM absences WHERE workspace_id = ? AND user_id = ? AND state <> 'over' AND mode = 'hand_over' AND from_at <= ? AND to_at > ? LIMIT 1`
)

func scanAbsence(r db.Scanner) (sales.Absence, error) {
	var a sales.Absence
	err := r.Scan(&a.WorkspaceID, &a.ID, &a.UserID, db.ScanTime(&a.From), db.ScanTime(&a.To), &a.Mode, &a.StandInID, &a.State, &a.Note, db.ScanTime(&a.CreatedAt))
	return a, err
}

// LockAbsences makes other transactions wait that lock the absences of the same
// workspace, until this one ends: of two that overlap one must see the other.
func (tx *Tx) LockAbsences(ctx context.Context, ws sales.ID) error {
	_, err := tx.Exec(ctx, sqlAbsencesLock, ws)
	return err
}

// InsertAbsence adds an absence.
func (tx *Tx) InsertAbsence(ctx context.Context, a sales.Absence) error {
	_, err := tx.Exec(ctx, sqlAbsenceInsert, a.WorkspaceID, a.ID, a.UserID, a.From, a.To, a.Mode, a.StandInID, a.State, a.Note, a.CreatedAt)
	return err
}

// SaveAbsence writes everything but whose absence it is.
func (tx *Tx) SaveAbsence(ctx context.Context, a sales.Absence) error {
	_, err := tx.Exec(ctx, sqlAbsenceSave, a.From, a.To, a.Mode, a.StandInID, a.State, a.Note, a.WorkspaceID, a.ID)
	return err
}

// DeleteAbsence removes an absence for which nothing waits.
func (tx *Tx) DeleteAbsence(ctx context.Context, ws, id sales.ID) error {
	_, err := tx.Exec(ctx, sqlAbsenceDelete, ws, id)
	return err
}

// HoldAbsence gives an absence, and makes other transactions that hold it wait
// until this one ends.
func (tx *Tx) HoldAbsence(ctx context.Context, ws, id sales.ID) (sales.Absence, error) {
	if _, err := tx.Exec(ctx, sqlAbsenceHold, ws, id); err != nil {
		return sales.Absence{}, err
	}
	a, err := db.One(ctx, tx, scanAbsence, sqlAbsenceGet, ws, id)
	return found(a, err, "absence")
}

// Absence gives an absence.
func (s *Store) Absence(ctx context.Context, ws, id sales.ID) (sales.Absence, error) {
	a, err := db.One(ctx, s.DB, scanAbsence, sqlAbsenceGet, ws, id)
	return found(a, err, "absence")
}

// Absences gives those that are not over, and those that ended after a moment, in
// the order in which they begin.
func (s *Store) Absences(ctx context.Context, ws sales.ID, since time.Time) ([]sales.Absence, error) {
	return db.All(ctx, s.DB, scanAbsence, sqlAbsencesSince, ws, since)
}

// OpenAbsences gives those that are planned or running, the first to begin first.
func (s *Store) OpenAbsences(ctx context.Context, ws sales.ID) ([]sales.Absence, error) {
	return db.All(ctx, s.DB, scanAbsence, sqlAbsencesOpen, ws)
}

// OpenAbsences gives those that are planned or running as the transaction sees them.
func (tx *Tx) OpenAbsences(ctx context.Context, ws sales.ID) ([]sales.Absence, error) {
	return db.All(ctx, tx, scanAbsence, sqlAbsencesOpen, ws)
}

// NextAbsence is when the next absence begins or ends; zero is never. One that is
// overdue gives a moment that is past.
func (s *Store) NextAbsence(ctx context.Context, ws sales.ID) (time.Time, error) {
	open, err := s.OpenAbsences(ctx, ws)
	var next time.Time
	for _, a := range open {
		at := a.From
		if a.State == sales.AbsenceNow {
			at = a.To
		}
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next, err
}

// StandIn is who does the work of a user at a moment: who stands in for them, or
// the user themselves.
func (tx *Tx) StandIn(ctx context.Context, ws, user sales.ID, now time.Time) (sales.ID, error) {
	key := standIn{user, db.Micros(now)}
	if who, known := answer(tx.ahead, ws, standInsOf, key); known {
		return who, nil
	}
	list, err := db.All(ctx, tx, db.Value[sales.ID], sqlStandIn, ws, user, now, now)
	if err != nil {
		return user, err
	}
	who := append(list, user)[0]
	if tx.ahead != nil && ws == tx.ahead.ws {
		tx.ahead.standIns[key] = who
	}
	return who, nil
}

package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const (
	sqlPersonLease   = `UPDATE people SET leased_by = ?, leased_until = ? WHERE workspace_id = ? AND id = ? AND (leased_by = 0 OR leased_by = ? OR leased_until <= ?)`
	sqlPersonUnlease = `UPDATE people SET leased_by = 0, leased_until = 0 WHERE workspace_id = ? AND id = ? AND leased_by = ?`
	sqlLeaseOthers   = `UPDATE people SET leased_by = 0, leased_until = 0 WHERE workspace_id = ? AND leased_by = ? AND id <> ?`
	sqlLeasedTo      = `SELECT id, leased_by, leased_until FROM people WHERE workspace_id = ? AND leased_by <> 0 AND leased_until > ?`
)

// PersonLease is a person who is being served to a user.
type PersonLease struct {
	PersonID sales.ID
	UserID   sales.ID
	Until    time.Time
}

// LeasePerson reserves a person for a user until a moment of the wall clock, and
// lets go of whom they had before. False means that somebody else has them.
func (s *Store) LeasePerson(ctx context.Context, v sales.Viewer, person sales.ID, now, until time.Time) (bool, error) {
	ok := false
	err := s.InTx(ctx, func(tx *Tx) error {
		n, err := tx.Exec(ctx, sqlPersonLease, v.UserID, until, v.WorkspaceID, person, v.UserID, now)
		if ok = n > 0; err != nil || !ok {
			return err
		}
		_, err = tx.Exec(ctx, sqlLeaseOthers, v.WorkspaceID, v.UserID, person)
		return err
	})
	return ok, err
}

// ReleasePerson lets go of a person.
func (s *Store) ReleasePerson(ctx context.Context, v sales.Viewer, person sales.ID) error {
	_, err := s.DB.Exec(ctx, sqlPersonUnlease, v.WorkspaceID, person, v.UserID)
	return err
}

// PersonLeases gives who is being served to whom now, by person.
func (s *Store) PersonLeases(ctx context.Context, ws sales.ID, now time.Time) (map[sales.ID]PersonLease, error) {
	out := map[sales.ID]PersonLease{}
	_, err := db.All(ctx, s.DB, func(r db.Scanner) (int, error) {
		var l PersonLease
		err := r.Scan(&l.PersonID, &l.UserID, db.ScanTime(&l.Until))
		out[l.PersonID] = l
		return 0, err
	}, sqlLeasedTo, ws, now)
	return out, err
}

package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const (
	sqlPersonLease = `INSERT INTO person_leases (workspace_id, person_id, user_id, until_at)
  SELECT p.workspace_id, p.id, CAST(? AS BIGINT), CAST(? AS BIGINT) FROM people p WHERE p.workspace_id = ? AND p.id = ? AND ` + seeOwner + `
  ON CONFLICT (workspace_id, person_id) DO UPDATE SET user_id = excluded.user_id, until_at = excluded.until_at
  WHERE person_leases.user_id = excluded.user_id OR person_leases.until_at <= ?`
	sqlPersonUnlease = `DELETE FROM person_leases WHERE workspace_id = ? AND person_id = ? AND user_id = ?`
	sqlLeaseOthers   = `DELETE FROM person_leases WHERE workspace_id = ? AND user_id = ? AND person_id <> ?`
	sqlLeasedTo      = `SELECT person_id, user_id, until_at FROM person_leases WHERE workspace_id = ? AND until_at > ?`
)

// PersonLease is a person who is being served to a user.
type PersonLease struct {
	PersonID sales.ID
	UserID   sales.ID
	Until    time.Time
}

// LeasePerson reserves a person for a user until a moment of the wall clock, and
// lets go of whom they had before. False means that somebody else has them, or
// that the viewer may not see them.
func (s *Store) LeasePerson(ctx context.Context, v sales.Viewer, person sales.ID, now, until time.Time) (bool, error) {
	ok := false
	err := s.InTx(ctx, func(tx *Tx) error {
		n, err := tx.Exec(ctx, sqlPersonLease, v.UserID, until, v.WorkspaceID, person, v.OwnerScope(), v.OwnerScope(), now)
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

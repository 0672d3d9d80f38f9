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
  ON CONFLICT (workspace_id, person_id) DO UPDATE SET dialed_at = CASE WHEN person_leases.user_id = excluded.user_id AND person_leases.until_at > CAST(? AS BIGINT) THEN person_leases.dialed_at ELSE 0 END, user_id = excluded.user_id,
  until_at = CASE WHEN person_leases.user_id = excluded.user_id AND person_leases.until_at > excluded.until_at THEN person_leases.until_at ELSE excluded.until_at END
  WHERE person_leases.user_id = excluded.user_id OR person_leases.until_at <= ?`
	sqlPersonUnlease = `DELETE FROM person_leases WHERE workspace_id = ? AND person_id = ? AND user_id = ?`
	sqlLeaseOthers   = `DELETE FROM person_leases WHERE workspace_id = ? AND user_id = ? AND person_id <> ? AND (dialed_at = 0 OR until_at <= ?)`
	sqlLeasedTo      = `SELECT person_id, user_id, until_at, dialed_at FROM person_leases WHERE workspace_id = ? AND until_at > ?`
)

// PersonLease is a person who is being served to a user.
type PersonLease struct {
	PersonID sales.ID
	UserID   sales.ID
	Until    time.Time
	DialedAt time.Time // when they were dialed, and the outcome is not logged yet; zero is not
}

// LeasePerson reserves a person for a user until a moment of the wall clock, and
// lets go of whom they had before, but for those whom they dialed. Who is theirs
// for longer stays so. False means that somebody else has them, or
// that the viewer may not see them.
func (s *Store) LeasePerson(ctx context.Context, v sales.Viewer, person sales.ID, now, until time.Time) (bool, error) {
	ok := false
	err := s.InTx(ctx, func(tx *Tx) error {
		n, err := tx.Exec(ctx, sqlPersonLease, v.UserID, until, v.WorkspaceID, person, v.OwnerScope(), v.OwnerScope(), now, now)
		if ok = n > 0; err != nil || !ok {
			return err
		}
		_, err = tx.Exec(ctx, sqlLeaseOthers, v.WorkspaceID, v.UserID, person, now)
		return err
	})
	return ok, err
}

// ReleasePerson lets go of a person.
func (s *Store) ReleasePerson(ctx context.Context, v sales.Viewer, person sales.ID) error {
	_, err := s.DB.Exec(ctx, sqlPersonUnlease, v.WorkspaceID, person, v.UserID)
	return err
}

// Dialed keeps a person whom a user has reserved until a moment, because the
// phone rang. False means that they are not reserved for the user.
func (s *Store) Dialed(ctx context.Context, v sales.Viewer, person sales.ID, now, until time.Time) (bool, error) {
	n, err := s.DB.Exec(ctx, sqlDialed, now, until, v.WorkspaceID, person, v.UserID)
	return n > 0, err
}

// ReleasePerson lets go of a person within a transaction.
func (tx *Tx) ReleasePerson(ctx context.Context, ws, user, person sales.ID) error {
	_, err := tx.Exec(ctx, sqlPersonUnlease, ws, person, user)
	return err
}

func scanLease(r db.Scanner) (PersonLease, error) {
	var l PersonLease
	err := r.Scan(&l.PersonID, &l.UserID, db.ScanTime(&l.Until), db.ScanTime(&l.DialedAt))
	return l, err
}

// PersonLeases gives who is being served to whom now, by person.
func (s *Store) PersonLeases(ctx context.Context, ws sales.ID, now time.Time) (map[sales.ID]PersonLease, error) {
	list, err := db.All(ctx, s.DB, scanLease, sqlLeasedTo, ws, now)
	out := make(map[sales.ID]PersonLease, len(list))
	for _, l := range list {
		out[l.PersonID] = l
	}
	return out, err
}

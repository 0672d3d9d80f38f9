package store

import (
	"context"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const userCols = `workspace_id, id, email, name, role, zone, password_hash, disabled, calendar_url, uncounted, created_at`

const (
	sqlUserInsert  = `INSERT INTO users (` + userCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlUserSave    = `UPDATE users SET name = ?, role = ?, zone = ?, password_hash = ?, disabled = ?, calendar_url = ? WHERE workspace_id = ? AND id = ?`
	sqlUserByEmail = `SELECT ` + userCols + ` FROM users WHERE email = ?`
	sqlUserGet     = `SELECT ` + userCols + ` FROM users WHERE workspace_id = ? AND id = ?`
	sqlUserAll     = `SELECT ` + userCols + ` FROM users WHERE workspace_id = ? ORDER BY name, id`
	sqlUserLock    = `UPDATE users SET role = role WHERE workspace_id = ? AND role = 'owner'`
	sqlUserAny     = `SELECT 1 FROM users LIMIT 1`
)

func scanUser(r db.Scanner) (sales.User, error) {
	var u sales.User
	err := r.Scan(&u.WorkspaceID, &u.ID, &u.Email, &u.Name, &u.Role, &u.Zone, &u.PasswordHash, &u.Disabled, &u.CalendarURL, &u.Uncounted, db.ScanTime(&u.CreatedAt))
	return u, err
}

// InsertUser makes a user. A Conflict error means that the address is taken.
func (tx *Tx) InsertUser(ctx context.Context, u sales.User) error {
	_, err := tx.Exec(ctx, sqlUserInsert, u.WorkspaceID, u.ID, u.Email, u.Name, u.Role, u.Zone, u.PasswordHash, flag(u.Disabled), u.CalendarURL, flag(u.Uncounted), u.CreatedAt)
	if db.IsUnique(err) {
		return sales.Errorf(sales.Conflict, "Somebody with the address %s exists already. Log in, or use another address.", u.Email)
	}
	return err
}

// SaveUser writes everything but the address and what SetUncounted does.
func (tx *Tx) SaveUser(ctx context.Context, u sales.User) error {
	_, err := tx.Exec(ctx, sqlUserSave, u.Name, u.Role, u.Zone, u.PasswordHash, flag(u.Disabled), u.CalendarURL, u.WorkspaceID, u.ID)
	return err
}

// UserByEmail finds who logs in with an address, in lower case; addresses are
// unique in the installation.
func (s *Store) UserByEmail(ctx context.Context, email string) (sales.User, error) {
	u, err := db.One(ctx, s.DB, scanUser, sqlUserByEmail, email)
	return found(u, err, "user")
}

// User gives a user of a workspace.
func (s *Store) User(ctx context.Context, ws, id sales.ID) (sales.User, error) {
	u, err := db.One(ctx, s.DB, scanUser, sqlUserGet, ws, id)
	return found(u, err, "user")
}

// Users gives the team by name.
func (s *Store) Users(ctx context.Context, ws sales.ID) ([]sales.User, error) {
	return db.All(ctx, s.DB, scanUser, sqlUserAll, ws)
}

// AnyUser tells whether the installation has its first user.
func (s *Store) AnyUser(ctx context.Context) (bool, error) {
	list, err := db.All(ctx, s.DB, db.Value[int64], sqlUserAny)
	return len(list) > 0, err
}

// UsersIn gives the team as the transaction sees it.
func (tx *Tx) UsersIn(ctx context.Context, ws sales.ID) ([]sales.User, error) {
	return db.All(ctx, tx, scanUser, sqlUserAll, ws)
}

// LockOwners makes other transactions wait that lock the owners of the same
// workspace, until this one ends: the last one must stay.
func (tx *Tx) LockOwners(ctx context.Context, ws sales.ID) error {
	_, err := tx.Exec(ctx, sqlUserLock, ws)
	return err
}

// AnyUser is Store.AnyUser as the transaction sees it.
func (tx *Tx) AnyUser(ctx context.Context) (bool, error) {
	list, err := db.All(ctx, tx, db.Value[int64], sqlUserAny)
	return len(list) > 0, err
}

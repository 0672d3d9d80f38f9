package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const sessionCols = `workspace_id, id, user_id, created_at, seen_at, expires_at, ip, agent`

const (
	sqlSessionInsert = `INSERT INTO sessions (` + sessionCols + `, token_hash, kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlSessionGet    = `SELECT ` + sessionCols + ` FROM sessions WHERE token_hash = ? AND kind = ? AND expires_at > ?`
	sqlSessionSeen   = `UPDATE sessions SET seen_at = ?, expires_at = ? WHERE workspace_id = ? AND id = ?`
	sqlSessionList   = `SELECT ` + sessionCols + ` FROM sessions WHERE workspace_id = ? AND user_id = ? AND kind = 'session' AND expires_at > ? ORDER BY seen_at DESC`
	sqlSessionDelete = `DELETE FROM sessions WHERE workspace_id = ? AND user_id = ? AND id = ?`
	sqlSessionClear  = `DELETE FROM sessions WHERE workspace_id = ? AND user_id = ? AND id <> ?`
	sqlSessionOld    = `DELETE FROM sessions WHERE expires_at <= ?`
)

// The kinds of a session row.
const (
	SessionLogin  = "session" // a browser that is logged in
	SessionInvite = "invite"  // a link to choose a password, good once
)

func scanSession(r db.Scanner) (sales.Session, error) {
	var x sales.Session
	err := r.Scan(&x.WorkspaceID, &x.ID, &x.UserID, db.ScanTime(&x.CreatedAt), db.ScanTime(&x.SeenAt), db.ScanTime(&x.ExpiresAt), &x.IP, &x.Agent)
	return x, err
}

// InsertSession keeps a login by the SHA-256 of its token.
func (tx *Tx) InsertSession(ctx context.Context, x sales.Session, kind string, tokenHash []byte) error {
	_, err := tx.Exec(ctx, sqlSessionInsert, x.WorkspaceID, x.ID, x.UserID, x.CreatedAt, x.SeenAt, x.ExpiresAt, x.IP, x.Agent, tokenHash, kind)
	return err
}

// Session finds a living login by the SHA-256 of its token.
func (s *Store) Session(ctx context.Context, kind string, tokenHash []byte, now time.Time) (sales.Session, error) {
	x, err := db.One(ctx, s.DB, scanSession, sqlSessionGet, tokenHash, kind, now)
	return found(x, err, "session")
}

// TouchSession moves the end of a session.
func (s *Store) TouchSession(ctx context.Context, x sales.Session) error {
	_, err := s.DB.Exec(ctx, sqlSessionSeen, x.SeenAt, x.ExpiresAt, x.WorkspaceID, x.ID)
	return err
}

// Sessions lists the living logins of a user, the latest first.
func (s *Store) Sessions(ctx context.Context, ws, user sales.ID, now time.Time) ([]sales.Session, error) {
	return db.All(ctx, s.DB, scanSession, sqlSessionList, ws, user, now)
}

// DeleteSession ends one login of a user.
func (s *Store) DeleteSession(ctx context.Context, ws, user, id sales.ID) error {
	_, err := s.DB.Exec(ctx, sqlSessionDelete, ws, user, id)
	return err
}

// UseSession ends a session that is good once, and says whether it was there:
// of two who use it at once one is told no.
func (tx *Tx) UseSession(ctx context.Context, x sales.Session) (bool, error) {
	n, err := tx.Exec(ctx, sqlSessionDelete, x.WorkspaceID, x.UserID, x.ID)
	return n > 0, err
}

// DeleteSessionsExcept ends all logins of a user but one; 0 ends all.
func (s *Store) DeleteSessionsExcept(ctx context.Context, ws, user, keep sales.ID) error {
	_, err := s.DB.Exec(ctx, sqlSessionClear, ws, user, keep)
	return err
}

// DeleteOldSessions forgets those that have ended.
func (s *Store) DeleteOldSessions(ctx context.Context, now time.Time) error {
	_, err := s.DB.Exec(ctx, sqlSessionOld, now)
	return err
}

package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const callCols = `workspace_id, id, person_id, user_id, task_id, at, minutes, disposition, sentiment, purpose, note, phone, external_id, incoming, seconds, recording, override`

const (
	sqlCallInsert   = `INSERT INTO calls (` + callCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlCallSave     = `UPDATE calls SET at = ?, minutes = ?, disposition = ?, sentiment = ?, purpose = ?, note = ?, phone = ?, external_id = ?, incoming = ?, seconds = ?, recording = ?, override = ? WHERE workspace_id = ? AND id = ?`
	sqlCallsOf      = `SELECT ` + callCols + ` FROM calls WHERE workspace_id = ? AND person_id = ? ORDER BY at DESC, id DESC LIMIT 50`
	sqlCallOutside  = `SELECT ` + callCols + ` FROM calls WHERE workspace_id = ? AND external_id = ? AND external_id <> ''`
	sqlPeopleCalled = `SELECT ` + personCols + ` FROM people p WHERE p.workspace_id = ? AND p.phone = ? AND p.phone <> '' ORDER BY p.id LIMIT 20`
)

func scanCall(r db.Scanner) (sales.Call, error) {
	var c sales.Call
	err := r.Scan(&c.WorkspaceID, &c.ID, &c.PersonID, &c.UserID, &c.TaskID, db.ScanTime(&c.At), &c.Minutes, &c.Disposition, &c.Sentiment, &c.Purpose, &c.Note,
		&c.Phone, &c.External, &c.Incoming, &c.Seconds, &c.Recording, &c.Override)
	return c, err
}

// InsertCall keeps a call. A Conflict error means that the phone system's id is
// known.
func (tx *Tx) InsertCall(ctx context.Context, c sales.Call) error {
	_, err := tx.Exec(ctx, sqlCallInsert, c.WorkspaceID, c.ID, c.PersonID, c.UserID, c.TaskID, c.At, c.Minutes, c.Disposition, c.Sentiment, c.Purpose, c.Note,
		c.Phone, c.External, flag(c.Incoming), c.Seconds, c.Recording, c.Override)
	if db.IsUnique(err) {
		return sales.Errorf(sales.Conflict, "This call is logged already.")
	}
	return err
}

// SaveCall writes what is known of a call by now.
func (tx *Tx) SaveCall(ctx context.Context, c sales.Call) error {
	_, err := tx.Exec(ctx, sqlCallSave, c.At, c.Minutes, c.Disposition, c.Sentiment, c.Purpose, c.Note, c.Phone, c.External, flag(c.Incoming), c.Seconds, c.Recording, c.Override, c.WorkspaceID, c.ID)
	return err
}

// CallsOf gives the newest calls with a person, the newest first.
func (s *Store) CallsOf(ctx context.Context, ws, person sales.ID) ([]sales.Call, error) {
	return db.All(ctx, s.DB, scanCall, sqlCallsOf, ws, person)
}

// CallsOf gives the newest calls with a person as the transaction sees them.
func (tx *Tx) CallsOf(ctx context.Context, ws, person sales.ID) ([]sales.Call, error) {
	return db.All(ctx, tx, scanCall, sqlCallsOf, ws, person)
}

// CallFromOutside gives the call that a phone system knows under an id; ok is
// false when there is none.
func (tx *Tx) CallFromOutside(ctx context.Context, ws sales.ID, external string) (c sales.Call, ok bool, err error) {
	list, err := db.All(ctx, tx, scanCall, sqlCallOutside, ws, external)
	if err != nil || len(list) == 0 {
		return c, false, err
	}
	return list[0], true, nil
}

// PeopleCalled gives the people who have a number, E.164; more than one when
// colleagues share it. It is for the machinery: it asks no viewer.
func (tx *Tx) PeopleCalled(ctx context.Context, ws sales.ID, phone string) ([]sales.Person, error) {
	return db.All(ctx, tx, scanPerson, sqlPeopleCalled, ws, phone)
}

// Hooks: phone systems that may log calls.

const hookCols = `workspace_id, id, name, user_id, secret, created_at, used_at, revoked_at`

const (
	sqlHookInsert = `INSERT INTO phone_hooks (` + hookCols + `, token_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlHookList   = `SELECT ` + hookCols + ` FROM phone_hooks WHERE workspace_id = ? ORDER BY id DESC`
	sqlHookGet    = `SELECT ` + hookCols + ` FROM phone_hooks WHERE workspace_id = ? AND token_hash = ? AND revoked_at = 0`
	sqlHookUsed   = `UPDATE phone_hooks SET used_at = ? WHERE workspace_id = ? AND id = ?`
	sqlHookRevoke = `UPDATE phone_hooks SET revoked_at = ? WHERE workspace_id = ? AND id = ? AND revoked_at = 0`
)

func (s *Store) scanHook(r db.Scanner) (sales.PhoneHook, error) {
	var h sales.PhoneHook
	var sealed []byte
	err := r.Scan(&h.WorkspaceID, &h.ID, &h.Name, &h.UserID, &sealed, db.ScanTime(&h.CreatedAt), db.ScanTime(&h.UsedAt), db.ScanTime(&h.RevokedAt))
	if err != nil || len(sealed) == 0 {
		return h, err
	}
	h.Signed = true
	h.Secret, err = s.Keys.Open(sealed)
	return h, err
}

// InsertPhoneHook keeps a phone system by the SHA-256 of its token.
func (tx *Tx) InsertPhoneHook(ctx context.Context, h sales.PhoneHook, tokenHash []byte) error {
	sealed := []byte{}
	if h.Secret != "" {
		sealed = tx.s.Keys.Seal(h.Secret)
	}
	_, err := tx.Exec(ctx, sqlHookInsert, h.WorkspaceID, h.ID, h.Name, h.UserID, sealed, h.CreatedAt, h.UsedAt, h.RevokedAt, tokenHash)
	return err
}

// PhoneHooks lists the phone systems of a workspace, the newest first.
func (s *Store) PhoneHooks(ctx context.Context, ws sales.ID) ([]sales.PhoneHook, error) {
	return db.All(ctx, s.DB, s.scanHook, sqlHookList, ws)
}

// PhoneHook finds a phone system that may still log, by the SHA-256 of its token.
func (s *Store) PhoneHook(ctx context.Context, ws sales.ID, tokenHash []byte) (sales.PhoneHook, error) {
	h, err := db.One(ctx, s.DB, s.scanHook, sqlHookGet, ws, tokenHash)
	return found(h, err, "phone system")
}

// PhoneHookUsed notes that a phone system logged something.
func (tx *Tx) PhoneHookUsed(ctx context.Context, ws, id sales.ID, at time.Time) error {
	_, err := tx.Exec(ctx, sqlHookUsed, at, ws, id)
	return err
}

// RevokePhoneHook ends a token.
func (tx *Tx) RevokePhoneHook(ctx context.Context, ws, id sales.ID, at time.Time) error {
	_, err := tx.Exec(ctx, sqlHookRevoke, at, ws, id)
	return err
}

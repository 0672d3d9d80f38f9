package store

import (
	"context"
	"sync"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const (
	sqlWorkspaceInsert = `INSERT INTO workspaces (workspace_id, name, settings, created_at) VALUES (?, ?, ?, ?)`
	sqlWorkspaceGet    = `SELECT workspace_id, name, settings, created_at FROM workspaces WHERE workspace_id = ?`
	sqlWorkspaceAll    = `SELECT workspace_id, name, settings, created_at FROM workspaces ORDER BY workspace_id`
	sqlWorkspaceSave   = `UPDATE workspaces SET name = ?, settings = ? WHERE workspace_id = ?`
)

func scanWorkspace(r db.Scanner) (sales.Workspace, error) {
	w := sales.Workspace{Settings: sales.DefaultSettings()}
	err := r.Scan(&w.ID, &w.Name, db.ScanJSON(&w.Settings), db.ScanTime(&w.CreatedAt))
	return w, err
}

// InsertWorkspace makes a tenant. A Conflict error means that it is there.
func (tx *Tx) InsertWorkspace(ctx context.Context, w sales.Workspace) error {
	_, err := tx.Exec(ctx, sqlWorkspaceInsert, w.ID, w.Name, db.JSON(w.Settings), w.CreatedAt)
	if db.IsUnique(err) {
		return sales.Errorf(sales.Conflict, "This workspace exists already. Log in, or ask its owner for an invitation.")
	}
	return err
}

// SaveWorkspace writes the name and the settings.
func (tx *Tx) SaveWorkspace(ctx context.Context, w sales.Workspace) error {
	_, err := tx.Exec(ctx, sqlWorkspaceSave, w.Name, db.JSON(w.Settings), w.ID)
	return err
}

// Workspace gives a tenant.
func (s *Store) Workspace(ctx context.Context, id sales.ID) (sales.Workspace, error) {
	w, err := db.One(ctx, s.DB, scanWorkspace, sqlWorkspaceGet, id)
	return found(w, err, "workspace")
}

// KeptWorkspace gives a tenant whose settings nobody may write into: as long as
// their text in the database is the same, so is what was made of it, on every node.
func (s *Store) KeptWorkspace(ctx context.Context, id sales.ID) (sales.Workspace, error) {
	w, err := db.One(ctx, s.DB, func(r db.Scanner) (sales.Workspace, error) {
		var w sales.Workspace
		var text string
		if err := r.Scan(&w.ID, &w.Name, &text, db.ScanTime(&w.CreatedAt)); err != nil {
			return w, err
		}
		var err error
		w.Settings, err = s.settings.of(w.ID, text)
		return w, err
	}, sqlWorkspaceGet, id)
	return found(w, err, "workspace")
}

// maxKept bounds of how many workspaces the settings are kept; when it is reached,
// all are forgotten.
const maxKept = 1000

// keptSettings are settings by workspace, with the text that they were read from.
type keptSettings struct {
	mu  sync.Mutex
	all map[sales.ID]kept
}

type kept struct {
	text     string
	settings sales.Settings
}

// of gives the settings that text says.
func (k *keptSettings) of(ws sales.ID, text string) (sales.Settings, error) {
	k.mu.Lock()
	have, ok := k.all[ws]
	k.mu.Unlock()
	if ok && have.text == text {
		return have.settings, nil
	}
	have = kept{text, sales.DefaultSettings()}
	if err := db.ScanJSON(&have.settings).Scan(text); err != nil {
		return have.settings, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all == nil || len(k.all) >= maxKept {
		k.all = map[sales.ID]kept{}
	}
	k.all[ws] = have
	return have.settings, nil
}

// Workspaces gives all tenants, for the machinery.
func (s *Store) Workspaces(ctx context.Context) ([]sales.Workspace, error) {
	return db.All(ctx, s.DB, scanWorkspace, sqlWorkspaceAll)
}

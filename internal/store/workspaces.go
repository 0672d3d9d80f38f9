package store

import (
	"context"

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

// Workspaces gives all tenants, for the machinery.
func (s *Store) Workspaces(ctx context.Context) ([]sales.Workspace, error) {
	return db.All(ctx, s.DB, scanWorkspace, sqlWorkspaceAll)
}

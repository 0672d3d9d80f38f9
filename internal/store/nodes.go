package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const (
	sqlNodeKeep   = `INSERT INTO nodes (workspace_id, node, until_at) VALUES (0, ?, ?) ON CONFLICT (workspace_id, node) DO UPDATE SET until_at = excluded.until_at`
	sqlNodes      = `SELECT node, until_at FROM nodes WHERE workspace_id = 0`
	sqlNodeEnd    = `DELETE FROM nodes WHERE workspace_id = 0 AND node = ?`
	sqlNodesDrop  = `DELETE FROM nodes WHERE workspace_id = 0 AND until_at < ?`
	sqlShares     = `SELECT node, count(*) FROM workspaces GROUP BY node`
	sqlShare      = `SELECT workspace_id FROM workspaces WHERE node = ? ORDER BY workspace_id`
	sqlShareLeave = `UPDATE workspaces SET node = '' WHERE node = ? AND workspace_id IN (SELECT w.workspace_id FROM workspaces w WHERE w.node = ? ORDER BY w.workspace_id DESC LIMIT ?)`
	sqlShareEnd   = `UPDATE workspaces SET node = '' WHERE node = ?`
)

// sqlShareTake leaves out those that another node is about to take.
func sqlShareTake() db.Per {
	q := `UPDATE workspaces SET node = ? WHERE node = ? AND workspace_id IN (SELECT w.workspace_id FROM workspaces w WHERE w.node = ? ORDER BY w.workspace_id LIMIT ?`
	return db.Per{SQLite: q + `)`, Postgres: q + ` FOR UPDATE SKIP LOCKED)`}
}

// KeepNode writes down that a node counts as living until a moment of the wall
// clock.
func (s *Store) KeepNode(ctx context.Context, node string, until time.Time) error {
	_, err := s.DB.Exec(ctx, sqlNodeKeep, node, until)
	return err
}

// Nodes gives until when each node counts as living. A moment that is too far
// ahead was written when a clock was wrong.
func (s *Store) Nodes(ctx context.Context) (map[string]time.Time, error) {
	out := map[string]time.Time{}
	_, err := db.All(ctx, s.DB, func(r db.Scanner) (int, error) {
		var name string
		var until time.Time
		err := r.Scan(&name, db.ScanTime(&until))
		out[name] = until
		return 0, err
	}, sqlNodes)
	return out, err
}

// EndNode takes a node out, and leaves its workspaces to the others.
func (s *Store) EndNode(ctx context.Context, node string) error {
	return s.InTx(ctx, func(tx *Tx) error {
		if _, err := tx.Exec(ctx, sqlShareEnd, node); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, sqlNodeEnd, node)
		return err
	})
}

// ForgetNodes drops nodes that ended before a moment without saying so.
func (s *Store) ForgetNodes(ctx context.Context, before time.Time) error {
	_, err := s.DB.Exec(ctx, sqlNodesDrop, before)
	return err
}

// Shares counts the workspaces of each node; the empty name has those of none.
func (s *Store) Shares(ctx context.Context) (map[string]int, error) {
	out := map[string]int{}
	_, err := db.All(ctx, s.DB, func(r db.Scanner) (int, error) {
		var name string
		var n int
		err := r.Scan(&name, &n)
		out[name] = n
		return 0, err
	}, sqlShares)
	return out, err
}

// Share gives the workspaces of a node.
func (s *Store) Share(ctx context.Context, node string) ([]sales.ID, error) {
	return db.All(ctx, s.DB, db.Value[sales.ID], sqlShare, node)
}

// TakeShare gives a node up to limit of the workspaces that another has, and
// says how many it got. Of nodes that ask at once each gets others.
func (s *Store) TakeShare(ctx context.Context, node, from string, limit int) (int, error) {
	n, err := s.DB.Exec(ctx, sqlShareTake().For(s.DB.Dialect()), node, from, from, limit)
	return int(n), err
}

// LeaveShare takes n of its workspaces from a node and gives them to none.
func (s *Store) LeaveShare(ctx context.Context, node string, n int) error {
	_, err := s.DB.Exec(ctx, sqlShareLeave, node, node, n)
	return err
}

package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// sqlMoveSums reads one index between two moments, whatever lies before and after.
const sqlMoveSums = `SELECT actor, kind, user_id, milliminutes, count(*) FROM moves WHERE workspace_id = ? AND at >= ? AND at < ? AND (CAST(? AS BIGINT) = 0 OR user_id = ?) ` +
	`GROUP BY actor, kind, user_id, milliminutes ORDER BY actor, kind, user_id, milliminutes`

// MoveSums counts the lines of the ledger from a moment until before another,
// alike ones together. Sellers get those that name them, managers and above all.
func (s *Store) MoveSums(ctx context.Context, v sales.Viewer, from, until time.Time) ([]sales.MoveSum, error) {
	return db.All(ctx, s.DB, func(r db.Scanner) (sales.MoveSum, error) {
		var m sales.MoveSum
		var milli int64
		err := r.Scan(&m.Actor, &m.Kind, &m.UserID, &milli, &m.N)
		m.Minutes = float64(milli) / 1000
		return m, err
	}, sqlMoveSums, v.WorkspaceID, from, until, v.OwnerScope(), v.OwnerScope())
}

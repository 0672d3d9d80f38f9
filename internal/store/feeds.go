package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const feedCols = `workspace_id, id, url, title, added_by, added_at, read_at, free_at, problem, found`

const (
	sqlFeedInsert    = `INSERT INTO feeds (` + feedCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlFeedDelete    = `DELETE FROM feeds WHERE workspace_id = ? AND id = ?`
	sqlFeeds         = `SELECT ` + feedCols + ` FROM feeds WHERE workspace_id = ? ORDER BY id LIMIT 100`
	sqlFeedClaim     = `UPDATE feeds SET free_at = ? WHERE workspace_id = ? AND id = ? AND free_at <= ?`
	sqlFeedEnd       = `UPDATE feeds SET title = ?, read_at = ?, problem = ?, found = ? WHERE workspace_id = ? AND id = ?`
	sqlAccountsNamed = `SELECT ` + accountCols + ` FROM accounts WHERE workspace_id = ? AND substr(name, 1, 200) IN `
	sqlAccountsAt    = `SELECT ` + accountCols + ` FROM accounts WHERE workspace_id = ? AND domain <> '' AND domain IN `
)

func scanFeed(r db.Scanner) (sales.Feed, error) {
	var f sales.Feed
	err := r.Scan(&f.WorkspaceID, &f.ID, &f.URL, &f.Title, &f.AddedBy, db.ScanTime(&f.AddedAt), db.ScanTime(&f.ReadAt), db.ScanTime(&f.FreeAt), &f.Problem, &f.Found)
	return f, err
}

// Feeds gives the news feeds of a workspace, the oldest first, at most a hundred.
func (s *Store) Feeds(ctx context.Context, ws sales.ID) ([]sales.Feed, error) {
	return db.All(ctx, s.DB, scanFeed, sqlFeeds, ws)
}

// InsertFeed adds a feed.
func (tx *Tx) InsertFeed(ctx context.Context, f sales.Feed) error {
	_, err := tx.Exec(ctx, sqlFeedInsert, f.WorkspaceID, f.ID, f.URL, f.Title, f.AddedBy, f.AddedAt, f.ReadAt, f.FreeAt, f.Problem, f.Found)
	return err
}

// DeleteFeed drops a feed; what was found in it stays.
func (tx *Tx) DeleteFeed(ctx context.Context, ws, id sales.ID) error {
	_, err := tx.Exec(ctx, sqlFeedDelete, ws, id)
	return err
}

// ClaimFeed takes a feed up, and lets nobody else until a time of the machine; false
// when it is not due.
func (tx *Tx) ClaimFeed(ctx context.Context, ws, id sales.ID, until, wall time.Time) (bool, error) {
	n, err := tx.Exec(ctx, sqlFeedClaim, until, ws, id, wall)
	return n > 0, err
}

// EndFeed writes what came of reading a feed.
func (tx *Tx) EndFeed(ctx context.Context, f sales.Feed) error {
	_, err := tx.Exec(ctx, sqlFeedEnd, f.Title, f.ReadAt, f.Problem, f.Found, f.WorkspaceID, f.ID)
	return err
}

// AccountsNamed gives the accounts that have one of these names exactly, or one of
// these domains.
func (s *Store) AccountsNamed(ctx context.Context, ws sales.ID, names, domains []string) ([]sales.Account, error) {
	var out []sales.Account
	seen := map[sales.ID]bool{}
	for _, x := range []struct {
		query  string
		values []string
	}{{sqlAccountsNamed, names}, {sqlAccountsAt, domains}} {
		for _, part := range chunks(x.values, 500) {
			a := []any{ws}
			for _, v := range part {
				a = append(a, v)
			}
			list, err := db.All(ctx, s.DB, scanAccount, x.query+db.In(len(part)), a...)
			if err != nil {
				return nil, err
			}
			for _, acc := range list {
				if !seen[acc.ID] {
					seen[acc.ID] = true
					out = append(out, acc)
				}
			}
		}
	}
	return out, nil
}

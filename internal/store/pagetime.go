package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const (
	sqlBeatGet = `SELECT at FROM page_beats WHERE workspace_id = ? AND user_id = ?`
	// Of two beats at once the second finds another moment than it read, and counts nothing.
	sqlBeatMove = `INSERT INTO page_beats (workspace_id, user_id, at) VALUES (?, ?, ?)
  ON CONFLICT (workspace_id, user_id) DO UPDATE SET at = excluded.at WHERE page_beats.at = ?`
	sqlTimeAdd = `INSERT INTO page_time (workspace_id, user_id, day, page, seconds) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (workspace_id, user_id, day, page) DO UPDATE SET seconds = page_time.seconds + excluded.seconds`
	sqlTimeOwn    = `SELECT user_id, day, page, seconds FROM page_time WHERE workspace_id = ? AND user_id = ? AND day >= ? ORDER BY day DESC, seconds DESC, page`
	sqlTimeTeam   = `SELECT user_id, page, CAST(sum(seconds) AS BIGINT) FROM page_time WHERE workspace_id = ? AND day >= ? AND day < ? AND (CAST(? AS BIGINT) = 0 OR user_id = ?) GROUP BY user_id, page ORDER BY user_id, page`
	sqlTimeUser   = `DELETE FROM page_time WHERE workspace_id = ? AND user_id = ?`
	sqlTimeAll    = `DELETE FROM page_time WHERE workspace_id = ?`
	sqlTimeForget = `DELETE FROM page_time WHERE workspace_id = ? AND day < ?`
	sqlBeatUser   = `DELETE FROM page_beats WHERE workspace_id = ? AND user_id = ?`
	sqlBeatAll    = `DELETE FROM page_beats WHERE workspace_id = ?`
	sqlUncounted  = `UPDATE users SET uncounted = ? WHERE workspace_id = ? AND id = ?`
)

// LastBeat is when time of a user was counted last, on the wall's clock; zero is never.
func (tx *Tx) LastBeat(ctx context.Context, ws, user sales.ID) (time.Time, error) {
	list, err := db.All(ctx, tx, func(r db.Scanner) (time.Time, error) {
		var at time.Time
		err := r.Scan(db.ScanTime(&at))
		return at, err
	}, sqlBeatGet, ws, user)
	if err != nil || len(list) == 0 {
		return time.Time{}, err
	}
	return list[0], nil
}

// MoveBeat notes that time was counted at now, and says whether the last beat was
// still the one at was: of two at once one is told no.
func (tx *Tx) MoveBeat(ctx context.Context, ws, user sales.ID, was, now time.Time) (bool, error) {
	n, err := tx.Exec(ctx, sqlBeatMove, ws, user, now, was)
	return n > 0, err
}

// AddPageTime adds to the time of a user on a day.
func (tx *Tx) AddPageTime(ctx context.Context, ws sales.ID, x sales.PageTime) error {
	_, err := tx.Exec(ctx, sqlTimeAdd, ws, x.UserID, x.Day, x.Page, x.Seconds)
	return err
}

// OwnPageTime gives all that is stored of the viewer since a day, the newest first.
func (s *Store) OwnPageTime(ctx context.Context, v sales.Viewer, since int64) ([]sales.PageTime, error) {
	return db.All(ctx, s.DB, func(r db.Scanner) (sales.PageTime, error) {
		var x sales.PageTime
		err := r.Scan(&x.UserID, &x.Day, &x.Page, &x.Seconds)
		return x, err
	}, sqlTimeOwn, v.WorkspaceID, v.UserID, since)
}

// PageTimeSums adds up the days from one until before another, by user and kind.
// Sellers get their own, managers and above those of all.
func (s *Store) PageTimeSums(ctx context.Context, v sales.Viewer, from, until int64) ([]sales.PageTime, error) {
	return db.All(ctx, s.DB, func(r db.Scanner) (sales.PageTime, error) {
		var x sales.PageTime
		err := r.Scan(&x.UserID, &x.Page, &x.Seconds)
		return x, err
	}, sqlTimeTeam, v.WorkspaceID, from, until, v.OwnerScope(), v.OwnerScope())
}

// SetUncounted says whether the time of a user is left uncounted.
func (tx *Tx) SetUncounted(ctx context.Context, ws, user sales.ID, uncounted bool) error {
	_, err := tx.Exec(ctx, sqlUncounted, flag(uncounted), ws, user)
	return err
}

// DropPageTime deletes all that is stored of a user; 0 is everybody of the workspace.
func (tx *Tx) DropPageTime(ctx context.Context, ws, user sales.ID) error {
	if user == 0 {
		if _, err := tx.Exec(ctx, sqlTimeAll, ws); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, sqlBeatAll, ws)
		return err
	}
	if _, err := tx.Exec(ctx, sqlTimeUser, ws, user); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlBeatUser, ws, user)
	return err
}

// ForgetPageTime drops days before one.
func (s *Store) ForgetPageTime(ctx context.Context, ws sales.ID, day int64) error {
	_, err := s.DB.Exec(ctx, sqlTimeForget, ws, day)
	return err
}

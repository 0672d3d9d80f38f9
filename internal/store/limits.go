package store

import (
	"context"
	"maps"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// The scopes of a cap that mailboxes share.
const (
	ScopeDomain  = "domain"  // of the recipient
	ScopeAccount = "account" // of the recipient
)

const (
	// One statement counts and refuses: of two nodes that ask at once, the second
	// sees what the first counted.
	sqlDayCount = `INSERT INTO day_counts (workspace_id, day, scope, about, n) VALUES (?, ?, ?, ?, 1)
  ON CONFLICT (workspace_id, day, scope, about) DO UPDATE SET n = day_counts.n + 1 WHERE day_counts.n < ?`
	sqlDayUncount = `UPDATE day_counts SET n = n - 1 WHERE workspace_id = ? AND day = ? AND scope = ? AND about = ? AND n > 0`
	sqlDayGet     = `SELECT about, n FROM day_counts WHERE workspace_id = ? AND day = ? AND scope = ? AND about IN `
	sqlDayDrop    = `DELETE FROM day_counts WHERE workspace_id = ? AND day < ?`

	sqlBoxDay = `INSERT INTO mailbox_days (workspace_id, mailbox_id, day, name, n) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (workspace_id, mailbox_id, day, name) DO UPDATE SET n = mailbox_days.n + excluded.n`
	sqlBoxForget = `DELETE FROM mailbox_days WHERE workspace_id = ? AND mailbox_id = ?`
	sqlBoxDays   = `SELECT name, sum(n) FROM mailbox_days WHERE workspace_id = ? AND mailbox_id = ? AND day >= ? GROUP BY name`
)

// Count counts one more towards a cap of a day (the number of days since 1970,
// of the workspace's zone), and says whether it was below the cap. At the cap
// nothing is counted. A cap of 0 and less is none, and counts nothing.
func (tx *Tx) Count(ctx context.Context, ws sales.ID, day int64, scope, about string, limit int) (bool, error) {
	if limit <= 0 || about == "" {
		return true, nil
	}
	n, err := tx.Exec(ctx, sqlDayCount, ws, day, scope, about, limit)
	return n > 0, err
}

// Uncount takes one back that did not go after all.
func (tx *Tx) Uncount(ctx context.Context, ws sales.ID, day int64, scope, about string) error {
	_, err := tx.Exec(ctx, sqlDayUncount, ws, day, scope, about)
	return err
}

// Counted gives what was counted on a day towards some caps.
func (s *Store) Counted(ctx context.Context, ws sales.ID, day int64, scope string, about []string) (map[string]int, error) {
	out := map[string]int{}
	for _, part := range chunks(about, 500) {
		a := []any{ws, day, scope}
		for _, x := range part {
			a = append(a, x)
		}
		if _, err := db.All(ctx, s.DB, func(r db.Scanner) (int, error) {
			var name string
			var n int
			err := r.Scan(&name, &n)
			out[name] = n
			return 0, err
		}, sqlDayGet+db.In(len(part)), a...); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ForgetCounts drops what was counted before a day.
func (s *Store) ForgetCounts(ctx context.Context, ws sales.ID, day int64) error {
	_, err := s.DB.Exec(ctx, sqlDayDrop, ws, day)
	return err
}

// The names of what is counted of a mailbox a day.
const (
	BoxSent       = "sent"
	BoxBounced    = "bounced"
	BoxComplained = "complained"
	BoxPolicy     = "policy"
)

// CountBox adds to what came of the mails of a mailbox on a day.
func (tx *Tx) CountBox(ctx context.Context, ws, mailbox sales.ID, day int64, name string, n int) error {
	if n == 0 {
		return nil
	}
	tx.ahead.counted(ws, mailbox, day, name, n)
	return tx.write(ctx, sqlBoxDay, ws, mailbox, day, name, n)
}

// ForgetBox begins anew with what came of the mails of a mailbox: a person looked
// at it and let it go on.
func (tx *Tx) ForgetBox(ctx context.Context, ws, mailbox sales.ID) error {
	_, err := tx.Exec(ctx, sqlBoxForget, ws, mailbox)
	return err
}

// BoxCounts sums up what came of the mails of a mailbox since a day.
func (tx *Tx) BoxCounts(ctx context.Context, ws, mailbox sales.ID, since int64) (map[string]int, error) {
	key := boxSince{mailbox, since}
	if all, known := answer(tx.ahead, ws, boxesOf, key); known {
		return maps.Clone(all), nil
	}
	all, err := boxCounts(ctx, tx, ws, mailbox, since)
	if err == nil && tx.ahead != nil && ws == tx.ahead.ws {
		tx.ahead.boxes[key] = maps.Clone(all)
	}
	return all, err
}

// BoxCounts sums up what came of the mails of a mailbox since a day.
func (s *Store) BoxCounts(ctx context.Context, ws, mailbox sales.ID, since int64) (map[string]int, error) {
	return boxCounts(ctx, s.DB, ws, mailbox, since)
}

func boxCounts(ctx context.Context, q db.Querier, ws, mailbox sales.ID, since int64) (map[string]int, error) {
	out := map[string]int{}
	_, err := db.All(ctx, q, func(r db.Scanner) (int, error) {
		var name string
		var n int
		err := r.Scan(&name, &n)
		out[name] = n
		return 0, err
	}, sqlBoxDays, ws, mailbox, since)
	return out, err
}

// Day is the number of the local day of t in a zone: days since 1970.
func Day(t time.Time, loc *time.Location) int64 {
	if loc == nil {
		loc = time.UTC
	}
	y, m, d := t.In(loc).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400
}

// DateOf is the date of a day number, at midnight UTC.
func DateOf(day int64) time.Time { return time.Unix(day*86400, 0).UTC() }

// DayText is the local day of t in a zone, YYYY-MM-DD.
func DayText(t time.Time, loc *time.Location) string {
	if loc == nil {
		loc = time.UTC
	}
	return t.In(loc).Format(time.DateOnly)
}

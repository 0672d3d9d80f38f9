package store

import (
	"cmp"
	"context"
	"math"
	"slices"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const moveCols = `workspace_id, id, at, actor, kind, person_id, account_id, enrollment_id, user_id, message_id, task_id, asks, milliminutes, says, deal_id`

const (
	sqlMoveInsert  = `INSERT INTO moves (` + moveCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlMovesPerson = `SELECT ` + moveCols + ` FROM moves WHERE workspace_id = ? AND person_id = CAST(? AS BIGINT) ORDER BY id DESC LIMIT ?`
	sqlMovesNo     = `SELECT 1 FROM moves WHERE workspace_id = ? AND person_id = CAST(? AS BIGINT) AND kind IN ('unsubscribe', 'complaint') LIMIT 1`
	sqlMovesMany   = `SELECT ` + moveCols + ` FROM moves WHERE workspace_id = ? AND person_id IN `
	sqlMovesAll    = `SELECT ` + moveCols + ` FROM moves WHERE workspace_id = ? AND (person_id > ? OR (person_id = CAST(? AS BIGINT) AND id > ?)) ORDER BY person_id, id LIMIT ?`
	sqlCounterAdd  = `INSERT INTO counters (workspace_id, name, about, n) VALUES (?, ?, ?, ?) ON CONFLICT (workspace_id, name, about) DO UPDATE SET n = counters.n + excluded.n`
	sqlCounters    = `SELECT name, about, n FROM counters WHERE workspace_id = ? ORDER BY name, about`
	sqlCountersCut = `DELETE FROM counters WHERE workspace_id = ?`
)

func scanMove(r db.Scanner) (sales.Move, error) {
	var m sales.Move
	var milli int64
	err := r.Scan(&m.WorkspaceID, &m.ID, db.ScanTime(&m.At), &m.Actor, &m.Kind, &m.PersonID, &m.AccountID, &m.EnrollmentID, &m.UserID, &m.MessageID,
		&m.TaskID, &m.Asks, &milli, &m.Text, &m.DealID)
	m.Minutes = float64(milli) / 1000
	return m, err
}

// AppendMoves writes lines of the ledger, and keeps the counters of the people
// and of the workspace in the same transaction. People are locked in one order,
// so that two transactions seldom wait for each other.
func (tx *Tx) AppendMoves(ctx context.Context, moves []sales.Move) error {
	for i := range moves {
		m := &moves[i]
		if m.ID == 0 {
			m.ID = tx.NewID()
		}
		milli := int64(math.Round(m.Minutes * 1000))
		if err := tx.write(ctx, sqlMoveInsert, m.WorkspaceID, m.ID, m.At, m.Actor, m.Kind, m.PersonID, m.AccountID, m.EnrollmentID, m.UserID,
			m.MessageID, m.TaskID, flag(m.Asks), milli, m.Text, m.DealID); err != nil {
			return err
		}
		countMove(tx.counts, *m, milli)
	}
	byPerson := moves
	if len(moves) > 1 {
		byPerson = slices.Clone(moves)
		slices.SortStableFunc(byPerson, func(a, b sales.Move) int { return cmp.Compare(a.PersonID, b.PersonID) })
	}
	for _, m := range byPerson {
		if err := tx.touch(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// SaidNo tells whether a person ever asked not to be contacted, or complained.
func (tx *Tx) SaidNo(ctx context.Context, ws, person sales.ID) (bool, error) {
	list, err := db.All(ctx, tx, db.Value[int64], sqlMovesNo, ws, person)
	return len(list) > 0, err
}

// MovesOf gives the newest lines about a person, the newest first.
func (s *Store) MovesOf(ctx context.Context, ws, person sales.ID, limit int) ([]sales.Move, error) {
	return db.All(ctx, s.DB, scanMove, sqlMovesPerson, ws, person, limit)
}

// MovesOfMany gives all lines about several people, by person.
func (s *Store) MovesOfMany(ctx context.Context, ws sales.ID, people []sales.ID) (map[sales.ID][]sales.Move, error) {
	out := map[sales.ID][]sales.Move{}
	for _, part := range chunks(distinct(people), 200) {
		list, err := db.All(ctx, s.DB, scanMove, sqlMovesMany+db.In(len(part))+` ORDER BY person_id, id DESC`, args([]any{ws}, part)...)
		if err != nil {
			return nil, err
		}
		for _, m := range list {
			out[m.PersonID] = append(out[m.PersonID], m)
		}
	}
	return out, nil
}

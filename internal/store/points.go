package store

import (
	"context"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const pointCols = `workspace_id, id, key, person_id, user_id, kind, side, state, says, due_at, source, source_id, at, ended_at, ended_by, answer, answer_id, task_id`

const (
	sqlPointInsert = `INSERT INTO points (` + pointCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, key) DO NOTHING`
	sqlPointSave   = `UPDATE points SET side = ?, state = ?, says = ?, due_at = ?, ended_at = ?, ended_by = ?, answer = ?, answer_id = ?, task_id = ? WHERE workspace_id = ? AND id = ? AND state = CAST(? AS TEXT)`
	sqlPointGet    = `SELECT ` + pointCols + ` FROM points WHERE workspace_id = ? AND id = ?`
	sqlPointsOf    = `SELECT ` + pointCols + ` FROM points WHERE workspace_id = ? AND person_id = ? ORDER BY id DESC LIMIT 300`
	sqlPointsMany  = `SELECT ` + pointCols + ` FROM points WHERE workspace_id = ? AND state = 'open' AND person_id IN `
	sqlConnInsert  = `INSERT INTO connections (` + connCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlConnDrop    = `UPDATE connections SET dropped_at = ? WHERE workspace_id = ? AND id = ?`
	sqlConnGet     = `SELECT ` + connCols + ` FROM connections WHERE workspace_id = ? AND id = ?`
	sqlConnsCard   = `SELECT ` + connColsC + ` FROM connections c JOIN people p ON p.workspace_id = c.workspace_id AND p.id = c.person_id WHERE c.workspace_id = ? AND c.card_id = CAST(? AS BIGINT) AND c.card_id <> 0 AND c.dropped_at = 0 AND ` + seeOwner + ` ORDER BY c.id DESC LIMIT ?`
	sqlConnsOf     = `SELECT ` + connCols + ` FROM connections WHERE workspace_id = ? AND person_id = ? AND dropped_at = 0 ORDER BY id DESC LIMIT 100`
)

const connColsC = `c.workspace_id, c.id, c.person_id, c.pain_id, c.card_id, c.user_id, c.sentence, c.source, c.source_id, c.at, c.dropped_at`

const connCols = `workspace_id, id, person_id, pain_id, card_id, user_id, sentence, source, source_id, at, dropped_at`

func scanPoint(r db.Scanner) (sales.Point, error) {
	var p sales.Point
	err := r.Scan(&p.WorkspaceID, &p.ID, &p.Key, &p.PersonID, &p.UserID, &p.Kind, &p.Side, &p.State, &p.Text, db.ScanTime(&p.DueAt), &p.Source, &p.SourceID,
		db.ScanTime(&p.At), db.ScanTime(&p.EndedAt), &p.EndedBy, &p.Answer, &p.AnswerID, &p.TaskID)
	return p, err
}

// InsertPoint keeps what came up in a conversation; one whose key is known is
// left as it is. It says whether it was written.
func (tx *Tx) InsertPoint(ctx context.Context, p sales.Point) (bool, error) {
	n, err := tx.Exec(ctx, sqlPointInsert, p.WorkspaceID, p.ID, p.Key, p.PersonID, p.UserID, p.Kind, p.Side, p.State, p.Text, p.DueAt, p.Source, p.SourceID,
		p.At, p.EndedAt, p.EndedBy, p.Answer, p.AnswerID, p.TaskID)
	return n > 0, err
}

// SavePoint changes a point that is in the state was. A Conflict error means that
// somebody changed it meanwhile.
func (tx *Tx) SavePoint(ctx context.Context, p sales.Point, was sales.PointState) error {
	n, err := tx.Exec(ctx, sqlPointSave, p.Side, p.State, p.Text, p.DueAt, p.EndedAt, p.EndedBy, p.Answer, p.AnswerID, p.TaskID, p.WorkspaceID, p.ID, was)
	if err == nil && n == 0 {
		return sales.Errorf(sales.Conflict, "This was changed meanwhile. Look at it again.")
	}
	return err
}

// Point gives a point as the transaction sees it.
func (tx *Tx) Point(ctx context.Context, ws, id sales.ID) (sales.Point, error) {
	p, err := db.One(ctx, tx, scanPoint, sqlPointGet, ws, id)
	return found(p, err, "promise or question")
}

// Point gives a point; whether its person may be seen is for the caller to ask.
func (s *Store) Point(ctx context.Context, ws, id sales.ID) (sales.Point, error) {
	p, err := db.One(ctx, s.DB, scanPoint, sqlPointGet, ws, id)
	return found(p, err, "promise or question")
}

// PointsOf gives the newest 300 points of a person, the newest first, in every state.
func (s *Store) PointsOf(ctx context.Context, ws, person sales.ID) ([]sales.Point, error) {
	return db.All(ctx, s.DB, scanPoint, sqlPointsOf, ws, person)
}

// PointsOf gives the points of a person as the transaction sees them.
func (tx *Tx) PointsOf(ctx context.Context, ws, person sales.ID) ([]sales.Point, error) {
	return db.All(ctx, tx, scanPoint, sqlPointsOf, ws, person)
}

// OpenPointsOfMany gives what is open of several people, by person.
func (s *Store) OpenPointsOfMany(ctx context.Context, ws sales.ID, people []sales.ID) (map[sales.ID][]sales.Point, error) {
	out := map[sales.ID][]sales.Point{}
	for _, part := range chunks(distinct(people), 200) {
		list, err := db.All(ctx, s.DB, scanPoint, sqlPointsMany+db.In(len(part))+` ORDER BY id`, args([]any{ws}, part)...)
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			out[p.PersonID] = append(out[p.PersonID], p)
		}
	}
	return out, nil
}

func scanConnection(r db.Scanner) (sales.Connection, error) {
	var c sales.Connection
	err := r.Scan(&c.WorkspaceID, &c.ID, &c.PersonID, &c.PainID, &c.CardID, &c.UserID, &c.Sentence, &c.Source, &c.SourceID, db.ScanTime(&c.At), db.ScanTime(&c.DroppedAt))
	return c, err
}

// InsertConnection keeps a connection.
func (tx *Tx) InsertConnection(ctx context.Context, c sales.Connection) error {
	_, err := tx.Exec(ctx, sqlConnInsert, c.WorkspaceID, c.ID, c.PersonID, c.PainID, c.CardID, c.UserID, c.Sentence, c.Source, c.SourceID, c.At, c.DroppedAt)
	return err
}

// DropConnection takes a connection out of use; the zero time brings it back.
func (tx *Tx) DropConnection(ctx context.Context, c sales.Connection) error {
	_, err := tx.Exec(ctx, sqlConnDrop, c.DroppedAt, c.WorkspaceID, c.ID)
	return err
}

// Connection gives a connection, dropped or not.
func (s *Store) Connection(ctx context.Context, ws, id sales.ID) (sales.Connection, error) {
	c, err := db.One(ctx, s.DB, scanConnection, sqlConnGet, ws, id)
	return found(c, err, "connection")
}

// ConnectionsOf gives the connections in use with a person, the newest first.
func (s *Store) ConnectionsOf(ctx context.Context, ws, person sales.ID) ([]sales.Connection, error) {
	return db.All(ctx, s.DB, scanConnection, sqlConnsOf, ws, person)
}

// ConnectionsWith gives the newest connections in use that a card is part of, with
// people whom the viewer may see.
func (s *Store) ConnectionsWith(ctx context.Context, v sales.Viewer, card sales.ID, limit int) ([]sales.Connection, error) {
	return db.All(ctx, s.DB, scanConnection, sqlConnsCard, v.WorkspaceID, card, v.OwnerScope(), v.OwnerScope(), limit)
}

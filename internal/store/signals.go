package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const (
	sqlPathShow = `INSERT INTO paths (workspace_id, person_id, stages, at) VALUES (?, ?, ?, ?) ON CONFLICT (workspace_id, person_id) DO UPDATE SET stages = paths.stages | excluded.stages, at = excluded.at WHERE paths.stages | excluded.stages <> paths.stages`
	sqlSignals  = `SELECT person_id, 0, side, says, due_at, task_id FROM points WHERE workspace_id = ? AND state = 'open' AND kind = 'promise' AND person_id IN `
	sqlPaths    = ` UNION ALL SELECT person_id, stages, '', '', 0, 0 FROM paths WHERE workspace_id = ? AND person_id IN `

	// Promises of theirs that have not come, of people for whom nothing is to do.
	sqlStirPromise = `SELECT * FROM (SELECT x.person_id, 'promise' AS what, x.says, '' AS step, x.due_at AS since, x.due_at AS due FROM points x JOIN people p ON p.workspace_id = x.workspace_id AND p.id = x.person_id WHERE x.workspace_id = ? AND x.kind = 'promise' AND x.side = 'theirs' AND x.state = 'open' AND x.due_at > 0 AND x.due_at <= ? AND p.owner_id = ? AND p.move <> 'resting' AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.workspace_id = p.workspace_id AND t.person_id = p.id AND t.state = 'open') ORDER BY x.due_at, x.id LIMIT ?) promises`
	// Open deals whose next step is over, or that nobody touched for long, with one of
	// their people whose move is not theirs: who decides first, then who champions.
	sqlStirDeal = `SELECT * FROM (SELECT y.person_id, 'deal' AS what, y.name, y.next_step, y.since, y.next_on FROM (
  SELECT d.id, d.name, d.next_step, d.next_on, d.updated_at AS since, COALESCE((SELECT x.person_id FROM parts x JOIN people p ON p.workspace_id = x.workspace_id AND p.id = x.person_id WHERE x.workspace_id = d.workspace_id AND x.deal_id = d.id AND x.deal_id <> 0 AND p.owner_id IN (0, d.owner_id) AND p.move NOT IN ('theirs', 'resting')
    ORDER BY CASE x.role WHEN 'decides' THEN 0 WHEN 'champions' THEN 1 WHEN 'blocks' THEN 3 ELSE 2 END, x.person_id LIMIT 1), 0) AS person_id
  FROM deals d WHERE d.workspace_id = ? AND d.owner_id = ? AND d.meaning = 'open' AND (d.next_on > 0 AND d.next_on <= ? OR d.next_on = 0 AND d.updated_at <= ?)
    AND NOT EXISTS (SELECT 1 FROM parts x JOIN tasks t ON t.workspace_id = x.workspace_id AND t.person_id = x.person_id WHERE x.workspace_id = d.workspace_id AND x.deal_id = d.id AND x.deal_id <> 0 AND t.state = 'open')
    AND NOT EXISTS (SELECT 1 FROM parts x JOIN moves m ON m.workspace_id = x.workspace_id AND m.person_id = x.person_id WHERE x.workspace_id = d.workspace_id AND x.deal_id = d.id AND x.deal_id <> 0 AND m.actor = 'seller' AND m.at > ?)
) y WHERE y.person_id <> 0 ORDER BY y.since, y.id LIMIT ?) deals`
)

// ShowStages keeps that a person has shown stages of the pathway; those shown
// before stay.
func (tx *Tx) ShowStages(ctx context.Context, ws, person sales.ID, stages sales.PathMask, at time.Time) error {
	if stages == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, sqlPathShow, ws, person, stages, at)
	return err
}

// Signals are what the order of Next needs to know of a person beside their tasks.
type Signals struct {
	Promises []sales.Point // open ones, both ways: side, text, due and task
	Stages   sales.PathMask
}

// SignalsOfMany gives the signals of people, by person, with one statement for each
// 200 of them.
func (s *Store) SignalsOfMany(ctx context.Context, ws sales.ID, people []sales.ID) (map[sales.ID]Signals, error) {
	out := map[sales.ID]Signals{}
	scan := func(r db.Scanner) (int, error) {
		p := sales.Point{WorkspaceID: ws, Kind: sales.PointPromise, State: sales.PointOpen}
		var stages sales.PathMask
		if err := r.Scan(&p.PersonID, &stages, &p.Side, &p.Text, db.ScanTime(&p.DueAt), &p.TaskID); err != nil {
			return 0, err
		}
		x := out[p.PersonID]
		if p.Side == "" {
			x.Stages = stages
		} else {
			x.Promises = append(x.Promises, p)
		}
		out[p.PersonID] = x
		return 0, nil
	}
	for _, part := range chunks(distinct(people), 200) {
		in := db.In(len(part))
		if _, err := db.All(ctx, s.DB, scan, sqlSignals+in+sqlPaths+in+` ORDER BY 1, 5`, append(args([]any{ws}, part), args([]any{ws}, part)...)...); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Stir is somebody for whom nothing is to do although something is due: a promise
// of theirs that has not come, or a deal that went quiet on our side.
type Stir struct {
	PersonID sales.ID
	Deal     bool      // else a promise
	Text     string    // the name of the deal, or what was promised
	Step     string    // of a deal: the next step
	Since    time.Time // of a deal: when it was last changed
	Due      time.Time // when the step or the promise was due; zero is no day
}

// Stirs gives own people of a user of whom a promise was due before promised, or a
// deal of whom waits for our side: its next step was due before stepped, or nobody
// did anything about it since quiet. Whose move is theirs is left out for deals,
// and who has an open task. At most limit of each kind, the longest due first.
func (s *Store) Stirs(ctx context.Context, v sales.Viewer, promised, stepped, quiet time.Time, limit int) ([]Stir, error) {
	return db.All(ctx, s.DB, func(r db.Scanner) (Stir, error) {
		var x Stir
		var what string
		err := r.Scan(&x.PersonID, &what, &x.Text, &x.Step, db.ScanTime(&x.Since), db.ScanTime(&x.Due))
		x.Deal = what == "deal"
		return x, err
	}, sqlStirDeal+` UNION ALL `+sqlStirPromise, v.WorkspaceID, v.UserID, stepped, quiet, quiet, limit, v.WorkspaceID, promised, v.UserID, limit)
}

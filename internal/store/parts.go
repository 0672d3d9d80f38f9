package store

import (
	"context"
	"strings"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const partCols = `x.workspace_id, x.account_id, x.deal_id, x.person_id, x.role, x.named_by, x.at`

const (
	sqlPartSave     = `INSERT INTO parts (workspace_id, account_id, deal_id, person_id, role, named_by, at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, account_id, deal_id, person_id) DO UPDATE SET role = excluded.role, named_by = CASE WHEN excluded.named_by = 0 THEN parts.named_by ELSE excluded.named_by END`
	sqlPartDrop     = `DELETE FROM parts WHERE workspace_id = ? AND account_id = ? AND deal_id = ? AND person_id = ?`
	sqlPartsAccount = `SELECT ` + partCols + ` FROM parts x WHERE x.workspace_id = ? AND x.account_id = ? AND x.deal_id = 0 ORDER BY x.person_id`
	sqlPartsDeals   = `SELECT ` + partCols + ` FROM parts x WHERE x.workspace_id = ? AND x.deal_id <> 0 AND x.deal_id IN `
	sqlPartsPerson  = `SELECT ` + partCols + ` FROM parts x WHERE x.workspace_id = ? AND x.person_id = ? ORDER BY x.account_id, x.deal_id`
	sqlPartsMove    = `UPDATE parts SET account_id = ? WHERE workspace_id = ? AND account_id = ? AND deal_id = ?`

	sqlMovesDeal    = `SELECT ` + moveCols + ` FROM moves WHERE workspace_id = ? AND deal_id = ? AND deal_id <> 0 ORDER BY id DESC LIMIT ?`
	sqlMovesAccount = `SELECT ` + moveCols + ` FROM moves WHERE workspace_id = ? AND account_id = ? AND person_id = 0 AND account_id <> 0 ORDER BY id DESC LIMIT ?`
	sqlMovesNewest  = `SELECT * FROM (SELECT ` + moveCols + ` FROM moves WHERE workspace_id = ? AND person_id = CAST(? AS BIGINT) ORDER BY id DESC LIMIT ?) m`
)

func scanPart(r db.Scanner) (sales.Part, error) {
	var x sales.Part
	err := r.Scan(&x.WorkspaceID, &x.AccountID, &x.DealID, &x.PersonID, &x.Role, &x.NamedBy, db.ScanTime(&x.At))
	return x, err
}

// SavePart writes what a person does at an account or in a deal. Who named them
// stays when NamedBy is 0.
func (tx *Tx) SavePart(ctx context.Context, x sales.Part) error {
	_, err := tx.Exec(ctx, sqlPartSave, x.WorkspaceID, x.AccountID, x.DealID, x.PersonID, x.Role, x.NamedBy, x.At)
	return err
}

// DropPart takes a person out.
func (tx *Tx) DropPart(ctx context.Context, x sales.Part) error {
	_, err := tx.Exec(ctx, sqlPartDrop, x.WorkspaceID, x.AccountID, x.DealID, x.PersonID)
	return err
}

// MoveParts takes the people of a deal along to another account.
func (tx *Tx) MoveParts(ctx context.Context, ws, deal, from, to sales.ID) error {
	_, err := tx.Exec(ctx, sqlPartsMove, to, ws, from, deal)
	return err
}

// PartsAt gives the parts at an account as such, to the machinery.
func (s *Store) PartsAt(ctx context.Context, ws, account sales.ID) ([]sales.Part, error) {
	return db.All(ctx, s.DB, scanPart, sqlPartsAccount, ws, account)
}

// PartsIn gives the parts in deals, by deal, to the machinery.
func (s *Store) PartsIn(ctx context.Context, ws sales.ID, deals []sales.ID) (map[sales.ID][]sales.Part, error) {
	return partsIn(ctx, s.DB, ws, deals)
}

// PartsIn is that of the store, as the transaction sees it.
func (tx *Tx) PartsIn(ctx context.Context, ws sales.ID, deals []sales.ID) (map[sales.ID][]sales.Part, error) {
	return partsIn(ctx, tx, ws, deals)
}

func partsIn(ctx context.Context, q db.Querier, ws sales.ID, deals []sales.ID) (map[sales.ID][]sales.Part, error) {
	out := map[sales.ID][]sales.Part{}
	for _, part := range chunks(distinct(deals), 500) {
		list, err := db.All(ctx, q, scanPart, sqlPartsDeals+db.In(len(part))+` ORDER BY x.deal_id, x.at, x.person_id`, args([]any{ws}, part)...)
		if err != nil {
			return nil, err
		}
		for _, x := range list {
			out[x.DealID] = append(out[x.DealID], x)
		}
	}
	return out, nil
}

// PartsOf gives the parts of a person everywhere, to the machinery.
func (s *Store) PartsOf(ctx context.Context, ws, person sales.ID) ([]sales.Part, error) {
	return db.All(ctx, s.DB, scanPart, sqlPartsPerson, ws, person)
}

// MovesOfDeal gives the newest lines about a deal, the newest first, to the machinery.
func (s *Store) MovesOfDeal(ctx context.Context, ws, deal sales.ID, limit int) ([]sales.Move, error) {
	return db.All(ctx, s.DB, scanMove, sqlMovesDeal, ws, deal, limit)
}

// MovesOfAccount gives the newest lines about an account and none of its people,
// those of deals too, the newest first, to the machinery.
func (s *Store) MovesOfAccount(ctx context.Context, ws, account sales.ID, limit int) ([]sales.Move, error) {
	return db.All(ctx, s.DB, scanMove, sqlMovesAccount, ws, account, limit)
}

// NewestMoves gives the newest lines of each of several people, by person, the
// newest first: what a balance beside a name is made of.
func (s *Store) NewestMoves(ctx context.Context, ws sales.ID, people []sales.ID, each int) (map[sales.ID][]sales.Move, error) {
	out := map[sales.ID][]sales.Move{}
	for _, part := range chunks(distinct(people), 50) {
		var a []any
		for _, id := range part {
			a = append(a, ws, id, each)
		}
		q := strings.TrimSuffix(strings.Repeat(sqlMovesNewest+` UNION ALL `, len(part)), ` UNION ALL `)
		list, err := db.All(ctx, s.DB, scanMove, q+` ORDER BY id DESC`, a...)
		if err != nil {
			return nil, err
		}
		for _, m := range list {
			out[m.PersonID] = append(out[m.PersonID], m)
		}
	}
	return out, nil
}

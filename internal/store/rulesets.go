package store

import (
	"context"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const rulesetCols = `workspace_id, id, name, rules, version, created_at, updated_at`

const (
	sqlRulesetInsert = `INSERT INTO rulesets (` + rulesetCols + `) VALUES (?, ?, ?, ?, ?, ?, ?)`
	sqlRulesetSave   = `UPDATE rulesets SET name = ?, rules = ?, updated_at = ?, version = version + 1 WHERE workspace_id = ? AND id = ? AND version = ?`
	sqlRulesetDelete = `DELETE FROM rulesets WHERE workspace_id = ? AND id = ? AND NOT EXISTS (SELECT 1 FROM sequences q WHERE q.workspace_id = ? AND q.ruleset_id = ? AND q.ruleset_id <> 0)`
	sqlRulesetGet    = `SELECT ` + rulesetCols + ` FROM rulesets WHERE workspace_id = ? AND id = ?`
	sqlRulesetAll    = `SELECT ` + rulesetCols + ` FROM rulesets WHERE workspace_id = ? ORDER BY lower(name), id LIMIT 500`
	sqlRulesetUsers  = sequenceRead + ` WHERE q.workspace_id = ? AND q.ruleset_id = ? AND q.ruleset_id <> 0 ORDER BY q.id LIMIT 100`
)

func scanRuleset(r db.Scanner) (sales.Ruleset, error) {
	x := sales.Ruleset{Rules: sales.DefaultRules()}
	err := r.Scan(&x.WorkspaceID, &x.ID, &x.Name, db.ScanJSON(&x.Rules), &x.Version, db.ScanTime(&x.CreatedAt), db.ScanTime(&x.UpdatedAt))
	return x, err
}

// InsertRuleset makes a ruleset. A Conflict error means that the name is taken.
func (tx *Tx) InsertRuleset(ctx context.Context, x sales.Ruleset) error {
	_, err := tx.Exec(ctx, sqlRulesetInsert, x.WorkspaceID, x.ID, x.Name, db.JSON(x.Rules), max(x.Version, 1), x.CreatedAt, x.UpdatedAt)
	return nameTaken(err, "ruleset", x.Name)
}

// SaveRuleset writes a ruleset; x.Version is the version that was read. A
// Conflict error means that somebody else saved meanwhile, or the name is taken.
func (tx *Tx) SaveRuleset(ctx context.Context, x sales.Ruleset) error {
	n, err := tx.Exec(ctx, sqlRulesetSave, x.Name, db.JSON(x.Rules), x.UpdatedAt, x.WorkspaceID, x.ID, x.Version)
	return changed(n, nameTaken(err, "ruleset", x.Name))
}

// DeleteRuleset removes a ruleset that no sequence uses, and says whether it did.
func (tx *Tx) DeleteRuleset(ctx context.Context, ws, id sales.ID) (bool, error) {
	n, err := tx.Exec(ctx, sqlRulesetDelete, ws, id, ws, id)
	return n > 0, err
}

// Ruleset gives a ruleset.
func (s *Store) Ruleset(ctx context.Context, ws, id sales.ID) (sales.Ruleset, error) {
	x, err := db.One(ctx, s.DB, scanRuleset, sqlRulesetGet, ws, id)
	return found(x, err, "ruleset")
}

// Rulesets lists those of a workspace by name.
func (s *Store) Rulesets(ctx context.Context, ws sales.ID) ([]sales.Ruleset, error) {
	return db.All(ctx, s.DB, scanRuleset, sqlRulesetAll, ws)
}

// SequencesWithRules lists the sequences that use a ruleset, without their steps.
func (s *Store) SequencesWithRules(ctx context.Context, ws, ruleset sales.ID) ([]sales.Sequence, error) {
	return db.All(ctx, s.DB, scanSequence, sqlRulesetUsers, ws, ruleset)
}

// nameTaken tells in words that a name is in use.
func nameTaken(err error, what, name string) error {
	if db.IsUnique(err) {
		return sales.Errorf(sales.Conflict, "There is a %s with the name %q already. Choose another name.", what, name)
	}
	return err
}

// changed tells in words that a row was changed, or removed, since it was read.
func changed(n int64, err error) error {
	if err == nil && n == 0 {
		return sales.Errorf(sales.Conflict, "Somebody else changed this meanwhile. Reload the page and make your change again.")
	}
	return err
}

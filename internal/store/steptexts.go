package store

import (
	"context"
	"strings"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// Of the texts of a step its own comes with the options of the step. Archived
// sequences and variants send nothing, so they use nothing.
const sqlStepTexts = `SELECT q.id, q.name, s.position, s.subject, s.body, CAST(s.options AS TEXT) FROM steps s
  JOIN sequences q ON q.workspace_id = s.workspace_id AND q.id = s.sequence_id
  WHERE s.workspace_id = ? AND q.state <> 'archived' AND (lower(s.subject) LIKE ? OR lower(s.body) LIKE ? OR CAST(s.options AS TEXT) LIKE ?)
UNION ALL SELECT q.id, q.name, s.position, v.subject, v.body, '{}' FROM variants v
  JOIN steps s ON s.workspace_id = v.workspace_id AND s.id = v.step_id
  JOIN sequences q ON q.workspace_id = s.workspace_id AND q.id = s.sequence_id
  WHERE v.workspace_id = ? AND v.state <> 'archived' AND q.state <> 'archived' AND (lower(v.subject) LIKE ? OR lower(v.body) LIKE ?)
ORDER BY 1, 3 LIMIT 2000`

// StepText is a text of a step: its own, or that of a variant.
type StepText struct {
	SequenceID sales.ID
	Sequence   string // its name
	Position   int    // of the step, from 0
	Subject    string
	Body       string
	Options    sales.StepOptions // with its own text only
}

// StepTexts gives up to 2,000 texts of steps in which some words may stand, or
// whose options may hold them, in the order of sequences and steps. It finds a
// little too much (case, and _ is any character): the caller looks closer.
func (s *Store) StepTexts(ctx context.Context, ws sales.ID, words string) ([]StepText, error) {
	return stepTexts(ctx, s.DB, ws, words)
}

// StepTexts is that of Store as the transaction sees it.
func (tx *Tx) StepTexts(ctx context.Context, ws sales.ID, words string) ([]StepText, error) {
	return stepTexts(ctx, tx, ws, words)
}

func stepTexts(ctx context.Context, q db.Querier, ws sales.ID, words string) ([]StepText, error) {
	like := "%" + strings.ToLower(words) + "%"
	return db.All(ctx, q, func(r db.Scanner) (StepText, error) {
		var x StepText
		err := r.Scan(&x.SequenceID, &x.Sequence, &x.Position, &x.Subject, &x.Body, db.ScanJSON(&x.Options))
		return x, err
	}, sqlStepTexts, ws, like, like, like, ws, like, like)
}

package store

import (
	"context"
	"strconv"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const (
	sqlVersionInsert = `INSERT INTO sequence_versions (workspace_id, sequence_id, version, user_id, at, says, plan) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, sequence_id, version) DO NOTHING`
	sqlVersions      = `SELECT version, user_id, at, says FROM sequence_versions WHERE workspace_id = ? AND sequence_id = ? ORDER BY version DESC LIMIT 200`
	sqlVersionBy     = `SELECT plan FROM sequence_versions WHERE workspace_id = ? AND sequence_id = ? AND version <= ? ORDER BY version DESC LIMIT 1`
	sqlVersionGet    = `SELECT plan FROM sequence_versions WHERE workspace_id = ? AND sequence_id = ? AND version = ?`

	sqlVariantStat = `INSERT INTO variant_stats (workspace_id, variant_id, name, n) VALUES (?, ?, ?, ?)
  ON CONFLICT (workspace_id, variant_id, name) DO UPDATE SET n = variant_stats.n + excluded.n`
	// The text of a step itself counts under the ID of the step.
	sqlVariantStats = `SELECT t.variant_id, t.name, t.n FROM variant_stats t WHERE t.workspace_id = ? AND (
  t.variant_id IN (SELECT id FROM steps WHERE workspace_id = ? AND sequence_id = ?) OR t.variant_id IN (SELECT id FROM variants WHERE workspace_id = ? AND sequence_id = ?))`
)

// SequenceVersion is one saved state of a sequence.
type SequenceVersion struct {
	Version int
	UserID  sales.ID
	At      time.Time
	Says    string // what changed, in words
}

// KeepVersion keeps the plan of a sequence as it is after an edit.
func (tx *Tx) KeepVersion(ctx context.Context, q sales.Sequence, user sales.ID, at time.Time, says string) error {
	_, err := tx.Exec(ctx, sqlVersionInsert, q.WorkspaceID, q.ID, q.Version, user, at, says, db.JSON(q))
	return err
}

// SequenceVersions lists the newest 200 versions of a sequence, the newest first.
func (s *Store) SequenceVersions(ctx context.Context, ws, sequence sales.ID) ([]SequenceVersion, error) {
	return db.All(ctx, s.DB, func(r db.Scanner) (SequenceVersion, error) {
		var v SequenceVersion
		err := r.Scan(&v.Version, &v.UserID, db.ScanTime(&v.At), &v.Says)
		return v, err
	}, sqlVersions, ws, sequence)
}

// SequenceAt gives a sequence as it was in a version.
func (s *Store) SequenceAt(ctx context.Context, ws, sequence sales.ID, version int) (sales.Sequence, error) {
	q, err := db.One(ctx, s.DB, scanPlan, sqlVersionGet, ws, sequence, version)
	return found(q, err, "version")
}

// PlanBy gives a sequence with the steps that it had in a version: starting and
// pausing it make versions that no plan is kept of.
func (tx *Tx) PlanBy(ctx context.Context, ws, sequence sales.ID, version int) (sales.Sequence, error) {
	q, err := db.One(ctx, tx, scanPlan, sqlVersionBy, ws, sequence, version)
	return found(q, err, "version")
}

func scanPlan(r db.Scanner) (sales.Sequence, error) {
	var q sales.Sequence
	err := r.Scan(db.ScanJSON(&q))
	return q, err
}

// CountText counts one person for a text under test: in all, and by the day on
// which their mail went, so that a test can leave out who had no time to answer.
func CountText(counts map[Stat]int, variant sales.ID, name string, sent time.Time) {
	counts[Stat{StepID: variant, Name: name}]++
	counts[Stat{StepID: variant, Name: OnDay(name, Day(sent, time.UTC))}]++
}

// OnDay is the name of a count of the people whose mail went on a day.
func OnDay(name string, day int64) string { return name + "@" + strconv.FormatInt(day, 10) }

// AddVariantStats adds counts to texts under test; StepID of a Stat is the
// variant, or the step for its own text.
func (tx *Tx) AddVariantStats(_ context.Context, ws sales.ID, stats map[Stat]int) error {
	return tx.tallyAll(sqlVariantStat, ws, stats)
}

// VariantStats gives the counts of the texts of a sequence, by variant; see
// CountText for their names.
func (s *Store) VariantStats(ctx context.Context, ws, sequence sales.ID) (map[Stat]int, error) {
	out := map[Stat]int{}
	_, err := db.All(ctx, s.DB, func(r db.Scanner) (int, error) {
		var k Stat
		var n int
		err := r.Scan(&k.StepID, &k.Name, &n)
		out[k] = n
		return 0, err
	}, sqlVariantStats, ws, ws, sequence, ws, sequence)
	return out, err
}

package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const sequenceCols = `workspace_id, id, owner_id, name, state, rules, ruleset_id, schedule_id, options, version, created_at, started_at`

// sequenceRead is a sequence with the rules of its ruleset and the hours of its
// schedule, where it has them.
const sequenceRead = `SELECT q.workspace_id, q.id, q.owner_id, q.name, q.state, COALESCE(r.rules, q.rules), q.ruleset_id, q.schedule_id, q.options, q.version, q.created_at, q.started_at,
  COALESCE(c.id, 0), COALESCE(c.name, ''), COALESCE(c.windows, '[]'), COALESCE(c.holidays, 0), COALESCE(c.days_off, 0)
  FROM sequences q LEFT JOIN rulesets r ON r.workspace_id = q.workspace_id AND r.id = q.ruleset_id
  LEFT JOIN schedules c ON c.workspace_id = q.workspace_id AND c.id = q.schedule_id`
const stepCols = `workspace_id, id, sequence_id, position, kind, delay_n, delay_unit, subject, body, note, max_wait_days, track, options`
const variantCols = `workspace_id, id, sequence_id, step_id, name, weight, state, subject, body, created_at`

const (
	sqlSequenceInsert = `INSERT INTO sequences (` + sequenceCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlSequenceSave   = `UPDATE sequences SET name = ?, state = ?, rules = ?, ruleset_id = ?, schedule_id = ?, options = ?, started_at = ?, version = version + 1 WHERE workspace_id = ? AND id = ? AND version = ?`
	sqlSequenceGet    = sequenceRead + ` WHERE q.workspace_id = ? AND q.id = ?`
	sqlSequenceAll    = sequenceRead + ` WHERE q.workspace_id = ? AND q.state <> 'archived' ORDER BY q.id DESC LIMIT 500`
	sqlSequenceOld    = sequenceRead + ` WHERE q.workspace_id = ? AND q.state = 'archived' ORDER BY q.id DESC LIMIT 500`
	sqlStepUpsert     = `INSERT INTO steps (` + stepCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (workspace_id, id) DO UPDATE SET position = excluded.position, kind = excluded.kind, delay_n = excluded.delay_n, delay_unit = excluded.delay_unit,
  subject = excluded.subject, body = excluded.body, note = excluded.note, max_wait_days = excluded.max_wait_days,
  track = excluded.track, options = excluded.options`
	sqlVariantUpsert = `INSERT INTO variants (` + variantCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name, weight = excluded.weight, state = excluded.state, subject = excluded.subject, body = excluded.body`
	sqlVariantsDrop = `UPDATE variants SET state = 'archived' WHERE workspace_id = ? AND sequence_id = ? AND id NOT IN `
	sqlVariantsGet  = `SELECT ` + variantCols + ` FROM variants WHERE workspace_id = ? AND sequence_id = ? ORDER BY id`
	sqlStepsDrop    = `DELETE FROM steps WHERE workspace_id = ? AND sequence_id = ? AND id NOT IN `
	sqlStepsGet     = `SELECT ` + stepCols + ` FROM steps WHERE workspace_id = ? AND sequence_id = ? ORDER BY position`
	sqlStepStat     = `INSERT INTO step_stats (workspace_id, step_id, name, n) VALUES (?, ?, ?, ?)
  ON CONFLICT (workspace_id, step_id, name) DO UPDATE SET n = step_stats.n + excluded.n`
	sqlSequenceStats = `SELECT s.sequence_id, st.name, sum(st.n) FROM step_stats st JOIN steps s ON s.workspace_id = st.workspace_id AND s.id = st.step_id WHERE st.workspace_id = ? GROUP BY s.sequence_id, st.name`
	sqlStepCounts    = `SELECT sequence_id, count(*) FROM steps WHERE workspace_id = ? GROUP BY sequence_id`
	sqlStepStats     = `SELECT st.step_id, st.name, st.n FROM step_stats st JOIN steps s ON s.workspace_id = st.workspace_id AND s.id = st.step_id WHERE st.workspace_id = ? AND s.sequence_id = ?`
)

func scanSequence(r db.Scanner) (sales.Sequence, error) {
	q := sales.Sequence{Rules: sales.DefaultRules()}
	var c sales.Schedule
	err := r.Scan(&q.WorkspaceID, &q.ID, &q.OwnerID, &q.Name, &q.State, db.ScanJSON(&q.Rules), &q.RulesetID, &q.ScheduleID, db.ScanJSON(&q.SequenceOptions),
		&q.Version, db.ScanTime(&q.CreatedAt), db.ScanTime(&q.StartedAt), &c.ID, &c.Name, db.ScanJSON(&c.Windows), &c.Holidays, &c.DaysOff)
	if c.ID != 0 {
		c.WorkspaceID = q.WorkspaceID
		q.Schedule = &c
	}
	return q, err
}

func scanStep(r db.Scanner) (sales.Step, error) {
	var s sales.Step
	err := r.Scan(&s.WorkspaceID, &s.ID, &s.SequenceID, &s.Position, &s.Kind, &s.Delay.N, &s.Delay.Unit, &s.Subject, &s.Body, &s.Note, &s.MaxWaitDays, &s.Track, db.ScanJSON(&s.StepOptions))
	return s, err
}

func scanVariant(r db.Scanner) (sales.Variant, error) {
	var v sales.Variant
	err := r.Scan(&v.WorkspaceID, &v.ID, &v.SequenceID, &v.StepID, &v.Name, &v.Weight, &v.State, &v.Subject, &v.Body, db.ScanTime(&v.CreatedAt))
	return v, err
}

// InsertSequence makes a sequence with its steps.
func (tx *Tx) InsertSequence(ctx context.Context, q sales.Sequence) error {
	if q.Version == 0 {
		q.Version = 1
	}
	_, err := tx.Exec(ctx, sqlSequenceInsert, q.WorkspaceID, q.ID, q.OwnerID, q.Name, q.State, db.JSON(q.Rules),
		q.RulesetID, q.ScheduleID, db.JSON(q.SequenceOptions), q.Version, q.CreatedAt, q.StartedAt)
	if err != nil {
		return err
	}
	return tx.saveSteps(ctx, q)
}

// SaveSequence writes a sequence and its steps. q.Version is the version that
// was read; a Conflict error means that somebody else saved meanwhile.
func (tx *Tx) SaveSequence(ctx context.Context, q sales.Sequence) error {
	n, err := tx.Exec(ctx, sqlSequenceSave, q.Name, q.State, db.JSON(q.Rules), q.RulesetID, q.ScheduleID, db.JSON(q.SequenceOptions), q.StartedAt, q.WorkspaceID, q.ID, q.Version)
	if err != nil {
		return err
	}
	if n == 0 {
		return sales.Errorf(sales.Conflict, "Somebody else changed this sequence meanwhile. Reload the page and make your change again.")
	}
	return tx.saveSteps(ctx, q)
}

func (tx *Tx) saveSteps(ctx context.Context, q sales.Sequence) error {
	keep, texts := []sales.ID{0}, []sales.ID{0}
	for i, s := range q.Steps {
		if _, err := tx.Exec(ctx, sqlStepUpsert, q.WorkspaceID, s.ID, q.ID, i, s.Kind, s.Delay.N, s.Delay.Unit, s.Subject, s.Body, s.Note, s.MaxWaitDays, s.Track, db.JSON(s.StepOptions)); err != nil {
			return err
		}
		keep = append(keep, s.ID)
		for _, v := range s.Variants {
			if _, err := tx.Exec(ctx, sqlVariantUpsert, q.WorkspaceID, v.ID, q.ID, s.ID, v.Name, v.Weight, v.State, v.Subject, v.Body, v.CreatedAt); err != nil {
				return err
			}
			texts = append(texts, v.ID)
		}
	}
	// What people got keeps its text: a variant that is gone is only put away.
	if _, err := tx.Exec(ctx, sqlVariantsDrop+db.In(len(texts)), args([]any{q.WorkspaceID, q.ID}, texts)...); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlStepsDrop+db.In(len(keep)), args([]any{q.WorkspaceID, q.ID}, keep)...)
	return err
}

// Sequence gives a sequence with its steps.
func (s *Store) Sequence(ctx context.Context, ws, id sales.ID) (sales.Sequence, error) {
	return sequence(ctx, s.DB, ws, id)
}

// Sequence gives a sequence as the transaction sees it.
func (tx *Tx) Sequence(ctx context.Context, ws, id sales.ID) (sales.Sequence, error) {
	return sequence(ctx, tx, ws, id)
}

func sequence(ctx context.Context, q db.Querier, ws, id sales.ID) (sales.Sequence, error) {
	v, err := db.One(ctx, q, scanSequence, sqlSequenceGet, ws, id)
	if v, err = found(v, err, "sequence"); err != nil {
		return v, err
	}
	if v.Steps, err = db.All(ctx, q, scanStep, sqlStepsGet, ws, id); err != nil {
		return v, err
	}
	texts, err := db.All(ctx, q, scanVariant, sqlVariantsGet, ws, id)
	for _, x := range texts {
		for i := range v.Steps {
			if v.Steps[i].ID == x.StepID {
				v.Steps[i].Variants = append(v.Steps[i].Variants, x)
			}
		}
	}
	return v, err
}

// Sequences lists those that are not archived, without their steps, the newest
// first.
func (s *Store) Sequences(ctx context.Context, ws sales.ID) ([]sales.Sequence, error) {
	return db.All(ctx, s.DB, scanSequence, sqlSequenceAll, ws)
}

// ArchivedSequences lists those that are archived, without their steps, the
// newest first.
func (s *Store) ArchivedSequences(ctx context.Context, ws sales.ID) ([]sales.Sequence, error) {
	return db.All(ctx, s.DB, scanSequence, sqlSequenceOld, ws)
}

// SequenceSum is what a list shows of one sequence.
type SequenceSum struct {
	Steps int
	Stats map[string]int // the sums over its steps, by name of the statistic
}

// SequenceSums sums up the steps of every sequence.
func (s *Store) SequenceSums(ctx context.Context, ws sales.ID) (map[sales.ID]SequenceSum, error) {
	out := map[sales.ID]SequenceSum{}
	if _, err := db.All(ctx, s.DB, func(r db.Scanner) (int, error) {
		var id sales.ID
		var n int
		err := r.Scan(&id, &n)
		out[id] = SequenceSum{Steps: n, Stats: map[string]int{}}
		return 0, err
	}, sqlStepCounts, ws); err != nil {
		return nil, err
	}
	_, err := db.All(ctx, s.DB, func(r db.Scanner) (int, error) {
		var id sales.ID
		var name string
		var n int
		err := r.Scan(&id, &name, &n)
		if x, ok := out[id]; ok {
			x.Stats[name] = n
		}
		return 0, err
	}, sqlSequenceStats, ws)
	return out, err
}

// The names of step statistics.
const (
	StatSent         = "sent"
	StatAnswered     = "answered"
	StatInterested   = "interested"
	StatBounced      = "bounced"
	StatUnsubscribed = "unsubscribed"
	StatDone         = "done"
	StatStopped      = "stopped" // said no, in whatever way
)

// Stat is a count to add to a step.
type Stat struct {
	StepID sales.ID
	Name   string
}

// AddStats adds counts to steps, at the end of the transaction.
func (tx *Tx) AddStats(_ context.Context, ws sales.ID, stats map[Stat]int) error {
	return tx.tallyAll(sqlStepStat, ws, stats)
}

// StepStats gives the counts of the steps of a sequence.
func (s *Store) StepStats(ctx context.Context, ws, sequence sales.ID) (map[Stat]int, error) {
	type row struct {
		Stat
		n int
	}
	list, err := db.All(ctx, s.DB, func(r db.Scanner) (row, error) {
		var x row
		err := r.Scan(&x.StepID, &x.Name, &x.n)
		return x, err
	}, sqlStepStats, ws, sequence)
	out := map[Stat]int{}
	for _, x := range list {
		out[x.Stat] = x.n
	}
	return out, err
}

// MovePositions moves the people of a sequence to the positions of an edited
// plan: to[i] is the new place of those at i; the last entry is behind the end.
// Whoever waits for the mail or the task of a step keeps waiting for it.
func (tx *Tx) MovePositions(ctx context.Context, ws, sequence sales.ID, to []int) error {
	q, a := `UPDATE enrollments SET version = version + 1, position = CASE`, []any{}
	for from, p := range to {
		q += ` WHEN position = ? THEN ?`
		a = append(a, from, p)
	}
	q += ` ELSE position END WHERE workspace_id = ? AND sequence_id = ? AND state IN ` + alive
	_, err := tx.Exec(ctx, q, append(a, ws, sequence)...)
	return err
}

const sqlHoldSequence = `UPDATE mailings SET due_at = ?, hold_gate = 'limits', hold_why = 'the sequence is paused' WHERE workspace_id = ? AND state = 'queued' AND enrollment_id IN (SELECT id FROM enrollments WHERE workspace_id = ? AND sequence_id = ?)`

// HoldSequenceMail puts off the queued mail of a paused sequence for an hour; the
// gate asks again then.
func (tx *Tx) HoldSequenceMail(ctx context.Context, ws, sequence sales.ID, now time.Time) error {
	_, err := tx.Exec(ctx, sqlHoldSequence, now.Add(time.Hour), ws, ws, sequence)
	return err
}

const (
	sqlFreeSequence = `UPDATE mailings SET due_at = ? WHERE workspace_id = ? AND state = 'queued' AND due_at > ? AND hold_why = 'the sequence is paused' AND enrollment_id IN (SELECT id FROM enrollments WHERE workspace_id = ? AND sequence_id = ?)`
	sqlWakeSequence = `UPDATE enrollments SET next_at = ?, hold_gate = '', hold_why = '', hold_until = 0, version = version + 1 WHERE workspace_id = ? AND sequence_id = ? AND state IN ` + alive + ` AND hold_why = 'the sequence is paused' AND next_at > CAST(? AS BIGINT) AND next_at = hold_until`
)

// ReleaseSequence lets what waited because a sequence was paused go on now.
func (tx *Tx) ReleaseSequence(ctx context.Context, ws, sequence sales.ID, now time.Time) error {
	if _, err := tx.Exec(ctx, sqlWakeSequence, now, ws, sequence, now); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlFreeSequence, now, ws, now, ws, sequence)
	return err
}

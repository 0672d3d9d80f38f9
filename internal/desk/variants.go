package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/trial"
)

// StepTest is the test between the texts of one mail step.
type StepTest struct {
	Step    sales.Step
	Arms    []ArmResult
	Verdict trial.Verdict
}

// ArmResult is what came of one text, since it was made.
type ArmResult struct {
	ID      sales.ID // of the variant, or of the step for its own text
	Name    string
	Paused  bool
	Counts  map[string]int // by the names of store (StatSent ...)
	Subject string
	Body    string
}

// keptTest is a test as it is stored, with what it compares: other texts are
// another test.
type keptTest struct {
	Trial trial.Trial `json:"trial"`
	Texts string      `json:"texts"` // a fingerprint
}

// Tests gives the tests that run in a sequence, one for each mail step with more
// than one text. A test begins when it is first looked at, and anew when its texts
// change; its figures count from then. Opens never count.
func (d *Desk) Tests(ctx context.Context, v sales.Viewer, sequence sales.ID) ([]StepTest, error) {
	if err := need(v, sales.RoleSeller, "see sequences"); err != nil {
		return nil, err
	}
	q, err := d.Store.Sequence(ctx, v.WorkspaceID, sequence)
	if err != nil {
		return nil, err
	}
	counts, err := d.Store.VariantStats(ctx, v.WorkspaceID, sequence)
	if err != nil {
		return nil, err
	}
	var out []StepTest
	for _, s := range q.Steps {
		if len(s.Variants) == 0 {
			continue
		}
		t, err := d.test(ctx, v, s, counts)
		if err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

func (d *Desk) test(ctx context.Context, v sales.Viewer, s sales.Step, counts map[store.Stat]int) (StepTest, error) {
	t := StepTest{Step: s, Arms: armsOf(s, counts)}
	var live []ArmResult
	for _, a := range t.Arms {
		if !a.Paused {
			live = append(live, a)
		}
	}
	texts := fingerprint(live)
	row, err := d.Store.Trial(ctx, v.WorkspaceID, s.ID)
	var kept keptTest
	switch {
	case sales.CodeOf(err) == sales.NotFound:
	case err != nil:
		return t, err
	default:
		if err := json.Unmarshal(row.Trial, &kept); err != nil {
			return t, fmt.Errorf("the test of step %d: %w", s.ID, err)
		}
	}
	if kept.Texts != texts {
		kept = keptTest{Trial: trial.Begin(len(live), 0, 0), Texts: texts}
		row = store.TrialRow{Base: baseOf(live), BegunAt: d.now()}
		if err := d.keepTest(ctx, v, s.ID, kept, row); err != nil {
			return t, err
		}
	}
	next, verdict, changed, err := kept.Trial.Look(tallies(live, row.Base))
	if err != nil {
		return t, err
	}
	t.Verdict = verdict
	if changed {
		kept.Trial = next
		err = d.keepTest(ctx, v, s.ID, kept, row)
	}
	return t, err
}

func (d *Desk) keepTest(ctx context.Context, v sales.Viewer, step sales.ID, kept keptTest, row store.TrialRow) error {
	b, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	row.Trial = b
	return d.inTx(ctx, func(tx *store.Tx) error { return tx.SaveTrial(ctx, v.WorkspaceID, step, row) })
}

// armsOf are the texts of a step with what came of them; those put away are left
// out.
func armsOf(s sales.Step, counts map[store.Stat]int) []ArmResult {
	arms := []ArmResult{{ID: s.ID, Name: "A", Paused: s.BasePaused, Subject: s.Subject, Body: s.Body}}
	for _, x := range s.Variants {
		if x.State != sales.VariantArchived {
			arms = append(arms, ArmResult{ID: x.ID, Name: x.Name, Paused: x.State != sales.VariantOn, Subject: x.Subject, Body: x.Body})
		}
	}
	for i := range arms {
		arms[i].Counts = map[string]int{}
		for _, name := range []string{store.StatSent, store.StatAnswered, store.StatInterested, store.StatStopped} {
			arms[i].Counts[name] = counts[store.Stat{StepID: arms[i].ID, Name: name}]
		}
	}
	return arms
}

func fingerprint(arms []ArmResult) string {
	h := sha256.New()
	for _, a := range arms {
		fmt.Fprintf(h, "%d\x00%s\x00%s\x00", a.ID, a.Subject, a.Body)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// baseOf is what was counted before a test began.
func baseOf(arms []ArmResult) map[string]int {
	out := map[string]int{}
	for _, a := range arms {
		for name, n := range a.Counts {
			out[a.ID.String()+"/"+name] = n
		}
	}
	return out
}

func tallies(arms []ArmResult, base map[string]int) []trial.Tally {
	var out []trial.Tally
	for _, a := range arms {
		n := func(name string) int { return max(a.Counts[name]-base[a.ID.String()+"/"+name], 0) }
		t := trial.Tally{ID: a.ID, Name: a.Name, Sent: n(store.StatSent)}
		// An answer to a mail from before the test may come after its start.
		t.Answered = min(n(store.StatAnswered), t.Sent)
		t.Interested, t.Stopped = min(n(store.StatInterested), t.Answered), min(n(store.StatStopped), t.Sent)
		out = append(out, t)
	}
	return out
}

package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

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
	days    map[string]int // the same, of those whose mail went on one day
	Subject string
	Body    string
}

// timeToAnswer is how many days people have before a test counts them. Of those
// who answer a mail at all, nine in ten do within two days (Kooti et al. 2015, 16
// billion mails); a week leaves room for a weekend and short absences.
const timeToAnswer = 7

// keptTest is a test as it is stored, with what it compares: other texts are
// another test.
type keptTest struct {
	Trial trial.Trial `json:"trial"`
	Texts string      `json:"texts"` // a fingerprint
}

// Tests gives the tests that run in a sequence, one for each mail step with more
// than one text. A test begins when it is first looked at, and anew when its texts
// change; its figures count from then, and each person a week after their mail
// went. Opens never count.
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
	next, verdict, changed, err := kept.Trial.Look(tallies(live, row.Base, d.now()))
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
		arms[i].Counts, arms[i].days = map[string]int{}, map[string]int{}
		for k, n := range counts {
			switch {
			case k.StepID != arms[i].ID:
			case strings.Contains(k.Name, "@"):
				arms[i].days[k.Name] = n
			default:
				arms[i].Counts[k.Name] = n
			}
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
		for name, n := range a.days {
			out[a.ID.String()+"/"+name] = n
		}
	}
	return out
}

// tallies counts the people of a test who had time to answer.
func tallies(arms []ArmResult, base map[string]int, now time.Time) []trial.Tally {
	last := store.Day(now, time.UTC) - timeToAnswer
	var out []trial.Tally
	for _, a := range arms {
		t := trial.Tally{ID: a.ID, Name: a.Name}
		for name := range a.days {
			day, err := strconv.ParseInt(strings.TrimPrefix(name, store.StatSent+"@"), 10, 64)
			if err != nil || day > last {
				continue // of something else, or too young
			}
			n := func(name string) int {
				name = store.OnDay(name, day)
				return max(a.days[name]-base[a.ID.String()+"/"+name], 0)
			}
			sent := n(store.StatSent)
			// An answer to a mail from before the test may come after its start.
			answered := min(n(store.StatAnswered), sent)
			t.Sent, t.Answered = t.Sent+sent, t.Answered+answered
			t.Interested, t.Stopped = t.Interested+min(n(store.StatInterested), answered), t.Stopped+min(n(store.StatStopped), sent)
		}
		out = append(out, t)
	}
	return out
}

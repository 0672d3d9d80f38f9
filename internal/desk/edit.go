package desk

import (
	"context"
	"fmt"
	"strings"

	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// EditEffect is what saving an edited sequence would do to the people inside.
type EditEffect struct {
	Says  string // what changes, in words
	Steps []StepEffect
	// Done are people behind the last step: they do not get steps added later.
	Done int
	// Ended are people who stand at a removed step with nothing behind it.
	Ended int
}

// StepEffect is one step of the edited plan, or one that goes.
type StepEffect struct {
	Step    sales.Step
	Removed bool
	New     bool
	Text    bool // the text changes: who has not got it gets the new one
	Before  int  // how many stand before it now
	After   int  // and would then
	// TakenBack are queued mails, drafts and tasks of a removed step that would be
	// taken back.
	TakenBack int
}

// PreviewEdit says what saving q would do, without saving it. q.ID must exist.
func (d *Desk) PreviewEdit(ctx context.Context, v sales.Viewer, q sales.Sequence) (EditEffect, error) {
	if err := need(v, sales.RoleSeller, "change sequences"); err != nil {
		return EditEffect{}, err
	}
	was, err := d.Store.Sequence(ctx, v.WorkspaceID, q.ID)
	if err != nil {
		return EditEffect{}, err
	}
	if err := mayEdit(v, was); err != nil {
		return EditEffect{}, err
	}
	waits, err := d.Store.StepWaits(ctx, v.WorkspaceID, q.ID)
	if err != nil {
		return EditEffect{}, err
	}
	orderTracks(q.Steps)
	return effectOfEdit(was, q, waits), nil
}

func effectOfEdit(was, q sales.Sequence, waits []store.StepWait) EditEffect {
	to := engine.Moved(was.Steps, q.Steps)
	before, after, begun := make([]int, len(was.Steps)+1), make([]int, len(q.Steps)+1), make([]int, len(was.Steps)+1)
	for _, w := range waits {
		if !w.State.Alive() || w.Position > len(was.Steps) {
			continue
		}
		before[w.Position] += w.N
		after[to[w.Position]] += w.N
		if w.State == sales.WaitingHuman || w.State == sales.Active {
			begun[w.Position] += w.Begun
		}
	}
	e := EditEffect{Says: Changes(was, q), Done: before[len(was.Steps)]}
	old := map[sales.ID]int{}
	for i, s := range was.Steps {
		old[s.ID] = i
	}
	kept := map[sales.ID]bool{}
	for i, s := range q.Steps {
		x := StepEffect{Step: s, After: after[i]}
		j, known := old[s.ID]
		if x.New = !known || s.ID == 0; !x.New {
			kept[s.ID] = true
			x.Before, x.Text = before[j], textOf(was.Steps[j]) != textOf(s)
		}
		e.Steps = append(e.Steps, x)
	}
	for i, s := range was.Steps {
		if kept[s.ID] {
			continue
		}
		e.Steps = append(e.Steps, StepEffect{Step: s, Removed: true, Before: before[i], TakenBack: begun[i]})
		if to[i] == len(q.Steps) {
			e.Ended += before[i]
		}
	}
	return e
}

// textOf is everything of a step that its reader sees.
func textOf(s sales.Step) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\x00%s\x00%s", s.Subject, s.Body, s.Note)
	for _, v := range s.Variants {
		fmt.Fprintf(&b, "\x00%d %s\x00%s", v.ID, v.Subject, v.Body)
	}
	return b.String()
}

// Changes says in words what differs between two states of a sequence.
func Changes(was, is sales.Sequence) string {
	var out []string
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if was.Name != is.Name {
		say("renamed from “%s”", was.Name)
	}
	old := map[sales.ID]sales.Step{}
	for _, s := range was.Steps {
		old[s.ID] = s
	}
	turned := reordered(was.Steps, is.Steps)
	for i, s := range is.Steps {
		x, known := old[s.ID]
		delete(old, s.ID)
		switch {
		case !known || s.ID == 0:
			say("step %d added (%s)", i+1, strings.ReplaceAll(string(s.Kind), "_", " "))
			continue
		case turned[s.ID]:
			say("step %d moved to %d", x.Position+1, i+1)
		}
		if textOf(x) != textOf(s) {
			say("text of step %d changed", i+1)
		}
		if x.Delay != s.Delay || fmt.Sprint(x.StepOptions) != fmt.Sprint(s.StepOptions) || x.Kind != s.Kind || x.MaxWaitDays != s.MaxWaitDays {
			say("step %d changed", i+1)
		}
	}
	for _, s := range was.Steps {
		if _, gone := old[s.ID]; gone {
			say("step %d removed (%s)", s.Position+1, strings.ReplaceAll(string(s.Kind), "_", " "))
		}
	}
	if fmt.Sprint(was.Rules) != fmt.Sprint(is.Rules) || was.RulesetID != is.RulesetID {
		say("rules changed")
	}
	if was.ScheduleID != is.ScheduleID {
		say("schedule changed")
	}
	if fmt.Sprint(was.SequenceOptions) != fmt.Sprint(is.SequenceOptions) {
		say("mailboxes or dates changed")
	}
	if len(out) == 0 {
		return Unchanged
	}
	return strings.Join(out, "; ")
}

// Unchanged is what Changes says when nothing differs.
const Unchanged = "saved without a change"

// reordered tells which steps stand in another order among those that both plans
// have, or on another track.
func reordered(was, is []sales.Step) map[sales.ID]bool {
	in := func(list []sales.Step) map[sales.ID]bool {
		out := map[sales.ID]bool{}
		for _, s := range list {
			out[s.ID] = true
		}
		return out
	}
	common := func(list []sales.Step, other map[sales.ID]bool) []sales.Step {
		var out []sales.Step
		for _, s := range list {
			if other[s.ID] {
				out = append(out, s)
			}
		}
		return out
	}
	a, b := common(was, in(is)), common(is, in(was))
	out := map[sales.ID]bool{}
	for i := range b {
		out[b[i].ID] = a[i].ID != b[i].ID || trackOf(was, b[i].ID) != b[i].Track.OrMain()
	}
	return out
}

func trackOf(steps []sales.Step, id sales.ID) sales.Track {
	for _, s := range steps {
		if s.ID == id {
			return s.Track.OrMain()
		}
	}
	return ""
}

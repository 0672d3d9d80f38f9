package runner

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// mayApply tells whether the reading of a model may become the verdict. A no, or a
// demand to stop, is heard by a person: reading one into a mail costs a buyer, and
// stopping is for good.
func mayApply(i sales.Intent) bool {
	return i == sales.Interested || i == sales.Question || i == sales.NotNow || i == sales.WrongPerson
}

// secondReading keeps an answer that counts: as the verdict, or as a suggestion to
// the person who has the handoff. When a person was faster nothing happens.
func (r *Runner) secondReading(ctx context.Context, a sales.ModelAsk) error {
	rec, cancel := r.recording(ctx)
	defer cancel()
	var change *casework.Change
	err := casework.Retry(func() error {
		return r.Store.InTx(rec, func(tx *store.Tx) (err error) {
			end := a
			if change, err = r.takeReading(rec, tx, &end); err != nil {
				return err
			}
			yes, err := tx.EndAsk(rec, end)
			if err == nil && !yes {
				return errTakenOver // another node asks: what this one did is taken back
			}
			return err
		})
	})
	if errors.Is(err, errTakenOver) {
		return nil
	}
	if err == nil && change != nil {
		r.Notify.Changed(rec, *change)
	}
	return err
}

var errTakenOver = sales.Errorf(sales.Internal, "another node has taken the question over")

// reading is one answer and what it is about.
type reading struct {
	msg   sales.Message
	p     sales.Person
	task  sales.Task     // the open handoff
	hours calendar.Hours // of the seller who has the handoff
	w     sales.Workspace
	b     *casework.Batch
	live  []sales.Enrollment
	now   time.Time
}

// takeReading does what an answer asks for and sets the state of a.
func (r *Runner) takeReading(ctx context.Context, tx *store.Tx, a *sales.ModelAsk) (*casework.Change, error) {
	e, err := tx.ModelEndpoint(ctx, a.WorkspaceID)
	if err != nil {
		return nil, err
	}
	x := reading{b: casework.New(tx, a.WorkspaceID), now: r.Clock.Now()}
	if x.msg, err = tx.Message(ctx, a.WorkspaceID, a.MessageID); err != nil {
		return nil, err
	}
	if x.p, err = tx.PersonAny(ctx, a.WorkspaceID, x.msg.PersonID); err != nil {
		return nil, err
	}
	tasks, err := tx.OpenTasksOf(ctx, a.WorkspaceID, x.p.ID)
	if err != nil {
		return nil, err
	}
	for _, t := range tasks {
		if t.MessageID == x.msg.ID && t.Kind == sales.TaskAnswer && t.SnoozedUntil.IsZero() {
			x.task = t
		}
	}
	a.State = sales.AskLate
	switch v := x.msg.Verdict; {
	case !e.On():
		a.Why = "The model was switched off meanwhile."
		return nil, nil
	case v.Kind != sales.KindReply || v.Intent != sales.Unclear || v.Was.Kind != "":
		a.Why = "Somebody said meanwhile what the mail is."
		return nil, nil
	case x.task.ID == 0:
		a.Why = "Somebody dealt with the mail meanwhile."
		return nil, nil
	case a.Intent == sales.Unclear:
		a.State = sales.AskUnclear
		return nil, nil
	}
	if x.w, err = tx.Workspace(ctx, a.WorkspaceID); err != nil {
		return nil, err
	}
	if x.hours, err = x.b.SellerHours(ctx, x.task.UserID); err != nil {
		return nil, err
	}
	if x.live, err = tx.LiveEnrollments(ctx, a.WorkspaceID, x.p.ID); err != nil {
		return nil, err
	}
	return x.keep(ctx, tx, a)
}

// keep applies the reading, or suggests it.
func (x *reading) keep(ctx context.Context, tx *store.Tx, a *sales.ModelAsk) (*casework.Change, error) {
	as := x.msg
	as.Verdict.Intent, as.Verdict.Detail = a.Intent, ""
	as.Verdict.Second = sales.SecondReading{Model: a.Model, Intent: a.Intent, Quote: a.Quote, Applied: true}
	as.Verdict.Reasons = append([]string{"read by " + a.Model + ": “" + a.Quote + "”"}, x.msg.Verdict.Reasons...)
	out := engine.Arrive(x.p, as, x.w.Settings, x.hours, x.now)
	harmless, err := x.harmless(ctx, out)
	if err != nil {
		return nil, err
	}
	if !harmless || !mayApply(a.Intent) {
		a.State = sales.AskSuggested
		return x.suggest(ctx, tx, a)
	}
	a.State = sales.AskApplied
	if err := tx.SaveVerdict(ctx, x.p.WorkspaceID, x.msg.ID, as.Verdict); err != nil {
		return nil, err
	}
	// The handoff is closed here; the new reading opens it again with its own words.
	if err := tx.EndTask(ctx, x.p.WorkspaceID, x.task.ID, sales.TaskCanceled, x.now, "it was read by "+a.Model); err != nil {
		return nil, err
	}
	out.Moves = append(out.Moves, x.line(fmt.Sprintf("%s read the unclear reply: %s, “%s”.", a.Model, words(a.Intent), a.Quote)))
	casework.Weigh(out.Moves)
	sub := store.Subject{Person: x.p, Message: as, Intent: a.Intent, OwnerID: x.task.UserID}
	done, err := tx.ApplyPerson(ctx, out.Effects, out.Moves, sub, x.now)
	if err != nil {
		return nil, err
	}
	for _, e := range x.live {
		if _, _, err := x.b.Decide(ctx, tx, e, out.Event, sub, x.now); err != nil {
			return nil, err
		}
	}
	c := &casework.Change{WorkspaceID: x.p.WorkspaceID, PersonID: x.p.ID, MessageID: x.msg.ID, Tasks: done.Tasks, Text: x.p.Name() + ": " + words(a.Intent) + ", says " + a.Model}
	for _, fx := range out.Effects {
		c.Urgent = c.Urgent || fx.Urgent
	}
	return c, nil
}

// harmless tells whether all that the engine would do is to give a handoff other
// words: nothing is sent, stopped, suppressed or taken back because of a model.
func (x *reading) harmless(ctx context.Context, out engine.Arrival) (bool, error) {
	for _, fx := range out.Effects {
		if fx.Kind != sales.FxHandoff {
			return false, nil
		}
	}
	for _, e := range x.live {
		c, err := x.b.Case(ctx, e)
		if err != nil {
			return false, err
		}
		d := engine.Decide(c, e, out.Event, x.now)
		if d.Changed && d.Next.State != e.State {
			return false, nil
		}
		for _, fx := range d.Effects {
			if fx.Kind != sales.FxStage {
				return false, nil
			}
		}
	}
	return true, nil
}

// suggest shows the reading to the person who has the handoff. A demand to stop
// that may have been overheard is read at once; nothing goes to the writer
// meanwhile, because an answer has ended what was running.
func (x *reading) suggest(ctx context.Context, tx *store.Tx, a *sales.ModelAsk) (*casework.Change, error) {
	v := x.msg.Verdict
	v.Second = sales.SecondReading{Model: a.Model, Intent: a.Intent, Quote: a.Quote}
	if err := tx.SaveVerdict(ctx, x.p.WorkspaceID, x.msg.ID, v); err != nil {
		return nil, err
	}
	if err := tx.AppendMoves(ctx, []sales.Move{x.line(fmt.Sprintf("%s suggests for the unclear reply: %s, “%s”. A person decides.", a.Model, words(a.Intent), a.Quote))}); err != nil {
		return nil, err
	}
	c := &casework.Change{WorkspaceID: x.p.WorkspaceID, PersonID: x.p.ID, MessageID: x.msg.ID, Text: x.p.Name() + ": perhaps " + words(a.Intent) + ", says " + a.Model}
	if a.Intent != sales.OptOut {
		return c, nil
	}
	c.Urgent = true
	due := x.hours.After(x.now, x.w.Settings.AnswerGoal)
	return c, tx.RaiseTask(ctx, x.p.WorkspaceID, x.task.ID, "Read it first: it may ask to stop", due)
}

// line is a line of the ledger about what the machinery noted.
func (x *reading) line(text string) sales.Move {
	return sales.Move{WorkspaceID: x.p.WorkspaceID, At: x.now, Actor: sales.BySystem, Kind: sales.MoveState, PersonID: x.p.ID, AccountID: x.p.AccountID, UserID: x.task.UserID, MessageID: x.msg.ID, Text: text}
}

func words(i sales.Intent) string {
	if i == sales.OptOut {
		return "wants no more mail"
	}
	return strings.ReplaceAll(string(i), "_", " ")
}

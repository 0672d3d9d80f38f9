package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Correct changes what a message was read as, and does what the right reading
// asks for. It teaches the workspace, or takes that back when the message is read
// as the program had read it. Where the program asks, its own reading can be
// confirmed.
func (d *Desk) Correct(ctx context.Context, v sales.Viewer, message sales.ID, kind sales.VerdictKind, intent sales.Intent) (Learnt, error) {
	msg, err := d.Store.Message(ctx, v, message)
	if err != nil {
		return LearntNothing, err
	}
	p, err := d.person(ctx, v, msg.PersonID)
	if err != nil {
		return LearntNothing, err
	}
	if err := known(kind, intent); err != nil {
		return LearntNothing, err
	}
	if msg.Direction != sales.Incoming {
		return LearntNothing, sales.Errorf(sales.Invalid, "This mail is ours: there is nothing to read in it.")
	}
	was, read := msg.Verdict, sales.Reading{Kind: kind, Intent: intent}
	if was.Reading().Is(read) && !was.Asks() {
		return LearntNothing, nil
	}
	msg.Verdict = corrected(was, read)
	learnt := LearntNothing
	err = d.inTx(ctx, func(tx *store.Tx) error {
		if err := tx.SaveVerdict(ctx, v.WorkspaceID, msg.ID, msg.Verdict); err != nil {
			return err
		}
		if learnt, err = d.learn(ctx, tx, v, msg); err != nil {
			return err
		}
		line := d.move(v, p, sales.MoveVerdict, verdictLine(was, read))
		line.MessageID = msg.ID
		if err := write(ctx, tx, line); err != nil {
			return err
		}
		return d.reread(ctx, tx, v, p, msg)
	})
	d.changed(ctx, p, "Corrected")
	d.kick(v.WorkspaceID)
	return learnt, err
}

const correctedByPerson = "corrected by a person; it was read as "

// corrected is a verdict as a person reads the message. What the program had read
// and why stays.
func corrected(was sales.Verdict, read sales.Reading) sales.Verdict {
	v := was
	if v.Was.Kind == "" {
		v.Was = was.Reading()
	}
	v.Kind, v.Intent, v.Confidence, v.Lesson, v.Second = read.Kind, read.Intent, 1, 0, sales.SecondReading{}
	if v.Was.Is(read) {
		v.Intent = v.Was.Intent // the program says more of some kinds
	}
	if !was.Reading().Is(read) {
		v.Detail = "" // of the other intent
	}
	says := "confirmed by a person"
	if !v.Was.Is(read) {
		says = correctedByPerson + label(v.Was)
	}
	v.Reasons = []string{says}
	for _, r := range was.Reasons {
		if r != "confirmed by a person" && !strings.HasPrefix(r, correctedByPerson) {
			v.Reasons = append(v.Reasons, r)
		}
	}
	return v
}

// verdictLine is the line of the ledger about a correction.
func verdictLine(was sales.Verdict, read sales.Reading) string {
	if was.Reading().Is(read) {
		return fmt.Sprintf("You confirmed a verdict: %s.", label(read))
	}
	return fmt.Sprintf("You corrected a verdict: %s, not %s.", label(read), label(was.Reading()))
}

func known(kind sales.VerdictKind, intent sales.Intent) error {
	switch kind {
	case sales.KindReply:
		switch intent {
		case sales.Interested, sales.Question, sales.NotNow, sales.NotInterested, sales.WrongPerson, sales.OptOut, sales.Unclear:
			return nil
		}
	case sales.KindAutoReply, sales.KindUnsubscribe, sales.KindOther, sales.KindBounce, sales.KindComplaint:
		if intent == "" {
			return nil
		}
	}
	return sales.Errorf(sales.Invalid, "Choose what the message is.")
}

func label(r sales.Reading) string {
	text := string(r.Kind)
	if r.Kind == sales.KindReply {
		text = string(r.Intent)
	}
	return strings.ReplaceAll(text, "_", " ")
}

// reread applies a message anew after its verdict or its person was corrected.
// Effects have keys by message, so nothing happens twice.
func (d *Desk) reread(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, msg sales.Message) error {
	now := d.now()
	w, err := tx.Workspace(ctx, v.WorkspaceID)
	if err != nil {
		return err
	}
	owner := p.OwnerID // whoever corrects it, the answer is the seller's
	if owner == 0 {
		owner = v.UserID
	}
	b := casework.New(tx, v.WorkspaceID)
	if owner, err = b.Answers(ctx, tx, p, msg.ThreadID, owner, now); err != nil {
		return err
	}
	hours, err := b.SellerHours(ctx, owner)
	if err != nil {
		return err
	}
	a := engine.Arrive(p, msg, w.Settings, hours, now)
	casework.Weigh(a.Moves)
	tasks, err := tx.OpenTasksOf(ctx, v.WorkspaceID, p.ID)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if t.MessageID == msg.ID && (t.Kind == sales.TaskAnswer || t.Kind == sales.TaskReferral) {
			// Closed here; the right reading opens it again with its own words.
			if err := tx.EndTask(ctx, v.WorkspaceID, t.ID, sales.TaskCanceled, now, "the verdict was corrected"); err != nil {
				return err
			}
		}
	}
	sub := store.Subject{Person: p, Message: msg, Intent: msg.Verdict.Intent, OwnerID: owner}
	if _, err := tx.ApplyPerson(ctx, a.Effects, a.Moves, sub, now); err != nil {
		return err
	}
	if a.Event.Kind != "" {
		if err := tellAll(ctx, tx, p, a.Event, now); err != nil {
			return err
		}
	}
	// Somebody else whom we know may have written it, in the thread of the person.
	if err := casework.New(tx, v.WorkspaceID).TellSender(ctx, tx, p, a.Event, msg, now); err != nil {
		return err
	}
	if !a.Colleague {
		return nil
	}
	return tellColleagues(ctx, tx, p, msg, now)
}

// tellColleagues tells the enrollments of other people at the account that
// somebody there answered.
func tellColleagues(ctx context.Context, tx *store.Tx, p sales.Person, msg sales.Message, now time.Time) error {
	list, err := tx.ColleagueEnrollments(ctx, p.WorkspaceID, p.AccountID, p.ID)
	if err != nil {
		return err
	}
	b := casework.New(tx, p.WorkspaceID)
	for _, e := range list {
		ev := sales.Event{Kind: sales.EvColleagueReply, At: now, Actor: sales.ByBuyer, PersonID: p.ID, MessageID: msg.ID}
		if _, _, err := b.Decide(ctx, tx, e, ev, store.Subject{}, now); err != nil {
			return err
		}
	}
	return nil
}

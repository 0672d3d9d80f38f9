package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// CallLog is what a seller says of a call.
type CallLog struct {
	PersonID    sales.ID
	TaskID      sales.ID // the call task that it completes; 0 is none
	Disposition sales.Disposition
	Sentiment   sales.Sentiment
	Purpose     sales.Purpose
	Minutes     int
	Note        string
}

// effectOf says what a disposition means for the sequence: advance or finish.
func effectOf(x sales.Disposition) (sales.StepOutcome, string) {
	switch x {
	case sales.CallTalked, sales.CallMeeting:
		return sales.Finish, "talked on the phone"
	case sales.CallNoInterest:
		return sales.Finish, "not interested, said on the phone"
	case sales.CallDoNotContact:
		return sales.Finish, "asked on the phone not to be contacted"
	}
	return sales.Advance, "called: " + strings.ReplaceAll(string(x), "_", " ")
}

// LogCall keeps a call and lets the sequence go on or end by its disposition.
func (d *Desk) LogCall(ctx context.Context, v sales.Viewer, c CallLog) (Undo, error) {
	p, err := d.person(ctx, v, c.PersonID)
	if err != nil {
		return Undo{}, err
	}
	outcome, why := effectOf(c.Disposition)
	switch c.Disposition {
	case sales.CallTalked, sales.CallVoicemail, sales.CallNoAnswer, sales.CallBusy, sales.CallGatekeeper, sales.CallWrongNumber,
		sales.CallDeadNumber, sales.CallLater, sales.CallMeeting, sales.CallNoInterest, sales.CallDoNotContact:
	default:
		return Undo{}, sales.Errorf(sales.Invalid, "Choose what happened on the call.")
	}
	if c.Minutes < 0 || c.Minutes > 600 || len(c.Note) > 20_000 {
		return Undo{}, sales.Errorf(sales.Invalid, "A call has 0 to 600 minutes and a note of at most 20,000 characters.")
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		now := d.now()
		id := tx.NewID()
		if err := tx.InsertCall(ctx, sales.Call{
			WorkspaceID: v.WorkspaceID, ID: id, PersonID: p.ID, UserID: v.UserID, TaskID: c.TaskID, At: now, Minutes: c.Minutes,
			Disposition: c.Disposition, Sentiment: c.Sentiment, Purpose: c.Purpose, Note: c.Note,
		}); err != nil {
			return err
		}
		if err := write(ctx, tx, d.callMove(v, p, c)); err != nil {
			return err
		}
		if err := d.dealt(ctx, tx, v, p); err != nil {
			return err
		}
		if err := d.calledFor(ctx, tx, v, p, c.TaskID, outcome, c.Disposition, why); err != nil {
			return err
		}
		if err := d.keepNoted(ctx, tx, v, p, c.Note, sales.FromCall, id); err != nil {
			return err
		}
		return d.afterCall(ctx, tx, v, p, c, outcome, why)
	})
	if err != nil {
		return Undo{}, err
	}
	d.changed(ctx, p, "Call with "+p.Name()+" logged")
	d.kick(v.WorkspaceID)
	return Undo{Say: "Call logged."}, nil
}

// calledFor closes what a call was made for. A handoff or a promised call whose
// person was not reached stays to do: nobody would answer them otherwise.
func (d *Desk) calledFor(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, task sales.ID, outcome sales.StepOutcome, call sales.Disposition, why string) error {
	if task == 0 {
		return nil
	}
	t, err := tx.Task(ctx, v.WorkspaceID, task)
	if err != nil {
		return err
	}
	if outcome != sales.Finish {
		if t.StepID == 0 && t.PersonID == p.ID {
			return nil
		}
		return d.doStep(ctx, tx, v, p, task, outcome, call, why)
	}
	// The sequences of the person end by what was said, see afterCall.
	if err := d.closeTask(ctx, tx, v, p, task, why); err != nil || t.StepID == 0 || t.State != sales.TaskOpen {
		return err
	}
	return tx.AddStats(ctx, v.WorkspaceID, map[store.Stat]int{{StepID: t.StepID, Name: store.StatDone}: 1})
}

// callMove is the ledger line of a call.
func (d *Desk) callMove(v sales.Viewer, p sales.Person, c CallLog) sales.Move {
	kind, text := sales.MoveCall, "You called: "+strings.ReplaceAll(string(c.Disposition), "_", " ")+"."
	switch c.Disposition {
	case sales.CallTalked, sales.CallLater:
		kind = sales.MoveTalk
		text = fmt.Sprintf("You talked for %d minutes.", c.Minutes)
		if c.Minutes == 0 {
			text = "You talked."
		}
	case sales.CallMeeting:
		kind, text = sales.MoveMeeting, "A meeting was agreed on the phone."
	case sales.CallNoInterest:
		kind, text = sales.MoveTalk, "Said on the phone: not interested."
	}
	if n := strings.TrimSpace(c.Note); n != "" {
		text += " Note: " + clip(n, 400)
	}
	m := d.move(v, p, kind, text)
	if c.Disposition == sales.CallNoInterest || c.Disposition == sales.CallDoNotContact {
		m.OwnTurn = sales.Resting
	}
	return m
}

// afterCall draws what a disposition means beyond the step.
func (d *Desk) afterCall(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, c CallLog, outcome sales.StepOutcome, why string) error {
	now := d.now()
	ev := sales.Event{At: now, Actor: sales.BySeller, UserID: v.UserID, Text: why}
	switch {
	case c.Disposition == sales.CallDoNotContact:
		return d.optOut(ctx, tx, v, p, sales.EndUnsubscribe, "asked on the phone not to be contacted")
	case c.Disposition == sales.CallMeeting:
		ev.Kind = sales.EvMeeting
	case outcome == sales.Finish:
		ev.Kind, ev.Reason = sales.EvStop, sales.EndCompleted
		if c.Disposition == sales.CallNoInterest {
			ev.Reason = sales.EndNotInterested
		}
	case c.Disposition == sales.CallWrongNumber || c.Disposition == sales.CallDeadNumber:
		_, err := tx.OpenTask(ctx, sales.Task{
			WorkspaceID: v.WorkspaceID, ID: tx.NewID(), Key: fmt.Sprintf("person/%d/number", p.ID), Kind: sales.TaskFix, PersonID: p.ID, UserID: v.UserID,
			Title: "The number " + p.Phone + " does not work. Find the right one.", CreatedAt: now, DueAt: now,
		})
		if err != nil {
			return err
		}
		fallthrough
	default:
		ev.Kind, ev.Disposition = sales.EvDisposition, c.Disposition
	}
	return d.afterCallEach(ctx, tx, p, ev, c.Disposition, now)
}

// afterCallEach tells every living enrollment: one whose rules lead to another
// track after such a call goes there instead of ending.
func (d *Desk) afterCallEach(ctx context.Context, tx *store.Tx, p sales.Person, ev sales.Event, disposition sales.Disposition, now time.Time) error {
	if ev.Kind == sales.EvStop {
		turn := ev
		turn.Kind, turn.Disposition = sales.EvDisposition, disposition
		turned, err := tellEach(ctx, tx, p, turn, now)
		if err != nil {
			return err
		}
		live, err := tx.LiveEnrollments(ctx, p.WorkspaceID, p.ID)
		if err != nil {
			return err
		}
		b := casework.New(tx, p.WorkspaceID)
		for _, e := range live {
			if turned[e.ID] {
				continue
			}
			if _, _, err := b.Decide(ctx, tx, e, ev, store.Subject{Person: p, OwnerID: ev.UserID}, now); err != nil {
				return err
			}
		}
		return nil
	}
	return tellAll(ctx, tx, p, ev, now)
}

package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/pathway"
	"ninetyten/internal/sales"
	"ninetyten/internal/shorthand"
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
	Note        string     // lines with a mark of package shorthand become more than a note
	Override    string     // why it was made outside of the legal hours
	Chase       string     // why it was made although it was their move; asked for then, not with a task
	Callback    time.Time  // with CallLater: when to call again, exactly; zero is not said
	Cards       []sales.ID // of the playbook that were used in it

	cards   []sales.Card // Cards, read
	chasing *Chasing     // that the call is one; nil is none
}

// effectOf says what a disposition means for the sequence, and why in words.
func effectOf(s sales.Settings, x sales.Disposition) (sales.StepOutcome, string) {
	why := "called: " + strings.ReplaceAll(string(x), "_", " ")
	switch x {
	case sales.CallTalked, sales.CallMeeting:
		why = "talked on the phone"
	case sales.CallNoInterest:
		why = "not interested, said on the phone"
	case sales.CallDoNotContact:
		why = "asked on the phone not to be contacted"
	}
	return s.CallOutcome(x), why
}

// LogCall keeps a call and lets the sequence go on or end by its disposition. A
// call that the phone system logged just before is the same one: it gets what the
// seller says of it.
func (d *Desk) LogCall(ctx context.Context, v sales.Viewer, c CallLog) (Undo, error) {
	p, err := d.person(ctx, v, c.PersonID)
	if err != nil {
		return Undo{}, err
	}
	if !slices.Contains(sales.Dispositions(), c.Disposition) {
		return Undo{}, sales.Errorf(sales.Invalid, "Choose what happened on the call.")
	}
	if c.Minutes < 0 || c.Minutes > 600 || len(c.Note) > 20_000 || len(c.Override) > 500 {
		return Undo{}, sales.Errorf(sales.Invalid, "A call has 0 to 600 minutes and a note of at most 20,000 characters.")
	}
	if !c.Callback.IsZero() {
		if err := d.future(c.Callback, 365); err != nil {
			return Undo{}, err
		}
	}
	if len(c.Cards) > 0 {
		all, err := d.Store.Cards(ctx, v.WorkspaceID)
		if err != nil {
			return Undo{}, err
		}
		c.cards = slices.DeleteFunc(all, func(x sales.Card) bool { return !slices.Contains(c.Cards, x.ID) })
	}
	if asked, err := d.asksFor(ctx, v, p, c.TaskID); err != nil {
		return Undo{}, err
	} else if !asked {
		if c.chasing, err = d.Chasing(ctx, v, p); err != nil {
			return Undo{}, err
		}
	}
	err = d.inTx(ctx, func(tx *store.Tx) error { return d.logCall(ctx, tx, v, p, c, sales.Call{At: d.now()}) })
	if err != nil {
		return Undo{}, err
	}
	d.changed(ctx, p, "Call with "+p.Name()+" logged")
	d.kick(v.WorkspaceID)
	return Undo{Say: "Call logged."}, nil
}

// logCall writes a call and what follows from it. known is what a phone system
// says of it.
func (d *Desk) logCall(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, c CallLog, known sales.Call) error {
	w, err := tx.Workspace(ctx, v.WorkspaceID)
	if err != nil {
		return err
	}
	call := known
	call.WorkspaceID, call.PersonID, call.UserID, call.TaskID, call.Minutes = v.WorkspaceID, p.ID, v.UserID, c.TaskID, c.Minutes
	call.Disposition, call.Sentiment, call.Purpose, call.Note, call.Override = c.Disposition, c.Sentiment, c.Purpose, c.Note, strings.TrimSpace(c.Override)
	if call.Phone == "" {
		call.Phone = p.Phone
	}
	told := false // what follows from the disposition was done before
	if known.External == "" {
		if call, told, err = d.sameCall(ctx, tx, call); err != nil {
			return err
		}
		if call.ID == 0 {
			if err := d.chasedByCall(ctx, tx, v, p, c); err != nil {
				return err
			}
		}
	}
	if call.ID == 0 {
		call.ID = tx.NewID()
		err = tx.InsertCall(ctx, call)
	} else {
		err = tx.SaveCall(ctx, call)
	}
	if err != nil {
		return err
	}
	if err := d.keepNoted(ctx, tx, v, p, c.Note, sales.FromCall, call.ID); err != nil {
		return err
	}
	if c.Disposition.Talks() && c.Purpose != sales.PurposeClosing {
		if err := tx.ShowStages(ctx, v.WorkspaceID, p.ID, pathway.Shown(c.Note), call.At); err != nil {
			return err
		}
	}
	if err := d.useCards(ctx, tx, v, p, c.cards, sales.FromCall, call.ID, call.At); err != nil {
		return err
	}
	if told {
		if n := strings.TrimSpace(c.Note); n != "" {
			return write(ctx, tx, d.move(v, p, sales.MoveNote, "Note on the call: "+short(shorthand.InWords(n), 400)))
		}
		return nil
	}
	c.Minutes = call.Minutes
	if err := write(ctx, tx, d.callMove(v, p, c)); err != nil {
		return err
	}
	outcome, why := effectOf(w.Settings, c.Disposition)
	if err := d.dealt(ctx, tx, v, p); err != nil {
		return err
	}
	if err := d.calledFor(ctx, tx, v, p, c, outcome, why); err != nil {
		return err
	}
	if err := d.callBack(ctx, tx, v, p, c); err != nil {
		return err
	}
	return d.afterCall(ctx, tx, v, p, c, outcome, why)
}

// sameWithin is how far a call that is logged by hand and one of the phone system
// may be apart to be the same one.
const sameWithin = 10 * time.Minute

// sameCall finds the call of the phone system that a seller describes: the newest
// of theirs with the person that ended a short time ago and that nobody described.
// told says that its disposition is the same, so that all else was done.
func (d *Desk) sameCall(ctx context.Context, tx *store.Tx, c sales.Call) (sales.Call, bool, error) {
	list, err := tx.CallsOf(ctx, c.WorkspaceID, c.PersonID)
	if err != nil {
		return c, false, err
	}
	for _, x := range list {
		near := sameWithin
		if x.Disposition == "" {
			near = 12 * time.Hour // it waits to be described
		}
		end := x.At.Add(time.Duration(x.Seconds) * time.Second)
		if x.External == "" || x.UserID != c.UserID || x.Note != "" || c.At.Sub(end) > near || c.At.Before(x.At.Add(-sameWithin)) {
			continue
		}
		told := x.Disposition == c.Disposition
		if x.Disposition == "" {
			if err := d.endSay(ctx, tx, x); err != nil {
				return c, false, err
			}
		}
		x.Disposition, x.Sentiment, x.Purpose, x.Note, x.Override, x.TaskID = c.Disposition, c.Sentiment, c.Purpose, c.Note, c.Override, c.TaskID
		if c.Minutes > 0 {
			x.Minutes = c.Minutes
		}
		return x, told, nil
	}
	return c, false, nil
}

// calledFor closes what a call was made for. A handoff or a promised call whose
// person was not reached stays to do: nobody would answer them otherwise.
func (d *Desk) calledFor(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, c CallLog, outcome sales.StepOutcome, why string) error {
	if c.TaskID == 0 {
		return nil
	}
	t, err := tx.Task(ctx, v.WorkspaceID, c.TaskID)
	if err != nil {
		return err
	}
	if outcome != sales.Finish {
		reached := c.Disposition == sales.CallTalked || c.Disposition == sales.CallLater && !c.Callback.IsZero()
		if t.StepID == 0 && t.PersonID == p.ID && !reached {
			return nil
		}
		return d.doStep(ctx, tx, v, p, c.TaskID, outcome, c.Disposition, why)
	}
	// The sequences of the person end by what was said, see afterCall.
	if err := d.closeTask(ctx, tx, v, p, c.TaskID, why); err != nil || t.StepID == 0 || t.State != sales.TaskOpen {
		return err
	}
	return tx.AddStats(ctx, v.WorkspaceID, map[store.Stat]int{{StepID: t.StepID, Name: store.StatDone}: 1})
}

// callBack opens the call that was agreed, at its exact time.
func (d *Desk) callBack(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, c CallLog) error {
	if c.Callback.IsZero() {
		return nil
	}
	t := sales.Task{
		WorkspaceID: v.WorkspaceID, ID: tx.NewID(), Key: fmt.Sprintf("person/%d/callback/%d", p.ID, c.Callback.Unix()), Kind: sales.TaskCall, PersonID: p.ID, UserID: v.UserID,
		Title: "Call " + p.Name() + " back, as agreed", CreatedAt: d.now(), DueAt: c.Callback,
	}
	_, err := tx.OpenTask(ctx, t)
	return err
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
		if !c.Callback.IsZero() {
			text += " To be called again on " + c.Callback.Format("Mon 2 Jan 15:04 MST") + "."
		}
	case sales.CallVoicemail:
		text = "You called and left a message."
	case sales.CallMeeting:
		kind, text = sales.MoveMeeting, "A meeting was agreed on the phone."
	case sales.CallNoInterest:
		kind, text = sales.MoveTalk, "Said on the phone: not interested."
	}
	if n := strings.TrimSpace(c.Override); n != "" {
		text += " It was made outside of the hours for calls: " + short(n, 200) + "."
	}
	if n := strings.TrimSpace(c.Note); n != "" {
		text += " Note: " + short(shorthand.InWords(n), 400)
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
	if c.Disposition == sales.CallWrongNumber || c.Disposition == sales.CallDeadNumber {
		_, err := tx.OpenTask(ctx, sales.Task{
			WorkspaceID: v.WorkspaceID, ID: tx.NewID(), Key: fmt.Sprintf("person/%d/number", p.ID), Kind: sales.TaskFix, PersonID: p.ID, UserID: v.UserID,
			Title: "The number " + p.Phone + " does not work. Find the right one.", CreatedAt: now, DueAt: now,
		})
		if err != nil {
			return err
		}
	}
	switch {
	case c.Disposition == sales.CallDoNotContact:
		return d.optOut(ctx, tx, v, p, sales.EndUnsubscribe, "asked on the phone not to be contacted")
	case c.Disposition == sales.CallMeeting:
		ev.Kind = sales.EvMeeting
		if err := d.askOfMeeting(ctx, tx, v, p, time.Time{}); err != nil {
			return err
		}
	case outcome == sales.Finish:
		ev.Kind, ev.Reason = sales.EvStop, sales.EndCompleted
		if c.Disposition == sales.CallNoInterest {
			ev.Reason = sales.EndNotInterested
		}
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

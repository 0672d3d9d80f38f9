package desk

import (
	"context"
	"strings"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Chasing is what is known before somebody is written to or called although it is
// their move.
type Chasing struct {
	Since    time.Time           // their move since then
	Rests    time.Time           // they were told that the door is open, and rest until then; zero: they do not
	Before   []store.ChaseResult // with this person, the newest first
	N        int                 // chases in the workspace that are a week old, the last 1,000
	Answered int                 // of them, after which the person moved within a week
	DoorOpen bool                // the mail that says the door is open went since their last answer
	RestDays int                 // how long they rest after that mail
}

// Chasing says what a new mail or call to a person would mean; nil: it is not their
// move, and they do not rest because they were told that the door is open.
func (d *Desk) Chasing(ctx context.Context, v sales.Viewer, p sales.Person) (*Chasing, error) {
	if p.Move == sales.OurMove || p.Move == "" || p.LastOutAt.IsZero() {
		return nil, nil
	}
	w, err := d.Store.Workspace(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	c := &Chasing{Since: p.MoveSince, RestDays: w.Settings.RestDays}
	if c.Before, err = d.Store.ChasesOf(ctx, v.WorkspaceID, p.ID); err != nil {
		return nil, err
	}
	for _, x := range c.Before {
		if x.Channel == sales.ChaseDoor && x.At.After(p.LastInAt) {
			c.DoorOpen = true
			if p.Move == sales.Resting && x.RestUntil.After(d.now()) && x.RestUntil.After(c.Rests) {
				c.Rests = x.RestUntil
			}
		}
	}
	if p.Move == sales.Resting && c.Rests.IsZero() {
		return nil, nil // they said so, or a meeting is booked
	}
	c.N, c.Answered, err = d.Store.ChasesDone(ctx, v.WorkspaceID, d.now())
	return c, err
}

// chaseOf is the chase that a letter is, or nil. A new mail to somebody whose move
// it is needs a reason, or is the one that says the door is open.
func (d *Desk) chaseOf(ctx context.Context, v sales.Viewer, p sales.Person, l Letter) (*sales.Chase, error) {
	if l.ReplyTo != 0 {
		return nil, nil // they wrote
	}
	if asked, err := d.asksFor(ctx, v, p, l.TaskID); err != nil || asked {
		return nil, err
	}
	known, err := d.Chasing(ctx, v, p)
	if err != nil || known == nil {
		return nil, err
	}
	c := &sales.Chase{WorkspaceID: v.WorkspaceID, PersonID: p.ID, UserID: v.UserID, At: d.now(), Channel: sales.ChaseMail, Reason: clip(strings.TrimSpace(l.Chase), 500)}
	if l.Door {
		if known.DoorOpen {
			return nil, sales.Errorf(sales.Conflict, "%s was told already that the door is open. They rest; the next step is theirs.", p.Name())
		}
		c.Channel, c.RestUntil = sales.ChaseDoor, d.now().AddDate(0, 0, known.RestDays)
		if c.Reason == "" {
			c.Reason = "the door is open"
		}
	}
	if c.Reason == "" {
		return nil, sales.Errorf(sales.Invalid, "%s Say why you write before they do.", known.says(p))
	}
	return c, nil
}

// asksFor tells whether a task is one about the person, so that a step or a colleague
// asks for what is done.
func (d *Desk) asksFor(ctx context.Context, v sales.Viewer, p sales.Person, task sales.ID) (bool, error) {
	if task == 0 {
		return false, nil
	}
	t, err := d.Store.Task(ctx, v.WorkspaceID, task)
	return t.PersonID == p.ID, err
}

// says why a word from us is a chase.
func (c Chasing) says(p sales.Person) string {
	if !c.Rests.IsZero() {
		return p.Name() + " was told that the door is open, and rests until " + c.Rests.Format("2 Jan") + "."
	}
	return "It is the move of " + p.Name() + " since " + c.Since.Format("2 Jan") + "."
}

// keepChase writes a chase with its mail, once.
func (d *Desk) keepChase(ctx context.Context, tx *store.Tx, c *sales.Chase, mailing sales.ID) error {
	if c == nil {
		return nil
	}
	if _, err := tx.ChaseByMail(ctx, c.WorkspaceID, mailing); sales.CodeOf(err) != sales.NotFound {
		return err // a form that was sent twice
	}
	x := *c
	x.ID, x.MailingID = tx.NewID(), mailing
	return tx.InsertChase(ctx, x)
}

// chasedByCall keeps the chase that a call is which no task asked for: it needs a
// reason. A wish not to be contacted is taken down without one.
func (d *Desk) chasedByCall(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, c CallLog) error {
	known := c.chasing
	if known == nil {
		return nil
	}
	x := sales.Chase{WorkspaceID: v.WorkspaceID, ID: tx.NewID(), PersonID: p.ID, UserID: v.UserID, Channel: sales.ChaseCall, Reason: clip(strings.TrimSpace(c.Chase), 500)}
	if x.Reason == "" {
		if c.Disposition == sales.CallDoNotContact {
			return nil
		}
		return sales.Errorf(sales.Invalid, "%s Say why you call before they do.", known.says(p))
	}
	// What they say in it comes after it, so that the store counts it as an answer.
	x.At = d.now().Add(-time.Duration(c.Minutes)*time.Minute - time.Microsecond)
	return tx.InsertChase(ctx, x)
}

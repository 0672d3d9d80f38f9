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

// doStep closes a task and tells the enrollment whose step it was.
func (d *Desk) doStep(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, task sales.ID, outcome sales.StepOutcome, call sales.Disposition, why string) error {
	if task == 0 {
		return nil
	}
	t, err := tx.Task(ctx, v.WorkspaceID, task)
	if err != nil {
		return err
	}
	if t.State != sales.TaskOpen && t.PersonID == p.ID {
		return nil // done twice is done
	}
	if err := d.closeTask(ctx, tx, v, p, task, why); err != nil {
		return err
	}
	if t.Kind == sales.TaskAnswer || t.Kind == sales.TaskReferral {
		return d.dealtWith(ctx, tx, v, p)
	}
	if t.EnrollmentID == 0 || t.StepID == 0 {
		return nil
	}
	e, err := tx.Enrollment(ctx, v.WorkspaceID, t.EnrollmentID)
	if err != nil {
		return err
	}
	now := d.now()
	ev := sales.Event{Kind: sales.EvTaskDone, At: now, Actor: sales.BySeller, UserID: v.UserID, TaskID: task, StepID: t.StepID, Outcome: outcome, Disposition: call, Text: why}
	if _, _, err = casework.New(tx, v.WorkspaceID).Decide(ctx, tx, e, ev, store.Subject{Person: p}, now); err != nil {
		return err
	}
	return tx.AddStats(ctx, v.WorkspaceID, map[store.Stat]int{{StepID: t.StepID, Name: store.StatDone}: 1})
}

// Complete marks a task done and lets its sequence go on.
func (d *Desk) Complete(ctx context.Context, v sales.Viewer, task sales.ID, note string) (Undo, error) {
	t, p, err := d.task(ctx, v, task)
	if err != nil {
		return Undo{}, err
	}
	switch t.Kind {
	case sales.TaskApprove:
		return Undo{}, sales.Errorf(sales.Invalid, "Approve this mail, or skip it.")
	case sales.TaskConfirm:
		return Undo{}, sales.Errorf(sales.Invalid, "Say whose the mail is, or that it is from none of them.")
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		text := "Done: " + t.Title + "."
		if n := strings.TrimSpace(note); n != "" {
			text += " Note: " + clip(n, 400)
		}
		kind := sales.MoveTaskDone
		if t.Kind == sales.TaskSocial {
			kind = sales.MoveSocial
		}
		if err := write(ctx, tx, d.move(v, p, kind, text)); err != nil {
			return err
		}
		if err := d.dealt(ctx, tx, v, p); err != nil {
			return err
		}
		return d.doStep(ctx, tx, v, p, task, sales.Advance, "", "done")
	})
	if err != nil {
		return Undo{}, err
	}
	d.changed(ctx, p, "Done: "+t.Title)
	d.kick(v.WorkspaceID)
	u := Undo{Say: "Done."}
	if t.StepID == 0 {
		u.Token = fmt.Sprintf("task/%d", task)
	}
	return u, nil
}

// task gives a task whose person the viewer may see.
func (d *Desk) task(ctx context.Context, v sales.Viewer, id sales.ID) (sales.Task, sales.Person, error) {
	t, err := d.Store.Task(ctx, v.WorkspaceID, id)
	if err != nil {
		return t, sales.Person{}, err
	}
	p, err := d.person(ctx, v, t.PersonID)
	return t, p, err
}

// Snooze puts off everything that is to do about a person.
func (d *Desk) Snooze(ctx context.Context, v sales.Viewer, person sales.ID, until time.Time) (Undo, error) {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return Undo{}, err
	}
	if err := d.future(until, 365); err != nil {
		return Undo{}, err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		tasks, err := tx.OpenTasksOf(ctx, v.WorkspaceID, p.ID)
		if err != nil {
			return err
		}
		for _, t := range tasks {
			if t.SnoozedUntil.After(until) {
				continue // put off for longer already
			}
			if err := tx.SnoozeTask(ctx, v.WorkspaceID, t.ID, until); err != nil {
				return err
			}
		}
		if len(tasks) == 0 {
			if err := d.comeBack(ctx, tx, v, p, until); err != nil {
				return err
			}
		}
		if err := d.dealt(ctx, tx, v, p); err != nil {
			return err
		}
		return write(ctx, tx, d.move(v, p, sales.MoveSnooze, "You put this off until "+until.Format("2 Jan 15:04")+"."))
	})
	d.changed(ctx, p, "Snoozed")
	return Undo{Say: p.Name() + " is put off until " + until.Format("Mon 2 Jan 15:04") + ".", Token: fmt.Sprintf("snooze/%d/%d", p.ID, until.UnixMicro())}, err
}

func (d *Desk) future(t time.Time, days int) error {
	if t.Before(d.now()) {
		return sales.Errorf(sales.Invalid, "That time is over. Choose one that is still to come.")
	}
	if t.After(d.now().AddDate(0, 0, days)) {
		return sales.Errorf(sales.Invalid, "That is more than %d days away. Choose an earlier time.", days)
	}
	return nil
}

// Wait says that it is their move: the tasks about the person are closed and
// nothing is done until they do something.
func (d *Desk) Wait(ctx context.Context, v sales.Viewer, person sales.ID, until time.Time) (Undo, error) {
	m := sales.Move{Kind: sales.MoveWait, Text: "You wait for them.", Until: until}
	return d.rest(ctx, v, person, m, sales.Event{}, "It is their move now.")
}

// NotNow says that this person is not to be contacted before a time: living
// enrollments pause, and a task comes back then.
func (d *Desk) NotNow(ctx context.Context, v sales.Viewer, person sales.ID, until time.Time) (Undo, error) {
	if !until.IsZero() {
		if err := d.future(until, 3*365); err != nil {
			return Undo{}, err
		}
	}
	text := "Not now."
	if !until.IsZero() {
		text = "Not before " + until.Format("2 Jan 2006") + "."
	}
	m := sales.Move{Kind: sales.MoveNote, OwnTurn: sales.Resting, Text: text, Until: until}
	ev := sales.Event{Kind: sales.EvNotNow, Until: until}
	return d.rest(ctx, v, person, m, ev, text)
}

func (d *Desk) rest(ctx context.Context, v sales.Viewer, person sales.ID, m sales.Move, ev sales.Event, say string) (Undo, error) {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return Undo{}, err
	}
	var closed []string
	err = d.inTx(ctx, func(tx *store.Tx) error {
		closed = nil
		tasks, err := tx.OpenTasksOf(ctx, v.WorkspaceID, p.ID)
		if err != nil {
			return err
		}
		for _, t := range tasks {
			if t.StepID != 0 && ev.Kind == "" {
				if err := d.putOff(ctx, tx, t, m.Until); err != nil {
					return err
				}
			}
			if t.StepID != 0 || t.Kind == sales.TaskConfirm || t.Kind == sales.TaskMeeting || promiseID(t) != 0 {
				continue // what was promised stays promised, and a meeting is asked about; the step of a sequence stays, or its pause takes it back; and whose a mail is stays to be said
			}
			if err := tx.EndTask(ctx, v.WorkspaceID, t.ID, sales.TaskDone, d.now(), say); err != nil {
				return err
			}
			closed = append(closed, t.ID.String())
		}
		if err := d.dealt(ctx, tx, v, p); err != nil {
			return err
		}
		line := d.move(v, p, m.Kind, m.Text)
		line.Until, line.OwnTurn = m.Until, m.OwnTurn
		if err := write(ctx, tx, line); err != nil {
			return err
		}
		if err := d.comeBack(ctx, tx, v, p, m.Until); err != nil || ev.Kind == "" {
			return err
		}
		ev.At, ev.Actor, ev.UserID = d.now(), sales.BySeller, v.UserID
		return tellAll(ctx, tx, p, ev, d.now())
	})
	d.changed(ctx, p, say)
	return Undo{Say: say, Token: fmt.Sprintf("rest/%d/%s", p.ID, strings.Join(closed, ","))}, err
}

// waitDays is for how long the step of a sequence waits for somebody whose move it is
// without an end: the half-life of the balance.
const waitDays = 30

// putOff leaves the task of a step open, and shows it when the wait is over.
func (d *Desk) putOff(ctx context.Context, tx *store.Tx, t sales.Task, until time.Time) error {
	if until.IsZero() {
		until = d.now().AddDate(0, 0, waitDays)
	}
	if t.SnoozedUntil.After(until) {
		return nil
	}
	return tx.SnoozeTask(ctx, t.WorkspaceID, t.ID, until)
}

// comeBack opens a task that shows up when the time has come.
func (d *Desk) comeBack(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, at time.Time) error {
	if at.IsZero() {
		return nil
	}
	_, err := tx.OpenTask(ctx, sales.Task{
		WorkspaceID: v.WorkspaceID, ID: tx.NewID(), Key: fmt.Sprintf("person/%d/back/%d", p.ID, at.Unix()), Kind: sales.TaskDo, PersonID: p.ID, UserID: v.UserID,
		Title: "Take it up again with " + p.Name(), CreatedAt: d.now(), DueAt: at, SnoozedUntil: at,
	})
	return err
}

// Note writes something down about a person; lines with a mark of package
// shorthand become promises, questions, pains and connections.
func (d *Desk) Note(ctx context.Context, v sales.Viewer, person sales.ID, text string) error {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return err
	}
	text = strings.TrimSpace(text)
	if text == "" || len(text) > 20_000 {
		return sales.Errorf(sales.Invalid, "A note has 1 to 20,000 characters.")
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		line := d.move(v, p, sales.MoveNote, "Note: "+text)
		line.ID = tx.NewID()
		if err := write(ctx, tx, line); err != nil {
			return err
		}
		return d.keepNoted(ctx, tx, v, p, text, sales.FromNote, line.ID)
	})
	d.changed(ctx, p, "Note")
	return err
}

// Meeting says that a meeting was booked: every sequence of the person ends.
func (d *Desk) Meeting(ctx context.Context, v sales.Viewer, person, task sales.ID, at time.Time, note string) (Undo, error) {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return Undo{}, err
	}
	text := "A meeting is booked"
	if !at.IsZero() {
		text += " for " + at.Format("2 Jan 2006 15:04")
	}
	if n := strings.TrimSpace(note); n != "" {
		text += ". " + clip(n, 400)
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		if err := write(ctx, tx, d.move(v, p, sales.MoveMeeting, text+".")); err != nil {
			return err
		}
		if err := d.closeTask(ctx, tx, v, p, task, "meeting booked"); err != nil {
			return err
		}
		if err := d.dealt(ctx, tx, v, p); err != nil {
			return err
		}
		if err := d.askOfMeeting(ctx, tx, v, p, at); err != nil {
			return err
		}
		return tellAll(ctx, tx, p, sales.Event{Kind: sales.EvMeeting, At: d.now(), Actor: sales.BySeller, UserID: v.UserID}, d.now())
	})
	d.changed(ctx, p, text)
	return Undo{Say: text + "."}, err
}

package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Undo takes an action back by the token of its Undo. Rights are checked as for
// the action itself; a token is no secret. A Conflict error means that it is too
// late.
func (d *Desk) Undo(ctx context.Context, v sales.Viewer, token string) error {
	parts := strings.Split(token, "/")
	kind := parts[0]
	var ids []sales.ID
	for _, s := range strings.FieldsFunc(strings.Join(parts[1:], ","), func(r rune) bool { return r == ',' }) {
		if s == "0" {
			ids = append(ids, 0)
			continue
		}
		id, err := sales.ParseID(s)
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 || len(ids) > 60 {
		return sales.Errorf(sales.Invalid, "This cannot be taken back.")
	}
	switch kind {
	case "mail":
		return d.undoMail(ctx, v, ids)
	case "task":
		return d.undoTask(ctx, v, ids[0])
	case "bulk":
		return d.undoBulkActions(ctx, v, ids)
	case "lesson":
		_, err := d.TakeBackLesson(ctx, v, ids[0])
		return err
	case "lesson-back":
		_, err := d.BringBackLesson(ctx, v, ids[0])
		return err
	case "point":
		return d.undoPoint(ctx, v, ids[0])
	case "pin":
		_, err := d.Unpin(ctx, v, ids[0])
		return err
	case "skip":
		return d.inTx(ctx, func(tx *store.Tx) error { return tx.DropSkip(ctx, v.WorkspaceID, v.UserID, ids[0]) })
	case "connection":
		_, err := d.dropConnection(ctx, v, ids[0], time.Time{}, "Taken back")
		return err
	case "rest":
		return d.undoRest(ctx, v, ids[0], ids[1:])
	case "assign":
		return d.undoAssign(ctx, v, ids[0])
	case "deal":
		if len(ids) == 2 {
			return d.undoDeal(ctx, v, ids[0], int64(ids[1]))
		}
	case "snooze":
		var until time.Time
		if len(ids) > 1 {
			until = time.UnixMicro(int64(ids[1]))
		}
		return d.undoSnooze(ctx, v, ids[0], until)
	}
	return sales.Errorf(sales.Invalid, "This cannot be taken back.")
}

func (d *Desk) undoMail(ctx context.Context, v sales.Viewer, ids []sales.ID) error {
	m, err := d.Store.Mailing(ctx, v.WorkspaceID, ids[0])
	if err != nil {
		return err
	}
	p, err := d.person(ctx, v, m.PersonID)
	if err != nil {
		return err
	}
	if m.Kind != sales.MailingManual || m.UserID != v.UserID {
		return sales.Errorf(sales.Forbidden, "Only whoever wrote this mail can take it back.")
	}
	known, err := d.Store.Letters(ctx, d.Store.DB, v.WorkspaceID, ids[:1])
	if err != nil {
		return err
	}
	for _, id := range known[m.ID].Closed { // taken back from the thread, nothing else names them
		if !slices.Contains(ids[1:], id) {
			ids = append(ids, id)
		}
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		ok, err := tx.CancelMailing(ctx, v.WorkspaceID, m.ID)
		if err != nil {
			return err
		}
		if !ok {
			return sales.Errorf(sales.Conflict, "Too late: the mail is gone.")
		}
		if err := tx.DraftAgain(ctx, v.WorkspaceID, m.ID, d.now()); err != nil {
			return err
		}
		if err := tx.DropChase(ctx, v.WorkspaceID, m.ID); err != nil {
			return err
		}
		if err := tx.UnuseCards(ctx, v.WorkspaceID, sales.FromMessage, m.ID); err != nil {
			return err
		}
		for _, id := range ids[1:] {
			if id == 0 {
				continue
			}
			if err := d.reopen(ctx, tx, v, p, id); err != nil {
				return err
			}
		}
		return d.unanswered(ctx, tx, v, p)
	})
	d.changed(ctx, p, "Taken back")
	return err
}

// unanswered lets tracks wait again that an answer had begun.
func (d *Desk) unanswered(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person) error {
	return tellAll(ctx, tx, p, sales.Event{Kind: sales.EvUnanswered, At: d.now(), Actor: sales.BySeller, UserID: v.UserID}, d.now())
}

// reopen opens a task of a person again. The step of a sequence is none that can
// be: the sequence has gone on. Nor is the question whose a mail is: it was answered.
func (d *Desk) reopen(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, id sales.ID) error {
	t, err := tx.Task(ctx, v.WorkspaceID, id)
	if err != nil {
		return err
	}
	if t.PersonID != p.ID || t.StepID != 0 || t.Kind == sales.TaskConfirm {
		return sales.Errorf(sales.Invalid, "This cannot be taken back.")
	}
	if err := d.promiseOf(ctx, tx, v, p, t, sales.PointOpen); err != nil {
		return err
	}
	return tx.ReopenTask(ctx, v.WorkspaceID, id)
}

// undoTask takes back that a task was done.
func (d *Desk) undoTask(ctx context.Context, v sales.Viewer, id sales.ID) error {
	t, p, err := d.task(ctx, v, id)
	if err != nil {
		return err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		if err := d.reopen(ctx, tx, v, p, id); err != nil {
			return err
		}
		if t.Kind == sales.TaskAnswer || t.Kind == sales.TaskReferral {
			if err := d.unanswered(ctx, tx, v, p); err != nil {
				return err
			}
		}
		return write(ctx, tx, d.move(v, p, sales.MoveNote, "Taken back."))
	})
	d.changed(ctx, p, "Taken back")
	return err
}

// undoRest takes back that somebody rests: it opens their tasks again, gives the
// move back to us and lets paused sequences go on.
func (d *Desk) undoRest(ctx context.Context, v sales.Viewer, person sales.ID, ids []sales.ID) error {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		open, err := tx.OpenTasksOf(ctx, v.WorkspaceID, p.ID)
		if err != nil {
			return err
		}
		var back time.Time // until when the steps of sequences were put off
		for _, t := range open {
			if strings.Contains(t.Key, "/back/") {
				back = t.SnoozedUntil
				if err := tx.EndTask(ctx, v.WorkspaceID, t.ID, sales.TaskCanceled, d.now(), "taken back"); err != nil {
					return err
				}
			}
		}
		for _, t := range open {
			if t.StepID != 0 && t.SnoozedUntil.After(d.now()) && (back.IsZero() || t.SnoozedUntil.Equal(back)) {
				if err := tx.SnoozeTask(ctx, v.WorkspaceID, t.ID, d.now()); err != nil {
					return err
				}
			}
		}
		for _, id := range ids {
			if err := d.reopen(ctx, tx, v, p, id); err != nil {
				return err
			}
		}
		line := d.move(v, p, sales.MoveNote, "Taken back.")
		line.OwnTurn = sales.OurMove
		if err := write(ctx, tx, line); err != nil {
			return err
		}
		return d.resumeNotNow(ctx, tx, v, p)
	})
	d.changed(ctx, p, "Taken back")
	return err
}

// resumeNotNow lets enrollments go on that "not now" had paused.
func (d *Desk) resumeNotNow(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person) error {
	live, err := tx.LiveEnrollments(ctx, v.WorkspaceID, p.ID)
	if err != nil {
		return err
	}
	for _, e := range live {
		if e.State == sales.Paused && e.Reason == sales.PausedNotNow {
			if err := d.decide(ctx, tx, v, e, sales.Event{Kind: sales.EvResume}); err != nil {
				return err
			}
		}
	}
	return nil
}

// undoSnooze shows again what was put off until a moment; zero is everything.
func (d *Desk) undoSnooze(ctx context.Context, v sales.Viewer, person sales.ID, until time.Time) error {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		tasks, err := tx.OpenTasksOf(ctx, v.WorkspaceID, p.ID)
		if err != nil {
			return err
		}
		for _, t := range tasks {
			if !until.IsZero() && !t.SnoozedUntil.Equal(until) {
				continue
			}
			if err := tx.SnoozeTask(ctx, v.WorkspaceID, t.ID, time.Time{}); err != nil {
				return err
			}
		}
		return nil
	})
	d.changed(ctx, p, "Taken back")
	return err
}

package desk

import (
	"context"
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
		return d.undoTasks(ctx, v, 0, ids)
	case "rest":
		return d.undoTasks(ctx, v, ids[0], ids[1:])
	case "snooze":
		return d.undoSnooze(ctx, v, ids[0])
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
	err = d.inTx(ctx, func(tx *store.Tx) error {
		ok, err := tx.CancelMailing(ctx, v.WorkspaceID, m.ID)
		if err != nil {
			return err
		}
		if !ok {
			return sales.Errorf(sales.Conflict, "Too late: the mail is gone.")
		}
		for _, id := range ids[1:] {
			t, err := tx.Task(ctx, v.WorkspaceID, id)
			if err != nil {
				return err
			}
			if t.PersonID != p.ID {
				return sales.Errorf(sales.Invalid, "This cannot be taken back.")
			}
			if err := tx.ReopenTask(ctx, v.WorkspaceID, id); err != nil {
				return err
			}
		}
		return nil
	})
	d.changed(ctx, p, "Taken back")
	return err
}

// undoTasks opens tasks again; with a person it also gives the move back to us
// and lets paused sequences go on.
func (d *Desk) undoTasks(ctx context.Context, v sales.Viewer, person sales.ID, ids []sales.ID) error {
	for _, id := range ids {
		t, p, err := d.task(ctx, v, id)
		if err != nil {
			return err
		}
		if person != 0 && t.PersonID != person {
			return sales.Errorf(sales.Invalid, "This cannot be taken back.")
		}
		person = p.ID
	}
	p, err := d.person(ctx, v, person)
	if err != nil {
		return err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		open, err := tx.OpenTasksOf(ctx, v.WorkspaceID, p.ID)
		if err != nil {
			return err
		}
		for _, t := range open {
			if strings.Contains(t.Key, "/back/") {
				if err := tx.EndTask(ctx, v.WorkspaceID, t.ID, sales.TaskCanceled, d.now(), "taken back"); err != nil {
					return err
				}
			}
		}
		for _, id := range ids {
			if err := tx.ReopenTask(ctx, v.WorkspaceID, id); err != nil {
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

func (d *Desk) undoSnooze(ctx context.Context, v sales.Viewer, person sales.ID) error {
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
			if err := tx.SnoozeTask(ctx, v.WorkspaceID, t.ID, time.Time{}); err != nil {
				return err
			}
		}
		return nil
	})
	d.changed(ctx, p, "Taken back")
	return err
}

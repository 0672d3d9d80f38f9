package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// askOfMeeting brings a person back to Next after their meeting, to say what came
// of it; of one without a time, the next day, to agree on one.
func (d *Desk) askOfMeeting(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, at time.Time) error {
	now := d.now()
	t := sales.Task{
		WorkspaceID: v.WorkspaceID, ID: tx.NewID(), Kind: sales.TaskMeeting, PersonID: p.ID, UserID: v.UserID, CreatedAt: now,
		Key: fmt.Sprintf("person/%d/meeting/%d", p.ID, at.Unix()), Title: "Did the meeting of " + at.Format("2 Jan 15:04") + " take place?",
		SnoozedUntil: at.Add(engine.MeetingOver), DueAt: at.Add(engine.MeetingAsked),
	}
	if at.IsZero() {
		t.Key = fmt.Sprintf("person/%d/meeting/agreed/%d", p.ID, now.Unix())
		t.Title, t.SnoozedUntil, t.DueAt = "A meeting was agreed: which day and time?", time.Time{}, now.AddDate(0, 0, 1)
	}
	if !t.SnoozedUntil.After(now) {
		t.SnoozedUntil = time.Time{}
	}
	_, err := tx.OpenTask(ctx, t)
	return err
}

// Missed says that the person did not come to a meeting: it is our move, and
// another time is to be agreed.
func (d *Desk) Missed(ctx context.Context, v sales.Viewer, task sales.ID, note string) (Undo, error) {
	t, p, err := d.task(ctx, v, task)
	if err != nil {
		return Undo{}, err
	}
	if t.Kind != sales.TaskMeeting {
		return Undo{}, sales.Errorf(sales.Invalid, "This is about no meeting. Reload the page.")
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		is, err := tx.Task(ctx, v.WorkspaceID, task)
		if err != nil || is.State != sales.TaskOpen {
			return err // said twice is said
		}
		m := d.move(v, p, sales.MoveNote, "Did not come to the meeting.")
		if n := strings.TrimSpace(note); n != "" {
			m.Text += " " + clip(n, 400)
		}
		m.OwnTurn = sales.OurMove
		if err := write(ctx, tx, m); err != nil {
			return err
		}
		if err := d.closeTask(ctx, tx, v, p, task, "did not come"); err != nil {
			return err
		}
		if err := d.dealt(ctx, tx, v, p); err != nil {
			return err
		}
		_, err = tx.OpenTask(ctx, sales.Task{
			WorkspaceID: v.WorkspaceID, ID: tx.NewID(), Key: fmt.Sprintf("task/%d/missed", task), Kind: sales.TaskMeeting, PersonID: p.ID, UserID: v.UserID,
			Title: "They did not come to the meeting: ask kindly, and agree on another time", CreatedAt: d.now(), DueAt: d.now().Add(time.Hour),
		})
		return err
	})
	if err != nil {
		return Undo{}, err
	}
	d.changed(ctx, p, p.Name()+" did not come to the meeting")
	return Undo{Say: "Written down. Another time is to be agreed."}, nil
}

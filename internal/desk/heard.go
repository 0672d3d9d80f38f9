package desk

import (
	"context"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// hearer reads what waits of a person: the store, or the transaction that acts on
// it.
type hearer interface {
	OpenTasksOf(ctx context.Context, ws, person sales.ID) ([]sales.Task, error)
	AskedAbout(ctx context.Context, ws, person sales.ID) (bool, error)
}

// waitsWhy is that a person has answered, and nobody has dealt with it.
const waitsWhy = "has answered, and waits for a person"

// spoke says what a person said last that a machine must not talk over: a no or
// a not now that still holds, or an answer that nobody has dealt with.
func (d *Desk) spoke(ctx context.Context, r hearer, p sales.Person) (string, error) {
	if p.Move == sales.Resting && p.MoveUntil.After(d.now()) {
		return "rests until " + p.MoveUntil.Format("2 Jan 2006"), nil
	}
	return said(ctx, r, p)
}

// said is spoke without a rest that ends by itself, which the gate keeps.
func said(ctx context.Context, r hearer, p sales.Person) (string, error) {
	if p.Move == sales.Resting && p.MoveUntil.IsZero() {
		return "rests since " + p.MoveSince.Format("2 Jan 2006") + ": write or call yourself, if there is a reason to", nil
	}
	if asked, err := r.AskedAbout(ctx, p.WorkspaceID, p.ID); err != nil || asked {
		return "may have answered: say first whose the mail is", err
	}
	tasks, err := r.OpenTasksOf(ctx, p.WorkspaceID, p.ID)
	for _, t := range tasks {
		switch t.Kind {
		case sales.TaskAnswer, sales.TaskReferral, sales.TaskConfirm:
			return waitsWhy, err
		}
	}
	return "", err
}

// since says what speaks against letting a sequence go on as it stood at a moment,
// asked inside the transaction that would: that the person is on the list, said
// something after the moment, or something that holds.
func (d *Desk) since(ctx context.Context, tx *store.Tx, p sales.Person, moment time.Time) (EnrollNo, string, error) {
	x, listed, err := tx.Suppressed(ctx, p.WorkspaceID, p.Email)
	if err != nil {
		return "", "", err
	}
	if listed {
		return NoSuppressed, "must not be written to: " + string(x.Reason) + ", " + x.Source, nil
	}
	if p.LastInAt.After(moment) {
		return NoAnswered, "has answered meanwhile", nil
	}
	why, err := said(ctx, tx, p)
	if err != nil || why == "" {
		return "", "", err
	}
	return NoAnswered, why, nil
}

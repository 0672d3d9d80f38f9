package desk

import (
	"context"
	"fmt"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Assign says who is to answer in a thread from now on.
type Assign struct {
	ThreadID   sales.ID
	To         sales.ID
	WithPerson bool // the person goes along, with everything that is open about them
}

// TakeBackFor is how long giving a thread away can be taken back.
const TakeBackFor = 24 * time.Hour

// Assign gives a thread to a colleague: the answers that wait in it, and those that
// come. A seller gives what is theirs, a manager anything. A colleague who may not
// see the person is refused, unless the person goes along.
func (d *Desk) Assign(ctx context.Context, v sales.Viewer, f Assign) (Undo, error) {
	th, p, err := d.threadOf(ctx, v, f.ThreadID)
	if err != nil {
		return Undo{}, err
	}
	to, err := d.Store.User(ctx, v.WorkspaceID, f.To)
	if err != nil {
		return Undo{}, err
	}
	if err := d.canAnswer(ctx, to, p); err != nil {
		return Undo{}, err
	}
	var given []sales.Task
	err = d.inTx(ctx, func(tx *store.Tx) error {
		if p, err = tx.Person(ctx, v.WorkspaceID, th.PersonID); err != nil {
			return err
		}
		a := sales.Assignment{WorkspaceID: v.WorkspaceID, ThreadID: th.ID, UserID: to.ID, ByID: v.UserID, At: d.now()}
		if a.FromID, given, err = waitingIn(ctx, tx, p, th.ID); err != nil {
			return err
		}
		if err := mayGive(v, p, a.FromID); err != nil {
			return err
		}
		if a.FromID == to.ID {
			return sales.Errorf(sales.Conflict, "%s answers in this thread already.", to.Name)
		}
		if !to.Sees(p) {
			if err := d.mayGo(ctx, tx, v, p, to, f.WithPerson); err != nil {
				return err
			}
		}
		if err := write(ctx, tx, d.move(v, p, sales.MoveNote, "Given to "+to.Name+" to answer.")); err != nil {
			return err
		}
		if f.WithPerson && p.OwnerID != 0 && p.OwnerID != to.ID {
			a.OwnerID = p.OwnerID
			if p, err = d.giveTo(ctx, tx, v, p, to.ID); err != nil {
				return err
			}
		}
		for i, t := range given {
			if t, err = tx.Task(ctx, v.WorkspaceID, t.ID); err != nil {
				return err
			}
			if t.UserID != to.ID {
				if err := tx.GiveTask(ctx, t, to.ID); err != nil {
					return err
				}
			}
			given[i].UserID = to.ID
		}
		return tx.Assign(ctx, a)
	})
	if err != nil {
		return Undo{}, err
	}
	d.Notify.Changed(ctx, casework.Change{WorkspaceID: v.WorkspaceID, PersonID: p.ID, Tasks: given, Text: "Yours to answer: " + p.Name(), Urgent: len(given) > 0})
	say := to.Name + " answers " + p.Name() + " from now on."
	return Undo{Say: say, Token: fmt.Sprintf("assign/%d", th.ID)}, nil
}

// threadOf is a thread about somebody whom the viewer may see.
func (d *Desk) threadOf(ctx context.Context, v sales.Viewer, id sales.ID) (sales.Thread, sales.Person, error) {
	th, err := d.Store.Thread(ctx, v.WorkspaceID, id)
	if err != nil {
		return th, sales.Person{}, err
	}
	p, err := d.person(ctx, v, th.PersonID)
	return th, p, err
}

// canAnswer refuses who cannot answer anybody now.
func (d *Desk) canAnswer(ctx context.Context, to sales.User, p sales.Person) error {
	if to.Disabled {
		return sales.Errorf(sales.Invalid, "%s cannot log in, so nobody would answer %s. Choose somebody else.", to.Name, p.Name())
	}
	open, err := d.Store.OpenAbsences(ctx, to.WorkspaceID)
	if err != nil {
		return err
	}
	for _, a := range open {
		if a.UserID == to.ID && a.Running(d.now()) {
			return sales.Errorf(sales.Invalid, "%s is away, so %s would wait. Choose somebody who is here.", to.Name, p.Name())
		}
	}
	return nil
}

// mayGive refuses to give away what is somebody else's.
func mayGive(v sales.Viewer, p sales.Person, from sales.ID) error {
	if v.UserID == from || v.UserID == p.OwnerID {
		return need(v, sales.RoleSeller, "give a thread away")
	}
	return need(v, sales.RoleManager, "give away what somebody else is to answer")
}

// mayGo refuses a colleague who may not see the person, unless the person goes too.
func (d *Desk) mayGo(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, to sales.User, with bool) error {
	owner, err := tx.User(ctx, v.WorkspaceID, p.OwnerID)
	if err != nil {
		return err
	}
	if !with {
		return sales.Errorf(sales.Invalid, "%s may not see %s, who belongs to %s. Let %s go along, or choose a manager.", to.Name, p.Name(), owner.Name, p.Name())
	}
	if v.UserID == p.OwnerID {
		return nil
	}
	return need(v, sales.RoleManager, "give people away who belong to somebody else")
}

// giveTo makes a person somebody else's, with what is open about them.
func (d *Desk) giveTo(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, to sales.ID) (sales.Person, error) {
	account := ""
	if p.AccountID != 0 {
		a, err := tx.Account(ctx, v.WorkspaceID, p.AccountID)
		if err != nil {
			return p, err
		}
		account = a.Name
	}
	was := p
	p.OwnerID, p.UpdatedAt = to, d.now()
	if err := tx.SavePerson(ctx, p, account); err != nil {
		return p, err
	}
	return p, d.follow(ctx, tx, v, was, p)
}

// waitingIn gives who answers in a thread now, and the answers that wait in it.
func waitingIn(ctx context.Context, tx *store.Tx, p sales.Person, thread sales.ID) (sales.ID, []sales.Task, error) {
	from := p.OwnerID
	a, err := tx.Assignment(ctx, p.WorkspaceID, thread)
	switch {
	case err == nil:
		from = a.UserID
	case sales.CodeOf(err) != sales.NotFound:
		return 0, nil, err
	}
	open, err := tx.OpenTasksOf(ctx, p.WorkspaceID, p.ID)
	if err != nil {
		return 0, nil, err
	}
	var out []sales.Task
	for _, t := range open {
		if t.MessageID == 0 || t.Kind != sales.TaskAnswer && t.Kind != sales.TaskReferral {
			continue
		}
		m, err := tx.Message(ctx, p.WorkspaceID, t.MessageID)
		if err != nil {
			return 0, nil, err
		}
		if m.ThreadID == thread {
			out, from = append(out, t), t.UserID
		}
	}
	return from, out, nil
}

// undoAssign takes back that a thread was given away, by who gave it or a manager,
// as long as who got it has done nothing.
func (d *Desk) undoAssign(ctx context.Context, v sales.Viewer, thread sales.ID) error {
	if err := need(v, sales.RoleSeller, "give a thread away"); err != nil {
		return err
	}
	th, err := d.Store.Thread(ctx, v.WorkspaceID, thread)
	if err != nil {
		return err
	}
	var p sales.Person
	err = d.inTx(ctx, func(tx *store.Tx) error {
		a, err := tx.Assignment(ctx, v.WorkspaceID, thread)
		if err != nil {
			return err
		}
		if v.UserID != a.ByID {
			if err := need(v, sales.RoleManager, "take back what somebody else gave away"); err != nil {
				return err
			}
		}
		if p, err = tx.Person(ctx, v.WorkspaceID, th.PersonID); err != nil {
			return err
		}
		from, given, err := waitingIn(ctx, tx, p, thread)
		if err != nil {
			return err
		}
		if from != a.UserID || d.now().Sub(a.At) > TakeBackFor || a.OwnerID != 0 && p.OwnerID != a.UserID || p.LastOutAt.After(a.At) {
			return sales.Errorf(sales.Conflict, "Too late: it has gone on since. Give the thread to somebody again.")
		}
		if err := write(ctx, tx, d.move(v, p, sales.MoveNote, "Taken back.")); err != nil {
			return err
		}
		if a.OwnerID != 0 {
			if p, err = d.giveTo(ctx, tx, v, p, a.OwnerID); err != nil {
				return err
			}
		}
		for _, t := range given {
			if t, err = tx.Task(ctx, v.WorkspaceID, t.ID); err != nil {
				return err
			}
			if t.UserID == a.FromID || a.FromID == 0 {
				continue
			}
			if err := tx.GiveTask(ctx, t, a.FromID); err != nil {
				return err
			}
		}
		if a.FromID != 0 && a.FromID != p.OwnerID { // it was given to them, too
			return tx.Assign(ctx, sales.Assignment{WorkspaceID: v.WorkspaceID, ThreadID: thread, UserID: a.FromID, FromID: p.OwnerID, ByID: v.UserID, At: d.now()})
		}
		return tx.Unassign(ctx, v.WorkspaceID, thread)
	})
	if err == nil {
		d.changed(ctx, p, "Taken back")
	}
	return err
}

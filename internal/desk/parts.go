package desk

import (
	"context"
	"fmt"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// PutInDeal says that a person takes part in a deal, and what they do in it.
func (d *Desk) PutInDeal(ctx context.Context, v sales.Viewer, deal, person sales.ID, role sales.BuyerRole) error {
	x, err := d.deal(ctx, v, deal)
	if err != nil {
		return err
	}
	p, err := d.person(ctx, v, person)
	if err != nil {
		return err
	}
	if !role.Valid() {
		return sales.Errorf(sales.Invalid, "Choose what they do in the deal.")
	}
	err = d.inTx(ctx, func(tx *store.Tx) error { return d.intoDeal(ctx, tx, v, x, p.ID, role) })
	d.changed(ctx, p, p.Name()+" takes part in "+x.Name)
	return err
}

// intoDeal writes the part and, for somebody new, its line.
func (d *Desk) intoDeal(ctx context.Context, tx *store.Tx, v sales.Viewer, x sales.Deal, person sales.ID, role sales.BuyerRole) error {
	p, err := tx.Person(ctx, v.WorkspaceID, person)
	if err != nil {
		return err
	}
	in, err := tx.PartsIn(ctx, v.WorkspaceID, []sales.ID{x.ID})
	if err != nil {
		return err
	}
	fresh := true
	for _, y := range in[x.ID] {
		fresh = fresh && y.PersonID != person
	}
	if len(in[x.ID]) >= 50 && fresh {
		return sales.Errorf(sales.Limited, "A deal has at most 50 people. Take somebody out first.")
	}
	if err := tx.SavePart(ctx, sales.Part{WorkspaceID: v.WorkspaceID, AccountID: x.AccountID, DealID: x.ID, PersonID: person, Role: role, At: d.now()}); err != nil || !fresh {
		return err
	}
	return write(ctx, tx, d.dealMove(v, x, p.Name()+" takes part in “"+x.Name+"”."))
}

// TakeOutOfDeal says that a person takes no part in a deal any more.
func (d *Desk) TakeOutOfDeal(ctx context.Context, v sales.Viewer, deal, person sales.ID) error {
	x, err := d.deal(ctx, v, deal)
	if err != nil {
		return err
	}
	p, err := d.person(ctx, v, person)
	if err != nil {
		return err
	}
	return d.inTx(ctx, func(tx *store.Tx) error {
		if err := tx.DropPart(ctx, sales.Part{WorkspaceID: v.WorkspaceID, AccountID: x.AccountID, DealID: x.ID, PersonID: p.ID}); err != nil {
			return err
		}
		return write(ctx, tx, d.dealMove(v, x, p.Name()+" takes no part in “"+x.Name+"” any more."))
	})
}

// PutAtAccount says what a person does at their account, and who named them;
// namedBy 0 leaves that as it is.
func (d *Desk) PutAtAccount(ctx context.Context, v sales.Viewer, person sales.ID, role sales.BuyerRole, namedBy sales.ID) error {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return err
	}
	if p.AccountID == 0 {
		return sales.Errorf(sales.Invalid, "%s belongs to no account. Write the company on their page first.", p.Name())
	}
	if !role.Valid() {
		return sales.Errorf(sales.Invalid, "Choose what they do at the account.")
	}
	if namedBy != 0 {
		if _, err := d.person(ctx, v, namedBy); err != nil {
			return err
		}
	}
	if namedBy == p.ID {
		namedBy = 0
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		return tx.SavePart(ctx, sales.Part{WorkspaceID: v.WorkspaceID, AccountID: p.AccountID, PersonID: p.ID, Role: role, NamedBy: namedBy, At: d.now()})
	})
	d.changed(ctx, p, p.Name()+" changed")
	return err
}

// Referred keeps at the account that a person was named by somebody else there. Who
// named them first stays, and what they do; across accounts nothing is kept.
func (d *Desk) Referred(ctx context.Context, v sales.Viewer, named, by sales.ID) error {
	p, err := d.person(ctx, v, named)
	if err != nil {
		return err
	}
	n, err := d.person(ctx, v, by)
	if err != nil {
		return err
	}
	if p.AccountID == 0 || p.AccountID != n.AccountID || p.ID == n.ID {
		return nil
	}
	parts, err := d.Store.PartsAt(ctx, v.WorkspaceID, p.AccountID)
	if err != nil {
		return err
	}
	var role sales.BuyerRole
	for _, x := range parts {
		if x.PersonID == p.ID {
			if x.NamedBy != 0 {
				return nil
			}
			role = x.Role
		}
	}
	return d.PutAtAccount(ctx, v, p.ID, role, n.ID)
}

// NextStepTask puts the next step of a deal into Next: a task about one of its
// people on the day of the step. A second one takes the place of the first.
func (d *Desk) NextStepTask(ctx context.Context, v sales.Viewer, deal, person sales.ID) (Undo, error) {
	x, err := d.deal(ctx, v, deal)
	if err != nil {
		return Undo{}, err
	}
	p, err := d.person(ctx, v, person)
	if err != nil {
		return Undo{}, err
	}
	if x.NextStep == "" {
		return Undo{}, sales.Errorf(sales.Invalid, "Write the next step of the deal first.")
	}
	now := d.now()
	due := now
	if !x.NextOn.IsZero() {
		if at := time.Date(x.NextOn.Year(), x.NextOn.Month(), x.NextOn.Day(), 8, 30, 0, 0, d.zone(ctx, v)); at.After(now) {
			due = at
		}
	}
	t := sales.Task{WorkspaceID: v.WorkspaceID, ID: d.Store.NewID(), Kind: sales.TaskDo, PersonID: p.ID, UserID: v.UserID, Title: clip(x.NextStep, 300),
		Note: "The next step of “" + x.Name + "”.", CreatedAt: now, DueAt: due}
	if due.After(now) {
		t.SnoozedUntil = due
	}
	err = d.Store.InTx(ctx, func(tx *store.Tx) error {
		t.Key = fmt.Sprintf("deal/%d/next/%d", x.ID, t.ID)
		if x.TaskID != 0 {
			if err := tx.EndTask(ctx, v.WorkspaceID, x.TaskID, sales.TaskCanceled, now, "another next step"); err != nil && sales.CodeOf(err) != sales.NotFound {
				return err
			}
		}
		if _, err := tx.OpenTask(ctx, t); err != nil {
			return err
		}
		y := x
		y.TaskID, y.UpdatedAt = t.ID, now
		a, err := tx.Account(ctx, v.WorkspaceID, x.AccountID)
		if err != nil {
			return err
		}
		return tx.SaveDeal(ctx, y, a.Name)
	})
	if err != nil {
		return Undo{}, err
	}
	d.changed(ctx, p, "To do: "+x.NextStep)
	d.kick(v.WorkspaceID)
	return Undo{Say: "It comes up in Next with " + p.Name() + "."}, nil
}

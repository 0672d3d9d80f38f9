package practice

import (
	"context"

	"ninetyten/internal/auth"
	deskpkg "ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox"
)

// desk plays the world's sellers through the commands that pages use.
type desk struct{ p *Practice }

var _ sandbox.SellerDesk = desk{}

func (d desk) viewer(seller string) (sales.Viewer, error) {
	u, ok := d.p.sellers[seller]
	if !ok {
		return sales.Viewer{}, sales.Errorf(sales.NotFound, "no seller %s", seller)
	}
	return auth.ViewerOf(u), nil
}

// Tasks implements sandbox.SellerDesk. The visitor's own queue is left to them.
func (d desk) Tasks(ctx context.Context, seller string) ([]sandbox.DeskTask, error) {
	v, err := d.viewer(seller)
	if err != nil || !d.p.opt.Alone && v.UserID == d.p.user(0).ID {
		return nil, err
	}
	tasks, err := d.p.App.Store.OpenTasks(ctx, v.WorkspaceID, v.UserID, 500)
	if err != nil {
		return nil, err
	}
	now := d.p.Clock.Now()
	var out []sandbox.DeskTask
	for _, t := range tasks {
		if t.SnoozedUntil.After(now) {
			continue
		}
		p, err := d.p.App.Store.PersonAny(ctx, v.WorkspaceID, t.PersonID)
		if err != nil {
			return nil, err
		}
		out = append(out, sandbox.DeskTask{ID: t.ID.String(), Kind: t.Kind, Email: p.Email, Intent: t.Intent})
	}
	return out, nil
}

func (d desk) task(ctx context.Context, seller, id string) (sales.Viewer, sales.Task, error) {
	v, err := d.viewer(seller)
	if err != nil {
		return v, sales.Task{}, err
	}
	n, err := sales.ParseID(id)
	if err != nil {
		return v, sales.Task{}, err
	}
	t, err := d.p.App.Store.Task(ctx, v.WorkspaceID, n)
	if err == nil && t.State != sales.TaskOpen {
		err = sales.Errorf(sales.Conflict, "This was done already.")
	}
	return v, t, err
}

// Answer implements sandbox.SellerDesk.
func (d desk) Answer(ctx context.Context, seller, id, text string) error {
	v, t, err := d.task(ctx, seller, id)
	if err != nil {
		return err
	}
	_, err = d.p.App.Desk.Write(ctx, v, deskpkg.Letter{PersonID: t.PersonID, ReplyTo: t.MessageID, TaskID: t.ID, Body: text, Quote: true, Nonce: id})
	if sales.CodeOf(err) == sales.Forbidden { // on the suppression list meanwhile
		return d.Finish(ctx, seller, id, "must not be written to")
	}
	return err
}

// LogCall implements sandbox.SellerDesk.
func (d desk) LogCall(ctx context.Context, seller, id string, c sales.Call) error {
	v, t, err := d.task(ctx, seller, id)
	if err != nil {
		return err
	}
	_, err = d.p.App.Desk.LogCall(ctx, v, deskpkg.CallLog{PersonID: t.PersonID, TaskID: t.ID, Disposition: c.Disposition, Sentiment: c.Sentiment, Purpose: c.Purpose, Minutes: c.Minutes, Note: c.Note})
	return err
}

// Approve implements sandbox.SellerDesk.
func (d desk) Approve(ctx context.Context, seller, id string) error {
	v, t, err := d.task(ctx, seller, id)
	if err != nil {
		return err
	}
	_, err = d.p.App.Desk.Approve(ctx, v, t.ID, "", "")
	return err
}

// Finish implements sandbox.SellerDesk.
func (d desk) Finish(ctx context.Context, seller, id, note string) error {
	v, t, err := d.task(ctx, seller, id)
	if err != nil {
		return err
	}
	if t.Kind == sales.TaskConfirm {
		return d.p.App.Desk.Confirm(ctx, v, t.ID, true)
	}
	_, err = d.p.App.Desk.Complete(ctx, v, t.ID, note)
	return err
}

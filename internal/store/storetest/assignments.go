package storetest

import (
	"context"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// assignment is of the thread in x.
func (x *Filled) assignment() sales.Assignment {
	return sales.Assignment{WorkspaceID: x.Workspace.ID, ThreadID: x.Thread.ID, UserID: x.Owner.ID, FromID: x.Seller.ID, ByID: x.Seller.ID, OwnerID: x.Seller.ID, At: Now}
}

// readingsAssigned are the methods about who answers, see readings.
func readingsAssigned(s *store.Store, add func(string, func(context.Context, sales.Viewer) (int, error)), addTx func(string, func(context.Context, *store.Tx, sales.ID) (int, error)), x *Filled) {
	add("Assignment", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.Assignment(ctx, v.WorkspaceID, x.Thread.ID))
	})
	addTx("Assignment", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.Assignment(ctx, ws, x.Thread.ID))
	})
}

// strangersAssigned are the writes about who answers, see testStrangersWrite.
func strangersAssigned(ctx context.Context, t *testing.T, ws sales.ID, x *Filled) map[string]func(*store.Tx) error {
	return map[string]func(*store.Tx) error{
		"Unassign": func(tx *store.Tx) error { return tx.Unassign(ctx, ws, x.Thread.ID) },
		"GiveTask": func(tx *store.Tx) error {
			task := x.Task
			task.WorkspaceID = ws
			wantCode(t, tx.GiveTask(ctx, task, x.Owner.ID), sales.Conflict)
			return nil
		},
	}
}

// testAssigned: who answers in a thread is kept, once for each; a task changes
// hands once, and is served to the other at once; answers that were given are
// found by who gave them, and not what was closed without one.
func testAssigned(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	if got := ok[sales.Assignment](t)(s.Assignment(ctx, ws, x.Thread.ID)); got != x.assignment() {
		t.Errorf("%+v", got)
	}
	given := x.Task
	given.UserID = x.Owner.ID
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		again := x.assignment()
		again.UserID, again.OwnerID, again.At = x.Seller.ID, 0, wait(1)
		if err := tx.Assign(ctx, again); err != nil {
			return err
		}
		if got, err := tx.Assignment(ctx, ws, x.Thread.ID); got != again || err != nil {
			t.Errorf("given again: %+v %v", got, err)
		}
		if err := tx.GiveTask(ctx, x.Task, x.Owner.ID); err != nil {
			return err
		}
		wantCode(t, tx.GiveTask(ctx, x.Task, x.Owner.ID), sales.Conflict)
		if got, err := tx.Task(ctx, ws, x.Task.ID); got.UserID != x.Owner.ID || err != nil {
			t.Errorf("the task is with %d: %v", got.UserID, err)
		}
		if err := tx.EndTask(ctx, ws, x.Task.ID, sales.TaskDone, wait(3), "answered by mail"); err != nil {
			return err
		}
		wantCode(t, tx.GiveTask(ctx, given, x.Seller.ID), sales.Conflict)
		return tx.Unassign(ctx, ws, x.Thread.ID)
	})
	_, err := s.Assignment(ctx, ws, x.Thread.ID)
	wantCode(t, err, sales.NotFound)
	if list := ok[[]sales.Task](t)(s.Answered(ctx, ws, x.Owner.ID, wait(3), 9)); len(list) != 1 || list[0].ID != x.Task.ID {
		t.Errorf("answered: %+v", list)
	}
	if list := ok[[]sales.Task](t)(s.Answered(ctx, s.NewID(), x.Owner.ID, wait(3), 9)); len(list) != 0 {
		t.Errorf("a stranger finds %+v", list)
	}
	if list := ok[[]sales.Task](t)(s.Answered(ctx, ws, x.Owner.ID, wait(4), 9)); len(list) != 0 {
		t.Errorf("after it: %+v", list)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.ReopenTask(ctx, ws, x.Task.ID); err != nil {
			return err
		}
		return tx.EndTask(ctx, ws, x.Task.ID, sales.TaskDone, wait(3), "done")
	})
	if list := ok[[]sales.Task](t)(s.Answered(ctx, ws, x.Owner.ID, Now, 9)); len(list) != 0 {
		t.Errorf("closed without an answer: %+v", list)
	}
}

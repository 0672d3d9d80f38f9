package storetest

import (
	"context"
	"slices"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// apply writes a decision about an enrollment that only has effects.
func apply(t testing.TB, s *store.Store, e sales.Enrollment, sub store.Subject, effects ...sales.Effect) (sales.Enrollment, store.Applied) {
	t.Helper()
	var out store.Applied
	next := e
	next.Version++
	must(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
		out, err = tx.Apply(ctx, e, sales.Decision{Next: next, Changed: true, Effects: effects, Why: "test"}, sub, Now)
		return err
	})
	return next, out
}

func testApply(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 1)
	was := w.Enroll(t, 0)
	ctx := t.Context()
	next := was
	next.State, next.Reason, next.Actor, next.StateAt, next.Position, next.Awaiting = sales.Paused, sales.PausedBlocked, sales.ByLeader, wait(1), 2, true
	next.NextAt, next.Until, next.Version, next.AutoMails, next.Mails, next.LastStepAt, next.ThreadID = wait(2), wait(3), was.Version+1, 4, 5, wait(4), 77
	next.HoldGate, next.HoldWhy, next.HoldUntil = sales.GateWindow, "too late", wait(5)
	move := sales.Move{WorkspaceID: w.Workspace.ID, At: wait(1), Actor: sales.ByLeader, Kind: sales.MoveState, PersonID: was.PersonID, EnrollmentID: was.ID, Text: "paused"}
	d := sales.Decision{Next: next, Changed: true, Moves: []sales.Move{move}}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Apply(ctx, was, d, store.Subject{Person: w.People[0]}, Now)
		return err
	})
	got := ok[sales.Enrollment](t)(s.Enrollment(ctx, was.WorkspaceID, was.ID))
	if got != next {
		t.Errorf("wrote %+v\nread  %+v", next, got)
	}
	before := dump(t, s, w.Workspace.ID)
	err := try(t, s, func(ctx context.Context, tx *store.Tx) error {
		d.Effects = []sales.Effect{{Kind: sales.FxOpenTask, Key: "k", TaskKind: sales.TaskFix, Title: "t"}}
		_, err := tx.Apply(ctx, was, d, store.Subject{}, Now)
		return err
	})
	wantCode(t, err, sales.Conflict)
	diff(t, "an old version", before, dump(t, s, w.Workspace.ID))
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.Apply(ctx, next, sales.Decision{Next: was, Effects: d.Effects, Moves: d.Moves}, store.Subject{}, Now)
		return err
	})
	diff(t, "a decision that changes nothing", before, dump(t, s, w.Workspace.ID))
	err = try(t, s, func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.ApplyPerson(ctx, []sales.Effect{{Kind: "nonsense"}}, nil, store.Subject{}, Now)
		return err
	})
	wantCode(t, err, sales.Internal)
}

// testEffects: what each effect writes.
func testEffects(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 1)
	e := w.Enroll(t, 0)
	ctx, ws := t.Context(), e.WorkspaceID
	step := w.Sequence.Steps[0].ID
	sub := store.Subject{Person: w.People[0], Intent: sales.Question}
	queue := sales.Effect{Kind: sales.FxQueueMail, Key: "e/1/mail", StepID: step, DueAt: wait(1)}
	e, out := apply(t, s, e, sub, queue)
	m := ok[sales.Mailing](t)(s.MailingByKey(ctx, ws, "e/1/mail"))
	if m.State != sales.MailingQueued || m.Kind != sales.MailingAuto || !m.DueAt.Equal(wait(1)) || m.FollowUp || m.EnrollmentID != e.ID || m.StepID != step || m.PersonID != e.PersonID || m.MailboxID != e.MailboxID || out.Before {
		t.Errorf("queued: %+v", m)
	}
	e, _ = apply(t, s, e, sub, queue, sales.Effect{Kind: sales.FxCancelMail})
	if m = ok[sales.Mailing](t)(s.Mailing(ctx, ws, m.ID)); m.State != sales.MailingCanceled {
		t.Errorf("canceled: %+v", m)
	}
	e.Mails = 1
	draft := sales.Effect{Kind: sales.FxDraftMail, Key: "e/1/mail", StepID: step}
	task := sales.Effect{Kind: sales.FxOpenTask, Key: "e/1/task/approve", StepID: step, TaskKind: sales.TaskApprove, Title: "Approve", DueAt: wait(2)}
	e, out = apply(t, s, e, sub, draft, task)
	m = ok[sales.Mailing](t)(s.DraftOf(ctx, ws, e.ID, step))
	if !m.FollowUp || len(out.Tasks) != 1 || out.Tasks[0].Kind != sales.TaskApprove || out.Tasks[0].UserID != w.Seller.ID {
		t.Errorf("draft: %+v %+v", m, out)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EditDraft(ctx, ws, m.ID, "S", "B") })
	release := sales.Effect{Kind: sales.FxReleaseDraft, Key: "e/1/mail", DueAt: wait(3)}
	e, _ = apply(t, s, e, sub, release)
	m = ok[sales.Mailing](t)(s.Mailing(ctx, ws, m.ID))
	if m.State != sales.MailingQueued || m.Kind != sales.MailingApproved || m.UserID != w.Seller.ID || !m.DueAt.Equal(wait(3)) || m.Subject != "S" || m.Body != "B" {
		t.Errorf("released: %+v", m)
	}
	err := try(t, s, func(ctx context.Context, tx *store.Tx) error {
		next := e
		next.Version++
		_, err := tx.Apply(ctx, e, sales.Decision{Next: next, Changed: true, Effects: []sales.Effect{release}}, sub, Now)
		return err
	})
	wantCode(t, err, sales.Conflict) // there is no draft any more
	fix := sales.Effect{Kind: sales.FxOpenTask, Key: "e/1/task/fix", TaskKind: sales.TaskFix, Title: "Mend"}
	hand := sales.Effect{Kind: sales.FxHandoff, Key: "message/1/handoff", TaskKind: sales.TaskAnswer, Title: "Answer", MessageID: 5, DueAt: wait(1)}
	e, out = apply(t, s, e, store.Subject{Person: w.People[0], OwnerID: w.Owner.ID, Intent: sales.Question}, fix, hand, hand, sales.Effect{Kind: sales.FxCancelTasks})
	if len(out.Tasks) != 2 || out.Tasks[1].UserID != w.Owner.ID || out.Tasks[1].Intent != sales.Question || out.Tasks[1].MessageID != 5 {
		t.Errorf("fix and handoff: %+v", out.Tasks)
	}
	open := ok[[]sales.Task](t)(s.OpenTasksOf(ctx, ws, e.PersonID))
	if len(open) != 2 || open[0].Kind == sales.TaskApprove || open[1].Kind == sales.TaskApprove {
		t.Errorf("the tasks of steps are canceled, others are not: %+v", open)
	}
	ask := sales.Effect{Kind: sales.FxOpenTask, Key: "e/1/ask", TaskKind: sales.TaskDecide, Title: "Decide"}
	other := ask
	other.Key = "e/1/other"
	e, _ = apply(t, s, e, sub, ask, other)
	e, _ = apply(t, s, e, sub, sales.Effect{Kind: sales.FxCancelTasks, TaskKind: sales.TaskDecide, Key: ask.Key})
	if open = ok[[]sales.Task](t)(s.OpenTasksOf(ctx, ws, e.PersonID)); len(open) != 3 || slices.ContainsFunc(open, func(x sales.Task) bool { return x.Key == ask.Key }) {
		t.Errorf("one question is taken back: %+v", open)
	}
	if moves := ok[[]sales.Move](t)(s.MovesOf(ctx, ws, e.PersonID, 9)); len(moves) != 1 || moves[0].Kind != sales.MoveHandoff || moves[0].TaskID != out.Tasks[1].ID {
		t.Errorf("a handoff is one line: %+v", moves)
	}
	_, _ = apply(t, s, e, sub, sales.Effect{Kind: sales.FxMarkAddress, Address: sales.AddressDead}, sales.Effect{Kind: sales.FxMarkAddress, Address: sales.AddressSoft})
	if p := ok[sales.Person](t)(s.PersonAny(ctx, ws, e.PersonID)); p.Address != sales.AddressDead {
		t.Errorf("dead stays dead: %+v", p)
	}
}

// testBefore: what was sent or done before is not asked for again, and says so;
// a problem that comes back opens its task again, under its old ID.
func testBefore(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 1)
	e := w.Enroll(t, 0)
	ws, sub := e.WorkspaceID, store.Subject{Person: w.People[0]}
	task := func(kind sales.TaskKind) sales.Effect {
		return sales.Effect{Kind: sales.FxOpenTask, Key: "k/" + string(kind), TaskKind: kind, Title: "T", DueAt: Now}
	}
	for _, kind := range []sales.TaskKind{sales.TaskCall, sales.TaskDo, sales.TaskApprove, sales.TaskFix, sales.TaskDecide, sales.TaskAnswer} {
		var out store.Applied
		e, out = apply(t, s, e, sub, task(kind))
		first := out.Tasks[0]
		if e, out = apply(t, s, e, sub, task(kind)); len(out.Tasks) != 0 || out.Before {
			t.Errorf("%s is open: %+v", kind, out)
		}
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.EndTask(ctx, ws, first.ID, sales.TaskDone, Now, "done")
		})
		e, out = apply(t, s, e, sub, task(kind))
		again := kind == sales.TaskFix || kind == sales.TaskDecide
		if again != (len(out.Tasks) == 1) || out.Before != (kind == sales.TaskCall || kind == sales.TaskDo || kind == sales.TaskApprove) {
			t.Errorf("%s was done: %+v", kind, out)
		}
		if again && out.Tasks[0].ID != first.ID {
			t.Errorf("%s has another ID than its row", kind)
		}
		if again {
			continue
		}
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.ReopenTask(ctx, ws, first.ID); err != nil {
				return err
			}
			return tx.EndTask(ctx, ws, first.ID, sales.TaskCanceled, Now, "off")
		})
		if e, out = apply(t, s, e, sub, task(kind)); len(out.Tasks) != 1 || out.Tasks[0].ID != first.ID || out.Before {
			t.Errorf("%s was canceled: %+v", kind, out)
		}
	}
}

// testSuppressPerson: the address is on the list once, what stood in the queue is
// canceled, and whoever waited for it is woken.
func testSuppressPerson(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	fx := []sales.Effect{{Kind: sales.FxSuppress, Key: "k", Reason: sales.EndComplaint, Title: "complained", MessageID: x.In.ID}}
	hand := x.Queued
	hand.ID, hand.Key, hand.Kind, hand.EnrollmentID = s.NewID(), "by hand", sales.MailingManual, 0
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.QueueMailing(ctx, hand) })
	for i := range 2 {
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			out, err := tx.ApplyPerson(ctx, fx, nil, store.Subject{Person: x.People[0]}, wait(2))
			if out.Suppressed != (i == 0) {
				t.Errorf("time %d: %+v", i, out)
			}
			return err
		})
	}
	if m := ok[sales.Mailing](t)(s.Mailing(ctx, ws, x.Queued.ID)); m.State != sales.MailingCanceled {
		t.Errorf("%+v", m)
	}
	if m := ok[sales.Mailing](t)(s.Mailing(ctx, ws, hand.ID)); m.State != sales.MailingQueued {
		t.Errorf("written by hand: %+v", m)
	}
	e := ok[sales.Enrollment](t)(s.Enrollment(ctx, ws, x.Enrollment.ID))
	if e.Awaiting || !e.NextAt.Equal(wait(2)) || e.Version != x.Enrollment.Version+1 {
		t.Errorf("nothing will move it: %+v", e)
	}
	if e := ok[sales.Enrollment](t)(s.Enrollment(ctx, ws, x.Drafted.ID)); e.Version != x.Drafted.Version {
		t.Errorf("somebody else's: %+v", e)
	}
	moves := ok[[]sales.Move](t)(s.MovesOf(ctx, ws, x.People[0].ID, 9))
	if moves[0].Kind != sales.MoveSuppressed || moves[1].Kind == sales.MoveSuppressed {
		t.Errorf("%+v", moves)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { // without an address there is nothing to do
		out, err := tx.ApplyPerson(ctx, fx, nil, store.Subject{Person: sales.Person{WorkspaceID: ws, ID: 1}}, Now)
		no(t, out.Suppressed)
		return err
	})
}

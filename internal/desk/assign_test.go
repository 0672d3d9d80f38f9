package desk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// mate adds a colleague who can log in.
func (r *room) mate(role sales.Role, name string) sales.User {
	r.t.Helper()
	u := sales.User{WorkspaceID: r.Workspace.ID, ID: r.NewID(), Email: strings.ToLower(name) + "@brightmail.example", Name: name, Role: role, PasswordHash: "x", Zone: "UTC"}
	r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.InsertUser(ctx, u) })
	return u
}

func as(u sales.User) sales.Viewer {
	return sales.Viewer{WorkspaceID: u.WorkspaceID, UserID: u.ID, Role: u.Role}
}

// TestAssign: a seller gives what is theirs to who may see it, who then has the
// task, the thread and the mailbox to answer from, and all that comes in it; both
// see it, the story tells it, and it can be taken back.
func TestAssign(t *testing.T) {
	r := newRoom(t, 1)
	boss := r.mate(sales.RoleManager, "Mia")
	m := r.answered(0, sales.Interested)
	task := r.only(0, sales.TaskAnswer)
	u := must[desk.Undo](t)(r.d.Assign(t.Context(), r.v, desk.Assign{ThreadID: m.ThreadID, To: boss.ID}))
	if got := r.only(0, sales.TaskAnswer); got.UserID != boss.ID || got.ID != task.ID {
		t.Fatalf("the task is with %d: %+v", got.UserID, got)
	}
	if list := must[[]sales.Task](t)(r.Handoffs(t.Context(), as(boss), r.clock.t, 9)); len(list) != 1 {
		t.Errorf("who got it sees %d", len(list))
	}
	if _, err := r.Person(t.Context(), r.v, r.People[0].ID); err != nil {
		t.Error("who gave it does not see the person any more:", err)
	}
	moves := must[[]sales.Move](t)(r.MovesOf(t.Context(), r.Workspace.ID, r.People[0].ID, 5))
	if moves[0].Text != "Given to Mia to answer." || moves[0].UserID != r.v.UserID {
		t.Errorf("the story: %+v", moves[0])
	}
	_, err := r.d.Assign(t.Context(), r.v, desk.Assign{ThreadID: m.ThreadID, To: boss.ID})
	wantCode(t, "twice", err, sales.Conflict)
	must[desk.Learnt](t)(r.d.Correct(t.Context(), r.v, m.ID, sales.KindReply, sales.Question))
	if got := r.only(0, sales.TaskAnswer); got.UserID != boss.ID {
		t.Errorf("a corrected answer is with %d", got.UserID)
	}
	if err := r.d.Undo(t.Context(), r.v, u.Token); err != nil {
		t.Fatal(err)
	}
	if got := r.only(0, sales.TaskAnswer); got.UserID != r.v.UserID {
		t.Errorf("taken back, the task is with %d", got.UserID)
	}
	wantCode(t, "taken back twice", r.d.Undo(t.Context(), r.v, u.Token), sales.NotFound)
	must[desk.Undo](t)(r.d.Assign(t.Context(), r.v, desk.Assign{ThreadID: m.ThreadID, To: boss.ID}))
	must[desk.Undo](t)(r.d.Write(t.Context(), as(boss), desk.Letter{PersonID: r.People[0].ID, ReplyTo: m.ID, Body: "Hello", TaskID: task.ID}))
	if list := must[[]sales.Task](t)(r.Answered(t.Context(), r.Workspace.ID, boss.ID, time.Time{}, 9)); len(list) != 1 {
		t.Errorf("%d answers given by who got it", len(list))
	}
}

// TestAssignRefused: who may not see the person is refused with what to do, as is
// who cannot answer; nobody gives away what is somebody else's.
func TestAssignRefused(t *testing.T) {
	r := newRoom(t, 1)
	tom, eve := r.mate(sales.RoleSeller, "Tom"), r.mate(sales.RoleSeller, "Eve")
	boss := r.mate(sales.RoleManager, "Mia")
	m := r.answered(0, sales.Question)
	give := func(v sales.Viewer, to sales.ID, with bool) error {
		_, err := r.d.Assign(t.Context(), v, desk.Assign{ThreadID: m.ThreadID, To: to, WithPerson: with})
		return err
	}
	err := give(r.v, tom.ID, false)
	wantCode(t, "may not see", err, sales.Invalid)
	if text := sales.Explain(err); !strings.Contains(text, "Tom may not see") || !strings.Contains(text, "go along") {
		t.Error(text)
	}
	wantCode(t, "somebody else's", give(as(eve), tom.ID, true), sales.NotFound)
	wantCode(t, "no such colleague", give(r.v, r.NewID(), true), sales.NotFound)
	stranger := r.v
	stranger.WorkspaceID = r.NewID()
	wantCode(t, "another workspace", give(stranger, tom.ID, true), sales.NotFound)
	gone := r.mate(sales.RoleManager, "Gone")
	gone.Disabled = true
	r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveUser(ctx, gone) })
	wantCode(t, "shut out", give(r.v, gone.ID, false), sales.Invalid)
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.InsertAbsence(ctx, sales.Absence{WorkspaceID: r.Workspace.ID, ID: tx.NewID(), UserID: boss.ID, From: r.clock.t.Add(-time.Hour), To: r.clock.t.Add(time.Hour), Mode: sales.AbsencePause, State: sales.AbsenceNow})
	})
	wantCode(t, "away", give(r.v, boss.ID, false), sales.Invalid)
	if got := r.only(0, sales.TaskAnswer); got.UserID != r.v.UserID {
		t.Error("a refusal moved the task")
	}
}

// TestAssignWithPerson: the person goes along and comes back with them, though who
// gave them may not see them meanwhile; nobody else takes it back, nor does anybody
// after it went on.
func TestAssignWithPerson(t *testing.T) {
	r := newRoom(t, 1)
	tom, eve := r.mate(sales.RoleSeller, "Tom"), r.mate(sales.RoleSeller, "Eve")
	m := r.answered(0, sales.Question)
	give := desk.Assign{ThreadID: m.ThreadID, To: tom.ID, WithPerson: true}
	u := must[desk.Undo](t)(r.d.Assign(t.Context(), r.v, give))
	if p := r.person(0); p.OwnerID != tom.ID || r.only(0, sales.TaskAnswer).UserID != tom.ID {
		t.Fatalf("belongs to %d", p.OwnerID)
	}
	_, err := r.Person(t.Context(), r.v, r.People[0].ID)
	wantCode(t, "who gave them away", err, sales.NotFound)
	wantCode(t, "somebody else", r.d.Undo(t.Context(), as(eve), u.Token), sales.Forbidden)
	wantCode(t, "who got it", r.d.Undo(t.Context(), as(tom), u.Token), sales.Forbidden)
	if err := r.d.Undo(t.Context(), r.v, u.Token); err != nil {
		t.Fatal(err)
	}
	if p := r.person(0); p.OwnerID != r.v.UserID || r.only(0, sales.TaskAnswer).UserID != r.v.UserID {
		t.Errorf("taken back, belongs to %d", p.OwnerID)
	}
	u = must[desk.Undo](t)(r.d.Assign(t.Context(), r.boss, give)) // a leader gives any
	r.clock.t = r.clock.t.Add(25 * time.Hour)
	wantCode(t, "a day later", r.d.Undo(t.Context(), r.boss, u.Token), sales.Conflict)
	// The person goes elsewhere: the thread goes with them.
	must[sales.Person](t)(r.d.SavePerson(t.Context(), r.boss, func() sales.Person { p := r.person(0); p.OwnerID = eve.ID; return p }(), ""))
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		who, err := casework.New(tx, r.Workspace.ID).Answers(ctx, tx, r.person(0), m.ThreadID, eve.ID, r.clock.t)
		if who != eve.ID {
			t.Error("an answer goes to who may not see the person")
		}
		return err
	})
}

// TestAnswers: what comes in a thread that was given away goes to who got it.
func TestAnswers(t *testing.T) {
	r := newRoom(t, 1)
	boss, m := r.mate(sales.RoleManager, "Mia"), r.answered(0, sales.Question)
	must[desk.Undo](t)(r.d.Assign(t.Context(), r.v, desk.Assign{ThreadID: m.ThreadID, To: boss.ID}))
	p := r.person(0)
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		b := casework.New(tx, r.Workspace.ID)
		for thread, want := range map[sales.ID]sales.ID{m.ThreadID: boss.ID, 0: r.v.UserID, tx.NewID(): r.v.UserID} {
			if who, err := b.Answers(ctx, tx, p, thread, r.v.UserID, r.clock.t); who != want || err != nil {
				t.Errorf("in thread %d answers %d, %v", thread, who, err)
			}
		}
		return nil
	})
}

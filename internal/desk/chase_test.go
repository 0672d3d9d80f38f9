package desk_test

import (
	"context"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

func TestChase(t *testing.T) {
	r := newRoom(t, 1)
	ctx, p := t.Context(), r.People[0]
	letter := desk.Letter{PersonID: p.ID, Subject: "Thursday", Body: "Hello"}
	if _, err := r.d.Write(ctx, r.v, letter); err != nil {
		t.Fatalf("a first mail is no chase: %v", err)
	}
	line := func(kind sales.MoveKind, actor sales.Actor) {
		r.tx(func(ctx context.Context, tx *store.Tx) error {
			return tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: p.WorkspaceID, At: r.clock.t, Actor: actor, Kind: kind, PersonID: p.ID}})
		})
	}
	line(sales.MoveMailManual, sales.BySeller)
	r.clock.t = r.clock.t.Add(48 * time.Hour)
	letter.Nonce = "a"
	_, err := r.d.Write(ctx, r.v, letter)
	wantErr(t, err, sales.Invalid, "Say why")
	letter.Chase = "The trial ends on Friday"
	u := must[desk.Undo](t)(r.d.Write(ctx, r.v, letter))
	must[desk.Undo](t)(r.d.Write(ctx, r.v, letter)) // the form was sent twice
	seen := func() *desk.Chasing {
		return must[*desk.Chasing](t)(r.d.Chasing(ctx, r.v, must[sales.Person](t)(r.Person(ctx, r.v, p.ID))))
	}
	if c := seen(); c == nil || len(c.Before) != 1 || c.Before[0].Reason != letter.Chase || c.Before[0].Answered || c.DoorOpen || c.RestDays != 60 {
		t.Errorf("%+v", c)
	}
	if err := r.d.Undo(ctx, r.v, u.Token); err != nil {
		t.Fatal(err)
	}
	if c := seen(); len(c.Before) != 0 {
		t.Errorf("a mail that was taken back is no chase: %+v", c)
	}
	letter.Chase, letter.Door, letter.Nonce = "", true, "b"
	must[desk.Undo](t)(r.d.Write(ctx, r.v, letter))
	if c := seen(); !c.DoorOpen || len(c.Before) != 1 || !c.Before[0].RestUntil.Equal(r.clock.t.AddDate(0, 0, 60)) {
		t.Errorf("%+v", c)
	}
	letter.Nonce = "c"
	_, err = r.d.Write(ctx, r.v, letter)
	wantErr(t, err, sales.Conflict, "door is open")
	// The mail went: they rest. One more word before that needs a reason too.
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: p.WorkspaceID, At: r.clock.t, Actor: sales.BySeller, Kind: sales.MoveMailManual, PersonID: p.ID, OwnTurn: sales.Resting, Until: r.clock.t.AddDate(0, 0, 60)}})
	})
	r.clock.t = r.clock.t.AddDate(0, 0, 2)
	letter.Nonce, letter.Door = "d", false
	_, err = r.d.Write(ctx, r.v, letter)
	wantErr(t, err, sales.Invalid, "was told that the door is open, and rests until")
	letter.TaskID = r.NewID()
	_, err = r.d.Write(ctx, r.v, letter)
	wantErr(t, err, sales.NotFound, "") // no task asks for it
	letter.TaskID = 0
	_, err = r.d.LogCall(ctx, r.v, desk.CallLog{PersonID: p.ID, Disposition: sales.CallNoAnswer})
	wantErr(t, err, sales.Invalid, "rests until")
	if c := seen(); c == nil || !c.DoorOpen || c.Rests.IsZero() {
		t.Errorf("at rest: %+v", c)
	}
	r.clock.t = r.clock.t.Add(time.Hour)
	line(sales.MoveReply, sales.ByBuyer)
	if c := seen(); c != nil {
		t.Errorf("it is our move, and still a chase: %+v", c)
	}
	line(sales.MoveMailManual, sales.BySeller)
	r.clock.t = r.clock.t.AddDate(0, 0, 8)
	if c := seen(); c.DoorOpen || c.N != 1 || c.Answered != 1 || !c.Before[0].Answered {
		t.Errorf("after their answer: %+v", c)
	}
}

// TestChaseByCall: a call while it is their move needs a reason, which is kept and
// measured like that of a mail; one that a task asked for, and a no, need none.
func TestChaseByCall(t *testing.T) {
	r := newRoom(t, 1)
	ctx, p := t.Context(), r.withPhone("+351225550148")
	call := desk.CallLog{PersonID: p.ID, Disposition: sales.CallNoAnswer}
	must[desk.Undo](t)(r.d.LogCall(ctx, r.v, call)) // nobody wrote to them yet
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: p.WorkspaceID, At: r.clock.t, Actor: sales.BySeller, Kind: sales.MoveMailManual, PersonID: p.ID}})
	})
	r.clock.t = r.clock.t.Add(48 * time.Hour)
	_, err := r.d.LogCall(ctx, r.v, call)
	wantErr(t, err, sales.Invalid, "Say why you call")
	call.Chase = "  "
	_, err = r.d.LogCall(ctx, r.v, call)
	wantErr(t, err, sales.Invalid, "Say why you call")
	seen := func() *desk.Chasing {
		t.Helper()
		c := must[*desk.Chasing](t)(r.d.Chasing(ctx, r.v, must[sales.Person](t)(r.Person(ctx, r.v, p.ID))))
		if c == nil {
			t.Fatal("it is their move")
		}
		return c
	}
	if n := len(must[[]sales.Call](t)(r.CallsOf(ctx, p.WorkspaceID, p.ID))); n != 1 || len(seen().Before) != 0 {
		t.Errorf("%d calls after one that was refused", n)
	}
	call.Chase = "Their tender closes on Friday"
	must[desk.Undo](t)(r.d.LogCall(ctx, r.v, call))
	if c := seen(); len(c.Before) != 1 || c.Before[0].Channel != sales.ChaseCall || c.Before[0].Reason != call.Chase || c.Before[0].Answered {
		t.Errorf("%+v", c)
	}
	call.Disposition, call.Minutes = sales.CallTalked, 4
	must[desk.Undo](t)(r.d.LogCall(ctx, r.v, call))
	if c := seen(); len(c.Before) != 2 {
		t.Errorf("%+v", c)
	}
	must[desk.Undo](t)(r.d.LogCall(ctx, r.v, desk.CallLog{PersonID: p.ID, Disposition: sales.CallDoNotContact}))
}

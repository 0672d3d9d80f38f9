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

package desk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

func (r *room) points() []sales.Point {
	r.t.Helper()
	return must[[]sales.Point](r.t)(r.PointsOf(r.t.Context(), r.Workspace.ID, r.People[0].ID))
}

func (r *room) promiseTasks() []sales.Task {
	r.t.Helper()
	var out []sales.Task
	for _, t := range must[[]sales.Task](r.t)(r.OpenTasksOf(r.t.Context(), r.Workspace.ID, r.People[0].ID)) {
		if strings.HasPrefix(t.Key, "promise/") {
			out = append(out, t)
		}
	}
	return out
}

// TestNotedOnACall: what is typed during a call becomes promises, questions,
// pains and connections with the call as their source.
func TestNotedOnACall(t *testing.T) {
	r := newRoom(t, 1)
	ctx, p := t.Context(), r.People[0]
	note := "Nice talk.\n! send prices by Friday\n! they: bring the CFO\n? who signs\n+ mornings are lost re-planning\n= You lose mornings; four minutes would do."
	must[desk.Undo](t)(r.d.LogCall(ctx, r.v, desk.CallLog{PersonID: p.ID, Disposition: sales.CallTalked, Minutes: 9, Note: note}))
	calls := must[[]sales.Call](t)(r.CallsOf(ctx, r.Workspace.ID, p.ID))
	list := r.points()
	if len(calls) != 1 || calls[0].Note != note || len(list) != 4 {
		t.Fatalf("%+v\n%+v", calls, list)
	}
	for _, pt := range list {
		if pt.Source != sales.FromCall || pt.SourceID != calls[0].ID || pt.State != sales.PointOpen || pt.UserID != r.Seller.ID {
			t.Errorf("%+v", pt)
		}
	}
	conns := must[[]sales.Connection](t)(r.ConnectionsOf(ctx, r.Workspace.ID, p.ID))
	if len(conns) != 1 || conns[0].PainID != list[0].ID || list[0].Kind != sales.PointPain {
		t.Errorf("%+v %+v", conns, list[0])
	}
	tasks := r.promiseTasks()
	if len(tasks) != 1 || tasks[0].Title != "You promised: send prices" || !tasks[0].DueAt.Equal(time.Date(2026, 3, 6, 17, 0, 0, 0, time.UTC)) || !tasks[0].SnoozedUntil.Equal(time.Date(2026, 3, 6, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", tasks)
	}
}

// TestPromiseAndItsTask: either ends the other, and can be taken back.
func TestPromiseAndItsTask(t *testing.T) {
	r := newRoom(t, 1)
	ctx, p := t.Context(), r.People[0]
	pt := must[sales.Point](t)(r.d.AddPoint(ctx, r.v, p.ID, sales.Point{Kind: sales.PointPromise, Side: sales.OurMove, Text: "  send\nprices "}))
	if pt.Text != "send prices" || len(r.promiseTasks()) != 1 {
		t.Fatalf("%+v", pt)
	}
	must[desk.Undo](t)(r.d.Wait(ctx, r.v, p.ID, time.Time{}))
	if len(r.promiseTasks()) != 1 {
		t.Error("waiting for them breaks what we promised")
	}
	u := must[desk.Undo](t)(r.d.Complete(ctx, r.v, pt.TaskID, ""))
	if got := r.points()[0]; got.State != sales.PointKept || got.EndedBy != r.Seller.ID {
		t.Errorf("the task is done: %+v", got)
	}
	if err := r.d.Undo(ctx, r.v, u.Token); err != nil || r.points()[0].State != sales.PointOpen || len(r.promiseTasks()) != 1 {
		t.Error(err, r.points())
	}
	u = must[desk.Undo](t)(r.d.EndPoint(ctx, r.v, pt.ID, sales.PointBroken, "", 0))
	if len(r.promiseTasks()) != 0 {
		t.Error("its task is left")
	}
	must[desk.Undo](t)(r.d.EndPoint(ctx, r.v, pt.ID, sales.PointBroken, "", 0))
	if err := r.d.Undo(ctx, r.v, u.Token); err != nil || r.points()[0].State != sales.PointOpen || len(r.promiseTasks()) != 1 {
		t.Error(err, r.points())
	}
	if err := r.d.Undo(ctx, r.v, u.Token); sales.CodeOf(err) != sales.Conflict {
		t.Error(err)
	}
	var said []string
	for _, m := range must[[]sales.Move](t)(r.MovesOf(ctx, r.Workspace.ID, p.ID, 20)) {
		if m.Kind == sales.MovePoint {
			said = append(said, m.Text)
		}
	}
	if s := strings.Join(said, " | "); s != "Not kept. You promised: send prices. | Kept. You promised: send prices. | You promised: send prices." {
		t.Error(s)
	}
}

// TestPointsRefused: nonsense, and what one may not see.
func TestPointsRefused(t *testing.T) {
	r := newRoom(t, 2)
	ctx := t.Context()
	add := func(v sales.Viewer, person sales.ID, pt sales.Point) error {
		_, err := r.d.AddPoint(ctx, v, person, pt)
		return err
	}
	good := sales.Point{Kind: sales.PointQuestion, Side: sales.TheirMove, Text: "who signs"}
	for name, pt := range map[string]sales.Point{
		"empty": {Kind: sales.PointPain, Text: " "}, "long": {Kind: sales.PointPain, Text: strings.Repeat("x", 501)}, "kind": {Kind: "fact", Side: sales.OurMove, Text: "x"},
		"side": {Kind: sales.PointPromise, Text: "x"}, "past": {Kind: sales.PointPromise, Side: sales.OurMove, Text: "x", DueAt: r.clock.t.Add(-time.Hour)},
	} {
		if err := add(r.v, r.People[0].ID, pt); sales.CodeOf(err) != sales.Invalid {
			t.Error(name, err)
		}
	}
	other := sales.Viewer{WorkspaceID: r.Workspace.ID, UserID: r.NewID(), Role: sales.RoleSeller}
	if err := add(other, r.People[0].ID, good); sales.CodeOf(err) != sales.NotFound {
		t.Error(err)
	}
	if err := add(r.v, r.People[0].ID, good); err != nil {
		t.Fatal(err)
	}
	id := r.points()[0].ID
	if _, err := r.d.EndPoint(ctx, other, id, sales.PointAnswered, "", 0); sales.CodeOf(err) != sales.NotFound {
		t.Error(err)
	}
	if _, err := r.d.EndPoint(ctx, r.v, id, sales.PointKept, "", 0); sales.CodeOf(err) != sales.Invalid {
		t.Error(err)
	}
	if err := r.d.Undo(ctx, other, "point/"+id.String()); sales.CodeOf(err) != sales.NotFound {
		t.Error(err)
	}
	must[desk.Undo](t)(r.d.EndPoint(ctx, r.v, id, sales.PointAnswered, "", 0))
}

// TestTheirPromiseIsKept: what they had taken on and did is a move of theirs, which
// counts on their side and makes the next step ours; taken back and kept again it
// counts once.
func TestTheirPromiseIsKept(t *testing.T) {
	r := newRoom(t, 1)
	ctx, p := t.Context(), r.People[0]
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: p.WorkspaceID, At: r.clock.t, Actor: sales.BySeller, Kind: sales.MoveMailManual, PersonID: p.ID}})
	})
	keep := func(side sales.MoveSide, text string) desk.Undo {
		t.Helper()
		pt := must[sales.Point](t)(r.d.AddPoint(ctx, r.v, p.ID, sales.Point{Kind: sales.PointPromise, Side: side, Text: text}))
		return must[desk.Undo](t)(r.d.EndPoint(ctx, r.v, pt.ID, sales.PointKept, "", 0))
	}
	done := func() (n int) {
		t.Helper()
		for _, m := range must[[]sales.Move](t)(r.MovesOf(ctx, p.WorkspaceID, p.ID, 50)) {
			if m.Kind == sales.MovePlanDone {
				n++
				if m.Actor != sales.ByBuyer || m.Minutes != 20 || m.Text != "Kept. They promised: bring the CFO." {
					t.Errorf("%+v", m)
				}
			}
		}
		return n
	}
	if keep(sales.OurMove, "send prices"); done() != 0 {
		t.Error("what we did counts for them")
	}
	if got := must[sales.Person](t)(r.Person(ctx, r.v, p.ID)); got.Move != sales.TheirMove {
		t.Errorf("%s", got.Move)
	}
	u := keep(sales.TheirMove, "bring the CFO")
	if got := must[sales.Person](t)(r.Person(ctx, r.v, p.ID)); done() != 1 || got.Move != sales.OurMove {
		t.Errorf("%d, %s", done(), got.Move)
	}
	if err := r.d.Undo(ctx, r.v, u.Token); err != nil {
		t.Fatal(err)
	}
	for _, pt := range r.points() {
		if pt.State == sales.PointOpen {
			must[desk.Undo](t)(r.d.EndPoint(ctx, r.v, pt.ID, sales.PointKept, "", 0))
		}
	}
	if done() != 1 {
		t.Errorf("it counts %d times", done())
	}
}

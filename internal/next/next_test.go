package next_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/next"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

type hands struct{ t time.Time }

func (c *hands) Now() time.Time { return c.t }

// room is a world with a queue, and its two clocks.
type room struct {
	*storetest.World
	t     *testing.T
	clock *hands
	wall  *hands
	q     *next.Queue
	boss  sales.Viewer
}

func newRoom(t *testing.T, people int) *room {
	t.Helper()
	w := storetest.NewWorld(t, storetest.Open(t), people)
	r := &room{World: w, t: t, clock: &hands{storetest.Now}, wall: &hands{time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)}}
	r.q = &next.Queue{Store: w.Store, Clock: r.clock, Wall: r.wall.Now}
	r.boss = sales.Viewer{WorkspaceID: w.Workspace.ID, UserID: w.Owner.ID, Role: sales.RoleOwner}
	return r
}

// open opens a task about a person.
func (r *room) open(i int, v sales.Viewer, edit func(*sales.Task)) sales.Task {
	r.t.Helper()
	x := sales.Task{
		WorkspaceID: r.Workspace.ID, ID: r.NewID(), Kind: sales.TaskAnswer, PersonID: r.People[i].ID, UserID: v.UserID, Title: "Answer", Intent: sales.Interested,
		CreatedAt: r.clock.t.Add(-time.Duration(i) * time.Minute), DueAt: r.clock.t.Add(15 * time.Minute),
	}
	x.Key = x.ID.String()
	if edit != nil {
		edit(&x)
	}
	if err := r.InTx(r.t.Context(), func(tx *store.Tx) error { _, err := tx.OpenTask(r.t.Context(), x); return err }); err != nil {
		r.t.Fatal(err)
	}
	return x
}

func (r *room) serve(v sales.Viewer, want sales.ID) next.View {
	r.t.Helper()
	view, err := r.q.Serve(r.t.Context(), v, want)
	if err != nil {
		r.t.Fatal(err)
	}
	return view
}

func (r *room) end(id sales.ID) {
	r.t.Helper()
	if err := r.InTx(r.t.Context(), func(tx *store.Tx) error {
		return tx.EndTask(r.t.Context(), r.Workspace.ID, id, sales.TaskDone, r.clock.t, "done")
	}); err != nil {
		r.t.Fatal(err)
	}
}

// TestServe: one at a time; whom one has stays, even when a more urgent one comes.
func TestServe(t *testing.T) {
	r := newRoom(t, 3)
	v := r.Viewer()
	if view := r.serve(v, 0); view.Now != nil || len(view.Next)+len(view.Held)+view.Done != 0 {
		t.Errorf("an empty queue: %+v", view)
	}
	first := r.open(0, v, func(x *sales.Task) { x.Kind, x.Intent = sales.TaskDo, "" })
	view := r.serve(v, 0)
	if view.Now == nil || view.Now.Person.ID != r.People[0].ID || len(view.Next) != 0 || !view.Now.LeaseUntil.Equal(r.wall.t.Add(20*time.Minute)) {
		t.Fatalf("%+v", view.Now)
	}
	if len(view.Now.Reasons) == 0 || view.Now.Company != "Brightwater Logistics" {
		t.Errorf("no reasons: %+v", view.Now)
	}
	r.open(1, v, nil)
	if view = r.serve(v, 0); view.Now.Person.ID != r.People[0].ID || len(view.Next) != 1 {
		t.Errorf("pulled away to %v", view.Now.Person.ID)
	}
	r.wall.t = r.wall.t.Add(21 * time.Minute) // the lease ran out
	if view = r.serve(v, 0); view.Now.Person.ID != r.People[1].ID {
		t.Errorf("after the lease: %v", view.Now.Person.ID)
	}
	if view = r.serve(v, r.People[0].ID); view.Now.Person.ID != r.People[0].ID || len(view.Next) != 1 {
		t.Errorf("asked for one: %v", view.Now.Person.ID)
	}
	r.end(first.ID)
	if view = r.serve(v, 0); view.Now.Person.ID != r.People[1].ID || view.Done != 1 {
		t.Errorf("after it was done: %v, %d done", view.Now.Person.ID, view.Done)
	}
	if err := r.q.Release(t.Context(), v, r.People[1].ID); err != nil {
		t.Fatal(err)
	}
	leases, err := r.PersonLeases(t.Context(), r.Workspace.ID, r.wall.t)
	if err != nil || len(leases) != 0 {
		t.Errorf("%v, %v", leases, err)
	}
}

// TestNobodyTwice: however many look at once, two users never have the same person.
func TestNobodyTwice(t *testing.T) {
	r := newRoom(t, 6)
	for i := range r.People {
		r.open(i, r.Viewer(), nil)
		r.open(i, r.boss, nil)
	}
	for round := range 10 {
		var mu sync.Mutex
		at := map[sales.ID]sales.ID{}
		var wg sync.WaitGroup
		for _, v := range []sales.Viewer{r.Viewer(), r.boss} {
			wg.Go(func() {
				view, err := r.q.Serve(context.Background(), v, 0)
				if err != nil || view.Now == nil {
					t.Error(err, view.Now)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				if other, ok := at[view.Now.Person.ID]; ok {
					t.Errorf("round %d: %v and %v have the same person", round, other, v.UserID)
				}
				at[view.Now.Person.ID] = v.UserID
			})
		}
		wg.Wait()
		r.wall.t = r.wall.t.Add(time.Hour)
	}
	// Somebody whom another has is not listed either, and cannot be asked for.
	mine := r.serve(r.Viewer(), 0).Now.Person.ID
	view := r.serve(r.boss, mine)
	if view.Now == nil || view.Now.Person.ID == mine {
		t.Errorf("%+v", view.Now)
	}
	for _, x := range view.Next {
		if x.Person.ID == mine {
			t.Error("whom another has is listed")
		}
	}
}

// TestHeld: who must not be dealt with now is shown with the reason and the time.
func TestHeld(t *testing.T) {
	r := newRoom(t, 4)
	v, now := r.Viewer(), r.clock.t
	call := func(x *sales.Task) { x.Kind, x.Intent, x.StepID = sales.TaskCall, "", 1 }
	r.open(0, v, func(x *sales.Task) { x.SnoozedUntil = now.Add(time.Hour) })
	r.open(1, v, call)
	r.called(1, now.Add(-time.Hour))
	r.open(2, v, call)
	r.called(2, now.Add(-20*time.Hour))
	r.called(2, now.Add(-10*time.Hour))
	r.open(3, v, call)
	for i := range 4 {
		r.called(3, now.Add(-time.Duration(i+2)*48*time.Hour))
	}
	view := r.serve(v, 0)
	if view.Now != nil || len(view.Next) != 0 || len(view.Held) != 4 {
		t.Fatalf("%+v, %d next, %d held", view.Now, len(view.Next), len(view.Held))
	}
	want := map[sales.ID]struct {
		why   string
		until time.Time
	}{
		r.People[0].ID: {"put off until", now.Add(time.Hour)},
		r.People[1].ID: {"called less than four hours ago", now.Add(3 * time.Hour)},
		r.People[2].ID: {"called twice in a day", time.Time{}},
		r.People[3].ID: {"called four times without a talk", time.Time{}},
	}
	for _, x := range view.Held {
		w := want[x.Person.ID]
		if !x.Held || !strings.Contains(x.NotBeforeWhy, w.why) || !x.NotBefore.After(now) || !w.until.IsZero() && !x.NotBefore.Equal(w.until) {
			t.Errorf("%q until %v, not %q until %v", x.NotBeforeWhy, x.NotBefore, w.why, w.until)
		}
	}
	// Who is held can still be asked for.
	if view := r.serve(v, r.People[1].ID); view.Now == nil || view.Now.Person.ID != r.People[1].ID || len(view.Held) != 3 {
		t.Errorf("%+v", view.Now)
	}
	// A talk ends the count.
	r.move(sales.Move{PersonID: r.People[3].ID, Kind: sales.MoveTalk, At: now.Add(-30 * time.Hour)})
	if view := r.serve(v, 0); view.Now == nil || view.Now.Person.ID != r.People[3].ID {
		t.Errorf("after a talk: %+v", view.Now)
	}
}

func (r *room) called(i int, at time.Time) {
	r.t.Helper()
	r.move(sales.Move{PersonID: r.People[i].ID, Kind: sales.MoveCall, Actor: sales.BySeller, At: at})
}

func (r *room) move(m sales.Move) {
	r.t.Helper()
	m.WorkspaceID = r.Workspace.ID
	if err := r.InTx(r.t.Context(), func(tx *store.Tx) error { return tx.AppendMoves(r.t.Context(), []sales.Move{m}) }); err != nil {
		r.t.Fatal(err)
	}
}

// TestOnlyOnesOwn: tasks of others, of other workspaces, and about people who are
// gone are not served.
func TestOnlyOnesOwn(t *testing.T) {
	r := newRoom(t, 2)
	other := newRoom(t, 1)
	r.open(0, r.boss, nil)
	other.open(0, other.Viewer(), nil)
	r.open(1, r.Viewer(), func(x *sales.Task) { x.PersonID = 12345 })
	r.open(1, r.Viewer(), func(x *sales.Task) { x.PersonID = 0 })
	view := r.serve(r.Viewer(), 0)
	if view.Now != nil || len(view.Next)+len(view.Held) != 0 {
		t.Errorf("%+v", view)
	}
	if view := r.serve(r.Viewer(), r.People[0].ID); view.Now != nil {
		t.Errorf("somebody else's was asked for: %+v", view.Now)
	}
	if view := r.serve(r.boss, 0); view.Now == nil || view.Now.Person.ID != r.People[0].ID {
		t.Errorf("%+v", view.Now)
	}
}

// TestOnePersonOnce: several tasks about a person are one turn.
func TestOnePersonOnce(t *testing.T) {
	r := newRoom(t, 1)
	r.open(0, r.Viewer(), func(x *sales.Task) { x.Kind, x.Intent = sales.TaskDo, "" })
	answer := r.open(0, r.Viewer(), nil)
	view := r.serve(r.Viewer(), 0)
	if view.Now == nil || view.Now.Task.ID != answer.ID || len(view.Now.Tasks) != 2 || len(view.Next) != 0 {
		t.Errorf("%+v", view)
	}
}

// TestNotTheirs: a task about somebody whom the user may not see is not in their
// queue; a manager sees all.
func TestNotTheirs(t *testing.T) {
	r := newRoom(t, 2)
	other := sales.Viewer{WorkspaceID: r.Workspace.ID, UserID: r.NewID(), Role: sales.RoleSeller}
	r.open(0, other, nil) // of the seller's person
	if err := r.InTx(t.Context(), func(tx *store.Tx) error {
		p := r.People[1]
		p.OwnerID = 0
		return tx.SavePerson(t.Context(), p, r.Account.Name)
	}); err != nil {
		t.Fatal(err)
	}
	r.open(1, other, nil)
	view, err := r.q.Look(t.Context(), other)
	if err != nil || len(view.Next) != 1 || view.Next[0].Person.ID != r.People[1].ID || len(view.Held) != 0 {
		t.Errorf("%+v, %v", view, err)
	}
	other.Role = sales.RoleManager
	if view, err = r.q.Look(t.Context(), other); err != nil || len(view.Next) != 2 {
		t.Errorf("a manager: %+v, %v", view, err)
	}
}

// TestDoneMeanwhile: what is done between the look and the lease is not served, and
// its person is let go; whom it serves comes whole.
func TestDoneMeanwhile(t *testing.T) {
	r := newRoom(t, 2)
	v := r.Viewer()
	first := r.open(0, v, nil)
	second := r.open(1, v, func(x *sales.Task) { x.Kind, x.Intent, x.Note = sales.TaskDo, "", "with a note" })
	wall, asked := r.q.Wall, 0
	r.q.Wall = func() time.Time {
		if asked++; asked == 2 { // the look is over, the lease comes
			r.end(first.ID)
		}
		return wall()
	}
	view := r.serve(v, 0)
	if view.Now == nil || view.Now.Task.ID != second.ID || view.Now.Task.Note != "with a note" || view.Now.Person.CreatedAt.IsZero() || len(view.Next) != 0 {
		t.Fatalf("served %+v", view.Now)
	}
	held, err := r.PersonLeases(t.Context(), r.Workspace.ID, wall())
	if err != nil || len(held) != 1 || held[r.People[1].ID].UserID != v.UserID {
		t.Errorf("reserved are %+v, %v", held, err)
	}
}

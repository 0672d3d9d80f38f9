package runner_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"ninetyten/internal/next"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// bea is a colleague of the seller.
func (w *world) bea() sales.Viewer {
	w.t.Helper()
	u := sales.User{WorkspaceID: w.Workspace.ID, ID: w.NewID(), Email: "bea@brightmail.example", Name: "Bea Stand-In", Role: sales.RoleSeller, Zone: "Europe/Lisbon", CreatedAt: storetest.Now}
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.InsertUser(ctx, u) })
	return sales.Viewer{WorkspaceID: u.WorkspaceID, UserID: u.ID, Role: u.Role}
}

// owners tells whose the people, their enrollments and their open tasks are.
func (w *world) owners() map[sales.ID]int {
	w.t.Helper()
	out := map[sales.ID]int{}
	for _, p := range w.People {
		got, err := w.PersonAny(w.t.Context(), w.Workspace.ID, p.ID)
		if err != nil {
			w.t.Fatal(err)
		}
		out[got.OwnerID]++
		list, err := w.EnrollmentsOf(w.t.Context(), w.Workspace.ID, p.ID)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, e := range list {
			out[e.OwnerID]++
		}
		tasks, err := w.OpenTasksOf(w.t.Context(), w.Workspace.ID, p.ID)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, x := range tasks {
			out[x.UserID]++
		}
	}
	return out
}

func (w *world) openTask(i int, key string, user sales.ID) sales.Task {
	w.t.Helper()
	x := sales.Task{WorkspaceID: w.Workspace.ID, ID: w.NewID(), Key: key, Kind: sales.TaskDo, PersonID: w.People[i].ID, UserID: user, Title: "Do it", CreatedAt: w.clock.Now(), DueAt: w.clock.Now()}
	w.tx(func(ctx context.Context, tx *store.Tx) error { _, err := tx.OpenTask(ctx, x); return err })
	return x
}

// TestHandOver: everything goes to the stand-in and comes back, once, however often
// the pass is killed; mail goes on from the same mailbox.
func TestHandOver(t *testing.T) {
	const people = 230
	w := newWorld(t, people)
	bea, ana := w.bea(), w.Seller.ID
	for i := range people - 1 {
		w.waiting(i, storetest.Now.Add(time.Hour))
		if i < 150 {
			w.openTask(i, fmt.Sprint("task", i), ana)
		}
	}
	a := w.away(0, 4, sales.AbsenceHandOver, bea.UserID)
	all := w.owners()[ana]
	for range 5 {
		w.crash(1)
	}
	w.pass()
	if got := w.owners(); got[bea.UserID] != all || got[ana] != 0 || w.pass() != 0 {
		t.Fatalf("%v, want all %d with the stand-in", got, all)
	}
	if n := w.lines(7, "Handed over to Bea Stand-In until Sat 7 Mar: Ana Seller is away."); n != 1 {
		t.Errorf("%d lines say so", n)
	}
	if n := w.lines(people-1, "Handed over"); n != 0 {
		t.Errorf("%d lines about somebody with whom nothing is going on", n)
	}
	// The stand-in is served them.
	q := next.Queue{Store: w.Store, Clock: w.clock, Wall: w.clock.Now}
	if view, err := q.Serve(t.Context(), bea, 0); err != nil || view.Now == nil {
		t.Errorf("the stand-in is served %+v %v", view.Now, err)
	}
	// The mails go on, in the name of the one who is away.
	w.clock.set(storetest.Now.Add(time.Hour))
	if n := w.run(); n != people-1 {
		t.Errorf("%d mails went out", n)
	}
	if out := w.out(); len(out) == 0 || out[0].From != w.Mailbox.Address {
		t.Errorf("from another mailbox: %v", out)
	}
	// Meanwhile: one person goes to a manager, a task is done, another begins.
	w.person(0, func(p *sales.Person) { p.OwnerID = w.Owner.ID })
	w.openTask(1, "later", bea.UserID)
	w.openTask(2, "still to ana", ana)
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		list, err := tx.OpenTasksOf(ctx, w.Workspace.ID, w.People[3].ID)
		if err != nil {
			return err
		}
		return tx.EndTask(ctx, w.Workspace.ID, list[0].ID, sales.TaskDone, w.clock.Now(), "done")
	})
	w.pass()
	if got := w.owners(); got[ana] != 0 {
		t.Errorf("what came meanwhile stays with who is away: %v", got)
	}
	w.clock.set(a.To)
	for range 4 {
		w.crash(2)
	}
	w.pass()
	if got := w.owners(); got[bea.UserID] != 0 || got[w.Owner.ID] != 1 || w.absence(a.ID).State != sales.AbsenceOver {
		t.Errorf("after the return: %v, %s", got, w.absence(a.ID).State)
	}
	if n := w.lines(7, "Back with Ana Seller, who is back."); n != 1 {
		t.Errorf("%d lines say so", n)
	}
	if n := w.pass(); n != 0 {
		t.Errorf("another pass wrote %d rows", n)
	}
}

// TestHandOverMail: a mail from somebody whom nobody owns, to the mailbox of a
// seller who is away, reaches the stand-in at once.
func TestHandOverMail(t *testing.T) {
	w := newWorld(t, 1)
	bea := w.bea()
	w.person(0, func(p *sales.Person) { p.OwnerID = 0 })
	w.away(0, 4, sales.AbsenceHandOver, bea.UserID)
	w.arrive("INBOX", fmt.Sprintf("Message-ID: <hello@brightwater.example>\nFrom: %s\nTo: %s\nSubject: Your offer\n\nWhat would it cost?\n", w.People[0].Email, w.Mailbox.Address))
	if err := w.watchers.ReadNow(t.Context(), w.mailbox()); err != nil {
		t.Fatal(err)
	}
	if list := w.tasks(0); len(list) != 1 || list[0].UserID != bea.UserID {
		t.Errorf("%+v", list)
	}
}

// TestHandOverNever: an absence that nothing noticed hands nothing over.
func TestHandOverNever(t *testing.T) {
	w := newWorld(t, 1)
	bea := w.bea()
	a := w.away(0, 2, sales.AbsenceHandOver, bea.UserID)
	w.clock.set(a.To)
	if n := w.pass(); n != 1 || w.owners()[bea.UserID] != 0 || w.absence(a.ID).State != sales.AbsenceOver {
		t.Errorf("%d rows, %v", n, w.owners())
	}
}

package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// writeQueue pins and skips somebody.
func (x *Filled) writeQueue(ctx context.Context, tx *store.Tx) error {
	ws, p := x.Workspace.ID, x.People[1].ID
	x.Skip = sales.Skip{WorkspaceID: ws, ID: tx.NewID(), UserID: x.Seller.ID, PersonID: p, TaskID: x.Task.ID, Reason: sales.SkipPrepare, Note: "who decides?", At: Now, Until: wait(9)}
	if err := tx.AddSkip(ctx, x.Skip); err != nil {
		return err
	}
	if rev, err := tx.SaveDraft(ctx, sales.Draft{WorkspaceID: ws, UserID: x.Seller.ID, PersonID: p, Subject: "Prices", Body: "Hello", At: Now}); err != nil || rev != 1 {
		return fmt.Errorf("revision %d, %w", rev, err)
	}
	x.Letter = sales.Letter{WorkspaceID: ws, MailingID: x.Queued.ID, PersonID: x.Queued.PersonID, UserID: x.Seller.ID, Body: "Hello", HTML: "<p>Hello</p>", Quote: "> Hi", To: "rui@buyer.example", ToName: "Rui",
		Cc: []string{"a@buyer.example", "b@buyer.example"}, Files: []sales.ID{x.File.ID}, Later: sales.LaterMorning, Unless: Now, Closed: []sales.ID{x.Task.ID}}
	if err := tx.SaveLetter(ctx, x.Letter); err != nil {
		return err
	}
	if err := tx.Assign(ctx, x.assignment()); err != nil {
		return err
	}
	return tx.Pin(ctx, ws, x.Seller.ID, p, Now)
}

// readingsQueue are the methods of Next, see readings.
func readingsQueue(s *store.Store, add func(string, func(context.Context, sales.Viewer) (int, error)), x *Filled) {
	ids := []sales.ID{x.People[0].ID, x.People[1].ID}
	as := func(v sales.Viewer) sales.Viewer { v.UserID = x.Seller.ID; return v }
	add("QueueTasks", func(ctx context.Context, v sales.Viewer) (int, error) {
		list, _, err := s.QueueTasks(ctx, as(v), wait(1e5), 9)
		return len(list), err
	})
	add("PutOff", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.PutOff(ctx, as(v), Now, 9))
	})
	add("Quiet", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.Quiet(ctx, as(v), wait(1e5), 9))
	})
	add("QueuePeople", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.QueuePeople(ctx, v.WorkspaceID, ids))
	})
	add("TaskTitles", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.TaskTitles(ctx, v.WorkspaceID, []sales.ID{x.Task.ID}))
	})
	add("OpenTasksOfMany", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.OpenTasksOfMany(ctx, v.WorkspaceID, ids))
	})
	add("Pins", func(ctx context.Context, v sales.Viewer) (int, error) { return size(s.Pins(ctx, as(v))) })
	add("SkippedBy", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.SkippedBy(ctx, v.WorkspaceID, x.Seller.ID, ids, Now))
	})
	add("Draft", func(ctx context.Context, v sales.Viewer) (int, error) {
		d, err := s.Draft(ctx, as(v), ids[1], 0)
		return int(d.Rev), err
	})
	add("Letters", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.Letters(ctx, s.DB, v.WorkspaceID, []sales.ID{x.Queued.ID}))
	})
	add("Skips", func(ctx context.Context, v sales.Viewer) (int, error) { return length(s.Skips(ctx, v, Now, 9)) })
}

// strangersQueue are the writes of Next, see testStrangersWrite.
func strangersQueue(ctx context.Context, ws sales.ID, x *Filled) map[string]func(*store.Tx) error {
	u, p := x.Seller.ID, x.People[1].ID
	return map[string]func(*store.Tx) error{
		"Unpin":          func(tx *store.Tx) error { return tx.Unpin(ctx, ws, u, p) },
		"DropSkip":       func(tx *store.Tx) error { return tx.DropSkip(ctx, ws, u, x.Skip.ID) },
		"EndSkips":       func(tx *store.Tx) error { return tx.EndSkips(ctx, ws, u, p, Now) },
		"DropDraft":      func(tx *store.Tx) error { return tx.DropDraft(ctx, ws, u, p, 0) },
		"StopLetters":    func(tx *store.Tx) error { return tx.StopLetters(ctx, ws, x.Queued.PersonID, "no", Now) },
		"DraftAgain":     func(tx *store.Tx) error { return tx.DraftAgain(ctx, ws, x.Queued.ID, Now) },
		"DropLooseFiles": func(tx *store.Tx) error { return tx.DropLooseFiles(ctx, ws, wait(1e6)) },
		"HurryMailing": func(tx *store.Tx) error {
			if was, err := tx.HurryMailing(ctx, ws, x.Queued.ID, wait(7)); err != nil || was {
				return fmt.Errorf("hurried %v, %w", was, err)
			}
			return nil
		},
		"ReleasePerson": func(tx *store.Tx) error { return tx.ReleasePerson(ctx, ws, u, p) },
	}
}

// testQueue: of each lane the first due tasks, none that is put off or about
// somebody else's person; pins and skips are a user's own; counts are of those
// whom the viewer may see.
func testQueue(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 6)
	ctx, ws := t.Context(), w.Workspace.ID
	ana, other := w.Viewer(), sales.Viewer{WorkspaceID: ws, UserID: s.NewID(), Role: sales.RoleSeller}
	open := func(i int, user sales.ID, kind sales.TaskKind, intent sales.Intent, step sales.ID, due, snoozed float64) {
		t.Helper()
		x := sales.Task{WorkspaceID: ws, ID: s.NewID(), Kind: kind, Intent: intent, StepID: step, PersonID: w.People[i].ID, UserID: user, CreatedAt: Now, DueAt: wait(due)}
		if x.Key = x.ID.String(); snoozed != 0 {
			x.SnoozedUntil = wait(snoozed)
		}
		must(t, s, func(ctx context.Context, tx *store.Tx) error { _, err := tx.OpenTask(ctx, x); return err })
	}
	for i := range 6 {
		open(i, ana.UserID, sales.TaskAnswer, sales.Interested, 0, float64(6-i), 0)
		open(i, ana.UserID, sales.TaskCall, "", 0, float64(i), 0)
	}
	open(0, ana.UserID, sales.TaskCall, "", 7, 1, 0)
	open(1, ana.UserID, "of another kind", "", 0, 1, 0)
	open(2, ana.UserID, sales.TaskFix, "", 0, 1, 5)
	open(3, other.UserID, sales.TaskFix, "", 0, 1, 0)
	count := func(v sales.Viewer, now float64, each, want int, more bool) []sales.Task {
		t.Helper()
		list, full, err := s.QueueTasks(ctx, v, wait(now), each)
		if err != nil || len(list) != want || full != more {
			t.Errorf("%d tasks of at most %d a lane, full %v, %v", len(list), each, full, err)
		}
		return list
	}
	list := count(ana, 0, 2, 6, true)
	if list[0].PersonID != w.People[5].ID || list[2].PersonID != w.People[0].ID {
		t.Errorf("not the first due ones: %+v", list)
	}
	count(ana, 0, 20, 14, false)
	count(ana, 5, 20, 15, false)
	count(other, 0, 20, 0, false) // the person is Ana's
	boss := other
	boss.Role = sales.RoleManager
	count(boss, 0, 20, 1, false)
	if n := ok[store.NavCounts](t)(s.Nav(ctx, other, wait(9))); n.Next != 0 || n.Inbox != 0 {
		t.Errorf("people of somebody else are counted: %+v", n)
	}
	if n := ok[store.NavCounts](t)(s.Nav(ctx, boss, wait(9))); n.Next != 1 {
		t.Errorf("a manager has %+v", n)
	}
	if off := ok[[]sales.Task](t)(s.PutOff(ctx, ana, Now, 9)); len(off) != 1 || off[0].Kind != sales.TaskFix {
		t.Errorf("put off: %+v", off)
	}
	testPinsAndSkips(t, s, w, other)
	testQuiet(t, s, w)
}

func testPinsAndSkips(t *testing.T, s *store.Store, w *World, other sales.Viewer) {
	ctx, ws, ana := t.Context(), w.Workspace.ID, w.Viewer()
	p := w.People[0].ID
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, at := range []float64{1, 2} {
			if err := tx.Pin(ctx, ws, ana.UserID, p, wait(at)); err != nil {
				return err
			}
		}
		return tx.Pin(ctx, ws, other.UserID, p, Now)
	})
	if pins := ok[map[sales.ID]time.Time](t)(s.Pins(ctx, ana)); len(pins) != 1 || !pins[p].Equal(wait(2)) {
		t.Error(pins)
	}
	if pins := ok[map[sales.ID]time.Time](t)(s.Pins(ctx, other)); len(pins) != 0 {
		t.Error("a pin shows somebody else's person:", pins)
	}
	k := sales.Skip{WorkspaceID: ws, ID: s.NewID(), UserID: ana.UserID, PersonID: p, Reason: sales.SkipMoment, At: Now, Until: wait(5)}
	later := k
	later.ID, later.Until, later.Reason, later.Note = s.NewID(), wait(8), sales.SkipOtherWhy, "on leave"
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AddSkip(ctx, k); err != nil {
			return err
		}
		if err := tx.AddSkip(ctx, later); err != nil {
			return err
		}
		return tx.Unpin(ctx, ws, ana.UserID, p)
	})
	is := func(now float64, want sales.ID) {
		t.Helper()
		got, err := s.SkippedBy(ctx, ws, ana.UserID, []sales.ID{p, 99}, wait(now))
		if err != nil || got[p].ID != want {
			t.Errorf("skipped by %v, %v", got, err)
		}
	}
	is(1, later.ID)
	is(8, 0)
	if list := ok[[]sales.Skip](t)(s.Skips(ctx, ana, Now, 9)); len(list) != 2 || list[0] != later {
		t.Errorf("%+v", list)
	}
	if list := ok[[]sales.Skip](t)(s.Skips(ctx, other, Now, 9)); len(list) != 0 {
		t.Errorf("skips of somebody else's people: %+v", list)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropSkip(ctx, ws, ana.UserID, later.ID) })
	is(1, k.ID)
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EndSkips(ctx, ws, ana.UserID, p, wait(1)) })
	is(1, 0)
}

func testQuiet(t *testing.T, s *store.Store, w *World) {
	ctx, ws, ana := t.Context(), w.Workspace.ID, w.Viewer()
	var quiet sales.Person
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i := range 3 {
			p := sales.Person{WorkspaceID: ws, ID: tx.NewID(), OwnerID: ana.UserID, Email: fmt.Sprintf("quiet%d@x.example", i), CreatedAt: Now, UpdatedAt: Now}
			if err := tx.InsertPerson(ctx, p, ""); err != nil {
				return err
			}
			moves := []sales.Move{{WorkspaceID: ws, At: wait(1), Actor: sales.ByBuyer, Kind: sales.MoveReply, PersonID: p.ID}}
			if i == 1 {
				moves = append(moves, sales.Move{WorkspaceID: ws, At: wait(9), Actor: sales.BySeller, Kind: sales.MoveCall, PersonID: p.ID})
			}
			if i == 2 {
				quiet = p
			}
			if i == 0 {
				if _, err := tx.OpenTask(ctx, sales.Task{WorkspaceID: ws, ID: tx.NewID(), Key: "quiet", Kind: sales.TaskDo, PersonID: p.ID, UserID: ana.UserID, CreatedAt: Now}); err != nil {
					return err
				}
			}
			if err := tx.AppendMoves(ctx, moves); err != nil {
				return err
			}
		}
		return nil
	})
	if got := ok[[]sales.ID](t)(s.Quiet(ctx, ana, wait(5), 9)); len(got) != 1 || got[0] != quiet.ID {
		t.Errorf("quiet are %v, not %v", got, quiet.ID)
	}
	if got := ok[[]sales.ID](t)(s.Quiet(ctx, ana, Now, 9)); len(got) != 0 {
		t.Errorf("they answered just now: %v", got)
	}
}

// testDialed: who was dialed stays reserved when another is served, until the
// outcome is logged or the time is over.
func testDialed(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 3)
	ctx, ws, ana := t.Context(), w.Workspace.ID, w.Viewer()
	olga := sales.Viewer{WorkspaceID: ws, UserID: w.Owner.ID, Role: sales.RoleOwner}
	a, b := w.People[0].ID, w.People[1].ID
	lease := func(v sales.Viewer, p sales.ID, from, until float64, want bool) {
		t.Helper()
		if yes, err := s.LeasePerson(ctx, v, p, wait(from), wait(until)); yes != want || err != nil {
			t.Errorf("leased %v, %v", yes, err)
		}
	}
	lease(ana, a, 0, 1, true)
	if yes, err := s.Dialed(ctx, olga, a, Now, wait(4)); yes || err != nil {
		t.Errorf("dialed whom another has: %v, %v", yes, err)
	}
	if yes, err := s.Dialed(ctx, ana, a, Now, wait(4)); !yes || err != nil {
		t.Fatal(yes, err)
	}
	lease(ana, b, 0, 1, true)
	lease(ana, a, 0.5, 1, true) // served again: not for less long
	lease(olga, a, 2, 3, false)
	held := ok[map[sales.ID]store.PersonLease](t)(s.PersonLeases(ctx, ws, wait(2)))
	if l := held[a]; len(held) != 1 || !l.Until.Equal(wait(4)) || !l.DialedAt.Equal(Now) {
		t.Errorf("%+v", held)
	}
	lease(olga, a, 4, 5, true) // over
	if l := ok[map[sales.ID]store.PersonLease](t)(s.PersonLeases(ctx, ws, wait(4)))[a]; !l.DialedAt.IsZero() {
		t.Errorf("the dial of another: %+v", l)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.ReleasePerson(ctx, ws, olga.UserID, a) })
	lease(ana, a, 4, 5, true)
}

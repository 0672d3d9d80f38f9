package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// absences lets the seller of a world hand over to the owner, in a time to come,
// with what each kind of item is.
func (x *Filled) absences(ctx context.Context, tx *store.Tx) error {
	x.Absence = sales.Absence{
		WorkspaceID: x.Workspace.ID, ID: tx.NewID(), UserID: x.Seller.ID, From: wait(2000), To: wait(2100), Mode: sales.AbsenceHandOver, StandInID: x.Owner.ID,
		State: sales.AbsencePlanned, Note: "Cape Verde", CreatedAt: Now,
	}
	if err := tx.InsertAbsence(ctx, x.Absence); err != nil {
		return err
	}
	_, err := tx.PutItem(ctx, x.Workspace.ID, x.Absence.ID, store.ItemPaused, store.AbsenceItem{ID: x.Enrollment.ID, Value: Now.UnixMicro()})
	return err
}

// readingsAbsences are the methods that read them, see readings.
func readingsAbsences(s *store.Store, add func(string, func(context.Context, sales.Viewer) (int, error)), addTx func(string, func(context.Context, *store.Tx, sales.ID) (int, error)), x *Filled) {
	a, during := x.Absence, wait(2050)
	add("Absence", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.Absence(ctx, v.WorkspaceID, a.ID))
	})
	add("Absences", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.Absences(ctx, v.WorkspaceID, Now))
	})
	add("OpenAbsences", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.OpenAbsences(ctx, v.WorkspaceID))
	})
	add("NextAbsence", func(ctx context.Context, v sales.Viewer) (int, error) {
		return moment(s.NextAbsence(ctx, v.WorkspaceID))
	})
	add("AbsenceItems", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.AbsenceItems(ctx, v.WorkspaceID, a.ID, store.ItemPaused, 0, 9))
	})
	add("ItemsAmong", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.ItemsAmong(ctx, v.WorkspaceID, a.ID, store.ItemPaused, []sales.ID{x.Enrollment.ID, 5}))
	})
	add("OwnedEnrollments", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.OwnedEnrollments(ctx, v.WorkspaceID, x.Seller.ID, 0, 9))
	})
	add("OwnedTasks", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.OwnedTasks(ctx, v.WorkspaceID, x.Seller.ID, 0, 9))
	})
	add("LoadOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		l, err := s.LoadOf(ctx, v.WorkspaceID, x.Seller.ID)
		return l.People + l.Enrollments + l.Tasks, err
	})
	add("MailboxTimers", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.MailboxTimers(ctx, v.WorkspaceID, x.Mailbox.ID, 0, Now, wait(200)))
	})
	add("Loose", func(ctx context.Context, v sales.Viewer) (int, error) {
		b := a
		b.WorkspaceID = v.WorkspaceID
		yes, err := s.Loose(ctx, b)
		return flag(yes), err
	})
	addTx("OpenAbsences", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.OpenAbsences(ctx, ws))
	})
	addTx("HoldAbsence", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return one(tx.HoldAbsence(ctx, ws, a.ID))
	})
	addTx("AbsenceItems", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.AbsenceItems(ctx, ws, a.ID, store.ItemPaused, 0, 9))
	})
	addTx("StandIn", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		id, err := tx.StandIn(ctx, ws, x.Seller.ID, during)
		return flag(id == x.Owner.ID), err
	})
	addTx("BusyAmong", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return size(tx.BusyAmong(ctx, ws, []sales.ID{x.People[0].ID}))
	})
}

// strangersAbsences are the methods that write, called for another workspace.
func strangersAbsences(ctx context.Context, t *testing.T, x *Filled, ws sales.ID) map[string]func(tx *store.Tx) error {
	a := x.Absence
	a.WorkspaceID, a.Note, a.UserID = ws, "mine", x.Seller.ID
	none := func(list []store.Handed, err error) error {
		no(t, len(list) > 0)
		return err
	}
	return map[string]func(tx *store.Tx) error{
		"LockAbsences":  func(tx *store.Tx) error { return tx.LockAbsences(ctx, ws) },
		"SaveAbsence":   func(tx *store.Tx) error { return tx.SaveAbsence(ctx, a) },
		"DeleteAbsence": func(tx *store.Tx) error { return tx.DeleteAbsence(ctx, ws, a.ID) },
		"CutItems":      func(tx *store.Tx) error { return tx.CutItems(ctx, ws, a.ID) },
		"HandOver": func(tx *store.Tx) error {
			return errors.Join(none(tx.HandOver(ctx, a, store.ItemPerson, x.Owner.ID, 9)), none(tx.HandOver(ctx, a, store.ItemEnrollment, x.Owner.ID, 9)), none(tx.HandOver(ctx, a, store.ItemTask, x.Owner.ID, 9)))
		},
		"HandOverThese": func(tx *store.Tx) error {
			return none(tx.HandOverThese(ctx, a, store.ItemPerson, x.Owner.ID, []sales.ID{x.People[0].ID}))
		},
		"GiveAway": func(tx *store.Tx) error {
			n, m, err := tx.GiveAway(ctx, ws, x.People[0].ID, x.Seller.ID, x.Owner.ID)
			no(t, n+m > 0)
			return err
		},
		"GiveBackThese": func(tx *store.Tx) error {
			return none(tx.GiveBackThese(ctx, a, store.ItemPaused, x.Owner.ID, []sales.ID{x.Enrollment.ID}))
		},
		"GiveBack": func(tx *store.Tx) error {
			list, n, err := tx.GiveBack(ctx, a, store.ItemPaused, 9)
			no(t, n > 0)
			return none(list, err)
		},
	}
}

// testAbsences: what is written is read, those that are over are told apart, and
// whoever holds one sees what the others wrote.
func testAbsences(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 0)
	ws := w.Workspace.ID
	make := func(user sales.ID, from, to float64, state sales.AbsenceState, mode sales.AbsenceMode) sales.Absence {
		a := sales.Absence{WorkspaceID: ws, ID: s.NewID(), UserID: user, From: wait(from), To: wait(to), Mode: mode, StandInID: w.Owner.ID, State: state, Note: "née", CreatedAt: Now}
		must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertAbsence(ctx, a) })
		return a
	}
	if at := ok[time.Time](t)(s.NextAbsence(t.Context(), ws)); !at.IsZero() {
		t.Error(at)
	}
	planned, now := make(w.Seller.ID, 50, 60, sales.AbsencePlanned, sales.AbsencePause), make(w.Seller.ID, -5, 9, sales.AbsenceNow, sales.AbsenceHandOver)
	over, old := make(w.Owner.ID, -50, -40, sales.AbsenceOver, sales.AbsencePause), make(w.Owner.ID, -5000, -4000, sales.AbsenceOver, sales.AbsencePause)
	if got := ok[[]sales.Absence](t)(s.Absences(t.Context(), ws, wait(-100))); !slices.Equal(got, []sales.Absence{over, now, planned}) {
		t.Errorf("%+v", got)
	}
	if got := ok[[]sales.Absence](t)(s.OpenAbsences(t.Context(), ws)); !slices.Equal(got, []sales.Absence{now, planned}) {
		t.Errorf("%+v", got)
	}
	if at := ok[time.Time](t)(s.NextAbsence(t.Context(), ws)); !at.Equal(now.To) {
		t.Error(at)
	}
	planned.From, planned.To, planned.Mode, planned.State, planned.Note, planned.StandInID = wait(1), wait(2), sales.AbsenceHandOver, sales.AbsenceNow, "", 0
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.SaveAbsence(ctx, planned); err != nil {
			return err
		}
		if got := ok[sales.Absence](t)(tx.HoldAbsence(ctx, ws, planned.ID)); got != planned {
			t.Errorf("%+v", got)
		}
		for at, want := range map[float64]sales.ID{-5: w.Owner.ID, 8.9: w.Owner.ID, 9: w.Seller.ID, -6: w.Seller.ID} {
			if got := ok[sales.ID](t)(tx.StandIn(ctx, ws, w.Seller.ID, wait(at))); got != want {
				t.Errorf("%v: %v does the work", at, got)
			}
		}
		_, err := tx.HoldAbsence(ctx, ws, 4711)
		wantCode(t, err, sales.NotFound)
		return errors.Join(tx.DeleteAbsence(ctx, ws, old.ID), tx.LockAbsences(ctx, ws))
	})
	_, err := s.Absence(t.Context(), ws, old.ID)
	wantCode(t, err, sales.NotFound)
	if got := ok[sales.Absence](t)(s.Absence(t.Context(), ws, planned.ID)); got != planned {
		t.Errorf("%+v", got)
	}
}

// testHands: what is handed over comes back, but what another user got meanwhile,
// and with the people comes what began about them.
func testHands(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ws, ana, olga := x.Workspace.ID, x.Seller.ID, x.Owner.ID
	a, third := x.Absence, s.NewID()
	a.From = Now
	count := func(what string, kind store.ItemKind, want int) {
		t.Helper()
		if got := ok[[]store.AbsenceItem](t)(s.AbsenceItems(t.Context(), ws, a.ID, kind, 0, 99)); len(got) != want {
			t.Errorf("%s: %d items of kind %s, want %d", what, len(got), kind, want)
		}
	}
	was := ok[sales.Enrollment](t)(s.Enrollment(t.Context(), ws, x.Enrollment.ID))
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for kind, want := range map[store.ItemKind]int{store.ItemPerson: 4, store.ItemEnrollment: 3, store.ItemTask: 1} {
			n := 0
			for {
				list := ok[[]store.Handed](t)(tx.HandOver(ctx, a, kind, olga, 3))
				for _, h := range list {
					if h.UserID != olga || h.PersonID == 0 || kind == store.ItemPerson && h.PersonID != h.ID {
						t.Errorf("%s: %+v", kind, h)
					}
				}
				if n += len(list); len(list) < 3 {
					break
				}
			}
			if n != want {
				t.Errorf("%d of kind %s changed hands, want %d", n, kind, want)
			}
		}
		busy := ok[map[sales.ID]bool](t)(tx.BusyAmong(ctx, ws, []sales.ID{x.People[0].ID, x.People[3].ID}))
		if !busy[x.People[0].ID] || busy[x.People[3].ID] {
			t.Error(busy)
		}
		return nil
	})
	count("away", store.ItemPerson, 4)
	e := ok[sales.Enrollment](t)(s.Enrollment(t.Context(), ws, x.Enrollment.ID))
	if e.OwnerID != olga || e.Version != was.Version+1 {
		t.Errorf("whoever decided for the seller meanwhile would not notice: %+v", e)
	}
	load := func(user sales.ID, want store.Load) {
		t.Helper()
		if got := ok[store.Load](t)(s.LoadOf(t.Context(), ws, user)); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	load(ana, store.Load{})
	load(olga, store.Load{People: 4, Enrollments: 3, Tasks: 1})
	task := func(key string, at float64) sales.Task {
		return sales.Task{WorkspaceID: ws, ID: s.NewID(), Key: key, Kind: sales.TaskDo, PersonID: x.People[0].ID, UserID: olga, Title: key, CreatedAt: wait(at), DueAt: wait(at)}
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		p := x.People[1]
		p.OwnerID = third // somebody else got this one
		if err := tx.SavePerson(ctx, p, ""); err != nil {
			return err
		}
		for _, y := range []sales.Task{task("began meanwhile", 5), task("her own of before", -5)} {
			if _, err := tx.OpenTask(ctx, y); err != nil {
				return err
			}
		}
		for _, kind := range []store.ItemKind{store.ItemPerson, store.ItemEnrollment, store.ItemTask} {
			for {
				list, n, err := tx.GiveBack(ctx, a, kind, 3)
				if err != nil {
					return err
				}
				for _, h := range list {
					if h.UserID != ana {
						t.Errorf("%+v", h)
					}
				}
				if n < 3 {
					break
				}
			}
		}
		return nil
	})
	load(ana, store.Load{People: 3, Enrollments: 3, Tasks: 2})
	load(olga, store.Load{Tasks: 1})
	load(third, store.Load{People: 1})
	count("back", store.ItemPerson, 0)
	count("back", store.ItemEnrollment, 0)
	count("what waits", store.ItemPaused, 1)
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		// Some of them, and not what is another's.
		list := ok[[]store.Handed](t)(tx.HandOverThese(ctx, a, store.ItemPerson, olga, []sales.ID{x.People[0].ID, x.People[1].ID}))
		if len(list) != 1 || list[0].ID != x.People[0].ID {
			t.Errorf("%+v", list)
		}
		// And back again: not what another has, nor what was never handed over.
		if list := ok[[]store.Handed](t)(tx.GiveBackThese(ctx, a, store.ItemPerson, third, []sales.ID{x.People[0].ID})); len(list) != 0 {
			t.Errorf("%+v", list)
		}
		list = ok[[]store.Handed](t)(tx.GiveBackThese(ctx, a, store.ItemPerson, olga, []sales.ID{x.People[0].ID, x.People[1].ID, x.People[2].ID}))
		if len(list) != 1 || list[0] != (store.Handed{ID: x.People[0].ID, PersonID: x.People[0].ID, UserID: ana}) {
			t.Errorf("%+v", list)
		}
		return tx.CutItems(ctx, ws, a.ID)
	})
	load(ana, store.Load{People: 3, Enrollments: 3, Tasks: 2})
	count("forgotten", store.ItemPaused, 0)
	count("forgotten", store.ItemPerson, 0)
}

// testLoose: what is due before the return and does not wait for it is found.
func testLoose(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 3)
	ws := w.Workspace.ID
	a := sales.Absence{WorkspaceID: ws, ID: s.NewID(), UserID: w.Seller.ID, From: Now, To: wait(100)}
	expect := func(what string, want bool) {
		t.Helper()
		if got := ok[bool](t)(s.Loose(t.Context(), a)); got != want {
			t.Errorf("%s: %v", what, got)
		}
	}
	expect("nothing", false)
	e := w.Enroll(t, 0)
	expect("a step that is due", true)
	set := func(state sales.EnrollmentState, reason sales.Reason, at time.Time) {
		t.Helper()
		next := ok[sales.Enrollment](t)(s.Enrollment(t.Context(), ws, e.ID))
		is := next
		next.State, next.Reason, next.NextAt, next.Until, next.Version = state, reason, at, at, is.Version+1
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.Apply(ctx, is, sales.Decision{Next: next, Changed: true}, store.Subject{}, Now)
			return err
		})
	}
	for _, c := range []struct {
		what   string
		state  sales.EnrollmentState
		reason sales.Reason
		hours  float64
		want   bool
	}{
		{"a step after the return", sales.Active, "", 100, false},
		{"they come back before the seller", sales.Paused, sales.PausedOutOfOffice, 99, true},
		{"they come back after", sales.Paused, sales.PausedOutOfOffice, 100, false},
		{"their move", sales.WaitingThem, "", 5, false},
		{"waits, but nobody remembers it", sales.Paused, sales.PausedOwnerAway, 99.9, true},
	} {
		set(c.state, c.reason, wait(c.hours))
		expect(c.what, c.want)
	}
	set(sales.Active, "", time.Time{})
	expect("a mail in the outbox", true)
	set(sales.Paused, sales.PausedOwnerAway, wait(100))
	expect("waits, but nobody remembers it either", true)
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, want := range []bool{true, false} {
			if fresh := ok[bool](t)(tx.PutItem(ctx, ws, a.ID, store.ItemPaused, store.AbsenceItem{ID: e.ID, Value: 7})); fresh != want {
				t.Error("remembered twice")
			}
		}
		value := func(want int64) {
			if got := ok[[]store.AbsenceItem](t)(tx.AbsenceItems(ctx, ws, a.ID, store.ItemPaused, 0, 9)); len(got) != 1 || got[0].Value != want {
				t.Errorf("%+v", got)
			}
		}
		value(7)
		err := tx.SetItem(ctx, ws, a.ID, store.ItemPaused, store.AbsenceItem{ID: e.ID, Value: 8})
		value(8)
		return err
	})
	expect("waits", false)
	x := sales.Task{WorkspaceID: ws, ID: s.NewID(), Key: "k", Kind: sales.TaskAnswer, PersonID: w.People[1].ID, UserID: w.Seller.ID, CreatedAt: Now, DueAt: wait(1)}
	open := func(what string, want bool) {
		t.Helper()
		x.ID, x.Key = s.NewID(), what
		must(t, s, func(ctx context.Context, tx *store.Tx) error { _, err := tx.OpenTask(ctx, x); return err })
		expect(what, want)
	}
	open("an answer is to be seen", false)
	x.Kind, x.DueAt = sales.TaskCall, wait(101)
	open("a call after the return", false)
	x.DueAt, x.SnoozedUntil = wait(1), wait(100)
	open("a call that is put off", false)
	x.SnoozedUntil = wait(99)
	open("a call that comes up before", true)
	if got := ok[[]time.Time](t)(s.MailboxTimers(t.Context(), ws, w.Mailbox.ID, 0, Now, wait(101))); len(got) != 1 || !got[0].Equal(wait(100)) {
		t.Error(got)
	}
	if got := ok[[]time.Time](t)(s.MailboxTimers(t.Context(), ws, w.Mailbox.ID, w.Seller.ID, Now, wait(101))); len(got) != 0 {
		t.Error("what waits for the seller takes its own room:", got)
	}
	if got := ok[[]sales.Task](t)(s.OwnedTasks(t.Context(), ws, w.Seller.ID, 0, 2)); len(got) != 2 {
		t.Error(got)
	} else if more := ok[[]sales.Task](t)(s.OwnedTasks(t.Context(), ws, w.Seller.ID, got[1].ID, 9)); len(more) != 2 {
		t.Error(more)
	}
}

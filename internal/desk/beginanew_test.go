package desk_test

import (
	"context"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// anew puts the first person in, lets the first mail go, and puts them in again.
func anew(t *testing.T) (r *room, was sales.Enrollment, did desk.EnrollResult) {
	r = newRoom(t, 1)
	r.rules(func(s *sales.Rules) { s.Reenroll, s.CoolOffDays = sales.ReenrollAny, 0 })
	e := r.Enroll(t, 0)
	r.to(e)
	if keys := r.sendAll(); len(keys) != 1 {
		t.Fatal(keys)
	}
	was = r.enrollment(e)
	r.clock.t = r.clock.t.Add(time.Hour)
	did = must[desk.EnrollResult](t)(r.d.EnrollMany(t.Context(), r.v, r.Sequence.ID, []sales.ID{r.People[0].ID}))
	if is := r.enrollment(e); did.In != 1 || is.State.Alive() || is.Reason != sales.EndAgain {
		t.Fatalf("%+v %s", did, is.State)
	}
	return r, was, did
}

// TestUndoBeginAnew: who was put in again by mistake goes on where they were once
// that is taken back, and gets each mail of the time before once.
func TestUndoBeginAnew(t *testing.T) {
	r, was, did := anew(t)
	for range 2 {
		if err := r.d.Undo(t.Context(), r.v, did.Undo.Token); err != nil {
			t.Fatal(err)
		}
	}
	is := r.enrollment(was)
	if is.State != was.State || is.Position != was.Position || !is.NextAt.Equal(was.NextAt) || is.Mails != 1 {
		t.Errorf("%+v, want %+v", is, was)
	}
	if live := r.live(r.Sequence.ID, 0); live != was.ID {
		t.Errorf("%d lives", live)
	}
	r.timer()
	if keys := r.sendAll(); len(keys) != 0 {
		t.Errorf("%v was sent at once", keys)
	}
}

// TestUndoBeginAnewSent: what the new time sent stays sent, and the next step of the
// time before counts from it.
func TestUndoBeginAnewSent(t *testing.T) {
	r, was, did := anew(t)
	r.timer()
	if keys := r.sendAll(); len(keys) != 1 {
		t.Fatal(keys)
	}
	sent := r.clock.t
	r.clock.t = r.clock.t.Add(10 * time.Minute)
	if err := r.d.Undo(t.Context(), r.v, did.Undo.Token); err != nil {
		t.Fatal(err)
	}
	is := r.enrollment(was)
	if !is.State.Alive() || !is.LastStepAt.Equal(sent) {
		t.Fatalf("%+v", is)
	}
	r.to(is) // too early now: it is put off by as much as the mail was later
	if again := r.enrollment(was); again.Awaiting || again.State != sales.Active || !again.NextAt.After(is.NextAt) && is.NextAt.Before(sent.Add(24*time.Hour)) {
		t.Errorf("%+v", again)
	}
}

// TestUndoBeginAnewHeard: who has answered since comes back into neither; whose time
// before was edited away by somebody else is told.
func TestUndoBeginAnewHeard(t *testing.T) {
	r, was, did := anew(t)
	r.answered(0, sales.NotInterested)
	wantCode(t, "heard", r.d.Undo(t.Context(), r.v, did.Undo.Token), sales.Conflict)
	if is := r.enrollment(was); is.State.Alive() {
		t.Errorf("%+v", is)
	}
	r, was, did = anew(t)
	r.ask("a@home.example", "mo@home.example", sales.Candidate{PersonID: r.People[0].ID, Reason: "x"})
	wantSays(t, "undo", r.d.Undo(t.Context(), r.v, did.Undo.Token), sales.Conflict, "answered")
	if is := r.enrollment(was); is.State.Alive() {
		t.Errorf("%+v", is)
	}
}

// TestOtherDays: whatever changes the days that delays are counted in asks for
// everybody to be counted anew, and nothing else does.
func TestOtherDays(t *testing.T) {
	r := newRoom(t, 1)
	asked := func(what string, want bool, do func() error) {
		t.Helper()
		if err := do(); err != nil {
			t.Fatal(what, err)
		}
		x, some, err := r.World.Store.NextRecount(t.Context(), r.Workspace.ID, r.clock.t)
		if err != nil || some != want || some && x.SequenceID != r.Sequence.ID {
			t.Errorf("%s: asked %v, %+v %v", what, some, x, err)
		}
		for some {
			r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.EndRecount(ctx, x, r.clock.t) })
			if x, some, err = r.World.Store.NextRecount(t.Context(), r.Workspace.ID, r.clock.t); err != nil {
				t.Fatal(err)
			}
		}
	}
	var day sales.DayOff
	asked("nothing", false, func() error { return nil })
	asked("a day off", true, func() (err error) {
		day, err = r.d.SaveDayOff(t.Context(), r.boss, sales.DayOff{Name: "Retreat", From: "2026-03-05", To: "2026-03-06"})
		return err
	})
	asked("a day off less", true, func() error { _, err := r.d.DeleteDayOff(t.Context(), r.boss, day.ID); return err })
	var c sales.Schedule
	asked("a schedule that nobody uses", false, func() (err error) {
		c, err = r.d.SaveSchedule(t.Context(), r.boss, sales.Schedule{Name: "Early", Windows: r.Workspace.Settings.Windows})
		if err == nil {
			c, err = r.d.SaveSchedule(t.Context(), r.boss, c)
		}
		return err
	})
	asked("another schedule", true, func() error {
		q := must[sales.Sequence](t)(r.World.Store.Sequence(t.Context(), r.Workspace.ID, r.Sequence.ID))
		q.ScheduleID = c.ID
		_, err := r.d.SaveSequence(t.Context(), r.boss, q)
		return err
	})
	asked("its hours", true, func() error { _, err := r.d.SaveSchedule(t.Context(), r.boss, c); return err })
	asked("the settings", true, func() error { return r.d.SaveSettings(t.Context(), r.boss, "", r.Workspace.Settings) })
	asked("another delay", true, func() error {
		q := must[sales.Sequence](t)(r.World.Store.Sequence(t.Context(), r.Workspace.ID, r.Sequence.ID))
		q.Steps[1].Delay.N++
		_, err := r.d.SaveSequence(t.Context(), r.boss, q)
		return err
	})
	asked("saved without a change", false, func() error {
		q := must[sales.Sequence](t)(r.World.Store.Sequence(t.Context(), r.Workspace.ID, r.Sequence.ID))
		_, err := r.d.SaveSequence(t.Context(), r.boss, q)
		return err
	})
}

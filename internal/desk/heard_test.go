package desk_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// TestBulkUndoAnswered: nobody comes back by an undo who has answered since, asked
// to stop, may have answered, or is on the list; the others do, and the message
// says how many of which.
func TestBulkUndoAnswered(t *testing.T) {
	for _, kind := range []desk.BulkKind{desk.BulkStop, desk.BulkRemove} {
		t.Run(string(kind), func(t *testing.T) {
			r, list := crowd(t)
			did := r.bulk(desk.BulkCommand{Kind: kind})
			if did.Done != 5 {
				t.Fatalf("%+v", did)
			}
			r.clock.t = r.clock.t.Add(10 * time.Minute)
			r.answered(0, sales.NotInterested)
			r.answered(1, sales.Interested) // and is dealt with: nothing waits any more
			must[desk.Undo](t)(r.d.Complete(t.Context(), r.v, r.only(1, sales.TaskAnswer).ID, ""))
			if err := r.d.SuppressPerson(t.Context(), r.v, r.People[2].ID, "said so on the phone"); err != nil {
				t.Fatal(err)
			}
			r.ask("a@home.example", "mo@home.example", sales.Candidate{PersonID: r.People[4].ID, Reason: "x"})
			wantSays(t, "undo", r.d.Undo(t.Context(), r.v, did.Undo.Token), sales.Conflict, "4 people", "answered")
			for i, alive := range []bool{false, false, false, true, false, false} {
				if e := r.enrollment(list[i]); e.State.Alive() != alive {
					t.Errorf("person %d: %s %s", i, e.State, e.Reason)
				}
			}
			r.clock.t = r.clock.t.AddDate(0, 0, 9)
			r.timer()
			for _, key := range r.sendAll() {
				if !strings.HasPrefix(key, list[3].ID.String()+"/") {
					t.Errorf("%s was sent", key)
				}
			}
		})
	}
}

// TestBulkUndoEdited: who comes back after the sequence was edited stands before
// the same step, or before what followed one that is gone.
func TestBulkUndoEdited(t *testing.T) {
	r, list := crowd(t)
	for _, change := range []func(context.Context, sales.Viewer, sales.ID) error{r.d.PauseSequence, r.d.StartSequence} {
		if err := change(t.Context(), r.v, r.Sequence.ID); err != nil {
			t.Fatal(err)
		}
	}
	did := r.bulk(desk.BulkCommand{Kind: desk.BulkStop})
	q := must[sales.Sequence](t)(r.World.Store.Sequence(t.Context(), r.Workspace.ID, r.Sequence.ID))
	fresh := sales.Step{Kind: sales.StepTask, Note: "Look them up"}
	q.Steps = []sales.Step{fresh, fresh, q.Steps[0], q.Steps[2], q.Steps[3]}
	must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, q))
	if err := r.d.Undo(t.Context(), r.v, did.Undo.Token); err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{2, 3, 3, 3, 2} {
		if e := r.enrollment(list[i]); !e.State.Alive() || e.Position != want {
			t.Errorf("person %d: %s at %d, want %d", i, e.State, e.Position, want)
		}
	}
	r.clock.t = r.clock.t.AddDate(0, 0, 9)
	r.timer()
	if keys := r.sendAll(); len(keys) != 1 || !strings.HasPrefix(keys[0], list[0].ID.String()+"/") {
		t.Errorf("sent: %q", keys) // the others have had that mail, or are paused
	}
}

// stands makes an enrollment stand as given.
func (r *room) stands(e sales.Enrollment, edit func(*sales.Enrollment)) {
	r.t.Helper()
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		e, err := tx.Enrollment(ctx, r.Workspace.ID, e.ID)
		if err != nil {
			return err
		}
		next := e
		edit(&next)
		next.Version++
		_, err = tx.Apply(ctx, e, sales.Decision{Next: next, Changed: true}, store.Subject{}, r.clock.t)
		return err
	})
}

// waiting are people who wait for each reason that there is, and one who goes on
// but has said something since.
func waiting(t *testing.T) (*room, map[sales.Reason]sales.Enrollment) {
	reasons := []sales.Reason{
		sales.PausedManual, sales.PausedOutOfOffice, sales.PausedNotNow, sales.PausedExpired,
		sales.PausedColleague, sales.PausedMeeting, sales.PausedBounce, sales.PausedBlocked, sales.PausedUnknown, sales.PausedOwnerAway,
		sales.WaitAnswer, sales.PausedAsked, "talk",
	}
	r := newRoom(t, len(reasons))
	out := map[sales.Reason]sales.Enrollment{}
	for i, reason := range reasons {
		e := r.Enroll(t, i)
		out[reason] = e
		switch reason {
		case sales.PausedAsked:
			r.ask("a@home.example", "mo@home.example", sales.Candidate{PersonID: r.People[i].ID, Reason: "x"})
			if e := r.enrollment(e); e.Reason != sales.PausedAsked || e.State != sales.Paused {
				t.Fatalf("%s %s", e.State, e.Reason)
			}
			continue
		case "talk":
			r.tx(func(ctx context.Context, tx *store.Tx) error {
				at := r.clock.t.Add(time.Minute)
				return tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: r.Workspace.ID, At: at, Actor: sales.ByBuyer, Kind: sales.MoveTalk, PersonID: r.People[i].ID, UserID: r.Seller.ID, Text: "Talked."}})
			})
			continue
		}
		r.stands(e, func(e *sales.Enrollment) {
			e.State, e.Reason, e.Actor, e.NextAt = sales.Paused, reason, sales.BySystem, time.Time{}
			switch reason {
			case sales.PausedManual:
				e.Actor = sales.BySeller
			case sales.PausedOutOfOffice, sales.PausedNotNow:
				e.Until = r.clock.t.AddDate(0, 0, 20)
				e.NextAt = e.Until
			case sales.WaitAnswer:
				e.State = sales.WaitingHuman
			}
		})
	}
	r.clock.t = r.clock.t.Add(time.Hour)
	return r, out
}

// TestBulkLeavesAnswers: a command for many lets nobody go on who waits because of
// an answer, or for another reason that a person has to look at, and says how many.
func TestBulkLeavesAnswers(t *testing.T) {
	same := func(r *room, list map[sales.Reason]sales.Enrollment, but ...sales.Reason) (changed int) {
		t.Helper()
		for reason, was := range list {
			moved := r.enrollment(was).Version != was.Version
			if moved {
				changed++
			}
			if moved != slices.Contains(but, reason) {
				t.Errorf("%s: changed %v", reason, moved)
			}
		}
		return changed
	}
	now := func(r *room, list map[sales.Reason]sales.Enrollment) map[sales.Reason]sales.Enrollment {
		out := map[sales.Reason]sales.Enrollment{}
		for reason, e := range list {
			out[reason] = r.enrollment(e)
		}
		return out
	}
	t.Run("resume", func(t *testing.T) {
		r, list := waiting(t)
		list = now(r, list)
		did := r.bulk(desk.BulkCommand{Kind: desk.BulkResume})
		if n := same(r, list, sales.PausedManual, sales.PausedOutOfOffice, sales.PausedNotNow, sales.PausedExpired); n != did.Done || did.Skipped != len(list)-n {
			t.Errorf("%+v, %d changed", did, n)
		}
		for _, w := range []string{"Resumed: 4 people. 4 wait because of an answer.", "1 waits because a meeting is booked.", "1 waits because their address does not work.", "because the seller is away"} {
			if !strings.Contains(did.Undo.Say, w) {
				t.Errorf("%q does not say %q", did.Undo.Say, w)
			}
		}
		if err := r.d.Undo(t.Context(), r.v, did.Undo.Token); err != nil {
			t.Error(err)
		}
	})
	t.Run("move", func(t *testing.T) {
		r, list := waiting(t)
		list = now(r, list)
		did := r.bulk(desk.BulkCommand{Kind: desk.BulkMove, StepID: r.Sequence.Steps[2].ID})
		same(r, list, sales.PausedManual, sales.PausedOutOfOffice, sales.PausedNotNow, sales.PausedExpired, sales.PausedBlocked, sales.PausedUnknown, sales.PausedOwnerAway)
		if !strings.Contains(did.Undo.Say, "Moved: 7 people. 4 wait because of an answer.") {
			t.Error(did.Undo.Say)
		}
	})
	t.Run("pause", func(t *testing.T) {
		r, list := waiting(t)
		list = now(r, list)
		did := r.bulk(desk.BulkCommand{Kind: desk.BulkPause, Until: r.clock.t.AddDate(0, 0, 3)})
		if e := r.enrollment(list[sales.PausedAsked]); e.Version != list[sales.PausedAsked].Version || !strings.Contains(did.Undo.Say, "1 waits because of an answer.") {
			t.Errorf("%s %s %q", e.State, e.Reason, did.Undo.Say)
		}
	})
}

// TestNoResumeBeforeWhose: while a mail waits that may be their answer no hand lets
// the sequence go on, whatever else it waits for; other reasons are a person's to
// decide. Once it is said whose the mail is, it goes on.
func TestNoResumeBeforeWhose(t *testing.T) {
	r := newRoom(t, 3)
	held, blocked, colleague := r.Enroll(t, 0), r.Enroll(t, 1), r.Enroll(t, 2)
	for e, reason := range map[sales.ID]sales.Reason{blocked.ID: sales.PausedBlocked, colleague.ID: sales.PausedColleague} {
		r.stands(sales.Enrollment{ID: e}, func(e *sales.Enrollment) {
			e.State, e.Reason, e.NextAt = sales.Paused, reason, time.Time{}
		})
	}
	task := r.ask("a@home.example", "mo@home.example", sales.Candidate{PersonID: r.People[0].ID, Reason: "x"}, sales.Candidate{PersonID: r.People[1].ID, Reason: "y"})
	for _, e := range []sales.Enrollment{held, blocked} {
		was := r.enrollment(e)
		wantSays(t, "resume", r.d.ResumeEnrollment(t.Context(), r.v, e.ID), sales.Invalid, "Say first whose the mail is")
		if got := r.enrollment(e); got.Version != was.Version {
			t.Errorf("%s %s", got.State, got.Reason)
		}
	}
	wantSays(t, "pause", r.d.PauseEnrollment(t.Context(), r.v, held.ID, r.clock.t.AddDate(0, 0, 1)), sales.Invalid, "Say first whose the mail is")
	p := r.person(1)
	p.Email = "new" + p.Email
	must[sales.Person](t)(r.d.SavePerson(t.Context(), r.v, p, r.Account.Name))
	must[desk.Undo](t)(r.d.NotNow(t.Context(), r.v, r.People[0].ID, r.clock.t.AddDate(0, 0, 2)))
	_, err := r.d.Complete(t.Context(), r.v, task.ID, "")
	wantSays(t, "done without a word", err, sales.Invalid, "Say whose the mail is")
	r.clock.t = r.clock.t.AddDate(0, 0, 9)
	r.timer()
	if a, b := r.enrollment(held), r.enrollment(blocked); !a.Asked() || b.State != sales.Paused {
		t.Errorf("%s %s, %s %s", a.State, a.Reason, b.State, b.Reason)
	}
	if h := must[string](t)(whyNot(r, held)); !strings.Contains(h, "say whose it is") {
		t.Error(h)
	}
	if err := r.d.ResumeEnrollment(t.Context(), r.v, colleague.ID); err != nil || r.enrollment(colleague).State != sales.Active {
		t.Errorf("a colleague answered: %v", err)
	}
	must[sales.Person](t)(r.d.Whose(t.Context(), r.v, task.ID, desk.Nobody))
	if e := r.enrollment(held); e.State != sales.Active {
		t.Errorf("%s %s", e.State, e.Reason)
	}
	if err := r.d.ResumeEnrollment(t.Context(), r.v, blocked.ID); err != nil {
		t.Error(err)
	}
}

// between is a clock that lets something happen at its n-th look.
type between struct {
	*hands
	n  int
	do func()
}

func (c *between) Now() time.Time {
	if c.n--; c.n == 0 {
		c.hands.t = c.hands.t.Add(time.Second)
		c.do()
	}
	return c.hands.Now()
}

// TestEnrollWhileAnswering: what arrives while the checks run keeps people out as
// if it had come before, and they are told apart from those who go in.
func TestEnrollWhileAnswering(t *testing.T) {
	for _, x := range []struct {
		name string
		what func(r *room)
		no   desk.EnrollNo
	}{
		{"an answer", func(r *room) { r.answered(0, sales.Interested) }, desk.NoAnswered},
		{"one that was dealt with", func(r *room) {
			r.answered(0, sales.Interested)
			must[desk.Undo](r.t)(r.d.Complete(r.t.Context(), r.v, r.only(0, sales.TaskAnswer).ID, ""))
		}, desk.NoAnswered},
		{"a demand to stop", func(r *room) {
			if err := r.d.SuppressPerson(r.t.Context(), r.v, r.People[0].ID, "said so on the phone"); err != nil {
				r.t.Fatal(err)
			}
		}, desk.NoSuppressed},
		{"a mail that may be theirs", func(r *room) {
			r.ask("a@home.example", "mo@home.example", sales.Candidate{PersonID: r.People[0].ID, Reason: "x"})
		}, desk.NoAnswered},
		{"not now", func(r *room) {
			must[desk.Undo](r.t)(r.d.NotNow(r.t.Context(), r.v, r.People[0].ID, r.clock.t.AddDate(0, 2, 0)))
		}, desk.NoAnswered},
		{"a touch", func(r *room) {
			r.tx(func(ctx context.Context, tx *store.Tx) error {
				return tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: r.Workspace.ID, At: r.clock.t, Actor: sales.BySeller, Kind: sales.MoveMailManual, PersonID: r.People[0].ID, UserID: r.Seller.ID, Text: "Mail."}})
			})
		}, desk.NoCoolOff},
	} {
		t.Run(x.name, func(t *testing.T) {
			r := newRoom(t, 2)
			r.rules(func(s *sales.Rules) { s.CoolOffDays = 14 })
			began := r.clock.t
			ids := []sales.ID{r.People[0].ID, r.People[1].ID}
			r.d.Clock = &between{hands: r.clock, n: 2, do: func() { x.what(r) }}
			did := must[desk.EnrollResult](t)(r.d.EnrollMany(t.Context(), r.v, r.Sequence.ID, ids))
			if did.In != 1 || len(did.Checks) != 2 || did.Checks[0].OK || did.Checks[0].No != x.no || did.Checks[0].Why == "" || !did.Checks[1].OK {
				t.Errorf("%d in: %+v", did.In, did.Checks)
			}
			if list := must[[]sales.Enrollment](t)(r.EnrollmentsOf(t.Context(), r.Workspace.ID, ids[0])); len(list) != 0 {
				t.Errorf("%+v", list)
			}
			if e := r.enrollment(sales.Enrollment{ID: r.live(r.Sequence.ID, 1)}); !e.EnrolledAt.Equal(began) {
				t.Errorf("put in at %v, the checks began at %v", e.EnrolledAt, began)
			}
		})
	}
}

// TestPlacesAtAccount: the preview says who waits for a place at the account: all
// beyond the limit, with those who are being written to, and refuses none of them.
func TestPlacesAtAccount(t *testing.T) {
	r := newRoom(t, 5)
	r.rules(func(s *sales.Rules) { s.ActivePerAccount = 2 })
	e := r.Enroll(t, 0)
	waits := func() (out []bool) {
		t.Helper()
		var ids []sales.ID
		for _, p := range r.People[1:] {
			ids = append(ids, p.ID)
		}
		for _, c := range must[[]desk.EnrollCheck](t)(r.d.CheckEnroll(t.Context(), r.v, r.Sequence.ID, ids)) {
			if !c.OK || c.Waits != strings.HasPrefix(c.Why, "waits for a place at the account: 2 at a time") {
				t.Errorf("%+v", c)
			}
			out = append(out, c.Waits)
		}
		return out
	}
	if got := waits(); !slices.Equal(got, []bool{false, false, true, true}) {
		t.Errorf("nobody is written to: %v", got)
	}
	r.due(e)
	r.sendAll()
	if got := waits(); !slices.Equal(got, []bool{false, true, true, true}) {
		t.Errorf("one is written to: %v", got)
	}
	r.rules(func(s *sales.Rules) { s.ActivePerAccount = 1 })
	list := must[[]desk.EnrollCheck](t)(r.d.CheckEnroll(t.Context(), r.v, r.Sequence.ID, []sales.ID{r.People[1].ID}))
	if !list[0].OK || !list[0].Waits {
		t.Errorf("%+v", list)
	}
	r.rules(func(s *sales.Rules) { s.ActivePerAccount = 0 })
	if got := waits(); slices.Contains(got, true) {
		t.Errorf("no limit: %v", got)
	}
}

// TestAheadAsked: the look ahead knows that nothing goes to somebody of whom a mail may
// be that waits for a seller, also when their sequence is not paused for it.
func TestAheadAsked(t *testing.T) {
	r := newRoom(t, 2)
	list := []sales.Enrollment{r.Enroll(t, 0), r.Enroll(t, 1)}
	r.ask("a@home.example", "mo@home.example", sales.Candidate{PersonID: r.People[0].ID, Reason: "x"})
	r.stands(list[0], func(e *sales.Enrollment) { e.State, e.Reason, e.NextAt = sales.Active, "", r.clock.t })
	q := must[sales.Sequence](t)(r.World.Store.Sequence(t.Context(), r.Workspace.ID, r.Sequence.ID))
	mails := map[sales.ID]int{}
	for _, day := range must[desk.Forecast](t)(r.d.Simulate(t.Context(), r.v, q, nil)).Days {
		for _, x := range day.Items {
			if x.Step.Kind.IsMail() && x.Mailbox != "" {
				mails[x.Person.ID]++
			}
		}
	}
	if mails[r.People[0].ID] != 0 || mails[r.People[1].ID] == 0 {
		t.Errorf("%v mails", mails)
	}
}

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

// rules changes the rules of the world's sequence.
func (r *room) rules(edit func(*sales.Rules)) {
	r.t.Helper()
	q := must[sales.Sequence](r.t)(r.World.Store.Sequence(r.t.Context(), r.Workspace.ID, r.Sequence.ID))
	edit(&q.Rules)
	r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, q) })
	r.Sequence = must[sales.Sequence](r.t)(r.World.Store.Sequence(r.t.Context(), r.Workspace.ID, q.ID))
}

// settings changes those of the workspace.
func (r *room) settings(edit func(*sales.Settings)) {
	r.t.Helper()
	edit(&r.Workspace.Settings)
	r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveWorkspace(ctx, r.Workspace) })
}

// edit changes the i-th person.
func (r *room) edit(i int, fn func(*sales.Person)) {
	r.t.Helper()
	p := r.person(i)
	fn(&p)
	r.People[i] = p
	r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SavePerson(ctx, p, r.Account.Name) })
}

// another makes one more running sequence.
func (r *room) another(name string, edit func(*sales.Rules)) sales.Sequence {
	r.t.Helper()
	q := r.Sequence
	q.ID, q.Name, q.State, q.Steps = 0, name, "", append([]sales.Step{}, q.Steps...)
	edit(&q.Rules)
	q = must[sales.Sequence](r.t)(r.d.SaveSequence(r.t.Context(), r.v, q))
	if err := r.d.StartSequence(r.t.Context(), r.v, q.ID); err != nil {
		r.t.Fatal(err)
	}
	return must[sales.Sequence](r.t)(r.World.Store.Sequence(r.t.Context(), r.Workspace.ID, q.ID))
}

// check says yes ("") or the reason against it, for the i-th person.
func (r *room) check(q sales.ID, i int) (desk.EnrollNo, string) {
	r.t.Helper()
	list := must[[]desk.EnrollCheck](r.t)(r.d.CheckEnroll(r.t.Context(), r.v, q, []sales.ID{r.People[i].ID}))
	if len(list) != 1 || list[0].OK != (list[0].No == "") {
		r.t.Fatalf("%+v", list)
	}
	return list[0].No, list[0].Why
}

// put enrols the i-th person and gives how many enrollments of a sequence they
// have, and how many of them live.
func (r *room) put(q sales.ID, i int) (all, alive int) {
	r.t.Helper()
	must[[]desk.EnrollCheck](r.t)(r.d.Enroll(r.t.Context(), r.v, q, []sales.ID{r.People[i].ID}))
	for _, e := range must[[]sales.Enrollment](r.t)(r.EnrollmentsOf(r.t.Context(), r.Workspace.ID, r.People[i].ID)) {
		if e.SequenceID == q {
			if all++; e.State.Alive() {
				alive++
			}
		}
	}
	return all, alive
}

// TestExclusive: a person is in a second sequence only when both allow it, and
// also when somebody puts them in between the preview and the press.
func TestExclusive(t *testing.T) {
	for _, x := range []struct {
		name         string
		first, other bool // shared
		want         desk.EnrollNo
	}{{"neither", false, false, desk.NoActive}, {"only the first", true, false, desk.NoActive}, {"only the other", false, true, desk.NoActive}, {"both", true, true, ""}} {
		t.Run(x.name, func(t *testing.T) {
			r := newRoom(t, 2)
			r.rules(func(s *sales.Rules) { s.Shared = x.first })
			q := r.another("Second", func(s *sales.Rules) { s.Shared = x.other })
			e := r.Enroll(t, 0)
			no, why := r.check(q.ID, 0)
			if no != x.want || x.want != "" && !strings.Contains(why, r.Sequence.Name) {
				t.Errorf("%q: %s", no, why)
			}
			want := 1
			if x.want != "" {
				want = 0
			}
			if all, _ := r.put(q.ID, 0); all != want {
				t.Errorf("%d enrollments", all)
			}
			if x.want == "" {
				return
			}
			if err := r.d.StopEnrollment(t.Context(), r.v, e.ID); err != nil {
				t.Fatal(err)
			}
			if no, why := r.check(q.ID, 0); no != "" {
				t.Errorf("after the end of the first: %s %s", no, why)
			}
		})
	}
}

// TestReenroll: never, after the end, or any time; who said no never.
func TestReenroll(t *testing.T) {
	for _, x := range []struct {
		rule           sales.Reenroll
		live, finished desk.EnrollNo
	}{{sales.ReenrollNever, desk.NoActive, desk.NoActive}, {"", desk.NoActive, desk.NoActive}, {sales.ReenrollFinished, desk.NoActive, ""}, {sales.ReenrollAny, "", ""}} {
		t.Run("rule "+string(x.rule), func(t *testing.T) {
			r := newRoom(t, 3)
			r.rules(func(s *sales.Rules) { s.Reenroll, s.CoolOffDays = x.rule, 0 })
			q := r.Sequence.ID
			live, done, no := r.Enroll(t, 0), r.Enroll(t, 1), r.Enroll(t, 2)
			if err := r.d.StopEnrollment(t.Context(), r.v, done.ID); err != nil {
				t.Fatal(err)
			}
			r.tx(func(ctx context.Context, tx *store.Tx) error {
				return decideOn(ctx, tx, r, no, sales.Event{Kind: sales.EvUnsubscribe, At: r.clock.t})
			})
			if r.enrollment(no).State != sales.OptedOut {
				t.Fatal(r.enrollment(no).State)
			}
			for i, want := range []desk.EnrollNo{x.live, x.finished, desk.NoActive} {
				got, why := r.check(q, i)
				if got != want && !(i == 2 && got != "") {
					t.Errorf("person %d: %q %s, want %q", i, got, why, want)
				}
			}
			all, alive := r.put(q, 0)
			if alive != 1 || all != map[bool]int{true: 2, false: 1}[x.live == ""] {
				t.Errorf("%d enrollments, %d alive", all, alive)
			}
			if e := r.enrollment(live); x.live == "" && (e.State.Alive() || e.Reason != sales.EndAgain) {
				t.Errorf("the time before: %s %s", e.State, e.Reason)
			}
			if err := r.d.RemoveEnrollment(t.Context(), r.v, r.live(q, 0)); err != nil {
				t.Fatal(err)
			}
			// Who was removed was never through it.
			if got, why := r.check(q, 0); got != "" && x.live != "" {
				t.Errorf("removed: %s %s", got, why)
			}
		})
	}
}

// live is the living enrollment of the i-th person in a sequence.
func (r *room) live(q sales.ID, i int) sales.ID {
	r.t.Helper()
	for _, e := range must[[]sales.Enrollment](r.t)(r.EnrollmentsOf(r.t.Context(), r.Workspace.ID, r.People[i].ID)) {
		if e.SequenceID == q && e.State.Alive() {
			return e.ID
		}
	}
	r.t.Fatal("nobody lives")
	return 0
}

// TestCoolOff: days since the last touch by the ruleset, and the limits of respect
// of the workspace.
func TestCoolOff(t *testing.T) {
	r := newRoom(t, 1)
	q := r.Sequence.ID
	r.rules(func(s *sales.Rules) { s.CoolOffDays = 14 })
	touched := r.clock.t
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: r.Workspace.ID, At: touched, Actor: sales.BySeller, Kind: sales.MoveMailManual, PersonID: r.People[0].ID, UserID: r.Seller.ID, Text: "Mail."}})
	})
	if p := r.person(0); !p.LastOutAt.Equal(touched) || p.Untouched != 1 {
		t.Fatalf("%v %d", p.LastOutAt, p.Untouched)
	}
	for _, x := range []struct {
		days int
		rest int // of the ruleset
		want desk.EnrollNo
	}{{13, 14, desk.NoCoolOff}, {14, 14, ""}, {1, 0, ""}, {1, 2, desk.NoCoolOff}} {
		r.rules(func(s *sales.Rules) { s.CoolOffDays = x.rest })
		r.clock.t = touched.AddDate(0, 0, x.days)
		if no, why := r.check(q, 0); no != x.want || no != "" && !strings.Contains(why, "3 Mar") {
			t.Errorf("%d days after, %d days of rest: %q %s", x.days, x.rest, no, why)
		}
	}
	r.rules(func(s *sales.Rules) { s.CoolOffDays = 0 })
	r.settings(func(s *sales.Settings) { s.TouchesPer30Days, s.RestDays = 1, 10 })
	for days, want := range map[int]desk.EnrollNo{9: desk.NoCoolOff, 10: ""} {
		r.clock.t = touched.AddDate(0, 0, days)
		if no, why := r.check(q, 0); no != want {
			t.Errorf("limits of respect, %d days after: %q %s", days, no, why)
		}
	}
	r.clock.t = touched.AddDate(0, 0, 1)
	r.settings(func(s *sales.Settings) { s.TouchesPer30Days = 2 })
	if no, why := r.check(q, 0); no != "" {
		t.Errorf("below the limit: %q %s", no, why)
	}
}

// TestLaw: commercial mail to the United States and to Canada has a postal address
// and a way out.
func TestLaw(t *testing.T) {
	r := newRoom(t, 4)
	for i, country := range []string{"US", "CA", "DE"} {
		r.edit(i, func(p *sales.Person) { p.Country = country })
	}
	r.settings(func(s *sales.Settings) { s.PostalAddress = "" })
	want := func(no desk.EnrollNo, word string) {
		t.Helper()
		for i := range 4 {
			expect := no
			if i > 1 {
				expect = ""
			}
			if got, why := r.check(r.Sequence.ID, i); got != expect || got != "" && !strings.Contains(why, word) {
				t.Errorf("%s: %q %s, want %q", r.person(i).Country, got, why, expect)
			}
		}
	}
	want(desk.NoLaw, "postal address")
	r.settings(func(s *sales.Settings) { s.PostalAddress = "1 Harbour Street, Lisbon" })
	want("", "")
	r.rules(func(s *sales.Rules) { s.Unsubscribe = false })
	want(desk.NoLaw, "unsubscribe")
	// A sequence without automatic mail asks for nothing.
	calls := r.another("Calls", func(*sales.Rules) {})
	calls.Steps = calls.Steps[2:]
	must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, calls))
	r.settings(func(s *sales.Settings) { s.PostalAddress = "" })
	if no, why := r.check(calls.ID, 0); no != "" {
		t.Errorf("calls only: %q %s", no, why)
	}
}

// TestPool: people spread over the mailboxes of a pool by their caps, a preview and
// the enrolment agree, and who was written to from one stays there.
func TestPool(t *testing.T) {
	r := newRoom(t, 40)
	r.rules(func(s *sales.Rules) { s.Reenroll, s.CoolOffDays = sales.ReenrollFinished, 0 })
	boxes := []sales.Mailbox{r.Mailbox}
	for i, address := range []string{"second@brightmail.example", "third@brightmail.example", "broken@brightmail.example"} {
		mb := r.Mailbox
		mb.ID, mb.Address, mb.UserID = r.NewID(), address, r.Owner.ID
		mb.Limits.PerDay = []int{60, 30, 500}[i]
		if i == 2 {
			mb.State = sales.MailboxBroken
		}
		r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.InsertMailbox(ctx, mb) })
		boxes = append(boxes, mb)
	}
	// The seller's own has a cap of 30 and is not in the pool at first.
	q := r.Sequence
	q.Pool = []sales.ID{boxes[1].ID, boxes[2].ID, boxes[3].ID}
	r.Sequence = must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.boss, q))
	r.Sequence = must[sales.Sequence](t)(r.World.Store.Sequence(t.Context(), r.Workspace.ID, q.ID))
	var ids []sales.ID
	for i := range 36 {
		ids = append(ids, r.People[i].ID)
	}
	preview := must[[]desk.EnrollCheck](t)(r.d.CheckEnroll(t.Context(), r.v, q.ID, ids))
	must[[]desk.EnrollCheck](t)(r.d.Enroll(t.Context(), r.v, q.ID, ids))
	n := map[sales.ID]int{}
	for i, c := range preview {
		e := r.enrollment(sales.Enrollment{ID: r.live(q.ID, i)})
		n[e.MailboxID]++
		if e.MailboxID != c.MailboxID || e.OwnerID != r.Seller.ID {
			t.Errorf("person %d: the preview said %v, it is %v of %v", i, c.MailboxID, e.MailboxID, e.OwnerID)
		}
	}
	if n[boxes[1].ID] != 24 || n[boxes[2].ID] != 12 || len(n) != 2 {
		t.Errorf("60 and 30 mails a day share 36 people as %v", n)
	}
	// More room elsewhere: who was there stays, who is new goes there.
	was := r.enrollment(sales.Enrollment{ID: r.live(q.ID, 0)})
	if err := r.d.StopEnrollment(t.Context(), r.boss, was.ID); err != nil {
		t.Fatal(err)
	}
	q = r.Sequence
	q.Pool = append(q.Pool, boxes[0].ID)
	r.Sequence = must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.boss, q))
	r.clock.t = r.clock.t.Add(time.Hour)
	again := must[[]desk.EnrollCheck](t)(r.d.CheckEnroll(t.Context(), r.v, q.ID, []sales.ID{r.People[0].ID, r.People[39].ID}))
	if again[0].MailboxID != was.MailboxID || again[1].MailboxID != r.Mailbox.ID {
		t.Errorf("%+v, was %v", again, was.MailboxID)
	}
	// A mailbox that does not work any more lets them go.
	gone := boxes[1]
	gone.State = sales.MailboxBroken
	other := boxes[2]
	other.State = sales.MailboxBroken
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.SetMailboxState(ctx, r.Workspace.ID, gone.ID, sales.MailboxBroken, "x"); err != nil {
			return err
		}
		_, err := tx.SetMailboxState(ctx, r.Workspace.ID, other.ID, sales.MailboxBroken, "x")
		return err
	})
	again = must[[]desk.EnrollCheck](t)(r.d.CheckEnroll(t.Context(), r.v, q.ID, []sales.ID{r.People[0].ID}))
	if again[0].MailboxID != r.Mailbox.ID {
		t.Errorf("%+v", again)
	}
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.SetMailboxState(ctx, r.Workspace.ID, r.Mailbox.ID, sales.MailboxBroken, "x")
		return err
	})
	if no, why := r.check(q.ID, 0); no != desk.NoMailbox {
		t.Errorf("%q %s", no, why)
	}
}

// TestAnswersAndFields: who has answered waits for a person, who rests rests, and a
// mail that cannot be written is not begun.
func TestAnswersAndFields(t *testing.T) {
	r := newRoom(t, 3)
	r.answered(0, sales.Interested)
	if no, why := r.check(r.Sequence.ID, 0); no != desk.NoAnswered || !strings.Contains(why, "waits for a person") {
		t.Errorf("%q %s", no, why)
	}
	q := r.Sequence
	q.Anchor = sales.Anchor{Field: "renewal"}
	q.Steps = append([]sales.Step{}, q.Steps...)
	q = must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, q))
	if no, why := r.check(q.ID, 1); no != desk.NoFields || !strings.Contains(why, "renewal") {
		t.Errorf("%q %s", no, why)
	}
	r.edit(1, func(p *sales.Person) { p.Custom = map[string]string{"renewal": "2026-06-01"} })
	if no, why := r.check(q.ID, 1); no != "" {
		t.Errorf("%q %s", no, why)
	}
}

// TestPoolOwner: whose person it is calls them, whatever mailbox of the pool writes;
// a person without a seller is the work of whose mailbox it is.
func TestPoolOwner(t *testing.T) {
	r := newRoom(t, 2)
	mb := r.Mailbox
	mb.ID, mb.Address, mb.UserID = r.NewID(), "second@brightmail.example", r.Owner.ID
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		p := r.People[1]
		p.OwnerID = 0
		if err := tx.SavePerson(ctx, p, r.Account.Name); err != nil {
			return err
		}
		return tx.InsertMailbox(ctx, mb)
	})
	q := r.Sequence
	q.Pool = []sales.ID{mb.ID}
	q.Steps = []sales.Step{{Kind: sales.StepCall, Note: "Call them"}, q.Steps[0]}
	r.Sequence = must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.boss, q))
	must[[]desk.EnrollCheck](t)(r.d.Enroll(t.Context(), r.boss, q.ID, []sales.ID{r.People[0].ID, r.People[1].ID}))
	for i, want := range []sales.ID{r.Seller.ID, r.Owner.ID} {
		e := r.enrollment(sales.Enrollment{ID: r.live(q.ID, i)})
		r.to(e)
		if e.OwnerID != want || e.MailboxID != mb.ID {
			t.Errorf("person %d: of %v, from %v", i, e.OwnerID, e.MailboxID)
		}
		if task := r.only(i, sales.TaskCall); task.UserID != want {
			t.Errorf("person %d: the call is for %v", i, task.UserID)
		}
	}
	call := r.only(0, sales.TaskCall)
	must[desk.Undo](t)(r.d.Complete(t.Context(), r.v, call.ID, "talked"))
}

// TestPoolIsOnesOwn: a seller adds no mailbox of a colleague; what a manager added
// stays when the seller saves.
func TestPoolIsOnesOwn(t *testing.T) {
	r := newRoom(t, 0)
	mb := r.Mailbox
	mb.ID, mb.Address, mb.UserID = r.NewID(), "second@brightmail.example", r.Owner.ID
	r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.InsertMailbox(ctx, mb) })
	save := func(v sales.Viewer, q sales.Sequence, pool ...sales.ID) error {
		q.Pool = pool
		_, err := r.d.SaveSequence(t.Context(), v, q)
		if err == nil && q.ID != 0 {
			r.Sequence = must[sales.Sequence](t)(r.World.Store.Sequence(t.Context(), r.Workspace.ID, q.ID))
		}
		return err
	}
	fresh := sales.Sequence{Name: "Fresh", Rules: r.Sequence.Rules}
	wantCode(t, "a colleague's", save(r.v, r.Sequence, r.Mailbox.ID, mb.ID), sales.Forbidden)
	wantCode(t, "a colleague's, of a new one", save(r.v, fresh, mb.ID), sales.Forbidden)
	wantCode(t, "none", save(r.v, r.Sequence, 404), sales.Invalid)
	for _, x := range []struct {
		what string
		v    sales.Viewer
		pool []sales.ID
	}{{"one's own", r.v, []sales.ID{r.Mailbox.ID}}, {"a manager", r.boss, []sales.ID{r.Mailbox.ID, mb.ID}}, {"it stays", r.v, []sales.ID{mb.ID}}, {"it goes", r.v, nil}} {
		if err := save(x.v, r.Sequence, x.pool...); err != nil || len(r.Sequence.Pool) != len(x.pool) {
			t.Errorf("%s: %v, %v", x.what, r.Sequence.Pool, err)
		}
	}
	wantCode(t, "and does not come back", save(r.v, r.Sequence, mb.ID), sales.Forbidden)
}

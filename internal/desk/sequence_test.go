package desk_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// plan is four automatic mails, with the people of a world spread over it.
func plan(t *testing.T) (*room, []sales.Enrollment) {
	r := newRoom(t, 6)
	r.Sequence.Rules.MaxAutoMails = 0
	r.Sequence.Steps = nil
	for i := range 4 {
		s := sales.Step{Kind: sales.StepAutoMail, Delay: sales.Delay{N: 1, Unit: sales.Days}, Body: "Mail " + string(rune('A'+i)), Subject: "Subject " + string(rune('A'+i))}
		r.Sequence.Steps = append(r.Sequence.Steps, s)
	}
	q := must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, r.Sequence))
	r.Sequence = q
	// Person 0 stands before A, 1 waits for A, 2 before B, 3 waits for B, 4 before C, 5 waits for D.
	var out []sales.Enrollment
	for i, mails := range []int{0, 0, 1, 1, 2, 3} {
		e := r.Enroll(t, i)
		for range mails {
			r.due(e)
			r.sendAll()
			r.clock.t = r.clock.t.Add(time.Second)
		}
		out = append(out, e)
	}
	for _, i := range []int{1, 3, 5} {
		r.due(out[i])
	}
	r.Sequence = must[sales.Sequence](t)(r.World.Store.Sequence(t.Context(), r.Workspace.ID, q.ID))
	return r, out
}

// due begins the next step of one enrollment alone.
func (r *room) due(e sales.Enrollment) {
	r.t.Helper()
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		e, err := tx.Enrollment(ctx, r.Workspace.ID, e.ID)
		if err != nil {
			return err
		}
		e.NextAt, e.LastStepAt = r.clock.t, e.LastStepAt.AddDate(0, 0, -90) // long enough ago for any delay
		q, err := tx.Sequence(ctx, r.Workspace.ID, e.SequenceID)
		if err != nil {
			return err
		}
		p, err := tx.PersonAny(ctx, r.Workspace.ID, e.PersonID)
		if err != nil {
			return err
		}
		d := engine.Decide(engine.Case{Plan: sales.Plan{Steps: q.Steps, Rules: q.Rules}}, e, sales.Event{Kind: sales.EvTimer, At: r.clock.t}, r.clock.t)
		_, err = tx.Apply(ctx, e, d, store.Subject{Person: p}, r.clock.t)
		return err
	})
}

// finish lets everybody go to the end.
func (r *room) finish() {
	r.t.Helper()
	for range 40 {
		r.timer()
		r.sendAll()
		r.clock.t = r.clock.t.Add(12 * time.Hour)
	}
}

// got gives the letters of the mails that a person got, in the order in which they went.
func (r *room) got(i int) string {
	r.t.Helper()
	list := must[[]sales.Mailing](r.t)(r.MailingsOf(r.t.Context(), r.Workspace.ID, r.People[i].ID))
	names := map[sales.ID]string{}
	for _, s := range r.Sequence.Steps {
		names[s.ID] = strings.TrimPrefix(s.Body, "Mail ")
	}
	type sent struct {
		at   time.Time
		name string
	}
	var all []sent
	for _, m := range list {
		if m.State == sales.MailingSent {
			name := names[m.StepID]
			if name == "" {
				name = "-" // of a step that is gone
			}
			all = append(all, sent{m.SentAt, name})
		}
	}
	out := ""
	for len(all) > 0 {
		first := 0
		for j := range all {
			if all[j].at.Before(all[first].at) {
				first = j
			}
		}
		out += all[first].name
		all = append(all[:first], all[first+1:]...)
	}
	return out
}

// TestEditRunning: whatever is done to a running sequence, nobody gets a mail
// twice, and everybody goes on where they stood.
func TestEditRunning(t *testing.T) {
	for name, x := range map[string]struct {
		edit func(steps []sales.Step) []sales.Step
		want []string // by person, see plan
	}{
		"nothing": {func(s []sales.Step) []sales.Step { return s }, []string{"ABCD", "ABCD", "ABCD", "ABCD", "ABCD", "ABCD"}},
		"insert in front": {func(s []sales.Step) []sales.Step {
			return append([]sales.Step{{Kind: sales.StepAutoMail, Subject: "n", Body: "Mail N", Delay: sales.Delay{N: 1, Unit: sales.Days}}}, s...)
		}, []string{"ABCD", "ABCD", "ABCD", "ABCD", "ABCD", "ABCD"}},
		"insert before C": {func(s []sales.Step) []sales.Step {
			n := sales.Step{Kind: sales.StepAutoMail, Subject: "n", Body: "Mail N", Delay: sales.Delay{N: 1, Unit: sales.Days}}
			return []sales.Step{s[0], s[1], n, s[2], s[3]}
		}, []string{"ABNCD", "ABNCD", "ABNCD", "ABNCD", "ABCD", "ABCD"}},
		"remove B":        {func(s []sales.Step) []sales.Step { return []sales.Step{s[0], s[2], s[3]} }, []string{"ACD", "ACD", "ACD", "ACD", "A-CD", "A-CD"}},
		"remove the last": {func(s []sales.Step) []sales.Step { return s[:3] }, []string{"ABC", "ABC", "ABC", "ABC", "ABC", "ABC"}},
		"move D in front of B": {func(s []sales.Step) []sales.Step { return []sales.Step{s[0], s[3], s[1], s[2]} },
			[]string{"ADBC", "ADBC", "ABC", "ABC", "ABC", "ABCD"}},
		"turn around": {func(s []sales.Step) []sales.Step { return []sales.Step{s[3], s[2], s[1], s[0]} }, nil},
		"replace all": {func([]sales.Step) []sales.Step {
			return []sales.Step{{Kind: sales.StepAutoMail, Subject: "n", Body: "Mail N", Delay: sales.Delay{N: 1, Unit: sales.Days}}}
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, list := plan(t)
			q := r.Sequence
			q.Steps = x.edit(append([]sales.Step{}, q.Steps...))
			r.Sequence = must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, q))
			r.finish()
			for i := range list {
				got := r.got(i)
				if x.want != nil && got != x.want[i] {
					t.Errorf("person %d got %s, not %s", i, got, x.want[i])
				}
				for _, c := range "ABCDN" {
					if strings.Count(got, string(c)) > 1 {
						t.Errorf("person %d got %s", i, got)
					}
				}
				if e := r.enrollment(list[i]); e.State != sales.Finished {
					t.Errorf("person %d: %s at %d, awaiting %v, hold %q", i, e.State, e.Position, e.Awaiting, e.HoldWhy)
				}
			}
		})
	}
}

// TestSaveSequence: rights, limits, what must stay valid, and two who save at once.
func TestSaveSequence(t *testing.T) {
	r := newRoom(t, 0)
	for name, q := range map[string]sales.Sequence{
		"no name":        {},
		"a long name":    {Name: strings.Repeat("x", 201)},
		"too many steps": {Name: "x", Steps: make([]sales.Step, 51)},
	} {
		_, err := r.d.SaveSequence(t.Context(), r.v, q)
		wantCode(t, name, err, sales.Invalid)
	}
	draft := must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, sales.Sequence{Name: " Draft ", Steps: []sales.Step{{Kind: sales.StepAutoMail}}}))
	if draft.Name != "Draft" || draft.State != sales.SequenceDraft || draft.OwnerID != r.Seller.ID || draft.Steps[0].ID == 0 {
		t.Errorf("%+v", draft)
	}
	wantCode(t, "a draft without text", r.d.StartSequence(t.Context(), r.v, draft.ID), sales.Invalid)
	q := r.Sequence
	q.Steps = append([]sales.Step{}, q.Steps...)
	q.Steps[0].Body = " "
	_, err := r.d.SaveSequence(t.Context(), r.v, q)
	wantCode(t, "a running one without text", err, sales.Invalid)
	other := r.v
	other.UserID = 9
	_, err = r.d.SaveSequence(t.Context(), other, r.Sequence)
	wantCode(t, "of another seller", err, sales.Forbidden)
	must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.boss, r.Sequence))
	_, err = r.d.SaveSequence(t.Context(), r.boss, r.Sequence)
	wantCode(t, "an older version", err, sales.Conflict)
	// A step of another sequence is not stolen.
	steal := sales.Sequence{Name: "Thief", Steps: []sales.Step{r.Sequence.Steps[0]}}
	got := must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, steal))
	if got.Steps[0].ID == r.Sequence.Steps[0].ID {
		t.Error("the step was taken from the other sequence")
	}
}

// TestEnrollCheck: who may be put in, and why not.
func TestEnrollCheck(t *testing.T) {
	r := newRoom(t, 9)
	edit := func(i int, fn func(*sales.Person)) {
		fn(&r.People[i])
		r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SavePerson(ctx, r.People[i], r.Account.Name) })
	}
	suppress(t, r.World, r.People[1].Email, sales.EndUnsubscribe)
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.MarkAddress(ctx, r.Workspace.ID, r.People[2].ID, sales.AddressDead)
	})
	r.Enroll(t, 3)
	e := r.Enroll(t, 4)
	if err := r.d.StopEnrollment(t.Context(), r.v, e.ID); err != nil {
		t.Fatal(err)
	}
	edit(5, func(p *sales.Person) { p.AccountID = 0 })
	edit(6, func(p *sales.Person) { p.OwnerID = r.Owner.ID })
	edit(7, func(p *sales.Person) { p.Zone, p.OwnerID = "", 0 })
	ids := make([]sales.ID, 0, 10)
	for _, p := range r.People {
		ids = append(ids, p.ID)
	}
	checks := must[[]desk.EnrollCheck](t)(r.d.CheckEnroll(t.Context(), r.boss, r.Sequence.ID, append(ids, 42)))
	want := []string{"+", "must not be written to", "no working mail address", "in this sequence already", "has been through", "company", "no seller with a mailbox", "no seller with a mailbox", "+"}
	if len(checks) != len(want) {
		t.Fatalf("%d answers", len(checks))
	}
	for i, c := range checks {
		if c.OK != (want[i] == "+") || !c.OK && !strings.Contains(c.Why, want[i]) {
			t.Errorf("person %d: %v %q, not %q", i, c.OK, c.Why, want[i])
		}
	}
	if c := checks[0]; c.MailboxID != r.Mailbox.ID || !c.FirstAt.Equal(storetest.Now) {
		t.Errorf("%+v", c)
	}
	// The seller does not see the owner's person; of nobody's person the seller may write.
	mine := must[[]desk.EnrollCheck](t)(r.d.CheckEnroll(t.Context(), r.v, r.Sequence.ID, ids[5:]))
	if len(mine) != 3 || !mine[1].OK || !strings.Contains(mine[1].Why, "zone unknown") {
		t.Errorf("%+v", mine)
	}
	_, err := r.d.CheckEnroll(t.Context(), r.v, r.Sequence.ID, make([]sales.ID, 1001))
	wantCode(t, "too many", err, sales.Limited)
	if err := r.d.ArchiveSequence(t.Context(), r.v, r.Sequence.ID); err != nil {
		t.Fatal(err)
	}
	_, err = r.d.Enroll(t.Context(), r.v, r.Sequence.ID, ids[:1])
	wantCode(t, "an archived one", err, sales.Invalid)
}

// TestEnrollTwice: two presses of the button are one enrollment.
func TestEnrollTwice(t *testing.T) {
	r := newRoom(t, 3)
	ids := []sales.ID{r.People[0].ID, r.People[1].ID, r.People[2].ID, r.People[0].ID}
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			if _, err := r.d.Enroll(t.Context(), r.v, r.Sequence.ID, ids); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for i := range r.People {
		list := must[[]sales.Enrollment](t)(r.EnrollmentsOf(t.Context(), r.Workspace.ID, r.People[i].ID))
		if len(list) != 1 || list[0].State != sales.Active {
			t.Errorf("person %d: %+v", i, list)
		}
		n := 0
		for _, m := range must[[]sales.Move](t)(r.MovesOf(t.Context(), r.Workspace.ID, r.People[i].ID, 20)) {
			if m.Kind == sales.MoveEnrolled {
				n++
			}
		}
		if n != 1 {
			t.Errorf("person %d: %d lines in the ledger", i, n)
		}
	}
}

// TestStartPauseArchive: who was put in before the start begins with it; a pause
// holds the queue and a start lets it go at once; an archive takes everybody out.
func TestStartPauseArchive(t *testing.T) {
	r := newRoom(t, 2)
	q := r.Sequence
	q.ID, q.State, q.StartedAt = 0, "", time.Time{}
	q.Steps = append([]sales.Step{}, q.Steps...)
	q = must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, q))
	must[[]desk.EnrollCheck](t)(r.d.Enroll(t.Context(), r.v, q.ID, []sales.ID{r.People[0].ID}))
	e := must[[]sales.Enrollment](t)(r.EnrollmentsOf(t.Context(), r.Workspace.ID, r.People[0].ID))[0]
	if r.timer(); r.enrollment(e).State != sales.Pending {
		t.Fatal(r.enrollment(e).State)
	}
	start := func() {
		t.Helper()
		if err := r.d.StartSequence(t.Context(), r.v, q.ID); err != nil {
			t.Fatal(err)
		}
	}
	start()
	start()
	r.Sequence = q
	r.timer()
	if m := r.mailing(e, 0); m.State != sales.MailingQueued {
		t.Fatal(m.State)
	}
	if err := r.d.PauseSequence(t.Context(), r.v, q.ID); err != nil {
		t.Fatal(err)
	}
	if keys := r.sendAll(); len(keys) != 0 {
		t.Errorf("%v is due while the sequence is paused", keys)
	}
	r.clock.t = r.clock.t.Add(time.Minute)
	start()
	if m := r.mailing(e, 0); !m.DueAt.Equal(r.clock.t) {
		t.Errorf("after the pause it waits until %v", m.DueAt)
	}
	other := r.v
	other.UserID = 9
	wantCode(t, "another seller", r.d.PauseSequence(t.Context(), other, q.ID), sales.Forbidden)
	if err := r.d.ArchiveSequence(t.Context(), r.v, q.ID); err != nil {
		t.Fatal(err)
	}
	got := r.enrollment(e)
	if got.State != sales.Finished || got.Reason != sales.EndSequence || r.mailing(e, 0).State != sales.MailingCanceled {
		t.Errorf("%s %s, mail %s", got.State, got.Reason, r.mailing(e, 0).State)
	}
}

// TestStartNeedsAMailbox.
func TestStartNeedsAMailbox(t *testing.T) {
	r := newRoom(t, 0)
	stranger := storetest.Stranger(t, r.World.Store)
	q := must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), stranger, sales.Sequence{Name: "x", Steps: []sales.Step{{Kind: sales.StepCall}}}))
	err := r.d.StartSequence(t.Context(), stranger, q.ID)
	if sales.CodeOf(err) != sales.Invalid || !strings.Contains(err.Error(), "mailbox") {
		t.Error(err)
	}
}

// TestEnrollmentCommands: pause, resume, stop, remove; in the name of who did it.
func TestEnrollmentCommands(t *testing.T) {
	r := newRoom(t, 1)
	e := r.Enroll(t, 0)
	r.timer()
	step := func(what string, err error, state sales.EnrollmentState, actor sales.Actor, mail sales.MailingState) {
		t.Helper()
		got := r.enrollment(e)
		if err != nil || got.State != state || got.Actor != actor || r.mailing(e, 0).State != mail {
			t.Errorf("%s: %s by %s, mail %s, %v", what, got.State, got.Actor, r.mailing(e, 0).State, err)
		}
	}
	until := r.clock.t.Add(time.Hour)
	step("pause", r.d.PauseEnrollment(t.Context(), r.v, e.ID, until), sales.Paused, sales.BySeller, sales.MailingCanceled)
	step("resume", r.d.ResumeEnrollment(t.Context(), r.boss, e.ID), sales.Active, sales.ByLeader, sales.MailingCanceled)
	r.timer()
	step("asked again", nil, sales.Active, sales.ByLeader, sales.MailingQueued)
	other := r.v
	other.UserID = 9
	wantCode(t, "another seller", r.d.StopEnrollment(t.Context(), other, e.ID), sales.NotFound)
	step("remove", r.d.RemoveEnrollment(t.Context(), r.v, e.ID), sales.Removed, sales.BySeller, sales.MailingCanceled)
	step("resume what has ended", r.d.ResumeEnrollment(t.Context(), r.v, e.ID), sales.Removed, sales.BySeller, sales.MailingCanceled)
}

// TestReferences: a plan names what there is in the workspace, or is refused.
func TestReferences(t *testing.T) {
	r := newRoom(t, 0)
	for what, edit := range map[string]func(q *sales.Sequence){
		"ruleset":  func(q *sales.Sequence) { q.RulesetID = 404 },
		"schedule": func(q *sales.Sequence) { q.ScheduleID = 404 },
		"mailbox":  func(q *sales.Sequence) { q.Pool = []sales.ID{r.Mailbox.ID, 404} },
	} {
		q := r.Sequence
		edit(&q)
		_, err := r.d.SaveSequence(t.Context(), r.v, q)
		wantCode(t, what, err, sales.Invalid)
	}
}

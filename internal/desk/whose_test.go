package desk_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// mailsOf are the incoming messages that are a person's.
func (r *room) mailsOf(i int) (out []sales.Message) {
	r.t.Helper()
	for _, m := range must[[]sales.Message](r.t)(r.MessagesOf(r.t.Context(), r.Workspace.ID, r.People[i].ID, 50)) {
		if m.Direction == sales.Incoming {
			out = append(out, m)
		}
	}
	return out
}

// TestWhoseOfSeveral: the second of two is chosen. The message is theirs, their
// address is kept, their sequence ends, and that of the other goes on; two sellers
// who answer at once have answered once.
func TestWhoseOfSeveral(t *testing.T) {
	r := newRoom(t, 2)
	r.rules(func(x *sales.Rules) { x.Colleagues = sales.ColleaguesGoOn })
	first, second := r.Enroll(t, 0), r.Enroll(t, 1)
	task := r.ask("a@home.example", "mo@home.example", sales.Candidate{PersonID: r.People[0].ID, Reason: "x"}, sales.Candidate{PersonID: r.People[1].ID, Reason: "y"})
	for _, e := range []sales.Enrollment{first, second} {
		if got := r.enrollment(e); got.State != sales.Paused {
			t.Fatalf("%s", got.State)
		}
		if h := must[string](t)(whyNot(r, e)); !strings.Contains(h, "may be their answer") {
			t.Errorf("why not yet: %s", h)
		}
	}
	for _, n := range []int{2, 7, -2} {
		_, err := r.d.Whose(t.Context(), r.v, task.ID, n)
		wantCode(t, "no such answer", err, sales.Invalid)
	}
	var wg sync.WaitGroup
	for _, v := range []sales.Viewer{r.v, r.boss, r.v, r.boss} {
		wg.Go(func() {
			if _, err := r.d.Whose(context.Background(), v, task.ID, 1); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if a, b := r.enrollment(first), r.enrollment(second); a.State != sales.Active || b.State != sales.Finished || b.Reason != sales.EndReplied {
		t.Errorf("%s and %s %s", a.State, b.State, b.Reason)
	}
	if len(r.mailsOf(0)) != 0 || len(r.mailsOf(1)) != 1 || len(r.tasks(0)) != 0 || r.only(1, sales.TaskAnswer).MessageID != task.MessageID {
		t.Errorf("%+v %+v", r.mailsOf(1), r.tasks(1))
	}
	list := must[[]sales.PersonAddress](t)(r.AddressesOf(t.Context(), r.Workspace.ID, r.People[1].ID))
	if len(list) != 1 || list[0].Address != "mo@home.example" || list[0].UserID == 0 {
		t.Errorf("%+v", list)
	}
	n := 0
	for _, m := range must[[]sales.Move](t)(r.MovesOf(t.Context(), r.Workspace.ID, r.People[1].ID, 50)) {
		if m.Kind == sales.MoveInterest || strings.HasPrefix(m.Text, "You said that") {
			n++
		}
	}
	if n != 2 {
		t.Errorf("%d lines", n)
	}
	if got := must[[]sales.Candidate](t)(r.Candidates(t.Context(), r.Workspace.ID, task.MessageID)); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	m := r.mailsOf(1)[0]
	if th := must[sales.Thread](t)(r.Thread(t.Context(), r.Workspace.ID, m.ThreadID)); th.PersonID != r.People[1].ID || th.LastHeader != m.HeaderID {
		t.Errorf("%+v", th)
	}
}

func whyNot(r *room, e sales.Enrollment) (string, error) {
	h, err := r.d.WhyNotYet(r.t.Context(), r.v, e.ID)
	return h.Why + "; " + h.Change, err
}

// TestWhoseColleague: somebody at the company wrote it. It counts for the thread of
// the person, names who wrote, proposes them, and keeps no address.
func TestWhoseColleague(t *testing.T) {
	r := newRoom(t, 1)
	e := r.Enroll(t, 0)
	task := r.ask("a@home.example", "tom@brightwater.example", sales.Candidate{PersonID: r.People[0].ID, Colleague: true, Reason: "x"})
	if _, err := r.d.Whose(t.Context(), r.v, task.ID, 0); err != nil {
		t.Fatal(err)
	}
	if got := r.enrollment(e); got.State != sales.Finished {
		t.Errorf("%s", got.State)
	}
	kinds := map[sales.TaskKind]string{}
	for _, x := range r.tasks(0) {
		kinds[x.Kind] = x.Title
	}
	if len(kinds) != 2 || !strings.Contains(kinds[sales.TaskAnswer], "tom@brightwater.example") || !strings.Contains(kinds[sales.TaskReferral], "tom@brightwater.example") {
		t.Errorf("%v", kinds)
	}
	if list := must[[]sales.PersonAddress](t)(r.AddressesOf(t.Context(), r.Workspace.ID, r.People[0].ID)); len(list) != 0 {
		t.Errorf("%+v", list)
	}
	if m := r.mailsOf(0); len(m) != 1 || m[0].Verdict.Colleague != "tom@brightwater.example" {
		t.Errorf("%+v", m)
	}
}

// TestWhoseNobody: what was paused until a time waits until then again, what ran
// goes on, what a person decided meanwhile stays, and the pair is not asked about
// again.
func TestWhoseNobody(t *testing.T) {
	r := newRoom(t, 3)
	var all []sales.Enrollment
	var list []sales.Candidate
	for i := range 3 {
		all = append(all, r.Enroll(t, i))
		list = append(list, sales.Candidate{PersonID: r.People[i].ID, Reason: "x"})
	}
	until := r.clock.t.Add(96 * time.Hour)
	r.decide(all[1], sales.Event{Kind: sales.EvPause, Actor: sales.BySeller, Until: until})
	task := r.ask("a@home.example", "mo@home.example", list...)
	if e := r.enrollment(all[1]); !e.NextAt.IsZero() {
		t.Errorf("it goes on by itself at %v", e.NextAt)
	}
	r.decide(all[2], sales.Event{Kind: sales.EvStop, Actor: sales.BySeller})
	if _, err := r.d.Whose(t.Context(), r.v, task.ID, -1); err != nil {
		t.Fatal(err)
	}
	if a, b, c := r.enrollment(all[0]), r.enrollment(all[1]), r.enrollment(all[2]); a.State != sales.Active || b.State != sales.Paused || !b.Until.Equal(until) || c.State != sales.Finished {
		t.Errorf("%s, %s until %v, %s", a.State, b.State, b.Until, c.State)
	}
	m := must[sales.Message](t)(r.MessageAny(t.Context(), r.Workspace.ID, task.MessageID))
	if m.PersonID != 0 || m.ThreadID != 0 || m.Matched != "not theirs" || len(r.tasks(0)) != 0 {
		t.Errorf("%+v", m)
	}
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		not, err := tx.NotTheirs(ctx, r.Workspace.ID, "mo@home.example")
		if len(not) != 3 {
			t.Errorf("%v", not)
		}
		return err
	})
}

// TestWhoseTwoQuestions: what two questions hold goes on when both are answered.
func TestWhoseTwoQuestions(t *testing.T) {
	r := newRoom(t, 1)
	e := r.Enroll(t, 0)
	one := sales.Candidate{PersonID: r.People[0].ID, Reason: "x"}
	a, b := r.ask("a@home.example", "a@home.example", one), r.ask("b@home.example", "b@home.example", one)
	for i, task := range []sales.Task{b, a} {
		if err := r.d.Confirm(t.Context(), r.v, task.ID, false); err != nil {
			t.Fatal(err)
		}
		if got := r.enrollment(e).State; (got == sales.Active) != (i == 1) {
			t.Errorf("after %d answers it is %s", i+1, got)
		}
	}
}

// TestWhoseWalls: a seller answers nothing about somebody else's people.
func TestWhoseWalls(t *testing.T) {
	r, _, task := confirming(t)
	other := r.v
	other.UserID = 9
	_, err := r.d.Whose(t.Context(), other, task.ID, 0)
	wantCode(t, "another seller", err, sales.NotFound)
	other.WorkspaceID = 9
	_, err = r.d.Whose(t.Context(), other, task.ID, 0)
	wantCode(t, "another workspace", err, sales.NotFound)
	hers := r.ask("c@home.example", "c@home.example", sales.Candidate{PersonID: r.People[0].ID, Reason: "x"})
	r.edit(0, func(p *sales.Person) { p.OwnerID = r.Owner.ID })
	_, err = r.d.Whose(t.Context(), r.v, hers.ID, 0)
	wantCode(t, "given away meanwhile", err, sales.NotFound)
}

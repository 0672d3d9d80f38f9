package desk_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/desk"
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

// TestQuestionStays: what is done beside the question leaves it open, and what
// waits for it.
func TestQuestionStays(t *testing.T) {
	for name, do := range map[string]func(r *room, task sales.Task) error{
		"wait": func(r *room, _ sales.Task) error {
			return second(r.d.Wait(r.t.Context(), r.v, r.People[0].ID, time.Time{}))
		},
		"not now": func(r *room, _ sales.Task) error {
			return second(r.d.NotNow(r.t.Context(), r.v, r.People[0].ID, time.Time{}))
		},
		"meeting": func(r *room, x sales.Task) error {
			return second(r.d.Meeting(r.t.Context(), r.v, r.People[0].ID, x.ID, time.Time{}, ""))
		},
		"call": func(r *room, x sales.Task) error {
			return second(r.d.LogCall(r.t.Context(), r.v, desk.CallLog{PersonID: r.People[0].ID, TaskID: x.ID, Disposition: sales.CallTalked}))
		},
		"a voicemail": func(r *room, x sales.Task) error {
			return second(r.d.LogCall(r.t.Context(), r.v, desk.CallLog{PersonID: r.People[0].ID, TaskID: x.ID, Disposition: sales.CallVoicemail}))
		},
		"done": func(r *room, x sales.Task) error {
			_, err := r.d.Complete(r.t.Context(), r.v, x.ID, "")
			wantCode(r.t, "done", err, sales.Invalid)
			return nil
		},
	} {
		r, _, task := confirming(t)
		if err := do(r, task); err != nil {
			t.Fatal(name, err)
		}
		if got := must[sales.Task](t)(r.Store.Task(t.Context(), r.Workspace.ID, task.ID)); got.State != sales.TaskOpen {
			t.Errorf("%s closed the question", name)
		}
		if err := r.d.Confirm(t.Context(), r.v, task.ID, true); err != nil || len(r.mailsOf(0)) != 1 {
			t.Errorf("%s: %v", name, err)
		}
		wantCode(t, "an answer is not taken back as a task", r.d.Undo(t.Context(), r.v, "task/"+task.ID.String()), sales.Invalid)
	}
}

func second[T any](_ T, err error) error { return err }

// TestWhoseMany: one answer is that of all that wait with it, however many.
func TestWhoseMany(t *testing.T) {
	for _, n := range []int{0, -1} {
		r, e, task := confirming(t)
		first := must[sales.Message](t)(r.MessageAny(t.Context(), r.Workspace.ID, task.MessageID))
		r.tx(func(ctx context.Context, tx *store.Tx) error {
			for i := range 120 {
				m := first
				m.ID, m.HeaderID = tx.NewID(), fmt.Sprintf("more-%d@x.example", i)
				if _, err := tx.InsertMessage(ctx, m); err != nil {
					return err
				}
				if err := tx.Ask(ctx, m.WorkspaceID, m.ID, []sales.Candidate{{PersonID: r.People[0].ID}}); err != nil {
					return err
				}
				if err := casework.New(tx, m.WorkspaceID).Hold(ctx, tx, r.People[0], m.ID, r.clock.t); err != nil {
					return err
				}
			}
			return nil
		})
		must[sales.Person](t)(r.d.Whose(t.Context(), r.v, task.ID, n))
		if asked := must[bool](t)(r.AskedAbout(t.Context(), r.Workspace.ID, r.People[0].ID)); asked {
			t.Error("some wait still")
		}
		if got := r.enrollment(e); got.State != map[int]sales.EnrollmentState{0: sales.Finished, -1: sales.Active}[n] {
			t.Errorf("%d: %s", n, got.State)
		}
	}
}

// TestWhoseSellers: each of two sellers speaks for their own people; a yes of one
// closes the question of the other, and strangers are forgotten when both said no.
func TestWhoseSellers(t *testing.T) {
	for _, last := range []int{0, -1} {
		r := newRoom(t, 2)
		mine, hers := r.Enroll(t, 0), r.Enroll(t, 1)
		other := sales.User{WorkspaceID: r.Workspace.ID, ID: r.NewID(), Email: "rita@brightmail.example", Name: "Rita", Role: sales.RoleSeller, Zone: "Europe/Lisbon", CreatedAt: r.clock.t}
		r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.InsertUser(ctx, other) })
		r.edit(1, func(p *sales.Person) { p.OwnerID = other.ID })
		rita := sales.Viewer{WorkspaceID: r.Workspace.ID, UserID: other.ID, Role: sales.RoleSeller}
		task := r.ask("a@home.example", "mo@home.example", sales.Candidate{PersonID: r.People[0].ID, Reason: "x"}, sales.Candidate{PersonID: r.People[1].ID, Reason: "y"})
		hersTask := task
		hersTask.ID, hersTask.Key, hersTask.PersonID, hersTask.UserID = r.NewID(), "confirm/hers", r.People[1].ID, other.ID
		r.tx(func(ctx context.Context, tx *store.Tx) error { return second(tx.OpenTask(ctx, hersTask)) })
		if _, err := r.Store.Message(t.Context(), rita, task.MessageID); err != nil {
			t.Error("she may not read what she is asked about:", err)
		}
		must[sales.Person](t)(r.d.Whose(t.Context(), r.v, task.ID, desk.Nobody))
		if a, b := r.enrollment(mine), r.enrollment(hers); a.State != sales.Active || b.State != sales.Paused || len(r.tasks(0)) != 0 || len(r.tasks(1)) != 1 {
			t.Fatalf("%s %s, %d %d", a.State, b.State, len(r.tasks(0)), len(r.tasks(1)))
		}
		if m := must[sales.Message](t)(r.MessageAny(t.Context(), r.Workspace.ID, task.MessageID)); m.Text == "" || must[sales.Thread](t)(r.Thread(t.Context(), r.Workspace.ID, m.ThreadID)).PersonID != r.People[1].ID {
			t.Errorf("%+v", m)
		}
		_, err := r.Store.Message(t.Context(), r.v, task.MessageID)
		wantCode(t, "whoever said no reads on", err, sales.NotFound)
		if err := r.d.Confirm(t.Context(), rita, hersTask.ID, last == 0); err != nil {
			t.Fatal(err)
		}
		m := must[sales.Message](t)(r.MessageAny(t.Context(), r.Workspace.ID, task.MessageID))
		if last == 0 {
			if m.PersonID != r.People[1].ID || r.enrollment(hers).State != sales.Finished {
				t.Errorf("%+v", m)
			}
			continue
		}
		if m.PersonID != 0 || m.Text+m.FullText+m.HTML+m.Subject != "" || m.RawID != 0 || m.HeaderID != "a@home.example" || r.enrollment(hers).State != sales.Active {
			t.Errorf("%+v", m)
		}
	}
	r := newRoom(t, 2)
	r.edit(1, func(p *sales.Person) { p.OwnerID = r.Owner.ID })
	task := r.ask("a@home.example", "mo@home.example", sales.Candidate{PersonID: r.People[0].ID, Reason: "x"}, sales.Candidate{PersonID: r.People[1].ID, Reason: "y"})
	must[sales.Person](t)(r.d.Whose(t.Context(), r.v, task.ID, desk.Nobody))
	if x := r.only(1, sales.TaskConfirm); x.UserID != r.Owner.ID { // nobody had asked her
		t.Errorf("%+v", x)
	}
}

// TestAcceptedOnPositiveTrack: a buyer who accepts a meeting leaves something to do,
// also when it had to be asked whose the answer was.
func TestAcceptedOnPositiveTrack(t *testing.T) {
	r, e, task := confirming(t)
	r.positive()
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.SaveVerdict(ctx, r.Workspace.ID, task.MessageID, sales.Verdict{Kind: sales.KindReply, Intent: sales.Interested, Invitation: &sales.InvitationAnswer{Answer: sales.InvitationAccepted}})
	})
	if err := r.d.Confirm(t.Context(), r.v, task.ID, true); err != nil {
		t.Fatal(err)
	}
	if got := r.enrollment(e); got.State != sales.WaitingHuman || got.Reason != sales.WaitAnswer || got.Track != sales.TrackPositive {
		t.Fatalf("%s %s %s", got.State, got.Reason, got.Track)
	}
	must[desk.Undo](t)(r.d.Complete(t.Context(), r.v, r.only(0, sales.TaskAnswer).ID, ""))
	if got := r.enrollment(e); got.State != sales.Active || got.NextAt.IsZero() {
		t.Errorf("%s", got.State)
	}
	if list := must[[]sales.PersonAddress](t)(r.AddressesOf(t.Context(), r.Workspace.ID, r.People[0].ID)); len(list) != 0 {
		t.Errorf("the address of a calendar is kept: %+v", list)
	}
}

// positive gives the sequence a positive track that a meeting leads to.
func (r *room) positive() {
	r.t.Helper()
	s := r.Sequence.Steps[0]
	s.ID, s.Track, s.Position = r.NewID(), sales.TrackPositive, len(r.Sequence.Steps)
	r.Sequence.Steps = append(r.Sequence.Steps, s)
	r.Sequence.Rules.Meeting = sales.MeetingPositive
	r.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, r.Sequence) })
}

// TestCorrectTellsWhoWrote: the right reading of a mail reaches also somebody we
// know who wrote it in the thread of another.
func TestCorrectTellsWhoWrote(t *testing.T) {
	r := newRoom(t, 2)
	r.rules(func(x *sales.Rules) { x.Colleagues = sales.ColleaguesGoOn })
	r.Enroll(t, 0)
	e := r.Enroll(t, 1)
	m := sales.Message{
		WorkspaceID: r.Workspace.ID, ID: r.NewID(), MailboxID: r.Mailbox.ID, PersonID: r.People[0].ID, ThreadID: r.NewID(), Direction: sales.Incoming, HeaderID: "b@x.example", From: r.People[1].Email,
		Subject: "Re: A question", Date: r.clock.t, ArrivedAt: r.clock.t, SeenAt: r.clock.t, Text: "No", Verdict: sales.Verdict{Kind: sales.KindAutoReply}, Matched: "references",
	}
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertThread(ctx, sales.Thread{WorkspaceID: m.WorkspaceID, ID: m.ThreadID, PersonID: m.PersonID, MailboxID: m.MailboxID, Subject: m.Subject, LastAt: m.ArrivedAt, LastHeader: m.HeaderID}); err != nil {
			return err
		}
		return second(tx.InsertMessage(ctx, m))
	})
	if _, err := r.d.Correct(t.Context(), r.v, m.ID, sales.KindReply, sales.NotInterested); err != nil {
		t.Fatal(err)
	}
	if got := r.enrollment(e); got.State != sales.Finished || got.Reason != sales.EndNotInterested {
		t.Errorf("%s %s", got.State, got.Reason)
	}
}

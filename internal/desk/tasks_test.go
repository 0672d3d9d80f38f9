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

// TestDispositions: what came of a call drives the sequence.
func TestDispositions(t *testing.T) {
	for disposition, x := range map[sales.Disposition]struct {
		state  sales.EnrollmentState
		reason sales.Reason
		move   sales.MoveKind
		turn   sales.MoveSide
	}{
		sales.CallTalked:       {sales.Finished, sales.EndCompleted, sales.MoveTalk, sales.TheirMove},
		sales.CallMeeting:      {sales.Finished, sales.EndMeeting, sales.MoveMeeting, sales.TheirMove},
		sales.CallNoInterest:   {sales.Finished, sales.EndNotInterested, sales.MoveTalk, sales.Resting},
		sales.CallDoNotContact: {sales.OptedOut, sales.EndUnsubscribe, sales.MoveCall, sales.Resting},
		sales.CallNoAnswer:     {sales.WaitingThem, "", sales.MoveCall, ""},
		sales.CallVoicemail:    {sales.WaitingThem, "", sales.MoveCall, ""},
		sales.CallBusy:         {sales.WaitingThem, "", sales.MoveCall, ""},
		sales.CallGatekeeper:   {sales.WaitingThem, "", sales.MoveCall, ""},
		sales.CallWrongNumber:  {sales.WaitingThem, "", sales.MoveCall, ""},
		sales.CallDeadNumber:   {sales.WaitingThem, "", sales.MoveCall, ""},
		sales.CallLater:        {sales.WaitingThem, "", sales.MoveTalk, sales.TheirMove},
	} {
		t.Run(string(disposition), func(t *testing.T) {
			r := newRoom(t, 1)
			e := r.atCall(0)
			task := r.only(0, sales.TaskCall)
			must[desk.Undo](t)(r.d.LogCall(t.Context(), r.v, desk.CallLog{PersonID: r.People[0].ID, TaskID: task.ID, Disposition: disposition, Minutes: 3, Note: "note"}))
			got := r.enrollment(e)
			if got.State != x.state || got.Reason != x.reason {
				t.Errorf("the enrollment is %s %s", got.State, got.Reason)
			}
			moves := must[[]sales.Move](t)(r.MovesOf(t.Context(), r.Workspace.ID, r.People[0].ID, 20))
			found := false
			for _, m := range moves {
				found = found || m.Kind == x.move && strings.Contains(m.Text, "Note: note")
			}
			if p := r.person(0); !found || x.turn != "" && p.Move != x.turn {
				t.Errorf("in the ledger: %v; the move is %s", found, p.Move)
			}
			open := r.tasks(0)
			if disposition == sales.CallMeeting {
				r.only(0, sales.TaskMeeting)
				open = nil
			}
			if wrong := disposition == sales.CallWrongNumber || disposition == sales.CallDeadNumber; wrong != (len(open) == 1) || wrong && open[0].Kind != sales.TaskFix {
				t.Errorf("%+v", open)
			}
			_, listed, err := r.Suppressed(t.Context(), r.Workspace.ID, r.People[0].Email)
			if err != nil || listed != (disposition == sales.CallDoNotContact) {
				t.Errorf("on the list: %v, %v", listed, err)
			}
			if calls := must[[]sales.Call](t)(r.CallsOf(t.Context(), r.Workspace.ID, r.People[0].ID)); len(calls) != 1 || calls[0].Disposition != disposition {
				t.Errorf("%+v", calls)
			}
		})
	}
	r := newRoom(t, 1)
	for _, c := range []desk.CallLog{{}, {Disposition: "sang"}, {Disposition: sales.CallTalked, Minutes: -1}, {Disposition: sales.CallTalked, Minutes: 601}, {Disposition: sales.CallTalked, Note: strings.Repeat("x", 20_001)}} {
		c.PersonID = r.People[0].ID
		_, err := r.d.LogCall(t.Context(), r.v, c)
		wantCode(t, string(c.Disposition), err, sales.Invalid)
	}
}

// TestCallForAHandoff: whoever was not reached still waits for an answer.
func TestCallForAHandoff(t *testing.T) {
	for disposition, open := range map[sales.Disposition]bool{
		sales.CallNoAnswer: true, sales.CallVoicemail: true, sales.CallBusy: true, sales.CallLater: true,
		sales.CallTalked: false, sales.CallMeeting: false, sales.CallNoInterest: false, sales.CallDoNotContact: false,
	} {
		r := newRoom(t, 1)
		r.answered(0, sales.Interested)
		task := r.only(0, sales.TaskAnswer)
		must[desk.Undo](t)(r.d.LogCall(t.Context(), r.v, desk.CallLog{PersonID: r.People[0].ID, TaskID: task.ID, Disposition: disposition}))
		n := 0
		for _, x := range r.tasks(0) {
			if x.Kind == sales.TaskAnswer {
				n++
			}
		}
		if (n == 1) != open {
			t.Errorf("%s: %d handoffs", disposition, n)
		}
	}
}

// TestSnooze: everything is put off, what is put off for longer stays so; taken
// back it shows as before.
func TestSnooze(t *testing.T) {
	r := newRoom(t, 1)
	r.answered(0, sales.Question)
	p, now := r.People[0].ID, r.clock.t
	spring := now.AddDate(0, 2, 0)
	must[desk.Undo](t)(r.d.NotNow(t.Context(), r.v, p, spring))
	r.answeredAgain(0)
	u := must[desk.Undo](t)(r.d.Snooze(t.Context(), r.v, p, now.Add(time.Hour)))
	check := func(answer, back time.Time) {
		t.Helper()
		list := r.tasks(0)
		if len(list) != 2 {
			t.Fatalf("%+v", list)
		}
		for _, x := range list {
			want := answer
			if x.Kind == sales.TaskDo {
				want = back
			}
			if !x.SnoozedUntil.Equal(want) {
				t.Errorf("%s is put off until %v, not %v", x.Kind, x.SnoozedUntil, want)
			}
		}
	}
	check(now.Add(time.Hour), spring)
	if err := r.d.Undo(t.Context(), r.v, u.Token); err != nil {
		t.Fatal(err)
	}
	check(time.Time{}, spring)
	_, err := r.d.Snooze(t.Context(), r.v, p, now.Add(-time.Second))
	wantCode(t, "into the past", err, sales.Invalid)
	_, err = r.d.Snooze(t.Context(), r.v, p, now.AddDate(2, 0, 0))
	wantCode(t, "for years", err, sales.Invalid)
}

// answeredAgain opens one more handoff.
func (r *room) answeredAgain(i int) {
	r.t.Helper()
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.OpenTask(ctx, sales.Task{WorkspaceID: r.Workspace.ID, ID: tx.NewID(), Key: "again/" + tx.NewID().String(), Kind: sales.TaskAnswer, PersonID: r.People[i].ID, UserID: r.Seller.ID, Title: "Answer", CreatedAt: r.clock.t, DueAt: r.clock.t})
		return err
	})
}

// TestWait: waiting closes the handoffs, keeps the sequence and puts its step off;
// undo opens them.
func TestWait(t *testing.T) {
	r := newRoom(t, 1)
	e := r.atCall(0)
	call := r.only(0, sales.TaskCall)
	r.answeredAgain(0)
	until := r.clock.t.AddDate(0, 0, 7)
	u := must[desk.Undo](t)(r.d.Wait(t.Context(), r.v, r.People[0].ID, until))
	p := r.person(0)
	if p.Move != sales.TheirMove || !p.MoveUntil.Equal(until) {
		t.Errorf("%s until %v", p.Move, p.MoveUntil)
	}
	list := r.tasks(0)
	if len(list) != 2 || list[0].ID != call.ID || !list[0].SnoozedUntil.Equal(until) || list[1].Kind != sales.TaskDo || !list[1].SnoozedUntil.Equal(until) || r.enrollment(e).State != sales.WaitingHuman {
		t.Errorf("%+v", list)
	}
	if err := r.d.Undo(t.Context(), r.v, u.Token); err != nil {
		t.Fatal(err)
	}
	list = r.tasks(0)
	if len(list) != 2 || list[0].SnoozedUntil.After(r.clock.t) || list[1].Kind != sales.TaskAnswer || r.person(0).Move != sales.OurMove {
		t.Errorf("%+v, the move is %s", list, r.person(0).Move)
	}
}

// TestNotNow: sequences pause until then, and then the step that was to do is
// still to do.
func TestNotNow(t *testing.T) {
	for _, undo := range []bool{false, true} {
		r := newRoom(t, 1)
		e := r.atCall(0)
		until := r.clock.t.AddDate(0, 1, 0)
		u := must[desk.Undo](t)(r.d.NotNow(t.Context(), r.v, r.People[0].ID, until))
		got := r.enrollment(e)
		if got.State != sales.Paused || got.Reason != sales.PausedNotNow || !got.Until.Equal(until) || r.only(0, sales.TaskDo).UserID != r.Seller.ID {
			t.Errorf("%s %s until %v", got.State, got.Reason, got.Until)
		}
		if undo {
			if err := r.d.Undo(t.Context(), r.v, u.Token); err != nil {
				t.Fatal(err)
			}
		} else {
			r.clock.t = until
		}
		r.timer()
		if got := r.enrollment(e); got.State != sales.WaitingHuman || got.Position != 2 {
			t.Errorf("undo %v: %s at %d", undo, got.State, got.Position)
		}
		calls := 0
		for _, x := range r.tasks(0) {
			if x.Kind == sales.TaskCall {
				calls++
			}
		}
		if calls != 1 {
			t.Errorf("undo %v: %d calls are to do", undo, calls)
		}
	}
}

// TestCompleteAndUndo: taking back that a task was done wakes nobody who rests.
func TestCompleteAndUndo(t *testing.T) {
	r := newRoom(t, 1)
	e := r.Enroll(t, 0)
	must[desk.Undo](t)(r.d.NotNow(t.Context(), r.v, r.People[0].ID, r.clock.t.AddDate(0, 1, 0)))
	r.answeredAgain(0)
	var task sales.Task
	for _, x := range r.tasks(0) {
		if x.Kind == sales.TaskAnswer {
			task = x
		}
	}
	u := must[desk.Undo](t)(r.d.Complete(t.Context(), r.v, task.ID, "said hello"))
	if len(r.tasks(0)) != 1 {
		t.Errorf("%+v", r.tasks(0))
	}
	if err := r.d.Undo(t.Context(), r.v, u.Token); err != nil {
		t.Fatal(err)
	}
	if got := r.enrollment(e); got.State != sales.Paused || len(r.tasks(0)) != 2 {
		t.Errorf("%s, %+v", got.State, r.tasks(0))
	}
}

// TestCompleteStepTwice: a step that is done twice goes on once.
func TestCompleteStepTwice(t *testing.T) {
	r := newRoom(t, 1)
	e := r.atCall(0)
	task := r.only(0, sales.TaskCall)
	for range 2 {
		if u := must[desk.Undo](t)(r.d.Complete(t.Context(), r.v, task.ID, "")); u.Token != "" {
			t.Error("a step cannot be taken back:", u.Token)
		}
	}
	stats := must[map[store.Stat]int](t)(r.StepStats(t.Context(), r.Workspace.ID, r.Sequence.ID))
	if n := stats[store.Stat{StepID: task.StepID, Name: store.StatDone}]; n != 1 || r.enrollment(e).Position != 3 {
		t.Errorf("done %d times, at %d", n, r.enrollment(e).Position)
	}
}

func TestMeetingAndNote(t *testing.T) {
	r := newRoom(t, 1)
	e := r.atCall(0)
	if err := r.d.Note(t.Context(), r.v, r.People[0].ID, "  "); sales.CodeOf(err) != sales.Invalid {
		t.Error(err)
	}
	if err := r.d.Note(t.Context(), r.v, r.People[0].ID, "Likes trucks"); err != nil {
		t.Error(err)
	}
	must[desk.Undo](t)(r.d.Meeting(t.Context(), r.v, r.People[0].ID, r.only(0, sales.TaskCall).ID, r.clock.t.Add(48*time.Hour), "their office"))
	if got := r.enrollment(e); got.State != sales.Finished || got.Reason != sales.EndMeeting || r.only(0, sales.TaskMeeting).SnoozedUntil.IsZero() {
		t.Errorf("%s %s, %+v", got.State, got.Reason, r.tasks(0))
	}
}

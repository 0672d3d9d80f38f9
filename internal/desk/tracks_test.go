package desk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// tracked is a sequence whose positive track begins after an interested reply, with
// one person in it who got the first mail and waits for the second.
func tracked(t *testing.T) (*room, sales.Enrollment) {
	r := newRoom(t, 1)
	q := r.Sequence
	q.Rules.Entries = []sales.Entry{{Track: sales.TrackPositive, Intent: sales.Interested}}
	q.Steps = []sales.Step{
		{Kind: sales.StepAutoMail, Subject: "One", Body: "First."},
		{Kind: sales.StepAutoMail, Subject: "Two", Body: "Second.", Delay: sales.Delay{N: 1, Unit: sales.Days}},
		{Kind: sales.StepTask, Note: "Send the papers", Track: sales.TrackPositive},
		{Kind: sales.StepAutoMail, Subject: "Three", Body: "Third.", Track: sales.TrackPositive, Delay: sales.Delay{N: 2, Unit: sales.Days}},
	}
	must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, q))
	r.again()
	e := r.Enroll(t, 0)
	r.timer()
	r.sendAll()
	return r, e
}

// waitsForAnswer fails unless no machine does anything until a person answers.
func (r *room) waitsForAnswer(what string, e sales.Enrollment) {
	r.t.Helper()
	r.timer()
	e = r.enrollment(e)
	if e.State != sales.WaitingHuman || e.Reason != sales.WaitAnswer || e.Track != sales.TrackPositive || e.Awaiting || len(r.sendAll()) != 0 {
		r.t.Errorf("%s: %s %s on %q, awaiting %v", what, e.State, e.Reason, e.Track, e.Awaiting)
	}
	h := must[engine.Hold](r.t)(r.d.WhyNotYet(r.t.Context(), r.v, e.ID))
	if h.Gate != sales.GateAnswer || h.Change != "answer the reply" {
		r.t.Errorf("%s: %+v", what, h)
	}
}

// TestTrackAfterAnswer: a positive track begins with the seller's answer and not
// with the reply; taken back, it waits again.
func TestTrackAfterAnswer(t *testing.T) {
	r, e := tracked(t)
	r.clock.t = r.clock.t.Add(time.Hour)
	m := r.answered(0, sales.Interested)
	r.waitsForAnswer("they replied", e)
	r.clock.t = r.clock.t.AddDate(0, 0, 3)
	r.waitsForAnswer("three days later", e)

	letter := desk.Letter{PersonID: r.People[0].ID, ReplyTo: m.ID, Body: "Gladly. When?", Nonce: "a"}
	undo := must[desk.Undo](t)(r.d.Write(t.Context(), r.v, letter))
	if x := r.enrollment(e); x.State != sales.Active || x.Position != 2 {
		t.Errorf("%s at %d", x.State, x.Position)
	}
	if err := r.d.Undo(t.Context(), r.v, undo.Token); err != nil {
		t.Fatal(err)
	}
	r.waitsForAnswer("the answer was taken back", e)
	must[desk.Undo](t)(r.d.Write(t.Context(), r.v, letter))
	r.timer()
	if x := r.enrollment(e); x.State != sales.WaitingHuman || x.Position != 2 || !x.Awaiting {
		t.Errorf("%+v", x)
	}
	task := r.only(0, sales.TaskDo)
	must[desk.Undo](t)(r.d.Complete(t.Context(), r.v, task.ID, ""))
	if x := r.enrollment(e); x.Position != 3 || !x.NextAt.Equal(r.clock.t.AddDate(0, 0, 2)) {
		t.Errorf("%+v", x)
	}
	// The second mail of the main track never goes.
	r.to(e)
	for _, key := range r.sendAll() {
		if key == engine.MailKey(e.ID, r.Sequence.Steps[1].ID) {
			t.Error("the main track went on")
		}
	}
}

// TestTrackAfterComplete: who says that the reply is dealt with (on the telephone,
// say) has answered it.
func TestTrackAfterComplete(t *testing.T) {
	r, e := tracked(t)
	r.answered(0, sales.Interested)
	r.waitsForAnswer("they replied", e)
	undo := must[desk.Undo](t)(r.d.Complete(t.Context(), r.v, r.only(0, sales.TaskAnswer).ID, "Rang them."))
	if x := r.enrollment(e); x.State != sales.Active || x.Position != 2 {
		t.Errorf("%s %s at %d", x.State, x.Reason, x.Position)
	}
	if err := r.d.Undo(t.Context(), r.v, undo.Token); err != nil {
		t.Fatal(err)
	}
	r.waitsForAnswer("taken back", e)
	if x := r.only(0, sales.TaskAnswer); x.State != sales.TaskOpen {
		t.Errorf("%+v", x)
	}
}

// TestOtherReply: a reply that leads nowhere ends the sequence.
func TestOtherReply(t *testing.T) {
	r, e := tracked(t)
	r.answered(0, sales.Question)
	if x := r.enrollment(e); x.State != sales.Finished || x.Track.OrMain() != sales.TrackMain {
		t.Errorf("%s on %q", x.State, x.Track)
	}
}

// TestBuyerMoved: a their-move step goes on when they did what was asked, and only
// where somebody waits for them.
func TestBuyerMoved(t *testing.T) {
	r := newRoom(t, 2)
	q := r.Sequence
	q.Steps = []sales.Step{{Kind: sales.StepTheirMove, MaxWaitDays: 9, Note: "They fill in the form"}, {Kind: sales.StepAutoMail, Subject: "Thanks", Body: "Thank you.", Delay: sales.Delay{N: 1, Unit: sales.Days}}}
	must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, q))
	r.again()
	e := r.Enroll(t, 0)
	r.timer()
	if x := r.enrollment(e); x.State != sales.WaitingThem || !x.NextAt.Equal(r.clock.t.AddDate(0, 0, 9)) {
		t.Fatalf("%+v", x)
	}
	other := r.v
	other.UserID = 9
	wantCode(t, "another seller", r.d.BuyerMoved(t.Context(), other, r.People[0].ID, ""), sales.NotFound)
	wantCode(t, "nobody waits for this one", r.d.BuyerMoved(t.Context(), r.v, r.People[1].ID, ""), sales.Conflict)
	r.clock.t = r.clock.t.AddDate(0, 0, 2)
	if err := r.d.BuyerMoved(t.Context(), r.v, r.People[0].ID, " they sent the form "); err != nil {
		t.Fatal(err)
	}
	x := r.enrollment(e)
	if x.State != sales.Active || x.Position != 1 || !x.NextAt.Equal(r.clock.t.AddDate(0, 0, 1)) || x.Actor != sales.ByBuyer {
		t.Errorf("%+v", x)
	}
	moves := must[[]sales.Move](t)(r.MovesOf(t.Context(), r.Workspace.ID, r.People[0].ID, 5))
	if !strings.HasSuffix(moves[0].Text, ": they sent the form: goes on.") || moves[0].Actor != sales.ByBuyer {
		t.Errorf("%+v", moves[0])
	}
	wantCode(t, "twice", r.d.BuyerMoved(t.Context(), r.v, r.People[0].ID, ""), sales.Conflict)
}

// TestTrackByDisposition: how a call ended can lead to a track, whether the call
// was a step or not.
func TestTrackByDisposition(t *testing.T) {
	r, e := tracked(t)
	r.rules(func(s *sales.Rules) {
		s.Entries = append(s.Entries, sales.Entry{Track: sales.TrackPositive, Disposition: sales.CallTalked})
	})
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		return decideOn(ctx, tx, r, e, sales.Event{Kind: sales.EvDisposition, At: r.clock.t, Disposition: sales.CallNoAnswer})
	})
	if x := r.enrollment(e); x.Track.OrMain() != sales.TrackMain {
		t.Errorf("%+v", x)
	}
	must[desk.Undo](t)(r.d.LogCall(t.Context(), r.v, desk.CallLog{PersonID: r.People[0].ID, Disposition: sales.CallTalked, Sentiment: sales.SentimentGood, Purpose: sales.PurposeFirst, Minutes: 4}))
	if x := r.enrollment(e); x.Track != sales.TrackPositive || x.Position != 2 {
		t.Errorf("%+v", x)
	}
}

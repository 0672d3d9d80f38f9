package desk_test

import (
	"context"
	"strings"
	"testing"

	"ninetyten/internal/casework"
	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// approving lets a person come to a draft.
func approving(t *testing.T) (*room, sales.Enrollment, sales.Task) {
	r := newRoom(t, 1)
	q := r.Sequence
	q.Steps = append([]sales.Step{}, q.Steps...)
	q.Steps[0].Kind = sales.StepApproveMail
	r.Sequence = must[sales.Sequence](t)(r.d.SaveSequence(t.Context(), r.v, q))
	e := r.Enroll(t, 0)
	r.timer()
	if r.mailing(e, 0).State != sales.MailingDraft {
		t.Fatal(r.mailing(e, 0).State)
	}
	return r, e, r.only(0, sales.TaskApprove)
}

// TestApprove: as it is, changed, with a merge field, twice, and by another.
func TestApprove(t *testing.T) {
	r, e, task := approving(t)
	for _, x := range [][2]string{{"Hello {{ first_name }}", "text"}, {"Hello", "Dear {{first_name}}"}, {"Hello", "{% if x %}"}, {"s", strings.Repeat("x", 200_001)}} {
		_, err := r.d.Approve(t.Context(), r.v, task.ID, x[0], x[1])
		wantCode(t, x[0]+x[1][:min(20, len(x[1]))], err, sales.Invalid)
	}
	other := r.v
	other.UserID = 9
	_, err := r.d.Approve(t.Context(), other, task.ID, "", "")
	wantCode(t, "another seller", err, sales.NotFound)
	if r.only(0, sales.TaskApprove).ID != task.ID || r.mailing(e, 0).State != sales.MailingDraft {
		t.Error("what was refused left something behind")
	}
	for range 2 {
		must[desk.Undo](t)(r.d.Approve(t.Context(), r.v, task.ID, "", ""))
		if m := r.mailing(e, 0); m.State != sales.MailingQueued || m.Kind != sales.MailingApproved || m.Body != "" || len(r.tasks(0)) != 0 {
			t.Errorf("%+v", m)
		}
	}
	if keys := r.sendAll(); len(keys) != 1 || r.enrollment(e).Mails != 1 || r.enrollment(e).AutoMails != 0 {
		t.Errorf("%v, %+v", keys, r.enrollment(e))
	}
}

func TestApproveChanged(t *testing.T) {
	r, e, task := approving(t)
	must[desk.Undo](t)(r.d.Approve(t.Context(), r.v, task.ID, "Another subject", "Another text"))
	if m := r.mailing(e, 0); m.Subject != "Another subject" || m.Body != "Another text" {
		t.Errorf("%+v", m)
	}
	_, err := r.d.Approve(t.Context(), r.v, task.ID, "x", "y")
	if err == nil || sales.CodeOf(err) == sales.Internal {
		t.Errorf("changed after it was approved: %v", err)
	}
}

// TestApproveSuppressed: between the draft and the yes the person said no.
func TestApproveSuppressed(t *testing.T) {
	r, e, task := approving(t)
	suppress(t, r.World, r.People[0].Email, sales.EndUnsubscribe)
	_, err := r.d.Approve(t.Context(), r.v, task.ID, "", "")
	wantCode(t, "on the list", err, sales.Forbidden)
	if r.mailing(e, 0).State == sales.MailingQueued {
		t.Error("it is in the outbox")
	}
}

func TestReject(t *testing.T) {
	r, e, task := approving(t)
	for range 2 {
		must[desk.Undo](t)(r.d.Reject(t.Context(), r.v, task.ID))
	}
	if got := r.enrollment(e); got.Position != 1 || got.State != sales.Active || r.mailing(e, 0).State != sales.MailingCanceled {
		t.Errorf("%s at %d, mail %s", got.State, got.Position, r.mailing(e, 0).State)
	}
	_, err := r.d.Complete(t.Context(), r.v, task.ID, "")
	wantCode(t, "an approval is no task to tick off", err, sales.Invalid)
}

// TestCorrect: both ways, with what the right reading asks for.
func TestCorrect(t *testing.T) {
	r := newRoom(t, 2)
	colleague := r.Enroll(t, 1)
	msg := r.answered(0, sales.Unclear)
	handoff := r.only(0, sales.TaskAnswer)
	correct := func(kind sales.VerdictKind, intent sales.Intent) {
		t.Helper()
		if _, err := r.d.Correct(t.Context(), r.boss, msg.ID, kind, intent); err != nil {
			t.Fatal(err)
		}
		got := must[sales.Message](t)(r.MessageAny(t.Context(), r.Workspace.ID, msg.ID))
		if got.Verdict.Kind != kind || got.Verdict.Intent != intent || got.Verdict.Confidence != 1 || !strings.HasPrefix(got.Verdict.Reasons[0], "corrected by a person") {
			t.Errorf("%+v", got.Verdict)
		}
	}
	correct(sales.KindReply, sales.Interested)
	if got := r.only(0, sales.TaskAnswer); got.ID != handoff.ID || got.Intent != sales.Interested || got.UserID != r.Seller.ID || !strings.Contains(got.Title, "interested") {
		t.Errorf("%+v", got)
	}
	if e := r.enrollment(colleague); e.State != sales.Paused || e.Reason != sales.PausedColleague {
		t.Errorf("the colleague: %s %s", e.State, e.Reason)
	}
	correct(sales.KindOther, "")
	if len(r.tasks(0)) != 0 {
		t.Errorf("%+v", r.tasks(0))
	}
	correct(sales.KindReply, sales.Question)
	if got := r.only(0, sales.TaskAnswer); got.ID != handoff.ID || got.Intent != sales.Question {
		t.Errorf("%+v", got)
	}
	correct(sales.KindUnsubscribe, "")
	if _, yes, err := r.Suppressed(t.Context(), r.Workspace.ID, r.People[0].Email); !yes || err != nil || len(r.tasks(0)) != 0 {
		t.Errorf("%v, %v, %+v", yes, err, r.tasks(0))
	}
	// A no is not taken back by a reading: an admin does that on the list.
	correct(sales.KindReply, sales.Interested)
	if _, yes, err := r.Suppressed(t.Context(), r.Workspace.ID, r.People[0].Email); !yes || err != nil {
		t.Errorf("%v, %v", yes, err)
	}
	for _, x := range []struct {
		kind   sales.VerdictKind
		intent sales.Intent
	}{{"", ""}, {"nonsense", ""}, {sales.KindReply, ""}, {sales.KindReply, "love"}, {sales.KindBounce, sales.Interested}} {
		_, err := r.d.Correct(t.Context(), r.v, msg.ID, x.kind, x.intent)
		wantCode(t, string(x.kind), err, sales.Invalid)
	}
	other := r.v
	other.UserID = 9
	_, err := r.d.Correct(t.Context(), other, msg.ID, sales.KindOther, "")
	wantCode(t, "another seller", err, sales.NotFound)
}

// confirming is a mail of which nobody is sure whose it is, as intake leaves it.
func confirming(t *testing.T) (*room, sales.Enrollment, sales.Task) {
	r := newRoom(t, 1)
	e := r.Enroll(t, 0)
	return r, e, r.ask("perhaps@brightwater.example", "m.oliveira@brightwater.example", sales.Candidate{PersonID: r.People[0].ID, Reason: "The same name."})
}

// ask keeps a mail and asks whose it is.
func (r *room) ask(header, from string, list ...sales.Candidate) sales.Task {
	r.t.Helper()
	m := sales.Message{
		WorkspaceID: r.Workspace.ID, ID: r.NewID(), MailboxID: r.Mailbox.ID, ThreadID: r.NewID(), Direction: sales.Incoming, HeaderID: header,
		From: from, Subject: "Re: A question", Date: r.clock.t, ArrivedAt: r.clock.t, SeenAt: r.clock.t, Text: "Yes", Verdict: sales.Verdict{Kind: sales.KindReply, Intent: sales.Interested, Confidence: 0.9}, Matched: "asked",
	}
	task := sales.Task{WorkspaceID: r.Workspace.ID, ID: r.NewID(), Key: "confirm/" + header, Kind: sales.TaskConfirm, PersonID: list[0].PersonID, UserID: r.Seller.ID, MessageID: m.ID, Title: "Is it theirs?", CreatedAt: r.clock.t, DueAt: r.clock.t}
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertThread(ctx, sales.Thread{WorkspaceID: m.WorkspaceID, ID: m.ThreadID, PersonID: task.PersonID, MailboxID: m.MailboxID, Subject: m.Subject, LastAt: m.ArrivedAt, LastHeader: header}); err != nil {
			return err
		}
		if _, err := tx.InsertMessage(ctx, m); err != nil {
			return err
		}
		if err := tx.Ask(ctx, m.WorkspaceID, m.ID, list); err != nil {
			return err
		}
		for _, c := range list {
			p, err := tx.Person(ctx, m.WorkspaceID, c.PersonID)
			if err != nil {
				return err
			}
			if err := casework.New(tx, m.WorkspaceID).Hold(ctx, tx, p, m.ID, r.clock.t); err != nil {
				return err
			}
		}
		_, err := tx.OpenTask(ctx, task)
		return err
	})
	return task
}

func (r *room) decide(e sales.Enrollment, ev sales.Event) {
	r.t.Helper()
	ev.At = r.clock.t
	r.tx(func(ctx context.Context, tx *store.Tx) error { return decideOn(ctx, tx, r, e, ev) })
}

// TestConfirm: yes makes it count once, no lets the sequence go on; the first
// word holds.
func TestConfirm(t *testing.T) {
	r, e, task := confirming(t)
	for range 2 {
		if err := r.d.Confirm(t.Context(), r.v, task.ID, true); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.d.Confirm(t.Context(), r.v, task.ID, false); err != nil {
		t.Fatal(err)
	}
	if got := r.enrollment(e); got.State != sales.Finished || got.Reason != sales.EndReplied {
		t.Errorf("%s %s", got.State, got.Reason)
	}
	if got := r.only(0, sales.TaskAnswer); got.MessageID != task.MessageID {
		t.Errorf("%+v", got)
	}
	n := 0
	for _, m := range must[[]sales.Move](t)(r.MovesOf(t.Context(), r.Workspace.ID, r.People[0].ID, 20)) {
		if m.Kind == sales.MoveInterest {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d lines of interest in the ledger", n)
	}

	r, e, task = confirming(t)
	for range 2 {
		if err := r.d.Confirm(t.Context(), r.v, task.ID, false); err != nil {
			t.Fatal(err)
		}
	}
	if got := r.enrollment(e); got.State != sales.Active || len(r.tasks(0)) != 0 || !r.person(0).LastInAt.IsZero() {
		t.Errorf("%s, %+v", got.State, r.tasks(0))
	}
	if m := must[sales.Message](t)(r.MessageAny(t.Context(), r.Workspace.ID, task.MessageID)); m.PersonID != 0 {
		t.Errorf("it is still theirs: %+v", m)
	}
}

// TestUnsubscribeLink: the page changes nothing, the button works as often as it
// is pressed, and a forged link shows nothing.
func TestUnsubscribeLink(t *testing.T) {
	r := newRoom(t, 1)
	e := r.Enroll(t, 0)
	r.timer()
	token := r.Keys.Token(r.Workspace.ID, r.mailing(e, 0).ID)
	info := must[desk.UnsubscribeTarget](t)(r.d.UnsubscribeInfo(t.Context(), token))
	if info.Done || info.Address != "p…@brightwater.example" || info.Workspace != "Brightmail" || r.enrollment(e).State != sales.Active {
		t.Errorf("%+v", info)
	}
	for range 3 {
		if got := must[desk.UnsubscribeTarget](t)(r.d.Unsubscribe(t.Context(), token)); !got.Done {
			t.Errorf("%+v", got)
		}
	}
	if got := r.enrollment(e); got.State != sales.OptedOut || got.Reason != sales.EndUnsubscribe || got.Actor != sales.ByBuyer || r.mailing(e, 0).State != sales.MailingCanceled {
		t.Errorf("%s %s by %s", got.State, got.Reason, got.Actor)
	}
	n := 0
	for _, m := range must[[]sales.Move](t)(r.MovesOf(t.Context(), r.Workspace.ID, r.People[0].ID, 20)) {
		if m.Kind == sales.MoveUnsubscribe {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d lines in the ledger", n)
	}
	for _, bad := range []string{"", "x", token[:len(token)-1], token + "A", strings.ToUpper(token), strings.Repeat("A", 10_000), r.Keys.Token(r.Workspace.ID, 7), r.Keys.Token(7, r.mailing(e, 0).ID)} {
		if _, err := r.d.Unsubscribe(t.Context(), bad); err == nil || sales.CodeOf(err) == sales.Internal {
			t.Errorf("%.20q: %v", bad, err)
		}
	}
}

// TestSuppressDomain: everybody there is meant, also who comes later; only an
// admin takes it off.
func TestSuppressDomain(t *testing.T) {
	r := newRoom(t, 2)
	wantCode(t, "a seller", r.d.Suppress(t.Context(), r.v, "brightwater.example", ""), sales.Forbidden)
	for _, bad := range []string{"", "brightwater", "a b.example", "<x.example>", "a@", strings.Repeat("x", 300) + ".example"} {
		wantCode(t, bad, r.d.Suppress(t.Context(), r.boss, bad, ""), sales.Invalid)
	}
	for range 2 {
		if err := r.d.Suppress(t.Context(), r.boss, " @Brightwater.Example ", "their lawyer wrote"); err != nil {
			t.Fatal(err)
		}
	}
	for i := range r.People {
		_, err := r.d.Write(t.Context(), r.v, desk.Letter{PersonID: r.People[i].ID, Subject: "s", Body: "b"})
		wantCode(t, "a mail to the domain", err, sales.Forbidden)
	}
	list, _, err := r.Suppressions(t.Context(), r.Workspace.ID, store.Page{})
	if err != nil || len(list) != 1 || list[0].Value != "brightwater.example" {
		t.Fatalf("%+v, %v", list, err)
	}
	manager := r.boss
	manager.Role = sales.RoleManager
	wantCode(t, "a manager", r.d.Unsuppress(t.Context(), manager, list[0].ID), sales.Forbidden)
	if err := r.d.Unsuppress(t.Context(), r.boss, list[0].ID); err != nil {
		t.Fatal(err)
	}
	must[desk.Undo](t)(r.d.Write(t.Context(), r.v, desk.Letter{PersonID: r.People[0].ID, Subject: "s", Body: "b"}))
}

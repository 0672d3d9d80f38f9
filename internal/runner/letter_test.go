package runner_test

import (
	"bytes"
	"context"
	"errors"
	"net/mail"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/mailhost"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

func headers(t *testing.T, s mailhost.Submission) mail.Header {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(s.Raw))
	if err != nil {
		t.Fatal(err)
	}
	return m.Header
}

// TestThread: the follow-up answers the first mail, in its thread, and both carry
// what buyers' servers and our own reading need.
func TestThread(t *testing.T) {
	w := newWorld(t, 1)
	e := w.Enroll(t, 0)
	if w.run() != 1 {
		t.Fatal("the first mail did not go")
	}
	first := w.mailing(e, 0)
	w.clock.set(w.enrollment(e.ID).NextAt)
	if w.run() != 1 {
		t.Fatalf("the follow-up did not go: %+v", w.mailing(e, 1))
	}
	second := w.mailing(e, 1)
	out := w.out()
	a, b := headers(t, out[0]), headers(t, out[1])
	for name, want := range map[string]string{
		"Message-Id": "<" + first.HeaderID + ">", "Subject": "A question about Brightwater Logistics", "In-Reply-To": "", "References": "", "From": "Ana Seller <ana@brightmail.example>",
		"To": "Marta Oliveira <person0@brightwater.example>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "X-Ninetyten-Kind": "auto",
	} {
		if got := a.Get(name); got != want {
			t.Errorf("first: %s is %q, not %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"Message-Id": "<" + second.HeaderID + ">", "Subject": "Re: A question about Brightwater Logistics", "In-Reply-To": "<" + first.HeaderID + ">", "References": "<" + first.HeaderID + ">",
	} {
		if got := b.Get(name); got != want {
			t.Errorf("second: %s is %q, not %q", name, got, want)
		}
	}
	for i, m := range []sales.Mailing{first, second} {
		token := w.Keys.Token(w.Workspace.ID, m.ID)
		h := headers(t, out[i])
		if got := h.Get("List-Unsubscribe"); got != "<https://sales.brightmail.example/u/"+token+">" {
			t.Error(got)
		}
		if got := h.Get("X-Ninetyten-Ref"); got != token {
			t.Error(got)
		}
	}
	if first.HeaderID == second.HeaderID || first.ThreadID == 0 || first.ThreadID != second.ThreadID {
		t.Error(first.HeaderID, second.HeaderID, first.ThreadID, second.ThreadID)
	}
	if !bytes.Contains(out[0].Raw, []byte("Hello Marta,")) {
		t.Error("the name was not filled in")
	}
}

// TestMissingField: what has no value is not sent; a person is told which.
func TestMissingField(t *testing.T) {
	w := newWorld(t, 2)
	w.person(0, func(p *sales.Person) { p.AccountID = 0 })
	w.Sequence.Steps[0].Subject = "A question about {{ company }}"
	a, b := w.Enroll(t, 0), w.Enroll(t, 1)
	w.run()
	w.run()
	out := w.out()
	if len(out) != 1 || out[0].Rcpt[0] != w.People[1].Email || bytes.Contains(out[0].Raw, []byte("{{")) {
		t.Fatalf("%d mails", len(out))
	}
	got := w.enrollment(a.ID)
	tasks := w.tasks(0)
	if got.State != sales.Paused || got.Reason != sales.PausedBlocked || w.mailing(a, 0).State != sales.MailingCanceled {
		t.Errorf("%s %s, mail %s", got.State, got.Reason, w.mailing(a, 0).State)
	}
	if len(tasks) != 1 || tasks[0].Kind != sales.TaskFix || !strings.Contains(tasks[0].Title, "company") {
		t.Errorf("%+v", tasks)
	}
	if w.enrollment(b.ID).Mails != 1 {
		t.Error("the other one waits too")
	}
	// Mended and resumed it goes.
	w.person(0, func(p *sales.Person) { p.AccountID = w.Account.ID })
	w.decide(a.ID, sales.Event{Kind: sales.EvResume, Actor: sales.BySeller})
	if w.run() != 1 {
		t.Errorf("it does not go after it was mended: %+v", w.mailing(a, 0))
	}
}

// TestApprovedText: what a person wrote into a draft goes as it stands, and is
// never read as a template.
func TestApprovedText(t *testing.T) {
	w := newWorld(t, 1)
	w.Sequence.Steps[0].Kind = sales.StepApproveMail
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, w.Sequence) })
	e := w.Enroll(t, 0)
	w.run()
	draft := w.mailing(e, 0)
	if draft.State != sales.MailingDraft || len(w.out()) != 0 {
		t.Fatalf("%s, %d went", draft.State, len(w.out()))
	}
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.EditDraft(ctx, w.Workspace.ID, draft.ID, "A }} in the subject", "Is }} a template, or %}?\n\nIt is not.")
	})
	w.decide(e.ID, sales.Event{Kind: sales.EvApproved, Actor: sales.BySeller, StepID: w.Sequence.Steps[0].ID})
	if w.run() != 1 {
		t.Fatalf("%+v %v", w.mailing(e, 0), w.tasks(0))
	}
	if h, raw := headers(t, w.out()[0]), w.out()[0].Raw; h.Get("Subject") != "A }} in the subject" || h.Get("X-Ninetyten-Kind") != "approved" || !bytes.Contains(raw, []byte("Is }} a template, or %}?")) {
		t.Errorf("%s", raw)
	}
}

// TestReadFirst: before a follow-up goes the mailbox is read, so that an answer
// that lies there stops it; before a first mail it is not.
func TestReadFirst(t *testing.T) {
	w := newWorld(t, 2)
	e := w.Enroll(t, 0)
	w.run()
	w.answer(0, w.mailing(e, 0), "Tell me more, can we talk on Thursday?")
	w.clock.set(w.enrollment(e.ID).NextAt)
	w.clearSent()
	if n := w.run(); n != 0 || len(w.out()) != 0 {
		t.Fatalf("%d went after the answer", n)
	}
	got := w.enrollment(e.ID)
	if got.State != sales.Finished || got.Reason != sales.EndReplied || w.mailing(e, 1).State != sales.MailingCanceled {
		t.Errorf("%s %s, mail %s", got.State, got.Reason, w.mailing(e, 1).State)
	}
	if !w.mailbox().ReadAt.Equal(w.clock.Now()) {
		t.Error("read up to", w.mailbox().ReadAt)
	}
	if tasks := w.tasks(0); len(tasks) != 1 || tasks[0].Kind != sales.TaskAnswer {
		t.Errorf("%+v", tasks)
	}
}

// TestUnreadable: a mailbox that cannot be read holds follow-ups, not first mails.
func TestUnreadable(t *testing.T) {
	w := newWorld(t, 2)
	e := w.Enroll(t, 0)
	w.run()
	w.clock.set(w.enrollment(e.ID).NextAt)
	w.host.RefuseIMAP(true)
	b := w.Enroll(t, 1)
	w.clearSent()
	w.run()
	m, got := w.mailing(e, 1), w.enrollment(e.ID)
	if m.State != sales.MailingQueued || m.HoldGate != sales.GateAnswer || !strings.Contains(m.HoldWhy, "could not be read") || got.HoldGate != sales.GateAnswer || !m.DueAt.Equal(w.clock.Now().Add(5*time.Minute)) {
		t.Errorf("%+v", m)
	}
	if w.mailing(b, 0).State != sales.MailingSent || len(w.out()) != 1 {
		t.Errorf("the first mail to another: %s", w.mailing(b, 0).State)
	}
	w.host.RefuseIMAP(false)
	w.clock.set(m.DueAt)
	if n := w.drain(); n != 1 {
		t.Errorf("%d went when it could be read", n)
	}
}

// notStored is a mailbox whose mail could not be stored: the fault is ours.
type notStored struct{}

func (notStored) ReadNow(context.Context, sales.Mailbox) error {
	return sales.WrapError(sales.Internal, errors.New("the database is away"), "The mail was read but could not be stored.")
}

// TestUnreadableByUs: a follow-up that waits because we failed waits shortly.
func TestUnreadableByUs(t *testing.T) {
	w := newWorld(t, 1)
	e := w.Enroll(t, 0)
	w.run()
	w.clock.set(w.enrollment(e.ID).NextAt)
	reads := w.runner.Reader
	w.runner.Reader = notStored{}
	w.clearSent()
	w.run()
	m := w.mailing(e, 1)
	if wait := m.DueAt.Sub(w.clock.Now()); m.State != sales.MailingQueued || m.HoldGate != sales.GateAnswer || len(w.out()) != 0 || wait <= 0 || wait > time.Minute {
		t.Errorf("waits %v: %+v", wait, m)
	}
	w.runner.Reader = reads
	w.clock.set(m.DueAt)
	if n := w.drain(); n != 1 {
		t.Errorf("%d went when it could be stored", n)
	}
}

// TestUnreadableKnown: the first mail of a sequence waits too for the reading of the
// mailbox when the person was written to before: an answer may lie there.
func TestUnreadableKnown(t *testing.T) {
	w := newWorld(t, 1)
	w.move(sales.Move{PersonID: w.People[0].ID, Kind: sales.MoveMailManual, Actor: sales.BySeller, At: storetest.Now.Add(-day)})
	w.runner.Reader = notStored{}
	e := w.Enroll(t, 0)
	w.run()
	if m := w.mailing(e, 0); m.State != sales.MailingQueued || m.HoldGate != sales.GateAnswer || len(w.out()) != 0 {
		t.Errorf("%+v", m)
	}
}

// TestWholeSequence: the whole sequence, by the clock alone.
func TestWholeSequence(t *testing.T) {
	w := newWorld(t, 1)
	e := w.Enroll(t, 0)
	for range 30 {
		w.run()
		next := w.enrollment(e.ID).NextAt
		if next.IsZero() {
			break
		}
		w.clock.set(next.Truncate(24 * time.Hour).Add(10 * time.Hour))
	}
	got := w.enrollment(e.ID)
	if len(w.out()) != 2 || got.State != sales.WaitingHuman || got.Position != 2 || got.Mails != 2 {
		t.Errorf("%d mails, %s at %d", len(w.out()), got.State, got.Position)
	}
	if tasks := w.tasks(0); len(tasks) != 1 || tasks[0].Kind != sales.TaskCall {
		t.Errorf("%+v", tasks)
	}
	p, err := w.Person(t.Context(), w.Viewer(), w.People[0].ID)
	if err != nil || p.Untouched != 2 || p.Move != sales.TheirMove {
		t.Errorf("%d touches, move %s, %v", p.Untouched, p.Move, err)
	}
	if first := storetest.Now; !w.out()[0].At.Equal(first) {
		t.Error(w.out()[0].At)
	}
}

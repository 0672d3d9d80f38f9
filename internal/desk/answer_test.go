package desk_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
)

// TestWriteAnswer: the right thread, the quote, and the handoff is closed; taken
// back, it is open again.
func TestWriteAnswer(t *testing.T) {
	r := newRoom(t, 1)
	r.d.UndoFor = 10 * time.Second
	msg := r.answered(0, sales.Question)
	task := r.only(0, sales.TaskAnswer)
	u := must[desk.Undo](t)(r.d.Write(t.Context(), r.v, desk.Letter{PersonID: r.People[0].ID, ReplyTo: msg.ID, TaskID: task.ID, Body: "Four minutes.\r\n", Quote: true, Nonce: "n"}))
	if len(r.tasks(0)) != 0 {
		t.Errorf("the handoff is open: %+v", r.tasks(0))
	}
	list := must[[]sales.Mailing](t)(r.MailingsOf(t.Context(), r.Workspace.ID, r.People[0].ID))
	if len(list) != 1 {
		t.Fatalf("%d mails", len(list))
	}
	m := list[0]
	if m.InReplyTo != msg.HeaderID || strings.Join(m.References, " ") != "out@brightmail.example "+msg.HeaderID || m.ThreadID != msg.ThreadID || m.Subject != "Re: A question" {
		t.Errorf("%+v", m)
	}
	if !strings.HasPrefix(m.Body, "Four minutes.\n\n") || !strings.Contains(m.Body, "> Tell me more") || strings.Contains(m.Body, "\r") {
		t.Errorf("%q", m.Body)
	}
	if m.Kind != sales.MailingManual || !m.DueAt.Equal(r.clock.t.Add(10*time.Second)) || m.MailboxID != r.Mailbox.ID {
		t.Errorf("%+v", m)
	}
	if err := r.d.Undo(t.Context(), r.v, u.Token); err != nil {
		t.Fatal(err)
	}
	if got := must[sales.Mailing](t)(r.Mailing(t.Context(), r.Workspace.ID, m.ID)); got.State != sales.MailingCanceled || r.only(0, sales.TaskAnswer).ID != task.ID {
		t.Errorf("%s", got.State)
	}
	wantCode(t, "taken back twice", r.d.Undo(t.Context(), r.v, u.Token), sales.Conflict)
}

// TestWriteTwice: a form that is sent twice, also at once, is one mail; sent again
// after it was taken back it goes.
func TestWriteTwice(t *testing.T) {
	r := newRoom(t, 1)
	l := desk.Letter{PersonID: r.People[0].ID, Subject: "Hello", Body: "Hello Marta", Nonce: "the form"}
	var wg sync.WaitGroup
	tokens := make([]string, 8)
	for i := range tokens {
		wg.Go(func() {
			u, err := r.d.Write(t.Context(), r.v, l)
			if err != nil {
				t.Error(err)
			}
			tokens[i] = u.Token
		})
	}
	wg.Wait()
	count := func() (n int) {
		for _, m := range must[[]sales.Mailing](t)(r.MailingsOf(t.Context(), r.Workspace.ID, r.People[0].ID)) {
			if m.State == sales.MailingQueued {
				n++
			}
		}
		return n
	}
	if count() != 1 || tokens[0] != tokens[7] {
		t.Errorf("%d mails, undone by %v", count(), tokens)
	}
	if err := r.d.Undo(t.Context(), r.v, tokens[3]); err != nil || count() != 0 {
		t.Errorf("%d mails, %v", count(), err)
	}
	if must[desk.Undo](t)(r.d.Write(t.Context(), r.v, l)); count() != 1 {
		t.Errorf("%d mails", count())
	}
	l.Body += "!"
	if must[desk.Undo](t)(r.d.Write(t.Context(), r.v, l)); count() != 2 {
		t.Errorf("another text: %d mails", count())
	}
}

// TestWriteRefused: what must not be written, and why.
func TestWriteRefused(t *testing.T) {
	r := newRoom(t, 3)
	msg := r.answered(1, sales.Question)
	if err := r.d.SuppressPerson(t.Context(), r.v, r.People[2].ID, "asked to"); err != nil {
		t.Fatal(err)
	}
	p := r.People[0].ID
	for name, x := range map[string]struct {
		l    desk.Letter
		code sales.Code
	}{
		"no text":                {desk.Letter{PersonID: p, Subject: "s", Body: " \n"}, sales.Invalid},
		"no subject":             {desk.Letter{PersonID: p, Body: "b"}, sales.Invalid},
		"too long":               {desk.Letter{PersonID: p, Subject: "s", Body: strings.Repeat("x", 200_001)}, sales.Invalid},
		"a thread of another":    {desk.Letter{PersonID: p, Body: "b", ReplyTo: msg.ID}, sales.Invalid},
		"a thread of nobody":     {desk.Letter{PersonID: p, Body: "b", ReplyTo: 7}, sales.NotFound},
		"a task of another":      {desk.Letter{PersonID: p, Subject: "s", Body: "b", TaskID: r.only(1, sales.TaskAnswer).ID}, sales.Invalid},
		"somebody on the list":   {desk.Letter{PersonID: r.People[2].ID, Subject: "s", Body: "b"}, sales.Forbidden},
		"a mailbox of another":   {desk.Letter{PersonID: p, Subject: "s", Body: "b", MailboxID: 99}, sales.Invalid},
		"nobody":                 {desk.Letter{PersonID: 5, Subject: "s", Body: "b"}, sales.NotFound},
		"a person without one":   {desk.Letter{Subject: "s", Body: "b"}, sales.NotFound},
		"somebody else's person": {desk.Letter{PersonID: p, Subject: "s", Body: "b"}, sales.NotFound},
	} {
		v := r.v
		if name == "somebody else's person" {
			v.UserID = 77
		}
		_, err := r.d.Write(t.Context(), v, x.l)
		wantCode(t, name, err, x.code)
	}
	if list := must[[]sales.Mailing](t)(r.DueMailings(t.Context(), r.Workspace.ID, r.Mailbox.ID, r.clock.t.Add(time.Hour), 10)); len(list) != 0 {
		t.Errorf("%d mails are in the outbox", len(list))
	}
}

// TestWriteAtAStep: a mail that is written while a call is to be made does not
// make the call.
func TestWriteAtAStep(t *testing.T) {
	r := newRoom(t, 1)
	e := r.atCall(0)
	task := r.only(0, sales.TaskCall)
	u := must[desk.Undo](t)(r.d.Write(t.Context(), r.v, desk.Letter{PersonID: r.People[0].ID, Subject: "Hello", Body: "I tried to call", TaskID: task.ID}))
	if got := r.only(0, sales.TaskCall); got.ID != task.ID || r.enrollment(e).State != sales.WaitingHuman {
		t.Errorf("the step: %+v, %s", got, r.enrollment(e).State)
	}
	if err := r.d.Undo(t.Context(), r.v, u.Token); err != nil {
		t.Error(err)
	}
}

// atCall lets a person come to the call of the sequence.
func (r *room) atCall(i int) sales.Enrollment {
	r.t.Helper()
	e := r.Enroll(r.t, i)
	r.to(e)
	for range 2 {
		r.sendAll()
		r.to(e)
	}
	if got := r.enrollment(e); got.State != sales.WaitingHuman || got.Position != 2 {
		r.t.Fatalf("%s at %d", got.State, got.Position)
	}
	return e
}

// TestUndoIsNoKey: a token takes back what its own action did, and nothing else.
func TestUndoIsNoKey(t *testing.T) {
	r := newRoom(t, 2)
	e := r.Enroll(t, 0)
	r.to(e)
	auto := r.mailing(e, 0)
	r.answered(1, sales.Question)
	task := r.only(1, sales.TaskAnswer)
	must[desk.Undo](t)(r.d.Complete(t.Context(), r.v, task.ID, ""))
	u := must[desk.Undo](t)(r.d.Write(t.Context(), r.v, desk.Letter{PersonID: r.People[0].ID, Subject: "s", Body: "b"}))
	mail, _, _ := strings.Cut(strings.TrimPrefix(u.Token, "mail/"), "/")
	for _, token := range []string{
		"", "mail", "mail/", "mail/x", "mail/-1", "what/1", "rest/0", "snooze/0", "task/0", "mail/" + auto.ID.String(), "mail/" + mail + "/" + task.ID.String(),
		"rest/" + r.People[0].ID.String() + "/" + task.ID.String(), "rest/" + strings.Repeat("1,", 100),
	} {
		if err := r.d.Undo(t.Context(), r.v, token); err == nil || sales.CodeOf(err) == sales.Internal {
			t.Errorf("%q: %v", token, err)
		}
	}
	if r.mailing(e, 0).State != sales.MailingQueued || len(r.tasks(1)) != 0 {
		t.Errorf("mail %s, %d tasks", r.mailing(e, 0).State, len(r.tasks(1)))
	}
	stranger := r.v
	stranger.UserID = 78
	wantCode(t, "another seller", r.d.Undo(t.Context(), stranger, u.Token), sales.NotFound)
}

package storetest

import (
	"context"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Filled is a World in which every table has rows.
type Filled struct {
	*World
	Enrollment sales.Enrollment // of the first person: begun, its mail is queued
	Pending    sales.Enrollment // of the second person
	Queued     sales.Mailing
	Sent       sales.Mailing // not in the Sent folder yet
	Sending    sales.Mailing
	Unknown    sales.Mailing
	Draft      sales.Mailing // of the third person
	Drafted    sales.Enrollment
	Thread     sales.Thread
	In         sales.Message
	Out        sales.Message
	Nobodys    sales.Message // of which it is asked whose it is
	Task       sales.Task
	Call       sales.Call
	Session    sales.Session
	Token      []byte
	Stopped    sales.Suppression
	Old        sales.Sequence // archived
	Absence    sales.Absence  // of the seller, planned
	Model      sales.ModelEndpoint
	Vague      sales.Message // unclear, with an open handoff
	VagueTask  sales.Task
	Asked      sales.ModelAsk // about In, on its way
	Lesson     sales.Lesson   // of the seller, by the incoming message
	Deal       sales.Deal     // open, of the seller, with the first person in it
	Chase      sales.Chase    // of the first person, by the mail that is queued
	Skip       sales.Skip     // of the seller, of the second person
	Letter     sales.Letter   // of the queued mailing
	Research   sales.Research // of the account, waits
	Feed       sales.Feed
	Brief      sales.Brief // of the first person
	Reusable
	Talk
}

// Fill makes a world with four people and something in every table. All of it
// belongs to the seller.
func Fill(t testing.TB, s *store.Store) *Filled {
	t.Helper()
	x := &Filled{World: NewWorld(t, s, 4)}
	ws, p := x.Workspace.ID, x.People
	e := func(i int, state sales.EnrollmentState) sales.Enrollment {
		return sales.Enrollment{
			WorkspaceID: ws, ID: s.NewID(), SequenceID: x.Sequence.ID, PersonID: p[i].ID, AccountID: x.Account.ID, OwnerID: x.Seller.ID, MailboxID: x.Mailbox.ID,
			State: state, Actor: sales.BySeller, StateAt: Now, Version: 1, LastStepAt: Now, EnrolledAt: Now,
		}
	}
	x.Enrollment, x.Pending, x.Drafted = e(0, sales.Active), e(1, sales.Pending), e(2, sales.WaitingHuman)
	x.Enrollment.Awaiting, x.Enrollment.NextAt, x.Enrollment.Mails, x.Drafted.Awaiting = true, wait(100), 1, true
	m := func(key string, person int, state sales.MailingState) sales.Mailing {
		return sales.Mailing{
			WorkspaceID: ws, ID: s.NewID(), Key: key, PersonID: p[person].ID, MailboxID: x.Mailbox.ID, Kind: sales.MailingAuto, State: state, DueAt: Now, CreatedAt: Now,
		}
	}
	x.Queued, x.Sent, x.Sending, x.Unknown, x.Draft = m("queued", 0, sales.MailingQueued), m("sent", 0, sales.MailingQueued), m("sending", 0, sales.MailingQueued), m("unknown", 0, sales.MailingQueued), m("draft", 2, sales.MailingDraft)
	x.Queued.EnrollmentID, x.Queued.StepID = x.Enrollment.ID, x.Sequence.Steps[0].ID
	x.Draft.EnrollmentID, x.Draft.StepID = x.Drafted.ID, x.Sequence.Steps[1].ID
	x.Thread = sales.Thread{WorkspaceID: ws, ID: s.NewID(), PersonID: p[0].ID, MailboxID: x.Mailbox.ID, Subject: "A question", LastAt: Now, LastHeader: "out@brightmail.example"}
	x.Out = sales.Message{WorkspaceID: ws, ID: s.NewID(), MailboxID: x.Mailbox.ID, PersonID: p[0].ID, ThreadID: x.Thread.ID, Direction: sales.Outgoing, HeaderID: "out@brightmail.example", From: x.Mailbox.Address, To: p[0].Email, Subject: "A question", Date: Now, ArrivedAt: Now, SeenAt: Now, Text: "Hello"}
	x.In = sales.Message{
		WorkspaceID: ws, ID: s.NewID(), MailboxID: x.Mailbox.ID, PersonID: p[0].ID, ThreadID: x.Thread.ID, Direction: sales.Incoming, HeaderID: "in@brightwater.example", InReplyTo: x.Out.HeaderID, References: []string{"a@b.example", x.Out.HeaderID},
		From: p[0].Email, FromName: "Marta", To: x.Mailbox.Address, Subject: "Re: A question", Date: wait(1), ArrivedAt: wait(1), SeenAt: wait(1), Text: "Tell me more", FullText: "Tell me more\n> Hello", HTML: "<p>Tell me more</p>", RawID: s.NewID(), Folder: "INBOX", UID: 1<<32 - 1,
		Verdict: sales.Verdict{Kind: sales.KindReply, Intent: sales.Interested, Confidence: 0.9, Reasons: []string{"asks for more"}}, Matched: "references",
	}
	x.Task = sales.Task{WorkspaceID: ws, ID: s.NewID(), Key: "task", Kind: sales.TaskAnswer, State: sales.TaskOpen, PersonID: p[0].ID, UserID: x.Seller.ID, EnrollmentID: x.Enrollment.ID, MessageID: x.In.ID, Title: "Answer", Intent: sales.Interested, CreatedAt: Now, DueAt: wait(1)}
	x.Call = sales.Call{WorkspaceID: ws, ID: s.NewID(), PersonID: p[0].ID, UserID: x.Seller.ID, TaskID: x.Task.ID, At: Now, Minutes: 5, Disposition: sales.CallTalked, Sentiment: sales.SentimentGood, Purpose: sales.PurposeFirst, Note: "nice", Phone: "+351210000000", External: "phone-1"}
	x.Session = sales.Session{WorkspaceID: ws, ID: s.NewID(), UserID: x.Seller.ID, CreatedAt: Now, SeenAt: Now, ExpiresAt: wait(24), IP: "127.0.0.1", Agent: "test"}
	x.Token = []byte("a hash of 32 bytes of " + ws.String())
	x.Stopped = sales.Suppression{WorkspaceID: ws, ID: s.NewID(), Kind: sales.SuppressAddress, Value: p[3].Email, Reason: sales.EndUnsubscribe, Source: "button", At: Now}
	x.Old = sales.Sequence{WorkspaceID: ws, ID: s.NewID(), OwnerID: x.Seller.ID, Name: "Old", State: sales.SequenceArchived, Rules: sales.DefaultRules(), CreatedAt: Now}
	must(t, s, x.write)
	must(t, s, x.writeQueue)
	if err := s.KeepNode(t.Context(), "node", wait(0.1)); err != nil {
		t.Fatal(err)
	}
	return x
}

func (x *Filled) write(ctx context.Context, tx *store.Tx) error {
	for _, e := range []sales.Enrollment{x.Enrollment, x.Pending, x.Drafted} {
		if err := tx.InsertEnrollment(ctx, e); err != nil {
			return err
		}
	}
	for _, m := range []*sales.Mailing{&x.Queued, &x.Sent, &x.Sending, &x.Unknown, &x.Draft} {
		if err := tx.QueueMailing(ctx, *m); err != nil {
			return err
		}
	}
	for _, m := range []*sales.Mailing{&x.Sent, &x.Sending, &x.Unknown} {
		m.HeaderID, m.RawID, m.To = m.Key+"@brightmail.example", tx.NewID(), x.People[0].Email
		if _, err := tx.BeginAttempt(ctx, *m, []byte("raw "+m.Key), Now); err != nil {
			return err
		}
		m.State, m.Attempts, m.AttemptAt = sales.MailingSending, 1, Now
	}
	x.Sent.State, x.Sent.SentAt, x.Unknown.State = sales.MailingSent, Now, sales.MailingUnknown
	for _, m := range []sales.Mailing{x.Sent, x.Unknown} {
		if _, err := tx.EndAttempt(ctx, m, sales.Attempt{ID: tx.NewID(), MailingID: m.ID, N: 1, StartedAt: Now, EndedAt: Now, Outcome: string(m.State), Code: 250, Enhanced: "2.0.0", Text: "ok"}); err != nil {
			return err
		}
	}
	if err := tx.InsertThread(ctx, x.Thread); err != nil {
		return err
	}
	if err := tx.InsertRaw(ctx, x.Workspace.ID, x.In.RawID, []byte("raw\x00\xff")); err != nil {
		return err
	}
	for _, m := range []sales.Message{x.Out, x.In} {
		if _, err := tx.InsertMessage(ctx, m); err != nil {
			return err
		}
		if err := tx.TouchThread(ctx, m); err != nil {
			return err
		}
	}
	if _, err := tx.OpenTask(ctx, x.Task); err != nil {
		return err
	}
	if err := tx.InsertCall(ctx, x.Call); err != nil {
		return err
	}
	if err := tx.InsertSession(ctx, x.Session, store.SessionLogin, x.Token); err != nil {
		return err
	}
	if _, err := tx.Suppress(ctx, x.Stopped); err != nil {
		return err
	}
	if err := tx.SaveCursor(ctx, x.Workspace.ID, x.Mailbox.ID, "INBOX", sales.Cursor{UIDValidity: 1<<32 - 1, LastUID: 7}); err != nil {
		return err
	}
	if err := x.reusable(ctx, tx); err != nil {
		return err
	}
	if err := x.absences(ctx, tx); err != nil {
		return err
	}
	x.Lesson = sales.Lesson{WorkspaceID: x.Workspace.ID, MessageID: x.In.ID, Read: sales.Reading{Kind: sales.KindReply, Intent: sales.Question}, UserID: x.Seller.ID, At: wait(2)}
	if err := tx.SaveLesson(ctx, x.Lesson); err != nil {
		return err
	}
	if err := x.deals(ctx, tx); err != nil {
		return err
	}
	if err := x.model(ctx, tx); err != nil {
		return err
	}
	if err := x.dossier(ctx, tx); err != nil {
		return err
	}
	if err := x.matches(ctx, tx); err != nil {
		return err
	}
	if err := x.talk(ctx, tx); err != nil {
		return err
	}
	if err := x.pageTime(ctx, tx); err != nil {
		return err
	}
	if err := tx.InsertSequence(ctx, x.Old); err != nil {
		return err
	}
	if _, err := tx.AddOutside(ctx, x.Workspace.ID, x.Mailbox.ID, "by-hand@ana.example", wait(-1000), x.People[0].ID); err != nil {
		return err
	}
	if err := tx.AddStats(ctx, x.Workspace.ID, map[store.Stat]int{{StepID: x.Sequence.Steps[0].ID, Name: store.StatSent}: 3}); err != nil {
		return err
	}
	return tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: x.Workspace.ID, At: Now, Actor: sales.BySystem, Kind: sales.MoveMailAuto, PersonID: x.People[0].ID, AccountID: x.Account.ID, EnrollmentID: x.Enrollment.ID, Minutes: 0.25, Text: "Mail."}})
}

// Stranger is the owner of another workspace, in which there is nothing.
func Stranger(t testing.TB, s *store.Store) sales.Viewer {
	t.Helper()
	w := sales.Workspace{ID: s.NewID(), Name: "Strangers", Settings: sales.DefaultSettings(), CreatedAt: Now}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertWorkspace(ctx, w) })
	return sales.Viewer{WorkspaceID: w.ID, UserID: s.NewID(), Role: sales.RoleOwner}
}

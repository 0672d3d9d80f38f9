package storetest

import (
	"context"
	"fmt"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// readings are all methods that read, asked for what is in a Filled. Each gives
// how much it found: something for its own workspace, nothing for a stranger.
func readings(s *store.Store, x *Filled) map[string]func(ctx context.Context, v sales.Viewer) (int, error) {
	p, mb, ids := x.People[0].ID, x.Mailbox.ID, []sales.ID{x.People[0].ID, 0, 12345}
	late := wait(1000)
	out := map[string]func(context.Context, sales.Viewer) (int, error){}
	add := func(name string, get func(ctx context.Context, v sales.Viewer) (int, error)) { out[name] = get }
	addTx := func(name string, get func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error)) {
		out["Tx."+name] = func(ctx context.Context, v sales.Viewer) (n int, err error) {
			err = s.InTx(ctx, func(tx *store.Tx) error {
				n, err = get(ctx, tx, v.WorkspaceID)
				return err
			})
			return n, err
		}
	}
	add("Account", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.Account(ctx, v.WorkspaceID, x.Account.ID))
	})
	add("Accounts", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.Accounts(ctx, v.WorkspaceID, []sales.ID{x.Account.ID}))
	})
	add("ActiveAtAccount", func(ctx context.Context, v sales.Viewer) (int, error) {
		return s.ActiveAtAccount(ctx, v.WorkspaceID, x.Account.ID, x.People[1].ID)
	})
	add("ActiveAtAccounts", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.ActiveAtAccounts(ctx, v.WorkspaceID, []sales.ID{x.Account.ID}))
	})
	add("HeadersIn", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.HeadersIn(ctx, v.WorkspaceID, []sales.ID{x.Thread.ID}))
	})
	add("ThreadsByID", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.ThreadsByID(ctx, v.WorkspaceID, []sales.ID{x.Thread.ID}))
	})
	addTx("Accounts", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return size(tx.Accounts(ctx, ws, []sales.ID{x.Account.ID}))
	})
	addTx("PeopleByID", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return size(tx.PeopleByID(ctx, ws, []sales.ID{p}))
	})
	dealReadings(s, x, add, addTx)
	pageTimeReadings(s, x, add, addTx)
	add("ArchivedSequences", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.ArchivedSequences(ctx, v.WorkspaceID))
	})
	add("Attempts", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.Attempts(ctx, v.WorkspaceID, x.Sent.ID))
	})
	add("CallsOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.CallsOf(ctx, v.WorkspaceID, p))
	})
	add("Counters", func(ctx context.Context, v sales.Viewer) (int, error) { return size(s.Counters(ctx, v.WorkspaceID)) })
	add("Cursor", func(ctx context.Context, v sales.Viewer) (int, error) {
		c, err := s.Cursor(ctx, v.WorkspaceID, mb, "INBOX")
		return int(c.LastUID), err
	})
	add("DoneSince", func(ctx context.Context, v sales.Viewer) (int, error) {
		return s.DoneSince(ctx, v.WorkspaceID, x.Seller.ID, Now)
	})
	add("DraftOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.DraftOf(ctx, v.WorkspaceID, x.Drafted.ID, x.Draft.StepID))
	})
	add("DueMailings", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.DueMailings(ctx, v.WorkspaceID, mb, late, 10))
	})
	add("Enrollment", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.Enrollment(ctx, v.WorkspaceID, x.Enrollment.ID))
	})
	add("EnrollmentsByID", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.EnrollmentsByID(ctx, v.WorkspaceID, []sales.ID{x.Enrollment.ID}))
	})
	add("EnrollmentsIn", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.EnrollmentsIn(ctx, v.WorkspaceID, x.Sequence.ID, 0, 10))
	})
	add("EnrollmentsOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.EnrollmentsOf(ctx, v.WorkspaceID, p))
	})
	add("FindThreads", func(ctx context.Context, v sales.Viewer) (int, error) {
		found, err := s.FindThreads(ctx, v, x.People[0].Email, store.Page{})
		return len(found.List), err
	})
	add("FindSuppressions", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.FindSuppressions(ctx, v.WorkspaceID, x.Stopped.Value))
	})
	add("Handoffs", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.Handoffs(ctx, sales.Viewer{WorkspaceID: v.WorkspaceID, UserID: x.Seller.ID}, late, 10))
	})
	add("HeardSince", func(ctx context.Context, v sales.Viewer) (int, error) { return s.HeardSince(ctx, v, Now) })
	add("Inbox", func(ctx context.Context, v sales.Viewer) (int, error) { return page(s.Inbox(ctx, v, store.Page{})) })
	add("InboxLines", func(ctx context.Context, v sales.Viewer) (int, error) {
		return page(s.InboxLines(ctx, v, store.InboxPeople, store.Page{}))
	})
	add("IncomingAfter", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.IncomingAfter(ctx, v.WorkspaceID, 0, 10))
	})
	add("Inside", func(ctx context.Context, v sales.Viewer) (int, error) {
		return page(s.Inside(ctx, v, x.Sequence.ID, store.InsideFilter{Position: 0, States: []sales.EnrollmentState{sales.Active, sales.Pending}}, store.Page{}))
	})
	add("LastIncoming", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.LastIncoming(ctx, v.WorkspaceID, x.Thread.ID))
	})
	add("LiveOfMany", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.LiveOfMany(ctx, v.WorkspaceID, ids))
	})
	add("Mailbox", func(ctx context.Context, v sales.Viewer) (int, error) { return one(s.Mailbox(ctx, v.WorkspaceID, mb)) })
	add("Mailboxes", func(ctx context.Context, v sales.Viewer) (int, error) { return length(s.Mailboxes(ctx, v.WorkspaceID)) })
	add("MailboxesToAppend", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.MailboxesToAppend(ctx, v.WorkspaceID))
	})
	add("DueByHand", func(ctx context.Context, v sales.Viewer) (int, error) {
		n, err := length(s.DueByHand(ctx, v.WorkspaceID, mb, late, 9))
		if v.WorkspaceID == x.Workspace.ID {
			n++ // there is none
		}
		return n, err
	})
	add("MailboxesWithDue", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.MailboxesWithDue(ctx, v.WorkspaceID, late))
	})
	add("MailboxesWithOpen", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.MailboxesWithOpen(ctx, v.WorkspaceID, late))
	})
	add("Mailing", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.Mailing(ctx, v.WorkspaceID, x.Queued.ID))
	})
	add("MailingByKey", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.MailingByKey(ctx, v.WorkspaceID, x.Queued.Key))
	})
	add("MailingStates", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.MailingStates(ctx, v.WorkspaceID))
	})
	add("MailingsAfter", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.MailingsAfter(ctx, v.WorkspaceID, 0, 10))
	})
	add("MailingsOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.MailingsOf(ctx, v.WorkspaceID, p))
	})
	add("Message", func(ctx context.Context, v sales.Viewer) (int, error) { return one(s.Message(ctx, v, x.In.ID)) })
	add("MessageAny", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.MessageAny(ctx, v.WorkspaceID, x.In.ID))
	})
	add("MessageHeads", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.MessageHeads(ctx, v.WorkspaceID, []sales.ID{x.In.ID}))
	})
	add("MessagesByID", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.MessagesByID(ctx, v.WorkspaceID, []sales.ID{x.In.ID}))
	})
	add("MessagesIn", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.MessagesIn(ctx, v.WorkspaceID, x.Thread.ID))
	})
	add("MessagesOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.MessagesOf(ctx, v.WorkspaceID, p, 9))
	})
	add("MovesBefore", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.MovesBefore(ctx, v.WorkspaceID, p, 1<<62, 9))
	})
	add("MoveSums", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.MoveSums(ctx, v, Now.AddDate(-1, 0, 0), Now.AddDate(1, 0, 0)))
	})
	add("MovesOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.MovesOf(ctx, v.WorkspaceID, p, 9))
	})
	add("MovesOfMany", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.MovesOfMany(ctx, v.WorkspaceID, ids))
	})
	add("Nav", func(ctx context.Context, v sales.Viewer) (int, error) {
		n, err := s.Nav(ctx, sales.Viewer{WorkspaceID: v.WorkspaceID, UserID: x.Seller.ID}, late)
		if n.Next != n.Inbox {
			return 0, fmt.Errorf("one person, one handoff: %+v", n)
		}
		return n.Next, err
	})
	add("NextMailing", func(ctx context.Context, v sales.Viewer) (int, error) {
		return moment(s.NextMailing(ctx, v.WorkspaceID, mb))
	})
	add("NextTimer", func(ctx context.Context, v sales.Viewer) (int, error) { return moment(s.NextTimer(ctx, v.WorkspaceID)) })
	add("OpenAttempts", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.OpenAttempts(ctx, v.WorkspaceID, mb, 9))
	})
	add("OpenTasks", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.OpenTasks(ctx, v.WorkspaceID, x.Seller.ID, 9))
	})
	add("OpenTasksOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.OpenTasksOf(ctx, v.WorkspaceID, p))
	})
	add("People", func(ctx context.Context, v sales.Viewer) (int, error) {
		return page(s.People(ctx, v, store.PeopleFilter{}, store.Page{}))
	})
	add("CountPeople", func(ctx context.Context, v sales.Viewer) (int, error) {
		return s.CountPeople(ctx, v, store.PeopleFilter{}, "", 100)
	})
	add("PeopleAt", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.PeopleAt(ctx, v, x.Account.ID))
	})
	add("PeopleByEmail", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.PeopleByEmail(ctx, v.WorkspaceID, []string{Address(0), "nobody@x.example"}))
	})
	add("PeopleByID", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.PeopleByID(ctx, v.WorkspaceID, ids))
	})
	add("PeopleByReach", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.PeopleByReach(ctx, v.WorkspaceID, []string{"+351210000000"}, []string{"https://linkedin.example/in/Rui"}))
	})
	add("Person", func(ctx context.Context, v sales.Viewer) (int, error) { return one(s.Person(ctx, v, p)) })
	add("PersonAny", func(ctx context.Context, v sales.Viewer) (int, error) { return one(s.PersonAny(ctx, v.WorkspaceID, p)) })
	add("PersonLeases", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.PersonLeases(ctx, v.WorkspaceID, Now))
	})
	add("Raw", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.Raw(ctx, v.WorkspaceID, x.In.RawID))
	})
	addTx("HeadersOf", func(ctx context.Context, tx *store.Tx, ws sales.ID) (int, error) {
		return length(tx.HeadersOf(ctx, ws, x.Thread.ID, 9))
	})
	add("SentSince", func(ctx context.Context, v sales.Viewer) (int, error) {
		return s.SentSince(ctx, v.WorkspaceID, mb, wait(-1))
	})
	add("SentFirst", func(ctx context.Context, v sales.Viewer) (int, error) {
		return moment(s.SentFirst(ctx, v.WorkspaceID, mb, wait(-1)))
	})
	add("Sequence", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.Sequence(ctx, v.WorkspaceID, x.Sequence.ID))
	})
	add("SequenceCounts", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.SequenceCounts(ctx, v.WorkspaceID))
	})
	add("SequenceSums", func(ctx context.Context, v sales.Viewer) (int, error) {
		m, err := s.SequenceSums(ctx, v.WorkspaceID)
		return m[x.Sequence.ID].Stats[store.StatSent], err
	})
	add("Sequences", func(ctx context.Context, v sales.Viewer) (int, error) { return length(s.Sequences(ctx, v.WorkspaceID)) })
	add("Sessions", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.Sessions(ctx, v.WorkspaceID, x.Seller.ID, Now))
	})
	add("StepStats", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.StepStats(ctx, v.WorkspaceID, x.Sequence.ID))
	})
	add("StepWaits", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.StepWaits(ctx, v.WorkspaceID, x.Sequence.ID))
	})
	add("Suppressed", func(ctx context.Context, v sales.Viewer) (int, error) {
		_, yes, err := s.Suppressed(ctx, v.WorkspaceID, x.Stopped.Value)
		return flag(yes), err
	})
	add("SuppressedAmong", func(ctx context.Context, v sales.Viewer) (int, error) {
		return size(s.SuppressedAmong(ctx, s.DB, v.WorkspaceID, []string{x.Stopped.Value, Address(0)}))
	})
	add("Suppressions", func(ctx context.Context, v sales.Viewer) (int, error) {
		return page(s.Suppressions(ctx, v.WorkspaceID, store.Page{}))
	})
	add("Task", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.Task(ctx, v.WorkspaceID, x.Task.ID))
	})
	add("TasksOfKind", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.TasksOfKind(ctx, v.WorkspaceID, sales.TaskAnswer))
	})
	add("Thread", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.Thread(ctx, v.WorkspaceID, x.Thread.ID))
	})
	add("ThreadsOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.ThreadsOf(ctx, v.WorkspaceID, p))
	})
	add("UnappendedMailings", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.UnappendedMailings(ctx, v.WorkspaceID, mb, 9))
	})
	add("UnknownMailings", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.UnknownMailings(ctx, v.WorkspaceID, mb, 9))
	})
	add("User", func(ctx context.Context, v sales.Viewer) (int, error) {
		return one(s.User(ctx, v.WorkspaceID, x.Seller.ID))
	})
	add("Users", func(ctx context.Context, v sales.Viewer) (int, error) { return length(s.Users(ctx, v.WorkspaceID)) })
	add("VerdictCounts", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.VerdictCounts(ctx, v.WorkspaceID))
	})
	readingsTx(addTx, x)
	readingsReusable(s, add, addTx, x)
	readingsAbsences(s, add, addTx, x)
	readingsModel(s, add, addTx, x)
	readingsLessons(s, add, addTx, x)
	readingsQueue(s, add, x)
	readingsAssigned(s, add, addTx, x)
	readingsDossier(s, add, x)
	readingsMatches(s, add, addTx, x)
	readingsTalk(s, add, addTx, x)
	return out
}

// testIsolation: nothing of one workspace is seen from another by its ID.
func testIsolation(t *testing.T, s *store.Store) {
	x, stranger := Fill(t, s), Stranger(t, s)
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		rui := sales.Person{WorkspaceID: x.Workspace.ID, ID: tx.NewID(), OwnerID: x.Seller.ID, Phone: "+351210000000", LinkedIn: "https://linkedin.example/in/rui", CreatedAt: Now, UpdatedAt: Now}
		if err := tx.InsertPerson(ctx, rui, ""); err != nil {
			return err
		}
		if err := tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: rui.WorkspaceID, At: Now, Actor: sales.ByBuyer, Kind: sales.MoveReply, PersonID: rui.ID}}); err != nil {
			return err
		}
		off := x.Task
		off.ID, off.Key, off.Kind, off.SnoozedUntil = tx.NewID(), "put off", sales.TaskFix, wait(5)
		if _, err := tx.OpenTask(ctx, off); err != nil {
			return err
		}
		done := x.Task
		done.ID, done.Key = tx.NewID(), "done before"
		if _, err := tx.OpenTask(ctx, done); err != nil {
			return err
		}
		return tx.EndTask(ctx, x.Workspace.ID, done.ID, sales.TaskDone, wait(1), "done")
	})
	if yes, err := s.LeasePerson(t.Context(), x.Viewer(), x.People[0].ID, Now, wait(1)); !yes || err != nil {
		t.Fatal(yes, err)
	}
	for name, get := range readings(s, x) {
		if n, err := get(t.Context(), x.Viewer()); n == 0 || err != nil {
			t.Errorf("%s finds nothing at home: %v", name, err)
		}
		if n, err := get(t.Context(), stranger); n != 0 || err != nil {
			t.Errorf("%s shows %d to a stranger: %v", name, n, err)
		}
	}
}

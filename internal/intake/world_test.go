package intake_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/inbound"
	"ninetyten/internal/intake"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

type clock struct{ t time.Time }

func (c *clock) Now() time.Time { return c.t }

type heard []casework.Change

func (h *heard) Changed(_ context.Context, c casework.Change) { *h = append(*h, c) }

// world is a workspace into which mail comes.
type world struct {
	*storetest.World
	t     *testing.T
	clock *clock
	heard heard
	in    *intake.Intake
	uid   uint32
}

// newWorld makes one a day after the first mail went to each of its people.
func newWorld(t *testing.T, people int) *world {
	t.Helper()
	w := &world{World: storetest.NewWorld(t, storetest.Open(t), people), t: t, clock: &clock{storetest.Now}}
	w.in = &intake.Intake{Store: w.World.Store, Clock: w.clock, Notify: &w.heard, Log: slog.New(slog.DiscardHandler)}
	return w
}

// written is newWorld, and the first mail of the sequence went to everybody.
func written(t *testing.T, people int) *world {
	t.Helper()
	w := newWorld(t, people)
	for i := range people {
		w.write(i)
	}
	w.clock.t = storetest.Now.Add(24 * time.Hour)
	return w
}

func (w *world) tx(fn func(ctx context.Context, tx *store.Tx) error) {
	w.t.Helper()
	if err := w.InTx(w.t.Context(), func(tx *store.Tx) error { return fn(w.t.Context(), tx) }); err != nil {
		w.t.Fatal(err)
	}
}

// write lets the first mail to a person go, as the runner records it.
func (w *world) write(i int) sales.Enrollment {
	w.t.Helper()
	e := w.Enroll(w.t, i)
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		now := w.clock.t
		b := casework.New(tx, w.Workspace.ID)
		if _, _, err := b.Decide(ctx, tx, e, sales.Event{Kind: sales.EvTimer, At: now}, store.Subject{}, now); err != nil {
			return err
		}
		m, err := tx.MailingByKey(ctx, w.Workspace.ID, engine.MailKey(e.ID, w.Sequence.Steps[0].ID))
		if err != nil {
			return err
		}
		m.RawID, m.HeaderID, m.To, m.Subject, m.Body, m.ThreadID = tx.NewID(), fmt.Sprintf("first-%d@brightmail.example", i), w.People[i].Email, "A question about trucks", "Hello", tx.NewID()
		if _, err := tx.BeginAttempt(ctx, m, []byte("raw"), now); err != nil {
			return err
		}
		m.State, m.SentAt = sales.MailingSent, now
		if _, err := tx.EndAttempt(ctx, m, sales.Attempt{ID: tx.NewID(), MailingID: m.ID, N: 1, Outcome: "sent"}); err != nil {
			return err
		}
		msg := sales.Message{
			WorkspaceID: m.WorkspaceID, ID: tx.NewID(), MailboxID: m.MailboxID, PersonID: m.PersonID, ThreadID: m.ThreadID, MailingID: m.ID, Direction: sales.Outgoing, HeaderID: m.HeaderID,
			From: w.Mailbox.Address, To: m.To, Subject: m.Subject, Date: now, ArrivedAt: now, SeenAt: now, Text: "Hello",
		}
		if err := tx.ContinueThread(ctx, sales.Thread{WorkspaceID: m.WorkspaceID, ID: m.ThreadID, PersonID: m.PersonID, MailboxID: m.MailboxID, Subject: m.Subject, LastAt: now, LastHeader: m.HeaderID}, now); err != nil {
			return err
		}
		if _, err := tx.InsertMessage(ctx, msg); err != nil {
			return err
		}
		if err := tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: m.WorkspaceID, At: now, Actor: sales.BySystem, Kind: sales.MoveMailAuto, PersonID: m.PersonID, AccountID: w.Account.ID, EnrollmentID: e.ID}}); err != nil {
			return err
		}
		if e, err = tx.Enrollment(ctx, w.Workspace.ID, e.ID); err != nil {
			return err
		}
		e.ThreadID = m.ThreadID
		_, _, err = b.Decide(ctx, tx, e, sales.Event{Kind: sales.EvMailSent, At: now, MailingID: m.ID, StepID: m.StepID}, store.Subject{}, now)
		return err
	})
	return w.enrollment(i)
}

func (w *world) enrollment(i int) sales.Enrollment {
	w.t.Helper()
	list, err := w.EnrollmentsOf(w.t.Context(), w.Workspace.ID, w.People[i].ID)
	if err != nil || len(list) != 1 {
		w.t.Fatal(len(list), err)
	}
	return list[0]
}

// mailing is the first mail to a person.
func (w *world) mailing(i int) sales.Mailing {
	w.t.Helper()
	m, err := w.MailingByKey(w.t.Context(), w.Workspace.ID, engine.MailKey(w.enrollment(i).ID, w.Sequence.Steps[0].ID))
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

// letter writes a mail: a header line each, an empty line, the text.
func letter(lines ...string) string { return strings.Join(lines, "\r\n") }

// read gives mails of a folder to the intake.
func (w *world) read(folder string, raws ...string) {
	w.t.Helper()
	if err := w.tryRead(folder, raws...); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) tryRead(folder string, raws ...string) error {
	f := inbound.Folder{Name: folder, Role: inbound.Role(strings.ToLower(folder))}
	var mails []inbound.Mail
	for _, raw := range raws {
		w.uid++
		mails = append(mails, inbound.Mail{UID: w.uid, ArrivedAt: w.clock.t, Size: int64(len(raw)), Raw: []byte(raw)})
	}
	return w.in.Receive(w.t.Context(), w.Mailbox, f, mails, sales.Cursor{UIDValidity: 1, LastUID: w.uid})
}

// messages gives what is kept about a person, the newest first, without the mail
// that we sent.
func (w *world) messages(i int) []sales.Message {
	w.t.Helper()
	list, err := w.MessagesOf(w.t.Context(), w.Workspace.ID, w.People[i].ID, 100)
	if err != nil {
		w.t.Fatal(err)
	}
	var out []sales.Message
	for _, m := range list {
		if m.MailingID == 0 || m.Direction == sales.Incoming {
			out = append(out, m)
		}
	}
	return out
}

func (w *world) tasks(i int) []sales.Task {
	w.t.Helper()
	list, err := w.OpenTasksOf(w.t.Context(), w.Workspace.ID, w.People[i].ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

func (w *world) suppressed(i int) bool {
	w.t.Helper()
	_, yes, err := w.Suppressed(w.t.Context(), w.Workspace.ID, w.People[i].Email)
	if err != nil {
		w.t.Fatal(err)
	}
	return yes
}

// kept counts the incoming messages of the workspace.
func (w *world) kept() int { w.t.Helper(); return len(w.incoming()) }

// incoming are the incoming messages of the workspace.
func (w *world) incoming() []sales.Message {
	w.t.Helper()
	list, err := w.IncomingAfter(w.t.Context(), w.Workspace.ID, 0, 1000)
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

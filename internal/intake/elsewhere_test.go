package intake_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/inbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

func (w *world) outside() int {
	w.t.Helper()
	n, err := w.OutsideSince(w.t.Context(), w.Workspace.ID, w.Mailbox.ID, time.Time{})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *world) person(i int) sales.Person {
	w.t.Helper()
	p, err := w.Person(w.t.Context(), w.Viewer(), w.People[i].ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// gone is a mail that the seller wrote by hand.
func gone(id, to string, more ...string) string {
	lines := append([]string{"From: Ana <ana@brightmail.example>", "To: " + to, "Message-ID: <" + id + "@ana.example>"}, more...)
	return letter(append(lines, "", "Ten a month.")...)
}

// TestOutsideCounts: each mail that left by another program counts once, whomever
// it is for; ours do not, whatever a server made of their Message-ID.
func TestOutsideCounts(t *testing.T) {
	w := written(t, 1)
	ours := letter("From: ana@brightmail.example", "To: "+w.People[0].Email, "Subject: A question about trucks", "Message-ID: <first-0@brightmail.example>", "", "Hello")
	ref := w.Keys.Token(w.Workspace.ID, w.mailing(0).ID)
	renamed := letter("From: ana@brightmail.example", "To: "+w.People[0].Email, "Subject: A question about trucks", "Message-ID: <new-by-server@mail.example>", "X-Ninetyten-Ref: "+ref, "", "Hello")
	probe := letter("From: ana@brightmail.example", "To: ana@brightmail.example", "Message-ID: <p@x.example>", "X-Ninetyten-Probe: 1", "", "test")
	w.read("Sent", ours, renamed, probe)
	if n := w.outside(); n != 0 || w.enrollment(0).State != sales.Active || len(w.messages(0)) != 0 {
		t.Fatalf("%d counted, %s, %d messages", n, w.enrollment(0).State, len(w.messages(0)))
	}
	// A stranger cannot hide a mail behind a token, and a seller who quotes ours wrote it.
	forged := gone("a", "mum@family.example", "X-Ninetyten-Ref: "+w.Keys.Token(w.Workspace.ID+1, w.mailing(0).ID))
	quoting := letter("From: ana@brightmail.example", "To: dad@family.example", "Message-ID: <b@ana.example>", "", "Look what we do:", "> https://sales.brightmail.example/u/"+ref)
	w.read("Sent", forged, quoting, gone("c", w.People[0].Email), gone("c", w.People[0].Email))
	w.read("Sent", forged)
	w.read("INBOX", gone("d", w.People[0].Email)) // only a copy, or forged
	if n := w.outside(); n != 3 {
		t.Errorf("%d counted", n)
	}
	if n := w.kept(); n != 0 {
		t.Errorf("%d incoming", n)
	}
	n, err := w.SentSince(t.Context(), w.Workspace.ID, w.Mailbox.ID, w.clock.t.Add(-7*24*time.Hour))
	if err != nil || n != 4 {
		t.Errorf("the cap counts %d: ours and three of the seller's, %v", n, err)
	}
}

// TestOldMailMoved: somebody moves old mail into Sent, with the date of today for
// the server. It is not counted as of today, and nobody's sequence stops.
func TestOldMailMoved(t *testing.T) {
	w := written(t, 1)
	w.clock.t = w.clock.t.Add(48 * time.Hour)
	w.read("Sent", gone("old", w.People[0].Email, "Date: Mon, 02 Feb 2026 09:00:00 +0000", "Subject: In February"))
	if e := w.enrollment(0); e.State != sales.Active {
		t.Errorf("%s %s", e.State, e.Reason)
	}
	n, err := w.OutsideSince(t.Context(), w.Workspace.ID, w.Mailbox.ID, w.clock.t.Add(-7*24*time.Hour))
	if err != nil || n != 0 || w.outside() != 1 {
		t.Errorf("%d of this week, %d in all, %v", n, w.outside(), err)
	}
}

// TestAnswersOneThread: who asked twice is answered once, and the other question
// stays open.
func TestAnswersOneThread(t *testing.T) {
	w := written(t, 1)
	w.read("INBOX", reply(w, 0, "price", "What does it cost?"),
		letter("From: "+w.People[0].Email, "To: ana@brightmail.example", "Subject: Another matter", "Message-ID: <other@x.example>", "", "Can you speak at our conference?"))
	if n := len(w.tasks(0)); n != 2 {
		t.Fatalf("%d handoffs", n)
	}
	w.clock.t = w.clock.t.Add(time.Hour)
	w.read("Sent", gone("re", w.People[0].Email, "Subject: Re: Another matter", "In-Reply-To: <other@x.example>", "References: <other@x.example>"))
	tasks := w.tasks(0)
	if len(tasks) != 1 {
		t.Fatalf("%d open: %+v", len(tasks), tasks)
	}
	open, err := w.MessageAny(t.Context(), w.Workspace.ID, tasks[0].MessageID)
	if err != nil || open.HeaderID != "price@x.example" {
		t.Errorf("open is %s", open.HeaderID)
	}
	list := w.messages(0)
	if len(list) != 3 || list[0].Direction != sales.Outgoing || list[0].ThreadID == open.ThreadID || list[0].ThreadID != list[1].ThreadID {
		t.Errorf("the answer is in another thread: %+v", list)
	}
	all, err := w.TasksOfKind(t.Context(), w.Workspace.ID, sales.TaskAnswer)
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range all {
		if task.State == sales.TaskDone && task.DoneWhy != "answered from your own mail program" {
			t.Errorf("%q", task.DoneWhy)
		}
	}
	w.read("Sent", gone("both", w.People[0].Email, "Subject: Lunch?")) // names nothing: it answers all
	if n := len(w.tasks(0)); n != 0 {
		t.Errorf("%d open", n)
	}
}

// TestReadLate: the watcher was away. What the seller and the buyer wrote
// meanwhile stands as it happened, in whatever order it is read.
func TestReadLate(t *testing.T) {
	for _, tt := range []struct {
		name           string
		theirs, ours   time.Duration // after the watcher stopped
		move           sales.MoveSide
		open, untouche int
	}{
		{"they asked, the seller answered", time.Hour, 2 * time.Hour, sales.TheirMove, 0, 1},
		{"the seller wrote, they answered", 2 * time.Hour, time.Hour, sales.OurMove, 1, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := written(t, 1)
			start := w.clock.t
			w.clock.t = start.Add(5 * time.Hour)
			w.readAt("INBOX", start.Add(tt.theirs), reply(w, 0, "a", "What does it cost?"))
			w.readAt("Sent", start.Add(tt.ours), gone("own", w.People[0].Email, "Subject: Re: A question about trucks", "In-Reply-To: <first-0@brightmail.example>"))
			p := w.person(0)
			if p.Move != tt.move || len(w.tasks(0)) != tt.open || p.Untouched != tt.untouche {
				t.Errorf("move %s, %d open, %d touches", p.Move, len(w.tasks(0)), p.Untouched)
			}
			if want := max(start.Add(tt.ours).UnixMicro(), start.UnixMicro()); p.LastOutAt.UnixMicro() < want {
				t.Errorf("last touch %v", p.LastOutAt)
			}
			moves, err := w.MovesOf(t.Context(), w.Workspace.ID, p.ID, 100)
			if err != nil {
				t.Fatal(err)
			}
			var asked, wrote time.Time
			for _, m := range moves {
				switch m.Kind {
				case sales.MoveQuestion, sales.MoveReply:
					asked = m.At
				case sales.MoveMailManual:
					wrote = m.At
				}
			}
			if wrote.Before(asked) != (tt.move == sales.OurMove) {
				t.Errorf("asked at %v, wrote at %v", asked, wrote)
			}
			threads, err := w.ThreadsOf(t.Context(), w.Workspace.ID, p.ID)
			if err != nil || len(threads) != 1 || (threads[0].LastHeader == "a@x.example") != (tt.move == sales.OurMove) {
				t.Errorf("%+v, %v", threads, err)
			}
		})
	}
}

// TestServerAhead: the clock of the mail server runs an hour ahead of ours, and the
// answer of the seller is one all the same.
func TestServerAhead(t *testing.T) {
	w := written(t, 1)
	ahead := w.clock.t.Add(time.Hour)
	w.readAt("INBOX", ahead, reply(w, 0, "a", "What does it cost?"))
	w.clock.t = w.clock.t.Add(5 * time.Minute)
	w.readAt("Sent", ahead.Add(5*time.Minute), gone("own", w.People[0].Email, "Subject: Re: A question about trucks"))
	if p := w.person(0); len(w.tasks(0)) != 0 || p.Move != sales.TheirMove || p.LastOutAt.After(w.clock.t) {
		t.Errorf("%d open, move %s, last touch %v", len(w.tasks(0)), p.Move, p.LastOutAt)
	}
}

// TestCopyFirst: a copy of the seller's answer in the inbox proves nothing; when
// the mail turns up in Sent, the handoff is closed, and nothing is kept twice.
func TestCopyFirst(t *testing.T) {
	w := written(t, 1)
	w.read("INBOX", reply(w, 0, "a", "What does it cost?"))
	w.clock.t = w.clock.t.Add(time.Hour)
	own := gone("own", w.People[0].Email, "Subject: Re: A question about trucks", "In-Reply-To: <a@x.example>")
	w.read("INBOX", own)
	if len(w.tasks(0)) != 1 || w.outside() != 0 {
		t.Fatalf("%d open, %d counted", len(w.tasks(0)), w.outside())
	}
	w.read("Sent", own)
	w.read("Sent", own)
	if len(w.tasks(0)) != 0 || w.outside() != 1 || len(w.messages(0)) != 2 {
		t.Errorf("%d open, %d counted, %d messages", len(w.tasks(0)), w.outside(), len(w.messages(0)))
	}
}

// TestBlindCopy: whom the seller wrote in Bcc is written to as well.
func TestBlindCopy(t *testing.T) {
	w := written(t, 2)
	w.read("Sent", gone("b", "undisclosed-recipients:;", "Bcc: Somebody <"+w.People[0].Email+">, "+w.People[1].Email, "Subject: News"))
	for i := range 2 {
		if e := w.enrollment(i); e.State != sales.Paused || e.Actor != sales.BySeller {
			t.Errorf("person %d: %s by %s", i, e.State, e.Actor)
		}
	}
}

// TestSeenInSent: one of ours in Sent is noted when its result is not known, and
// only when it is in Sent.
func TestSeenInSent(t *testing.T) {
	for _, state := range []sales.MailingState{sales.MailingSending, sales.MailingUnknown, sales.MailingSent, sales.MailingQueued} {
		w := written(t, 1)
		if _, err := w.DB.Exec(t.Context(), `UPDATE mailings SET state = ?, appended = 0 WHERE workspace_id = ? AND id = ?`, string(state), w.Workspace.ID, w.mailing(0).ID); err != nil {
			t.Fatal(err)
		}
		ours := letter("From: ana@brightmail.example", "To: "+w.People[0].Email, "Message-ID: <first-0@brightmail.example>", "", "Hello")
		w.read("INBOX", ours)
		seen := func() int {
			boxes, err := w.MailboxesWithSeen(t.Context(), w.Workspace.ID)
			if err != nil {
				t.Fatal(err)
			}
			return len(boxes)
		}
		if seen() != 0 {
			t.Errorf("%s: the inbox proves nothing", state)
		}
		w.read("Sent", ours)
		if got := seen() == 1; got != (state == sales.MailingUnknown) {
			t.Errorf("%s: to be settled %v", state, got)
		}
		if state == sales.MailingSending { // nobody knew, and Sent was read before that was written
			w.tx(func(ctx context.Context, tx *store.Tx) error {
				m := w.mailing(0)
				m.State = sales.MailingUnknown
				_, err := tx.EndAttempt(ctx, m, sales.Attempt{ID: tx.NewID(), MailingID: m.ID, N: 2, Outcome: "unknown"})
				return err
			})
			if list, err := w.SeenUnknown(t.Context(), w.Workspace.ID, w.Mailbox.ID, 9); err != nil || len(list) != 1 || list[0].ID != w.mailing(0).ID {
				t.Errorf("%+v, %v", list, err)
			}
		}
	}
}

// TestOutsideHostile: what stands in Sent may be anything.
func TestOutsideHostile(t *testing.T) {
	w := written(t, 1)
	to := w.People[0].Email
	var crowd strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&crowd, "p%d@crowd.example, ", i)
	}
	w.read("Sent", "", "\x00", "no header at all", gone(strings.Repeat("i", 30_000), to), gone("x", crowd.String()+to), gone("y", to, "Subject: "+strings.Repeat("s", 30_000)),
		gone("z", to, "References: "+strings.Repeat("<a@b.example> ", 20_000)), gone("w", to, "X-Ninetyten-Ref: "+strings.Repeat("A", 100_000)))
	if n := w.outside(); n < 6 {
		t.Errorf("%d counted", n)
	}
}

// readAt gives a mail that came into a folder at a moment.
func (w *world) readAt(folder string, at time.Time, raw string) {
	w.t.Helper()
	w.uid++
	f := inbound.Folder{Name: folder, Role: inbound.Role(strings.ToLower(folder))}
	m := inbound.Mail{UID: w.uid, ArrivedAt: at, Size: int64(len(raw)), Raw: []byte(raw)}
	if err := w.in.Receive(w.t.Context(), w.Mailbox, f, []inbound.Mail{m}, sales.Cursor{UIDValidity: 1, LastUID: w.uid}); err != nil {
		w.t.Fatal(err)
	}
}

// TestOutsideGap: the gap holds between a mail of another program and the next of
// ours, from when it left; one that left long ago, or of a mailbox without a gap,
// holds nothing up, and a longer pause stays.
func TestOutsideGap(t *testing.T) {
	const least, most = 5 * time.Minute, 10 * time.Minute
	w := newWorld(t, 1)
	rests := func() time.Time {
		mb, err := w.Store.Mailbox(t.Context(), w.Workspace.ID, w.Mailbox.ID)
		if err != nil {
			t.Fatal(err)
		}
		return mb.NextSendAt
	}
	limits := func(from, to time.Duration) {
		w.tx(func(ctx context.Context, tx *store.Tx) error {
			mb := w.Mailbox
			mb.Limits.GapMin, mb.Limits.GapMax = from, to
			return tx.SaveMailbox(ctx, mb)
		})
	}
	limits(0, 0)
	w.read("Sent", gone("no gap", "mum@family.example"))
	if at := rests(); !at.IsZero() {
		t.Errorf("without a gap it rests until %s", at)
	}
	limits(least, most)
	w.read("INBOX", gone("copy", "mum@family.example"))
	w.read("Sent", gone("old", "mum@family.example", "Date: Mon, 02 Feb 2026 09:00:00 +0000"))
	if at := rests(); !at.IsZero() {
		t.Errorf("it rests until %s after a copy and an old mail", at)
	}
	w.read("Sent", gone("new", "mum@family.example"))
	first := rests()
	if d := first.Sub(w.clock.t); d < least || d > most {
		t.Fatalf("it rests for %s", d)
	}
	w.clock.t = w.clock.t.Add(time.Minute)
	w.read("Sent", gone("new", "mum@family.example")) // the same once more
	if at := rests(); !at.Equal(first) {
		t.Errorf("it rests until %s, and not until %s", at, first)
	}
	long := w.clock.t.Add(time.Hour)
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.SetNextSend(ctx, w.Workspace.ID, w.Mailbox.ID, long)
	})
	w.read("Sent", gone("again", "mum@family.example"))
	if at := rests(); !at.Equal(long) {
		t.Errorf("it rests until %s, and not until %s", at, long)
	}
}

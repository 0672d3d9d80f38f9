package runner_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// lost leaves a mailing as a crash does: begun, without a result.
func (w *world) lost(e sales.Enrollment) sales.Mailing {
	w.t.Helper()
	w.advance()
	m := w.mailing(e, 0)
	m.HeaderID, m.RawID, m.To, m.Subject, m.Body, m.ThreadID = "lost-"+m.ID.String()+"@brightmail.example", w.NewID(), w.People[0].Email, "A question", "Hello", w.NewID()
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		ok, err := tx.BeginAttempt(ctx, m, []byte("Message-ID: <"+m.HeaderID+">\r\nSubject: A question\r\n\r\nHello\r\n"), w.clock.Now())
		if err == nil && !ok {
			err = errors.New("not begun")
		}
		return err
	})
	return w.mailing(e, 0)
}

// TestSettleFromSent: what a crash left open went out when it is in Sent.
func TestSettleFromSent(t *testing.T) {
	w := newWorld(t, 1)
	e := w.Enroll(t, 0)
	m := w.lost(e)
	w.arrive("Sent", "Message-ID: <"+m.HeaderID+">\nSubject: A question\n\nHello\n")
	w.drain()
	if got := w.enrollment(e.ID); w.mailing(e, 0).State != sales.MailingSent || got.Mails != 1 || got.Position != 1 || len(w.out()) != 0 {
		t.Errorf("mail %s, %d mails at %d", w.mailing(e, 0).State, got.Mails, got.Position)
	}
	if list := w.attempts(m); len(list) != 1 || list[0].Outcome != "sent" || !strings.Contains(list[0].Text, "Sent folder") {
		t.Errorf("%+v", list)
	}
}

// TestSettleUnknown: what is not in Sent is shown to a person, and while Sent
// cannot be looked into it is waited for.
func TestSettleUnknown(t *testing.T) {
	w := newWorld(t, 1)
	e := w.Enroll(t, 0)
	w.lost(e)
	w.host.RefuseIMAP(true)
	w.drain()
	if w.mailing(e, 0).State != sales.MailingSending {
		t.Fatalf("given up at once: %s", w.mailing(e, 0).State)
	}
	w.host.RefuseIMAP(false)
	other, _ := w.node("node2") // which has not just been told to wait
	if _, err := other.Drain(t.Context(), w.ref); err != nil {
		t.Fatal(err)
	}
	if w.mailing(e, 0).State != sales.MailingUnknown || len(w.out()) != 0 || len(w.tasks(0)) != 1 {
		t.Errorf("mail %s, %d went", w.mailing(e, 0).State, len(w.out()))
	}
}

// TestFile: a sent mail is put into Sent once, whatever happens around it.
func TestFile(t *testing.T) {
	w := newWorld(t, 1)
	w.Enroll(t, 0)
	w.run()
	file := func() int {
		n, err := w.runner.File(t.Context(), w.ref)
		if err != nil && w.host.IMAPConnections() > 0 {
			t.Fatal(err)
		}
		return n
	}
	w.host.RefuseIMAP(true)
	file()
	w.host.RefuseIMAP(false)
	if n := file(); n != 1 {
		t.Errorf("%d filed", n)
	}
	if n := file(); n != 0 || w.host.Count(w.Mailbox.Address, "Sent") != 1 {
		t.Errorf("%d more, %d in Sent", n, w.host.Count(w.Mailbox.Address, "Sent"))
	}
	stored := w.host.Messages(w.Mailbox.Address, "Sent")[0]
	if string(stored.Raw) != string(w.out()[0].Raw) || !stored.At.Equal(storetest.Now) {
		t.Errorf("other bytes, or of %v", stored.At)
	}
	seen := false
	for _, f := range stored.Flags {
		seen = seen || strings.EqualFold(f, `\Seen`)
	}
	if !seen {
		t.Error("it is unread: ", stored.Flags)
	}
	// A provider that files by itself is not given a second copy.
	w.change(func(m *sales.Mailbox) { m.SavesSent = true })
	w.at(4 * day)
	if file(); w.host.Count(w.Mailbox.Address, "Sent") != 1 {
		t.Error("a second copy")
	}
}

// TestFileAfterACrash: filed, and the program stopped before it said so.
func TestFileAfterACrash(t *testing.T) {
	w := newWorld(t, 1)
	w.Enroll(t, 0)
	w.run()
	w.arrive("Sent", strings.ReplaceAll(string(w.out()[0].Raw), "\r\n", "\n"))
	w.clock.set(storetest.Now.Add(time.Second))
	again, _ := w.node("node1")
	if n, err := again.File(t.Context(), w.ref); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if n := w.host.Count(w.Mailbox.Address, "Sent"); n != 1 {
		t.Errorf("%d in Sent", n)
	}
}

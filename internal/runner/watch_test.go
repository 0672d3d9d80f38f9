package runner_test

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/queue"
	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// watch runs watchers until stop is called.
func watch(t *testing.T, s *runner.Watchers) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	var ended bool
	stop = func() {
		if ended {
			return
		}
		ended = true
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(stop)
	return stop
}

// hello is a first mail of a person to the seller.
func hello(w *world, i int, id string) {
	w.arrive("INBOX", "Message-ID: <"+id+"@brightwater.example>\nFrom: "+w.People[i].Email+"\nTo: ana@brightmail.example\nSubject: Hello\n\nCould you send me a price?\n")
}

// heardOf tells whether a message is kept.
func (w *world) heardOf(id string) bool {
	list, err := w.MessagesOf(w.t.Context(), w.Workspace.ID, w.People[0].ID, 100)
	if err != nil {
		w.t.Fatal(err)
	}
	return slices.ContainsFunc(list, func(m sales.Message) bool { return m.HeaderID == id+"@brightwater.example" })
}

// TestWatch: mail is read as it comes, the folders are kept, and the handoff is
// announced.
func TestWatch(t *testing.T) {
	w := newWorld(t, 1)
	w.change(func(m *sales.Mailbox) { m.SentFolder, m.JunkFolder = "", "" })
	watch(t, w.watchers)
	hello(w, 0, "one")
	until(t, "the first mail", func() bool { return w.heardOf("one") })
	hello(w, 0, "two")
	until(t, "the second mail", func() bool { return w.heardOf("two") })
	until(t, "the folders", func() bool { mb := w.mailbox(); return mb.SentFolder == "Sent" && mb.JunkFolder == "Junk" })
	if len(w.tasks(0)) == 0 || !w.heard.any("Marta Oliveira: ") {
		t.Errorf("%+v", w.tasks(0))
	}
}

// TestTakeOver: when a node ends, another watches; one that died is waited for.
func TestTakeOver(t *testing.T) {
	w := newWorld(t, 1)
	stop := watch(t, w.watchers)
	hello(w, 0, "one")
	until(t, "the first node reads", func() bool { return w.heardOf("one") })
	_, second := w.node("node2")
	watch(t, second)
	stop()
	hello(w, 0, "two")
	until(t, "the second node reads", func() bool { return w.heardOf("two") })
}

func TestTakeOverFromTheDead(t *testing.T) {
	w := newWorld(t, 1)
	end := time.Now().Add(300 * time.Millisecond)
	if ok, err := w.TakeLease(t.Context(), store.LeaseWatch, w.Workspace.ID, w.Mailbox.ID, "dead", time.Now(), end); !ok || err != nil {
		t.Fatal(ok, err)
	}
	watch(t, w.watchers)
	hello(w, 0, "one")
	until(t, "the lease of the dead node runs out", func() bool { return w.heardOf("one") })
	if early := time.Until(end); early > 0 {
		t.Errorf("%v before the end of the other node's lease", early)
	}
}

// TestSettingsChange: a new password is used at once; a refused one breaks the
// mailbox, and it heals by itself when the login works again.
func TestSettingsChange(t *testing.T) {
	w := newWorld(t, 1)
	w.host.SetPassword(w.Mailbox.Address, "new")
	watch(t, w.watchers)
	until(t, "the mailbox is broken", func() bool { return w.mailbox().State == sales.MailboxBroken })
	if why := w.mailbox().StateWhy; !strings.Contains(why, "(IMAP)") || !w.heard.any("stopped: ") {
		t.Error(why)
	}
	w.Mailbox = w.mailbox()
	w.change(func(m *sales.Mailbox) { m.IMAP.Password = "new" })
	until(t, "the mailbox heals", func() bool { return w.mailbox().State == sales.MailboxOK })
	hello(w, 0, "one")
	until(t, "it is read", func() bool { return w.heardOf("one") })
}

// TestReadingMendsNoSending: a mailbox that cannot send stays broken although it
// can be read.
func TestReadingMendsNoSending(t *testing.T) {
	w := newWorld(t, 1)
	w.Enroll(t, 0)
	w.change(func(m *sales.Mailbox) { m.SMTP.Password = "wrong" })
	w.run()
	if w.mailbox().State != sales.MailboxBroken {
		t.Fatal(w.mailbox().State)
	}
	watch(t, w.watchers)
	hello(w, 0, "one")
	until(t, "it is read", func() bool { return w.heardOf("one") })
	if mb := w.mailbox(); mb.State != sales.MailboxBroken {
		t.Errorf("%s, and the password is still wrong", mb.State)
	}
}

// TestReadNow: over the watcher of this node, and without one.
func TestReadNow(t *testing.T) {
	w := newWorld(t, 1)
	hello(w, 0, "one")
	if err := w.watchers.ReadNow(t.Context(), w.mailbox()); err != nil || !w.heardOf("one") {
		t.Fatal(err)
	}
	if !w.mailbox().ReadAt.Equal(storetest.Now) {
		t.Error(w.mailbox().ReadAt)
	}
	watch(t, w.watchers)
	hello(w, 0, "two")
	until(t, "the watcher runs", func() bool { return w.heardOf("two") })
	for _, id := range []string{"three", "four", "five"} { // also while the connection goes and comes
		w.host.DropIMAP()
		hello(w, 0, id)
		until(t, "it is read again", func() bool {
			err := w.watchers.ReadNow(t.Context(), w.mailbox())
			if err != nil && sales.CodeOf(err) != sales.Unavailable {
				t.Fatal(err)
			}
			if err == nil && !w.heardOf(id) {
				t.Fatal("read up to now, and " + id + " is not there")
			}
			return err == nil
		})
	}
	w.host.RefuseIMAP(true)
	if err := w.watchers.ReadNow(t.Context(), w.mailbox()); err == nil || sales.CodeOf(err) == sales.Internal {
		t.Errorf("it cannot be read: %v", err)
	}
}

// TestPausedIsRead: a mailbox that is paused is read all the same.
func TestPausedIsRead(t *testing.T) {
	w := newWorld(t, 1)
	w.change(func(m *sales.Mailbox) { m.State = sales.MailboxPaused })
	watch(t, w.watchers)
	hello(w, 0, "one")
	until(t, "it is read", func() bool { return w.heardOf("one") })
	if w.mailbox().State != sales.MailboxPaused {
		t.Error(w.mailbox().State)
	}
}

// TestPulse: the queue is asked for what is due and for nothing else, once.
func TestPulse(t *testing.T) {
	w := newWorld(t, 1)
	q, err := queue.Open(t.Context(), w.DB, queue.Options{Logger: slog.New(slog.DiscardHandler)})
	if err == nil {
		err = q.Migrate(t.Context())
	}
	if err == nil {
		err = w.runner.Register(q)
	}
	if err != nil {
		t.Fatal(err)
	}
	p := runner.NewPulse(w.World.Store, q, w.clock, slog.New(slog.DiscardHandler), 0)
	p.Slot = 24 * time.Hour
	look := func(want ...string) {
		t.Helper()
		if err := p.Look(t.Context()); err != nil {
			t.Fatal(err)
		}
		have, err := db.All(t.Context(), w.DB, db.Value[string], "SELECT kind FROM river_job ORDER BY kind")
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(have, want) {
			t.Errorf("asked for %v, not %v", have, want)
		}
	}
	look()
	w.Enroll(t, 0)
	w.clock.set(storetest.Now.Add(-time.Minute))
	look()
	w.clock.set(storetest.Now)
	look("advance_workspace")
	look("advance_workspace")
	w.advance()
	look("advance_workspace", "drain_mailbox")
	w.drain()
	look("advance_workspace", "drain_mailbox", "file_sent")
	look("advance_workspace", "drain_mailbox", "file_sent")
}

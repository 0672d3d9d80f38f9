package runner_test

import (
	"testing"
	"time"

	"ninetyten/internal/inbound"
	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/mailhost"
	"ninetyten/internal/store/storetest"
)

// inSent gives mails to the intake as those of the Sent folder.
func (w *world) inSent(raw string) {
	w.t.Helper()
	m := inbound.Mail{UID: 1, ArrivedAt: w.clock.Now(), Size: int64(len(raw)), Raw: []byte(raw)}
	if err := w.watchers.Sink.Receive(w.t.Context(), w.Mailbox, inbound.Folder{Name: "Sent", Role: inbound.RoleSent}, []inbound.Mail{m}, sales.Cursor{UIDValidity: 1, LastUID: 1}); err != nil {
		w.t.Fatal(err)
	}
}

// TestUnknownIsInSent: nobody knows whether a mail went, and then it turns up in
// the Sent folder, which the provider fills: it went, when it was handed over.
func TestUnknownIsInSent(t *testing.T) {
	w := newWorld(t, 1)
	e := w.Enroll(t, 0)
	w.host.FailNext(mailhost.StageTaken, "", 1, mailhost.Fault{Drop: true})
	w.run()
	if m := w.mailing(e, 0); m.State != sales.MailingUnknown || len(w.out()) != 1 {
		t.Fatalf("%s, %d went", m.State, len(w.out()))
	}
	began := w.clock.Now()
	w.clock.set(began.Add(time.Hour))
	w.inSent(string(w.out()[0].Raw))
	w.drain()
	m, got := w.mailing(e, 0), w.enrollment(e.ID)
	if m.State != sales.MailingSent || !m.SentAt.Equal(began) || m.LastError != "" {
		t.Errorf("%s at %v: %s", m.State, m.SentAt, m.LastError)
	}
	if got.State != sales.Active || got.Position != 1 || got.Mails != 1 {
		t.Errorf("%s %s at %d, %d mails", got.State, got.Reason, got.Position, got.Mails)
	}
	if tasks := w.tasks(0); len(tasks) != 0 {
		t.Errorf("somebody is still asked: %+v", tasks)
	}
	p, err := w.PersonAny(t.Context(), w.Workspace.ID, w.People[0].ID)
	if err != nil || !p.LastOutAt.Equal(began) || p.Move != sales.TheirMove || p.Untouched != 1 {
		t.Errorf("last touch %v, move %s, %d touches", p.LastOutAt, p.Move, p.Untouched)
	}
	msgs, err := w.MessagesOf(t.Context(), w.Workspace.ID, p.ID, 9)
	if err != nil || len(msgs) != 1 || !msgs[0].Date.Equal(began) {
		t.Errorf("%+v, %v", msgs, err)
	}
	w.inSent(string(w.out()[0].Raw)) // read again, and settled again: nothing more
	w.drain()
	w.run()
	n, err := w.SentSince(t.Context(), w.Workspace.ID, w.Mailbox.ID, storetest.Now.Add(-time.Hour))
	if err != nil || n != 1 || len(w.out()) != 1 {
		t.Errorf("%d counted, %d went, %v", n, len(w.out()), err)
	}
	if files, err := w.runner.File(t.Context(), w.ref); files != 0 || err != nil {
		t.Errorf("%d filed again, %v", files, err)
	}
	w.at(8 * day) // the next step goes on in the thread
	if len(w.out()) != 2 {
		t.Errorf("%d mails", len(w.out()))
	}
}

// TestUnknownWasAnswered: they answered the mail of which nobody knew. The
// sequence has ended; the mail stands in the ledger before the answer.
func TestUnknownWasAnswered(t *testing.T) {
	w := newWorld(t, 1)
	e := w.Enroll(t, 0)
	w.host.FailNext(mailhost.StageTaken, "", 1, mailhost.Fault{Drop: true})
	w.run()
	w.clock.set(w.clock.Now().Add(time.Hour))
	w.arrive("INBOX", "From: "+w.People[0].Email+"\nSubject: Re: A question\nIn-Reply-To: <"+w.mailing(e, 0).HeaderID+">\nMessage-ID: <yes@x.example>\n\nYes, tell me more.\n")
	if err := w.watchers.ReadNow(t.Context(), w.Mailbox); err != nil {
		t.Fatal(err)
	}
	if got := w.enrollment(e.ID); got.State != sales.Finished {
		t.Fatalf("%s %s", got.State, got.Reason)
	}
	w.inSent(string(w.out()[0].Raw))
	w.drain()
	p, err := w.PersonAny(t.Context(), w.Workspace.ID, w.People[0].ID)
	if err != nil || p.Move != sales.OurMove || p.Untouched != 0 {
		t.Errorf("move %s, %d touches, %v", p.Move, p.Untouched, err)
	}
	if m := w.mailing(e, 0); m.State != sales.MailingSent {
		t.Errorf("%s", m.State)
	}
}

// watchSent runs watchers that look into Sent all the time, and waits until they
// have begun with it.
func (w *world) watchSent() {
	w.t.Helper()
	x := &runner.Watchers{Store: w.Store, Sink: w.watchers.Sink, Options: w.watchers.Options, Node: "node1", Clock: w.clock, Notify: w.heard, Log: w.watchers.Log, Every: 10 * time.Millisecond}
	x.Options.Poll = 20 * time.Millisecond
	watch(w.t, x)
	until(w.t, "Sent is read", func() bool {
		cur, err := w.Cursor(w.t.Context(), w.Workspace.ID, w.Mailbox.ID, "Sent")
		if err != nil {
			w.t.Fatal(err)
		}
		return cur.UIDValidity != 0
	})
}

// byHand files a mail that the seller wrote in another program.
func (w *world) byHand(id, to string) {
	w.arrive("Sent", "Message-ID: <"+id+"@ana.example>\nFrom: "+w.Mailbox.Address+"\nTo: "+to+"\nSubject: Re: A question\nDate: "+w.clock.Now().Format(time.RFC1123Z)+"\n\nTen a month.\n")
}

// TestSentFolders: where we file our mail ourselves, and where the provider does,
// ours are ours, and the seller's own count and are heeded.
func TestSentFolders(t *testing.T) {
	for name, provider := range map[string]bool{"we file": false, "the provider files": true} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, 3)
			w.change(func(m *sales.Mailbox) { m.SavesSent, m.Limits.PerDay = provider, 4 })
			w.byHand("before", w.People[0].Email) // nobody's business
			if provider {
				w.host.OnSubmission(func(s mailhost.Submission) {
					if _, err := w.host.Deliver(w.Mailbox.Address, "Sent", s.Raw, time.Time{}); err != nil {
						t.Error(err)
					}
				})
			}
			w.watchSent()
			e := w.Enroll(t, 0)
			w.Enroll(t, 1)
			w.run()
			if _, err := w.runner.File(t.Context(), w.ref); err != nil {
				t.Fatal(err)
			}
			w.byHand("one", w.People[0].Email)
			w.byHand("two", "mum@family.example")
			outside := func() int {
				n, err := w.OutsideSince(t.Context(), w.Workspace.ID, w.Mailbox.ID, time.Time{})
				if err != nil {
					t.Fatal(err)
				}
				return n
			}
			until(t, "both are read", func() bool { return outside() == 2 })
			if n := w.host.Count(w.Mailbox.Address, "Sent"); n != 5 || len(w.out()) != 2 {
				t.Errorf("%d in Sent, %d went", n, len(w.out()))
			}
			if got := w.enrollment(e.ID); got.State != sales.Paused || got.Actor != sales.BySeller {
				t.Errorf("%s by %s", got.State, got.Actor)
			}
			w.Enroll(t, 2) // two of ours and two by hand: the cap of the day is reached
			w.run()
			if n := len(w.out()); n != 2 {
				t.Errorf("%d mails under a cap of four, with two by hand", n)
			}
		})
	}
}

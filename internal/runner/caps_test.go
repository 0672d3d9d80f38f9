package runner_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/mailhost"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// second gives the world another mailbox.
func (w *world) second() sales.Mailbox {
	w.t.Helper()
	mb := w.Mailbox
	mb.ID, mb.Address = w.NewID(), "bea@brightmail.example"
	mb.SMTP.Username, mb.IMAP.Username = mb.Address, mb.Address
	w.host.AddUser(mb.Address, password)
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.InsertMailbox(ctx, mb) })
	return mb
}

// from moves an enrollment to another mailbox before it begins.
func (w *world) from(mb sales.Mailbox, i int) sales.Enrollment {
	w.t.Helper()
	e := sales.Enrollment{
		WorkspaceID: w.Workspace.ID, ID: w.NewID(), SequenceID: w.Sequence.ID, PersonID: w.People[i].ID, AccountID: w.Account.ID, OwnerID: w.Seller.ID, MailboxID: mb.ID,
		State: sales.Active, Actor: sales.BySeller, StateAt: storetest.Now, NextAt: storetest.Now, Version: 1, LastStepAt: storetest.Now, EnrolledAt: storetest.Now,
	}
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.InsertEnrollment(ctx, e) })
	return e
}

// counted gives how much of a shared cap is used today.
func (w *world) counted(scope, about string) int {
	w.t.Helper()
	n, err := w.Counted(w.t.Context(), w.Workspace.ID, store.Day(w.clock.Now(), time.UTC), scope, []string{about})
	if err != nil {
		w.t.Fatal(err)
	}
	return n[about]
}

const people = "brightwater.example" // the domain of everybody in a world

// testCaps: two mailboxes on two nodes, which all draw at once, never pass a cap
// that they share; the rest waits until the next day and goes then.
func testCaps(t *testing.T, s *store.Store) {
	for name, x := range map[string]struct {
		domain, account, want int
	}{"domain": {7, 0, 7}, "account": {0, 5, 5}, "both": {9, 4, 4}, "the other way": {3, 8, 3}} {
		w := newWorldOn(t, s, 30)
		w.settings(func(s *sales.Settings) { s.PerDomainDay, s.PerAccountDay = x.domain, x.account })
		other := w.second()
		for i := range w.People {
			if i%2 == 0 {
				w.Enroll(t, i)
			} else {
				w.from(other, i)
			}
		}
		w.advance()
		two, _ := w.node("node2")
		var all sync.WaitGroup
		for i := range 6 {
			r, ref := w.runner, w.ref
			if i%2 == 1 {
				r = two
			}
			if i/2%2 == 1 {
				ref.MailboxID = other.ID
			}
			all.Go(func() { drainOften(t, r, ref) })
		}
		all.Wait()
		if n := len(w.out()); n != x.want {
			t.Errorf("%s: %d went, the cap is %d", name, n, x.want)
		}
		if n := w.counted(store.ScopeDomain, people); x.domain > 0 && n != x.want {
			t.Errorf("%s: %d counted for the domain", name, n)
		}
		if n := w.counted(store.ScopeAccount, w.Account.ID.String()); x.account > 0 && n != x.want {
			t.Errorf("%s: %d counted for the account", name, n)
		}
		w.clock.set(storetest.Now.AddDate(0, 0, 1))
		w.drain()
		drainOften(t, two, store.MailboxRef{WorkspaceID: w.Workspace.ID, MailboxID: other.ID})
		if n := len(w.out()); n != 2*x.want {
			t.Errorf("%s: %d went by the next day, want %d", name, n, 2*x.want)
		}
	}
}

func drainOften(t *testing.T, r *runner.Runner, ref store.MailboxRef) {
	for range 5 {
		if _, err := r.Drain(context.Background(), ref); err != nil {
			t.Error(err)
		}
	}
}

func TestCaps(t *testing.T) { testCaps(t, storetest.Open(t)) }

// TestCapGivenBack: a mail that did not go takes no place of the day, one that
// goes after all takes one.
func TestCapGivenBack(t *testing.T) {
	w := newWorld(t, 3)
	w.settings(func(s *sales.Settings) { s.PerDomainDay, s.PerAccountDay = 2, 2 })
	_, remove := w.host.FailNext(mailhost.StageRcpt, w.People[0].Email, 1, mailhost.Fault{Code: 451, Enhanced: [3]int{4, 7, 1}, Text: "greylisted"})
	defer remove()
	e := w.Enroll(t, 0)
	w.run()
	if n, m := w.counted(store.ScopeDomain, people), w.counted(store.ScopeAccount, w.Account.ID.String()); n != 0 || m != 0 || w.mailing(e, 0).State != sales.MailingQueued {
		t.Fatalf("%d and %d are counted, the mail is %s", n, m, w.mailing(e, 0).State)
	}
	w.Enroll(t, 1)
	w.run()
	w.clock.set(w.mailing(e, 0).DueAt)
	w.drain()
	last := w.Enroll(t, 2)
	w.run()
	if len(w.out()) != 2 || w.mailing(e, 0).State != sales.MailingSent || w.counted(store.ScopeDomain, people) != 2 {
		t.Errorf("%d went, %d counted", len(w.out()), w.counted(store.ScopeDomain, people))
	}
	if got := w.enrollment(last.ID); got.HoldGate != sales.GateLimits || !strings.Contains(got.HoldWhy, "today") || !got.HoldUntil.Equal(time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("%s %q until %v", got.HoldGate, got.HoldWhy, got.HoldUntil)
	}
}

// TestHourCap: the cap of any 60 minutes, which frees place by place.
func TestHourCap(t *testing.T) {
	w := newWorld(t, 6)
	w.change(func(m *sales.Mailbox) { m.Limits = sales.Limits{PerHour: 2} })
	at := func(d time.Duration, want int) {
		t.Helper()
		if n := w.at(d); n != want {
			t.Errorf("after %v %d went, want %d", d, n, want)
		}
	}
	w.Enroll(t, 0)
	at(0, 1)
	for i := 1; i < 6; i++ {
		w.Enroll(t, i)
	}
	at(20*time.Minute, 1)
	at(59*time.Minute, 0)
	at(60*time.Minute, 1)
	at(79*time.Minute, 0)
	at(80*time.Minute, 1)
	at(100*time.Minute, 0)
	at(140*time.Minute, 2)
}

// box adds to what came of the mails of the mailbox today.
func (w *world) box(name string, n int) {
	w.t.Helper()
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.CountBox(ctx, w.Workspace.ID, w.Mailbox.ID, store.Day(w.clock.Now(), time.UTC), name, n)
	})
}

// TestGuard: a mailbox stops when 5 % of at least 20 mails bounced, not before, and
// begins anew when a person lets it go on.
func TestGuard(t *testing.T) {
	w := newWorld(t, 8)
	refused := func(i int) {
		t.Helper()
		_, remove := w.host.FailNext(mailhost.StageRcpt, w.People[i].Email, 1, mailhost.Fault{Code: 550, Enhanced: [3]int{5, 1, 1}, Text: "no such user"})
		defer remove()
		w.Enroll(t, i)
		w.run()
	}
	state := func(what string, want sales.MailboxState) {
		t.Helper()
		if mb := w.mailbox(); mb.State != want {
			t.Errorf("%s: %s %s", what, mb.State, mb.StateWhy)
		}
	}
	w.box(store.BoxSent, 18)
	refused(0) // 1 of 18 or 19: too few to say
	state("before 20 mails", sales.MailboxOK)
	w.box(store.BoxSent, 60)
	refused(1) // 2 of 80
	if n, err := w.BoxCounts(t.Context(), w.Workspace.ID, w.Mailbox.ID, 0); err != nil || n[store.BoxSent] != 80 || n[store.BoxBounced] != 2 {
		t.Fatal(n, err)
	}
	w.box(store.BoxSent, 19)
	w.box(store.BoxBounced, 1)
	refused(2) // 4 of 100
	state("below the share", sales.MailboxOK)
	w.box(store.BoxSent, -1)
	refused(5) // 5 of 100
	state("at the share", sales.MailboxPaused)
	if mb := w.mailbox(); !strings.Contains(mb.StateWhy, "bounced") || !w.heard.any("stopped") {
		t.Error(mb.StateWhy)
	}
	w.tx(func(ctx context.Context, tx *store.Tx) error { // as desk.ResumeMailbox does
		if _, err := tx.SetMailboxState(ctx, w.Workspace.ID, w.Mailbox.ID, sales.MailboxOK, ""); err != nil {
			return err
		}
		return tx.ForgetBox(ctx, w.Workspace.ID, w.Mailbox.ID)
	})
	refused(3)
	state("begun anew", sales.MailboxOK)
	w.clock.set(storetest.Now.AddDate(0, 0, 7)) // what was a week ago counts no more
	w.box(store.BoxSent, 20)
	w.settings(func(s *sales.Settings) { s.GuardBounces = 0 })
	refused(4)
	state("switched off", sales.MailboxOK)
}

// TestVariantStays: a person gets the text that was chosen for them, also after a
// pause, a refusal for now, and when the shares were changed meanwhile.
func TestVariantStays(t *testing.T) {
	w := newWorld(t, 12)
	q := w.Sequence
	q.Steps[0].Variants = []sales.Variant{{WorkspaceID: q.WorkspaceID, ID: w.NewID(), SequenceID: q.ID, StepID: q.Steps[0].ID, Name: "B", Weight: 1, State: sales.VariantOn, Subject: "Text B", Body: "Words of B.", CreatedAt: storetest.Now}}
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, q) })
	_, remove := w.host.FailNext(mailhost.StageRcpt, "", 100, mailhost.Fault{Code: 451, Enhanced: [3]int{4, 7, 1}, Text: "greylisted"})
	var list []sales.Enrollment
	for i := range w.People {
		list = append(list, w.Enroll(t, i))
	}
	w.run()
	remove()
	chosen, n := map[sales.ID]sales.ID{}, map[sales.ID]int{}
	for _, e := range list {
		chosen[e.ID] = w.mailing(e, 0).VariantID
		n[chosen[e.ID]]++
	}
	if len(n) != 2 {
		t.Fatalf("12 people got texts %v", n)
	}
	q.Version++
	q.Steps[0].Weight, q.Steps[0].Variants[0].Weight = 1, 999 // from now on nearly all get B
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, q) })
	for _, e := range list[:6] {
		w.decide(e.ID, sales.Event{Kind: sales.EvPause, Actor: sales.BySeller})
		w.decide(e.ID, sales.Event{Kind: sales.EvResume, Actor: sales.BySeller})
	}
	w.at(time.Hour)
	w.at(2 * time.Hour)
	for i, e := range list {
		m := w.mailing(e, 0)
		if m.State != sales.MailingSent || m.VariantID != chosen[e.ID] || (m.Subject == "Text B") != (m.VariantID == q.Steps[0].Variants[0].ID) {
			t.Errorf("person %d: %s %q of %v, was %v", i, m.State, m.Subject, m.VariantID, chosen[e.ID])
		}
	}
}

// TestAttachments: a file arrives as it was; without it the mail is held, with a
// task that says what to do.
func TestAttachments(t *testing.T) {
	w := newWorld(t, 2)
	file := sales.File{WorkspaceID: w.Workspace.ID, ID: w.NewID(), UserID: w.Seller.ID, Name: "Preisliste März.pdf", MediaType: "application/pdf", Data: bytes.Repeat([]byte("%PDF\x00\xff\n"), 3000), CreatedAt: storetest.Now}
	q := w.Sequence
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		kept, err := tx.KeepFile(ctx, file)
		if err != nil {
			return err
		}
		q.Steps[0].Attachments = []sales.ID{kept.ID}
		file.ID = kept.ID
		return tx.SaveSequence(ctx, q)
	})
	w.Enroll(t, 0)
	if w.run() != 1 {
		t.Fatal("nothing went")
	}
	files := attached(t, w.out()[0].Raw)
	if len(files) != 1 || files[0].name != file.Name || files[0].kind != file.MediaType || !bytes.Equal(files[0].data, file.Data) {
		t.Errorf("%d files: %.200s", len(files), fmt.Sprint(files))
	}
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.DeleteFile(ctx, w.Workspace.ID, file.ID) })
	e := w.Enroll(t, 1)
	w.run()
	got := w.enrollment(e.ID)
	if len(w.out()) != 1 || got.State != sales.Paused || got.Reason != sales.PausedBlocked {
		t.Errorf("%d went, %s %s", len(w.out()), got.State, got.Reason)
	}
	if list := w.tasks(1); len(list) != 1 || list[0].Kind != sales.TaskFix || !strings.Contains(list[0].Title, "file") {
		t.Errorf("%+v", list)
	}
}

type attachment struct {
	name, kind string
	data       []byte
}

// attached takes a mail apart as any reader of mail does.
func attached(t *testing.T, raw []byte) (out []attachment) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/mixed" {
		t.Fatal(kind, err)
	}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if disposition, names, err := mime.ParseMediaType(p.Header.Get("Content-Disposition")); err == nil && disposition == "attachment" {
			data, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, p))
			if err != nil {
				t.Fatal(err)
			}
			kind, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
			out = append(out, attachment{names["filename"], kind, data})
		}
	}
}

//go:build servers

package intake_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/inbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/testserver"
)

// TestSentOfDovecot: the seller answers in their own mail program. The handoff
// closes, the mail is kept in its thread and counts, and no file of the server
// changes. Ours, filed by us or by the provider, is nobody's answer.
func TestSentOfDovecot(t *testing.T) {
	d := testserver.Dovecot(t, "ana")
	w := written(t, 2)
	w.in.Notify = discard{}
	w.Sequence.Rules.Colleagues = sales.ColleaguesGoOn
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, w.Sequence) })
	mb := w.Mailbox
	mb.IMAP = sales.Server{Host: d.Host, Port: d.TLSPort, Security: sales.SecurityTLS, Username: "ana", Password: testserver.DovecotPassword("ana")}
	d.Deliver(t, "ana", "Sent", 1, func(int) []byte { return []byte(gone("before", w.People[1].Email)) })
	opts := inbound.Options{Roots: d.Roots, Poll: 50 * time.Millisecond, Logger: slog.New(slog.DiscardHandler), Now: w.clock.Now}
	watcher := inbound.NewWatcher(mb, w.in, opts)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- watcher.Run(ctx) }()
	defer func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	}()
	await := func(what string, ok func() bool) {
		t.Helper()
		limit, stop := context.WithTimeout(t.Context(), 90*time.Second)
		defer stop()
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for !ok() {
			select {
			case <-limit.Done():
				t.Fatalf("in vain: %s\n%s", what, d.Log())
			case <-tick.C:
			}
		}
	}
	await("Sent is read", func() bool {
		cur, err := w.Cursor(t.Context(), w.Workspace.ID, mb.ID, "Sent")
		return err == nil && cur.UIDValidity != 0 && cur.LastUID == 1
	})
	d.Deliver(t, "ana", "", 1, func(int) []byte { return []byte(reply(w, 0, "price", "What does it cost?")) })
	await("the question", func() bool { return len(w.tasks(0)) == 1 })

	// Ours, once as the provider filed it, once as we did.
	ours := letter("From: ana@brightmail.example", "To: "+w.People[1].Email, "Subject: A question about trucks", "Message-ID: <first-1@brightmail.example>", "", "Hello")
	d.Deliver(t, "ana", "Sent", 1, func(int) []byte { return []byte(ours) })
	filer := inbound.NewAppender(opts)
	defer filer.Close()
	if err := filer.Append(t.Context(), mb, []byte(ours), time.Now()); err != nil {
		t.Fatal(err)
	}
	own := gone("answer", w.People[0].Email, "Subject: Re: A question about trucks", "In-Reply-To: <price@x.example>", "References: <first-0@brightmail.example> <price@x.example>")
	if err := filer.Append(t.Context(), mb, []byte(own+strings.Repeat("\r\nand so on", 50_000)), time.Now()); err != nil {
		t.Fatal(err)
	}
	before := strings.Join(d.Files(t, "ana", "Sent"), "\n")
	await("the answer", func() bool { return len(w.tasks(0)) == 0 })
	if n := w.outside(); n != 1 {
		t.Errorf("%d counted", n)
	}
	if e := w.enrollment(1); e.State != sales.Active {
		t.Errorf("the other person is %s %s", e.State, e.Reason)
	}
	list := w.messages(0)
	if len(list) != 2 || list[0].Direction != sales.Outgoing || list[0].ThreadID != list[1].ThreadID || !strings.HasPrefix(list[0].Text, "Ten a month.") {
		t.Errorf("%d messages: %+v", len(list), list)
	}
	if p := w.person(0); p.Move != sales.TheirMove {
		t.Errorf("it is %s", p.Move)
	}
	if after := strings.Join(d.Files(t, "ana", "Sent"), "\n"); after != before {
		t.Errorf("the folder has changed:\n%s\n%s", before, after)
	}
}

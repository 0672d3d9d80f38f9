package web_test

import (
	"context"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/web"
)

// count counts what came of mails of the mailbox of the site today.
func (s *site) count(name string, n int) {
	s.t.Helper()
	err := s.Store.InTx(context.Background(), func(tx *store.Tx) error {
		return tx.CountBox(context.Background(), s.Mailbox.WorkspaceID, s.Mailbox.ID, store.Day(s.clock.Now(), nil), name, n)
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// TestMailboxHealth: what was sent of how much, what the guard sees and where it
// stops, and that a person lets the mailbox go on.
func TestMailboxHealth(t *testing.T) {
	s := newSite(t, 1)
	b := s.as(s.Seller)
	page := "/settings/mailboxes/" + s.Mailbox.ID.String()
	b.get("/settings/mailboxes").wants("main", "0 of 5 today", "0 in the last hour, 0 of 150 in seven days", "Nothing sent that the guard counts", "when 5 % came back, or 0.3 % were reported as spam, of 20 mails or more")
	s.count(store.BoxSent, 88)
	s.count(store.BoxBounced, 2)
	b.get(page).wants("main", "Came back 2 of 88 (2.3 %)", "Reported as spam 0 of 88", "Sent today 0 of 5, growing by 2 a working day to 30", "5 min to 10 min, at random")
	err := s.Store.InTx(context.Background(), func(tx *store.Tx) error {
		_, err := tx.SetMailboxState(context.Background(), s.Mailbox.WorkspaceID, s.Mailbox.ID, sales.MailboxPaused, "6 of 88 mails <b>bounced</b>.")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b.get("/settings/mailboxes").wants("main", "6 of 88 mails <b>bounced</b>.", "Let it go on")
	b.get(page).wants("main", "Let it go on")
	b.post(page + "/resume")
	b.get("/settings/mailboxes").wants("main", "Works", "Nothing sent that the guard counts")
}

// TestMailboxHourCap: the limit of an hour is kept, and what is wrong is shown
// beside its field.
func TestMailboxHourCap(t *testing.T) {
	s := newSite(t, 1, func(d *web.Deps) {
		d.Probe = func(context.Context, sales.Mailbox) sales.ProbeReport { return sales.ProbeReport{OK: true} }
	})
	b := s.as(s.Seller)
	page := "/settings/mailboxes/" + s.Mailbox.ID.String()
	all := []string{"name", "Ana", "smtp_host", "127.0.0.1", "smtp_port", "1", "smtp_security", "none", "imap_host", "127.0.0.1", "imap_port", "1", "imap_security", "none", "password", "secret", "per_hour"}
	b.do("POST", page, form(append(all, "2001")...)).wantPage(422, "A number from 0 to 2,000")
	b.post(page, append(all, "10")...)
	a := b.get(page)
	if a.value("[name=per_hour]") != "10" {
		t.Errorf("an hour: %q", a.value("[name=per_hour]"))
	}
	a.wants("main", "Sent in the last hour 0 of 10")
}

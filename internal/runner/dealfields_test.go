package runner_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/mail"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// plainText is the decoded text of the first part of a mail.
func plainText(t *testing.T, raw []byte) string {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(m.Body)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(strings.ReplaceAll(string(b), "=\r\n", ""), "\r\n", "\n")
}

// TestDealFields: the fields of a deal in a mail are those that the preview showed,
// of the one deal that is documented; who has none waits, and a to-do says why.
func TestDealFields(t *testing.T) {
	w := newWorld(t, 3)
	ctx := t.Context()
	secret := w.NewID()
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		for i, name := range []string{"Trial for the depot", "Older of mine", "Of a colleague"} {
			d := sales.Deal{WorkspaceID: w.Workspace.ID, ID: tx.NewID(), AccountID: w.Account.ID, OwnerID: w.Seller.ID, Name: name, Stage: "proof", Meaning: sales.DealOpen,
				Amount: 1_250_000, Currency: "EUR", CloseOn: time.Date(2027, 3, 4, 0, 0, 0, 0, time.UTC), NextStep: "a call with the engineers", Version: 1, CreatedAt: w.clock.Now(), UpdatedAt: w.clock.Now(), StageAt: w.clock.Now()}
			if i == 2 {
				d.OwnerID = secret
			}
			if err := tx.InsertDeal(ctx, d, w.Account.Name); err != nil {
				return err
			}
			if i == 0 {
				if err := tx.SavePart(ctx, sales.Part{WorkspaceID: w.Workspace.ID, AccountID: w.Account.ID, DealID: d.ID, PersonID: w.People[0].ID, At: w.clock.Now()}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	w.person(2, func(p *sales.Person) { p.AccountID = 0 })
	w.Sequence.Steps[0].Subject = "About {{ deal.name }}"
	w.Sequence.Steps[0].Body = "{{ deal.name }} is in {{ deal.stage }}, {{ deal.amount }}, until {{ deal.close_date }}: {{ deal.next_step }}."
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveSequence(ctx, w.Sequence) })
	d := &desk.Desk{Store: w.Store, Clock: w.clock, Notify: w.heard, Log: slog.New(slog.DiscardHandler)}
	want := []string{"Trial for the depot", "Older of mine"} // in which they take part; the newest own
	for i, name := range want {
		list, err := d.PreviewMail(ctx, w.Viewer(), w.Sequence, w.People[i].ID)
		if err != nil || list[0].Problem != "" {
			t.Fatal(err, list[0].Problem)
		}
		text := name + " is in Trying it out, 12,500 EUR, until 4 March 2027: a call with the engineers."
		if list[0].Subject != "About "+name || !strings.Contains(list[0].Text, text) || !strings.Contains(list[0].Deal, "“"+name+"”, and not of the other open deal") {
			t.Errorf("previewed %+v", list[0])
		}
		w.Enroll(t, i)
		if w.run() != 1 {
			t.Fatal("the mail did not go")
		}
		sent := w.out()[i].Raw
		if got := headers(t, w.out()[i]).Get("Subject"); got != "About "+name || !strings.Contains(plainText(t, sent), text) || bytes.Contains(sent, []byte("colleague")) {
			t.Errorf("sent %s\n%s", got, sent)
		}
	}
	checks, err := d.CheckEnroll(ctx, w.Viewer(), w.Sequence.ID, []sales.ID{w.People[2].ID})
	if err != nil || len(checks) != 1 || checks[0].OK || !strings.Contains(checks[0].Why, "deal.name") {
		t.Errorf("%+v %v", checks, err)
	}
	e := w.Enroll(t, 2)
	w.run()
	if tasks := w.tasks(2); len(w.out()) != 2 || w.enrollment(e.ID).Reason != sales.PausedBlocked || len(tasks) != 1 || !strings.Contains(tasks[0].Title, "in the deal with this account") {
		t.Errorf("%d mails, %+v", len(w.out()), tasks)
	}
}

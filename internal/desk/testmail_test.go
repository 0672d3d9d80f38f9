package desk_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// TestTestMail: a test goes from one's own mailbox to itself and to nobody else,
// as the person would get it, and leaves no trace.
func TestTestMail(t *testing.T) {
	r := newRoom(t, 1)
	q := r.Sequence
	q.Steps[0].Variants = []sales.Variant{{ID: 77, Name: "B", Subject: "Other for {{ first_name }}", Body: "Unsaved words."}}
	_, err := r.d.TestMail(t.Context(), r.v, q, 0, 0, r.People[0].ID)
	wantCode(t, "no sending here", err, sales.Unavailable)
	var raws [][]byte
	var from []sales.Mailbox
	fails := error(nil)
	r.d.SendTest = func(_ context.Context, mb sales.Mailbox, raw []byte) error {
		raws, from = append(raws, raw), append(from, mb)
		return fails
	}
	file := sales.File{WorkspaceID: r.Workspace.ID, ID: r.NewID(), UserID: r.Seller.ID, Name: "Prices.pdf", MediaType: "application/pdf", Data: []byte("%PDF-1.7")}
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		kept, err := tx.KeepFile(ctx, file)
		file = kept
		return err
	})
	q.Steps[0].Attachments = []sales.ID{file.ID}
	for variant, subject := range map[sales.ID]string{0: "Test: A question about Brightwater Logistics", 77: "Test: Other for Marta"} {
		raws, from = nil, nil
		to, err := r.d.TestMail(t.Context(), r.v, q, 0, variant, r.People[0].ID)
		if err != nil || to != r.Mailbox.Address || len(raws) != 1 || from[0].ID != r.Mailbox.ID || from[0].SMTP.Password != "secret" {
			t.Fatalf("%s %v %d", to, err, len(raws))
		}
		if m := mail.Parse(raws[0]); m.Subject != subject || bytes.Contains(raws[0], []byte(r.People[0].Email)) || !bytes.Contains(raws[0], []byte("To: ")) || !bytes.Contains(raws[0], []byte("Prices.pdf")) {
			t.Errorf("%s", raws[0])
		}
	}
	// A follow-up has no subject of its own.
	raws = nil
	if _, err := r.d.TestMail(t.Context(), r.v, q, 1, 0, r.People[0].ID); err != nil || !bytes.Contains(raws[0], []byte("Subject: Test: (in the thread")) {
		t.Errorf("%v", err)
	}
	if list := must[[]sales.Mailing](t)(r.MailingsOf(t.Context(), r.Workspace.ID, r.People[0].ID)); len(list) != 0 {
		t.Errorf("%+v", list)
	}
	if p := r.person(0); !p.LastOutAt.IsZero() || p.Untouched != 0 {
		t.Errorf("%+v", p)
	}
	if n := must[int](t)(r.SentSince(t.Context(), r.Workspace.ID, r.Mailbox.ID, r.clock.t.AddDate(0, 0, -1))); n != 0 {
		t.Errorf("%d are counted", n)
	}
	q.Steps[0].Attachments = []sales.ID{42}
	_, err = r.d.TestMail(t.Context(), r.v, q, 0, 0, r.People[0].ID)
	wantCode(t, "a file that is gone", err, sales.NotFound)
	q.Steps[0].Attachments = nil
	fails = errors.New("dial tcp: refused")
	_, err = r.d.TestMail(t.Context(), r.v, q, 0, 0, r.People[0].ID)
	wantCode(t, "the server is away", err, sales.Unavailable)
	if !strings.Contains(sales.Explain(err), "Test the mailbox") {
		t.Error(sales.Explain(err))
	}
	fails = sales.Errorf(sales.Forbidden, "The server refuses the password.")
	_, err = r.d.TestMail(t.Context(), r.v, q, 0, 0, r.People[0].ID)
	wantCode(t, "the server says why", err, sales.Forbidden)
}

// TestTestMailRefused: rights, and what is no mail.
func TestTestMailRefused(t *testing.T) {
	r := newRoom(t, 1)
	r.d.SendTest = func(context.Context, sales.Mailbox, []byte) error { t.Error("it was sent"); return nil }
	p := r.People[0].ID
	for _, step := range []int{-1, 2, 3} { // the third is a call
		_, err := r.d.TestMail(t.Context(), r.v, r.Sequence, step, 0, p)
		wantCode(t, "no mail", err, sales.Invalid)
	}
	_, err := r.d.TestMail(t.Context(), sales.Viewer{}, r.Sequence, 0, 0, p)
	wantCode(t, "nobody", err, sales.Unauthorized)
	_, err = r.d.TestMail(t.Context(), r.boss, r.Sequence, 0, 0, p)
	wantCode(t, "without a mailbox of one's own", err, sales.Invalid)
	other := r.v
	other.UserID = 9
	_, err = r.d.TestMail(t.Context(), other, r.Sequence, 0, 0, p)
	wantCode(t, "somebody else's person", err, sales.NotFound)
	q := r.Sequence
	q.Steps = append([]sales.Step{}, q.Steps...)
	q.Steps[0].Body = "Hello {{ nonsense }}"
	_, err = r.d.TestMail(t.Context(), r.v, q, 0, 0, p)
	if err == nil || !strings.Contains(sales.Explain(err), "nonsense") {
		t.Error(err)
	}
}

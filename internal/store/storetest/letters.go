package storetest

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// testLetters: a letter is kept beside its mailing; what waits for its time is
// stopped by a word of the person and is a draft again, once; one that is on the
// wire is not.
func testLetters(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	p := x.People[2].ID
	if got := ok[map[sales.ID]sales.Letter](t)(s.Letters(ctx, s.DB, ws, []sales.ID{x.Letter.MailingID, 7})); len(got) != 1 || cmp.Diff(got[x.Letter.MailingID], x.Letter) != "" {
		t.Errorf("%s", cmp.Diff(got[x.Letter.MailingID], x.Letter))
	}
	mail := func(key, reply string, later bool) sales.Mailing {
		m := sales.Mailing{WorkspaceID: ws, ID: s.NewID(), Key: key, PersonID: p, MailboxID: x.Mailbox.ID, UserID: x.Seller.ID, Kind: sales.MailingManual, State: sales.MailingQueued,
			To: "x@buyer.example", Subject: "S " + key, Body: "B " + key + "\n\n> quote", InReplyTo: reply, ThreadID: 44, DueAt: wait(30), CreatedAt: Now, FollowUp: true}
		l := sales.Letter{WorkspaceID: ws, MailingID: m.ID, PersonID: p, UserID: x.Seller.ID, Body: "B " + key, HTML: "<p>B</p>", Quote: "> quote", Cc: []string{"c@buyer.example"}}
		if later {
			l.Later, l.Unless = sales.LaterAt, Now
		}
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.QueueMailing(ctx, m); err != nil {
				return err
			}
			return tx.SaveLetter(ctx, l)
		})
		return m
	}
	now, later, going, first := mail("now", "a@b", false), mail("later", "a@b", true), mail("going", "a@b", true), mail("first", "", true)
	going.RawID, going.HeaderID = s.NewID(), "going@brightmail.example"
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if may, err := tx.BeginAttempt(ctx, going, []byte("raw"), wait(1)); err != nil || !may {
			t.Error(may, err)
		}
		return nil
	})
	for range 2 {
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			return tx.StopLetters(ctx, ws, p, "they wrote", wait(2))
		})
	}
	for _, c := range []struct {
		m    sales.Mailing
		want sales.MailingState
	}{{now, sales.MailingQueued}, {later, sales.MailingCanceled}, {going, sales.MailingSending}, {first, sales.MailingCanceled}} {
		got := ok[sales.Mailing](t)(s.Mailing(ctx, ws, c.m.ID))
		if got.State != c.want || (got.LastError == "they wrote") != (c.want == sales.MailingCanceled) {
			t.Errorf("%s is %s: %q", c.m.Key, got.State, got.LastError)
		}
	}
	v := x.Viewer()
	d := ok[sales.Draft](t)(s.Draft(ctx, v, p, 44))
	if d.Body != "B later" || d.HTML != "<p>B</p>" || d.Subject != "S later" || d.Cc != "c@buyer.example" || d.Rev != 1 {
		t.Errorf("%+v", d)
	}
	if d = ok[sales.Draft](t)(s.Draft(ctx, v, p, 0)); d.Body != "B first" {
		t.Errorf("%+v", d)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DraftAgain(ctx, ws, now.ID, wait(2)) })
	if d = ok[sales.Draft](t)(s.Draft(ctx, v, p, 44)); d.Body != "B later" {
		t.Errorf("what was begun is written over: %+v", d)
	}
	hurry := func(m sales.Mailing, want bool) {
		t.Helper()
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			if was, err := tx.HurryMailing(ctx, ws, m.ID, wait(3)); err != nil || was != want {
				t.Errorf("%s: %v, %v", m.Key, was, err)
			}
			return nil
		})
	}
	hurry(now, true)
	hurry(later, false)
	hurry(going, false)
	if m := ok[sales.Mailing](t)(s.Mailing(ctx, ws, now.ID)); !m.DueAt.Equal(wait(3)) {
		t.Errorf("%+v", m)
	}
}

// testPrivateFiles: a file of one mail is its writer's own, is in no list, and goes
// when nothing carries it any more.
func testPrivateFiles(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	keep := func(user sales.ID, name string) (f sales.File) {
		t.Helper()
		must(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			f, err = tx.KeepFile(ctx, sales.File{WorkspaceID: ws, ID: tx.NewID(), UserID: user, Name: name, MediaType: "text/plain", Private: true, Data: []byte("the same"), CreatedAt: Now})
			return err
		})
		return f
	}
	a, again, other, loose := keep(x.Seller.ID, "offer.txt"), keep(x.Seller.ID, "offer.txt"), keep(x.Owner.ID, "offer.txt"), keep(x.Seller.ID, "loose.txt")
	if a.ID != again.ID || other.ID == a.ID || !a.Private {
		t.Errorf("%+v %+v %+v", a, again, other)
	}
	if list := ok[[]sales.File](t)(s.AllFiles(ctx, ws)); len(list) != 1 {
		t.Errorf("%+v", list)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.SaveDraft(ctx, sales.Draft{WorkspaceID: ws, UserID: x.Seller.ID, PersonID: x.People[0].ID, ThreadID: 3, Body: "x", Files: []sales.ID{7, a.ID}, At: Now}); err != nil {
			return err
		}
		l := x.Letter
		l.Files = []sales.ID{other.ID}
		if err := tx.SaveLetter(ctx, l); err != nil {
			return err
		}
		if err := tx.DropLooseFiles(ctx, ws, Now); err != nil {
			return err
		}
		return nil
	})
	left := func() map[sales.ID]sales.File {
		return ok[map[sales.ID]sales.File](t)(s.Files(ctx, ws, []sales.ID{a.ID, other.ID, loose.ID, x.File.ID}))
	}
	if len(left()) != 4 {
		t.Errorf("fresh ones are gone: %+v", left())
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DropLooseFiles(ctx, ws, wait(1)) })
	if got := left(); len(got) != 3 || got[loose.ID].ID != 0 {
		t.Errorf("%+v", got)
	}
}

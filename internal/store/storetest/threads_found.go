package storetest

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// findsThreads searches the threads of testInbox, all, the newest first: those of
// an address, of a subject, of the words of a mail, over pages, and over more
// threads than one look reads.
func findsThreads(t *testing.T, s *store.Store, x *Filled, all []sales.ID) {
	ctx := t.Context()
	find := func(v sales.Viewer, q string, limit int) (ids []sales.ID, said []string, stops int) {
		t.Helper()
		for after := ""; ; {
			found, err := s.FindThreads(ctx, v, q, store.Page{After: after, Limit: limit})
			if err != nil || len(found.List) > limit {
				t.Fatal(q, len(found.List), err)
			}
			for _, f := range found.List {
				if ids = append(ids, f.ID); f.Last.ThreadID != f.ID || f.Person.ID != f.PersonID {
					t.Errorf("%+v", f)
				}
				if f.Said != "" {
					said = append(said, f.Said)
				}
			}
			if !found.Until.IsZero() {
				stops++
			}
			if after = found.Next; after == "" {
				return ids, said, stops
			}
		}
	}
	word := strings.Fields(store.SearchKey(x.In.Text))[0]
	if ids, said, _ := find(x.Viewer(), word, 2); !reflect.DeepEqual(ids, all) || len(said) != len(all) {
		t.Errorf("by a word of mails %q: %v %q, want %v", word, ids, said, all)
	}
	// Theirs come first, then the others, for their mails say to be from there.
	own := []sales.ID{all[0], all[4], all[5], all[1], all[2], all[3]}
	if ids, _, _ := find(x.Viewer(), strings.ToUpper(x.People[0].Email), 2); !reflect.DeepEqual(ids, own) {
		t.Errorf("by address: %v, want %v", ids, own)
	}
	for _, q := range []string{"", "  ", "\x00", "%", "_", "zeppelin", word + " zeppelin", "\xff", "'; DROP TABLE threads; --"} {
		if ids, _, _ := find(x.Viewer(), q, 5); len(ids) != 0 {
			t.Errorf("%q finds %v", q, ids)
		}
	}
	if ids, _, _ := find(sales.Viewer{WorkspaceID: s.NewID(), UserID: x.Seller.ID, Role: sales.RoleOwner}, word, 5); len(ids) != 0 {
		t.Errorf("another workspace finds %v", ids)
	}
	for _, junk := range []string{"m", "mx", "m1.", "x", "mm1.1"} {
		if _, err := s.FindThreads(ctx, x.Viewer(), word, store.Page{After: junk}); err != nil {
			t.Errorf("after %q: %v", junk, err)
		}
	}
}

// testFindFar finds what lies behind more threads than one look reads.
func testFindFar(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	var first sales.ID
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for i := range 450 {
			th := sales.Thread{WorkspaceID: x.Workspace.ID, ID: s.NewID(), PersonID: x.People[0].ID, MailboxID: x.Mailbox.ID, Subject: "Touren"}
			m := x.In
			m.ID, m.ThreadID, m.HeaderID, m.PersonID, m.ArrivedAt, m.Text = s.NewID(), th.ID, fmt.Sprintf("far%d@x.example", i), th.PersonID, wait(float64(100+i)), "nothing"
			if i == 0 {
				first, m.Text = th.ID, "Guten Tag,\nein ZÉPPELIN über Köln\nGruß"
			}
			if err := tx.ContinueThread(ctx, th, Now); err != nil {
				return err
			}
			if err := tx.AddMessage(ctx, m); err != nil {
				return err
			}
			if err := tx.TouchThread(ctx, m); err != nil {
				return err
			}
		}
		return nil
	})
	one, err := s.FindThreads(t.Context(), x.Viewer(), "koln zeppelin touren", store.Page{})
	if err != nil || len(one.List) != 0 || one.Until.IsZero() || one.Next == "" {
		t.Fatalf("the first look: %+v %v", one, err)
	}
	two, err := s.FindThreads(t.Context(), x.Viewer(), "koln zeppelin touren", store.Page{After: one.Next})
	if err != nil || len(two.List) != 1 || two.List[0].ID != first || two.List[0].Said != "ein ZÉPPELIN über Köln" || two.Next != "" || !two.Until.IsZero() {
		t.Fatalf("the second look: %+v %v", two, err)
	}
	if named, err := s.FindThreads(t.Context(), x.Viewer(), "TOUREN", store.Page{Limit: 200}); err != nil || len(named.List) != 200 || named.Next == "" || named.List[0].Said != "" {
		t.Errorf("by subject: %d %q %v", len(named.List), named.Next, err)
	}
}

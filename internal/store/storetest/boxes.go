package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/secret"
	"ninetyten/internal/store"
)

func testMailboxes(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 0)
	ctx, ws, id := t.Context(), w.Workspace.ID, w.Mailbox.ID
	m := w.Mailbox
	m.UserID, m.Name, m.Signature, m.SMTP.Password, m.IMAP.Password, m.SentFolder, m.JunkFolder, m.SavesSent = w.Owner.ID, "Ünï", "-- \nAna", "new pässwörd", "", "Gesendet", "Spam", true
	m.State, m.StateWhy, m.Limits.PerDay, m.RampFrom, m.IMAP.Port = sales.MailboxPaused, "by hand", 9, wait(1), 993
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveMailbox(ctx, m) })
	got := ok[sales.Mailbox](t)(s.Mailbox(ctx, ws, id))
	if !reflect.DeepEqual(got, m) {
		t.Errorf("wrote %+v\nread  %+v", m, got)
	}
	for i, c := range []struct {
		state sales.MailboxState
		want  bool
	}{{sales.MailboxPaused, false}, {sales.MailboxOK, true}, {sales.MailboxOK, false}, {sales.MailboxBroken, true}} {
		must(t, s, func(ctx context.Context, tx *store.Tx) error {
			yes, err := tx.SetMailboxState(ctx, ws, id, c.state, "why")
			if yes != c.want {
				t.Errorf("%d: to %s changed %v", i, c.state, yes)
			}
			return err
		})
	}
	for _, h := range []float64{2, 1, 3} {
		if err := s.SetMailboxRead(ctx, ws, id, wait(h)); err != nil {
			t.Fatal(err)
		}
		if got := ok[sales.Mailbox](t)(s.Mailbox(ctx, ws, id)); got.ReadAt.Before(wait(2)) {
			t.Error("read backwards:", got.ReadAt)
		}
	}
	if err := s.SetMailboxFolders(ctx, ws, id, "S", "J"); err != nil {
		t.Fatal(err)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.SetNextSend(ctx, ws, id, wait(9)), tx.SetNextSend(ctx, ws, id, wait(2)), tx.RestMailbox(ctx, ws, id, wait(4)), tx.RestMailbox(ctx, ws, id, wait(3)))
	})
	got = ok[[]sales.Mailbox](t)(s.Mailboxes(ctx, ws))[0]
	if got.SentFolder != "S" || got.JunkFolder != "J" || !got.NextSendAt.Equal(wait(4)) || !got.ReadAt.Equal(wait(3)) || got.SMTP.Password != "new pässwörd" {
		t.Errorf("%+v", got)
	}
	// Another secret key: the mailbox says so instead of failing every page.
	keys, err := secret.New([]byte("another master key of 32 bytes or more, for tests"))
	if err != nil {
		t.Fatal(err)
	}
	got = ok[sales.Mailbox](t)(store.New(s.DB, keys).Mailbox(ctx, ws, id))
	if got.State != sales.MailboxBroken || got.SMTP.Password != "" || got.StateWhy == "" || got.StateWhy == "why" {
		t.Errorf("%+v", got)
	}
	if n := value(t, s, "SELECT count(*) FROM mailboxes WHERE workspace_id = ? AND (CAST(smtp AS TEXT) LIKE '%pässw%' OR CAST(imap AS TEXT) LIKE '%pässw%')", ws); n != 0 {
		t.Error("the password can be read in the database")
	}
}

func testCursor(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 0)
	ctx, ws, mb := t.Context(), w.Workspace.ID, w.Mailbox.ID
	for i, c := range []struct{ save, want sales.Cursor }{
		{sales.Cursor{UIDValidity: 5, LastUID: 10}, sales.Cursor{UIDValidity: 5, LastUID: 10}},
		{sales.Cursor{UIDValidity: 5, LastUID: 9}, sales.Cursor{UIDValidity: 5, LastUID: 10}},
		{sales.Cursor{UIDValidity: 5, LastUID: 1<<32 - 1}, sales.Cursor{UIDValidity: 5, LastUID: 1<<32 - 1}},
		{sales.Cursor{UIDValidity: 1<<32 - 1, LastUID: 1}, sales.Cursor{UIDValidity: 1<<32 - 1, LastUID: 1}},
		{sales.Cursor{UIDValidity: 4, LastUID: 0}, sales.Cursor{UIDValidity: 4, LastUID: 0}},
	} {
		must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveCursor(ctx, ws, mb, "INBOX/Ü", c.save) })
		if got := ok[sales.Cursor](t)(s.Cursor(ctx, ws, mb, "INBOX/Ü")); got != c.want {
			t.Errorf("%d: %+v, not %+v", i, got, c.want)
		}
	}
	if got := ok[sales.Cursor](t)(s.Cursor(ctx, ws, mb, "other")); got != (sales.Cursor{}) {
		t.Error(got)
	}
}

// atOnce runs fn in n goroutines and gives how many said yes.
func atOnce(t testing.TB, n int, fn func(i int) (bool, error)) int64 {
	t.Helper()
	var yes atomic.Int64
	var wg sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		wg.Go(func() {
			<-start
			got, err := fn(i)
			if err != nil {
				t.Error(err)
			}
			if got {
				yes.Add(1)
			}
		})
	}
	close(start)
	wg.Wait()
	return yes.Load()
}

// testRenewLeases: many are renewed at once, those of the node alone.
func testRenewLeases(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 0)
	ctx, ws := t.Context(), w.Workspace.ID
	var refs []store.MailboxRef
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		refs = nil
		for i := range 601 {
			mb := w.Mailbox
			mb.ID, mb.Address = tx.NewID(), fmt.Sprintf("box%d@brightmail.example", i)
			refs = append(refs, store.MailboxRef{WorkspaceID: ws, MailboxID: mb.ID})
			if err := tx.InsertMailbox(ctx, mb); err != nil {
				return err
			}
		}
		return nil
	})
	take := func(i int, node string, now, until float64) bool {
		t.Helper()
		return ok[bool](t)(s.TakeLease(ctx, store.LeaseWatch, ws, refs[i].MailboxID, node, wait(now), wait(until)))
	}
	for i := range refs {
		node := "mine"
		if i == 7 {
			node = "theirs"
		}
		if i != 8 && !take(i, node, 0, 0.01) {
			t.Fatal(i)
		}
	}
	have := ok[map[sales.ID]bool](t)(s.RenewLeases(ctx, refs, "mine", wait(0.05)))
	if len(have) != 599 || have[refs[7].MailboxID] || have[refs[8].MailboxID] {
		t.Errorf("%d were renewed", len(have))
	}
	for i, free := range map[int]bool{0: false, 7: true, 8: true, 600: false} {
		if got := take(i, "other", 0.02, 0.06); got != free {
			t.Errorf("mailbox %d is free: %v", i, got)
		}
	}
	if have := ok[map[sales.ID]bool](t)(s.RenewLeases(ctx, nil, "mine", wait(1))); len(have) != 0 {
		t.Error(have)
	}
}

// testLeaseRace: of many nodes that ask at once one gets the mailbox, keeps it
// while it renews, and another gets it when the time is over.
func testLeaseRace(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 0)
	ctx, ws, mb := t.Context(), w.Workspace.ID, w.Mailbox.ID
	for _, l := range []store.Lease{store.LeaseSend, store.LeaseWatch} {
		var winner atomic.Int64
		take := func(i int, from, until float64) (bool, error) {
			return s.TakeLease(ctx, l, ws, mb, fmt.Sprint("node ", i), wait(from), wait(until))
		}
		n := atOnce(t, 8, func(i int) (bool, error) {
			yes, err := take(i, 0, 1)
			if yes {
				winner.Store(int64(i))
			}
			return yes, err
		})
		if n != 1 {
			t.Errorf("%s: %d nodes have the mailbox", l, n)
		}
		me, other := int(winner.Load()), int(winner.Load()+1)%8
		for i, c := range []struct {
			node        int
			from, until float64
			want        bool
		}{{me, 0.5, 2, true}, {other, 1.5, 3, false}, {other, 2, 3, true}, {me, 2.5, 4, false},
			{me, 1.5, 1.6, true}, {other, 1.5, 1.6, false}, {other, 1.6, 3, true}} { // the clock was set back by an hour
			if yes, err := take(c.node, c.from, c.until); yes != c.want || err != nil {
				t.Errorf("%s %d: %v %v", l, i, yes, err)
			}
		}
		if err := s.EndLease(ctx, l, ws, mb, fmt.Sprint("node ", me)); err != nil {
			t.Fatal(err)
		}
		if yes, err := take(me, 2.5, 4); yes || err != nil {
			t.Errorf("%s: a lease of another node was ended: %v", l, err)
		}
		if err := s.EndLease(ctx, l, ws, mb, fmt.Sprint("node ", other)); err != nil {
			t.Fatal(err)
		}
		if yes, err := take(me, 2.5, 4); !yes || err != nil {
			t.Errorf("%s: given back and not had: %v", l, err)
		}
	}
}

// testPersonLease: one user serves one person, and one person is served once.
func testPersonLease(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 3)
	ctx, ws := t.Context(), w.Workspace.ID
	ana := w.Viewer()
	olga := sales.Viewer{WorkspaceID: ws, UserID: w.Owner.ID, Role: sales.RoleOwner}
	lease := func(v sales.Viewer, i int, from, until float64, want bool) {
		t.Helper()
		if yes, err := s.LeasePerson(ctx, v, w.People[i].ID, wait(from), wait(until)); yes != want || err != nil {
			t.Errorf("leased %v, not %v: %v", yes, want, err)
		}
	}
	held := func(at float64) map[sales.ID]sales.ID {
		out := map[sales.ID]sales.ID{}
		for id, l := range ok[map[sales.ID]store.PersonLease](t)(s.PersonLeases(ctx, ws, wait(at))) {
			if out[id] = l.UserID; id != l.PersonID || !l.Until.After(wait(at)) {
				t.Errorf("%+v", l)
			}
		}
		return out
	}
	stranger := sales.Viewer{WorkspaceID: ws, UserID: 99, Role: sales.RoleSeller}
	lease(stranger, 0, 0, 1, false) // not theirs to see
	lease(ana, 0, 0, 1, true)
	lease(olga, 0, 0.5, 1, false)
	lease(ana, 0, 0.5, 2, true) // again
	lease(olga, 1, 0.5, 2, true)
	lease(ana, 1, 0.5, 2, false)
	if got := held(0.5); len(got) != 2 || got[w.People[0].ID] != ana.UserID {
		t.Error("who failed to get another keeps their own:", got)
	}
	lease(ana, 2, 0.6, 2, true)
	if got := held(0.6); len(got) != 2 || got[w.People[0].ID] != 0 {
		t.Error("the one before was not let go:", got)
	}
	if err := s.ReleasePerson(ctx, olga, w.People[2].ID); err != nil {
		t.Fatal(err)
	}
	if got := held(0.6); got[w.People[2].ID] != ana.UserID {
		t.Error("released by somebody else:", got)
	}
	lease(olga, 2, 2, 3, true) // over
	if err := s.ReleasePerson(ctx, olga, w.People[2].ID); err != nil {
		t.Fatal(err)
	}
	if got := held(0); len(got) != 0 {
		t.Error(got)
	}
}

func testPersonRace(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 4)
	ctx := t.Context()
	as := func(i int) sales.Viewer {
		return sales.Viewer{WorkspaceID: w.Workspace.ID, UserID: sales.ID(1000 + i), Role: sales.RoleOwner}
	}
	if n := atOnce(t, 8, func(i int) (bool, error) { return s.LeasePerson(ctx, as(i), w.People[0].ID, Now, wait(1)) }); n != 1 {
		t.Errorf("%d users have one person", n)
	}
	// Everybody runs through everybody, in opposite directions: nobody ever has two,
	// and nobody waits for ever.
	atOnce(t, 6, func(i int) (bool, error) {
		for round := range 8 {
			p := w.People[(round*(1+i%2*2))%4].ID
			if _, err := s.LeasePerson(ctx, as(i), p, wait(float64(round)), wait(float64(round)+0.5)); err != nil {
				return false, err
			}
		}
		return true, nil
	})
	seen := map[sales.ID]bool{}
	for _, l := range ok[map[sales.ID]store.PersonLease](t)(s.PersonLeases(ctx, w.Workspace.ID, Now)) {
		if seen[l.UserID] {
			t.Errorf("%d has two people", l.UserID)
		}
		seen[l.UserID] = true
	}
}

// testQueueRace: many queue one key, many take it to the wire: one row, one mail.
func testQueueRace(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	m := x.Queued
	m.Key = "once"
	atOnce(t, 8, func(int) (bool, error) {
		mine := m
		mine.ID = s.NewID()
		return true, s.InTx(ctx, func(tx *store.Tx) error { return tx.QueueMailing(ctx, mine) })
	})
	m = ok[sales.Mailing](t)(s.MailingByKey(ctx, ws, "once"))
	n := atOnce(t, 8, func(i int) (yes bool, err error) {
		mine := m
		mine.RawID, mine.HeaderID = s.NewID(), "once@x.example"
		err = s.InDurableTx(ctx, func(tx *store.Tx) error {
			if i%4 == 3 { // a buyer's answer comes in between
				_, err := tx.CancelMailing(ctx, ws, m.ID)
				yes = false
				return err
			}
			yes, err = tx.BeginAttempt(ctx, mine, []byte("raw"), Now)
			return err
		})
		return yes, err
	})
	got := ok[sales.Mailing](t)(s.Mailing(ctx, ws, m.ID))
	if n > 1 || got.Attempts != int(n) || (n == 1) != (got.State == sales.MailingSending) || n == 0 && got.State != sales.MailingCanceled {
		t.Errorf("%d began: %+v", n, got)
	}
}

// testApplyRace: of many who decide on one version one is heard.
func testApplyRace(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 1)
	e := w.Enroll(t, 0)
	ctx := t.Context()
	n := atOnce(t, 8, func(i int) (bool, error) {
		next := e
		next.Version, next.Mails = e.Version+1, i+1
		err := s.InTx(ctx, func(tx *store.Tx) error {
			_, err := tx.Apply(ctx, e, sales.Decision{Next: next, Changed: true, Moves: []sales.Move{{WorkspaceID: e.WorkspaceID, At: Now, Kind: sales.MoveState, PersonID: e.PersonID}}}, store.Subject{}, Now)
			return err
		})
		if sales.CodeOf(err) == sales.Conflict {
			return false, nil
		}
		return err == nil, err
	})
	if moves := ok[[]sales.Move](t)(s.MovesOf(ctx, e.WorkspaceID, e.PersonID, 9)); n != 1 || len(moves) != 1 {
		t.Errorf("%d were heard, %d lines", n, len(moves))
	}
}

// Whoever locks a person first sees to it that the others find what was written.
func testEnrollRace(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 1)
	ctx, ws, p := t.Context(), w.Workspace.ID, w.People[0]
	n := atOnce(t, 8, func(int) (mine bool, err error) {
		err = s.InTx(ctx, func(tx *store.Tx) error {
			mine = false
			if err := tx.LockPerson(ctx, ws, p.ID); err != nil {
				return err
			}
			live, err := tx.LiveEnrollments(ctx, ws, p.ID)
			if err != nil || len(live) > 0 {
				return err
			}
			mine = true
			return tx.InsertEnrollment(ctx, sales.Enrollment{WorkspaceID: ws, ID: tx.NewID(), SequenceID: w.Sequence.ID, PersonID: p.ID, State: sales.Active, EnrolledAt: Now})
		})
		return mine, err
	})
	if list := ok[[]sales.Enrollment](t)(s.EnrollmentsOf(ctx, ws, p.ID)); n != 1 || len(list) != 1 {
		t.Errorf("%d were first, %d enrollments", n, len(list))
	}
}

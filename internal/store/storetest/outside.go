package storetest

import (
	"context"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// testOutside: mail of other programs counts once, towards the caps of its
// mailbox, and is seen by nobody else.
func testOutside(t *testing.T, s *store.Store) {
	x, stranger := Fill(t, s), Stranger(t, s)
	ctx, ws, mb := t.Context(), x.Workspace.ID, x.Mailbox.ID
	before := ok[int](t)(s.SentSince(ctx, ws, mb, Now.Add(-time.Hour)))
	var wg sync.WaitGroup
	for range 4 { // two nodes read the same mail at once
		wg.Go(func() {
			if err := s.InTx(context.Background(), func(tx *store.Tx) error {
				_, err := tx.AddOutside(context.Background(), ws, mb, "own@ana.example", Now, x.People[0].ID)
				return err
			}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for id, want := range map[string]bool{"own@ana.example": false, "old@ana.example": true, "": true} {
			fresh, err := tx.AddOutside(ctx, ws, mb, id, map[bool]time.Time{true: wait(-48), false: Now}[id == "old@ana.example"], 0)
			if err != nil || fresh != want {
				t.Errorf("%q is new %v, %v", id, fresh, err)
			}
		}
		_, err := tx.AddOutside(ctx, ws, s.NewID(), "own@ana.example", Now, 0) // another mailbox
		return err
	})
	for since, want := range map[time.Time]int{wait(-1): 2, wait(-72): 3, Now: 0} {
		if n := ok[int](t)(s.OutsideSince(ctx, ws, mb, since)); n != want {
			t.Errorf("%d since %v, want %d", n, since, want)
		}
	}
	if n := ok[int](t)(s.SentSince(ctx, ws, mb, Now.Add(-time.Hour))); n != before+2 {
		t.Errorf("the cap counts %d, before %d", n, before)
	}
	if n := ok[int](t)(s.OutsideSince(ctx, stranger.WorkspaceID, mb, wait(-72))); n != 0 {
		t.Errorf("a stranger sees %d", n)
	}
	no(t, s.ForgetOutside(ctx, stranger.WorkspaceID, wait(99)) != nil)
	no(t, s.ForgetOutside(ctx, ws, wait(-24)) != nil)
	if n := ok[int](t)(s.OutsideSince(ctx, ws, mb, wait(-72))); n != 2 {
		t.Errorf("%d are left", n)
	}
}

// testSeen: a mailing that was seen in Sent is found once it counts as unknown,
// whichever was written first.
func testSeen(t *testing.T, s *store.Store) {
	x, stranger := Fill(t, s), Stranger(t, s)
	ctx, ws, mb := t.Context(), x.Workspace.ID, x.Mailbox.ID
	mark := func(ws sales.ID, m sales.Mailing) (yes bool) {
		must(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			yes, err = tx.SeenInSent(ctx, ws, m.ID)
			return err
		})
		return yes
	}
	for _, m := range []sales.Mailing{x.Queued, x.Sent, x.Draft} {
		no(t, mark(ws, m))
	}
	no(t, mark(stranger.WorkspaceID, x.Unknown))
	if !mark(ws, x.Sending) || !mark(ws, x.Unknown) || mark(ws, x.Unknown) {
		t.Error("what is open is marked, once")
	}
	seen := func() []sales.Mailing { return ok[[]sales.Mailing](t)(s.SeenUnknown(ctx, ws, mb, 9)) }
	if list := seen(); len(list) != 1 || list[0].ID != x.Unknown.ID {
		t.Errorf("%+v", list)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		m := ok[sales.Mailing](t)(tx.Mailing(ctx, ws, x.Sending.ID))
		m.State = sales.MailingUnknown
		_, err := tx.EndAttempt(ctx, m, sales.Attempt{ID: tx.NewID(), MailingID: m.ID, N: 1, Outcome: "unknown"})
		return err
	})
	if list := seen(); len(list) != 2 {
		t.Errorf("%+v", list)
	}
	if boxes := ok[[]store.MailboxRef](t)(s.MailboxesWithSeen(ctx, ws)); len(boxes) != 1 || boxes[0].MailboxID != mb {
		t.Errorf("%+v", boxes)
	}
	if list := ok[[]sales.Mailing](t)(s.SeenUnknown(ctx, stranger.WorkspaceID, mb, 9)); len(list) != 0 {
		t.Errorf("a stranger sees %+v", list)
	}
	if boxes := ok[[]store.MailboxRef](t)(s.MailboxesWithSeen(ctx, stranger.WorkspaceID)); len(boxes) != 0 {
		t.Errorf("a stranger sees %+v", boxes)
	}
}

// testPast: a touch that was answered since counts as a touch and changes neither
// whose move it is nor how many touches went without an answer.
func testPast(t *testing.T, s *store.Store) {
	x, stranger := Fill(t, s), Stranger(t, s)
	ctx, ws, p := t.Context(), x.Workspace.ID, x.People[0].ID
	line := sales.Move{WorkspaceID: ws, At: wait(0.5), Actor: sales.BySeller, Kind: sales.MoveMailManual, PersonID: p, Minutes: 4, Text: "late"}
	reply := sales.Move{WorkspaceID: ws, At: wait(2), Actor: sales.ByBuyer, Kind: sales.MoveReply, PersonID: p, Text: "yes"}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.AppendMoves(ctx, []sales.Move{reply}); err != nil {
			return err
		}
		return tx.AppendPast(ctx, []sales.Move{line})
	})
	got := ok[sales.Person](t)(s.PersonAny(ctx, ws, p))
	if got.Move != sales.OurMove || !got.MoveSince.Equal(wait(2)) || got.Untouched != 0 || !got.LastOutAt.Equal(wait(0.5)) || !got.LastInAt.Equal(wait(2)) {
		t.Errorf("move %s since %v, %d touches, out %v, in %v", got.Move, got.MoveSince, got.Untouched, got.LastOutAt, got.LastInAt)
	}
	if n := ok[map[string]int64](t)(s.Counters(ctx, ws))["lines/seller/mail_manual"]; n != 1 {
		t.Errorf("%d lines are counted", n)
	}
	list := ok[[]sales.Move](t)(s.MovesOf(ctx, ws, p, 99))
	found := false
	for _, m := range list {
		found = found || m.Text == "late" && m.Minutes == 4 && m.At.Equal(wait(0.5))
	}
	no(t, !found)
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		arrived, read, err := tx.LastHeard(ctx, ws, p)
		if err != nil || !arrived.Equal(x.In.ArrivedAt) || !read.Equal(x.In.SeenAt) {
			t.Errorf("heard at %v, read at %v, %v", arrived, read, err)
		}
		for _, q := range []struct{ ws, p sales.ID }{{ws, x.People[1].ID}, {ws, 0}, {stranger.WorkspaceID, p}} {
			if arrived, _, err := tx.LastHeard(ctx, q.ws, q.p); err != nil || !arrived.IsZero() {
				t.Errorf("%+v was heard of at %v, %v", q, arrived, err)
			}
		}
		for header, want := range map[string]bool{x.In.HeaderID: true, "none@x.example": false} {
			m, has, err := tx.KeptMessage(ctx, ws, x.Mailbox.ID, header)
			if err != nil || has != want || has && m.ID != x.In.ID {
				t.Errorf("%s: %v, %v", header, has, err)
			}
		}
		_, has, err := tx.KeptMessage(ctx, stranger.WorkspaceID, x.Mailbox.ID, x.In.HeaderID)
		no(t, has)
		return err
	})
}

package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// testAhead: what was read ahead answers as the database does, before and after
// rows change, whoever asks for what; another workspace is told nothing of it.
func testAhead(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ws, p := x.Workspace.ID, x.People[0]
	want := store.Ahead{
		Mailbox: x.Mailbox.ID, Own: []string{x.In.HeaderID, "new@x.example"}, About: []string{x.Sent.HeaderID, x.Out.HeaderID, "server@relay.example", "none@x.example"},
		Mailings: []sales.ID{x.Queued.ID}, Addresses: []string{p.Email, x.People[1].Email, "nobody@x.example"}, Asked: []string{"asked@home.example", p.Email},
	}
	answers := func(ctx context.Context, tx *store.Tx, ws sales.ID) []any {
		var out []any
		say := func(v any, err error) { out = append(out, v, sales.CodeOf(err)) }
		for _, h := range want.Own {
			say(tx.HasMessage(ctx, ws, x.Mailbox.ID, h))
		}
		for _, h := range append([]string{x.In.HeaderID}, want.About...) {
			say(tx.MailingsByHeader(ctx, ws, []string{h, "none@x.example"}))
			say(tx.MessagesByHeader(ctx, ws, []string{h}))
			say(tx.MailNames(ctx, ws, x.Mailbox.ID, []string{h, h}))
		}
		for _, a := range want.Addresses {
			say(tx.PersonByEmail(ctx, ws, a))
			say(tx.PersonByAddress(ctx, ws, a))
		}
		for _, q := range x.People {
			say(tx.Person(ctx, ws, q.ID))
			say(tx.LiveEnrollments(ctx, ws, q.ID))
			say(tx.ThreadsOf(ctx, ws, q.ID))
			say(tx.ColleagueEnrollments(ctx, ws, q.AccountID, q.ID))
		}
		say(tx.Mailing(ctx, ws, x.Queued.ID))
		say(tx.Account(ctx, ws, x.Account.ID))
		say(tx.AskedFrom(ctx, ws, x.Mailbox.ID, "asked@home.example"))
		say(tx.AskedFrom(ctx, ws, x.Mailbox.ID, p.Email))
		say(tx.StandIn(ctx, ws, x.Seller.ID, Now))
		say(tx.BoxCounts(ctx, ws, x.Mailbox.ID, 0))
		return out
	}
	change := func(ctx context.Context, tx *store.Tx, e sales.Enrollment) error {
		next := e
		next.Version, next.State, next.StateAt, next.Position = e.Version+1, sales.Paused, Now.Add(1500*time.Nanosecond), 1
		if _, err := tx.Apply(ctx, e, sales.Decision{Next: next, Changed: true, Effects: []sales.Effect{{Kind: sales.FxCancelMail}, {Kind: sales.FxMarkAddress, Address: sales.AddressSoft}}}, store.Subject{Person: p}, Now); err != nil {
			return err
		}
		moves := []sales.Move{
			{WorkspaceID: ws, At: Now.Add(time.Hour + 700*time.Nanosecond), Actor: sales.ByBuyer, Kind: sales.MoveReply, PersonID: p.ID},
			{WorkspaceID: ws, At: Now.Add(2 * time.Hour), Actor: sales.BySeller, Kind: sales.MoveMailManual, PersonID: p.ID},
		}
		if err := tx.AppendMoves(ctx, moves); err != nil {
			return err
		}
		m := sales.Message{WorkspaceID: ws, ID: tx.NewID(), MailboxID: x.Mailbox.ID, PersonID: p.ID, ThreadID: x.Thread.ID, Direction: sales.Incoming, HeaderID: "new@x.example", From: p.Email, Date: Now, ArrivedAt: Now.Add(9 * time.Hour), SeenAt: Now}
		if fresh, err := tx.InsertMessage(ctx, m); err != nil || !fresh {
			return fmt.Errorf("a new message: %v %w", fresh, err)
		}
		if err := tx.TouchThread(ctx, m); err != nil {
			return err
		}
		return tx.CountBox(ctx, ws, x.Mailbox.ID, 5, store.BoxBounced, 2)
	}
	live := x.Enrollment
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		before := answers(ctx, tx, ws)
		if err := tx.ReadAhead(ctx, ws, want); err != nil {
			return err
		}
		same(t, "before", answers(ctx, tx, ws), before)
		var err error
		if live, err = tx.Enrollment(ctx, ws, live.ID); err != nil {
			return err
		}
		if err := change(ctx, tx, live); err != nil {
			return err
		}
		ahead := answers(ctx, tx, ws)
		other := store.Ahead{Mailbox: x.Mailbox.ID}
		if err := tx.ReadAhead(ctx, ws, other); err != nil { // which knows nothing
			return err
		}
		same(t, "after", ahead, answers(ctx, tx, ws))
		return nil
	})
	stranger := NewWorld(t, s, 1).Workspace.ID
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		none := answers(ctx, tx, stranger)
		if err := tx.ReadAhead(ctx, ws, want); err != nil {
			return err
		}
		same(t, "another workspace", answers(ctx, tx, stranger), none)
		if err := tx.ReadAhead(ctx, stranger, want); err != nil {
			return err
		}
		same(t, "read ahead by another workspace", answers(ctx, tx, stranger), none)
		return nil
	})
}

// testUnforeseen: a statement of which nobody said what it changes is seen too.
func testUnforeseen(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ws, p := x.Workspace.ID, x.People[0]
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.ReadAhead(ctx, ws, store.Ahead{Mailbox: x.Mailbox.ID, About: []string{x.Sent.HeaderID}, Addresses: []string{p.Email}}); err != nil {
			return err
		}
		if err := tx.Later(ctx, "UPDATE people SET title = ? WHERE workspace_id = ? AND id = ?", "Unforeseen", ws, p.ID); err != nil {
			return err
		}
		if err := tx.LaterOr(ctx, context.Canceled, "UPDATE mailings SET subject = ? WHERE workspace_id = ? AND id = ?", "Unforeseen", ws, x.Sent.ID); err != nil {
			return err
		}
		if got := ok[sales.Person](t)(tx.PersonByAddress(ctx, ws, p.Email)); got.Title != "Unforeseen" {
			t.Errorf("%+v", got)
		}
		if got := ok[[]sales.Mailing](t)(tx.MailingsByHeader(ctx, ws, []string{x.Sent.HeaderID})); len(got) != 1 || got[0].Subject != "Unforeseen" {
			t.Errorf("%+v", got)
		}
		rows, err := tx.Query(ctx, "DELETE FROM people WHERE workspace_id = ? AND id = ? RETURNING id", ws, p.ID)
		if err != nil {
			return err
		}
		for rows.Next() { // it runs to its end
			continue
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
		if _, err := tx.Person(ctx, ws, p.ID); sales.CodeOf(err) != sales.NotFound {
			t.Errorf("who is gone is there: %v", err)
		}
		return nil
	})
}

func same(t *testing.T, what string, got, want []any) {
	t.Helper()
	for i := range want {
		if fmt.Sprintf("%+v", got[i]) != fmt.Sprintf("%+v", want[i]) && !reflect.DeepEqual(got[i], want[i]) {
			t.Errorf("%s, answer %d:\n ahead    %+v\n database %+v", what, i, got[i], want[i])
		}
	}
}

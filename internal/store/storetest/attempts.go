package storetest

import (
	"context"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// testLockMailings: the states of many mailings at once, as the transaction sees
// them; a stranger's are not given.
func testLockMailings(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ws, other := x.Workspace.ID, s.NewID()
	ids := []sales.ID{x.Queued.ID, other, x.Queued.ID}
	for range 450 {
		ids = append(ids, s.NewID())
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error {
		for _, want := range []sales.MailingState{sales.MailingQueued, sales.MailingCanceled} {
			got, err := tx.LockMailings(ctx, ws, ids)
			if err != nil || len(got) != 1 || got[x.Queued.ID] != want {
				t.Errorf("%v, %v; want %s", got, err, want)
			}
			if _, err := tx.CancelMailing(ctx, ws, x.Queued.ID); err != nil {
				return err
			}
		}
		for _, none := range [][]sales.ID{nil, {other}} {
			if got, err := tx.LockMailings(ctx, ws, none); err != nil || len(got) != 0 {
				t.Errorf("%v, %v", got, err)
			}
		}
		got, err := tx.LockMailings(ctx, other, ids)
		if len(got) != 0 {
			t.Errorf("a stranger's: %v", got)
		}
		return err
	})
}

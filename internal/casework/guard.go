package casework

import (
	"context"
	"time"

	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// guardDays is over how many days the guard looks at a mailbox.
const guardDays = 7

// CountBox counts what came of mails of a mailbox, by the names of package store
// (BoxSent ...), and stops the mailbox when the guard says so. The change is nil
// unless it stopped just now.
func (b *Batch) CountBox(ctx context.Context, tx *store.Tx, mb sales.Mailbox, counts map[string]int, now time.Time) (*Change, error) {
	w, err := b.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	place, err := b.SellerPlace(ctx, 0)
	if err != nil {
		return nil, err
	}
	day := store.Day(now, place.Loc)
	for _, name := range []string{store.BoxBounced, store.BoxComplained, store.BoxPolicy, store.BoxSent} {
		if err := tx.CountBox(ctx, mb.WorkspaceID, mb.ID, day, name, counts[name]); err != nil {
			return nil, err
		}
	}
	if counts[store.BoxBounced]+counts[store.BoxComplained] == 0 {
		return nil, nil // more mails that went well stop nothing
	}
	all, err := tx.BoxCounts(ctx, mb.WorkspaceID, mb.ID, day-guardDays+1)
	if err != nil {
		return nil, err
	}
	why, stop := engine.Guard(w.Settings, all[store.BoxSent], all[store.BoxBounced], all[store.BoxComplained])
	if !stop {
		return nil, nil
	}
	changed, err := tx.SetMailboxState(ctx, mb.WorkspaceID, mb.ID, sales.MailboxPaused, why)
	if err != nil || !changed {
		return nil, err
	}
	return &Change{WorkspaceID: mb.WorkspaceID, Text: "The mailbox " + mb.Address + " stopped: " + why, Urgent: true}, nil
}

package desk

import (
	"cmp"
	"context"

	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// tellDeal lets the sequences look again that ask in a condition for a field of a
// deal, because one changed at the accounts; the same account may come twice.
func (d *Desk) tellDeal(ctx context.Context, tx *store.Tx, v sales.Viewer, accounts ...sales.ID) error {
	seen := map[sales.ID]bool{}
	b := casework.New(tx, v.WorkspaceID)
	for _, id := range accounts {
		if seen[id] {
			continue
		}
		seen[id] = true
		live, err := tx.ColleagueEnrollments(ctx, v.WorkspaceID, id, 0)
		if err != nil {
			return err
		}
		for _, e := range live {
			q, err := b.Sequence(ctx, e.SequenceID)
			if err != nil {
				return err
			}
			if !casework.AsksDeal(q) {
				continue
			}
			ev := sales.Event{Kind: sales.EvData, At: d.now(), Actor: sales.BySeller, UserID: v.UserID}
			if _, err := d.decideWith(ctx, tx, b, v, e, ev); err != nil {
				return err
			}
		}
	}
	return nil
}

// Fill gives the merge fields of a mail to a person from a mailbox, as they are
// filled in when it goes: see casework.Batch.Fill. mb may be the zero mailbox, and
// owner is whose work the mail is; 0 is the person's seller, else whose mailbox it
// is, else the viewer. What the viewer may not see stays empty.
func (d *Desk) Fill(ctx context.Context, v sales.Viewer, p sales.Person, mb sales.Mailbox, owner sales.ID) (casework.Filling, error) {
	if _, err := d.person(ctx, v, p.ID); err != nil {
		return casework.Filling{}, err
	}
	b := casework.New(d.Store, v.WorkspaceID)
	return b.Fill(ctx, p, mb, cmp.Or(mb.UserID, v.UserID), cmp.Or(owner, ownerOf(p, mb), v.UserID), true, v)
}

package casework_test

import (
	"context"
	"fmt"
	"testing"

	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

func TestPickDeal(t *testing.T) {
	mine, hers := sales.ID(1), sales.ID(2)
	deal := func(id int, owner sales.ID) sales.Deal {
		return sales.Deal{ID: sales.ID(id), OwnerID: owner, Meaning: sales.DealOpen}
	}
	won := deal(9, mine)
	won.Meaning = sales.DealWon
	parts := map[sales.ID][]sales.Part{3: {{PersonID: 7}}, 8: {{PersonID: 7}}}
	seller, boss := sales.Viewer{UserID: mine, Role: sales.RoleSeller}, sales.Viewer{UserID: mine, Role: sales.RoleManager}
	for name, c := range map[string]struct {
		open         []sales.Deal
		owner        sales.Viewer
		want, others int
	}{
		"none":                        {nil, seller, 0, 0},
		"won is not open":             {[]sales.Deal{won}, seller, 0, 0},
		"the newest":                  {[]sales.Deal{deal(4, mine), deal(6, mine), deal(5, mine)}, seller, 6, 2},
		"in which they take part":     {[]sales.Deal{deal(6, mine), deal(3, 0)}, seller, 3, 1},
		"one's own before nobody's":   {[]sales.Deal{deal(6, 0), deal(5, mine)}, seller, 5, 1},
		"a colleague's is not seen":   {[]sales.Deal{deal(8, hers), deal(5, mine)}, seller, 5, 0},
		"not even when it is the one": {[]sales.Deal{deal(8, hers)}, seller, 0, 0},
		"a manager sees it":           {[]sales.Deal{deal(8, hers), deal(5, mine)}, boss, 8, 1},
		"nobody's work sees nobody's": {[]sales.Deal{deal(6, mine), deal(5, 0)}, sales.Viewer{UserID: 4}, 5, 0},
	} {
		d, others := casework.PickDeal(c.open, parts, 7, c.owner)
		if d.ID != sales.ID(c.want) || others != c.others {
			t.Errorf("%s: %d and %d others", name, d.ID, others)
		}
	}
}

// asking counts how often deals are asked for.
type asking struct {
	*store.Store
	n int
}

func (a *asking) OpenDealsAt(ctx context.Context, ws sales.ID, ids []sales.ID) (map[sales.ID][]sales.Deal, error) {
	a.n++
	return a.Store.OpenDealsAt(ctx, ws, ids)
}

// TestReadDeals: deals are read only for who needs them, once for many accounts,
// and a viewer who may not see a deal reads nothing of it.
func TestReadDeals(t *testing.T) {
	w := storetest.NewWorld(t, storetest.Open(t), 2)
	ctx := t.Context()
	if err := w.InTx(ctx, func(tx *store.Tx) error {
		for i := range 2 {
			d := sales.Deal{WorkspaceID: w.Workspace.ID, ID: tx.NewID(), AccountID: w.Account.ID, OwnerID: w.Owner.ID, Name: fmt.Sprint("Deal ", i), Stage: "talking", Meaning: sales.DealOpen, Version: 1}
			if err := tx.InsertDeal(ctx, d, ""); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	r := &asking{Store: w.Store}
	b := casework.New(r, w.Workspace.ID)
	p := w.People[0]
	f, err := b.Fill(ctx, p, w.Mailbox, w.Owner.ID, w.Owner.ID, false)
	if err != nil || f.Values["deal.name"] != "" || r.n != 0 {
		t.Error(f, r.n, err)
	}
	if err := b.ReadDeals(ctx, []sales.ID{w.Account.ID, 0, 4711, w.Account.ID}); err != nil {
		t.Fatal(err)
	}
	f, err = b.Fill(ctx, p, w.Mailbox, w.Owner.ID, w.Owner.ID, true)
	if err != nil || f.Values["deal.name"] != "Deal 1" || f.Values["deal.stage"] != "Talking" || f.Others != 1 || f.Says() == "" || r.n != 1 {
		t.Error(f, r.n, err)
	}
	f, err = b.Fill(ctx, p, w.Mailbox, w.Owner.ID, w.Owner.ID, true, w.Viewer())
	if err != nil || f.Values["deal.name"] != "" || f.Deal.ID != 0 || f.Says() != "" || f.Values["first_name"] == "" {
		t.Error("who may not see the deal reads of it:", f, err)
	}
	q := w.Sequence
	q.Rules.Entries = []sales.Entry{{Track: sales.TrackPositive, If: sales.Condition{Field: "deal.stage", Op: sales.OpIs, Value: "Talking"}}}
	c, err := b.CaseOf(ctx, q, p, w.Owner.ID)
	if err != nil || c.Values()["deal.stage"] != "Talking" {
		t.Error(c.Values(), err)
	}
	if c, err = b.CaseOf(ctx, w.Sequence, p, w.Owner.ID); err != nil || c.Values()["deal.stage"] != "" {
		t.Error("read for a sequence that asks for none", err)
	}
}

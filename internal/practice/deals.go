package practice

import (
	"context"
	"time"

	"ninetyten/internal/auth"
	deskpkg "ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// loadDeals begins some deals of the visitor, so that the pipeline is no empty page.
func (p *Practice) loadDeals(ctx context.Context, now time.Time) error {
	v := auth.ViewerOf(p.user(0))
	people, _, err := p.App.Store.People(ctx, v, store.PeopleFilter{Owner: v.UserID}, store.Page{Limit: 60})
	if err != nil {
		return err
	}
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
	plans := []struct {
		name, stage, amount, currency, next string
		close                               int // days from today
		role                                sales.BuyerRole
	}{
		{"Matching for all three companies", "problem", "12,500", "EUR", "Two weeks beside their way of working", 24, sales.RoleChampions},
		{"Freight bills, line by line", "talking", "48,000", "EUR", "", 60, sales.RoleUses},
		{"Renewal with two more ledgers", "terms", "31,200", "GBP", "Send the contract", -3, sales.RoleDecides},
		{"Pilot with one supplier", "proof", "4,900", "EUR", "Look at the first hundred bills together", 12, ""},
	}
	seen, n := map[sales.ID]bool{0: true}, 0
	for _, x := range people {
		if n == len(plans) {
			break
		}
		if seen[x.AccountID] {
			continue
		}
		seen[x.AccountID] = true
		plan := plans[n]
		n++
		d, err := p.App.Desk.SaveDeal(ctx, v, deskpkg.DealEdit{AccountID: x.AccountID, Name: plan.name, Stage: plan.stage, Amount: plan.amount, Currency: plan.currency,
			CloseOn: today.AddDate(0, 0, plan.close), NextStep: plan.next, PersonID: x.ID})
		if err != nil {
			return err
		}
		if err := p.App.Desk.PutInDeal(ctx, v, d.ID, x.ID, plan.role); err != nil {
			return err
		}
	}
	return nil
}

package next

import (
	"context"
	"time"

	"ninetyten/internal/rank"
	"ninetyten/internal/sales"
)

// How long something may be due before it brings somebody to Next by itself.
const (
	// PromisedAfter is how late a promise of theirs is then.
	PromisedAfter = 24 * time.Hour
	// DealQuietAfter is how long nobody may have done anything about an open deal
	// whose next step has no day.
	DealQuietAfter = 7 * 24 * time.Hour
)

// stirred gives those for whom nothing is to do, of whom a promise has not come or
// whose deal went quiet on our side, and keeps the deals for the order.
func (g *gathering) stirred(ctx context.Context) ([]sales.ID, error) {
	list, err := g.Store.Stirs(ctx, g.v, g.now.Add(-PromisedAfter), g.now.Add(-24*time.Hour), g.now.Add(-DealQuietAfter), maxQuiet)
	if err != nil {
		return nil, err
	}
	g.deals = map[sales.ID]rank.QuietDeal{}
	var out []sales.ID
	for _, x := range list {
		if _, known := g.deals[x.PersonID]; x.Deal && !known {
			g.deals[x.PersonID] = rank.QuietDeal{Name: x.Text, Step: x.Step, Due: x.Due, Since: x.Since}
		}
		out = append(out, x.PersonID)
	}
	return out, nil
}

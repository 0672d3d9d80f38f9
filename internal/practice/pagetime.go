package practice

import (
	"context"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/dice"
	"ninetyten/internal/store"
)

// loadTime gives every seller two weeks of time on pages, so that the 90/10 has
// something to say from the first day.
func (p *Practice) loadTime(ctx context.Context, now time.Time) error {
	usual := []struct {
		page    string
		minutes int
	}{{"next", 55}, {"call", 38}, {"write", 24}, {"person", 16}, {"thread", 21}, {"deal", 8}, {"playbook", 3}, {"sequences", 14}, {"lists", 9}, {"import", 4}, {"entry", 6}, {"schedules", 1}, {"settings", 2}}
	roll := dice.New(p.opt.Seed, "time")
	today := store.Day(now, nil)
	return p.App.Store.InTx(ctx, func(tx *store.Tx) error {
		for i := range p.World.Sellers() {
			u := p.user(i)
			for back := int64(1); back <= 14; back++ {
				if d := store.DateOf(today - back).Weekday(); d == time.Saturday || d == time.Sunday {
					continue
				}
				for _, x := range usual {
					seconds := x.minutes * (30 + roll.Intn(60))
					if err := tx.AddPageTime(ctx, u.WorkspaceID, sales.PageTime{UserID: u.ID, Day: today - back, Page: x.page, Seconds: seconds}); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
}

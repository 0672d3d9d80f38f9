package web

import (
	"context"

	"ninetyten/internal/sales"
)

// barsOf puts the balance of their people beside threads; what is needed of all of
// them is read at once.
func (c *scene) barsOf(ctx context.Context, lists ...[]ThreadRow) error {
	var ids []sales.ID
	for _, rows := range lists {
		for _, r := range rows {
			if r.PersonID != 0 {
				ids = append(ids, r.PersonID)
			}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	people, err := c.Store.QueuePeople(ctx, c.WorkspaceID, ids)
	if err != nil {
		return err
	}
	for _, rows := range lists {
		for i := range rows {
			rows[i].Balance = c.miniOf(firstWord(rows[i].Name), people[rows[i].PersonID].Moves)
		}
	}
	return nil
}

// queueBars does the same beside those who come after in Next.
func (c *scene) queueBars(ctx context.Context, rows []QueueRow) error {
	ids := make([]sales.ID, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.ID)
	}
	if len(ids) == 0 {
		return nil
	}
	people, err := c.Store.QueuePeople(ctx, c.WorkspaceID, ids)
	if err != nil {
		return err
	}
	for i := range rows {
		rows[i].Balance = c.miniOf(firstWord(rows[i].Name), people[rows[i].ID].Moves)
	}
	return nil
}

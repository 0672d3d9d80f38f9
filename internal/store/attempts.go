package store

import (
	"context"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const sqlMailingsNow = `SELECT id, state FROM mailings WHERE workspace_id = ? AND id IN `

// LockMailings gives the states of mailings and keeps them until the transaction
// ends: another node may have settled meanwhile what was on the wire here. IDs
// that are not there are left out.
func (tx *Tx) LockMailings(ctx context.Context, ws sales.ID, ids []sales.ID) (map[sales.ID]sales.MailingState, error) {
	end := ` ORDER BY id`
	if tx.Dialect() == db.Postgres { // SQLite has one writer
		end += ` FOR UPDATE`
	}
	out := map[sales.ID]sales.MailingState{}
	for _, part := range chunks(distinct(ids), 200) {
		if _, err := db.All(ctx, tx, func(r db.Scanner) (int, error) {
			var id sales.ID
			var state sales.MailingState
			err := r.Scan(&id, &state)
			out[id] = state
			return 0, err
		}, sqlMailingsNow+db.In(len(part))+end, args([]any{ws}, part)...); err != nil {
			return nil, err
		}
	}
	return out, nil
}

package store

import (
	"context"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// PersonAny gives a person as the transaction sees them.
func (tx *Tx) PersonAny(ctx context.Context, ws, id sales.ID) (sales.Person, error) {
	return tx.Person(ctx, ws, id)
}

// Account gives an account as the transaction sees it; with id 0 an empty one.
func (tx *Tx) Account(ctx context.Context, ws, id sales.ID) (sales.Account, error) {
	if id == 0 {
		return sales.Account{WorkspaceID: ws}, nil
	}
	if a, known := answer(tx.ahead, ws, accountsOf, id); known {
		return a, nil
	}
	a, err := db.One(ctx, tx, scanAccount, sqlAccountGet, ws, id)
	return found(a, err, "account")
}

// User gives a user as the transaction sees them.
func (tx *Tx) User(ctx context.Context, ws, id sales.ID) (sales.User, error) {
	u, err := db.One(ctx, tx, scanUser, sqlUserGet, ws, id)
	return found(u, err, "user")
}

// Workspace gives a workspace as the transaction sees it.
func (tx *Tx) Workspace(ctx context.Context, id sales.ID) (sales.Workspace, error) {
	w, err := db.One(ctx, tx, scanWorkspace, sqlWorkspaceGet, id)
	return found(w, err, "workspace")
}

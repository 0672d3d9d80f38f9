package store

import (
	"context"
	"errors"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const accountCols = `workspace_id, id, owner_id, name, domain, zone, country, subdivision, website, notes, custom, archived_at, created_at`

const (
	sqlAccountInsert   = `INSERT INTO accounts (` + accountCols + `, search) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlAccountGet      = `SELECT ` + accountCols + ` FROM accounts WHERE workspace_id = ? AND id = ?`
	sqlAccountByDomain = `SELECT ` + accountCols + ` FROM accounts WHERE workspace_id = ? AND domain = ? ORDER BY id LIMIT 1`
	sqlAccountByName   = `SELECT ` + accountCols + ` FROM accounts WHERE workspace_id = ? AND substr(name, 1, 200) = substr(?, 1, 200) AND name = ? ORDER BY id LIMIT 1`
	sqlAccountsIn      = `SELECT ` + accountCols + ` FROM accounts WHERE workspace_id = ? AND id IN `
)

func accountDest(a *sales.Account) []any {
	return []any{&a.WorkspaceID, &a.ID, &a.OwnerID, &a.Name, &a.Domain, &a.Zone, &a.Country, &a.Subdivision, &a.Website, &a.Notes, db.ScanJSON(&a.Custom), db.ScanTime(&a.ArchivedAt), db.ScanTime(&a.CreatedAt)}
}

func scanAccount(r db.Scanner) (sales.Account, error) {
	var a sales.Account
	err := r.Scan(accountDest(&a)...)
	return a, err
}

// InsertAccount makes an account.
func (tx *Tx) InsertAccount(ctx context.Context, a sales.Account) error {
	_, err := tx.Exec(ctx, sqlAccountInsert, a.WorkspaceID, a.ID, a.OwnerID, a.Name, a.Domain, a.Zone, a.Country, a.Subdivision, a.Website, a.Notes, db.JSON(a.Custom), a.ArchivedAt, a.CreatedAt, accountKey(a))
	return err
}

// FindAccount finds an account by its domain, else by its exact name. A
// NotFound error means that there is none.
func (tx *Tx) FindAccount(ctx context.Context, ws sales.ID, domain, name string) (sales.Account, error) {
	if domain != "" {
		a, err := db.One(ctx, tx, scanAccount, sqlAccountByDomain, ws, domain)
		if !errors.Is(err, db.ErrNoRows) {
			return a, err
		}
	}
	if name == "" {
		return sales.Account{}, sales.Errorf(sales.NotFound, "no account")
	}
	a, err := db.One(ctx, tx, scanAccount, sqlAccountByName, ws, name, name)
	return found(a, err, "account")
}

// Account gives an account; with id 0 an empty one.
func (s *Store) Account(ctx context.Context, ws, id sales.ID) (sales.Account, error) {
	if id == 0 {
		return sales.Account{WorkspaceID: ws}, nil
	}
	a, err := db.One(ctx, s.DB, scanAccount, sqlAccountGet, ws, id)
	return found(a, err, "account")
}

// Accounts gives those of ids that exist.
func (s *Store) Accounts(ctx context.Context, ws sales.ID, ids []sales.ID) (map[sales.ID]sales.Account, error) {
	return byID(ctx, s.DB, scanAccount, func(a sales.Account) sales.ID { return a.ID }, sqlAccountsIn, ws, ids)
}

// byID reads the rows of a list of ids into a map.
func byID[T any](ctx context.Context, q db.Querier, scan func(db.Scanner) (T, error), id func(T) sales.ID, query string, ws sales.ID, ids []sales.ID) (map[sales.ID]T, error) {
	out := make(map[sales.ID]T, len(ids))
	for _, part := range chunks(distinct(ids), 500) {
		list, err := db.All(ctx, q, scan, query+db.In(len(part)), args([]any{ws}, part)...)
		if err != nil {
			return nil, err
		}
		for _, v := range list {
			out[id(v)] = v
		}
	}
	return out, nil
}

func distinct(ids []sales.ID) []sales.ID {
	seen := make(map[sales.ID]bool, len(ids))
	var out []sales.ID
	for _, id := range ids {
		if id != 0 && !seen[id] {
			seen[id] = true
			out = append(out, id)
		}
	}
	return out
}

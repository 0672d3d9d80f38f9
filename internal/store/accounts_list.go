package store

import (
	"context"
	"strings"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// seeAccount is the wall between sellers for accounts a: their own and unowned
// ones, and those where a person or a deal of theirs is. It takes
// Viewer.OwnerScope four times.
const seeAccount = `(CAST(? AS BIGINT) = 0 OR a.owner_id = 0 OR a.owner_id = ? OR EXISTS (SELECT 1 FROM people p WHERE p.workspace_id = a.workspace_id AND p.account_id = a.id AND p.owner_id = ?) OR EXISTS (SELECT 1 FROM deals d WHERE d.workspace_id = a.workspace_id AND d.account_id = a.id AND d.owner_id = ?))`

const (
	sqlAccountSee     = `SELECT ` + accountCols + ` FROM accounts a WHERE a.workspace_id = ? AND a.id = ? AND ` + seeAccount
	sqlAccountsList   = `SELECT ` + accountCols + `, a.search FROM accounts a WHERE a.workspace_id = ? AND (a.search, a.id) > (?, ?) AND ` + seeAccount
	accountsOrder     = ` ORDER BY a.search, a.id LIMIT ?`
	sqlAccountSave    = `UPDATE accounts SET owner_id = ?, name = ?, domain = ?, zone = ?, country = ?, subdivision = ?, website = ?, notes = ?, custom = ?, archived_at = ?, search = ? WHERE workspace_id = ? AND id = ?`
	sqlAccountTwin    = `SELECT id FROM accounts WHERE workspace_id = ? AND domain = ? AND domain <> '' AND id <> ? ORDER BY id LIMIT 1`
	sqlPeopleSearchAt = `SELECT ` + personCols + ` FROM people p WHERE p.workspace_id = ? AND p.account_id = ?`
	sqlPersonSearch   = `UPDATE people SET search = ? WHERE workspace_id = ? AND id = ?`
	sqlPeopleCounts   = `SELECT p.account_id, count(*) FROM people p WHERE p.workspace_id = ? AND ` + seeOwner + ` AND p.account_id IN `
	sqlAccountNoKey   = `SELECT ` + accountCols + ` FROM accounts WHERE search = '' ORDER BY workspace_id, id LIMIT 500`
	sqlAccountKey     = `UPDATE accounts SET search = ? WHERE workspace_id = ? AND id = ?`
)

// accountKey is the text under which an account is found and by which lists are
// in order. It is never empty, and short enough for an index.
func accountKey(a sales.Account) string {
	key := SearchKey(a.Name, a.Domain)
	if len(key) > 400 {
		key = strings.ToValidUTF8(key[:400], "")
	}
	if key == "" {
		return "-"
	}
	return key
}

// fillAccountKeys gives a key to the accounts that have none.
func (s *Store) fillAccountKeys(ctx context.Context) error {
	for {
		list, err := db.All(ctx, s.DB, scanAccount, sqlAccountNoKey)
		if err != nil || len(list) == 0 {
			return err
		}
		err = s.InTx(ctx, func(tx *Tx) error {
			for _, a := range list {
				if _, err := tx.Exec(ctx, sqlAccountKey, accountKey(a), a.WorkspaceID, a.ID); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// SeeAccount gives an account that the viewer may see.
func (s *Store) SeeAccount(ctx context.Context, v sales.Viewer, id sales.ID) (sales.Account, error) {
	o := v.OwnerScope()
	a, err := db.One(ctx, s.DB, scanAccount, sqlAccountSee, v.WorkspaceID, id, o, o, o, o)
	return found(a, err, "account")
}

// AccountFilter chooses accounts for a list.
type AccountFilter struct {
	Search   string
	Owner    sales.ID
	Archived bool // those that are put away, else the others
}

// AccountList lists accounts by name, and the After of the next page.
func (s *Store) AccountList(ctx context.Context, v sales.Viewer, f AccountFilter, page Page) ([]sales.Account, string, error) {
	type row struct {
		sales.Account
		key string
	}
	afterID, key, _ := strings.Cut(page.After, " ")
	id, err := sales.ParseID(afterID)
	if err != nil {
		key = ""
	}
	o := v.OwnerScope()
	q, a := sqlAccountsList, []any{v.WorkspaceID, key, id, o, o, o, o}
	for _, word := range searchWords(f.Search) {
		q, a = q+` AND a.search LIKE ? ESCAPE '!'`, append(a, "%"+likeEscape(word)+"%")
	}
	if f.Owner != 0 {
		q, a = q+` AND a.owner_id = ?`, append(a, f.Owner)
	}
	q += ` AND a.archived_at ` + map[bool]string{true: `> 0`, false: `= 0`}[f.Archived]
	n := page.limit()
	scan := func(r db.Scanner) (row, error) {
		var x row
		err := r.Scan(append(accountDest(&x.Account), &x.key)...)
		return x, err
	}
	list, err := db.All(ctx, s.DB, scan, q+accountsOrder, append(a, n+1)...)
	if err != nil {
		return nil, "", err
	}
	out, after := make([]sales.Account, 0, len(list)), ""
	for i, x := range list {
		if i == n {
			after = list[n-1].ID.String() + " " + list[n-1].key
			break
		}
		out = append(out, x.Account)
	}
	return out, after, nil
}

// SaveAccount writes the fields that people edit. Its people are found by its new
// name. A Conflict error means that another account has the domain.
func (tx *Tx) SaveAccount(ctx context.Context, a sales.Account) error {
	twin, err := db.All(ctx, tx, db.Value[int64], sqlAccountTwin, a.WorkspaceID, a.Domain, a.ID)
	if err != nil {
		return err
	}
	if len(twin) > 0 {
		return sales.Errorf(sales.Conflict, "Another account has the domain %s already.", a.Domain)
	}
	was, err := tx.Account(ctx, a.WorkspaceID, a.ID)
	if err != nil {
		return err
	}
	if _, err = tx.Exec(ctx, sqlAccountSave, a.OwnerID, a.Name, a.Domain, a.Zone, a.Country, a.Subdivision, a.Website, a.Notes, db.JSON(a.Custom), a.ArchivedAt, accountKey(a), a.WorkspaceID, a.ID); err != nil || was.Name == a.Name {
		return err
	}
	people, err := db.All(ctx, tx, scanPerson, sqlPeopleSearchAt, a.WorkspaceID, a.ID)
	if err != nil {
		return err
	}
	for _, p := range people {
		if _, err := tx.Exec(ctx, sqlPersonSearch, searchOf(p, a.Name), a.WorkspaceID, p.ID); err != nil {
			return err
		}
	}
	return nil
}

// CountPeopleAt counts the people of accounts whom the viewer may see.
func (s *Store) CountPeopleAt(ctx context.Context, v sales.Viewer, accounts []sales.ID) (map[sales.ID]int, error) {
	out := map[sales.ID]int{}
	for _, part := range chunks(distinct(accounts), 500) {
		_, err := db.All(ctx, s.DB, func(r db.Scanner) (int, error) {
			var id sales.ID
			var n int
			err := r.Scan(&id, &n)
			out[id] = n
			return n, err
		}, sqlPeopleCounts+db.In(len(part))+` GROUP BY p.account_id`, args([]any{v.WorkspaceID, v.OwnerScope(), v.OwnerScope()}, part)...)
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// seeDeal is the wall between sellers for deals d. It takes Viewer.OwnerScope twice.
const seeDeal = `(CAST(? AS BIGINT) = 0 OR d.owner_id = 0 OR d.owner_id = ?)`

const dealCols = `d.workspace_id, d.id, d.account_id, d.owner_id, d.name, d.stage, d.meaning, d.amount, d.currency, d.close_on, d.next_step, d.next_on, d.task_id, d.reason, d.reason_text, d.custom, d.was, d.version, d.stage_at, d.created_at, d.updated_at, d.closed_at`

const (
	sqlDealInsert = `INSERT INTO deals (workspace_id, id, account_id, owner_id, name, stage, meaning, amount, currency, close_on, next_step, next_on, task_id, reason, reason_text, custom, was, version, stage_at, created_at, updated_at, closed_at, search) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlDealSave   = `UPDATE deals SET account_id = ?, owner_id = ?, name = ?, stage = ?, meaning = ?, amount = ?, currency = ?, close_on = ?, next_step = ?, next_on = ?, task_id = ?, reason = ?, reason_text = ?, custom = ?, was = ?, stage_at = ?, updated_at = ?, closed_at = ?, search = ?, version = version + 1 WHERE workspace_id = ? AND id = ? AND version = ?`
	sqlDealGet    = `SELECT ` + dealCols + ` FROM deals d WHERE d.workspace_id = ? AND d.id = ?`
	sqlDealSee    = `SELECT ` + dealCols + ` FROM deals d WHERE d.workspace_id = ? AND d.id = ? AND ` + seeDeal
	sqlDealsList  = `SELECT ` + dealCols + ` FROM deals d WHERE d.workspace_id = ? AND d.id < ? AND ` + seeDeal
	dealsOrder    = ` ORDER BY d.id DESC LIMIT ?`
	sqlDealsSum   = `SELECT d.stage, d.currency, count(*), sum(d.amount) FROM deals d WHERE d.workspace_id = ? AND ` + seeDeal
	dealsGroup    = ` GROUP BY d.stage, d.currency ORDER BY d.stage, d.currency`
	sqlDealsMail  = `SELECT ` + dealCols + ` FROM deals d WHERE d.workspace_id = ? AND d.meaning = 'open' AND d.account_id IN `
	sqlDealStages = `SELECT d.stage, count(*) FROM deals d WHERE d.workspace_id = ? GROUP BY d.stage`
	sqlDealsMean  = `UPDATE deals SET meaning = ?, closed_at = CASE WHEN ? = 'open' THEN 0 WHEN closed_at = 0 THEN ? ELSE closed_at END WHERE workspace_id = ? AND stage = ? AND meaning <> ?`
)

func scanDeal(r db.Scanner) (sales.Deal, error) {
	var d sales.Deal
	err := r.Scan(&d.WorkspaceID, &d.ID, &d.AccountID, &d.OwnerID, &d.Name, &d.Stage, &d.Meaning, &d.Amount, &d.Currency, db.ScanTime(&d.CloseOn),
		&d.NextStep, db.ScanTime(&d.NextOn), &d.TaskID, &d.Reason, &d.ReasonText, db.ScanJSON(&d.Custom), db.ScanJSON(&d.Was), &d.Version, db.ScanTime(&d.StageAt),
		db.ScanTime(&d.CreatedAt), db.ScanTime(&d.UpdatedAt), db.ScanTime(&d.ClosedAt))
	return d, err
}

// InsertDeal makes a deal; account is the name of its account, for the search.
func (tx *Tx) InsertDeal(ctx context.Context, d sales.Deal, account string) error {
	_, err := tx.Exec(ctx, sqlDealInsert, d.WorkspaceID, d.ID, d.AccountID, d.OwnerID, d.Name, d.Stage, d.Meaning, d.Amount, d.Currency, d.CloseOn, d.NextStep, d.NextOn,
		d.TaskID, d.Reason, d.ReasonText, db.JSON(d.Custom), db.JSON(d.Was), d.Version, d.StageAt, d.CreatedAt, d.UpdatedAt, d.ClosedAt, SearchKey(d.Name, account))
	return err
}

// SaveDeal writes a deal whose version is still d.Version, and raises it. A
// Conflict error means that somebody else was faster.
func (tx *Tx) SaveDeal(ctx context.Context, d sales.Deal, account string) error {
	n, err := tx.Exec(ctx, sqlDealSave, d.AccountID, d.OwnerID, d.Name, d.Stage, d.Meaning, d.Amount, d.Currency, d.CloseOn, d.NextStep, d.NextOn,
		d.TaskID, d.Reason, d.ReasonText, db.JSON(d.Custom), db.JSON(d.Was), d.StageAt, d.UpdatedAt, d.ClosedAt, SearchKey(d.Name, account), d.WorkspaceID, d.ID, d.Version)
	if err == nil && n == 0 {
		return sales.Errorf(sales.Conflict, "Somebody changed this deal in the meantime. Look at it again, then repeat what you wanted.")
	}
	return err
}

// Deal gives a deal as the transaction sees it.
func (tx *Tx) Deal(ctx context.Context, ws, id sales.ID) (sales.Deal, error) {
	d, err := db.One(ctx, tx, scanDeal, sqlDealGet, ws, id)
	return found(d, err, "deal")
}

// Deal gives a deal that the viewer may see.
func (s *Store) Deal(ctx context.Context, v sales.Viewer, id sales.ID) (sales.Deal, error) {
	d, err := db.One(ctx, s.DB, scanDeal, sqlDealSee, v.WorkspaceID, id, v.OwnerScope(), v.OwnerScope())
	return found(d, err, "deal")
}

// DealFilter chooses deals for a list or a sum.
type DealFilter struct {
	Search      string
	Stage       string
	Meaning     sales.Meaning // "" is any
	Owner       sales.ID
	Account     sales.ID
	Person      sales.ID // who takes part
	ClosedSince time.Time
}

// where is the filter as the end of a statement on deals d.
func (f DealFilter) where(a []any) (string, []any) {
	q := ""
	for _, word := range searchWords(f.Search) {
		q, a = q+` AND d.search LIKE ? ESCAPE '!'`, append(a, "%"+likeEscape(word)+"%")
	}
	if f.Stage != "" {
		q, a = q+` AND d.stage = ?`, append(a, f.Stage)
	}
	if f.Meaning != "" {
		q, a = q+` AND d.meaning = CAST(? AS TEXT)`, append(a, f.Meaning)
	}
	if f.Owner != 0 {
		q, a = q+` AND d.owner_id = ?`, append(a, f.Owner)
	}
	if f.Account != 0 {
		q, a = q+` AND d.account_id = ?`, append(a, f.Account)
	}
	if f.Person != 0 {
		q, a = q+` AND EXISTS (SELECT 1 FROM parts x WHERE x.workspace_id = d.workspace_id AND x.person_id = ? AND x.deal_id = d.id)`, append(a, f.Person)
	}
	if !f.ClosedSince.IsZero() {
		q, a = q+` AND d.closed_at >= ?`, append(a, f.ClosedSince)
	}
	return q, a
}

// Deals lists deals, the newest first, and the After of the next page.
func (s *Store) Deals(ctx context.Context, v sales.Viewer, f DealFilter, page Page) ([]sales.Deal, string, error) {
	after := int64(1<<63 - 1)
	if id, err := sales.ParseID(page.After); err == nil {
		after = int64(id)
	}
	where, a := f.where([]any{v.WorkspaceID, after, v.OwnerScope(), v.OwnerScope()})
	n := page.limit()
	list, err := db.All(ctx, s.DB, scanDeal, sqlDealsList+where+dealsOrder, append(a, n+1)...)
	if err != nil || len(list) <= n {
		return list, "", err
	}
	return list[:n], list[n-1].ID.String(), nil
}

// DealSum is what the deals of a stage are worth in one currency.
type DealSum struct {
	Stage    string
	Currency string
	N        int
	Amount   int64 // in the smallest unit of the currency
}

// DealSums adds up deals by stage and currency.
func (s *Store) DealSums(ctx context.Context, v sales.Viewer, f DealFilter) ([]DealSum, error) {
	where, a := f.where([]any{v.WorkspaceID, v.OwnerScope(), v.OwnerScope()})
	return db.All(ctx, s.DB, func(r db.Scanner) (DealSum, error) {
		var x DealSum
		err := r.Scan(&x.Stage, &x.Currency, &x.N, &x.Amount)
		return x, err
	}, sqlDealsSum+where+dealsGroup, a...)
}

// OpenDealsAt gives the open deals of accounts to the machinery, by account, the
// newest first.
func (s *Store) OpenDealsAt(ctx context.Context, ws sales.ID, accounts []sales.ID) (map[sales.ID][]sales.Deal, error) {
	return openDealsAt(ctx, s.DB, ws, accounts)
}

// OpenDealsAt is that of the store, as the transaction sees it.
func (tx *Tx) OpenDealsAt(ctx context.Context, ws sales.ID, accounts []sales.ID) (map[sales.ID][]sales.Deal, error) {
	return openDealsAt(ctx, tx, ws, accounts)
}

func openDealsAt(ctx context.Context, q db.Querier, ws sales.ID, accounts []sales.ID) (map[sales.ID][]sales.Deal, error) {
	out := map[sales.ID][]sales.Deal{}
	for _, part := range chunks(distinct(accounts), 500) {
		list, err := db.All(ctx, q, scanDeal, sqlDealsMail+db.In(len(part))+` ORDER BY d.account_id, d.id DESC`, args([]any{ws}, part)...)
		if err != nil {
			return nil, err
		}
		for _, d := range list {
			out[d.AccountID] = append(out[d.AccountID], d)
		}
	}
	return out, nil
}

// DealsInStages counts all deals of a workspace by stage.
func (tx *Tx) DealsInStages(ctx context.Context, ws sales.ID) (map[string]int, error) {
	out := map[string]int{}
	_, err := db.All(ctx, tx, func(r db.Scanner) (int, error) {
		var stage string
		var n int
		err := r.Scan(&stage, &n)
		out[stage] = n
		return n, err
	}, sqlDealStages, ws)
	return out, err
}

// MeanStage gives the deals of a stage its new meaning.
func (tx *Tx) MeanStage(ctx context.Context, ws sales.ID, stage string, m sales.Meaning, now time.Time) error {
	_, err := tx.Exec(ctx, sqlDealsMean, m, m, now, ws, stage, m)
	return err
}

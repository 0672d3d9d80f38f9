package store

import (
	"context"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// Gather lets statements whose result nobody waits for go to the database
// together, before the next one whose result is needed and before the commit.
// For transactions about many enrollments: what fails may then be told by a later
// call, or by the commit.
func (tx *Tx) Gather() { tx.gather = true }

// write runs a statement, or gathers it.
func (tx *Tx) write(ctx context.Context, query string, args ...any) error {
	if tx.gather {
		return tx.Later(ctx, query, args...)
	}
	_, err := tx.Exec(ctx, query, args...)
	return err
}

// unchanged is the error of a statement that changed no row because somebody else
// was quicker.
func unchanged() error {
	return sales.Errorf(sales.Conflict, "This changed meanwhile. Reload the page and look again.")
}

// writeOr is write for a statement that must change a row: when it does not, the
// error is that of unchanged.
func (tx *Tx) writeOr(ctx context.Context, query string, args ...any) error {
	if tx.gather {
		return tx.LaterOr(ctx, unchanged(), query, args...)
	}
	n, err := tx.Exec(ctx, query, args...)
	if err == nil && n == 0 {
		return unchanged()
	}
	return err
}

// Beginning is a mailing whose attempt is to be recorded, with its bytes.
type Beginning struct {
	Mailing sales.Mailing
	Raw     []byte
}

// BeginAttempts is BeginAttempt for many; false stands for those that may not go.
func (tx *Tx) BeginAttempts(ctx context.Context, list []Beginning, now time.Time) ([]bool, error) {
	rows := make([][]any, len(list))
	for i, x := range list {
		rows[i] = beginArgs(x.Mailing, now)
	}
	begun, err := each(ctx, tx, sqlMailingBegin, rows)
	if err != nil {
		return nil, err
	}
	for i, x := range list {
		if !begun[i] {
			continue
		}
		if err := tx.Later(ctx, sqlRawUpsert, x.Mailing.WorkspaceID, x.Mailing.RawID, x.Raw); err != nil {
			return nil, err
		}
	}
	return begun, nil
}

func beginArgs(m sales.Mailing, now time.Time) []any {
	return []any{m.HeaderID, m.RawID, m.To, m.Subject, m.Body, m.InReplyTo, strings.Join(m.References, " "), m.ThreadID, now, m.WorkspaceID, m.ID}
}

// Ending is a mailing with the result of its attempt.
type Ending struct {
	Mailing sales.Mailing
	Attempt sales.Attempt
}

// EndAttempts is EndAttempt for many; false stands for those that were not on the
// wire.
func (tx *Tx) EndAttempts(ctx context.Context, list []Ending) ([]bool, error) {
	rows := make([][]any, len(list))
	for i, x := range list {
		rows[i] = endArgs(x.Mailing)
	}
	ended, err := each(ctx, tx, sqlMailingEnd, rows)
	if err != nil {
		return nil, err
	}
	return ended, tx.keepAttempts(ctx, list, ended)
}

// TakenAttempts is EndAttempts for mails that the server took. False stands for
// those that are not on the wire, also when they count as unknown. filed tells that
// they are in the Sent folder, for the provider files them.
func (tx *Tx) TakenAttempts(ctx context.Context, list []Ending, filed bool) ([]bool, error) {
	rows := make([][]any, len(list))
	for i, x := range list {
		rows[i] = []any{x.Mailing.SentAt, flag(filed), x.Mailing.WorkspaceID, x.Mailing.ID}
	}
	ended, err := each(ctx, tx, sqlMailingTaken, rows)
	if err != nil {
		return nil, err
	}
	return ended, tx.keepAttempts(ctx, list, ended)
}

// keepAttempts writes the history of those that ended.
func (tx *Tx) keepAttempts(ctx context.Context, list []Ending, ended []bool) error {
	for i, x := range list {
		if !ended[i] {
			continue
		}
		if err := tx.Later(ctx, sqlAttemptInsert, attemptArgs(x.Mailing, x.Attempt)...); err != nil {
			return err
		}
	}
	return nil
}

func endArgs(m sales.Mailing) []any {
	return []any{m.State, m.LastError, m.DueAt, m.SentAt, m.HoldGate, m.HoldWhy, m.WorkspaceID, m.ID, m.State}
}

func attemptArgs(m sales.Mailing, a sales.Attempt) []any {
	return []any{m.WorkspaceID, a.ID, m.ID, a.N, a.StartedAt, a.EndedAt, a.Outcome, a.Code, a.Enhanced, a.Text}
}

// CountEach is Count for several names of one scope, in the order given; callers
// sort them, so that two transactions lock them in one order.
func (tx *Tx) CountEach(ctx context.Context, ws sales.ID, day int64, scope string, about []string, limit int) ([]bool, error) {
	out := make([]bool, len(about))
	var rows [][]any
	var at []int
	for i, x := range about {
		if limit <= 0 || x == "" {
			out[i] = true
			continue
		}
		rows, at = append(rows, []any{ws, day, scope, x, limit}), append(at, i)
	}
	counted, err := each(ctx, tx, sqlDayCount, rows)
	for k, ok := range counted {
		out[at[k]] = ok
	}
	return out, err
}

// each runs a statement for each row of arguments and says which changed
// something.
func each(ctx context.Context, tx *Tx, query string, rows [][]any) ([]bool, error) {
	for _, r := range rows {
		tx.ahead.forget(query, r)
	}
	n, err := db.ExecEach(ctx, tx.Tx, query, rows)
	out := make([]bool, len(n))
	for i := range n {
		out[i] = n[i] > 0
	}
	return out, err
}

// PeopleByID gives those of ids that exist, as the transaction sees them.
func (tx *Tx) PeopleByID(ctx context.Context, ws sales.ID, ids []sales.ID) (map[sales.ID]sales.Person, error) {
	return byID(ctx, tx, scanPerson, func(p sales.Person) sales.ID { return p.ID }, sqlPeopleIn, ws, ids)
}

// Accounts gives those of ids that exist, as the transaction sees them.
func (tx *Tx) Accounts(ctx context.Context, ws sales.ID, ids []sales.ID) (map[sales.ID]sales.Account, error) {
	return byID(ctx, tx, scanAccount, func(a sales.Account) sales.ID { return a.ID }, sqlAccountsIn, ws, ids)
}

const (
	sqlThreadsIn = `SELECT ` + threadCols + ` FROM threads t WHERE t.workspace_id = ? AND t.id IN `
	sqlHeadersIn = `SELECT m.thread_id, m.header_id FROM messages m WHERE m.workspace_id = ? AND m.thread_id IN `
	// A first mail that is on the wire counts: it is not in mails yet.
	sqlActiveIn = `SELECT DISTINCT e.account_id, e.person_id FROM enrollments e WHERE e.workspace_id = ? AND e.account_id <> 0 AND e.state IN ('active','waiting_human','waiting_them') AND ` + written + ` AND e.account_id IN `
)

// written says that a mail of the enrollment e went out, or is on its way.
const written = `(e.mails > 0 OR EXISTS (SELECT 1 FROM mailings m WHERE m.workspace_id = e.workspace_id AND m.enrollment_id = e.id AND m.enrollment_id <> 0 AND m.state || '' = 'sending'))`

// ThreadsByID gives those of ids that exist.
func (s *Store) ThreadsByID(ctx context.Context, ws sales.ID, ids []sales.ID) (map[sales.ID]sales.Thread, error) {
	return byID(ctx, s.DB, scanThread, func(t sales.Thread) sales.ID { return t.ID }, sqlThreadsIn, ws, ids)
}

// pair is two values of a row.
type pair[B any] struct {
	a sales.ID
	b B
}

func scanPair[B any](r db.Scanner) (pair[B], error) {
	var p pair[B]
	err := r.Scan(&p.a, &p.b)
	return p, err
}

// HeadersIn gives the Message-IDs of threads, the oldest first.
func (s *Store) HeadersIn(ctx context.Context, ws sales.ID, threads []sales.ID) (map[sales.ID][]string, error) {
	out := map[sales.ID][]string{}
	for _, part := range chunks(distinct(threads), 500) {
		list, err := db.All(ctx, s.DB, scanPair[string], sqlHeadersIn+db.In(len(part))+` ORDER BY m.thread_id, m.id`, args([]any{ws}, part)...)
		if err != nil {
			return nil, err
		}
		for _, x := range list {
			out[x.a] = append(out[x.a], x.b)
		}
	}
	return out, nil
}

// ActiveAtAccounts gives, by account, the people who are being written to.
func (s *Store) ActiveAtAccounts(ctx context.Context, ws sales.ID, accounts []sales.ID) (map[sales.ID][]sales.ID, error) {
	return activeAt(ctx, s.DB, ws, distinct(accounts))
}

const sqlAccountsLock = `SELECT id FROM accounts WHERE workspace_id = ? AND id IN `

// LockActive is ActiveAtAccounts, and makes other transactions wait that ask it
// about the same accounts, until this one ends: of two that want the last place
// at an account, the second sees that the first took it.
func (tx *Tx) LockActive(ctx context.Context, ws sales.ID, accounts []sales.ID) (map[sales.ID][]sales.ID, error) {
	accounts = distinct(accounts)
	if tx.Dialect() == db.Postgres { // SQLite has one writer
		slices.Sort(accounts) // in one order everywhere, so that two never wait in a circle
		for _, part := range chunks(accounts, 500) {
			if _, err := db.All(ctx, tx, db.Value[sales.ID], sqlAccountsLock+db.In(len(part))+` ORDER BY id FOR NO KEY UPDATE`, args([]any{ws}, part)...); err != nil {
				return nil, err
			}
		}
	}
	return activeAt(ctx, tx, ws, accounts)
}

func activeAt(ctx context.Context, q db.Querier, ws sales.ID, accounts []sales.ID) (map[sales.ID][]sales.ID, error) {
	out := map[sales.ID][]sales.ID{}
	for _, part := range chunks(accounts, 500) {
		list, err := db.All(ctx, q, scanPair[sales.ID], sqlActiveIn+db.In(len(part)), args([]any{ws}, part)...)
		if err != nil {
			return nil, err
		}
		for _, x := range list {
			out[x.a] = append(out[x.a], x.b)
		}
	}
	return out, nil
}

package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const endpointCols = `workspace_id, url, model, key_sealed, unclear, briefs, on_since, problem, wait_until, changed_at, changed_by`

const askCols = `a.workspace_id, a.message_id, a.person_id, a.at, a.state, a.tries, a.free_at, a.host, a.model, a.sent, a.requests, a.bytes_out, a.bytes_in, a.took_us, a.answer, a.intent, a.quote, a.why, a.about`

const (
	sqlEndpointSave = `INSERT INTO model_endpoints (` + endpointCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (workspace_id) DO UPDATE SET url = excluded.url, model = excluded.model, key_sealed = excluded.key_sealed, unclear = excluded.unclear, briefs = excluded.briefs,
  on_since = excluded.on_since, problem = excluded.problem, wait_until = excluded.wait_until, changed_at = excluded.changed_at, changed_by = excluded.changed_by`
	sqlEndpointGet     = `SELECT ` + endpointCols + ` FROM model_endpoints WHERE workspace_id = ?`
	sqlEndpointReady   = `SELECT on_since FROM model_endpoints WHERE workspace_id = ? AND on_since > 0 AND unclear = 1 AND wait_until <= ?`
	sqlEndpointTrouble = `UPDATE model_endpoints SET problem = ?, wait_until = ? WHERE workspace_id = ? AND changed_at = ? AND (problem <> ? OR wait_until <> ?)`

	// An unclear reply is asked about while its handoff is open and nobody has put
	// it off.
	sqlUnclearDue = `SELECT ` + messageCols + ` FROM messages m WHERE m.workspace_id = ? AND m.kind = 'reply' AND m.intent = 'unclear' AND m.seen_at >= ? AND m.direction = 'in'
  AND NOT EXISTS (SELECT 1 FROM model_asks a WHERE a.workspace_id = m.workspace_id AND a.message_id = m.id AND NOT (a.state IN ('asking', 'later') AND a.free_at <= ?))
  AND EXISTS (SELECT 1 FROM tasks t WHERE t.workspace_id = m.workspace_id AND t.person_id = m.person_id AND t.state = 'open' AND t.kind = 'answer' AND t.message_id = m.id AND t.snoozed_until = 0)
  ORDER BY m.seen_at DESC, m.id DESC LIMIT ?`
	sqlAskClaim = `INSERT INTO model_asks (workspace_id, message_id, person_id, at, state, tries, free_at, host, model, sent, about) VALUES (?, ?, ?, ?, 'asking', 1, ?, ?, ?, ?, ?)
  ON CONFLICT (workspace_id, message_id) DO UPDATE SET at = excluded.at, state = 'asking', tries = model_asks.tries + 1, free_at = excluded.free_at, host = excluded.host, model = excluded.model, sent = excluded.sent
  WHERE model_asks.state IN ('asking', 'later') AND model_asks.free_at <= ? RETURNING tries`
	sqlAskEnd = `UPDATE model_asks SET state = ?, free_at = ?, sent = ?, requests = requests + ?, bytes_out = bytes_out + ?, bytes_in = bytes_in + ?, took_us = ?, answer = ?, intent = ?, quote = ?, why = ?
  WHERE workspace_id = ? AND message_id = ? AND state = 'asking' AND tries = ?`
	sqlAskGet  = `SELECT ` + askCols + ` FROM model_asks a WHERE a.workspace_id = ? AND a.message_id = ?`
	sqlAskLog  = `SELECT ` + askCols + ` FROM model_asks a WHERE a.workspace_id = ? AND a.at <= ? AND (a.at < ? OR a.message_id < ?) ORDER BY a.at DESC, a.message_id DESC LIMIT ?`
	sqlAskDrop = `DELETE FROM model_asks WHERE workspace_id = ? AND at < ?`

	sqlUnclearRecent = `SELECT ` + messageCols + ` FROM messages m JOIN people p ON p.workspace_id = m.workspace_id AND p.id = m.person_id
  WHERE m.workspace_id = ? AND m.kind = 'reply' AND m.intent = 'unclear' AND m.seen_at >= ? AND m.direction = 'in' AND ` + seeOwner + ` ORDER BY m.seen_at DESC, m.id DESC LIMIT ?`
	sqlTaskRaise = `UPDATE tasks SET title = ?, due_at = CASE WHEN due_at = 0 OR due_at > ? THEN ? ELSE due_at END WHERE workspace_id = ? AND id = ? AND state || '' = 'open'`
)

func (s *Store) scanEndpoint(r db.Scanner) (sales.ModelEndpoint, error) {
	var e sales.ModelEndpoint
	var key []byte
	err := r.Scan(&e.WorkspaceID, &e.URL, &e.Model, &key, &e.Unclear, &e.Briefs, db.ScanTime(&e.OnSince), &e.Problem, db.ScanTime(&e.WaitUntil), db.ScanTime(&e.ChangedAt), &e.ChangedBy)
	if err != nil {
		return e, err
	}
	if e.Key, err = s.Keys.Open(key); err != nil {
		// Without its key it is not asked: it would only refuse.
		e.OnSince, e.Problem = time.Time{}, "The key of the endpoint cannot be read with this secret key. Enter it again."
	}
	return e, nil
}

// ModelEndpoint gives the language model of a workspace, with its key; a zero one
// when none was set.
func (s *Store) ModelEndpoint(ctx context.Context, ws sales.ID) (sales.ModelEndpoint, error) {
	return s.endpoint(ctx, s.DB, ws)
}

// ModelEndpoint gives the language model as the transaction sees it.
func (tx *Tx) ModelEndpoint(ctx context.Context, ws sales.ID) (sales.ModelEndpoint, error) {
	return tx.s.endpoint(ctx, tx, ws)
}

func (s *Store) endpoint(ctx context.Context, q db.Querier, ws sales.ID) (sales.ModelEndpoint, error) {
	list, err := db.All(ctx, q, s.scanEndpoint, sqlEndpointGet, ws)
	if err != nil || len(list) == 0 {
		return sales.ModelEndpoint{WorkspaceID: ws}, err
	}
	return list[0], nil
}

// SaveModelEndpoint writes the language model of a workspace; the key is sealed.
func (tx *Tx) SaveModelEndpoint(ctx context.Context, e sales.ModelEndpoint) error {
	_, err := tx.Exec(ctx, sqlEndpointSave, e.WorkspaceID, e.URL, e.Model, tx.s.Keys.Seal(e.Key), flag(e.Unclear), flag(e.Briefs), e.OnSince, e.Problem, e.WaitUntil, e.ChangedAt, e.ChangedBy)
	return err
}

// SetModelTrouble keeps what is wrong with an endpoint and until when it is left
// alone; "" and zero when nothing is. It does nothing when the endpoint was changed
// since e was read.
func (s *Store) SetModelTrouble(ctx context.Context, e sales.ModelEndpoint, problem string, until time.Time) error {
	_, err := s.DB.Exec(ctx, sqlEndpointTrouble, problem, until, e.WorkspaceID, e.ChangedAt, problem, until)
	return err
}

// UnclearDue gives replies to ask a model about, the newest first: unclear ones,
// read at since or later and after the model was switched on, whose handoff is
// open. None when the model is off or waits; wall is the time of the machine.
func (s *Store) UnclearDue(ctx context.Context, ws sales.ID, since, wall time.Time, limit int) ([]sales.Message, error) {
	on, err := db.All(ctx, s.DB, func(r db.Scanner) (at time.Time, err error) {
		err = r.Scan(db.ScanTime(&at))
		return at, err
	}, sqlEndpointReady, ws, wall)
	if err != nil || len(on) == 0 {
		return nil, err
	}
	if on[0].After(since) {
		since = on[0]
	}
	return db.All(ctx, s.DB, scanMessage, sqlUnclearDue, ws, since, wall, limit)
}

// ClaimAsk writes down that a message is about to be asked about, and gives the
// number of the try: 0 when another is asking, or it was answered. The claim ends
// at a.FreeAt, in case that this node dies; wall is the time of the machine.
func (tx *Tx) ClaimAsk(ctx context.Context, a sales.ModelAsk, wall time.Time) (int, error) {
	list, err := db.All(ctx, tx, db.Value[int], sqlAskClaim, a.WorkspaceID, a.MessageID, a.PersonID, a.At, a.FreeAt, a.Host, a.Model, a.Sent, a.About, wall)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	return list[0], nil
}

// EndAsk writes what became of try a.Tries of a question; false when another has
// taken over since. Bytes and requests are added to those of earlier tries.
func (tx *Tx) EndAsk(ctx context.Context, a sales.ModelAsk) (bool, error) {
	n, err := tx.Exec(ctx, sqlAskEnd, a.State, a.FreeAt, a.Sent, a.Requests, a.Out, a.In, a.Took.Microseconds(), a.Answer, a.Intent, a.Quote, a.Why, a.WorkspaceID, a.MessageID, a.Tries)
	return n > 0, err
}

func scanAsk(r db.Scanner) (sales.ModelAsk, error) {
	var a sales.ModelAsk
	var took int64
	err := r.Scan(&a.WorkspaceID, &a.MessageID, &a.PersonID, db.ScanTime(&a.At), &a.State, &a.Tries, db.ScanTime(&a.FreeAt), &a.Host, &a.Model, &a.Sent, &a.Requests, &a.Out, &a.In,
		&took, &a.Answer, &a.Intent, &a.Quote, &a.Why, &a.About)
	a.Took = time.Duration(took) * time.Microsecond
	return a, err
}

// Ask gives what was asked about a message.
func (s *Store) Ask(ctx context.Context, ws, message sales.ID) (sales.ModelAsk, error) {
	a, err := db.One(ctx, s.DB, scanAsk, sqlAskGet, ws, message)
	return found(a, err, "question")
}

// AskLog gives what was asked, the newest first, and the After of the next page.
// It is for owners: it shows what people of every seller wrote.
func (s *Store) AskLog(ctx context.Context, ws sales.ID, page Page) ([]sales.ModelAsk, string, error) {
	at, id := splitAfter(page.After)
	n := page.limit()
	list, err := db.All(ctx, s.DB, scanAsk, sqlAskLog, ws, at, at, id, n+1)
	if err != nil || len(list) <= n {
		return list, "", err
	}
	last := list[n-1]
	return list[:n], joinAfter(last.At, last.MessageID), nil
}

// ForgetAsks drops the log of what was asked before a moment.
func (s *Store) ForgetAsks(ctx context.Context, ws sales.ID, before time.Time) error {
	_, err := s.DB.Exec(ctx, sqlAskDrop, ws, before)
	return err
}

// RecentUnclear gives the newest replies of people that the viewer may see which
// are unclear and were read at since or later.
func (s *Store) RecentUnclear(ctx context.Context, v sales.Viewer, since time.Time, limit int) ([]sales.Message, error) {
	return db.All(ctx, s.DB, scanMessage, sqlUnclearRecent, v.WorkspaceID, since, v.OwnerScope(), v.OwnerScope(), limit)
}

// RaiseTask gives an open task another title, and brings its goal forward to due.
func (tx *Tx) RaiseTask(ctx context.Context, ws, id sales.ID, title string, due time.Time) error {
	_, err := tx.Exec(ctx, sqlTaskRaise, title, due, due, ws, id)
	return err
}

package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const (
	researchCols = `r.workspace_id, r.account_id, r.state, r.user_id, r.asked_at, r.ended_at, r.free_at, r.tries, r.says, r.pages`
	factCols     = `workspace_id, id, account_id, kind, value, source, url, at`
)

const (
	sqlResearchAsk = `INSERT INTO researches (workspace_id, account_id, state, user_id, asked_at, pages) VALUES (?, ?, 'asked', ?, ?, ?)
  ON CONFLICT (workspace_id, account_id) DO UPDATE SET state = 'asked', user_id = excluded.user_id, asked_at = excluded.asked_at, free_at = 0, tries = 0
  WHERE researches.state <> 'asked' AND (researches.ended_at < ? OR researches.state = 'failed' AND researches.ended_at < ?)`
	sqlResearchGet   = `SELECT ` + researchCols + ` FROM researches r WHERE r.workspace_id = ? AND r.account_id = ?`
	sqlResearchWaits = `SELECT ` + researchCols + ` FROM researches r WHERE r.workspace_id = ? AND r.state = 'asked' AND r.free_at <= ? ORDER BY r.free_at, r.account_id LIMIT ?`
	sqlResearchClaim = `UPDATE researches SET free_at = ?, tries = tries + 1 WHERE workspace_id = ? AND account_id = ? AND state = 'asked' AND free_at <= ? RETURNING tries`
	sqlResearchEnd   = `UPDATE researches SET state = ?, ended_at = ?, free_at = 0, says = ?, pages = ? WHERE workspace_id = ? AND account_id = ? AND state = 'asked' AND tries = ?`
	sqlFactInsert    = `INSERT INTO facts (` + factCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	sqlFactsOf       = `SELECT ` + factCols + ` FROM facts WHERE workspace_id = ? AND account_id = ? ORDER BY id LIMIT ?`
	sqlFactsDrop     = `DELETE FROM facts WHERE workspace_id = ? AND account_id = ? AND source IN ('site', 'mx')`
	sqlNewsDrop      = `DELETE FROM facts WHERE workspace_id = ? AND account_id = ? AND source = 'feed' AND id NOT IN (SELECT id FROM facts WHERE workspace_id = ? AND account_id = ? AND source = 'feed' ORDER BY at DESC, id DESC LIMIT ?)`

	// Whoever became a handoff and has no brief that is as new.
	sqlToPrepare = `SELECT ` + taskCols + ` FROM tasks t WHERE t.workspace_id = ? AND t.kind = 'answer' AND t.state = 'open' AND t.created_at >= ?
  AND NOT EXISTS (SELECT 1 FROM briefs b WHERE b.workspace_id = t.workspace_id AND b.person_id = t.person_id AND b.made_at >= t.created_at) ORDER BY t.created_at LIMIT ?`

	dossierBriefCols = `workspace_id, person_id, made_at, up_to, model, refused, sentences, rests_on`
	sqlBriefSave     = `INSERT INTO briefs (` + dossierBriefCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (workspace_id, person_id) DO UPDATE SET made_at = excluded.made_at, up_to = excluded.up_to, model = excluded.model, refused = excluded.refused, sentences = excluded.sentences, rests_on = excluded.rests_on
  WHERE briefs.made_at <= excluded.made_at`
	sqlBriefGet = `SELECT ` + dossierBriefCols + ` FROM briefs WHERE workspace_id = ? AND person_id = ?`
)

// Facts and news of one account that are kept.
const (
	maxFacts = 300
	maxNews  = 20
)

func scanResearch(r db.Scanner) (sales.Research, error) {
	var x sales.Research
	err := r.Scan(&x.WorkspaceID, &x.AccountID, &x.State, &x.UserID, db.ScanTime(&x.AskedAt), db.ScanTime(&x.EndedAt), db.ScanTime(&x.FreeAt), &x.Tries, &x.Says, db.ScanJSON(&x.Pages))
	return x, err
}

func scanFact(r db.Scanner) (sales.Fact, error) {
	var f sales.Fact
	err := r.Scan(&f.WorkspaceID, &f.ID, &f.AccountID, &f.Kind, &f.Value, &f.Source, &f.URL, db.ScanTime(&f.At))
	return f, err
}

// AskResearch lets an account be researched, unless that waits already or ended at
// before or later; one that failed is tried again when it ended before failed. False:
// nothing changed.
func (tx *Tx) AskResearch(ctx context.Context, r sales.Research, before, failed time.Time) (bool, error) {
	n, err := tx.Exec(ctx, sqlResearchAsk, r.WorkspaceID, r.AccountID, r.UserID, r.AskedAt, db.JSON([]sales.PageVisit{}), before, failed)
	return n > 0, err
}

// ResearchOf gives what was done about an account; the zero Research is nothing.
func (s *Store) ResearchOf(ctx context.Context, ws, account sales.ID) (sales.Research, error) {
	list, err := db.All(ctx, s.DB, scanResearch, sqlResearchGet, ws, account)
	if err != nil || len(list) == 0 {
		return sales.Research{}, err
	}
	return list[0], nil
}

// ResearchWaiting gives accounts that wait to be researched; wall is the time of the
// machine.
func (s *Store) ResearchWaiting(ctx context.Context, ws sales.ID, wall time.Time, limit int) ([]sales.Research, error) {
	return db.All(ctx, s.DB, scanResearch, sqlResearchWaits, ws, wall, limit)
}

// ClaimResearch takes an account up until a time of the machine, and gives the number
// of the try: 0 when another did.
func (tx *Tx) ClaimResearch(ctx context.Context, ws, account sales.ID, until, wall time.Time) (int, error) {
	list, err := db.All(ctx, tx, db.Value[int], sqlResearchClaim, until, ws, account, wall)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	return list[0], nil
}

// EndResearch writes what came of try r.Tries; false when another has taken over. When
// it is done the facts of the site take the place of those of before.
func (tx *Tx) EndResearch(ctx context.Context, r sales.Research, facts []sales.Fact) (bool, error) {
	if r.Pages == nil {
		r.Pages = []sales.PageVisit{}
	}
	n, err := tx.Exec(ctx, sqlResearchEnd, r.State, r.EndedAt, r.Says, db.JSON(r.Pages), r.WorkspaceID, r.AccountID, r.Tries)
	if err != nil || n == 0 || r.State != sales.ResearchDone {
		return n > 0, err
	}
	if _, err := tx.Exec(ctx, sqlFactsDrop, r.WorkspaceID, r.AccountID); err != nil {
		return false, err
	}
	for _, f := range facts[:min(len(facts), maxFacts/2)] {
		f.WorkspaceID, f.AccountID = r.WorkspaceID, r.AccountID
		if err := tx.insertFact(ctx, f); err != nil {
			return false, err
		}
	}
	return true, nil
}

func (tx *Tx) insertFact(ctx context.Context, f sales.Fact) error {
	_, err := tx.Exec(ctx, sqlFactInsert, f.WorkspaceID, tx.NewID(), f.AccountID, f.Kind, f.Value, f.Source, f.URL, f.At)
	return err
}

// FactsOf gives what is known of an account, in the order in which it was read.
func (s *Store) FactsOf(ctx context.Context, ws, account sales.ID) ([]sales.Fact, error) {
	if account == 0 {
		return nil, nil
	}
	return db.All(ctx, s.DB, scanFact, sqlFactsOf, ws, account, maxFacts)
}

// AddNews keeps news about an account, once by their address, and the newest of them.
// It gives how many were new.
func (tx *Tx) AddNews(ctx context.Context, ws, account sales.ID, news []sales.Fact) (int, error) {
	have, err := db.All(ctx, tx, scanFact, sqlFactsOf, ws, account, maxFacts)
	if err != nil {
		return 0, err
	}
	known := map[string]bool{}
	for _, f := range have {
		if f.Source == sales.FromFeed {
			known[f.URL+"\n"+f.Value] = true
		}
	}
	n := 0
	for _, f := range news {
		f.WorkspaceID, f.AccountID, f.Kind, f.Source = ws, account, sales.FactNews, sales.FromFeed
		if known[f.URL+"\n"+f.Value] {
			continue
		}
		known[f.URL+"\n"+f.Value] = true
		if err := tx.insertFact(ctx, f); err != nil {
			return n, err
		}
		n++
	}
	if n > 0 {
		_, err = tx.Exec(ctx, sqlNewsDrop, ws, account, ws, account, maxNews)
	}
	return n, err
}

// ToPrepare gives open handoffs since a moment, the oldest first, whose brief is missing
// or older.
func (s *Store) ToPrepare(ctx context.Context, ws sales.ID, since time.Time, limit int) ([]sales.Task, error) {
	return db.All(ctx, s.DB, scanTask, sqlToPrepare, ws, since, limit)
}

// SaveBrief keeps the brief of a person, unless a newer one is there.
func (tx *Tx) SaveBrief(ctx context.Context, b sales.Brief) error {
	_, err := tx.Exec(ctx, sqlBriefSave, b.WorkspaceID, b.PersonID, b.MadeAt, b.UpTo, b.Model, b.Refused, db.JSON(b.Sentences), db.JSON(b.Lines))
	return err
}

// BriefOf gives the brief of a person; the zero Brief is none.
func (s *Store) BriefOf(ctx context.Context, ws, person sales.ID) (sales.Brief, error) {
	list, err := db.All(ctx, s.DB, func(r db.Scanner) (sales.Brief, error) {
		var b sales.Brief
		err := r.Scan(&b.WorkspaceID, &b.PersonID, db.ScanTime(&b.MadeAt), &b.UpTo, &b.Model, &b.Refused, db.ScanJSON(&b.Sentences), db.ScanJSON(&b.Lines))
		return b, err
	}, sqlBriefGet, ws, person)
	if err != nil || len(list) == 0 {
		return sales.Brief{}, err
	}
	return list[0], nil
}

package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const chaseCols = `c.workspace_id, c.id, c.person_id, c.user_id, c.at, c.channel, c.reason, c.mailing_id, c.rest_until`

// answeredChase asks whether the person of chase c moved within a week of it.
const answeredChase = `EXISTS (SELECT 1 FROM moves m WHERE m.workspace_id = c.workspace_id AND m.person_id = c.person_id AND m.actor = 'buyer' AND m.kind IN ('reply', 'question', 'interest', 'referral', 'not_now', 'meeting', 'talk', 'invited', 'plan_done') AND m.at > c.at AND m.at <= c.at + 604800000000)`

const (
	sqlChaseInsert  = `INSERT INTO chases (workspace_id, id, person_id, user_id, at, channel, reason, mailing_id, rest_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlChasesPerson = `SELECT ` + chaseCols + `, CASE WHEN ` + answeredChase + ` THEN 1 ELSE 0 END FROM chases c WHERE c.workspace_id = ? AND c.person_id = ? ORDER BY c.at DESC, c.id DESC LIMIT 50`
	sqlChaseMailing = `SELECT ` + chaseCols + ` FROM chases c WHERE c.workspace_id = ? AND c.mailing_id = ? AND c.mailing_id <> 0`
	sqlChaseDrop    = `DELETE FROM chases WHERE workspace_id = ? AND mailing_id = ? AND mailing_id <> 0`
	sqlChasesAll    = `SELECT count(*), coalesce(sum(x.yes), 0) FROM (SELECT CASE WHEN ` + answeredChase + ` THEN 1 ELSE 0 END AS yes FROM chases c WHERE c.workspace_id = ? AND c.at <= ? ORDER BY c.at DESC LIMIT 1000) x`
)

func chaseDest(c *sales.Chase) []any {
	return []any{&c.WorkspaceID, &c.ID, &c.PersonID, &c.UserID, db.ScanTime(&c.At), &c.Channel, &c.Reason, &c.MailingID, db.ScanTime(&c.RestUntil)}
}

// InsertChase keeps that somebody was chased, and why.
func (tx *Tx) InsertChase(ctx context.Context, c sales.Chase) error {
	_, err := tx.Exec(ctx, sqlChaseInsert, c.WorkspaceID, c.ID, c.PersonID, c.UserID, c.At, c.Channel, c.Reason, c.MailingID, c.RestUntil)
	return err
}

// DropChase forgets the chase by a mail that was taken back.
func (tx *Tx) DropChase(ctx context.Context, ws, mailing sales.ID) error {
	_, err := tx.Exec(ctx, sqlChaseDrop, ws, mailing)
	return err
}

// ChaseByMail gives the chase that a mail is; a NotFound error means that it is none.
func (tx *Tx) ChaseByMail(ctx context.Context, ws, mailing sales.ID) (sales.Chase, error) {
	c, err := db.One(ctx, tx, func(r db.Scanner) (sales.Chase, error) {
		var c sales.Chase
		err := r.Scan(chaseDest(&c)...)
		return c, err
	}, sqlChaseMailing, ws, mailing)
	return found(c, err, "mail")
}

// ChaseResult is a chase and whether the person moved within a week.
type ChaseResult struct {
	sales.Chase
	Answered bool
}

// ChasesOf gives the last 50 chases of a person, the newest first, to the machinery.
func (s *Store) ChasesOf(ctx context.Context, ws, person sales.ID) ([]ChaseResult, error) {
	return db.All(ctx, s.DB, func(r db.Scanner) (ChaseResult, error) {
		var x ChaseResult
		err := r.Scan(append(chaseDest(&x.Chase), &x.Answered)...)
		return x, err
	}, sqlChasesPerson, ws, person)
}

// ChasesDone counts the last 1,000 chases of a workspace that are a week old, and
// those after which the person moved within a week.
func (s *Store) ChasesDone(ctx context.Context, ws sales.ID, now time.Time) (n, answered int, err error) {
	_, err = db.One(ctx, s.DB, func(r db.Scanner) (int, error) { return 0, r.Scan(&n, &answered) }, sqlChasesAll, ws, now.Add(-7*24*time.Hour))
	return n, answered, err
}

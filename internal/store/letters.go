package store

import (
	"context"
	"strings"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const letterCols = `l.workspace_id, l.mailing_id, l.person_id, l.user_id, l.body, l.html, l.quote, l.to_addr, l.to_name, l.cc, l.files, l.later, l.unless_at, l.closed`

const (
	sqlLetterSave = `INSERT INTO letters (workspace_id, mailing_id, person_id, user_id, body, html, quote, to_addr, to_name, cc, files, later, unless_at, closed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (workspace_id, mailing_id) DO UPDATE SET user_id = excluded.user_id, body = excluded.body, html = excluded.html, quote = excluded.quote, to_addr = excluded.to_addr, to_name = excluded.to_name,
  cc = excluded.cc, files = excluded.files, later = excluded.later, unless_at = excluded.unless_at, closed = excluded.closed`
	sqlLettersIn = `SELECT ` + letterCols + ` FROM letters l WHERE l.workspace_id = ? AND l.mailing_id IN `
	// What was begun meanwhile in the same thread stays.
	letterDraft = ` INTO drafts (workspace_id, user_id, person_id, thread_id, subject, body, html, to_addr, cc, files, rev, at)
  SELECT l.workspace_id, l.user_id, l.person_id, CASE WHEN m.in_reply_to = '' THEN 0 ELSE m.thread_id END, m.subject, l.body, l.html, l.to_addr, l.cc, l.files, 1, CAST(? AS BIGINT) FROM letters l JOIN mailings m ON m.workspace_id = l.workspace_id AND m.id = l.mailing_id WHERE l.workspace_id = ? AND `
	sqlLetterDraft  = `INSERT` + letterDraft + `l.mailing_id = ? AND m.kind = 'manual' ON CONFLICT (workspace_id, user_id, person_id, thread_id) DO NOTHING`
	sqlLettersDraft = `INSERT` + letterDraft + `l.person_id = ? AND l.unless_at <> 0 AND m.state = 'queued' ON CONFLICT (workspace_id, user_id, person_id, thread_id) DO NOTHING`
	sqlMailingsStop = `UPDATE mailings SET state = 'canceled', last_error = ? WHERE workspace_id = ? AND person_id = ? AND state = 'queued' AND id IN (SELECT l.mailing_id FROM letters l WHERE l.workspace_id = ? AND l.person_id = ? AND l.unless_at <> 0)`
	sqlMailingHurry = `UPDATE mailings SET due_at = ?, hold_gate = '', hold_why = '' WHERE workspace_id = ? AND id = ? AND state || '' = 'queued' AND kind = 'manual'`
	sqlFilesLoose   = `DELETE FROM files WHERE workspace_id = ? AND private = 1 AND created_at < ?
  AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.workspace_id = files.workspace_id AND d.files <> '' AND ' ' || d.files || ' ' LIKE '% ' || files.id || ' %')
  AND NOT EXISTS (SELECT 1 FROM letters l JOIN mailings m ON m.workspace_id = l.workspace_id AND m.id = l.mailing_id WHERE l.workspace_id = files.workspace_id AND l.files <> '' AND m.state IN ('queued', 'draft', 'sending') AND ' ' || l.files || ' ' LIKE '% ' || files.id || ' %')`
)

// idList and idsOf write IDs as words of a text, and read them.
func idList(ids []sales.ID) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = id.String()
	}
	return strings.Join(words, " ")
}

func idsOf(s string) (out []sales.ID) {
	for w := range strings.FieldsSeq(s) {
		if id, err := sales.ParseID(w); err == nil {
			out = append(out, id)
		}
	}
	return out
}

func scanLetter(r db.Scanner) (sales.Letter, error) {
	var l sales.Letter
	var cc, files, closed string
	err := r.Scan(&l.WorkspaceID, &l.MailingID, &l.PersonID, &l.UserID, &l.Body, &l.HTML, &l.Quote, &l.To, &l.ToName, &cc, &files, &l.Later, db.ScanTime(&l.Unless), &closed)
	l.Cc, l.Files, l.Closed = strings.Fields(cc), idsOf(files), idsOf(closed)
	return l, err
}

// SaveLetter keeps what a person wrote in a mailing.
func (tx *Tx) SaveLetter(ctx context.Context, l sales.Letter) error {
	return tx.write(ctx, sqlLetterSave, l.WorkspaceID, l.MailingID, l.PersonID, l.UserID, l.Body, l.HTML, l.Quote, l.To, l.ToName, strings.Join(l.Cc, " "), idList(l.Files), l.Later, l.Unless, idList(l.Closed))
}

// Letters gives, of some mailings, those that a person wrote. q is a transaction,
// or the database.
func (s *Store) Letters(ctx context.Context, q db.Querier, ws sales.ID, mailings []sales.ID) (map[sales.ID]sales.Letter, error) {
	return byID(ctx, q, scanLetter, func(l sales.Letter) sales.ID { return l.MailingID }, sqlLettersIn, ws, mailings)
}

// StopLetters takes back every mail to a person that waits for its time and is to
// be stopped by what they write. Each is a draft again, unless something else was
// begun in its thread; why stays with the mailing.
func (tx *Tx) StopLetters(ctx context.Context, ws, person sales.ID, why string, now time.Time) error {
	if err := tx.write(ctx, sqlLettersDraft, now, ws, person); err != nil {
		return err
	}
	return tx.write(ctx, sqlMailingsStop, why, ws, person, ws, person)
}

// DraftAgain makes a mail that was taken back a draft again, unless something else
// was begun in its thread.
func (tx *Tx) DraftAgain(ctx context.Context, ws, mailing sales.ID, now time.Time) error {
	_, err := tx.Exec(ctx, sqlLetterDraft, now, ws, mailing)
	return err
}

// HurryMailing lets a mail written by hand that waits go now, and says whether it
// still waited.
func (tx *Tx) HurryMailing(ctx context.Context, ws, id sales.ID, now time.Time) (bool, error) {
	n, err := tx.Exec(ctx, sqlMailingHurry, now, ws, id)
	return n > 0, err
}

// DropLooseFiles removes private files from before a moment that no draft and no
// mail that may still go carries.
func (tx *Tx) DropLooseFiles(ctx context.Context, ws sales.ID, before time.Time) error {
	_, err := tx.Exec(ctx, sqlFilesLoose, ws, before)
	return err
}

package store

import (
	"context"
	"strings"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const mailingCols = `m.workspace_id, m.id, m.key, m.enrollment_id, m.step_id, m.person_id, m.mailbox_id, m.user_id, m.kind, m.state, m.recipient, m.subject, m.body, m.in_reply_to, m.refs, m.thread_id, m.variant_id, m.follow_up, m.due_at, m.header_id, m.raw_id, m.attempts, m.attempt_at, m.last_error, m.hold_gate, m.hold_why, m.sent_at, m.created_at`

const (
	// Where a row is named by its ID, its state is asked for as state || ''. Else
	// PostgreSQL may choose the index of all rows in that state: its figures are some
	// minutes old, and told of few when many have come since.

	// A mailing whose key is there already is put back into the queue only when it
	// was canceled, or refused for good and its cause mended meanwhile: one that is
	// on the wire, went out, or is unknown stays so. What an attempt had written is
	// written anew; what a person made of a draft stays.
	sqlMailingQueue = `INSERT INTO mailings (workspace_id, id, key, enrollment_id, step_id, person_id, mailbox_id, user_id, kind, state, recipient, subject, body, in_reply_to, refs, thread_id, variant_id, follow_up, due_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (workspace_id, key) DO UPDATE SET state = excluded.state, kind = excluded.kind, due_at = excluded.due_at, mailbox_id = excluded.mailbox_id, follow_up = excluded.follow_up,
  step_id = excluded.step_id, user_id = excluded.user_id, recipient = excluded.recipient, raw_id = 0,
  variant_id = CASE WHEN mailings.variant_id <> 0 THEN mailings.variant_id ELSE excluded.variant_id END, last_error = '', hold_gate = '', hold_why = '',
  subject = CASE WHEN excluded.body <> '' THEN excluded.subject WHEN mailings.raw_id <> 0 THEN '' ELSE mailings.subject END,
  body = CASE WHEN excluded.body <> '' THEN excluded.body WHEN mailings.raw_id <> 0 THEN '' ELSE mailings.body END
  WHERE mailings.state IN ('canceled', 'failed')`
	sqlMailingState = `SELECT state FROM mailings WHERE workspace_id = ? AND key = ?`
	// Whoever waits for a mail that is canceled here is woken to ask again; the
	// send gate then tells them why not.
	sqlMailingWake = `UPDATE enrollments SET awaiting = 0, next_at = ?, version = version + 1 WHERE workspace_id = ? AND state = 'active' AND awaiting = 1
  AND id IN (SELECT enrollment_id FROM mailings WHERE workspace_id = ? AND person_id = ? AND state = 'queued' AND kind <> 'manual')`
	sqlMailingRelease   = `UPDATE mailings SET state = 'queued', kind = 'approved', user_id = ?, due_at = ? WHERE workspace_id = ? AND key = ? AND state = 'draft'`
	sqlMailingEdit      = `UPDATE mailings SET subject = ?, body = ? WHERE workspace_id = ? AND id = ? AND state = 'draft'`
	sqlMailingCancel    = `UPDATE mailings SET state = 'canceled' WHERE workspace_id = ? AND enrollment_id = ? AND enrollment_id <> 0 AND state IN ('queued', 'draft')`
	sqlMailingCancelOne = `UPDATE mailings SET state = 'canceled' WHERE workspace_id = ? AND id = ? AND state IN ('queued', 'draft')`
	sqlMailingCancelPer = `UPDATE mailings SET state = 'canceled' WHERE workspace_id = ? AND person_id = ? AND state IN ('queued', 'draft') AND kind <> 'manual'`
	sqlMailingGet       = `SELECT ` + mailingCols + ` FROM mailings m WHERE m.workspace_id = ? AND m.id = ?`
	sqlMailingKey       = `SELECT ` + mailingCols + ` FROM mailings m WHERE m.workspace_id = ? AND m.key = ?`
	sqlMailingsDue      = `SELECT ` + mailingCols + ` FROM mailings m WHERE m.workspace_id = ? AND m.mailbox_id = ? AND m.state = 'queued' AND m.due_at <= ? ORDER BY m.follow_up DESC, m.due_at, m.id LIMIT ?`
	sqlMailingsOpen     = `SELECT ` + mailingCols + ` FROM mailings m WHERE m.workspace_id = ? AND m.mailbox_id = ? AND m.state = 'sending' ORDER BY m.id LIMIT ?`
	sqlMailingsUnknown  = `SELECT ` + mailingCols + ` FROM mailings m WHERE m.workspace_id = ? AND m.mailbox_id = ? AND m.state = 'unknown' ORDER BY m.id LIMIT ?`
	sqlMailingsHeader   = `SELECT ` + mailingCols + ` FROM mailings m WHERE m.workspace_id = ? AND m.header_id <> '' AND m.header_id IN `
	sqlMailingsOf       = `SELECT ` + mailingCols + ` FROM mailings m WHERE m.workspace_id = ? AND m.person_id = ? ORDER BY m.id DESC LIMIT 50`
	sqlMailingHold      = `UPDATE mailings SET hold_gate = ?, hold_why = ?, due_at = ? WHERE workspace_id = ? AND id = ? AND state || '' = 'queued'`
	sqlMailingHoldAll   = `UPDATE mailings SET hold_gate = ?, hold_why = ?, due_at = ? WHERE workspace_id = ? AND mailbox_id = ? AND state = 'queued' AND kind <> 'manual' AND due_at <= ?`
	sqlMailingHoldFor   = `UPDATE enrollments SET hold_gate = ?, hold_why = ?, hold_until = ? WHERE workspace_id = ? AND id IN (SELECT enrollment_id FROM mailings WHERE workspace_id = ? AND mailbox_id = ? AND state = 'queued' AND kind <> 'manual' AND due_at <= ?)`
	sqlMailingFree      = `UPDATE mailings SET due_at = ? WHERE workspace_id = ? AND mailbox_id = ? AND state = 'queued' AND hold_gate = 'limits' AND due_at > ?`
	sqlMailingsByHand   = `SELECT ` + mailingCols + ` FROM mailings m WHERE m.workspace_id = ? AND m.mailbox_id = ? AND m.state = 'queued' AND m.kind = 'manual' AND m.due_at <= ? ORDER BY m.due_at, m.id LIMIT ?`
	sqlMailingBegin     = `UPDATE mailings SET state = 'sending', header_id = ?, raw_id = ?, recipient = ?, subject = ?, body = ?, in_reply_to = ?, refs = ?, thread_id = ?, attempts = attempts + 1, attempt_at = ?, hold_gate = '', hold_why = '' WHERE workspace_id = ? AND id = ? AND state || '' = 'queued'`
	sqlMailingEnd       = `UPDATE mailings SET state = ?, last_error = ?, due_at = ?, sent_at = ?, hold_gate = ?, hold_why = ? WHERE workspace_id = ? AND id = ? AND (state || '' = 'sending' OR (state || '' = 'unknown' AND ? <> 'queued'))`
	// Of a mail that the server took, and that nobody settled meanwhile.
	sqlMailingTaken    = `UPDATE mailings SET state = 'sent', last_error = '', sent_at = ?, appended = ? WHERE workspace_id = ? AND id = ? AND state || '' = 'sending'`
	sqlMailingReturn   = `UPDATE mailings SET state = 'queued', attempts = attempts - 1 WHERE workspace_id = ? AND id = ? AND state || '' = 'sending'`
	sqlMailingAppended = `UPDATE mailings SET appended = 1 WHERE workspace_id = ? AND id IN `
	sqlMailingsAppend  = `SELECT ` + mailingCols + ` FROM mailings m WHERE m.workspace_id = ? AND m.mailbox_id = ? AND m.state = 'sent' AND m.appended = 0 ORDER BY m.id LIMIT ?`
	// What may have gone counts as gone, also when it is on the wire or a crash left
	// it there, and so does what another program sent.
	sqlSentSince = `SELECT (SELECT count(*) FROM mailings WHERE workspace_id = ? AND mailbox_id = ? AND state = 'sent' AND sent_at > ?)
  + (SELECT count(*) FROM mailings WHERE workspace_id = ? AND mailbox_id = ? AND state = 'unknown' AND attempt_at > ?)
  + (SELECT count(*) FROM mailings WHERE workspace_id = ? AND mailbox_id = ? AND state = 'sending' AND attempt_at > ?)
  + (SELECT count(*) FROM outside_mails WHERE workspace_id = ? AND mailbox_id = ? AND at > ?)`
	sqlSentTimes = `SELECT t FROM (
  SELECT sent_at AS t FROM mailings WHERE workspace_id = ? AND mailbox_id = ? AND state = 'sent' AND sent_at > ?
  UNION ALL SELECT attempt_at FROM mailings WHERE workspace_id = ? AND mailbox_id = ? AND state = 'unknown' AND attempt_at > ?
  UNION ALL SELECT attempt_at FROM mailings WHERE workspace_id = ? AND mailbox_id = ? AND state = 'sending' AND attempt_at > ?
  UNION ALL SELECT at FROM outside_mails WHERE workspace_id = ? AND mailbox_id = ? AND at > ?) x ORDER BY t LIMIT 20000`
	sqlSentFirst = `SELECT COALESCE(min(t), 0) FROM (
  SELECT min(sent_at) AS t FROM mailings WHERE workspace_id = ? AND mailbox_id = ? AND state = 'sent' AND sent_at > ?
  UNION ALL SELECT min(attempt_at) FROM mailings WHERE workspace_id = ? AND mailbox_id = ? AND state = 'unknown' AND attempt_at > ?
  UNION ALL SELECT min(attempt_at) FROM mailings WHERE workspace_id = ? AND mailbox_id = ? AND state = 'sending' AND attempt_at > ?
  UNION ALL SELECT min(at) FROM outside_mails WHERE workspace_id = ? AND mailbox_id = ? AND at > ?) x`
	sqlMailboxesDue = `SELECT b.workspace_id, b.id FROM mailboxes b WHERE b.workspace_id = ? AND (b.next_send_at <= ? AND (
  EXISTS (SELECT 1 FROM mailings m WHERE m.workspace_id = b.workspace_id AND m.mailbox_id = b.id AND m.state = 'queued' AND m.follow_up = 1 AND m.due_at <= ?) OR
  EXISTS (SELECT 1 FROM mailings m WHERE m.workspace_id = b.workspace_id AND m.mailbox_id = b.id AND m.state = 'queued' AND m.follow_up = 0 AND m.due_at <= ?)) OR
  EXISTS (SELECT 1 FROM mailings m WHERE m.workspace_id = b.workspace_id AND m.mailbox_id = b.id AND m.state = 'queued' AND m.kind = 'manual' AND m.due_at <= ?))`
	sqlMailboxesStuck  = `SELECT b.workspace_id, b.id FROM mailboxes b WHERE b.workspace_id = ? AND (b.lease_until <= ? OR b.lease_until > ?) AND EXISTS (SELECT 1 FROM mailings m WHERE m.workspace_id = b.workspace_id AND m.mailbox_id = b.id AND m.state = 'sending')`
	sqlMailboxesAppend = `SELECT b.workspace_id, b.id FROM mailboxes b WHERE b.workspace_id = ? AND EXISTS (SELECT 1 FROM mailings m WHERE m.workspace_id = b.workspace_id AND m.mailbox_id = b.id AND m.state = 'sent' AND m.appended = 0)`
	sqlNextMailing     = `SELECT due_at FROM mailings WHERE workspace_id = ? AND mailbox_id = ? AND state = 'queued' ORDER BY due_at LIMIT 1`
	sqlMailingStates   = `SELECT state, count(*) FROM mailings WHERE workspace_id = ? GROUP BY state`
	sqlAttemptInsert   = `INSERT INTO attempts (workspace_id, id, mailing_id, n, started_at, ended_at, outcome, code, enhanced, says) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, mailing_id, n) DO NOTHING`
	sqlAttempts        = `SELECT workspace_id, id, mailing_id, n, started_at, ended_at, outcome, code, enhanced, says FROM attempts WHERE workspace_id = ? AND mailing_id = ? ORDER BY n`
	sqlRawUpsert       = sqlRawInsert + ` ON CONFLICT (workspace_id, id) DO UPDATE SET bytes = excluded.bytes`
	sqlRawInsert       = `INSERT INTO raws (workspace_id, id, bytes) VALUES (?, ?, ?)`
	sqlRawGet          = `SELECT bytes FROM raws WHERE workspace_id = ? AND id = ?`
)

func scanMailing(r db.Scanner) (sales.Mailing, error) {
	var m sales.Mailing
	var refs string
	err := r.Scan(&m.WorkspaceID, &m.ID, &m.Key, &m.EnrollmentID, &m.StepID, &m.PersonID, &m.MailboxID, &m.UserID, &m.Kind, &m.State, &m.To,
		&m.Subject, &m.Body, &m.InReplyTo, &refs, &m.ThreadID, &m.VariantID, &m.FollowUp, db.ScanTime(&m.DueAt), &m.HeaderID, &m.RawID, &m.Attempts,
		db.ScanTime(&m.AttemptAt), &m.LastError, &m.HoldGate, &m.HoldWhy, db.ScanTime(&m.SentAt), db.ScanTime(&m.CreatedAt))
	m.References = strings.Fields(refs)
	return m, err
}

// QueueMailing puts a mailing into the outbox, or a draft beside it, under its
// key. It is put back when the same key was canceled or refused before, and left
// alone in any other case.
func (tx *Tx) QueueMailing(ctx context.Context, m sales.Mailing) error {
	_, err := tx.queueMailing(ctx, m)
	return err
}

// queueMailing is QueueMailing; went tells that the mail of this key is out, or
// may be, so that nothing will ever be heard of it again.
func (tx *Tx) queueMailing(ctx context.Context, m sales.Mailing) (went bool, err error) {
	a := []any{
		m.WorkspaceID, m.ID, m.Key, m.EnrollmentID, m.StepID, m.PersonID, m.MailboxID, m.UserID, m.Kind, m.State,
		m.To, m.Subject, m.Body, m.InReplyTo, strings.Join(m.References, " "), m.ThreadID, m.VariantID, flag(m.FollowUp), m.DueAt, m.CreatedAt,
	}
	if tx.gather {
		return false, tx.LaterOr(ctx, unchanged(), sqlMailingQueue, a...)
	}
	n, err := tx.Exec(ctx, sqlMailingQueue, a...)
	if err != nil || n > 0 {
		return false, err
	}
	state, err := db.One(ctx, tx, db.Value[sales.MailingState], sqlMailingState, m.WorkspaceID, m.Key)
	return state == sales.MailingSent || state == sales.MailingUnknown, err
}

// EditDraft writes what a person made of a draft; a Conflict error means that it
// is no draft any more.
func (tx *Tx) EditDraft(ctx context.Context, ws, id sales.ID, subject, body string) error {
	n, err := tx.Exec(ctx, sqlMailingEdit, subject, body, ws, id)
	if err == nil && n == 0 {
		return sales.Errorf(sales.Conflict, "This draft was sent or stopped meanwhile.")
	}
	return err
}

// CancelMailing stops one that has not gone, and says whether it did.
func (tx *Tx) CancelMailing(ctx context.Context, ws, id sales.ID) (bool, error) {
	n, err := tx.Exec(ctx, sqlMailingCancelOne, ws, id)
	return n > 0, err
}

// CancelSequenceMail stops everything of a person that has not gone and was not
// written by hand. Enrollments that wait for such a mail get a timer for now.
func (tx *Tx) CancelSequenceMail(ctx context.Context, ws, person sales.ID, now time.Time) error {
	if err := tx.write(ctx, sqlMailingWake, now, ws, ws, person); err != nil {
		return err
	}
	return tx.write(ctx, sqlMailingCancelPer, ws, person)
}

// Mailing gives a mailing.
func (s *Store) Mailing(ctx context.Context, ws, id sales.ID) (sales.Mailing, error) {
	m, err := db.One(ctx, s.DB, scanMailing, sqlMailingGet, ws, id)
	return found(m, err, "mail")
}

// Mailing gives a mailing as the transaction sees it.
func (tx *Tx) Mailing(ctx context.Context, ws, id sales.ID) (sales.Mailing, error) {
	if m, known := answer(tx.ahead, ws, mailingsOf, id); known {
		return m, nil
	}
	m, err := db.One(ctx, tx, scanMailing, sqlMailingGet, ws, id)
	return found(m, err, "mail")
}

// MailingByKey gives the mailing of an effect key.
func (s *Store) MailingByKey(ctx context.Context, ws sales.ID, key string) (sales.Mailing, error) {
	m, err := db.One(ctx, s.DB, scanMailing, sqlMailingKey, ws, key)
	return found(m, err, "mail")
}

// MailingByKey gives the mailing of an effect key as the transaction sees it.
func (tx *Tx) MailingByKey(ctx context.Context, ws sales.ID, key string) (sales.Mailing, error) {
	m, err := db.One(ctx, tx, scanMailing, sqlMailingKey, ws, key)
	return found(m, err, "mail")
}

// MailingsByHeader finds mailings by the Message-IDs under which they went.
func (tx *Tx) MailingsByHeader(ctx context.Context, ws sales.ID, ids []string) ([]sales.Mailing, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	if len(ids) > 200 {
		ids = ids[len(ids)-200:] // the newest of an absurd chain
	}
	if list, known := tx.ahead.byHeader(ws, ids); known {
		return list, nil
	}
	a := []any{ws}
	for _, id := range ids {
		a = append(a, id)
	}
	return db.All(ctx, tx, scanMailing, sqlMailingsHeader+db.In(len(ids))+` ORDER BY m.id`, a...)
}

// MailingsOf gives the newest 50 mailings to a person.
func (s *Store) MailingsOf(ctx context.Context, ws, person sales.ID) ([]sales.Mailing, error) {
	return db.All(ctx, s.DB, scanMailing, sqlMailingsOf, ws, person)
}

// DueMailings gives queued mailings of a mailbox, follow-ups first.
func (s *Store) DueMailings(ctx context.Context, ws, mailbox sales.ID, now time.Time, limit int) ([]sales.Mailing, error) {
	return db.All(ctx, s.DB, scanMailing, sqlMailingsDue, ws, mailbox, now, limit)
}

// DueByHand gives queued mailings of a mailbox that a person wrote; they count as
// follow-ups.
func (s *Store) DueByHand(ctx context.Context, ws, mailbox sales.ID, now time.Time, limit int) ([]sales.Mailing, error) {
	return db.All(ctx, s.DB, scanMailing, sqlMailingsByHand, ws, mailbox, now, limit)
}

// OpenAttempts gives mailings of a mailbox whose attempt has no result.
func (s *Store) OpenAttempts(ctx context.Context, ws, mailbox sales.ID, limit int) ([]sales.Mailing, error) {
	return db.All(ctx, s.DB, scanMailing, sqlMailingsOpen, ws, mailbox, limit)
}

// UnknownMailings gives mailings of which nobody knows whether they went.
func (s *Store) UnknownMailings(ctx context.Context, ws, mailbox sales.ID, limit int) ([]sales.Mailing, error) {
	return db.All(ctx, s.DB, scanMailing, sqlMailingsUnknown, ws, mailbox, limit)
}

// UnappendedMailings gives sent mailings that are not in the Sent folder yet.
func (s *Store) UnappendedMailings(ctx context.Context, ws, mailbox sales.ID, limit int) ([]sales.Mailing, error) {
	return db.All(ctx, s.DB, scanMailing, sqlMailingsAppend, ws, mailbox, limit)
}

// MarkAppended records that mailings are in the Sent folder.
func (s *Store) MarkAppended(ctx context.Context, ws sales.ID, ids []sales.ID) error {
	for _, part := range chunks(ids, 500) {
		if _, err := s.DB.Exec(ctx, sqlMailingAppended+db.In(len(part)), args([]any{ws}, part)...); err != nil {
			return err
		}
	}
	return nil
}

// HoldMailing keeps why a queued mailing has not gone and when to ask again.
func (tx *Tx) HoldMailing(ctx context.Context, m sales.Mailing, gate sales.Gate, why string, until time.Time) error {
	if _, err := tx.Exec(ctx, sqlMailingHold, gate, why, until, m.WorkspaceID, m.ID); err != nil {
		return err
	}
	if m.EnrollmentID == 0 {
		return nil
	}
	return tx.HoldEnrollment(ctx, m.WorkspaceID, m.EnrollmentID, gate, why, until)
}

// HoldMailbox holds everything that is due in a mailbox, but for what a person
// wrote, and says so on the enrollments that wait for it.
func (tx *Tx) HoldMailbox(ctx context.Context, ws, mailbox sales.ID, gate sales.Gate, why string, until, now time.Time) error {
	if _, err := tx.Exec(ctx, sqlMailingHoldFor, gate, why, until, ws, ws, mailbox, now); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, sqlMailingHoldAll, gate, why, until, ws, mailbox, now)
	return err
}

// ReleaseMailbox lets what the limits of a mailbox hold ask again now: it was
// resumed, or its limits changed.
func (tx *Tx) ReleaseMailbox(ctx context.Context, ws, mailbox sales.ID, now time.Time) error {
	_, err := tx.Exec(ctx, sqlMailingFree, now, ws, mailbox, now)
	return err
}

// BeginAttempt records, before DATA, that a mailing is about to go: its
// Message-ID, its bytes. False means that it may not: it was canceled or taken.
func (tx *Tx) BeginAttempt(ctx context.Context, m sales.Mailing, raw []byte, now time.Time) (bool, error) {
	begun, err := tx.BeginAttempts(ctx, []Beginning{{m, raw}}, now)
	return err == nil && begun[0], err
}

// ReturnMailing puts a mailing back into the queue whose attempt was recorded
// but surely not begun. False means that it was not on the wire.
func (tx *Tx) ReturnMailing(ctx context.Context, ws, id sales.ID) (bool, error) {
	n, err := tx.Exec(ctx, sqlMailingReturn, ws, id)
	return n > 0, err
}

// EndAttempt records the result: sent, failed, unknown, or queued again with a
// time. False means that the mailing was not on the wire, or that it is unknown
// and was to be queued again, which never happens.
func (tx *Tx) EndAttempt(ctx context.Context, m sales.Mailing, a sales.Attempt) (bool, error) {
	ended, err := tx.EndAttempts(ctx, []Ending{{m, a}})
	return err == nil && ended[0], err
}

// Attempts gives the attempt history of a mailing.
func (s *Store) Attempts(ctx context.Context, ws, mailing sales.ID) ([]sales.Attempt, error) {
	return db.All(ctx, s.DB, scanAttempt, sqlAttempts, ws, mailing)
}

// Attempts gives the attempts of a mailing as the transaction sees them.
func (tx *Tx) Attempts(ctx context.Context, ws, mailing sales.ID) ([]sales.Attempt, error) {
	return db.All(ctx, tx, scanAttempt, sqlAttempts, ws, mailing)
}

func scanAttempt(r db.Scanner) (sales.Attempt, error) {
	var a sales.Attempt
	err := r.Scan(&a.WorkspaceID, &a.ID, &a.MailingID, &a.N, db.ScanTime(&a.StartedAt), db.ScanTime(&a.EndedAt), &a.Outcome, &a.Code, &a.Enhanced, &a.Text)
	return a, err
}

// InsertRaw keeps the bytes of a message.
func (tx *Tx) InsertRaw(ctx context.Context, ws, id sales.ID, raw []byte) error {
	return tx.write(ctx, sqlRawInsert, ws, id, raw)
}

// Raw gives the bytes of a message.
func (s *Store) Raw(ctx context.Context, ws, id sales.ID) ([]byte, error) {
	b, err := db.One(ctx, s.DB, func(r db.Scanner) ([]byte, error) {
		var b []byte
		err := r.Scan(&b)
		return b, err
	}, sqlRawGet, ws, id)
	return found(b, err, "message")
}

const sqlMailingDraft = `SELECT ` + mailingCols + ` FROM mailings m WHERE m.workspace_id = ? AND m.enrollment_id = ? AND m.enrollment_id <> 0 AND m.step_id = ? AND m.state = 'draft'`

// DraftOf gives the draft of a step of an enrollment.
func (tx *Tx) DraftOf(ctx context.Context, ws, enrollment, step sales.ID) (sales.Mailing, error) {
	m, err := db.One(ctx, tx, scanMailing, sqlMailingDraft, ws, enrollment, step)
	return found(m, err, "draft")
}

// DraftOf gives the draft of a step of an enrollment.
func (s *Store) DraftOf(ctx context.Context, ws, enrollment, step sales.ID) (sales.Mailing, error) {
	m, err := db.One(ctx, s.DB, scanMailing, sqlMailingDraft, ws, enrollment, step)
	return found(m, err, "draft")
}

const sqlMailingsAfter = `SELECT ` + mailingCols + ` FROM mailings m WHERE m.workspace_id = ? AND m.id > ? ORDER BY m.id LIMIT ?`

// MailingsAfter gives mailings in the order of their IDs, for reports and exports.
func (s *Store) MailingsAfter(ctx context.Context, ws, after sales.ID, limit int) ([]sales.Mailing, error) {
	return db.All(ctx, s.DB, scanMailing, sqlMailingsAfter, ws, after, limit)
}

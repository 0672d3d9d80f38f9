package store

import (
	"context"
	"math"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const (
	sqlOutsideAdd    = `INSERT INTO outside_mails (workspace_id, mailbox_id, header_id, at, person_id) VALUES (?, ?, ?, ?, ?) ON CONFLICT (workspace_id, mailbox_id, header_id) DO NOTHING`
	sqlOutsideSince  = `SELECT count(*) FROM outside_mails WHERE workspace_id = ? AND mailbox_id = ? AND at > ?`
	sqlOutsideForget = `DELETE FROM outside_mails WHERE workspace_id = ? AND at < ?`

	// A mailing that was seen in the Sent folder before anybody knew that it went
	// is marked as filed, and is settled as sent by the runner.
	sqlMailingSeen   = `UPDATE mailings SET appended = 1 WHERE workspace_id = ? AND id = ? AND state IN ('sending', 'unknown') AND appended = 0`
	sqlMailingsSeen  = `SELECT ` + mailingCols + ` FROM mailings m WHERE m.workspace_id = ? AND m.mailbox_id = ? AND m.state = 'unknown' AND m.appended = 1 ORDER BY m.id LIMIT ?`
	sqlMailboxesSeen = `SELECT DISTINCT workspace_id, mailbox_id FROM mailings WHERE workspace_id = ? AND state = 'unknown' AND appended = 1`
	sqlMessageKept   = `SELECT ` + messageCols + ` FROM messages m WHERE m.workspace_id = ? AND m.mailbox_id = ? AND m.header_id = ?`
	sqlLastHeard     = `SELECT arrived_at, seen_at FROM messages WHERE workspace_id = ? AND person_id = CAST(? AS BIGINT) AND person_id <> 0 AND direction = 'in' AND kind IN ('reply', 'unsubscribe') ORDER BY arrived_at DESC LIMIT 1`
	sqlPersonOutAt   = `UPDATE people SET last_out_at = CASE WHEN ? > last_out_at THEN ? ELSE last_out_at END WHERE workspace_id = ? AND id = ?`
)

// AddOutside counts a mail that another program sent from a mailbox, once by its
// Message-ID, towards the caps of the mailbox; person is whom it was for, 0 when
// nobody here knows them. False means that it was counted before.
func (tx *Tx) AddOutside(ctx context.Context, ws, mailbox sales.ID, header string, at time.Time, person sales.ID) (bool, error) {
	n, err := tx.Exec(ctx, sqlOutsideAdd, ws, mailbox, header, at, person)
	return n > 0, err
}

// OutsideSince counts the mails that other programs sent from a mailbox after a moment.
func (s *Store) OutsideSince(ctx context.Context, ws, mailbox sales.ID, after time.Time) (int, error) {
	return db.One(ctx, s.DB, db.Value[int], sqlOutsideSince, ws, mailbox, after)
}

// ForgetOutside drops those before a moment, for which no cap asks any more.
func (s *Store) ForgetOutside(ctx context.Context, ws sales.ID, before time.Time) error {
	_, err := s.DB.Exec(ctx, sqlOutsideForget, ws, before)
	return err
}

// SeenInSent notes that a mailing is in the Sent folder, when its result is not
// known: it is on the wire, or nobody knows whether it went. Whichever is written
// first, this or that nobody knows, SeenUnknown finds the mailing.
func (tx *Tx) SeenInSent(ctx context.Context, ws, mailing sales.ID) (bool, error) {
	n, err := tx.Exec(ctx, sqlMailingSeen, ws, mailing)
	return n > 0, err
}

// SeenUnknown gives mailings that count as unknown and are in the Sent folder.
func (s *Store) SeenUnknown(ctx context.Context, ws, mailbox sales.ID, limit int) ([]sales.Mailing, error) {
	return db.All(ctx, s.DB, scanMailing, sqlMailingsSeen, ws, mailbox, limit)
}

// MailboxesWithSeen names the mailboxes that have such mailings.
func (s *Store) MailboxesWithSeen(ctx context.Context, ws sales.ID) ([]MailboxRef, error) {
	return db.All(ctx, s.DB, scanMailboxRef, sqlMailboxesSeen, ws)
}

// KeptMessage gives the message that a mailbox has under a Message-ID; false when
// there is none.
func (tx *Tx) KeptMessage(ctx context.Context, ws, mailbox sales.ID, header string) (sales.Message, bool, error) {
	list, err := db.All(ctx, tx, scanMessage, sqlMessageKept, ws, mailbox, header)
	if err != nil || len(list) == 0 {
		return sales.Message{}, false, err
	}
	return list[0], true, nil
}

// LastHeard is when the newest answer of a person reached the mailbox, and when
// it was read; both are zero when there is none.
func (tx *Tx) LastHeard(ctx context.Context, ws, person sales.ID) (arrived, read time.Time, err error) {
	type pair struct{ arrived, read time.Time }
	list, err := db.All(ctx, tx, func(r db.Scanner) (p pair, err error) {
		err = r.Scan(db.ScanTime(&p.arrived), db.ScanTime(&p.read))
		return p, err
	}, sqlLastHeard, ws, person)
	if err != nil || len(list) == 0 {
		return time.Time{}, time.Time{}, err
	}
	return list[0].arrived, list[0].read, nil
}

// AppendPast writes lines of the ledger about touches that the person has
// answered since: they were learned of late. They count like every line, and may
// be the last touch, but whose move it is stays as it is, and so does the number
// of touches since the answer.
func (tx *Tx) AppendPast(ctx context.Context, moves []sales.Move) error {
	for i := range moves {
		m := &moves[i]
		if m.ID == 0 {
			m.ID = tx.NewID()
		}
		milli := int64(math.Round(m.Minutes * 1000))
		if _, err := tx.Exec(ctx, sqlMoveInsert, m.WorkspaceID, m.ID, m.At, m.Actor, m.Kind, m.PersonID, m.AccountID, m.EnrollmentID, m.UserID,
			m.MessageID, m.TaskID, flag(m.Asks), milli, m.Text, m.DealID); err != nil {
			return err
		}
		countMove(tx.counts, *m, milli)
		if m.PersonID == 0 || !m.Kind.Touches() {
			continue
		}
		if _, err := tx.Exec(ctx, sqlPersonOutAt, m.At, m.At, m.WorkspaceID, m.PersonID); err != nil {
			return err
		}
	}
	return nil
}

package store

import (
	"context"
	"slices"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const mailboxCols = `workspace_id, id, user_id, address, name, signature, smtp, smtp_password, imap, imap_password, sent_folder, junk_folder, saves_sent, state, state_why, limits, ramp_from, next_send_at, read_at, created_at`

const (
	sqlMailboxInsert = `INSERT INTO mailboxes (` + mailboxCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlMailboxSave   = `UPDATE mailboxes SET user_id = ?, name = ?, signature = ?, smtp = ?, smtp_password = ?, imap = ?, imap_password = ?, sent_folder = ?, junk_folder = ?, saves_sent = ?, state = ?, state_why = ?, limits = ?, ramp_from = ? WHERE workspace_id = ? AND id = ?`
	sqlMailboxGet    = `SELECT ` + mailboxCols + ` FROM mailboxes WHERE workspace_id = ? AND id = ?`
	sqlMailboxAll    = `SELECT ` + mailboxCols + ` FROM mailboxes WHERE workspace_id = ? ORDER BY address`
	sqlMailboxState  = `UPDATE mailboxes SET state = ?, state_why = ? WHERE workspace_id = ? AND id = ? AND state <> ?`
	sqlMailboxNext   = `UPDATE mailboxes SET next_send_at = ? WHERE workspace_id = ? AND id = ?`
	sqlMailboxRest   = `UPDATE mailboxes SET next_send_at = ? WHERE workspace_id = ? AND id = ? AND next_send_at < ?`
	sqlMailboxRead   = `UPDATE mailboxes SET read_at = ? WHERE workspace_id = ? AND id = ? AND read_at < ?`
	sqlMailboxFolder = `UPDATE mailboxes SET sent_folder = ?, junk_folder = ? WHERE workspace_id = ? AND id = ?`
	sqlLeaseSend     = `UPDATE mailboxes SET lease_node = ?, lease_until = ? WHERE workspace_id = ? AND id = ? AND (lease_until <= ? OR lease_until > ? OR lease_node = ?)`
	sqlLeaseSendEnd  = `UPDATE mailboxes SET lease_until = 0 WHERE workspace_id = ? AND id = ? AND lease_node = ?`
	sqlLeaseWatch    = `UPDATE mailboxes SET watch_node = ?, watch_until = ? WHERE workspace_id = ? AND id = ? AND (watch_until <= ? OR watch_until > ? OR watch_node = ?)`
	sqlLeasesWatch   = `UPDATE mailboxes SET watch_until = ? WHERE watch_node = ? AND (workspace_id, id) IN (VALUES `
	sqlLeaseWatchEnd = `UPDATE mailboxes SET watch_until = 0 WHERE workspace_id = ? AND id = ? AND watch_node = ?`
	sqlCursorGet     = `SELECT uidvalidity, last_uid FROM cursors WHERE workspace_id = ? AND mailbox_id = ? AND folder = ?`
	sqlCursorSave    = `INSERT INTO cursors (workspace_id, mailbox_id, folder, uidvalidity, last_uid) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (workspace_id, mailbox_id, folder) DO UPDATE SET
  last_uid = CASE WHEN cursors.uidvalidity = excluded.uidvalidity AND cursors.last_uid > excluded.last_uid THEN cursors.last_uid ELSE excluded.last_uid END,
  uidvalidity = excluded.uidvalidity`
)

func (s *Store) scanMailbox(r db.Scanner) (sales.Mailbox, error) {
	m := sales.Mailbox{Limits: sales.DefaultLimits()}
	var smtp, imap []byte
	err := r.Scan(&m.WorkspaceID, &m.ID, &m.UserID, &m.Address, &m.Name, &m.Signature, db.ScanJSON(&m.SMTP), &smtp, db.ScanJSON(&m.IMAP), &imap,
		&m.SentFolder, &m.JunkFolder, &m.SavesSent, &m.State, &m.StateWhy, db.ScanJSON(&m.Limits), db.ScanTime(&m.RampFrom),
		db.ScanTime(&m.NextSendAt), db.ScanTime(&m.ReadAt), db.ScanTime(&m.CreatedAt))
	if err != nil {
		return m, err
	}
	if m.SMTP.Password, err = s.Keys.Open(smtp); err != nil {
		m.State, m.StateWhy = sales.MailboxBroken, sales.Explain(err)
	}
	if m.IMAP.Password, err = s.Keys.Open(imap); err != nil {
		m.State, m.StateWhy = sales.MailboxBroken, sales.Explain(err)
	}
	return m, nil
}

// InsertMailbox adds a mailbox; its passwords are sealed.
func (tx *Tx) InsertMailbox(ctx context.Context, m sales.Mailbox) error {
	k := tx.s.Keys
	_, err := tx.Exec(ctx, sqlMailboxInsert, m.WorkspaceID, m.ID, m.UserID, m.Address, m.Name, m.Signature, db.JSON(m.SMTP), k.Seal(m.SMTP.Password),
		db.JSON(m.IMAP), k.Seal(m.IMAP.Password), m.SentFolder, m.JunkFolder, flag(m.SavesSent), m.State, m.StateWhy, db.JSON(m.Limits), m.RampFrom, m.NextSendAt, m.ReadAt, m.CreatedAt)
	if db.IsUnique(err) {
		return sales.Errorf(sales.Conflict, "The mailbox %s is connected already.", m.Address)
	}
	return err
}

// SaveMailbox writes everything that people edit.
func (tx *Tx) SaveMailbox(ctx context.Context, m sales.Mailbox) error {
	k := tx.s.Keys
	_, err := tx.Exec(ctx, sqlMailboxSave, m.UserID, m.Name, m.Signature, db.JSON(m.SMTP), k.Seal(m.SMTP.Password), db.JSON(m.IMAP), k.Seal(m.IMAP.Password),
		m.SentFolder, m.JunkFolder, flag(m.SavesSent), m.State, m.StateWhy, db.JSON(m.Limits), m.RampFrom, m.WorkspaceID, m.ID)
	return err
}

// Mailbox gives a mailbox with its passwords.
func (s *Store) Mailbox(ctx context.Context, ws, id sales.ID) (sales.Mailbox, error) {
	m, err := db.One(ctx, s.DB, s.scanMailbox, sqlMailboxGet, ws, id)
	return found(m, err, "mailbox")
}

// Mailbox gives a mailbox as the transaction sees it.
func (tx *Tx) Mailbox(ctx context.Context, ws, id sales.ID) (sales.Mailbox, error) {
	m, err := db.One(ctx, tx, tx.s.scanMailbox, sqlMailboxGet, ws, id)
	return found(m, err, "mailbox")
}

// Mailboxes gives all mailboxes of a workspace by address.
func (s *Store) Mailboxes(ctx context.Context, ws sales.ID) ([]sales.Mailbox, error) {
	return db.All(ctx, s.DB, s.scanMailbox, sqlMailboxAll, ws)
}

// SetMailboxState pauses, breaks or heals a mailbox, and says whether that
// changed anything.
func (tx *Tx) SetMailboxState(ctx context.Context, ws, id sales.ID, state sales.MailboxState, why string) (bool, error) {
	n, err := tx.Exec(ctx, sqlMailboxState, state, why, ws, id, state)
	return n > 0, err
}

// SetNextSend sets the moment before which the mailbox sends nothing.
func (tx *Tx) SetNextSend(ctx context.Context, ws, id sales.ID, at time.Time) error {
	_, err := tx.Exec(ctx, sqlMailboxNext, at, ws, id)
	return err
}

// RestMailbox lets the mailbox send nothing before a moment; a longer pause stays.
func (tx *Tx) RestMailbox(ctx context.Context, ws, id sales.ID, until time.Time) error {
	_, err := tx.Exec(ctx, sqlMailboxRest, until, ws, id, until)
	return err
}

// SetMailboxRead keeps that the mailbox was read up to a moment.
func (s *Store) SetMailboxRead(ctx context.Context, ws, id sales.ID, at time.Time) error {
	_, err := s.DB.Exec(ctx, sqlMailboxRead, at, ws, id, at)
	return err
}

// SetMailboxFolders keeps the names of Sent and Junk as the server told them.
func (s *Store) SetMailboxFolders(ctx context.Context, ws, id sales.ID, sent, junk string) error {
	_, err := s.DB.Exec(ctx, sqlMailboxFolder, sent, junk, ws, id)
	return err
}

// Lease is the right of one node to work on a mailbox for a while. Its times
// are those of the wall clock, whatever clock the business runs on.
type Lease string

// The leases of a mailbox.
const (
	LeaseSend  Lease = "send"  // to send its outbox
	LeaseWatch Lease = "watch" // to read its folders
)

// leaseSkew is how much longer than a lease that one takes now another may run: a
// longer one was taken when the clock was wrong, and its node may be dead.
const leaseSkew = 5 * time.Minute

// TakeLease takes or renews a lease until a moment; false means that another
// node holds it.
func (s *Store) TakeLease(ctx context.Context, l Lease, ws, mailbox sales.ID, node string, now, until time.Time) (bool, error) {
	q := sqlLeaseSend
	if l == LeaseWatch {
		q = sqlLeaseWatch
	}
	n, err := s.DB.Exec(ctx, q, node, until, ws, mailbox, now, until.Add(leaseSkew), node)
	return n > 0, err
}

// renewMost is how many leases are renewed by one statement.
const renewMost = 500

// RenewLeases renews the watch leases that a node has on mailboxes until a moment,
// many by one statement, and gives those that it still had.
func (s *Store) RenewLeases(ctx context.Context, list []MailboxRef, node string, until time.Time) (map[sales.ID]bool, error) {
	out := map[sales.ID]bool{}
	for part := range slices.Chunk(list, renewMost) {
		part = slices.Clone(part)
		for len(part)&(len(part)-1) != 0 { // powers of two: few lengths are few statements to keep
			part = append(part, part[0])
		}
		q := sqlLeasesWatch
		a := []any{until, node}
		for i, ref := range part {
			if i > 0 {
				q += ", "
			}
			q += "(CAST(? AS BIGINT), CAST(? AS BIGINT))"
			a = append(a, ref.WorkspaceID, ref.MailboxID)
		}
		var ids []sales.ID
		err := s.InTx(ctx, func(tx *Tx) (err error) {
			ids, err = db.All(ctx, tx, db.Value[sales.ID], q+`) RETURNING id`, a...)
			return err
		})
		if err != nil {
			return out, err
		}
		for _, id := range ids {
			out[id] = true
		}
	}
	return out, nil
}

// EndLease gives a lease back.
func (s *Store) EndLease(ctx context.Context, l Lease, ws, mailbox sales.ID, node string) error {
	q := sqlLeaseSendEnd
	if l == LeaseWatch {
		q = sqlLeaseWatchEnd
	}
	_, err := s.DB.Exec(ctx, q, ws, mailbox, node)
	return err
}

// Cursor gives how far a folder was read; the zero Cursor is not at all.
func (s *Store) Cursor(ctx context.Context, ws, mailbox sales.ID, folder string) (sales.Cursor, error) {
	list, err := db.All(ctx, s.DB, func(r db.Scanner) (sales.Cursor, error) {
		var c sales.Cursor
		err := r.Scan(&c.UIDValidity, &c.LastUID)
		return c, err
	}, sqlCursorGet, ws, mailbox, folder)
	if err != nil || len(list) == 0 {
		return sales.Cursor{}, err
	}
	return list[0], nil
}

// SaveCursor moves a cursor; under one UIDVALIDITY it never goes back.
func (tx *Tx) SaveCursor(ctx context.Context, ws, mailbox sales.ID, folder string, c sales.Cursor) error {
	_, err := tx.Exec(ctx, sqlCursorSave, ws, mailbox, folder, int64(c.UIDValidity), int64(c.LastUID))
	return err
}

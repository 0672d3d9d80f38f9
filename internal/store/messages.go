package store

import (
	"context"
	"strings"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const messageCols = `m.workspace_id, m.id, m.mailbox_id, m.person_id, m.thread_id, m.mailing_id, m.direction, m.header_id, m.in_reply_to, m.refs, m.from_addr, m.from_name, m.to_addr, m.subject, m.date_at, m.arrived_at, m.seen_at, m.body, m.full_text, m.html, m.raw_id, m.folder, m.uid, m.verdict, m.matched`

// threadsShown is how many threads with a person are looked at.
const threadsShown = 50

const threadCols = `t.workspace_id, t.id, t.person_id, t.mailbox_id, t.subject, t.last_at, t.last_header`

const (
	sqlMessageInsert = `INSERT INTO messages (workspace_id, id, mailbox_id, person_id, thread_id, mailing_id, direction, header_id, in_reply_to, refs, from_addr, from_name, to_addr, subject, date_at, arrived_at, seen_at, body, full_text, html, raw_id, folder, uid, kind, intent, verdict, matched, lesson_id)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, mailbox_id, header_id) DO NOTHING`
	// Of a mail that went out: all else is as the table has it.
	sqlMessageSent = `INSERT INTO messages (workspace_id, id, mailbox_id, person_id, thread_id, mailing_id, direction, header_id, in_reply_to, refs, from_addr, from_name, to_addr, subject, date_at, arrived_at, seen_at, body, raw_id, folder, verdict)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, mailbox_id, header_id) DO NOTHING`
	sqlMessageGet     = `SELECT ` + messageCols + ` FROM messages m WHERE m.workspace_id = ? AND m.id = ?`
	sqlMessagesIn     = `SELECT ` + messageCols + ` FROM messages m WHERE m.workspace_id = ? AND m.id IN `
	sqlMessageHas     = `SELECT 1 FROM messages WHERE workspace_id = ? AND mailbox_id = ? AND header_id = ?`
	sqlMessageHeader  = `SELECT ` + briefCols + ` FROM messages m WHERE m.workspace_id = ? AND m.header_id IN `
	sqlMessagesThread = `SELECT ` + messageCols + ` FROM messages m WHERE m.workspace_id = ? AND m.thread_id = ? ORDER BY m.id LIMIT 200`
	sqlMessagesPerson = `SELECT ` + messageCols + ` FROM messages m WHERE m.workspace_id = ? AND m.person_id = CAST(? AS BIGINT) AND m.person_id <> 0 ORDER BY m.id DESC LIMIT ?`
	sqlMessageVerdict = `UPDATE messages SET kind = ?, intent = ?, verdict = ?, lesson_id = ? WHERE workspace_id = ? AND id = ?`
	sqlMessagePerson  = `UPDATE messages SET person_id = ?, thread_id = ?, matched = ? WHERE workspace_id = ? AND id = ?`
	sqlThreadRow      = `INSERT INTO threads (workspace_id, id, person_id, mailbox_id, subject, last_at, last_in_at, last_header) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	sqlThreadInsert   = sqlThreadRow + ` ON CONFLICT (workspace_id, id) DO NOTHING`
	sqlThreadContinue = sqlThreadRow + ` ON CONFLICT (workspace_id, id) DO UPDATE SET last_at = excluded.last_at, last_header = CASE WHEN threads.last_in_at >= ? THEN threads.last_header ELSE excluded.last_header END`
	sqlThreadTouch    = `UPDATE threads SET last_at = ?, last_header = ?, last_in_at = CASE WHEN ? > last_in_at THEN ? ELSE last_in_at END WHERE workspace_id = ? AND id = ?`
	sqlThreadGet      = `SELECT ` + threadCols + ` FROM threads t WHERE t.workspace_id = ? AND t.id = ?`
	sqlThreadsPerson  = `SELECT ` + threadCols + ` FROM threads t WHERE t.workspace_id = ? AND t.person_id = ? ORDER BY t.last_at DESC, t.id DESC LIMIT 50`
	sqlThreadsInbox   = `SELECT ` + threadCols + `, t.last_in_at, ` + personCols + ` FROM threads t JOIN people p ON p.workspace_id = t.workspace_id AND p.id = t.person_id WHERE t.workspace_id = ? AND t.last_in_at > 0 AND (t.last_in_at < ? OR (t.last_in_at = ? AND t.id < ?)) AND ` + seeOwner + ` ORDER BY t.last_in_at DESC, t.id DESC LIMIT ?`
	sqlMessageLast    = `SELECT ` + messageCols + ` FROM messages m WHERE m.workspace_id = ? AND m.thread_id = ? AND m.direction = 'in' ORDER BY m.id DESC LIMIT 1`
	sqlVerdictCounts  = `SELECT kind, intent, count(*) FROM messages WHERE workspace_id = ? AND direction = 'in' GROUP BY kind, intent`
)

func scanMessage(r db.Scanner) (sales.Message, error) {
	var m sales.Message
	var refs string
	var uid int64
	err := r.Scan(&m.WorkspaceID, &m.ID, &m.MailboxID, &m.PersonID, &m.ThreadID, &m.MailingID, &m.Direction, &m.HeaderID, &m.InReplyTo, &refs,
		&m.From, &m.FromName, &m.To, &m.Subject, db.ScanTime(&m.Date), db.ScanTime(&m.ArrivedAt), db.ScanTime(&m.SeenAt), &m.Text, &m.FullText,
		&m.HTML, &m.RawID, &m.Folder, &uid, db.ScanJSON(&m.Verdict), &m.Matched)
	m.References, m.UID = strings.Fields(refs), uint32(uid)
	return m, err
}

func scanThread(r db.Scanner) (sales.Thread, error) {
	var t sales.Thread
	err := r.Scan(&t.WorkspaceID, &t.ID, &t.PersonID, &t.MailboxID, &t.Subject, db.ScanTime(&t.LastAt), &t.LastHeader)
	return t, err
}

// InsertMessage keeps a message. False means that the mailbox has one with the
// same Message-ID already: it was read before, in this folder or another.
func (tx *Tx) InsertMessage(ctx context.Context, m sales.Message) (bool, error) {
	if has, known := tx.ahead.has(m.WorkspaceID, m.MailboxID, m.HeaderID); known && !has && m.WorkspaceID != 0 {
		tx.ahead.keeps(m, true)
		return true, tx.LaterOr(ctx, unchanged(), sqlMessageInsert, messageArgs(m)...)
	}
	tx.ahead.keeps(m, false)
	n, err := tx.Exec(ctx, sqlMessageInsert, messageArgs(m)...)
	return n > 0, err
}

// AddMessage is InsertMessage for those who need not know whether it was there.
func (tx *Tx) AddMessage(ctx context.Context, m sales.Message) error {
	tx.ahead.keeps(m, false)
	return tx.write(ctx, sqlMessageInsert, messageArgs(m)...)
}

// AddSent is AddMessage for a mail of ours: nothing was understood of it, and it
// has no text but the one that was written.
func (tx *Tx) AddSent(ctx context.Context, m sales.Message) error {
	tx.ahead.keeps(m, false)
	return tx.write(ctx, sqlMessageSent, m.WorkspaceID, m.ID, m.MailboxID, m.PersonID, m.ThreadID, m.MailingID, sales.Outgoing, m.HeaderID, m.InReplyTo,
		strings.Join(m.References, " "), m.From, m.FromName, m.To, m.Subject, m.Date, m.ArrivedAt, m.SeenAt, m.Text, m.RawID, m.Folder, noVerdict)
}

// noVerdict is the verdict of a message of which none was given.
const noVerdict = `{"kind":"","confidence":0}`

func messageArgs(m sales.Message) []any {
	return []any{
		m.WorkspaceID, m.ID, m.MailboxID, m.PersonID, m.ThreadID, m.MailingID, m.Direction, m.HeaderID, m.InReplyTo,
		strings.Join(m.References, " "), m.From, m.FromName, m.To, m.Subject, m.Date, m.ArrivedAt, m.SeenAt, m.Text, m.FullText, m.HTML, m.RawID, m.Folder,
		int64(m.UID), m.Verdict.Kind, m.Verdict.Intent, db.JSON(m.Verdict), m.Matched, m.Verdict.Lesson,
	}
}

// HasMessage tells whether a mailbox has a message with this Message-ID.
func (tx *Tx) HasMessage(ctx context.Context, ws, mailbox sales.ID, header string) (bool, error) {
	if has, known := tx.ahead.has(ws, mailbox, header); known {
		return has, nil
	}
	list, err := db.All(ctx, tx, db.Value[int64], sqlMessageHas, ws, mailbox, header)
	return len(list) > 0, err
}

// briefCols are what MessagesByHeader gives of a message.
const briefCols = `m.workspace_id, m.id, m.mailbox_id, m.person_id, m.thread_id, m.mailing_id, m.direction, m.header_id, m.arrived_at`

func scanBrief(r db.Scanner) (sales.Message, error) {
	var m sales.Message
	err := r.Scan(&m.WorkspaceID, &m.ID, &m.MailboxID, &m.PersonID, &m.ThreadID, &m.MailingID, &m.Direction, &m.HeaderID, db.ScanTime(&m.ArrivedAt))
	return m, err
}

// MessagesByHeader finds messages, in or out, by Message-ID, and gives of each only
// its IDs, direction and arrival: a long thread has many, with long texts.
func (tx *Tx) MessagesByHeader(ctx context.Context, ws sales.ID, ids []string) ([]sales.Message, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	if len(ids) > 200 {
		ids = ids[len(ids)-200:]
	}
	if list, known := tx.ahead.messagesBy(ws, ids); known {
		return list, nil
	}
	a := []any{ws}
	for _, id := range ids {
		a = append(a, id)
	}
	return db.All(ctx, tx, scanBrief, sqlMessageHeader+db.In(len(ids))+` ORDER BY m.id`, a...)
}

// Message gives a message as the transaction sees it.
func (tx *Tx) Message(ctx context.Context, ws, id sales.ID) (sales.Message, error) {
	m, err := db.One(ctx, tx, scanMessage, sqlMessageGet, ws, id)
	return found(m, err, "message")
}

// MessageAny gives a message to the machinery.
func (s *Store) MessageAny(ctx context.Context, ws, id sales.ID) (sales.Message, error) {
	m, err := db.One(ctx, s.DB, scanMessage, sqlMessageGet, ws, id)
	return found(m, err, "message")
}

// Message gives a message of a person that the viewer may see, or one of which
// nobody has said yet whose it is.
func (s *Store) Message(ctx context.Context, v sales.Viewer, id sales.ID) (sales.Message, error) {
	m, err := s.MessageAny(ctx, v.WorkspaceID, id)
	if err != nil {
		return m, err
	}
	if m.PersonID == 0 && m.ThreadID != 0 {
		// Nobody has said yet whose it is: it is shown with whom it was put to.
		t, err := s.Thread(ctx, v.WorkspaceID, m.ThreadID)
		if err != nil {
			return m, err
		}
		if _, err = s.Person(ctx, v, t.PersonID); sales.CodeOf(err) == sales.NotFound {
			return m, s.maySeeAsked(ctx, v, m.ID, err)
		}
		return m, err
	}
	_, err = s.Person(ctx, v, m.PersonID)
	return m, err
}

// maySeeAsked is nil when the viewer may see somebody of whom a message may be,
// else not.
func (s *Store) maySeeAsked(ctx context.Context, v sales.Viewer, message sales.ID, not error) error {
	list, err := s.Candidates(ctx, v.WorkspaceID, message)
	if err != nil {
		return err
	}
	for _, c := range list {
		if _, err := s.Person(ctx, v, c.PersonID); sales.CodeOf(err) != sales.NotFound {
			return err
		}
	}
	return not
}

// MessagesByID gives those of ids that exist.
func (s *Store) MessagesByID(ctx context.Context, ws sales.ID, ids []sales.ID) (map[sales.ID]sales.Message, error) {
	return byID(ctx, s.DB, scanMessage, func(m sales.Message) sales.ID { return m.ID }, sqlMessagesIn, ws, ids)
}

// MessagesIn gives a thread, the oldest first.
func (s *Store) MessagesIn(ctx context.Context, ws, thread sales.ID) ([]sales.Message, error) {
	if thread == 0 {
		return nil, nil
	}
	return db.All(ctx, s.DB, scanMessage, sqlMessagesThread, ws, thread)
}

// MessagesOf gives the newest messages with a person.
func (s *Store) MessagesOf(ctx context.Context, ws, person sales.ID, limit int) ([]sales.Message, error) {
	return db.All(ctx, s.DB, scanMessage, sqlMessagesPerson, ws, person, limit)
}

// SaveVerdict writes a corrected verdict.
func (tx *Tx) SaveVerdict(ctx context.Context, ws, id sales.ID, v sales.Verdict) error {
	_, err := tx.Exec(ctx, sqlMessageVerdict, v.Kind, v.Intent, db.JSON(v), v.Lesson, ws, id)
	return err
}

// SetMessagePerson ties a message to a person and a thread.
func (tx *Tx) SetMessagePerson(ctx context.Context, ws, id, person, thread sales.ID, matched string) error {
	_, err := tx.Exec(ctx, sqlMessagePerson, person, thread, matched, ws, id)
	return err
}

// InsertThread begins a thread, unless it is there.
func (tx *Tx) InsertThread(ctx context.Context, t sales.Thread) error {
	return tx.write(ctx, sqlThreadInsert, t.WorkspaceID, t.ID, t.PersonID, t.MailboxID, t.Subject, t.LastAt, time.Time{}, t.LastHeader)
}

// ContinueThread begins a thread with an outgoing message, or makes the message
// its newest, unless an answer came since it began to go.
func (tx *Tx) ContinueThread(ctx context.Context, t sales.Thread, began time.Time) error {
	return tx.write(ctx, sqlThreadContinue, t.WorkspaceID, t.ID, t.PersonID, t.MailboxID, t.Subject, t.LastAt, time.Time{}, t.LastHeader, began)
}

// TouchThread makes a message the newest of its thread.
func (tx *Tx) TouchThread(ctx context.Context, m sales.Message) error {
	if m.ThreadID == 0 {
		return nil
	}
	var in time.Time
	if m.Direction == sales.Incoming {
		in = m.ArrivedAt
	}
	return tx.write(ctx, sqlThreadTouch, m.ArrivedAt, m.HeaderID, in, in, m.WorkspaceID, m.ThreadID)
}

// Thread gives a thread.
func (s *Store) Thread(ctx context.Context, ws, id sales.ID) (sales.Thread, error) {
	t, err := db.One(ctx, s.DB, scanThread, sqlThreadGet, ws, id)
	return found(t, err, "thread")
}

// ThreadsOf gives the threads with a person as the transaction sees them, the
// newest first.
func (tx *Tx) ThreadsOf(ctx context.Context, ws, person sales.ID) ([]sales.Thread, error) {
	if list, known := answer(tx.ahead, ws, threadsIn, person); known {
		return list, nil
	}
	return db.All(ctx, tx, scanThread, sqlThreadsPerson, ws, person)
}

// ThreadsOf gives the threads with a person, the newest first.
func (s *Store) ThreadsOf(ctx context.Context, ws, person sales.ID) ([]sales.Thread, error) {
	return db.All(ctx, s.DB, scanThread, sqlThreadsPerson, ws, person)
}

// LastIncoming gives the newest incoming message of a thread.
func (s *Store) LastIncoming(ctx context.Context, ws, thread sales.ID) (sales.Message, error) {
	m, err := db.One(ctx, s.DB, scanMessage, sqlMessageLast, ws, thread)
	return found(m, err, "message")
}

// InboxThread is a line of the inbox.
type InboxThread struct {
	sales.Thread
	LastInAt time.Time
	Person   sales.Person
}

// Inbox lists threads in which somebody wrote to us, the newest first, and the
// After of the next page.
func (s *Store) Inbox(ctx context.Context, v sales.Viewer, page Page) ([]InboxThread, string, error) {
	at, id := splitAfter(page.After)
	n := page.limit()
	list, err := db.All(ctx, s.DB, func(r db.Scanner) (InboxThread, error) {
		var x InboxThread
		t, p := &x.Thread, &x.Person
		err := r.Scan(&t.WorkspaceID, &t.ID, &t.PersonID, &t.MailboxID, &t.Subject, db.ScanTime(&t.LastAt), &t.LastHeader, db.ScanTime(&x.LastInAt),
			&p.WorkspaceID, &p.ID, &p.AccountID, &p.OwnerID, &p.Email, &p.Address, &p.FirstName, &p.LastName, &p.Title, &p.Phone,
			&p.Zone, &p.Country, &p.Subdivision, &p.Language, &p.LinkedIn, &p.Stage, db.ScanJSON(&p.Custom), db.ScanTime(&p.CreatedAt), db.ScanTime(&p.UpdatedAt),
			&p.Move, db.ScanTime(&p.MoveSince), db.ScanTime(&p.MoveUntil), db.ScanTime(&p.LastInAt), db.ScanTime(&p.LastOutAt), &p.Untouched)
		return x, err
	}, sqlThreadsInbox, v.WorkspaceID, at, at, id, v.OwnerScope(), v.OwnerScope(), n+1)
	if err != nil || len(list) <= n {
		return list, "", err
	}
	last := list[n-1]
	return list[:n], joinAfter(last.LastInAt, last.ID), nil
}

// VerdictCount is how many incoming messages were read as what.
type VerdictCount struct {
	Kind   sales.VerdictKind
	Intent sales.Intent
	N      int
}

// VerdictCounts counts incoming messages by verdict.
func (s *Store) VerdictCounts(ctx context.Context, ws sales.ID) ([]VerdictCount, error) {
	return db.All(ctx, s.DB, func(r db.Scanner) (VerdictCount, error) {
		var c VerdictCount
		err := r.Scan(&c.Kind, &c.Intent, &c.N)
		return c, err
	}, sqlVerdictCounts, ws)
}

const sqlIncomingAfter = `SELECT ` + messageCols + ` FROM messages m WHERE m.workspace_id = ? AND m.direction = 'in' AND m.id > ? ORDER BY m.id LIMIT ?`

// IncomingAfter gives incoming messages in the order in which they were taken,
// for reports and exports.
func (s *Store) IncomingAfter(ctx context.Context, ws, after sales.ID, limit int) ([]sales.Message, error) {
	return db.All(ctx, s.DB, scanMessage, sqlIncomingAfter, ws, after, limit)
}

package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// headCols are the columns of a MessageHead: the beginning of the text only, for
// lists must not carry whole mails.
const headCols = `m.id, m.thread_id, m.person_id, m.from_addr, m.from_name, substr(m.body, 1, 300), m.arrived_at, m.verdict`

const (
	sqlHandoffs    = `SELECT ` + taskCols + ` FROM tasks t CROSS JOIN people p WHERE p.workspace_id = t.workspace_id AND p.id = t.person_id AND t.workspace_id = ? AND t.user_id = ? AND t.state = 'open' AND t.kind IN ('answer', 'confirm', 'referral') AND t.snoozed_until <= ? AND ` + seeOwner + ` ORDER BY t.due_at, t.id LIMIT ?`
	sqlHeadsIn     = `SELECT ` + headCols + ` FROM messages m WHERE m.workspace_id = ? AND m.id IN `
	sqlInboxLines  = `SELECT ` + threadCols + `, t.last_in_at, ` + personCols + `, ` + headCols + ` FROM threads t JOIN people p ON p.workspace_id = t.workspace_id AND p.id = t.person_id JOIN messages m ON m.workspace_id = t.workspace_id AND m.id = (SELECT max(x.id) FROM messages x WHERE x.workspace_id = t.workspace_id AND x.thread_id = t.id AND x.direction = 'in') WHERE t.workspace_id = ? AND t.last_in_at > 0 AND (t.last_in_at < ? OR (t.last_in_at = ? AND t.id < ?)) AND ` + seeOwner
	inboxOrder     = ` ORDER BY t.last_in_at DESC, t.id DESC LIMIT ?`
	sqlLiveOfMany  = `SELECT ` + enrollmentCols + ` FROM enrollments e WHERE e.workspace_id = ? AND e.state IN ` + alive + ` AND e.person_id IN `
	sqlMovesBefore = `SELECT ` + moveCols + ` FROM moves WHERE workspace_id = ? AND person_id = CAST(? AS BIGINT) AND id < ? ORDER BY id DESC LIMIT ?`
	sqlHeardSince  = `SELECT count(*) FROM (SELECT 1 FROM threads t JOIN people p ON p.workspace_id = t.workspace_id AND p.id = t.person_id WHERE t.workspace_id = ? AND t.last_in_at > CAST(? AS BIGINT) AND t.last_in_at > 0 AND ` + seeOwner + ` LIMIT 1000) x`
)

// MessageHead is what a list shows of a message.
type MessageHead struct {
	ID, ThreadID, PersonID sales.ID
	From, FromName         string
	Text                   string // its first 300 characters
	At                     time.Time
	Verdict                sales.Verdict
}

func (m *MessageHead) dest() []any {
	return []any{&m.ID, &m.ThreadID, &m.PersonID, &m.From, &m.FromName, &m.Text, db.ScanTime(&m.At), db.ScanJSON(&m.Verdict)}
}

// Handoffs gives the open tasks of a user that wait for an answer to a message,
// the first due first, without those that are put off.
func (s *Store) Handoffs(ctx context.Context, v sales.Viewer, now time.Time, limit int) ([]sales.Task, error) {
	return db.All(ctx, s.DB, scanTask, sqlHandoffs, v.WorkspaceID, v.UserID, now, v.OwnerScope(), v.OwnerScope(), limit)
}

// MessageHeads gives those of ids that exist, to the machinery of pages.
func (s *Store) MessageHeads(ctx context.Context, ws sales.ID, ids []sales.ID) (map[sales.ID]MessageHead, error) {
	scan := func(r db.Scanner) (MessageHead, error) {
		var m MessageHead
		err := r.Scan(m.dest()...)
		return m, err
	}
	return byID(ctx, s.DB, scan, func(m MessageHead) sales.ID { return m.ID }, sqlHeadsIn, ws, ids)
}

// InboxKind chooses threads by their newest incoming message.
type InboxKind string

// The kinds of the inbox.
const (
	InboxAll       InboxKind = ""
	InboxPeople    InboxKind = "people"    // a person wrote
	InboxAutomatic InboxKind = "automatic" // machines, reports and demands to stop: read and handled
)

// InboxLine is a thread with its newest incoming message.
type InboxLine struct {
	InboxThread
	Last MessageHead
}

// InboxLines lists threads in which somebody wrote to us, the newest first, and
// the After of the next page.
func (s *Store) InboxLines(ctx context.Context, v sales.Viewer, kind InboxKind, page Page) ([]InboxLine, string, error) {
	where := ""
	switch kind {
	case InboxPeople:
		where = ` AND m.kind = 'reply'`
	case InboxAutomatic:
		where = ` AND m.kind <> 'reply'`
	}
	return s.inboxLines(ctx, v, where, nil, page)
}

// inboxLines lists those threads for which where holds, with its arguments.
func (s *Store) inboxLines(ctx context.Context, v sales.Viewer, where string, more []any, page Page) ([]InboxLine, string, error) {
	at, id := splitAfter(page.After)
	n := page.limit()
	scan := func(r db.Scanner) (InboxLine, error) {
		var x InboxLine
		t, p := &x.Thread, &x.Person
		err := r.Scan(append([]any{&t.WorkspaceID, &t.ID, &t.PersonID, &t.MailboxID, &t.Subject, db.ScanTime(&t.LastAt), &t.LastHeader, db.ScanTime(&x.LastInAt),
			&p.WorkspaceID, &p.ID, &p.AccountID, &p.OwnerID, &p.Email, &p.Address, &p.FirstName, &p.LastName, &p.Title, &p.Phone,
			&p.Zone, &p.Country, &p.Subdivision, &p.Language, &p.LinkedIn, &p.Stage, db.ScanJSON(&p.Custom), db.ScanTime(&p.CreatedAt), db.ScanTime(&p.UpdatedAt),
			&p.Move, db.ScanTime(&p.MoveSince), db.ScanTime(&p.MoveUntil), db.ScanTime(&p.LastInAt), db.ScanTime(&p.LastOutAt), &p.Untouched}, x.Last.dest()...)...)
		return x, err
	}
	a := append([]any{v.WorkspaceID, at, at, id, v.OwnerScope(), v.OwnerScope()}, more...)
	list, err := db.All(ctx, s.DB, scan, sqlInboxLines+where+inboxOrder, append(a, n+1)...)
	if err != nil || len(list) <= n {
		return list, "", err
	}
	last := list[n-1]
	return list[:n], joinAfter(last.LastInAt, last.ID), nil
}

// LiveOfMany gives the living enrollments of several people, by person.
func (s *Store) LiveOfMany(ctx context.Context, ws sales.ID, people []sales.ID) (map[sales.ID][]sales.Enrollment, error) {
	out := map[sales.ID][]sales.Enrollment{}
	for _, part := range chunks(distinct(people), 200) {
		list, err := db.All(ctx, s.DB, scanEnrollment, sqlLiveOfMany+db.In(len(part))+` ORDER BY e.id`, args([]any{ws}, part)...)
		if err != nil {
			return nil, err
		}
		for _, e := range list {
			out[e.PersonID] = append(out[e.PersonID], e)
		}
	}
	return out, nil
}

// MovesBefore gives lines about a person that are older than one, the newest first.
func (s *Store) MovesBefore(ctx context.Context, ws, person, before sales.ID, limit int) ([]sales.Move, error) {
	return db.All(ctx, s.DB, scanMove, sqlMovesBefore, ws, person, before, limit)
}

// HeardSince counts the threads, up to 1,000, in which somebody whom the viewer
// may see wrote since a moment.
func (s *Store) HeardSince(ctx context.Context, v sales.Viewer, since time.Time) (int, error) {
	return db.One(ctx, s.DB, db.Value[int], sqlHeardSince, v.WorkspaceID, since, v.OwnerScope(), v.OwnerScope())
}

package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// DueWork is a piece of work that is due.
type DueWork int

// The pieces of work.
const (
	duePage     DueWork = iota // the end of a page
	DueAdvance                 // a timer of the workspace has come
	DueAbsences                // somebody is away
	DueAsk                     // replies that a language model may be asked about
	DueDrain                   // a mailbox has something to send, or to settle
	DueFile                    // a mailbox has sent mail that is not in Sent
	DueResearch                // dossiers to make ready: handoffs, web sites, news
	DueRecount                 // people whose hours or days off changed
)

// Due is one of them.
type Due struct {
	What        DueWork
	WorkspaceID sales.ID
	MailboxID   sales.ID // of DueDrain and DueFile
}

// Looking is what to look for, and where.
type Looking struct {
	Node      string    // only in its workspaces; empty is in all
	After     sales.ID  // only in workspaces with a larger ID
	Limit     int       // how many workspaces
	Now, Wall time.Time // of the business, and of the machine
	Unclear   time.Time // replies that were read before are asked about no more
	Handoffs  time.Time // those of before are not prepared any more
}

// dueIn finds what is due in some workspaces, each kind by an index, and asks each
// workspace for itself: what an index has of others is not read. Mailboxes are
// asked only where the workspace has such mail at all.
const dueIn = `
  SELECT 0, COALESCE(max(w.workspace_id), 0), count(*) FROM mine w
  UNION ALL SELECT 1, w.workspace_id, 0 FROM mine w WHERE (SELECT e.next_at FROM enrollments e WHERE e.workspace_id = w.workspace_id AND e.next_at > 0 ORDER BY e.next_at LIMIT 1) <= ?
  UNION ALL SELECT 2, w.workspace_id, 0 FROM mine w WHERE (SELECT a.from_at FROM absences a WHERE a.workspace_id = w.workspace_id AND a.state <> 'over' ORDER BY a.from_at LIMIT 1) <= ?
  UNION ALL SELECT 3, w.workspace_id, 0 FROM mine w JOIN model_endpoints p ON p.workspace_id = w.workspace_id AND p.on_since > 0 AND p.unclear = 1 AND p.wait_until <= ?
    WHERE (SELECT m.seen_at FROM messages m WHERE m.workspace_id = w.workspace_id AND m.kind = 'reply' AND m.intent = 'unclear' ORDER BY m.seen_at DESC LIMIT 1) >= ?
  UNION ALL SELECT 7, w.workspace_id, 0 FROM mine w WHERE (SELECT r.free_at FROM recounts r WHERE r.workspace_id = w.workspace_id ORDER BY r.free_at LIMIT 1) <= ?
  UNION ALL SELECT 4, b.workspace_id, b.id FROM mine w JOIN mailboxes b ON b.workspace_id = w.workspace_id
    WHERE (SELECT 1 FROM mailings m WHERE m.workspace_id = w.workspace_id AND m.state = 'queued' LIMIT 1) = 1 AND (b.next_send_at <= ? AND (
    (SELECT m.due_at FROM mailings m WHERE m.workspace_id = b.workspace_id AND m.mailbox_id = b.id AND m.state = 'queued' AND m.follow_up = 1 ORDER BY m.due_at LIMIT 1) <= ? OR
    (SELECT m.due_at FROM mailings m WHERE m.workspace_id = b.workspace_id AND m.mailbox_id = b.id AND m.state = 'queued' AND m.follow_up = 0 ORDER BY m.due_at LIMIT 1) <= ?) OR
    (SELECT m.due_at FROM mailings m WHERE m.workspace_id = b.workspace_id AND m.mailbox_id = b.id AND m.state = 'queued' AND m.kind = 'manual' ORDER BY m.due_at LIMIT 1) <= ?)
  UNION ALL SELECT 4, b.workspace_id, b.id FROM mine w JOIN mailboxes b ON b.workspace_id = w.workspace_id
    WHERE (SELECT 1 FROM mailings m WHERE m.workspace_id = w.workspace_id AND m.state = 'sending' LIMIT 1) = 1 AND (b.lease_until <= ? OR b.lease_until > ?) AND
    (SELECT 1 FROM mailings m WHERE m.workspace_id = b.workspace_id AND m.mailbox_id = b.id AND m.state = 'sending' LIMIT 1) = 1
  UNION ALL SELECT 4, b.workspace_id, b.id FROM mine w JOIN mailboxes b ON b.workspace_id = w.workspace_id
    WHERE (SELECT 1 FROM mailings m WHERE m.workspace_id = w.workspace_id AND m.state = 'unknown' AND m.appended = 1 LIMIT 1) = 1 AND
    (SELECT 1 FROM mailings m WHERE m.workspace_id = b.workspace_id AND m.mailbox_id = b.id AND m.state = 'unknown' AND m.appended = 1 LIMIT 1) = 1
  UNION ALL SELECT 5, b.workspace_id, b.id FROM mine w JOIN mailboxes b ON b.workspace_id = w.workspace_id
    WHERE (SELECT 1 FROM mailings m WHERE m.workspace_id = w.workspace_id AND m.state = 'sent' AND m.appended = 0 LIMIT 1) = 1 AND
    (SELECT 1 FROM mailings m WHERE m.workspace_id = b.workspace_id AND m.mailbox_id = b.id AND m.state = 'sent' AND m.appended = 0 LIMIT 1) = 1
  UNION ALL SELECT 6, w.workspace_id, 0 FROM mine w WHERE (SELECT r.free_at FROM researches r WHERE r.workspace_id = w.workspace_id AND r.state = 'asked' ORDER BY r.free_at LIMIT 1) <= ?
  UNION ALL SELECT 6, w.workspace_id, 0 FROM mine w WHERE (SELECT f.free_at FROM feeds f WHERE f.workspace_id = w.workspace_id ORDER BY f.free_at LIMIT 1) <= ?
  UNION ALL SELECT 6, w.workspace_id, 0 FROM mine w WHERE (SELECT COALESCE((SELECT b.made_at FROM briefs b WHERE b.workspace_id = t.workspace_id AND b.person_id = t.person_id), 0) - t.created_at
    FROM tasks t WHERE t.workspace_id = w.workspace_id AND t.kind = 'answer' AND t.state = 'open' AND t.created_at >= ? ORDER BY t.created_at DESC LIMIT 1) < 0`

const (
	sqlDueAll  = `WITH mine AS (SELECT workspace_id FROM workspaces WHERE workspace_id > ? ORDER BY workspace_id LIMIT ?)` + dueIn
	sqlDueMine = `WITH mine AS (SELECT workspace_id FROM workspaces WHERE node = ? AND workspace_id > ? ORDER BY workspace_id LIMIT ?)` + dueIn
)

// DueIn gives what is due in up to Limit workspaces, in no order, each mailbox
// once for each kind of work, and the After of the next page; 0 is that there is
// none.
func (s *Store) DueIn(ctx context.Context, l Looking) (list []Due, next sales.ID, err error) {
	query, where := sqlDueAll, []any{l.After, l.Limit}
	if l.Node != "" {
		query, where = sqlDueMine, []any{l.Node, l.After, l.Limit}
	}
	where = append(where, l.Now, l.Now, l.Wall, l.Unclear, l.Now, l.Now, l.Now, l.Now, l.Now, l.Wall, l.Wall.Add(2*leaseSkew), l.Wall, l.Wall, l.Handoffs)
	seen := map[Due]bool{}
	_, err = db.All(ctx, s.DB, func(r db.Scanner) (int, error) {
		var d Due
		if err := r.Scan(&d.What, &d.WorkspaceID, &d.MailboxID); err != nil {
			return 0, err
		}
		switch {
		case d.What == duePage:
			if int(d.MailboxID) == l.Limit {
				next = d.WorkspaceID
			}
		case !seen[d]:
			seen[d] = true
			list = append(list, d)
		}
		return 0, nil
	}, query, where...)
	return list, next, err
}

package store

import (
	"context"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const (
	sqlDraftSave = `INSERT INTO drafts (workspace_id, user_id, person_id, thread_id, subject, body, html, to_addr, cc, files, rev, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
  ON CONFLICT (workspace_id, user_id, person_id, thread_id) DO UPDATE SET subject = excluded.subject, body = excluded.body, html = excluded.html, to_addr = excluded.to_addr, cc = excluded.cc, files = excluded.files, at = excluded.at, rev = drafts.rev + 1 WHERE drafts.rev = ? RETURNING rev`
	sqlDraftDrop = `DELETE FROM drafts WHERE workspace_id = ? AND user_id = ? AND person_id = ? AND thread_id = ?`
	sqlDraft     = `SELECT d.workspace_id, d.user_id, d.person_id, d.thread_id, d.subject, d.body, d.html, d.to_addr, d.cc, d.files, d.rev, d.at FROM drafts d JOIN people p ON p.workspace_id = d.workspace_id AND p.id = d.person_id WHERE d.workspace_id = ? AND d.user_id = ? AND d.person_id = ? AND d.thread_id = ? AND ` + seeOwner
)

// SaveDraft keeps a draft over the one of revision d.Rev and gives its new
// revision; 0 means that another text was saved meanwhile, and nothing was kept.
func (tx *Tx) SaveDraft(ctx context.Context, d sales.Draft) (int64, error) {
	list, err := db.All(ctx, tx, db.Value[int64], sqlDraftSave, d.WorkspaceID, d.UserID, d.PersonID, d.ThreadID, d.Subject, d.Body, d.HTML, d.To, d.Cc, idList(d.Files), d.At, d.Rev)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	return list[0], nil
}

// DropDraft forgets a draft: it was sent, or emptied.
func (tx *Tx) DropDraft(ctx context.Context, ws, user, person, thread sales.ID) error {
	_, err := tx.Exec(ctx, sqlDraftDrop, ws, user, person, thread)
	return err
}

// Draft gives what the viewer has begun to write to a person in a thread; Rev is 0
// when that is nothing.
func (s *Store) Draft(ctx context.Context, v sales.Viewer, person, thread sales.ID) (sales.Draft, error) {
	list, err := db.All(ctx, s.DB, func(r db.Scanner) (sales.Draft, error) {
		var d sales.Draft
		var files string
		err := r.Scan(&d.WorkspaceID, &d.UserID, &d.PersonID, &d.ThreadID, &d.Subject, &d.Body, &d.HTML, &d.To, &d.Cc, &files, &d.Rev, db.ScanTime(&d.At))
		d.Files = idsOf(files)
		return d, err
	}, sqlDraft, v.WorkspaceID, v.UserID, person, thread, v.OwnerScope(), v.OwnerScope())
	if err != nil || len(list) == 0 {
		return sales.Draft{}, err
	}
	return list[0], nil
}

package store

import (
	"bytes"
	"context"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const sqlThreadRaws = `SELECT r.bytes FROM messages m JOIN raws r ON r.workspace_id = m.workspace_id AND r.id = m.raw_id WHERE m.workspace_id = ? AND m.thread_id = ? ORDER BY m.id DESC LIMIT ?`

// HeadersOf gives the headers of the newest mails of a thread, as they came and
// went, to the machinery; one whose raw bytes are not kept is left out.
func (tx *Tx) HeadersOf(ctx context.Context, ws, thread sales.ID, limit int) ([][]byte, error) {
	return db.All(ctx, tx, func(r db.Scanner) ([]byte, error) {
		var raw []byte
		err := r.Scan(&raw)
		for _, end := range []string{"\r\n\r\n", "\n\n"} {
			if head, _, ok := bytes.Cut(raw, []byte(end)); ok {
				raw = head
			}
		}
		return append(bytes.Clone(raw), "\r\n\r\n"...), err
	}, sqlThreadRaws, ws, thread, limit)
}

package store

import (
	"context"
	"crypto/sha256"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const snippetCols = `workspace_id, id, name, body, created_at, updated_at`
const fileCols = `workspace_id, id, user_id, name, media_type, size, private, created_at`

const (
	sqlSnippetInsert = `INSERT INTO snippets (` + snippetCols + `) VALUES (?, ?, ?, ?, ?, ?)`
	sqlSnippetSave   = `UPDATE snippets SET name = ?, body = ?, updated_at = ? WHERE workspace_id = ? AND id = ?`
	sqlSnippetDelete = `DELETE FROM snippets WHERE workspace_id = ? AND id = ?`
	sqlSnippetAll    = `SELECT ` + snippetCols + ` FROM snippets WHERE workspace_id = ? ORDER BY lower(name), id LIMIT 1000`

	sqlFileInsert = `INSERT INTO files (workspace_id, id, user_id, name, media_type, size, private, sha256, bytes, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace_id, sha256, name) DO NOTHING`
	sqlFileSame   = `SELECT ` + fileCols + ` FROM files WHERE workspace_id = ? AND sha256 = ? AND name = ?`
	sqlFileList   = `SELECT ` + fileCols + ` FROM files WHERE workspace_id = ? AND private = 0 ORDER BY id DESC LIMIT 200`
	sqlFilesIn    = `SELECT ` + fileCols + ` FROM files WHERE workspace_id = ? AND id IN `
	sqlFileBytes  = `SELECT bytes FROM files WHERE workspace_id = ? AND id = ?`
	sqlFileAll    = `SELECT ` + fileCols + ` FROM files WHERE workspace_id = ? AND private = 0 ORDER BY lower(name), id LIMIT 2000`
	sqlFileSums   = `SELECT count(*), CAST(COALESCE(sum(size), 0) AS BIGINT) FROM files WHERE workspace_id = ?`
	sqlFileDelete = `DELETE FROM files WHERE workspace_id = ? AND id = ?`
)

func scanSnippet(r db.Scanner) (sales.Snippet, error) {
	var x sales.Snippet
	err := r.Scan(&x.WorkspaceID, &x.ID, &x.Name, &x.Body, db.ScanTime(&x.CreatedAt), db.ScanTime(&x.UpdatedAt))
	return x, err
}

func scanFile(r db.Scanner) (sales.File, error) {
	var x sales.File
	err := r.Scan(&x.WorkspaceID, &x.ID, &x.UserID, &x.Name, &x.MediaType, &x.Size, &x.Private, db.ScanTime(&x.CreatedAt))
	return x, err
}

// InsertSnippet makes a snippet. A Conflict error means that the name is taken.
func (tx *Tx) InsertSnippet(ctx context.Context, x sales.Snippet) error {
	_, err := tx.Exec(ctx, sqlSnippetInsert, x.WorkspaceID, x.ID, x.Name, x.Body, x.CreatedAt, x.UpdatedAt)
	return nameTaken(err, "snippet", x.Name)
}

// SaveSnippet writes a snippet.
func (tx *Tx) SaveSnippet(ctx context.Context, x sales.Snippet) error {
	n, err := tx.Exec(ctx, sqlSnippetSave, x.Name, x.Body, x.UpdatedAt, x.WorkspaceID, x.ID)
	return changed(n, nameTaken(err, "snippet", x.Name))
}

// DeleteSnippet removes a snippet.
func (tx *Tx) DeleteSnippet(ctx context.Context, ws, id sales.ID) error {
	_, err := tx.Exec(ctx, sqlSnippetDelete, ws, id)
	return err
}

// Snippets lists those of a workspace by name.
func (s *Store) Snippets(ctx context.Context, ws sales.ID) ([]sales.Snippet, error) {
	return db.All(ctx, s.DB, scanSnippet, sqlSnippetAll, ws)
}

// Snippets lists those of a workspace as the transaction sees them.
func (tx *Tx) Snippets(ctx context.Context, ws sales.ID) ([]sales.Snippet, error) {
	return db.All(ctx, tx, scanSnippet, sqlSnippetAll, ws)
}

// KeepFile keeps a file with its Data and gives it without; the same bytes under
// the same name are kept once, and a private file once for its writer.
func (tx *Tx) KeepFile(ctx context.Context, f sales.File) (sales.File, error) {
	if f.Data == nil {
		f.Data = []byte{} // nothing is not NULL
	}
	sum := sha256.Sum256(f.Data)
	if f.Private {
		sum = sha256.Sum256(append([]byte("private/"+f.UserID.String()+"/"), sum[:]...))
	}
	if _, err := tx.Exec(ctx, sqlFileInsert, f.WorkspaceID, f.ID, f.UserID, f.Name, f.MediaType, len(f.Data), flag(f.Private), sum[:], f.Data, f.CreatedAt); err != nil {
		return f, err
	}
	x, err := db.One(ctx, tx, scanFile, sqlFileSame, f.WorkspaceID, sum[:], f.Name)
	return found(x, err, "file")
}

// Files gives those of ids that exist, without their bytes.
func (s *Store) Files(ctx context.Context, ws sales.ID, ids []sales.ID) (map[sales.ID]sales.File, error) {
	return byID(ctx, s.DB, scanFile, func(f sales.File) sales.ID { return f.ID }, sqlFilesIn, ws, ids)
}

// FileBytes gives the bytes of a file.
func (s *Store) FileBytes(ctx context.Context, ws, id sales.ID) ([]byte, error) {
	b, err := db.One(ctx, s.DB, db.Value[[]byte], sqlFileBytes, ws, id)
	return found(b, err, "file")
}

// AllFiles lists those that all of a workspace may use by name, without their bytes.
func (s *Store) AllFiles(ctx context.Context, ws sales.ID) ([]sales.File, error) {
	return db.All(ctx, s.DB, scanFile, sqlFileAll, ws)
}

// FileSums says how many files a workspace has, and how many bytes they have
// together.
func (tx *Tx) FileSums(ctx context.Context, ws sales.ID) (n int, bytes int64, err error) {
	_, err = db.One(ctx, tx, func(r db.Scanner) (int, error) { return 0, r.Scan(&n, &bytes) }, sqlFileSums, ws)
	return n, bytes, err
}

// DeleteFile removes a file.
func (tx *Tx) DeleteFile(ctx context.Context, ws, id sales.ID) error {
	_, err := tx.Exec(ctx, sqlFileDelete, ws, id)
	return err
}

// FileList gives the newest 200 files that all of a workspace may use, without
// their bytes.
func (s *Store) FileList(ctx context.Context, ws sales.ID) ([]sales.File, error) {
	return db.All(ctx, s.DB, scanFile, sqlFileList, ws)
}

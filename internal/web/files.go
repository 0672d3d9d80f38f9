package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"ninetyten/internal/importer"
	"ninetyten/internal/sales"
)

const (
	keepFiles   = 24 * time.Hour // then file and record are deleted
	maxFiles    = 5              // of one user; the oldest goes first
	maxRunning  = 2              // imports at a time in this process
	importFor   = 2 * time.Hour  // an import that takes longer is stopped; what it did stays
	maxKeptName = 120            // characters of a file's name
)

// upload is a file of people on its way in: the record beside the file, as JSON.
// It is the uploader's alone.
type upload struct {
	ID          sales.ID         `json:"id"`
	WorkspaceID sales.ID         `json:"workspace"`
	UserID      sales.ID         `json:"user"`
	Name        string           `json:"name"`
	Size        int64            `json:"size"`
	At          time.Time        `json:"at"`
	Sheet       *importer.Sheet  `json:"sheet"`
	Mapping     importer.Mapping `json:"mapping"`
	Mapped      bool             `json:"mapped"`
	Owner       sales.ID         `json:"owner"`
	Running     bool             `json:"running"` // it was begun; in this process or in one that is gone
	Done        bool             `json:"done"`
	Problem     string           `json:"problem,omitempty"` // why it broke off
	Result      importer.Result  `json:"result"`

	// Runs says that the import runs in this process, and SoFar how far it is, as of
	// when the record was read.
	Runs  bool              `json:"-"`
	SoFar importer.Progress `json:"-"`
}

// files are the uploads of this node, below a folder of its data. Records are
// files too, so that a restart forgets nothing; how far a running import is, is
// kept in memory.
type files struct {
	mu      sync.Mutex
	running map[sales.ID]importer.Progress
}

func (s *Server) uploadDir() string { return filepath.Join(s.DataDir, "uploads") }

func (s *Server) uploadPath(id sales.ID, kind string) string {
	return filepath.Join(s.uploadDir(), id.String()+"."+kind)
}

// keepUpload writes a file to disk as it comes in and reads what it looks like.
// The file is gone again when anything fails.
func (s *Server) keepUpload(v visit, name string, body io.Reader) (u *upload, err error) {
	if err := os.MkdirAll(s.uploadDir(), 0o700); err != nil {
		return nil, noRoom(err)
	}
	s.sweepUploads(v)
	u = &upload{ID: s.Store.NewID(), WorkspaceID: v.WorkspaceID, UserID: v.UserID, Name: fileName(name), At: time.Now().UTC()}
	id := u.ID
	defer func() {
		if err != nil {
			s.dropUpload(id)
		}
	}()
	f, err := os.OpenFile(s.uploadPath(id, "csv"), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return nil, noRoom(err)
	}
	defer f.Close()
	u.Size, err = io.Copy(f, io.LimitReader(body, s.maxUpload()+1))
	switch {
	case err != nil && isPathError(err):
		return nil, noRoom(err)
	case err != nil:
		return nil, err
	case u.Size > s.maxUpload():
		return nil, s.tooLarge(nil)
	}
	if _, err = f.Seek(0, io.SeekStart); err != nil {
		return nil, noRoom(err)
	}
	if u.Sheet, err = importer.Inspect(f); err != nil {
		return nil, err
	}
	u.Mapping, u.Owner = u.Sheet.Mapping(), v.UserID
	return u, s.saveUpload(u)
}

// maxUpload is how many bytes a file may have.
func (s *Server) maxUpload() int64 {
	if s.MaxUpload > 0 {
		return s.MaxUpload
	}
	return 1 << 30
}

func (s *Server) tooLarge(err error) error {
	return sales.WrapError(sales.Limited, err, "The file is larger than "+bytesText(s.maxUpload())+". Cut it into parts and import them one after the other.")
}

func isPathError(err error) bool {
	var p *os.PathError
	return errors.As(err, &p)
}

func noRoom(err error) error {
	return sales.WrapError(sales.Unavailable, err, "The file could not be kept: the server has no room for it. Tell your administrator.")
}

// fileName is the name of a file for people to read, without its folders.
func fileName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if name = strings.TrimSpace(clipText(name, maxKeptName)); name == "" {
		return "people.csv"
	}
	return name
}

// saveUpload writes the record: a new file, then a rename, so that there is
// never half of one.
func (s *Server) saveUpload(u *upload) error {
	b, err := json.Marshal(u)
	if err != nil {
		return err
	}
	tmp := s.uploadPath(u.ID, "tmp")
	if err := os.WriteFile(tmp, b, 0o600); err != nil {
		return noRoom(err)
	}
	if err := os.Rename(tmp, s.uploadPath(u.ID, "json")); err != nil {
		return noRoom(err)
	}
	return nil
}

// upload reads the record of an upload of the viewer's own.
func (s *Server) upload(v visit, id sales.ID) (*upload, error) {
	u, err := s.readUpload(id)
	if err != nil || u.UserID != v.UserID || u.WorkspaceID != v.WorkspaceID {
		return nil, sales.Errorf(sales.NotFound, "This import is not here any more: files are kept for a day. Choose the file again.")
	}
	return u, nil
}

// readUpload reads a record and whether its import runs. An import writes its
// record before it stops running; so a record that says "running" of one that
// does not is either read too early, and read again, or left by a process that
// is gone.
func (s *Server) readUpload(id sales.ID) (*upload, error) {
	for again := false; ; again = true {
		at, runs := s.files.at(id)
		b, err := os.ReadFile(s.uploadPath(id, "json"))
		if err != nil {
			return nil, err
		}
		u := &upload{Runs: runs, SoFar: at}
		if err := json.Unmarshal(b, u); err != nil {
			return nil, err
		}
		if runs || !u.Running || again {
			return u, nil
		}
	}
}

func (s *Server) dropUpload(id sales.ID) {
	for _, kind := range []string{"csv", "json", "tmp"} {
		_ = os.Remove(s.uploadPath(id, kind))
	}
}

// uploads lists those of the viewer, the newest first.
func (s *Server) uploads(v visit) []*upload {
	var out []*upload
	for _, u := range s.allUploads() {
		if u.UserID == v.UserID && u.WorkspaceID == v.WorkspaceID {
			out = append(out, u)
		}
	}
	return out
}

func (s *Server) allUploads() []*upload {
	entries, err := os.ReadDir(s.uploadDir())
	if err != nil {
		return nil
	}
	var out []*upload
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".json")
		id, err := sales.ParseID(name)
		if !ok || err != nil {
			continue
		}
		if u, err := s.readUpload(id); err == nil {
			out = append(out, u)
		}
	}
	slices.SortFunc(out, func(a, b *upload) int { return b.At.Compare(a.At) })
	return out
}

// sweepUploads deletes what is older than a day, and makes room for one more of
// the viewer's. Files without a record are those of an upload that broke off.
func (s *Server) sweepUploads(v visit) {
	old := time.Now().Add(-keepFiles)
	mine := 0
	for _, u := range s.allUploads() {
		if u.Runs {
			continue
		}
		if u.UserID == v.UserID && u.WorkspaceID == v.WorkspaceID {
			mine++
		}
		if u.At.Before(old) || mine >= maxFiles && u.UserID == v.UserID {
			s.dropUpload(u.ID)
		}
	}
	entries, err := os.ReadDir(s.uploadDir())
	if err != nil {
		return
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.ModTime().Before(old) {
			name, _, _ := strings.Cut(e.Name(), ".")
			if id, err := sales.ParseID(name); err == nil && !s.files.runs(id) {
				s.dropUpload(id)
			}
		}
	}
}

// begin takes a place for an import.
func (f *files) begin(id sales.ID) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, ok := f.running[id]; ok {
		return sales.Errorf(sales.Conflict, "This import runs already.")
	}
	if len(f.running) >= maxRunning {
		return sales.Errorf(sales.Limited, "Other imports run at this moment. Try again when they are done.")
	}
	if f.running == nil {
		f.running = map[sales.ID]importer.Progress{}
	}
	f.running[id] = importer.Progress{}
	return nil
}

func (f *files) end(id sales.ID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.running, id)
}

func (f *files) progress(id sales.ID, p importer.Progress) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.running[id] = p
}

// at says how far an import is, and whether it runs in this process.
func (f *files) at(id sales.ID) (importer.Progress, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p, ok := f.running[id]
	return p, ok
}

func (f *files) runs(id sales.ID) bool {
	_, ok := f.at(id)
	return ok
}

// runUpload imports a file in the background. What it did, or why it broke off,
// is in the record afterwards.
func (s *Server) runUpload(ctx context.Context, v visit, u *upload) error {
	if err := s.files.begin(u.ID); err != nil {
		return err
	}
	u.Running, u.Done, u.Problem = true, false, ""
	if err := s.saveUpload(u); err != nil {
		s.files.end(u.ID)
		return err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), importFor)
	go func() {
		defer cancel()
		defer s.files.end(u.ID)
		u.Problem = "The import broke off. Start it again: what is there already stays."
		defer func() {
			u.Running = false
			if err := s.saveUpload(u); err != nil {
				s.Log.Error("the result of an import could not be kept", "import", u.ID, "err", err)
			}
		}()
		err := s.importFile(ctx, v, u)
		if u.Problem = ""; err != nil {
			u.Problem = sales.Explain(err)
			s.Log.Warn("an import broke off", "import", u.ID, "err", err)
		}
		u.Done = err == nil
	}()
	return nil
}

func (s *Server) importFile(ctx context.Context, v visit, u *upload) error {
	f, err := os.Open(s.uploadPath(u.ID, "csv"))
	if err != nil {
		return noRoom(err)
	}
	defer f.Close()
	u.Result, err = s.Desk.Import(ctx, v.Viewer, f, u.Mapping, u.Owner, func(p importer.Progress) { s.files.progress(u.ID, p) })
	return err
}

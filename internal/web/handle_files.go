package web

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path/filepath"
	"strings"

	"ninetyten/internal/desk"
	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
)

// maxFilesAtOnce is how many files one form brings at most.
const maxFilesAtOnce = 10

// getFiles lists the files that mails carry.
func (s *Server) getFiles(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.filesPage(w, r, v, http.StatusOK, "")
}

func (s *Server) filesPage(w http.ResponseWriter, r *http.Request, v visit, status int, problem string) error {
	sh, err := s.shell(r, v, "Files", "settings")
	if err != nil {
		return err
	}
	list, err := s.Store.AllFiles(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	uses, err := s.Desk.FileUses(r.Context(), v.Viewer)
	if err != nil {
		return err
	}
	users, err := s.Store.Users(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	names := map[sales.ID]string{}
	for _, u := range users {
		names[u.ID] = u.Name
	}
	p := FilesPage{Shell: sh, Max: desk.MaxFile, Problem: problem}
	for _, f := range list {
		u := textUses(uses[f.ID])
		p.Rows = append(p.Rows, FileRow{ID: f.ID, Name: f.Name, Size: bytesText(f.Size), By: names[f.UserID], At: f.CreatedAt, Uses: u, CanDelete: len(u) == 0 && (f.UserID == v.UserID || v.Role.AtLeast(sales.RoleManager))})
	}
	return RenderStatus(w, r, status, sh, FilesView(p))
}

// postFiles keeps the files of a form, as many as can be, and says what became of
// the others.
func (s *Server) postFiles(w http.ResponseWriter, r *http.Request, v visit) error {
	httpx.SlowBody(w, uploadTime)
	r.Body = http.MaxBytesReader(w, r.Body, maxFilesAtOnce*desk.MaxFile+1<<20)
	kept, problems, err := s.takeFiles(r, v)
	if err != nil && !inForm(err) {
		return err
	}
	if err != nil {
		problems = append(problems, sales.Explain(err))
	}
	if len(problems) > 0 {
		_, _ = io.Copy(io.Discard, r.Body)
		status := http.StatusUnprocessableEntity
		if sales.CodeOf(err) == sales.Limited {
			status = http.StatusRequestEntityTooLarge
		}
		if len(kept) > 0 {
			problems = append(problems, "Kept: "+strings.Join(kept, ", ")+".")
		}
		return s.filesPage(w, r, v, status, strings.Join(problems, " "))
	}
	return s.toastTo(w, r, "/settings/files", Toast{Text: "Kept: " + clipText(strings.Join(kept, ", "), 200) + "."})
}

// takeFiles reads the files of a form one after the other. An error ends it; a
// file that is refused does not.
func (s *Server) takeFiles(r *http.Request, v visit) (kept, problems []string, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, nil, sales.Errorf(sales.Invalid, "No file came with the form. Choose one, then press the button.")
	}
	large := fmt.Sprintf("The files are larger than a mail can carry: at most %d MB each, and %d at once.", desk.MaxFile>>20, maxFilesAtOnce)
	for n := 0; ; {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF) && n == 0:
			return kept, problems, sales.Errorf(sales.Invalid, "Choose a file first.")
		case errors.Is(err, io.EOF):
			return kept, problems, nil
		case err != nil:
			return kept, problems, tooMuch(err, large)
		case part.FormName() != "file" || part.FileName() == "":
			continue
		}
		if n++; n > maxFilesAtOnce {
			return kept, problems, sales.Errorf(sales.Limited, "%s", large)
		}
		data, err := io.ReadAll(io.LimitReader(part, desk.MaxFile+1))
		if err != nil {
			return kept, problems, tooMuch(err, large)
		}
		f, err := s.Desk.UploadFile(r.Context(), v.Viewer, sales.File{Name: part.FileName(), MediaType: mediaType(part.FileName(), data), Data: data})
		switch {
		case inForm(err):
			problems = append(problems, sales.Explain(err))
		case err != nil:
			return kept, problems, err
		default:
			kept = append(kept, f.Name)
		}
	}
}

// mediaType is what a file seems to be, by its first bytes (the rules of the WHATWG,
// mimesniff.spec.whatwg.org) and, where those leave it open, by its extension.
func mediaType(name string, data []byte) string {
	sniffed := http.DetectContentType(data)
	ext := strings.ToLower(filepath.Ext(name))
	switch kind, _, _ := strings.Cut(sniffed, ";"); kind {
	case "application/zip":
		if t := map[string]string{
			".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
			".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".odt": "application/vnd.oasis.opendocument.text",
			".ods": "application/vnd.oasis.opendocument.spreadsheet", ".odp": "application/vnd.oasis.opendocument.presentation", ".epub": "application/epub+zip",
		}[ext]; t != "" {
			return t
		}
	case "text/plain":
		if t := map[string]string{".csv": "text/csv", ".ics": "text/calendar", ".vcf": "text/vcard", ".md": "text/markdown"}[ext]; t != "" {
			return strings.Replace(sniffed, "text/plain", t, 1)
		}
	case "application/octet-stream":
		if t := map[string]string{".doc": "application/msword", ".xls": "application/vnd.ms-excel", ".ppt": "application/vnd.ms-powerpoint", ".heic": "image/heic"}[ext]; t != "" {
			return t
		}
	}
	return sniffed
}

// getFile gives a file to keep: never to show, whatever is in it.
func (s *Server) getFile(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := sales.ParseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	list, err := s.Store.Files(r.Context(), v.WorkspaceID, []sales.ID{id})
	if err != nil {
		return err
	}
	f, ok := list[id]
	if !ok || f.Private && f.UserID != v.UserID {
		return sales.Errorf(sales.NotFound, "This file is not there any more.")
	}
	b, err := s.Store.FileBytes(r.Context(), v.WorkspaceID, id)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", f.MediaType)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cache-Control", "private, max-age=3600")
	h.Set("Content-Length", fmt.Sprint(len(b)))
	_, err = w.Write(b)
	return err
}

// postDeleteFile removes a file that no step attaches.
func (s *Server) postDeleteFile(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.deleteOne(w, r, "/settings/files", "The file is gone.", func(id sales.ID) error { return s.Desk.DeleteFile(r.Context(), v.Viewer, id) })
}

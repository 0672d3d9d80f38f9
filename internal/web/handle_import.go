package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"ninetyten/internal/httpx"
	"ninetyten/internal/importer"
	"ninetyten/internal/render"
	"ninetyten/internal/sales"
)

const (
	uploadTime   = 30 * time.Minute // how long a file may take to come in
	previewLimit = 20_000           // rows that a preview decides about
	previewKeep  = 100              // rows that it shows
)

// getImport takes a file and lists the imports of the last day.
func (s *Server) getImport(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.importPage(w, r, v, nil)
}

func (s *Server) importPage(w http.ResponseWriter, r *http.Request, v visit, problem error) error {
	sh, err := s.shell(r, v, "Import people", "people")
	if err != nil {
		return err
	}
	sh.Now = time.Now().UTC() // files are kept by the wall's clock
	p := ImportPage{Shell: sh, MaxSize: s.maxUpload()}
	for _, u := range s.uploads(v) {
		p.Past = append(p.Past, ImportRow{ID: u.ID, File: u.Name, By: bytesText(u.Size), At: u.At, Text: s.importWords(u), Finished: u.Done})
	}
	status := http.StatusOK
	if problem != nil {
		p.Problem, status = sales.Explain(problem), formStatus(problem)
	}
	if sales.CodeOf(problem) == sales.Limited {
		status = http.StatusRequestEntityTooLarge
	}
	return RenderStatus(w, r, status, sh, ImportView(p))
}

// importWords says what an import did, or what it waits for.
func (s *Server) importWords(u *upload) string {
	switch {
	case u.Runs:
		return "Runs at this moment"
	case u.Done:
		return fmt.Sprintf("%s added, %s changed, %s left out", number(u.Result.Created), number(u.Result.Updated), number(u.Result.Refused))
	case u.Running || u.Problem != "":
		return "Broke off; it can be started again"
	case u.Mapped:
		return "Waits for you to start it"
	}
	return "Waits for you to say what the columns mean"
}

// postImport takes a file. It goes to disk as it comes in, never whole into memory.
func (s *Server) postImport(w http.ResponseWriter, r *http.Request, v visit) error {
	httpx.SlowBody(w, uploadTime)
	u, err := s.receive(r, v)
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		err = s.tooLarge(err)
	}
	if inForm(err) {
		// Browsers show an answer only when they could send all of the file.
		_, _ = io.Copy(io.Discard, r.Body)
		return s.importPage(w, r, v, err)
	}
	if err != nil {
		return err
	}
	return httpx.SeeOther(w, r, path("/import", u.ID))
}

// receive finds the file in the body and keeps it.
func (s *Server) receive(r *http.Request, v visit) (*upload, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, sales.Errorf(sales.Invalid, "No file came with the form. Choose one, then press the button.")
	}
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil, sales.Errorf(sales.Invalid, "No file came with the form. Choose one, then press the button.")
		case err != nil:
			return nil, brokenUpload(err)
		case part.FormName() != "file":
			continue
		case part.FileName() == "":
			return nil, sales.Errorf(sales.Invalid, "Choose a file first.")
		}
		u, err := s.keepUpload(v, part.FileName(), part)
		if err != nil {
			return nil, brokenUpload(err)
		}
		return u, nil
	}
}

// brokenUpload makes what a body says readable; an error for people and one of
// the size stay as they are.
func brokenUpload(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) || sales.CodeOf(err) != sales.Internal {
		return err
	}
	return sales.WrapError(sales.Invalid, err, "The file did not come in whole. Try again, and check your line when it stays.")
}

// fileOf gives the upload of the path, of the viewer's own.
func (s *Server) fileOf(r *http.Request, v visit) (*upload, error) {
	id, err := sales.ParseID(r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return s.upload(v, id)
}

// getImportFile shows an upload where it stands: the columns, or how far it is
// and what it did.
func (s *Server) getImportFile(w http.ResponseWriter, r *http.Request, v visit) error {
	u, err := s.fileOf(r, v)
	if err != nil {
		return err
	}
	again := r.URL.Query().Has("columns") && !u.Runs
	if u.Done || !again && (u.Running || u.Problem != "") {
		sh, err := s.shell(r, v, "Import", "people")
		if err != nil {
			return err
		}
		p := s.resultPage(sh, u)
		p.GoOn = sh.StepsLeft > 0
		return Render(w, r, sh, ImportResultView(p))
	}
	return s.mapPage(w, r, v, u, nil)
}

func (s *Server) mapPage(w http.ResponseWriter, r *http.Request, v visit, u *upload, problem error) error {
	sh, err := s.shell(r, v, "Import", "people")
	if err != nil {
		return err
	}
	p := ImportMapPage{Shell: sh, ID: u.ID, File: u.Name, Read: readWords(u), Targets: targets(), Country: u.Mapping.Country, Owner: u.Owner.String()}
	for _, note := range u.Sheet.Notes {
		p.Findings = append(p.Findings, Finding{Text: note})
	}
	for i, c := range u.Sheet.Columns {
		col := ImportColumn{Name: c.Name, Index: i, Samples: c.Samples, Target: string(u.Mapping.Fields[i])}
		if u.Mapping.Fields[i].CustomName() != "" {
			col.Target = ownField
		}
		p.Columns = append(p.Columns, col)
	}
	if v.Role.AtLeast(sales.RoleManager) {
		users, err := s.Store.Users(r.Context(), v.WorkspaceID)
		if err != nil {
			return err
		}
		for _, x := range users {
			if !x.Disabled {
				p.Owners = append(p.Owners, Option{Value: x.ID.String(), Label: x.Name})
			}
		}
	}
	status := http.StatusOK
	if problem != nil {
		p.Problem, status = sales.Explain(problem), formStatus(problem)
	}
	return RenderStatus(w, r, status, sh, ImportMapView(p))
}

// ownField is the choice to keep a column as a field of its own.
const ownField = "own"

// targets are what a column can mean.
func targets() []Option {
	out := []Option{{Value: "", Label: "Leave it out"}}
	for _, f := range importer.Fields() {
		label := map[importer.Field]string{importer.Email: "Mail address", importer.Domain: "Web site of the company", importer.Zone: "Time zone", importer.FullName: "Whole name", importer.LinkedIn: "LinkedIn page"}[f]
		if label == "" {
			label = fieldLabel(string(f))
		}
		out = append(out, Option{Value: string(f), Label: label})
	}
	return append(out, Option{Value: ownField, Label: "A field of its own"})
}

// readWords says how a file was read: "412 kB, UTF-16, separated by semicolons".
func readWords(u *upload) string {
	d := u.Sheet.Dialect
	encoding := map[string]string{"utf-8": "UTF-8", "utf-16le": "UTF-16", "utf-16be": "UTF-16", "windows-1252": "Windows-1252"}[d.Encoding]
	delimiter := map[string]string{",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}[d.Delimiter]
	return bytesText(u.Size) + " · " + encoding + ", separated by " + delimiter
}

// postMapping keeps what the columns mean, and shows what each row would do.
func (s *Server) postMapping(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	u, err := s.fileOf(r, v)
	if err != nil {
		return err
	}
	if u.Runs || u.Done {
		return httpx.SeeOther(w, r, path("/import", u.ID))
	}
	if err := s.readMapping(r, v, u); inForm(err) {
		return s.mapPage(w, r, v, u, err)
	} else if err != nil {
		return err
	}
	u.Mapped, u.Problem, u.Running = true, "", false
	if err := s.saveUpload(u); err != nil {
		return err
	}
	return httpx.SeeOther(w, r, path("/import", u.ID, "preview"))
}

func (s *Server) readMapping(r *http.Request, v visit, u *upload) error {
	used := map[importer.Field]bool{}
	for i, c := range u.Sheet.Columns {
		f := importer.Field(r.PostForm.Get("column-" + strconv.Itoa(i)))
		if f == ownField {
			f = ownColumn(c, used)
		}
		used[f] = true
		u.Mapping.Fields[i] = f
	}
	u.Mapping.Country = strings.ToUpper(strings.TrimSpace(r.PostForm.Get("country")))
	u.Owner = v.UserID
	if v.Role.AtLeast(sales.RoleManager) && r.PostForm.Get("owner") != "" {
		id, err := sales.ParseID(r.PostForm.Get("owner"))
		if err != nil {
			return err
		}
		owner, err := s.Store.User(r.Context(), v.WorkspaceID, id)
		if err != nil {
			return sales.Errorf(sales.Invalid, "Choose somebody of your team whom new people belong to.")
		}
		u.Owner = owner.ID
	}
	return u.Mapping.Validate()
}

// ownColumn names the field of a column that is kept as its own, unlike the others.
func ownColumn(c importer.Column, used map[importer.Field]bool) importer.Field {
	f := c.Field
	if f.CustomName() == "" {
		name := strings.TrimPrefix(render.CustomField(c.Name), "custom.")
		for len(name) > 60 || !importer.Custom(name).Valid() {
			if name = strings.ToValidUTF8(name[:max(0, min(60, len(name)-1))], ""); name == "" {
				name = "field"
			}
		}
		f = importer.Custom(name)
	}
	base := f
	for n := 2; used[f]; n++ {
		f = base + importer.Field("_"+strconv.Itoa(n))
	}
	return f
}

// getImportPreview shows what each of the first rows would do.
func (s *Server) getImportPreview(w http.ResponseWriter, r *http.Request, v visit) error {
	u, err := s.fileOf(r, v)
	if err != nil {
		return err
	}
	if !u.Mapped || u.Done || u.Runs {
		return httpx.SeeOther(w, r, path("/import", u.ID))
	}
	sample, err := s.sample(r.Context(), v, u)
	if inForm(err) {
		return s.mapPage(w, r, v, u, err)
	}
	if err != nil {
		return err
	}
	sh, err := s.shell(r, v, "Import", "people")
	if err != nil {
		return err
	}
	res := sample.Result
	p := ImportPreviewPage{Shell: sh, ID: u.ID, File: u.Name, Added: res.Created, Changed: res.Updated, Same: res.Same, LeftOf: res.Refused, Whole: sample.Whole}
	if !sample.Whole {
		p.Findings = append(p.Findings, Finding{Text: "The file is long: these are the numbers of its first " + number(res.Rows) + " rows. The others are decided in the same way."})
	}
	if len(res.Problems) > res.Refused {
		p.Findings = append(p.Findings, Finding{Tone: "late", Text: "Some rows have remarks: a cell was left out, or kept as it was. They stand beside the rows, and all of them in the result."})
	}
	for _, row := range sample.Rows {
		p.Rows = append(p.Rows, previewRow(row))
	}
	return Render(w, r, sh, ImportPreviewView(p))
}

func (s *Server) sample(ctx context.Context, v visit, u *upload) (importer.Sample, error) {
	f, err := os.Open(s.uploadPath(u.ID, "csv"))
	if err != nil {
		return importer.Sample{}, noRoom(err)
	}
	defer f.Close()
	return s.Desk.PreviewRows(ctx, v.Viewer, f, u.Mapping, previewLimit, previewKeep)
}

func previewRow(x importer.Planned) ImportPreviewRow {
	row := ImportPreviewRow{Line: x.Line, Name: x.Person.Name(), Account: pick(x.Account.Name != "", x.Account.Name, x.Account.Domain), Why: strings.Join(append(nonEmpty(x.Why), x.Problems...), " ")}
	if row.Name == "Somebody without a name" {
		row.Name = pick(x.Person.Phone != "", x.Person.Phone, pick(x.Person.LinkedIn != "", x.Person.LinkedIn, ""))
	}
	switch x.Action {
	case importer.Create:
		row.What = Tag{Text: "New", Tone: "lean"}
	case importer.Update:
		row.What = Tag{Text: "Fills in " + many(len(x.Changed), "field", "fields"), Tone: "mark"}
		row.Why = strings.TrimSpace("Fills in: " + changedWords(x.Changed) + ". " + row.Why)
	case importer.Same:
		row.What = Tag{Text: "Stays as it is"}
	case importer.Refuse:
		row.What = Tag{Text: "Left out", Tone: "late"}
	}
	return row
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func changedWords(names []string) string {
	var out []string
	for _, n := range names {
		out = append(out, strings.ToLower(fieldLabel(strings.TrimPrefix(n, "custom."))))
	}
	return strings.Join(out, ", ")
}

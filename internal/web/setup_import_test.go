package web_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/net/html"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/web"
)

// upload sends a file as the form does.
func (b *browser) upload(name string, content []byte) answer {
	b.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		b.t.Fatal(err)
	}
	_, _ = part.Write(content)
	if err := w.Close(); err != nil {
		b.t.Fatal(err)
	}
	return b.send(w.FormDataContentType(), &body)
}

func (b *browser) send(kind string, body io.Reader) answer {
	b.t.Helper()
	r, err := http.NewRequest("POST", b.url+"/import", body)
	if err != nil {
		b.t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	res, err := b.c.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer{res, string(text), b.t}
}

// mapping is the form of the columns as the page shows it, with some changed.
func (a answer) mapping(fields ...string) []string {
	var out []string
	for _, sel := range a.all("form select") {
		for d := range sel.Descendants() {
			if d.Data == "option" && chosen(d) {
				out = append(out, attr(sel, "name"), attr(d, "value"))
			}
		}
	}
	return typed(out, fields...)
}

func chosen(option *html.Node) bool {
	return slices.ContainsFunc(option.Attr, func(a html.Attribute) bool { return a.Key == "selected" })
}

// importAll takes a file through all steps and gives the last page.
func (b *browser) importAll(name string, content []byte, fields ...string) answer {
	b.t.Helper()
	page := b.upload(name, content).Header.Get("Location")
	if page == "" {
		b.t.Fatal("the file was refused")
	}
	b.post(page+"/mapping", b.get(page).mapping(fields...)...).to(page + "/preview")
	b.get(page + "/preview")
	b.post(page + "/run").to(page)
	b.until(page+"/progress", "#import-result", "left out")
	return b.get(page)
}

// everybody gives all people, by address or number.
func (s *site) everybody() map[string]sales.Person {
	s.t.Helper()
	list, _, err := s.Store.People(context.Background(), sales.Viewer{WorkspaceID: s.Workspace.ID, UserID: s.Owner.ID, Role: sales.RoleOwner}, store.PeopleFilter{}, store.Page{Limit: 200})
	if err != nil {
		s.t.Fatal(err)
	}
	out := map[string]sales.Person{}
	for _, p := range list {
		out[p.Email+p.Phone] = p
	}
	return out
}

const file = "first name,last name,email,company,city\r\nMarta,Oliveira,marta@brightwater.example,Brightwater Logistics,Porto\r\nJonas,Lindqvist,jonas@fjellfrakt.example,Fjellfrakt,Bergen\r\n"

func TestImport(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Seller)
	b.get("/import").wants("main", "Up to 1 GB", "A file that works")
	page := b.upload("people.csv", []byte(file)).Header.Get("Location")
	a := b.get(page)
	a.wants("main", "people.csv", "UTF-8, separated by commas", "Marta", "Jonas")
	fields := a.mapping()
	if got := form(fields...); got.Get("column-0") != "first_name" || got.Get("column-2") != "email" || got.Get("column-3") != "company" || got.Get("column-4") != "own" {
		t.Errorf("the guess: %v", got)
	}
	if len(a.all("#f-owner")) != 0 {
		t.Error("a seller chooses an owner")
	}
	b.do("GET", page+"/preview", nil).to(page) // no mapping yet
	b.do("POST", page+"/run", form()).to(page)
	bad := b.do("POST", page+"/mapping", form(typed(fields, "column-2", "", "country", "pt")...)).wantPage(422, "without one of them nobody can be reached")
	if bad.value("[name=country]") != "PT" {
		t.Error("the country typed is gone")
	}
	b.do("POST", page+"/mapping", form(typed(fields, "column-2", "nonsense")...)).wantPage(422, "is no field")
	b.do("POST", page+"/mapping", form(typed(fields, "country", "Portugal")...)).wantPage(422, "no country code")
	b.post(page+"/mapping", fields...).to(page + "/preview")
	a = b.get(page + "/preview")
	a.wants("main", "Nothing has happened yet", "Marta Oliveira", "Fjellfrakt", "New", "Import 2 rows")
	if len(s.everybody()) != 0 {
		t.Fatal("the preview wrote")
	}
	b.post(page + "/run").to(page)
	b.until(page+"/progress", "#import-result", "2 people are new")
	b.get(page).wants("main", "2 people are new")
	all := s.everybody()
	if p := all["jonas@fjellfrakt.example"]; p.Name() != "Jonas Lindqvist" || p.Custom["city"] != "Bergen" || p.OwnerID != s.Seller.ID {
		t.Errorf("%+v", p)
	}
	b.do("POST", page+"/run", form()).to(page)
	b.do("POST", page+"/mapping", form(fields...)).to(page)
	b.get("/import").wants("main", "people.csv", "2 added, 0 changed, 0 left out")

	// The same file again brings nobody in twice, and fills in what is missing.
	b.importAll("again.csv", []byte("email,title,city\nmarta@brightwater.example,Head of Ops,Lisboa\n")).wants("main", "0 people are new", "1 changed")
	if p := s.everybody()["marta@brightwater.example"]; p.Title != "Head of Ops" || p.Custom["city"] != "Porto" {
		t.Errorf("%+v", p)
	}
}

func TestImportWithoutAddressTwice(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Seller)
	rows := []byte("name,phone,linkedin\nMarta Oliveira,+351 22 555 0148,\nJonas Lindqvist,,https://www.linkedin.com/in/Jonas-L\n")
	b.importAll("a.csv", rows).wants("main", "2 people are new")
	b.importAll("b.csv", bytes.ReplaceAll(rows, []byte("Jonas-L"), []byte("jonas-l"))).wants("main", "0 people are new", "2 stay as they are")
}

func TestFilesThatAreRefused(t *testing.T) {
	s := newSite(t, 0, func(d *web.Deps) { d.MaxUpload = 4096 })
	b := s.as(s.Seller)
	for _, c := range []struct{ name, content, says string }{
		{"empty.csv", "", "The file is empty"}, {"blank.csv", " \r\n\r\n", "The file is empty"}, {"book.xlsx", "PK\x03\x04" + strings.Repeat("\x00\x01", 50), "CSV"},
		{"large.csv", "email\n" + strings.Repeat("a@b.example\n", 1000), "larger than 4 kB. Cut it into parts"},
		{"huge.csv", "email\n" + strings.Repeat("a@b.example\n", 200_000), "larger than 4 kB. Cut it into parts"},
	} {
		status := 422
		if strings.Contains(c.says, "larger") {
			status = 413
		}
		b.upload(c.name, []byte(c.content)).wantPage(status, c.says)
	}
	b.upload("", []byte(file)).wantPage(422, "Choose a file first")
	b.do("POST", "/import", form("file", "x")).wantPage(422, "No file came with the form")
	b.send("multipart/form-data; boundary=x", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n1\r\n--x--\r\n")).wantPage(422, "No file came")
	b.send("multipart/form-data; boundary=x", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"cut.csv\"\r\n\r\nemail\r\na@b.ex")).wantPage(422, "did not come in whole")
	left, err := filepath.Glob(filepath.Join(s.data, "uploads", "*"))
	if err != nil || len(left) != 0 {
		t.Errorf("%v: files are left: %v", err, left)
	}
}

func TestHostileFiles(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Seller)
	wide := utf16.Encode([]rune("\ufeffVorname;Nachname;E-Mail\r\nJürgen;Groß;juergen@gross.example\r\n"))
	var le bytes.Buffer
	_ = binary.Write(&le, binary.LittleEndian, wide)
	a := b.importAll("utf16.csv", le.Bytes())
	a.wants("main", "1 person is new")
	if p := s.everybody()["juergen@gross.example"]; p.Name() != "Jürgen Groß" {
		t.Errorf("UTF-16: %q", p.Name())
	}
	b.importAll("ragged.csv", []byte("email,first name\nr1@x.example\nr2@x.example,Rui,too,many\n\n,,\nnot an address,Nobody\n")).wants("main", "2 people are new", "The line has 4 cells", "Came in", "Left out")
	a = b.importAll("left.csv", []byte("email,first name\nr1@x.example,Rita\nper(at)x,Per\n"))
	a.wants("main", "0 people are new", "Left out", "is not a mail address")
	if strings.Contains(a.text("main"), "Came in") {
		t.Error("a row that was left out came in")
	}

	evil := "=cmd|' /C calc'!A0"
	page := b.upload("../../etc/<script>alert(1)<\u202e.csv", []byte("email,first name,last name,company\nf@x.example,"+evil+",<img src=x onerror=alert(1)>,\"{{ first_name }}\"\n@SUM(1+1),=1+1,+2,-3\n")).Header.Get("Location")
	a = b.get(page)
	a.wants("main", "<script>alert(1)<.csv", evil)
	if len(a.all("main script"))+len(a.all("main img")) != 0 || strings.Contains(a.body, "etc/") {
		t.Error("a name of a file or a cell is markup, or shows folders")
	}
	b.post(page+"/mapping", a.mapping()...)
	b.get(page+"/preview").wants("main", evil, "Left out")
	b.post(page + "/run")
	b.until(page+"/progress", "#import-result", "1 person is new")
	if p := s.everybody()["f@x.example"]; p.FirstName != evil || p.LastName != "<img src=x onerror=alert(1)>" {
		t.Errorf("a cell is not kept as text: %+v", p)
	}
	res := b.do("GET", page+"/problems.csv", nil)
	rows, err := csv.NewReader(strings.NewReader(res.body)).ReadAll()
	if err != nil || len(rows) < 2 || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/csv") || !strings.Contains(res.Header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("%v %v %v", err, rows, res.Header)
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
}

func TestUploadsBelongToWhoeverSentThem(t *testing.T) {
	s := newSite(t, 0)
	b, owner := s.as(s.Seller), s.as(s.Owner)
	page := b.upload("people.csv", []byte(file)).Header.Get("Location")
	for _, path := range []string{page, page + "/preview", page + "/progress", page + "/problems.csv"} {
		owner.do("GET", path, nil).wantPage(404, "not here any more")
	}
	for _, path := range []string{page + "/mapping", page + "/run"} {
		owner.do("POST", path, form()).wantPage(404, "not here any more")
	}
	for _, id := range []string{"0", "-1", "..%2f..%2fsecret", "99999999999999999999"} {
		if a := b.do("GET", "/import/"+id, nil); a.StatusCode != 422 && a.StatusCode != 404 {
			t.Errorf("%s: %d", id, a.StatusCode)
		}
	}
	if strings.Contains(owner.get("/import").text("main"), "people.csv") {
		t.Error("the list shows the file of somebody else")
	}
	// The owner of new people is one of the team, and only a manager chooses.
	mine := owner.upload("mine.csv", []byte(file)).Header.Get("Location")
	fields := owner.get(mine).mapping()
	owner.do("POST", mine+"/mapping", form(typed(fields, "owner", "12345")...)).wantPage(422, "somebody of your team")
	owner.importAll("mine.csv", []byte(file), "owner", s.Seller.ID.String())
	if p := s.everybody()["marta@brightwater.example"]; p.OwnerID != s.Seller.ID {
		t.Errorf("the owner is %d", p.OwnerID)
	}
}

func TestUploadsAreForgotten(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Seller)
	first := b.upload("first.csv", []byte(file)).Header.Get("Location")
	for i := range 5 {
		b.upload(fmt.Sprintf("f%d.csv", i), []byte(file))
	}
	b.do("GET", first, nil).wantPage(404)
	files, err := filepath.Glob(filepath.Join(s.data, "uploads", "*.csv"))
	if err != nil || len(files) != 5 {
		t.Fatalf("%v: %d files", err, len(files))
	}
	// A file without a record, a day old: an upload that broke off.
	lost := filepath.Join(s.data, "uploads", "77.csv")
	if err := os.WriteFile(lost, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-25 * time.Hour)
	if err := os.Chtimes(lost, old, old); err != nil {
		t.Fatal(err)
	}
	b.upload("last.csv", []byte(file))
	if _, err := os.Stat(lost); !os.IsNotExist(err) {
		t.Errorf("the lost file is still there: %v", err)
	}
}

// A page that is read in the moment in which an import ends says what it did,
// never that the server stopped.
func TestImportReadWhileItEnds(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Seller)
	for round := range 40 {
		page := b.upload("people.csv", []byte(file)).Header.Get("Location")
		b.post(page+"/mapping", b.get(page).mapping()...).to(page + "/preview")
		b.post(page + "/run").to(page)
		for text := "Importing"; strings.Contains(text, "Importing"); {
			text = b.part(page + "/progress").text("#import-result")
			if strings.Contains(text, "broke off") {
				t.Fatalf("round %d: %s", round, text)
			}
		}
	}
}

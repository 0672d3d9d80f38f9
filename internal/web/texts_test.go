package web_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

func (s *site) snippetID(name string) string {
	s.t.Helper()
	list, err := s.Snippets(context.Background(), s.Workspace.ID)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, x := range list {
		if x.Name == name {
			return x.ID.String()
		}
	}
	s.t.Fatalf("there is no snippet %s", name)
	return ""
}

func TestSnippetPages(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Owner)
	b.get("/settings/snippets").wants("main", "Texts that mails share go here", "Example")
	for _, c := range []struct{ name, body, says string }{
		{"", "x", "letters, digits"}, {"my proof", "x", "letters, digits"}, {"<script>", "x", "letters, digits"}, {"a", "", "needs a text"}, {"a", "Hello {{ first_name", "is not closed"}, {"a", "{{ snippet.nobody }}", "no snippet nobody"},
		{"a", "{{ snippet.a }}", "deep"}, {"a", strings.Repeat("x", 20_001), "at most 20,000"},
	} {
		a := b.do("POST", "/settings/snippets", form("name", c.name, "body", c.body)).wantPage(422, c.says)
		if len(c.body) < 100 && a.value("#f-body") != c.body || len(a.all("[aria-invalid=true]")) == 0 {
			t.Errorf("%q: what was typed is gone, or nothing is marked", c.name)
		}
	}
	a := b.do("POST", "/settings/snippets", form("do", "preview", "name", "", "body", "Hello {{ first_name }} of {{ company }}, {{ custom.plan }} <b>now</b>")).wantPage(200)
	a.wants(".mail-shown", "Hello Ada of Analytical Engines, [custom.plan] <b>now</b>")
	if len(a.all(".mail-shown b")) > 0 {
		t.Error("the preview is HTML")
	}
	b.post("/settings/snippets", "name", "proof", "body", "Four minutes.\r\nNot two hours, {{ first_name }}.").to("/settings/snippets")
	b.post("/settings/snippets", "name", "outer", "body", "{{ snippet.proof }}")
	page := "/settings/snippets/" + s.snippetID("proof")
	b.get("/settings/snippets").wants("main", "proof", "Four minutes. Not two hours, {{ first_name }}", "Snippet outer")
	b.get(page).wants(".lead", "Used by", "Snippet outer")
	b.do("POST", page, form("name", "evidence", "body", "x")).wantPage(409, "keeps its name")
	b.post(page, "name", "proof", "body", "Another text.").to("/settings/snippets")
	b.get("/settings/snippets").wants("main", "Another text.")
	b.do("POST", page+"/delete", form()).to("/settings/snippets")
	b.get("/settings/snippets").wants("#toasts", "used by the snippet outer")
	s.as(s.Seller).get(page).wants("main", "Managers change snippets", "{{ snippet.proof }}", "Another text.")
	b.post("/settings/snippets/" + s.snippetID("outer") + "/delete")
	b.post(page + "/delete")
	b.do("GET", page, nil).wantPage(404)
	b.do("POST", page, form("name", "proof", "body", "x")).wantPage(404)
}

func TestFilePages(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Seller)
	b.get("/settings/files").wants("main", "What mails carry goes here", "At most 10 MB each")
	for _, c := range []struct {
		name, data string
		code       int
		says       string
	}{
		{"setup.exe", "x", 422, "is a program"}, {"invoice.pdf", "MZ\x90\x00\x03\x00", 422, "whatever its name says"}, {"empty.pdf", "", 422, "is empty"}, {"<img src=x onerror=alert(1)>.js", "x", 422, "is a program"},
		{"big.pdf", strings.Repeat("a", 10<<20+1), 422, "larger than 10 MB"},
	} {
		a := b.sendFile("/settings/files", c.name, []byte(c.data)).wantPage(c.code, c.says)
		if len(a.all("[onerror]")) > 0 {
			t.Error("the name of a file is HTML")
		}
	}
	b.do("POST", "/settings/files", form("file", "x")).wantPage(422, "No file came")
	b.sendFile("/settings/files", "", nil).wantPage(422, "Choose a file first")
	evil := "\u202e<b>Prices</b>; filename=\"x\".html"
	b.sendFile("/settings/files", evil, []byte("<script>alert(1)</script>")).to("/settings/files")
	b.sendFile("/settings/files", "Übersicht 2027.docx", []byte("PK\x03\x04 word")).to("/settings/files")
	files, err := s.AllFiles(context.Background(), s.Workspace.ID)
	if err != nil || len(files) != 2 {
		t.Fatal(err, files)
	}
	html, docx := files[0], files[1]
	if !strings.HasPrefix(docx.MediaType, "application/vnd.openxmlformats") {
		t.Errorf("a document is %s", docx.MediaType)
	}
	a := b.get("/settings/files/" + html.ID.String())
	if d := a.Header.Get("Content-Disposition"); !strings.HasPrefix(d, "attachment") || a.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(a.Header.Get("Content-Security-Policy"), "sandbox") || a.body != "<script>alert(1)</script>" {
		t.Errorf("a file is shown: %q %v", d, a.Header)
	}
	if d := b.get("/settings/files/" + docx.ID.String()).Header.Get("Content-Disposition"); !strings.Contains(d, "%C3%9Cbersicht") {
		t.Errorf("the name is lost: %q", d)
	}

	ctx := context.Background()
	err = s.InTx(ctx, func(tx *store.Tx) error {
		q, err := tx.Sequence(ctx, s.Workspace.ID, s.Sequence.ID)
		if err != nil {
			return err
		}
		q.Steps[1].Attachments = []sales.ID{docx.ID}
		return tx.SaveSequence(ctx, q)
	})
	if err != nil {
		t.Fatal(err)
	}
	page := b.get("/settings/files")
	page.wants("main", "Fleet ops, autumn, step 2", "Ana Seller")
	if n := len(page.all("tbody form")); n != 1 {
		t.Errorf("%d files can be deleted, want the one that nothing attaches", n)
	}
	b.do("POST", "/settings/files/"+docx.ID.String()+"/delete", form()).to("/settings/files")
	b.get("/settings/files").wants("#toasts", "is attached to step 2 of “Fleet ops, autumn”")
	other := s.as(s.user(sales.RoleSeller, "Tomas"))
	other.do("POST", "/settings/files/"+html.ID.String()+"/delete", form()).wantPage(403)
	b.post("/settings/files/" + html.ID.String() + "/delete")
	b.do("GET", "/settings/files/"+html.ID.String(), nil).wantPage(404)
}

// Several files in one form: what can be kept is kept, and the rest is said.
func TestSeveralFiles(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Seller)
	var body bytes.Buffer
	for _, f := range [][2]string{{"a.pdf", "%PDF a"}, {"b.exe", "MZ"}, {"c.txt", "hello"}} {
		body.WriteString("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + f[0] + "\"\r\n\r\n" + f[1] + "\r\n")
	}
	body.WriteString("--x--\r\n")
	r := b.raw("/settings/files", "multipart/form-data; boundary=x", body.Bytes())
	r.wantPage(422, "“b.exe” is a program", "Kept: a.pdf, c.txt.")
	if list, err := s.AllFiles(context.Background(), s.Workspace.ID); err != nil || len(list) != 2 {
		t.Error(err, list)
	}
	for _, broken := range []string{"", "--x\r\n", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhalf", strings.Repeat("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n1\r\n", 30) + "--x--\r\n"} {
		if a := b.raw("/settings/files", "multipart/form-data; boundary=x", []byte(broken)); a.StatusCode != 422 && a.StatusCode != 413 {
			t.Errorf("%.40q: status %d", broken, a.StatusCode)
		}
	}
}

package mail

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/jhillyerd/enmime/v2"
	"pgregory.net/rapid"

	"ninetyten/internal/sales"
)

func TestSafeName(t *testing.T) {
	for in, want := range map[string]string{
		"Offer 2026.pdf":                  "Offer 2026.pdf",
		"Preis–Liste.pdf":                 "Preis–Liste.pdf",
		"見積書.pdf":                         "見積書.pdf",
		"عرض سعر.pdf":                     "عرض سعر.pdf",
		"../../etc/passwd":                "passwd",
		`C:\Users\sam\Offer.pdf`:          "Offer.pdf",
		"..":                              "attachment",
		"":                                "attachment",
		" . ":                             "attachment",
		"dir/":                            "attachment",
		".htaccess":                       "htaccess",
		"a\x00b\x1b[31m\x7f.pdf":          "ab[31m.pdf",
		"offer\u202Efdp.exe":              "offerfdp.exe",
		`who "is" <this>?*|.pdf`:          "who _is_ _this____.pdf",
		"con:stream.txt":                  "con_stream.txt",
		"  two   blanks\t.pdf ":           "two blanks .pdf",
		"\xff\xfe.pdf":                    "\uFFFD.pdf",
		"=?utf-8?q?x?=.pdf":               "=_utf-8_q_x_=.pdf",
		"line\u2028separator.pdf":         "line separator.pdf",
		strings.Repeat("é", 200):          strings.Repeat("é", 75),
		strings.Repeat("é", 200) + ".pdf": strings.Repeat("é", 73) + ".pdf",
	} {
		if got := SafeName(in); got != want {
			t.Errorf("SafeName(%q) = %q, want %q", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "name")
		got := SafeName(in)
		if got == "" || len(got) > maxFileName || !utf8.ValidString(got) || strings.ContainsAny(got, "/\\\"\r\n") || got[0] == '.' || strings.IndexFunc(got, unicode.IsControl) >= 0 {
			t.Fatalf("%q became %q", in, got)
		}
		if again := SafeName(got); again != got {
			t.Fatalf("%q is safe, and became %q", got, again)
		}
	})
}

// leaves reads a mail with the standard library and gives its parts: names as
// Content-Disposition has them, and what they hold.
func leaves(t interface{ Fatal(...any) }, header interface{ Get(string) string }, body io.Reader) (names []string, data [][]byte) {
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err, header.Get("Content-Type"))
	}
	if strings.HasPrefix(kind, "multipart/") {
		r := multipart.NewReader(body, params["boundary"])
		for {
			p, err := r.NextRawPart()
			if err == io.EOF {
				return names, data
			}
			if err != nil {
				t.Fatal(err)
			}
			n, d := leaves(t, p.Header, p)
			names, data = append(names, n...), append(data, d...)
		}
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	v := header.Get("Content-Disposition")
	if v == "" {
		return nil, nil
	}
	_, params, err = mime.ParseMediaType(v)
	if err != nil {
		t.Fatal(err, v)
	}
	for line := range strings.Lines(string(raw)) {
		if len(line) > 78 {
			t.Fatal("a line of base64 with", len(line), "characters")
		}
	}
	plain, err := base64.StdEncoding.DecodeString(strings.NewReplacer("\r", "", "\n", "").Replace(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return []string{params["filename"]}, [][]byte{plain}
}

// What is attached is what arrives: read by the standard library, by Parse, and
// by enmime, none of which shares code with what wrote it.
func TestAttachmentsArrive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draft()
		if rapid.Bool().Draw(t, "html") {
			d.HTML = "<p>Hello --=_a</p>"
		}
		name := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.SampledFrom([]rune("abc日本é'%*;=\"()., -_☃")), 0, 200, -1))
		for range rapid.IntRange(1, 4).Draw(t, "files") {
			d.Attachments = append(d.Attachments, File{
				Name: strings.NewReplacer("\r", "", "\n", "", "\x00", "").Replace(name.Draw(t, "name")),
				Type: rapid.SampledFrom([]string{"", "application/pdf", "text/plain; charset=utf-8", "text/calendar; method=REQUEST", "multipart/mixed", "message/rfc822", "x", "a/b/c", "image/png; name=\"y\"", ";;"}).Draw(t, "type"),
				Data: rapid.SliceOfN(rapid.Byte(), 0, 3000).Draw(t, "data"),
			})
		}
		raw, err := Compose(d)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(string(raw), "\r\n") {
			if len(line) > 200 || !isASCII(line) || strings.ContainsAny(line, "\r\n") {
				t.Fatalf("line %q", line)
			}
		}
		m, err := netmail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		names, data := leaves(t, m.Header, m.Body)
		p := Parse(raw)
		env, err := enmime.ReadEnvelope(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if len(names) != len(d.Attachments) || len(p.Attachments) != len(d.Attachments) || len(env.Attachments) != len(d.Attachments) {
			t.Fatalf("%d attachments became %d, %d, %d", len(d.Attachments), len(names), len(p.Attachments), len(env.Attachments))
		}
		if p.Text != "Hello Ann,\n\nhow are you?" || (p.HTML() == "") != (d.HTML == "") {
			t.Fatalf("text %q, HTML %q", p.Text, p.HTML())
		}
		for i, f := range d.Attachments {
			want := SafeName(f.Name)
			if names[i] != want || p.Attachments[i].Name != want {
				t.Fatalf("the name %q became %q and %q in\n%s", want, names[i], p.Attachments[i].Name, raw)
			}
			if !bytes.Equal(data[i], f.Data) || p.Attachments[i].Size != len(f.Data) || !bytes.Equal(env.Attachments[i].Content, f.Data) {
				t.Fatal("the bytes changed")
			}
		}
	})
}

func TestAttachmentHeaders(t *testing.T) {
	d := draft()
	d.Attachments = []File{
		{Name: "Offer.pdf", Type: "application/pdf", Data: []byte("x")},
		{Name: "見積書・第二版・最終.pdf", Type: "application/pdf", Data: []byte("y")},
		{Name: "page.html", Type: "text/html; charset=utf-8; name=other", Data: []byte("z")},
	}
	raw, err := Compose(d)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"\r\nContent-Type: multipart/mixed; boundary=\"=_",
		"\r\nContent-Type: application/pdf; name=\"Offer.pdf\"\r\nContent-Disposition: attachment; filename=\"Offer.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n",
		"\r\nContent-Type: application/pdf;\r\n name=\"=?utf-8?b?",
		"\r\nContent-Disposition: attachment;\r\n filename*0*=utf-8''%E8%A6%8B%E7%A9%8D",
		";\r\n filename*1*=%",
		"\r\nContent-Type: text/html; charset=utf-8; name=\"page.html\"\r\n",
	} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("no %q in\n%s", want, raw)
		}
	}
	for line := range strings.SplitSeq(string(raw), "\r\n") {
		if len(line) > 78 {
			t.Errorf("a line of %d characters: %s", len(line), line)
		}
	}
}

func TestAttachmentsTooLarge(t *testing.T) {
	d := draft()
	half := make([]byte, MaxAttached/2)
	d.Attachments = []File{{Name: "a", Data: half}, {Name: "b", Data: half}}
	raw, err := Compose(d)
	if err != nil || len(raw) > MaxRaw {
		t.Fatalf("just as much as fits: %v, %d bytes", err, len(raw))
	}
	d.Attachments = append(d.Attachments, File{Name: "c", Data: make([]byte, 1<<19)})
	if _, err := Compose(d); sales.CodeOf(err) != sales.Limited || !strings.Contains(sales.Explain(err), "10.5 MB together; a mail can carry 10 MB") {
		t.Errorf("too large: %v", err)
	}
	d.Attachments = make([]File, MaxAttachments+1)
	if _, err := Compose(d); sales.CodeOf(err) != sales.Limited || !strings.Contains(sales.Explain(err), "51 attachments") {
		t.Errorf("too many: %v", err)
	}
}

// Two mails that differ in what is attached are two mails.
func TestAttachmentsCountForTheID(t *testing.T) {
	d := draft()
	d.HeaderID = ""
	ids := map[string]bool{}
	for _, files := range [][]File{nil, {{Name: "a"}}, {{Name: "b"}}, {{Name: "a", Data: []byte("x")}}} {
		d.Attachments = files
		ids[d.id()] = true
	}
	if len(ids) != 4 {
		t.Errorf("%d IDs of 4 mails", len(ids))
	}
}

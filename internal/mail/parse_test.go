package mail

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

const simple = "From: =?utf-8?q?J=C3=B6rg_M=C3=BCller?= <Joerg@Buyer.example>\r\n" +
	"To: \"Seller, Sam\" <sam@seller.example>, bob@seller.example (Bob)\r\n" +
	"Cc: Team: x@team.example, y@team.example;\r\n" +
	"Subject: =?iso-8859-1?Q?Gr=F6=DFe_?= =?iso-8859-1?Q?und_Preis?=\r\n" +
	"Date: Wed, 04 Mar 2026 11:00:00 +0100 (CET)\r\n" +
	"Message-ID: <m1@buyer.example>\r\n" +
	"In-Reply-To: <k1@seller.example>\r\n" +
	"References: <k0@seller.example>\r\n <k1@seller.example>\r\n" +
	"Return-Path: <joerg@buyer.example>\r\n\r\nGuten Tag\r\n"

func TestParseEnvelope(t *testing.T) {
	p := Parse([]byte(simple))
	if p.From != "joerg@buyer.example" || p.FromName != "Jörg Müller" || p.Subject != "Größe und Preis" || p.HeaderID != "m1@buyer.example" || !p.HasID {
		t.Errorf("%+v", p)
	}
	if !p.Date.Equal(time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)) {
		t.Errorf("date %v", p.Date)
	}
	if want := []string{"k0@seller.example", "k1@seller.example"}; !slices.Equal(p.References, want) || p.InReplyTo != want[1] {
		t.Errorf("references %q, in reply to %q", p.References, p.InReplyTo)
	}
	if want := []Address{{"Seller, Sam", "sam@seller.example"}, {"Bob", "bob@seller.example"}}; !slices.Equal(p.To, want) {
		t.Errorf("to %+v", p.To)
	}
	if want := []Address{{"", "x@team.example"}, {"", "y@team.example"}}; !slices.Equal(p.Cc, want) {
		t.Errorf("cc %+v", p.Cc)
	}
	if p.ReturnPath != "joerg@buyer.example" || p.NullPath || p.Text != "Guten Tag" {
		t.Errorf("path %q, text %q", p.ReturnPath, p.Text)
	}
	if !slices.Equal(p.OurIDs, []string{"k1@seller.example", "k0@seller.example"}) {
		t.Errorf("our ids %q", p.OurIDs)
	}
}

// Broken mails still give their words.
func TestParseBroken(t *testing.T) {
	cases := map[string]struct{ raw, text string }{
		"empty":                  {"", ""},
		"no headers":             {"just words\nand more", "just words\nand more"},
		"headers only":           {"From: a@b.example\nSubject: x", ""},
		"bare CR":                {"From: a@b.example\rSubject: x\r\rwords\r", "words"},
		"mbox line":              {"From a@b.example Wed Mar  4 10:00:00 2026\nFrom: a@b.example\n\nwords", "words"},
		"line without a colon":   {"From: a@b.example\nnonsense here\nSubject: x\n\nwords", "words"},
		"no blank line":          {"From: a@b.example\nSubject: x\nwords without a colon\nmore", "words without a colon\nmore"},
		"empty lines above":      {"\n \t\n\nFrom: a@b.example\nSubject: x\n\nwords", "words"},
		"unknown charset":        {"Content-Type: text/plain; charset=martian\n\nGr\xfc\xdfe", "Grüße"},
		"wrong charset":          {"Content-Type: text/plain; charset=utf-8\n\nGr\xfc\xdfe", "Grüße"},
		"utf-8 as latin1":        {"Content-Type: text/plain; charset=iso-8859-1\n\nGrüße", "Grüße"},
		"utf-7":                  {"Content-Type: text/plain; charset=utf-7\n\nGr+APwA3w-e +- 1", "Grüße + 1"},
		"iso-2022-jp bare":       {"Content-Type: text/plain\n\n\x1b$B$3$s\x1b(B", "こん"},
		"unknown encoding":       {"Content-Transfer-Encoding: x-rot\n\nwords", "words"},
		"broken base64":          {"Content-Transfer-Encoding: base64\n\nd29yZHM\n!!=\n", "words"},
		"base64 in pieces":       {"Content-Transfer-Encoding: base64\n\nd28=\ncmRz\n", "words"},
		"broken qp":              {"Content-Transfer-Encoding: quoted-printable\n\nw=6Frds =ZZ=\n more", "words =ZZ more"},
		"no boundary":            {"Content-Type: multipart/mixed\n\nwords", "words"},
		"boundary never seen":    {"Content-Type: multipart/mixed; boundary=x\n\nwords", "words"},
		"last boundary gone":     {"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nwords\n", "words"},
		"part header broken":     {"Content-Type: multipart/mixed; boundary=x\n\n--x\nno colon here\nContent-Type: text/plain\n\nwords\n--x--\n", "words"},
		"NUL and controls":       {"Subject: a\x00b\n\nwo\x00rds", "words"},
		"html only":              {"Content-Type: text/html\n\n<p>words<br>more</p><script>evil()</script>", "words\nmore"},
		"empty text beside html": {"Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\n \n--x\nContent-Type: text/html\n\n<b>words</b>\n--x--", "words"},
		"flowed":                 {"Content-Type: text/plain; format=flowed\n\nwords \nand \nmore\n\n-- \nAnn", "words and more\n\n-- \nAnn"},
		"two texts":              {"Content-Type: multipart/mixed; boundary=x\n\n--x\n\none\n--x\nContent-Type: text/html\n\n<p>two</p>\n--x--", "one\ntwo"},
		"nested boundary dash":   {"Content-Type: multipart/mixed; boundary=\"a--\"\n\n--a--\nContent-Type: text/plain\n\nwords\n", "words"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			p := Parse([]byte(c.raw))
			if c.text == "words" && strings.Contains(p.Text, "words") {
				return
			}
			if p.Text != c.text {
				t.Errorf("text %q, want %q (via %s)", p.Text, c.text, p.Via)
			}
		})
	}
}

func TestParseAttachmentNames(t *testing.T) {
	raw := `Content-Type: multipart/mixed; boundary=x

--x
Content-Type: application/pdf; name="=?utf-8?q?Pr=C3=A9cis.pdf?="
Content-Disposition: attachment
Content-Transfer-Encoding: base64

AAAA
--x
Content-Type: text/plain; charset=utf-8
Content-Disposition: attachment; filename*=iso-8859-1'de'Gr%F6%DFe.txt

text of a file
--x
Content-Type: image/png
Content-Disposition: attachment; filename*0="long"; filename*1="name.png"

x
--x
Content-Type: application/zip; name="..\..\evil.zip"

x
--x--
`
	p := Parse([]byte(raw))
	var names []string
	for _, a := range p.Attachments {
		names = append(names, a.Name)
	}
	if want := []string{"Précis.pdf", "Größe.txt", "longname.png", "evil.zip"}; !slices.Equal(names, want) {
		t.Errorf("names %q", names)
	}
	if p.Attachments[0].Size != 3 || p.Text != "" {
		t.Errorf("size %d, text %q", p.Attachments[0].Size, p.Text)
	}
}

func TestParseReport(t *testing.T) {
	raw := `From: MAILER-DAEMON@mx.example
Return-Path: <>
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It failed.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Original-Envelope-Id: x1

Final-Recipient: rfc822; ann@buyer.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1
 no such user
Final-Recipient: rfc822; bob@buyer.example
Action: failed
Status: 4.2.2

--b
Content-Type: text/rfc822-headers

Message-ID: <k1@seller.example>
From: sam@seller.example
To: ann@buyer.example
List-Unsubscribe: <https://go.seller.example/u/abcdefghij0123456789>
X-Ninetyten-Ref: 42
--b--
`
	p := Parse([]byte(raw))
	if p.Report == nil || p.Report.Kind != ReportDelivery || len(p.Report.Recipients) != 2 {
		t.Fatalf("report %+v", p.Report)
	}
	if got := p.Report.Recipients[0].Get("diagnostic-code"); got != "smtp; 550 5.1.1 no such user" {
		t.Errorf("diagnostic %q", got)
	}
	if p.Report.Message.Get("Reporting-MTA") != "dns; mx.example" || !p.NullPath || p.Text != "It failed." {
		t.Errorf("message %+v, text %q", p.Report.Message, p.Text)
	}
	if p.Original == nil || p.Original.HeaderID != "k1@seller.example" || p.Original.To[0].Addr != "ann@buyer.example" {
		t.Fatalf("original %+v", p.Original)
	}
	if !slices.Contains(p.OurIDs, "k1@seller.example") || !slices.Equal(p.Tokens, []string{"abcdefghij0123456789", "42"}) {
		t.Errorf("ids %q, tokens %q", p.OurIDs, p.Tokens)
	}
}

func TestParseTokens(t *testing.T) {
	tok := "AbCdEfGhIjKlMnOpQrSt"
	for name, raw := range map[string]string{
		"text":   "\nsee https://go.seller.example/u/" + tok + ".\n",
		"quoted": "\nhi\n\nOn Tue, 3 Mar 2026 at 9:12 Sam <s@x.example> wrote:\n> https://go.seller.example/u/" + tok + "\n",
		"html":   "Content-Type: text/html\n\n<a href=\"https://go.seller.example/u/" + tok + "\">x</a>",
		"both":   "Content-Type: multipart/alternative; boundary=x\n\n--x\n\nplain\n--x\nContent-Type: text/html\n\n<a href='https://go.seller.example/u/" + tok + "'>x</a>\n--x--",
	} {
		if p := Parse([]byte(raw)); !slices.Equal(p.Tokens, []string{tok}) {
			t.Errorf("%s: tokens %q", name, p.Tokens)
		}
	}
	if p := Parse([]byte("\n/u/short /u/" + strings.Repeat("x", 65) + "\n")); len(p.Tokens) != 0 {
		t.Errorf("tokens %q", p.Tokens)
	}
}

func TestParseWithoutID(t *testing.T) {
	a, b := Parse([]byte("From: a@b.example\n\none")), Parse([]byte("From: a@b.example\n\ntwo"))
	if a.HasID || !strings.HasPrefix(a.HeaderID, "sha256-") || !strings.HasSuffix(a.HeaderID, "@no-message-id") || a.HeaderID == b.HeaderID {
		t.Errorf("%q %q", a.HeaderID, b.HeaderID)
	}
	if again := Parse([]byte("From: a@b.example\n\none")); again.HeaderID != a.HeaderID {
		t.Error("the same mail got another ID")
	}
}

// Hostile sizes and shapes end soon and say what was left out.
func TestParseBounds(t *testing.T) {
	var parts, deep, heads bytes.Buffer
	parts.WriteString("Content-Type: multipart/mixed; boundary=x\n\n")
	for i := range 10000 {
		fmt.Fprintf(&parts, "--x\nContent-Type: text/plain\n\npart %d\n", i)
	}
	for i := range 5000 {
		fmt.Fprintf(&deep, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	deep.WriteString("Content-Type: text/plain\n\ninnermost\n")
	for i := range 50000 {
		fmt.Fprintf(&heads, "X-%d: y\n", i)
	}
	heads.WriteString("\nwords")
	broken := bytes.Replace(parts.Bytes(), []byte("--x\nContent"), []byte("--x\nno colon\nContent"), 1)
	cases := map[string][]byte{
		"10,000 parts":        parts.Bytes(),
		"10,000 parts broken": broken,
		"5,000 deep":          deep.Bytes(),
		"50,000 headers":      heads.Bytes(),
		"30 MB of text":       append([]byte("Subject: x\n\n"), bytes.Repeat([]byte("words and words\n"), 2<<20)...),
		"35 MB on one line":   append([]byte("Subject: x\n\n"), bytes.Repeat([]byte("x"), 35<<20)...),
		"nested mails":        []byte(strings.Repeat("Content-Type: message/rfc822\n\n", 3000) + "\nx"),
		"deep html":           []byte("Content-Type: text/html\n\n" + strings.Repeat("<div><blockquote>", 50000) + "words"),
		"many quotes":         []byte("\n" + strings.Repeat("On Tue, 3 Mar 2026 at 9:12 Sam <s@x.example> wrote\n", 30000)),
		"many commas":         []byte("To: " + strings.Repeat("a@b.example, ", 20000) + "\n\nx"),
		"many references":     []byte("References: " + strings.Repeat("<a@b.example> ", 10000) + "\n\nx"),
		"many encoded words":  []byte("Subject: " + strings.Repeat("=?utf-8?q?=C3=A9?= ", 10000) + "\n\nx"),
	}
	for name, raw := range cases {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			p := Parse(raw)
			if took := time.Since(start); took > time.Minute {
				t.Errorf("took %v", took)
			}
			if len(p.Text) > MaxText || len(p.HTML()) > 3*MaxText {
				t.Errorf("%d bytes of text, %d of HTML", len(p.Text), len(p.HTML()))
			}
			if (strings.Contains(name, "MB") || name == "10,000 parts" || name == "5,000 deep") && p.Cut == "" {
				t.Error("it does not say what was left out")
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(simple))
	f.Add([]byte("Content-Type: multipart/alternative; boundary=x\n\n--x\n\na\n--x\nContent-Type: text/html\n\n<b>a</b>\n--x--"))
	f.Add([]byte("Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822;a@b.example\nAction: failed\n\n"))
	f.Add([]byte("Subject: =?utf-8?b?w6k=?= =?x?q?=ZZ?=\nTo: \"a\\\"b\" <c@d.example>, (x(y)) e@f.example\n\nOn Tue, 3 Mar 2026 Sam <a@b.example> wrote:\n> hi\n-- \nAnn"))
	f.Add([]byte("Content-Type: text/html; charset=utf-7\nContent-Transfer-Encoding: base64\n\nPGI+"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		p := Parse(raw)
		if p.HeaderID == "" {
			t.Fatal("no ID")
		}
		for _, s := range []string{p.Text, p.HTML(), p.Reply, p.Signature, p.Disclaimer, p.Quoted, p.Contact().Title, p.Contact().Company, p.Subject, p.FromName, p.From, p.HeaderID, p.InReplyTo} {
			if !utf8.ValidString(s) {
				t.Fatalf("invalid UTF-8 %q", s)
			}
		}
		if strings.ContainsAny(p.Subject+p.FromName+p.From+p.HeaderID, "\r\n") {
			t.Fatalf("a line break in a header field: %q %q", p.Subject, p.FromName)
		}
		if low := strings.ToLower(p.HTML()); strings.Contains(low, "<script") || strings.Contains(low, "<iframe") {
			t.Fatalf("active HTML %q", p.HTML())
		}
	})
}

func BenchmarkParse(b *testing.B) {
	raw, err := Compose(Draft{From: "sam@seller.example", To: "ann@buyer.example", Subject: "A question", Date: time.Unix(1772618400, 0).UTC(), HeaderID: "k@x.example",
		Text: strings.Repeat("A line of text that a person may well write.\n", 40), HTML: "<p>" + strings.Repeat("A line of text that a person may well write.<br>", 40) + "</p>",
		Attachments: []File{{Name: "a.png", Type: "image/png", Data: make([]byte, 4000)}}})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(raw)
	}
}

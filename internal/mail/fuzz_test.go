package mail

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// FuzzText gives any text to the readers of what stands inside a mail.
func FuzzText(f *testing.F) {
	for _, s := range []string{
		"Hi Sam,\n\nyes.\n\n-- \nAnn Lee\nHead of Sales, Buyer Inc.\n+49 30 1234-56\n\nOn Tue, 3 Mar 2026 at 09:00 Sam <sam@seller.example> wrote:\n> hi",
		"-----Original Message-----\nFrom: Sam\nSent: Tuesday\nTo: Ann\nSubject: hi\n\nhello", "Am 03.03.26 um 09:00 schrieb Sam:\n> hallo\n\nja",
		"<p>yes<blockquote type=cite><a href=\"java\tscript:x\">y</a><img src=cid:1 onerror=x></blockquote><svg><style><!--</style><script>x</script>",
		"\"Lee, Ann\" <ANN@buyer.example>, group: a@b.example, (x) c@d.example;; <@route:e@f.example>", "=?utf-8?b?w6k=?= =?iso-2022-jp?b?GyRCJCIbKEI=?= =?x?q?=0A=0D?=",
		"../..\\CON.txt\u202egpj.exe", "Tue, 3 Mar 2026 09:00:00 +0100 (CET)",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		valid := utf8.ValidString(s)
		parts := SplitReply(s, "Ann Lee", "ann@buyer.example")
		for _, x := range []string{parts.Reply, parts.Unquoted, parts.Signature, parts.Disclaimer, parts.Quoted, HTMLText(s), DecodeHeader(s)} {
			if valid && !utf8.ValidString(x) {
				t.Errorf("%q is not valid any more", x)
			}
		}
		clean := SanitizeHTML(s)
		if low := strings.ToLower(clean); strings.Contains(low, "<script") || strings.Contains(low, "<iframe") || strings.Contains(low, "<style") || strings.Contains(low, "\"javascript:") {
			t.Errorf("active HTML %q", clean)
		}
		if again := SanitizeHTML(clean); again != clean && !strings.Contains(again, clean) && len(again) > len(clean)+len(clean)/2+100 {
			t.Errorf("cleaned twice, %q grew to %q", clean, again)
		}
		for _, a := range ParseAddresses(s) {
			if !strings.Contains(a.Addr, "@") || strings.ContainsFunc(a.Addr+a.Name, unicode.IsControl) && valid || a.Addr != strings.ToLower(a.Addr) {
				t.Errorf("address %+v", a)
			}
		}
		name := SafeName(s)
		if name == "" || len(name) > 150 || strings.ContainsAny(name, "/\\:*?\"<>|\r\n\x00") || SafeName(name) != name {
			t.Errorf("file name %q, then %q", name, SafeName(name))
		}
		if bare := BareSubject(s); strings.TrimLeft(bare, ":： \t") == bare && BareSubject(ReplySubject(s)) != bare {
			t.Errorf("subject %q: %q, of the answer %q", s, bare, BareSubject(ReplySubject(s)))
		}
		if d := ParseDate(s); !d.IsZero() && (d.Year() < 1969 || d.Year() > 2101) {
			t.Errorf("date %v", d)
		}
		ReadContact(s, "Ann Lee", "ann@buyer.example")
	})
}

// FuzzCompose: whatever the fields say, the mail has the headers that we write
// and no others, and lines that every server takes (RFC 5322 section 2.1.1).
func FuzzCompose(f *testing.F) {
	f.Add("Sam", "Ann", "A question", "Hello\n.\nfrom", "<p>Hello", "a.pdf", "application/pdf")
	f.Add("Sam\r\nBcc: x@y.example", "Änn", "x\nX-Forged: 1", "\n\nFrom me\x00\xff", "", "a\"\r\nX-Forged: 1", "text/plain; x=\r\nX-Forged: 1")
	f.Add(strings.Repeat("ü", 300), "a\"b\\", strings.Repeat("長い", 400), strings.Repeat("x", 3000), "", strings.Repeat("字", 100)+".txt", "")
	known := strings.Fields("from to subject date message-id list-unsubscribe list-unsubscribe-post x-ninetyten-ref x-ninetyten-kind mime-version content-type content-transfer-encoding")
	f.Fuzz(func(t *testing.T, fromName, toName, subject, text, html, fileName, fileType string) {
		d := Draft{
			From: "sam@seller.example", FromName: fromName, To: "ann@buyer.example", ToName: toName, Subject: subject, Text: text, HTML: html,
			Date: time.Unix(1772618400, 0).UTC(), HeaderID: "k@seller.example", UnsubscribeURL: "https://s.example/u/abc", Ref: "abc", Kind: "auto",
		}
		if fileName != "" {
			d.Attachments = []File{{Name: fileName, Type: fileType, Data: []byte(text)}}
		}
		raw, err := Compose(d)
		if err != nil {
			return
		}
		for line := range bytes.SplitSeq(bytes.TrimSuffix(raw, []byte("\r\n")), []byte("\r\n")) {
			if len(line) > 998 || bytes.ContainsAny(line, "\r\n\x00") || slices.ContainsFunc(line, func(c byte) bool { return c >= 0x80 }) {
				t.Fatalf("line %q", line)
			}
		}
		p := Parse(raw)
		for _, n := range p.Header.Names() {
			if !slices.Contains(known, strings.ToLower(n)) {
				t.Fatalf("forged header %q in\n%s", n, raw)
			}
		}
		if p.HeaderID != "k@seller.example" || p.From != "sam@seller.example" || len(p.To) != 1 || p.To[0].Addr != "ann@buyer.example" || len(p.Cc) != 0 {
			t.Errorf("became %q from %q to %+v\n%s", p.HeaderID, p.From, p.To, raw)
		}
		if want := strings.Fields(subject); utf8.ValidString(subject) && !strings.ContainsFunc(subject, unicode.IsControl) && !strings.Contains(subject, "=?") && !slices.Equal(strings.Fields(p.Subject), want) {
			t.Errorf("subject %q became %q", subject, p.Subject)
		}
		if fileName != "" && len(p.Attachments) != 1 {
			t.Errorf("attachments %+v\n%s", p.Attachments, raw)
		}
	})
}

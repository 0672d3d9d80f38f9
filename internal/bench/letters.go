package bench

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"mime"
	"mime/quotedprintable"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// correspondent is between whom a mail of the bench goes, and in which thread.
type correspondent struct {
	name, addr string // who writes
	to         string // the seller
	about      string // Message-ID of the mail that is answered, without brackets
}

// letter is one mail of the bench while it is written.
type letter struct {
	correspondent
	r    *rand.Rand
	n    int // makes it differ from every other
	size int // bytes that it has about
	b    strings.Builder
}

// shape is a kind of mail.
type shape struct {
	name  string
	write func(*letter)
}

// shapes are the kinds of mail that come into a seller's mailbox, each as often
// as the others.
func shapes() []shape {
	return []shape{
		{"plain answer above a quote", func(l *letter) { l.plain("en", "7bit", nil) }},
		{"answer in HTML alone", func(l *letter) { l.htmlOnly() }},
		{"answer in both, of a web mailer", func(l *letter) { l.alternative() }},
		{"answer with a file", func(l *letter) { l.withFile() }},
		{"answer with a picture in the signature", func(l *letter) { l.withPicture() }},
		{"delivery report", func(l *letter) { l.report("5.1.1", "failed", "550 5.1.1 no such user here") }},
		{"delivery report of a full mailbox", func(l *letter) { l.report("4.2.2", "delayed", "452 4.2.2 mailbox is full") }},
		{"returned mail in words", func(l *letter) { l.returned() }},
		{"absence, German, ISO-8859-1", func(l *letter) { l.absence("de", "iso-8859-1", charmap.ISO8859_1) }},
		{"absence, Japanese, ISO-2022-JP", func(l *letter) { l.absence("ja", "iso-2022-jp", japanese.ISO2022JP) }},
		{"absence, English", func(l *letter) { l.absence("en", "utf-8", nil) }},
		{"French answer, Windows-1252", func(l *letter) { l.plain("fr", "windows-1252", charmap.Windows1252) }},
		{"Chinese answer, GB 18030", func(l *letter) { l.plain("zh", "gb18030", simplifiedchinese.GB18030) }},
		{"Polish answer, base64", func(l *letter) { l.plain("pl", "utf-8", encoding.Nop) }},
		{"newsletter", func(l *letter) { l.newsletter() }},
		{"long answer between quotes", func(l *letter) { l.between() }},
	}
}

// writeLetter gives the n-th mail, of about size bytes: its shape goes by n, its
// words by seed and n.
func writeLetter(seed uint64, n, size int, who correspondent) []byte {
	list := shapes()
	l := &letter{correspondent: who, r: rand.New(rand.NewPCG(seed, uint64(n))), n: n, size: size} //nolint:gosec // a bench needs no secret
	list[n%len(list)].write(l)
	return []byte(strings.ReplaceAll(l.b.String(), "\n", "\r\n"))
}

// line writes a line.
func (l *letter) line(format string, args ...any) {
	fmt.Fprintf(&l.b, format, args...)
	l.b.WriteByte('\n')
}

// left is how much room there is, at least a little.
func (l *letter) left() int { return max(l.size-l.b.Len(), 200) }

// head writes the header up to the fields of the content.
func (l *letter) head(subject string) {
	at := benchNow().Add(-24e9 * 60)
	l.line("Return-Path: <%s>", l.addr)
	for i := range 3 {
		l.line("Received: from mx%d.%s (mx%d.%s [192.0.2.%d])", i, domainOf(l.addr), i, domainOf(l.addr), 10+i)
		l.line("\tby in%d.bench.example (Postfix) with ESMTPS id %08X%d", i, l.r.Uint32(), l.n)
		l.line("\tfor <%s>; %s", l.to, at.Format("Mon, 2 Jan 2006 15:04:05 -0700"))
	}
	l.line("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=%s; s=key1;", domainOf(l.addr))
	l.line("\th=from:to:subject:date:message-id:in-reply-to:references; bh=%s;", noise(l.r, 24))
	l.line("\tb=%s", noise(l.r, 180))
	l.line("From: %s <%s>", mime.QEncoding.Encode("utf-8", l.name), l.addr)
	l.line("To: Bench Seller <%s>", l.to)
	l.line("Subject: %s", mime.BEncoding.Encode("utf-8", subject))
	l.line("Date: %s", at.Format("Mon, 2 Jan 2006 15:04:05 -0700"))
	l.line("Message-ID: <%d.%d@%s>", l.r.Uint64(), l.n, domainOf(l.addr))
	if l.about != "" {
		l.line("In-Reply-To: <%s>", l.about)
		l.line("References: <%s>", l.about)
	}
	l.line("MIME-Version: 1.0")
}

func domainOf(addr string) string {
	_, d, _ := strings.Cut(addr, "@")
	return d
}

// noise is base64 of n random bytes.
func noise(r *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return base64.StdEncoding.EncodeToString(b)
}

// folded is base64 in lines of 76 characters (RFC 2045 section 6.8).
func folded(s string) string {
	var b strings.Builder
	for len(s) > 76 {
		b.WriteString(s[:76] + "\n")
		s = s[76:]
	}
	return b.String() + s + "\n"
}

// body writes the content fields and the text in a charset: nil is 7bit or
// UTF-8 as it stands, one of a byte a character goes quoted-printable, others as
// base64.
func (l *letter) body(kind, charset string, enc encoding.Encoding, text string) {
	l.line("Content-Type: %s; charset=%s", kind, charset)
	switch enc.(type) {
	case nil:
		l.line("Content-Transfer-Encoding: 8bit\n\n%s", text)
	case *charmap.Charmap:
		l.line("Content-Transfer-Encoding: quoted-printable\n")
		w := quotedprintable.NewWriter(&l.b)
		s, _ := encoding.ReplaceUnsupported(enc.NewEncoder()).String(text) // what has no place there is replaced
		_, _ = w.Write([]byte(s))                                          // memory
		_ = w.Close()
		l.b.WriteByte('\n')
	default:
		l.line("Content-Transfer-Encoding: base64\n")
		s, _ := encoding.ReplaceUnsupported(enc.NewEncoder()).String(text)
		l.b.WriteString(folded(base64.StdEncoding.EncodeToString([]byte(s))))
	}
}

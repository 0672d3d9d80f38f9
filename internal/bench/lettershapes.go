package bench

import (
	"fmt"
	"html"
	"strings"

	"golang.org/x/text/encoding"
)

// plain is what a person answers, with a signature and the quoted thread below.
func (l *letter) plain(lang, charset string, enc encoding.Encoding) {
	l.head("Re: " + l.subject())
	if charset == "7bit" {
		charset = "us-ascii"
	}
	room := l.left() - 600
	switch enc {
	case nil:
	case encoding.Nop:
		room = room * 7 / 10
	default:
		room = room * 6 / 10
	}
	l.body("text/plain", charset, enc, l.answer(lang)+l.signature()+l.quote(lang, room))
}

// answer is a short answer of somebody.
func (l *letter) answer(lang string) string {
	return fmt.Sprintf("%s\n\n%s\n\n", l.say(lang, greetings), l.say(lang, answersIn)) + l.prose(lang, 250+l.r.IntN(400), "")
}

// signature is as below business mail.
func (l *letter) signature() string {
	return fmt.Sprintf("\nBest regards\n%s\n\n-- \n%s\nHead of Operations\n%s GmbH\nTel. +49 30 5550%04d\nwww.%s\n", l.name, l.name, strings.ToUpper(domainOf(l.addr)[:3]), l.n%10000, domainOf(l.addr))
}

// quote is the thread so far, of about size bytes, each older mail one level
// deeper.
func (l *letter) quote(lang string, size int) string {
	var b strings.Builder
	mark := "> "
	for depth := 0; b.Len() < size && depth < 4; depth++ {
		who := "Bench Seller"
		if depth%2 == 1 {
			who = l.name
		}
		fmt.Fprintf(&b, "\n%sOn Mon, %d Feb 2026 at 09:%02d, %s wrote:\n%s\n", strings.TrimSuffix(mark, "> "), 23-depth, l.r.IntN(60), who, strings.TrimRight(mark, " "))
		b.WriteString(l.prose(lang, max(size/4, 100), mark))
		b.WriteString(mark + "\n")
		if depth%2 == 0 {
			fmt.Fprintf(&b, "%sIf you would rather not hear from me: http://127.0.0.1/u/%s\n", mark, strings.Map(urlSafe, noise(l.r, 24)))
		}
		mark += "> "
	}
	return b.String()
}

// urlSafe makes base64 fit for a link.
func urlSafe(r rune) rune {
	switch r {
	case '+', '/', '=':
		return 'x'
	}
	return r
}

// htmlOnly is an answer as Outlook writes it.
func (l *letter) htmlOnly() {
	l.head("RE: " + l.subject())
	var b strings.Builder
	b.WriteString(`<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style><!--` + "\n")
	for i := range 20 {
		fmt.Fprintf(&b, "@font-face {font-family:Font%d; panose-1:2 15 5 2 2 2 4 3 2 4;}\n", i)
	}
	b.WriteString("p.MsoNormal, li.MsoNormal, div.MsoNormal {margin:0cm; font-size:11.0pt; font-family:\"Calibri\",sans-serif;}\n--></style></head><body lang=\"EN-US\" link=\"#0563C1\"><div class=\"WordSection1\">\n")
	par := func(text string) {
		for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
			fmt.Fprintf(&b, "<p class=\"MsoNormal\"><span style=\"font-size:11.0pt;color:#1F497D\" lang=\"EN-US\">%s<o:p></o:p></span></p>\n", orBlank(html.EscapeString(line)))
		}
	}
	par(l.answer("en"))
	par(l.signature())
	b.WriteString(`<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm">` + "\n")
	fmt.Fprintf(&b, `<p class="MsoNormal"><b>From:</b> Bench Seller &lt;%s&gt; <br><b>Sent:</b> Monday, February 23, 2026 9:14 AM<br><b>To:</b> %s<br><b>Subject:</b> %s</p></div></div>`+"\n", l.to, l.name, l.subject())
	for b.Len() < l.left()-400 {
		par(l.prose("en", 600, ""))
	}
	b.WriteString("</div></body></html>")
	l.body("text/html", "utf-8", nil, b.String())
}

func orBlank(s string) string {
	if s == "" {
		return "&nbsp;"
	}
	return s
}

// alternative is an answer as a web mailer writes it: plain and HTML.
func (l *letter) alternative() {
	l.head("Re: " + l.subject())
	l.both(l.left() - 300)
}

// both writes the two alternatives in size bytes.
func (l *letter) both(size int) {
	answer, quote := l.answer("en")+l.signature(), l.quote("en", size/3)
	text := l.b.String()
	mark := fmt.Sprintf("alt%08x%d", l.r.Uint32(), len(text))
	l.line("Content-Type: multipart/alternative; boundary=\"%s\"\n\n--%s", mark, mark)
	l.body("text/plain", "utf-8", nil, answer+quote)
	l.line("--%s", mark)
	l.body("text/html", "utf-8", nil, `<div dir="ltr">`+strings.ReplaceAll(html.EscapeString(answer), "\n", "<br>\n")+`</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, 23 Feb 2026 at 09:14, Bench Seller &lt;<a href="mailto:`+l.to+`">`+l.to+
		`</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">`+strings.ReplaceAll(html.EscapeString(quote), "\n", "<br>\n")+`</blockquote></div>`)
	l.line("--%s--", mark)
}

// withFile is an answer that carries a file.
func (l *letter) withFile() {
	l.head("Re: " + l.subject())
	l.line("Content-Type: multipart/mixed; boundary=\"mixed%d\"\n\n--mixed%d", l.n, l.n)
	l.both(l.left() / 2)
	l.line("--mixed%d\nContent-Type: application/pdf; name=\"offer %d.pdf\"\nContent-Disposition: attachment; filename=\"offer %d.pdf\"\nContent-Transfer-Encoding: base64\n", l.n, l.n, l.n)
	l.b.WriteString(folded(noise(l.r, l.left()*7/10)))
	l.line("--mixed%d--", l.n)
}

// withPicture is an answer whose signature has a picture.
func (l *letter) withPicture() {
	l.head("AW: " + l.subject())
	l.line("Content-Type: multipart/related; boundary=\"rel%d\"\n\n--rel%d", l.n, l.n)
	l.both(l.left() / 2)
	l.line("--rel%d\nContent-Type: image/png; name=\"logo.png\"\nContent-ID: <logo%d>\nContent-Disposition: inline; filename=\"logo.png\"\nContent-Transfer-Encoding: base64\n", l.n, l.n)
	l.b.WriteString(folded(noise(l.r, l.left()*7/10)))
	l.line("--rel%d--", l.n)
}

// original is our mail as a report returns it.
func (l *letter) original(size int) string {
	return fmt.Sprintf("From: Bench Seller <%s>\nTo: %s <%s>\nSubject: %s\nDate: Mon, 23 Feb 2026 09:14:00 +0000\nMessage-ID: <%s>\nContent-Type: text/plain; charset=utf-8\n\n", l.to, l.name, l.addr, l.subject(), orElseText(l.about, "first@bench.example")) + l.prose("en", size, "")
}

func orElseText(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// report is a report by RFC 3464 with the mail that it is about.
func (l *letter) report(status, action, diagnostic string) {
	person := l.correspondent
	l.name, l.addr = "Mail Delivery System", "MAILER-DAEMON@mx."+domainOf(person.addr)
	l.head("Undelivered Mail Returned to Sender")
	l.correspondent = person
	l.line("Auto-Submitted: auto-replied\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"rep%d\"\n\n--rep%d\nContent-Type: text/plain; charset=us-ascii\n", l.n, l.n)
	l.line("This is the mail system at host mx.%s.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.\n\n<%s>: host mx.%s said: %s\n    (in reply to RCPT TO command)\n", domainOf(l.addr), l.addr, domainOf(l.addr), diagnostic)
	l.line("--rep%d\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.%s\nArrival-Date: Mon, 23 Feb 2026 09:14:02 +0000\n\nFinal-Recipient: rfc822; %s\nOriginal-Recipient: rfc822;%s\nAction: %s\nStatus: %s\nRemote-MTA: dns; mx.%s\nDiagnostic-Code: smtp; %s\n", l.n, domainOf(l.addr), l.addr, l.addr, action, status, domainOf(l.addr), diagnostic)
	l.line("--rep%d\nContent-Type: message/rfc822\n\n%s\n--rep%d--", l.n, l.original(l.left()-300), l.n)
}

// returned is a report in words, as old servers write it.
func (l *letter) returned() {
	person := l.correspondent
	l.name, l.addr = "Mail Delivery Subsystem", "postmaster@mx."+domainOf(person.addr)
	l.head("failure notice")
	l.correspondent = person
	l.body("text/plain", "us-ascii", nil, fmt.Sprintf("Hi. This is the mail program at mx.%s.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<%s>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n%s", domainOf(l.addr), l.addr, l.original(l.left()-600)))
}

// absence is an automatic reply with our mail below.
func (l *letter) absence(lang, charset string, enc encoding.Encoding) {
	l.head(l.say(lang, absentSubjects) + ": " + l.subject())
	l.line("Auto-Submitted: auto-replied\nX-Auto-Response-Suppress: All")
	text := fmt.Sprintf(l.say(lang, absences), 5+l.r.IntN(20)) + "\n\n" + l.name + "\n"
	room := l.left() - 400
	if enc != nil {
		room = room * 6 / 10
	}
	l.body("text/plain", charset, enc, text+l.quote(lang, room))
}

// newsletter is bulk mail in HTML.
func (l *letter) newsletter() {
	l.head("News of the month: " + l.subject())
	l.line("List-Id: <news.%s>\nList-Unsubscribe: <https://news.example/u?%d>\nPrecedence: bulk", domainOf(l.addr), l.n)
	var b strings.Builder
	b.WriteString("<!DOCTYPE html><html><head><title>News</title><style>td{padding:4px} .big{font-size:22px}</style></head><body><table width=\"600\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" align=\"center\">\n")
	for b.Len() < l.left()-500 {
		fmt.Fprintf(&b, "<tr><td align=\"left\" bgcolor=\"#ffffff\" style=\"font-family:Arial;color:#333333;padding:10px\"><h2 class=\"big\">%s</h2><img src=\"https://news.example/i/%d.png\" width=\"560\" height=\"120\" alt=\"\"><p>%s</p><a href=\"https://news.example/r/%d\" style=\"color:#0066cc;text-decoration:none\">Read more</a></td></tr>\n", l.subject(), l.r.IntN(1000), html.EscapeString(l.prose("en", 400, "")), l.r.IntN(100000))
	}
	b.WriteString("<tr><td>You get this because you signed up. <a href=\"https://news.example/u\">Unsubscribe</a></td></tr></table></body></html>")
	l.body("text/html", "utf-8", nil, b.String())
}

// between is an answer whose parts stand between quoted parts.
func (l *letter) between() {
	l.head("Re: " + l.subject())
	var b strings.Builder
	b.WriteString("On Mon, 23 Feb 2026 at 09:14, Bench Seller wrote:\n")
	for b.Len() < l.left()-500 {
		b.WriteString(l.prose("en", 350, "> ") + "\n" + l.prose("en", 150, "") + "\n")
	}
	l.body("text/plain", "utf-8", nil, b.String()+l.signature())
}

package voice

import (
	"fmt"
	"html"
	"strings"
	"time"
)

// Client is the program that a buyer writes with.
type Client string

// The clients, by the marks that they leave.
const (
	Gmail         Client = "gmail"          // text and HTML, gmail_quote
	Outlook       Client = "outlook"        // text and HTML, header block, no quote marks
	OutlookHTML   Client = "outlook_html"   // HTML alone
	OutlookMobile Client = "outlook_mobile" // "Get Outlook for iOS"
	Apple         Client = "apple"          // text, blockquote type=cite in HTML
	IPhone        Client = "iphone"         // "Sent from my iPhone", text alone
	Thunderbird   Client = "thunderbird"    // text, interleaved
	Bare          Client = "bare"           // no quote at all
)

// Clients are all of them.
func Clients() []Client {
	return []Client{Gmail, Outlook, OutlookHTML, OutlookMobile, Apple, IPhone, Thunderbird, Bare}
}

// Original is the mail that is answered or reported on.
type Original struct {
	From, FromName string
	To, ToName     string
	Subject        string
	MessageID      string // without brackets
	References     []string
	Date           time.Time
	Text           string // LF line ends
	Header         string // raw, for reports
	Raw            []byte
}

// Letter is a mail that a person writes.
type Letter struct {
	From, FromName string
	To, ToName     string
	Subject        string
	MessageID      string
	InReplyTo      string
	References     []string
	At             time.Time // in the zone of the writer
	Lang           string
	Client         Client
	Body           string    // what is said, with greeting and closing, LF line ends
	Signature      string    // below the body; may be empty
	Quote          *Original // nil: nothing is quoted
	Inline         bool      // the answer stands below each paragraph of the quote
}

// ReSubject is the subject of an answer, as the client writes it.
func ReSubject(c Client, lang, subject string) string {
	bare := subject
	for {
		cut := strings.TrimSpace(bare)
		head, rest, ok := strings.Cut(cut, ":")
		if !ok || len(head) > 4 || !strings.Contains(" re aw sv r rv antw fw fwd ", " "+strings.ToLower(head)+" ") {
			bare = cut
			break
		}
		bare = rest
	}
	if c == Outlook || c == OutlookHTML || c == OutlookMobile {
		return languageOf(lang).re + bare
	}
	return "Re: " + bare
}

// Bytes is the mail on the wire, CRLF line ends.
func (l Letter) Bytes() []byte {
	text, htm := l.render()
	m := newMail(l.At)
	m.address("From", l.FromName, l.From)
	m.address("To", l.ToName, l.To)
	m.text("Subject", l.Subject)
	m.raw("Message-ID", "<"+l.MessageID+">")
	if l.InReplyTo != "" {
		m.raw("In-Reply-To", "<"+l.InReplyTo+">")
	}
	if len(l.References) > 0 {
		m.raw("References", "<"+strings.Join(l.References, ">\r\n <")+">")
	}
	if x := mailer(l.Client); x != "" {
		m.raw("X-Mailer", x)
	}
	charset := l.charset(text)
	switch {
	case l.Client == OutlookHTML:
		return m.single("text/html", charset, htm)
	case htm == "":
		return m.single("text/plain", charset, text)
	}
	return m.alternative(charset, text, htm)
}

func mailer(c Client) string {
	switch c {
	case Apple:
		return "Apple Mail (2.3774.300.61.1.2)"
	case IPhone:
		return "iPhone Mail (21E236)"
	case Outlook, OutlookHTML:
		return "Microsoft Outlook 16.0"
	}
	return ""
}

// charset is what the client would use: older ones in Europe and Japan do not
// write UTF-8.
func (l Letter) charset(text string) string {
	old := l.Client == Outlook || l.Client == OutlookHTML || l.Client == Thunderbird
	if old && l.Lang == "ja" {
		return "iso-2022-jp"
	}
	if old && isLatin1(text) {
		return "iso-8859-1"
	}
	return "utf-8"
}

func isLatin1(s string) bool {
	for _, r := range s {
		if r > 0xff || r >= 0x80 && r < 0xa0 {
			return false
		}
	}
	return true
}

// render gives the text and the HTML, which may be empty.
func (l Letter) render() (text, htm string) {
	lang := languageOf(l.Lang)
	said := l.Body
	switch l.Client {
	case IPhone:
		said += "\n\n" + lang.phone
	case OutlookMobile:
		said += "\n\nGet Outlook for iOS"
	default:
		if l.Signature != "" {
			mark := "\n\n"
			if l.Client == Thunderbird {
				mark = "\n\n-- \n"
			}
			said += mark + l.Signature
		}
	}
	if l.Quote == nil || l.Client == Bare {
		return said + "\n", l.asHTML(said, "")
	}
	q := *l.Quote
	if l.Inline {
		return l.inline(lang, q), ""
	}
	switch l.Client {
	case Outlook, OutlookHTML, OutlookMobile:
		head := fmt.Sprintf("%s: %s <%s>\n%s: %s\n%s: %s <%s>\n%s: %s", lang.headers[0], q.FromName, q.From, lang.headers[1],
			lang.format(q.Date.In(l.At.Location()), "W, D M Y")+" "+q.Date.In(l.At.Location()).Format("15:04"), lang.headers[2], q.ToName, q.To, lang.headers[3], q.Subject)
		rule := "________________________________"
		if l.Client == Outlook {
			rule = ""
		}
		return said + "\n\n" + rule + "\n" + head + "\n\n" + q.Text + "\n", l.asHTML(said, outlookQuote(head, q.Text))
	case Apple, IPhone:
		line := lang.attribution(lang.apple, q, q.Date.In(l.At.Location()))
		return said + "\n\n> " + line + "\n> \n" + marked(q.Text) + "\n", l.asHTML(said, appleQuote(line, q.Text))
	}
	line := lang.attribution(lang.wrote, q, q.Date.In(l.At.Location()))
	return said + "\n\n" + line + "\n\n" + marked(q.Text) + "\n", l.asHTML(said, gmailQuote(line, q.Text))
}

// inline answers below the first paragraph of the quote and, as people who
// answer so do, leaves the rest of it standing with the footer at the end.
func (l Letter) inline(lang language, q Original) string {
	first, rest, _ := strings.Cut(strings.TrimSpace(q.Text), "\n\n")
	if second, more, ok := strings.Cut(rest, "\n\n"); ok && len(first) < 30 { // a greeting is no paragraph to answer
		first, rest = first+"\n\n"+second, more
	}
	out := lang.attribution(lang.wrote, q, q.Date.In(l.At.Location())) + "\n" + marked(first) + "\n\n" + l.Body + "\n\n" + marked(rest) + "\n"
	if l.Signature != "" {
		out += "\n-- \n" + l.Signature + "\n"
	}
	return out
}

// marked puts > before each line.
func marked(s string) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ">") {
			lines[i] = ">" + line
		} else {
			lines[i] = strings.TrimRight("> "+line, " ")
		}
	}
	return strings.Join(lines, "\n")
}

func lines(s string) string { return strings.ReplaceAll(html.EscapeString(s), "\n", "<br>\n") }

// asHTML is the HTML part, or "" for clients that write none.
func (l Letter) asHTML(said, quote string) string {
	switch l.Client {
	case Gmail:
		return `<div dir="ltr">` + lines(said) + "</div>\n" + quote
	case Outlook, OutlookHTML, OutlookMobile:
		body := ""
		for _, p := range strings.Split(said, "\n\n") {
			body += `<p class="MsoNormal">` + lines(p) + "<o:p></o:p></p>\n"
		}
		return "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style><!-- p.MsoNormal {margin:0cm;font-size:11.0pt} --></style></head><body lang=\"" + l.Lang + "\"><div class=\"WordSection1\">\n" + body + quote + "</div></body></html>\n"
	case Apple:
		return `<html><head></head><body style="overflow-wrap: break-word;">` + lines(said) + "<br>" + quote + "</body></html>\n"
	}
	return ""
}

func gmailQuote(line, text string) string {
	return `<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">` + html.EscapeString(line) + "<br></div>\n" +
		`<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">` + lines(text) + "</blockquote></div>\n"
}

func outlookQuote(head, text string) string {
	return `<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">` + lines(head) + "</p></div></div>\n<p class=\"MsoNormal\">" + lines(text) + "</p>\n"
}

func appleQuote(line, text string) string {
	return `<div><br><blockquote type="cite"><div>` + html.EscapeString(line) + `</div><br class="Apple-interchange-newline"><div>` + lines(text) + "</div></blockquote></div>\n"
}

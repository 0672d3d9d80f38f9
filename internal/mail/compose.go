package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"ninetyten/internal/sales"
)

// Draft is a mail to be written. Addresses are bare ("ann@buyer.example"),
// Message-IDs are without brackets.
type Draft struct {
	From     string
	FromName string
	To       string
	ToName   string
	Cc       []Address
	Subject  string
	Text     string
	HTML     string // optional: the mail is then multipart/alternative
	Date     time.Time

	HeaderID   string // derived from the content when empty
	InReplyTo  string
	References []string

	UnsubscribeURL string // -> List-Unsubscribe and List-Unsubscribe-Post (RFC 8058)
	Ref            string // -> X-Ninetyten-Ref
	Kind           string // -> X-Ninetyten-Kind: auto, approved or manual
	AutoSubmitted  bool   // -> Auto-Submitted: auto-generated (RFC 3834 section 5)
	Attachments    []File // -> multipart/mixed around the text; see CheckFiles
}

// Compose gives the bytes of a mail: CRLF line ends, no line over 998 bytes,
// seven-bit throughout. The same draft always gives the same bytes. A field
// that would break out of its header is refused with sales.Invalid, attachments
// that are too large with sales.Limited.
func Compose(d Draft) ([]byte, error) {
	from, err := mailbox("sender", d.FromName, d.From)
	if err != nil {
		return nil, err
	}
	to, err := mailbox("recipient", d.ToName, d.To)
	if err != nil {
		return nil, err
	}
	if err := d.check(); err != nil {
		return nil, err
	}
	w := &writer{}
	w.b.Grow(d.size())
	w.header("From", from)
	w.header("To", to)
	if len(d.Cc) > 0 {
		list := make([]string, len(d.Cc))
		for i, a := range d.Cc {
			if list[i], err = mailbox("copy", a.Name, a.Addr); err != nil {
				return nil, err
			}
		}
		w.header("Cc", strings.Join(list, ", "))
	}
	w.header("Subject", encodeText(d.Subject))
	w.header("Date", d.Date.Format("Mon, 02 Jan 2006 15:04:05 -0700"))
	w.header("Message-ID", "<"+d.id()+">")
	if d.InReplyTo != "" {
		w.header("In-Reply-To", "<"+d.InReplyTo+">")
	}
	if len(d.References) > 0 {
		w.header("References", "<"+strings.Join(d.References, "> <")+">")
	}
	if d.UnsubscribeURL != "" {
		w.header("List-Unsubscribe", "<"+d.UnsubscribeURL+">")
		w.header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	if d.AutoSubmitted {
		w.header("Auto-Submitted", "auto-generated")
	}
	if d.Ref != "" {
		w.header("X-Ninetyten-Ref", d.Ref)
	}
	if d.Kind != "" {
		w.header("X-Ninetyten-Kind", d.Kind)
	}
	w.header("MIME-Version", "1.0")
	w.body(d)
	return w.b.Bytes(), nil
}

// size is about what the mail will have in bytes.
func (d *Draft) size() int {
	n := len(d.Text) + len(d.Text)/8 + len(d.HTML) + len(d.HTML)/4 + 1024
	for _, f := range d.Attachments {
		n += 512 + len(f.Data)*78/57
	}
	return n
}

// id is the Message-ID, derived from the content when the draft names none.
func (d *Draft) id() string {
	if d.HeaderID != "" {
		return d.HeaderID
	}
	_, domain, _ := strings.Cut(d.From, "@")
	from := []string{d.From, d.To, d.Subject, d.Date.String(), d.Text, d.HTML}
	for _, f := range d.Attachments {
		sum := sha256.Sum256(f.Data)
		from = append(from, f.Name, f.Type, string(sum[:]))
	}
	return HeaderID(strings.Join(from, "\x00"), strings.ToLower(domain), nil)
}

// check refuses what a header cannot hold.
func (d *Draft) check() error {
	if d.Date.IsZero() {
		return sales.Errorf(sales.Invalid, "The mail has no date: give the time of sending.")
	}
	if bad(d.Subject) {
		return sales.Errorf(sales.Invalid, "The subject has a line break: write it on one line.")
	}
	if bad(d.Kind) || len(d.Kind) > 40 || !isASCII(d.Kind) || bad(d.Ref) || len(d.Ref) > 200 || !isASCII(d.Ref) {
		return sales.Errorf(sales.Invalid, "The reference of the mail holds characters that a header cannot carry.")
	}
	for _, id := range append([]string{d.HeaderID, d.InReplyTo}, d.References...) {
		if !carriable(id) {
			return sales.Errorf(sales.Invalid, "A Message-ID of the mail holds characters that a header cannot carry.")
		}
	}
	u := d.UnsubscribeURL
	if u != "" && (bad(u) || strings.ContainsAny(u, "<> \t") || len(u) > 900 || !isASCII(u) ||
		!strings.HasPrefix(u, "https://") && !strings.HasPrefix(u, "http://")) {
		return sales.Errorf(sales.Invalid, "The unsubscribe address must be one that begins with https:// or http://.")
	}
	return CheckFiles(d.Attachments)
}

// carriable tells whether a Message-ID can stand in a header line.
func carriable(id string) bool {
	return !bad(id) && !strings.ContainsAny(id, "<> \t") && len(id) <= 900 && isASCII(id)
}

// bad tells whether s would break out of a header.
func bad(s string) bool { return strings.ContainsAny(s, "\r\n\x00") }

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// mailbox writes one address with its name.
func mailbox(what, name, addr string) (string, error) {
	if bad(name) || bad(addr) {
		return "", sales.Errorf(sales.Invalid, "The address of the %s has a line break: write it on one line.", what)
	}
	addr = strings.TrimSpace(addr)
	at := strings.LastIndexByte(addr, '@')
	if at <= 0 || at == len(addr)-1 || len(addr) > 320 || strings.ContainsAny(addr, " \t<>,;:()[]\"\\") || strings.Count(addr, "@") != 1 {
		return "", sales.Errorf(sales.Invalid, "%q is not an address that mail can be sent with: correct the address of the %s.", addr, what)
	}
	if !isASCII(addr[:at]) {
		return "", sales.Errorf(sales.Invalid, "%q has letters before the @ that most mail servers refuse: ask for another address of the %s.", addr, what)
	}
	if !isASCII(addr[at:]) {
		domain, err := idna.Lookup.ToASCII(addr[at+1:])
		if err != nil {
			return "", sales.Errorf(sales.Invalid, "%q has a domain that cannot exist: correct the address of the %s.", addr, what)
		}
		addr = addr[:at+1] + domain
	}
	if name = strings.TrimSpace(strings.ToValidUTF8(name, "")); name == "" {
		return addr, nil
	}
	return phrase(name) + " <" + addr + ">", nil
}

// phrase writes a display name: plain, quoted, or as encoded words.
func phrase(name string) string {
	plain := true
	for i := 0; i < len(name); i++ {
		c := name[i]
		if c >= utf8.RuneSelf || c < ' ' || c == 127 {
			return encodeWords(oneLine(name))
		}
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == ' ' || c == '-' || c == '_' || c == '\'') {
			plain = false
		}
	}
	if strings.Contains(name, "=?") || len(name) > 200 {
		return encodeWords(name)
	}
	if plain {
		return name
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
}

// encodeText writes unstructured text: as it is when it is plain, else as
// encoded words.
func encodeText(s string) string {
	s = oneLine(strings.ToValidUTF8(s, "\uFFFD"))
	high, word := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			high++
		}
		if word++; s[i] == ' ' {
			word = 0
		}
		if word > 400 { // a word that cannot be folded
			return encodeWords(s)
		}
	}
	if high == 0 && !strings.Contains(s, "=?") {
		return s
	}
	return encodeWords(s)
}

// writer writes the parts of a mail.
type writer struct{ b bytes.Buffer }

func (w *writer) line(s string) {
	w.b.WriteString(s)
	w.b.WriteString("\r\n")
}

// header writes a header line, folded at blanks before column 78.
func (w *writer) header(name, value string) {
	w.b.WriteString(name)
	w.b.WriteByte(':')
	col := len(name) + 1
	value = strings.TrimSpace(value)
	for len(value) > 0 {
		end := len(value)
		if i := strings.IndexByte(value[1:], ' '); i >= 0 {
			end = i + 1
		}
		word := value[:end]
		if word[0] == ' ' {
			word = word[1:]
		}
		if col+1+len(word) > 76 && col > len(name)+1 && strings.Trim(word, " ") != "" {
			w.b.WriteString("\r\n ")
			col = 1
		} else {
			w.b.WriteByte(' ')
			col++
		}
		w.b.WriteString(word)
		col += len(word)
		value = value[end:]
	}
	w.b.WriteString("\r\n")
}

// body writes the content headers and the content.
func (w *writer) body(d Draft) {
	mark := boundaryOf(&d)
	if len(d.Attachments) == 0 {
		w.readable(d, mark+"a")
		return
	}
	w.line("Content-Type: multipart/mixed; boundary=\"" + mark + "m\"")
	w.line("")
	w.line("--" + mark + "m")
	w.readable(d, mark+"a")
	for _, f := range d.Attachments {
		w.line("--" + mark + "m")
		w.file(f)
	}
	w.line("--" + mark + "m--")
}

// readable writes the text, or the text and its HTML as alternatives.
func (w *writer) readable(d Draft, mark string) {
	if d.HTML == "" {
		w.text("text/plain", d.Text)
		return
	}
	w.line("Content-Type: multipart/alternative; boundary=\"" + mark + "\"")
	w.line("")
	w.line("--" + mark)
	w.text("text/plain", d.Text)
	w.line("--" + mark)
	w.text("text/html", d.HTML)
	w.line("--" + mark + "--")
}

// boundaryOf makes a boundary that holds "=_", which neither encoding of a
// part can produce (RFC 2045 section 6.7).
func boundaryOf(d *Draft) string {
	if d.HTML == "" && len(d.Attachments) == 0 {
		return ""
	}
	sum := sha256.Sum256([]byte(d.id()))
	return "=_" + strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

func (w *writer) base64(data []byte) {
	const perLine = 57
	var line [76]byte
	for len(data) > 0 {
		n := min(perLine, len(data))
		base64.StdEncoding.Encode(line[:], data[:n])
		w.b.Write(line[:base64.StdEncoding.EncodedLen(n)])
		w.b.WriteString("\r\n")
		data = data[n:]
	}
}

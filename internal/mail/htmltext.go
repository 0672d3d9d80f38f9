package mail

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// HTMLText gives the readable text of HTML. Lines of a quoted mail begin with
// "> ", whether the client marks the quote by blockquote or by a container of
// its own. Input over 4 MaxText bytes is cut.
func HTMLText(src string) string {
	if len(src) > 4*MaxText {
		src = src[:4*MaxText]
	}
	w := &textWriter{}
	z := html.NewTokenizer(strings.NewReader(src))
	z.SetMaxBuf(MaxText)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return tidy(w.String())
		case html.TextToken:
			if w.skip == 0 {
				w.text(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			w.open(z)
		case html.EndTagToken:
			name, _ := z.TagName()
			w.close(atom.Lookup(name))
		}
	}
}

// textWriter builds the text line by line.
type textWriter struct {
	b     strings.Builder
	line  strings.Builder
	skip  int       // inside script, style and the like
	pre   int       // inside pre
	stack []element // open elements that matter for quotes
	quote int       // depth of quotes
	space bool      // a blank is due before the next word
	link  string
}

type element struct {
	tag   atom.Atom
	quote bool
}

func (w *textWriter) String() string {
	w.newline(false)
	return w.b.String()
}

// newline ends the line when it has text, or always when force is set.
func (w *textWriter) newline(force bool) {
	text := strings.TrimRight(w.line.String(), " ")
	w.line.Reset()
	w.space = false
	if text == "" && !force {
		return
	}
	if w.quote > 0 {
		w.b.WriteString(strings.Repeat(">", min(w.quote, 9)) + " ")
	}
	w.b.WriteString(text)
	w.b.WriteByte('\n')
}

// blank makes an empty line before a paragraph.
func (w *textWriter) blank() {
	w.newline(false)
	if s := w.b.String(); w.b.Len() > 0 && !strings.HasSuffix(s, "\n\n") && !strings.HasSuffix(s, "> \n") {
		w.newline(true)
	}
}

func (w *textWriter) text(s string) {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if w.pre > 0 {
		for i, l := range strings.Split(html.UnescapeString(s), "\n") {
			if i > 0 {
				w.newline(true)
			}
			w.line.WriteString(strings.TrimRight(l, "\r"))
		}
		return
	}
	s = html.UnescapeString(s)
	for i, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }) {
		lead := i > 0 || s[0] == ' ' || s[0] == '\n' || s[0] == '\t' || s[0] == '\r'
		if (lead || w.space) && w.line.Len() > 0 {
			w.line.WriteByte(' ')
		}
		w.line.WriteString(word)
		w.space = false
	}
	if s != "" {
		switch s[len(s)-1] {
		case ' ', '\n', '\t', '\r':
			w.space = true
		}
	}
}

func (w *textWriter) open(z *html.Tokenizer) {
	raw, hasAttr := z.TagName()
	tag := atom.Lookup(raw)
	attrs := map[string]string{}
	for n := 0; hasAttr && n < 50; n++ {
		var k, v []byte
		k, v, hasAttr = z.TagAttr()
		attrs[string(k)] = string(v)
	}
	if w.skip > 0 && !skipped(tag) {
		return
	}
	switch tag {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Noscript:
		w.skip++
	case atom.Br:
		w.newline(true)
	case atom.Hr:
		w.newline(false)
		if quoteMark(tag, attrs) {
			w.quote++
		}
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Dl, atom.Pre:
		w.paragraph(tag, attrs)
	case atom.Li:
		w.newline(false)
		w.line.WriteString("- ")
	case atom.Div, atom.Blockquote, atom.Section, atom.Article, atom.Table, atom.Tr, atom.Dt, atom.Dd, atom.Address, atom.Center, atom.Form, atom.Fieldset:
		w.newline(false)
		w.push(tag, attrs)
	case atom.Td, atom.Th:
		if w.line.Len() > 0 {
			w.space = true
		}
	case atom.Img:
		if alt := strings.TrimSpace(attrs["alt"]); alt != "" && len(alt) < 200 && !strings.HasPrefix(attrs["src"], "cid:") {
			w.text(alt)
		}
	case atom.A:
		w.link = attrs["href"]
	}
}

func skipped(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Noscript:
		return true
	}
	return false
}

func (w *textWriter) paragraph(tag atom.Atom, attrs map[string]string) {
	if attrs["class"] == "MsoNormal" { // Outlook: a paragraph is a line
		w.newline(false)
		return
	}
	w.blank()
	if tag == atom.Pre {
		w.pre++
	}
}

func (w *textWriter) push(tag atom.Atom, attrs map[string]string) {
	quote := quoteMark(tag, attrs)
	if id := strings.ToLower(attrs["id"]); id == "divrplyfwdmsg" || id == "appendonsend" {
		w.quote++ // Outlook on the web: what follows to the end is quoted
		quote = false
	}
	if tag == atom.Div || tag == atom.Blockquote || tag == atom.Table {
		if len(w.stack) < 10000 {
			w.stack = append(w.stack, element{tag, quote})
			if quote {
				w.quote++
			}
		}
	}
}

// quoteMark tells whether an element holds a quoted mail, by the marks that
// clients put: Gmail, Yahoo, Outlook, Thunderbird, Apple, Zoho, ProtonMail.
func quoteMark(tag atom.Atom, attrs map[string]string) bool {
	class, id := " "+strings.ToLower(attrs["class"])+" ", strings.ToLower(attrs["id"])
	if tag == atom.Blockquote {
		return true
	}
	for _, mark := range [...]string{" gmail_quote ", " gmail_extra ", " yahoo_quoted ", " protonmail_quote ", " zmail_extra ", " moz-cite-prefix ",
		" outlookmessageheader ", " gmail_quote_container ", " tutanota_quote ", " front-blockquote ", " freshdesk_quote "} {
		if strings.Contains(class, mark) {
			return true
		}
	}
	switch {
	case id == "mail-editor-reference-message-container", id == "replysplit",
		strings.HasPrefix(id, "yahoo_quoted"), id == "ms-outlook-mobile-reference", id == "isforwardcontent", id == "orimsghtmlseperator":
		return true
	}
	return tag == atom.Hr && (id == "stopspelling" || attrs["tabindex"] == "-1")
}

func (w *textWriter) close(tag atom.Atom) {
	if skipped(tag) {
		w.skip = max(0, w.skip-1)
		return
	}
	if w.skip > 0 {
		return
	}
	switch tag {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol:
		w.newline(false)
	case atom.Pre:
		w.newline(false)
		w.pre = max(0, w.pre-1)
	case atom.Li, atom.Tr, atom.Dt, atom.Dd, atom.Section, atom.Article, atom.Address, atom.Center, atom.Form, atom.Fieldset:
		w.newline(false)
	case atom.Div, atom.Blockquote, atom.Table:
		w.newline(false)
		w.pop(tag)
	case atom.Td, atom.Th:
		w.space = true
	}
}

// pop closes the nearest open element of that tag, and what is inside it.
func (w *textWriter) pop(tag atom.Atom) {
	for i := len(w.stack) - 1; i >= 0 && i >= len(w.stack)-50; i-- {
		if w.stack[i].tag != tag {
			continue
		}
		for _, e := range w.stack[i:] {
			if e.quote {
				w.quote--
			}
		}
		w.stack = w.stack[:i]
		return
	}
}

// tidy makes text readable: LF line ends, no trailing blanks, no invisible
// characters, at most two empty lines in a row.
func tidy(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ", "\u200b", "", "\u200c", "", "\u2060", "", "\ufeff", "", "\x00", "", "\u2028", "\n", "\u2029", "\n", "\u200e", "", "\u200f", "").Replace(s)
	var b strings.Builder
	b.Grow(len(s))
	empty := 0
	for line := range strings.SplitSeq(s, "\n") {
		if line != "-- " {
			line = strings.TrimRight(line, " \t\f\v")
		}
		if line == "" {
			if empty++; empty > 2 {
				continue
			}
		} else {
			empty = 0
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return strings.Trim(b.String(), "\n")
}

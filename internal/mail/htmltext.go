package mail

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// HTMLText gives the readable text of HTML. Lines of a quoted mail begin with
// "> ", whether the client marks the quote by blockquote or by a container of
// its own. Input over 4 MaxText bytes is cut.
func HTMLText(src string) string { return textOf(htmlLines(src)) }

// htmlLine is a line of text with what the structure of the HTML says of it.
type htmlLine struct {
	text   string
	quote  int  // how deep it is quoted
	signed bool // in a container that the client keeps for the signature
}

// textOf joins lines, the quoted ones marked.
func textOf(lines []htmlLine) string {
	var b strings.Builder
	for _, l := range lines {
		if l.quote > 0 {
			b.WriteString(">>>>>>>>>"[:min(l.quote, 9)] + " ")
		}
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
	return tidy(b.String())
}

// htmlLines reads HTML line by line.
func htmlLines(src string) []htmlLine {
	if len(src) > 4*MaxText {
		src = src[:4*MaxText]
	}
	w := &textWriter{}
	z := html.NewTokenizer(strings.NewReader(src))
	z.SetMaxBuf(MaxText)
	for {
		switch z.Next() {
		case html.ErrorToken:
			w.newline(false)
			w.quoteBare()
			w.quoteRuled()
			return w.lines
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
	lines []htmlLine
	line  strings.Builder
	skip  int       // inside script, style and the like
	pre   int       // inside pre
	stack []element // open elements that matter for quotes
	quote int       // depth of quotes
	sign  int       // depth of containers for signatures
	space bool      // a blank is due before the next word
	intro bool      // inside the sentence above a quote
	bare  [2]int    // the lines of the last blockquote without a mark
	rules []int     // the first lines below drawn rules
}

// element is an open element.
type element struct {
	tag   atom.Atom
	quote bool
	sign  bool
	rest  bool // when it closes, see whether a quote to the end begins with its lines
	bare  bool // a blockquote without a mark
	mixed bool // Gmail's container of a quote and of what is said below and between
	cites int  // of such a container: the first line behind its first blockquote
	from  int  // the first of its lines
}

// newline ends the line when it has text, or always when force is set.
func (w *textWriter) newline(force bool) {
	text := strings.TrimRight(w.line.String(), " ")
	w.line.Reset()
	w.space = false
	if text == "" && !force {
		return
	}
	w.lines = append(w.lines, htmlLine{text, w.quote, w.sign > 0})
}

// blank makes an empty line before a paragraph.
func (w *textWriter) blank() {
	w.newline(false)
	if n := len(w.lines); n > 0 && w.lines[n-1].text != "" {
		w.newline(true)
	}
}

func (w *textWriter) text(s string) {
	s = html.UnescapeString(strings.ToValidUTF8(s, "\uFFFD"))
	if w.pre > 0 {
		for i, l := range strings.Split(s, "\n") {
			if i > 0 {
				w.newline(true)
			}
			w.line.WriteString(strings.TrimRight(l, "\r"))
		}
		return
	}
	for end := 0; ; {
		start := end
		for start < len(s) && isBreak(rune(s[start])) {
			start++
		}
		if start == len(s) {
			break
		}
		if (start > 0 || w.space) && w.line.Len() > 0 {
			w.line.WriteByte(' ')
		}
		for end = start; end < len(s) && !isBreak(rune(s[end])); end++ {
		}
		w.line.WriteString(s[start:end])
		w.space = false
	}
	if s != "" && isBreak(rune(s[len(s)-1])) {
		w.space = true
	}
}

// isBreak knows the white space that HTML collapses.
func isBreak(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }

func (w *textWriter) open(z *html.Tokenizer) {
	raw, hasAttr := z.TagName()
	tag := atom.Lookup(raw)
	if w.skip > 0 && !skipped(tag) {
		return
	}
	attrs := attributes{}
	for n := 0; hasAttr && n < 50; n++ {
		var k, v []byte
		k, v, hasAttr = z.TagAttr()
		attrs.set(string(k), v)
	}
	switch tag {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Noscript:
		w.skip++
	case atom.Br:
		w.newline(true)
	case atom.Hr:
		w.newline(false)
		if attrs.quoteRule() {
			w.quote++
		} else if w.quote == 0 && len(w.rules) < 20 {
			w.rules = append(w.rules, len(w.lines))
		}
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Dl, atom.Pre:
		w.paragraph(tag, attrs)
	case atom.Li:
		w.newline(false)
		w.line.WriteString("- ")
	case atom.Div, atom.Blockquote, atom.Section, atom.Article, atom.Table, atom.Tr, atom.Dt, atom.Dd, atom.Address, atom.Center, atom.Form, atom.Fieldset:
		w.newline(false)
		w.push(tag, attrs)
	case atom.Span:
		w.push(tag, attrs)
	case atom.Td, atom.Th:
		if w.line.Len() > 0 {
			w.space = true
		}
	case atom.Img:
		if alt := strings.TrimSpace(attrs.alt); alt != "" && len(alt) < 200 && !strings.HasPrefix(attrs.src, "cid:") {
			w.text(alt)
		}
	}
}

func skipped(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Noscript:
		return true
	}
	return false
}

func (w *textWriter) paragraph(tag atom.Atom, attrs attributes) {
	if strings.HasPrefix(attrs.class, "msonormal") { // Outlook: a paragraph is a line
		w.newline(false)
		return
	}
	w.blank()
	if tag == atom.Pre {
		w.pre++
	}
	if attrs.id == "reply-intro" && !w.intro { // Roundcube: the sentence above the quote
		w.intro = true
		w.quote++
	}
}

// push opens an element that may hold a quote or a signature.
func (w *textWriter) push(tag atom.Atom, attrs attributes) {
	if attrs.quoteFromHere() { // Outlook on the web: what follows to the end is quoted
		w.quote++
	}
	switch tag {
	case atom.Div, atom.Blockquote, atom.Table, atom.Span, atom.Section:
	default:
		return
	}
	if len(w.stack) >= 10000 {
		return
	}
	e := element{tag: tag, from: len(w.lines), sign: attrs.signature()}
	switch tag {
	case atom.Blockquote:
		e.quote = attrs.quote() || attrs.cites() || w.quote > 0 || w.attributed()
		e.bare = !e.quote && attrs.style == ""
	case atom.Span:
		if e.quote = attrs.id == "olk_src_body_section"; !e.quote && !e.sign { // only those that matter, as mails have very many
			return
		}
	default:
		e.quote = attrs.quote()
		e.rest = attrs.ruled()
		e.mixed = e.quote && w.quote == 0 && attrs.answers()
	}
	w.stack = append(w.stack, e)
	if e.quote {
		w.quote++
	}
	if e.sign {
		w.sign++
	}
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
		if w.intro {
			w.intro = false
			w.quote--
		}
	case atom.Pre:
		w.newline(false)
		w.pre = max(0, w.pre-1)
	case atom.Li, atom.Tr, atom.Dt, atom.Dd, atom.Article, atom.Address, atom.Center, atom.Form, atom.Fieldset:
		w.newline(false)
	case atom.Div, atom.Blockquote, atom.Table, atom.Section:
		w.newline(false)
		w.pop(tag)
	case atom.Span:
		w.pop(tag)
	case atom.Td, atom.Th:
		w.space = true
	}
}

// pop closes the nearest open element of that tag, and what is inside it.
func (w *textWriter) pop(tag atom.Atom) {
	for i := len(w.stack) - 1; i >= 0 && i >= len(w.stack)-50; i-- {
		if w.stack[i].tag != tag {
			if tag == atom.Span || w.stack[i].tag == atom.Table { // most spans are not on the stack; a table bounds what an end tag in it closes
				return
			}
			continue
		}
		for _, e := range w.stack[i:] {
			if e.quote {
				w.quote--
			}
			if e.sign {
				w.newline(false)
				w.sign--
			}
		}
		e := w.stack[i]
		w.stack = w.stack[:i]
		switch {
		case e.mixed:
			w.unquoteBelow(e)
		case tag == atom.Blockquote && i > 0 && w.stack[i-1].mixed && w.stack[i-1].cites == 0:
			w.stack[i-1].cites = len(w.lines)
		}
		if e.bare {
			w.bare = [2]int{e.from, len(w.lines)}
		}
		if e.rest && w.quote == 0 && headersOf(w.lines[min(e.from, len(w.lines)):]) {
			for j := e.from; j < len(w.lines); j++ {
				w.lines[j].quote++
			}
			w.quote++
		}
		return
	}
}

package mail

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxWritten bounds what is read of an editor, in bytes.
const maxWritten = 400_000

// writtenPolicy is made once: it is costly to make and safe to share.
var writtenPolicy = sync.OnceValue(newWrittenPolicy)

// Written reads what a person wrote with the editor of a page: piece is the HTML to
// send, with paragraphs, line breaks, bold, italic, underline, links, lists and
// quotes, and nothing else; text says the same as plain text. Both are empty when
// no words are left.
func Written(src string) (piece, text string) {
	if len(src) > maxWritten {
		src = src[:maxWritten]
	}
	src = strings.NewReplacer("\u200b", "", "\ufeff", "", "\x00", "").Replace(strings.ToValidUTF8(src, "\uFFFD"))
	piece = strings.TrimSpace(writtenPolicy().Sanitize(src))
	nodes, err := html.ParseFragment(strings.NewReader(piece), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return "", ""
	}
	root := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	text = strings.TrimSpace(strings.Join(writtenLines(root, 0), "\n"))
	if text == "" {
		return "", ""
	}
	return piece, text
}

func newWrittenPolicy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "div", "br", "b", "strong", "i", "em", "u", "ul", "ol", "li", "blockquote")
	p.SkipElementsContent("script", "style", "title", "head", "iframe", "object", "embed", "applet", "svg", "math", "noscript", "noembed", "noframes", "template", "xmp", "plaintext", "textarea", "select", "form")
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`(?i)^(ltr|rtl|auto)$`)).OnElements("p", "div", "li", "ul", "ol", "blockquote")
	p.AllowAttrs("href").Matching(regexp.MustCompile(`(?i)^(https?://|mailto:|tel:)[^\s]+$`)).OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(false)
	p.RequireParseableURLs(true)
	return p
}

// writtenLines gives the lines of what is in n. A nesting deeper than any editor
// makes is read as if it were flat.
func writtenLines(n *html.Node, depth int) []string {
	w := &written{}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c, depth)
	}
	w.flush()
	return w.lines
}

// written gathers lines.
type written struct {
	lines []string
	cur   strings.Builder
	open  bool // there is a line, perhaps an empty one
	gap   bool // a blank line comes before the next
}

func (w *written) flush() {
	if w.open {
		w.line(strings.TrimSpace(w.cur.String()))
	}
	w.cur.Reset()
	w.open = false
}

func (w *written) line(s string) {
	if w.gap && len(w.lines) > 0 && w.lines[len(w.lines)-1] != "" && s != "" {
		w.lines = append(w.lines, "")
	}
	w.gap = w.gap && s == ""
	w.lines = append(w.lines, s)
}

func (w *written) node(n *html.Node, depth int) {
	switch {
	case n.Type == html.TextNode:
		w.text(n.Data)
	case n.Type != html.ElementNode:
	case n.DataAtom == atom.Br:
		w.open = true
		w.flush()
	case n.DataAtom == atom.A:
		w.link(n)
	case depth < 20 && (n.DataAtom == atom.P || n.DataAtom == atom.Div || n.DataAtom == atom.Blockquote || n.DataAtom == atom.Ul || n.DataAtom == atom.Ol):
		w.block(n, depth+1)
	default:
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			w.node(c, depth)
		}
	}
}

// text adds words, with each run of white space as one space.
func (w *written) text(s string) {
	for _, r := range s {
		if r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\u00a0' {
			if t := w.cur.String(); t != "" && !strings.HasSuffix(t[len(t)-1:], " ") {
				w.cur.WriteByte(' ')
			}
			continue
		}
		w.cur.WriteRune(r)
		w.open = true
	}
}

// link writes where a link leads behind its words, unless they say so.
func (w *written) link(n *html.Node) {
	before := w.cur.Len()
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c, 20)
	}
	href := ""
	for _, a := range n.Attr {
		if a.Key == "href" {
			href = a.Val
		}
	}
	said := ""
	if s := w.cur.String(); before <= len(s) {
		said = strings.TrimSpace(s[before:])
	}
	bare := func(s string) string {
		for _, scheme := range []string{"https://", "http://", "mailto:", "tel:"} {
			s = strings.TrimPrefix(s, scheme)
		}
		return strings.TrimSuffix(s, "/")
	}
	if href != "" && bare(said) != bare(href) {
		w.text(" (" + href + ")")
	}
}

func (w *written) block(n *html.Node, depth int) {
	w.flush()
	apart := n.DataAtom != atom.Div
	w.gap = w.gap || apart
	switch n.DataAtom {
	case atom.Ul, atom.Ol:
		w.items(n, depth)
	case atom.Blockquote:
		for _, l := range trimmed(writtenLines(n, depth)) {
			w.line(strings.TrimRight("> "+l, " "))
		}
	default:
		for _, l := range writtenLines(n, depth) {
			w.line(l)
		}
	}
	w.gap = w.gap || apart
}

// items writes a list, with what is in an item set in below its mark.
func (w *written) items(n *html.Node, depth int) {
	i := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		i++
		mark := "- "
		if n.DataAtom == atom.Ol {
			mark = strconv.Itoa(i) + ". "
		}
		in := strings.Repeat(" ", len(mark))
		for k, l := range slimmed(writtenLines(c, depth)) {
			if k > 0 {
				mark = in
			}
			w.line(mark + l)
		}
	}
}

// trimmed is lines without blank ones at the ends.
func trimmed(lines []string) []string {
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// slimmed is lines without blank ones.
func slimmed(lines []string) []string {
	out := lines[:0]
	for _, l := range lines {
		if l != "" {
			out = append(out, l)
		}
	}
	return out
}

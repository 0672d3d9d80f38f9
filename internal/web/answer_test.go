package web_test

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// all finds the elements that match a selector: a tag, #id, .class or [name=value],
// several of them joined; a space means inside.
func (a answer) all(selector string) []*html.Node {
	a.t.Helper()
	root, err := html.Parse(strings.NewReader(a.body))
	if err != nil {
		a.t.Fatal(err)
	}
	found := []*html.Node{root}
	for _, part := range strings.Fields(selector) {
		var inside []*html.Node
		for _, n := range found {
			for d := range n.Descendants() {
				if matches(d, part) && !slices.Contains(inside, d) {
					inside = append(inside, d)
				}
			}
		}
		found = inside
	}
	return found
}

func matches(n *html.Node, part string) bool {
	if n.Type != html.ElementNode {
		return false
	}
	for part != "" {
		end := strings.IndexAny(part[1:], "#.[")
		piece := part
		if end >= 0 {
			piece, part = part[:end+1], part[end+1:]
		} else {
			part = ""
		}
		switch piece[0] {
		case '#':
			if attr(n, "id") != piece[1:] {
				return false
			}
		case '.':
			if !slices.Contains(strings.Fields(attr(n, "class")), piece[1:]) {
				return false
			}
		case '[':
			name, value, exact := strings.Cut(strings.TrimSuffix(piece[1:], "]"), "=")
			if !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name && (!exact || a.Val == value) }) {
				return false
			}
		default:
			if n.Data != piece {
				return false
			}
		}
	}
	return true
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text is what stands in all elements that match.
func (a answer) text(selector string) string {
	a.t.Helper()
	var b strings.Builder
	for _, n := range a.all(selector) {
		for d := range n.Descendants() {
			if d.Type == html.TextNode {
				b.WriteString(d.Data)
				if next := d.NextSibling; next == nil || next.Data != "wbr" {
					b.WriteString(" ")
				}
			}
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// wants wants the text of a selector to hold some words.
func (a answer) wants(selector string, words ...string) {
	a.t.Helper()
	text := a.text(selector)
	for _, w := range words {
		if !strings.Contains(text, w) {
			a.t.Errorf("%s does not say %q: %.600s", selector, w, text)
		}
	}
}

// value is that of a field.
func (a answer) value(selector string) string {
	a.t.Helper()
	list := a.all(selector)
	if len(list) == 0 {
		a.t.Fatalf("there is no %s on the page: %.300s", selector, a.text("main"))
	}
	if list[0].Data == "textarea" {
		return a.text(selector)
	}
	return attr(list[0], "value")
}

package research

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page is what a page says.
type page struct {
	title, about string
	metas        map[string]string // by name or property, the first of each
	ld           []string          // the JSON-LD blocks
	links        []link
	heads        []string // headings of level 1 to 3
	items        []string // list items and headings of level 2 to 4, in order
	paragraphs   []string
	scripts      []string // addresses of scripts and styles
	lang         string
}

// link is one link of a page, with its words.
type link struct {
	to    *url.URL
	words string
}

// Limits of what is kept of one page.
const (
	maxLinks = 400
	maxTexts = 300
	maxDepth = 200 // of elements within each other; the parser itself stops at 512
)

// readPage reads HTML. Whatever is no HTML gives an empty page.
func readPage(text string, base *url.URL) page {
	p := page{metas: map[string]string{}}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return p
	}
	p.walk(root, base, 0)
	p.about = first(p.metas["description"], p.metas["og:description"], p.metas["twitter:description"])
	return p
}

func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

func (p *page) walk(n *html.Node, base *url.URL, depth int) {
	if n.Type == html.ElementNode {
		switch n.DataAtom {
		case atom.Html:
			p.lang = attr(n, "lang")
		case atom.Title:
			if p.title == "" {
				p.title = clean(inner(n), 200)
			}
			return
		case atom.Meta:
			key := strings.ToLower(first(attr(n, "name"), attr(n, "property")))
			if _, has := p.metas[key]; key != "" && !has && len(p.metas) < 100 {
				p.metas[key] = clean(attr(n, "content"), 500)
			}
		case atom.Script:
			switch {
			case strings.EqualFold(attr(n, "type"), "application/ld+json") && len(p.ld) < 20:
				p.ld = append(p.ld, inner(n))
			case attr(n, "src") != "" && len(p.scripts) < maxLinks:
				p.scripts = append(p.scripts, attr(n, "src"))
			}
			return
		case atom.Link:
			if len(p.scripts) < maxLinks {
				p.scripts = append(p.scripts, attr(n, "href"))
			}
		case atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Iframe:
			return
		case atom.A:
			p.addLink(n, base)
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.Li, atom.P:
			p.addText(n)
		}
	}
	if depth > maxDepth {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.walk(c, base, depth+1)
	}
}

func (p *page) addLink(n *html.Node, base *url.URL) {
	href := strings.TrimSpace(attr(n, "href"))
	if href == "" || len(href) > 1000 || len(p.links) >= maxLinks {
		return
	}
	u, err := base.Parse(href)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return
	}
	u.Fragment, u.RawFragment = "", ""
	p.links = append(p.links, link{u, clean(first(inner(n), attr(n, "title"), attr(n, "aria-label")), 120)})
}

func (p *page) addText(n *html.Node) {
	add := func(list *[]string, s string) {
		if s != "" && len(*list) < maxTexts {
			*list = append(*list, s)
		}
	}
	switch n.DataAtom {
	case atom.P:
		add(&p.paragraphs, clean(inner(n), 500))
	case atom.H1:
		add(&p.heads, clean(inner(n), 160))
	case atom.H2, atom.H3:
		s := clean(inner(n), 160)
		add(&p.heads, s)
		add(&p.items, s)
	case atom.H4, atom.Li:
		if n.DataAtom == atom.Li && holds(n, atom.Ul, atom.Ol, atom.P, atom.H2, atom.H3) {
			return // a menu within a menu: its own items come
		}
		add(&p.items, clean(inner(n), 160))
	}
}

// holds tells whether an element has one of these below it.
func holds(n *html.Node, what ...atom.Atom) bool {
	for c := range n.Descendants() {
		for _, a := range what {
			if c.DataAtom == a {
				return true
			}
		}
	}
	return false
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// inner is the text below an element, at most some kB of it.
func inner(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if b.Len() > 64<<10 {
			break
		}
		switch {
		case c.Type == html.TextNode && (c.Parent == n || c.Parent.DataAtom != atom.Script && c.Parent.DataAtom != atom.Style):
			b.WriteString(c.Data)
			b.WriteByte(' ')
		}
	}
	return b.String()
}

package mail

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// LinkTexts gives the texts of the links to pages that the HTML of a mail has, at
// most 200 of at most 200 bytes each, as HTMLText shows them. Programs make links
// of addresses that people type, but never of other words: what such a link says
// its writer did not write into the mail.
func (p *Parsed) LinkTexts() []string {
	var out []string
	var text strings.Builder
	inside := false
	z := html.NewTokenizer(strings.NewReader(p.html))
	for len(out) < 200 {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken:
			name, more := z.TagName()
			if atom.Lookup(name) != atom.A {
				continue
			}
			text.Reset()
			for inside = false; more; {
				var k, v []byte
				k, v, more = z.TagAttr()
				if string(k) == "href" {
					inside = strings.HasPrefix(strings.ToLower(strings.TrimSpace(string(v))), "http")
				}
			}
		case html.TextToken:
			if inside && text.Len() < 400 {
				text.Write(z.Text())
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); !inside || atom.Lookup(name) != atom.A {
				continue
			}
			inside = false
			if t := strings.Join(strings.Fields(visible(html.UnescapeString(text.String()))), " "); t != "" && len(t) <= 200 {
				out = append(out, t)
			}
		}
	}
	return out
}

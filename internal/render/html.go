package render

import (
	"strings"
	"unicode"
)

// HTML makes an HTML part that says what a plain text says: paragraphs at blank
// lines, line breaks, everything escaped, web addresses as links. There are no
// images and no tracking.
func HTML(text string) string { return htmlPart(part(tidy(text)), "", footer{}) }

// htmlPart puts the parts together as a document.
func htmlPart(body, signature string, f footer) string { return document("", body, signature, f) }

// document is a piece of HTML as it is, and then the parts.
func document(piece, body, signature string, f footer) string {
	var b strings.Builder
	b.Grow(len(piece) + (len(body)+len(signature)+len(f.address))*9/8 + 2*len(f.url) + 400)
	b.WriteString("<!DOCTYPE html>\n<html>\n<head><meta charset=\"utf-8\"></head>\n<body>\n")
	if piece != "" {
		b.WriteString(piece)
		b.WriteByte('\n')
	}
	paragraphs(&b, body)
	if signature != "" {
		paragraphs(&b, "-- \n"+signature)
	}
	paragraphs(&b, f.address)
	if f.url != "" {
		b.WriteString("<p><a href=\"")
		escape(&b, f.url)
		b.WriteString("\">")
		escape(&b, f.words)
		b.WriteString("</a></p>\n")
	}
	b.WriteString("</body>\n</html>\n")
	return b.String()
}

func paragraphs(b *strings.Builder, text string) {
	for text != "" {
		para, rest, _ := strings.Cut(text, "\n\n")
		if para = strings.Trim(para, "\n"); para != "" {
			b.WriteString(openParagraph(para))
			for i := 0; para != ""; i++ {
				line, more, _ := strings.Cut(para, "\n")
				if i > 0 {
					b.WriteString("<br>\n")
				}
				linkLine(b, line)
				para = more
			}
			b.WriteString("</p>\n")
		}
		text = rest
	}
}

// openParagraph begins a paragraph. One with Hebrew, Arabic and the like in it
// is laid out by its first letter (HTML, section 3.2.6.4).
func openParagraph(text string) string {
	if !isClean(text) && strings.ContainsFunc(text, rightToLeft) {
		return `<p dir="auto">`
	}
	return "<p>"
}

func rightToLeft(r rune) bool {
	return r >= 0x0590 && unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Samaritan, unicode.Mandaic, unicode.Adlam)
}

// linkLine writes one line with its web addresses as links.
func linkLine(b *strings.Builder, line string) {
	for line != "" {
		i, n := findLink(line)
		if n == 0 {
			spaced(b, line)
			return
		}
		spaced(b, line[:i])
		link := line[i : i+n]
		b.WriteString("<a href=\"")
		if !hasScheme(link) {
			b.WriteString("https://")
		}
		escape(b, link)
		b.WriteString("\">")
		escape(b, link)
		b.WriteString("</a>")
		line = line[i+n:]
	}
}

// spaced writes text and keeps runs of spaces and indents, which HTML would drop.
func spaced(b *strings.Builder, s string) {
	if s != "" && s[0] != ' ' && !strings.Contains(s, "  ") && strings.IndexByte(s, '\t') < 0 {
		escape(b, s)
		return
	}
	s = strings.ReplaceAll(s, "\t", "    ")
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j] == ' ' {
			j++
		}
		for k := i; k < j; k++ {
			if k == j-1 && i > 0 {
				b.WriteByte(' ') // the last one lets the line wrap
			} else {
				b.WriteString("&nbsp;")
			}
		}
		i = j
		for j < len(s) && s[j] != ' ' {
			j++
		}
		escape(b, s[i:j])
		i = j
	}
}

// escape writes text as HTML text or attribute value.
func escape(b *strings.Builder, s string) {
	last := 0
	for i := range len(s) {
		var e string
		switch s[i] {
		case '&':
			e = "&amp;"
		case '<':
			e = "&lt;"
		case '>':
			e = "&gt;"
		case '"':
			e = "&#34;"
		case '\'':
			e = "&#39;"
		default:
			continue
		}
		b.WriteString(s[last:i])
		b.WriteString(e)
		last = i + 1
	}
	b.WriteString(s[last:])
}

package web

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// Parts of running text. They are written without the white space that a
// template puts between its lines.

// maxWhole is how many bytes of a merge field stay in one line.
const maxWhole = 48

// inline writes HTML that was made with templ.EscapeString.
func inline(html string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, html)
		return err
	})
}

// Merged is a text in which merge fields stand out and do not break.
func Merged(text string) templ.Component {
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(text, "{{")
		field, after, closed := strings.Cut(rest, "}}")
		if !open || !closed {
			b.WriteString(templ.EscapeString(text))
			return inline(b.String())
		}
		b.WriteString(templ.EscapeString(before))
		b.WriteString(`<code class="` + classes("merge", pick(len(field) > maxWhole, "long", "")) + `">` + templ.EscapeString("{{"+field+"}}") + `</code>`)
		text = after
	}
}

// Wrapping is a text whose mail address breaks before its "@" rather than
// anywhere.
func Wrapping(text string) templ.Component {
	return inline(strings.ReplaceAll(templ.EscapeString(text), "@", "<wbr>@"))
}

// Unbroken is a text that breaks after its commas only.
func Unbroken(text string) templ.Component {
	parts := strings.Split(text, ", ")
	for i, p := range parts {
		parts[i] = `<span class="nowrap">` + templ.EscapeString(p) + pick(i < len(parts)-1, ",", "") + `</span>`
	}
	return inline(strings.Join(parts, " "))
}

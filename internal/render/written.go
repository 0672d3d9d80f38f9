package render

import (
	"errors"
	"html"
	"regexp"
	"strings"

	"ninetyten/internal/sales"
)

// Written is the HTML part of a mail that a person wrote: piece is their own words
// as clean HTML, quote what stands below as plain text. Without piece it is HTML of
// text, which has both.
func Written(piece, text, quote string) string {
	if piece == "" {
		return HTML(text)
	}
	return document(piece, part(tidy(quote)), "", footer{})
}

// LiteralHTML is Literal for words that a person wrote with an editor: piece says
// as clean HTML what body says. An empty piece is plain text alone.
func LiteralHTML(subject, body, piece string) *Letter {
	l := Literal(subject, body)
	l.piece = strings.ToValidUTF8(piece, "\uFFFD")
	return l
}

// Fill puts the values of a person and the snippets of a workspace into what
// somebody wrote to them: into plain text, or into clean HTML. A field without a
// value is a *MissingError, broken braces are an Invalid error: the mail is not to
// go like that.
func Fill(src string, isHTML bool, values map[string]string, snippets Snippets) (string, error) {
	if !HasFields(src) {
		return src, nil
	}
	if isHTML {
		src = inTags.ReplaceAllStringFunc(src, func(tag string) string {
			return strings.ReplaceAll(html.UnescapeString(tag), "\u00a0", " ")
		})
		values, snippets = escaped(values), Snippets(escaped(snippets))
	}
	t, err := ParseWith(src, snippets)
	if err != nil {
		return "", err
	}
	return t.Render(values)
}

// HasFields tells whether there may be a merge field or a condition in a text.
func HasFields(src string) bool {
	return strings.Contains(src, "{{") || strings.Contains(src, "{%") || strings.Contains(src, "}}") || strings.Contains(src, "%}")
}

// inTags finds what stands between braces.
var inTags = regexp.MustCompile(`\{[{%][^{}<>]{0,500}[%}]\}`)

// Preview fills what has a value and leaves the other fields as they are written,
// for somebody to fill in. A text that cannot be read stays whole.
func Preview(src string, values map[string]string, snippets Snippets) string {
	t, err := ParseWith(src, snippets)
	if err != nil {
		return src
	}
	known := values
	out, err := t.Render(known)
	var missing *MissingError
	if errors.As(err, &missing) {
		known = make(map[string]string, len(values)+len(missing.Fields))
		for name, v := range values {
			known[name] = v
		}
		for _, f := range append(missing.Fields, missing.Unknown...) {
			known[f] = "\uE000" + f + "\uE001" // braces of a value would be parted
		}
		out, err = t.Render(known)
	}
	if err != nil {
		return src
	}
	return strings.NewReplacer("\uE000", "{{ ", "\uE001", " }}").Replace(tidy(out))
}

// escaped are values fit for HTML, with their line ends as breaks.
func escaped(m map[string]string) map[string]string {
	out := make(map[string]string, len(m))
	for name, v := range m {
		out[name] = strings.ReplaceAll(html.EscapeString(v), "\n", "<br>")
	}
	return out
}

// Unfilled says in words what a mail still lacks.
func Unfilled(err error) error {
	var missing *MissingError
	if errors.As(err, &missing) {
		return sales.Errorf(sales.Invalid, "The mail would go with a gap: %s Fill in the words, or take the field out.", missing.Error())
	}
	return err
}

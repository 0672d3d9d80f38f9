package render

import (
	"strings"

	"ninetyten/internal/sales"
)

// maxSnippets is how deep snippets stand in snippets.
const maxSnippets = 3

// Snippets are the texts behind {{ snippet.NAME }}, by their names in lower
// case. A text has merge fields and conditions of its own, and other snippets.
type Snippets map[string]string

// SnippetsOf makes Snippets of what is stored.
func SnippetsOf(list []sales.Snippet) Snippets {
	s := make(Snippets, len(list))
	for _, x := range list {
		s[strings.ToLower(x.Name)] = x.Body
	}
	return s
}

// budget is what a text and all the snippets in it use up together, so that a
// few that name each other many times end.
type budget struct{ tags, bytes int }

// snippet reads {{ snippet.NAME }} and gives what stands in its place.
func (p *parser) snippet(name string, piped bool) ([]node, error) {
	short := strings.TrimPrefix(name, "snippet.")
	if !validSnippet(short) {
		return nil, p.errorf(p.pos, "%q is not the name of a snippet. Write for example {{ snippet.proof }}.", clip(short))
	}
	if piped {
		return nil, p.errorf(p.pos, "a snippet has no fallback. Write {{ %s }}, and fallbacks in the snippet.", name)
	}
	text, ok := p.snippets[short]
	if !ok {
		return nil, p.errorf(p.pos, "there is no snippet %s. Choose one from the list, or write one with that name.", clip(short))
	}
	if len(p.inside) >= maxSnippets {
		return nil, p.errorf(p.pos, "snippets stand more than %d deep in each other: %s. Take one out.", maxSnippets, strings.Join(append(p.inside, short), ", "))
	}
	if p.spent.bytes += len(text); p.spent.bytes > maxSource {
		return nil, p.errorf(p.pos, "the text becomes longer than %d characters with its snippets. Shorten it.", maxSource)
	}
	p.used[short] = true
	in := &parser{src: strings.Trim(clean(text), " \t\n"), snippets: p.snippets, spent: p.spent, used: p.used, inside: append(p.inside[:len(p.inside):len(p.inside)], short)}
	nodes, err := in.all()
	if err != nil {
		return nil, within("In the snippet "+short, err)
	}
	return nodes, nil
}

// validSnippet: letters, digits, - and _, as sales.Snippet has them.
func validSnippet(s string) bool {
	return s != "" && len(s) <= 60 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_-") == ""
}

package render

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ninetyten/internal/sales"
)

// Limits of a template.
const (
	maxSource = 200_000 // bytes
	maxDepth  = 16      // conditions within conditions
	maxTags   = 2_000
)

// Template is a parsed text. It is never changed and is safe for concurrent use.
type Template struct {
	nodes    []node
	fields   []string // all, sorted
	required []string // those that must have a value, sorted
	snippets []string // names of the snippets in it, sorted
	size     int      // bytes of the fixed text
}

// node is fixed text, a field, or a condition.
type node struct {
	text     string
	field    string // of a field or a condition
	fallback string
	falls    bool // has a fallback
	cond     bool
	yes, no  []node
}

// parser walks over the source once.
type parser struct {
	src      string
	pos      int
	snippets Snippets
	inside   []string // the snippets that this text stands in
	used     map[string]bool
	spent    *budget
}

// Parse reads a template that has no snippets. A syntax error is an Invalid
// *sales.Error that says the line and what to do.
func Parse(src string) (*Template, error) { return ParseWith(src, nil) }

// ParseWith reads a template and puts snippets in their places. An unknown one,
// and more than three in each other, are errors as those of Parse.
func ParseWith(src string, snippets Snippets) (*Template, error) {
	if len(src) > maxSource {
		return nil, sales.Errorf(sales.Invalid, "The text is longer than %d characters. Shorten it.", maxSource)
	}
	if !utf8.ValidString(src) {
		src = strings.ToValidUTF8(src, "\uFFFD")
	}
	p := &parser{src: src, snippets: snippets, used: map[string]bool{}, spent: &budget{bytes: len(src)}}
	nodes, err := p.all()
	if err != nil {
		return nil, err
	}
	t := &Template{nodes: nodes, snippets: sorted(p.used)}
	all, need := map[string]bool{}, map[string]bool{}
	t.size = collect(nodes, nil, all, need)
	t.fields, t.required = sorted(all), sorted(need)
	return t, nil
}

// all reads the whole source.
func (p *parser) all() ([]node, error) {
	nodes, end, err := p.block(0, 0)
	if err != nil {
		return nil, err
	}
	if end != "" {
		return nil, p.errorf(p.pos, "{%% %s %%} has no {%% if %%} before it. Remove it, or add the {%% if field %%}.", end)
	}
	return nodes, nil
}

func sorted(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for s := range set {
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

// collect gathers the names, and gives the bytes of fixed text. given are the
// fields that have a value where nodes are rendered.
func collect(nodes []node, given []string, all, need map[string]bool) (size int) {
	for _, n := range nodes {
		size += len(n.text)
		if n.field == "" {
			continue
		}
		all[n.field] = true
		switch {
		case n.cond:
			size += collect(n.yes, append(slices.Clone(given), n.field), all, need)
			size += collect(n.no, given, all, need)
		case !n.falls && !slices.Contains(given, n.field):
			need[n.field] = true
		}
	}
	return size
}

// Fields are all names that the text uses, sorted.
func (t *Template) Fields() []string { return slices.Clone(t.fields) }

// Required are the names that may need a value: used somewhere without a
// fallback and without a condition on the same field around.
func (t *Template) Required() []string { return slices.Clone(t.required) }

// Snippets are the names of all snippets in the text, sorted.
func (t *Template) Snippets() []string { return slices.Clone(t.snippets) }

func (p *parser) errorf(pos int, format string, args ...any) error {
	return sales.Errorf(sales.Invalid, "Line %d: "+format, append([]any{1 + strings.Count(p.src[:pos], "\n")}, args...)...)
}

// block reads until the end, or until an else or endif tag, which it names.
func (p *parser) block(depth, opened int) (nodes []node, end string, err error) {
	if depth > maxDepth {
		return nil, "", p.errorf(opened, "there are more than %d conditions inside each other. Use fewer.", maxDepth)
	}
	for p.pos < len(p.src) {
		rest := p.src[p.pos:]
		i := tagAt(rest)
		text := rest
		if i >= 0 {
			text = rest[:i]
		}
		if j := strayEnd(text); j >= 0 {
			return nil, "", p.errorf(p.pos+j, "%s has no %s before it. Write a merge field as {{ first_name }}.", text[j:j+2], map[byte]string{'}': "{{", '%': "{%"}[text[j]])
		}
		if text != "" {
			nodes = append(nodes, node{text: text})
		}
		if i < 0 {
			p.pos = len(p.src)
			break
		}
		p.pos += i
		if p.spent.tags++; p.spent.tags > maxTags {
			return nil, "", p.errorf(p.pos, "the text has more than %d merge fields. Use fewer.", maxTags)
		}
		if rest[i+1] == '{' {
			n, err := p.field()
			if err != nil {
				return nil, "", err
			}
			nodes = append(nodes, n...)
			continue
		}
		n, end, err := p.condition(depth)
		if err != nil || end != "" {
			return nodes, end, err
		}
		nodes = append(nodes, n)
	}
	return nodes, "", nil
}

// tagAt is where the next {{ or {% is, or -1.
func tagAt(s string) int {
	for i := 0; ; {
		j := strings.IndexByte(s[i:], '{')
		if j < 0 || i+j+1 >= len(s) {
			return -1
		}
		i += j
		if s[i+1] == '{' || s[i+1] == '%' {
			return i
		}
		i++
	}
}

// strayEnd is where a }} or %} is in fixed text, or -1.
func strayEnd(s string) int {
	for i := 0; ; {
		j := strings.IndexByte(s[i:], '}')
		if j < 0 {
			return -1
		}
		i += j
		if i > 0 && s[i-1] == '%' {
			return i - 1
		}
		if i+1 < len(s) && s[i+1] == '}' {
			return i
		}
		i++
	}
}

// cut cuts out what stands between the tag at pos and its end on the same line.
func (p *parser) cut(closing string) (inner string, next int, err error) {
	start := p.pos + 2
	line := p.src[start:]
	if nl := strings.IndexByte(line, '\n'); nl >= 0 {
		line = line[:nl]
	}
	quoted, skip := false, false
	for i := range len(line) {
		switch {
		case skip:
			skip = false
		case quoted && line[i] == '\\':
			skip = true
		case line[i] == '"':
			quoted = !quoted
		case !quoted && strings.HasPrefix(line[i:], closing):
			return strings.TrimSpace(line[:i]), start + i + 2, nil
		}
	}
	if quoted {
		return "", 0, p.errorf(p.pos, "a quotation mark is not closed. Write for example {{ first_name | default: \"there\" }}.")
	}
	return "", 0, p.errorf(p.pos, "%s is not closed. Add %s on the same line.", p.src[p.pos:p.pos+2], closing)
}

// field reads {{ name | default: "x" }}, or a snippet.
func (p *parser) field() ([]node, error) {
	inner, next, err := p.cut("}}")
	if err != nil {
		return nil, err
	}
	name, filter, piped := strings.Cut(inner, "|")
	name = strings.TrimSpace(name)
	if low := strings.ToLower(name); strings.HasPrefix(low, "snippet.") {
		nodes, err := p.snippet(low, piped)
		p.pos = next
		return nodes, err
	}
	n := node{}
	if n.field, err = p.name(name, "{{ first_name }}"); err != nil {
		return nil, err
	}
	if piped {
		if n.fallback, err = p.fallback(strings.TrimSpace(filter), n.field); err != nil {
			return nil, err
		}
		n.falls = true
	}
	p.pos = next
	return []node{n}, nil
}

// fallback reads default: "x"; curly and single quotation marks are taken too,
// because word processors make them.
func (p *parser) fallback(filter, field string) (string, error) {
	arg, ok := strings.CutPrefix(filter, "default")
	arg = strings.TrimSpace(arg)
	if ok {
		arg, ok = strings.CutPrefix(arg, ":")
	}
	if !ok {
		return "", p.errorf(p.pos, "only a fallback may follow the |. Write {{ %s | default: \"there\" }}.", field)
	}
	runes := []rune(strings.TrimSpace(arg))
	const marks = `"'“”„‘’«»`
	if len(runes) < 2 || !strings.ContainsRune(marks, runes[0]) || !strings.ContainsRune(marks, runes[len(runes)-1]) {
		return "", p.errorf(p.pos, "the fallback must stand in quotation marks. Write {{ %s | default: \"there\" }}.", field)
	}
	s := string(runes[1 : len(runes)-1])
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(s), nil
}

// condition reads {% if name %} up to its endif, or names an else or endif.
func (p *parser) condition(depth int) (n node, end string, err error) {
	opened := p.pos
	inner, next, err := p.cut("%}")
	if err != nil {
		return node{}, "", err
	}
	words := strings.Fields(inner)
	switch {
	case len(words) == 1 && (words[0] == "else" || words[0] == "endif"):
		if depth > 0 {
			p.pos = next
		}
		return node{}, words[0], nil
	case len(words) == 0 || words[0] != "if":
		return node{}, "", p.errorf(opened, "{%% %s %%} is not known. Use {%% if company %%}, {%% else %%} and {%% endif %%}.", clip(inner))
	case len(words) != 2:
		return node{}, "", p.errorf(opened, "a condition asks whether one field has a value. Write {%% if company %%}.")
	}
	if strings.HasPrefix(strings.ToLower(words[1]), "snippet.") {
		return node{}, "", p.errorf(opened, "a condition asks for a field; a snippet is no field. Write the condition around it or in it.")
	}
	n.cond = true
	if n.field, err = p.name(words[1], "{% if company %}"); err != nil {
		return node{}, "", err
	}
	p.pos = next
	if n.yes, end, err = p.block(depth+1, opened); err != nil {
		return node{}, "", err
	}
	if end == "else" {
		if n.no, end, err = p.block(depth+1, opened); err != nil {
			return node{}, "", err
		}
		if end == "else" {
			return node{}, "", p.errorf(opened, "this {%% if %%} has two {%% else %%}. Remove one.")
		}
	}
	if end != "endif" {
		return node{}, "", p.errorf(opened, "this {%% if %%} has no end. Add {%% endif %%}.")
	}
	return n, "", nil
}

// name reads a field name, see canonical: words of letters, digits and _, joined by dots.
func (p *parser) name(s, example string) (string, error) {
	if s == "" {
		return "", p.errorf(p.pos, "there is no field name. Write for example %s.", example)
	}
	field := canonical(strings.ToLower(s))
	if !validName(field) {
		return "", p.errorf(p.pos, "%q is not a field name. Write for example %s.", clip(s), example)
	}
	return field, nil
}

func validName(s string) bool {
	if len(s) > 200 {
		return false
	}
	for part := range strings.SplitSeq(s, ".") {
		for i, r := range part {
			if r != '_' && !unicode.IsLetter(r) && !unicode.IsMark(r) && (i == 0 && !strings.HasPrefix(s, "custom.") || !unicode.IsDigit(r)) {
				return false
			}
		}
		if part == "" {
			return false
		}
	}
	return true
}

// clip shortens what an error repeats.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

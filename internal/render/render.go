package render

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"ninetyten/internal/sales"
)

// maxOutput bounds what a template may become, in bytes.
const maxOutput = 400_000

// MissingError lists the fields that have neither a value nor a fallback. It
// unwraps to an Invalid *sales.Error with the same words.
type MissingError struct {
	Fields  []string // all of them, sorted
	Unknown []string // those of Fields that no person can have: a typing error
}

// Error says which fields are missing and what to do.
func (e *MissingError) Error() string {
	var person, sender, deal []string
	for _, f := range e.Fields {
		switch {
		case slices.Contains(e.Unknown, f):
		case strings.HasPrefix(f, "sender"):
			sender = append(sender, f)
		case strings.HasPrefix(f, "deal."):
			deal = append(deal, f)
		default:
			person = append(person, f)
		}
	}
	var said []string
	say := func(fields []string, where string) {
		if len(fields) > 0 {
			said = append(said, fmt.Sprintf("No value for %s. %s, or add a fallback such as {{ %s | default: \"…\" }}.", strings.Join(fields, ", "), where, fields[0]))
		}
	}
	say(person, "Fill it in for this person")
	say(deal, "Fill it in in the deal with this account")
	say(sender, "Fill it in in the settings of who sends")
	if len(e.Unknown) > 0 {
		said = append(said, fmt.Sprintf("There is no field %s. Choose one from the list of fields.", strings.Join(e.Unknown, ", ")))
	}
	return strings.Join(said, " ")
}

// Unwrap gives the Invalid error.
func (e *MissingError) Unwrap() error { return &sales.Error{Code: sales.Invalid, Msg: e.Error()} }

// filling is one rendering.
type filling struct {
	out     []byte
	values  map[string]string
	missing map[string]bool
	unknown map[string]bool
	full    bool
}

// Render fills in values, keyed by field name. It returns *MissingError when
// one or more fields that are met have neither a value nor a fallback, or do
// not exist, and a Limited *sales.Error when the result is too long.
func (t *Template) Render(values map[string]string) (string, error) {
	f := filling{out: make([]byte, 0, t.size+32*len(t.fields)+64), values: values}
	f.nodes(t.nodes)
	if len(f.missing) > 0 {
		return "", &MissingError{Fields: sorted(f.missing), Unknown: sorted(f.unknown)}
	}
	if f.full {
		return "", sales.Errorf(sales.Limited, "The text becomes longer than %d characters with the values filled in. Shorten it.", maxOutput)
	}
	return string(f.out), nil
}

func (f *filling) nodes(nodes []node) {
	for i := range nodes {
		n := &nodes[i]
		switch {
		case n.field == "":
			f.write(n.text)
		case n.cond:
			if f.value(n.field) != "" {
				f.nodes(n.yes)
			} else {
				f.nodes(n.no)
			}
		default:
			v := f.value(n.field)
			if v == "" && n.falls {
				v = n.fallback
			} else if v == "" {
				f.miss(n.field)
			}
			f.write(v)
		}
	}
}

// value is the value of a field; one of white space alone is none.
func (f *filling) value(field string) string {
	v, ok := f.values[field]
	if !ok && !known(field) {
		f.miss(field)
		if f.unknown == nil {
			f.unknown = map[string]bool{}
		}
		f.unknown[field] = true
		return ""
	}
	if strings.TrimSpace(v) == "" {
		return ""
	}
	return v
}

func (f *filling) miss(field string) {
	if f.missing == nil {
		f.missing = map[string]bool{}
	}
	f.missing[field] = true
}

// write appends s. A "{{" or "{%" that a value brings, or that comes about
// between two pieces, is parted by a space.
func (f *filling) write(s string) {
	if len(f.out)+len(s) > maxOutput {
		f.full = true
		return
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if s == "" {
		return
	}
	open := len(f.out) > 0 && f.out[len(f.out)-1] == '{'
	if !open && tagAt(s) < 0 {
		f.out = append(f.out, s...)
		return
	}
	for i := range len(s) {
		if open && (s[i] == '{' || s[i] == '%') {
			f.out = append(f.out, ' ')
		}
		f.out = append(f.out, s[i])
		open = s[i] == '{'
	}
}

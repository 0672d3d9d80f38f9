package intake

import (
	"slices"
	"strings"
	"unicode"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// likeness is how much the sender of a mail looks like a person.
type likeness int

// From somebody else to the person.
const (
	somebodyElse likeness = iota // another name stands there
	cannotTell                   // nothing speaks for or against it
	perhaps                      // the address looks like their name
	sameName                     // their name stands there, or their address with a tag
)

// like compares the name and the address of a sender with a person.
func like(p sales.Person, name, address string) likeness {
	if address == p.Email || p.Email != "" && untagged(address) == untagged(p.Email) {
		return sameName
	}
	first, last := words(p.FirstName), words(p.LastName)
	given := words(name)
	if strings.Contains(name, "@") {
		given = nil // a client that shows the address instead
	}
	has := func(list []string) bool {
		for _, w := range list {
			if !slices.Contains(given, w) {
				return false
			}
		}
		return len(list) > 0
	}
	switch {
	case has(first) && has(last):
		return sameName
	case len(given) >= 2:
		return somebodyElse
	}
	if len(given) == 1 && (has(first) || has(last)) || looksLike(address, first, last) {
		return perhaps
	}
	if len(given) == 1 {
		return somebodyElse
	}
	return cannotTell
}

// looksLike tells whether the part of an address before the @ is made of a name:
// marta.oliveira, moliveira, m.oliveira, oliveira-marta, marta.private.
func looksLike(address string, first, last []string) bool {
	local, _, _ := strings.Cut(untagged(address), "@")
	parts := words(local)
	if len(parts) == 0 || len(first)+len(last) == 0 {
		return false
	}
	for _, w := range slices.Concat(first, last) {
		if len([]rune(w)) >= 3 && slices.Contains(parts, w) {
			return true
		}
	}
	if len(first) == 0 || len(last) == 0 {
		return false
	}
	f, l := strings.Join(first, ""), strings.Join(last, "")
	whole := strings.Join(parts, "")
	initial := string([]rune(f)[:1])
	return slices.Contains([]string{f + l, l + f, initial + l, l + initial}, whole)
}

// words are the words of a name as they are compared: lower case, without accents.
func words(s string) []string {
	if len(s) > 400 {
		s = s[:400]
	}
	return strings.FieldsFunc(store.SearchKey(strings.ToValidUTF8(s, "")), func(r rune) bool { return !unicode.IsLetter(r) })
}

// untagged is an address without the tag that its owner put behind a plus
// (RFC 5233).
func untagged(address string) string {
	local, domain, ok := strings.Cut(strings.ToLower(address), "@")
	if !ok {
		return address
	}
	if bare, _, tagged := strings.Cut(local, "+"); tagged && bare != "" {
		local = bare
	}
	return local + "@" + domain
}

// called is a sender as people are shown it: the name and the address.
func called(name, address string) string {
	name = strings.Join(strings.Fields(name), " ")
	if r := []rune(name); len(r) > 80 {
		name = string(r[:79]) + "…"
	}
	if name == "" || strings.EqualFold(name, address) {
		return address
	}
	return name + " <" + address + ">"
}

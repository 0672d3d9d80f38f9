package dossier

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"ninetyten/internal/sales"
)

// Veil hides who the lines of a brief are about before they leave for a language model,
// and puts the names back afterwards: the person is Buyer, the company is Company, those
// who sell are Seller.
type Veil struct {
	hide []pair
	back *strings.Replacer
}

type pair struct {
	name *regexp.Regexp
	word string
}

// NewVeil makes the veil of an input. Names of fewer than two letters are not hidden: they
// would be found within other words.
func NewVeil(in Input) Veil {
	var v Veil
	add := func(name, word string) {
		if name = strings.TrimSpace(name); utf8.RuneCountInString(name) >= 2 {
			if re, err := regexp.Compile(`(?i)(^|[^\pL\pN])` + regexp.QuoteMeta(name) + `([^\pL\pN]|$)`); err == nil {
				v.hide = append(v.hide, pair{re, word})
			}
		}
	}
	add(in.Account.Name, "Company")
	if d := in.Account.Domain; d != "" {
		add(d, "Company")
	}
	add(in.Person.Name(), "Buyer")
	add(in.Person.Email, "Buyer")
	add(in.Person.FirstName, "Buyer")
	add(in.Person.LastName, "Buyer")
	for _, name := range in.Cast.Users {
		if name != "you" {
			add(name, "Seller")
		}
	}
	company := in.Account.Name
	if company == "" {
		company = "the company"
	}
	v.back = strings.NewReplacer("Buyer", in.Cast.first(), "Company", company, "The Seller", "Our side", "the Seller", "our side", "Seller", "Our side")
	return v
}

// Hide is a line as it may leave.
func (v Veil) Hide(line string) string {
	for _, p := range v.hide {
		for range 2 { // names that follow each other share the mark between them
			line = p.name.ReplaceAllString(line, "${1}"+p.word+"${2}")
		}
	}
	return line
}

// Lift puts the names back into the sentences of an answer.
func (v Veil) Lift(list []sales.BriefSentence) []sales.BriefSentence {
	out := make([]sales.BriefSentence, len(list))
	for i, s := range list {
		out[i] = sales.BriefSentence{Text: v.back.Replace(s.Text), Cites: s.Cites}
	}
	return out
}

package dossier

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"ninetyten/internal/sales"
)

// Told is a fact as it is told: with its age, and what speaks against it.
type Told struct {
	sales.Fact
	Age     string // since it was read or written
	Stale   bool   // older than facts of its kind hold
	Against string // another source says something else; "" is nothing
}

// Holds is how long facts of a kind count as fresh. What changes with the month (open
// roles, news) holds a month, what changes with a decision (products, technology, who
// carries the mail) three, where and how large a company is a year, and so does what
// a person is called and where they can be called: in most countries fewer than a fifth
// of people change their employer within it.
func Holds(kind sales.FactKind) time.Duration {
	day := 24 * time.Hour
	switch kind {
	case sales.FactHiring, sales.FactNews:
		return 30 * day
	case sales.FactProduct, sales.FactTech, sales.FactMail:
		return 90 * day
	}
	return 365 * day
}

// Judge tells facts with their age and their contradictions. Of kinds that have one
// value, two sources that differ stand against each other.
func Judge(facts []sales.Fact, now time.Time) []Told {
	out := make([]Told, len(facts))
	for i, f := range facts {
		out[i] = Told{Fact: f, Age: Age(f.At, now), Stale: !f.At.IsZero() && now.Sub(f.At) > Holds(f.Kind)}
		for j, g := range facts {
			if i != j && f.Kind == g.Kind && f.Source != g.Source && alone(f.Kind) && !Same(f.Kind, f.Value, g.Value) {
				out[i].Against = From(g.Source) + " says " + g.Value
				break
			}
		}
	}
	return out
}

// alone tells whether something has one value of a kind.
func alone(kind sales.FactKind) bool {
	return slices.Contains([]sales.FactKind{sales.FactTitle, sales.FactPhone, sales.FactDomain, sales.FactCountry, sales.FactName}, kind)
}

// Same tells whether two values of a kind mean the same: phone numbers by their last
// eight digits, domains with their subdomains, names without the form of the company,
// everything else without case and marks.
func Same(kind sales.FactKind, a, b string) bool {
	switch kind {
	case sales.FactPhone:
		x, y := digits(a), digits(b)
		n := min(len(x), len(y), 8)
		return n >= 5 && x[len(x)-n:] == y[len(y)-n:]
	case sales.FactDomain:
		a, b = strings.ToLower(a), strings.ToLower(b)
		return a == b || strings.HasSuffix(a, "."+b) || strings.HasSuffix(b, "."+a)
	case sales.FactName:
		x, y := firm(a), firm(b)
		return x == y || strings.Contains(x, y) || strings.Contains(y, x)
	}
	return words(a) == words(b)
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// words are the letters and digits of a text, in small letters.
func words(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }), " ")
}

// firm is a name without the form of the company at its end.
func firm(s string) string {
	list := strings.Fields(words(s))
	for len(list) > 1 && slices.Contains([]string{"gmbh", "ag", "kg", "co", "ltd", "limited", "inc", "llc", "plc", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "ab", "as", "oy", "lda", "corp", "corporation", "company", "group"}, list[len(list)-1]) {
		list = list[:len(list)-1]
	}
	return strings.Join(list, " ")
}

// From is a source as it stands in a sentence.
func From(s sales.FactSource) string {
	switch s {
	case sales.FromSite:
		return "their site"
	case sales.FromDNS:
		return "the name system"
	case sales.FromFeed:
		return "the news"
	case sales.FromSignature:
		return "their signature"
	}
	return "the record"
}

// Doubts are the contradictions as sentences, each pair once.
func Doubts(facts []Told) []string {
	var out []string
	seen := map[sales.FactKind]bool{}
	for _, f := range facts {
		if f.Against == "" || seen[f.Kind] {
			continue
		}
		seen[f.Kind] = true
		out = append(out, capital(kindWord(f.Kind))+": "+From(f.Source)+" says "+f.Value+", "+f.Against+".")
	}
	return out
}

func kindWord(k sales.FactKind) string {
	switch k {
	case sales.FactDomain:
		return "company domain"
	case sales.FactName:
		return "company name"
	}
	return string(k)
}

package importer

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxGuessed is how many columns without a known name become custom fields by
// themselves; an export with hundreds of columns means a few of them.
const maxGuessed = 60

// guess maps the columns: by name, then by content, and what is left and has
// values as a custom field.
func (s *Sheet) guess(body [][]string) {
	ranks := make(map[Field][]candidate)
	for i := range s.Columns {
		k, ok := lookUpName(s.Columns[i].Name)
		if ok && s.fits(k.field, body, i) {
			ranks[k.field] = append(ranks[k.field], candidate{i, k.rank})
		}
	}
	for _, f := range Fields() {
		all := ranks[f]
		slices.SortStableFunc(all, func(a, b candidate) int { return a.rank - b.rank })
		for n, c := range all {
			if n == 0 || f == Email || f == Phone {
				s.set(c.column, f, "name")
			}
		}
	}
	s.guessByContent(body)
	used := make(map[string]bool)
	left := 0
	for i := range s.Columns {
		c := &s.Columns[i]
		if c.Field != Ignore || c.Empty {
			continue
		}
		if left++; left > maxGuessed {
			continue
		}
		s.set(i, Custom(customSlug(c.Name, used)), "")
	}
	if left > maxGuessed {
		s.Notes = append(s.Notes, fmt.Sprintf("%d more columns are left out. Choose a field for those that you need.", left-maxGuessed))
	}
}

type candidate struct{ column, rank int }

func (s *Sheet) set(i int, f Field, why string) { s.Columns[i].Field, s.Columns[i].Why = f, why }

// fits refuses a name that the content contradicts, such as "Email" above "Verified".
func (s *Sheet) fits(f Field, body [][]string, i int) bool {
	if s.Columns[i].Empty {
		return true
	}
	switch f {
	case Email:
		return share(body, i, isAddress) > 0.1 || share(body, i, func(c string) bool { return strings.Contains(c, "@") }) > 0.3
	case Phone:
		return share(body, i, func(c string) bool { return strings.IndexFunc(c, isDigit) >= 0 }) > 0.3
	case LinkedIn:
		return share(body, i, func(c string) bool { return linkedInURL(c) != "" }) > 0.1
	case Domain:
		return share(body, i, func(c string) bool { return hostName(c) != "" }) > 0.3
	case Zone:
		return share(body, i, knownZone) > 0.3
	case FirstName, LastName, FullName, Company, Title:
		return share(body, i, func(c string) bool { return isAddress(c) || looksLikePhone(c) || strings.Contains(c, "://") }) < 0.5
	}
	return true
}

// guessByContent finds addresses, LinkedIn pages, numbers and sites in columns
// whose names say nothing, for fields that no column has yet.
func (s *Sheet) guessByContent(body [][]string) {
	for _, g := range []struct {
		field Field
		least float64
		is    func(string) bool
	}{
		{Email, 0.6, isAddress},
		{LinkedIn, 0.6, func(c string) bool { return strings.Contains(strings.ToLower(c), "linkedin.com/in/") }},
		{Phone, 0.7, looksLikePhone},
		{Domain, 0.8, func(c string) bool { return strings.Contains(c, ".") && !isNumber(c) && hostName(c) != "" }},
	} {
		if slices.ContainsFunc(s.Columns, func(c Column) bool { return c.Field == g.field }) {
			continue
		}
		best, most := -1, g.least
		for i, c := range s.Columns {
			if c.Field != Ignore || c.Empty || otherPerson(c.Name) {
				continue
			}
			if n := share(body, i, g.is); n >= most && (best < 0 || n > most) {
				best, most = i, n
			}
		}
		if best >= 0 {
			s.set(best, g.field, "content")
		}
	}
}

// otherPerson tells whether a column is about somebody else than the person
// of the row: the seller, an assistant, who has made the record.
func otherPerson(name string) bool {
	words := strings.Fields(fold(name))
	for _, w := range words {
		switch w {
		case "owner", "rep", "seller", "assigned", "assignee", "created", "modified", "updated", "creator", "manager", "assistant", "referrer", "referred", "reports", "agent", "spouse", "emergency", "bcc", "cc", "from", "sender",
			"besitzer", "inhaber", "zustandig", "betreuer", "verantwortlich", "erstellt", "assistent", "vorgesetzter",
			"proprietaire", "responsable", "assistante", "propietario", "vendedor", "asistente", "proprietario", "venditore", "eigenaar", "verkoper", "agare", "saljare":
			return true
		}
	}
	return false
}

// share is how many of the values of a column are of a kind, from 0 to 1.
func share(body [][]string, i int, is func(string) bool) float64 {
	n, all := 0, 0
	for _, row := range body {
		if i >= len(row) {
			continue
		}
		c := clean(row[i])
		if c == "" || placeholder(c) {
			continue
		}
		if all++; len(c) <= 500 && is(c) {
			n++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(n) / float64(all)
}

// customSlug makes the name of a custom field, as merge fields write it.
func customSlug(name string, used map[string]bool) string {
	slug := strings.ReplaceAll(fold(name), " ", "_")
	if len(slug) > 40 {
		slug = slug[:40]
		for !utf8.ValidString(slug) {
			slug = slug[:len(slug)-1]
		}
	}
	if slug == "" {
		slug = "field"
	}
	base := slug
	for n := 2; used[slug]; n++ {
		slug = fmt.Sprintf("%s_%d", base, n)
	}
	used[slug] = true
	return slug
}

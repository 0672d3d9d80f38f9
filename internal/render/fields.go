package render

import (
	"slices"
	"strings"
	"unicode"

	"ninetyten/internal/sales"
)

// Field is a merge field as documented for people.
type Field struct {
	Name    string // as a text uses it: {{ first_name }}
	Label   string // as people say it
	Example string
	Says    string // what it is and where it comes from
}

// KnownFields are the merge fields in the order to show. Besides them every
// custom column of a person is custom.NAME, see CustomField. Fields of a person
// can be written with person. before them, too (person.first_name,
// person.custom.size), and those of account and sender as account.name,
// account.domain, sender.name, sender.first_name and sender.email.
func KnownFields() []Field {
	return []Field{
		{"first_name", "First name", "Ada", "First name of the person"},
		{"last_name", "Last name", "Lovelace", "Last name of the person"},
		{"full_name", "Full name", "Ada Lovelace", "First and last name"},
		{"email", "Email", "ada@engines.example", "Mail address of the person"},
		{"title", "Title", "Head of Analysis", "Job title"},
		{"phone", "Phone", "+442071234567", "Phone number"},
		{"linkedin", "LinkedIn", "https://linkedin.example/in/ada", "LinkedIn address"},
		{"city", "City", "London", "City, from the custom column “city”"},
		{"industry", "Industry", "Computing", "Industry, from the custom column “industry”"},
		{"company", "Company", "Analytical Engines", "Name of the account"},
		{"domain", "Domain", "engines.example", "Web domain of the account"},
		{"deal.name", "Deal", "Engine for the mill", "Name of the open deal with the account. Of several: one in which the person takes part, then the seller’s own, then the newest"},
		{"deal.stage", "Deal stage", "Trial", "Stage of the deal"},
		{"deal.amount", "Deal amount", "12,500 EUR", "What the deal is worth"},
		{"deal.close_date", "Deal close date", "4 March 2027", "Day on which the deal is to be closed"},
		{"deal.next_step", "Deal next step", "a call with the engineers", "Next step that was agreed"},
		{"sender_name", "Your name", "Sam Weller", "Name in the mailbox that sends, else of its user"},
		{"sender_first_name", "Your first name", "Sam", "First name of the sender"},
		{"sender_email", "Your email", "sam@ourfirm.example", "Address of the mailbox that sends"},
		{"sender.calendar", "Your booking link", "https://ourfirm.example/meet/sam", "Page where a time with the sender can be booked, from their settings"},
	}
}

// known tells whether a person can have the field.
func known(field string) bool {
	switch field {
	case "first_name", "last_name", "full_name", "email", "title", "phone", "linkedin", "city", "industry",
		"company", "domain", "sender_name", "sender_first_name", "sender_email", "sender.calendar",
		"deal.name", "deal.stage", "deal.amount", "deal.close_date", "deal.next_step":
		return true
	}
	return strings.HasPrefix(field, "custom.")
}

// canonical is the one name of a field that can be written in several ways.
func canonical(field string) string {
	switch field {
	case "account.name":
		return "company"
	case "account.domain":
		return "domain"
	case "sender.name", "sender.first_name", "sender.email":
		return strings.Replace(field, ".", "_", 1)
	case "sender_calendar":
		return "sender.calendar"
	case "person.name":
		return "full_name"
	}
	if f, ok := strings.CutPrefix(field, "person."); ok && known(f) && !strings.HasPrefix(f, "deal.") && !strings.HasPrefix(f, "sender") && f != "company" && f != "domain" {
		return f
	}
	return field
}

// CustomField is the merge field of a custom column: "Company size (FTE)" is
// custom.company_size_fte.
func CustomField(column string) string {
	var b strings.Builder
	b.WriteString("custom.")
	gap := false
	for _, r := range strings.ToLower(column) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = true
			continue
		}
		if gap && b.Len() > len("custom.") {
			b.WriteByte('_')
		}
		gap = false
		b.WriteRune(r)
		if b.Len() > 150 {
			break
		}
	}
	if b.Len() == len("custom.") {
		return "custom._"
	}
	return b.String()
}

// Values are the merge fields of a person: every known field, empty when there
// is no value, and the custom ones. Of two custom columns with the same field
// name the first in the order of their names that has a value counts. Those of
// a deal are empty, see Deal.
func Values(p sales.Person, a sales.Account, u sales.User, m sales.Mailbox) map[string]string {
	v := make(map[string]string, 24+len(p.Custom))
	first, last := oneLine(p.FirstName), oneLine(p.LastName)
	v["first_name"], v["last_name"] = first, last
	v["full_name"] = strings.TrimSpace(first + " " + last)
	v["email"] = oneLine(p.Email)
	v["title"], v["phone"], v["linkedin"] = oneLine(p.Title), oneLine(p.Phone), oneLine(p.LinkedIn)
	v["company"], v["domain"] = oneLine(a.Name), oneLine(a.Domain)

	name := oneLine(m.Name)
	if name == "" {
		name = oneLine(u.Name)
	}
	v["sender_name"] = name
	v["sender_first_name"], _, _ = strings.Cut(name, " ")
	v["sender_email"] = oneLine(m.Address)
	if v["sender_email"] == "" {
		v["sender_email"] = oneLine(u.Email)
	}

	v["sender.calendar"] = wholeLink(u.CalendarURL)
	Deal{}.AddTo(v, "")

	columns := make([]string, 0, len(p.Custom))
	for c := range p.Custom {
		columns = append(columns, c)
	}
	slices.Sort(columns)
	for _, c := range columns {
		if f := CustomField(c); v[f] == "" {
			v[f] = strings.TrimSpace(clean(p.Custom[c]))
		}
	}
	v["city"], v["industry"] = oneLine(v["custom.city"]), oneLine(v["custom.industry"])
	return v
}

// oneLine cleans s and makes every run of white space one space.
func oneLine(s string) string {
	return strings.Join(strings.Fields(clean(s)), " ")
}

// clean makes valid UTF-8 with LF line ends and without control characters
// other than LF and tab, and without the marks that turn the direction of
// writing around (U+202A to U+202E, U+2066 to U+2069).
func clean(s string) string {
	if isClean(s) {
		return s
	}
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r', r == '\u2028', r == '\u2029', r == '\u0085', r == '\v', r == '\f':
			return '\n'
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0xFEFF:
			return -1
		}
		return r
	}, s)
}

// isClean is the quick way: printable ASCII.
func isClean(s string) bool {
	for i := range len(s) {
		if b := s[i]; b >= 0x7f || b < 0x20 && b != '\n' && b != '\t' {
			return false
		}
	}
	return true
}

package importer

import (
	"strings"

	"ninetyten/internal/sales"
)

// Field is what a column fills. Custom fields are "custom." and a name;
// the empty field leaves the column out.
type Field string

// The fields of a person and of the account.
const (
	Ignore    Field = ""
	Email     Field = "email"
	FirstName Field = "first_name"
	LastName  Field = "last_name"
	FullName  Field = "full_name" // split where first and last name are empty
	Company   Field = "company"
	Domain    Field = "domain" // of the company: a host name or an address of its site
	Title     Field = "title"
	Phone     Field = "phone"
	LinkedIn  Field = "linkedin"
	Country   Field = "country"
	Zone      Field = "zone"     // IANA name
	Language  Field = "language" // BCP 47, or the name of a language
)

const customPrefix = "custom."

// Custom is the custom field of that name.
func Custom(name string) Field { return Field(customPrefix + name) }

// CustomName is the name of a custom field, and "" for any other.
func (f Field) CustomName() string {
	name, ok := strings.CutPrefix(string(f), customPrefix)
	if !ok {
		return ""
	}
	return name
}

// Fields are the fields that are not custom, in the order in which a page
// offers them.
func Fields() []Field {
	return []Field{Email, FirstName, LastName, FullName, Company, Domain, Title, Phone, LinkedIn, Country, Zone, Language}
}

// Valid tells whether f is a known field, a custom one, or Ignore.
func (f Field) Valid() bool {
	if f == Ignore {
		return true
	}
	if name := f.CustomName(); name != "" {
		return len(name) <= 100 && strings.TrimSpace(name) == name && !strings.ContainsAny(name, "{}|\"\x00\n")
	}
	for _, g := range Fields() {
		if f == g {
			return true
		}
	}
	return false
}

// Mapping says how a file is read: it is made by Inspect, changed by a person,
// and may be kept as JSON until the import runs.
type Mapping struct {
	Dialect Dialect `json:"dialect"` // the zero value is found out from the file
	Fields  []Field `json:"fields"`  // one a column, in order; where two columns have the same field the first with a value counts
	Country string  `json:"country"` // ISO 3166-1 alpha-2: for phone numbers without a prefix in rows without a country; may be empty
}

// Validate checks the mapping. It returns an Invalid error for an unknown
// field, an unknown country, or when no column could tell people apart.
func (m Mapping) Validate() error {
	reach := false
	for i, f := range m.Fields {
		if !f.Valid() {
			return sales.Errorf(sales.Invalid, "Column %d is mapped to %q, which is no field. Choose one from the list.", i+1, string(f))
		}
		reach = reach || f == Email || f == Phone || f == LinkedIn
	}
	if !reach {
		return sales.Errorf(sales.Invalid, "Choose the column with the mail addresses, the phone numbers or the LinkedIn addresses: without one of them nobody can be reached.")
	}
	if m.Country != "" && countryCode(m.Country) != m.Country {
		return sales.Errorf(sales.Invalid, "%q is no country code. Use two capital letters, such as DE or US.", m.Country)
	}
	return m.Dialect.validate()
}

package importer

import "ninetyten/internal/sales"

// Row is one record of a file as a person. The person has neither workspace
// nor owner nor ID; whoever stores it sets them.
type Row struct {
	Line    int           // the first line of the record in the file, from 1
	Person  sales.Person  // as far as the row gave it
	Account sales.Account // Name, Domain and Country; both Name and Domain may be empty, or one of them
	// Problems are sentences on what was left out or kept as it was. They do
	// not keep the row from being imported.
	Problems []string
	// Refused says why the row cannot be imported; empty when it can.
	Refused string
	// SameAs is the line of an earlier row with the same person, or 0.
	SameAs int
}

// HasAccount tells whether the row names a company.
func (r Row) HasAccount() bool { return r.Account.Name != "" || r.Account.Domain != "" }

// key tells people apart within a file: the address, else the LinkedIn page,
// else number and name. It is empty when there is none of them.
func (r Row) key() string {
	p := &r.Person
	switch {
	case p.Email != "":
		return p.Email
	case p.LinkedIn != "":
		return reachKey(p.LinkedIn)
	case p.Phone != "":
		return p.Phone + "\x00" + fold(p.Name())
	}
	return ""
}

// reachKey is the form in which LinkedIn addresses are compared.
func reachKey(linkedin string) string { return fold(linkedin) }

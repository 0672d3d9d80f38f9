package importer

import (
	"context"
	"maps"

	"ninetyten/internal/sales"
)

// Action is what is done with a row.
type Action string

// The actions.
const (
	Create Action = "create"
	Update Action = "update" // fills fields of an existing person that are empty, and changes no other
	Same   Action = "same"   // the person exists and the row adds nothing
	Refuse Action = "refuse"
)

// Planned is a row and what is to be done with it.
type Planned struct {
	Row
	Action  Action
	Changed []string // Update: names of the fields that are filled, and "account"
	Why     string   // Same, Refuse: a sentence
}

// Existing tells who is there already. It is implemented on top of the store,
// for one workspace.
type Existing interface {
	// ByEmails gives the people with these addresses (as sales.NormalAddress
	// gives them), by address. Addresses that nobody has are left out.
	ByEmails(ctx context.Context, emails []string) (map[string]sales.Person, error)
}

// ExistingByReach may be implemented by an Existing too. Without it a person
// who has no address is created again by each import.
type ExistingByReach interface {
	// ByReach gives the people without an address who have one of these
	// numbers (as stored) or LinkedIn addresses (compared without case).
	ByReach(ctx context.Context, phones, linkedins []string) ([]sales.Person, error)
}

// ExistingOfOthers may be implemented by an Existing too. Rows about such people
// are refused, and nothing of them is told or changed.
type ExistingOfOthers interface {
	// OfOthers tells whether a person who was found may not be seen.
	OfOthers(p sales.Person) bool
}

// ofOthers is why a row about such a person is refused.
const ofOthers = "This person is known already and belongs to a colleague of yours. Ask your manager who goes on."

// Plan decides what to do with each row; it keeps the order. found has the
// existing people by Row key as lookUp gives it. Of rows with the same person
// the first creates or updates and takes what the later ones add; those are Same.
func Plan(rows []Row, found map[string]sales.Person) []Planned {
	out := make([]Planned, len(rows))
	first := make(map[string]int, len(rows))
	for i, row := range rows {
		p := &out[i]
		p.Row = row
		if row.Refused != "" {
			p.Action, p.Why = Refuse, row.Refused
			continue
		}
		key := row.key()
		if j, ok := first[key]; ok {
			p.Action, p.Why = Same, sameAs(out[j].Line)
			out[j].take(row)
			continue
		}
		first[key] = i
		switch was, ok := found[key]; {
		case ok:
			p.Person, p.Action, p.Why = was, Same, "Everything in this row is known already."
			p.take(row)
		case row.SameAs != 0:
			p.Action, p.Why = Same, sameAs(row.SameAs)
		default:
			p.Action = Create
		}
	}
	return out
}

// take fills what is empty in the planned person from row.
func (p *Planned) take(row Row) {
	changed := fill(&p.Person, row.Person)
	if p.Action == Create {
		if p.Account.Name == "" {
			p.Account.Name = row.Account.Name
		}
		if p.Account.Domain == "" {
			p.Account.Domain = row.Account.Domain
		}
		return
	}
	if p.Person.AccountID == 0 && row.HasAccount() {
		if !contains(p.Changed, "account") {
			changed = append(changed, "account")
			p.Account = row.Account
		}
	}
	if len(changed) > 0 {
		p.Action, p.Why = Update, ""
		p.Changed = append(p.Changed, changed...)
	}
}

// fill sets the empty fields of p from q and names them. It never replaces a value.
func fill(p *sales.Person, q sales.Person) []string {
	var changed []string
	set := func(field Field, to *string, from string) {
		if *to == "" && from != "" {
			*to = from
			changed = append(changed, string(field))
		}
	}
	if p.Email == "" && q.Email != "" {
		p.Address = q.Address
	}
	set(Email, &p.Email, q.Email)
	// Half a name of one source and half of another make a third person.
	if p.FirstName == "" && p.LastName == "" || p.FirstName == q.FirstName || p.LastName == q.LastName {
		set(FirstName, &p.FirstName, q.FirstName)
		set(LastName, &p.LastName, q.LastName)
	}
	set(Title, &p.Title, q.Title)
	set(Phone, &p.Phone, q.Phone)
	set(LinkedIn, &p.LinkedIn, q.LinkedIn)
	set(Country, &p.Country, q.Country)
	set(Zone, &p.Zone, q.Zone)
	set(Language, &p.Language, q.Language)
	cloned := false
	for _, name := range sortedKeys(q.Custom) {
		if p.Custom[name] != "" || q.Custom[name] == "" {
			continue
		}
		if !cloned { // the map may belong to a cache of the caller
			p.Custom, cloned = maps.Clone(p.Custom), true
			if p.Custom == nil {
				p.Custom = make(map[string]string)
			}
		}
		p.Custom[name] = q.Custom[name]
		changed = append(changed, string(Custom(name)))
	}
	return changed
}

// lookUp asks who of the rows exists, and answers by Row key. It refuses rows
// about people who may not be seen.
func lookUp(ctx context.Context, existing Existing, rows []Row) (map[string]sales.Person, error) {
	found, err := lookUpAll(ctx, existing, rows)
	hidden, ok := existing.(ExistingOfOthers)
	if err != nil || !ok {
		return found, err
	}
	for i := range rows {
		if p, ok := found[rows[i].key()]; ok && rows[i].Refused == "" && hidden.OfOthers(p) {
			rows[i].Refused = ofOthers
		}
	}
	return found, nil
}

func lookUpAll(ctx context.Context, existing Existing, rows []Row) (map[string]sales.Person, error) {
	var emails, phones, linkedins []string
	for _, r := range rows {
		switch p := r.Person; {
		case r.Refused != "":
		case p.Email != "":
			emails = append(emails, p.Email)
		case p.LinkedIn != "":
			linkedins = append(linkedins, p.LinkedIn)
		case p.Phone != "":
			phones = append(phones, p.Phone)
		}
	}
	found := make(map[string]sales.Person)
	if len(emails) > 0 {
		people, err := existing.ByEmails(ctx, emails)
		if err != nil {
			return nil, err
		}
		maps.Copy(found, people)
	}
	other, ok := existing.(ExistingByReach)
	if !ok || len(phones)+len(linkedins) == 0 {
		return found, nil
	}
	people, err := other.ByReach(ctx, phones, linkedins)
	if err != nil {
		return nil, err
	}
	for _, p := range people {
		found[Row{Person: p}.key()] = p
	}
	return found, nil
}

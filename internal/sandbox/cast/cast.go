// Package cast makes up the people of the practice world: accounts, persons and
// sellers with names, countries, zones, languages, phones and addresses, and
// what kind of buyer each will be. It owns those lists.
//
// It is pure: the same seed and numbers give the same cast, whatever the
// machine, the day or the order of questions. Every address ends in .example.
package cast

import (
	"fmt"
	"strings"

	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/dice"
)

// Account is one company.
type Account struct {
	Index   int
	Name    string
	Domain  string
	Country string // ISO 3166-1 alpha-2
	Zone    string // IANA name
	Owner   int    // index of the seller
	Scanner bool   // its mail gateway opens every link of every mail
}

// Person is one buyer, as an import would give them, and what the world alone
// knows of them.
type Person struct {
	Index    int
	Account  int
	Owner    int // index of the seller
	Sequence int // index of the sequence to be enrolled in, -1 for none
	sales.Person

	// What only the world knows.
	Persona Persona
	Home    string // the zone they live in; Zone may be missing in the list
	Speaks  string // language of their automatic replies
	Writes  string // language of what they write themselves
	Private string // the address that they answer from when not from Email
}

// Seller is one of ours.
type Seller struct {
	Index     int
	Name      string
	Address   string
	Password  string
	Zone      string
	Signature string
}

// Size is how large a cast is.
type Size struct{ Accounts, People, Sellers int }

// Cast is everybody.
type Cast struct {
	Accounts []Account
	People   []Person
	Sellers  []Seller
}

// New makes the cast of that seed. Sizes below 1 are taken as 1.
func New(seed uint64, size Size) Cast {
	size = Size{max(size.Accounts, 1), max(size.People, 1), max(size.Sellers, 1)}
	c := Cast{Sellers: sellers(seed, size.Sellers)}
	used := map[string]bool{}
	for i := range size.Accounts {
		c.Accounts = append(c.Accounts, newAccount(seed, i, size.Sellers, used))
	}
	personas := deal(seed, size.People)
	seen := map[string]bool{}
	for i := range size.People {
		p := newPerson(seed, i, c.Accounts[i%size.Accounts], seen)
		p.Persona = personas[i]
		c.People = append(c.People, p)
	}
	return c
}

func sellers(seed uint64, n int) []Seller {
	names := []struct{ name, zone string }{
		{"Ada Lindqvist", "Europe/Stockholm"}, {"Tom Okafor", "Europe/London"}, {"Mina Feldmann", "Europe/Berlin"},
		{"Luis Ortega", "Europe/Madrid"}, {"Grace Whitfield", "America/New_York"}, {"Kenji Mori", "Asia/Tokyo"},
	}
	d := dice.New(seed, "sellers")
	var out []Seller
	for i := range n {
		who := names[i%len(names)]
		local := strings.ReplaceAll(strings.ToLower(who.name), " ", ".")
		if i >= len(names) {
			local = fmt.Sprintf("%s%d", local, i/len(names)+1)
		}
		out = append(out, Seller{
			Index: i, Name: who.name, Address: local + "@brightledger.example", Password: fmt.Sprintf("practice-%08x", uint32(d.Uint64())), Zone: who.zone,
			Signature: who.name + "\nBrightledger\n+44 1632 9601" + fmt.Sprintf("%02d", 10+i%90),
		})
	}
	return out
}

func newAccount(seed uint64, i, sellers int, used map[string]bool) Account {
	d := dice.New(seed, "account", fmt.Sprint(i))
	pl := dice.Pick(d, places())
	a := Account{Index: i, Country: pl.country, Zone: dice.Pick(d, pl.zones), Owner: i % sellers, Scanner: d.Chance(0.15)}
	first, second := companyWords()
	for n := 0; ; n++ {
		a.Name = dice.Pick(d, first) + " " + dice.Pick(d, second)
		if n > 20 {
			a.Name += fmt.Sprintf(" %d", i)
		}
		a.Domain = strings.ReplaceAll(strings.ToLower(a.Name), " ", "-") + ".example"
		if !used[a.Domain] {
			used[a.Domain] = true
			return a
		}
	}
}

func newPerson(seed uint64, i int, a Account, seen map[string]bool) Person {
	d := dice.New(seed, "person", fmt.Sprint(i))
	pl := placeOf(a.Country)
	lang := dice.Pick(d, pl.languages)
	first, last := dice.Pick(d, names(lang).first), dice.Pick(d, names(lang).last)
	p := Person{Index: i, Account: a.Index, Owner: a.Owner, Home: a.Zone, Speaks: lang, Writes: "en"}
	p.FirstName, p.LastName = first.shown, last.shown
	p.Email = unique(seen, first.plain+"."+last.plain, a.Domain)
	p.Private = unique(seen, first.plain[:1]+last.plain, "home-mail.example")
	p.Address = sales.AddressOK
	p.Title = dice.Pick(d, titles())
	p.Phone = pl.phone(d)
	p.Zone, p.Country, p.Language = a.Zone, a.Country, lang
	if lang != "en" && d.Chance(0.6) {
		p.Writes = lang
	}
	if d.Chance(0.06) { // lists have holes
		p.Zone = ""
	}
	if d.Chance(0.04) {
		p.Country, p.Language = "", ""
	}
	if d.Chance(0.05) {
		p.Phone = ""
	}
	p.Custom = map[string]string{"invoices_a_month": fmt.Sprint(100 * (2 + d.Intn(60)))}
	switch r := d.Float(); {
	case r < 0.55:
		p.Sequence = 0
	case r < 0.93:
		p.Sequence = 1
	default:
		p.Sequence = -1
	}
	return p
}

func unique(seen map[string]bool, local, domain string) string {
	for n := 1; ; n++ {
		a := local + "@" + domain
		if n > 1 {
			a = fmt.Sprintf("%s%d@%s", local, n, domain)
		}
		if !seen[a] {
			seen[a] = true
			return a
		}
	}
}

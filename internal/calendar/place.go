package calendar

import (
	"strings"
	"sync"
	"time"
)

// Place is where a person is, as well as we know.
type Place struct {
	Loc     *time.Location // never nil out of Resolve; nil is read as UTC
	Zone    string         // IANA name of Loc
	From    string         // whose zone it is: person, account, sender, workspace; utc when none could be used
	Country string         // ISO 3166-1 alpha-2, upper case; empty is unknown
	// Subdivision is the part of the country, ISO 3166-2 such as DE-BY; empty is unknown.
	Subdivision string
}

// loc is Loc, or UTC.
func (p Place) loc() *time.Location {
	if p.Loc == nil {
		return time.UTC
	}
	return p.Loc
}

// name is the zone for people to read.
func (p Place) name() string {
	if p.Zone != "" {
		return p.Zone
	}
	return p.loc().String()
}

// Zones remembers the zones that were loaded, because loading one reads and
// parses the zone database (about 20 µs). It holds nothing but what the
// database says, is bounded, and is safe for concurrent use. A nil *Zones works
// and remembers nothing.
type Zones struct {
	mu    sync.RWMutex
	known map[string]*time.Location // nil: there is no such zone
}

// maxZones bounds what Zones remembers; the database has about 600 names.
const maxZones = 1024

// Load gives the location of an IANA name, or nil when it is none. "Local" is
// none: it would mean another zone on every machine.
func (z *Zones) Load(name string) *time.Location {
	name = strings.TrimSpace(name)
	if !zoneName(name) {
		return nil
	}
	if z == nil {
		return load(name)
	}
	z.mu.RLock()
	loc, ok := z.known[name]
	z.mu.RUnlock()
	if ok {
		return loc
	}
	loc = load(name)
	z.mu.Lock()
	defer z.mu.Unlock()
	if z.known == nil {
		z.known = make(map[string]*time.Location)
	}
	if len(z.known) >= maxZones {
		clear(z.known)
	}
	z.known[name] = loc
	return loc
}

func load(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return loc
}

// zoneName tells whether s could be an IANA name: "Area/City", "UTC", "Etc/GMT+5".
func zoneName(s string) bool {
	if s == "" || len(s) > 64 || s == "Local" || s[0] == '/' {
		return false
	}
	for i := range len(s) {
		b := s[i]
		switch {
		case 'a' <= b && b <= 'z', 'A' <= b && b <= 'Z', '0' <= b && b <= '9', b == '/', b == '_', b == '+', b == '-':
		default:
			return false
		}
	}
	return true
}

// Origin is what is known of where somebody or something is.
type Origin struct {
	Zone        string // IANA name
	Country     string // ISO 3166-1 alpha-2
	Subdivision string // ISO 3166-2
}

// Origins are all who can say where a person is, in the order in which they are asked.
type Origins struct {
	Person, Account       Origin
	SenderZone, Workspace string // IANA names
}

// ResolveIn finds the place of a person. The zone is the person's, else that of
// the account, of the sender, of the workspace, else UTC; a name that is no zone
// falls through to the next. The country is the person's, else the account's.
// The part of the country is the person's, else the account's when it lies in
// that country; a part that names its country stands for the country too.
func (z *Zones) ResolveIn(o Origins) Place {
	p := Place{Loc: time.UTC, Zone: "UTC", From: "utc"}
	both := [2]Origin{o.Person, o.Account}
	for i := 0; i < len(both) && p.Country == ""; i++ {
		p.Country = Country(both[i].Country)
		if part := Subdivision("", both[i].Subdivision); p.Country == "" && part != "" {
			p.Country = part[:2]
		}
	}
	for i := 0; i < len(both) && p.Subdivision == "" && p.Country != ""; i++ {
		p.Subdivision = Subdivision(p.Country, both[i].Subdivision)
	}
	for _, c := range [4]struct{ name, from string }{
		{o.Person.Zone, "person"}, {o.Account.Zone, "account"}, {o.SenderZone, "sender"}, {o.Workspace, "workspace"},
	} {
		if loc := z.Load(c.name); loc != nil {
			p.Loc, p.Zone, p.From = loc, loc.String(), c.from
			return p
		}
	}
	return p
}

// Resolve is ResolveIn without parts of countries.
func (z *Zones) Resolve(personZone, personCountry, accountZone, accountCountry, senderZone, workspaceZone string) Place {
	return z.ResolveIn(Origins{
		Person: Origin{Zone: personZone, Country: personCountry}, Account: Origin{Zone: accountZone, Country: accountCountry},
		SenderZone: senderZone, Workspace: workspaceZone,
	})
}

// Resolve is Zones.Resolve without remembering.
func Resolve(personZone, personCountry, accountZone, accountCountry, senderZone, workspaceZone string) Place {
	var z *Zones
	return z.Resolve(personZone, personCountry, accountZone, accountCountry, senderZone, workspaceZone)
}

// Country gives the ISO 3166-1 alpha-2 code in upper case, or "" when s cannot
// be one. UK is read as GB and EL as GR, as the European Union writes them.
func Country(s string) string {
	s = strings.ToUpper(strings.TrimSpace(s))
	if len(s) != 2 || s[0] < 'A' || s[0] > 'Z' || s[1] < 'A' || s[1] > 'Z' {
		return ""
	}
	switch s {
	case "UK":
		return "GB"
	case "EL":
		return "GR"
	}
	return s
}

package sales

import (
	"strings"
	"time"
)

// Account is the organisation that a person belongs to.
type Account struct {
	WorkspaceID ID
	ID          ID
	OwnerID     ID
	Name        string
	Domain      string // lower case, without www
	Zone        string // IANA name; the fallback when the person's is unknown
	Country     string // ISO 3166-1 alpha-2
	Subdivision string // ISO 3166-2, or empty
	Website     string // an http or https address, or empty
	Notes       string
	Custom      map[string]string
	ArchivedAt  time.Time // zero: in the lists
	CreatedAt   time.Time
}

// AddressState is what we know of a mail address.
type AddressState string

// The address states.
const (
	AddressOK    AddressState = "ok"
	AddressSoft  AddressState = "soft" // a temporary failure was reported
	AddressDead  AddressState = "dead" // a permanent failure was reported
	AddressEmpty AddressState = ""     // there is none
)

// MoveSide says who owes the next step.
type MoveSide string

// The sides of "whose move".
const (
	OurMove   MoveSide = "ours"
	TheirMove MoveSide = "theirs"
	Resting   MoveSide = "resting"
)

// Person is somebody we sell to, or might.
type Person struct {
	WorkspaceID ID
	ID          ID
	AccountID   ID
	OwnerID     ID // the seller; 0 is unowned
	Email       string
	Address     AddressState
	FirstName   string
	LastName    string
	Title       string
	Phone       string // E.164 when it could be normalised
	Zone        string // IANA name, or empty
	Country     string // ISO 3166-1 alpha-2, or empty
	Subdivision string // ISO 3166-2, such as DE-BY, or empty
	Language    string // BCP 47, or empty
	LinkedIn    string
	Stage       string // of Settings.Stages, or empty
	Custom      map[string]string
	CreatedAt   time.Time
	UpdatedAt   time.Time

	// Counters kept in the transaction that writes the ledger.
	Move      MoveSide
	MoveSince time.Time
	MoveUntil time.Time // for resting and waiting; zero is open
	LastInAt  time.Time // their last real answer
	LastOutAt time.Time // our last touch
	Untouched int       // touches by us since their last answer
}

// Name is how the person is called on pages: the name, else the address.
func (p Person) Name() string {
	n := strings.TrimSpace(p.FirstName + " " + p.LastName)
	if n != "" {
		return n
	}
	if p.Email != "" {
		return p.Email
	}
	return "Somebody without a name"
}

// Initials are one or two letters for the face.
func (p Person) Initials() string {
	var out []rune
	for _, s := range []string{p.FirstName, p.LastName} {
		for _, r := range strings.TrimSpace(s) {
			out = append(out, r)
			break
		}
	}
	if len(out) == 0 {
		for _, r := range p.Email {
			out = append(out, r)
			break
		}
	}
	return strings.ToUpper(string(out))
}

// Validate checks what must hold before a person is stored.
func (p Person) Validate() error {
	if p.Email == "" && p.Phone == "" && p.LinkedIn == "" {
		return Errorf(Invalid, "A person needs a mail address, a phone number or a LinkedIn address, so that somebody can reach them.")
	}
	if p.Email != "" {
		if _, err := NormalAddress(p.Email); err != nil {
			return err
		}
	}
	if len(p.FirstName)+len(p.LastName)+len(p.Title) > 1000 {
		return Errorf(Invalid, "The name and title together are longer than 1,000 characters. Shorten them.")
	}
	return nil
}

// NormalAddress gives the form by which addresses are compared: trimmed, lower
// case. It returns an Invalid error unless s is one plain address
// (RFC 5321 section 4.1.2, limits of section 4.5.3.1).
func NormalAddress(s string) (string, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	at := strings.LastIndexByte(s, '@')
	if at <= 0 || at == len(s)-1 || len(s) > 254 || at > 64 || strings.IndexByte(s, '@') != at || strings.ContainsAny(s, " \t\r\n<>,;:\"\\()[]\x00") {
		return "", Errorf(Invalid, "%q is not a mail address. It should look like name@company.com.", s)
	}
	domain := s[at+1:]
	if !strings.Contains(domain, ".") || strings.HasPrefix(domain, ".") || strings.HasSuffix(domain, ".") || strings.Contains(s, "..") || strings.HasPrefix(domain, "-") || s[0] == '.' || s[at-1] == '.' {
		return "", Errorf(Invalid, "%q is not a mail address. It should look like name@company.com.", s)
	}
	for _, r := range s {
		if r < 0x21 || r == 0x7f || r == 0xFFFD {
			return "", Errorf(Invalid, "%q is not a mail address. It has a character that cannot stand there.", s)
		}
	}
	return s, nil
}

// DomainOf is the part of an address behind the @, or "".
func DomainOf(address string) string {
	return strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
}

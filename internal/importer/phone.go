package importer

import (
	"regexp"
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// phoneNumber is what a cell says about a number.
type phoneNumber struct {
	text      string // E.164, or the cell as written
	extension string
	zone      string // IANA name, when the number belongs to one zone only
	region    string // ISO 3166-1 alpha-2
	valid     bool
}

var (
	scientific = regexp.MustCompile(`^\d[.,]?\d*[eE]\+?\d{1,2}$`)
	phoneText  = regexp.MustCompile(`^\+?[\d\s().\-/\x{00A0}\x{2010}-\x{2015}]{6,30}$`)
	dateText   = regexp.MustCompile(`^(\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})`)
	numberText = regexp.MustCompile(`^[+\-]?\d+([.,]\d+)*%?$`)
)

// readPhone reads a cell with a number, or the first valid one of several.
// country is where a number without a prefix is dialled, or "".
func readPhone(cell, country string) phoneNumber {
	parts := []string{cell}
	if strings.ContainsAny(cell, ";|\n") || strings.Contains(cell, " / ") || strings.Contains(cell, ":::") {
		parts = strings.FieldsFunc(strings.NewReplacer(" / ", "\n", ":::", "\n").Replace(cell), func(r rune) bool { return r == ';' || r == '|' || r == '\n' })
	}
	for _, part := range parts {
		if p, ok := parsePhone(strings.TrimSpace(part), country); ok {
			return p
		}
	}
	return phoneNumber{text: oneLine(cell)}
}

func parsePhone(s, country string) (phoneNumber, bool) {
	if inner, ok := strings.CutPrefix(s, `="`); ok { // how a CSV keeps leading zeros for a spreadsheet
		s = strings.TrimSuffix(inner, `"`)
	}
	s = strings.TrimPrefix(s, "'")
	if len(s) > 60 || letters(s) > 12 {
		return phoneNumber{}, false
	}
	n, err := phonenumbers.Parse(s, country)
	if err != nil || !phonenumbers.IsValidNumber(n) {
		digits := strings.TrimLeft(s, " (")
		if !strings.HasPrefix(digits, "00") {
			return phoneNumber{}, false
		}
		if n, err = phonenumbers.Parse("+"+strings.TrimPrefix(digits, "00"), ""); err != nil || !phonenumbers.IsValidNumber(n) {
			return phoneNumber{}, false
		}
	}
	p := phoneNumber{
		text:      phonenumbers.Format(n, phonenumbers.E164),
		extension: n.GetExtension(),
		region:    phonenumbers.GetRegionCodeForNumber(n),
		valid:     true,
	}
	p.zone = zoneOf(n, p.region)
	return p, true
}

// zoneOf gives the zone of a number, or "" when it may be in several. A
// mobile or toll-free number tells the country and no place in it.
func zoneOf(n *phonenumbers.PhoneNumber, region string) string {
	if zone := countryZones()[region]; zone != "" {
		return zone
	}
	switch phonenumbers.GetNumberType(n) {
	case phonenumbers.FIXED_LINE, phonenumbers.FIXED_LINE_OR_MOBILE:
	case phonenumbers.MOBILE:
		if region != "BR" { // of the countries with several zones the only one whose mobile numbers have an area code
			return ""
		}
	default:
		return ""
	}
	zones, err := phonenumbers.GetTimezonesForNumber(n)
	if err != nil || len(zones) != 1 || zones[0] == phonenumbers.UNKNOWN_TIMEZONE {
		return ""
	}
	return zones[0]
}

// damaged tells whether a spreadsheet has written a number as 4.9E+11, so that
// its last digits are lost.
func damaged(s string) bool { return scientific.MatchString(s) }

// looksLikePhone tells a number with a prefix or separators from an id or a date.
func looksLikePhone(s string) bool {
	if !phoneText.MatchString(s) || dateText.MatchString(s) {
		return false
	}
	digits := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return digits >= 7 && digits <= 15 && (s[0] == '+' || strings.ContainsAny(s, "-()/ ") || s[0] == '0')
}

func isNumber(s string) bool { return numberText.MatchString(s) || dateText.MatchString(s) }

func letters(s string) int {
	n := 0
	for _, r := range s {
		if r > 0x7F && (r < 0xFF10 || r > 0xFF19) || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			n++
		}
	}
	return n
}

// PhoneNumber gives a number as E.164; ok is false when it is none. country, ISO
// 3166-1 alpha-2, is where a number without a prefix is dialled; "" is not known.
func PhoneNumber(text, country string) (e164 string, ok bool) {
	p, ok := parsePhone(strings.TrimSpace(text), country)
	return p.text, ok
}

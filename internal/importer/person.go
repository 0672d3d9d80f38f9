package importer

import (
	"fmt"
	"strings"

	"ninetyten/internal/sales"
)

const (
	maxShort  = 400   // bytes of a name, title or company
	maxCustom = 5_000 // bytes of a custom field
)

// Names of the custom fields that the importer fills by itself.
const (
	CustomNamePrefix = "name_prefix"     // "Dr." of a full name
	CustomExtension  = "phone_extension" // "ext. 12" of a number
)

// reader makes people of records. It belongs to one pass over one file.
type reader struct {
	m         Mapping
	zones     map[string]bool // by name, whether it exists
	saidPhone bool            // a number without a country was mentioned
	saidLatin bool            // bytes that are no UTF-8 were mentioned
	width     int             // cells of the header, 0 is unknown
}

// row reads one record. It gives false for an empty one.
func (rd *reader) row(rec record) (Row, bool) {
	row := Row{Line: rec.line, Refused: rec.refused}
	if rec.refused != "" {
		return row, true
	}
	if blank(rec.cells) {
		return row, false
	}
	rd.checkWidth(&row, rec)
	v := rd.values(&row, rec.cells)
	rd.reach(&row, v)
	rd.place(&row, v)
	rd.name(&row, v)
	rd.account(&row, v)
	p := &row.Person
	p.Title = rd.short(&row, v, Title)
	if err := p.Validate(); err != nil {
		row.Refused = sales.Explain(err)
	}
	return row, true
}

func (rd *reader) checkWidth(row *Row, rec record) {
	if rec.latin && rd.m.Dialect.Encoding != win1252Name && !rd.saidLatin {
		rd.saidLatin = true
		row.say("A cell is not in the encoding of the file and was read as Windows-1252, as in all lines below. Check its accents.")
	}
	n := len(rec.cells)
	if rd.width == 0 || n == rd.width {
		return
	}
	if n > rd.width && blank(rec.cells[rd.width:]) {
		return
	}
	row.say("The line has %d cells and the header %d. Check that no cell has moved.", n, rd.width)
}

// values collects the cells by field: the first with a value counts. Custom
// fields go to the person at once.
func (rd *reader) values(row *Row, cells []string) map[Field]string {
	v := make(map[Field]string, 12)
	for i, f := range rd.m.Fields {
		if f == Ignore || i >= len(cells) || v[f] != "" {
			continue
		}
		cell := clean(cells[i])
		name := f.CustomName()
		switch {
		case cell == "":
		case name == "":
			v[f] = cell
		case len(cell) > maxCustom:
			row.say("“%s” is longer than %d characters and was left out.", name, maxCustom)
		default:
			row.custom(name, cell)
		}
	}
	return v
}

// reach reads address, number and LinkedIn page.
func (rd *reader) reach(row *Row, v map[Field]string) {
	p := &row.Person
	if cell := v[Email]; !placeholder(cell) {
		a, n := address(cell)
		switch {
		case n == 0:
			row.say("%s is not a mail address, so it was left out.", quote(cell))
		case n > 1:
			row.say("The cell has %d mail addresses; the first was taken.", n)
		}
		if a != "" {
			p.Email, p.Address = strings.Clone(a), sales.AddressOK
		}
	}
	if cell := v[LinkedIn]; !placeholder(cell) {
		if p.LinkedIn = linkedInURL(cell); p.LinkedIn == "" {
			row.say("%s is not a LinkedIn address, so it was left out.", quote(cell))
		}
	}
}

// place reads country, language, number and zone, which depend on each other.
func (rd *reader) place(row *Row, v map[Field]string) {
	p := &row.Person
	if cell := v[Country]; !placeholder(cell) || strings.EqualFold(cell, "na") { // NA is Namibia
		if p.Country = countryCode(cell); p.Country == "" {
			row.say("%s is not a country that is known here, so it was left out.", quote(cell))
		}
	}
	if cell := v[Language]; !placeholder(cell) {
		if p.Language = languageTag(cell); p.Language == "" {
			row.say("%s is not a language that is known here, so it was left out.", quote(cell))
		}
	}
	var number phoneNumber
	if cell := v[Phone]; !placeholder(cell) {
		number = rd.number(row, cell)
	}
	if cell := v[Zone]; !placeholder(cell) {
		if rd.zone(cell) {
			p.Zone = strings.Clone(cell)
		} else {
			row.say("%s is not a time zone such as Europe/Berlin, so it was left out.", quote(cell))
		}
	}
	if p.Zone == "" {
		p.Zone = countryZones()[p.Country]
	}
	if p.Zone == "" && (p.Country == "" || p.Country == number.region) {
		p.Zone = number.zone
	}
}

func (rd *reader) number(row *Row, cell string) phoneNumber {
	p := &row.Person
	if damaged(cell) {
		row.say("A spreadsheet has shortened the phone number to %s, so it was left out. Format the column as text and export again.", quote(cell))
		return phoneNumber{}
	}
	country := p.Country
	if country == "" {
		country = rd.m.Country
	}
	number := readPhone(cell, country)
	switch {
	case number.valid:
	case len(number.text) > 100 || digits(number.text) < 5:
		row.say("%s is not a phone number, so it was left out.", quote(cell))
		return phoneNumber{}
	case country != "" || strings.HasPrefix(number.text, "+"):
		row.say("%s is not a valid phone number; it was kept as it is.", quote(cell))
	case !rd.saidPhone:
		rd.saidPhone = true
		row.say("The phone number has no country code, so it was kept as it is, like others below. Choose a country for the file to have them completed.")
	}
	p.Phone = strings.Clone(number.text)
	if number.extension != "" {
		row.custom(CustomExtension, number.extension)
	}
	return number
}

func (rd *reader) zone(name string) bool {
	known, ok := rd.zones[name]
	if !ok {
		known = knownZone(name)
		if len(rd.zones) < 1000 {
			rd.zones[strings.Clone(name)] = known
		}
	}
	return known
}

func (rd *reader) name(row *Row, v map[Field]string) {
	p := &row.Person
	p.FirstName, p.LastName = rd.short(row, v, FirstName), rd.short(row, v, LastName)
	full := rd.short(row, v, FullName)
	if p.FirstName != "" || p.LastName != "" || full == "" {
		return
	}
	if isAddress(full) {
		if p.Email == "" {
			p.Email, _ = address(full)
			p.Address = sales.AddressOK
		}
		return
	}
	var prefix string
	prefix, p.FirstName, p.LastName = splitName(full, p.Country, p.Language)
	if prefix != "" {
		row.custom(CustomNamePrefix, prefix)
	}
}

func (rd *reader) account(row *Row, v map[Field]string) {
	a := &row.Account
	a.Name = rd.short(row, v, Company)
	if cell := v[Domain]; !placeholder(cell) {
		a.Domain = strings.Clone(hostName(cell))
	}
	if d := sales.DomainOf(row.Person.Email); a.Domain == "" && d != "" && !FreeMail(d) {
		a.Domain = d
	}
	if row.HasAccount() {
		a.Country = row.Person.Country
	}
}

// short reads a name or title: one line, and nothing where the cell says that
// there is nothing. Null and None are family names.
func (rd *reader) short(row *Row, v map[Field]string, f Field) string {
	s := oneLine(v[f])
	if placeholder(s) && (letters(s) < 3 || f != LastName && f != FirstName || s[0] == '#' || s[0] == '(' || s[0] == '[') {
		return ""
	}
	if len(s) > maxShort {
		row.say("The field %s is longer than %d characters and was left out.", strings.ReplaceAll(string(f), "_", " "), maxShort)
		return ""
	}
	return strings.Clone(s)
}

func (r *Row) say(format string, args ...any) {
	r.Problems = append(r.Problems, fmt.Sprintf(format, args...))
}

func (r *Row) custom(name, value string) {
	if r.Person.Custom == nil {
		r.Person.Custom = make(map[string]string)
	}
	r.Person.Custom[name] = strings.Clone(value)
}

// quote is a cell in a sentence: one line, cut to 60 characters.
func quote(s string) string {
	runes := []rune(oneLine(s[:min(len(s), 1000)]))
	if len(runes) > 60 {
		runes = append(runes[:60], '…')
	}
	return "“" + strings.ToValidUTF8(string(runes), "") + "”"
}

func digits(s string) int {
	n := 0
	for _, r := range s {
		if isDigit(r) {
			n++
		}
	}
	return n
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= 0xFF10 && r <= 0xFF19 }

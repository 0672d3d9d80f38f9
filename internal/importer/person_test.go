package importer

import (
	"strings"
	"testing"

	"ninetyten/internal/sales"
)

func TestSplitName(t *testing.T) {
	for _, c := range []struct{ full, country, lang, prefix, first, last string }{
		{"Ada Lovelace", "", "", "", "Ada", "Lovelace"},
		{"Anna Maria Schmidt", "", "", "", "Anna Maria", "Schmidt"},
		{"Dr. Schmidt", "", "", "Dr.", "", "Schmidt"},
		{"Prof. Dr. Jean-Luc Müller-Lüdenscheidt", "", "", "Prof. Dr.", "Jean-Luc", "Müller-Lüdenscheidt"},
		{"Ludwig van Beethoven", "", "", "", "Ludwig", "van Beethoven"},
		{"Maria de la Cruz", "", "", "", "Maria", "de la Cruz"},
		{"von Neumann, John", "", "", "", "John", "von Neumann"},
		{"O'Brien, Conan", "", "", "", "Conan", "O'Brien"},
		{"John Smith, PhD", "", "", "", "John", "Smith, PhD"},
		{"Martin Luther King Jr.", "", "", "", "Martin Luther", "King Jr."},
		{"JOHN DOE", "", "", "", "JOHN", "DOE"},
		{"Madonna", "", "", "", "Madonna", ""},
		{"山田 太郎", "", "", "", "太郎", "山田"},
		{"山田太郎", "", "", "", "山田太郎", ""},
		{"Kovács János", "HU", "", "", "János", "Kovács"},
		{"Kovács János", "", "hu", "", "János", "Kovács"},
		{"Gabriel García Márquez", "CO", "", "", "Gabriel", "García Márquez"},
		{"Juan Carlos García López", "", "es-MX", "", "Juan Carlos", "García López"},
		{"  ", "", "", "", "", ""},
		{",", "", "", "", ",", ""},
	} {
		prefix, first, last := splitName(c.full, c.country, c.lang)
		if prefix != c.prefix || first != c.first || last != c.last {
			t.Errorf("%q: %q %q %q, want %q %q %q", c.full, prefix, first, last, c.prefix, c.first, c.last)
		}
	}
}

func TestReadPhone(t *testing.T) {
	for _, c := range []struct{ cell, country, text, zone, ext string }{
		{"+49 30 901820", "", "+4930901820", "Europe/Berlin", ""},
		{"030 901820", "DE", "+4930901820", "Europe/Berlin", ""},
		{"030 901820", "", "030 901820", "", ""},
		{"0049 30 901820", "", "+4930901820", "Europe/Berlin", ""},
		{"tel:+49-30-901820", "", "+4930901820", "Europe/Berlin", ""},
		{"+1 212 736 5000 ext. 12", "", "+12127365000", "America/New_York", "12"},
		{"(212) 736-5000", "US", "+12127365000", "America/New_York", ""},
		{"+1 800 356 9377", "", "+18003569377", "", ""},
		{"+7 495 123 45 67", "", "+74951234567", "Europe/Moscow", ""},
		{"+7 912 345 67 89", "", "+79123456789", "", ""}, // anywhere in Russia
		{"n/a; +49 30 901820 / +49 30 1", "", "+4930901820", "Europe/Berlin", ""},
		{"'+49 30 901820", "", "+4930901820", "Europe/Berlin", ""},
		{`="+4930901820"`, "", "+4930901820", "Europe/Berlin", ""},
		{"555-6001", "", "555-6001", "", ""},
		{"call me maybe", "US", "call me maybe", "", ""},
	} {
		p := readPhone(c.cell, c.country)
		if p.text != c.text || p.zone != c.zone || p.extension != c.ext {
			t.Errorf("%q in %q: %+v, want %q %q %q", c.cell, c.country, p, c.text, c.zone, c.ext)
		}
	}
}

func TestZonesExist(t *testing.T) {
	for country, zone := range countryZones() {
		if !knownZone(zone) || countryCode(country) != country {
			t.Errorf("%s: %s", country, zone)
		}
	}
	if len(countryZones()) < 220 || knownZone("Local") || knownZone("../etc/passwd") {
		t.Error("zones are not what they should be")
	}
}

func TestAddress(t *testing.T) {
	for cell, want := range map[string]string{
		"Ada@North.Example":                "ada@north.example",
		" mailto:ada@north.example ":       "ada@north.example",
		"Ada Lovelace <ada@north.example>": "ada@north.example",
		"ada@north.example; b@x.example":   "ada@north.example",
		"ada@north.example.":               "ada@north.example",
		"\u200bada@north.example\u00a0":    "ada@north.example",
		"ada(at)north.example":             "",
		"@north.example":                   "",
		"ada@north":                        "",
	} {
		if got, _ := address(cell); got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}

func TestHostNameAndLinkedIn(t *testing.T) {
	for s, want := range map[string]string{"https://www.North.Example/about?x=1": "north.example", "north.example": "north.example", "www.bücher.example": "xn--bcher-kva.example",
		"https://linkedin.com/company/x": "", "n/a": "", "javascript:alert(1)": "", "10.0.0.1": "", "ada@north.example": "", "north": ""} {
		if got := hostName(s); got != want {
			t.Errorf("host of %q: %q, want %q", s, got, want)
		}
	}
	for s, want := range map[string]string{"linkedin.com/in/ada": "https://linkedin.com/in/ada", "http://de.linkedin.com/in/ada/?trk=1#a": "https://de.linkedin.com/in/ada/",
		"in/ada": "https://www.linkedin.com/in/ada", "https://linkedin.com.evil.example/in/ada": "", "https://evil.example/linkedin.com/in/ada": "", "javascript:linkedin.com/in/ada": "", "https://linkedin.com/": "", "https://u:p@linkedin.com/in/a": ""} {
		if got := linkedInURL(s); got != want {
			t.Errorf("LinkedIn %q: %q, want %q", s, got, want)
		}
	}
}

func TestFreeMail(t *testing.T) {
	for domain, want := range map[string]bool{"gmail.com": true, "GMX.de": true, "yahoo.co.uk": true, "hotmail.com.br": true, "yahoo.example": false, "outlook.consulting": false, "north.example": false, "": false, "live": true} {
		if FreeMail(domain) != want {
			t.Errorf("%q: %v", domain, !want)
		}
	}
}

func TestCountryAndLanguage(t *testing.T) {
	for s, want := range map[string]string{"Germany": "DE", "Deutschland": "DE", "usa": "US", "U.S.A.": "US", "GBR": "GB", "Holland": "NL", "Korea, Republic of": "KR", "Côte d’Ivoire": "CI", "日本": "JP", "SU": "", "XX": "", "Europe": ""} {
		if got := countryCode(s); got != want {
			t.Errorf("country %q: %q, want %q", s, got, want)
		}
	}
	for s, want := range map[string]string{"de": "de", "German": "de", "Deutsch": "de", "en_US": "en-US", "pt-BR": "pt-BR", "français": "fr", "xx": "", "klingon language": ""} {
		if got := languageTag(s); got != want {
			t.Errorf("language %q: %q, want %q", s, got, want)
		}
	}
}

func TestSafeCell(t *testing.T) {
	for s, want := range map[string]string{"=1+1": "'=1+1", "+49 30": "'+49 30", "-5": "'-5", "@x": "'@x", "\tx": "'\tx", "a=b": "a=b", "": "", "'t Hooft": "'t Hooft"} {
		if got := SafeCell(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
		if s != "\tx" && clean(SafeCell(s)) != s {
			t.Errorf("%q does not come back: %q", s, clean(SafeCell(s)))
		}
	}
}

func TestRowsKeepsCells(t *testing.T) {
	data := "email,first_name,notes\na@x.example, =HYPERLINK(1) ,\"two\nlines\x00\"\nb@x.example,Renée  \tO’Brien-Śmith,-\n"
	var rows []Row
	for r, err := range Rows(strings.NewReader(data), Mapping{Fields: []Field{Email, FirstName, Custom("notes")}}) {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	if len(rows) != 2 || rows[0].Person.FirstName != "=HYPERLINK(1)" || rows[0].Person.Custom["notes"] != "two\nlines" || rows[1].Person.FirstName != "Renée O’Brien-Śmith" {
		t.Errorf("%+v", rows)
	}
	if rows[1].Line != 4 || rows[0].Person.Address != sales.AddressOK {
		t.Errorf("line %d, address %q", rows[1].Line, rows[0].Person.Address)
	}
}

func TestMappingValidate(t *testing.T) {
	for name, m := range map[string]Mapping{
		"nothing":        {},
		"no reach":       {Fields: []Field{FirstName}},
		"unknown field":  {Fields: []Field{Email, "shoe_size"}},
		"bad custom":     {Fields: []Field{Email, Custom("a}b")}},
		"empty custom":   {Fields: []Field{Email, Custom("")}},
		"country":        {Fields: []Field{Email}, Country: "Germany"},
		"delimiter":      {Fields: []Field{Email}, Dialect: Dialect{Encoding: "utf-8", Delimiter: "x", Newline: "\n"}},
		"encoding":       {Fields: []Field{Email}, Dialect: Dialect{Encoding: "ebcdic", Delimiter: ",", Newline: "\n"}},
		"header":         {Fields: []Field{Email}, Dialect: Dialect{Encoding: "utf-8", Delimiter: ",", Newline: "\n", Header: -1}},
		"missing header": {Fields: []Field{Email}, Dialect: Dialect{Encoding: "utf-8", Delimiter: ",", Newline: "\n", Header: 9}},
	} {
		for row, err := range Rows(strings.NewReader("Email\na@x.example\n"), m) {
			if sales.CodeOf(err) != sales.Invalid {
				t.Errorf("%s: %v %+v", name, err, row)
			}
		}
	}
}

package importer

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// clean takes away what no cell means to say: zero bytes and other control
// characters, byte order marks, spaces and invisible marks around the text,
// and the apostrophe that SafeCell and spreadsheets put before a formula.
// Inside, line ends and tabs stay.
func clean(s string) string {
	if strings.IndexFunc(s, dropped) >= 0 {
		s = strings.Map(func(r rune) rune {
			if dropped(r) {
				return -1
			}
			return r
		}, s)
	}
	s = strings.TrimFunc(s, around)
	if len(s) > 1 && s[0] == '\'' && strings.IndexByte("=+-@", s[1]) >= 0 {
		s = s[1:]
	}
	return s
}

func dropped(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7F && r < 0xA0 || r == 0xFEFF
}

func around(r rune) bool {
	return unicode.IsSpace(r) || r == 0x200B || r == 0x200E || r == 0x200F || r == 0x2060 || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

// oneLine is clean text with single spaces instead of line ends and runs of spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// fold is the form in which names of columns and countries are compared:
// lower case, without accents, letters and digits with single spaces between.
func fold(s string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mc, r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		case r == '\'' || r == 0x2019:
		default:
			space = true
		}
	}
	return norm.NFC.String(b.String())
}

// placeholder tells whether a cell says that there is nothing.
func placeholder(s string) bool {
	switch strings.ToLower(s) {
	case "", "-", "--", "---", ".", "?", "n/a", "#n/a", "na", "n.a.", "null", "(null)", "none", "(none)", "nil", "nan", "undefined", "unknown", "(blank)", "[blank]", "#value!", "#ref!", "#name?", "#div/0!", "not available":
		return true
	}
	return false
}

// SafeCell is a value as it should stand in an exported CSV: with an
// apostrophe before what a spreadsheet would run as a formula (OWASP, "CSV
// Injection"). Reading the file again with this package gives the value back.
func SafeCell(s string) string {
	if s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0 {
		return "'" + s
	}
	return s
}

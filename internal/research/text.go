package research

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean makes what a stranger wrote one line of at most n characters, without
// control characters and those that turn the direction of writing.
func clean(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.C, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(cutBytes(s, 8*n), ""))
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)[:n]
	if i := strings.LastIndexByte(string(r), ' '); i > len(string(r))/2 {
		return strings.TrimRight(string(r)[:i], " ,;:") + "…"
	}
	return string(r) + "…"
}

func cutBytes(s string, n int) string {
	if len(s) > n {
		return s[:n]
	}
	return s
}

// folded is a text for comparing: lower case, accents of the common letters off.
func folded(s string) string {
	return strings.NewReplacer("ä", "a", "ö", "o", "ü", "u", "ß", "ss", "é", "e", "è", "e", "ê", "e", "á", "a", "à", "a", "â", "a", "ã", "a", "å", "a", "ç", "c", "í", "i", "ó", "o", "ô", "o", "õ", "o", "ø", "o", "ú", "u", "ñ", "n").Replace(strings.ToLower(s))
}

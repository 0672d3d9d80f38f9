package llm

import (
	"regexp"
	"strings"
	"unicode"
)

// maxText is how many characters of a reply leave.
const maxText = 4000

// What does not leave.
var (
	links     = regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+`)
	addresses = regexp.MustCompile(`(?i)\b(?:mailto|tel|sip):\S+|[^\s<>"'(),:;\[\]]+@[^\s<>"'(),:;\[\]]+`)
	domains   = regexp.MustCompile(`(?i)\b(?:[\p{L}\p{N}-]+\.)+(?:com|net|org|io|eu|de|at|ch|fr|es|it|nl|be|pt|pl|se|dk|no|fi|uk|ie|jp|cn|info|biz|example)\b(?:/\S*)?`)
	numbers   = regexp.MustCompile(`[+(]?\p{Nd}[\p{Nd}() ./–-]{5,}\p{Nd}`)
	dates     = regexp.MustCompile(`^(?:\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?: ?[–-] ?(?:\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}))?$`)
	blank     = regexp.MustCompile(`\n{3,}`)
)

// Outgoing is what leaves of the new text of a reply, which has no quotes, no
// signature and no attachments: addresses, links and long numbers become words in
// brackets, control characters go, and it is cut at 4,000 characters. Names that
// stand in the sentences stay.
func Outgoing(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\r' || unicode.Is(unicode.Zs, r):
			return ' '
		case unicode.Is(unicode.C, r) || r == unicode.ReplacementChar:
			return -1 // control and format characters, and those that turn the direction
		}
		return r
	}, clip(strings.ToValidUTF8(text, ""), 4*maxText))
	text = links.ReplaceAllString(text, "[link]")
	text = addresses.ReplaceAllString(text, "[address]")
	text = domains.ReplaceAllString(text, "[link]")
	text = numbers.ReplaceAllStringFunc(text, func(s string) string {
		if digits(s) < 7 || dates.MatchString(s) {
			return s // a time, an amount, a day
		}
		return "[number]"
	})
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.Join(strings.Fields(l), " ")
	}
	text = strings.TrimSpace(blank.ReplaceAllString(strings.Join(lines, "\n"), "\n\n"))
	return clip(text, maxText)
}

func digits(s string) (n int) {
	for _, r := range s {
		if unicode.Is(unicode.Nd, r) {
			n++
		}
	}
	return n
}

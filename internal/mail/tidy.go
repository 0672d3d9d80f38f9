package mail

import "strings"

// visible turns line ends into LF and special blanks into blanks, and takes out
// what does not show.
func visible(s string) string {
	var b strings.Builder
	from := 0 // of what is not yet written
	cut := func(i, n int, instead string) {
		if b.Cap() == 0 {
			b.Grow(len(s))
		}
		b.WriteString(s[from:i])
		b.WriteString(instead)
		from = i + n
	}
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case 0:
			cut(i, 1, "")
		case '\r':
			if i+1 < len(s) && s[i+1] == '\n' {
				cut(i, 1, "")
			} else {
				cut(i, 1, "\n")
			}
		case 0xc2:
			if strings.HasPrefix(s[i:], "\u00a0") {
				cut(i, 2, " ")
			}
		case 0xe2, 0xee, 0xef:
			if i+3 > len(s) {
				continue
			}
			switch s[i : i+3] {
			case "\u202f":
				cut(i, 3, " ")
			case "\u2028", "\u2029":
				cut(i, 3, "\n")
			case "\u200b", "\u200c", "\u2060", "\ufeff", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c", "\u2066", "\u2067", "\u2068", "\u2069", signedMark:
				cut(i, 3, "")
			}
		}
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

// mayHide tells whether a text may have anything that visible replaces, by the
// first bytes of it.
func mayHide(s string) bool {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\r', 0, 0xc2, 0xe2, 0xee, 0xef:
			return true
		}
	}
	return false
}

// tidy makes text readable: LF line ends, no trailing blanks, no invisible
// characters, at most two empty lines in a row.
func tidy(s string) string {
	if mayHide(s) {
		s = visible(s)
	}
	if isTidy(s) {
		return strings.Trim(s, "\n")
	}
	var b strings.Builder
	b.Grow(len(s) + 1)
	empty := 0
	for line := range strings.SplitSeq(s, "\n") {
		if line != "-- " {
			line = strings.TrimRight(line, " \t\f\v")
		}
		if line == "" {
			if empty++; empty > 2 {
				continue
			}
		} else {
			empty = 0
		}
		b.WriteString(line)
		b.WriteByte('\n')
	}
	return strings.Trim(b.String(), "\n")
}

// isTidy tells whether a text with LF line ends has no trailing blanks and at most
// two empty lines in a row.
func isTidy(s string) bool {
	for from := 0; ; {
		i := strings.IndexByte(s[from:], '\n')
		if i < 0 {
			return s == "" || !isBlank(s[len(s)-1])
		}
		i += from
		if i > 0 && isBlank(s[i-1]) || i > 2 && s[i-1] == '\n' && s[i-2] == '\n' && s[i-3] == '\n' {
			return false
		}
		from = i + 1
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\f' || c == '\v' }

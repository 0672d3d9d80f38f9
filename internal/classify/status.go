package classify

import "strings"

// splitStatus cuts "5.1.1" (RFC 3463) into its three numbers.
func splitStatus(s string) (class, subject, detail string) {
	parts := strings.SplitN(s, ".", 3)
	if len(parts) != 3 {
		return "", "", ""
	}
	return parts[0], parts[1], parts[2]
}

// statusIn finds an enhanced status in a text, "" when there is none; of a
// basic reply code alone only the class is known.
func statusIn(s string) string {
	for i := 0; i < len(s); i++ {
		if (s[i] == '2' || s[i] == '4' || s[i] == '5') && (i == 0 || !isDigit(s[i-1]) && s[i-1] != '.') {
			if n := statusLen(s[i:]); n > 0 {
				return s[i : i+n]
			}
		}
	}
	return ""
}

func statusLen(s string) int {
	i := 1
	for range 2 {
		if i >= len(s) || s[i] != '.' {
			return 0
		}
		i++
		start := i
		for i < len(s) && isDigit(s[i]) && i-start < 4 {
			i++
		}
		if i == start || i-start > 3 {
			return 0
		}
	}
	if i < len(s) && (s[i] == '.' && i+1 < len(s) && isDigit(s[i+1]) || isDigit(s[i])) { // an IP address
		return 0
	}
	return i
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// codeIn finds a three-digit SMTP failure code in a text.
func codeIn(s string) string {
	for i := 0; i+3 <= len(s); i++ {
		if (s[i] == '4' || s[i] == '5') && isDigit(s[i+1]) && isDigit(s[i+2]) && s[i+1] <= '5' &&
			(i == 0 || !isWordByte(s[i-1]) && s[i-1] != '.' && s[i-1] != '-') && endsCode(s[i+3:]) {
			return s[i : i+3]
		}
	}
	return ""
}

// endsCode tells whether a code may end before rest.
func endsCode(rest string) bool {
	switch {
	case rest == "", rest[0] == ' ', rest[0] == '\n', rest[0] == ')', rest[0] == ']':
		return true
	case rest[0] == '-':
		return len(rest) > 1 && isDigit(rest[1])
	case rest[0] == '.', rest[0] == ',', rest[0] == ':', rest[0] == ';':
		return len(rest) == 1 || rest[1] == ' ' || rest[1] == '\n'
	}
	return false
}

func isWordByte(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

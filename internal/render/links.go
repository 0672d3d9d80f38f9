package render

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLink is the longest web address that is made a link, in bytes.
const maxLink = 2_000

// hasScheme tells whether s begins as a web address.
func hasScheme(s string) bool {
	return len(s) >= 7 && strings.EqualFold(s[:7], "http://") || len(s) >= 8 && strings.EqualFold(s[:8], "https://")
}

func hasWWW(s string) bool { return len(s) >= 4 && strings.EqualFold(s[:4], "www.") }

// findLink finds the first web address of a line: where, and how many bytes; 0 is none.
func findLink(s string) (at, n int) {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case 'h', 'H', 'w', 'W':
		default:
			continue
		}
		if i > 0 {
			if r, _ := utf8.DecodeLastRuneInString(s[:i]); unicode.IsLetter(r) || unicode.IsDigit(r) || r == '.' || r == '@' || r == '/' {
				continue
			}
		}
		if !hasScheme(s[i:]) && !hasWWW(s[i:]) {
			continue
		}
		if n := linkLen(s[i:]); n > 0 && goodLink(s[i:i+n]) {
			return i, n
		}
	}
	return 0, 0
}

// linkLen is the length of the web address that s begins with, without the
// punctuation of the sentence around it.
func linkLen(s string) int {
	s = s[:min(len(s), maxLink+4)]
	n := strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune("<>\"`{}|\\^“”„«»", r) || r == utf8.RuneError
	})
	if n < 0 {
		n = len(s)
	}
	if n > maxLink {
		return 0
	}
	for n > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:n])
		switch {
		case strings.ContainsRune(".,;:!?'’…", r):
		case r == ')' && strings.Count(s[:n], ")") > strings.Count(s[:n], "("):
		case r == ']' && strings.Count(s[:n], "]") > strings.Count(s[:n], "["):
		default:
			return n
		}
		n -= size
	}
	return 0
}

// goodLink tells whether a web address has a host that can be one.
func goodLink(s string) bool {
	if hasScheme(s) {
		_, s, _ = strings.Cut(s, "://")
	}
	host := s
	if i := strings.IndexAny(host, "/?#"); i >= 0 {
		host = host[:i]
	}
	if strings.Contains(host, "@") { // user names in addresses are a trick
		return false
	}
	if i := strings.LastIndexByte(host, ':'); i >= 0 && !strings.HasSuffix(host, "]") {
		port := host[i+1:]
		if port == "" || len(port) > 5 || strings.Trim(port, "0123456789") != "" {
			return false
		}
		host = host[:i]
	}
	if host == "localhost" || host == "[::1]" {
		return true
	}
	if !strings.Contains(host, ".") || strings.Contains(host, "..") || strings.HasPrefix(host, ".") || strings.HasSuffix(host, ".") {
		return false
	}
	return strings.IndexFunc(host, func(r rune) bool {
		return r != '.' && r != '-' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}) < 0
}

// wholeLink is s when all of it is one web address with http or https, else "".
func wholeLink(s string) string {
	s = strings.TrimSpace(s)
	if !hasScheme(s) || linkLen(s) != len(s) || !goodLink(s) || clean(s) != s {
		return ""
	}
	return s
}

// links are the web addresses of a text.
func links(text string) (out []string) {
	for line := range strings.SplitSeq(text, "\n") {
		for {
			i, n := findLink(line)
			if n == 0 {
				break
			}
			out = append(out, line[i:i+n])
			line = line[i+n:]
		}
	}
	return out
}

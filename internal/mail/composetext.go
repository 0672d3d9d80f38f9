package mail

import (
	"strings"
	"unicode/utf8"
)

// text writes a text part in the lightest encoding that carries it.
func (w *writer) text(kind, s string) {
	s = strings.ToValidUTF8(s, "\uFFFD")
	high, longest, odd := measure(s)
	switch {
	case high == 0 && longest <= 900 && !odd:
		w.line("Content-Type: " + kind + "; charset=us-ascii")
		w.line("Content-Transfer-Encoding: 7bit")
		w.line("")
		w.crlf(s)
	case high*3 > len(s):
		w.line("Content-Type: " + kind + "; charset=utf-8")
		w.line("Content-Transfer-Encoding: base64")
		w.line("")
		w.base64([]byte(strings.ReplaceAll(lf(s), "\n", "\r\n")))
	default:
		w.line("Content-Type: " + kind + "; charset=utf-8")
		w.line("Content-Transfer-Encoding: quoted-printable")
		w.line("")
		w.quotedPrintable(lf(s))
	}
}

// measure counts the bytes above ASCII and the longest line, and tells
// whether seven-bit text could be misread on the way: control characters, a
// line that begins with "From ", a boundary of ours, blanks at a line's end.
func measure(s string) (high, longest int, odd bool) {
	run := 0
	odd = strings.HasPrefix(s, "From ") || strings.Contains(s, "\nFrom ") || strings.Contains(s, "=_") || strings.Contains(s, " \n")
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\n':
			run = -1
		case c >= utf8.RuneSelf:
			high++
		case c < ' ' && c != '\t' && c != '\r', c == 127:
			odd = true
		}
		if run++; run > longest {
			longest = run
		}
	}
	return high, longest, odd
}

// lf gives s with LF line ends.
func lf(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
}

// crlf writes s with CRLF line ends, the last line ended.
func (w *writer) crlf(s string) {
	s = lf(s)
	for len(s) > 0 {
		i := strings.IndexByte(s, '\n')
		if i < 0 {
			w.b.WriteString(s)
			w.b.WriteString("\r\n")
			return
		}
		w.b.WriteString(s[:i])
		w.b.WriteString("\r\n")
		s = s[i+1:]
	}
}

// quotedPrintable writes s, which has LF line ends, by RFC 2045 section 6.7.
func (w *writer) quotedPrintable(s string) {
	const hex = "0123456789ABCDEF"
	col := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '\n' {
			w.b.WriteString("\r\n")
			col = 0
			continue
		}
		last := i+1 == len(s) || s[i+1] == '\n'
		plain := c >= '!' && c <= '~' && c != '=' || (c == ' ' || c == '\t') && !last
		if plain && col == 0 && (c == '.' || c == 'F' && strings.HasPrefix(s[i:], "From ")) {
			plain = false
		}
		width := 1
		if !plain {
			width = 3
		}
		if col+width > 75 {
			w.b.WriteString("=\r\n")
			col = 0
		}
		if plain {
			w.b.WriteByte(c)
		} else {
			w.b.WriteByte('=')
			w.b.WriteByte(hex[c>>4])
			w.b.WriteByte(hex[c&15])
		}
		col += width
	}
	if !strings.HasSuffix(s, "\n") {
		w.b.WriteString("\r\n")
	}
}

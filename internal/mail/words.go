package mail

import (
	"encoding/base64"
	"strings"
	"sync"
	"unicode/utf8"
)

// word is one encoded word: =?charset?B|Q?text?= (RFC 2047 section 2).
type word struct {
	charset string
	data    []byte
}

// DecodeHeader decodes the encoded words of a header value. Neighbours of one
// charset are joined before decoding, as many programs cut a character in two.
// What cannot be decoded stays as it is.
func DecodeHeader(s string) string {
	if !strings.Contains(s, "=?") {
		return s
	}
	var out strings.Builder
	var run word
	flush := func() {
		if run.data != nil {
			out.WriteString(oneLine(toUTF8(run.data, run.charset)))
			run = word{}
		}
	}
	for len(s) > 0 {
		start := strings.Index(s, "=?")
		if start < 0 {
			break
		}
		w, n := cutWord(s[start:])
		if n == 0 {
			flush()
			out.WriteString(s[:start+2])
			s = s[start+2:]
			continue
		}
		gap := s[:start]
		if run.data == nil || strings.TrimSpace(gap) != "" {
			flush()
			out.WriteString(gap)
		}
		if run.data != nil && strings.EqualFold(run.charset, w.charset) {
			run.data = append(run.data, w.data...)
		} else {
			flush()
			run = w
		}
		s = s[start+n:]
	}
	flush()
	out.WriteString(s)
	return strings.ToValidUTF8(out.String(), "\uFFFD")
}

// cutWord reads an encoded word at the beginning of s and gives its length, 0
// when there is none.
func cutWord(s string) (word, int) {
	parts := strings.SplitN(s[2:], "?", 3)
	if len(parts) < 3 || len(parts[1]) != 1 || parts[0] == "" || strings.ContainsAny(parts[0], " \t") {
		return word{}, 0
	}
	end := strings.Index(parts[2], "?=")
	if end < 0 {
		return word{}, 0
	}
	text := parts[2][:end]
	length := 2 + len(parts[0]) + 1 + 1 + 1 + end + 2
	charset, _, _ := strings.Cut(parts[0], "*") // RFC 2231 section 5: a language may follow
	w := word{charset: charset}
	switch parts[1] {
	case "Q", "q":
		w.data = decodeQ(text)
	case "B", "b":
		w.data = lenientBase64([]byte(text))
	default:
		return word{}, 0
	}
	if w.data == nil {
		w.data = []byte{}
	}
	return w, length
}

// encodeWords writes s as encoded words of at most 75 characters (RFC 2047
// section 2), parted by blanks; no character is cut in two.
func encodeWords(s string) string {
	const room = 75 - len("=?utf-8?q??=")
	var out strings.Builder
	chunk := make([]byte, 0, 64)
	width, high := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			high++
		}
	}
	base := high*3 > len(s)
	flush := func() {
		if len(chunk) == 0 {
			return
		}
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		if base {
			out.WriteString("=?utf-8?b?" + base64.StdEncoding.EncodeToString(chunk) + "?=")
		} else {
			out.WriteString("=?utf-8?q?")
			for _, c := range chunk {
				writeQ(&out, c)
			}
			out.WriteString("?=")
		}
		chunk, width = chunk[:0], 0
	}
	for _, r := range s {
		n := utf8.RuneLen(r)
		cost := n
		if !base && !plainQ(r) {
			cost = 3 * n
		}
		if base && len(chunk)+n > room/4*3 || !base && width+cost > room {
			flush()
		}
		chunk = utf8.AppendRune(chunk, r)
		width += cost
	}
	flush()
	return out.String()
}

// plainQ tells which characters stand for themselves in a Q word, also inside
// a display name (RFC 2047 section 5).
func plainQ(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == ' ' || r == '-' || r == '!' || r == '*' || r == '/'
}

func writeQ(out *strings.Builder, c byte) {
	const hex = "0123456789ABCDEF"
	switch {
	case c == ' ':
		out.WriteByte('_')
	case plainQ(rune(c)):
		out.WriteByte(c)
	default:
		out.WriteByte('=')
		out.WriteByte(hex[c>>4])
		out.WriteByte(hex[c&15])
	}
}

func decodeQ(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '_':
			out = append(out, ' ')
		case s[i] == '=' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0:
			out = append(out, byte(unhex(s[i+1])<<4|unhex(s[i+2])))
			i += 2
		default:
			out = append(out, s[i])
		}
	}
	return out
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// lenientBase64 decodes what it can: foreign characters are skipped, missing
// padding is tolerated, several padded blocks in a row are read on.
func lenientBase64(b []byte) []byte {
	table := sextets()
	out := make([]byte, 0, len(b)*3/4+3)
	var bits uint32
	n := 0 // characters in bits
	flush := func() {
		switch n { // one alone says nothing
		case 2:
			out = append(out, byte(bits>>4))
		case 3:
			out = append(out, byte(bits>>10), byte(bits>>2))
		}
		bits, n = 0, 0
	}
	for i := 0; i < len(b); i++ {
		for n == 0 && i+4 <= len(b) { // whole groups, as most are
			w, x, y, z := table[b[i]], table[b[i+1]], table[b[i+2]], table[b[i+3]]
			if (w|x|y|z)&noSextet != 0 {
				break
			}
			out = append(out, w<<2|x>>4, x<<4|y>>2, y<<6|z)
			i += 4
		}
		if i == len(b) {
			break
		}
		switch v := table[b[i]]; {
		case v&noSextet == 0:
			if bits, n = bits<<6|uint32(v), n+1; n == 4 {
				out = append(out, byte(bits>>16), byte(bits>>8), byte(bits))
				bits, n = 0, 0
			}
		case b[i] == '=' && n > 0:
			flush()
		}
	}
	flush()
	return out
}

// noSextet marks in the table of sextets what stands for none.
const noSextet = 0x80

// sextets are the values of the characters of base64 (RFC 4648 sections 4 and
// 5, both alphabets).
var sextets = sync.OnceValue(func() *[256]byte {
	var t [256]byte
	for i := range t {
		t[i] = noSextet
	}
	for i, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		t[c] = byte(i)
	}
	t['-'], t['_'] = t['+'], t['/']
	return &t
})

// lenientQP decodes quoted-printable (RFC 2045 section 6.7); what is not a
// valid escape stays.
func lenientQP(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		c := b[i]
		if c != '=' {
			out = append(out, c)
			continue
		}
		j := i + 1
		for j < len(b) && isSpace(b[j]) {
			j++
		}
		switch {
		case j < len(b) && b[j] == '\n':
			i = j
		case j+1 < len(b) && b[j] == '\r' && b[j+1] == '\n':
			i = j + 1
		case j >= len(b):
			i = j
		case i+2 < len(b) && unhex(b[i+1]) >= 0 && unhex(b[i+2]) >= 0:
			out = append(out, byte(unhex(b[i+1])<<4|unhex(b[i+2])))
			i += 2
		default:
			out = append(out, c)
		}
	}
	return out
}

// oneLine makes s fit for a header: no line breaks, no control characters.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\n' || r == '\t':
			return ' '
		case r < ' ' || r == 127:
			return -1
		}
		return r
	}, s)
}

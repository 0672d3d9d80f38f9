package mail

import (
	"bytes"
	"strings"
)

// field is one header line, unfolded, in valid UTF-8 but not RFC 2047 decoded.
type field struct{ name, value string }

// Header is a header block in the order of the mail. Names match without case.
type Header struct{ fields []field }

// Raw gives the first value of name, unfolded but not decoded, "" when absent.
func (h Header) Raw(name string) string {
	for _, f := range h.fields {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

// Get gives the first value of name with encoded words decoded (RFC 2047).
func (h Header) Get(name string) string { return DecodeHeader(h.Raw(name)) }

// Has tells whether the block has a line of that name.
func (h Header) Has(name string) bool {
	for _, f := range h.fields {
		if strings.EqualFold(f.name, name) {
			return true
		}
	}
	return false
}

// Values gives every value of name, decoded, in order.
func (h Header) Values(name string) []string {
	var out []string
	for _, f := range h.fields {
		if strings.EqualFold(f.name, name) {
			out = append(out, DecodeHeader(f.value))
		}
	}
	return out
}

// Names gives the names of all lines in order, as written.
func (h Header) Names() []string {
	out := make([]string, len(h.fields))
	for i, f := range h.fields {
		out[i] = f.name
	}
	return out
}

// Len is the number of lines.
func (h Header) Len() int { return len(h.fields) }

// readHeader reads a header block leniently and gives the body after it. A
// line without a colon is skipped when more header lines follow, and begins
// the body when none do. Mbox "From " lines are skipped.
func readHeader(raw []byte) (h Header, body []byte) {
	rest := raw
	if bytes.HasPrefix(rest, []byte{0xef, 0xbb, 0xbf}) {
		rest = rest[3:]
	}
	for { // empty lines above the header
		line, after := cutLine(rest)
		if len(after) == 0 || len(bytes.TrimSpace(line)) > 0 {
			break
		}
		rest = after
	}
	used := 0
	var more []string // lines that go on with the last field, joined once
	unfold := func() {
		if len(more) > 0 {
			last := &h.fields[len(h.fields)-1]
			last.value, more = last.value+" "+strings.Join(more, " "), nil
		}
	}
	defer unfold()
	for len(rest) > 0 && len(h.fields) < maxFields && used < maxHeader {
		line, after := cutLine(rest)
		trimmed := bytes.TrimRight(line, " \t\r")
		if len(trimmed) == 0 {
			if len(line) > 0 && isSpace(line[0]) && len(h.fields) > 0 && nextIsHeader(after) {
				rest = after // a line of blanks inside the block
				continue
			}
			return h, after
		}
		used += len(line)
		switch name, value, ok := splitField(trimmed); {
		case isSpace(line[0]) && len(h.fields) > 0:
			more = append(more, cleanText(bytes.TrimLeft(trimmed, " \t")))
		case ok:
			unfold()
			h.fields = append(h.fields, field{name, value})
		case bytes.HasPrefix(trimmed, []byte("From ")) || bytes.HasPrefix(trimmed, []byte(">From ")):
		case !nextIsHeader(after):
			return h, rest
		}
		rest = after
	}
	if len(h.fields) >= maxFields || used >= maxHeader { // go on to the body
		if _, after, ok := bytes.Cut(rest, []byte("\n\n")); ok {
			return h, after
		}
		if _, after, ok := bytes.Cut(rest, []byte("\r\n\r\n")); ok {
			return h, after
		}
	}
	return h, rest
}

// cutLine cuts b after its first line; the line is without its line feed.
func cutLine(b []byte) (line, after []byte) {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return b[:i], b[i+1:]
	}
	return b, nil
}

// splitField reads "Name: value". Blanks before the colon are tolerated, as
// obsolete mail has them (RFC 5322 section 4.5.2).
func splitField(line []byte) (name, value string, ok bool) {
	colon := bytes.IndexByte(line, ':')
	if colon <= 0 || colon > 200 {
		return "", "", false
	}
	key := bytes.TrimRight(line[:colon], " \t")
	if len(key) == 0 {
		return "", "", false
	}
	for _, c := range key {
		if c <= ' ' || c >= 127 {
			return "", "", false
		}
	}
	return string(key), cleanText(bytes.TrimSpace(line[colon+1:])), true
}

// nextIsHeader tells whether one of the next lines still looks like a header
// before the block ends.
func nextIsHeader(b []byte) bool {
	for range 3 {
		line, after := cutLine(b)
		trimmed := bytes.TrimRight(line, " \t\r")
		if len(trimmed) == 0 {
			return false
		}
		if !isSpace(line[0]) {
			if name, _, ok := splitField(trimmed); ok && knownName(name) {
				return true
			}
		}
		b = after
	}
	return false
}

// knownName tells whether name is one that mail has, to tell a header line
// from a line of text with a colon.
func knownName(name string) bool {
	lower := strings.ToLower(name)
	switch lower {
	case "from", "to", "cc", "bcc", "subject", "date", "sender", "received", "references",
		"precedence", "organization", "importance", "priority", "comments", "keywords":
		return true
	}
	return strings.Contains(lower, "-")
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' }

// cleanText gives header bytes as valid UTF-8 without NUL and bare CR.
func cleanText(b []byte) string {
	s := guessUTF8(b)
	if strings.IndexByte(s, 0) >= 0 || strings.IndexByte(s, '\r') >= 0 || strings.IndexByte(s, '\n') >= 0 {
		s = strings.NewReplacer("\x00", "", "\r", " ", "\n", " ").Replace(s)
	}
	return s
}

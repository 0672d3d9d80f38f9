package calendar

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// property is one content line of an iCalendar file (RFC 5545 section 3.1).
type property struct {
	name   string            // upper case
	params map[string]string // names in upper case, values without quotes; of a name given twice the first
	value  string            // as it stands
}

// lineReader gives the properties of a file one after the other. It takes what
// programs really write: any line ending, lines that are not folded, lines that
// are no properties (they are passed over).
type lineReader struct{ rest string }

// next is the next property; ok is false at the end.
func (r *lineReader) next() (p property, ok bool) {
	for r.rest != "" {
		line := r.line()
		if !strings.HasPrefix(r.rest, " ") && !strings.HasPrefix(r.rest, "\t") {
			if p, ok = parseProperty(line); ok {
				return p, true
			}
			continue
		}
		var whole strings.Builder
		whole.WriteString(line)
		for strings.HasPrefix(r.rest, " ") || strings.HasPrefix(r.rest, "\t") {
			r.rest = r.rest[1:]
			whole.WriteString(r.line())
		}
		if p, ok = parseProperty(whole.String()); ok {
			return p, true
		}
	}
	return property{}, false
}

// line cuts off one line with its ending: CRLF, LF or CR.
func (r *lineReader) line() string {
	i := strings.IndexAny(r.rest, "\r\n")
	if i < 0 {
		line := r.rest
		r.rest = ""
		return line
	}
	line := r.rest[:i]
	if strings.HasPrefix(r.rest[i:], "\r\n") {
		i++
	}
	r.rest = r.rest[i+1:]
	return line
}

// parseProperty reads NAME;PARAM=value;PARAM="value":value.
func parseProperty(line string) (p property, ok bool) {
	i := strings.IndexAny(line, ";:")
	if i <= 0 {
		return p, false
	}
	p.name = strings.ToUpper(strings.TrimSpace(line[:i]))
	for line[i] == ';' {
		line = line[i+1:]
		i = endOfParam(line)
		if i < 0 {
			return p, false
		}
		name, value, _ := strings.Cut(line[:i], "=")
		name = strings.ToUpper(strings.TrimSpace(name))
		if p.params == nil {
			p.params = make(map[string]string)
		}
		if _, twice := p.params[name]; !twice && len(p.params) < 32 {
			p.params[name] = strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	p.value = line[i+1:]
	return p, true
}

// endOfParam is where the next ; or : stands that is not in quotes.
func endOfParam(s string) int {
	quoted := false
	for i := range len(s) {
		switch s[i] {
		case '"':
			quoted = !quoted
		case ';', ':':
			if !quoted {
				return i
			}
		}
	}
	return -1
}

// text undoes the escapes of a text value (RFC 5545 section 3.3.11) and makes it
// one line of at most 200 characters.
func text(s string) string {
	var b strings.Builder
	for i := 0; i < len(s) && b.Len() < 2000; i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if s[i] == 'n' || s[i] == 'N' {
			b.WriteByte(' ')
		} else {
			b.WriteByte(s[i])
		}
	}
	words := strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			return ' '
		}
		return r
	}, b.String()))
	out := []rune(strings.Join(words, " "))
	if len(out) > 200 {
		out = append(out[:199], '…')
	}
	return string(out)
}

// decode makes text of the bytes of a file: UTF-8, UTF-16 with a mark, else Windows-1252.
func decode(b []byte) string {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		b = b[3:]
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("\xfe\xff")):
		units := make([]uint16, 0, len(b)/2)
		for i := 2; i+1 < len(b); i += 2 {
			lo, hi := b[i], b[i+1]
			if b[0] == 0xfe {
				lo, hi = hi, lo
			}
			units = append(units, uint16(hi)<<8|uint16(lo))
		}
		return string(utf16.Decode(units))
	}
	if utf8.Valid(b) {
		return string(b)
	}
	s, err := charmap.Windows1252.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "?")
	}
	return string(s)
}

// stamp is a date or a date with a time, as the file writes it.
type stamp struct {
	wall     int64 // seconds since 1970 as the clock in the file reads
	utc      bool
	dateOnly bool
	loc      *time.Location // of its TZID; nil is none, or one that is not known here
}

// parseWall reads 20270101, 20270101T090000 and 20270101T090000Z; dashes and
// colons, which some programs write, are passed over.
func parseWall(s string) (stamp, error) {
	digits := strings.NewReplacer("-", "", ":", "").Replace(strings.ToUpper(strings.TrimSpace(s)))
	layout := "20060102T150405"
	var w stamp
	switch {
	case len(digits) == 8:
		layout, w.dateOnly = "20060102", true
	case len(digits) == 16 && digits[15] == 'Z':
		digits, w.utc = digits[:15], true
	case len(digits) == 13: // without seconds
		layout = "20060102T1504"
	}
	t, err := time.Parse(layout, digits)
	if err != nil || t.Year() < 1 {
		return w, fmt.Errorf("%q is no date", clip(s))
	}
	w.wall = t.Unix()
	return w, nil
}

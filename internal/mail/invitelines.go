package mail

import (
	"strings"
	"time"

	"ninetyten/internal/calendar"
)

// calendarLine cuts one content line off a calendar, unfolded, and takes it apart
// (RFC 5545 section 3.1). Any line ending is taken; the name is "" when the line
// is none of a property.
func calendarLine(s string) (name string, params map[string]string, value, rest string) {
	line, rest := physicalLine(s)
	if folded(rest) {
		var whole strings.Builder
		whole.WriteString(line)
		for folded(rest) {
			var more string
			more, rest = physicalLine(rest[1:])
			whole.WriteString(more)
		}
		line = whole.String()
	}
	i := strings.IndexAny(line, ";:")
	if i <= 0 {
		return "", nil, "", rest
	}
	name = strings.ToUpper(strings.TrimSpace(line[:i]))
	for line[i] == ';' {
		line = line[i+1:]
		if i = endOfCalendarParam(line); i < 0 {
			return "", nil, "", rest
		}
		key, v, _ := strings.Cut(line[:i], "=")
		key = strings.ToUpper(strings.TrimSpace(key))
		if params == nil {
			params = map[string]string{}
		}
		if _, twice := params[key]; !twice && len(params) < 32 {
			params[key] = strings.Trim(strings.TrimSpace(v), `"`)
		}
	}
	return name, params, line[i+1:], rest
}

func folded(s string) bool { return strings.HasPrefix(s, " ") || strings.HasPrefix(s, "\t") }

// physicalLine cuts one line off, as it stands in the file.
func physicalLine(s string) (line, rest string) {
	i := strings.IndexAny(s, "\r\n")
	if i < 0 {
		return s, ""
	}
	line = s[:i]
	if strings.HasPrefix(s[i:], "\r\n") {
		i++
	}
	return line, s[i+1:]
}

// endOfCalendarParam is where the next ; or : stands that is not in quotes.
func endOfCalendarParam(s string) int {
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

// calendarText undoes the escapes of a text (RFC 5545 section 3.3.11) and makes it
// one line.
func calendarText(s string) string {
	var b strings.Builder
	for i := 0; i < len(s) && b.Len() < 8*maxInviteText; i++ {
		if s[i] == '\\' && i+1 < len(s) {
			if i++; s[i] == 'n' || s[i] == 'N' {
				b.WriteByte(' ')
				continue
			}
		}
		b.WriteByte(s[i])
	}
	out := []rune(strings.Join(strings.Fields(strings.ToValidUTF8(oneLine(b.String()), "\uFFFD")), " "))
	if len(out) > maxInviteText {
		out = append(out[:maxInviteText-1], '…')
	}
	return string(out)
}

// calendarTime reads 20270101, 20270101T090000Z, and 20270101T090000 with the zone
// that TZID names (RFC 5545 section 3.3.5). It is zero when that zone is not known
// here: a time in the wrong zone would mislead.
func calendarTime(s, zone string) (at time.Time, wholeDay bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	if t, err := time.Parse("20060102", s); err == nil {
		return t, true
	}
	if t, err := time.Parse("20060102T150405Z", s); err == nil {
		return t, false
	}
	loc := calendar.Zone(zone)
	if loc == nil || strings.TrimSpace(zone) == "" {
		return time.Time{}, false
	}
	t, err := time.ParseInLocation("20060102T150405", s, loc)
	if err != nil {
		return time.Time{}, false
	}
	return t.UTC(), false
}

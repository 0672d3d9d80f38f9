package mail

import (
	"strings"
	"time"
	"unicode"
)

// ParseAddresses reads an address list leniently (RFC 5322 section 3.4 with
// its obsolete forms): quoted names, comments, groups, missing brackets,
// semicolons as separators. Entries without an address are left out.
func ParseAddresses(s string) []Address {
	var out []Address
	for _, item := range splitAddresses(s) {
		if a, ok := parseAddress(item); ok && len(out) < maxFields {
			out = append(out, a)
		}
	}
	return out
}

// ParseAddress reads the first address of s.
func ParseAddress(s string) Address {
	if all := ParseAddresses(s); len(all) > 0 {
		return all[0]
	}
	return Address{}
}

// splitAddresses cuts a list at commas and semicolons that stand outside
// quotes, comments and brackets, and drops group names.
func splitAddresses(s string) []string {
	var items []string
	var b strings.Builder
	depth, quoted, angle := 0, false, false
	flush := func() {
		item := b.String()
		if len(item) > maxAddress { // the address stands at the end
			item = strings.ToValidUTF8(item[len(item)-maxAddress:], "")
		}
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
		b.Reset()
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s) && (quoted || depth > 0):
			b.WriteByte(c)
			i++
			c = s[i]
		case quoted:
			quoted = c != '"'
		case c == '"' && depth == 0:
			quoted = strings.Contains(s[i+1:], `"`)
		case c == '(' && !angle:
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth > 0:
		case c == '<':
			angle = true
		case c == '>':
			angle = false
		case (c == ',' || c == ';') && !angle:
			flush()
			continue
		case c == ':' && !angle && !strings.Contains(b.String(), "@"):
			b.Reset() // the name of a group, or a stray "mailto:"
			continue
		}
		b.WriteByte(c)
	}
	flush()
	return items
}

// parseAddress reads one mailbox.
func parseAddress(item string) (Address, bool) {
	comment, spec := "", ""
	var name, bare strings.Builder
	for i := 0; i < len(item); {
		switch c := item[i]; c {
		case '"':
			end := closing(item, i+1, '"')
			text := unescape(item[i+1 : end])
			if end+1 < len(item) && item[end+1] == '@' { // a quoted local part
				name.WriteByte(' ')
				bare.WriteString(strings.ReplaceAll(item[i:end+1], " ", "\x01"))
			} else {
				name.WriteString(text)
				bare.WriteByte(' ')
			}
			i = end + 1
		case '(':
			end := closing(item, i+1, ')')
			comment = strings.TrimSpace(comment + " " + unescape(item[i+1:end]))
			i = end + 1
		case '<':
			end := strings.LastIndexByte(item, '>')
			if end < i {
				end = len(item)
			}
			if spec == "" {
				spec = item[i+1 : end]
			}
			i = end + 1
		default:
			name.WriteByte(c) // byte by byte, so that UTF-8 stays as it is (RFC 6532)
			bare.WriteByte(c)
			i++
		}
	}
	words := name.String()
	if spec == "" {
		var rest []string
		for _, f := range strings.Fields(strings.NewReplacer(" @", "@", "@ ", "@").Replace(bare.String())) {
			if spec == "" && strings.Contains(f, "@") {
				spec = f
			} else {
				rest = append(rest, f)
			}
		}
		words = strings.Join(rest, " ")
	}
	addr := cleanAddr(strings.ReplaceAll(spec, "\x01", " "))
	if addr == "" {
		return Address{}, false
	}
	words = strings.Trim(strings.TrimSpace(DecodeHeader(strings.TrimSpace(words))), `"'`)
	if words == "" {
		words = DecodeHeader(comment)
	}
	words = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, oneLine(words))
	return Address{Name: strings.Join(strings.Fields(words), " "), Addr: addr}, true
}

// closing gives the index of the closing character from i on, with escapes,
// len(s) when it is missing.
func closing(s string, i int, c byte) int {
	for ; i < len(s); i++ {
		if s[i] == '\\' {
			i++
		} else if s[i] == c {
			return i
		}
	}
	return len(s)
}

func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// cleanAddr gives an address in lower case, "" when s is none. Source routes
// (RFC 5321 appendix C), "mailto:" and stray punctuation are removed; control
// characters are part of no address.
func cleanAddr(s string) string {
	s = strings.TrimSpace(DecodeHeader(strings.TrimSpace(s)))
	if !strings.HasPrefix(s, `"`) {
		s = withoutComments(s)
	}
	if strings.HasPrefix(s, "@") {
		if _, after, ok := strings.Cut(s, ":"); ok {
			s = after
		}
	}
	if len(s) > 7 && strings.EqualFold(s[:7], "mailto:") {
		s, _, _ = strings.Cut(s[7:], "?")
	}
	s = strings.Trim(s, "<>,;:'[]{} \t")
	s = strings.TrimRight(s, ".")
	at := strings.LastIndexByte(s, '@')
	if at <= 0 || at == len(s)-1 || len(s) > 320 {
		return ""
	}
	local, domain := s[:at], strings.Join(strings.Fields(s[at+1:]), "")
	if !strings.HasPrefix(local, `"`) {
		local = strings.Join(strings.Fields(local), "")
	}
	if local == "" || strings.ContainsAny(domain, `<>()"\@,;`) || strings.ContainsAny(local, "<>") || strings.ContainsFunc(local+domain, unicode.IsControl) {
		return ""
	}
	return strings.ToLower(local + "@" + domain)
}

// ParseDate reads a Date header leniently, zero when it cannot be read or is
// outside 1970 to 2100.
func ParseDate(s string) time.Time {
	if len(s) > 500 {
		return time.Time{}
	}
	s = strings.Join(strings.Fields(withoutComments(s)), " ")
	if s == "" {
		return time.Time{}
	}
	i := strings.LastIndexByte(s, ' ')
	if offset := obsoleteZone(s[i+1:]); offset != "" && i > 0 {
		s = s[:i+1] + offset
	}
	t := lenientDate(s)
	if t.IsZero() && i > 0 && !strings.ContainsAny(s[i+1:], ":+-") { // an unknown zone counts as UTC
		t = lenientDate(s[:i])
	}
	if t.Year() < 1970 || t.Year() > 2100 {
		return time.Time{}
	}
	return t.UTC()
}

// obsoleteZone gives the offset of a zone name of RFC 5322 section 4.3.
func obsoleteZone(name string) string {
	switch strings.ToUpper(name) {
	case "EST", "CDT":
		return "-0500"
	case "EDT":
		return "-0400"
	case "CST", "MDT":
		return "-0600"
	case "MST", "PDT":
		return "-0700"
	case "PST":
		return "-0800"
	case "GMT", "UT", "UTC", "Z":
		return "+0000"
	}
	return ""
}

// withoutComments takes the comments off, nested ones and escapes as well
// (RFC 5322 section 3.2.2).
func withoutComments(s string) string {
	if strings.IndexByte(s, '(') < 0 {
		return s
	}
	var b strings.Builder
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && depth > 0:
			i++
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth == 0:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// lenientDate tries the form of RFC 5322 section 3.3 first, then its obsolete
// forms and those that programs write instead.
func lenientDate(s string) time.Time {
	if day, rest, ok := strings.Cut(s, ","); ok && len(day) < 12 {
		s = strings.TrimSpace(rest)
	}
	layouts := [...]string{
		"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04:05 Z0700", "2 Jan 2006 15:04 MST", "2 Jan 2006 15:04:05", "2 Jan 2006 15:04 -0700",
		"2 Jan 06 15:04:05 -0700", "2 Jan 06 15:04:05 MST", "2 January 2006 15:04:05 -0700", "2 Jan 2006 15.04.05 -0700",
		"Mon Jan 2 15:04:05 2006", "Mon Jan 2 15:04:05 MST 2006", "Jan 2 2006 15:04:05", "Jan 2, 2006 15:04:05",
		"2-Jan-2006 15:04:05 -0700", "2-Jan-06 15:04:05 MST", "2 Jan 2006 15:04:05 -07:00", "2 Jan 2006 3:04:05 PM -0700",
		time.RFC3339, "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05", "2006/01/02 15:04:05", "2 Jan 2006",
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

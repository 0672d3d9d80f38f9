package mail

import (
	"strconv"
	"strings"
)

// mediaType reads a Content-Type leniently; without one it is text/plain (RFC
// 2045 section 5.2).
func mediaType(value string) (string, map[string]string) {
	kind, params := headerParams(value)
	if !strings.Contains(kind, "/") {
		kind = "text/plain"
	}
	return kind, params
}

// headerParams reads "kind; name=value; ..." with quoted values, and the
// continuations and charsets of RFC 2231 (name*=utf-8'en'a%20b, name*0="a").
func headerParams(value string) (string, map[string]string) {
	first, rest, _ := strings.Cut(value, ";")
	kind := strings.ToLower(strings.Join(strings.Fields(first), ""))
	params := map[string]string{}
	pieces := map[string][]string{}
	for len(rest) > 0 && len(params)+len(pieces) < 100 {
		var name, val string
		name, val, rest = cutParam(rest)
		if name == "" {
			continue
		}
		base, star, extended := strings.Cut(name, "*")
		if !extended {
			if _, ok := params[name]; !ok {
				params[name] = val
			}
			continue
		}
		index, _ := strconv.Atoi(strings.TrimSuffix(star, "*"))
		if index < 0 || index > 50 {
			continue
		}
		encoded := star == "" || strings.HasSuffix(star, "*")
		for len(pieces[base]) <= index {
			pieces[base] = append(pieces[base], "")
		}
		if !encoded {
			val = strings.ReplaceAll(val, "%", "%25")
		}
		pieces[base][index] = val
	}
	for base, list := range pieces {
		params[base] = decode2231(strings.Join(list, ""))
	}
	return kind, params
}

// cutParam cuts one parameter off; a value ends at a semicolon outside quotes.
func cutParam(s string) (name, value, rest string) {
	s = strings.TrimLeft(s, "; \t")
	end := strings.IndexAny(s, "=;")
	if end < 0 {
		return "", "", ""
	}
	name = strings.ToLower(strings.TrimSpace(s[:end]))
	if s[end] == ';' {
		return "", "", s[end:]
	}
	s = strings.TrimLeft(s[end+1:], " \t")
	if strings.HasPrefix(s, `"`) {
		stop := closing(s, 1, '"')
		value = unquoteValue(s[1:stop])
		if _, after, ok := strings.Cut(s[min(stop, len(s)):], ";"); ok {
			rest = after
		}
		return name, value, rest
	}
	value, rest, _ = strings.Cut(s, ";")
	return name, strings.TrimSpace(value), rest
}

// unquoteValue undoes the escapes of a quoted string. A backslash before
// anything but a quote or a backslash is a folder separator of old programs.
func unquoteValue(s string) string {
	return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(s)
}

// decode2231 decodes charset'language'percent-encoded.
func decode2231(s string) string {
	charset := ""
	if parts := strings.SplitN(s, "'", 3); len(parts) == 3 {
		charset, s = parts[0], parts[2]
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0 {
			out = append(out, byte(unhex(s[i+1])<<4|unhex(s[i+2])))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return toUTF8(out, charset)
}

package mail

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"slices"
	"strings"
)

// NoIDDomain is the right side of a HeaderID that was derived from the content
// of a mail without Message-ID.
const NoIDDomain = "no-message-id"

// HeaderID gives the Message-ID, without brackets, of the mailing with that
// key: the same key and secret always give the same ID, so that a mail whose
// sending was interrupted can be looked for. Without the secret it tells
// nothing about the key.
func HeaderID(key, domain string, secret []byte) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(key))
	sum := mac.Sum(nil)
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:20])) + "@" + domain
}

// contentID stands in for a missing Message-ID.
func contentID(raw []byte) string {
	sum := sha256.Sum256(raw)
	return "sha256-" + hex.EncodeToString(sum[:16]) + "@" + NoIDDomain
}

// parseIDs reads the Message-IDs of In-Reply-To or References, without
// brackets, in order, each once. Text around them is skipped; an ID without
// brackets is taken when it has an @.
func parseIDs(s string) []string {
	var out []string
	add := func(id string) {
		id = strings.Join(strings.Fields(id), "")
		id = strings.Trim(id, `<>,;"'`)
		if id != "" && len(id) <= 998 && len(out) < maxIDs && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	if !strings.Contains(s, "<") {
		for _, f := range strings.Fields(s) {
			if strings.Contains(f, "@") {
				add(f)
			}
		}
		return out
	}
	for len(s) > 0 && len(out) < maxIDs {
		start := strings.IndexByte(s, '<')
		if start < 0 {
			break
		}
		end := strings.IndexByte(s[start:], '>')
		if end < 0 {
			add(s[start:])
			break
		}
		add(s[start : start+end])
		s = s[start+end+1:]
	}
	return out
}

// firstID is the first ID of s, "" when there is none.
func firstID(s string) string {
	if ids := parseIDs(s); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

// References gives the References of an answer to a mail (RFC 5322 section
// 3.6.4): those of the parent and then the parent itself. A long chain keeps
// its first ID and the newest ones.
func References(parent []string, parentID string) []string {
	const most = 30
	out := make([]string, 0, len(parent)+1)
	for _, id := range append(slices.Clone(parent), parentID) {
		if id = strings.Trim(id, "<> "); id != "" && carriable(id) {
			out = slices.DeleteFunc(out, func(old string) bool { return old == id })
			out = append(out, id)
		}
	}
	if len(out) > most {
		out = append(out[:1:1], out[len(out)-most+1:]...)
	}
	return out
}

// findTokens gives every token of a /u/TOKEN link in s, each once, added to
// have. A token has 16 to 64 characters of A-Z a-z 0-9 _ -.
func findTokens(have []string, s string) []string {
	for len(have) < maxTokens {
		i := strings.Index(s, "/u/")
		if i < 0 {
			break
		}
		s = s[i+3:]
		n := 0
		for n < len(s) && isToken(s[n]) {
			n++
		}
		if n >= 16 && n <= 64 && !slices.Contains(have, s[:n]) {
			have = append(have, s[:n])
		}
		s = s[n:]
	}
	return have
}

func isToken(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c == '-'
}

// idsInText gives the IDs of "Message-ID:" lines in s, as reports in plain
// text show the header of the returned mail.
func idsInText(s string) []string {
	var out []string
	for len(out) < maxIDs {
		i := indexFold(s, "message-id:")
		if i < 0 {
			break
		}
		start := strings.LastIndexByte(s[:i], '\n') + 1
		lead := strings.Trim(s[start:i], "> \t|")
		s = s[i+len("message-id:"):]
		line := s[:min(len(s), 1200)] // before anything is looked for in it: a text may name it a million times
		line, _, _ = strings.Cut(line, "\n\n")
		first, more, _ := strings.Cut(line, "\n")
		if strings.TrimSpace(first) == "" && more != "" { // folded after the name
			first, _, _ = strings.Cut(more, "\n")
		}
		if id := firstID(first); lead == "" && strings.Contains(id, "@") && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// indexFold is strings.Index without regard to the case of ASCII letters; sub
// is in lower case.
func indexFold(s, sub string) int {
	if dash := strings.IndexByte(sub, '-'); dash > 0 { // rarer than letters
		for from := dash; from < len(s); {
			i := strings.IndexByte(s[from:], '-')
			if i < 0 {
				return -1
			}
			from += i + 1
			if at := from - 1 - dash; at+len(sub) <= len(s) && equalLower(s[at:at+len(sub)], sub) {
				return at
			}
		}
		return -1
	}
	for i := 0; i+len(sub) <= len(s); i++ {
		if lower(s[i]) != sub[0] {
			continue
		}
		j := 1
		for j < len(sub) && lower(s[i+j]) == sub[j] {
			j++
		}
		if j == len(sub) {
			return i
		}
	}
	return -1
}

// equalLower tells whether s, its ASCII letters in lower case, is low.
func equalLower(s, low string) bool {
	for i := range len(s) {
		if lower(s[i]) != low[i] {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

package db

import (
	"strconv"
	"strings"
	"sync"
)

// maxRebound bounds the cache of turned texts; when it is full, it is emptied.
const maxRebound = 4096

// rebinder turns texts into what the database wants, and remembers the answer.
type rebinder struct {
	mu    sync.RWMutex
	texts map[string]string
}

// text gives query as turn makes it: rebind or steady.
func (r *rebinder) text(query string, turn func(string) string) string {
	r.mu.RLock()
	out, ok := r.texts[query]
	r.mu.RUnlock()
	if ok {
		return out
	}
	out = turn(query)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.texts == nil || len(r.texts) >= maxRebound {
		r.texts = make(map[string]string)
	}
	r.texts[query] = out
	return out
}

// rebind replaces every ? outside of quotes and comments by $n.
func rebind(query string) string {
	if !strings.Contains(query, "?") {
		return query
	}
	var b strings.Builder
	b.Grow(len(query) + 16)
	n := 0
	for i := 0; i < len(query); {
		if end := skipQuoted(query, i); end > i {
			b.WriteString(query[i:end])
			i = end
			continue
		}
		if query[i] == '?' {
			n++
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
		} else {
			b.WriteByte(query[i])
		}
		i++
	}
	return b.String()
}

// steady writes LIMIT CAST(? AS BIGINT) for LIMIT ?, and OFFSET likewise, outside of
// quotes and comments. SQLite compiles a statement anew at each run when a bare
// parameter is its limit, because the plan may depend on the value.
func steady(query string) string {
	var b strings.Builder
	from := 0
	for i := 0; i < len(query); {
		if end := skipQuoted(query, i); end > i {
			i = end
			continue
		}
		if query[i] == '?' && limits(query[:i]) {
			b.WriteString(query[from:i])
			b.WriteString("CAST(? AS BIGINT)")
			from = i + 1
		}
		i++
	}
	if from == 0 {
		return query
	}
	b.WriteString(query[from:])
	return b.String()
}

// limits tells that a text ends with the word LIMIT or OFFSET.
func limits(text string) bool {
	words := strings.TrimRight(text, " \t\r\n")
	if len(words) == len(text) {
		return false
	}
	word := words[strings.LastIndexAny(words, " \t\r\n()")+1:]
	return strings.EqualFold(word, "limit") || strings.EqualFold(word, "offset")
}

// skipQuoted gives the end of the string, quoted name or comment that starts
// at i, or i when none starts there. A doubled quote inside a string reads as
// two strings side by side, which comes to the same.
func skipQuoted(q string, i int) int {
	closing := ""
	from := i + 1
	switch {
	case q[i] == '\'' || q[i] == '"':
		closing = q[i : i+1]
	case strings.HasPrefix(q[i:], "--"):
		closing = "\n"
	case strings.HasPrefix(q[i:], "/*"):
		closing, from = "*/", i+2
	default:
		return i
	}
	if end := strings.Index(q[from:], closing); end >= 0 {
		return from + end + len(closing)
	}
	return len(q)
}

package classify

import (
	"strings"
	"time"
)

// memory keeps what was read of the pieces of one mail, so that no sentence is
// read twice: the whole is asked about each, and then each by itself. The nil
// memory keeps nothing. What it gives must not be changed.
type memory struct {
	toks  map[string][]token
	times map[string]timeNamed
	names map[string]personNamed
	bare  map[string]bool
	sums  map[string]sums
	cut   [2]cutText // the texts that were cut into sentences last
	room  featureRoom
	runs  map[string]int // where in the words of the whole those of a piece begin
	whole *wholeText
}

// wholeText is what was found in the words of a whole text that was read.
type wholeText struct {
	text    string
	hits    []hit
	demands bool // a sentence demands to stop in words that no phrase foresaw
}

// timeNamed is what laterDate gives.
type timeNamed struct {
	day   time.Time
	words string
}

// personNamed is the first person whom a sentence names.
type personNamed struct {
	name   string
	titled bool
}

// cutText is a text and its sentences.
type cutText struct {
	text  string
	parts []string
}

// sentences is sentencesOf.
func (m *memory) sentences(text string) []string {
	if m == nil {
		return sentencesOf(text)
	}
	for _, c := range m.cut {
		if c.text == text && c.parts != nil {
			return c.parts
		}
	}
	parts := sentencesOf(text)
	if len(parts) > 1 { // a sentence by itself is soon cut again
		m.cut[0], m.cut[1] = m.cut[1], cutText{text, parts}
	}
	return parts
}

func newMemory() *memory {
	return &memory{toks: map[string][]token{}, times: map[string]timeNamed{}, names: map[string]personNamed{}, bare: map[string]bool{}, sums: map[string]sums{}, runs: map[string]int{}}
}

// mostRemembered bounds the pieces that are kept: a mail of a megabyte has very
// many.
const mostRemembered = 1000

// tokens is tokenize.
func (m *memory) tokens(text string) []token {
	if m == nil {
		return tokenize(text)
	}
	key := keyOf(text)
	toks, ok := m.toks[key]
	if !ok {
		toks = tokenize(key)
		if len(m.toks) < mostRemembered {
			m.toks[key] = toks
		}
	}
	return toks
}

// keyOf is a text without the white space around it, which makes no word;
// where that has empty lines, which end a sentence, it is the text.
func keyOf(text string) string {
	if text == "" || text[0] > ' ' && text[0] < 0x80 && text[len(text)-1] > ' ' && text[len(text)-1] < 0x80 {
		return text
	}
	key := strings.TrimSpace(text)
	if at := strings.Index(text, key); strings.Count(text[:at], "\n") > 1 || strings.Count(text[at+len(key):], "\n") > 1 {
		return text
	}
	return key
}

// read cuts a text into words and keeps those of its sentences and those
// behind its greeting: each is a run of the words of the whole, as the marks
// that end a sentence or a greeting end a word as well. A text whose addresses
// count as one word is left to be cut piece by piece.
func (m *memory) read(text string) {
	if strings.IndexByte(text, '@') >= 0 {
		return
	}
	toks, ends := tokenizeWithEnds(text, true)
	m.toks[keyOf(text)] = toks
	if ends == nil || len(toks) >= 4000 { // of more the last are left out
		return
	}
	m.keepRuns(text, 0, toks, ends, m.sentences(text))
	whole := strings.TrimSpace(text)
	rest := withoutGreeting(text)
	if rest == "" || len(rest) >= len(whole) {
		return
	}
	at := strings.Index(text, whole) + len(whole) - len(rest)
	m.keepRuns(text, at, toks, ends, []string{rest})
	if parts := m.sentences(rest); len(parts) > 1 {
		m.keepRuns(text, at, toks, ends, parts[:1])
	}
}

// keepRuns keeps the words of parts, which stand in the text in their order
// from a place on.
func (m *memory) keepRuns(text string, at int, toks []token, ends []int32, parts []string) {
	first := 0
	for _, part := range parts {
		n := strings.Index(text[at:], part)
		if n < 0 || len(m.toks) >= mostRemembered {
			return
		}
		from := at + n
		at = from + len(part)
		for first < len(ends) && int(ends[first]) <= from {
			first++
		}
		end := first
		for end < len(ends) && int(ends[end]) <= at {
			end++
		}
		run := first
		// An empty line before the part ends what came before it.
		if run < end && text[ends[run]-1] == '\n' && strings.IndexByte(text[from:ends[run]-1], '\n') < 0 {
			run++
		}
		key := keyOf(part)
		m.toks[key], m.runs[key] = toks[run:end:end], run
	}
}

// phrases gives the phrases of a piece of the whole that was read, from those of
// the whole: no phrase goes over the end of a sentence. False when the piece is
// none, or written without blanks.
func (m *memory) phrases(text string) (hits []hit, toks []token, ok bool) {
	if m == nil || m.whole == nil || m.whole.text == text {
		return nil, nil, false
	}
	key := keyOf(text)
	from, ok := m.runs[key]
	if !ok || strings.IndexFunc(key, func(r rune) bool { return r >= 0x2E80 }) >= 0 {
		return nil, nil, false
	}
	toks = m.toks[key]
	for _, h := range m.whole.hits {
		if h.from >= from && h.to <= from+len(toks) {
			h.from, h.to = h.from-from, h.to-from
			hits = append(hits, h)
		}
	}
	return hits, toks, true
}

// laterDate is laterDate, which is always asked with the same moment.
func (m *memory) laterDate(text string, at time.Time) (time.Time, string) {
	if m == nil {
		return laterDate(text, at)
	}
	t, ok := m.times[text]
	if !ok {
		t.day, t.words = laterDate(text, at)
		if len(m.times) < mostRemembered {
			m.times[text] = t
		}
	}
	return t.day, t.words
}

// bareDemand is bareDemand.
func (m *memory) bareDemand(text string) bool {
	if m == nil {
		return bareDemand(text)
	}
	is, ok := m.bare[text]
	if !ok {
		is = bareDemand(text)
		if len(m.bare) < mostRemembered {
			m.bare[text] = is
		}
	}
	return is
}

// wordSums gives what the words of a sentence, whose tokens are toks, add up to.
func (m *memory) wordSums(g *guesser, sentence string, toks []token) sums {
	sum, ok := m.sums[sentence]
	if !ok {
		g.add(&sum, m.room.wordFeatures(sentence, toks))
		if len(m.sums) < mostRemembered {
			m.sums[sentence] = sum
		}
	}
	return sum
}

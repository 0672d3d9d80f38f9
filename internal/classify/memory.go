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
	return &memory{toks: map[string][]token{}, times: map[string]timeNamed{}, names: map[string]personNamed{}, bare: map[string]bool{}, sums: map[string]sums{}}
}

// mostRemembered bounds the pieces that are kept: a mail of a megabyte has very
// many.
const mostRemembered = 1000

// tokens is tokenize.
func (m *memory) tokens(text string) []token {
	if m == nil {
		return tokenize(text)
	}
	// The white space around a text makes no word, nor one empty line too few.
	key := strings.TrimSpace(text)
	if at := strings.Index(text, key); strings.Count(text[:at], "\n") > 1 || strings.Count(text[at+len(key):], "\n") > 1 {
		key = text
	}
	toks, ok := m.toks[key]
	if !ok {
		toks = tokenize(key)
		if len(m.toks) < mostRemembered {
			m.toks[key] = toks
		}
	}
	return toks
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

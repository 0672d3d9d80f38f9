package classify

import (
	"slices"
	"strings"
	"unicode"
)

// wordSet finds the first of many words in a text in one pass. A word is part
// of a text wherever it stands; it has at least three bytes.
type wordSet struct {
	words  []string
	byHead map[uint32][]int // the first three bytes -> places in words
	heads  [64]uint64       // a bit for each hash of a head that occurs
}

// newWordSet compiles a list of words parted by "|". Earlier ones win.
func newWordSet(list string) *wordSet {
	s := &wordSet{byHead: map[uint32][]int{}}
	for word := range strings.SplitSeq(list, "|") {
		if len(word) >= 3 {
			s.add(word)
		}
	}
	return s
}

// add adds a word of three bytes at least.
func (s *wordSet) add(word string) {
	h := headOf(word)
	s.byHead[h] = append(s.byHead[h], len(s.words))
	bit := slotOf(h)
	s.heads[bit>>6] |= 1 << (bit & 63)
	s.words = append(s.words, word)
}

// all gives the places of all words that text contains, in order.
func (s *wordSet) all(text string) []int {
	var out []int
	for i := 0; i+3 <= len(text); i++ {
		h := headOf(text[i:])
		if bit := slotOf(h); s.heads[bit>>6]&(1<<(bit&63)) == 0 {
			continue
		}
		for _, n := range s.byHead[h] {
			if strings.HasPrefix(text[i:], s.words[n]) && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	return out
}

// in gives the word of the set that text contains, the earliest of the list
// when there are several; "" when there is none.
func (s *wordSet) in(text string) string {
	best := len(s.words)
	for i := 0; i+3 <= len(text); i++ {
		h := headOf(text[i:])
		if bit := slotOf(h); s.heads[bit>>6]&(1<<(bit&63)) == 0 {
			continue
		}
		for _, n := range s.byHead[h] {
			if n < best && strings.HasPrefix(text[i:], s.words[n]) {
				best = n
			}
		}
	}
	if best == len(s.words) {
		return ""
	}
	return s.words[best]
}

func headOf(s string) uint32 { return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 }

func slotOf(h uint32) uint32 { return h * 2654435761 >> 20 }

// stemSet tells of one word after the other whether it has one of many stems.
type stemSet struct {
	byFirst [256][]string
	byTwo   pairs[string] // those that words of two letters or more may have
}

func newStemSet(stems string) *stemSet {
	s := &stemSet{}
	for stem := range strings.FieldsSeq(stems) {
		s.byFirst[stem[0]] = append(s.byFirst[stem[0]], stem)
		if len(stem) > 1 {
			s.byTwo.add(stem, stem)
			continue
		}
		for c := range 128 {
			s.byTwo.add(stem+string(rune(c)), stem)
		}
	}
	return s
}

// has tells whether a word begins with a stem, or with a final "$" is it.
func (s *stemSet) has(w string) bool {
	if w == "" {
		return false
	}
	list, known := s.byTwo.of(w)
	if !known {
		list = s.byFirst[w[0]]
	}
	for _, stem := range list {
		if n := len(stem) - 1; stem[n] == '$' {
			if w == stem[:n] {
				return true
			}
		} else if strings.HasPrefix(w, stem) {
			return true
		}
	}
	return false
}

// plain gives a text as the lists of words have it: lower case, without
// accents, with single blanks and straight apostrophes.
func plain(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	blank := true
	var few [2]rune
	for _, r := range text {
		switch {
		case r < 0x80 && (r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\v' || r == '\f') || r >= 0x80 && unicode.IsSpace(r):
			if !blank {
				b.WriteByte(' ')
			}
			blank = true
			continue
		case r >= 'A' && r <= 'Z':
			b.WriteByte(byte(r) + 'a' - 'A')
		case r < 0x80:
			b.WriteByte(byte(r))
		case r == '’' || r == '‘' || r == '´' || r == 'ʼ':
			b.WriteByte('\'')
		case r >= 0x2E80:
			b.WriteRune(r)
		default:
			for _, f := range appendFolded(few[:0], unicode.ToLower(r)) {
				b.WriteRune(f)
			}
		}
		blank = false
	}
	return strings.TrimSuffix(b.String(), " ")
}

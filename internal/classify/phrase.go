package classify

import (
	"strconv"
	"strings"
	"sync"
)

// meaning is what a phrase stands for.
type meaning byte

// The meanings, by the letter that the phrase lists use.
const (
	meansStop    meaning = 'u' // a demand to stop
	meansWrong   meaning = 'w' // somebody else, somewhere else
	meansNo      meaning = 'n' // not interested
	meansLater   meaning = 'l' // not now
	meansYes     meaning = 'i' // interested
	meansAsk     meaning = 'q' // a question
	meansAway    meaning = 'o' // an absence
	meansReceipt meaning = 'r' // a machine confirms that it got the mail
	meansPrice   meaning = 'p' // money: a question where it is asked for, else interest
)

// phrase is a compiled pattern.
type phrase struct {
	means  meaning
	weight float64
	parts  []piece
	first  bool    // only at the beginning of a sentence
	next   byteSet // what the word behind the first may begin with; unset when that says nothing
}

// byteSet is a set of bytes.
type byteSet [4]uint64

func (s *byteSet) add(c byte)      { s[c>>6] |= 1 << (c & 63) }
func (s *byteSet) has(c byte) bool { return s[c>>6]&(1<<(c&63)) != 0 }

// setNext notes what the word behind the first may begin with.
func (p *phrase) setNext() {
	if len(p.parts) < 2 || p.parts[0].maybe || p.parts[1].maybe || p.parts[1].gap || p.parts[1].end {
		return
	}
	for _, w := range p.parts[1].words {
		if w == "" || w == "*" || w == "$" {
			p.next = byteSet{}
			return
		}
		p.next.add(w[0])
	}
}

// endAt gives the end of the phrase when it begins at token i, which is a word
// that it may begin with; -1 when it does not. behind is the first byte of the
// next word, 0 when there is none.
func (p *phrase) endAt(toks []token, i int, behind byte) int {
	if p.next != (byteSet{}) && !p.next.has(behind) {
		return -1
	}
	if p.parts[0].maybe {
		return matchAt(p.parts, toks, i)
	}
	return matchAt(p.parts[1:], toks, i+1)
}

// behind is the first byte of the word behind token i, 0 when there is none.
func behind(toks []token, i int) byte {
	for i++; i < len(toks); i++ {
		if toks[i] != "," {
			return toks[i][0]
		}
	}
	return 0
}

// piece of a pattern: one of several words, a gap of up to five words, or a
// word that may be missing.
type piece struct {
	words []string
	stems []string // of those that end in "*"
	gap   bool
	maybe bool
	end   bool // of the sentence: "$"
}

// takes tells whether a word fits.
func (p *piece) takes(w string) bool {
	for _, s := range p.words {
		if s == w {
			return true
		}
	}
	for _, s := range p.stems {
		if strings.HasPrefix(w, s) {
			return true
		}
	}
	return false
}

// hit is a phrase found in a text.
type hit struct {
	means    meaning
	weight   float64
	from, to int // tokens
	text     string
}

// lexicon holds all phrases, by their first word; cjk those of scripts without
// blanks, which are searched as they stand.
type lexicon struct {
	byWord map[string][]*phrase
	known  lengths            // of the words of byWord
	byStem map[byte][]stemmed // by the first letter
	byTwo  pairs[stemmed]     // and by the second, in the same order
	cjk    []cjkPhrase
	heads  *wordSet // the beginnings of cjk, in the same order
}

type stemmed struct {
	stem   string
	phrase *phrase
}

type cjkPhrase struct {
	means  meaning
	weight float64
	text   string
}

// in tells whether a text has the phrase.
func (c cjkPhrase) in(text string) bool {
	head, unless, _ := strings.Cut(c.text, "!")
	for i := strings.Index(text, head); i >= 0; {
		text = text[i+len(head):]
		if unless == "" || !strings.HasPrefix(text, unless) {
			return true
		}
		i = strings.Index(text, head)
	}
	return false
}

// phrases is compiled once from the lists of all languages.
var phrases = sync.OnceValue(func() *lexicon {
	return compile([]string{phrasesEN, phrasesENAnswers, phrasesDE, phrasesFR, phrasesES, phrasesIT, phrasesPT, phrasesNL, phrasesSV, phrasesDA, phrasesPL,
		phrasesFI, phrasesCS, phrasesTR, phrasesRU, phrasesStop}, phrasesCJK+stopsCJK)
})

// compile reads lists of phrases, and one of scripts without blanks.
func compile(lists []string, cjk string) *lexicon {
	lex := &lexicon{byWord: map[string][]*phrase{}, byStem: map[byte][]stemmed{}}
	for _, list := range lists {
		for line := range strings.SplitSeq(list, "\n") {
			lex.add(line)
		}
	}
	for line := range strings.SplitSeq(cjk, "\n") {
		letter, rest, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		number, texts, _ := strings.Cut(rest, " ")
		weight, _ := strconv.ParseFloat(number, 64)
		for text := range strings.SplitSeq(texts, "|") {
			lex.cjk = append(lex.cjk, cjkPhrase{meaning(letter[0]), weight, text})
		}
	}
	lex.finish()
	return lex
}

// finish makes what the search goes by.
func (lex *lexicon) finish() {
	for first, list := range lex.byStem {
		for second := range 256 {
			for _, t := range list {
				if len(t.stem) < 2 || t.stem[1] == byte(second) {
					lex.byTwo.add(string([]byte{first, byte(second)}), t)
				}
			}
		}
	}
	lex.heads = &wordSet{byHead: map[uint32][]int{}}
	for _, c := range lex.cjk {
		head, _, _ := strings.Cut(c.text, "!")
		lex.heads.add(head)
	}
}

// inText gives those of cjk that a text has, in their order.
func (lex *lexicon) inText(text string) []cjkPhrase {
	var out []cjkPhrase
	for _, n := range lex.heads.all(text) {
		if lex.cjk[n].in(text) {
			out = append(out, lex.cjk[n])
		}
	}
	return out
}

// add compiles a line "u 3 remove/delete me ~ list": the meaning, the weight,
// and the pattern. "a/b" is either word, "a*" a word that
// begins so, "~" a gap, "^" the beginning of a sentence, "?a" a word that may be
// missing, "$" the end of a sentence.
func (lex *lexicon) add(line string) {
	fields := strings.Fields(line)
	if len(fields) < 3 {
		return
	}
	weight, _ := strconv.ParseFloat(fields[1], 64)
	p := &phrase{means: meaning(fields[0][0]), weight: weight}
	for _, f := range fields[2:] {
		switch {
		case f == "^":
			p.first = true
		case f == "~":
			p.parts = append(p.parts, piece{gap: true})
		case strings.HasPrefix(f, "?"):
			p.parts = append(p.parts, piece{words: strings.Split(f[1:], "/"), maybe: true})
		default:
			p.parts = append(p.parts, piece{words: strings.Split(f, "/")})
		}
	}
	for i := range p.parts {
		part := &p.parts[i]
		part.end = !part.gap && part.words[0] == "$"
		for _, w := range part.words {
			if stem, ok := strings.CutSuffix(w, "*"); ok {
				part.stems = append(part.stems, stem)
			}
		}
	}
	p.setNext()
	for _, w := range p.parts[0].words {
		if stem, ok := strings.CutSuffix(w, "*"); ok {
			lex.byStem[stem[0]] = append(lex.byStem[stem[0]], stemmed{stem, p})
			continue
		}
		lex.byWord[w] = append(lex.byWord[w], p)
		lex.known.add(w)
	}
}

// candidates appends the phrases that may begin with a word to out.
func (lex *lexicon) candidates(w string, out []*phrase) []*phrase {
	if lex.known.may(w) {
		out = append(out, lex.byWord[w]...)
	}
	if w == "" {
		return out
	}
	list, known := lex.byTwo.of(w)
	if !known {
		list = lex.byStem[w[0]]
	}
	for _, s := range list {
		if strings.HasPrefix(w, s.stem) {
			out = append(out, s.phrase)
		}
	}
	return out
}

// matchAt gives the end of the pattern when it begins at token i, -1 when it
// does not.
func matchAt(parts []piece, toks []token, i int) int {
	if len(parts) == 0 {
		return i
	}
	for i < len(toks) && toks[i] == "," {
		i++
	}
	part := &parts[0]
	if part.gap {
		for skip := 0; skip <= 5 && i+skip <= len(toks); skip++ {
			if end := matchAt(parts[1:], toks, i+skip); end >= 0 {
				return end
			}
			if i+skip < len(toks) && toks[i+skip].ends() {
				return -1
			}
		}
		return -1
	}
	if part.end {
		if i >= len(toks) || toks[i].ends() {
			return matchAt(parts[1:], toks, i)
		}
		return -1
	}
	if i < len(toks) && part.takes(string(toks[i])) {
		if end := matchAt(parts[1:], toks, i+1); end >= 0 {
			return end
		}
	}
	if part.maybe {
		return matchAt(parts[1:], toks, i)
	}
	return -1
}

// find gives every phrase in a text. A phrase for interest does not count
// behind a negation.
func find(text string, m *memory) (hits []hit, toks []token) {
	lex := phrases()
	toks = m.tokens(text)
	var room [64]*phrase
	list := room[:0]
	for i, t := range toks {
		if list = lex.candidates(string(t), list[:0]); len(list) == 0 {
			continue
		}
		next := behind(toks, i)
		for _, p := range list {
			end := p.endAt(toks, i, next)
			if end < 0 || p.first && i > 0 && toks[i-1].word() || p.means == meansYes && negated(toks, i, end) || p.means == meansWrong && interrogative(toks, i) || (p.means == meansNo || p.means == meansLater) && p.weight < 3 && inQuestion(toks, i) || p.means == meansStop && (end < len(toks) && toks[end] == "off" || ofOurselves(toks, i, end) || onlyAsked(toks, i) || theirOwn(toks, i) || notReceived(toks, i)) {
				continue
			}
			h := hit{p.means, p.weight, i, end, join(toks[i:end])}
			if h.means == meansPrice {
				if h.means = meansYes; asked(toks, i) {
					h.means, h.weight = meansAsk, 3
				} else if negated(toks, i, end) {
					continue
				}
			}
			hits = append(hits, h)
		}
	}
	ofOthers := firstIn(text, "お客様|顧客|自分で|客户|用户|客戶|用戶") != ""
	for _, c := range lex.inText(text) {
		if c.means == meansStop && (ofOthers || cjkPapers(text, c)) {
			continue
		}
		h := hit{c.means, c.weight, -1, -1, c.text}
		if h.means == meansPrice {
			if h.means = meansYes; firstIn(text, "いくら|ですか|教えて|ますか|？|?|多少|怎么|怎麼|吗") != "" {
				h.means, h.weight = meansAsk, 3
			}
		}
		hits = append(hits, h)
	}
	return hits, toks
}

func join(toks []token) string {
	var b strings.Builder
	for _, t := range toks {
		if b.Len() > 0 && !t.ends() && t != "," {
			b.WriteByte(' ')
		}
		b.WriteString(string(t))
	}
	return b.String()
}

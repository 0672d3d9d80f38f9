package classify

import (
	"math"
	"math/bits"
	"slices"
	"strings"
	"time"
	"unicode"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
)

// reading is a reply with what the phrases and dates in it say. The guesser
// weighs it together with the words themselves.
type reading struct {
	text    string
	at      time.Time // when it came
	toks    []token   // of text without its greeting
	hits    []hit
	scale   scale
	says    sales.Intent // what the phrases say; Unclear when they say nothing
	firm    float64      // how plainly
	put     hit          // the sentence that puts a talk off
	until   time.Time    // to when
	isPut   bool
	dated   bool // some time is named, not necessarily put off to
	other   bool // an address of somebody else is given
	turns   bool // a person is named to turn to
	named   bool // a person is named
	demands bool // a demand to stop is in it
	mem     *memory
}

// readReply reads what a person wrote. hits are those of find and demands, toks
// the tokens of text.
func readReply(p *mail.Parsed, hits []hit, toks []token, text string, at time.Time, m *memory) reading {
	r := reading{text: text, at: at, toks: wordsToWeigh(text, m), mem: m}
	stop := strongest(hits, meansStop)
	r.demands = stop.weight >= 2.5 || m.bareDemand(text)
	if other := otherAddress(p, text); other != "" {
		r.other = true
		hits = append(hits, hit{meansWrong, 2.5, -2, -2, other})
	}
	turns := strings.IndexByte(text, '@') >= 0 || len(toks) >= 4000 || slices.ContainsFunc(toks, func(t token) bool { return turnSet().has(string(t)) })
	if turns { // a verb of turning to somebody is there
		if name := namedColleague(p, text); name != "" {
			r.turns = true
			hits = append(hits, hit{meansWrong, 2.5, -4, -4, name})
		}
	}
	r.named = namedIn(p, text, m) != ""
	r.put, r.until, r.isPut = laterSentence(text, at, m)
	if r.isPut {
		hits = withoutPutOff(hits, r.put)
		r.put.from = r.put.to
		hits = append(hits, r.put)
	} else {
		r.dated = dated(text, at, m)
	}
	r.hits = hits
	r.scale = weigh(hits, text, toks)
	r.says, r.firm = r.scale.decide()
	if r.demands {
		r.says, r.firm = sales.OptOut, 0.9
	}
	return r
}

// withoutPutOff takes away the refusals inside a sentence that puts off: "we
// have no need before July" is none.
func withoutPutOff(hits []hit, put hit) []hit {
	out := hits[:0:0]
	for _, h := range hits {
		if h.means == meansNo && h.weight < 3 && h.from >= put.from && h.to <= put.to {
			continue
		}
		out = append(out, h)
	}
	return out
}

// addressWord stands for an address of mail among the words.
const addressWord = "anaddress"

// wordsToWeigh gives the tokens of a text without its greeting; an address of
// mail is one word, whichever it is.
func wordsToWeigh(text string, m *memory) []token {
	return m.tokens(withAddressWords(withoutGreeting(text)))
}

// maxAddress bounds an address of mail, in bytes (RFC 5321 section 4.5.3.1.3).
const maxAddress = 256

// withAddressWords puts one word in the place of each address of mail.
func withAddressWords(text string) string {
	if strings.IndexByte(text, '@') < 0 {
		return text
	}
	var b strings.Builder
	done := 0 // how much of text is written
	for from := 0; ; {
		i := strings.IndexByte(text[from:], '@')
		if i < 0 {
			break
		}
		i += from
		from = i + 1
		start := i
		for start > done && start > i-maxAddress && !strings.ContainsRune(" \t\n<(:,;", rune(text[start-1])) {
			start--
		}
		end := i + 1
		for end < len(text) && end < i+maxAddress && !strings.ContainsRune(" \t\n>),;:?!", rune(text[end])) {
			end++
		}
		end = i + 1 + len(strings.TrimRight(text[i+1:end], "."))
		if start == i || strings.IndexByte(text[i:end], '.') < 0 {
			continue
		}
		b.WriteString(text[done:start])
		b.WriteString(addressWord)
		done, from = end, end
	}
	b.WriteString(text[done:])
	return b.String()
}

// feature is a bucket of the guesser's table with how much of it a text has.
type feature struct {
	bucket uint32
	value  float32
}

// How much each group of features weighs: the groups of words, parts of words and
// concepts have that length each, the phrases that value each.
const (
	weightWords    = 1
	weightParts    = 1
	weightConcepts = 2.2
	weightPhrases  = 0.4
)

const seed = 2166136261 // of FNV-1a

// wordFeatures gives the features of the words alone: words and pairs of neighbours, parts of
// words, and concepts with what they stand beside. Numbers, months and days
// of the week stand for their kind, so that a date learnt is every date.
func wordFeatures(text string, toks []token) []feature {
	return new(featureRoom).wordFeatures(text, toks)
}

// featureRoom is room for the features of one text after the other.
type featureRoom struct {
	words, parts, thoughts, line []uint32
	out                          []feature
}

// wordFeatures is wordFeatures; what it gives is overwritten by the next.
func (m *featureRoom) wordFeatures(text string, toks []token) []feature {
	if len(toks) > guessMost {
		toks = append(toks[:guessMost*3/4:guessMost*3/4], toks[len(toks)-guessMost/4:]...)
	}
	words, parts := slices.Grow(m.words[:0], 2*len(toks)+8), slices.Grow(m.parts[:0], 16*len(toks))
	thoughts := m.thoughts[:0]
	line := m.line[:0] // concepts of the sentence
	kinds, lex := kindsOfWords(), concepts()
	last := uint32(1)
	for i, t := range toks {
		if t.ends() {
			thoughts = besideEachOther(thoughts, line, t == "?")
			line = line[:0]
		}
		if t == "," {
			continue
		}
		w := kindOfWord(string(t), kinds)
		h := hashOf(seed, w)
		words = append(words, bucketOf(h), bucketOf(hashOf(last*31+7, w)))
		if i == 0 {
			words = append(words, bucketOf(h^0x5bd1e995))
		}
		last = h
		switch {
		case t.ends():
		case w[0] == '<':
			line = append(line, h)
		default:
			least, most := 3, 5
			if w[0] >= 0xE3 { // scripts without blanks
				least, most = 1, 3
			}
			parts = eachPart(w, least, most, parts)
			line = lex.of(w, line)
		}
	}
	thoughts = besideEachOther(thoughts, line, false)
	for _, r := range text {
		if r > 0x2600 && unicode.Is(unicode.So, r) { // 👍
			words = append(words, bucketOf(hashOf(seed, "emoji")*31+uint32(r)))
		}
	}
	out := slices.Grow(m.out[:0], len(words)+len(parts)+len(thoughts)+24)
	out = appendGroup(out, words, weightWords)
	out = appendGroup(out, parts, weightParts)
	out = appendGroup(out, thoughts, weightConcepts)
	m.words, m.parts, m.thoughts, m.line, m.out = words, parts, thoughts, line, out
	return out
}

// besideEachOther gives the buckets of the concepts of a sentence: each alone,
// each in a statement or a question, and the ordered pairs at most four apart.
func besideEachOther(out, line []uint32, asks bool) []uint32 {
	mode := uint32(0x9e3779b9)
	if asks {
		mode = 0x85ebca6b
	}
	for i, a := range line {
		out = append(out, bucketOf(a^0xc2b2ae35), bucketOf(a^mode))
		for _, b := range line[i+1 : min(len(line), i+5)] {
			out = append(out, bucketOf((a^bits.RotateLeft32(b, 13))*16777619+b))
		}
	}
	return out
}

// appendGroup adds buckets as features of the length weight together.
func appendGroup(out []feature, buckets []uint32, weight float64) []feature {
	if len(buckets) == 0 {
		return out
	}
	v := float32(weight / math.Sqrt(float64(len(buckets))))
	for _, b := range buckets {
		out = append(out, feature{b, v})
	}
	return out
}

// phraseFeatures gives the features of what the phrases and dates say.
func (r *reading) phraseFeatures(out []feature) []feature {
	add := func(parts ...string) {
		h := hashOf(seed, "phrases")
		for _, p := range parts {
			h = hashOf(h*31, p)
		}
		out = append(out, feature{bucketOf(h), weightPhrases})
	}
	tenths := func(f float64) string { return string(rune('0' + int(f*10+0.5))) }
	says := string(r.says)
	add("says", says)
	add("says", says, tenths(r.firm))
	have := make([]byte, 0, 8)
	for _, m := range [...]meaning{meansStop, meansWrong, meansNo, meansLater, meansYes, meansAsk, meansAway} {
		if h := strongest(r.hits, m); h.weight > 0 {
			add("means", string(m))
			add("means", string(m), tenths(h.weight))
			have = append(have, byte(m))
		}
	}
	add("have", string(have))
	words, asks := 0, false
	for _, t := range r.toks {
		if t.word() {
			words++
		}
		asks = asks || t == "?"
	}
	add("length", tenths(float64(bits.Len(uint(words)))/10))
	switch {
	case !asks:
		add("states")
	default:
		add("asks")
		add("asks", says)
		if r.toks[len(r.toks)-1] == "?" {
			add("asks at the end")
		}
	}
	for _, sign := range [...]struct {
		is   bool
		name string
	}{{r.other, "other address"}, {r.turns, "turn to"}, {r.named, "named"}, {r.isPut, "put off"}, {r.dated, "dated"}} {
		if sign.is {
			add(sign.name)
		}
	}
	return out
}

// features gives all features of a reply.
func (r *reading) features() []feature {
	return r.phraseFeatures(wordFeatures(r.text, r.toks))
}

// eachPart adds the buckets of every part of w that is least to most
// characters long; its beginning and its end count as characters.
func eachPart(w string, least, most int, out []uint32) []uint32 {
	var room [96]rune
	rs := append(room[:0], '^')
	for _, r := range w[:min(len(w), 90)] {
		rs = append(rs, r)
	}
	rs = append(rs, '$')
	for from := range rs {
		h := uint32(84696351)
		for n, r := range rs[from:min(len(rs), from+most)] {
			h = (h ^ uint32(r)) * 16777619
			if n+1 >= least {
				out = append(out, bucketOf(h))
			}
		}
	}
	return out
}

func kindOfWord(w string, kinds map[string]string) string {
	switch {
	case isDigit(w[0]):
		return "<number>"
	case w == addressWord:
		return "<address>"
	}
	if kind := kinds[w]; kind != "" {
		return kind
	}
	return w
}

// hashOf is FNV-1a, from a start.
func hashOf(h uint32, s string) uint32 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

func bucketOf(h uint32) uint32 { return (h ^ h>>15) % guessBuckets }

// hasWords tells whether there is a word, or a sign that stands for one.
func hasWords(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.So, r) })
}

package classify

import (
	_ "embed"
	"encoding/binary"
	"math"
	"strings"
	"sync"

	"ninetyten/internal/sales"
)

// guessLabels are the classes of the guesser, in the order of its weights; read-only.
// "away" is the text of an automatic reply.
var guessLabels = [...]string{string(sales.Interested), string(sales.Question), string(sales.NotNow), string(sales.NotInterested), string(sales.WrongPerson), string(sales.OptOut), string(sales.Unclear), "away"}

const (
	guessClasses = len(guessLabels)
	guessBuckets = 1 << 15
	guessMost    = 300 // tokens of a text that are looked at
	guessHeader  = 16 + 4*guessClasses
	guessMagic   = "9010gss1"

	// guessSure is the probability from which the guesser is believed, guessStop
	// the one for a demand to stop.
	guessSure = 0.55
	guessStop = 0.8
)

// guessFile holds the weights, written by the command classify/train from the
// lines in classify/training: guessMagic, the sum of those lines (8 bytes),
// one scale and bias for each class, then one signed byte for each bucket and class.
//
//go:embed guess.bin
var guessFile []byte

// guesser is a multinomial logistic regression over hashed words, pairs of
// words and parts of words. It answers for texts in which no phrase is found.
type guesser struct {
	scale   float64
	bias    [guessClasses]float64
	weights []byte // guessBuckets × guessClasses, int8
}

var theGuesser = sync.OnceValue(func() *guesser { return readGuesser(guessFile) })

// readGuesser gives nil for a file that is none.
func readGuesser(file []byte) *guesser {
	if len(file) != guessHeader+4+guessBuckets*guessClasses || string(file[:8]) != guessMagic {
		return nil
	}
	g := &guesser{scale: float64(math.Float32frombits(binary.LittleEndian.Uint32(file[16:]))), weights: file[guessHeader+4:]}
	for c := range g.bias {
		g.bias[c] = float64(math.Float32frombits(binary.LittleEndian.Uint32(file[20+4*c:])))
	}
	return g
}

// guessed is what the guesser makes of a text without known phrases, when it
// is sure enough. A demand to stop has consequences that nobody looks at
// again, so it must also name what demands are made of.
func guessed(text string) (sales.Verdict, bool) {
	g, toks := theGuesser(), tokenize(withoutGreeting(text))
	if g == nil || len(toks) == 0 {
		return sales.Verdict{}, false
	}
	label, sure := g.guess(toks)
	v := sales.Verdict{Kind: sales.KindReply, Intent: sales.Intent(label), Confidence: 0.9 * sure, Reasons: []string{"its words together, as learnt from examples"}}
	switch v.Intent {
	case sales.OptOut:
		v.Kind = sales.KindUnsubscribe
		words := wordsOf(toks)
		return v, sure >= guessStop && len(words) <= 30 &&
			(hasStem(words, stemsRemove) && (hasStem(words, stemsSelf) || hasStem(words, stemsList) || hasStem(words, stemsData)) || hasStem(words, stemsNot) && hasStem(words, stemsReach) && !ourSending(words) && !hasStem(words, stemsGot+" "+stemsPassOn))
	case sales.Unclear, "away":
		return v, false
	}
	return v, sure >= guessSure
}

// guess gives the likeliest class of a text and its probability.
func (g *guesser) guess(toks []token) (label string, sure float64) {
	p := g.probabilities(toks)
	best := 0
	for c := range p {
		if p[c] > p[best] {
			best = c
		}
	}
	return guessLabels[best], p[best]
}

func (g *guesser) probabilities(toks []token) [guessClasses]float64 {
	var sum [guessClasses]float64
	n := 0
	eachFeature(toks, func(bucket uint32) {
		n++
		at := int(bucket) * guessClasses
		for c, w := range g.weights[at : at+guessClasses] {
			sum[c] += float64(int8(w))
		}
	})
	norm := g.scale / math.Sqrt(float64(max(n, 1)))
	for c := range sum {
		sum[c] = sum[c]*norm + g.bias[c]
	}
	return softmax(sum)
}

func softmax(z [guessClasses]float64) [guessClasses]float64 {
	top := z[0]
	for _, v := range z {
		top = max(top, v)
	}
	total := 0.0
	for c := range z {
		z[c] = math.Exp(z[c] - top)
		total += z[c]
	}
	for c := range z {
		z[c] /= total
	}
	return z
}

// eachFeature gives the buckets of a text, some more than once: its words,
// pairs of neighbours, and the parts of each word of two to five characters.
// Numbers, months and days of the week stand for their kind, so that a date
// learnt is every date.
func eachFeature(toks []token, emit func(bucket uint32)) {
	last, kinds := uint32(1), kindsOfWords()
	for i, t := range toks[:min(len(toks), guessMost)] {
		if t == "," {
			continue
		}
		w := kindOfWord(string(t), kinds)
		h := hashOf(2166136261, w)
		emit(bucketOf(h))
		emit(bucketOf(hashOf(last*31+7, w)))
		if i == 0 {
			emit(bucketOf(h ^ 0x5bd1e995))
		}
		last = h
		if w[0] == '<' || t.ends() {
			continue
		}
		least, most := 3, 5
		if w[0] >= 0xE3 { // scripts without blanks
			least, most = 1, 3
		}
		eachPart(w, least, most, emit)
	}
}

// eachPart gives the buckets of every part of w that is least to most
// characters long; its beginning and its end count as characters.
func eachPart(w string, least, most int, emit func(bucket uint32)) {
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
				emit(bucketOf(h))
			}
		}
	}
}

// kindsOfWords holds the words that stand for a kind.
var kindsOfWords = sync.OnceValue(func() map[string]string {
	kinds := map[string]string{"maj": "<month>", "mei": "<month>"}
	for _, lists := range monthNames {
		for w := range strings.FieldsSeq(lists) {
			if len(w) > 3 {
				kinds[w] = "<month>"
			}
		}
	}
	for _, lists := range weekdayNames {
		for w := range strings.FieldsSeq(lists) {
			if len(w) > 3 {
				kinds[w] = "<day>"
			}
		}
	}
	return kinds
})

func kindOfWord(w string, kinds map[string]string) string {
	if isDigit(w[0]) {
		return "<number>"
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

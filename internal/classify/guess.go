package classify

import (
	_ "embed"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"sync"

	"ninetyten/internal/sales"
)

// guessLabels are the classes of the guesser, in the order of its weights: an
// intent, with its detail behind a dot; read-only. "away" is the text of an
// automatic reply.
var guessLabels = [...]string{
	"interested.meeting", "interested.information", "question", "not_now",
	"not_interested.has_solution", "not_interested.money", "not_interested.other", "not_interested.no_reason",
	"wrong_person.not_me", "wrong_person.referral", "wrong_person.left", "unsubscribe", "unclear", "away",
}

const (
	guessClasses = len(guessLabels)
	guessBuckets = 1 << 16
	guessMost    = 320 // tokens of a text that are looked at
	guessHeader  = 24 + 4*guessClasses
	guessMagic   = "9010gss2"
)

// guessFile holds the weights, written by the command classify/train from the
// lines in classify/training: guessMagic, the sum of those lines (8 bytes),
// the largest weight and the trust (4 bytes each), one bias for each class, then one signed
// byte for each bucket and class: the square root of the weight.
//
//go:embed guess.bin
var guessFile []byte

// guesser is a multinomial logistic regression over hashed words, parts of
// words, concepts and what the phrases say. Its probabilities are calibrated
// on lines that it did not learn.
type guesser struct {
	bias    [guessClasses]float64
	trust   float64      // on the scores
	steps   [256]float32 // weight of a byte
	weights []byte       // guessBuckets × guessClasses, int8
}

var theGuesser = sync.OnceValue(func() *guesser { return readGuesser(guessFile) })

// readGuesser gives nil for a file that is none.
func readGuesser(file []byte) *guesser {
	if len(file) != guessHeader+guessBuckets*guessClasses || string(file[:8]) != guessMagic {
		return nil
	}
	number := func(at int) float64 {
		return float64(math.Float32frombits(binary.LittleEndian.Uint32(file[at:])))
	}
	g := &guesser{trust: number(20), weights: file[guessHeader:]}
	for b := range g.steps {
		q := float64(int8(b)) / 127
		g.steps[b] = float32(number(16) * q * math.Abs(q))
	}
	for c := range g.bias {
		g.bias[c] = number(24 + 4*c)
	}
	return g
}

// likelihoods are the probabilities of the classes.
type likelihoods [guessClasses]float64

// sums are scores while features are added, one a class.
type sums [guessClasses]float32

// add adds the weights of features.
func (g *guesser) add(sum *sums, features []feature) {
	s, steps := *sum, &g.steps
	for _, f := range features {
		at, v := int(f.bucket)*guessClasses, f.value
		w := (*[guessClasses]byte)(g.weights[at : at+guessClasses])
		s[0] += v * steps[w[0]]
		s[1] += v * steps[w[1]]
		s[2] += v * steps[w[2]]
		s[3] += v * steps[w[3]]
		s[4] += v * steps[w[4]]
		s[5] += v * steps[w[5]]
		s[6] += v * steps[w[6]]
		s[7] += v * steps[w[7]]
		s[8] += v * steps[w[8]]
		s[9] += v * steps[w[9]]
		s[10] += v * steps[w[10]]
		s[11] += v * steps[w[11]]
		s[12] += v * steps[w[12]]
		s[13] += v * steps[w[13]]
	}
	*sum = s
}

// probabilities gives how likely each class is. lessons are added to the
// scores; they may be nil.
func (g *guesser) probabilities(features []feature, lessons *likelihoods) likelihoods {
	var sum sums
	g.add(&sum, features)
	return g.likely(&sum, lessons)
}

// likely turns sums into probabilities.
func (g *guesser) likely(sum *sums, lessons *likelihoods) likelihoods {
	var z likelihoods
	for c, s := range sum {
		z[c] = (float64(s) + g.bias[c]) * g.trust
		if lessons != nil {
			z[c] += lessons[c]
		}
	}
	return softmax(z)
}

func softmax(z likelihoods) likelihoods {
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

// intentOfLabel is the part of a label before its dot.
func intentOfLabel(label string) sales.Intent {
	head, _, _ := strings.Cut(label, ".")
	return sales.Intent(head)
}

// intentAway is the class of automatic replies among the intents.
const intentAway = sales.Intent("away")

// intentsOfGuess are the intents that a guess may have, in the order in which
// the first of equals wins; read-only.
var intentsOfGuess = [...]sales.Intent{sales.Interested, sales.Question, sales.NotNow, sales.NotInterested, sales.WrongPerson, sales.OptOut, sales.Unclear, intentAway}

// intentOfClass gives for each class the place of its intent in intentsOfGuess.
var intentOfClass = sync.OnceValue(func() *[guessClasses]int {
	var out [guessClasses]int
	for c, label := range guessLabels {
		out[c] = slices.Index(intentsOfGuess[:], intentOfLabel(label))
	}
	return &out
})

// of sums the probabilities of an intent over its details.
func (p *likelihoods) of(intent sales.Intent) float64 {
	sum := 0.0
	for c, n := range intentOfClass() {
		if intentsOfGuess[n] == intent {
			sum += p[c]
		}
	}
	return sum
}

// best gives the two likeliest intents.
func (p *likelihoods) best() (first, second sales.Intent) {
	var all [len(intentsOfGuess)]float64
	for c, n := range intentOfClass() {
		all[n] += p[c]
	}
	a, b := -1, -1
	for n, sure := range all {
		switch {
		case a < 0 || sure > all[a]:
			a, b = n, a
		case b < 0 || sure > all[b]:
			b = n
		}
	}
	return intentsOfGuess[a], intentsOfGuess[b]
}

// detail gives the likeliest detail of an intent, "" when none makes up half
// of it.
func (p *likelihoods) detail(intent sales.Intent) sales.Detail {
	whole := p.of(intent)
	for c, label := range guessLabels {
		if head, detail, ok := strings.Cut(label, "."); ok && sales.Intent(head) == intent && p[c] >= whole/2 {
			return sales.Detail(detail)
		}
	}
	return ""
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

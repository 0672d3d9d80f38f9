package classify

import (
	_ "embed"
	"encoding/binary"
	"math"
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

// scores gives the sum of the weights of features, one a class.
func (g *guesser) scores(features []feature) likelihoods {
	var sum [guessClasses]float32
	for _, f := range features {
		at := int(f.bucket) * guessClasses
		for c, w := range g.weights[at : at+guessClasses] {
			sum[c] += f.value * g.steps[w]
		}
	}
	var out likelihoods
	for c, s := range sum {
		out[c] = float64(s)
	}
	return out
}

// probabilities gives how likely each class is. lessons are added to the
// scores; they may be nil.
func (g *guesser) probabilities(features []feature, lessons *likelihoods) likelihoods {
	z := g.scores(features)
	for c := range z {
		z[c] = (z[c] + g.bias[c]) * g.trust
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

// of sums the probabilities of an intent over its details.
func (p *likelihoods) of(intent sales.Intent) float64 {
	sum := 0.0
	for c, label := range guessLabels {
		if intentOfLabel(label) == intent {
			sum += p[c]
		}
	}
	return sum
}

// best gives the two likeliest intents.
func (p *likelihoods) best() (first, second sales.Intent) {
	for _, intent := range [...]sales.Intent{sales.Interested, sales.Question, sales.NotNow, sales.NotInterested, sales.WrongPerson, sales.OptOut, sales.Unclear, intentAway} {
		switch sure := p.of(intent); {
		case first == "" || sure > p.of(first):
			first, second = intent, first
		case second == "" || sure > p.of(second):
			second = intent
		}
	}
	return first, second
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

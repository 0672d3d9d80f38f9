package classify

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"strings"
	"time"

	"ninetyten/internal/mail"
)

// Example is a line of training: a text and what its writer wants, an intent
// with or without its detail ("not_interested.money"), or "away" for an
// automatic reply.
type Example struct {
	Label, Lang, Text string
	// Phrased says that the phrase lists were written with this line before them,
	// so that nothing can be learnt from it about how far phrases are to be trusted.
	Phrased bool
}

// ReadExamples reads lines "label<TAB>language<TAB>text", in which \n is a
// line break; others are left out.
func ReadExamples(file string, phrased bool) []Example {
	var out []Example
	for line := range strings.Lines(file) {
		parts := strings.SplitN(strings.TrimSpace(line), "\t", 3)
		if len(parts) == 3 && len(classesOf(parts[0])) > 0 {
			out = append(out, Example{parts[0], parts[1], strings.ReplaceAll(parts[2], `\n`, "\n"), phrased})
		}
	}
	return out
}

// classesOf gives the classes of a label: several when it has no detail.
func classesOf(label string) []int {
	var out []int
	for c, l := range guessLabels {
		if l == label || string(intentOfLabel(l)) == label {
			out = append(out, c)
		}
	}
	return out
}

// HeldOut tells whether an example is kept out of training when the figures
// are taken: one in five of those that no phrase was written with, by its
// text alone.
func (e Example) HeldOut() bool { return !e.Phrased && e.fold() == 0 }

// fold parts examples in five.
func (e Example) fold() uint64 {
	h := fnv.New64a()
	h.Write([]byte(e.Text))
	return h.Sum64() >> 7 % 5
}

// learnt is the time that dates in examples are relative to.
var learnt = time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC) // read-only

// readExample reads the text of an example as Classify reads a reply.
func readExample(text string) reading {
	p := mail.ParseText("Re: A question", text)
	words := theirWords(p)
	hits, toks := phrasesIn(words, nil)
	return readReply(p, hits, toks, words, learnt, nil)
}

// Learn gives the weights file of examples. The same examples in the same
// order give the same file, up to the rounding of the machine.
func Learn(examples []Example) []byte {
	all := samplesOfAll(examples)
	// How far to trust the scores is measured on a fifth that is held out, another
	// one than HeldOut's; then all examples are learnt.
	seen, held := split(examples, all, func(e Example) bool { return !e.Phrased && e.fold() == 1 })
	trust := trustOf(train(seen), held)
	everything, _ := split(examples, all, func(Example) bool { return false })
	return train(everything).file(trust, examples)
}

// samplesOfAll gives the samples of each example.
func samplesOfAll(examples []Example) [][]sample {
	out := make([][]sample, len(examples))
	for i, e := range examples {
		out[i] = samplesOf(e)
	}
	return out
}

// split parts the samples to learn from, in all their forms, from those that
// are held out, as they stand.
func split(examples []Example, all [][]sample, out func(Example) bool) (seen, held []sample) {
	for i, e := range examples {
		if out(e) {
			held = append(held, all[i][0])
		} else {
			seen = append(seen, all[i]...)
		}
	}
	return seen, held
}

type sample struct {
	right    [guessClasses]bool
	features []feature
}

func sampleOf(e Example, phrases bool) sample {
	r := readExample(e.Text)
	s := sample{features: wordFeatures(r.text, r.toks)}
	if phrases {
		s.features = r.phraseFeatures(s.features)
	}
	for _, c := range classesOf(e.Label) {
		s.right[c] = true
	}
	return s
}

// samplesOf gives an example as it stands and, when it is short, once more
// with a greeting or a closing around it and once as the point of a whole mail.
func samplesOf(e Example) []sample {
	out := []sample{sampleOf(e, !e.Phrased)}
	if len(e.Text) <= 3 || len(e.Text) >= 320 || e.Label == "away" {
		return out
	}
	a := arounds()[e.Lang]
	more := []string{a.embed(e.Lang, e.Text)}
	if !e.Phrased {
		more = append(more, a.lengthen(e.Lang, e.Text))
	}
	for _, text := range more {
		if text != "" {
			e.Text = text
			out = append(out, sampleOf(e, true))
		}
	}
	return out
}

type trained struct {
	weights []float32 // guessBuckets × guessClasses
	bias    likelihoods
}

func (t *trained) scores(s *sample) likelihoods {
	var sum [guessClasses]float32
	for _, f := range s.features {
		at := int(f.bucket) * guessClasses
		for c, w := range t.weights[at : at+guessClasses] {
			sum[c] += w * f.value
		}
	}
	z := t.bias
	for c := range z {
		z[c] += float64(sum[c])
	}
	return z
}

const (
	learnRounds = 20
	learnRate   = 1.0
	learnEnough = 0.995 // how likely the right class is made
	learnDecay  = 3e-5  // of all weights, each round in proportion to the rate
)

// train is stochastic gradient descent on the log loss, in an order that a
// fixed generator draws. Of a label without its detail each class is right as
// far as it is likely already.
func train(samples []sample) *trained {
	t := &trained{weights: make([]float32, guessBuckets*guessClasses)}
	order := make([]int, len(samples))
	for i := range order {
		order[i] = i
	}
	draw := uint64(90)
	for round := range learnRounds {
		for i := len(order) - 1; i > 0; i-- {
			draw = draw*6364136223846793005 + 1442695040888963407
			j := int(draw >> 33 % uint64(i+1))
			order[i], order[j] = order[j], order[i]
		}
		rate := learnRate / (1 + 0.15*float64(round))
		for _, i := range order {
			t.step(&samples[i], rate)
		}
		keep := float32(1 - learnDecay*rate*float64(len(samples)))
		for i := range t.weights {
			t.weights[i] *= keep
		}
	}
	return t
}

func (t *trained) step(s *sample, rate float64) {
	p := softmax(t.scores(s))
	right := 0.0
	for c := range p {
		if s.right[c] {
			right += p[c] + 1e-9
		}
	}
	if right > learnEnough {
		return
	}
	var steps [guessClasses]float32
	for c := range p {
		g := -p[c]
		if s.right[c] {
			g += (p[c] + 1e-9) / right
		}
		t.bias[c] += g * rate * 0.05
		steps[c] = float32(g * rate)
	}
	for _, f := range s.features {
		at := int(f.bucket) * guessClasses
		row := t.weights[at : at+guessClasses]
		for c := range row {
			row[c] += steps[c] * f.value
		}
	}
}

// trustOf is the factor on the scores that makes the probabilities of held
// samples right (temperature scaling, Guo et al. 2017).
func trustOf(t *trained, held []sample) float64 {
	best, least := 1.0, math.Inf(1)
	for factor := 0.3; factor < 3; factor *= 1.03 {
		loss := 0.0
		for i := range held {
			z := t.scores(&held[i])
			for c := range z {
				z[c] *= factor
			}
			p, right := softmax(z), 0.0
			for c := range p {
				if held[i].right[c] {
					right += p[c]
				}
			}
			loss -= math.Log(max(right, 1e-12))
		}
		if loss < least {
			best, least = factor, loss
		}
	}
	return best
}

// file writes the weights as guesser reads them.
func (t *trained) file(trust float64, examples []Example) []byte {
	top := float32(1e-9)
	for _, w := range t.weights {
		top = max(top, w, -w)
	}
	out := make([]byte, 0, guessHeader+len(t.weights))
	out = append(out, guessMagic...)
	out = binary.LittleEndian.AppendUint64(out, SumExamples(examples))
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(top))
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(trust)))
	for _, b := range t.bias {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(b)))
	}
	for _, w := range t.weights {
		root := 127 * math.Sqrt(math.Abs(float64(w/top)))
		if w < 0 {
			root = -root
		}
		out = append(out, byte(int8(math.Round(root))))
	}
	return out
}

// SumExamples is the sum of what a weights file was learnt from: the examples,
// the concepts and what is put around them.
func SumExamples(examples []Example) uint64 {
	h := fnv.New64a()
	for _, e := range examples {
		h.Write([]byte(e.Label + "\t" + e.Text + "\n"))
	}
	h.Write([]byte(conceptLines + conceptLinesMore + aroundLines))
	return h.Sum64()
}

// Left is how many fresh examples of a language the guesser reads rightly.
type Left struct {
	Lang               string
	With, Without, All int // having learnt from all lines, and from none of that language
}

// LeaveOut learns from examples without those of a language, for one language
// after the other, and reads the fresh ones of that language. The phrases are
// the same throughout.
func LeaveOut(examples, fresh []Example, langs []string) []Left {
	samples := samplesOfAll(examples)
	everything, _ := split(examples, samples, func(Example) bool { return false })
	full := train(everything)
	var out []Left
	for _, lang := range langs {
		others, _ := split(examples, samples, func(e Example) bool { return e.Lang == lang })
		part, left := train(others), Left{Lang: lang}
		for _, e := range fresh {
			if e.Lang != lang {
				continue
			}
			left.All++
			s := sampleOf(e, true)
			if full.reads(&s) {
				left.With++
			}
			if part.reads(&s) {
				left.Without++
			}
		}
		out = append(out, left)
	}
	return out
}

// reads tells whether the likeliest intent of a sample is the right one.
func (t *trained) reads(s *sample) bool {
	p := softmax(t.scores(s))
	first, _ := p.best()
	for c := range p {
		if s.right[c] && intentOfLabel(guessLabels[c]) == first {
			return true
		}
	}
	return false
}

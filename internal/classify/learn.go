package classify

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"strings"
)

// Example is a line of training: a text and what its writer wants, an intent
// or "away" for an automatic reply.
type Example struct{ Label, Lang, Text string }

// ReadExamples reads lines "label<TAB>language<TAB>text"; others are left out.
func ReadExamples(file string) []Example {
	var out []Example
	for line := range strings.Lines(file) {
		parts := strings.SplitN(strings.TrimSpace(line), "\t", 3)
		if len(parts) == 3 && labelIndex(parts[0]) >= 0 {
			out = append(out, Example{parts[0], parts[1], parts[2]})
		}
	}
	return out
}

// HeldOut tells whether an example is kept out of training when the figures
// are taken: one in five, by its text alone.
func (e Example) HeldOut() bool {
	return e.fold() == 0
}

// fold parts examples in five.
func (e Example) fold() uint64 {
	h := fnv.New64a()
	h.Write([]byte(e.Text))
	return h.Sum64() >> 7 % 5
}

func labelIndex(label string) int {
	for c, l := range guessLabels {
		if l == label {
			return c
		}
	}
	return -1
}

// Learn gives the weights file of examples. The same examples in the same
// order give the same file, up to the rounding of the machine.
func Learn(examples []Example) []byte {
	var rest, held []sample
	for _, e := range examples {
		if s := sampleOf(e); e.fold() == 1 {
			held = append(held, s)
		} else {
			rest = append(rest, s)
		}
	}
	// How far to trust the scores is measured on a fifth that is held out, another
	// one than HeldOut's; then all
	// examples are learnt.
	trust := trustOf(train(rest), held)
	w := train(append(rest, held...))
	return w.file(trust, examples)
}

type sample struct {
	label   int
	buckets []uint32
	value   float64 // of each bucket: all samples have the length one
}

func sampleOf(e Example) sample {
	s := sample{label: labelIndex(e.Label)}
	eachFeature(tokenize(e.Text), func(b uint32) { s.buckets = append(s.buckets, b) })
	s.value = 1 / math.Sqrt(float64(max(len(s.buckets), 1)))
	return s
}

type trained struct {
	weights []float64 // guessBuckets × guessClasses
	bias    [guessClasses]float64
}

func (t *trained) scores(s sample) [guessClasses]float64 {
	var z [guessClasses]float64
	for _, b := range s.buckets {
		for c, w := range t.weights[int(b)*guessClasses : int(b+1)*guessClasses] {
			z[c] += w
		}
	}
	for c := range z {
		z[c] = z[c]*s.value + t.bias[c]
	}
	return z
}

const (
	learnRounds = 40
	learnRate   = 1.2
	learnDecay  = 2e-5 // of all weights, each round in proportion to the rate
)

// train is stochastic gradient descent on the log loss, in an order that a
// fixed generator draws.
func train(samples []sample) *trained {
	t := &trained{weights: make([]float64, guessBuckets*guessClasses)}
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
			s := samples[i]
			p := softmax(t.scores(s))
			for c := range p {
				step := -p[c]
				if c == s.label {
					step++
				}
				step *= rate
				t.bias[c] += step * 0.05
				step *= s.value
				for _, b := range s.buckets {
					t.weights[int(b)*guessClasses+c] += step
				}
			}
		}
		keep := 1 - learnDecay*rate*float64(len(samples))
		for i := range t.weights {
			t.weights[i] *= keep
		}
	}
	return t
}

// trustOf is the factor on the scores that makes the probabilities of held
// samples right (temperature scaling).
func trustOf(t *trained, held []sample) float64 {
	best, least := 1.0, math.Inf(1)
	for factor := 0.3; factor < 4; factor *= 1.05 {
		loss := 0.0
		for _, s := range held {
			z := t.scores(s)
			for c := range z {
				z[c] *= factor
			}
			loss -= math.Log(max(softmax(z)[s.label], 1e-12))
		}
		if loss < least {
			best, least = factor, loss
		}
	}
	return best
}

// file writes the weights as guesser reads them.
func (t *trained) file(trust float64, examples []Example) []byte {
	top := 1e-9
	for _, w := range t.weights {
		top = max(top, math.Abs(w))
	}
	// The few largest weights are cut so that the many small ones keep a step.
	unit := top / 127 / 1.5
	out := make([]byte, 0, guessHeader+4+len(t.weights))
	out = append(out, guessMagic...)
	out = binary.LittleEndian.AppendUint64(out, SumExamples(examples))
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(unit*trust)))
	for _, b := range t.bias {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(b*trust)))
	}
	for _, w := range t.weights {
		out = append(out, byte(int8(max(-127, min(127, math.Round(w/unit))))))
	}
	return out
}

// SumExamples is the sum of examples that a weights file carries.
func SumExamples(examples []Example) uint64 {
	h := fnv.New64a()
	for _, e := range examples {
		h.Write([]byte(e.Label + "\t" + e.Text + "\n"))
	}
	return h.Sum64()
}

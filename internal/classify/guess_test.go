package classify

import (
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ninetyten/internal/sales"
)

func trainingLines(t testing.TB) []Example {
	t.Helper()
	lines, err := readTraining()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// readTraining reads all lines of training; each must be readable.
func readTraining() ([]Example, error) {
	var all []Example
	for _, glob := range [...]string{"training/*.txt", "training/phrases/*.txt"} {
		files, err := filepath.Glob(glob)
		if err != nil {
			return nil, err
		}
		for _, path := range files {
			raw, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			lines := ReadExamples(string(raw), strings.Contains(glob, "phrases"))
			if n := strings.Count(string(raw), "\n"); n != len(lines) {
				return nil, fmt.Errorf("%s: %d lines, %d of them readable", path, n, len(lines))
			}
			all = append(all, lines...)
		}
	}
	return all, nil
}

// The lines are many, in twelve languages and more, and none is there twice
// with two labels.
func TestTrainingLines(t *testing.T) {
	langs, labels := map[string]int{}, map[string]string{}
	lines := trainingLines(t)
	for _, e := range lines {
		langs[e.Lang]++
		if was, ok := labels[e.Lang+e.Text]; ok && intentOfLabel(was) != intentOfLabel(e.Label) {
			t.Errorf("%q is %s and %s", e.Text, was, e.Label)
		}
		labels[e.Lang+e.Text] = e.Label
	}
	if len(lines) < 3000 {
		t.Errorf("%d lines", len(lines))
	}
	for lang := range strings.FieldsSeq("en de fr es it pt nl sv da pl ja zh") {
		if langs[lang] < 100 {
			t.Errorf("%s has %d lines", lang, langs[lang])
		}
	}
	for _, e := range freshLines(t) {
		if _, ok := labels[e.Lang+e.Text]; ok && len([]rune(e.Text)) > 12 {
			t.Errorf("learnt and fresh: %q", e.Text)
		}
	}
}

// learntOnce are all lines with their samples, made once for the tests that
// learn.
var learntOnce = sync.OnceValues(func() ([]Example, [][]sample) {
	lines, err := readTraining()
	if err != nil {
		return nil, nil
	}
	return lines, samplesOfAll(lines)
})

// The weights in the program are those of the lines beside it: learnt anew
// they decide the same.
func TestGuessIsCurrent(t *testing.T) {
	lines, all := learntOnce()
	if len(lines) == 0 {
		t.Fatal("no lines of training")
	}
	if got, want := binary.LittleEndian.Uint64(guessFile[8:]), SumExamples(lines); got != want {
		t.Fatal("the lines of training or the concepts changed: run go run ./internal/classify/train")
	}
	seen, _ := split(lines, all, func(Example) bool { return false })
	fresh, other := train(seen), 0
	for i := range lines {
		s := &all[i][0]
		a, b := theGuesser().probabilities(s.features, nil), softmax(fresh.scores(s))
		was, _ := a.best()
		if is, _ := b.best(); is != was {
			other++
		}
	}
	if other > len(lines)/100 {
		t.Errorf("learnt anew %d of %d lines are decided otherwise: run go run ./internal/classify/train", other, len(lines))
	}
}

// What the guesser is worth on lines that it did not see: learnt from four
// fifths, asked about the rest.
func TestGuessHeldOut(t *testing.T) {
	lines, all := learntOnce()
	seen, held := split(lines, all, Example.HeldOut)
	g := readGuesser(train(seen).file(theGuesser().trust, lines))
	var out []scored
	right, sure, sureRight := 0, 0, 0
	n := 0
	for _, e := range lines {
		if !e.HeldOut() {
			continue
		}
		p := g.probabilities(held[n].features, nil)
		n++
		got, _ := p.best()
		s := scored{e.Lang, string(intentOfLabel(e.Label)), string(got), p.of(got)}
		out = append(out, s)
		if s.want == s.got {
			right++
		}
		if s.sure >= 0.8 {
			sure++
			if s.want == s.got {
				sureRight++
			}
		}
	}
	ece := reliability(t, out)
	t.Logf("%d lines held out of %d: right %.1f %%; sure of %.1f %%, of which right %.1f %%; expected calibration error %.3f", len(held), len(lines),
		100*float64(right)/float64(len(held)), 100*float64(sure)/float64(len(held)), 100*float64(sureRight)/float64(sure), ece)
	if float64(right) < 0.77*float64(len(held)) || float64(sureRight) < 0.88*float64(sure) || ece > 0.06 {
		t.Errorf("right %d of %d, %d of %d when sure, calibration error %.3f", right, len(held), sureRight, sure, ece)
	}
}

func TestGuessProbabilities(t *testing.T) {
	for _, text := range []string{"", "?", "no", strings.Repeat("word ", 5000), "\xff\xfe", "日本語", "👍", strings.Repeat("日本語の長い文", 3000)} {
		sum := 0.0
		r := readExample(text)
		for _, p := range theGuesser().probabilities(r.features(), nil) {
			sum += p
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Errorf("%.20q: %v", text, sum)
		}
	}
	if readGuesser([]byte("x")) != nil {
		t.Error("a file that is none was read")
	}
}

func TestLikelihoods(t *testing.T) {
	p := likelihoods{0: 0.3, 1: 0.25, 2: 0.2, 11: 0.25}
	if first, second := p.best(); first != sales.Interested || second != sales.OptOut || p.detail(first) != sales.WantsMeeting {
		t.Error(first, second, p.detail(first))
	}
}

func BenchmarkReply(b *testing.B) {
	text := "Hi Sam,\n\nthanks for the note. We are in the middle of a merger, so this is not a good time. Please reach out again in September."
	r := readExample(text)
	g := theGuesser()
	b.Run("guess", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			g.probabilities(r.features(), nil)
		}
	})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			readExample(text)
		}
	})
}

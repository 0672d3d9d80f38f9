package classify

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func trainingLines(t testing.TB) []Example {
	t.Helper()
	files, err := filepath.Glob("training/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []Example
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := ReadExamples(string(raw))
		if n := strings.Count(string(raw), "\n"); n != len(lines) {
			t.Errorf("%s: %d lines, %d of them readable", path, n, len(lines))
		}
		all = append(all, lines...)
	}
	if len(all) < 1500 {
		t.Fatalf("%d lines of training", len(all))
	}
	return all
}

// The weights in the program are those of the lines beside it.
func TestGuessIsCurrent(t *testing.T) {
	lines := trainingLines(t)
	if got, want := binary.LittleEndian.Uint64(guessFile[8:]), SumExamples(lines); got != want {
		t.Fatal("the lines of training changed: run go run ./internal/classify/train")
	}
	fresh := Learn(lines)
	if len(fresh) != len(guessFile) {
		t.Fatalf("%d bytes, fresh %d", len(guessFile), len(fresh))
	}
	if bytes.Equal(fresh, guessFile) {
		return
	}
	// Another machine may round otherwise.
	for i := guessHeader + 4; i < len(fresh); i++ {
		if d := int(int8(fresh[i])) - int(int8(guessFile[i])); d < -1 || d > 1 {
			t.Fatalf("weight %d is %d, freshly learnt %d: run go run ./internal/classify/train", i, int8(guessFile[i]), int8(fresh[i]))
		}
	}
}

// What the guesser is worth on lines that it did not see: learnt from four
// fifths, asked about the rest.
func TestGuessHeldOut(t *testing.T) {
	var seen, held []Example
	for _, e := range trainingLines(t) {
		if e.HeldOut() {
			held = append(held, e)
		} else {
			seen = append(seen, e)
		}
	}
	g := readGuesser(Learn(seen))
	right, sure, sureRight, stops := 0, 0, 0, 0
	for _, e := range held {
		label, p := g.guess(tokenize(e.Text))
		if label == e.Label {
			right++
		}
		if p >= guessSure {
			sure++
			if label == e.Label {
				sureRight++
			}
		}
		if label == "unsubscribe" && e.Label != "unsubscribe" && p >= guessStop {
			stops++
		}
	}
	t.Logf("%d lines held out of %d: right %.1f %%; sure of %.1f %%, of which right %.1f %%; false demands to stop %d", len(held), len(held)+len(seen), 100*float64(right)/float64(len(held)), 100*float64(sure)/float64(len(held)), 100*float64(sureRight)/float64(sure), stops)
	if float64(right) < 0.55*float64(len(held)) || float64(sureRight) < 0.75*float64(sure) {
		t.Errorf("the guesser is no better than chance would have it: %d of %d, %d of %d when sure", right, len(held), sureRight, sure)
	}
}

func TestGuessProbabilities(t *testing.T) {
	for _, text := range []string{"", "?", "no", strings.Repeat("word ", 5000), "\xff\xfe", "日本語"} {
		sum := 0.0
		for _, p := range theGuesser().probabilities(tokenize(text)) {
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

func BenchmarkGuess(b *testing.B) {
	toks := tokenize("Hi Sam,\n\nthanks for the note. We are in the middle of a merger, so this is not a good time. Please reach out again in September.")
	g := theGuesser()
	b.ReportAllocs()
	for b.Loop() {
		g.guess(toks)
	}
}

package classify

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/mail"
)

// scored is what Classify said of a line whose label is known.
type scored struct {
	lang, want, got string
	sure            float64
}

// freshLines are answers that were written before the lines of training and
// from which nothing is learnt: testdata/fresh, one file a language, in the
// form of the training files. Line breaks are written \n.
func freshLines(t testing.TB) []Example {
	t.Helper()
	return linesOf(t, "testdata/fresh/*.txt")
}

func linesOf(t testing.TB, glob string) []Example {
	t.Helper()
	files, err := filepath.Glob(glob)
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	var all []Example
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			parts := strings.SplitN(strings.TrimSpace(line), "\t", 3)
			if len(parts) != 3 {
				t.Fatalf("%s: %q", path, line)
			}
			label, _, _ := strings.Cut(parts[0], ".")
			all = append(all, Example{Label: label, Lang: parts[1], Text: strings.ReplaceAll(parts[2], `\n`, "\n")})
		}
	}
	return all
}

func score(lines []Example) []scored {
	at := time.Date(2026, 3, 4, 10, 0, 0, 0, time.UTC)
	var out []scored
	for _, e := range lines {
		v := Classify(mail.ParseText("Re: A question", e.Text), at)
		out = append(out, scored{e.Lang, e.Label, intentOf(v), v.Confidence})
	}
	return out
}

// How right Classify is on answers that it has never seen, and how honest its
// confidence: single lines, and whole mails that were written after the lines
// of training, to be scored once.
func TestFresh(t *testing.T) {
	for _, set := range [...]struct {
		glob  string
		least float64 // of the lines that are right
		most  float64 // expected calibration error
	}{{"testdata/fresh/*.txt", 0.86, 0.06}, {"testdata/freshmails/mails.txt", 0.70, 0.14},
		{"testdata/freshmails/second.txt", 0.88, 0.12}, {"testdata/freshmails/third.txt", 0.80, 0.16}, {"testdata/freshmails/fourth.txt", 0.92, 0.12}, {"testdata/freshmails/fifth.txt", 0.92, 0.14}} {
		lines := score(linesOf(t, set.glob))
		right, langs, langRight := 0, map[string]int{}, map[string]int{}
		for _, s := range lines {
			langs[s.lang]++
			if s.want == s.got {
				right++
				langRight[s.lang]++
			}
		}
		share := float64(right) / float64(len(lines))
		t.Logf("%s: %d, right %.1f %%", set.glob, len(lines), 100*share)
		for lang, n := range langs {
			t.Logf("  %s %d/%d", lang, langRight[lang], n)
		}
		ece := reliability(t, lines)
		t.Logf("expected calibration error %.3f", ece)
		if share < set.least || ece > set.most {
			t.Errorf("%s: right %.3f, calibration error %.3f", set.glob, share, ece)
		}
	}
}

// reliability logs ten bins of confidence beside what was right, and gives the
// expected calibration error.
func reliability(t testing.TB, lines []scored) float64 {
	var n, right [10]int
	var sure [10]float64
	for _, s := range lines {
		b := min(9, max(0, int(s.sure*10)))
		n[b]++
		sure[b] += s.sure
		if s.want == s.got {
			right[b]++
		}
	}
	ece := 0.0
	for b := range n {
		if n[b] == 0 {
			continue
		}
		said, was := sure[b]/float64(n[b]), float64(right[b])/float64(n[b])
		t.Logf("  said %.1f-%.1f: %4d lines, said %.2f, right %.2f", float64(b)/10, float64(b+1)/10, n[b], said, was)
		ece += math.Abs(said-was) * float64(n[b]) / float64(len(lines))
	}
	return ece
}

package pathway

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestPhrases: the table finds what a search for each phrase would.
func TestPhrases(t *testing.T) {
	var all []string
	for _, s := range signs() {
		all = append(all, s.phrases)
	}
	all = append(all, pressing(), closing(), "x, ab, c*, *")
	var pieces []string
	for p := range strings.SplitSeq(strings.Join(all, ","), ",") {
		pieces = append(pieces, strings.ReplaceAll(strings.TrimSpace(p), "*", "er"), strings.TrimSuffix(strings.TrimSpace(p), "*"))
	}
	plain := func(words, list string) bool {
		for p := range strings.SplitSeq(list, ",") {
			p = strings.TrimSpace(p)
			text, open := strings.CutSuffix(p, "*")
			if !open {
				text += " "
			}
			if len(text) > 1 && strings.Contains(words, " "+text) {
				return true
			}
		}
		return false
	}
	rapid.Check(t, func(t *rapid.T) {
		words := wordsOf(strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 4).Draw(t, "pieces"), rapid.SampledFrom([]string{" ", "", "s "}).Draw(t, "between")))
		got := make([]bool, len(all))
		newPhrases(all...).each(words, func(of int) { got[of] = true })
		for i, list := range all {
			if got[i] != plain(words, list) {
				t.Fatalf("%q, list %d: %v", words, i, got[i])
			}
		}
	})
}

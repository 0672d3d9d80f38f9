package classify

import "testing"

// The masks say what the lists say, word by word.
func TestMaskOfIsHasStem(t *testing.T) {
	lists := [...]string{stemsRemove, stemsNot, stemsWish, stemsSelf, stemsList, stemsData, stemsReach, stemsMore, stemsMail, stemsHalt, stemsPast, stemsPassOn, stemsTheirs,
		stemsObject, stemsErase, stemsConsent}
	words := map[token]bool{"": true, "a": true, "i": true, "im": true, "é": true, "ré": true, "на": true, "9": true}
	for _, e := range linesOf(t, "testdata/fresh*/*.txt") {
		for _, w := range tokenize(e.Text) {
			words[w] = true
		}
	}
	for w := range words {
		mask := maskOf([]token{w})
		for i, list := range lists {
			if got, want := mask&(1<<i) != 0, hasStem([]token{w}, list); got != want {
				t.Errorf("%q, list %d: %v, want %v", w, i, got, want)
			}
		}
	}
}

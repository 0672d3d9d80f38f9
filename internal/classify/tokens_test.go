package classify

import "testing"

// No token is empty, whatever the apostrophes.
func TestTokens(t *testing.T) {
	for _, text := range []string{"could n't", "'", "''t", "n't", "'s 'll 't", "’n’t", "l'", "rock 'n' roll", "d'd'd", "don't", "´`'"} {
		for _, tok := range tokenize(text) {
			if tok == "" {
				t.Errorf("%q has an empty token: %q", text, tokenize(text))
			}
		}
	}
	if got := join(tokenize("I couldn't; we won't, l'été!")); got != "i could not. we will not, l ete." {
		t.Errorf("%q", got)
	}
}

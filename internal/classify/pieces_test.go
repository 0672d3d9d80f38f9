package classify

import (
	"reflect"
	"testing"
)

// What is found in a sentence of a mail is what is found in it by itself.
func TestPiecesAsByThemselves(t *testing.T) {
	pieces := 0
	for _, e := range linesOf(t, "testdata/fresh*/*.txt") {
		m := newMemory()
		m.read(e.Text)
		phrasesIn(e.Text, m)
		for _, part := range append(m.sentences(e.Text), m.sentences(withoutGreeting(e.Text))...) {
			if _, _, ok := m.phrases(part); !ok {
				continue
			}
			pieces++
			hits, toks := phrasesIn(part, m)
			alone, words := phrasesIn(part, nil)
			if len(hits)+len(alone) > 0 && !reflect.DeepEqual(hits, alone) || !reflect.DeepEqual(toks, words) {
				t.Errorf("%q: %+v, alone %+v", part, hits, alone)
			}
		}
	}
	if pieces < 500 {
		t.Errorf("%d pieces", pieces)
	}
}

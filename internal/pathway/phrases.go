package pathway

import (
	"strings"
	"sync"
)

// phrases finds, by their first two bytes, the phrases that stand in a sentence.
type phrases map[[2]byte][]phrase

type phrase struct {
	text string // a closed one ends with a space
	of   int    // the list that it is of
}

// newPhrases makes one of lists, each with commas between its phrases. An ending *
// matches the beginning of a word. One letter that is open is none.
func newPhrases(lists ...string) phrases {
	out := phrases{}
	for of, list := range lists {
		for p := range strings.SplitSeq(list, ",") {
			p = strings.TrimSpace(p)
			text, open := strings.CutSuffix(p, "*")
			if !open {
				text += " "
			}
			if len(text) < 2 {
				continue
			}
			key := [2]byte{text[0], text[1]}
			out[key] = append(out[key], phrase{text, of})
		}
	}
	return out
}

// each says of which lists phrases stand in words, which begin and end with a space.
func (x phrases) each(words string, found func(of int)) {
	for i := 0; i+2 < len(words); i++ {
		if words[i] != ' ' {
			continue
		}
		for _, p := range x[[2]byte{words[i+1], words[i+2]}] {
			if strings.HasPrefix(words[i+1:], p.text) {
				found(p.of)
			}
		}
	}
}

// in tells whether one stands in words.
func (x phrases) in(words string) bool {
	some := false
	x.each(words, func(int) { some = true })
	return some
}

// The tables, by the order of signs; of haste; and of asking for the sale.
var (
	shows = sync.OnceValue(func() phrases {
		var lists []string
		for _, s := range signs() {
			lists = append(lists, s.phrases)
		}
		return newPhrases(lists...)
	})
	haste  = sync.OnceValue(func() phrases { return newPhrases(pressing()) })
	closes = sync.OnceValue(func() phrases { return newPhrases(closing()) })
)

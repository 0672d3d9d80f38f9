package render

import "strings"

// Value is what a text says of value, by the rules of the check before a start.
type Value struct {
	Claim     string // the first sentence in which we, or what is ours, does good; "" is none
	Connected bool   // a sentence speaks to the reader of trouble, or of what they said or did
}

// Alone tells whether value is stated without a connection.
func (v Value) Alone() bool { return v.Claim != "" && !v.Connected }

// ReadValue looks for value in a finished text. ours are names of our company
// and products.
func ReadValue(text string, ours []string) Value {
	c := checker{Checks: Checks{Ours: ours}}
	var v Value
	for _, s := range sentences(withoutLinks(text)) {
		switch {
		case c.claims(s):
			if v.Claim == "" {
				v.Claim = s
			}
			v.Connected = v.Connected || aboutThem(s)
		case aboutThem(s):
			v.Connected = true
		}
	}
	return v
}

// Sentences are the sentences of a text, without its links.
func Sentences(text string) []string { return sentences(withoutLinks(text)) }

// Marks are what a sentence has, by its words.
type Marks struct {
	Reader  bool // it speaks to the reader
	Trouble bool // it has a word of trouble
	Benefit bool // it has a verb of doing good
	Number  bool // it has a figure
}

// ReadMarks reads the words of a sentence.
func ReadMarks(s string) Marks {
	var m Marks
	for _, w := range tokens(s) {
		m.Reader = m.Reader || youWords[w] || yourWords[w]
		m.Benefit = m.Benefit || benefits(w)
		m.Trouble = m.Trouble || troubleWords[w]
		for _, stem := range troubleStems {
			m.Trouble = m.Trouble || strings.HasPrefix(w, stem)
		}
	}
	m.Number = strings.ContainsAny(s, "0123456789")
	return m
}

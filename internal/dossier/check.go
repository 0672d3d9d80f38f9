package dossier

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ninetyten/internal/sales"
)

// Check tests a brief that a language model wrote against the lines that it was given.
// It counts as a whole or not at all; the error, an Invalid one, says why not. A
// sentence counts when it cites lines that there are, when every number and every name
// in it stands in the lines that it cites, and when it shares words with them.
//
// A word is taken for a name when it begins with a capital letter. The first word of a
// sentence may be a common one of English.
func Check(sentences []sales.BriefSentence, lines []string) error {
	if len(sentences) < minSentences || len(sentences) > maxSentences {
		return sales.Errorf(sales.Invalid, "it has %d sentences; three to six were asked for", len(sentences))
	}
	for i, s := range sentences {
		if err := checkSentence(s, lines); err != nil {
			return sales.Errorf(sales.Invalid, "its sentence %d %s", i+1, err.Error())
		}
	}
	return nil
}

// wrong is what is wrong with a sentence, in words that go on after "its sentence 2".
type wrong string

// Error implements error.
func (w wrong) Error() string { return string(w) }

func checkSentence(s sales.BriefSentence, lines []string) error {
	n := utf8.RuneCountInString(s.Text)
	switch {
	case n < 10:
		return wrong("says nothing")
	case n > 320:
		return wrong("is longer than 320 characters")
	case strings.Contains(s.Text, "://") || strings.Contains(s.Text, "www."):
		return wrong("holds a link")
	case len(s.Cites) == 0:
		return wrong("cites no line")
	}
	cited := ""
	for _, c := range s.Cites {
		if c < 1 || c > len(lines) {
			return wrong("cites a line that there is not")
		}
		cited += " " + lines[c-1]
	}
	known := tokens(cited)
	shared := 0
	for i, t := range tokensOf(s.Text) {
		low := strings.ToLower(t.word)
		switch {
		case t.number:
			if !slices.Contains(known, low) {
				return wrong("says " + t.word + ", which its lines do not")
			}
		case numberWord(low) != "":
			if !slices.Contains(known, low) && !slices.Contains(known, numberWord(low)) {
				return wrong("says " + t.word + ", which its lines do not")
			}
		case t.name && (i > 0 || !commonFirst(low)) && !slices.Contains(known, low) && low != "i":
			return wrong("names " + t.word + ", which its lines do not")
		}
		if utf8.RuneCountInString(low) >= 4 && near(known, low) {
			shared++
		}
	}
	if shared == 0 {
		return wrong("has nothing to do with the lines that it cites")
	}
	return nil
}

// token is a word of a sentence.
type token struct {
	word         string
	number, name bool
}

func tokensOf(s string) []token {
	var out []token
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		first, _ := utf8.DecodeRuneInString(w)
		out = append(out, token{w, strings.ContainsFunc(w, unicode.IsNumber), unicode.IsUpper(first)})
	}
	return out
}

// tokens are the words of a text in small letters.
func tokens(s string) []string {
	var out []string
	for _, t := range tokensOf(s) {
		out = append(out, strings.ToLower(t.word))
	}
	return out
}

// near tells whether a word or one with the same beginning is known: answered, answers.
func near(known []string, w string) bool {
	stem := string([]rune(w)[:4])
	for _, k := range known {
		if strings.HasPrefix(k, stem) {
			return true
		}
	}
	return false
}

// numberWord is a number that is written as a word, in digits; "" is none.
func numberWord(w string) string {
	i := slices.Index([]string{"zero", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}, w)
	if i < 0 || w == "" {
		if d, ok := map[string]string{"twice": "2", "dozen": "12", "hundred": "100", "thousand": "1000", "million": "1000000"}[w]; ok {
			return d
		}
		return ""
	}
	return []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}[i]
}

// commonFirst tells whether a sentence may begin with a word though its lines do not
// hold it: it names nobody.
func commonFirst(w string) bool {
	return slices.Contains(strings.Fields("the a an this that these they their he she his her it its we our you your there here in on at by for from since after before during last first most so far no nobody nothing not both and but also however despite although while when where what who whose which as to with without currently recently now then once if all some each yes"), w)
}

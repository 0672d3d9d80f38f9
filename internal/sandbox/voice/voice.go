// Package voice is how the buyers of the practice world write: their texts in
// nine languages, the habits of their mail programs (quoting, signatures,
// encodings), their automatic replies, and the reports that mail servers write
// about them.
//
// It is pure and owns the texts. It must not know how the product reads mail:
// the world is an independent exam of that. Everything is written by us.
package voice

import (
	"embed"
	"strings"

	"ninetyten/internal/sandbox/dice"
)

//go:embed texts/*.txt
var files embed.FS

// Kind is what a text says.
type Kind string

// The kinds, which are the names of the files of texts.
const (
	Interested    Kind = "interested"
	Question      Kind = "question"
	NotNow        Kind = "not_now" // {month} or {date}
	NotInterested Kind = "not_interested"
	WrongPerson   Kind = "wrong_person" // {colleague}, {colleague_mail}
	OptOut        Kind = "unsubscribe"
	OutOfOffice   Kind = "out_of_office" // has a subject; {date}, {cover}, {cover_mail}, {subject}
	Meet          Kind = "meet"          // says yes to a talk that was offered
	More          Kind = "more"          // a second question
)

// Kinds are all of them.
func Kinds() []Kind {
	return []Kind{Interested, Question, NotNow, NotInterested, WrongPerson, OptOut, OutOfOffice, Meet, More}
}

// Text is one text with its placeholders.
type Text struct {
	Lang    string
	Subject string // of automatic replies
	Body    string
}

// Library holds the texts, read once. It is not changed after Load.
type Library struct{ texts map[Kind][]Text }

// Load reads the texts. It fails only when a file of this package is broken,
// which its test excludes.
func Load() (*Library, error) {
	l := &Library{texts: map[Kind][]Text{}}
	for _, k := range Kinds() {
		b, err := files.ReadFile("texts/" + string(k) + ".txt")
		if err != nil {
			return nil, err
		}
		l.texts[k] = parse(string(b))
	}
	return l, nil
}

// parse reads blocks that begin with a line "[lang] subject".
func parse(src string) (out []Text) {
	for line := range strings.Lines(src) {
		line = strings.TrimRight(line, "\n")
		if lang, subject, ok := strings.Cut(line, "]"); ok && strings.HasPrefix(lang, "[") && len(lang) == 3 {
			out = append(out, Text{Lang: lang[1:], Subject: strings.TrimSpace(subject)})
			continue
		}
		if n := len(out) - 1; n >= 0 {
			out[n].Body += line + "\n"
		}
	}
	for i := range out {
		out[i].Body = strings.TrimSpace(out[i].Body)
	}
	return out
}

// Of gives the texts of a kind in a language; in English when there is none.
func (l *Library) Of(k Kind, lang string) (out []Text) {
	for _, t := range l.texts[k] {
		if t.Lang == lang {
			out = append(out, t)
		}
	}
	if len(out) == 0 && lang != "en" {
		return l.Of(k, "en")
	}
	return out
}

// Pick draws a text of a kind and language.
func (l *Library) Pick(d *dice.Dice, k Kind, lang string) Text { return dice.Pick(d, l.Of(k, lang)) }

// Fill replaces {name} by values[name].
func Fill(s string, values map[string]string) string {
	pairs := make([]string, 0, 2*len(values))
	for k, v := range values {
		pairs = append(pairs, "{"+k+"}", v)
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

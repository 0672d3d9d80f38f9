// Package connect ties pains of theirs to values of ours. It proposes pairs by
// the words that a pain and a card of the playbook share, and says which; and it
// tests a sentence as an umbrella: it names their situation, what they lose, and
// our value, explicitly.
//
// It knows no store and no page. What always holds: a proposal names at least one
// word that both share; the same input gives the same order.
package connect

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"ninetyten/internal/render"
	"ninetyten/internal/sales"
)

// Proposal is a pair that may belong together.
type Proposal struct {
	Pain     sales.Point
	Card     sales.Card
	Score    int
	Shared   []string // words of the pain that the card has too, as they stand in the pain
	Sentence string   // a first wording, to be made one's own
}

// Points of a shared word, by where it stands in the card.
const (
	inTags  = 4
	inTitle = 3
	inText  = 2
)

// Propose gives the best pairs of open pains and cards of value, at most most,
// and at most two for a pain.
func Propose(pains []sales.Point, cards []sales.Card, most int) []Proposal {
	var out []Proposal
	for _, p := range pains {
		if p.Kind != sales.PointPain || !p.Open() {
			continue
		}
		var own []Proposal
		for _, c := range cards {
			if c.Kind == sales.CardQuestion || !c.ArchivedAt.IsZero() {
				continue
			}
			if x := pair(p, c); x.Score > 0 {
				own = append(own, x)
			}
		}
		slices.SortStableFunc(own, func(a, b Proposal) int {
			return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Card.ID, b.Card.ID))
		})
		out = append(out, own[:min(len(own), 2)]...)
	}
	slices.SortStableFunc(out, func(a, b Proposal) int { return cmp.Compare(b.Score, a.Score) })
	return out[:min(len(out), most)]
}

func pair(p sales.Point, c sales.Card) Proposal {
	x := Proposal{Pain: p, Card: c}
	tags, title, text := stems(c.Tags), stems(c.Title), stems(c.Body+" "+c.Proof)
	seen := map[string]bool{}
	for _, w := range words(p.Text) {
		s := stem(w)
		if s == "" || seen[s] {
			continue
		}
		seen[s] = true
		switch {
		case tags[s]:
			x.Score += inTags
		case title[s]:
			x.Score += inTitle
		case text[s]:
			x.Score += inText
		default:
			continue
		}
		x.Shared = append(x.Shared, w)
	}
	if x.Score > 0 && strings.TrimSpace(c.Proof) != "" {
		x.Score++
	}
	if x.Score > 0 {
		x.Sentence = Wording(p, c)
	}
	return x
}

// CardOf finds the card of value that says what a sentence claims: the one that
// shares most words with it, at least two; false when there is none.
func CardOf(claim string, cards []sales.Card) (best sales.Card, ok bool) {
	own, most := stems(claim), 1
	for _, c := range cards {
		if c.Kind == sales.CardQuestion || !c.ArchivedAt.IsZero() {
			continue
		}
		if n := share(own, stems(c.Title+" "+c.Body+" "+c.Proof+" "+c.Tags)); n > most {
			best, ok, most = c, true, n
		}
	}
	return best, ok
}

// Wording is a first sentence for a pair: their words, then what we bring and
// what shows it.
func Wording(p sales.Point, c sales.Card) string {
	value := strings.TrimSpace(c.Body)
	if list := render.Sentences(c.Body); len(list) > 0 {
		value = strings.TrimSpace(list[0])
	}
	out := "You told me: “" + strings.TrimRight(strings.TrimSpace(p.Text), ".") + "”. " + value
	if out = strings.TrimSpace(out); !strings.ContainsAny(out[len(out)-1:], ".!?…") {
		out += "."
	}
	if proof := strings.TrimSpace(c.Proof); proof != "" {
		out += " " + proof
	}
	return out
}

// Test is what a sentence names of what it must.
type Test struct {
	Situation, Loss, Value bool
	Missing                []string // what to add, in words
}

// Stands tells whether it names all three.
func (t Test) Stands() bool { return t.Situation && t.Loss && t.Value }

// Umbrella tests a connection. pain and card are what it ties, each may be zero:
// words of the pain count as their situation and loss, words of the card as our
// value.
func Umbrella(sentence string, pain sales.Point, card sales.Card) Test {
	var t Test
	m := render.ReadMarks(sentence)
	own := stems(sentence)
	theirs, ours := share(own, stems(pain.Text)), share(own, stems(card.Title+" "+card.Body+" "+card.Proof+" "+card.Tags))
	t.Situation = m.Reader
	t.Loss = m.Trouble || theirs > 1 || theirs > 0 && len(stems(pain.Text)) < 3
	t.Value = m.Benefit || ours > 1 || ours > 0 && m.Number
	if !t.Situation {
		t.Missing = append(t.Missing, "Speak to them of their situation: “you”, “your mornings”.")
	}
	if !t.Loss {
		t.Missing = append(t.Missing, "Name what they lose by it, in their words.")
	}
	if !t.Value {
		t.Missing = append(t.Missing, "Say what we do about it, and what shows that it works.")
	}
	return t
}

func share(a, b map[string]bool) int {
	n := 0
	for s := range a {
		if b[s] {
			n++
		}
	}
	return n
}

// words are the words of a text that may mean something, as they stand.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) })
}

func stems(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range words(s) {
		if x := stem(w); x != "" {
			out[x] = true
		}
	}
	return out
}

// stem is a word without its ending: a few endings off, then at most seven
// letters; "" for short words and those that say little.
func stem(w string) string {
	w = strings.ToLower(w)
	r := []rune(w)
	if han := len(r) > 0 && unicode.In(r[0], unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul); len(r) < 4 && !han || little(w) {
		return ""
	}
	for _, end := range []string{"ungen", "tions", "tion", "ings", "ing", "ungs", "ung", "ers", "ies", "ed", "es", "er", "en", "s", "e", "y"} {
		if cut, ok := strings.CutSuffix(w, end); ok && len([]rune(cut)) >= 4 {
			w = cut
			break
		}
	}
	if r = []rune(w); len(r) > 7 {
		return string(r[:7])
	}
	return w
}

// little tells a word that says little.
func little(w string) bool {
	return slices.Contains(strings.Fields(`about after again also always another because been before being between both come could does doing done down each even every everything from
		give goes good have having here into just know like long look made make many more most much must need never next only other over people really said same should since some something still such take than that their them
		then there these they thing things think this those time today told very want well were what when where which while whom will with without work would your yours
		aber alle auch dann dass diese dieser doch eine einen einer immer kann mehr nicht noch oder sehr sich sind unser unsere viel weil wenn werden wird avec dans elle mais nous plus pour sont tout vous para pero como este esta todo muito`), w)
}

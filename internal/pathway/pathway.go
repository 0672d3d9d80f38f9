// Package pathway tells where a conversation stands on the pathway of design's
// five stages: rapport, empathy, trust, hope, urgency. It reads what they wrote
// and said by rules, quotes the sentence that shows a stage, says what is missing
// and what to ask next, and flags what came too early.
//
// It knows no store, no page and no clock. What always holds: every quote is a
// piece of the text that it names; a stage is known by what they said, never by
// what we said; discovery comes before everything that we say of ourselves.
package pathway

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"ninetyten/internal/render"
	"ninetyten/internal/sales"
)

// Text is something that was written or said.
type Text struct {
	Source sales.SourceKind
	ID     sales.ID // of the message or call
	At     time.Time
	Theirs bool // by them; else by us
	Auto   bool // by a sequence, without a person
	Asks   bool // of a call: its purpose was to agree on the next step
	Text   string
}

// Input is what is known of one conversation.
type Input struct {
	Texts  []Text // in any order
	Points []sales.Point
	Links  int          // connections in use
	Cards  []sales.Card // the playbook: its discovery questions
	Asked  map[sales.ID]bool
	Ours   []string // names of our company and products
}

// Quote is what shows a stage.
type Quote struct {
	Text   string
	Source sales.SourceKind
	ID     sales.ID
	At     time.Time
	Why    string
}

// Step is one stage of this conversation.
type Step struct {
	Stage   sales.PathStage
	Known   []Quote // at most three, the newest first
	Sources int     // how many things show it
	Missing string  // "" is nothing
	Ask     []sales.Card
}

// Flag is something that came too early.
type Flag struct {
	Text  string
	Quote Quote
}

// Guide is where a conversation stands.
type Guide struct {
	Steps []Step // the five, in order
	Next  sales.PathStage
	Flags []Flag
}

// maxKnown bounds the quotes of a stage.
const maxKnown = 3

// Read reads a conversation.
func Read(in Input) Guide {
	texts := slices.Clone(in.Texts)
	slices.SortStableFunc(texts, func(a, b Text) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	found := map[sales.PathStage][]Quote{}
	add := func(s sales.PathStage, q Quote) { found[s] = append(found[s], q) }
	var g Guide
	pained := slices.ContainsFunc(in.Points, func(p sales.Point) bool { return p.Kind == sales.PointPain && p.Open() })
	for _, t := range texts {
		if t.Theirs {
			readTheirs(t, add)
			continue
		}
		g.Flags = append(g.Flags, early(t, found, pained && before(in.Points, t.At), in.Ours)...)
	}
	readPoints(in, add)
	for _, s := range sales.PathStages() {
		list := found[s]
		slices.SortStableFunc(list, func(a, b Quote) int { return b.At.Compare(a.At) })
		st := Step{Stage: s, Known: list[:min(len(list), maxKnown)], Sources: len(list), Missing: missing(s, len(list))}
		st.Ask = questions(in, s)
		g.Steps = append(g.Steps, st)
	}
	g.Next = next(g.Steps)
	slices.Reverse(g.Flags)
	g.Flags = g.Flags[:min(len(g.Flags), maxKnown)]
	return g
}

// before tells whether a pain was known at a time.
func before(points []sales.Point, at time.Time) bool {
	return slices.ContainsFunc(points, func(p sales.Point) bool { return p.Kind == sales.PointPain && p.At.Before(at) })
}

// next is the stage of which least is known; the earlier of two.
func next(steps []Step) sales.PathStage {
	best := 0
	for i, s := range steps {
		if min(s.Sources, 2) < min(steps[best].Sources, 2) {
			best = i
		}
	}
	return steps[best].Stage
}

// readTheirs finds the sentences of theirs that show a stage.
func readTheirs(t Text, add func(sales.PathStage, Quote)) {
	seen := map[sales.PathStage]bool{}
	all := signs()
	for _, s := range sentences(t.Text) {
		var stand sales.PathMask
		shows().each(wordsOf(s), func(of int) { stand |= all[of].stage.Mask() })
		for _, r := range all {
			if seen[r.stage] || stand&r.stage.Mask() == 0 {
				continue
			}
			seen[r.stage] = true
			add(r.stage, Quote{Text: clip(s), Source: t.Source, ID: t.ID, At: t.At, Why: r.why})
		}
	}
}

// Shown are the stages that a text of theirs shows.
func Shown(text string) sales.PathMask {
	var out sales.PathMask
	readTheirs(Text{Theirs: true, Text: text}, func(s sales.PathStage, _ Quote) { out |= s.Mask() })
	return out
}

// ShownBy is the stage that a point shows; none for most.
func ShownBy(p sales.Point) sales.PathMask {
	var out sales.PathMask
	readPoints(Input{Points: []sales.Point{p}}, func(s sales.PathStage, _ Quote) { out |= s.Mask() })
	return out
}

// readPoints counts what was written down.
func readPoints(in Input, add func(sales.PathStage, Quote)) {
	for _, p := range in.Points {
		q := Quote{Text: clip(p.Text), Source: p.Source, ID: p.SourceID, At: p.At}
		switch {
		case p.Kind == sales.PointPain && p.Open():
			q.Why = "a pain that they named"
			add(sales.StageEmpathy, q)
		case p.Kind == sales.PointPromise && p.Side == sales.OurMove && p.State == sales.PointKept:
			q.Why = "we kept what we promised"
			add(sales.StageTrust, q)
		case p.Kind == sales.PointPromise && p.Side == sales.TheirMove && (p.State == sales.PointKept || p.Open()):
			q.Why = "they promised something themselves"
			add(sales.StageTrust, q)
		}
	}
}

// early gives what a text of ours does before its time.
func early(t Text, found map[sales.PathStage][]Quote, pained bool, ours []string) []Flag {
	var out []Flag
	flag := func(quote, text string) {
		out = append(out, Flag{Text: text, Quote: Quote{Text: clip(quote), Source: t.Source, ID: t.ID, At: t.At}})
	}
	empty := func(s sales.PathStage) bool { return len(found[s]) == 0 }
	undiscovered := empty(sales.StageEmpathy) && !pained
	if v := render.ReadValue(t.Text, ours); !t.Auto && v.Alone() && undiscovered {
		flag(v.Claim, "Value before discovery: we said what we do before they said what it is like for them.")
	}
	for _, s := range sentences(t.Text) {
		words := wordsOf(s)
		switch {
		case haste().in(words) && empty(sales.StageHope):
			flag(s, "Urgency before hope: nothing yet shows that they see it getting better, so haste is pressure.")
		case closes().in(words) && (undiscovered || empty(sales.StageTrust) || empty(sales.StageHope)):
			flag(s, "Asking for the sale while an earlier stage is empty. A close that has to be asked for is a sign that one was skipped.")
		default:
			continue
		}
		break
	}
	if t.Asks && len(out) == 0 && (undiscovered || empty(sales.StageHope)) {
		flag(cmp.Or(t.Text, "A call to agree on the next step."), "Asking for the sale while an earlier stage is empty. A close that has to be asked for is a sign that one was skipped.")
	}
	return out
}

// questions are the discovery questions of a stage that were not asked yet.
func questions(in Input, s sales.PathStage) []sales.Card {
	var out []sales.Card
	for _, c := range in.Cards {
		if c.Kind == sales.CardQuestion && c.Stage == s && c.ArchivedAt.IsZero() && !in.Asked[c.ID] && len(out) < 3 {
			out = append(out, c)
		}
	}
	return out
}

// sentences are those of a text whose lines are broken anywhere: a line that
// begins in lower case goes on with the one before it.
func sentences(text string) []string {
	var b strings.Builder
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		first, _ := utf8.DecodeRuneInString(line)
		switch {
		case i == 0:
		case unicode.IsLower(first):
			b.WriteByte(' ')
		default:
			b.WriteByte('\n')
		}
		b.WriteString(line)
	}
	return render.Sentences(b.String())
}

// clip cuts a quote to what a card shows.
func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 180 {
		return strings.TrimSpace(string(r[:179])) + "…"
	}
	return s
}

// Questions gives the questions of a text, at most five: sentences that end with
// a question mark.
func Questions(text string) []string {
	var out []string
	for _, s := range sentences(text) {
		s = strings.Join(strings.Fields(s), " ")
		r := []rune(s)
		if len(r) < 6 || len(r) > sales.MaxPoint || len(out) == 5 || !strings.ContainsRune("?？؟;", r[len(r)-1]) || r[len(r)-1] == ';' {
			continue
		}
		out = append(out, s)
	}
	return out
}

package web

import (
	"time"

	"ninetyten/internal/pathway"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// TalkView is the conversation with one person: what was promised and asked,
// where it stands on the pathway, and how pain and value are tied.
type TalkView struct {
	PersonID    sales.ID
	FirstName   string
	Back        string // where forms go afterwards
	Open        []PointRow
	Ended       []PointRow // lately
	Asked       []AskedRow // questions of their mails that nobody wrote down
	Pains       []Option
	Stages      []StageCard
	Flags       []FlagRow
	Connections []ConnectionRow
	Pairs       []PairRow
	Cards       []Option // of value, to tie a pain to
	Inserts     []Insert // to put into a mail
	Guide       []GuideQuestion
	GuideStage  string
}

// PointRow is a promise, a question or a pain.
type PointRow struct {
	ID        sales.ID
	Kind      sales.PointKind
	Side      sales.MoveSide
	State     sales.PointState
	Text      string
	Due       time.Time
	Late      bool
	At        time.Time
	Source    string // "on the phone", "in a mail"
	Href      string
	Answered  bool     // we wrote or talked since: it may be answered
	AnswerBy  string   // message or call, with AnswerID
	AnswerID  sales.ID // what may have answered it
	AnswerRef string   // where that is
}

// AskedRow is a question of a mail of theirs.
type AskedRow struct {
	Text      string
	MessageID sales.ID
	Key       string
}

// StageCard is one stage of the pathway.
type StageCard struct {
	Name    string
	Sources int
	Next    bool
	Known   []QuoteRow
	Missing string
	Ask     string
}

// QuoteRow is a quote with where it stands.
type QuoteRow struct {
	Text, Why, Href string
	At              time.Time
}

// FlagRow is something that came too early.
type FlagRow struct {
	Text  string
	Quote QuoteRow
}

// ConnectionRow is a connection in use.
type ConnectionRow struct {
	ID       sales.ID
	Sentence string
	Pain     string
	Card     string
	CardHref string
	Missing  []string // what the umbrella test misses
}

// PairRow is a pain and a card that may belong together.
type PairRow struct {
	PainID, CardID       sales.ID
	Pain, Card, Sentence string
	Why                  string
}

// Insert is a text to put into a mail. Kind: connection, card or question.
type Insert struct {
	Label, Text, Kind string
}

// GuideQuestion is a question to ask on a call.
type GuideQuestion struct {
	CardID      sales.ID
	Text, Hints string
}

// PlaybookPage lists the cards.
type PlaybookPage struct {
	Shell
	CanEdit  bool
	Groups   []CardGroup
	Archived []CardRow
	Starter  bool // the starter set is not in it
}

// CardGroup is the cards of one kind.
type CardGroup struct {
	Kind sales.CardKind
	Name string
	Help string
	Rows []CardRow
}

// CardRow is a card of a list.
type CardRow struct {
	ID    sales.ID
	Title string
	Text  string
	Stage string
	Sum   CardSum
}

// CardSum counts the uses of a card, those that were answered, and those that led
// to a yes.
type CardSum struct{ Uses, Answered, Interested int }

// CardPage shows or edits a card.
type CardPage struct {
	Shell
	Card     sales.Card
	CanEdit  bool
	Problem  string
	Kinds    []Option
	Stages   []Option
	Versions []CardVersion
	Uses     []CardUseRow
	Sum      CardSum
}

// CardVersion is how a card was.
type CardVersion struct {
	Version int
	By      string
	At      time.Time
	Card    sales.Card
}

// CardUseRow is where a card was used.
type CardUseRow struct {
	Person, Href string
	By, Via      string
	At           time.Time
	Result       Tag
}

// CallsPage sets how calls are made.
type CallsPage struct {
	Shell
	Link     string
	Example  string
	Problem  string
	After    []AfterRow
	Hooks    []HookRow
	New      string // the token, shown once
	Secret   string
	URL      string // where reports go
	HookName string
}

// AfterRow is what a disposition means for the sequence.
type AfterRow struct {
	Value, Label, Outcome string
	Fixed                 bool
}

// HookRow is a phone system.
type HookRow struct {
	ID      sales.ID
	Name    string
	Signed  bool
	Made    time.Time
	Used    time.Time
	Revoked bool
}

func stageName(s sales.PathStage) string {
	switch s {
	case sales.StageRapport:
		return "Rapport"
	case sales.StageEmpathy:
		return "Empathy"
	case sales.StageTrust:
		return "Trust"
	case sales.StageHope:
		return "Hope"
	}
	return "Urgency"
}

func stageChoices() []Option {
	var out []Option
	for _, s := range sales.PathStages() {
		out = append(out, Option{Value: string(s), Label: stageName(s)})
	}
	return out
}

func cardKindChoices() []Option {
	return []Option{
		{Value: string(sales.CardQuestion), Label: "Discovery question", Help: "What to ask, so that they tell."},
		{Value: string(sales.CardWhyUs), Label: "Why us", Help: "What we do for people like them."},
		{Value: string(sales.CardPrice), Label: "Why this price", Help: "What it pays for."},
		{Value: string(sales.CardDiffer), Label: "How we differ", Help: "From what they have or look at."},
		{Value: string(sales.CardProof), Label: "Proof", Help: "Who got what by it, in figures."},
		{Value: string(sales.CardObjection), Label: "Objection", Help: "What they say against it, and the honest answer."},
	}
}

// resultTag is what came of a use of a card.
func resultTag(r store.CardResult) Tag {
	switch r {
	case store.CardInterested:
		return Tag{Text: "led to a yes", Tone: "lean"}
	case store.CardAnswered:
		return Tag{Text: "answered", Tone: "mark"}
	}
	return Tag{Text: "nothing yet"}
}

// cardSum says how a card does.
func cardSum(s CardSum) string {
	if s.Uses == 0 {
		return "not used yet"
	}
	return "used " + many(s.Uses, "time", "times") + ", answered " + number(s.Answered) + ", a yes " + number(s.Interested)
}

// pointName is what a point is called.
func pointName(p PointRow) string {
	switch {
	case p.Kind == sales.PointPain:
		return "Pain"
	case p.Kind == sales.PointQuestion && p.Side == sales.OurMove:
		return "To ask"
	case p.Kind == sales.PointQuestion:
		return "They asked"
	case p.Side == sales.OurMove:
		return "We promised"
	}
	return "They promised"
}

// endName is what became of it.
func endName(s sales.PointState) Tag {
	switch s {
	case sales.PointKept:
		return Tag{Text: "kept", Tone: "lean"}
	case sales.PointBroken:
		return Tag{Text: "not kept", Tone: "bad"}
	case sales.PointAnswered:
		return Tag{Text: "answered", Tone: "lean"}
	}
	return Tag{Text: "dropped"}
}

// level is how much is known of a stage, from 0 to 2.
func (s StageCard) level() int { return min(s.Sources, 2) }

// sourceName says where something was said.
func sourceName(k sales.SourceKind) string {
	switch k {
	case sales.FromCall:
		return "on the phone"
	case sales.FromMessage:
		return "in a mail"
	}
	return "written down"
}

// quoteRow shows a quote of the pathway.
func quoteRow(person sales.ID, q pathway.Quote) QuoteRow {
	return QuoteRow{Text: q.Text, Why: q.Why, At: q.At, Href: sourceHref(person, q.Source, q.ID)}
}

// sourceHref is where a source is shown.
func sourceHref(person sales.ID, k sales.SourceKind, id sales.ID) string {
	if k == sales.FromMessage && id > 0 {
		return path("/messages", id)
	}
	return path("/people", person) + "#story"
}

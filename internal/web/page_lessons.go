package web

import (
	"time"

	"ninetyten/internal/sales"
)

// LessonsPage is what the corrections of people taught the workspace.
type LessonsPage struct {
	Shell
	Rows     []LessonRow
	NextHref string
}

// LessonRow is one lesson: a message and what mails like it are read as.
type LessonRow struct {
	ID        sales.ID // of the message
	Text      string   // the beginning of what taught
	Person    string
	Was, Read string // in words: what it was read as, what it was corrected to
	By        string
	At        time.Time
	Decided   int    // messages that it decided since
	Back      string // who took it back; "" is in force
	BackAt    time.Time
	CanChange bool
}

// change is the button that takes a lesson back or brings it back.
func (r LessonRow) change() Action {
	a := Action{Label: "Take back", Small: true, RowKey: "t", Post: path("/settings/lessons", r.ID, "back")}
	if r.Back != "" {
		a.Label, a.Post = "Bring back", path("/settings/lessons", r.ID, "again")
	}
	a.Name = a.Label + ": " + clipText(r.Text, 60)
	return a
}

// lessonView is what a verdict says of lessons: the one that decided it, or the
// one that its correction made.
type lessonView struct {
	Label, Href string // "" is nothing
}

// verdictTag is a verdict as a mark in a list. Where the program asks, it says so.
func verdictTag(v sales.Verdict) Tag {
	if !v.Asks() {
		return Tag{Text: verdictLabel(v), Tone: verdictTone(v)}
	}
	if guess := v.Proposal(); guess.Kind != "" && guess.Intent != sales.Unclear {
		return Tag{Text: "You decide: " + lowerFirst(readingLabel(guess)) + "?", Tone: "mark"}
	}
	return Tag{Text: "You decide what they want", Tone: "mark"}
}

func readingLabel(r sales.Reading) string {
	return verdictLabel(sales.Verdict{Kind: r.Kind, Intent: r.Intent})
}

// verdictKey is a choice of what a message is, with the digit that makes it.
type verdictKey struct {
	Option
	Key   string
	Now   bool // it is read so
	Guess bool // it is the best guess
}

// verdictKeys are the choices for a message.
func verdictKeys(v sales.Verdict) []verdictKey {
	now, guess := "", ""
	if v.Asks() {
		guess = readingValue(v.Proposal())
	} else {
		now = readingValue(v.Reading())
	}
	var out []verdictKey
	for i, o := range verdictChoices() {
		out = append(out, verdictKey{Option: o, Key: number(i + 1), Now: o.Value == now, Guess: o.Value == guess})
	}
	return out
}

// readingValue is the choice that r is.
func readingValue(r sales.Reading) string {
	if r.Kind == sales.KindReply {
		return "reply/" + string(r.Intent)
	}
	return string(r.Kind)
}

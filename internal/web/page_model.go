package web

import (
	"time"

	"ninetyten/internal/sales"
)

// ModelPage sets the language model, and shows what leaves for it.
type ModelPage struct {
	Shell
	Values  map[string]string // url and model
	HasKey  bool
	On      bool
	Unclear bool
	Briefs  bool
	State   Tag
	Problem string // of the form
	Trouble string // of the endpoint, when it was asked last
	Again   time.Time
	Trial   *ModelTrialView

	Choices   []Option // recent unclear replies
	Chosen    string
	Text      string // what they wrote in the one that is chosen
	WouldSend string // the body of the request
	Log       []AskRow
	NextHref  string
}

// ModelTrialView is what came of a trial.
type ModelTrialView struct {
	OK     bool
	Sample string
	Says   string // in words
	Answer string // what the model wrote
	Took   string // "1.2 s, 1.9 kB out and 200 bytes back"
}

// AskRow is a line of the log of what left.
type AskRow struct {
	PersonID  sales.ID // of a brief; 0: it is about a message
	MessageID sales.ID
	Who       string
	At        time.Time
	Where     string // "little at 127.0.0.1:11434"
	Size      string
	State     Tag
	Says      string // what became of it
	Sent      string
	Answer    string
}

// askTag is what became of a question, in a word.
func askTag(a sales.ModelAsk) Tag {
	switch a.State {
	case sales.AskApplied:
		return Tag{Text: intentLabel(a.Intent), Tone: "lean"}
	case sales.AskSuggested:
		return Tag{Text: "Suggested", Tone: "mark"}
	case sales.AskUnclear:
		return Tag{Text: "Unclear to it too"}
	case sales.AskRefused:
		return Tag{Text: "Not taken", Tone: "late"}
	case sales.AskLate:
		return Tag{Text: "Too late"}
	case sales.AskLater:
		return Tag{Text: "Again later", Tone: "late"}
	case sales.AskFailed:
		return Tag{Text: "No answer", Tone: "bad"}
	}
	return Tag{Text: "On its way"}
}

// askSays is what became of a question, in a sentence. is is what the message
// counts as now.
func askSays(a sales.ModelAsk, is sales.Verdict) string {
	quote := "“" + a.Quote + "”"
	switch a.State {
	case sales.AskApplied:
		now := "Its verdict was used: " + lowerFirst(intentLabel(a.Intent)) + ", from " + quote + "."
		if is.Kind != "" && (is.Kind != sales.KindReply || is.Intent != a.Intent) {
			now += " Corrected since: " + lowerFirst(verdictLabel(is)) + "."
		}
		return now
	case sales.AskSuggested:
		now := "A suggestion: " + lowerFirst(intentLabel(a.Intent)) + ", from " + quote + "."
		if is.Kind != "" && (is.Kind != sales.KindReply || is.Intent != sales.Unclear) {
			now += " Decided since: " + lowerFirst(verdictLabel(is)) + "."
		}
		return now
	}
	return a.Why
}

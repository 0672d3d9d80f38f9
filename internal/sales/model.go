package sales

import "time"

// ModelEndpoint is the language model that a workspace may ask about replies that
// no rule could read. Its owner sets it; without one nothing is asked.
type ModelEndpoint struct {
	WorkspaceID ID
	URL         string // up to and without /chat/completions; "" is none
	Model       string
	Key         string    // sealed in the database, never shown
	Unclear     bool      // ask about unclear replies by itself
	Briefs      bool      // write the briefs of dossiers
	OnSince     time.Time // of the business; zero: it is switched off. What was read before is not asked about
	Problem     string    // what was wrong when it was asked last; "" is nothing
	WaitUntil   time.Time // of the machine: nothing is asked before
	ChangedAt   time.Time
	ChangedBy   ID
}

// On tells whether the endpoint is asked at all.
func (e ModelEndpoint) On() bool { return e.URL != "" && !e.OnSince.IsZero() }

// AskState is what became of a question to a model.
type AskState string

// The states of a question.
const (
	AskOpen      AskState = "asking"    // it is on its way
	AskLater     AskState = "later"     // the endpoint had trouble: it is asked again
	AskApplied   AskState = "applied"   // the answer is the verdict now
	AskSuggested AskState = "suggested" // the answer is shown to a person, who decides
	AskUnclear   AskState = "unclear"   // the model could not tell either
	AskRefused   AskState = "refused"   // the answer does not count, see Why
	AskLate      AskState = "late"      // a person was faster
	AskFailed    AskState = "failed"    // there is no answer, see Why
)

// ModelAsk is a question to a model about one message: a line of the log of what
// left the house. There is one for each message that was asked about.
type ModelAsk struct {
	WorkspaceID ID
	MessageID   ID
	PersonID    ID
	At          time.Time // when it was asked last, of the business
	State       AskState
	Tries       int
	FreeAt      time.Time // of the machine: when somebody else may ask again
	Host        string    // of the endpoint
	Model       string
	Sent        string // the body of the request, as it was sent
	Requests    int    // how often it was sent
	Out, In     int    // bytes of all bodies
	Took        time.Duration
	Answer      string // what the model wrote, cut
	Intent      Intent // of an answer that counts
	Quote       string
	Why         string // why it was refused, is late or failed
	About       string // AboutBrief; "" is the message. MessageID is a number of its own then
}

// AboutBrief marks a question for the brief of a person.
const AboutBrief = "brief"

// AsksKept is how long the log of questions is kept.
const AsksKept = 30 * 24 * time.Hour

// SecondReading is what a model made of a message that was unclear. It is part of
// the verdict: applied when the verdict became that intent, else a suggestion that
// a person takes or leaves.
type SecondReading struct {
	Model   string `json:"model"`
	Intent  Intent `json:"intent"`
	Quote   string `json:"quote"` // stands in the text of the message
	Applied bool   `json:"applied,omitempty"`
}

package sales

import (
	"strings"
	"time"
	"unicode/utf8"
)

// CardKind is what a card of the playbook answers.
type CardKind string

// The kinds of a card.
const (
	CardWhyUs     CardKind = "why_us"
	CardPrice     CardKind = "price"
	CardDiffer    CardKind = "differ"
	CardProof     CardKind = "proof"
	CardObjection CardKind = "objection"
	CardQuestion  CardKind = "question" // a discovery question
)

// CardKinds lists the kinds in the order of pages.
func CardKinds() []CardKind {
	return []CardKind{CardQuestion, CardWhyUs, CardPrice, CardDiffer, CardProof, CardObjection}
}

// PathStage is a stage of the pathway of a conversation.
type PathStage string

// The stages, in their order.
const (
	StageRapport PathStage = "rapport"
	StageEmpathy PathStage = "empathy" // discovery: what it is like for them
	StageTrust   PathStage = "trust"
	StageHope    PathStage = "hope"
	StageUrgency PathStage = "urgency"
)

// PathStages lists the stages in their order.
func PathStages() []PathStage {
	return []PathStage{StageRapport, StageEmpathy, StageTrust, StageHope, StageUrgency}
}

// Valid tells whether s is one of the five.
func (s PathStage) Valid() bool {
	for _, x := range PathStages() {
		if x == s {
			return true
		}
	}
	return false
}

// PathMask is a set of stages: the first stage is bit 0.
type PathMask int64

// Mask is the set of one stage; empty for what is no stage.
func (s PathStage) Mask() PathMask {
	for i, x := range PathStages() {
		if x == s {
			return 1 << i
		}
	}
	return 0
}

// Stages are those of the set, in their order.
func (m PathMask) Stages() []PathStage {
	var out []PathStage
	for _, s := range PathStages() {
		if m&s.Mask() != 0 {
			out = append(out, s)
		}
	}
	return out
}

// Next is the first stage that is not in the set; "" when all are.
func (m PathMask) Next() PathStage {
	for _, s := range PathStages() {
		if m&s.Mask() == 0 {
			return s
		}
	}
	return ""
}

// Card is one piece of the playbook, as it is now; its versions are kept.
type Card struct {
	WorkspaceID ID
	ID          ID
	Key         string // unique in the workspace; the starter set has names of its own
	Kind        CardKind
	Stage       PathStage // of a discovery question
	Title       string    // the question, the objection, or what it is about
	Body        string    // in words that can be said or written
	Proof       string    // what shows that it is so; a value without one is a claim
	Tags        string    // words that it is found by, separated by commas
	Version     int       // from 1
	UserID      ID        // who wrote this version
	At          time.Time
	ArchivedAt  time.Time
}

// Validate checks a card before it is kept.
func (c Card) Validate() error {
	known := false
	for _, k := range CardKinds() {
		known = known || k == c.Kind
	}
	switch {
	case !known:
		return Errorf(Invalid, "Choose what kind of card it is.")
	case strings.TrimSpace(c.Title) == "" || utf8.RuneCountInString(c.Title) > 200:
		return Errorf(Invalid, "A card needs a title of at most 200 characters.")
	case len(c.Body) > 8000 || len(c.Proof) > 4000 || len(c.Tags) > 500:
		return Errorf(Invalid, "The card is too long: at most 8,000 characters of text, 4,000 of proof and 500 of tags.")
	case c.Kind == CardQuestion && !c.Stage.Valid():
		return Errorf(Invalid, "Say which stage the question belongs to.")
	case c.Kind != CardQuestion && strings.TrimSpace(c.Body) == "":
		return Errorf(Invalid, "Write what to say: a card without words helps nobody.")
	}
	return nil
}

// CardUse is that a card was put into a mail or said on a call.
type CardUse struct {
	WorkspaceID ID
	ID          ID
	CardID      ID
	Version     int
	PersonID    ID
	UserID      ID
	At          time.Time
	Via         SourceKind // message or call
	ViaID       ID         // the mailing or the call
}

// Connection ties a pain of theirs to a value of ours in one sentence.
type Connection struct {
	WorkspaceID ID
	ID          ID
	PersonID    ID
	PainID      ID // 0: written in a note without one
	CardID      ID // 0: without a card
	UserID      ID
	Sentence    string
	Source      SourceKind
	SourceID    ID
	At          time.Time
	DroppedAt   time.Time
}

// PhoneHook is a phone system that may log calls.
type PhoneHook struct {
	WorkspaceID ID
	ID          ID
	Name        string
	UserID      ID   // who made it
	Signed      bool // a request must carry a signature, see Secret
	Secret      string
	CreatedAt   time.Time
	UsedAt      time.Time
	RevokedAt   time.Time
}

package sales

import (
	"strings"
	"time"
	"unicode/utf8"
)

// PointKind is what came up in a conversation.
type PointKind string

// The kinds of a point.
const (
	PointPromise  PointKind = "promise"  // one side said that it will do something
	PointQuestion PointKind = "question" // theirs: they asked; ours: we want to ask
	PointPain     PointKind = "pain"     // what hurts them, in their words
)

// PointState is what became of a point.
type PointState string

// The states of a point. Promises end kept, broken or dropped, questions
// answered or dropped, pains dropped.
const (
	PointOpen     PointState = "open"
	PointKept     PointState = "kept"
	PointBroken   PointState = "broken"
	PointAnswered PointState = "answered"
	PointDropped  PointState = "dropped"
)

// SourceKind is where something that was learned was said.
type SourceKind string

// The sources.
const (
	FromCall    SourceKind = "call"
	FromMessage SourceKind = "message"
	FromNote    SourceKind = "note"
	FromHand    SourceKind = "hand"
)

// MaxPoint bounds the text of a point, in characters.
const MaxPoint = 500

// Point is something that came up in a conversation with a person and is kept
// until it is done: a promise, an open question, or a pain with its source.
type Point struct {
	WorkspaceID ID
	ID          ID
	Key         string // unique in the workspace: read twice is written once
	PersonID    ID
	UserID      ID // who wrote it down
	Kind        PointKind
	Side        MoveSide // whose promise or question it is; theirs for a pain
	State       PointState
	Text        string
	DueAt       time.Time // of promises; zero is none said
	Source      SourceKind
	SourceID    ID // the call or message; 0 is none
	At          time.Time
	EndedAt     time.Time
	EndedBy     ID // the user who said what became of it; 0 is the system
	Answer      SourceKind
	AnswerID    ID // the call or message that answered a question
	TaskID      ID // of a promise of ours: the task in Next
}

// Validate checks a point before it is kept.
func (p Point) Validate() error {
	text := strings.TrimSpace(p.Text)
	if text == "" || utf8.RuneCountInString(text) > MaxPoint {
		return Errorf(Invalid, "A %s has 1 to %d characters. Write it shorter, the rest into the note.", p.Kind, MaxPoint)
	}
	switch p.Kind {
	case PointPromise, PointQuestion, PointPain:
	default:
		return Errorf(Invalid, "This is neither a promise, a question nor a pain.")
	}
	if p.Side != OurMove && p.Side != TheirMove {
		return Errorf(Invalid, "Say whose it is: ours or theirs.")
	}
	return nil
}

// Ends tells whether a point of this kind may end so.
func (p Point) Ends(s PointState) bool {
	switch s {
	case PointKept, PointBroken:
		return p.Kind == PointPromise
	case PointAnswered:
		return p.Kind == PointQuestion
	case PointDropped:
		return true
	}
	return false
}

// Open tells whether it still waits for something. A pain is open until it is dropped.
func (p Point) Open() bool { return p.State == PointOpen }

// Late tells whether a promise is past its time.
func (p Point) Late(now time.Time) bool {
	return p.Kind == PointPromise && p.State == PointOpen && !p.DueAt.IsZero() && p.DueAt.Before(now)
}

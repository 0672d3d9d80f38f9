package sales

import "time"

// MoveKind is what a line of the ledger records.
type MoveKind string

// The kinds of a move. The weight of each is in package balance.
const (
	MoveMailAuto    MoveKind = "mail_auto"   // the system sent a mail
	MoveMailManual  MoveKind = "mail_manual" // a seller wrote one
	MoveReply       MoveKind = "reply"       // they answered
	MoveQuestion    MoveKind = "question"    // they asked something
	MoveInterest    MoveKind = "interest"    // they said yes to a next step
	MoveReferral    MoveKind = "referral"    // they named a colleague
	MoveDecline     MoveKind = "decline"     // not interested
	MoveNotNow      MoveKind = "not_now"     // later, said by them
	MoveAutoReply   MoveKind = "auto_reply"  // a machine of theirs
	MoveBounce      MoveKind = "bounce"      // a server of theirs
	MoveUnsubscribe MoveKind = "unsubscribe" // they want no more
	MoveComplaint   MoveKind = "complaint"   // they said it is spam
	MoveCall        MoveKind = "call"        // a dial without a talk
	MoveTalk        MoveKind = "talk"        // a talk
	MoveMeeting     MoveKind = "meeting"     // booked
	MoveTaskDone    MoveKind = "task_done"   // a task of ours
	MoveSocial      MoveKind = "social"      // a touch on LinkedIn or elsewhere
	MoveNote        MoveKind = "note"        // written down, no effort towards them
	MoveWait        MoveKind = "wait"        // a seller chose to wait for them
	MoveSnooze      MoveKind = "snooze"      // put off
	MoveEnrolled    MoveKind = "enrolled"    // into a sequence
	MoveState       MoveKind = "state"       // an enrollment changed state
	MoveHandoff     MoveKind = "handoff"     // the machine asked for a person
	MoveSuppressed  MoveKind = "suppressed"  // on the list
	MoveVerdict     MoveKind = "verdict"     // a person corrected a verdict
	MoveImported    MoveKind = "imported"    // came in by an import
	MoveHeld        MoveKind = "held"        // a send is unknown
	MoveOpen        MoveKind = "created"     // added by hand
	MovePoint       MoveKind = "point"       // a promise, a question or a pain was written down, or ended
	MoveTheirMail   MoveKind = "mail_seen"   // a mail written in another client
	MoveInvited     MoveKind = "invited"     // they brought a colleague in
	MovePlanDone    MoveKind = "plan_done"   // they finished what they had taken on
	MoveDeal        MoveKind = "deal"        // a deal was made or changed
)

// MoveWeight is what one move of a kind weighs in a workspace.
type MoveWeight struct {
	Seller float64 `json:"seller"` // minutes of effort of our side
	Buyer  float64 `json:"buyer"`  // minutes of effort of their side
	Saved  float64 `json:"saved"`  // minutes of work that the system saved a person
}

// Move is one line of the append-only ledger.
type Move struct {
	WorkspaceID  ID
	ID           ID
	At           time.Time
	Actor        Actor
	Kind         MoveKind
	PersonID     ID
	AccountID    ID
	DealID       ID
	EnrollmentID ID
	UserID       ID
	MessageID    ID
	TaskID       ID
	Asks         bool      // it asks the other side for something
	Minutes      float64   // effort, by the table of package balance
	Text         string    // one sentence for people
	Until        time.Time // with a line that lets them rest: until when; zero is open
	OwnTurn      MoveSide  // overrides Kind.Turn when set
}

// Turn says whose move it is after the line, or "" when it leaves that as it was.
func (m Move) Turn() MoveSide {
	if m.OwnTurn != "" {
		return m.OwnTurn
	}
	return m.Kind.Turn()
}

// Turn says whose move it is after a line of kind k, or "" when the
// line leaves that as it was.
func (k MoveKind) Turn() MoveSide {
	switch k {
	case MoveReply, MoveQuestion, MoveInterest, MoveReferral, MoveInvited, MovePlanDone:
		return OurMove
	case MoveMailAuto, MoveMailManual, MoveTalk, MoveMeeting, MoveWait:
		return TheirMove
	case MoveDecline, MoveUnsubscribe, MoveComplaint, MoveNotNow:
		return Resting
	}
	return ""
}

// Touches tells whether a line of kind k is a touch of the person by our side,
// the unit of the limits of respect.
func (k MoveKind) Touches() bool {
	switch k {
	case MoveMailAuto, MoveMailManual, MoveCall, MoveTalk, MoveSocial:
		return true
	}
	return false
}

// Answers tells whether a line of kind k is a sign of life by the person
// themselves, which resets the count of touches without an answer.
func (k MoveKind) Answers() bool {
	switch k {
	case MoveReply, MoveQuestion, MoveInterest, MoveReferral, MoveDecline, MoveNotNow, MoveTalk, MoveMeeting, MoveInvited, MovePlanDone:
		return true
	}
	return false
}

// MoveSum is how many lines of the ledger are alike: of one kind by one actor,
// naming one user (0 is none), with the same minutes noted.
type MoveSum struct {
	Actor   Actor
	Kind    MoveKind
	UserID  ID
	Minutes float64
	N       int
}

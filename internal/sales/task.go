package sales

import "time"

// TaskKind is what a seller is to do.
type TaskKind string

// The kinds of a task. TaskAnswer is the handoff: the moment that a machine's
// work becomes a person's task, with a clock on it.
const (
	TaskAnswer   TaskKind = "answer"   // somebody replied
	TaskCall     TaskKind = "call"     // a call step, or a promised call
	TaskApprove  TaskKind = "approve"  // a draft waits
	TaskDo       TaskKind = "task"     // a task step
	TaskSocial   TaskKind = "social"   // a touch on LinkedIn or elsewhere
	TaskFix      TaskKind = "fix"      // an address or a merge field must be mended
	TaskConfirm  TaskKind = "confirm"  // is this message from that person?
	TaskDecide   TaskKind = "decide"   // the automatic mails are used up, or a send is unknown: a person decides
	TaskReferral TaskKind = "referral" // they named somebody else
	TaskPromise  TaskKind = "promise"  // what we promised
	TaskMeeting  TaskKind = "meeting"  // a meeting is over, or has no time yet: what came of it?
)

// TaskState is whether it is still to do.
type TaskState string

// The states of a task.
const (
	TaskOpen     TaskState = "open"
	TaskDone     TaskState = "done"
	TaskCanceled TaskState = "canceled"
)

// Task is a thing a seller is to do; a handoff is a task of kind answer.
type Task struct {
	WorkspaceID  ID
	ID           ID
	Key          string // effect key, unique in the workspace
	Kind         TaskKind
	State        TaskState
	PersonID     ID
	UserID       ID // who is to do it
	EnrollmentID ID
	StepID       ID
	MessageID    ID // what it is about
	MailingID    ID
	Title        string
	Note         string
	Intent       Intent // of the reply
	CreatedAt    time.Time
	DueAt        time.Time // the goal
	SnoozedUntil time.Time
	DoneAt       time.Time
	DoneWhy      string
}

// Disposition is what happened on a call.
type Disposition string

// The dispositions.
const (
	CallTalked       Disposition = "talked"
	CallVoicemail    Disposition = "voicemail"
	CallNoAnswer     Disposition = "no_answer"
	CallBusy         Disposition = "busy"
	CallGatekeeper   Disposition = "gatekeeper"
	CallWrongNumber  Disposition = "wrong_number"
	CallDeadNumber   Disposition = "dead_number"
	CallLater        Disposition = "call_later"
	CallMeeting      Disposition = "meeting_booked"
	CallNoInterest   Disposition = "not_interested"
	CallDoNotContact Disposition = "do_not_contact"
)

// Sentiment is how a talk went.
type Sentiment string

// The sentiments.
const (
	SentimentGood    Sentiment = "good"
	SentimentNeutral Sentiment = "neutral"
	SentimentBad     Sentiment = "bad"
	SentimentNone    Sentiment = ""
)

// Purpose is what a call was for.
type Purpose string

// The purposes.
const (
	PurposeFirst     Purpose = "first_talk"
	PurposeDiscovery Purpose = "discovery"
	PurposeFollowUp  Purpose = "follow_up"
	PurposeAnswer    Purpose = "answer"
	PurposeClosing   Purpose = "closing"
)

// Call is a dial and what came of it.
type Call struct {
	WorkspaceID ID
	ID          ID
	PersonID    ID
	UserID      ID
	TaskID      ID
	At          time.Time
	Minutes     int
	Disposition Disposition
	Sentiment   Sentiment
	Purpose     Purpose
	Note        string
	Phone       string // the number that was dialled, or that called
	External    string // what the phone system calls it; unique in the workspace
	Incoming    bool   // they called
	Seconds     int    // as the phone system measured; 0 is not measured
	Recording   string // where the phone system keeps the recording
	Override    string // why it was made outside of the legal hours; "" is within them
}

// Talks tells whether a call was a talk with the person.
func (x Disposition) Talks() bool {
	switch x {
	case CallTalked, CallLater, CallMeeting, CallNoInterest, CallDoNotContact:
		return true
	}
	return false
}

// Fixed tells whether a disposition always ends the sequences of the person: a
// workspace cannot choose otherwise.
func (x Disposition) Fixed() bool {
	return x == CallMeeting || x == CallNoInterest || x == CallDoNotContact
}

// CallOutcome is what a disposition means for the sequence in a workspace.
func (s Settings) CallOutcome(x Disposition) StepOutcome {
	if o := s.AfterCall[x]; !x.Fixed() && (o == Advance || o == Finish) {
		return o
	}
	if x.Fixed() || x == CallTalked {
		return Finish
	}
	return Advance
}

// Dispositions lists the dispositions.
func Dispositions() []Disposition {
	return []Disposition{CallTalked, CallMeeting, CallLater, CallVoicemail, CallNoAnswer, CallBusy, CallGatekeeper, CallWrongNumber, CallDeadNumber, CallNoInterest, CallDoNotContact}
}

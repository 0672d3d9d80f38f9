package sales

import "time"

// EventKind is what happened.
type EventKind string

// Everything that can happen to an enrollment.
const (
	EvStart          EventKind = "start"           // the sequence runs: pending becomes active
	EvTimer          EventKind = "timer"           // NextAt has come
	EvMailSent       EventKind = "mail_sent"       // the queued mail went out
	EvMailFailed     EventKind = "mail_failed"     // it was refused for good, see Class
	EvMailBlocked    EventKind = "mail_blocked"    // it could not be made: a merge field has no value
	EvMailUnknown    EventKind = "mail_unknown"    // a crash left no result and Sent does not tell
	EvReply          EventKind = "reply"           // a person answered, see Verdict
	EvAutoReply      EventKind = "auto_reply"      // a machine answered, see Verdict.Until
	EvBounce         EventKind = "bounce"          // a delivery report, see Class
	EvUnsubscribe    EventKind = "unsubscribe"     // by words, button or hand
	EvComplaint      EventKind = "complaint"       // a feedback report
	EvSuppressed     EventKind = "suppressed"      // the person is on the list; with Class FailHard their address does not work
	EvColleagueReply EventKind = "colleague_reply" // somebody else at the account answered
	EvTaskDone       EventKind = "task_done"       // the call or task of the step is done, see Outcome
	EvApproved       EventKind = "approved"        // the draft may go
	EvRejected       EventKind = "rejected"        // the draft may not go; the step is skipped
	EvMeeting        EventKind = "meeting"         // a meeting was booked
	EvOwnerAway      EventKind = "owner_away"      // the seller is away until Until
	EvPause          EventKind = "pause"           // by hand; Until and another Reason may be set
	EvResume         EventKind = "resume"          // by hand, or the seller is back
	EvStop           EventKind = "stop"            // by hand: finish it, see Reason
	EvRemove         EventKind = "remove"          // by hand: take the person out
	EvNotNow         EventKind = "not_now"         // by hand: not before Until
	EvStepBefore     EventKind = "step_before"     // the mail or task that was asked for was done before
	EvAnswered       EventKind = "answered"        // a seller dealt with the reply
	EvUnanswered     EventKind = "unanswered"      // that answer was taken back
	EvDisposition    EventKind = "disposition"     // a call ended, see Disposition; the step's own call comes as EvTaskDone
	EvData           EventKind = "data"            // what is known of the person changed
	EvBuyerMoved     EventKind = "buyer_moved"     // they did what was asked: a form, a plan task, a booked time
	EvTrack          EventKind = "track"           // by hand: go on on another track, see Track
	EvMove           EventKind = "move"            // by hand: go on at another step, see StepID
	EvMended         EventKind = "mended"          // the address was mended
)

// StepOutcome is what a completed call or task means for the sequence (the
// field's "sequence action" of a disposition).
type StepOutcome string

// The outcomes of a step done by a person.
const (
	Advance StepOutcome = "advance" // go on with the next step
	Finish  StepOutcome = "finish"  // end the sequence
)

// Event is one thing that happened. Only the fields of its kind are set.
type Event struct {
	Kind      EventKind
	At        time.Time
	Actor     Actor
	UserID    ID
	PersonID  ID
	MessageID ID // the incoming message
	MailingID ID
	TaskID    ID
	StepID    ID
	Verdict   Verdict
	Class     FailureClass
	Outcome   StepOutcome
	Reason    Reason
	Until     time.Time
	Track     Track
	// Disposition of a call, with EvTaskDone and EvDisposition.
	Disposition Disposition
	// Late tells that a mail which was counted as unknown went out after all.
	Late bool
	Text string // the words of the server or of the person, for the ledger
}

// EffectKind is what the system does.
type EffectKind string

// Everything that a decision can ask for. An effect is written in the
// transaction of the decision, under its unique key, and run after commit.
const (
	FxQueueMail    EffectKind = "queue_mail"    // put the mail of the step into the outbox
	FxDraftMail    EffectKind = "draft_mail"    // a draft that waits for approval
	FxReleaseDraft EffectKind = "release_draft" // the approved draft goes to the outbox
	FxOpenTask     EffectKind = "open_task"     // a task for the seller, see TaskKind
	FxCancelMail   EffectKind = "cancel_mail"   // everything queued or drafted of this enrollment
	FxCancelTasks  EffectKind = "cancel_tasks"  // open tasks of this enrollment's steps; with TaskKind decide the one task that Key names
	FxHandoff      EffectKind = "handoff"       // the person needs a human, now
	FxSuppress     EffectKind = "suppress"      // put the address on the suppression list
	FxMarkAddress  EffectKind = "mark_address"  // dead or soft
	FxStage        EffectKind = "stage"         // the person gets a stage, see Title
)

// Effect is one thing to do. Key is unique in the workspace, of the form
// enrollment/step/kind, so that a decision repeated after a crash writes it once.
type Effect struct {
	Kind      EffectKind
	Key       string
	StepID    ID
	TaskKind  TaskKind
	Title     string
	MessageID ID
	MailingID ID
	DueAt     time.Time
	NotBefore time.Time // of a task: from when it shows; zero is at once
	Reason    Reason
	Address   AddressState
	Urgent    bool // an interested reply: notify at once
	VariantID ID   // of the text of a mail; 0 is that of the step
}

// Decision is what Decide answers: the enrollment as it will be, what to do,
// the ledger lines, and one line that says why.
type Decision struct {
	Next    Enrollment
	Effects []Effect
	Moves   []Move
	Why     string // "stopped: replied 14:02"; empty when nothing changed
	Changed bool
}

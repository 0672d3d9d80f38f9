package sales

import "time"

// EnrollmentState is where one person stands in one sequence.
type EnrollmentState string

// The states of an enrollment. Pending, active, waiting and paused ones are
// alive; the others are ended and never send again.
const (
	Pending      EnrollmentState = "pending"       // chosen, the sequence does not run yet
	Active       EnrollmentState = "active"        // the clock or a queued mail moves it on
	WaitingHuman EnrollmentState = "waiting_human" // a call, task or approval of ours
	WaitingThem  EnrollmentState = "waiting_them"  // their move
	Paused       EnrollmentState = "paused"
	Finished     EnrollmentState = "finished"
	OptedOut     EnrollmentState = "opted_out"
	Failed       EnrollmentState = "failed"
	Removed      EnrollmentState = "removed"
)

// Alive tells whether the enrollment may still do something.
func (s EnrollmentState) Alive() bool {
	switch s {
	case Pending, Active, WaitingHuman, WaitingThem, Paused:
		return true
	}
	return false
}

// Reason says why an enrollment is paused or ended.
type Reason string

// Reasons to be paused.
const (
	PausedManual      Reason = "manual"
	PausedOutOfOffice Reason = "out_of_office"
	PausedBounce      Reason = "bounce"
	PausedMeeting     Reason = "meeting"
	PausedOwnerAway   Reason = "owner_away"
	PausedColleague   Reason = "colleague_replied"
	PausedNotNow      Reason = "not_now"
	PausedBlocked     Reason = "blocked" // a mail cannot be made or sent as it is
	PausedUnknown     Reason = "unknown" // a send without a known result
	PausedExpired     Reason = "expired" // nobody approved the draft in time
	PausedAsked       Reason = "asked"   // a mail that may be their answer: nobody has said whose it is
)

// WaitAnswer is the reason to wait for a human while a reply is unanswered: the
// next track begins when a seller has dealt with it.
const WaitAnswer Reason = "answer"

// Reasons to be ended.
const (
	EndReplied       Reason = "replied"
	EndNoReply       Reason = "no_reply"
	EndMeeting       Reason = "meeting"
	EndNotInterested Reason = "not_interested"
	EndUnsubscribe   Reason = "unsubscribe"
	EndComplaint     Reason = "complaint"
	EndSuppressed    Reason = "suppressed"
	EndSendFailed    Reason = "send_failed"
	EndBounced       Reason = "bounced"
	EndByHand        Reason = "by_hand"
	EndSequence      Reason = "sequence_ended"
	EndCompleted     Reason = "completed" // a human completed it: disposition "finish"
	EndLeft          Reason = "left"      // they are not at the company any more
	EndAway          Reason = "away"      // out of office for longer than the rules wait
	EndCondition     Reason = "condition" // a condition step did not hold
	EndAgain         Reason = "again"     // put into the same sequence again
)

// Actor is who caused something.
type Actor string

// The actors of the ledger.
const (
	BySystem Actor = "system"
	BySeller Actor = "seller"
	ByBuyer  Actor = "buyer"
	ByLeader Actor = "leader"
)

// Enrollment is one person's way through one sequence.
type Enrollment struct {
	WorkspaceID ID
	ID          ID
	SequenceID  ID
	PersonID    ID
	AccountID   ID
	OwnerID     ID
	MailboxID   ID

	State    EnrollmentState
	Reason   Reason    // why paused or ended
	Actor    Actor     // who caused the state
	StateAt  time.Time // since when
	Track    Track     // the line of steps it is on
	Position int       // index of the step that is next or being done, over all tracks
	Awaiting bool      // the step at Position was begun: its mail is queued or its task is open
	NextAt   time.Time // the timer; zero is none
	Until    time.Time // for paused: resumes then; zero is open
	Version  int64     // for the check of Tx.Apply

	AutoMails  int       // automatic mails sent
	Mails      int       // mails sent in all
	LastStepAt time.Time // when the step before was completed
	ThreadID   ID        // the thread that follow-ups answer
	EnrolledAt time.Time
	AnchorAt   time.Time // date sequences: the day of this person
	HoldGate   Gate      // why the next mail has not gone
	HoldWhy    string    // in words
	HoldUntil  time.Time // when it is tried again
}

// Asked tells whether the enrollment waits until somebody has said whose a mail
// is. Databases also hold such a wait as a pause by the machine, as if by hand.
func (e Enrollment) Asked() bool {
	return e.State == Paused && (e.Reason == PausedAsked || e.Reason == PausedManual && e.Actor == BySystem && e.Until.IsZero())
}

// Plan is what Decide needs to know of the sequence, shared by its enrollments.
type Plan struct {
	Steps    []Step
	Rules    Rules
	Anchored bool // a date sequence
}

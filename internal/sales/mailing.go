package sales

import "time"

// MailingState is what became of an outgoing mail.
type MailingState string

// The states of a mailing.
const (
	MailingDraft    MailingState = "draft"    // waits for approval
	MailingQueued   MailingState = "queued"   // in the outbox
	MailingSending  MailingState = "sending"  // the attempt is on record, the result is not
	MailingSent     MailingState = "sent"     // the server took it
	MailingFailed   MailingState = "failed"   // refused for good
	MailingCanceled MailingState = "canceled" // stopped before it went
	MailingUnknown  MailingState = "unknown"  // a crash left no result and Sent does not tell; never sent again
)

// MailingKind is who wants it sent.
type MailingKind string

// The kinds of a mailing.
const (
	MailingAuto     MailingKind = "auto"     // a sequence, by itself
	MailingApproved MailingKind = "approved" // a sequence, after a person said yes
	MailingManual   MailingKind = "manual"   // a person wrote it: an answer, a new mail
)

// Gate is one of the questions asked, in this order, before a mail goes
// (architecture rule 4).
type Gate string

// The gates in their order.
const (
	GateNone        Gate = ""
	GateSuppression Gate = "suppression" // suppression and law
	GateAnswer      Gate = "answer"      // they answered, or the mailbox could not be read up to now
	GateBalance     Gate = "balance"     // it is their move
	GateLimits      Gate = "limits"      // caps, gaps, mailbox state
	GateWindow      Gate = "window"      // hours and days
	GateRetry       Gate = "retry"       // the server said later
)

// Mailing is one outgoing message and what became of it: a row of the outbox.
type Mailing struct {
	WorkspaceID  ID
	ID           ID
	Key          string // effect key, unique in the workspace
	EnrollmentID ID     // 0 for manual ones
	StepID       ID
	PersonID     ID
	MailboxID    ID
	UserID       ID // who wrote or approved it
	Kind         MailingKind
	State        MailingState
	To           string
	Subject      string // rendered, or written by the person
	Body         string // plain text, rendered or written
	InReplyTo    string // Message-ID that it answers, without brackets
	References   []string
	ThreadID     ID
	VariantID    ID        // which text of the step; the ID of the step is its own among several; 0 when there is one
	FollowUp     bool      // an earlier mail of the thread went out: the mailbox is read up to now first
	DueAt        time.Time // not before
	HeaderID     string    // our Message-ID, without brackets
	RawID        ID        // the bytes as sent
	Attempts     int
	AttemptAt    time.Time
	LastError    string
	HoldGate     Gate
	HoldWhy      string
	SentAt       time.Time
	CreatedAt    time.Time
}

// Attempt is one try to hand a mailing to its server.
type Attempt struct {
	WorkspaceID ID
	ID          ID
	MailingID   ID
	N           int // from 1
	StartedAt   time.Time
	EndedAt     time.Time
	Outcome     string // sent, temporary, permanent, unknown
	Code        int    // SMTP reply code, RFC 5321 section 4.2
	Enhanced    string // RFC 3463
	Text        string
}

package sales

import "time"

// MailName is another name under which answers know a mail of ours: the
// Message-ID that a server wrote instead of ours, or the appointment that it
// invites to (mail.Invite.Name).
type MailName struct {
	WorkspaceID ID
	MailboxID   ID
	Name        string
	PersonID    ID
	ThreadID    ID
	MailingID   ID // 0: written in another program
	At          time.Time
}

// PersonAddress is an address that a person writes from besides their own, or one
// of which somebody said that it is not theirs. Mail never goes there.
type PersonAddress struct {
	WorkspaceID ID
	Address     string // normal form
	PersonID    ID
	Theirs      bool
	UserID      ID // who said so; 0 is the thread itself
	At          time.Time
}

// MaxCandidates is how many people a message is offered for.
const MaxCandidates = 3

// Candidate is whose a message may be.
type Candidate struct {
	WorkspaceID ID
	MessageID   ID
	N           int // from 0, the likeliest first
	PersonID    ID
	ThreadID    ID   // of theirs that it goes on with; 0 begins one
	Colleague   bool // not they wrote it but somebody at their company
	Reason      string
}

// MatchHold is an enrollment that waits until a seller has said whose a message is.
type MatchHold struct {
	WorkspaceID  ID
	MessageID    ID
	EnrollmentID ID
	Until        time.Time // until when it had been paused before; zero is that it was not
}

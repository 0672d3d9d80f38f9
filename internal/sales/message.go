package sales

import "time"

// Direction is which way a message went.
type Direction string

// The directions.
const (
	Incoming Direction = "in"
	Outgoing Direction = "out"
)

// Message is any mail, in or out, as kept.
type Message struct {
	WorkspaceID ID
	ID          ID
	MailboxID   ID
	PersonID    ID // 0: nobody we know
	ThreadID    ID
	MailingID   ID // outgoing: the mailing; incoming: the mailing that it answers or reports on
	Direction   Direction
	HeaderID    string // Message-ID without brackets; made from the content when there is none
	InReplyTo   string
	References  []string
	From        string // address
	FromName    string
	To          string
	Subject     string
	Date        time.Time // as the header says, bounded by when it came
	ArrivedAt   time.Time // when the server had it (INTERNALDATE)
	SeenAt      time.Time // when we read it
	Text        string    // what the person wrote, without quotes
	FullText    string    // the whole readable text
	HTML        string    // sanitised; may be empty
	RawID       ID
	Folder      string
	UID         uint32
	Verdict     Verdict
	Matched     string // how it was matched: references, token, sender, none
}

// Thread is a chain of messages with one person.
type Thread struct {
	WorkspaceID ID
	ID          ID
	PersonID    ID
	MailboxID   ID
	Subject     string
	LastAt      time.Time
	LastHeader  string // Message-ID of the newest message, to answer
}

package sales

import "time"

// Draft is a mail that a user has begun to write: one for each person and thread.
type Draft struct {
	WorkspaceID ID
	UserID      ID
	PersonID    ID
	ThreadID    ID // 0: a new mail
	Subject     string
	Body        string
	HTML        string // the same as a piece of HTML; "" is plain text
	To          string // as typed; "" is whom the page proposes
	Cc          string // as typed
	Files       []ID   // what it carries
	Rev         int64  // counts the savings; 0 is not saved yet
	At          time.Time
}

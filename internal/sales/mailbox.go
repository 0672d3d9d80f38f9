package sales

import (
	"strings"
	"time"
)

// Security is how a connection is protected.
type Security string

// The ways to protect a connection.
const (
	SecurityTLS      Security = "tls"      // TLS from the first byte
	SecurityStartTLS Security = "starttls" // plain, then upgraded; never goes on without
	SecurityNone     Security = "none"     // plain; only for a server on this machine
)

// Server is how to reach one server of a mailbox.
type Server struct {
	Host     string   `json:"host"`
	Port     int      `json:"port"`
	Security Security `json:"security"`
	Username string   `json:"username"`
	Password string   `json:"-"` // in clear only in memory; the store keeps it sealed
}

// MailboxState is whether a mailbox may be used.
type MailboxState string

// The states of a mailbox.
const (
	MailboxOK     MailboxState = "ok"
	MailboxPaused MailboxState = "paused" // by hand, or by the guard; see StateWhy
	MailboxBroken MailboxState = "broken" // it cannot be reached or logged into
)

// Limits are how much a mailbox may send.
type Limits struct {
	PerDay    int           // cap a day
	PerWeek   int           // cap in 7 days
	PerHour   int           // cap in any 60 minutes; 0 is no cap
	RampStart int           // cap of the first day; 0 is no ramp
	RampStep  int           // more each working day
	GapMin    time.Duration // shortest pause between two mails
	GapMax    time.Duration // longest of the random pause
}

// MaxGap is the longest pause that may be chosen.
const MaxGap = 24 * time.Hour

// DefaultLimits are those of design/product.md.
func DefaultLimits() Limits {
	return Limits{PerDay: 30, PerWeek: 150, RampStart: 5, RampStep: 2, GapMin: 5 * time.Minute, GapMax: 10 * time.Minute}
}

// Mailbox is an SMTP + IMAP identity of a seller.
type Mailbox struct {
	WorkspaceID ID
	ID          ID
	UserID      ID
	Address     string // the From address, lower case
	Name        string // the From name
	Signature   string // plain text, below the body
	SMTP        Server
	IMAP        Server
	SentFolder  string // name of the Sent folder; found when connected
	JunkFolder  string
	SavesSent   bool // the provider itself files sent mail: do not append
	State       MailboxState
	StateWhy    string
	Limits      Limits
	RampFrom    time.Time // first day of the ramp
	NextSendAt  time.Time // not before: the gap
	ReadAt      time.Time // read up to now, last time
	CreatedAt   time.Time
}

// Validate checks what must hold before a mailbox is stored.
func (m Mailbox) Validate() error {
	if _, err := NormalAddress(m.Address); err != nil {
		return err
	}
	for _, s := range []struct {
		name string
		srv  Server
	}{{"outgoing (SMTP)", m.SMTP}, {"incoming (IMAP)", m.IMAP}} {
		if strings.TrimSpace(s.srv.Host) == "" {
			return Errorf(Invalid, "The %s server needs a host name, for example mail.company.com.", s.name)
		}
		if s.srv.Port < 1 || s.srv.Port > 65535 {
			return Errorf(Invalid, "The %s port is %d; it must be from 1 to 65535.", s.name, s.srv.Port)
		}
		switch s.srv.Security {
		case SecurityTLS, SecurityStartTLS, SecurityNone:
		default:
			return Errorf(Invalid, "Choose TLS or STARTTLS for the %s server.", s.name)
		}
	}
	return nil
}

// Cursor is how far a folder was read (RFC 9051 section 2.3.1.1).
type Cursor struct {
	UIDValidity uint32
	LastUID     uint32
}

// ProbeStep is one thing that the test of a mailbox tried.
type ProbeStep struct {
	Name string
	OK   bool
	Say  string // what came of it, in words that say what to do
}

// ProbeReport is what the test of a mailbox found.
type ProbeReport struct {
	OK        bool // every step went well
	Steps     []ProbeStep
	Sent      string // the Sent folder; empty when there is none yet
	Junk      string // the Junk folder; empty when there is none
	Idle      bool   // the server tells of new mail at once
	SavesSent bool   // the provider files sent mail by itself
}

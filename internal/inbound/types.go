package inbound

import (
	"context"
	"crypto/x509"
	"log/slog"
	"time"

	"ninetyten/internal/sales"
)

// Role is what a folder is for.
type Role string

// The roles of the folders that are read.
const (
	RoleInbox Role = "inbox"
	RoleSent  Role = "sent"
	RoleJunk  Role = "junk"
)

// Folder is a folder of a mailbox.
type Folder struct {
	Name string
	Role Role
}

// Mail is one mail as the server has it.
type Mail struct {
	UID       uint32
	ArrivedAt time.Time // INTERNALDATE, UTC
	Size      int64     // RFC822.SIZE, bytes
	Raw       []byte    // as stored, lines end in CRLF
	Truncated bool      // Raw is only the beginning: the mail is too big, or the server could not give all of it
}

// Sink takes what was read. It must be safe for use by several watchers.
type Sink interface {
	// Cursor gives how far the folder was read; zero when it never was.
	Cursor(ctx context.Context, mb sales.Mailbox, folder string) (sales.Cursor, error)
	// Receive stores the mails and the cursor in one transaction. It is called
	// again with the same mails after a crash or a changed UIDVALIDITY, so it
	// drops what it has already. mails may be empty: then only the cursor moved.
	Receive(ctx context.Context, mb sales.Mailbox, folder Folder, mails []Mail, cur sales.Cursor) error
}

// State is how a watched mailbox is doing.
type State struct {
	Connected bool
	Idle      bool      // the server tells of new mail at once; else it is polled
	Sent      string    // the Sent folder; empty when there is none
	Junk      string    // the Junk folder; empty when there is none
	Err       error     // why it is not connected
	Message   string    // Err in words for a person
	Broken    bool      // a person has to change something; trying again alone does not help
	RetryAt   time.Time // when it is tried again; zero when connected
}

// Options are how mailboxes are read. The zero value of a field is its default.
type Options struct {
	Logger        *slog.Logger
	FirstLookBack time.Duration    // how old a mail may be at the first reading of INBOX and Junk: 30 days
	Poll          time.Duration    // how often Sent and Junk are looked at, and INBOX without IDLE: 2 min
	BatchCount    int              // mails handed to the Sink at once: 200
	BatchBytes    int64            // and their bytes together, unless one is bigger: 8 MB
	MaxSize       int64            // a bigger mail is read in part: 30 MB
	PartSize      int64            // how much of a too big mail, and of one in Sent, is read: 256 KiB
	DialTimeout   time.Duration    // connecting and logging in: 30 s
	Timeout       time.Duration    // one command, beyond the time for its bytes: 1 min
	RetryMin      time.Duration    // first pause after a lost connection: 1 s
	RetryMax      time.Duration    // longest pause: 5 min
	IdleClose     time.Duration    // a kept connection of an Appender is closed after it: 1 min
	Roots         *x509.CertPool   // who may sign the servers' certificates: the system's
	Now           func() time.Time // for the look back: the machine's clock
	OnState       func(State)      // told of every change; must not block
}

// withDefaults fills in what was left out.
func (o Options) withDefaults() Options {
	def := func(d *time.Duration, v time.Duration) {
		if *d <= 0 {
			*d = v
		}
	}
	def(&o.FirstLookBack, 30*24*time.Hour)
	def(&o.Poll, 2*time.Minute)
	def(&o.DialTimeout, 30*time.Second)
	def(&o.Timeout, time.Minute)
	def(&o.RetryMin, time.Second)
	def(&o.RetryMax, 5*time.Minute)
	def(&o.IdleClose, time.Minute)
	if o.BatchCount <= 0 {
		o.BatchCount = 200
	}
	if o.BatchBytes <= 0 {
		o.BatchBytes = 8 << 20
	}
	if o.MaxSize <= 0 {
		o.MaxSize = 30 << 20
	}
	if o.PartSize <= 0 {
		o.PartSize = 256 << 10
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.OnState == nil {
		o.OnState = func(State) {}
	}
	return o
}

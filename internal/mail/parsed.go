package mail

import "time"

// Address is one address of a header, the address itself in lower case.
type Address struct {
	Name string // decoded; may be empty
	Addr string // "ann@buyer.example", lower case
}

// Attachment is a part that is not shown as text. Its content is not kept:
// the raw message is.
type Attachment struct {
	Name string // decoded file name without folders; may be empty
	Type string // media type, lower case
	Size int    // bytes after decoding
}

// Parsed is a mail as read. Message-IDs are without angle brackets.
type Parsed struct {
	HeaderID   string // Message-ID; derived from the content when there is none, see HasID
	HasID      bool   // the mail itself carries a Message-ID
	InReplyTo  string
	References []string // oldest first, at most 100

	From       string // address, lower case
	FromName   string
	Sender     string
	ReplyTo    string
	ReturnPath string // "" also for the null path; see NullPath
	NullPath   bool   // Return-Path: <>, the mark of a report (RFC 5321 section 4.5.5)
	To         []Address
	Cc         []Address
	Subject    string
	Date       time.Time // zero when there is none that can be read
	Header     Header

	Text       string // the full readable text, at most MaxText bytes
	html       string // as it came; HTML gives it fit to be shown
	Reply      string // what the person wrote: without quote, signature and disclaimer
	Unquoted   string // the reply with its signature and disclaimer
	Signature  string
	Disclaimer string // legal lines that a system puts below each mail
	Quoted     string // what was quoted or forwarded
	Forwarded  bool   // Quoted is a mail that the person passed on

	Attachments []Attachment
	Report      *Report // nil unless the mail is a report
	Original    *Original

	Invite *Invite // what a text/calendar part says; nil when there is none

	OurIDs []string // Message-IDs that this mail says it is about: In-Reply-To, References, returned original
	Tokens []string // tokens of /u/TOKEN links and X-Ninetyten-Ref, of the mail and of a returned original

	Size int    // bytes of the raw mail
	Cut  string // what was left out because of a bound, in words; "" when everything was read
	Via  string // which reader took it: "go-message", "enmime", "raw"
}

// Get gives the first value of a header, decoded, "" when absent.
func (p *Parsed) Get(name string) string { return p.Header.Get(name) }

// Values gives every value of a header, decoded, in the order of the mail.
func (p *Parsed) Values(name string) []string { return p.Header.Values(name) }

// HTML gives the HTML of the mail fit to be shown (SanitizeHTML), "" when it
// has none. It is made anew at each call, as few readers want it.
func (p *Parsed) HTML() string {
	if p.html == "" {
		return ""
	}
	return SanitizeHTML(p.html)
}

// ReportKind is the standard that a report follows.
type ReportKind string

// The kinds of a report.
const (
	ReportDelivery    ReportKind = "delivery-status"          // RFC 3464
	ReportFeedback    ReportKind = "feedback-report"          // RFC 5965
	ReportDisposition ReportKind = "disposition-notification" // RFC 8098, a read receipt
)

// Report holds the machine-readable part of a report.
type Report struct {
	Kind       ReportKind
	Message    Header   // per-message fields, or all fields of a feedback report
	Recipients []Header // per-recipient fields, one group each (RFC 3464 section 2.3)
}

// Original is a mail returned or forwarded inside another: the third part of a
// report (message/rfc822 or text/rfc822-headers), or one attached.
type Original struct {
	HeaderID string
	From     string
	To       []Address
	Subject  string
	Header   Header
	Text     string  // the beginning of its body, at most 64 KiB
	Report   *Report // when the enclosed mail is itself a report
}

// The bounds of Parse.
const (
	MaxRaw   = 30 << 20 // bytes of a mail that are looked at
	MaxText  = 1 << 20  // bytes of decoded text that are kept
	MaxParts = 500      // MIME parts that are looked at
	MaxDepth = 12       // nesting of multiparts and enclosed mails

	maxHeader     = 256 << 10 // bytes of one header block
	maxFields     = 2000
	maxAddress    = 4 << 10 // bytes of one entry of an address list
	maxIDs        = 100
	maxTokens     = 50
	maxEnclosed   = 64 << 10
	maxSplitLines = 20000 // lines that SplitReply looks at
)

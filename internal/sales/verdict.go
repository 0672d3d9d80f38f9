package sales

import "time"

// VerdictKind is what an incoming message is.
type VerdictKind string

// The kinds of an incoming message.
const (
	KindReply       VerdictKind = "reply"       // a person wrote it
	KindBounce      VerdictKind = "bounce"      // a delivery failed
	KindDelay       VerdictKind = "delay"       // a delivery takes longer; nothing failed
	KindAutoReply   VerdictKind = "auto_reply"  // a machine answered: out of office, receipt
	KindComplaint   VerdictKind = "complaint"   // a feedback report (RFC 5965)
	KindUnsubscribe VerdictKind = "unsubscribe" // a demand to stop, in words or by mailto
	KindOther       VerdictKind = "other"       // newsletters, notifications, anything else
)

// Intent is what the person who wrote a reply wants.
type Intent string

// The intents.
const (
	Interested    Intent = "interested"
	Question      Intent = "question"
	NotNow        Intent = "not_now"
	NotInterested Intent = "not_interested"
	WrongPerson   Intent = "wrong_person"
	OptOut        Intent = "unsubscribe"
	Unclear       Intent = "unclear"
)

// Detail says more about an intent.
type Detail string

// The details, by intent.
const (
	// of Interested
	WantsMeeting     Detail = "meeting"     // will talk or meet
	WantsInformation Detail = "information" // wants to see something first: documents, prices in writing, a trial
	// of NotInterested
	HasSolution Detail = "has_solution" // uses or has chosen something else
	NoMoney     Detail = "money"
	OtherReason Detail = "other"
	NoReason    Detail = "no_reason"
	// of WrongPerson
	NotMe    Detail = "not_me"   // is not in charge, names nobody
	Referral Detail = "referral" // names somebody or an address, see Verdict.Referred
	HasLeft  Detail = "left"     // the person that was written to is gone
)

// FailureClass is what a delivery report says of one recipient.
type FailureClass string

// The classes of a delivery report.
const (
	FailHard      FailureClass = "hard"      // the address does not exist: suppress
	FailSoft      FailureClass = "soft"      // temporary
	FailBlock     FailureClass = "block"     // policy (5.7.x): pause the mailbox, keep the address
	FailFull      FailureClass = "full"      // mailbox full (5.2.2): soft
	FailExpired   FailureClass = "expired"   // gave up after retries
	FailDelay     FailureClass = "delay"     // still trying
	FailDelivered FailureClass = "delivered" // arrived
)

// ReportedRecipient is one recipient of a delivery report or complaint.
type ReportedRecipient struct {
	Address string       `json:"address"`
	Status  string       `json:"status,omitempty"` // RFC 3463, "5.1.1"
	Class   FailureClass `json:"class,omitempty"`
	Reason  string       `json:"reason,omitempty"`
}

// Verdict is what an incoming message is, how sure, and why.
type Verdict struct {
	Kind       VerdictKind         `json:"kind"`
	Intent     Intent              `json:"intent,omitempty"` // for replies
	Detail     Detail              `json:"detail,omitempty"` // for replies, when the intent has details and one stands out
	Confidence float64             `json:"confidence"`       // 0..1
	Reasons    []string            `json:"reasons,omitempty"`
	Recipients []ReportedRecipient `json:"recipients,omitempty"` // bounces, delays, complaints
	Until      time.Time           `json:"until,omitzero"`       // out of office: back on; not now: the time named
	Referred   string              `json:"referred,omitempty"`   // wrong person: the address or name given instead
	// StandIn and StandInAddress are whom an automatic reply names for the time
	// of an absence, or as the successor of one who left: a proposal, never a fact.
	StandIn        string `json:"stand_in,omitempty"`
	StandInAddress string `json:"stand_in_address,omitempty"`
	// Invitation is the answer to an invitation; nil when the message is none.
	Invitation *InvitationAnswer `json:"invitation,omitempty"`
	// Colleague is who wrote in the place of the person, as "Name <address>", when
	// the message answers a mail to the person and comes from somebody else;
	// ColleagueKnown tells that they are a person of their own here.
	Colleague      string `json:"colleague,omitempty"`
	ColleagueKnown bool   `json:"colleague_known,omitempty"`
	// Brought are people of their company to whom a reply goes too, and no earlier
	// mail of its thread went, as "Name <address>".
	Brought []string `json:"brought,omitempty"`
	// Guess is what a reply that is Unclear means most probably: a proposal for the
	// person who decides. Zero is none.
	Guess Reading `json:"guess,omitzero"`
	// Was is what the program had read, once a person decided otherwise or
	// confirmed it. Zero: no person did.
	Was Reading `json:"was,omitzero"`
	// Lesson is the message whose correction by people made the program read this
	// one as it did; 0 is none.
	Lesson ID `json:"lesson,omitempty"`
	// OriginalID is the Message-ID of the mail that a report is about, if it says so.
	OriginalID string `json:"original_id,omitempty"`
	// Second is what a language model made of it; zero is none.
	Second SecondReading `json:"second,omitzero"`
}

// InvitationAnswer is what somebody said to an invitation to an appointment
// (RFC 5546 sections 3.2.3 and 3.2.7).
type InvitationAnswer struct {
	Answer InvitationStatus `json:"answer"`
	Title  string           `json:"title,omitempty"` // of the appointment
	Start  time.Time        `json:"start,omitzero"`  // its time, of a counter proposal the one that is proposed; zero when not known
	Note   string           `json:"note,omitempty"`  // what they wrote to it
}

// InvitationStatus is the answer to an invitation.
type InvitationStatus string

// The answers to an invitation: PARTSTAT of RFC 5545 section 3.2.12, and another
// time that is proposed. Any other is kept as it stands.
const (
	InvitationAccepted  InvitationStatus = "accepted"
	InvitationDeclined  InvitationStatus = "declined"
	InvitationTentative InvitationStatus = "tentative"
	InvitationCounter   InvitationStatus = "counter"
)

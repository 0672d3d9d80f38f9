package outbound

import (
	"fmt"
	"strings"

	"ninetyten/internal/sales"
)

// Stage is how far a mail had come when something failed.
type Stage string

// The stages in their order. Up to StageData the server cannot have the mail.
const (
	StageDial   Stage = "dial"
	StageTLS    Stage = "tls"
	StageAuth   Stage = "auth"
	StageMail   Stage = "mail"
	StageRcpt   Stage = "rcpt"
	StageData   Stage = "data"   // the mail was being written, or was not wanted
	StageResult Stage = "result" // the mail was written, its result was awaited
)

// Error is why a mail did not go, or may not have gone. Exactly one of
// Temporary, Permanent and Unknown is true.
type Error struct {
	Stage    Stage
	Code     int    // reply code (RFC 5321 section 4.2); 0 when the server gave none
	Enhanced string // RFC 3463, such as "5.1.1"; empty when the server gave none
	Text     string // the words of the server, lines joined by spaces
	Rcpt     string // the address that was refused, at StageRcpt
	Err      error  // the cause when it was no reply: network, TLS, context
}

// Error gives stage, reply and cause.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "smtp %s", e.Stage)
	if e.Code != 0 {
		fmt.Fprintf(&b, ": %d", e.Code)
	}
	if e.Enhanced != "" {
		b.WriteString(" " + e.Enhanced)
	}
	if e.Text != "" {
		b.WriteString(" " + e.Text)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Unknown tells that the end of the mail was, or may have been, written and no
// answer came: the server may have taken it. It must never be sent again
// without looking for it first.
func (e *Error) Unknown() bool { return e.Stage == StageResult && e.Code == 0 }

// Permanent tells that the server refused this mail for good (5yz).
func (e *Error) Permanent() bool { return e.Code >= 500 && !e.OfMailbox() }

// Temporary tells that the server surely does not have the mail, and that the
// same mail may be tried again later. After an error of which OfMailbox is
// true, a person has to mend the mailbox first.
func (e *Error) Temporary() bool { return !e.Unknown() && !e.Permanent() }

// OfMailbox tells that the mailbox cannot send at all: its server cannot be
// reached, does not let us in, or wants a login first (530, RFC 4954 section
// 6). It says nothing of the mail or of the person it is for.
func (e *Error) OfMailbox() bool {
	switch e.Stage {
	case StageDial, StageTLS, StageAuth:
		return true
	}
	return e.Code == 530 || e.Code == 535
}

// Class says what the failure means, as a delivery report would: FailBlock for
// policy (5.7.x) and for refused logins, FailFull for a full mailbox (x.2.2),
// FailHard for an address that does not exist (5.1.x), FailSoft for all that is
// temporary, unknown, or wrong with this one mail (too big, bad content).
func (e *Error) Class() sales.FailureClass {
	if e.Stage == StageAuth && e.Code >= 500 {
		return sales.FailBlock
	}
	if sub := subject(e.Enhanced); sub == "2.2" {
		return sales.FailFull
	}
	if e.Code < 500 {
		return sales.FailSoft
	}
	if class := byEnhanced(e.Enhanced); class != "" {
		return class
	}
	return byCode(e)
}

// subject is the subject and detail of an enhanced code: "1.1" of "5.1.1".
func subject(enhanced string) string {
	_, rest, _ := strings.Cut(enhanced, ".")
	return rest
}

// byEnhanced is the class of a permanent refusal by RFC 3463 section 3; "" when
// the code does not tell.
func byEnhanced(enhanced string) sales.FailureClass {
	sub := subject(enhanced)
	switch {
	case sub == "1.7", sub == "1.8":
		return sales.FailBlock // the sender's address, not the person's
	case strings.HasPrefix(sub, "1."), sub == "2.1", sub == "4.1", sub == "4.4":
		return sales.FailHard
	case strings.HasPrefix(sub, "7."):
		return sales.FailBlock
	case strings.HasPrefix(sub, "2."), strings.HasPrefix(sub, "3."), strings.HasPrefix(sub, "4."),
		strings.HasPrefix(sub, "5."), strings.HasPrefix(sub, "6."):
		return sales.FailSoft
	}
	return ""
}

// byCode is the class of a permanent refusal whose enhanced code says nothing.
// Only a refused recipient can mean a dead address; a refusal of the sender or
// of the content never does.
func byCode(e *Error) sales.FailureClass {
	text := strings.ToLower(e.Text)
	switch {
	case hasAny(text, "quota", "mailbox full", "mailbox is full", "over limit"):
		return sales.FailFull
	case e.Code == 552:
		return sales.FailSoft
	case hasAny(text, "spam", "policy", "blacklist", "blocklist", "block list", "blocked", "listed", "reputation",
		"relay", "denied", "not permitted", "not allowed", "authenticat"):
		return sales.FailBlock
	case e.Stage == StageRcpt && (e.Code == 550 || e.Code == 551 || e.Code == 553):
		return sales.FailHard
	case e.Code == 550, e.Code == 553, e.Code == 554, e.Code == 571:
		return sales.FailBlock
	}
	return sales.FailSoft
}

// hasAny tells whether s contains one of the words.
func hasAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

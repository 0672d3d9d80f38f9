package voice

import (
	"fmt"
	"time"
)

// Auto is what a machine answers for a person.
type Auto struct {
	From, FromName string
	To             string
	Subject        string
	MessageID      string
	InReplyTo      string
	At             time.Time
	Lang           string
	Body           string
	Marked         bool // with the header fields of RFC 3834 and its forerunners; else the subject alone tells
	Style          int  // which set of fields, when marked
}

// Bytes is the mail on the wire.
func (a Auto) Bytes() []byte {
	m := newMail(a.At)
	m.address("From", a.FromName, a.From)
	m.address("To", "", a.To)
	m.text("Subject", a.Subject)
	m.raw("Message-ID", "<"+a.MessageID+">")
	if a.InReplyTo != "" {
		m.raw("In-Reply-To", "<"+a.InReplyTo+">")
		m.raw("References", "<"+a.InReplyTo+">")
	}
	if a.Marked {
		switch a.Style % 3 {
		case 0:
			m.raw("Auto-Submitted", "auto-replied")
			m.raw("Precedence", "bulk")
			m.raw("X-Autoreply", "yes")
		case 1:
			m.raw("Auto-Submitted", "auto-generated")
			m.raw("X-Auto-Response-Suppress", "All")
			m.raw("X-MS-Exchange-Inbox-Rules-Loop", a.From)
		default:
			m.raw("Auto-Submitted", "auto-replied (vacation)")
		}
	}
	return m.single("text/plain", "utf-8", a.Body+"\n")
}

// Challenge is a filter that lets a mail through only after a proof.
func Challenge(from, to, id string, o Original, at time.Time) []byte {
	m := newMail(at)
	m.address("From", "", from)
	m.address("To", "", to)
	m.text("Subject", "Please confirm your message: "+o.Subject)
	m.raw("Message-ID", "<"+id+">")
	m.raw("In-Reply-To", "<"+o.MessageID+">")
	m.raw("Auto-Submitted", "auto-replied")
	m.raw("Precedence", "bulk")
	return m.single("text/plain", "utf-8", "Your message to "+o.To+" is being held because you are not on the list of known senders.\n\nTo have it delivered, open this page and type the letters that you see:\n\nhttp://filter.example/confirm/"+id[:8]+"\n\nYou need to do this only once.\n")
}

// TicketReceipt is a help desk that confirms receipt.
func TicketReceipt(from, to, id string, number int, o Original, at time.Time) []byte {
	m := newMail(at)
	m.address("From", "Service Desk", from)
	m.address("To", "", to)
	m.text("Subject", fmt.Sprintf("[Request #%d] %s", number, o.Subject))
	m.raw("Message-ID", "<"+id+">")
	m.raw("In-Reply-To", "<"+o.MessageID+">")
	m.raw("References", "<"+o.MessageID+">")
	m.raw("Auto-Submitted", "auto-generated")
	m.raw("X-Auto-Response-Suppress", "All")
	return m.single("text/plain", "utf-8", fmt.Sprintf("##- Please type your reply above this line -##\n\nYour request (#%d) has been received and is being reviewed by our team. We usually answer within one working day.\n\nTo add further comments, reply to this email.\n", number))
}

// Newsletter is mail that nobody needs to act on.
func Newsletter(from, to, id, subject string, at time.Time) []byte {
	m := newMail(at)
	m.address("From", "Finance Weekly", from)
	m.address("To", "", to)
	m.text("Subject", subject)
	m.raw("Message-ID", "<"+id+">")
	m.raw("List-Id", "Finance Weekly <weekly.news.example>")
	m.raw("List-Unsubscribe", "<http://news.example/u/1>")
	m.raw("Precedence", "bulk")
	return m.single("text/plain", "utf-8", "This week: what the new rules on electronic invoices mean, five conferences in spring, and a reader's question about rounding.\n\nYou get this because you signed up. Unsubscribe: http://news.example/u/1\n")
}

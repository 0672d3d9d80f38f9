package invariants

import (
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// says is what a mail means that somebody puts into a mailbox.
type says string

const (
	saysYes      says = "interested"
	saysAsks     says = "a question"
	saysLater    says = "not now"
	saysNo       says = "not interested"
	saysOther    says = "wrong person"
	saysStop     says = "wants no more mail"
	saysAway     says = "out of office"
	saysLeft     says = "has left the company"
	saysBounced  says = "no such address"
	saysBlocked  says = "refused by policy"
	saysFull     says = "mailbox full"
	saysSlow     says = "delivery takes longer"
	saysSpam     says = "complaint"
	saysStranger says = "a stranger"
	saysSeller   says = "written by the seller in another program"
)

// meaning is what a mail means, for the books.
type meaning struct {
	says
	until time.Time   // away: when they are back
	of    *enrollment // whose mail it answers or reports on; nil is none
}

// answers tells whether it is the answer of a person, after which machines are silent.
func (m meaning) answers() bool {
	switch m.says {
	case saysYes, saysAsks, saysLater, saysNo, saysOther, saysStop:
		return true
	}
	return false
}

// texts are what people write for each meaning, in plain words: it is not the
// reading of mail that is examined here.
func texts(s says) []string {
	switch s {
	case saysYes:
		return []string{"Yes, I am interested. Can we talk on Thursday?", "Sounds good, please send me more and let us set up a call."}
	case saysAsks:
		return []string{"What does it cost for forty trucks?", "How does it work together with our planning software?"}
	case saysLater:
		return []string{"Not now, please get back to me next quarter.", "We have no budget this year. Please contact me again in six months."}
	case saysNo:
		return []string{"Thank you, but we are not interested.", "No thanks, we are happy with what we have."}
	case saysOther:
		return []string{"I am not the right person for this. Please write to my colleague Rui Costa."}
	case saysStop:
		return []string{"Please remove me from your mailing list and do not contact me again.", "Unsubscribe me, please. Stop sending me mails."}
	case saysAway:
		return []string{"I am out of the office until DAY. I will answer your mail when I am back."}
	case saysLeft:
		return []string{"I have left the company and no longer work here. This mailbox is not read."}
	}
	return []string{"Hello"}
}

// sentMail is a mail that reached its person, as far as an answer needs to know it.
type sentMail struct {
	id, subject, token string
	box                *box
	e                  *enrollment // nil: written by hand
	p                  *person
}

// compose writes the mail in which somebody says something about a mail of ours.
func (w *world) compose(s says, m sentMail, from string, until time.Time) *letter {
	w.letters++
	id := fmt.Sprintf("in-%d-%d@people.example", w.seed, w.letters)
	now := w.clock.Now()
	l := &letter{at: now, id: id, from: m.p, mean: meaning{says: s, until: until, of: m.e}}
	head := []string{"Message-ID: <" + id + ">", "Date: " + now.Format(time.RFC1123Z), "To: " + m.box.Address, "MIME-Version: 1.0"}
	switch s {
	case saysBounced, saysBlocked, saysFull, saysSlow:
		l.raw = report(s, m, head)
	case saysSpam:
		l.raw = complaint(m, head)
	default:
		text := one(w.dice, texts(s)...)
		if !until.IsZero() {
			text = strings.ReplaceAll(text, "DAY", until.Format("Monday, 2 January 2006"))
		}
		if s == saysAway || s == saysLeft {
			head = append(head, "Auto-Submitted: auto-replied")
		}
		head = append(head, "From: "+from, "Subject: Re: "+m.subject, "In-Reply-To: <"+m.id+">", "References: <"+m.id+">", "Content-Type: text/plain; charset=utf-8")
		l.raw = []byte(strings.Join(head, "\r\n") + "\r\n\r\n" + text + "\r\n")
	}
	return l
}

// report is a delivery report (RFC 3464).
func report(s says, m sentMail, head []string) []byte {
	action, status, text := "failed", "5.1.1", "550 5.1.1 no such user here"
	switch s {
	case saysBlocked:
		status, text = "5.7.1", "550 5.7.1 rejected by policy"
	case saysFull:
		status, text = "5.2.2", "552 5.2.2 mailbox full"
	case saysSlow:
		action, status, text = "delayed", "4.4.1", "451 4.4.1 no answer from host"
	}
	head = append(head, "From: MAILER-DAEMON@mx.people.example", "Subject: Delivery Status Notification", "In-Reply-To: <"+m.id+">", "Auto-Submitted: auto-replied",
		"Content-Type: multipart/report; report-type=delivery-status; boundary=b")
	return []byte(strings.Join(head, "\r\n") + "\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThis is the mail system.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n" +
		"Reporting-MTA: dns; mx.people.example\r\n\r\nFinal-Recipient: rfc822; " + m.p.Email + "\r\nAction: " + action + "\r\nStatus: " + status + "\r\nDiagnostic-Code: smtp; " + text + "\r\n" +
		"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <" + m.id + ">\r\nTo: " + m.p.Email + "\r\nSubject: " + m.subject + "\r\n\r\n--b--\r\n")
}

// complaint is a feedback report (RFC 5965).
func complaint(m sentMail, head []string) []byte {
	head = append(head, "From: feedback@mx.people.example", "Subject: complaint about your mail", "Content-Type: multipart/report; report-type=feedback-report; boundary=b")
	return []byte(strings.Join(head, "\r\n") + "\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThis is an email abuse report.\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\n" +
		"Feedback-Type: abuse\r\nUser-Agent: Feedback/1.0\r\nVersion: 1\r\nOriginal-Rcpt-To: " + m.p.Email + "\r\n" +
		"--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <" + m.id + ">\r\nFrom: " + m.box.Address + "\r\nTo: " + m.p.Email + "\r\nSubject: " + m.subject + "\r\n\r\nHello\r\n--b--\r\n")
}

// elsewhere is a mail that a seller writes in another program, in Sent.
func (w *world) elsewhere(b *box, to string, p *person) *letter {
	w.letters++
	id := fmt.Sprintf("own-%d-%d@%s", w.seed, w.letters, sales.DomainOf(b.Address))
	now := w.clock.Now()
	raw := "Message-ID: <" + id + ">\r\nDate: " + now.Format(time.RFC1123Z) + "\r\nFrom: " + b.Address + "\r\nTo: " + to + "\r\nSubject: About our talk\r\n\r\nTen a month.\r\n"
	return &letter{raw: []byte(raw), at: now, id: id, from: p, to: to, mean: meaning{says: saysSeller}}
}

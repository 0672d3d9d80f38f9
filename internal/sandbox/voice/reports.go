package voice

import (
	"fmt"
	"strings"
	"time"
)

// Report is what a mail server writes about a mail.
type Report struct {
	Host      string // that writes it
	To        string // the envelope sender
	MessageID string
	At        time.Time
	Recipient string
	Original  Original
	Style     int // which server wrote it
}

// Failure is a delivery report of RFC 3464: status 5.x.x, in the manner of one
// of three servers.
func (r Report) Failure(status, diagnostic string) []byte {
	switch r.Style % 3 {
	case 1:
		return r.dsn("Undeliverable: "+r.Original.Subject, "Microsoft Outlook", "postmaster@"+r.Host,
			"Delivery has failed to these recipients or groups:\n\n"+r.Recipient+"\nThe email address you entered couldn't be found. Please check the recipient's email address and try to resend the message.\n\nDiagnostic information for administrators:\n\nGenerating server: "+r.Host+"\n\n"+r.Recipient+"\nRemote Server returned '"+diagnostic+"'\n",
			"failed", status, diagnostic, true)
	case 2:
		return r.dsn("Delivery Status Notification (Failure)", "Mail Delivery Subsystem", "mailer-daemon@"+r.Host,
			"** Address not found **\n\nYour message wasn't delivered to "+r.Recipient+" because the address couldn't be found, or is unable to receive mail.\n\nThe response from the remote server was:\n"+diagnostic+"\n",
			"failed", status, diagnostic, false)
	}
	return r.dsn("Undelivered Mail Returned to Sender", "Mail Delivery System", "MAILER-DAEMON@"+r.Host,
		"This is the mail system at host "+r.Host+".\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients. It's attached below.\n\n<"+r.Recipient+">: host mx."+r.Host+"[192.0.2.25] said: "+diagnostic+" (in reply to RCPT TO command)\n",
		"failed", status, diagnostic, true)
}

// Delay says that it takes longer.
func (r Report) Delay() []byte {
	return r.dsn("Delayed Mail (still being retried)", "Mail Delivery System", "MAILER-DAEMON@"+r.Host,
		"This is the mail system at host "+r.Host+".\n\n####################################################################\n# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n####################################################################\n\nYour message could not be delivered for more than 4 hours.\nIt will be retried until it is 5 days old.\n",
		"delayed", "4.4.1", "connect to mx."+r.Host+"[192.0.2.25]:25: Connection timed out", false)
}

// dsn writes a multipart/report of type delivery-status. whole returns the
// original, else its header alone (RFC 3462).
func (r Report) dsn(subject, name, from, words, action, status, diagnostic string, whole bool) []byte {
	m := newMail(r.At)
	b := m.boundary(2)
	m.raw("Return-Path", "<>")
	m.address("From", name, from)
	m.address("To", "", r.To)
	m.text("Subject", subject)
	m.raw("Message-ID", "<"+r.MessageID+">")
	m.raw("Auto-Submitted", "auto-replied")
	if r.Style%3 != 0 {
		m.raw("In-Reply-To", "<"+r.Original.MessageID+">")
	}
	m.raw("MIME-Version", "1.0")
	m.raw("Content-Type", fmt.Sprintf("multipart/report; report-type=delivery-status; boundary=%q", b))
	m.b.WriteString("\r\nThis is a MIME-encapsulated message.\r\n\r\n--" + b + "\r\n")
	m.part("text/plain", "utf-8", words)
	fmt.Fprintf(&m.b, "\r\n--%s\r\nContent-Description: Delivery report\r\nContent-Type: message/delivery-status\r\n\r\n", b)
	fmt.Fprintf(&m.b, "Reporting-MTA: dns; %s\r\nArrival-Date: %s\r\n\r\n", r.Host, r.Original.Date.Format("Mon, 2 Jan 2006 15:04:05 -0700"))
	fmt.Fprintf(&m.b, "Final-Recipient: rfc822; %s\r\nAction: %s\r\nStatus: %s\r\n", r.Recipient, action, status)
	fmt.Fprintf(&m.b, "Diagnostic-Code: smtp; %s\r\n", diagnostic)
	r.returned(m, b, whole)
	return m.b.Bytes()
}

func (r Report) returned(m *mailBuffer, boundary string, whole bool) {
	if whole {
		fmt.Fprintf(&m.b, "\r\n--%s\r\nContent-Description: Undelivered Message\r\nContent-Type: message/rfc822\r\n\r\n", boundary)
		m.b.Write(r.Original.Raw)
	} else {
		fmt.Fprintf(&m.b, "\r\n--%s\r\nContent-Type: text/rfc822-headers\r\n\r\n", boundary)
		m.b.WriteString(r.Original.Header)
	}
	fmt.Fprintf(&m.b, "\r\n--%s--\r\n", boundary)
}

// Words is a failure in plain words that follows no standard.
func (r Report) Words() []byte {
	m := newMail(r.At)
	m.raw("Return-Path", "<>")
	m.address("From", "Mail Administrator", "postmaster@"+r.Host)
	m.address("To", "", r.To)
	m.text("Subject", "Mail System Error - Returned Mail")
	m.raw("Message-ID", "<"+r.MessageID+">")
	return m.single("text/plain", "utf-8", "Hello, this is the mail server on "+r.Host+".\n\nThe letter that you sent to the following address came back to us, and we gave it up. No further attempt will be made.\n\n   "+
		r.Recipient+"\n   reason: there is no mailbox by this name here (550)\n\n--- Below this line is a copy of the letter.\n\n"+strings.ReplaceAll(r.Original.Header, "\r\n", "\n")+"\n"+r.Original.Text+"\n")
}

// Complaint is a feedback report of RFC 5965: the recipient pressed "spam".
func (r Report) Complaint() []byte {
	m := newMail(r.At)
	b := m.boundary(3)
	m.address("From", "Feedback Loop", "fbl@"+r.Host)
	m.address("To", "", r.To)
	m.text("Subject", "FW: "+r.Original.Subject)
	m.raw("Message-ID", "<"+r.MessageID+">")
	m.raw("MIME-Version", "1.0")
	m.raw("Content-Type", fmt.Sprintf("multipart/report; report-type=feedback-report; boundary=%q", b))
	m.b.WriteString("\r\n--" + b + "\r\n")
	m.part("text/plain", "utf-8", "This is an email abuse report for an email message received from IP 192.0.2.10 on "+r.Original.Date.Format(time.RFC1123Z)+".\nFor more information about this format please see RFC 5965.\n")
	fmt.Fprintf(&m.b, "\r\n--%s\r\nContent-Type: message/feedback-report\r\n\r\n", b)
	fmt.Fprintf(&m.b, "Feedback-Type: abuse\r\nUser-Agent: Feedback/1.0\r\nVersion: 1\r\nOriginal-Mail-From: <%s>\r\nOriginal-Rcpt-To: <%s>\r\nArrival-Date: %s\r\nSource-IP: 192.0.2.10\r\n", r.Original.From, r.Recipient, r.Original.Date.Format(time.RFC1123Z))
	r.returned(m, b, true)
	return m.b.Bytes()
}

package runner_test

import (
	"context"
	"testing"
	"time"

	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
)

// answers is a mail server that says the next of its answers to each mail; nil is
// yes.
type answers struct{ says []*outbound.Error }

func (s *answers) Send(context.Context, sales.Mailbox, outbound.Envelope) (outbound.Receipt, error) {
	if len(s.says) == 0 {
		return outbound.Receipt{Code: 250}, nil
	}
	e := s.says[0]
	if s.says = s.says[1:]; e != nil {
		return outbound.Receipt{}, e
	}
	return outbound.Receipt{Code: 250}, nil
}

// TestGapAfterUnknown: a mail of which nobody knows may have gone, so the pause
// before the next one counts.
func TestGapAfterUnknown(t *testing.T) {
	w := newWorld(t, 2)
	w.change(func(m *sales.Mailbox) { m.Limits.GapMin, m.Limits.GapMax = 5*time.Minute, 5*time.Minute })
	w.Enroll(t, 0)
	w.Enroll(t, 1)
	w.runner.Sender = &answers{says: []*outbound.Error{{Stage: outbound.StageResult, Text: "connection lost"}}}
	w.run()
	if n := w.at(time.Minute); n != 0 {
		t.Errorf("%d mails a minute after one that may have gone", n)
	}
	if n := w.at(6 * time.Minute); n != 1 {
		t.Errorf("%d mails after the pause", n)
	}
}

// TestPolicyAfterDelays: a refusal by policy stops the mailbox, also of a mail that
// was put off twice before.
func TestPolicyAfterDelays(t *testing.T) {
	w := newWorld(t, 1)
	e := w.Enroll(t, 0)
	later, policy := &outbound.Error{Stage: outbound.StageRcpt, Code: 451, Text: "later"}, &outbound.Error{Stage: outbound.StageData, Code: 554, Enhanced: "5.7.1", Text: "by policy"}
	w.runner.Sender = &answers{says: []*outbound.Error{later, later, policy}}
	w.run()
	w.at(10 * time.Minute)
	w.at(40 * time.Minute)
	if mb, m := w.mailbox(), w.mailing(e, 0); mb.State != sales.MailboxPaused || m.State != sales.MailingQueued || m.Attempts != 3 {
		t.Errorf("the mailbox is %s, the mail %s after %d attempts", mb.State, m.State, m.Attempts)
	}
}

// TestStoppedByWhatIsRead: reading the mailbox before a follow-up shows that a
// server refused our mail by policy: the follow-up does not go.
func TestStoppedByWhatIsRead(t *testing.T) {
	w := newWorld(t, 2)
	e := w.Enroll(t, 0)
	w.Enroll(t, 1)
	w.run()
	first := w.mailing(e, 0)
	w.arrive("INBOX", "From: MAILER-DAEMON@mx.example\nTo: ana@brightmail.example\nSubject: Undelivered\nMessage-ID: <b@mx.example>\nIn-Reply-To: <"+first.HeaderID+">\nMIME-Version: 1.0\n"+
		"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nIt could not be delivered.\n--b\nContent-Type: message/delivery-status\n\n"+
		"Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; "+w.People[0].Email+"\nAction: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; 550 5.7.1 rejected by policy\n\n--b--\n")
	if n := w.at(10 * 24 * time.Hour); n != 0 {
		t.Errorf("%d follow-ups went from a mailbox that is %s", n, w.mailbox().State)
	}
	if mb := w.mailbox(); mb.State != sales.MailboxPaused {
		t.Errorf("the mailbox is %s", mb.State)
	}
}

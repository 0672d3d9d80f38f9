package intake_test

import (
	"strings"
	"testing"

	"ninetyten/internal/sales"
)

// TestLadder: whose a mail is, from the surest sign to the weakest.
func TestLadder(t *testing.T) {
	for name, x := range map[string]struct {
		raw   func(w *world) string
		how   string
		task  sales.TaskKind // "" is none
		state sales.EnrollmentState
		same  bool // it is in the thread of our mail
	}{
		"references, from their own address": {func(w *world) string {
			return letter("From: "+w.People[0].Email, "Subject: Re: A question about trucks", "In-Reply-To: <first-0@brightmail.example>", "Message-ID: <a@x.example>", "", "Yes, tell me more.")
		}, "references", sales.TaskAnswer, sales.Finished, true},
		"references, from an address that nobody knows": {func(w *world) string {
			return letter("From: marta.private@elsewhere.example", "Subject: something else", "References: <x@x.example> <first-0@brightmail.example>", "Message-ID: <a@x.example>", "", "Yes, tell me more.")
		}, "references", sales.TaskAnswer, sales.Finished, true},
		"the token of the unsubscribe link in the quote": {func(w *world) string {
			link := "https://sales.brightmail.example/u/" + w.Keys.Token(w.Workspace.ID, w.mailing(0).ID)
			return letter("From: marta.private@elsewhere.example", "Subject: your mail", "Message-ID: <a@x.example>", "", "Yes, tell me more.", "", "On Tue, Ana wrote:", "> Hello", "> Unsubscribe: "+link)
		}, "token", sales.TaskAnswer, sales.Finished, true},
		"the address and the subject": {func(w *world) string {
			return letter("From: Marta <"+strings.ToUpper(w.People[0].Email)+">", "Subject: AW: Re: A question about trucks", "Message-ID: <a@x.example>", "", "Yes, tell me more.")
		}, "sender", sales.TaskAnswer, sales.Finished, true},
		"the address alone": {func(w *world) string {
			return letter("From: "+w.People[0].Email, "Subject: Prices", "Message-ID: <a@x.example>", "", "What does it cost?")
		}, "sender", sales.TaskAnswer, sales.Finished, false},
		"the company and the subject": {func(w *world) string {
			return letter("From: office@brightwater.example", "Subject: Re: A question about trucks", "Message-ID: <a@x.example>", "", "Yes, tell me more.")
		}, "asked", sales.TaskConfirm, sales.Paused, false},
		"the company and an address like the name": {func(w *world) string {
			return letter("From: m.oliveira@brightwater.example", "Subject: Another matter", "Message-ID: <a@x.example>", "", "Yes, tell me more.")
		}, "asked", sales.TaskConfirm, sales.Paused, false},
		"the company alone": {func(w *world) string {
			return letter("From: office@brightwater.example", "Subject: Another matter", "Message-ID: <a@x.example>", "", "Yes, tell me more.")
		}, "", "", sales.Active, false},
		"the subject alone": {func(w *world) string {
			return letter("From: someone@elsewhere.example", "Subject: Re: A question about trucks", "Message-ID: <a@x.example>", "", "Yes, tell me more.")
		}, "", "", sales.Active, false},
		"a token that we never made": {func(w *world) string {
			return letter("From: someone@elsewhere.example", "Subject: Hi", "Message-ID: <a@x.example>", "X-Ninetyten-Ref: "+w.Keys.Token(w.Workspace.ID+1, w.mailing(0).ID), "", "https://sales.brightmail.example/u/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
		}, "", "", sales.Active, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := written(t, 1)
			w.read("INBOX", x.raw(w))
			got := w.messages(0)
			if x.how == "asked" {
				if len(got) != 0 {
					t.Errorf("it counts as theirs before anybody said so: %+v", got)
				}
				got = w.incoming()
			}
			if x.how == "" {
				if len(got) != 0 || w.kept() != 0 || len(w.heard) != 0 {
					t.Fatalf("it was kept: %+v", got)
				}
			} else if len(got) != 1 || got[0].Matched != x.how || got[0].ThreadID == 0 || (got[0].ThreadID == w.mailing(0).ThreadID) != x.same {
				t.Fatalf("%+v", got)
			}
			tasks := w.tasks(0)
			if x.task == "" && len(tasks) != 0 || x.task != "" && (len(tasks) != 1 || tasks[0].Kind != x.task || tasks[0].MessageID != got[0].ID || tasks[0].UserID != w.Seller.ID) {
				t.Errorf("%+v", tasks)
			}
			if e := w.enrollment(0); e.State != x.state {
				t.Errorf("the enrollment is %s", e.State)
			}
		})
	}
}

const hardBounce = "From: MAILER-DAEMON@mx.example\r\nTo: ana@brightmail.example\r\nSubject: Undelivered Mail Returned to Sender\r\nMessage-ID: <b@mx.example>\r\nMIME-Version: 1.0\r\n" +
	"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n" +
	"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; WHO\r\nAction: failed\r\nStatus: STATUS\r\nDiagnostic-Code: smtp; CODE\r\n\r\n--b--\r\n"

func bounce(who, status, code string) string {
	return strings.NewReplacer("WHO", who, "STATUS", status, "CODE", code).Replace(hardBounce)
}

// TestBounces: what each kind of report does to the address, the enrollment and
// the mailbox.
func TestBounces(t *testing.T) {
	for name, x := range map[string]struct {
		raw     func(w *world) string
		address sales.AddressState
		state   sales.EnrollmentState
		listed  bool
		box     sales.MailboxState
	}{
		"hard": {func(w *world) string { return bounce(w.People[0].Email, "5.1.1", "550 5.1.1 no such user") }, sales.AddressDead, sales.Paused, true, sales.MailboxOK},
		"full": {func(w *world) string { return bounce(w.People[0].Email, "5.2.2", "552 5.2.2 mailbox full") }, sales.AddressSoft, sales.Active, false, sales.MailboxOK},
		"policy": {func(w *world) string {
			raw := bounce(w.People[0].Email, "5.7.1", "550 5.7.1 rejected by policy")
			return strings.Replace(raw, "MIME-Version:", "In-Reply-To: <first-0@brightmail.example>\r\nMIME-Version:", 1)
		}, sales.AddressOK, sales.Active, false, sales.MailboxPaused},
		// Anybody can write a report that names an address: it pauses no mailbox.
		"policy that names no mail of ours": {func(w *world) string {
			return bounce(w.People[0].Email, "5.7.1", "550 5.7.1 rejected by policy")
		}, sales.AddressOK, sales.Active, false, sales.MailboxOK},
		"about a stranger":        {func(w *world) string { return bounce("nobody@elsewhere.example", "5.1.1", "550 5.1.1 no such user") }, sales.AddressOK, sales.Active, false, sales.MailboxOK},
		"policy about a stranger": {func(w *world) string { return bounce("nobody@elsewhere.example", "5.7.1", "550 5.7.1 spam") }, sales.AddressOK, sales.Active, false, sales.MailboxOK},
	} {
		t.Run(name, func(t *testing.T) {
			w := written(t, 1)
			w.read("INBOX", x.raw(w))
			p, err := w.Person(t.Context(), w.Viewer(), w.People[0].ID)
			if err != nil || p.Address != x.address || w.suppressed(0) != x.listed {
				t.Errorf("address %s, on the list %v, %v", p.Address, w.suppressed(0), err)
			}
			if e := w.enrollment(0); e.State != x.state {
				t.Errorf("the enrollment is %s %s", e.State, e.Reason)
			}
			mb, err := w.World.Store.Mailbox(t.Context(), w.Workspace.ID, w.Mailbox.ID)
			if err != nil || mb.State != x.box {
				t.Errorf("the mailbox is %s: %s", mb.State, mb.StateWhy)
			}
			if strings.Contains(name, "stranger") && w.kept() != 0 {
				t.Error("it was kept")
			}
		})
	}
}

// TestBounceBeforeAnyMail: a report about somebody to whom nobody wrote is forged
// or not about us.
func TestBounceBeforeAnyMail(t *testing.T) {
	w := newWorld(t, 1)
	w.read("INBOX", bounce(w.People[0].Email, "5.1.1", "550 5.1.1 no such user"))
	if w.suppressed(0) || w.kept() != 0 {
		t.Error("it counted")
	}
}

// TestForgedReport: a report that quotes a mail of ours and names somebody else
// harms neither.
func TestForgedReport(t *testing.T) {
	w := written(t, 2)
	raw := strings.Replace(bounce(w.People[1].Email, "5.1.1", "550 5.1.1 no such user"), "Subject:", "References: <first-0@brightmail.example>\r\nSubject:", 1)
	w.read("INBOX", raw)
	if w.suppressed(0) || w.enrollment(0).State != sales.Active {
		t.Error("the person whose mail is quoted was harmed")
	}
}

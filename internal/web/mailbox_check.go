package web

import (
	"context"
	"net/http"
	"sync"
	"time"

	"ninetyten/internal/httpx"
	"ninetyten/internal/sales"
)

const (
	checkFor  = 2 * time.Minute // how long a test of a mailbox may take
	maxChecks = 100             // tests remembered; the oldest is forgotten
	maxAtOnce = 4               // tests at a time
)

// checks are the tests of mailboxes that run or ran in this process. They are
// kept in memory alone: another test is one click away.
type checks struct {
	mu  sync.Mutex
	of  map[sales.ID]*check
	now int // running
}

type check struct {
	at      time.Time
	running bool
	report  sales.ProbeReport
}

// begin starts a test unless one of this mailbox runs.
func (c *checks) begin(id sales.ID, at time.Time, run func() sales.ProbeReport) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if x := c.of[id]; x != nil && x.running {
		return nil
	}
	if c.now >= maxAtOnce {
		return sales.Errorf(sales.Limited, "Several mailboxes are being tested at this moment. Try again in a minute.")
	}
	if c.of == nil {
		c.of = map[sales.ID]*check{}
	}
	c.forget()
	x := &check{at: at, running: true}
	c.of[id] = x
	c.now++
	go func() {
		report := sales.ProbeReport{Steps: []sales.ProbeStep{{Name: "Test", Say: "The test broke off. Start it again."}}}
		defer func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			x.running, x.report = false, report
			c.now--
		}()
		report = run()
	}()
	return nil
}

// forget makes room for one more.
func (c *checks) forget() {
	for len(c.of) >= maxChecks {
		var oldest sales.ID
		for id, x := range c.of {
			if !x.running && (oldest == 0 || x.at.Before(c.of[oldest].at)) {
				oldest = id
			}
		}
		if oldest == 0 {
			return
		}
		delete(c.of, oldest)
	}
}

// view shows the last test of a mailbox; nil is none.
func (c *checks) view(id sales.ID) *CheckView {
	c.mu.Lock()
	defer c.mu.Unlock()
	x := c.of[id]
	if x == nil {
		return nil
	}
	v := &CheckView{Running: x.running, Href: path("/settings/mailboxes", id, "check"), OK: x.report.OK}
	if x.running {
		v.Steps = []CheckStep{{State: "now", Text: "Logs in to send and to read, sends a mail to itself and looks for it", Help: "This takes some seconds. You can leave the page; the test goes on."}}
		return v
	}
	for _, st := range x.report.Steps {
		v.Steps = append(v.Steps, CheckStep{State: pick(st.OK, "ok", "bad"), Text: st.Name, Help: st.Say})
	}
	return v
}

// postTestMailbox tests a mailbox.
func (s *Server) postTestMailbox(w http.ResponseWriter, r *http.Request, v visit) error {
	m, err := s.ownBox(r, v)
	if err != nil {
		return err
	}
	return s.startCheck(w, r, v, m.ID)
}

// startCheck tests a mailbox in the background and goes to its page, which
// shows how far the test is.
func (s *Server) startCheck(w http.ResponseWriter, r *http.Request, v visit, id sales.ID) error {
	// The stored mailbox is tested, with its password.
	m, err := s.Store.Mailbox(r.Context(), v.WorkspaceID, id)
	if err != nil {
		return err
	}
	ctx := context.WithoutCancel(r.Context()) // the test outlives the request
	err = s.checks.begin(id, time.Now(), func() sales.ProbeReport {
		ctx, cancel := context.WithTimeout(ctx, checkFor)
		defer cancel()
		report := s.Probe(ctx, m)
		if report.OK {
			if err := s.Desk.MailboxTried(ctx, v.Viewer, id, report.Sent, report.Junk, report.SavesSent); err != nil {
				s.Log.WarnContext(ctx, "what a test of a mailbox found could not be kept", "mailbox", id, "err", err)
			}
		}
		return report
	})
	if err != nil {
		return err
	}
	return httpx.SeeOther(w, r, path("/settings/mailboxes", id))
}

// getCheck gives the state of a test, which reloads itself while it runs.
func (s *Server) getCheck(w http.ResponseWriter, r *http.Request, v visit) error {
	m, err := s.ownBox(r, v)
	if err != nil {
		return err
	}
	c := s.checks.view(m.ID)
	if c == nil {
		c = &CheckView{Steps: []CheckStep{{State: "wait", Text: "No test is known here", Help: "Press “Save and test it” to start one."}}}
	}
	if c.OK {
		left, err := s.stepsLeft(r.Context(), v)
		if err != nil {
			return err
		}
		c.GoOn = left > 0
	}
	return Render(w, r, s.part(v), CheckSteps(*c))
}

// providers are the servers of well-known providers, as their help pages name
// them. Most want an app password, because programs cannot do two-factor logins.
func providers() []Provider {
	both := func(name, smtp, smtpPort, smtpSecurity, imap, help string) Provider {
		return Provider{Name: name, SMTPHost: smtp, SMTPPort: smtpPort, SMTPSecurity: smtpSecurity, IMAPHost: imap, IMAPPort: "993", IMAPSecurity: "tls", Help: help}
	}
	app := "Use an app password, not the one you log in with: "
	return []Provider{
		both("Google (Gmail, Workspace)", "smtp.gmail.com", "465", "tls", "imap.gmail.com", app+"myaccount.google.com/apppasswords, after two-step verification is on."),
		both("Microsoft 365", "smtp.office365.com", "587", "starttls", "outlook.office365.com", "Works only where your administrator still allows passwords for SMTP (“Authenticated SMTP”) and IMAP; many organisations allow neither."),
		both("iCloud", "smtp.mail.me.com", "587", "starttls", "imap.mail.me.com", app+"account.apple.com, Sign-In and Security. The user name is the part before the @."),
		both("Fastmail", "smtp.fastmail.com", "465", "tls", "imap.fastmail.com", app+"Settings, Privacy and Security, Manage app passwords."),
		both("Yahoo", "smtp.mail.yahoo.com", "465", "tls", "imap.mail.yahoo.com", app+"Account security, Generate app password."),
		both("Zoho", "smtppro.zoho.com", "465", "tls", "imappro.zoho.com", app+"Accounts, Security. IMAP must be switched on in the mail settings."),
		{Name: "Proton (Bridge on this machine)", SMTPHost: "127.0.0.1", SMTPPort: "1025", SMTPSecurity: "starttls", IMAPHost: "127.0.0.1", IMAPPort: "1143", IMAPSecurity: "starttls", Help: "Proton Mail Bridge must run on this machine; it shows the ports and the password."},
		both("IONOS", "smtp.ionos.com", "465", "tls", "imap.ionos.com", "The password of the mailbox."),
		both("GMX", "mail.gmx.net", "465", "tls", "imap.gmx.net", "IMAP must be switched on in the settings of the mailbox."),
		both("OVH", "ssl0.ovh.net", "465", "tls", "ssl0.ovh.net", "The password of the mailbox."),
	}
}

//go:build servers

package e2e

import (
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"ninetyten/internal/app"
	"ninetyten/internal/sales"
	"ninetyten/internal/testserver"
)

// status opens a path and gives the status of the page.
func (b *tab) status(path string) int {
	b.t.Helper()
	r := testserver.Get(b.Page, chromedp.NavigateResponse(b.s.url+path))
	if r == nil {
		b.t.Fatalf("%s gave no page", path)
	}
	return int(r.Status)
}

// TestMailboxTroubles: what is wrong with a mailbox is said in words that tell
// what to do.
func TestMailboxTroubles(t *testing.T) {
	t.Parallel()
	s := newSite(t, app.Options{}, "ana")
	s.setUp()
	expired := testserver.NewFaultySMTP(t, &testserver.FaultySMTP{}, &tls.Config{Certificates: []tls.Certificate{s.imap.Certs.Expired}})
	other := testserver.NewFaultySMTP(t, &testserver.FaultySMTP{}, &tls.Config{Certificates: []tls.Certificate{s.imap.Certs.Other}})
	a := s.tab(testserver.Browser(t))
	a.enter(address("ana"), passphrase)
	a.visit("/settings/mailboxes/new")
	a.fill("address", address("ana"), "username", "ana", "smtp_host", "localhost", "imap_host", "localhost", "imap_port", fmt.Sprint(s.imap.TLSPort), "imap_security", "tls")
	a.fill("smtp_security", "none", "smtp_host", "mail.company.example", "password", "x")
	a.Expect("422")
	a.follow("Save and test it")
	a.sees("main", "the password could be read on its way")
	for _, trouble := range []struct {
		name   string
		fields []string
		words  []string
	}{
		{"51-wrong-password", []string{"smtp_port", fmt.Sprint(s.smtp.Port), "smtp_security", "starttls", "password", "wrong"}, []string{"Log in to send", "password"}},
		{"52-expired-certificate", []string{"smtp_port", fmt.Sprint(expired.Port), "smtp_security", "tls", "password", "x"}, []string{"certificate", "expired", "renew it"}},
		{"53-another-name", []string{"smtp_port", fmt.Sprint(other.Port), "smtp_security", "tls", "password", "x"}, []string{"certificate", "for another name", "Use the host name that your provider gives"}},
		{"54-wrong-port", []string{"smtp_port", fmt.Sprint(s.smtp.Port), "smtp_security", "tls", "password", "x"}, []string{"does not speak TLS", "Choose STARTTLS"}},
	} {
		a.fill("smtp_host", "localhost")
		a.fill(trouble.fields...)
		a.follow("Save and test it")
		a.sees("#check h2", "It does not work yet")
		a.sees("#check li.bad", trouble.words...)
		t.Logf("%s: %q", trouble.name, a.text("#check li.bad"))
		a.lacks("#check", "x509", "tls:", "dial tcp", "EOF")
		a.Shots(trouble.name)
	}
	a.fill("smtp_port", fmt.Sprint(s.smtp.TLSPort), "password", testserver.DovecotPassword("ana"))
	a.follow("Save and test it")
	a.sees("#check h2", "It works")
}

// TestStop: whoever asks for no more mail, by the page or by one click of a mail
// program, gets none; somebody else does.
func TestStop(t *testing.T) {
	t.Parallel()
	c := &clock{}
	s := newSite(t, app.Options{Clock: c}, "ana", "clara", "jonas", "zoe")
	owner := s.setUp()
	s.connect()
	s.run(s.add("clara", "jonas", "zoe"), "Hello {{ first_name }}, who re-plans your trucks?", "One number: 7 minutes.")
	link := map[string]string{}
	for _, who := range []string{"clara", "jonas", "zoe"} {
		link[who] = s.arrives(who, "INBOX", "the first mail", holding("who re-plans your trucks?")).id("List-Unsubscribe")
	}
	stopped := func(who string) bool {
		t.Helper()
		_, yes, err := s.Store.Suppressed(t.Context(), owner.WorkspaceID, address(who))
		if err != nil {
			t.Fatal(err)
		}
		return yes
	}

	buyer := s.tab(testserver.Browser(t))
	for range 2 { // scanners of mail open links too
		buyer.Open(link["clara"])
		buyer.sees("main", "No more mail from Ninety Freight?", "Nothing has changed yet")
	}
	buyer.Shots("61-unsubscribe")
	if stopped("clara") {
		t.Fatal("opening the link changed something")
	}
	buyer.follow("Stop the mail")
	buyer.sees("main", "Done. No more mail.")
	buyer.Shots("62-unsubscribed")
	if !stopped("clara") {
		t.Error("the button did nothing")
	}
	buyer.lacks("main", address("clara"))
	buyer.Expect("404")
	buyer.Open(s.url + "/u/" + strings.Repeat("x", 24))
	buyer.sees("main", "This link is not complete")
	buyer.Shots("63-unsubscribe-unknown")

	for range 2 { // RFC 8058 section 3.1: no cookies, no redirect
		r, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).
			PostForm(link["jonas"], url.Values{"List-Unsubscribe": {"One-Click"}})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
		if r.StatusCode != http.StatusOK || !stopped("jonas") {
			t.Errorf("one click: status %d, stopped %v", r.StatusCode, stopped("jonas"))
		}
	}

	c.move(7 * 24 * time.Hour)
	follow := s.arrives("zoe", "INBOX", "the follow-up", holding("7 minutes"))
	if follow.Get("In-Reply-To") == "" || stopped("zoe") {
		t.Errorf("the follow-up answers %q; stopped %v", follow.Get("In-Reply-To"), stopped("zoe"))
	}
	for _, who := range []string{"clara", "jonas"} {
		if n := len(s.letters(who, "INBOX")); n != 1 {
			t.Errorf("%s asked for no more mail and has %d mails", who, n)
		}
		p := s.person(address(who))
		list, err := s.Store.EnrollmentsOf(t.Context(), p.WorkspaceID, p.ID)
		if err != nil || len(list) != 1 || list[0].State != sales.OptedOut {
			t.Errorf("the enrollment of %s: %+v, %v", who, list, err)
		}
	}
	seller := s.tab(buyer.Another())
	seller.enter(address("ana"), passphrase)
	seller.visit("/people/" + s.person(address("clara")).ID.String())
	seller.sees("main", "Nobody may write to Clara")
	seller.Shots("64-person-stopped")
	seller.visit("/settings/suppressions")
	seller.Shots("65-suppressions")
}

// TestTeam: a seller comes in by invitation, sees what is theirs, and nothing
// else; sessions end where they are ended.
func TestTeam(t *testing.T) {
	t.Parallel()
	s := newSite(t, app.Options{}, "ana")
	s.setUp()
	clara := s.add("clara")[0]
	a := s.tab(testserver.Browser(t))
	a.enter(address("ana"), passphrase)
	a.visit("/settings/team")
	a.fill("name", "Sam Weller", "email", "sam@ninety.example", "role", "seller")
	a.follow("Make a link")
	a.sees("main", "The link for Sam Weller")
	a.Shots("71-team-link")
	link := js[string](a, `document.getElementById("link").value`)

	sam := s.tab(a.Another())
	sam.Open(link)
	sam.sees("main", "Hello Sam")
	sam.Shots("72-invitation")
	sam.fill("password", "another short sentence")
	sam.follow("Come in")
	if sam.path() != "/start" {
		t.Errorf("somebody invited comes to %s", sam.path())
	}
	sam.Expect("403", "404", "401")
	for path, want := range map[string]int{
		"/people/" + clara.ID.String(): 404, "/next?person=" + clara.ID.String(): 404, "/people/" + clara.ID.String() + "/edit": 404,
		"/settings/team": 403, "/settings/schedule": 403, "/settings/profile": 200, "/settings/suppressions": 200, "/people": 200,
	} {
		if got := sam.status(path); got != want {
			t.Errorf("a seller opens %s: status %d, want %d: %s", path, got, want, sam.text("main"))
		}
		sam.lacks("main", "Nunes", "clara@")
	}
	sam.visit("/people/" + clara.ID.String())
	sam.Shots("73-not-yours")
	sam.visit("/settings/team")
	sam.Shots("74-not-allowed")
	sam.visit("/settings/profile")
	sam.lacks("main nav, main .tabs", "Team", "General")

	// The link works once.
	late := s.tab(a.Another())
	late.Expect("404")
	late.Open(link)
	late.sees("main", "This link does not work any more")
	late.Shots("75-invitation-used")

	// Another browser is logged in, and logged out from the first.
	late.enter("sam@ninety.example", "another short sentence")
	late.visit("/people")
	sam.visit("/settings/profile")
	if n := js[int](sam, `document.querySelectorAll("main form[action$='/end']").length`); n != 1 {
		t.Errorf("%d other sessions, want 1", n)
	}
	sam.Shots("76-sessions")
	sam.leads(chromedp.Click(chromedp.CSS(`main form[action$="/end"] button`)))
	sam.sees(".toast", "Logged out there")
	late.visit("/people")
	if late.path() != "/login" {
		t.Errorf("a session that was ended opens %s", late.path())
	}
	if sam.visit("/people"); sam.path() != "/people" {
		t.Errorf("the own session was ended too: %s", sam.path())
	}
	sam.follow("Log out")
	if sam.visit("/people"); sam.path() != "/login" {
		t.Errorf("after the log-out: %s", sam.path())
	}
	late.Expect("422", "429")
	late.enter("sam@ninety.example", "a wrong sentence")
	late.sees("main", "password")
	late.Shots("77-login-wrong")
	s.replay(t)
}

// replay: the cookie of a session that was logged out opens nothing.
func (s *site) replay(t *testing.T) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	c := &http.Client{Jar: jar, CheckRedirect: stay}
	at, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	status := func(c *http.Client, method, path string, form url.Values) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, s.url+path, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		res, err := c.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.StatusCode, res.Header.Get("Location")
	}
	if code, _ := status(c, "POST", "/login", url.Values{"email": {address("ana")}, "password": {passphrase}}); code != http.StatusSeeOther {
		t.Fatalf("login: %d", code)
	}
	kept := jar.Cookies(at)
	if code, _ := status(c, "GET", "/people", nil); code != http.StatusOK || len(kept) == 0 {
		t.Fatalf("after the login: %d, %v", code, kept)
	}
	status(c, "POST", "/logout", nil)
	again, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	again.SetCookies(at, kept)
	if code, to := status(&http.Client{Jar: again, CheckRedirect: stay}, "GET", "/people", nil); code != http.StatusSeeOther || !strings.HasPrefix(to, "/login") {
		t.Errorf("the cookie of a session that is over opens the page: %d, %s", code, to)
	}
}

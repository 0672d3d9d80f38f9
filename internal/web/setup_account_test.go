package web_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/web"
)

// wantPage wants a status and words in the page.
func (a answer) wantPage(status int, words ...string) answer {
	a.t.Helper()
	if a.StatusCode != status {
		a.t.Errorf("%s %s: status %d, want %d: %.400s", a.Request.Method, a.Request.URL.Path, a.StatusCode, status, a.text("main"))
	}
	a.wants("body", words...)
	return a
}

// to wants a redirect to a path.
func (a answer) to(path string) answer {
	a.t.Helper()
	if got := a.Header.Get("Location"); a.StatusCode != http.StatusSeeOther || got != path {
		a.t.Errorf("%s %s: status %d to %q, want to %q: %.400s", a.Request.Method, a.Request.URL.Path, a.StatusCode, got, path, a.text("main"))
	}
	return a
}

// session is the token that the browser has.
func (b *browser) session() string {
	at, _ := url.Parse(b.url)
	for _, c := range b.c.Jar.Cookies(at) {
		if c.Name == "ninetyten" {
			return c.Value
		}
	}
	return ""
}

func (b *browser) setSession(token string) {
	at, _ := url.Parse(b.url)
	b.c.Jar.SetCookies(at, []*http.Cookie{{Name: "ninetyten", Value: token, Path: "/"}})
}

// give gives a user a password.
func (s *site) give(u sales.User, password string) {
	s.t.Helper()
	hash, err := s.auth.Hash(password)
	if err != nil {
		s.t.Fatal(err)
	}
	u.PasswordHash = hash
	if err := s.InTx(context.Background(), func(tx *store.Tx) error { return tx.SaveUser(context.Background(), u) }); err != nil {
		s.t.Fatal(err)
	}
}

const password = "four words to remember"

// fresh is a site without anybody.
func fresh(t *testing.T, change ...func(*web.Deps)) *site {
	return newSiteOn(t, nil, change...)
}

func TestFirstVisitMakesTheOwner(t *testing.T) {
	s := fresh(t, func(d *web.Deps) { d.SetupCode, d.PublicURL = "K7Q2", "https://sales.brightmail.example" })
	b := s.anybody()
	b.do("GET", "/", nil).to("/setup")
	b.do("GET", "/next", nil).to("/setup")
	b.do("GET", "/login", nil).to("/setup")
	b.get("/setup").wants("main", "Who are you?")
	good := []string{"name", "Ana Figueira", "email", "Ana@Brightmail.example", "password", password, "workspace", "Brightmail", "zone", "Europe/Lisbon"}
	with := func(name, value string) url.Values {
		v := form(good...)
		v.Set(name, value)
		return v
	}
	for _, c := range []struct{ name, value, says string }{
		{"name", " ", "Fill this in"}, {"workspace", "", "Fill this in"}, {"email", "ana", "not a mail address"}, {"zone", "Mars/Olympus", "no such time zone"},
		{"password", "short", "at least 10 characters"}, {"name", strings.Repeat("a", 201), "at most 200"},
	} {
		a := b.do("POST", "/setup", with(c.name, c.value)).wantPage(422, c.says)
		if c.name != "workspace" && a.value("[name=workspace]") != "Brightmail" {
			t.Errorf("%s: what was typed is gone", c.name)
		}
		if strings.Contains(a.body, password) {
			t.Error("the password is on the page")
		}
	}
	// From another machine the code of the log is asked for.
	outside := []string{"X-Forwarded-For", "203.0.113.7"}
	b.do("GET", "/setup", nil, outside...).wants("main", "The code from the server’s log")
	b.do("POST", "/setup", with("code", "wrong"), outside...).wantPage(422, "not the code")
	b.do("POST", "/setup", with("", ""), "Host", "x").to("/start") // loopback needs none
	if b.session() == "" {
		t.Fatal("the owner is not logged in")
	}
	b.get("/start").wants("main", "Five steps", "Ana Figueira", "Connect a mailbox")
	ws, err := s.Store.Workspaces(context.Background())
	if err != nil || len(ws) != 1 || ws[0].Settings.PublicURL != "https://sales.brightmail.example" || ws[0].Settings.Zone != "Europe/Lisbon" {
		t.Errorf("%v %+v", err, ws)
	}
	s.anybody().do("POST", "/setup", form(good...)).wantPage(409, "has an owner already")
	s.anybody().do("GET", "/setup", nil).to("/login")
}

func TestSetupFromOutsideWithTheCode(t *testing.T) {
	s := fresh(t, func(d *web.Deps) { d.SetupCode = "K7Q2" })
	b := s.anybody()
	v := form("name", "Ana", "email", "ana@brightmail.example", "password", password, "workspace", "Brightmail", "code", " K7Q2 ")
	b.do("POST", "/setup", v, "X-Real-Ip", "203.0.113.7").to("/start")
}

func TestGuessingTheSetupCodeIsSlow(t *testing.T) {
	s := fresh(t, func(d *web.Deps) { d.SetupCode = "K7Q2" })
	b := s.anybody()
	for i := range 8 {
		a := b.do("POST", "/setup", form("code", fmt.Sprint(i)), "Via", "1.1 proxy")
		if i == 7 {
			a.wantPage(422, "Too many attempts")
		}
	}
}

func TestLogin(t *testing.T) {
	s := newSite(t, 1)
	s.give(s.Seller, password)
	b := s.anybody()
	b.do("GET", "/people?search=x", nil).to("/login?to=%2Fpeople%3Fsearch%3Dx")
	b.get("/login?to=/people").wants("main", "Log in")
	known := b.do("POST", "/login", form("email", s.Seller.Email, "password", "not the right one", "to", "/people")).wantPage(422, "Address or password is not right")
	unknown := b.do("POST", "/login", form("email", "nobody@brightmail.example", "password", "x")).wantPage(422)
	if known.text("[role=alert]") != unknown.text("[role=alert]") {
		t.Error("the page tells which address is known")
	}
	if known.value("[name=email]") != s.Seller.Email || known.value("[name=to]") != "/people" || known.value("[name=password]") != "" {
		t.Error("the form does not keep what was typed, or keeps the password")
	}
	for _, evil := range []string{"//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"} {
		s.anybody().do("POST", "/login", form("email", s.Seller.Email, "password", password, "to", evil)).to("/next")
	}
	b.do("POST", "/login", form("email", strings.ToUpper(s.Seller.Email), "password", password, "to", "/sequences")).to("/sequences")
	b.do("GET", "/login", nil).to("/next")
	b.get("/settings/profile").wants("main", "Where you are logged in")
}

func TestLoginBeginsANewSession(t *testing.T) {
	s := newSite(t, 0)
	s.give(s.Seller, password)
	thief, victim := s.as(s.Owner), s.anybody()
	planted := thief.session()
	victim.setSession(planted)
	a := victim.do("POST", "/login", form("email", s.Seller.Email, "password", password))
	a.to("/next")
	if victim.session() == planted || victim.session() == "" {
		t.Fatal("the session planted before the login is kept")
	}
	thief.do("GET", "/settings/profile", nil).to("/login?to=%2Fsettings%2Fprofile")
	for _, c := range a.Cookies() {
		if c.Name == "ninetyten" && (!c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/") {
			t.Errorf("the cookie is %+v", c)
		}
	}
}

func TestLogoutRevokes(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Seller)
	token := b.session()
	b.post("/logout").to("/login")
	if b.session() != "" {
		t.Error("the cookie stays")
	}
	b.setSession(token)
	b.do("GET", "/settings/profile", nil).to("/login?to=%2Fsettings%2Fprofile")
	s.anybody().post("/logout").to("/login")
}

func TestGuessingPasswordsIsSlow(t *testing.T) {
	s := newSite(t, 0)
	s.give(s.Seller, password)
	b := s.anybody()
	last := answer{}
	for i := range 8 {
		last = b.do("POST", "/login", form("email", s.Seller.Email, "password", fmt.Sprint("guess", i)))
	}
	last.wantPage(429, "Too many attempts")
	b.do("POST", "/login", form("email", s.Seller.Email, "password", password)).wantPage(429, "Too many attempts")
}

func TestEnterIsForThePracticeWorldAlone(t *testing.T) {
	real := newSite(t, 0)
	token := real.as(real.Seller).session()
	real.anybody().do("GET", "/enter?token="+token, nil).wantPage(404)
	s := newSite(t, 0, func(d *web.Deps) { d.Practice = true })
	b := s.anybody()
	b.do("GET", "/enter?token=wrong", nil).wantPage(401)
	if b.session() != "" {
		t.Error("a wrong token is kept")
	}
	b.do("GET", "/enter?token="+s.as(s.Seller).session(), nil).to("/next")
	b.get("/settings/profile")
	s.anybody().get("/login").wants("main", "practice world")
}

func TestInvitation(t *testing.T) {
	s := newSite(t, 0)
	admin := s.as(s.Owner)
	a := admin.do("POST", "/settings/team", form("name", "Tomás Lima", "email", "tomas@brightmail.example", "role", "seller")).wantPage(200, "The link for Tomás Lima", "invited")
	link := a.value("#link")
	path := link[strings.Index(link, "/invite/"):]
	if !strings.HasPrefix(link, s.url+"/invite/") {
		t.Errorf("the link is %q", link)
	}
	if strings.Contains(admin.get("/settings/team").body, "/invite/") {
		t.Error("the link is shown twice")
	}
	b := s.anybody()
	b.get(path).wants("main", "Hello Tomás", "tomas@brightmail.example")
	b.do("POST", path, form("password", "short")).wantPage(422, "at least 10 characters")
	b.do("POST", path, form("password", password)).to("/start")
	b.get("/settings/mailboxes")
	b.do("GET", path, nil).wantPage(404, "does not work any more")
	s.anybody().do("POST", path, form("password", password)).wantPage(404, "does not work any more")
	s.anybody().do("GET", "/invite/nothing", nil).wantPage(404)
	s.anybody().do("POST", "/login", form("email", "tomas@brightmail.example", "password", password)).to("/next")
}

// mailed gives the unsubscribe link of a mail to the i-th person.
func (s *site) mailed(i int) string {
	s.t.Helper()
	m := sales.Mailing{WorkspaceID: s.Workspace.ID, ID: s.NewID(), Key: fmt.Sprint("test/", i), PersonID: s.People[i].ID, MailboxID: s.Mailbox.ID, UserID: s.Seller.ID, Kind: sales.MailingManual, State: sales.MailingQueued, To: s.People[i].Email, DueAt: s.clock.Now(), CreatedAt: s.clock.Now()}
	if err := s.InTx(context.Background(), func(tx *store.Tx) error { return tx.QueueMailing(context.Background(), m) }); err != nil {
		s.t.Fatal(err)
	}
	return "/u/" + s.Keys.Token(s.Workspace.ID, m.ID)
}

func (s *site) suppressed(i int) bool {
	s.t.Helper()
	_, yes, err := s.Store.Suppressed(context.Background(), s.Workspace.ID, s.People[i].Email)
	if err != nil {
		s.t.Fatal(err)
	}
	return yes
}

func TestUnsubscribePage(t *testing.T) {
	s := newSite(t, 1)
	e := s.Enroll(t, 0)
	link, b := s.mailed(0), s.anybody()
	for _, method := range []string{"GET", "HEAD", "GET"} {
		if a := b.do(method, link, nil); a.StatusCode != 200 || len(a.Cookies()) > 0 {
			t.Errorf("%s: %d, %v", method, a.StatusCode, a.Cookies())
		}
	}
	if s.suppressed(0) {
		t.Fatal("looking at the page unsubscribed")
	}
	a := b.get(link)
	a.wants("main", "Nothing has changed yet", "p…@brightwater.example", "Brightmail")
	if strings.Contains(a.body, s.People[0].Email) {
		t.Error("the page shows the whole address")
	}
	b.do("POST", link, form("List-Unsubscribe", "One-Click")).wantPage(200, "Done. No more mail.")
	if !s.suppressed(0) {
		t.Fatal("not on the list")
	}
	now, err := s.Store.Enrollment(context.Background(), s.Workspace.ID, e.ID)
	if err != nil || now.State != sales.OptedOut {
		t.Errorf("%v %s", err, now.State)
	}
	b.get(link).wants("main", "Done. No more mail.")
}

func TestOneClickUnsubscribe(t *testing.T) {
	s := newSite(t, 2)
	link := s.mailed(0)
	// As mail programs post it: no cookies, from another site, form or multipart (RFC 8058 section 3.2).
	for _, c := range []struct{ kind, body string }{
		{"application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"},
		{"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"},
	} {
		r, err := http.NewRequest("POST", s.url+link, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", c.kind)
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		r.Header.Set("Origin", "https://mail.example")
		res, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		res.Body.Close()
		if res.StatusCode != 200 || !s.suppressed(0) {
			t.Errorf("%s: %d, suppressed %v", c.kind, res.StatusCode, s.suppressed(0))
		}
	}
	list, _, err := s.Store.Suppressions(context.Background(), s.Workspace.ID, store.Page{})
	if err != nil || len(list) != 1 {
		t.Errorf("%v, %d entries", err, len(list))
	}
	if s.suppressed(1) {
		t.Error("somebody else is on the list")
	}
	cut := link[:len(link)-4]
	b := s.anybody()
	b.do("GET", cut, nil).wantPage(404, "not complete")
	b.do("POST", cut, form("List-Unsubscribe", "One-Click")).wantPage(404, "not complete")
}

package web_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
	"ninetyten/internal/web"
)

func TestProfile(t *testing.T) {
	s := newSite(t, 0)
	s.give(s.Seller, password)
	b := s.as(s.Seller)
	b.do("POST", "/settings/profile", form("name", "", "zone", "Mars/X")).wantPage(422, "Give your name")
	a := b.do("POST", "/settings/profile", form("name", "Ana F.", "zone", "Mars/X")).wantPage(422, "no time zone")
	if a.value("#f-name") != "Ana F." || a.value("#f-zone") != "Mars/X" {
		t.Error("what was typed is gone")
	}
	b.do("POST", "/settings/profile", form("name", "Ana Figueira", "zone", "Asia/Tokyo", "theme", "dark")).to("/settings/profile")
	a = b.get("/settings/profile")
	a.wants("body", "Saved.")
	if a.value("#f-name") != "Ana Figueira" || len(a.all("html[data-theme=dark]")) != 1 || len(a.all("html[data-letters=off]")) != 1 {
		t.Error("name, colours or keys are not kept")
	}
	b.do("POST", "/settings/profile", form("name", "Ana Figueira", "letters", "on"))
	if a = b.get("/settings/profile"); len(a.all("html[data-theme]"))+len(a.all("html[data-letters]")) != 0 {
		t.Error("the choices are not taken back")
	}
}

func TestPasswordAndSessions(t *testing.T) {
	s := newSite(t, 0)
	s.give(s.Seller, password)
	b, other, third := s.as(s.Seller), s.as(s.Seller), s.as(s.Seller)
	b.do("POST", "/settings/password", form("old", "wrong", "new", "another long sentence")).wantPage(422, "old password is not right")
	b.do("POST", "/settings/password", form("old", password, "new", "short")).wantPage(422, "at least 10 characters")
	b.do("POST", "/settings/password", form("old", password, "new", "another long sentence")).to("/settings/profile")
	b.get("/settings/profile")
	other.do("GET", "/settings/profile", nil).to("/login?to=%2Fsettings%2Fprofile")
	third.do("GET", "/settings/profile", nil).to("/login?to=%2Fsettings%2Fprofile")
	s.anybody().do("POST", "/login", form("email", s.Seller.Email, "password", password)).wantPage(422)

	other, third = s.as(s.Seller), s.as(s.Seller)
	stranger := s.as(s.Owner)
	a := b.get("/settings/profile")
	ends := a.all("form")
	var paths []string
	for _, f := range ends {
		if p := attr(f, "action"); strings.HasSuffix(p, "/end") {
			paths = append(paths, p)
		}
	}
	if len(paths) != 2 {
		t.Fatalf("%d sessions to end: %v", len(paths), paths)
	}
	stranger.do("POST", paths[0], form()).to("/settings/profile") // not theirs: ends nothing
	other.get("/settings/profile")
	third.get("/settings/profile")
	b.post(paths[0]).to("/settings/profile")
	gone := 0
	for _, x := range []*browser{other, third} {
		if x.do("GET", "/settings/profile", nil).StatusCode == http.StatusSeeOther {
			gone++
		}
	}
	if gone != 1 {
		t.Errorf("%d sessions ended, want 1", gone)
	}
	b.post("/settings/sessions/others")
	if a := b.get("/settings/profile"); len(a.all("section[aria-labelledby=sessions] tbody tr")) != 1 {
		t.Error("other sessions are left")
	}
}

func TestPasswordTriesAreLimited(t *testing.T) {
	s := newSite(t, 0)
	s.give(s.Seller, password)
	b := s.as(s.Seller)
	last := answer{}
	for range 8 {
		last = b.do("POST", "/settings/password", form("old", "guess", "new", "another long sentence"))
	}
	last.wantPage(429, "Too many attempts")
}

// user adds a user of a role.
func (s *site) user(role sales.Role, name string) sales.User {
	s.t.Helper()
	u := sales.User{WorkspaceID: s.Workspace.ID, ID: s.NewID(), Email: strings.ToLower(name) + "-" + s.Workspace.ID.String() + "@brightmail.example", Name: name, Role: role, Zone: "Europe/Lisbon", CreatedAt: storetest.Now}
	if err := s.InTx(context.Background(), func(tx *store.Tx) error { return tx.InsertUser(context.Background(), u) }); err != nil {
		s.t.Fatal(err)
	}
	return u
}

func TestTeam(t *testing.T) {
	s := newSite(t, 0)
	s.give(s.Seller, password)
	admin := s.user(sales.RoleAdmin, "Ada")
	b, seller := s.as(admin), s.as(s.Seller)
	row := "/settings/team/" + s.Seller.ID.String()
	b.do("POST", "/settings/team", form("name", "", "email", "x@brightmail.example", "role", "seller")).wantPage(422, "Give the name")
	a := b.do("POST", "/settings/team", form("name", "Ida", "email", "ida", "role", "manager")).wantPage(422, "not a mail address")
	if a.value("#f-name") != "Ida" || len(a.all("input[name=role][value=manager][checked]")) != 1 {
		t.Error("what was typed is gone")
	}
	b.do("POST", "/settings/team", form("name", "Ana", "email", s.Seller.Email, "role", "seller")).wantPage(409, "exists already")
	b.do("POST", "/settings/team", form("name", "Otto", "email", "otto@brightmail.example", "role", "owner")).wantPage(403, "only an owner may make owners")
	b.do("POST", "/settings/team", form("name", "Otto", "email", "otto@brightmail.example", "role", "king")).wantPage(422, "Choose one of the roles")

	b.post(row+"/role", "role", "manager").to("/settings/team")
	seller.do("GET", "/settings/team", nil).wantPage(403)
	b.do("POST", row+"/role", form("role", "owner")).wantPage(403)
	b.do("POST", "/settings/team/"+s.Owner.ID.String()+"/role", form("role", "seller")).wantPage(403)
	b.do("POST", "/settings/team/"+s.Owner.ID.String()+"/disable", form()).wantPage(403)
	b.do("POST", "/settings/team/"+admin.ID.String()+"/disable", form()).wantPage(422, "cannot do this to yourself")
	b.do("POST", "/settings/team/"+admin.ID.String()+"/link", form()).wantPage(422, "log you out")

	b.post(row + "/logout")
	seller.do("GET", "/settings/profile", nil).to("/login?to=%2Fsettings%2Fprofile")
	seller = s.as(s.Seller)
	b.post(row + "/disable")
	b.get("/settings/team").wants("main", "shut out")
	seller.do("GET", "/settings/profile", nil).to("/login?to=%2Fsettings%2Fprofile")
	s.anybody().do("POST", "/login", form("email", s.Seller.Email, "password", password)).wantPage(422)
	b.post(row + "/enable")
	s.anybody().do("POST", "/login", form("email", s.Seller.Email, "password", password)).to("/next")
	link := b.do("POST", row+"/link", form()).wantPage(200, "The link for Ana Seller").value("#link")
	fresh := s.anybody()
	fresh.do("POST", link[strings.Index(link, "/invite/"):], form("password", "quite another sentence")).to("/start")
	s.anybody().do("POST", "/login", form("email", s.Seller.Email, "password", password)).wantPage(422)

	owner := s.as(s.Owner)
	owner.do("POST", row+"/role", form("role", "owner")).to("/settings/team")
}

func box(fields ...string) []string {
	return append([]string{"address", "tomas@brightmail.example", "name", "Tomás Lima", "username", "tomas", "password", "app password", "smtp_host", "smtp.brightmail.example", "smtp_port", "465", "smtp_security", "tls",
		"imap_host", "imap.brightmail.example", "imap_port", "993", "imap_security", "tls", "signature", "Tomás\r\nBrightmail"}, fields...)
}

// typed is a form with some fields typed over.
func typed(base []string, fields ...string) []string {
	v := form(base...)
	for i := 0; i+1 < len(fields); i += 2 {
		v.Set(fields[i], fields[i+1])
	}
	var out []string
	for name := range v {
		out = append(out, name, v.Get(name))
	}
	return out
}

func TestConnectAMailbox(t *testing.T) {
	probed := make(chan sales.Mailbox, 10)
	report := make(chan sales.ProbeReport, 10)
	s := newSite(t, 0, func(d *web.Deps) {
		d.Probe = func(_ context.Context, mb sales.Mailbox) sales.ProbeReport {
			probed <- mb
			return <-report
		}
	})
	u := s.user(sales.RoleSeller, "Tomas")
	b := s.as(u)
	b.get("/settings/mailboxes").wants("main", "Your own mailbox goes here")
	a := b.get("/settings/mailboxes/new")
	if len(a.all("#provider option")) < 7 || a.value("#f-smtp_port") != "465" || len(a.all("#f-user")) != 0 {
		t.Error("the form lacks providers or a beginning, or lets a seller choose whose it is")
	}
	for _, c := range []struct{ name, value, says string }{
		{"address", "tomas", "not a mail address"}, {"password", "", "needs its password"}, {"smtp_host", "https://smtp.x.example/", "name of the server alone"}, {"imap_host", "", "name of the server alone"},
		{"smtp_port", "70000", "from 1 to 65535"}, {"imap_port", "x", "from 1 to 65535"}, {"smtp_security", "none", "could be read on its way"}, {"imap_security", "magic", "Choose TLS or STARTTLS"},
		{"per_day", "-1", "A number from 0"}, {"gap_min", "100000000", "A number from 0"}, {"name", "a\nb", "in one line"},
	} {
		a := b.do("POST", "/settings/mailboxes", form(typed(box(), c.name, c.value)...)).wantPage(422, c.says)
		if a.value("#f-username") != "tomas" || strings.Contains(a.body, "app password\"") {
			t.Errorf("%s: the form lost what was typed, or shows the password", c.name)
		}
	}
	if a = b.do("POST", "/settings/mailboxes", form(box()...)); a.StatusCode != 303 {
		t.Fatal(a.text("main"))
	}
	page := a.Header.Get("Location")
	mb := <-probed
	if mb.SMTP.Password != "app password" || mb.IMAP.Username != "tomas" || mb.UserID != u.ID || mb.Signature != "Tomás\nBrightmail" {
		t.Errorf("tried out: %+v", mb)
	}
	a = b.get(page)
	a.wants("#check", "Testing…")
	check := attr(a.all("#check")[0], "hx-get")
	b.part(check).wants("#check", "Testing…")
	report <- sales.ProbeReport{Steps: []sales.ProbeStep{{Name: "Log in to send", OK: true, Say: "Fine."}, {Name: "Log in to read", Say: "It says: 535 authentication failed."}}}
	b.until(check, "#check", "It does not work yet", "535 authentication failed")
	if strings.Contains(b.get(page).body, "app password\"") {
		t.Error("the stored password is on the page")
	}

	// Another server does not get the stored password.
	b.do("POST", page, form(typed(box(), "password", "", "smtp_host", "evil.example")...)).wantPage(422, "Enter the password again")
	b.do("POST", page, form(typed(box(), "password", "", "name", "T. Lima")...)).to(page)
	if mb = <-probed; mb.SMTP.Password != "app password" || mb.Name != "T. Lima" {
		t.Errorf("tried out: %+v", mb)
	}
	report <- sales.ProbeReport{OK: true, Sent: "Sent Items", Junk: "Spam", SavesSent: true, Steps: []sales.ProbeStep{{Name: "Find that mail", OK: true, Say: "It arrived."}}}
	b.until(check, "#check", "It works", "It arrived.")
	got, err := s.Store.Mailbox(context.Background(), s.Workspace.ID, mb.ID)
	if err != nil || got.SentFolder != "Sent Items" || got.JunkFolder != "Spam" || !got.SavesSent {
		t.Errorf("%v %+v", err, got)
	}
	b.do("POST", "/settings/mailboxes", form(box()...)).wantPage(409, "connected already")
	b.post(page + "/pause").to("/settings/mailboxes")
	b.get("/settings/mailboxes").wants("main", "Paused", "0 of 5 today", "grows by 2", "not read yet")
	b.post(page + "/resume")

	// Nobody else's.
	other := s.as(s.Seller)
	for _, path := range []string{page, check} {
		other.do("GET", path, nil).wantPage(403)
	}
	for _, path := range []string{page, page + "/test", page + "/pause", page + "/resume"} {
		other.do("POST", path, form(box()...)).wantPage(403)
	}
	if strings.Contains(other.get("/settings/mailboxes").body, "tomas@brightmail.example") {
		t.Error("a seller sees the mailbox of another")
	}
	admin := s.as(s.Owner)
	admin.get("/settings/mailboxes").wants("main", "tomas@brightmail.example", "ana@brightmail.example")
	admin.get(page)
	b.do("POST", "/settings/mailboxes", form(typed(box(), "address", "x@brightmail.example", "user", s.Seller.ID.String())...)).wantPage(403)
}

// until loads a part again until it says some words.
func (b *browser) until(path, selector string, words ...string) answer {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		a := b.part(path)
		text := a.text(selector)
		all := true
		for _, w := range words {
			all = all && strings.Contains(text, w)
		}
		if all {
			return a
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			b.t.Fatalf("%s never says %q: %s", path, words, text)
		}
	}
}

func TestManyChecksAtOnce(t *testing.T) {
	hold := make(chan struct{})
	s := newSite(t, 0, func(d *web.Deps) {
		d.Probe = func(context.Context, sales.Mailbox) sales.ProbeReport { <-hold; return sales.ProbeReport{OK: true} }
	})
	b := s.as(s.Owner)
	for i := range 5 {
		a := b.do("POST", "/settings/mailboxes", form(typed(box(), "address", fmt.Sprintf("box%d@brightmail.example", i))...))
		if want := map[bool]int{true: 303, false: 429}[i < 4]; a.StatusCode != want {
			t.Errorf("%d: status %d, want %d", i, a.StatusCode, want)
		}
	}
	close(hold)
}

func schedule(fields ...string) []string {
	out := []string{"company", "Brightmail", "zone", "Europe/Lisbon", "call-from", "09:00", "call-to", "17:00", "touches", "4", "rest_days", "30", "answer_goal", "20", "postal_address", "Rua Nova 1\r\nPorto", "public_url", "https://sales.brightmail.example/",
		"per_domain_day", "10", "per_account_day", "3", "guard_sends", "40", "guard_bounces", "4,5", "guard_complaints", "0.2 %", "stages", "new\r\n  in  talks \r\n\r\nNEW\r\ncustomer"}
	for d := 1; d <= 5; d++ {
		out = append(out, fmt.Sprintf("from-%d-0", d), "08:30", fmt.Sprintf("to-%d-0", d), "11:30")
	}
	return append(out, fields...)
}

// manyLines are so many different lines.
func manyLines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<script>%d</script>\n", i)
	}
	return b.String()
}

func TestSchedule(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Owner)
	b.get("/settings/schedule").wants("main", "As it is now, a mail to somebody in UTC")
	for _, c := range []struct{ name, value, says string }{
		{"from-1-0", "", "write both times"}, {"to-2-0", "07:00", "ends before it begins"}, {"from-3-0", "25:00", "write both times"}, {"call-to", "", "write both times"}, {"touches", "0", "from 1 to 100"}, {"rest_days", "x", "from 1 to 730"},
		{"answer_goal", "9999", "from 1 to 1,440"}, {"zone", "Nowhere", "no such time zone"}, {"public_url", "sales.example", "should look like https://"}, {"company", strings.Repeat("a", 201), "At most 200"},
		{"per_domain_day", "-1", "from 0 to 100,000"}, {"per_account_day", "", "from 0 to 100,000"}, {"guard_sends", "x", "from 0 to 100,000"}, {"guard_bounces", "101", "from 0 to 100 %"}, {"guard_bounces", "NaN", "from 0 to 100 %"},
		{"guard_complaints", "0.25", "one digit after the point"}, {"stages", " \r\n", "Keep at least one stage"}, {"stages", strings.Repeat("x", 101), "more than 100 characters"}, {"stages", manyLines(51), "At most 50"},
	} {
		a := b.do("POST", "/settings/schedule", form(typed(schedule(), c.name, c.value)...)).wantPage(422, c.says)
		if c.name != "postal_address" && !strings.Contains(a.value("#f-postal_address"), "Rua Nova 1") {
			t.Errorf("%s: what was typed is gone", c.name)
		}
	}
	b.post("/settings/schedule", schedule("from-0-0", "18:00", "to-0-0", "00:00")...).to("/settings/schedule")
	w, err := s.Store.Workspace(context.Background(), s.Workspace.ID)
	set := w.Settings
	if err != nil || set.PublicURL != "https://sales.brightmail.example" || set.Zone != "Europe/Lisbon" || set.Holidays || set.AnswerGoal != 20*time.Minute || len(set.Windows[time.Saturday]) != 0 ||
		set.PerDomainDay != 10 || set.PerAccountDay != 3 || set.GuardSends != 40 || set.GuardBounces != 45 || set.GuardComplaints != 2 || strings.Join(set.Stages, "|") != "new|in talks|customer" ||
		set.Windows[time.Sunday][0] != (sales.Window{From: 18 * 60, To: 24 * 60}) || set.PostalAddress != "Rua Nova 1\nPorto" || set.CallWindow.From != 9*60 {
		t.Errorf("%v %+v", err, set)
	}
	a := b.get("/settings/schedule")
	if a.value("#f-guard_bounces") != "4.5" || a.value("#f-guard_complaints") != "0.2" || a.value("#f-stages") != "new in talks customer" {
		t.Error("the shares or the stages are not shown as they were saved")
	}
	if a.value("[name=to-0-0]") != "00:00" || a.value("[name=from-1-0]") != "08:30" {
		t.Error("the windows are not shown as they were saved")
	}
	b.post("/settings/schedule", typed(schedule(), "from-1-0", "", "to-1-0", "", "from-2-0", "", "to-2-0", "", "from-3-0", "", "to-3-0", "", "from-4-0", "", "to-4-0", "", "from-5-0", "", "to-5-0", "")...)
	b.get("/settings/schedule").wants("main", "no mail ever goes")
}

func TestSuppressions(t *testing.T) {
	s := newSite(t, 1)
	e := s.Enroll(t, 0)
	b := s.as(s.Owner)
	b.get("/settings/suppressions").wants("main", "The list is empty")
	for _, bad := range []string{"", "nonsense", "a b@c", "<script>"} {
		b.do("POST", "/settings/suppressions", form("value", bad, "why", "x")).wantPage(422)
	}
	b.post("/settings/suppressions", "value", " "+strings.ToUpper(s.People[0].Email)+" ", "why", "Asked on the phone").to("/settings/suppressions")
	b.post("/settings/suppressions", "value", "@Competitor.example", "why", "A competitor")
	b.get("/settings/suppressions").wants("main", s.People[0].Email, "Asked on the phone", "competitor.example", "everybody at this domain")
	now, err := s.Store.Enrollment(context.Background(), s.Workspace.ID, e.ID)
	if err != nil || now.State.Alive() {
		t.Errorf("%v: the sequence goes on: %s", err, now.State)
	}
	b.get("/settings/suppressions?q=competitor.example").wants("main", "A competitor")
	b.get("/settings/suppressions?q=compet").wants("main", "Nothing on the list matches")
	for i := range 60 {
		b.post("/settings/suppressions", "value", fmt.Sprintf("p%d@many.example", i), "why", "test")
	}
	a := b.get("/settings/suppressions")
	more := attr(a.all("tbody tr[hx-get]")[0], "hx-get")
	rest := b.part(more)
	rest.body = "<table>" + rest.body + "</table>" // rows alone are no document
	if rows := len(a.all("tbody tr")) - 1 + len(rest.all("tr")); rows != 62 || !strings.Contains(rest.body, "competitor.example") {
		t.Errorf("%d rows on two pages", rows)
	}
	list, err := s.Store.FindSuppressions(context.Background(), s.Workspace.ID, "competitor.example")
	if err != nil || len(list) != 1 {
		t.Fatal(err, list)
	}
	path := "/settings/suppressions/" + list[0].ID.String() + "/remove"
	seller, manager := s.as(s.Seller), s.as(s.user(sales.RoleManager, "Mara"))
	if a := seller.get("/settings/suppressions"); len(a.all("form[action=/settings/suppressions][method=post]")) != 0 {
		t.Error("a seller is shown the form")
	}
	seller.do("POST", "/settings/suppressions", form("value", "x@y.example", "why", "x")).wantPage(403)
	manager.post("/settings/suppressions", "value", "x@y.example", "why", "x")
	manager.do("POST", path, form()).wantPage(403)
	b.post(path)
	b.get("/settings/suppressions?q=competitor.example").wants("main", "Nothing on the list matches")
}

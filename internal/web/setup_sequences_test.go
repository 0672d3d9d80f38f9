package web_test

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// step is the form of a step.
func step(kind string, fields ...string) []string {
	return append([]string{"kind", kind, "delay_n", "2", "delay_unit", "working_days"}, fields...)
}

// stored gives a sequence as it is stored, by the path of one of its pages.
func (s *site) stored(page string) sales.Sequence {
	s.t.Helper()
	id, err := sales.ParseID(strings.Split(page, "/")[2])
	if err != nil {
		s.t.Fatal(err)
	}
	q, err := s.Store.Sequence(context.Background(), s.Workspace.ID, id)
	if err != nil {
		s.t.Fatal(err)
	}
	return q
}

func TestBuildASequence(t *testing.T) {
	s := newSite(t, 2)
	b := s.as(s.Seller)
	b.do("POST", "/sequences", form("name", " ", "from", "empty")).wantPage(422, "needs a name")
	b.do("POST", "/sequences", form("name", strings.Repeat("x", 201))).wantPage(422, "at most 200")
	edit := b.post("/sequences", "name", "After the fair", "from", "empty").Header.Get("Location")
	page := strings.TrimSuffix(edit, "/edit")
	b.get(edit).wants("main", "The first step")
	b.get(edit+"?add=0").wants("#step-form", "What it does", "Subject")

	for _, c := range []struct {
		fields []string
		says   string
	}{
		{step("auto_mail", "subject", "Hello", "body", ""), "has no text"},
		{step("auto_mail", "subject", "Hello", "body", "Hello {{ first_name"), "first_name"},
		{step("magic"), "unknown kind"},
		{step("call", "delay_n", "soon"), ""},
		{[]string{"kind", "call", "delay_n", "x", "delay_unit", "days"}, "must be a number"},
		{[]string{"kind", "call", "delay_n", "-1", "delay_unit", "days"}, "use a number from 0"},
		{[]string{"kind", "call", "delay_n", "1", "delay_unit", "fortnights"}, "Choose a unit"},
		{step("their_move", "max_wait_days", "9999"), "from 1 to 365"},
	} {
		if c.says == "" {
			continue
		}
		a := b.do("POST", page+"/steps", form(c.fields...)).wantPage(422, c.says)
		if len(a.all("#step-form")) != 1 {
			t.Errorf("%v: the form is gone", c.fields)
		}
	}
	a := b.do("POST", page+"/steps", form(step("auto_mail", "subject", "One <b>thing</b>", "body", "Text {{ nope }} \"quoted\"\r\nsecond", "position", "0")...))
	a.to(edit) // an unknown field can be saved in a draft, and is said
	b.get(edit).wants("main", "There is no field nope")
	q := s.stored(page)
	if q.Steps[0].Body != "Text {{ nope }} \"quoted\"\nsecond" || q.Steps[0].Subject != "One <b>thing</b>" {
		t.Errorf("%+v", q.Steps[0])
	}
	b.do("POST", page+"/start", form()).wantPage(422, "There is no field nope", "Mend what is marked")
	first := fmt.Sprintf("%s/steps/%d", page, q.Steps[0].ID)
	form1 := step("auto_mail", "subject", "A question about {{ company }}", "body", "Hello {{ first_name | default: \"there\" }},\n\nwho re-plans?")
	b.do("POST", first+"?preview=1", form(form1...)).wantPage(200, "A question about Brightwater Logistics", "Hello Marta,", "From Ana Seller <ana@brightmail.example>")
	if got := s.stored(page).Steps[0].Subject; got != "One <b>thing</b>" {
		t.Errorf("the preview saved %q", got)
	}
	b.post(first, form1...).to(edit)

	// Every kind, then moved about.
	for i, f := range [][]string{step("auto_mail", "body", "One number."), step("approve_mail", "body", "By hand."), step("call", "note", "Ask\r\nand listen"), step("task", "note", "Look at the site"), step("their_move", "max_wait_days", "20")} {
		b.post(page+"/steps", append(f, "position", fmt.Sprint(i+1))...).to(edit)
	}
	q = s.stored(page)
	kinds := ""
	for _, st := range q.Steps {
		kinds += string(st.Kind) + " "
	}
	if kinds != "auto_mail auto_mail approve_mail call task their_move " || q.Steps[3].Note != "Ask\nand listen" || q.Steps[5].MaxWaitDays != 20 || !q.Steps[1].SameThread() {
		t.Fatalf("%s %+v", kinds, q.Steps)
	}
	call := fmt.Sprintf("%s/steps/%d", page, q.Steps[3].ID)
	b.post(call + "/up")
	b.post(call + "/up")
	b.post(call + "/down")
	b.post(fmt.Sprintf("%s/steps/%d/up", page, q.Steps[0].ID)) // the first stays
	b.post(fmt.Sprintf("%s/steps/%d/remove", page, q.Steps[4].ID))
	kinds = ""
	for _, st := range s.stored(page).Steps {
		kinds += string(st.Kind) + " "
	}
	if kinds != "auto_mail auto_mail call approve_mail their_move " {
		t.Error(kinds)
	}
	b.do("POST", call+"/sideways", form()).wantPage(404)
	b.do("POST", fmt.Sprintf("%s/steps/%d/remove", page, q.Steps[4].ID), form()).wantPage(404, "This step is gone")
	b.do("POST", fmt.Sprintf("%s/steps/%d", page, s.Sequence.Steps[0].ID), form(form1...)).wantPage(404, "This step is gone")

	b.do("POST", page+"/name", form("name", "")).wantPage(422, "needs a name")
	b.post(page+"/name", "name", "After <the> fair")
	rules := []string{"max_auto_mails", "2", "active_per_account", "3", "colleagues", "stop", "ooo_default_days", "9"}
	for _, c := range [][2]string{{"max_auto_mails", "0"}, {"active_per_account", "x"}, {"ooo_default_days", "61"}, {"colleagues", "sing"}} {
		b.do("POST", page+"/rules", form(typed(rules, c[0], c[1])...)).wantPage(422)
	}
	b.post(page+"/rules", rules...)
	if r := s.stored(page).Rules; r.MaxAutoMails != 2 || r.ActivePerAccount != 3 || r.Colleagues != sales.ColleaguesStop || r.OOODefaultDays != 9 || r.Unsubscribe {
		t.Errorf("%+v", r)
	}
	b.get(page).wants("main", "After <the> fair", "A draft: nothing goes out")
	b.get(page).wants("aside", "Colleagues stop when one answers", "have no line to stop", "ana@brightmail.example", "0 of 5 today")
}

func TestStartPauseArchive(t *testing.T) {
	s := newSite(t, 3)
	b := s.as(s.Seller)
	page := strings.TrimSuffix(b.post("/sequences", "name", "Four steps", "from", "four").Header.Get("Location"), "/edit")
	q := s.stored(page)
	b.get(page+"/preview").wants("main", "Nobody is in it yet")
	if _, err := s.desk.Enroll(context.Background(), s.Viewer(), q.ID, []sales.ID{s.People[0].ID, s.People[1].ID}); err != nil {
		t.Fatal(err)
	}
	a := b.get(page + "/preview")
	a.wants("main", "2 people", "5 today from one mailbox, growing to 30 a day", "one working day", "today 10:00", "Fri 6 Mar", "Lisbon")
	a.wants("#mail", "Hello Marta,", "In the same thread")
	a = b.get(page + "/preview?person=" + s.People[1].ID.String())
	a.wants("#mail", s.People[1].Email)
	b.post(page + "/start").to(page)
	b.get(page).wants("body", "It runs.", "Running since", "2 people in it", "2 wait here for")
	b.get(page+"/people").wants("main", "Marta Oliveira", "Brightwater Logistics", "1 of 4: automatic mail")
	b.get("/sequences").wants("main", "Four steps", "Fleet ops, autumn", "Ana Seller")

	// A change of a running sequence that would break it is refused.
	for _, st := range slices.Clone(q.Steps[1:]) {
		remove := fmt.Sprintf("%s/steps/%d/remove", page, st.ID)
		b.do("POST", remove, form()).wantPage(200, "What this changes", "Removed", "Nobody gets a mail twice")
		if got := len(s.stored(page).Steps); got != len(q.Steps) {
			t.Fatalf("%d steps: it was saved before it was confirmed", got)
		}
		b.do("POST", remove, form("confirmed", "1")).wantPage(409, "Somebody else changed this sequence meanwhile")
		b.post(remove, "confirmed", fmt.Sprint(s.stored(page).Version))
		q.Steps = s.stored(page).Steps
	}
	b.do("POST", fmt.Sprintf("%s/steps/%d/remove", page, q.Steps[0].ID), form()).wantPage(422, "needs at least one step")

	b.post(page + "/pause")
	b.get(page).wants("main", "Paused: nothing goes out")
	b.post(page + "/resume")
	b.post(page + "/archive")
	b.get(page+"/people?state=ended").wants("main", "The sequence was archived")
	if strings.Contains(b.get("/sequences").text("main"), "Four steps") {
		t.Error("the archived one is still in the list")
	}
	b.get("/sequences?archived=1").wants("main", "Four steps", "Archived")
	b.do("GET", page+"/edit", nil).wantPage(403, "archived")
	b.do("POST", page+"/name", form("name", "x")).wantPage(403, "archived")
}

func TestStartNeedsAMailbox(t *testing.T) {
	s := fresh(t)
	b := s.anybody()
	b.do("POST", "/setup", form("name", "Ana", "email", "ana@brightmail.example", "password", password, "workspace", "Brightmail")).to("/start")
	page := strings.TrimSuffix(b.post("/sequences", "name", "First", "from", "four").Header.Get("Location"), "/edit")
	b.get(page+"/preview").wants("main", "No mailbox is connected yet")
	b.do("POST", page+"/start", form()).wantPage(422, "Connect a mailbox first")
	b.get("/start").wants("main", "A sequence", "First")
}

func TestSequencesOfOthers(t *testing.T) {
	s := newSite(t, 1)
	s.Enroll(t, 0)
	other := s.as(s.user(sales.RoleSeller, "Tomas"))
	manager := s.as(s.user(sales.RoleManager, "Mara"))
	page := "/sequences/" + s.Sequence.ID.String()
	// Colleagues may look, but see nobody else's people.
	other.get(page)
	a := other.get(page + "/people")
	if strings.Contains(a.text("main"), "Marta") {
		t.Error("a seller sees the people of another")
	}
	other.do("GET", page+"/edit", nil).wantPage(403)
	for _, path := range []string{"/name", "/rules", "/steps", "/start", "/pause", "/resume", "/archive", fmt.Sprintf("/steps/%d", s.Sequence.Steps[0].ID), fmt.Sprintf("/steps/%d/remove", s.Sequence.Steps[0].ID)} {
		other.do("POST", page+path, form("name", "Mine")).wantPage(403)
	}
	manager.get(page+"/people").wants("main", "Marta")
	manager.post(page + "/pause")
	manager.get(page + "/edit")
}

// everything is each page and command about one thing of a workspace, with its IDs.
func (s *site) everything() map[string][]string {
	id := func(x sales.ID) string { return x.String() }
	return map[string][]string{
		"GET": {"/sequences/" + id(s.Sequence.ID), "/sequences/" + id(s.Sequence.ID) + "/edit", "/sequences/" + id(s.Sequence.ID) + "/preview", "/sequences/" + id(s.Sequence.ID) + "/people", "/sequences/" + id(s.Sequence.ID) + "/people/rows",
			"/settings/mailboxes/" + id(s.Mailbox.ID), "/settings/mailboxes/" + id(s.Mailbox.ID) + "/check"},
		"POST": {"/sequences/" + id(s.Sequence.ID) + "/name", "/sequences/" + id(s.Sequence.ID) + "/rules", "/sequences/" + id(s.Sequence.ID) + "/steps", "/sequences/" + id(s.Sequence.ID) + "/start", "/sequences/" + id(s.Sequence.ID) + "/pause",
			"/sequences/" + id(s.Sequence.ID) + "/resume", "/sequences/" + id(s.Sequence.ID) + "/archive", "/settings/mailboxes/" + id(s.Mailbox.ID), "/settings/mailboxes/" + id(s.Mailbox.ID) + "/test", "/settings/mailboxes/" + id(s.Mailbox.ID) + "/pause",
			"/settings/mailboxes/" + id(s.Mailbox.ID) + "/resume", "/settings/team/" + id(s.Seller.ID) + "/link", "/settings/team/" + id(s.Seller.ID) + "/role", "/settings/team/" + id(s.Seller.ID) + "/disable", "/settings/team/" + id(s.Seller.ID) + "/enable", "/settings/team/" + id(s.Seller.ID) + "/logout"},
	}
}

func TestAnotherWorkspaceSeesNothing(t *testing.T) {
	s := newSite(t, 1)
	they := storetest.NewWorld(t, s.Store, 0)
	b := s.as(they.Owner)
	for method, paths := range s.everything() {
		for _, path := range paths {
			var f url.Values
			if method == "POST" {
				f = form("name", "Mine", "role", "seller")
			}
			if a := b.do(method, path, f); a.StatusCode != 404 {
				t.Errorf("%s %s: status %d, want 404: %.200s", method, path, a.StatusCode, a.text("main"))
			}
		}
	}
	if strings.Contains(b.get("/settings/team").body, s.Seller.Email) || strings.Contains(b.get("/settings/mailboxes").body, s.Seller.ID.String()) {
		t.Error("another workspace is on the page")
	}
	// What another workspace put on the list can neither be seen nor taken off.
	if err := s.desk.Suppress(context.Background(), sales.Viewer{WorkspaceID: s.Workspace.ID, UserID: s.Owner.ID, Role: sales.RoleOwner}, "rival.example", "ours"); err != nil {
		t.Fatal(err)
	}
	list, err := s.Store.FindSuppressions(context.Background(), s.Workspace.ID, "rival.example")
	if err != nil || len(list) != 1 {
		t.Fatal(err, list)
	}
	b.do("POST", "/settings/suppressions/"+list[0].ID.String()+"/remove", form())
	if list, err = s.Store.FindSuppressions(context.Background(), s.Workspace.ID, "rival.example"); err != nil || len(list) != 1 {
		t.Error("another workspace took it off", err)
	}
	a := b.do("POST", "/settings/mailboxes", form(typed(box(), "user", s.Seller.ID.String())...)).wantPage(422, "somebody of your team")
	_ = a
}

func TestWithoutALogin(t *testing.T) {
	s := newSite(t, 1)
	b := s.anybody()
	for method, paths := range s.everything() {
		for _, path := range paths {
			var f url.Values
			want := 303
			if method == "POST" {
				f, want = form("name", "x"), 401
			}
			if a := b.do(method, path, f); a.StatusCode != want {
				t.Errorf("%s %s: status %d, want %d", method, path, a.StatusCode, want)
			}
		}
	}
	owner := s.as(s.Owner)
	for _, path := range append(s.everything()["POST"], "/settings/profile", "/settings/password", "/settings/team", "/settings/schedule", "/settings/suppressions", "/sequences", "/import", "/logout", "/login") {
		owner.do("POST", path, form("name", "x"), "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example").wantPage(403, "came from another site")
	}
}

func TestPeopleInsideInPages(t *testing.T) {
	s := newSite(t, 130)
	for i := range 130 {
		s.Enroll(t, i)
	}
	b := s.as(s.Seller)
	a := b.get("/sequences/" + s.Sequence.ID.String() + "/people?step=1")
	seen := map[string]bool{}
	next := ""
	collect := func(a answer) {
		next = ""
		for _, row := range a.all("tr") {
			if h := attr(row, "hx-get"); h != "" {
				next = h
			}
		}
		for _, l := range a.all("tr[data-row] th a") {
			seen[attr(l, "href")] = true
		}
	}
	collect(a)
	for pages := 0; next != "" && pages < 10; pages++ {
		rows := b.part(next)
		rows.body = "<table>" + rows.body + "</table>" // rows alone are no document
		collect(rows)
	}
	if len(seen) != 130 {
		t.Errorf("%d people on all pages", len(seen))
	}
	if strings.Contains(b.get("/sequences/"+s.Sequence.ID.String()+"/people?step=2").text("main"), "Marta") {
		t.Error("step 2 shows those at step 1")
	}
	b.get("/sequences/"+s.Sequence.ID.String()+"/people?state=nonsense&step=-4&after=zz").wants("main", "Marta")
}

func TestWhyWaiting(t *testing.T) {
	s := newSite(t, 5)
	ctx := context.Background()
	now := storetest.Now
	for i, change := range []func(e *sales.Enrollment){
		func(e *sales.Enrollment) {},
		func(e *sales.Enrollment) {
			e.State, e.Reason, e.Until = sales.Paused, sales.PausedOutOfOffice, now.Add(5*24*time.Hour)
		},
		func(e *sales.Enrollment) { e.State, e.Position = sales.WaitingHuman, 2 },
		func(e *sales.Enrollment) { e.State, e.Reason = sales.OptedOut, sales.EndUnsubscribe },
		func(e *sales.Enrollment) {},
	} {
		p := s.People[i]
		e := sales.Enrollment{WorkspaceID: s.Workspace.ID, ID: s.NewID(), SequenceID: s.Sequence.ID, PersonID: p.ID, AccountID: p.AccountID, OwnerID: s.Seller.ID, MailboxID: s.Mailbox.ID, State: sales.Active, StateAt: now, NextAt: now.Add(24 * time.Hour), Version: 1, EnrolledAt: now}
		change(&e)
		if err := s.InTx(ctx, func(tx *store.Tx) error {
			if err := tx.InsertEnrollment(ctx, e); err != nil || i != 4 {
				return err
			}
			return tx.HoldEnrollment(ctx, e.WorkspaceID, e.ID, sales.GateLimits, "the mailbox has sent its 5 of today", now.Add(20*time.Hour))
		}); err != nil {
			t.Fatal(err)
		}
	}
	b := s.as(s.Seller)
	page := "/sequences/" + s.Sequence.ID.String()
	b.get(page).wants("main", "3 wait here:", "1 for their day", "1 for a free place in the mailbox", "1 paused: out of office", "1 waits here for one of you", "4 people in it, 1 of them wait for one of you, 1 through it")
	b.get(page+"/people").wants("main", "Not yet: the mailbox has sent its 5 of today", "Out of office since today", "goes on by itself Sun 8 Mar", "Comes tomorrow", "In Next since")
	b.get(page+"/people?state=ended").wants("main", "Asked for no more mail")
	b.get(page+"/preview").wants("main", "Out of office since")
}

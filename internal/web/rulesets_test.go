package web_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// ruleset is the form of a ruleset.
func ruleset(fields ...string) []string {
	return append([]string{"name", "Careful", "version", "0", "shared", "no", "reenroll", "finished", "cool_off_days", "30", "active_per_account", "1", "max_auto_mails", "2", "expire_days", "10",
		"unsubscribe", "yes", "colleagues", "stop", "ooo_default_days", "5", "ooo_give_up_days", "20", "meeting", "positive"}, fields...)
}

// uses lets the sequence of the world use a ruleset and a schedule.
func (s *site) uses(ruleset, schedule sales.ID) {
	s.t.Helper()
	ctx := context.Background()
	err := s.InTx(ctx, func(tx *store.Tx) error {
		q, err := tx.Sequence(ctx, s.Workspace.ID, s.Sequence.ID)
		if err != nil {
			return err
		}
		q.RulesetID, q.ScheduleID = ruleset, schedule
		return tx.SaveSequence(ctx, q)
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) onlyRuleset() sales.Ruleset {
	s.t.Helper()
	list, err := s.Store.Rulesets(context.Background(), s.Workspace.ID)
	if err != nil || len(list) != 1 {
		s.t.Fatalf("%v, %d rulesets", err, len(list))
	}
	return list[0]
}

func TestRulesetPages(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Owner)
	b.get("/settings/rulesets").wants("main", "How sequences behave goes here", "New ruleset", "Example")
	a := b.get("/settings/rulesets/new")
	if a.value("#f-cool_off_days") != "14" || a.value("#f-max_auto_mails") != "3" || len(a.all("input[name=colleagues][value=pause][checked]")) != 1 || len(a.all("input[name=unsubscribe][checked]")) != 1 {
		t.Error("a new one does not begin with the defaults")
	}
	a.wants("main", "Default: 14.", "Default: never.", "Default: exclusive.", "Default: finish.", "no machine writes into a talk")
	if n := len(a.all("#condition-fields option")); n < 9 || strings.Contains(a.body, `value="sender_name"`) {
		t.Errorf("%d fields for a condition", n)
	}

	b.post("/settings/rulesets", ruleset("event_when", "reply/interested", "event_track", "positive", "event_when", "call/not_interested", "event_track", "negative", "event_when", "", "event_track", "positive",
		"data_field", "person.title", "data_op", "contains", "data_value", " intern ", "data_track", "negative", "data_field", "custom.Plan", "data_op", "set", "data_value", "left over", "data_track", "positive",
		"stage_on", "meeting", "stage_name", "meeting", "stage_on", "", "stage_name", "new")...).to("/settings/rulesets")
	x := s.onlyRuleset()
	want := sales.Rules{
		MaxAutoMails: 2, Colleagues: sales.ColleaguesStop, OOODefaultDays: 5, OOOGiveUpDays: 20, ActivePerAccount: 1, Unsubscribe: true, Reenroll: sales.ReenrollFinished, CoolOffDays: 30, Meeting: sales.MeetingPositive, ExpireDays: 10,
		Entries: []sales.Entry{{Track: sales.TrackPositive, Intent: sales.Interested}, {Track: sales.TrackNegative, Disposition: sales.CallNoInterest},
			{Track: sales.TrackNegative, If: sales.Condition{Field: "title", Op: sales.OpContains, Value: "intern"}}, {Track: sales.TrackPositive, If: sales.Condition{Field: "custom.plan", Op: sales.OpSet}}},
		Stages: []sales.StageRule{{On: sales.StageOnMeeting, Stage: "meeting"}},
	}
	if fmt.Sprintf("%+v", x.Rules) != fmt.Sprintf("%+v", want) {
		t.Errorf("was %+v\nis  %+v", want, x.Rules)
	}
	page := "/settings/rulesets/" + x.ID.String()
	b.get("/settings/rulesets").wants("main", "Careful", "2 automatic mails a person, 1 person an account", "4 track rules", "nothing")
	a = b.get(page)
	a.wants("main", "No sequence uses it yet.", "Copy", "Delete")
	if a.value("[name=version]") != "1" || len(a.all("[name=event_when]")) != 3 || len(a.all("[name=data_field]")) != 3 || len(a.all("[name=stage_on]")) != 2 || len(a.all("input[name=after_mend][checked]")) != 0 {
		t.Error("the form does not show what was saved, with a row to fill in")
	}

	s.uses(x.ID, 0)
	b.get("/settings/rulesets").wants("main", "Fleet ops, autumn")
	a = b.get(page)
	a.wants(".lead", "Used by", "Fleet ops, autumn")
	if strings.Contains(a.text("main"), "Delete") {
		t.Error("one in use can be deleted")
	}
	b.do("POST", page+"/delete", form()).to("/settings/rulesets")
	b.get("/settings/rulesets").wants("#toasts", "is used by the sequence “Fleet ops, autumn”")
	b.post(page, typed(ruleset(), "version", "1", "name", "Careful <b>2</b>")...).to("/settings/rulesets")
	if got := s.onlyRuleset(); got.Version != 2 || got.Name != "Careful <b>2</b>" || len(got.Rules.Entries) != 0 {
		t.Errorf("%+v", got)
	}
	b.do("POST", page, form(typed(ruleset(), "version", "1")...)).wantPage(409, "Somebody else changed this meanwhile")
	b.get("/settings/rulesets/new?from="+x.ID.String()).wants("main", "New ruleset")
	if got := b.get("/settings/rulesets/new?from=" + x.ID.String()).value("#f-name"); got != "Copy of Careful <b>2</b>" {
		t.Errorf("a copy is called %q", got)
	}
	b.do("POST", "/settings/rulesets", form(typed(ruleset(), "name", "careful <B>2</B>")...)).wantPage(409, "already")
	s.uses(0, 0)
	b.post(page + "/delete").to("/settings/rulesets")
	b.do("GET", page, nil).wantPage(404)
}

func TestRulesetFormToCorrect(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Owner)
	for _, c := range []struct{ name, value, says string }{
		{"name", " ", "Give it a name"}, {"name", strings.Repeat("é", 101), "at most 100"}, {"cool_off_days", "-1", "from 0 to 3,650"}, {"max_auto_mails", "many", "from 0 to 100"}, {"expire_days", "", "from 0 to 365"},
		{"active_per_account", "99999999999999999999", "from 0 to 10,000"}, {"colleagues", "sing", "Choose one of these"}, {"meeting", "", "Choose one of these"}, {"ooo_default_days", "21", "longer than the longest wait"},
	} {
		a := b.do("POST", "/settings/rulesets", form(typed(ruleset("event_when", "reply/question", "event_track", "positive"), c.name, c.value)...)).wantPage(422, c.says, "What is wrong stands beside it")
		if len(a.all("option[value=reply/question][selected]")) != 1 || c.name != "expire_days" && a.value("#f-expire_days") != "10" {
			t.Errorf("%s: what was typed is gone", c.name)
		}
	}
	for _, c := range []struct {
		fields []string
		says   string
	}{
		{[]string{"event_when", "reply/unsubscribe", "event_track", "positive"}, "Choose a reply or a call"}, {[]string{"event_when", "reply/question", "event_track", "main"}, "Choose the track"},
		{[]string{"event_when", "reply/question", "event_track", "positive", "event_when", "reply/question", "event_track", "negative"}, "Row 1 is about the same"},
		{[]string{"data_field", "", "data_op", "is", "data_value", "x", "data_track", "positive"}, "Name the field"}, {[]string{"data_field", "shoe_size", "data_op", "is", "data_value", "x", "data_track", "positive"}, "no such field"},
		{[]string{"data_field", "sender_name", "data_op", "is", "data_value", "x", "data_track", "positive"}, "no such field"}, {[]string{"data_field", "{{ title }}<script>", "data_op", "is", "data_value", "x", "data_track", "positive"}, "no such field"},
		{[]string{"data_field", "title", "data_op", "is", "data_value", "", "data_track", "positive"}, "needs a value"}, {[]string{"data_field", "title", "data_op", "sings", "data_value", "x", "data_track", "positive"}, "Choose a comparison"},
		{[]string{"stage_on", "full_moon", "stage_name", "new"}, "Choose what happens"}, {[]string{"stage_on", "reply", "stage_name", ""}, "Choose the stage"}, {[]string{"stage_on", "reply", "stage_name", "married"}, "There is no stage “married”"},
		{[]string{"stage_on", "reply", "stage_name", "new", "stage_on", "reply", "stage_name", "no"}, "Row 1 is about the same"},
	} {
		a := b.do("POST", "/settings/rulesets", form(ruleset(c.fields...)...)).wantPage(422, c.says)
		if len(a.all("[aria-invalid=true]")) == 0 && !strings.Contains(c.says, "married") {
			t.Errorf("%v: no field is marked", c.fields)
		}
		if len(a.all("main script")) > 0 {
			t.Errorf("%v: a script", c.fields)
		}
	}
	var rows []string
	for range 80 {
		rows = append(rows, "event_when", "reply/question", "event_track", "positive")
	}
	b.do("POST", "/settings/rulesets", form(ruleset(rows...)...)).wantPage(422)
	if list, err := s.Store.Rulesets(context.Background(), s.Workspace.ID); err != nil || len(list) != 0 {
		t.Error("something was saved", err)
	}
}

// The buttons of the rows change the form, save nothing, and keep what was typed.
func TestRulesetRows(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Owner)
	fields := ruleset("event_when", "reply/question", "event_track", "positive", "event_when", "call/talked", "event_track", "negative", "event_when", "", "event_track", "positive",
		"data_field", "title", "data_op", "is", "data_value", "a", "data_track", "positive", "data_field", "city", "data_op", "is", "data_value", "b", "data_track", "negative")
	press := func(do string) answer {
		t.Helper()
		return b.do("POST", "/settings/rulesets", form(append([]string{"do", do}, fields...)...)).wantPage(200)
	}
	if a := press("more"); len(a.all("[name=event_when]")) != 3 || len(a.all("[name=stage_on]")) != 1 || a.value("#f-cool_off_days") != "30" {
		t.Error("another row changes more than that")
	}
	if a := press("drop-event-0"); len(a.all("option[value=reply/question][selected]")) != 0 || len(a.all("option[value=call/talked][selected]")) != 1 {
		t.Error("the row is still there, or the wrong one is gone")
	}
	a := press("up-data-1")
	if list := a.all("[name=data_field]"); len(list) != 3 || attr(list[0], "value") != "city" || attr(list[1], "value") != "title" {
		t.Error("the row did not move up")
	}
	for _, do := range []string{"drop-event-99", "drop-event--1", "drop-nothing-0", "up-data-0", "up-data-x", "<script>"} {
		press(do)
	}
	if list, err := s.Store.Rulesets(context.Background(), s.Workspace.ID); err != nil || len(list) != 0 {
		t.Error("a button of a row saved", err)
	}
}

// reusable are the paths of what sequences share, with a thing of each kind.
func (s *site) reusable() (gets, posts []string) {
	s.t.Helper()
	ctx := context.Background()
	boss := sales.Viewer{WorkspaceID: s.Workspace.ID, UserID: s.Owner.ID, Role: sales.RoleOwner}
	r, err1 := s.desk.SaveRuleset(ctx, boss, sales.Ruleset{Name: "Ours alone", Rules: sales.DefaultRules()})
	c := sales.Schedule{Name: "Ours alone"}
	c.Windows[1] = []sales.Window{{From: 480, To: 600}}
	h, err2 := s.desk.SaveSchedule(ctx, boss, c)
	d, err3 := s.desk.SaveDayOff(ctx, boss, sales.DayOff{From: "2026-12-24", To: "2026-12-24", Name: "Ours alone"})
	n, err4 := s.desk.SaveSnippet(ctx, boss, sales.Snippet{Name: "ours_alone", Body: "Ours alone"})
	f, err5 := s.desk.UploadFile(ctx, boss, sales.File{Name: "Ours alone.pdf", MediaType: "application/pdf", Data: []byte("%PDF")})
	for _, err := range []error{err1, err2, err3, err4, err5} {
		if err != nil {
			s.t.Fatal(err)
		}
	}
	gets = []string{"/settings/rulesets/" + r.ID.String(), "/settings/schedules/" + h.ID.String(), "/settings/snippets/" + n.ID.String(), "/settings/files/" + f.ID.String()}
	posts = []string{"/settings/rulesets/" + r.ID.String(), "/settings/rulesets/" + r.ID.String() + "/delete", "/settings/schedules/" + h.ID.String(), "/settings/schedules/" + h.ID.String() + "/delete",
		"/settings/days-off/" + d.ID.String() + "/delete", "/settings/snippets/" + n.ID.String(), "/settings/snippets/" + n.ID.String() + "/delete", "/settings/files/" + f.ID.String() + "/delete"}
	return gets, posts
}

// Sellers read what sequences share and use it; managers change it; nobody else
// sees it.
func TestReusableWalls(t *testing.T) {
	s := newSite(t, 0)
	gets, posts := s.reusable()
	stranger := s.as(storetest.NewWorld(t, s.Store, 0).Owner)
	lists := []string{"/settings/rulesets", "/settings/schedules", "/settings/days-off", "/settings/snippets", "/settings/files"}

	seller := s.as(s.Seller)
	for _, p := range append(append([]string{}, gets...), lists...) {
		a := seller.get(p)
		if strings.HasPrefix(p, "/settings/files") {
			continue
		}
		a.wants("body", pick(p == "/settings/snippets" || strings.Contains(p, "snippets"), "ours_alone", "Ours alone"))
		if n := len(a.all("main form")); n != 0 {
			t.Errorf("%s shows a seller %d forms", p, n)
		}
	}
	managers := append(append([]string{}, posts...), "/settings/rulesets", "/settings/schedules", "/settings/days-off", "/settings/days-off/import", "/settings/days-off/import/yes", "/settings/days-off/calendar/delete", "/settings/snippets", "/undo/day-off/W10")
	for _, p := range managers {
		if code := seller.status(p, ruleset()...); code != 403 {
			t.Errorf("a seller: POST %s: status %d", p, code)
		}
	}
	nobody := s.anybody()
	for _, p := range append(managers, "/settings/files") {
		if code := nobody.status(p, "name", "x"); code != 401 {
			t.Errorf("nobody: POST %s: status %d", p, code)
		}
	}
	for _, p := range append(append([]string{}, gets...), lists...) {
		if code := nobody.do("GET", p, nil).StatusCode; code != 303 {
			t.Errorf("nobody: GET %s: status %d", p, code)
		}
	}
	for _, p := range gets {
		if code := stranger.do("GET", p, nil).StatusCode; code != 404 {
			t.Errorf("another workspace: GET %s: status %d", p, code)
		}
	}
	for _, p := range posts {
		code := stranger.status(p, append(ruleset(), "body", "x", "from-1-0", "08:00", "to-1-0", "09:00")...)
		if code != 404 {
			t.Errorf("another workspace: POST %s: status %d", p, code)
		}
	}
	for _, p := range lists {
		if body := strings.ToLower(stranger.get(p).body); strings.Contains(body, "ours alone") || strings.Contains(body, "ours_alone") {
			t.Errorf("%s shows another workspace", p)
		}
	}
	if a := s.as(s.Owner).do("POST", posts[1], form(), "Sec-Fetch-Site", "cross-site"); a.StatusCode != 403 {
		t.Errorf("another site: status %d", a.StatusCode)
	}
}

func pick(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}

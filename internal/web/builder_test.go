package web_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// TestStepOptions: everything that a step can have is set from its form, comes
// back in it, and wrong input keeps what was typed.
func TestStepOptions(t *testing.T) {
	s := newSite(t, 2)
	b := s.as(s.Seller)
	page := strings.TrimSuffix(b.post("/sequences", "name", "Options", "from", "empty").Header.Get("Location"), "/edit")
	b.post(page+"/steps", step("auto_mail", "subject", "A", "body", "Text A", "options", "1", "weekday_2", "on", "weekday_4", "on", "at", "14:30", "only_field", "title", "only_op", "contains", "only_value", "Head",
		"variant_id", "0", "variant_name", "", "variant_weight", "3", "variant_subject", "B", "variant_body", "Text B")...)
	b.post(page+"/steps", step("condition", "position", "1", "options", "1", "if_field", "custom.plan", "if_op", "is", "if_value", "gold", "else", "wait", "if_wait", "9")...)
	b.post(page+"/steps", step("social", "position", "2", "options", "1", "network", "Xing", "link", "https://xing.example/x", "note", "Say hello", "track", "positive")...)
	b.post(page+"/steps", step("their_move", "position", "2", "options", "1", "max_wait_days", "8", "then_go_on", "on")...)
	q := s.stored(page)
	if len(q.Steps) != 4 || q.Steps[3].Kind != sales.StepSocial || q.Steps[3].Track != sales.TrackPositive {
		t.Fatalf("%+v", q.Steps)
	}
	a, c := q.Steps[0], q.Steps[1]
	if !a.Weekdays[time.Tuesday] || !a.Weekdays[time.Thursday] || a.AtMinute != 14*60+30 || a.OnlyIf.String() != "title contains Head" || len(a.Variants) != 1 || a.Variants[0].Name != "B" || a.Variants[0].Weight != 3 {
		t.Errorf("%+v", a)
	}
	if c.If != (sales.Condition{Field: "custom.plan", Op: sales.OpIs, Value: "gold"}) || c.Else != sales.BranchWait || c.MaxWaitDays != 9 || !q.Steps[2].ThenGoOn {
		t.Errorf("%+v %+v", c, q.Steps[2])
	}
	b.get(page).wants("main", "Positive track", "On Tuesday, Thursday; not before 14:30; only if title contains Head", "Goes on if custom.plan is gold; otherwise it waits", "On Xing", "0 sent, 0 answered")
	edit := fmt.Sprintf("%s/edit?step=%d", page, a.ID)
	b.get(edit).wants("#step-form", "Other texts under test", "Share of the text above")

	first := fmt.Sprintf("%s/steps/%d", page, a.ID)
	for _, x := range []struct {
		fields []string
		says   string
	}{
		{[]string{"at", "25:99"}, "time of day as 14:30"},
		{[]string{"only_field", "<script>", "only_op", "is", "only_value", "x"}, "There is no field"},
		{[]string{"variant_id", "0", "variant_body", "Text", "variant_weight", "0"}, "share of text B"},
		{[]string{"variant_id", "0", "variant_body", "Text", "variant_weight", "2", "variant_subject", ""}, "needs a subject just where"},
		{[]string{"variant_id", "0", "variant_body", "Hello {{", "variant_subject", "S"}, "{{"},
	} {
		b.do("POST", first, form(step("auto_mail", append([]string{"subject", "A", "body", "Kept <b>text</b>", "options", "1"}, x.fields...)...)...)).wantPage(422, x.says, "Kept <b>text</b>")
	}
	if got := s.stored(page).Steps[0].Body; got != "Text A" {
		t.Errorf("saved all the same: %q", got)
	}
	// A form without the options leaves them as they are.
	b.post(first, step("auto_mail", "subject", "A2", "body", "Text A")...)
	if x := s.stored(page).Steps[0]; x.Subject != "A2" || x.AtMinute == 0 || len(x.Variants) != 1 {
		t.Errorf("%+v", x)
	}
}

// TestSequenceUses: ruleset, schedule, mailboxes and dates are chosen, and what is
// not there is refused.
func TestSequenceUses(t *testing.T) {
	s := newSite(t, 2)
	b := s.as(s.Owner)
	page := fmt.Sprintf("/sequences/%d", s.Sequence.ID)
	x, err := s.desk.SaveRuleset(context.Background(), sales.Viewer{WorkspaceID: s.Workspace.ID, UserID: s.Owner.ID, Role: sales.RoleOwner}, sales.Ruleset{Name: "Gentle", Rules: sales.DefaultRules()})
	if err != nil {
		t.Fatal(err)
	}
	b.post(page+"/settings", "ruleset", x.ID.String(), "schedule", "0", "box", s.Mailbox.ID.String(), "anchor_field", "renewal_date")
	q := s.stored(page)
	if q.RulesetID != x.ID || len(q.Pool) != 1 || q.Anchor.Field != "renewal_date" {
		t.Errorf("%+v", q)
	}
	b.get(page+"/edit").wants("aside", "They are those of the ruleset")
	b.do("POST", page+"/settings", form("ruleset", "999", "schedule", "0")).wantPage(404)
	b.do("POST", page+"/settings", form("anchor_day", "soon")).wantPage(422, "2027-03-31")
	b.get(page+"/versions").wants("main", "Rules changed")
	v := s.stored(page).Version
	b.get(fmt.Sprintf("%s/versions?version=%d", page, v)).wants("#shown", "Automatic mail")
	b.post(fmt.Sprintf("%s/versions/%d", page, v))
	b.get(page+"/ahead").wants("main", "Nobody answers, and sellers do their tasks")
}

// TestPoolOffers: a seller is offered their own mailboxes and those in the pool; a
// manager all.
func TestPoolOffers(t *testing.T) {
	s := newSite(t, 0)
	mb := s.Mailbox
	mb.ID, mb.Address, mb.UserID = s.NewID(), "second@brightmail.example", s.Owner.ID
	if err := s.Store.InTx(t.Context(), func(tx *store.Tx) error { return tx.InsertMailbox(t.Context(), mb) }); err != nil {
		t.Fatal(err)
	}
	page := fmt.Sprintf("/sequences/%d", s.Sequence.ID)
	seller, boss := s.as(s.Seller), s.as(s.Owner)
	offered := func(who string, b *browser, want bool) {
		t.Helper()
		if got := strings.Contains(b.get(page+"/edit").body, mb.Address); got != want {
			t.Errorf("%s is offered the mailbox of a colleague: %v", who, got)
		}
	}
	offered("a seller", seller, false)
	offered("a manager", boss, true)
	seller.do("POST", page+"/settings", form("ruleset", "0", "schedule", "0", "box", mb.ID.String())).wantPage(403, "Ask a manager")
	boss.post(page+"/settings", "ruleset", "0", "schedule", "0", "box", mb.ID.String())
	offered("a seller, of what is in the pool,", seller, true)
	seller.post(page+"/settings", "ruleset", "0", "schedule", "0", "box", mb.ID.String(), "box", s.Mailbox.ID.String())
	if q := s.stored(page); len(q.Pool) != 2 {
		t.Errorf("%v", q.Pool)
	}
}

package web_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// lacks wants the text of a selector to be without some words.
func (a answer) lacks(selector string, words ...string) {
	a.t.Helper()
	text := a.text(selector)
	for _, w := range words {
		if strings.Contains(text, w) {
			a.t.Errorf("%s says %q: %.600s", selector, w, text)
		}
	}
}

func TestWrongPasswordStandsAtItsField(t *testing.T) {
	s := fresh(t)
	a := s.anybody().do("POST", "/setup", form("name", "Ana", "email", "ana@brightmail.example", "password", "short", "workspace", "B"))
	a.wantPage(422)
	a.wants("#f-password-error", "at least 10 characters", "A short sentence")
	if n := strings.Count(a.text("main"), "10 characters"); n != 1 {
		t.Errorf("the length is said %d times", n)
	}
	if len(a.all("[role=alert]")) != 0 {
		t.Error("the error is above the form too")
	}
	s = newSite(t, 0)
	s.give(s.Seller, password)
	b := s.as(s.Seller)
	b.do("POST", "/settings/password", form("old", password, "new", "short")).wants("#f-new-error", "at least 10 characters")
	b.do("POST", "/settings/password", form("old", "not the old one", "new", "a new short sentence")).wants("#f-old-error", "not")
}

func TestTimesAreReadAsPeopleTypeThem(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Owner)
	if n := len(b.get("/settings/schedule").all("[type=time]")); n != 0 {
		t.Errorf("%d fields follow the browser's language", n)
	}
	a := b.do("POST", "/settings/schedule", form(typed(schedule(), "from-1-0", "half nine", "to-1-0", "11:30")...)).wantPage(422, "Monday: write both times")
	if a.value("[name=from-1-0]") != "half nine" || a.value("[name=to-1-0]") != "11:30" {
		t.Error("what was typed is gone")
	}
	for _, bad := range []string{"8", "8:60", "24:01", "-1:00", "08:30:00", "8:30 AM", "０８:３０", "99999"} {
		b.do("POST", "/settings/schedule", form(typed(schedule(), "from-1-0", bad)...)).wantPage(422, "write both times")
	}
	b.post("/settings/schedule", typed(schedule(), "from-1-0", "8.15", "to-1-0", "1145", "from-2-0", "9:00", "to-2-0", "24:00")...)
	w, err := s.Store.Workspace(context.Background(), s.Workspace.ID)
	if err != nil || w.Settings.Windows[1][0] != (sales.Window{From: 8*60 + 15, To: 11*60 + 45}) || w.Settings.Windows[2][0] != (sales.Window{From: 9 * 60, To: 24 * 60}) {
		t.Errorf("%v %v", w.Settings.Windows, err)
	}
}

func TestNextSaysNoZeros(t *testing.T) {
	s := newSite(t, 1)
	b := s.as(s.Seller)
	b.get("/sequences")
	a := b.get("/next")
	a.lacks("body", "0 people", "0 mails", "0 answers")
	a.wants("aside", "Nothing went out from your mailbox today.")
	s.heard(0, sales.Question, cost)
	b.get("/next").wants("main", "Today: 0 of 1")
	b.post("/tasks/" + s.openTask(0, sales.TaskAnswer).ID.String() + "/done")
	a = b.get("/next")
	a.wants("main", "1 person done today", "Nobody waits for you")
	a.wants("aside", "Nothing went out from your mailbox today; 1 answer or report came back.")
}

func TestAnswerOutsideOfTheHours(t *testing.T) {
	s := newSite(t, 1)
	s.clock.move(12 * time.Hour) // 22:00
	s.heard(0, sales.Question, cost)
	b := s.as(s.Seller)
	a := b.get("/next")
	a.wants(".due", "answer by tomorrow 08:45", "counts from 08:30 in your hours")
	a.wants(".why", "an answer is due tomorrow 08:45: it counts from 08:30 in your hours.")
	s.clock.move(11 * time.Hour) // 09:00, and late by little
	b.get("/next").wants(".due", "today 08:45")
}

func TestReasonDoesNotRepeatTheMail(t *testing.T) {
	s := newSite(t, 1)
	s.heard(0, sales.Question, "Hello Ana,\n\n"+cost+" And could Rui join us, if we talk about it on one of the next days?")
	a := s.as(s.Seller).get("/next")
	a.wants(".why", "Marta asked you something.")
	a.lacks(".why", "40 drivers", "“")
	a.wants(".said", cost)
}

func TestWhereItEnded(t *testing.T) {
	s := newSite(t, 2)
	for i := range 2 {
		p := s.People[i]
		e := sales.Enrollment{WorkspaceID: s.Workspace.ID, ID: s.NewID(), SequenceID: s.Sequence.ID, PersonID: p.ID, AccountID: p.AccountID, OwnerID: s.Seller.ID, MailboxID: s.Mailbox.ID,
			State: sales.Finished, Reason: sales.EndReplied, Position: i, StateAt: storetest.Now, Version: 1, EnrolledAt: storetest.Now}
		if err := s.InTx(context.Background(), func(tx *store.Tx) error { return tx.InsertEnrollment(context.Background(), e) }); err != nil {
			t.Fatal(err)
		}
	}
	b := s.as(s.Seller)
	b.get("/people/"+s.People[0].ID.String()).wants("main", "Before the first step")
	b.get("/people/"+s.People[1].ID.String()).wants("main", "After step 1 of 3")
	b.get("/sequences/"+s.Sequence.ID.String()+"/people?state=ended").wants("main", "before the first step", "after 1 of 3")
}

func TestMailWaitsForItsMailbox(t *testing.T) {
	s := newSite(t, 1)
	s.Enroll(t, 0)
	b := s.as(s.Seller)
	pages := []string{"/people/" + s.People[0].ID.String(), "/sequences/" + s.Sequence.ID.String() + "/people"}
	for _, page := range pages {
		b.get(page).lacks("main", "ana@brightmail.example is paused")
	}
	b.post("/settings/mailboxes/" + s.Mailbox.ID.String() + "/pause")
	for _, page := range pages {
		b.get(page).wants("main", "ana@brightmail.example is paused by hand.")
	}
	err := s.InTx(context.Background(), func(tx *store.Tx) error {
		_, err := tx.SetMailboxState(context.Background(), s.Workspace.ID, s.Mailbox.ID, sales.MailboxBroken, "The server refused the password.")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		b.get(page).wants("main", "ana@brightmail.example does not work: The server refused the password.")
	}
}

func TestEnrolSaysWhoWaitsForAPlace(t *testing.T) {
	s := newSite(t, 4)
	b := s.as(s.Owner)
	page := "/sequences/" + s.Sequence.ID.String()
	all := []string{"sequence", s.Sequence.ID.String()}
	for _, p := range s.People {
		all = append(all, "person", p.ID.String())
	}
	waits := func() int {
		return strings.Count(b.do("POST", "/people/enrol/preview", form(all...)).text("main"), "Starts when a place at Brightwater Logistics is free")
	}
	for _, c := range []struct {
		most  string
		waits int
	}{{"1", 3}, {"3", 1}, {"4", 0}} {
		b.post(page+"/rules", "max_auto_mails", "3", "active_per_account", c.most, "colleagues", "pause", "ooo_default_days", "7")
		if got := waits(); got != c.waits {
			t.Errorf("with %s at a time %d wait", c.most, got)
		}
	}
}

func TestRunningSequenceRepeatsNoHints(t *testing.T) {
	s := newSite(t, 1)
	b := s.as(s.Seller)
	page := strings.TrimSuffix(b.post("/sequences", "name", "Short", "from", "empty").Header.Get("Location"), "/edit")
	b.post(page+"/steps", "kind", "auto_mail", "delay_n", "0", "delay_unit", "days", "subject", "For {{ company }}", "body", "A word about {{ company }}.")
	a := b.get(page)
	a.wants("main", "company has no fallback")
	if code := a.all("main .note .merge"); len(code) == 0 {
		t.Error("the merge field of the finding may break")
	}
	b.post(page + "/start")
	b.get(page).lacks("main", "has no fallback")
	b.get(page+"/edit").wants("main", "has no fallback")
}

func TestFieldsOfColumnsOfTheirOwn(t *testing.T) {
	s := newSite(t, 1)
	p := s.People[0]
	p.Custom = map[string]string{"größe_der_flotte": "40", "Sender’s note": "x"}
	if err := s.InTx(context.Background(), func(tx *store.Tx) error { return tx.SavePerson(context.Background(), p, "Brightwater Logistics") }); err != nil {
		t.Fatal(err)
	}
	a := s.as(s.Seller).get("/sequences/" + s.Sequence.ID.String() + "/edit")
	a.wants("aside", "{{ custom.größe_der_flotte }} column “Größe der flotte”", "column “Sender’s note”")
}

func TestSomebodyElsesPersonIsCalledThem(t *testing.T) {
	s := newSite(t, 1)
	other := s.as(s.user(sales.RoleSeller, "Tomas"))
	other.do("GET", "/people/"+s.People[0].ID.String(), nil).wantPage(404, "you may not see them")
}

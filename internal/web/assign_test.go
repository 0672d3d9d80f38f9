package web_test

import (
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
)

// TestAssignThread: a thread is given away on its page; a colleague who may not see
// the person is refused with the form still there; with the person it goes, is seen
// by who leads, and comes back by Undo.
func TestAssignThread(t *testing.T) {
	s := newSite(t, 2)
	tom, mia := s.user(sales.RoleSeller, "Tom"), s.user(sales.RoleManager, "Mia")
	m := s.heard(0, sales.Question, cost)
	thread := "/inbox/" + m.ThreadID.String()
	ana, boss := s.as(s.Seller), s.as(mia)
	a := ana.get(thread)
	a.wants("#act-assign", "Tom, may not see Marta yet", "Mia", "Marta goes along")
	if strings.Contains(a.text("#act-assign"), "Ana Seller") {
		t.Error("it can be given to who has it")
	}
	refused := ana.do("POST", thread+"/assign", form("to", tom.ID.String(), "back", thread))
	refused.wantPage(422, "Tom may not see", "who belongs to Ana Seller")
	if len(refused.all("#act-assign[open] option[value="+tom.ID.String()+"][selected]")) != 1 {
		t.Error("the refused form is not open with what was chosen")
	}
	ana.post(thread+"/assign", "to", mia.ID.String(), "back", thread).to(thread)
	a = ana.get(thread)
	a.wants("main", "Mia answers in this thread, given by you")
	a.wants("aside", "Given to Mia to answer.")
	boss.get("/inbox").wants("#inbox", "Waits for your answer", cost)
	if n := len(boss.get(thread).all("#act-write")); n != 1 {
		t.Error("who got it cannot answer")
	}
	a.wants("main", "Take back")
	undo := attr(a.all("#toasts form")[0], "action")
	ana.post(undo).to(thread)
	ana.get("/inbox").wants("#inbox", "Waits for your answer", cost)

	ana.post(thread+"/assign", "to", tom.ID.String(), "with", "yes", "back", thread).to("/inbox")
	undo = attr(ana.get("/inbox").all("#toasts form")[0], "action")
	ana.do("GET", thread, nil).wantPage(404)
	a = s.as(tom).get(thread)
	if len(a.all("#act-write")) != 1 {
		t.Error("who got the person cannot answer where they wrote to")
	}
	ana.post(undo).to("/inbox")
	ana.get(thread).wants("main", "Answer")
	eve := s.as(s.user(sales.RoleSeller, "Eve"))
	eve.do("POST", thread+"/assign", form("to", tom.ID.String())).wantPage(404)
	ana.do("POST", thread+"/assign", form("to", "x")).wantPage(422)
	ana.do("POST", "/inbox/99/assign", form("to", tom.ID.String())).wantPage(404)
}

// TestTeamInbox: who leads sees what waits for whom and how fast answers go out;
// sellers do not.
func TestTeamInbox(t *testing.T) {
	s := newSite(t, 2)
	mia := s.user(sales.RoleManager, "Mia")
	boss, ana := s.as(mia), s.as(s.Seller)
	boss.get("/inbox").wants("main", "Team")
	boss.get("/inbox/team").wants("#inbox", "Nobody waits for an answer", "Ana Seller", "The team")
	ana.do("GET", "/inbox/team", nil).wantPage(403)
	ana.do("GET", "/inbox/team/rows", nil).wantPage(403)
	if strings.Contains(ana.get("/inbox").text("main"), "Team") {
		t.Error("a seller is shown the way to the team")
	}
	m := s.heard(0, sales.Question, cost)
	s.heard(1, sales.Interested, "Call me")
	s.clock.move(20 * time.Minute)
	ana.post("/people/"+s.People[0].ID.String()+"/mail", "message", m.ID.String(), "task", s.openTask(0, sales.TaskAnswer).ID.String(), "body", "Hello", "subject", "Re: Prices", "nonce", "n").to("/people/" + s.People[0].ID.String())
	s.clock.move(50 * time.Minute)
	a := boss.get("/inbox/team")
	if got := a.text("#inbox tbody tr"); !strings.HasPrefix(got, "Ana Seller 1 1 1 h 1 20 min ") {
		t.Errorf("the row of the seller: %q", got)
	}
	a.wants("#inbox", "Waits for Ana Seller", "Call me", "late by 55 min")
	if n := len(a.all("#inbox [data-row]")); n != 1 {
		t.Errorf("%d threads wait", n)
	}
	if title := attr(a.all("#inbox .threads .side span")[0], "title"); !strings.Contains(title, "in working hours") {
		t.Errorf("the clock says %q", title)
	}
	for _, night := range []time.Duration{15 * time.Hour, 5 * time.Hour} { // it is 8:10 then
		s.clock.move(night)
		boss.get("/inbox/team").wants("#inbox", "Ana Seller 1 1 7 h 1 20 min")
	}
	boss.part("/inbox/team/rows").wants("tbody", "Ana Seller")
}

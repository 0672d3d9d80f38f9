package web_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// absencesGoOn lets the runner see to the absences.
func (s *site) absencesGoOn() {
	s.t.Helper()
	r := runner.Runner{Store: s.Store, Clock: s.clock, Notify: s.hub, Log: slog.New(slog.DiscardHandler)}
	if _, err := r.Absences(context.Background(), s.Workspace.ID); err != nil {
		s.t.Fatal(err)
	}
}

// plan plans an absence by the form, and gives its page.
func (b *browser) plan(fields ...string) string {
	b.t.Helper()
	to := b.post("/settings/absences", append([]string{"do", "save"}, fields...)...).Header.Get("Location")
	if !strings.HasPrefix(to, "/settings/absences/") {
		b.t.Fatalf("sent on to %q", to)
	}
	return to
}

// TestAbsencePages: planned, looked at, changed, forgotten and planned again.
func TestAbsencePages(t *testing.T) {
	s := newSite(t, 40)
	bea := s.user(sales.RoleSeller, "Bea")
	for i := range 40 {
		s.Enroll(t, i)
	}
	b := s.as(s.Seller)
	a := b.get("/settings/absences")
	a.wants("main", "None. Plan days away")
	if len(a.all("#f-user")) != 0 || len(a.all("#f-stand_in option")) != 3 {
		t.Error("a seller plans for others, or may not choose who stands in")
	}
	// What would happen: 40 mails, while the mailbox sends 5 on the first day of its ramp and more on each.
	a = b.do("POST", "/settings/absences", form("first", "2026-03-03", "last", "2026-03-06", "mode", "pause", "stand_in", "0", "note", "Madeira", "do", "preview")).wantPage(200, "40 sequences wait whose next step would come in that time, and 0 tasks.")
	if a.value("#f-first") != "2026-03-03" || a.value("#f-note") != "Madeira" || len(a.all("input[value=pause][checked]")) != 1 {
		t.Error("what was typed is gone")
	}
	a.wants("#preview", "Mon 9 Mar 13 0", "Tue 10 Mar 15 0", "Wed 11 Mar 12 0")
	b.get("/settings/absences").wants("main", "None. Plan days away")

	b.do("POST", "/settings/absences", form("first", "2026-03-06", "last", "2026-03-03", "mode", "pause", "do", "save")).wantPage(422, "must not be before the first")
	b.do("POST", "/settings/absences", form("first", "2026-03-06", "last", "2026-03-08", "mode", "hand_over", "stand_in", "0", "do", "preview")).wantPage(422, "Choose a colleague who stands in")
	b.do("POST", "/settings/absences", form("first", "x", "last", "", "mode", "pause", "do", "save")).wantPage(422, "Choose the first and the last day")
	b.do("POST", "/settings/absences", form("user", bea.ID.String(), "first", "2026-03-06", "last", "2026-03-08", "mode", "pause", "do", "save")).wantPage(403)
	b.do("POST", "/settings/absences", form("first", "2026-03-06", "last", "2026-03-08", "mode", "vanish", "do", "save")).wantPage(422, "Choose whether the work waits")

	page := b.plan("first", "2026-03-10", "last", "2026-03-12", "mode", "hand_over", "stand_in", bea.ID.String(), "note", "<b>Madeira</b>")
	a = b.get(page)
	a.wants("main", "Your days away", "Planned", "Tue 10 Mar to Thu 12 Mar · <b>Madeira</b>", "go to Bea, and home again on Fri 13 Mar.")
	b.get("/settings/absences").wants("table", "You", "Tue 10 Mar to Thu 12 Mar", "Bea stands in", "Change", "Forget")
	b.do("POST", page, form("first", "2026-03-10", "last", "2026-03-12", "mode", "hand_over", "stand_in", bea.ID.String(), "do", "preview")).wantPage(200, "40 people, 40 running sequences and 0 open tasks go to Bea.")
	b.post(page, "first", "2026-03-11", "last", "2026-03-12", "mode", "pause", "stand_in", "0", "do", "save").to(page)
	b.get(page).wants("main", "Wed 11 Mar to Thu 12 Mar", "nothing goes out and nothing is asked for", "on Fri 13 Mar")

	// Others of the team see it, and may not change it.
	other := s.as(bea)
	a = other.get("/settings/absences")
	a.wants("table", "Ana Seller", "Wed 11 Mar to Thu 12 Mar", "Everything waits")
	if strings.Contains(a.text("table"), "Forget") || len(other.get(page).all("#f-last")) != 0 {
		t.Error("a colleague may change it")
	}
	other.do("POST", page, form("first", "2026-03-11", "last", "2026-03-13", "mode", "pause", "do", "save")).wantPage(403)
	other.do("POST", page+"/delete", form()).wantPage(403)

	b.post(page + "/delete").to("/settings/absences")
	a = b.get("/settings/absences")
	a.wants("#toasts", "The absence is forgotten.")
	a.wants("main", "None. Plan days away")
	undo := attr(a.all("#toasts form")[0], "action")
	other.do("POST", undo, form()).wantPage(403)
	b.post(undo).to("/settings/absences")
	b.get("/settings/absences").wants("table", "Wed 11 Mar to Thu 12 Mar")
	b.do("POST", "/undo/absence/bm90IGpzb24", form()).wantPage(422, "cannot be taken back")
	b.do("GET", "/settings/absences/99", nil).wantPage(404)
	b.do("POST", "/settings/absences/99", form("do", "save", "mode", "pause")).wantPage(404)
	b.do("POST", "/settings/absences/x/delete", form()).wantPage(422)
}

// TestAwayIsSeen: the one who is away, who stands in, managers and the pages of the
// people say it; what waits can be taken over, and the answer goes from where it
// came to.
func TestAwayIsSeen(t *testing.T) {
	s := newSite(t, 2)
	bea, max, tom := s.user(sales.RoleSeller, "Bea"), s.user(sales.RoleManager, "Max"), s.user(sales.RoleSeller, "Tom")
	ana, standIn, manager, third := s.as(s.Seller), s.as(bea), s.as(max), s.as(tom)
	page := ana.plan("first", "2026-03-03", "last", "2026-03-06", "mode", "pause", "stand_in", bea.ID.String())
	s.Enroll(t, 1)
	s.absencesGoOn()
	m := s.heard(0, sales.Question, cost)
	person, thread := "/people/"+s.People[0].ID.String(), "/inbox/"+m.ThreadID.String()

	ana.get("/next").wants("main", "You are away until Sat 7 Mar: everything of yours waits.")
	standIn.get("/inbox").wants("main", "Ana Seller is away until Sat 7 Mar. Their answers wait, and you can take them over.", "1 answer waits for Ana Seller, who is away until Sat 7 Mar.")
	a := manager.get("/inbox?view=all")
	a.wants("main", "1 answer waits for Ana Seller, who is away until Sat 7 Mar.", "Ana is away until Sat 7 Mar")
	if strings.Contains(third.get("/inbox").text("main"), "away") {
		t.Error("a colleague who has nothing to do with it is told on every page")
	}
	third.get("/settings/absences").wants("main", "Away now", "Ana Seller", "Everything waits; Bea looks after answers.")
	if strings.Contains(third.get(page).body, "Brightwater") || strings.Contains(third.get(page).text("main"), "Answers that wait") {
		t.Error("a colleague sees the people of another seller")
	}
	manager.get(person).wants("main", "Ana Seller is away until Sat 7 Mar.", "Take over", "for Ana, away until Sat 7 Mar")
	manager.get(person).wants("aside", "Ana Seller away until Sat 7 Mar")
	manager.get(thread).wants("main", "Ana Seller is away until Sat 7 Mar.", "Take over")
	s.as(s.Owner).get("/settings/team").wants("table", "away until Sat 7 Mar")
	manager.get("/people/"+s.People[1].ID.String()).wants("main", "The seller is away. It goes on Mon 9 Mar")
	ana.get(person).wants("main", "Answer") // her own page says nothing of it beside the banner
	if n := len(ana.get(person).all("main form[action=" + page + "/take]")); n != 0 {
		t.Error("she takes over from herself")
	}

	// Who stands in sees the answer, and not yet the person.
	a = standIn.get(page)
	a.wants("main", "Ana Seller is away", "Away now", "1 sequence waits, and 0 tasks are put off.", "Marta Oliveira", "Brightwater Logistics", "Asks a question", "Take over")
	standIn.do("GET", person, nil).wantPage(404)
	third.do("POST", page+"/take", form("person", s.People[0].ID.String())).wantPage(403)
	standIn.do("POST", page+"/take", form("person", "x")).wantPage(422)
	to := standIn.post(page+"/take", "person", s.People[0].ID.String()).Header.Get("Location")
	a = standIn.get(to)
	undo := attr(a.all("#toasts form")[0], "action")
	manager.do("POST", undo, form()).wantPage(422, "is not with you any more")
	standIn.post(undo).to(page)
	standIn.get(page).wants("main", "Marta Oliveira", "Take over")
	standIn.post(page+"/take", "person", s.People[0].ID.String(), "back", person).to(person)
	standIn.post(page + "/give-back/" + s.People[0].ID.String()).to(page)
	to = standIn.post(page+"/take", "person", s.People[0].ID.String(), "back", "//evil.example").Header.Get("Location")
	a = standIn.get(to)
	a.wants("main", "Marta Oliveira", "Give back", "belongs to Ana Seller, who is away, and goes back to them on Sat 7 Mar.", "Answer")
	if len(a.all("form[action="+person+"/mail]")) != 1 {
		t.Error("who stands in cannot answer")
	}
	standIn.post(person+"/mail", "reply", m.ID.String(), "message", m.ID.String(), "subject", "Re: A question", "body", "Forty.", "back", "/next")
	due, err := s.DueMailings(context.Background(), s.Workspace.ID, s.Mailbox.ID, s.clock.Now().Add(time.Hour), 9)
	if err != nil || len(due) != 1 || due[0].UserID != bea.ID {
		t.Errorf("%+v %v", due, err)
	}
	manager.do("POST", page+"/take", form("person", s.People[0].ID.String())).wantPage(409, "took Marta Oliveira over meanwhile")

	// Back now.
	ana.get(page).wants("main", "Your days away", "Back now")
	ana.post(page + "/delete").to("/settings/absences")
	s.absencesGoOn()
	a = ana.get("/settings/absences")
	a.wants("#toasts", "Welcome back.")
	a.wants("main", "1 that is over")
	if strings.Contains(a.text("main"), "You are away") {
		t.Error("still away")
	}
	ana.get(page).wants("main", "It is over.", "Over")
	ana.do("POST", page, form("last", "2026-03-09", "mode", "pause", "do", "save")).wantPage(422, "This absence is over")
	standIn.do("GET", person, nil).wantPage(404)
	ana.get(person)
}

// TestHandedOverIsSeen: who stands in has the people, and the pages say whose they
// are.
func TestHandedOverIsSeen(t *testing.T) {
	s := newSite(t, 1)
	bea := s.user(sales.RoleSeller, "Bea")
	manager, standIn, ana := s.as(s.user(sales.RoleManager, "Max")), s.as(bea), s.as(s.Seller)
	s.heard(0, sales.Question, cost)
	page := manager.plan("user", s.Seller.ID.String(), "first", "2026-03-03", "last", "2026-03-03", "mode", "hand_over", "stand_in", bea.ID.String())
	s.absencesGoOn()
	person := "/people/" + s.People[0].ID.String()
	ana.get("/next").wants("main", "You are away until tomorrow: a colleague stands in.", "Nobody waits for you")
	ana.do("GET", person, nil).wantPage(404)
	a := standIn.get("/next")
	a.wants("main", "You stand in for Ana Seller until tomorrow.", "Marta Oliveira", "belongs to Ana Seller, who is away, and goes back to them tomorrow.")
	manager.get(page).wants("main", "1 person and 0 sequences are with Bea. They go home tomorrow.")
	s.clock.move(24 * time.Hour)
	s.absencesGoOn()
	ana.get("/next").wants("main", "Marta Oliveira")
	standIn.do("GET", person, nil).wantPage(404)
}

// TestAbsencesOfOthers: another tenant's absences do not exist.
func TestAbsencesOfOthers(t *testing.T) {
	s := newSite(t, 1)
	page := s.as(s.Seller).plan("first", "2026-03-03", "last", "2026-03-06", "mode", "pause")
	stranger := s.user(sales.RoleOwner, "Eve")
	ctx := context.Background()
	w := sales.Workspace{ID: s.NewID(), Name: "Else", Settings: sales.DefaultSettings()}
	stranger.WorkspaceID, stranger.ID, stranger.Email = w.ID, s.NewID(), "eve@else.example"
	if err := s.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.InsertWorkspace(ctx, w); err != nil {
			return err
		}
		return tx.InsertUser(ctx, stranger)
	}); err != nil {
		t.Fatal(err)
	}
	b := s.as(stranger)
	b.get("/settings/absences").wants("main", "None. Plan days away")
	b.do("GET", page, nil).wantPage(404)
	for _, x := range []string{"", "/delete", "/take"} {
		b.do("POST", page+x, form("do", "save", "mode", "pause", "first", "2026-03-03", "last", "2026-03-06", "person", s.People[0].ID.String())).wantPage(404)
	}
}

package web_test

import (
	"context"
	"strings"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// saveVerdict changes what a mail was read as, as the machinery does.
func (s *site) saveVerdict(m sales.Message, v sales.Verdict) {
	s.t.Helper()
	ctx := context.Background()
	if err := s.InTx(ctx, func(tx *store.Tx) error { return tx.SaveVerdict(ctx, m.WorkspaceID, m.ID, v) }); err != nil {
		s.t.Fatal(err)
	}
}

// TestLessons: what a correction taught is listed, taken back and brought back,
// by the buttons and by the undo.
func TestLessons(t *testing.T) {
	s := newSite(t, 2)
	b := s.as(s.Seller)
	b.get("/settings/lessons").wants("main", "What your team teaches goes here", "Look at the inbox", "Example")
	m := s.heard(0, sales.Question, "The steering group meets <b>on</b> Thursdays.")
	verdict, id := "/messages/"+m.ID.String()+"/verdict", m.ID.String()
	b.post(verdict, "verdict", "reply/not_now", "back", "/inbox")
	a := b.get("/settings/lessons")
	a.wants("table", "“The steering group meets <b>on</b> Thursdays.”", "Marta Oliveira", "Not now", "was: asks a question", "by you", "0 mails", "Take back")
	b.get("/inbox").wants("#toasts") // the toast of the correction was shown on the page before
	if href := attr(a.all("tbody th a")[0], "href"); href != "/messages/"+id {
		t.Errorf("the mail is at %q", href)
	}
	decided := s.heard(1, sales.NotNow, "The steering group meets on Fridays.")
	v := decided.Verdict
	v.Lesson, v.Reasons = m.ID, []string{"your workspace corrected a mail like this on 2 March 2026 (93 % alike)"}
	s.saveVerdict(decided, v)
	b.get("/settings/lessons").wants("table", "1 mail")
	a = b.get("/inbox/" + decided.ThreadID.String())
	a.wants(".verdict", "your workspace corrected a mail like this", "the mail that taught it")
	if links := a.all(".verdict a"); len(links) != 2 || attr(links[0], "href") != "/messages/"+id {
		t.Error("no link to the mail that taught")
	}

	b.post("/settings/lessons/" + id + "/back").to("/settings/lessons")
	a = b.get("/settings/lessons")
	a.wants("table", "taken back", "by you", "Bring back")
	a.wants("#toasts", "Taken back. New mails are read as if it had not been taught.")
	b.post(attr(a.all("#toasts form")[0], "action")).to("/settings/lessons")
	b.get("/settings/lessons").wants("table", "Take back")
	s.as(s.Owner).post("/settings/lessons/" + id + "/back").to("/settings/lessons")
	a = b.get("/settings/lessons")
	a.wants("table", "taken back", "by "+s.Owner.Name)
	if len(a.all("table button")) != 0 {
		t.Error("the seller is offered to bring back what the owner took back")
	}
	b.do("POST", "/settings/lessons/"+id+"/again", form()).wantPage(403, "Ask a manager")
	s.as(s.Owner).post("/settings/lessons/" + id + "/again").to("/settings/lessons")
	b.get("/settings/lessons").wants("table", "Take back")
	b.post(verdict, "verdict", "reply/question", "back", "/inbox/"+m.ThreadID.String())
	a = b.get("/inbox/" + m.ThreadID.String())
	a.wants("#toasts", "Corrected: asks a question. What it had taught is taken back.")
	a.wants(".verdict", "confirmed by a person")
}

// TestLessonsAreApart: another seller sees neither the lesson nor a link to the
// mail behind it, another workspace nothing.
func TestLessonsAreApart(t *testing.T) {
	s := newSite(t, 2)
	ctx := context.Background()
	bob := sales.User{WorkspaceID: s.Workspace.ID, ID: s.NewID(), Email: "bob@brightmail.example", Name: "Bob", Role: sales.RoleSeller, CreatedAt: storetest.Now}
	m, theirs := s.heard(0, sales.Question, "The steering group meets on Thursdays."), s.heard(1, sales.NotNow, "It meets on Fridays.")
	s.as(s.Seller).post("/messages/"+m.ID.String()+"/verdict", "verdict", "reply/not_now", "back", "/inbox")
	v := theirs.Verdict
	v.Lesson, v.Reasons = m.ID, []string{"your workspace corrected a mail like this on 2 March 2026 (93 % alike)"}
	s.saveVerdict(theirs, v)
	p := s.People[1]
	p.OwnerID = bob.ID
	if err := s.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.InsertUser(ctx, bob); err != nil {
			return err
		}
		return tx.SavePerson(ctx, p, "")
	}); err != nil {
		t.Fatal(err)
	}
	b := s.as(bob)
	a := b.get("/inbox/" + theirs.ThreadID.String())
	a.wants(".verdict", "your workspace corrected a mail like this")
	for _, body := range []string{a.body, b.get("/settings/lessons").body, b.part("/settings/lessons/rows").body, s.as(storetest.NewWorld(t, s.Store, 1).Owner).get("/settings/lessons").body} {
		if strings.Contains(body, "/messages/"+m.ID.String()) || strings.Contains(body, "meets on Thursdays") {
			t.Error("somebody else's mail is shown")
		}
	}
}

// TestAbstention: where the program is unsure, the person is asked, with the best
// guess marked; whatever they say settles it.
func TestAbstention(t *testing.T) {
	s := newSite(t, 1)
	m := s.heard(0, sales.Unclear, "The steering group meets on Thursdays.")
	v := m.Verdict
	v.Confidence, v.Guess = 0.31, sales.Reading{Kind: sales.KindReply, Intent: sales.NotNow}
	s.saveVerdict(m, v)
	b := s.as(s.Seller)
	for _, page := range []string{"/next", "/inbox/" + m.ThreadID.String()} {
		a := b.get(page)
		a.wants(".decide", "What do they want? You decide.", "The program is not sure enough", "best guess", "Wants no more mail")
		if guess := a.all(".decide .guess"); len(guess) != 1 || attr(guess[0], "value") != "reply/not_now" || attr(guess[0], "data-key") != "3" || len(a.all("#act-verdict")) != 0 {
			t.Errorf("%s: %d are marked as the best guess", page, len(guess))
		}
	}
	b.get("/inbox").wants("main", "You decide: not now?")
	v.Second = sales.SecondReading{Model: "little", Intent: sales.OptOut, Quote: "steering"}
	s.saveVerdict(m, v)
	a := b.get("/next")
	a.wants(".decide", "Perhaps: wants no more mail.", "little reads it from “steering”")
	if guess := a.all(".decide .guess"); len(guess) != 1 || attr(guess[0], "value") != "unsubscribe" {
		t.Error("the suggestion is not marked")
	}
	b.post("/messages/"+m.ID.String()+"/verdict", "verdict", "reply/not_now", "back", "/next")
	a = b.get("/inbox/" + m.ThreadID.String())
	a.wants("#toasts", "Corrected: not now. Mails like it are read so from now on.")
	a.wants(".verdict", "Not now", "sure: 100 in 100", "what was learnt")
	if now := a.all("#act-verdict button[disabled]"); len(now) != 1 || attr(now[0], "value") != "reply/not_now" || len(a.all(".decide")) != 0 {
		t.Error("it is still asked")
	}
}

package web_test

import (
	"net/http"
	"testing"

	"ninetyten/internal/sales"
)

// TestDraftSurvives: what was typed is in the form again, in any browser of the
// same user; another window is told; it goes with the mail.
func TestDraftSurvives(t *testing.T) {
	s := newSite(t, 1)
	m := s.heard(0, sales.Question, cost)
	id := s.People[0].ID.String()
	save := func(b *browser, rev, body string) answer {
		return b.do("POST", "/people/"+id+"/draft", form("thread", m.ThreadID.String(), "rev", rev, "subject", "Re: A question", "body", body), "Accept", "application/json")
	}
	b := s.as(s.Seller)
	b.get("/next")
	if a := save(b, "0", "It is 40 a"); a.StatusCode != http.StatusOK || a.body != "{\"rev\":\"1\"}\n" {
		t.Fatalf("status %d: %s", a.StatusCode, a.body)
	}
	other := s.as(s.Seller)
	if a := save(other, "0", "of another window"); a.StatusCode != http.StatusConflict {
		t.Errorf("another window: status %d", a.StatusCode)
	}
	page := other.get("/next")
	page.wants("#act-write", "It is 40 a", "Your draft of")
	if rev := page.value("#act-write [name=rev]"); rev != "1" {
		t.Errorf("revision %q", rev)
	}
	if a := save(other, "x", "broken"); a.StatusCode != http.StatusUnprocessableEntity && a.StatusCode != http.StatusBadRequest {
		t.Errorf("a broken form: status %d", a.StatusCode)
	}
	other.post("/people/"+id+"/mail", "back", "/next", "message", m.ID.String(), "subject", "Re: A question", "body", "It is 40 a month.", "mailbox", s.Mailbox.ID.String(), "nonce", "n")
	b.get("/people/"+id).lacks("#act-write", "It is 40 a")
	if a := save(b, "1", ""); a.StatusCode != http.StatusOK {
		t.Errorf("emptied: status %d", a.StatusCode)
	}
}

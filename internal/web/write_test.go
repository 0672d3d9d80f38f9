package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store/storetest"
)

// TestWriteLater: a mail waits in the thread, with what can be done to it; edited it
// is a draft again, and what it answered is open.
func TestWriteLater(t *testing.T) {
	s := newSite(t, 1)
	m := s.heard(0, sales.Question, cost)
	b := s.as(s.Seller)
	id, thread := s.People[0].ID.String(), "/inbox/"+m.ThreadID.String()
	task := s.openTask(0, sales.TaskAnswer)
	at := storetest.Now.Add(26 * time.Hour).In(time.UTC).Format("2006-01-02T15:04")
	mail := []string{"back", thread, "task", task.ID.String(), "message", m.ID.String(), "subject", "Re: A question", "mailbox", s.Mailbox.ID.String(), "nonce", "n", "later", "at", "at", at,
		"html", "<p>It is <b>40</b> a month.</p><script>x()</script>", "body", "It is 40 a month.", "cc", "Rui <rui@brightwater.example>"}
	for range 2 {
		b.post("/people/"+id+"/mail", mail...)
	}
	list := s.mailings(0)
	if len(list) != 1 || list[0].State != sales.MailingQueued || list[0].DueAt.Before(storetest.Now.Add(20*time.Hour)) {
		t.Fatalf("%+v", list)
	}
	b.get(thread).wants("main", "Goes", "It is 40 a month.", "Send now", "Take back")
	waiting := "/write/mails/" + list[0].ID.String()
	bob := s.as(s.user(sales.RoleSeller, "bob"))
	for _, do := range []string{"now", "back", "edit"} {
		if code := bob.status(waiting, "do", do); code != http.StatusNotFound {
			t.Errorf("somebody else: %s: status %d", do, code)
		}
	}
	if to := b.post(waiting, "back", thread, "do", "edit").Header.Get("Location"); to != thread+"#act-write" {
		t.Errorf("sent on to %q", to)
	}
	if got := s.mailings(0)[0].State; got != sales.MailingCanceled || s.openTask(0, sales.TaskAnswer).ID != task.ID {
		t.Errorf("%s", got)
	}
	page := b.get(thread)
	if page.value("#act-write [name=html]") != "<p>It is <b>40</b> a month.</p>" || page.value("#write-cc") != "rui@brightwater.example" {
		t.Errorf("the draft is %q, in copy %q", page.value("#act-write [name=html]"), page.value("#write-cc"))
	}
	b.post("/people/"+id+"/mail", mail...)
	b.post(waiting, "back", thread, "do", "now")
	if got := s.mailings(0); len(got) != 1 || got[0].DueAt.After(storetest.Now.Add(2*time.Hour)) {
		t.Errorf("%+v", got)
	}
	for _, c := range []struct{ name, value, says string }{
		{"at", "2020-01-01T10:00", "That time is over"}, {"at", "soon", "Say when the mail is to go"}, {"cc", "no address", "is no mail address"}, {"to", "a@b.example, c@d.example", "one address"},
		{"html", "<p>Hi {{ linkedin }}</p>", "would go with a gap"}, {"html", "<p>Hi {{</p>", "{{"}, {"attach", "77", "is not there any more"},
	} {
		fields := append(append([]string{}, mail...), c.name, c.value)
		f := form(fields...)
		f.Set(c.name, c.value)
		f.Set("nonce", c.value)
		a := b.do("POST", "/people/"+id+"/mail", f)
		if a.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s %s: status %d", c.name, c.value, a.StatusCode)
		}
		a.wants("#act-write [role=alert]", c.says)
	}
	if n := len(s.mailings(0)); n != 1 {
		t.Errorf("%d mails", n)
	}
}

// TestMailFiles: a file goes up, with and without script, is its writer's alone, and
// is in the draft; a program is refused.
func TestMailFiles(t *testing.T) {
	s := newSite(t, 1)
	m := s.heard(0, sales.Question, cost)
	b := s.as(s.Seller)
	id, thread := s.People[0].ID.String(), "/inbox/"+m.ThreadID.String()
	fields := []string{"back", thread, "thread", m.ThreadID.String(), "rev", "0", "subject", "Re: A question", "body", "Here it is."}
	if a := b.sendFile("/write/files/"+id, "offer.txt", []byte("40 a month"), fields...); a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != thread+"#act-write" {
		t.Fatalf("status %d to %s", a.StatusCode, a.Header.Get("Location"))
	}
	page := b.get(thread)
	page.wants("#act-write .files", "offer.txt", "10 bytes")
	page.wants("#act-write", "Here it is.")
	file := page.value("#act-write [name=attach]")
	if b.do("GET", "/settings/files/"+file, nil).StatusCode != http.StatusOK || strings.Contains(b.get("/settings/files").body, "offer.txt") {
		t.Error("the writer's own file is not theirs alone")
	}
	bob := s.as(s.user(sales.RoleSeller, "bob"))
	if code := bob.do("GET", "/settings/files/"+file, nil).StatusCode; code != http.StatusNotFound {
		t.Errorf("somebody else reads it: status %d", code)
	}
	if a := bob.sendFile("/write/files/"+id, "x.txt", []byte("x"), fields...); a.StatusCode != http.StatusNotFound {
		t.Errorf("somebody else's person: status %d", a.StatusCode)
	}
	b.sendFile("/write/files/"+id, "run.exe", []byte("MZ\x00"), fields...)
	b.get(thread).wants("#toasts", "is a program")
	b.post("/people/"+id+"/mail", "back", thread, "message", m.ID.String(), "subject", "Re: A question", "body", "Here it is.", "mailbox", s.Mailbox.ID.String(), "nonce", "n", "attach", file)
	if list := s.mailings(0); len(list) != 1 {
		t.Fatalf("%+v", list)
	}
	l, err := s.Letters(t.Context(), s.Store.DB, s.Workspace.ID, []sales.ID{s.mailings(0)[0].ID})
	if err != nil || len(l) != 1 || len(l[s.mailings(0)[0].ID].Files) != 1 {
		t.Errorf("%+v, %v", l, err)
	}
}

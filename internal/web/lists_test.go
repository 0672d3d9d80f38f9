package web_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
)

func TestInbox(t *testing.T) {
	s := newSite(t, 60)
	for i := range 55 {
		s.clock.move(time.Minute)
		s.heard(i, sales.Question, cost)
		if i < 53 {
			if _, err := s.desk.Complete(context.Background(), s.Viewer(), s.openTask(i, sales.TaskAnswer).ID, ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	b := s.as(s.Seller)
	a := b.get("/inbox")
	if n := len(a.all("ul.threads")); n != 2 {
		t.Fatalf("%d lists", n)
	}
	a.wants("#inbox", "Waits for your answer", cost, "Asks a question", "answer in")
	more := attr(a.all("li.more a")[0], "href")
	rest := b.part(more)
	if n := len(rest.all("li")); n != 15 {
		t.Errorf("%d rows on the second page", n)
	}
	b.get("/inbox?view=automatic").wants("#inbox", "Nothing here")
	b.part("/inbox/rows?view=all").wants("body", "Waits for your answer")
	if to := b.do("GET", "/inbox/rows?view=all", nil).Header.Get("Location"); to != "/inbox?view=all" {
		t.Errorf("the list by itself leads to %q", to)
	}
	if to := b.do("GET", "/inbox/rows?view=all&q=a+b", nil).Header.Get("Location"); to != "/inbox?view=all&q=a+b" {
		t.Errorf("a search by itself leads to %q", to)
	}
	hit := b.get("/inbox?view=automatic&q=PERSON7%40")
	if n := len(hit.all("#inbox [data-row]")); n != 1 {
		t.Errorf("a search by address shows %d threads", n)
	}
	hit.wants("#inbox", "Threads with “PERSON7@”", cost)
	found := b.part("/inbox/rows?q=" + url.QueryEscape(strings.Fields(cost)[0]))
	if n := len(found.all("[data-row]")); n != 40 {
		t.Errorf("a search by a word of mails shows %d threads first", n)
	}
	if n := len(b.part(attr(found.all("li.more a")[0], "href")).all("[data-row]")); n != 15 {
		t.Errorf("and %d then", n)
	}
	for _, q := range []string{"zeppelin", "%25", "%00", "%ff", "'"} {
		a := b.get("/inbox?q=" + q)
		if a.wants("#inbox", "No thread matches"); len(a.all("#inbox [data-row]")) != 0 {
			t.Errorf("%s finds something", q)
		}
	}
	if n := len(s.as(s.user(sales.RoleSeller, "Eve")).get("/inbox?q=person7%40").all("#inbox [data-row]")); n != 0 {
		t.Errorf("somebody else finds %d threads", n)
	}
	if code := b.do("GET", "/inbox/rows?view=all&after=%00%ff", nil).StatusCode; code != 200 {
		t.Errorf("a broken place in the list: status %d", code)
	}
}

func TestPeople(t *testing.T) {
	s := newSite(t, 120)
	s.Enroll(t, 119)
	s.heard(118, sales.Question, cost)
	b := s.as(s.Seller)
	a := b.get("/people")
	if n := len(a.all("#people [data-row]")); n != 50 {
		t.Errorf("%d rows", n)
	}
	a.wants("#people", "Brightwater Logistics", "Fleet ops, autumn", "Our move")
	more := a.all("#people a")
	next := attr(more[len(more)-1], "href")
	if n := len(b.part(next).all("[data-row]")) + strings.Count(b.part(next).body, "data-row"); n < 50 {
		t.Errorf("%d rows on the second page", n)
	}
	if body := b.part("/people/rows?q=person77").body; strings.Count(body, "data-row") != 1 {
		t.Errorf("found %d", strings.Count(body, "data-row"))
	}
	if body := b.part("/people/rows?q=oliveira&show=ours").body; strings.Count(body, "data-row") != 1 {
		t.Errorf("our moves: %d", strings.Count(body, "data-row"))
	}
	b.get("/people?q=nobody+at+all").wants("#people", "Nobody matches")
	b.part("/go?q=fleet").wants("body", "Fleet ops, autumn", "Sequence")
	b.part("/go?q=person3%40").wants("body", "Marta Oliveira")
	b.get("/go?q=zzz").wants("main", "Nothing by that name")
}

func TestPersonIsAddedAndEdited(t *testing.T) {
	s := newSite(t, 1)
	b := s.as(s.Seller)
	b.get("/people/new").wants("h1", "Add a person")
	to := b.post("/people", "first_name", "Jonas", "last_name", "Lindqvist", "email", "Jonas@fjellfrakt.example", "account", "Fjellfrakt", "zone", "Europe/Oslo").Header.Get("Location")
	a := b.get(to)
	a.wants("h1", "Jonas Lindqvist")
	a.wants("#toasts", "is added")
	a.wants("main", "Added by hand.", "Fjellfrakt")
	b.post(to+"/edit", "first_name", "Jonas", "last_name", "Lind", "email", "jonas@fjellfrakt.example", "account", "Fjellfrakt", "phone", "+47 55 50 01 48")
	b.get(to).wants("h1", "Jonas Lind")
	wrong := b.do("POST", to+"/edit", form("first_name", "<script>x</script>", "email", "not an address", "zone", "Mars/Olympus"))
	if wrong.StatusCode != 422 {
		t.Errorf("status %d", wrong.StatusCode)
	}
	wrong.wants("form", "is not a mail address", "There is no such time zone")
	if got := wrong.value("[name=first_name]"); got != "<script>x</script>" {
		t.Errorf("typed text is %q", got)
	}
	twice := b.do("POST", "/people", form("email", "jonas@fjellfrakt.example"))
	if twice.StatusCode != 422 {
		t.Errorf("a second with the same address: status %d", twice.StatusCode)
	}
	twice.wants("[role=alert]", "is there already")
}

func TestEnrol(t *testing.T) {
	s := newSite(t, 3)
	s.Enroll(t, 0)
	b := s.as(s.Owner)
	one, two := s.People[0].ID.String(), s.People[1].ID.String()
	a := b.do("POST", "/people/enrol/preview", form("sequence", s.Sequence.ID.String(), "person", one, "person", two, "back", "/people?show=idle"))
	a.wants("main", "1 person goes in, 1 does not", "Is in this sequence already", "First step")
	if n := len(a.all("[name=person]")); n != 1 {
		t.Errorf("%d people in the form", n)
	}
	b.post("/people/enrol", "sequence", s.Sequence.ID.String(), "person", two)
	b.get("/people").wants("#toasts", "1 person is in the sequence “Fleet ops, autumn” now.", "Undo")
	b.do("POST", "/people/enrol/preview", form("sequence", s.Sequence.ID.String())).wantPage(422, "Choose somebody first")
	if code := s.as(s.Seller).status("/people/enrol", "sequence", s.Sequence.ID.String(), "person", s.People[2].ID.String()); code != 303 {
		t.Errorf("their own sequence: status %d", code)
	}
}

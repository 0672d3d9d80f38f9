package web_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"ninetyten/internal/sales"
)

// inside counts the living people of the sequence of the site.
func (s *site) inside() int {
	s.t.Helper()
	n := 0
	for _, p := range s.People {
		list, err := s.Store.EnrollmentsOf(context.Background(), s.Viewer().WorkspaceID, p.ID)
		if err != nil {
			s.t.Fatal(err)
		}
		for _, e := range list {
			if e.State.Alive() {
				n++
			}
		}
	}
	return n
}

// TestEnrolAFilteredList: everybody whom a list shows, with yes or why not for
// each; those who were put in can be taken out again.
func TestEnrolAFilteredList(t *testing.T) {
	s := newSite(t, 6)
	s.Enroll(t, 0)
	b := s.as(s.Owner)
	id := s.Sequence.ID.String()
	b.get("/people?q=oliveira").wants("#matching", "Put all 6 who match into a sequence")
	b.part("/people/rows?q=person3").wants("hx-partial", "Put this one person into a sequence")
	a := b.get("/people/enrol?q=oliveira&sequence=" + id)
	a.wants("main", "5 people go in, 1 does not", "In a sequence, or through this one", "Is in this sequence already")
	var yes []string
	for _, x := range a.all("[name=person]") {
		yes = append(yes, "person", attr(x, "value"))
	}
	if len(yes) != 10 {
		t.Fatalf("%d people in the form", len(yes)/2)
	}
	if a.value("[name=back]") != "/people?q=oliveira" || a.value("[name=next]") != "" {
		t.Errorf("back to %q, next %q", a.value("[name=back]"), a.value("[name=next]"))
	}
	b.post("/people/enrol", append(yes, "sequence", id, "back", "/people?q=oliveira")...).to("/people?q=oliveira")
	if n := s.inside(); n != 6 {
		t.Errorf("%d are in it", n)
	}
	toast := b.get("/people?q=oliveira")
	toast.wants("#toasts", "5 people are in the sequence “Fleet ops, autumn” now.", "Undo")
	undo := attr(toast.all("#toasts form")[0], "action")
	b.post(undo)
	if n := s.inside(); n != 1 {
		t.Errorf("%d are in it after the undo", n)
	}
	b.do("GET", "/people/enrol?q=nobody&sequence="+id, nil).wantPage(422, "Nobody matches")
	b.do("GET", "/people/enrol?q=%3Cscript%3E", nil).wantPage(422, "Choose a sequence")
	b.do("GET", "/people/enrol?sequence=x", nil).wantPage(422)
}

// TestEnrolKeepsWhoWasTicked: what is wrong is said on the list, with the same
// boxes ticked, also of people further down.
func TestEnrolKeepsWhoWasTicked(t *testing.T) {
	s := newSite(t, 120)
	b := s.as(s.Owner)
	far, near := s.People[0].ID.String(), s.People[119].ID.String()
	a := b.do("POST", "/people/enrol/preview", form("sequence", "", "person", far, "person", near, "back", "/people?q=oliveira"))
	a.wantPage(422, "Choose a sequence")
	got := map[string]bool{}
	for _, x := range a.all("#people [checked]") {
		got[attr(x, "value")] = true
	}
	if len(got) != 2 || !got[far] || !got[near] {
		t.Errorf("ticked: %v", got)
	}
	many := url.Values{"sequence": {s.Sequence.ID.String()}}
	for range 1001 {
		many.Add("person", near)
	}
	b.do("POST", "/people/enrol/preview", many).wantPage(429, "At most 1,000")
	// A seller's page ticks nobody whom they may not see.
	other := s.as(s.user(sales.RoleSeller, "Tomas"))
	if body := other.do("POST", "/people/enrol/preview", form("person", far)).text("main"); strings.Contains(body, "person0@") {
		t.Error("a seller sees the people of another")
	}
}

// TestEnrolInPortions: more than a thousand are put in in portions, each with its
// own look.
func TestEnrolInPortions(t *testing.T) {
	s := newSite(t, 1001)
	b := s.as(s.Owner)
	a := b.get("/people/enrol?sequence=" + s.Sequence.ID.String())
	a.wants("main", "These are 1,000 of 1,001 who match", "see the next")
	next := a.value("[name=next]")
	b.post("/people/enrol", "sequence", s.Sequence.ID.String(), "person", s.People[1000].ID.String(), "next", next).to(next)
	rest := b.get(next)
	rest.wants("main", "These are the last ones who match", "1 person goes in")
	rest.wants("#toasts", "1 person is in", "Undo")
	for _, bad := range []string{"https://evil.example/", "//evil.example", "/settings"} {
		b.post("/people/enrol", "sequence", s.Sequence.ID.String(), "person", s.People[5].ID.String(), "next", bad).to("/people")
	}
}

func TestPeopleFilters(t *testing.T) {
	s := newSite(t, 4)
	s.Enroll(t, 2)
	b := s.as(s.Owner)
	rows := func(query string) int { return len(b.get("/people?" + query).all("#people [data-row]")) }
	account := s.People[0].AccountID.String()
	for query, want := range map[string]int{
		"in=" + s.Sequence.ID.String(): 1, "owner=" + s.Seller.ID.String(): 4, "owner=" + s.Owner.ID.String(): 0,
		"account=" + account: 4, "show=idle": 3, "show=idle&account=" + account: 3, "in=x&owner=-1&show=<b>": 4,
	} {
		if n := rows(query); n != want {
			t.Errorf("%s: %d rows, want %d", query, n, want)
		}
	}
	b.get("/people?account="+account).wants(".chips", "At Brightwater Logistics")
	if got := b.get("/people?for=" + s.Sequence.ID.String()).value("#enrol-into [selected]"); got != s.Sequence.ID.String() {
		t.Errorf("the sequence that people are chosen for is not chosen: %q", got)
	}
}

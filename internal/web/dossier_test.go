package web_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// researched lets the account of the site be read.
func (s *site) researched(facts ...sales.Fact) {
	s.t.Helper()
	if err := s.InTx(context.Background(), func(tx *store.Tx) error {
		ctx := context.Background()
		r := sales.Research{WorkspaceID: s.Workspace.ID, AccountID: s.Account.ID, AskedAt: storetest.Now}
		if _, err := tx.AskResearch(ctx, r, storetest.Now, storetest.Now); err != nil {
			return err
		}
		n, err := tx.ClaimResearch(ctx, r.WorkspaceID, r.AccountID, time.Now().Add(time.Hour), time.Now())
		if err != nil {
			return err
		}
		r.Tries, r.State, r.EndedAt, r.Says = n, sales.ResearchDone, storetest.Now, "One page of their site was read."
		r.Pages = []sales.PageVisit{{URL: "https://brightwater.example/", At: storetest.Now, Status: 200, Bytes: 2048, Says: "home"}, {URL: "https://brightwater.example/x", At: storetest.Now, Says: "There is no such page.", Failed: true}}
		_, err = tx.EndResearch(ctx, r, facts)
		return err
	}); err != nil {
		s.t.Fatal(err)
	}
}

// TestDossier: the record of a person says what is known, from where, and what is not
// answered; what a site wrote is text.
func TestDossier(t *testing.T) {
	s := newSite(t, 2)
	s.heard(0, sales.Question, cost)
	s.researched(sales.Fact{Kind: sales.FactAbout, Value: "Trucks <script>alert(1)</script>", Source: sales.FromSite, URL: "javascript:alert(1)", At: storetest.Now}, sales.Fact{Kind: sales.FactEmployees, Value: "62", Source: sales.FromSite, URL: "https://brightwater.example/about", At: storetest.Now})
	a := s.as(s.Seller)
	page := a.get("/people/" + s.People[0].ID.String())
	page.wants("#brief", "In short")
	page.wants(".brief", "Nobody answered yet.")
	page.wants("#research-card", "62")
	page.wants("#research-card", "There is no such page.")
	page.wants("#research-card", "their site, today")
	page.wants(".asked", "Not answered")
	if strings.Contains(page.body, "javascript:alert") || strings.Contains(page.body, "<script>alert(1)") {
		t.Error("what a site wrote does something")
	}
	a.get("/next").wants(".brief", "Nobody answered yet.")
	a.post("/people/" + s.People[0].ID.String() + "/research").to("/people/" + s.People[0].ID.String())
	a.get("/people/"+s.People[0].ID.String()).wants("#research-card", "is being read")
	r, err := s.ResearchOf(t.Context(), s.Workspace.ID, s.Account.ID)
	if err != nil || r.State != sales.ResearchAsked || r.UserID != s.Seller.ID {
		t.Errorf("%+v %v", r, err)
	}
}

// TestDossierWalls: nobody asks for the research of a person whom they may not see, and
// only those who may change what is read.
func TestDossierWalls(t *testing.T) {
	s := newSite(t, 1)
	other := storetest.NewWorld(t, s.Store, 1)
	b := s.as(other.Seller)
	if code := b.status("/people/" + s.People[0].ID.String() + "/research"); code != 404 {
		t.Errorf("status %d", code)
	}
	a, o := s.as(s.Seller), s.as(s.Owner)
	for _, path := range []string{"/settings/research", "/settings/research/feeds", "/settings/research/feeds/7/delete"} {
		if code := a.status(path, "mode", "off", "url", "https://news.example/feed"); code != 403 {
			t.Errorf("%s: status %d", path, code)
		}
	}
	a.get("/settings/research").wants("main", "by the button on a dossier")
	o.post("/settings/research", "mode", "off").to("/settings/research")
	o.post("/settings/research/feeds", "url", "https://news.example/feed").to("/settings/research")
	o.do("POST", "/settings/research/feeds", form("url", "https://news.example/feed")).wantPage(409, "read already")
	o.do("POST", "/settings/research/feeds", form("url", "http://localhost/x")).wantPage(422, "no address of a feed")
	o.get("/settings/research").wants("main", "https://news.example/feed")
	a.post("/people/" + s.People[0].ID.String() + "/research")
	if r, err := s.ResearchOf(t.Context(), s.Workspace.ID, s.Account.ID); err != nil || r.State != sales.ResearchNone {
		t.Errorf("it is read though it is off: %+v %v", r, err)
	}
	feeds, err := s.Feeds(t.Context(), s.Workspace.ID)
	if err != nil || len(feeds) != 1 {
		t.Fatalf("%+v %v", feeds, err)
	}
	o.post("/settings/research/feeds/" + feeds[0].ID.String() + "/delete").to("/settings/research")
}

// TestLongLedger: a ledger of 5,000 lines is read in pages, each of which leads to the
// next until the first line.
func TestLongLedger(t *testing.T) {
	s := newSite(t, 1)
	p := s.People[0]
	if err := s.InTx(t.Context(), func(tx *store.Tx) error {
		var list []sales.Move
		for i := range 5000 {
			list = append(list, sales.Move{WorkspaceID: p.WorkspaceID, At: storetest.Now.Add(time.Duration(i-5000) * time.Hour), Actor: sales.BySeller, Kind: sales.MoveNote, PersonID: p.ID, UserID: s.Seller.ID, Text: fmt.Sprint("Line ", i)})
		}
		return tx.AppendMoves(t.Context(), list)
	}); err != nil {
		t.Fatal(err)
	}
	a := s.as(s.Seller)
	page := a.get("/people/" + p.ID.String())
	if len(page.body) > 200_000 || !strings.Contains(page.body, "Line 4999") || strings.Contains(page.body, "Line 4000") {
		t.Errorf("the page has %d bytes", len(page.body))
	}
}

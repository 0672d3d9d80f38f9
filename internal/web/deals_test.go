package web_test

import (
	"context"
	"strings"
	"testing"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// A deal from its form over the board to its end, and what others see of it.
func TestDealPages(t *testing.T) {
	s := newSite(t, 2)
	b := s.as(s.Seller)
	account, person := s.Account.ID.String(), s.People[0].ID.String()
	if body := b.get("/deals").body; !strings.Contains(body, "What you sell goes here") {
		t.Error("an empty pipeline teaches nothing")
	}
	if code := b.status("/deals", "account_id", account, "name", "Trucks", "amount", "a lot"); code != 422 {
		t.Errorf("a wrong amount: status %d", code)
	}
	b.post("/deals", "account_id", account, "person", person, "name", "Trucks & <more>", "amount", "12,500", "currency", "EUR", "close_on", "2026-02-01", "next_step", "A trial")
	list, _, err := s.Deals(context.Background(), s.Viewer(), store.DealFilter{}, store.Page{})
	if err != nil || len(list) != 1 {
		t.Fatalf("%d deals (%v)", len(list), err)
	}
	at := "/deals/" + list[0].ID.String()
	for path, words := range map[string]string{
		"/deals": "Trucks &amp; &lt;more&gt;", "/deals?view=list": "12,500 EUR", "/deals?view=list&show=all&q=trucks": "should have closed", at: "Nobody is known who decides", "/accounts": "Brightwater Logistics",
		"/accounts/" + account: "was begun at Talking", "/people/" + person: "Trucks &amp; &lt;more&gt;", "/go?q=trucks": at, "/settings/pipeline": "Talking", "/settings/weights": "They answered", "/deals/new?person=" + person: "account_id",
	} {
		if body := b.get(path).body; !strings.Contains(body, words) {
			t.Errorf("GET %s lacks %q", path, words)
		}
	}
	b.post(at+"/people", "person", s.People[1].ID.String(), "role", "decides")
	b.post(at+"/task", "person", person)
	b.post(at+"/stage", "stage", "proof", "back", "/deals")
	if code := b.status(at+"/stage", "stage", "lost"); code != 422 {
		t.Errorf("lost without a reason: status %d", code)
	}
	b.post(at+"/stage", "stage", "lost", "reason", "Price")
	if body := b.get(at).body; !strings.Contains(body, "This deal was lost") || !strings.Contains(body, "Price") || strings.Contains(body, "Nobody is known who decides") {
		t.Error("the page of a lost deal does not say so")
	}
	b.post("/accounts/"+account, "name", "Brightwater AG", "domain", "brightwater.example", "notes", "Family firm")
	b.post("/accounts/"+account+"/people", "person", person, "role", "uses", "named_by", s.People[1].ID.String())
	if body := b.get("/accounts/" + account).body; !strings.Contains(body, "Family firm") || !strings.Contains(body, "named by Marta") {
		t.Error("the account does not show what was saved")
	}
	if code := b.status("/settings/weights", "seller:reply", "1"); code != 403 {
		t.Errorf("a seller changes weights: status %d", code)
	}
	boss := s.as(s.Owner)
	boss.post("/settings/pipeline", "id", "talking", "name", "Neu", "meaning", "open", "order", "1", "id", "won", "name", "Won", "meaning", "won", "order", "2", "id", "lost", "name", "Lost", "meaning", "lost", "order", "3", "reasons", "Price")
	if body := boss.get("/deals").body; !strings.Contains(body, "Neu") || strings.Contains(body, "Trying it out") {
		t.Error("the board does not follow the pipeline")
	}

	ctx := context.Background()
	bob := sales.User{WorkspaceID: s.Workspace.ID, ID: s.NewID(), Email: "bob@brightmail.example", Name: "Bob", Role: sales.RoleSeller, CreatedAt: storetest.Now}
	if err := s.InTx(ctx, func(tx *store.Tx) error { return tx.InsertUser(ctx, bob) }); err != nil {
		t.Fatal(err)
	}
	for _, who := range []sales.User{bob, storetest.NewWorld(t, s.Store, 1).Owner} {
		x := s.as(who)
		for _, path := range []string{at, "/accounts/" + account} {
			if code := x.do("GET", path, nil).StatusCode; code != 404 {
				t.Errorf("%s: GET %s: status %d", who.Name, path, code)
			}
		}
		for _, path := range []string{at, at + "/stage", at + "/people", at + "/task", "/accounts/" + account, "/accounts/" + account + "/archive", "/undo/deal/" + list[0].ID.String() + "/3"} {
			if code := x.status(path, "name", "x", "stage", "won", "person", person, "domain", "x.example", "account_id", account); code != 404 {
				t.Errorf("%s: POST %s: status %d", who.Name, path, code)
			}
		}
		for _, path := range []string{"/deals", "/deals?view=list&show=all", "/accounts"} {
			if body := x.get(path).body; strings.Contains(body, at) || strings.Contains(body, "/accounts/"+account) {
				t.Errorf("%s: GET %s shows what is not theirs", who.Name, path)
			}
		}
	}
}

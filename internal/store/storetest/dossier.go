package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// dossier lets the account of a world wait for its research, and gives it a fact, a
// feed, and the first person a brief.
func (x *Filled) dossier(ctx context.Context, tx *store.Tx) error {
	ws := x.Workspace.ID
	x.Research = sales.Research{WorkspaceID: ws, AccountID: x.Account.ID, State: sales.ResearchAsked, UserID: x.Seller.ID, AskedAt: Now}
	if yes, err := tx.AskResearch(ctx, x.Research, Now, Now); err != nil || !yes {
		return sales.Errorf(sales.Internal, "asked: %v, %v", yes, err)
	}
	if n, err := tx.AddNews(ctx, ws, x.Account.ID, []sales.Fact{{Value: "Née", URL: "https://news.example/1", At: Now}}); err != nil || n != 1 {
		return sales.Errorf(sales.Internal, "%d news, %v", n, err)
	}
	x.Feed = sales.Feed{WorkspaceID: ws, ID: tx.NewID(), URL: "https://news.example/feed", Title: "Née", AddedBy: x.Seller.ID, AddedAt: Now}
	if err := tx.InsertFeed(ctx, x.Feed); err != nil {
		return err
	}
	x.Brief = sales.Brief{WorkspaceID: ws, PersonID: x.People[0].ID, MadeAt: wait(-1), UpTo: 7, Model: "little", Refused: "née", Sentences: []sales.BriefSentence{{Text: "Née.", Cites: []int{1}}}, Lines: []sales.BriefLine{{Text: "Née", From: "the record", At: Now}}}
	return tx.SaveBrief(ctx, x.Brief)
}

// readingsDossier are the methods that read them, see readings.
func readingsDossier(s *store.Store, add func(string, func(context.Context, sales.Viewer) (int, error)), x *Filled) {
	add("ResearchOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		r, err := s.ResearchOf(ctx, v.WorkspaceID, x.Account.ID)
		return flag(r.State != ""), err
	})
	add("ResearchWaiting", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.ResearchWaiting(ctx, v.WorkspaceID, Now, 9))
	})
	add("FactsOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.FactsOf(ctx, v.WorkspaceID, x.Account.ID))
	})
	add("Feeds", func(ctx context.Context, v sales.Viewer) (int, error) { return length(s.Feeds(ctx, v.WorkspaceID)) })
	add("AccountsNamed", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.AccountsNamed(ctx, v.WorkspaceID, []string{x.Account.Name}, []string{x.Account.Domain}))
	})
	add("BriefOf", func(ctx context.Context, v sales.Viewer) (int, error) {
		b, err := s.BriefOf(ctx, v.WorkspaceID, x.People[0].ID)
		return len(b.Sentences), err
	})
	add("ToPrepare", func(ctx context.Context, v sales.Viewer) (int, error) {
		return length(s.ToPrepare(ctx, v.WorkspaceID, wait(-1000), 9))
	})
}

// strangersDossier are the methods that write, called for another workspace.
func strangersDossier(ctx context.Context, t testing.TB, x *Filled, ws sales.ID) map[string]func(tx *store.Tx) error {
	r, f, b := x.Research, x.Feed, x.Brief
	r.WorkspaceID, r.State, r.Tries, f.WorkspaceID, f.Title, b.WorkspaceID, b.Model = ws, sales.ResearchDone, 0, ws, "mine", ws, "mine"
	return map[string]func(tx *store.Tx) error{
		"AskResearch": func(tx *store.Tx) error { _, err := tx.AskResearch(ctx, r, wait(99), wait(99)); return err },
		"ClaimResearch": func(tx *store.Tx) error {
			_, err := tx.ClaimResearch(ctx, ws, x.Account.ID, wait(9), wait(99))
			return err
		},
		"EndResearch": func(tx *store.Tx) error {
			_, err := tx.EndResearch(ctx, r, []sales.Fact{{Kind: sales.FactAbout, Value: "mine", At: Now}})
			return err
		},
		"AddNews": func(tx *store.Tx) error {
			_, err := tx.AddNews(ctx, ws, x.Account.ID, []sales.Fact{{Value: "mine", At: Now}})
			return err
		},
		"DeleteFeed": func(tx *store.Tx) error { return tx.DeleteFeed(ctx, ws, x.Feed.ID) },
		"ClaimFeed": func(tx *store.Tx) error {
			yes, err := tx.ClaimFeed(ctx, ws, x.Feed.ID, wait(99), wait(99))
			no(t, yes)
			return err
		},
		"EndFeed":   func(tx *store.Tx) error { return tx.EndFeed(ctx, f) },
		"SaveBrief": func(tx *store.Tx) error { return tx.SaveBrief(ctx, b) },
	}
}

// testResearch: an account waits once, is taken up by one, and what is learned takes
// the place of what was known before; a failure leaves that alone.
func testResearch(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 1)
	ctx, ws, acc := t.Context(), w.Workspace.ID, w.Account.ID
	ask := func(before, failed time.Time) (yes bool) {
		must(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			yes, err = tx.AskResearch(ctx, sales.Research{WorkspaceID: ws, AccountID: acc, AskedAt: Now}, before, failed)
			return err
		})
		return yes
	}
	claim := func(until, wall time.Time) (n int) {
		must(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			n, err = tx.ClaimResearch(ctx, ws, acc, until, wall)
			return err
		})
		return n
	}
	end := func(r sales.Research, facts ...sales.Fact) (yes bool) {
		r.WorkspaceID, r.AccountID = ws, acc
		must(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			yes, err = tx.EndResearch(ctx, r, facts)
			return err
		})
		return yes
	}
	if r := ok[sales.Research](t)(s.ResearchOf(ctx, ws, acc)); r.State != sales.ResearchNone {
		t.Errorf("%+v", r)
	}
	if !ask(Now, Now) || ask(wait(99), wait(99)) {
		t.Error("it does not wait once")
	}
	if claim(wait(1), Now) != 1 || claim(wait(1), Now) != 0 || claim(wait(3), wait(2)) != 2 {
		t.Error("the claims are wrong")
	}
	if end(sales.Research{State: sales.ResearchDone, Tries: 1, EndedAt: Now}) {
		t.Error("who lost the claim wrote")
	}
	fact := sales.Fact{Kind: sales.FactAbout, Value: "Trucks, née", Source: sales.FromSite, URL: "https://brightwater.example/", At: Now}
	r := sales.Research{State: sales.ResearchDone, Tries: 2, EndedAt: Now, Says: "One page.", Pages: []sales.PageVisit{{URL: "https://brightwater.example/", At: Now, Status: 200, Bytes: 7, Says: "home"}}}
	if !end(r, fact) {
		t.Error("it did not end")
	}
	got := ok[sales.Research](t)(s.ResearchOf(ctx, ws, acc))
	facts := ok[[]sales.Fact](t)(s.FactsOf(ctx, ws, acc))
	if got.State != sales.ResearchDone || got.Says != "One page." || len(got.Pages) != 1 || got.Pages[0].URL != r.Pages[0].URL || len(facts) != 1 || facts[0].Value != fact.Value || !facts[0].At.Equal(Now) {
		t.Errorf("%+v %+v", got, facts)
	}
	if ask(Now, wait(99)) || !ask(wait(1), Now) {
		t.Error("what is fresh is asked again, or what is old is not")
	}
	claim(wait(9), wait(8))
	end(sales.Research{State: sales.ResearchFailed, Tries: 1, EndedAt: wait(8)}, sales.Fact{Kind: sales.FactAbout, Value: "no", At: Now})
	if facts := ok[[]sales.Fact](t)(s.FactsOf(ctx, ws, acc)); len(facts) != 1 || facts[0].Value != fact.Value {
		t.Errorf("a failure changed the facts: %+v", facts)
	}
	if ask(wait(8), wait(8)) || !ask(wait(8), wait(9)) {
		t.Error("a failure is not tried again when it is time")
	}
	if list := ok[[]sales.Research](t)(s.ResearchWaiting(ctx, ws, Now, 9)); len(list) != 1 || list[0].AccountID != acc {
		t.Errorf("%+v", list)
	}
	if facts := ok[[]sales.Fact](t)(s.FactsOf(ctx, ws, 0)); len(facts) != 0 {
		t.Errorf("no account has facts: %+v", facts)
	}
}

// testNews: news is kept once, the newest of it, and finds its account by name or domain.
func testNews(t *testing.T, s *store.Store) {
	w := NewWorld(t, s, 1)
	ctx, ws := t.Context(), w.Workspace.ID
	add := func(from, to int) (n int) {
		var list []sales.Fact
		for i := from; i < to; i++ {
			list = append(list, sales.Fact{Value: fmt.Sprint("News ", i), URL: fmt.Sprint("https://news.example/", i), At: wait(float64(i))})
		}
		must(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			n, err = tx.AddNews(ctx, ws, w.Account.ID, list)
			return err
		})
		return n
	}
	if a, b, c := add(0, 15), add(0, 15), add(10, 30); a != 15 || b != 0 || c != 15 {
		t.Errorf("%d, %d, %d are new", a, b, c)
	}
	if facts := ok[[]sales.Fact](t)(s.FactsOf(ctx, ws, w.Account.ID)); len(facts) != 20 || facts[0].Value != "News 10" || facts[0].Source != sales.FromFeed || facts[0].Kind != sales.FactNews {
		t.Errorf("%d: %+v", len(facts), facts[:1])
	}
	for _, x := range []struct{ names, domains []string }{{[]string{"Other", w.Account.Name}, nil}, {nil, []string{w.Account.Domain}}, {[]string{w.Account.Name}, []string{w.Account.Domain}}} {
		if list := ok[[]sales.Account](t)(s.AccountsNamed(ctx, ws, x.names, x.domains)); len(list) != 1 || list[0].ID != w.Account.ID {
			t.Errorf("%v: %+v", x, list)
		}
	}
	f := sales.Feed{WorkspaceID: ws, ID: s.NewID(), URL: "https://news.example/feed", AddedAt: Now}
	claim := func(until, wall time.Time) (yes bool) {
		must(t, s, func(ctx context.Context, tx *store.Tx) (err error) {
			yes, err = tx.ClaimFeed(ctx, ws, f.ID, until, wall)
			return err
		})
		return yes
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.InsertFeed(ctx, f) })
	if !claim(wait(1), Now) || claim(wait(1), Now) || !claim(wait(3), wait(1)) {
		t.Error("the claims are wrong")
	}
	f.Title, f.ReadAt, f.Problem, f.Found = "Née", wait(1), "no", 3
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.EndFeed(ctx, f) })
	if list := ok[[]sales.Feed](t)(s.Feeds(ctx, ws)); len(list) != 1 || list[0].Title != "Née" || list[0].Found != 3 || list[0].Problem != "no" || !list[0].FreeAt.Equal(wait(3)) {
		t.Errorf("%+v", list)
	}
	must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.DeleteFeed(ctx, ws, f.ID) })
	if list := ok[[]sales.Feed](t)(s.Feeds(ctx, ws)); len(list) != 0 {
		t.Errorf("%+v", list)
	}
}

// testBriefs: a handoff is prepared until its brief is as new as it is.
func testBriefs(t *testing.T, s *store.Store) {
	x := Fill(t, s)
	ctx, ws := t.Context(), x.Workspace.ID
	if b := ok[sales.Brief](t)(s.BriefOf(ctx, ws, x.People[0].ID)); b.Model != "little" || b.UpTo != 7 || b.Sentences[0].Text != "Née." || b.Lines[0].From != "the record" || b.Refused != "née" {
		t.Errorf("%+v", b)
	}
	due := func() int { return len(ok[[]sales.Task](t)(s.ToPrepare(ctx, ws, Now, 9))) }
	if n := due(); n != 1 {
		t.Errorf("%d are due after a handoff", n)
	}
	for _, at := range []time.Time{wait(3), wait(1)} { // the older one comes late
		b := x.Brief
		b.MadeAt = at
		must(t, s, func(ctx context.Context, tx *store.Tx) error { return tx.SaveBrief(ctx, b) })
	}
	if n := due(); n != 0 {
		t.Errorf("%d are due after the new brief", n)
	}
}

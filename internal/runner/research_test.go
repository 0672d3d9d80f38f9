package runner_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/llm"
	"ninetyten/internal/research"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// sites is an internet that says what a test says.
type sites struct {
	asked []string
	site  research.Site
	news  []research.News
	err   error
}

func (s *sites) Account(_ context.Context, domain string) research.Site {
	s.asked = append(s.asked, domain)
	return s.site
}

func (s *sites) Feed(_ context.Context, url string) (string, []research.News, error) {
	s.asked = append(s.asked, url)
	return "Port news", s.news, s.err
}

func read() research.Site {
	return research.Site{State: sales.ResearchDone, Says: "One page of their site was read.", Pages: []sales.PageVisit{{URL: "https://brightwater.example/", Status: 200, Says: "home"}},
		Facts: []sales.Fact{{Kind: sales.FactAbout, Value: "Trucks between Porto and Hamburg.", Source: sales.FromSite, URL: "https://brightwater.example/", At: storetest.Now}, {Kind: sales.FactEmployees, Value: "62", Source: sales.FromSite, At: storetest.Now}}}
}

// answers lets a person answer, so that there is a handoff.
func (w *world) answers(i int, text string) {
	w.t.Helper()
	now := w.clock.Now()
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		p := w.People[i]
		m := sales.Message{WorkspaceID: w.Workspace.ID, ID: tx.NewID(), MailboxID: w.Mailbox.ID, PersonID: p.ID, Direction: sales.Incoming, HeaderID: tx.NewID().String() + "@x.example", From: p.Email, Text: text, ArrivedAt: now, SeenAt: now, Verdict: sales.Verdict{Kind: sales.KindReply, Intent: sales.Question}}
		if _, err := tx.InsertMessage(ctx, m); err != nil {
			return err
		}
		if err := tx.AppendMoves(ctx, []sales.Move{{WorkspaceID: p.WorkspaceID, At: now, Actor: sales.ByBuyer, Kind: sales.MoveQuestion, PersonID: p.ID, AccountID: p.AccountID, MessageID: m.ID, Text: "Asked a question."}}); err != nil {
			return err
		}
		_, err := tx.OpenTask(ctx, sales.Task{WorkspaceID: p.WorkspaceID, ID: tx.NewID(), Key: "answer" + m.ID.String(), Kind: sales.TaskAnswer, State: sales.TaskOpen, PersonID: p.ID, UserID: w.Seller.ID, MessageID: m.ID, Title: "Answer", CreatedAt: now, DueAt: now})
		return err
	})
}

func (w *world) research() int {
	w.t.Helper()
	n, err := w.runner.Research(w.t.Context(), w.Workspace.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *world) brief(i int) sales.Brief {
	w.t.Helper()
	b, err := w.Store.BriefOf(w.t.Context(), w.Workspace.ID, w.People[i].ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return b
}

func said(b sales.Brief) string {
	var out []string
	for _, s := range b.Sentences {
		out = append(out, s.Text)
	}
	return strings.Join(out, "\n")
}

// TestResearch: a handoff has its brief before anybody asks, and its account is read
// once, as the workspace wants it.
func TestResearch(t *testing.T) {
	for mode, want := range map[sales.ResearchMode]int{sales.ResearchHandoffs: 1, sales.ResearchByHand: 0, sales.ResearchOff: 0} {
		w, x := newWorld(t, 2), &sites{site: read()}
		w.runner.Sites = x
		w.tx(func(ctx context.Context, tx *store.Tx) error {
			ws := w.Workspace
			ws.Settings.Research = mode
			return tx.SaveWorkspace(ctx, ws)
		})
		w.answers(0, "What would it cost for 40 drivers?")
		if w.research(); len(x.asked) != want || want == 1 && x.asked[0] != "brightwater.example" {
			t.Errorf("%s: asked %q", mode, x.asked)
		}
		b := w.brief(0)
		if !strings.Contains(said(b), "“What would it cost for 40 drivers?” Nobody answered yet.") || (want == 1) != strings.Contains(said(b), "62 employees") || b.Model != "" {
			t.Errorf("%s: %s", mode, said(b))
		}
		if w.research(); len(x.asked) != want || w.brief(1).PersonID != 0 {
			t.Errorf("%s: again %q", mode, x.asked)
		}
		w.clock.set(storetest.Now.Add(31 * 24 * time.Hour))
		w.answers(1, "And now?")
		if w.research(); len(x.asked) != 2*want {
			t.Errorf("%s: what is stale was asked %q", mode, x.asked)
		}
	}
}

// TestResearchFails: what went wrong is kept, what was known stays, and the next try
// comes after a day.
func TestResearchFails(t *testing.T) {
	w, x := newWorld(t, 3), &sites{site: read()}
	w.runner.Sites = x
	w.answers(0, "One?")
	w.research()
	x.site = research.Site{State: sales.ResearchFailed, Says: "It did not answer in time."}
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.AskResearch(ctx, sales.Research{WorkspaceID: w.Workspace.ID, AccountID: w.Account.ID, AskedAt: storetest.Now}, storetest.Now.Add(time.Hour), storetest.Now.Add(time.Hour))
		return err
	})
	w.research()
	r, err := w.Store.ResearchOf(t.Context(), w.Workspace.ID, w.Account.ID)
	facts, err2 := w.Store.FactsOf(t.Context(), w.Workspace.ID, w.Account.ID)
	if err != nil || err2 != nil || r.State != sales.ResearchFailed || r.Says != x.site.Says || len(facts) != 2 {
		t.Errorf("%+v %+v %v %v", r, facts, err, err2)
	}
	w.answers(1, "Two?")
	if w.research(); len(x.asked) != 2 {
		t.Errorf("it was tried again at once: %q", x.asked)
	}
	w.clock.set(storetest.Now.Add(25 * time.Hour))
	w.answers(2, "Three?")
	if w.research(); len(x.asked) != 3 {
		t.Errorf("it was not tried again: %q", x.asked)
	}
}

// TestNews: news goes to the accounts that it names, and a feed that is none says so.
func TestNews(t *testing.T) {
	w, x := newWorld(t, 1), &sites{}
	w.runner.Sites = x
	x.news = []research.News{{Title: "Brightwater Logistics opens a depot", URL: "https://news.example/1", At: storetest.Now}, {Title: "A ship came", Links: []string{"brightwater.example"}, URL: "https://news.example/2"}, {Title: "Nothing of ours", URL: "https://news.example/3"}}
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.InsertFeed(ctx, sales.Feed{WorkspaceID: w.Workspace.ID, ID: tx.NewID(), URL: "https://news.example/feed", AddedAt: storetest.Now})
	})
	if w.research(); len(x.asked) != 1 {
		t.Errorf("asked %q", x.asked)
	}
	if w.research(); len(x.asked) != 1 {
		t.Errorf("read twice in an hour: %q", x.asked)
	}
	facts, err := w.Store.FactsOf(t.Context(), w.Workspace.ID, w.Account.ID)
	if err != nil || len(facts) != 2 || facts[0].Value != x.news[0].Title || facts[1].URL != x.news[1].URL || facts[1].At.IsZero() {
		t.Errorf("%+v %v", facts, err)
	}
	feeds, err := w.Store.Feeds(t.Context(), w.Workspace.ID)
	if err != nil || feeds[0].Title != "Port news" || feeds[0].Found != 2 || feeds[0].Problem != "" {
		t.Errorf("%+v %v", feeds, err)
	}
}

// TestModelBrief: a brief of a model stands when every sentence holds; when it lies, the
// one by rules stands, and what was sent and why it was refused is on record.
func TestModelBrief(t *testing.T) {
	var given []string
	honest := func(q llm.Chat) string {
		var x struct {
			Lines []struct {
				N    int
				Text string
			}
		}
		if err := json.Unmarshal([]byte(q.User), &x); err != nil {
			return ""
		}
		given = nil
		var out []map[string]any
		for _, l := range x.Lines {
			given = append(given, l.Text)
			if len(out) < 6 {
				out = append(out, map[string]any{"text": "It is known: " + l.Text, "cites": []int{l.N}})
			}
		}
		b, _ := json.Marshal(map[string]any{"sentences": out})
		return string(b)
	}
	for name, c := range map[string]struct {
		answer  func(q llm.Chat) string
		refused string
	}{
		"honest": {honest, ""},
		"number": {func(q llm.Chat) string { return strings.ReplaceAll(honest(q), "40", "400") }, "says 400"},
		"name": {func(q llm.Chat) string {
			return strings.Replace(honest(q), "It is known", "It is known in Helsinki", 1)
		}, "names Helsinki"},
		"uncited":   {func(q llm.Chat) string { return strings.Replace(honest(q), `"cites":[1]`, `"cites":[]`, 1) }, "cites no line"},
		"elsewhere": {func(q llm.Chat) string { return strings.Replace(honest(q), `"cites":[1]`, `"cites":[99]`, 1) }, "line that there is not"},
		"too short": {func(llm.Chat) string { return `{"sentences":[]}` }, "three to six"},
		"no JSON":   {func(llm.Chat) string { return "Marta is great!" }, "not the JSON"},
	} {
		m := newModelled(t, 1, func(_ int, q llm.Chat) (string, error) { return c.answer(q), nil })
		m.endpoint(func(e *sales.ModelEndpoint) { e.Briefs = true })
		m.runner.Sites = &sites{site: read()}
		m.world.answers(0, "What would it cost for 40 drivers, Ana?")
		m.research()
		b := m.brief(0)
		if c.refused == "" && (b.Model == "" || !strings.Contains(said(b), "It is known: Marta is Head of Operations at Brightwater Logistics") || b.Refused != "") {
			t.Errorf("%s: %+v", name, b)
		}
		if c.refused != "" && (b.Model != "" || !strings.Contains(b.Refused, c.refused) || !strings.Contains(said(b), "Nobody answered yet.")) {
			t.Errorf("%s: refused %q: %s", name, b.Refused, said(b))
		}
		log, _, err := m.Store.AskLog(t.Context(), m.Workspace.ID, store.Page{})
		if err != nil || len(log) != 2 || log[0].About != sales.AboutBrief || log[0].PersonID != m.People[0].ID || log[0].Sent == "" || (log[0].State == sales.AskApplied) != (c.refused == "") {
			t.Errorf("%s: log %+v, %v", name, log, err)
		}
		for _, l := range log {
			if strings.Contains(l.Sent, "Marta") || strings.Contains(l.Sent, "Oliveira") || strings.Contains(l.Sent, "Brightwater") || strings.Contains(l.Sent, "brightwater") || strings.Contains(l.Sent, "Ana") {
				t.Errorf("%s: a name left: %s", name, l.Sent)
			}
		}
	}
	if !slices.Contains(given, "What would it cost for 40 drivers, Seller?") {
		t.Errorf("given %q", given)
	}
	m := newModelled(t, 1, func(int, llm.Chat) (string, error) { t.Error("asked without being let"); return "", nil })
	m.endpoint(func(e *sales.ModelEndpoint) { e.Unclear = false })
	m.world.answers(0, "What?")
	m.research()
	if b := m.brief(0); b.Model != "" || len(b.Sentences) < 3 {
		t.Errorf("%+v", b)
	}
}

package web_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/llm"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// oracle is a language model that answers what a test says.
type oracle struct {
	text string
	err  error
	at   llm.Endpoint
}

func (o *oracle) Ask(_ context.Context, e llm.Endpoint, _ llm.Chat) (llm.Answer, error) {
	o.at = e
	return llm.Answer{Text: o.text, Out: 2048, In: 100, Took: 1200 * time.Millisecond}, o.err
}

const modelKey = "sk-secret-0123456789"

func TestModelSettings(t *testing.T) {
	s := newSite(t, 0)
	for _, who := range []sales.User{s.Seller, {WorkspaceID: s.Workspace.ID, ID: s.NewID(), Email: "adm@brightmail.example", Name: "Adm", Role: sales.RoleAdmin}} {
		if who.ID != s.Seller.ID {
			if err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.InsertUser(t.Context(), who) }); err != nil {
				t.Fatal(err)
			}
		}
		b := s.as(who)
		for _, path := range []string{"/settings/model", "/settings/model/rows"} {
			if code := b.do("GET", path, nil).StatusCode; code != 403 {
				t.Errorf("%s: GET %s: %d", who.Role, path, code)
			}
		}
		for _, path := range []string{"/settings/model", "/settings/model/test", "/settings/model/forget"} {
			if code := b.status(path, "url", "https://thief.example", "model", "m", "state", "on"); code != 403 {
				t.Errorf("%s: POST %s: %d", who.Role, path, code)
			}
		}
		if strings.Contains(b.get("/settings/profile").body, "/settings/model") {
			t.Errorf("%s: the tab is shown", who.Role)
		}
	}
	b := s.as(s.Owner)
	b.get("/settings/model").wants("main", "None set", "No unclear reply came", "Nothing was sent")
	for _, c := range []struct{ url, model, key, says string }{
		{"", "m", "", "Enter the address"}, {"https://models.example/v1", "", "", "name of the model"}, {"http://models.example/v1", "m", "", "Use https"},
		{"http://169.254.169.254/", "m", "", "belongs to the network"}, {"javascript:alert(1)", "m", "", "no address"}, {"https://models.example/v1", "m", "a b", "no key"},
	} {
		a := b.do("POST", "/settings/model", form("url", c.url, "model", c.model, "key", c.key, "state", "on", "unclear", "yes")).wantPage(422, c.says)
		if a.value("#f-url") != c.url || a.value("#f-model") != c.model {
			t.Errorf("%s: what was typed is gone", c.says)
		}
	}
	b.post("/settings/model", "url", "https://models.example/v1/", "model", "little", "key", modelKey, "state", "on", "unclear", "yes").to("/settings/model")
	a := b.get("/settings/model")
	a.wants("main", "One is stored. Empty keeps it.")
	if strings.Contains(a.body, modelKey) || strings.Contains(a.body, "sk-") || a.value("#f-url") != "https://models.example/v1" || a.value("#f-key") != "" {
		t.Error("the key is on the page, or the address is not")
	}
	b.do("POST", "/settings/model", form("url", "https://thief.example", "model", "m", "state", "on")).wantPage(422, "another host now")
	b.post("/settings/model", "url", "https://models.example/v1", "model", "little", "state", "off", "unclear", "yes")
	b.get("/settings/model").wants("main", "Switched off")
	e, err := s.Store.ModelEndpoint(t.Context(), s.Workspace.ID)
	if err != nil || e.On() || e.Key != modelKey {
		t.Errorf("%+v, %v", e, err)
	}

	// The test sends an invented reply; what goes wrong is told where it was asked.
	o := &oracle{text: `{"intent":"not_now","quote":"after the summer"}`}
	s.desk.Model = o
	a = b.do("POST", "/settings/model/test", form()).wantPage(200, "It works", "not now, from “after the summer”", "1.2 s, 2 kB out, 100 bytes back", "an invented reply")
	if string(o.at.Key) != modelKey || strings.Contains(a.body, modelKey) {
		t.Error("the key is on the page, or was not used")
	}
	o.text = "<script>alert(1)</script>"
	if a = b.do("POST", "/settings/model/test", form()).wantPage(200, "the answer does not count"); len(a.all("pre script")) > 0 {
		t.Error("what it answered is HTML")
	}
	o.err = sales.Errorf(sales.Unavailable, "The endpoint cannot be reached.")
	b.do("POST", "/settings/model/test", form()).wantPage(200, "The endpoint cannot be reached.")
	b.post("/settings/model/forget").to("/settings/model")
	b.get("/settings/model").wants("main", "None set")
	b.do("POST", "/settings/model/test", form()).wantPage(200, "There is no endpoint to try")
}

// TestWhatLeaves: the owner sees to the letter what would be sent and what was.
func TestWhatLeaves(t *testing.T) {
	s := newSite(t, 2)
	const words = "Hm <b>well</b>. Ask rui@brightwater.example, +351 22 555 0148."
	m := s.heard(0, sales.Unclear, words)
	clear := s.heard(1, sales.Interested, "Yes please")
	other := storetest.NewWorld(t, s.Store, 1)
	e := sales.ModelEndpoint{WorkspaceID: s.Workspace.ID, URL: "http://127.0.0.1:9/v1", Model: "little", Key: modelKey, Unclear: true, OnSince: storetest.Now, Problem: "It is <down>."}
	ask := sales.ModelAsk{WorkspaceID: s.Workspace.ID, MessageID: m.ID, PersonID: m.PersonID, At: s.clock.Now(), State: sales.AskApplied, FreeAt: s.clock.Now(), Host: "127.0.0.1:9", Model: "little", Sent: `{"a":"<i>"}`}
	err := s.InTx(t.Context(), func(tx *store.Tx) (err error) {
		if err = tx.SaveModelEndpoint(t.Context(), e); err != nil {
			return err
		}
		for i := range 31 { // more than a page
			old := ask
			old.MessageID, old.At = clear.ID+sales.ID(i), ask.At.Add(-time.Duration(i+1)*time.Minute)
			if _, err = tx.ClaimAsk(t.Context(), old, s.clock.Now()); err != nil {
				return err
			}
		}
		if ask.Tries, err = tx.ClaimAsk(t.Context(), ask, s.clock.Now()); err != nil {
			return err
		}
		ask.Requests, ask.Out, ask.In, ask.Took, ask.Intent, ask.Quote, ask.Answer = 1, 2500, 120, 900*time.Millisecond, sales.Question, "well", "<u>answer"
		_, err = tx.EndAsk(t.Context(), ask)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b := s.as(s.Owner)
	a := b.get("/settings/model")
	a.wants("main", "Does not answer", "It is <down>.", "Marta Oliveira", "2 kB out, 120 bytes back, 0.9 s", "Its verdict was used: asks a question, from “well”. Corrected since: reply, unclear what they want.", "little at 127.0.0.1:9")
	body := string(llm.Body("little", llm.Reading(llm.Outgoing(words)), false))
	if got := a.all("#would-send"); len(got) != 1 || strings.TrimSpace(a.text("#would-send")) != strings.Join(strings.Fields(body), " ") {
		t.Errorf("%s\n%s", a.text("#would-send"), body)
	}
	if len(a.all("main b"))+len(a.all("main i"))+len(a.all("main u")) > 0 {
		t.Error("what others wrote is HTML")
	}
	b.get("/settings/model?message="+clear.ID.String()).wants("#would-send", "Yes please")
	for path, code := range map[string]int{"/settings/model?message=x": 422, "/settings/model?message=5": 404} {
		if got := b.do("GET", path, nil).StatusCode; got != code {
			t.Errorf("%s: %d", path, got)
		}
	}
	more := attr(a.all("main tr[hx-trigger=revealed]")[0], "hx-get")
	if n := strings.Count(b.part(more).body, "<tr"); n != 2 {
		t.Errorf("%d more rows", n)
	}
	stranger := s.as(other.Owner)
	if code := stranger.do("GET", "/settings/model?message="+m.ID.String(), nil).StatusCode; code != 404 {
		t.Errorf("a stranger: %d", code)
	}
	if body := stranger.get("/settings/model").body; strings.Contains(body, "127.0.0.1:9") || strings.Contains(body, "Marta Oliveira,") || strings.Contains(body, m.ID.String()) {
		t.Error("a stranger sees what another workspace sent")
	}
}

// TestSecondReading: a suggestion is shown and does nothing until somebody says yes.
func TestSecondReading(t *testing.T) {
	s := newSite(t, 1)
	m := s.heard(0, sales.Unclear, "I have had about enough of this")
	set := func(v sales.Verdict) {
		t.Helper()
		if err := s.InTx(t.Context(), func(tx *store.Tx) error { return tx.SaveVerdict(t.Context(), m.WorkspaceID, m.ID, v) }); err != nil {
			t.Fatal(err)
		}
	}
	v := m.Verdict
	v.Second = sales.SecondReading{Model: "lit<b>tle", Intent: sales.OptOut, Quote: "enough <b>of this"}
	set(v)
	b := s.as(s.Seller)
	for _, path := range []string{"/next", "/inbox/" + m.ThreadID.String()} {
		a := b.get(path)
		a.wants(".note", "Perhaps: wants no more mail.", "lit<b>tle reads it from “enough <b>of this”", "nothing happens by itself")
		if len(a.all(".note form [name=verdict]")) != 1 || len(a.all("[data-key=y]")) != 1 {
			t.Errorf("%s: no way to say yes", path)
		}
	}
	if _, on, err := s.Suppressed(t.Context(), s.Workspace.ID, s.People[0].Email); on || err != nil {
		t.Error("it did something")
	}
	a := b.get("/next")
	f := a.all(".note form")[0]
	b.post(attr(f, "action"), "back", a.value(".note [name=back]"), "verdict", a.value(".note [name=verdict]"))
	if _, on, err := s.Suppressed(t.Context(), s.Workspace.ID, s.People[0].Email); !on || err != nil {
		t.Error("yes did nothing")
	}
	got, err := s.MessageAny(t.Context(), m.WorkspaceID, m.ID)
	if err != nil || got.Verdict.Kind != sales.KindUnsubscribe || got.Verdict.Second != (sales.SecondReading{}) {
		t.Errorf("%+v, %v", got.Verdict, err)
	}

	// What was read by a model says by which, and not how sure it says it is.
	v.Intent, v.Reasons = sales.Question, []string{"read by little: “enough of this”"}
	v.Second = sales.SecondReading{Model: "little", Intent: sales.Question, Quote: "enough of this", Applied: true}
	set(v)
	a = b.get("/inbox/" + m.ThreadID.String())
	a.wants(".verdict", "read by little: “enough of this”")
	if strings.Contains(a.text(".verdict"), "sure:") || len(a.all("[data-key=y]")) > 0 {
		t.Error(a.text(".verdict"))
	}
}

package web_test

import (
	"bufio"
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// A seller sees neither the people of another seller nor anything of another
// workspace; both look as if they did not exist.
func TestWalls(t *testing.T) {
	s := newSite(t, 2)
	s.heard(0, sales.Question, cost)
	e := s.Enroll(t, 1)
	other := storetest.NewWorld(t, s.Store, 2) // another tenant in the same database
	ctx := context.Background()
	bob := sales.User{WorkspaceID: s.Workspace.ID, ID: s.NewID(), Email: "bob@brightmail.example", Name: "Bob", Role: sales.RoleSeller, CreatedAt: storetest.Now}
	if err := s.InTx(ctx, func(tx *store.Tx) error { return tx.InsertUser(ctx, bob) }); err != nil {
		t.Fatal(err)
	}
	task := s.openTask(0, sales.TaskAnswer)
	message, err := s.MessagesOf(ctx, s.Workspace.ID, s.People[0].ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	id, msg := s.People[0].ID.String(), message[0].ID.String()
	later := storetest.Now.AddDate(0, 0, 7).Format(time.RFC3339)
	gets := []string{"/people/" + id, "/people/" + id + "/edit", "/people/" + id + "/story?before=9", "/inbox/" + message[0].ThreadID.String(), "/messages/" + msg, "/messages/" + msg + "/html"}
	posts := map[string][]string{
		"/people/" + id + "/mail": {"subject", "s", "body", "b"}, "/people/" + id + "/call": {"disposition", "talked"}, "/people/" + id + "/meeting": {"at", "2026-03-10T10:00"},
		"/people/" + id + "/note": {"text", "n"}, "/people/" + id + "/snooze": {"until", later}, "/people/" + id + "/wait": {"until", later},
		"/people/" + id + "/not-now": {"until", later}, "/people/" + id + "/suppress": {"why", "w"}, "/people/" + id + "/edit": {"email", "a@b.example"},
		"/messages/" + msg + "/verdict": {"verdict", "other"}, "/settings/lessons/" + msg + "/back": nil, "/settings/lessons/" + msg + "/again": nil, "/tasks/" + task.ID.String() + "/done": nil, "/tasks/" + task.ID.String() + "/fix": {"email", "a@b.example"},
		"/tasks/" + task.ID.String() + "/referral": {"email", "a@b.example"}, "/tasks/" + task.ID.String() + "/confirm": {"answer", "yes"}, "/tasks/" + task.ID.String() + "/decide": {"answer", "end"},
		"/tasks/" + task.ID.String() + "/approve": {"subject", "s", "body", "b"}, "/tasks/" + task.ID.String() + "/reject": nil,
		"/enrollments/" + e.ID.String() + "/pause": nil, "/enrollments/" + e.ID.String() + "/stop": nil, "/enrollments/" + e.ID.String() + "/remove": nil, "/undo/rest/" + id + "/" + task.ID.String(): nil, "/undo/snooze/" + id: nil,
	}
	for _, who := range []sales.User{bob, other.Owner, other.Seller} {
		b := s.as(who)
		for _, path := range gets {
			if code := b.do("GET", path, nil).StatusCode; code != 404 {
				t.Errorf("%s: GET %s: status %d", who.Name, path, code)
			}
		}
		for path, fields := range posts {
			if code := b.status(path, fields...); code != 404 {
				t.Errorf("%s: POST %s: status %d", who.Name, path, code)
			}
		}
		for _, path := range []string{"/people", "/people?q=brightwater", "/inbox?view=all", "/next", "/go?q=marta"} {
			if body := b.get(path).body; strings.Contains(body, "/people/"+id) || strings.Contains(body, "/inbox/"+message[0].ThreadID.String()) {
				t.Errorf("%s: GET %s shows somebody else's person", who.Name, path)
			}
		}
	}
	if got := s.openTask(0, sales.TaskAnswer); got.ID != task.ID {
		t.Error("the task was touched")
	}
}

// What others wrote is shown as they wrote it, and does nothing.
func TestHostileWords(t *testing.T) {
	const evil = `<script>alert(1)</script><img src=x onerror=alert(1)>`
	s := newSite(t, 1)
	ctx := context.Background()
	p := s.People[0]
	p.FirstName, p.LastName, p.Title, p.LinkedIn, p.Phone, p.Custom = evil, "\u202e"+evil, evil, "javascript:alert(1)", `"><script>`, map[string]string{evil: evil}
	if err := s.InTx(ctx, func(tx *store.Tx) error { return tx.SavePerson(ctx, p, evil) }); err != nil {
		t.Fatal(err)
	}
	s.People[0] = p
	m := s.heard(0, sales.Question, evil+"{{ .X }} ${1}")
	b := s.as(s.Seller)
	id := p.ID.String()
	b.do("POST", "/people/"+id+"/note", form("text", evil))
	for _, path := range []string{"/next", "/inbox", "/inbox/" + m.ThreadID.String(), "/people", "/people/" + id, "/people/" + id + "/edit", "/go?q=script", "/people?q=" + url.QueryEscape(evil)} {
		a := b.get(path)
		for _, n := range a.all("script") {
			if attr(n, "src") == "" {
				t.Errorf("%s has a script of its own", path)
			}
		}
		if len(a.all("[onerror]")) > 0 || len(a.all("[src=x]")) > 0 || strings.Contains(a.body, `href="javascript:`) {
			t.Errorf("%s has what they wrote as HTML", path)
		}
		csp := a.Header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
	}
	a := b.get("/messages/" + m.ID.String() + "/html")
	if csp := a.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "sandbox") || strings.Contains(csp, "script-src") {
		t.Errorf("the policy of a mail is %q", csp)
	}
	if a.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Error("a mail tells where its links were followed")
	}
}

func TestForgedToast(t *testing.T) {
	s := newSite(t, 1)
	b := s.as(s.Seller)
	for _, c := range []string{"bm90IGpzb24", "eyJ0IjoiPGI-aGk8L2I-IiwidSI6Imh0dHBzOi8vZXZpbC5leGFtcGxlIn0", strings.Repeat("A", 3000)} {
		a := b.do("GET", "/next", nil, "Cookie", b.cookies()+"; toast="+c)
		if a.StatusCode != 200 || len(a.all("#toasts b")) > 0 || len(a.all("#toasts form")) > 0 {
			t.Errorf("%q: status %d, %s", c, a.StatusCode, a.text("#toasts"))
		}
	}
}

func (b *browser) cookies() string {
	at, _ := url.Parse(b.url)
	var out []string
	for _, c := range b.c.Jar.Cookies(at) {
		out = append(out, c.Name+"="+c.Value)
	}
	return strings.Join(out, "; ")
}

func TestOtherSitesAreRefused(t *testing.T) {
	s := newSite(t, 1)
	s.heard(0, sales.Question, cost)
	b := s.as(s.Seller)
	path := "/tasks/" + s.openTask(0, sales.TaskAnswer).ID.String() + "/done"
	for _, h := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://evil.example"}} {
		if a := b.do("POST", path, form(), h...); a.StatusCode != 403 {
			t.Errorf("%v: status %d", h, a.StatusCode)
		}
	}
	s.openTask(0, sales.TaskAnswer)
	// A way back that leads elsewhere is not followed.
	if to := b.post(path, "back", "//evil.example/").Header.Get("Location"); to != "/next" {
		t.Errorf("sent on to %q", to)
	}
}

func TestNobodyWithoutALogin(t *testing.T) {
	s := newSite(t, 1)
	b := s.anybody()
	if to := b.do("GET", "/people?q=a", nil).Header.Get("Location"); to != "/login?to=%2Fpeople%3Fq%3Da" {
		t.Errorf("sent on to %q", to)
	}
	for _, path := range []string{"/next/after", "/live", "/go?q=a"} {
		if code := b.do("GET", path, nil, "HX-Request", "true").StatusCode; code != 401 {
			t.Errorf("%s: status %d", path, code)
		}
	}
	if code := b.status("/people/1/note", "text", "x"); code != 401 {
		t.Errorf("status %d", code)
	}
}

func TestLive(t *testing.T) {
	s := newSite(t, 1)
	b := s.as(s.Seller)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	r, _ := http.NewRequestWithContext(ctx, "GET", s.url+"/live", nil)
	res, err := b.c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if got := res.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/event-stream") {
		t.Fatalf("content type %q", got)
	}
	lines := bufio.NewScanner(res.Body)
	until := func(want string) {
		t.Helper()
		for lines.Scan() {
			if strings.Contains(lines.Text(), want) {
				return
			}
		}
		t.Fatalf("the stream ended without %q: %v", want, lines.Err())
	}
	until(`hx-target="#count-inbox"`)
	s.heard(0, sales.Question, cost)
	until(`<hx-partial hx-target="#count-next" hx-swap="innerHTML">1</hx-partial>`)
	until("event: arrival")
	until(`"text":"Marta Oliveira: asked a question"`)
	if err := s.desk.Note(ctx, s.Viewer(), s.People[0].ID, "hello"); err != nil {
		t.Fatal(err)
	}
	until("event: stirred")
}

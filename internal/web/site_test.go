package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"golang.org/x/net/html"

	"ninetyten/internal/auth"
	"ninetyten/internal/calendar"
	"ninetyten/internal/casework"
	"ninetyten/internal/desk"
	"ninetyten/internal/engine"
	"ninetyten/internal/handoff"
	"ninetyten/internal/next"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
	"ninetyten/internal/web"
)

// site is the pages over a small world, on a clock that stands still.
type site struct {
	*storetest.World
	t     *testing.T
	url   string
	auth  *auth.Auth
	desk  *desk.Desk
	hub   *handoff.Hub
	clock *clock
	data  string // the folder of uploads
}

// clock stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// newSite serves the pages over a world with so many people; change changes
// what they are made from.
func newSite(t *testing.T, people int, change ...func(*web.Deps)) *site {
	t.Helper()
	return newSiteOn(t, storetest.NewWorld(t, storetest.Open(t), people), change...)
}

// newSiteOn serves the pages over a world; nil is an installation that nobody
// has set up yet.
func newSiteOn(t *testing.T, w *storetest.World, change ...func(*web.Deps)) *site {
	t.Helper()
	if w == nil {
		w = &storetest.World{Store: storetest.Open(t)}
	}
	st := w.Store
	s := &site{World: w, t: t, clock: &clock{now: storetest.Now.Add(time.Hour)}, data: t.TempDir()}
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	s.hub = handoff.NewHub(st.DB, quiet)
	s.auth = &auth.Auth{Store: st, Now: time.Now, Params: &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 8, KeyLength: 16}}
	s.desk = &desk.Desk{Store: st, Clock: s.clock, Notify: s.hub, Log: quiet, UndoFor: 10 * time.Second}
	d := web.Deps{
		Store: st, Desk: s.desk, Next: &next.Queue{Store: st, Clock: s.clock, Wall: time.Now}, Auth: s.auth, Hub: s.hub, Clock: s.clock,
		Log: quiet, DataDir: s.data,
	}
	for _, f := range change {
		f(&d)
	}
	h, err := web.New(d)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { _ = s.hub.Run(ctx) })
	srv := httptest.NewServer(h)
	s.url = srv.URL
	t.Cleanup(func() {
		cancel()
		srv.CloseClientConnections()
		srv.Close()
		running.Wait()
	})
	return s
}

// browser is somebody who is logged in.
type browser struct {
	*site
	t *testing.T
	c *http.Client
}

// as logs a user in, by the cookie and not by the page.
func (s *site) as(u sales.User) *browser {
	s.t.Helper()
	token, err := s.auth.Begin(context.Background(), u, "127.0.0.1", "test")
	if err != nil {
		s.t.Fatal(err)
	}
	b := s.anybody()
	at, _ := url.Parse(s.url)
	b.c.Jar.SetCookies(at, []*http.Cookie{{Name: "ninetyten", Value: token, Path: "/"}})
	return b
}

// anybody is a browser without a login.
func (s *site) anybody() *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &browser{site: s, t: s.t, c: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// answer is what came back, read.
type answer struct {
	*http.Response
	body string
	t    *testing.T
}

func (b *browser) do(method, path string, form url.Values, headers ...string) answer {
	b.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequest(method, b.url+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("Accept", "text/html")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := b.c.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return answer{res, string(text), b.t}
}

// get opens a page and wants it to be there.
func (b *browser) get(path string) answer {
	b.t.Helper()
	a := b.do("GET", path, nil)
	if a.StatusCode != http.StatusOK {
		b.t.Fatalf("GET %s: status %d, to %q: %s", path, a.StatusCode, a.Header.Get("Location"), a.text("main"))
	}
	return a
}

// part asks for a part of a page, as htmx does.
func (b *browser) part(path string) answer {
	b.t.Helper()
	a := b.do("GET", path, nil, "HX-Request", "true")
	if a.StatusCode != http.StatusOK {
		b.t.Fatalf("GET %s: status %d: %s", path, a.StatusCode, a.body)
	}
	return a
}

// post sends a form of name, value, ...; and wants to be sent on, to where is given.
func (b *browser) post(path string, fields ...string) answer {
	b.t.Helper()
	a := b.do("POST", path, form(fields...))
	if a.StatusCode != http.StatusSeeOther {
		b.t.Fatalf("POST %s: status %d: %s", path, a.StatusCode, a.text("main"))
	}
	return a
}

// status sends a form and gives the status alone.
func (b *browser) status(path string, fields ...string) int {
	b.t.Helper()
	return b.do("POST", path, form(fields...)).StatusCode
}

func form(fields ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		v.Add(fields[i], fields[i+1])
	}
	return v
}

// heard lets a message of the i-th person come in, as intake would write it, and
// gives it.
func (s *site) heard(i int, intent sales.Intent, text string) sales.Message {
	s.t.Helper()
	p := s.People[i]
	now := s.clock.Now()
	m := sales.Message{
		WorkspaceID: s.Workspace.ID, ID: s.NewID(), MailboxID: s.Mailbox.ID, PersonID: p.ID, ThreadID: s.NewID(), Direction: sales.Incoming,
		HeaderID: s.NewID().String() + "@brightwater.example", From: p.Email, FromName: p.FirstName + " " + p.LastName, To: s.Mailbox.Address, Subject: "Re: A question about Brightwater",
		Date: now, ArrivedAt: now, SeenAt: now, Text: text, FullText: text + "\n\nOn Monday Ana wrote:\n> who re-plans?", HTML: "<p>" + html.EscapeString(text) + "</p>",
		Verdict: sales.Verdict{Kind: sales.KindReply, Intent: intent, Confidence: .9, Reasons: []string{"“what would it cost”"}},
	}
	s.record(p, m)
	return m
}

// record writes a message and what it means.
func (s *site) record(p sales.Person, m sales.Message) {
	s.t.Helper()
	ctx, now := context.Background(), s.clock.Now()
	var change casework.Change
	err := s.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.InsertThread(ctx, sales.Thread{WorkspaceID: m.WorkspaceID, ID: m.ThreadID, PersonID: p.ID, MailboxID: m.MailboxID, Subject: "A question about Brightwater", LastAt: now}); err != nil {
			return err
		}
		if _, err := tx.InsertMessage(ctx, m); err != nil {
			return err
		}
		if err := tx.TouchThread(ctx, m); err != nil {
			return err
		}
		a := engine.Arrive(p, m, s.Workspace.Settings, calendar.WorkHours(s.Workspace.Settings, nil, calendar.Place{}), now)
		casework.Weigh(a.Moves)
		done, err := tx.ApplyPerson(ctx, a.Effects, a.Moves, store.Subject{Person: p, Message: m, Intent: m.Verdict.Intent, OwnerID: s.Seller.ID}, now)
		if err != nil {
			return err
		}
		change = casework.Change{WorkspaceID: m.WorkspaceID, PersonID: p.ID, MessageID: m.ID, Tasks: done.Tasks, Text: p.Name() + ": asked a question", Urgent: true}
		live, err := tx.LiveEnrollments(ctx, m.WorkspaceID, p.ID)
		if err != nil {
			return err
		}
		for _, e := range live {
			if _, _, err := casework.New(tx, m.WorkspaceID).Decide(ctx, tx, e, a.Event, store.Subject{Person: p}, now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.hub.Changed(ctx, change)
}

// openTask gives the open task of a kind about a person.
func (s *site) openTask(i int, kind sales.TaskKind) sales.Task {
	s.t.Helper()
	list, err := s.OpenTasksOf(context.Background(), s.Workspace.ID, s.People[i].ID)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, t := range list {
		if t.Kind == kind {
			return t
		}
	}
	s.t.Fatalf("no open task of kind %s, only %v", kind, list)
	return sales.Task{}
}

// task opens a task about a person.
func (s *site) task(i int, t sales.Task) sales.Task {
	s.t.Helper()
	t.WorkspaceID, t.ID, t.PersonID, t.UserID, t.CreatedAt, t.DueAt = s.Workspace.ID, s.NewID(), s.People[i].ID, s.Seller.ID, s.clock.Now(), s.clock.Now()
	if t.Key == "" {
		t.Key = "test/" + t.ID.String()
	}
	ctx := context.Background()
	if err := s.InTx(ctx, func(tx *store.Tx) error { _, err := tx.OpenTask(ctx, t); return err }); err != nil {
		s.t.Fatal(err)
	}
	return t
}

// asked keeps a mail of which nobody has said yet whose it is: one of people.
func (s *site) asked(from string, people ...int) sales.Message {
	s.t.Helper()
	ctx, now := context.Background(), s.clock.Now()
	m := sales.Message{
		WorkspaceID: s.Workspace.ID, ID: s.NewID(), MailboxID: s.Mailbox.ID, ThreadID: s.NewID(), Direction: sales.Incoming, HeaderID: from, From: from, Subject: "Re: Trucks", Date: now, ArrivedAt: now, SeenAt: now,
		Text: "What does it cost?", FullText: "What does it cost?", Matched: "asked", Verdict: sales.Verdict{Kind: sales.KindReply, Intent: sales.Question, Confidence: 0.9},
	}
	var list []sales.Candidate
	for _, i := range people {
		list = append(list, sales.Candidate{PersonID: s.People[i].ID, Reason: "The same name."})
	}
	err := s.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.InsertThread(ctx, sales.Thread{WorkspaceID: m.WorkspaceID, ID: m.ThreadID, PersonID: list[0].PersonID, MailboxID: m.MailboxID, Subject: m.Subject, LastAt: now, LastHeader: m.HeaderID}); err != nil {
			return err
		}
		if err := tx.AddMessage(ctx, m); err != nil {
			return err
		}
		return tx.Ask(ctx, m.WorkspaceID, m.ID, list)
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return m
}

package app_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/app"
	"ninetyten/internal/auth"
	"ninetyten/internal/config"
	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/mailhost"
	"ninetyten/internal/store"
)

func quiet() app.Options { return app.Options{Log: slog.New(slog.DiscardHandler)} }

func open(t *testing.T, c config.Config, o app.Options) *app.App {
	t.Helper()
	if c.Data == "" {
		c.Data = t.TempDir()
	}
	c.Listen = "127.0.0.1:0"
	a, err := app.Open(t.Context(), c, o)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// run runs the program until stop is called, and gives the address of the pages.
func run(t *testing.T, a *app.App) (url string, stop func()) {
	t.Helper()
	l, err := a.Listen()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, l) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error("it did not end well:", err)
		}
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return "http://" + l.Addr().String(), stop
}

// TestRun: it serves, ends when told to, and opens again on the same folder.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	for i := range 2 {
		a := open(t, config.Config{Data: dir}, quiet())
		if (a.SetupCode != "") != (i == 0) {
			t.Errorf("run %d: the code of the first visit is %q", i, a.SetupCode)
		}
		url, stop := run(t, a)
		for range 50 {
			resp, err := http.Get(url + "/login")
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(resp.Body)
			if err != nil || resp.Body.Close() != nil || resp.StatusCode >= 500 || len(body) == 0 {
				t.Fatalf("%d: %v", resp.StatusCode, err)
			}
		}
		if i == 0 {
			if _, err := a.Auth.SetUp(t.Context(), auth.NewOwner{Workspace: "W", Name: "N", Email: "o@x.example", Password: "four words to remember"}, a.Clock.Now()); err != nil {
				t.Fatal(err)
			}
		}
		stop()
		if _, err := http.Get(url + "/login"); err == nil {
			t.Error("it serves on")
		}
	}
}

// TestOpenRefused: what stands in the way is said.
func TestOpenRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	broken := t.TempDir()
	if err := os.WriteFile(filepath.Join(broken, "ninetyten.db"), []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]config.Config{
		"a file where the folder should be": {Data: file},
		"a database that is none":           {Data: broken},
		"a server that does not answer":     {Data: t.TempDir(), Database: "postgres://127.0.0.1:1/none?connect_timeout=1"},
		"a key that is none":                {Data: t.TempDir(), Secret: "abc"},
		"a proxy that is none":              {Data: t.TempDir(), Proxies: []string{"proxy"}},
	} {
		a, err := app.Open(t.Context(), c, quiet())
		if err == nil {
			t.Errorf("%s: it opened", name)
			_ = a.Close()
			continue
		}
		if code := sales.CodeOf(err); code == sales.Internal || len(sales.Explain(err)) < 20 {
			t.Errorf("%s: %s, %v", name, code, err)
		}
	}
	a := open(t, config.Config{}, quiet())
	defer func() { _ = a.Close() }()
	l, err := a.Listen()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	a.Config.Listen = l.Addr().String()
	if _, err := a.Listen(); sales.CodeOf(err) != sales.Unavailable || !strings.Contains(err.Error(), "--listen") {
		t.Errorf("an address that is taken: %v", err)
	}
}

// office is a running program with a mailbox at a practice host.
type office struct {
	*app.App
	host *mailhost.Host
	v    sales.Viewer
	user sales.User
	box  sales.Mailbox
}

func newOffice(t *testing.T, a *app.App) *office {
	t.Helper()
	host, err := mailhost.New(mailhost.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = host.Close() })
	host.AddUser("ana@brightmail.example", "mail password")
	ctx := t.Context()
	u, err := a.Auth.SetUp(ctx, auth.NewOwner{Workspace: "Brightmail", Name: "Ana Seller", Email: "ana@brightmail.example", Password: "four words to remember", Zone: "UTC"}, a.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	o := &office{App: a, host: host, user: u, v: auth.ViewerOf(u)}
	// Every hour of every day is open, so that the test runs at any time.
	s := sales.DefaultSettings()
	for d := range s.Windows {
		s.Windows[d] = []sales.Window{{From: 0, To: 24 * 60}}
	}
	s.Holidays, s.PublicURL = false, "https://sales.brightmail.example"
	if err := a.Desk.SaveSettings(ctx, o.v, "", s); err != nil {
		t.Fatal(err)
	}
	o.box, err = a.Desk.SaveMailbox(ctx, o.v, sales.Mailbox{Address: "ana@brightmail.example", Name: "Ana Seller", SMTP: server(t, host.SMTPAddr()), IMAP: server(t, host.IMAPAddr())})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func server(t *testing.T, addr string) sales.Server {
	t.Helper()
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	return sales.Server{Host: host, Port: n, Security: sales.SecurityNone, Username: "ana@brightmail.example", Password: "mail password"}
}

// until waits for ok, looking again and again.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-ctx.Done():
			t.Fatal("in vain: " + what)
		case <-tick.C:
		}
	}
}

// TestTheWholeWay: put in, sent, answered, handed over, answered by hand, and
// everything is in Sent; by the jobs alone.
func TestTheWholeWay(t *testing.T) {
	o := quiet()
	undo := time.Duration(0)
	o.UndoFor, o.Watch = &undo, 20*time.Millisecond
	a := open(t, config.Config{Pulse: 50 * time.Millisecond}, o)
	x := newOffice(t, a)
	_, stop := run(t, a)
	ctx := t.Context()
	notices := a.Hub.Subscribe(ctx, x.v.WorkspaceID)
	p, err := a.Desk.SavePerson(ctx, x.v, sales.Person{Email: "marta@buyer.example", FirstName: "Marta"}, "Buyer")
	if err != nil {
		t.Fatal(err)
	}
	q, err := a.Desk.SaveSequence(ctx, x.v, sales.Sequence{Name: "First", Rules: sales.DefaultRules(), Steps: []sales.Step{{Kind: sales.StepAutoMail, Subject: "A question", Body: "Hello {{ first_name }}"}}})
	if err == nil {
		err = a.Desk.StartSequence(ctx, x.v, q.ID)
	}
	if err == nil {
		_, err = a.Desk.Enroll(ctx, x.v, q.ID, []sales.ID{p.ID})
	}
	if err != nil {
		t.Fatal(err)
	}
	until(t, "the mail is in Sent", func() bool { return x.host.Count(x.box.Address, "Sent") == 1 })
	list, err := a.Store.MailingsOf(ctx, x.v.WorkspaceID, p.ID)
	if err != nil || len(list) != 1 || list[0].State != sales.MailingSent {
		t.Fatal(list, err)
	}
	raw := "From: marta@buyer.example\r\nTo: ana@brightmail.example\r\nMessage-ID: <a@buyer.example>\r\nIn-Reply-To: <" + list[0].HeaderID + ">\r\nSubject: Re: A question\r\n\r\nYes, I am interested. Can we talk on Thursday?\r\n"
	for len(notices) > 0 {
		<-notices
	}
	began := time.Now()
	if _, err := x.host.Deliver(x.box.Address, "INBOX", []byte(raw), time.Time{}); err != nil {
		t.Fatal(err)
	}
	wait, cancel := context.WithTimeout(ctx, 60*time.Second)
	defer cancel()
	for told := false; !told; {
		select {
		case n := <-notices:
			told = n.Task && n.For(x.user.ID)
		case <-wait.Done():
			t.Fatal("no handoff was announced")
		}
	}
	t.Logf("the handoff took %v", time.Since(began))
	view, err := a.Next.Serve(ctx, x.v, 0)
	if err != nil || view.Now == nil || view.Now.Person.ID != p.ID {
		t.Fatal(view, err)
	}
	if _, err := a.Desk.Write(ctx, x.v, desk.Letter{PersonID: p.ID, ReplyTo: view.Now.Task.MessageID, TaskID: view.Now.Task.ID, Body: "Thursday at ten?", Quote: true}); err != nil {
		t.Fatal(err)
	}
	until(t, "the answer is in Sent", func() bool { return x.host.Count(x.box.Address, "Sent") == 2 })
	stop()
}

// TestDoctor: what is wrong with a mailbox is found, and a mail that nobody knows of.
func TestDoctor(t *testing.T) {
	dir := t.TempDir()
	a := open(t, config.Config{Data: dir}, quiet())
	x := newOffice(t, a)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	c := config.Config{Data: dir}
	look := func() (string, error) {
		var out strings.Builder
		err := app.Doctor(t.Context(), c, &out, true)
		return out.String(), err
	}
	if out, err := look(); err != nil || strings.Contains(out, "WRONG") || !strings.Contains(out, "ana@brightmail.example: ") {
		t.Errorf("%v\n%s", err, out)
	}
	x.host.SetPassword(x.box.Address, "changed")
	if out, err := look(); err == nil || !strings.Contains(out, "WRONG ana@brightmail.example") || !strings.Contains(out, "password") {
		t.Errorf("%v\n%s", err, out)
	}
	x.host.SetPassword(x.box.Address, "mail password")
	again := open(t, config.Config{Data: dir}, quiet())
	err := again.Store.InTx(t.Context(), func(tx *store.Tx) error {
		m := sales.Mailing{WorkspaceID: x.v.WorkspaceID, ID: tx.NewID(), Key: "k", MailboxID: x.box.ID, Kind: sales.MailingManual, State: sales.MailingQueued, FollowUp: true, RawID: tx.NewID()}
		if err := tx.QueueMailing(t.Context(), m); err != nil {
			return err
		}
		if _, err := tx.BeginAttempt(t.Context(), m, []byte("raw"), time.Now()); err != nil {
			return err
		}
		m.State = sales.MailingUnknown
		_, err := tx.EndAttempt(t.Context(), m, sales.Attempt{ID: tx.NewID(), MailingID: m.ID, N: 1, Outcome: "unknown"})
		return err
	})
	if err != nil || again.Close() != nil {
		t.Fatal(err)
	}
	if out, err := look(); err == nil || !strings.Contains(out, "of 1 mails it is not known whether they went") {
		t.Errorf("%v\n%s", err, out)
	}
}

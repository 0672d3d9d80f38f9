//go:build servers

package e2e

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/app"
	"ninetyten/internal/config"
	"ninetyten/internal/sales"
	"ninetyten/internal/testserver"
)

// site is the program on a free port with an empty data folder, beside a Postfix
// and a Dovecot in which some people have mailboxes.
type site struct {
	*app.App
	t    *testing.T
	url  string
	imap *testserver.DovecotServer
	smtp *testserver.PostfixServer

	mu       sync.Mutex
	requests []string // "METHOD /path", in the order in which they came
}

// newSite starts everything; it ends with t. users have mailboxes.
func newSite(t *testing.T, o app.Options, users ...string) *site {
	t.Helper()
	s := &site{t: t}
	s.imap = testserver.Dovecot(t, users...)
	s.smtp = testserver.Postfix(t, s.imap, users...)
	o.Outbound.Roots, o.Inbound.Roots = s.imap.Roots, s.imap.Roots
	log := &logbook{t: t}
	o.Log = slog.New(slog.NewTextHandler(log, nil))
	c := config.Config{Data: t.TempDir(), Listen: "127.0.0.1:0", Workers: 8, Pulse: time.Second, Lease: 15 * time.Second}
	ctx, stop := context.WithCancel(context.Background())
	a, err := app.Open(ctx, c, o)
	if err != nil {
		t.Fatal(err)
	}
	s.App = a
	a.Web = s.noted(a.Web)
	l, err := a.Listen()
	if err != nil {
		t.Fatal(err)
	}
	s.url = "http://" + l.Addr().String()
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := errors.Join(<-ended, a.Close()); err != nil {
			t.Error("the program ended with:", err)
		}
		log.end()
	})
	return s
}

// noted keeps what is asked for.
func (s *site) noted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.requests = append(s.requests, r.Method+" "+r.URL.Path)
		s.mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

// asked gives what was asked for since mark requests had come.
func (s *site) asked(mark int) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.requests[mark:]...)
}

// until waits until ok, 30 seconds at most.
func (s *site) until(what string, ok func() bool) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			s.t.Fatalf("it never came to this: %s", what)
		}
	}
}

// owner gives the owner of the installation.
func (s *site) owner() sales.User {
	s.t.Helper()
	u, err := s.FirstOwner(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return u
}

// person gives somebody by their mail address.
func (s *site) person(email string) sales.Person {
	s.t.Helper()
	u := s.owner()
	found, err := s.Store.PeopleByEmail(s.t.Context(), u.WorkspaceID, []string{email})
	if err != nil || found[email].ID == 0 {
		s.t.Fatalf("there is nobody with the address %s: %v", email, err)
	}
	return found[email]
}

// logbook keeps the log of the program: an error in it fails the test, and a
// test that failed prints it.
type logbook struct {
	t   *testing.T
	mu  sync.Mutex
	buf bytes.Buffer
}

// Write takes a line.
func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logbook) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for line := range strings.Lines(l.buf.String()) {
		if strings.Contains(line, "level=ERROR") {
			l.t.Errorf("the program wrote: %s", line)
		} else if strings.Contains(line, "level=WARN") {
			fmt.Fprintln(l.t.Output(), strings.TrimSpace(line))
		}
	}
	if l.t.Failed() {
		text := l.buf.String()
		fmt.Fprintln(l.t.Output(), text[max(0, len(text)-6000):])
	}
}

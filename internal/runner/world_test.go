package runner_test

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/inbound"
	"ninetyten/internal/intake"
	"ninetyten/internal/outbound"
	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/mailhost"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// clock is the clock of the business, set by hand.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = t
}

// heard keeps what was announced.
type heard struct {
	mu   sync.Mutex
	list []casework.Change
}

func (h *heard) Changed(_ context.Context, c casework.Change) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.list = append(h.list, c)
}

func (h *heard) any(text string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.list {
		if strings.Contains(c.Text, text) {
			return true
		}
	}
	return false
}

// world is a workspace whose mailbox lives at a practice host.
type world struct {
	*storetest.World
	t        *testing.T
	clock    *clock
	host     *mailhost.Host
	heard    *heard
	runner   *runner.Runner
	watchers *runner.Watchers
	ref      store.MailboxRef

	mu   sync.Mutex
	sent []mailhost.Submission
}

const password = "a password of the practice host"

// newWorld makes a world with people, on a Tuesday at nine, without gap and caps.
func newWorld(t *testing.T, people int) *world {
	t.Helper()
	return newWorldOn(t, storetest.Open(t), people)
}

func newWorldOn(t *testing.T, s *store.Store, people int) *world {
	t.Helper()
	w := &world{World: storetest.NewWorld(t, s, people), t: t, clock: &clock{t: storetest.Now}, heard: &heard{}}
	host, err := mailhost.New(mailhost.Options{Clock: w.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := host.Close(); err != nil {
			t.Error(err)
		}
	})
	w.host = host
	host.AddUser(w.Mailbox.Address, password)
	host.OnSubmission(func(s mailhost.Submission) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.sent = append(w.sent, s)
	})
	w.ref = store.MailboxRef{WorkspaceID: w.Workspace.ID, MailboxID: w.Mailbox.ID}
	w.change(func(m *sales.Mailbox) {
		m.SMTP, m.IMAP = server(t, host.SMTPAddr()), server(t, host.IMAPAddr())
		m.Limits = sales.Limits{}
	})
	w.settings(func(s *sales.Settings) { s.PublicURL = "https://sales.brightmail.example" })
	w.runner, w.watchers = w.node("node1")
	return w
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
	return sales.Server{Host: host, Port: n, Security: sales.SecurityNone, Username: "ana@brightmail.example", Password: password}
}

// node makes the machinery of one node.
func (w *world) node(name string) (*runner.Runner, *runner.Watchers) {
	log := slog.New(slog.DiscardHandler)
	in := inbound.Options{Now: w.clock.Now, RetryMin: 5 * time.Millisecond, RetryMax: 20 * time.Millisecond}
	sink := &intake.Intake{Store: w.Store, Clock: w.clock, Notify: w.heard, Log: log}
	pool := outbound.New(outbound.Options{})
	filer := inbound.NewAppender(in)
	w.t.Cleanup(func() {
		pool.Close()
		filer.Close()
	})
	watchers := &runner.Watchers{Store: w.Store, Sink: sink, Options: in, Node: name, Clock: w.clock, Notify: w.heard, Log: log, Every: 10 * time.Millisecond}
	r := &runner.Runner{Store: w.Store, Clock: w.clock, Node: name, Sender: pool, Reader: watchers, Filer: filer, Notify: w.heard, Log: log, Conns: 2}
	return r, watchers
}

// tx writes into the database.
func (w *world) tx(fn func(ctx context.Context, tx *store.Tx) error) {
	w.t.Helper()
	if err := w.InTx(w.t.Context(), func(tx *store.Tx) error { return fn(w.t.Context(), tx) }); err != nil {
		w.t.Fatal(err)
	}
}

// change edits the mailbox.
func (w *world) change(edit func(*sales.Mailbox)) {
	w.t.Helper()
	edit(&w.Mailbox)
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveMailbox(ctx, w.Mailbox) })
}

func (w *world) settings(edit func(*sales.Settings)) {
	w.t.Helper()
	edit(&w.Workspace.Settings)
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveWorkspace(ctx, w.Workspace) })
}

// person edits the i-th person.
func (w *world) person(i int, edit func(*sales.Person)) {
	w.t.Helper()
	edit(&w.People[i])
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SavePerson(ctx, w.People[i], w.Account.Name) })
}

func (w *world) move(m sales.Move) {
	w.t.Helper()
	m.WorkspaceID = w.Workspace.ID
	w.tx(func(ctx context.Context, tx *store.Tx) error { return tx.AppendMoves(ctx, []sales.Move{m}) })
}

// advance begins what is due, and drain sends what may go.
func (w *world) advance() {
	w.t.Helper()
	if _, err := w.runner.Advance(w.t.Context(), w.Workspace.ID); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) drain() int {
	w.t.Helper()
	n, err := w.runner.Drain(w.t.Context(), w.ref)
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// run is advance and drain.
func (w *world) run() int {
	w.t.Helper()
	w.advance()
	return w.drain()
}

// at moves the clock to d after the beginning, and runs.
func (w *world) at(d time.Duration) int {
	w.t.Helper()
	w.clock.set(storetest.Now.Add(d))
	return w.run()
}

func (w *world) enrollment(id sales.ID) sales.Enrollment {
	w.t.Helper()
	e, err := w.Enrollment(w.t.Context(), w.Workspace.ID, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return e
}

// mailing gives the mail of a step of an enrollment.
func (w *world) mailing(e sales.Enrollment, step int) sales.Mailing {
	w.t.Helper()
	m, err := w.MailingByKey(w.t.Context(), w.Workspace.ID, engine.MailKey(e.ID, w.Sequence.Steps[step].ID))
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func (w *world) attempts(m sales.Mailing) []sales.Attempt {
	w.t.Helper()
	list, err := w.Attempts(w.t.Context(), w.Workspace.ID, m.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// out gives what the server took.
func (w *world) out() []mailhost.Submission {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]mailhost.Submission{}, w.sent...)
}

// tasks gives the open tasks about the i-th person.
func (w *world) tasks(i int) []sales.Task {
	w.t.Helper()
	list, err := w.OpenTasksOf(w.t.Context(), w.Workspace.ID, w.People[i].ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// mailbox reads the mailbox as it stands.
func (w *world) mailbox() sales.Mailbox {
	w.t.Helper()
	m, err := w.World.Store.Mailbox(w.t.Context(), w.Workspace.ID, w.Mailbox.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

// arrive puts a mail into a folder of the mailbox.
func (w *world) arrive(folder, raw string) {
	w.t.Helper()
	if _, err := w.host.Deliver(w.Mailbox.Address, folder, []byte(strings.ReplaceAll(raw, "\n", "\r\n")), time.Time{}); err != nil {
		w.t.Fatal(err)
	}
}

// answer is a reply of the i-th person to a mail of ours.
func (w *world) answer(i int, to sales.Mailing, text string) {
	w.t.Helper()
	w.arrive("INBOX", fmt.Sprintf("Message-ID: <answer-%d@brightwater.example>\nFrom: %s\nTo: %s\nSubject: Re: %s\nIn-Reply-To: <%s>\nReferences: <%s>\nDate: %s\n\n%s\n",
		to.ID, w.People[i].Email, w.Mailbox.Address, to.Subject, to.HeaderID, to.HeaderID, w.clock.Now().Format(time.RFC1123Z), text))
}

// until waits for ok, looking again and again.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-ctx.Done():
			t.Fatal("in vain: " + what)
		case <-tick.C:
		}
	}
}

// decide gives an event to an enrollment.
func (w *world) decide(id sales.ID, ev sales.Event) {
	w.t.Helper()
	ev.At = w.clock.Now()
	w.tx(func(ctx context.Context, tx *store.Tx) error {
		e, err := tx.Enrollment(ctx, w.Workspace.ID, id)
		if err != nil {
			return err
		}
		_, _, err = casework.New(tx, w.Workspace.ID).Decide(ctx, tx, e, ev, store.Subject{}, ev.At)
		return err
	})
}

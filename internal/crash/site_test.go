package crash

import (
	"context"
	"fmt"
	"net"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
	"ninetyten/internal/secret"
	"ninetyten/internal/store"
)

const ws = sales.ID(1)

// site is one installation: a data folder, a database, two mailboxes, and the
// world outside. The test reads and fills its database beside the program.
type site struct {
	dir, url string            // url is empty on SQLite
	logs     string            // folder of what nodes write
	route    map[string]string // node -> its own way to the database
	out      *outside
	store    *store.Store
	owner    sales.ID
	boxes    []sales.Mailbox
	sequence sales.ID
	people   int

	inFlight map[sales.ID]bool // attempts without a result at a kill
	now      func() time.Time  // the clock of the program
	kills    int
}

// newSite makes an installation with two mailboxes; url is that of an empty
// PostgreSQL database, or empty for SQLite. It ends with t.
func newSite(t *testing.T, url string, seed uint64) *site { return newSiteOf(t, url, seed, 2) }

// newSiteOf makes an installation with several mailboxes, of which every second
// is filed by its provider.
func newSiteOf(t *testing.T, url string, seed uint64, boxes int) *site {
	return newSiteIn(t, t.TempDir(), url, seed, boxes)
}

// newSiteIn makes it in a folder.
func newSiteIn(t *testing.T, dir, url string, seed uint64, boxes int) *site {
	t.Helper()
	ctx := t.Context()
	s := &site{dir: dir, logs: t.TempDir(), url: url, inFlight: map[sales.ID]bool{}, now: time.Now}
	var err error
	if s.out, err = newOutside(seed); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.out.host.Close() })
	keys, err := secret.Load(filepath.Join(s.dir, "secret.key"), "")
	if err != nil {
		t.Fatal(err)
	}
	s.open(t, keys)
	if err := s.store.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	if err := s.fill(ctx, boxes); err != nil {
		t.Fatal(err)
	}
	return s
}

// open opens the database for the test, until t ends or it is closed.
func (s *site) open(t *testing.T, keys *secret.Keys) {
	t.Helper()
	path := s.url
	if path == "" {
		path = filepath.Join(s.dir, "ninetyten.db")
	}
	d, err := db.Open(t.Context(), path, db.WithAppName("crash test"), db.WithPoolSize(2))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	s.store = store.New(d, keys)
}

// fill makes the workspace, a seller with mailboxes, and a running sequence of
// two automatic mails without a wait.
func (s *site) fill(ctx context.Context, boxes int) error {
	now := time.Now().UTC()
	set := sales.DefaultSettings()
	for d := range set.Windows {
		set.Windows[d] = []sales.Window{{From: 0, To: 24 * 60}}
	}
	set.Holidays, set.PublicURL = false, "http://127.0.0.1:1"
	rules := sales.DefaultRules()
	rules.ActivePerAccount = 0
	return s.store.InTx(ctx, func(tx *store.Tx) error {
		s.boxes = nil
		if err := tx.InsertWorkspace(ctx, sales.Workspace{ID: ws, Name: "Crash", Settings: set, CreatedAt: now}); err != nil {
			return err
		}
		u := sales.User{WorkspaceID: ws, ID: tx.NewID(), Email: "sam@seller.example", Name: "Sam Seller", Role: sales.RoleOwner, Zone: "UTC", CreatedAt: now}
		s.owner = u.ID
		if err := tx.InsertUser(ctx, u); err != nil {
			return err
		}
		for i := range boxes {
			mb := s.mailbox(u, i, now)
			mb.ID = tx.NewID()
			if err := tx.InsertMailbox(ctx, mb); err != nil {
				return err
			}
			s.boxes = append(s.boxes, mb)
		}
		q := sales.Sequence{
			WorkspaceID: ws, ID: tx.NewID(), OwnerID: u.ID, Name: "Two letters", State: sales.SequenceRunning, Rules: rules, Version: 1, CreatedAt: now, StartedAt: now,
			Steps: []sales.Step{
				{ID: tx.NewID(), Kind: sales.StepAutoMail, Delay: sales.Delay{Unit: sales.Minutes}, Subject: "A question", Body: "Hello {{first_name}},\n\nthis is letter one."},
				{ID: tx.NewID(), Position: 1, Kind: sales.StepAutoMail, Delay: sales.Delay{Unit: sales.Minutes}, Body: "Hello again, this is letter two."},
			},
		}
		s.sequence = q.ID
		return tx.InsertSequence(ctx, q)
	})
}

func (s *site) mailbox(u sales.User, i int, now time.Time) sales.Mailbox {
	address := []string{"sam@files.example", "sam@saves.example"}[i%2]
	if i > 1 {
		address = strings.Replace(address, "@", strconv.Itoa(i/2)+"@", 1)
	}
	saves := i%2 == 1
	if saves {
		s.out.saves[address] = true
	}
	s.out.host.AddUser(address, "password")
	server := func(addr string) sales.Server {
		host, port, _ := net.SplitHostPort(addr)
		n, _ := strconv.Atoi(port)
		return sales.Server{Host: host, Port: n, Security: sales.SecurityNone, Username: address, Password: "password"}
	}
	return sales.Mailbox{
		WorkspaceID: ws, UserID: u.ID, Address: address, Name: u.Name, SMTP: server(s.out.host.SMTPAddr()), IMAP: server(s.out.host.IMAPAddr()),
		SentFolder: "Sent", JunkFolder: "Junk", SavesSent: saves, State: sales.MailboxOK, RampFrom: now, CreatedAt: now,
	}
}

// enroll puts n new people into the sequence, one after the other with a pause,
// so that their mails come in many rounds.
func (s *site) enroll(ctx context.Context, n int, pause time.Duration) error {
	now := s.now().UTC()
	first := s.people
	err := s.store.InTx(ctx, func(tx *store.Tx) error {
		for i := range n {
			k := first + i
			p := sales.Person{
				WorkspaceID: ws, ID: tx.NewID(), OwnerID: s.owner, Email: fmt.Sprintf("person%d@buyer%d.example", k, k), Address: sales.AddressOK,
				FirstName: "Pat", LastName: strconv.Itoa(k), CreatedAt: now, UpdatedAt: now,
			}
			if err := tx.InsertPerson(ctx, p, ""); err != nil {
				return err
			}
			e := sales.Enrollment{
				WorkspaceID: ws, ID: tx.NewID(), SequenceID: s.sequence, PersonID: p.ID, OwnerID: s.owner, MailboxID: s.boxes[k%len(s.boxes)].ID,
				State: sales.Active, Actor: sales.BySeller, StateAt: now, NextAt: now.Add(time.Duration(i) * pause), Version: 1, EnrolledAt: now,
			}
			if err := tx.InsertEnrollment(ctx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.people += n
	}
	return err
}

// killed notes what was on its way when a node was killed. On PostgreSQL the
// server first has to notice.
func (s *site) killed(ctx context.Context) error {
	s.kills++
	if s.url != "" {
		if err := until(ctx, 30*time.Second, "the killed node's sessions end", func(ctx context.Context) (bool, error) {
			n, err := db.One(ctx, s.store.DB, db.Value[int], `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name <> 'crash test' AND backend_type = 'client backend'`)
			return n == 0, err
		}); err != nil {
			return err
		}
	}
	return s.noteOpen(ctx)
}

func (s *site) noteOpen(ctx context.Context) error {
	for _, mb := range s.boxes {
		open, err := s.store.OpenAttempts(ctx, ws, mb.ID, 10_000)
		if err != nil {
			return err
		}
		for _, m := range open {
			s.inFlight[m.ID] = true
		}
	}
	return nil
}

// quiet waits until nothing is left to do: no timer, no mail on its way, all
// filed, all answers read.
func (s *site) quiet(ctx context.Context, limit time.Duration) error {
	left := ""
	err := until(ctx, limit, "the work ends", func(ctx context.Context) (bool, error) {
		before, err := s.versions(ctx)
		if err != nil {
			return false, err
		}
		now, err := s.left(ctx)
		if err != nil {
			return false, err
		}
		left = now
		after, err := s.versions(ctx)
		return now == "" && before == after, err
	})
	if err != nil {
		return fmt.Errorf("%w; left: %s%s", err, left, s.jobs())
	}
	return nil
}

// versions grows with every change of an enrollment. What left reads one after the
// other holds together when it stayed: a mail that is recorded between the look at
// timers and the look at mails is in neither, and its timer is still to come.
func (s *site) versions(ctx context.Context) (int, error) {
	return db.One(ctx, s.store.DB, db.Value[int], `SELECT coalesce(CAST(sum(version) AS BIGINT), 0) FROM enrollments WHERE workspace_id = ?`, ws)
}

// jobs says what the queue has not done, for whoever looks why work does not end.
func (s *site) jobs() string {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	list, err := db.All(ctx, s.store.DB, db.Value[string], `SELECT kind || ' ' || state || ' attempt ' || attempt FROM river_job WHERE finalized_at IS NULL ORDER BY id`)
	return fmt.Sprintf("\njobs: %v %v", list, err)
}

func (s *site) left(ctx context.Context) (string, error) {
	next, err := s.store.NextTimer(ctx, ws)
	if err != nil {
		return "", err
	}
	if wait := next.Sub(s.now()); !next.IsZero() && wait < time.Minute {
		return fmt.Sprintf("a timer that is due in %v", wait.Round(time.Millisecond)), nil
	}
	states, err := s.store.MailingStates(ctx, ws)
	if err != nil {
		return "", err
	}
	if states[sales.MailingQueued]+states[sales.MailingSending] > 0 {
		return s.waits(ctx, states), nil
	}
	file, err := s.store.MailboxesToAppend(ctx, ws)
	if err != nil {
		return "", err
	}
	if len(file) > 0 {
		return "mails to file", nil
	}
	in, err := s.store.IncomingAfter(ctx, ws, 0, 1_000_000)
	if err != nil {
		return "", err
	}
	if n := s.out.waiting(); n > 0 {
		return fmt.Sprintf("%d buyers who will answer", n), nil
	}
	_, words := s.out.seen()
	if len(in) < len(words) {
		return fmt.Sprintf("%d of %d answers", len(words)-len(in), len(words)), nil
	}
	return "", nil
}

// waits says which mails have not gone and why.
func (s *site) waits(ctx context.Context, states map[sales.MailingState]int) string {
	out := fmt.Sprintf("mails %v", states)
	list, _ := s.store.MailingsAfter(ctx, ws, 0, 1_000_000)
	for _, m := range list {
		if m.State == sales.MailingQueued || m.State == sales.MailingSending {
			out += fmt.Sprintf("; %s %s due %v: %s %s", m.Key, m.State, m.DueAt.Format(time.TimeOnly), m.HoldGate, m.HoldWhy)
		}
	}
	return out
}

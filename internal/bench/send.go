package bench

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime/pprof"
	"strconv"
	"strings"
	"sync"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/db"
	"ninetyten/internal/outbound"
	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/sink"
	"ninetyten/internal/secret"
	"ninetyten/internal/store"
)

// Send measures durable sends: for each mail the attempt is committed before,
// the result after, the gate is applied, the ledger written. The server is a
// sink on loopback that speaks real SMTP. Peers: a bare loop over the same
// connections without a database, and smtp-source when it is installed.
func Send(ctx context.Context, o Options) (Result, error) {
	o.N, o.Size, o.Boxes, o.Conns, o.Runs = orElse(o.N, 50_000), orElse(o.Size, 2048), orElse(o.Boxes, 1), orElse(o.Conns, 10), orElse(o.Runs, 1)
	res := Result{Bench: "send", N: o.N, Checks: map[string]int{}}
	var cpus []float64
	bare := []float64{}
	source := []float64{}
	for range o.Runs {
		rate, perOp, err := sendOnce(ctx, o, &res)
		if err != nil {
			return res, err
		}
		res.Runs, cpus = append(res.Runs, rate), append(cpus, perOp)
		b, err := bareLoop(ctx, o)
		if err != nil {
			return res, err
		}
		bare = append(bare, b)
		if s, ok := smtpSource(ctx, o); ok {
			source = append(source, s)
		}
	}
	res.RatePerS, res.CPUPerOp, res.PeakMB = median(res.Runs), median(cpus), peakMB()
	res.Peers = append(res.Peers, Peer{"bare loop, no database", median(bare), res.RatePerS / median(bare)})
	if len(source) > 0 {
		res.Peers = append(res.Peers, Peer{"smtp-source (Postfix)", median(source), res.RatePerS / median(source)})
	} else {
		res.Notes = append(res.Notes, "smtp-source is not installed: package postfix")
	}
	res.Notes = append(res.Notes, fmt.Sprintf("%d bytes a mail, %d mailboxes with %d connections; sink and client share this process", o.Size, o.Boxes, o.Conns))
	return res, nil
}

func orElse(n, other int) int {
	if n > 0 {
		return n
	}
	return other
}

// world is a workspace with mail in its outbox.
type world struct {
	store *store.Store
	ws    sales.ID
	boxes []store.MailboxRef
	dir   string
}

func (w *world) close() {
	_ = w.store.DB.Close()
	_ = os.RemoveAll(w.dir) // a temporary folder
}

// benchNow is a Tuesday morning.
func benchNow() time.Time { return time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC) }

type fixedClock struct{}

func (fixedClock) Now() time.Time { return benchNow() }

func open(ctx context.Context, database string) (*world, error) {
	dir, err := os.MkdirTemp("", "ninetyten-bench-")
	if err != nil {
		return nil, err
	}
	url := database
	if url == "" {
		url = filepath.Join(dir, "bench.db")
	}
	d, err := db.Open(ctx, url)
	if err != nil {
		return nil, err
	}
	keys, err := secret.New([]byte("a key of 32 bytes for measuring only"))
	if err != nil {
		return nil, err
	}
	w := &world{store: store.New(d, keys), dir: dir}
	w.ws = w.store.NewID()
	return w, w.store.Migrate(ctx)
}

// fill makes people with enrollments whose first mail is in the outbox.
func (w *world) fill(ctx context.Context, o Options, addr string) error {
	now := benchNow()
	host, port, _ := net.SplitHostPort(addr)
	n, _ := strconv.Atoi(port)
	server := sales.Server{Host: host, Port: n, Security: sales.SecurityNone}
	set := sales.DefaultSettings()
	set.PublicURL = "http://127.0.0.1"
	ws := sales.Workspace{ID: w.ws, Name: "Bench", Settings: set, CreatedAt: now}
	user := sales.User{WorkspaceID: w.ws, ID: w.store.NewID(), Email: "bench-" + w.ws.String() + "@bench.example", Name: "Bench Seller", Role: sales.RoleOwner, Zone: "UTC", CreatedAt: now}
	q := sales.Sequence{WorkspaceID: w.ws, ID: w.store.NewID(), OwnerID: user.ID, Name: "Bench", State: sales.SequenceRunning, Rules: sales.DefaultRules(), Version: 1, CreatedAt: now}
	body := "Hello {{ first_name | default: \"there\" }},\n\n" + strings.Repeat("who notices first when a plan breaks, and what happens then? ", max(1, (o.Size/2-500)/61)) + "\n"
	q.Steps = []sales.Step{
		{WorkspaceID: w.ws, ID: w.store.NewID(), SequenceID: q.ID, Kind: sales.StepAutoMail, Subject: "A question about {{ company | default: \"you\" }}", Body: body},
		{WorkspaceID: w.ws, ID: w.store.NewID(), SequenceID: q.ID, Position: 1, Kind: sales.StepAutoMail, Delay: sales.Delay{N: 3, Unit: sales.WorkingDays}, Body: body},
	}
	if err := w.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.InsertWorkspace(ctx, ws); err != nil {
			return err
		}
		if err := tx.InsertUser(ctx, user); err != nil {
			return err
		}
		w.boxes = nil
		for i := range o.Boxes {
			mb := sales.Mailbox{WorkspaceID: w.ws, ID: tx.NewID(), UserID: user.ID, Address: fmt.Sprintf("seller%d@bench.example", i), Name: "Bench Seller", SMTP: server, IMAP: server, State: sales.MailboxOK, SavesSent: true, SentFolder: "Sent", CreatedAt: now}
			if err := tx.InsertMailbox(ctx, mb); err != nil {
				return err
			}
			w.boxes = append(w.boxes, store.MailboxRef{WorkspaceID: w.ws, MailboxID: mb.ID})
		}
		return tx.InsertSequence(ctx, q)
	}); err != nil {
		return err
	}
	for from := 0; from < o.N; from += 5000 {
		if err := w.fillSome(ctx, q, user, from, min(from+5000, o.N)); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) fillSome(ctx context.Context, q sales.Sequence, u sales.User, from, to int) error {
	now := benchNow()
	return w.store.InTx(ctx, func(tx *store.Tx) error {
		b := casework.New(tx, w.ws)
		for i := from; i < to; i++ {
			p := sales.Person{WorkspaceID: w.ws, ID: tx.NewID(), OwnerID: u.ID, Email: fmt.Sprintf("person%d@buyer%d.example", i, i%997), FirstName: "Marta", LastName: "Oliveira", Title: "Head of Operations", Zone: "UTC", CreatedAt: now, UpdatedAt: now}
			if err := tx.InsertPerson(ctx, p, ""); err != nil {
				return err
			}
			e := sales.Enrollment{WorkspaceID: w.ws, ID: tx.NewID(), SequenceID: q.ID, PersonID: p.ID, OwnerID: u.ID, MailboxID: w.boxes[i%len(w.boxes)].MailboxID, State: sales.Active, Actor: sales.BySystem, StateAt: now, NextAt: now, Version: 1, LastStepAt: now, EnrolledAt: now}
			if err := tx.InsertEnrollment(ctx, e); err != nil {
				return err
			}
			if _, _, err := b.Decide(ctx, tx, e, sales.Event{Kind: sales.EvTimer, At: now}, store.Subject{Person: p}, now); err != nil {
				return err
			}
		}
		return nil
	})
}

type quiet struct{}

func (quiet) Changed(context.Context, casework.Change)                       {}
func (quiet) ReadNow(context.Context, sales.Mailbox) error                   { return nil }
func (quiet) Append(context.Context, sales.Mailbox, []byte, time.Time) error { return nil }
func (quiet) FindSent(context.Context, sales.Mailbox, string) (bool, error)  { return false, nil }

func sendOnce(ctx context.Context, o Options, res *Result) (rate, perOp float64, err error) {
	sk, err := sink.New(sink.Options{})
	if err != nil {
		return 0, 0, err
	}
	defer func() { _ = sk.Close() }()
	w, err := open(ctx, o.Database)
	if err != nil {
		return 0, 0, err
	}
	defer w.close()
	if err := w.fill(ctx, o, sk.Addr()); err != nil {
		return 0, 0, err
	}
	pool := outbound.New(outbound.Options{MaxConns: o.Conns})
	defer pool.Close()
	r := &runner.Runner{Store: w.store, Clock: fixedClock{}, Node: "bench", Sender: pool, Reader: quiet{}, Filer: quiet{}, Notify: quiet{}, Log: slog.New(slog.DiscardHandler), Conns: o.Conns, Batch: 500}
	if o.Profile != "" {
		f, err := os.Create(o.Profile)
		if err != nil {
			return 0, 0, err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return 0, 0, err
		}
		defer pprof.StopCPUProfile()
	}
	began, used := time.Now(), cpu()
	var wg sync.WaitGroup
	errs := make(chan error, len(w.boxes))
	for _, b := range w.boxes {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_, err := r.Drain(ctx, b)
			errs <- err
		}()
	}
	wg.Wait()
	took, spent := time.Since(began), cpu()-used
	close(errs)
	for err := range errs {
		if err != nil {
			return 0, 0, err
		}
	}
	states, err := w.store.MailingStates(ctx, w.ws)
	if err != nil {
		return 0, 0, err
	}
	res.Checks["accepted by the sink"] = int(sk.Count())
	res.Checks["duplicates"] += int(sk.Duplicates())
	res.Checks["recorded as sent"] = states[sales.MailingSent]
	if int(sk.Count()) != o.N || states[sales.MailingSent] != o.N || sk.Duplicates() != 0 {
		return 0, 0, sales.Errorf(sales.Internal, "the sink took %d mails and %d are recorded, of %d; %d came twice", sk.Count(), states[sales.MailingSent], o.N, sk.Duplicates())
	}
	return float64(o.N) / took.Seconds(), float64(spent.Microseconds()) / float64(o.N), nil
}

// bareLoop sends mails of the same size over the same pool without anything of
// ours around it.
func bareLoop(ctx context.Context, o Options) (float64, error) {
	sk, err := sink.New(sink.Options{})
	if err != nil {
		return 0, err
	}
	defer func() { _ = sk.Close() }()
	host, port, _ := net.SplitHostPort(sk.Addr())
	n, _ := strconv.Atoi(port)
	pool := outbound.New(outbound.Options{MaxConns: o.Conns})
	defer pool.Close()
	mb := sales.Mailbox{ID: 1, SMTP: sales.Server{Host: host, Port: n, Security: sales.SecurityNone}}
	body := strings.Repeat("who notices first when a plan breaks?\r\n", o.Size/39)
	next := make(chan int)
	errs := make(chan error, o.Conns)
	began := time.Now()
	for range o.Conns {
		go func() {
			var err error
			for i := range next {
				raw := fmt.Sprintf("From: a@bench.example\r\nTo: b@buyer.example\r\nSubject: x\r\nMessage-ID: <%d@bench.example>\r\n\r\n%s", i, body)
				if _, e := pool.Send(ctx, mb, outbound.Envelope{From: "a@bench.example", To: "b@buyer.example", Raw: []byte(raw)}); e != nil {
					err = e
				}
			}
			errs <- err
		}()
	}
	for i := range o.N {
		next <- i
	}
	close(next)
	for range o.Conns {
		if err := <-errs; err != nil {
			return 0, err
		}
	}
	return float64(o.N) / time.Since(began).Seconds(), nil
}

// smtpSource runs Postfix's load generator against the same kind of sink.
func smtpSource(ctx context.Context, o Options) (float64, bool) {
	path, err := exec.LookPath("smtp-source")
	if err != nil {
		if path = "/usr/sbin/smtp-source"; !exists(path) {
			return 0, false
		}
	}
	sk, err := sink.New(sink.Options{NoIDs: true})
	if err != nil {
		return 0, false
	}
	defer func() { _ = sk.Close() }()
	began := time.Now()
	cmd := exec.CommandContext(ctx, path, "-d", "-s", strconv.Itoa(o.Conns), "-l", strconv.Itoa(o.Size), "-m", strconv.Itoa(o.N), "-f", "a@bench.example", "-t", "b@buyer.example", sk.Addr())
	if out, err := cmd.CombinedOutput(); err != nil || regexp.MustCompile("fatal").Match(out) {
		return 0, false
	}
	return float64(sk.Count()) / time.Since(began).Seconds(), sk.Count() == int64(o.N)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

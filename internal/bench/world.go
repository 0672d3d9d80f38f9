package bench

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/db"
	"ninetyten/internal/inbound"
	"ninetyten/internal/outbound"
	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/secret"
	"ninetyten/internal/store"
)

// world is a workspace to measure in.
type world struct {
	base   *database
	store  *store.Store
	ws     sales.ID
	user   sales.User
	seq    sales.Sequence
	boxes  []store.MailboxRef
	clock  *clock
	again  func(context.Context) (*db.DB, error)
	remove func()
}

func (w *world) close() {
	_ = w.store.DB.Close() // it goes anyway
	w.remove()
}

// benchNow is a Tuesday morning.
func benchNow() time.Time { return time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC) }

// workday is a morning, n working days after benchNow.
func workday(n int) time.Time {
	t := benchNow()
	for ; n > 0; n-- {
		for t = t.AddDate(0, 0, 1); t.Weekday() == time.Saturday || t.Weekday() == time.Sunday; {
			t = t.AddDate(0, 0, 1)
		}
	}
	return t
}

// clock stands still until it is set.
type clock struct{ us atomic.Int64 }

func newClock(t time.Time) *clock {
	c := &clock{}
	c.set(t)
	return c
}

// Now implements sales.Clock.
func (c *clock) Now() time.Time { return time.UnixMicro(c.us.Load()).UTC() }

func (c *clock) set(t time.Time) { c.us.Store(t.UnixMicro()) }

// open makes an empty workspace on d.
func (d *database) newWorld(ctx context.Context) (*world, error) {
	one, again, remove, err := d.open(ctx)
	if err != nil {
		return nil, err
	}
	w := &world{base: d, clock: newClock(benchNow()), again: again, remove: remove}
	if w.store, err = wrap(one); err != nil {
		_ = one.Close()
		remove()
		return nil, err
	}
	w.ws = w.store.NewID()
	if err := w.store.Migrate(ctx); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

func wrap(d *db.DB) (*store.Store, error) {
	keys, err := secret.New([]byte("a key of 32 bytes for measuring only"))
	if err != nil {
		return nil, err
	}
	return store.New(d, keys), nil
}

// found makes the workspace: a seller, a sequence of five steps, and mailboxes
// that send to addr, without a limit of their own.
func (w *world) found(ctx context.Context, o Options, addr string) error {
	now := benchNow().AddDate(0, -1, 0)
	host, port, _ := net.SplitHostPort(addr)
	n, _ := strconv.Atoi(port)
	server := sales.Server{Host: host, Port: n, Security: sales.SecurityNone}
	set := sales.DefaultSettings()
	set.PublicURL = "http://127.0.0.1"
	w.user = sales.User{WorkspaceID: w.ws, ID: w.store.NewID(), Email: "bench-" + w.ws.String() + "@bench.example", Name: "Bench Seller", Role: sales.RoleOwner, Zone: "UTC", CreatedAt: now}
	w.seq = w.plan(o.Size, now)
	return w.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.InsertWorkspace(ctx, sales.Workspace{ID: w.ws, Name: "Bench", Settings: set, CreatedAt: now}); err != nil {
			return err
		}
		if err := tx.InsertUser(ctx, w.user); err != nil {
			return err
		}
		w.boxes = nil
		first := tx.NewID()
		for i := range o.Boxes {
			mb := sales.Mailbox{
				WorkspaceID: w.ws, ID: first + sales.ID(i), UserID: w.user.ID, Address: fmt.Sprintf("seller%d@bench.example", i), Name: "Bench Seller",
				SMTP: server, IMAP: server, State: sales.MailboxOK, SavesSent: true, SentFolder: "Sent", CreatedAt: now,
			}
			if err := tx.InsertMailbox(ctx, mb); err != nil {
				return err
			}
			w.boxes = append(w.boxes, store.MailboxRef{WorkspaceID: w.ws, MailboxID: mb.ID})
		}
		return tx.InsertSequence(ctx, w.seq)
	})
}

// plan is a sequence as sellers write them. A mail of it has about size bytes.
func (w *world) plan(size int, now time.Time) sales.Sequence {
	q := sales.Sequence{WorkspaceID: w.ws, ID: w.store.NewID(), OwnerID: w.user.ID, Name: "Bench", State: sales.SequenceRunning, Rules: sales.DefaultRules(), Version: 1, CreatedAt: now, StartedAt: now}
	text := "Hello {{ first_name | default: \"there\" }},\n\n" + strings.Repeat("who notices first when a plan breaks, and what happens then? ", max(1, (size/2-500)/61)) + "\n"
	for i, s := range []sales.Step{
		{Kind: sales.StepAutoMail, Subject: "A question about {{ company | default: \"you\" }}", Body: text},
		{Kind: sales.StepAutoMail, Delay: sales.Delay{N: 3, Unit: sales.WorkingDays}, Body: text},
		{Kind: sales.StepCall, Delay: sales.Delay{N: 20, Unit: sales.WorkingDays}, Note: "Call, and ask who plans"},
		{Kind: sales.StepAutoMail, Delay: sales.Delay{N: 4, Unit: sales.WorkingDays}, Subject: "Another thought", Body: text},
		{Kind: sales.StepAutoMail, Delay: sales.Delay{N: 5, Unit: sales.WorkingDays}, Body: text},
	} {
		s.WorkspaceID, s.ID, s.SequenceID, s.Position = w.ws, w.store.NewID(), q.ID, i
		q.Steps = append(q.Steps, s)
	}
	return q
}

// node is a runner of the world with its own name, on a store that may be its
// own.
func (w *world) node(name string, s *store.Store, to runner.Sender, o Options) *runner.Runner {
	return &runner.Runner{
		Store: s, Clock: w.clock, Node: name, Sender: to, Reader: quiet{}, Filer: quiet{}, Notify: quiet{},
		Log: slog.New(slog.DiscardHandler), Conns: o.Conns,
	}
}

// quiet stands for everything around the sending that is not measured.
type quiet struct{}

func (quiet) Changed(context.Context, casework.Change)                       {}
func (quiet) ReadNow(context.Context, sales.Mailbox) error                   { return nil }
func (quiet) Append(context.Context, sales.Mailbox, []byte, time.Time) error { return nil }
func (quiet) FindSent(context.Context, sales.Mailbox, inbound.Sought) (bool, error) {
	return false, nil
}

// taker is a server that takes every mail at once.
type taker struct{ n atomic.Int64 }

// Send implements runner.Sender.
func (t *taker) Send(context.Context, sales.Mailbox, outbound.Envelope) (outbound.Receipt, error) {
	t.n.Add(1)
	return outbound.Receipt{Code: 250, Enhanced: "2.0.0", Text: "taken"}, nil
}

// dueOn counts the timers that have come at a moment.
func (w *world) dueOn(ctx context.Context, at time.Time) (int, error) {
	return db.One(ctx, w.store.DB, db.Value[int], "SELECT count(*) FROM enrollments WHERE workspace_id = ? AND next_at > 0 AND next_at <= ?", w.ws, at)
}

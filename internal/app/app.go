// Package app puts the program together: it alone knows every part. It opens
// the database, wires the inputs to the outputs, and runs the services until it
// is told to stop. It holds no rule of the business.
package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"ninetyten/internal/casework"
	"os"
	"time"

	"golang.org/x/sync/errgroup"

	"ninetyten/internal/auth"
	"ninetyten/internal/config"
	"ninetyten/internal/db"
	"ninetyten/internal/desk"
	"ninetyten/internal/handoff"
	"ninetyten/internal/httpx"
	"ninetyten/internal/inbound"
	"ninetyten/internal/intake"
	"ninetyten/internal/llm"
	"ninetyten/internal/next"
	"ninetyten/internal/outbound"
	"ninetyten/internal/queue"
	"ninetyten/internal/research"
	"ninetyten/internal/runner"
	"ninetyten/internal/sales"
	"ninetyten/internal/secret"
	"ninetyten/internal/store"
)

// App is the program as a value.
type App struct {
	Config   config.Config
	Log      *slog.Logger
	Clock    sales.Clock
	Store    *store.Store
	Queue    *queue.Queue
	Hub      *handoff.Hub
	Intake   *intake.Intake
	Pool     *outbound.Pool
	Filer    *inbound.Appender
	Watchers *runner.Watchers
	Runner   *runner.Runner
	Share    *runner.Share // nil on SQLite, where there is one node
	Pulse    *runner.Pulse
	Desk     *desk.Desk
	Next     *next.Queue
	Auth     *auth.Auth
	Web      http.Handler
	// SetupCode is asked for at the first visit from another machine; empty when
	// there is an owner.
	SetupCode string
	inbound   inbound.Options
}

// Options are what tests and the practice world change.
type Options struct {
	Clock    sales.Clock       // the wall clock when nil
	Log      *slog.Logger      // to stderr when nil
	Outbound outbound.Options  // how servers are spoken to
	Inbound  inbound.Options   // how mailboxes are read
	Notify   casework.Notifier // hears of changes besides the pages; may be nil
	UndoFor  *time.Duration    // 10 s when nil
	Queue    queue.Options     // Workers is taken from the config when 0
	Watch    time.Duration     // how often watch leases are looked at; 0 is 3 s
	Practice bool              // the pages say that this is the practice world
	Research research.Options  // how web sites and feeds are read; the zero value reads public ones
	Wall     func() time.Time  // the clock of the machine, with monotonic readings; time.Now when nil
}

// Open opens the database, brings its schema up to date and wires everything.
// Close it when done.
func Open(ctx context.Context, c config.Config, o Options) (*App, error) {
	if o.Log == nil {
		o.Log = Logger(c.LogLevel)
	}
	if o.Clock == nil {
		o.Clock = sales.WallClock{}
	}
	if c.Node == "" {
		c.Node = nodeName()
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, sales.WrapError(sales.Unavailable, err, "The data folder "+c.Data+" cannot be made. Choose another with --data, or mend its rights.")
	}
	keys, err := secret.Load(c.SecretPath(), c.Secret)
	if err != nil {
		return nil, err
	}
	d, err := db.Open(ctx, c.DatabaseURL(), db.WithLogger(o.Log))
	if err != nil {
		return nil, sales.WrapError(sales.Unavailable, err, "The database cannot be opened: "+err.Error())
	}
	a := &App{Config: c, Log: o.Log, Clock: o.Clock, Store: store.New(d, keys), inbound: o.Inbound}
	if err := a.wire(ctx, o); err != nil {
		d.Close()
		return nil, err
	}
	return a, nil
}

func nodeName() string {
	host, _ := os.Hostname()
	b := make([]byte, 4)
	rand.Read(b)
	return host + "-" + hex.EncodeToString(b)
}

// Logger writes text lines to stderr.
func Logger(level string) *slog.Logger {
	var l slog.Level
	if err := l.UnmarshalText([]byte(level)); err != nil {
		l = slog.LevelInfo
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: l}))
}

func (a *App) wire(ctx context.Context, o Options) error {
	if err := a.Store.Migrate(ctx); err != nil {
		return err
	}
	qo := o.Queue
	if qo.Workers == 0 {
		qo.Workers = a.Config.Workers
	}
	qo.Logger, qo.Now = a.Log, o.Wall
	wall := time.Now
	if o.Wall != nil {
		wall = o.Wall
	}
	var err error
	if a.Queue, err = queue.Open(ctx, a.Store.DB, qo); err != nil {
		return err
	}
	if err := a.Queue.Migrate(ctx); err != nil {
		return err
	}
	a.Hub = handoff.NewHub(a.Store.DB, a.Log)
	var notify casework.Notifier = a.Hub
	if o.Notify != nil {
		notify = both{a.Hub, o.Notify}
	}
	a.Intake = &intake.Intake{Store: a.Store, Clock: a.Clock, Notify: notify, Log: a.Log}
	a.Pool = outbound.New(o.Outbound)
	in := o.Inbound
	in.Logger, in.Now = a.Log, a.Clock.Now
	a.inbound = in
	a.Filer = inbound.NewAppender(in)
	a.Watchers = &runner.Watchers{Store: a.Store, Sink: a.Intake, Options: in, Node: a.Config.Node, Clock: a.Clock, Notify: notify, Log: a.Log, Every: o.Watch}
	a.Runner = &runner.Runner{Store: a.Store, Clock: a.Clock, Node: a.Config.Node, Sender: a.Pool, Reader: a.Watchers, Filer: a.Filer, Notify: notify, Log: a.Log, Crash: crasher(a.Config.CrashAt)}
	model := llm.New(llm.Options{})
	a.Runner.Model = model
	ro := o.Research
	ro.Now = a.Clock.Now
	a.Runner.Sites = research.New(ro)
	a.Runner.Conns = max(o.Outbound.MaxConns, 4)
	a.Runner.Lease, a.Watchers.Lease = a.Config.Lease, a.Config.Lease
	a.Runner.Wall, a.Watchers.Wall = wall, wall
	if err := a.Runner.Register(a.Queue); err != nil {
		return err
	}
	a.Pulse = runner.NewPulse(a.Store, a.Queue, a.Clock, a.Log, a.Config.Pulse)
	a.Pulse.Slot, a.Pulse.Wall = a.Config.Lease, wall
	if a.Store.DB.Dialect() == db.Postgres {
		a.Share = &runner.Share{Store: a.Store, Node: a.Config.Node, Log: a.Log, Lease: a.Config.Lease, Wall: wall, Took: func() { a.Pulse.Kick(0) }}
		a.Pulse.Share, a.Watchers.Share = a.Share, a.Share
	}
	undo := 10 * time.Second
	if o.UndoFor != nil {
		undo = *o.UndoFor
	}
	a.Desk = &desk.Desk{Store: a.Store, Clock: a.Clock, Notify: notify, Log: a.Log, UndoFor: undo, Kick: a.Pulse.Kick, SendTest: a.sendTest, Model: model}
	a.Next = &next.Queue{Store: a.Store, Clock: a.Clock, Wall: wall}
	a.Auth = &auth.Auth{Store: a.Store, Now: wall}
	nets, err := a.Config.ProxyNets()
	if err != nil {
		return err
	}
	if err := a.setupCode(ctx); err != nil {
		return err
	}
	a.Web, err = a.pages(nets, o)
	return err
}

// setupCode makes the code of the first visit, unless there was one.
func (a *App) setupCode(ctx context.Context) error {
	any, err := a.Store.AnyUser(ctx)
	if err != nil || any {
		return err
	}
	b := make([]byte, 4)
	rand.Read(b)
	a.SetupCode = hex.EncodeToString(b)
	return nil
}

// probe tries a mailbox out for the settings page.
// sendTest sends a mail from a mailbox to itself.
func (a *App) sendTest(ctx context.Context, mb sales.Mailbox, raw []byte) error {
	_, err := a.Pool.Send(ctx, mb, outbound.Envelope{From: mb.Address, To: mb.Address, Raw: raw})
	var e *outbound.Error
	if errors.As(err, &e) {
		return outbound.Explain(e, mb)
	}
	return err
}

func (a *App) probe(ctx context.Context, mb sales.Mailbox) sales.ProbeReport {
	return inbound.Probe(ctx, mb, a.Pool, a.inbound)
}

// both tells two.
type both struct{ a, b casework.Notifier }

func (x both) Changed(ctx context.Context, c casework.Change) {
	x.a.Changed(ctx, c)
	x.b.Changed(ctx, c)
}

// Close closes what Open opened. Call it after Run has returned.
func (a *App) Close() error {
	a.Pool.Close()
	a.Filer.Close()
	return a.Store.DB.Close()
}

// closed is Close for the end of a tool, which has nothing more to say but this.
func (a *App) closed() {
	if err := a.Close(); err != nil {
		a.Log.Error("the database did not close", "err", err)
	}
}

// Listen opens the address of the pages.
func (a *App) Listen() (net.Listener, error) {
	l, err := net.Listen("tcp", a.Config.Listen)
	if err != nil {
		return nil, sales.WrapError(sales.Unavailable, err, "The address "+a.Config.Listen+" cannot be used: "+err.Error()+". Choose another with --listen.")
	}
	return l, nil
}

// Run serves pages on l and does the work until ctx ends, then stops in order:
// no new work, the running work is written down, the pages close.
func (a *App) Run(ctx context.Context, l net.Listener) error {
	if err := a.Queue.Start(ctx); err != nil {
		l.Close()
		return err
	}
	defer context.AfterFunc(ctx, a.Runner.Finish)()
	g, inner := errgroup.WithContext(ctx)
	g.Go(func() error { return unlessEnded(inner, a.Hub.Run(inner)) })
	if a.Share != nil {
		g.Go(func() error { return a.Share.Run(inner) })
	}
	g.Go(func() error { return a.Pulse.Run(inner) })
	g.Go(func() error { return a.Watchers.Run(inner) })
	g.Go(func() error { return a.Serve(inner, l) })
	err := g.Wait()
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 25*time.Second)
	defer cancel()
	return errors.Join(err, a.Queue.Stop(stop))
}

// unlessEnded drops an error that only says that the context is over.
func unlessEnded(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// Serve serves pages on l until ctx ends; Run does it too.
func (a *App) Serve(ctx context.Context, l net.Listener) error {
	srv := httpx.NewServer(a.Web, a.Log)
	// Streams end with the program, so that closing need not wait for them.
	srv.BaseContext = func(net.Listener) context.Context { return ctx }
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	stop, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := srv.Shutdown(stop); err != nil {
		_ = srv.Close() // it would not stop by itself
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

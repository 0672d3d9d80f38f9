package inbound

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"ninetyten/internal/sales"
)

// Watcher keeps one mailbox read. Run does the work; ReadNow may be called
// from anywhere meanwhile.
type Watcher struct {
	mb   sales.Mailbox
	sink Sink
	opts Options

	asks chan chan error // of ReadNow to Run

	mu      sync.Mutex
	running chan struct{} // closed when Run ends; nil when it does not run
}

// NewWatcher makes a Watcher of mb that gives what it reads to sink.
func NewWatcher(mb sales.Mailbox, sink Sink, o Options) *Watcher {
	o = o.withDefaults()
	o.Logger = o.Logger.With("mailbox", mb.Address)
	return &Watcher{mb: mb, sink: sink, opts: o, asks: make(chan chan error)}
}

// sinkRetryMax is the longest pause after mail that could not be stored.
const sinkRetryMax = 10 * time.Second

// errRunning is returned by a second Run.
var errRunning = errors.New("the mailbox is watched already")

// watch is one run of a Watcher.
type watch struct {
	*Watcher
	reader  *reader
	waiting []chan error // of ReadNow, for the next reading
	healthy bool         // the connection at hand was good for a full reading
}

// Run reads INBOX, Junk and Sent up to now and stays connected: it reads INBOX
// whenever the server tells of something new, and the others every Poll. It
// connects again when the connection is lost, with growing pauses. It returns
// nil when ctx is over.
func (w *Watcher) Run(ctx context.Context) error {
	w.mu.Lock()
	if w.running != nil {
		w.mu.Unlock()
		return errRunning
	}
	done := make(chan struct{})
	w.running = done
	w.mu.Unlock()
	run := &watch{Watcher: w, reader: newReader(w.mb, w.sink, w.opts)}
	defer func() {
		w.mu.Lock()
		w.running = nil
		w.mu.Unlock()
		close(done)
		run.answer(context.Canceled)
	}()
	pause := w.opts.RetryMin
	for {
		run.healthy = false
		err := run.session(ctx)
		if ctx.Err() != nil {
			return nil
		}
		say := Explain(err, w.mb)
		if run.healthy {
			pause = w.opts.RetryMin
			if len(run.waiting) > 0 { // they asked while the connection died: once more, at once
				w.opts.Logger.Info("mailbox connection lost, connecting again", "err", err)
				continue
			}
		}
		broken := say.Code == sales.Invalid
		if broken { // trying a refused login often may lock the account
			pause = max(pause, min(time.Minute, w.opts.RetryMax))
		}
		if stored := (*sinkError)(nil); errors.As(err, &stored) { // the server is well, and need not rest
			pause = min(pause, sinkRetryMax)
		}
		wait := jitter(pause)
		pause = min(pause*2, w.opts.RetryMax)
		w.opts.Logger.Warn("mailbox cannot be read", "err", err, "again_in", wait)
		w.opts.OnState(State{Err: err, Message: say.Msg, Broken: broken, RetryAt: w.opts.Now().Add(wait)})
		run.answer(say)
		if !run.rest(ctx, wait, say) {
			return nil
		}
	}
}

// newReader makes a reader that knows no cursor yet.
func newReader(mb sales.Mailbox, sink Sink, o Options) *reader {
	return &reader{mb: mb, sink: sink, opts: o, curs: map[string]sales.Cursor{}}
}

// jitter gives between 75 % and 125 % of d, so that many mailboxes of one
// server do not come back at the same moment.
func jitter(d time.Duration) time.Duration {
	return d*3/4 + rand.N(d/2+1)
}

// rest waits for d and tells everybody who asks meanwhile why the mailbox
// cannot be read. It is false when ctx is over.
func (w *watch) rest(ctx context.Context, d time.Duration, why error) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return false
		case <-t.C:
			return true
		case ask := <-w.asks:
			ask <- why
		}
	}
}

// answer tells those who wait what came of the reading.
func (w *watch) answer(err error) {
	for _, ask := range w.waiting {
		ask <- err
	}
	w.waiting = nil
}

// session connects and reads until the connection is lost or ctx is over.
func (w *watch) session(ctx context.Context) error {
	cn, err := dial(ctx, w.mb, w.opts)
	if err != nil {
		return err
	}
	defer func() {
		if ctx.Err() != nil && cn.alive() {
			cn.logout()
		} else {
			cn.close()
		}
	}()
	fs, err := cn.folders(ctx, w.mb)
	if err != nil {
		return err
	}
	for _, f := range fs.list() {
		if f.Role == RoleSent {
			w.answer(nil) // what they asked for is read
		}
		if err := w.readOr(ctx, cn, f, &fs); err != nil {
			return err
		}
	}
	w.answer(nil)
	w.healthy = true
	w.opts.OnState(State{Connected: true, Idle: cn.canIdle(), Sent: fs.Sent, Junk: fs.Junk})
	poll := time.NewTimer(w.opts.Poll)
	defer poll.Stop()
	for {
		why, err := w.wait(ctx, cn, fs, poll.C)
		if err != nil {
			return err
		}
		if err := w.pass(ctx, cn, &fs, why); err != nil {
			return err
		}
		if why == polled {
			poll.Reset(w.opts.Poll)
		}
	}
}

// readOr reads one folder. A folder other than INBOX that the server refuses
// is left out from now on.
func (w *watch) readOr(ctx context.Context, cn *conn, f Folder, fs *Folders) error {
	err := w.reader.read(ctx, cn, f)
	return w.without(cn, f, fs, err)
}

// without takes a refused folder out of fs; every other error stays one.
func (w *watch) without(cn *conn, f Folder, fs *Folders, err error) error {
	if err == nil || f.Role == RoleInbox || !isNo(err) || !cn.alive() {
		return err
	}
	w.opts.Logger.Warn("folder cannot be read", "folder", f.Name, "err", err)
	if f.Role == RoleSent {
		fs.Sent = ""
	} else {
		fs.Junk = ""
	}
	return nil
}

// reason is why a wait ended.
type reason int

const (
	told   reason = iota // the server tells of something new
	asked                // ReadNow
	polled               // it is time
)

// wait stays in IDLE on INBOX until there is a reason to read.
func (w *watch) wait(ctx context.Context, cn *conn, fs Folders, poll <-chan time.Time) (reason, error) {
	if cn.folder != fs.Inbox {
		if err := cn.examine(ctx, fs.Inbox); err != nil {
			return 0, err
		}
		if w.reader.behind(cn) { // it came while another folder was selected
			return told, nil
		}
	}
	select {
	case ask := <-w.asks:
		w.waiting = append(w.waiting, ask)
		return asked, nil
	case <-cn.wake:
		return told, nil
	case <-poll: // also when somebody always asks
		return polled, nil
	default:
	}
	stop, err := cn.idle(ctx)
	if err != nil {
		return 0, err
	}
	why := told
	select {
	case <-cn.wake:
	case ask := <-w.asks:
		w.waiting = append(w.waiting, ask)
		why = asked
	case <-poll:
		why = polled
	case <-cn.c.Closed():
	case <-ctx.Done():
	}
	if err := errors.Join(ctx.Err(), stop()); err != nil {
		return 0, err
	}
	return why, nil
}

// pass reads what the reason asks for, and answers those who wait.
func (w *watch) pass(ctx context.Context, cn *conn, fs *Folders, why reason) error {
	for collecting := true; collecting; { // all who asked before the reading begins
		select {
		case ask := <-w.asks:
			w.waiting = append(w.waiting, ask)
			why = max(why, asked)
		default:
			collecting = false
		}
	}
	for _, f := range fs.list() {
		switch f.Role {
		case RoleInbox:
		case RoleJunk:
			if why == told {
				continue
			}
		case RoleSent:
			w.answer(nil)
			if why != polled {
				continue
			}
		}
		if f.Role != RoleInbox {
			yes, err := w.reader.changed(ctx, cn, f)
			if err := w.without(cn, f, fs, err); err != nil {
				return err
			}
			if !yes {
				continue
			}
		}
		if err := w.readOr(ctx, cn, f, fs); err != nil {
			return err
		}
	}
	w.answer(nil)
	return nil
}

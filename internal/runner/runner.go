// Package runner does the work that nobody asks for by hand: it begins steps
// whose time has come, sends the outbox, watches mailboxes, files sent mail and
// settles what a crash left open. Every piece of work is one pass over rows that
// are due, which a test, a job or the practice world can call; nothing that must
// not be lost is kept in memory.
//
// What always holds:
//   - the attempt and its Message-ID are committed before a byte goes out;
//   - a mailing leaves the queue in that same commit, and only if it is still in
//     it: what an answer canceled cannot be sent;
//   - an attempt without a result is never tried again blindly;
//   - one node at a time sends from a mailbox, held by a lease on the wall clock.
package runner

import (
	"context"
	"log/slog"
	"ninetyten/internal/casework"
	"ninetyten/internal/inbound"
	"sync"
	"sync/atomic"
	"time"

	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Sender hands one mail to a server. outbound.Pool is one; the errors are
// *outbound.Error.
type Sender interface {
	Send(ctx context.Context, mb sales.Mailbox, env outbound.Envelope) (outbound.Receipt, error)
}

// Reader reads a mailbox up to this moment.
type Reader interface {
	ReadNow(ctx context.Context, mb sales.Mailbox) error
}

// Filer files sent mail and looks for it. inbound.Appender is one.
type Filer interface {
	Append(ctx context.Context, mb sales.Mailbox, raw []byte, date time.Time) error
	FindSent(ctx context.Context, mb sales.Mailbox, x inbound.Sought) (bool, error)
}

// Runner is the machinery of one node.
type Runner struct {
	Store  *store.Store
	Clock  sales.Clock // of the business
	Node   string      // a name that no other node has
	Sender Sender
	Reader Reader
	Filer  Filer
	Notify casework.Notifier
	Log    *slog.Logger
	Model  Asker // about unclear replies; nil asks nobody
	Sites  Sites // reads what accounts say of themselves; nil reads nothing

	// Conns is how many connections of a mailbox send at once; 0 is 4.
	Conns int
	// Batch is how many mails of a mailbox without gap are taken at once; 0 is 200.
	Batch int
	// Flight is how many bytes of mail, with what belongs to it, are held in memory
	// at once, over all mailboxes, to go together; 0 is 8 MB.
	Flight int64
	// Lease is how long the claim on a mailbox outlives a node that died; 0 is 15 s.
	Lease time.Duration
	// Wall is the clock of the machine, for leases and paces; nil is time.Now. A
	// run that is to be repeated exactly has one that is set by hand.
	Wall func() time.Time
	// Crash, when set, is called at the named points between deciding and
	// recording; tests kill the process there.
	Crash func(point string)

	busy        sync.Map // mailbox ID -> *sync.Mutex: one pass at a time in this process
	retry       sync.Map // mailbox ID -> time.Time: when its open attempts are looked at again
	unsure      sync.Map // mailbox ID -> bool: its last filing ended with an error
	paces       sync.Map // mailbox ID -> *pace
	flying      flightRoom
	asking      sync.Map // workspace ID -> *sync.Mutex: one pass at a time asks the model
	once        sync.Once
	born        time.Time // of the business: attempts before it are of another process
	ending      atomic.Bool
	researching sync.Map // workspace ID -> *sync.Mutex: one pass at a time makes dossiers ready
}

// The points at which Crash is called.
const (
	PointDecided  = "decided"  // due enrollments: decided, before the commit
	PointApplied  = "applied"  // and after it
	PointGated    = "gated"    // the gate said go, before the attempt is recorded
	PointBegun    = "begun"    // the attempt is recorded, nothing was sent
	PointAccepted = "accepted" // the server took the mail, the result is not recorded
	PointRecorded = "recorded" // the result is recorded, the mail is not in Sent
	PointFiled    = "filed"    // it is in Sent, which is not recorded
)

// Points are all of them, in their order.
func Points() []string {
	return []string{PointDecided, PointApplied, PointGated, PointBegun, PointAccepted, PointRecorded, PointFiled}
}

func (r *Runner) at(point string) {
	if r.Crash != nil {
		r.Crash(point)
	}
}

// leaseFor is the length of a lease, on the wall clock, when none is chosen. It
// is renewed after a third of it.
const leaseFor = 15 * time.Second

func orElse(d, otherwise time.Duration) time.Duration {
	if d <= 0 {
		return otherwise
	}
	return d
}

// wall is the time of the machine.
func (r *Runner) wall() time.Time {
	if r.Wall != nil {
		return r.Wall()
	}
	return time.Now()
}

// Finish lets the running passes come to their end: no further mail begins to go.
func (r *Runner) Finish() { r.ending.Store(true) }

// locked runs fn unless the mailbox is being worked on, by this process or by
// another node, and keeps the lease while fn runs. It says whether fn ran.
func (r *Runner) locked(ctx context.Context, ws, mailbox sales.ID, fn func(context.Context) error) (bool, error) {
	v, _ := r.busy.LoadOrStore(mailbox, &sync.Mutex{})
	mu := v.(*sync.Mutex)
	if !mu.TryLock() {
		return false, nil
	}
	defer mu.Unlock()
	r.once.Do(func() { r.born = r.Clock.Now() })
	lease := orElse(r.Lease, leaseFor)
	take := func(ctx context.Context) (bool, error) {
		now := r.wall()
		return r.Store.TakeLease(ctx, store.LeaseSend, ws, mailbox, r.Node, now, now.Add(lease))
	}
	if ok, err := take(ctx); err != nil || !ok {
		return false, err
	}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	// The lease is kept until fn has ended, also when ctx ends before: what is on
	// the wire is still ours.
	fnEnded, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		t := time.NewTicker(lease / 3)
		defer t.Stop()
		for {
			select {
			case <-fnEnded:
				return
			case <-t.C:
				renew, stop := context.WithTimeout(context.WithoutCancel(ctx), lease) // a database that is silent would keep us
				ok, err := take(renew)
				stop()
				if err == nil && !ok {
					cancel() // another node took over: begin nothing more
					return
				}
			}
		}
	}()
	release := sync.OnceFunc(func() {
		close(fnEnded)
		<-done
	})
	defer release() // also when fn panics: the lease of a dead pass runs out
	err := fn(inner)
	release()
	end, stop := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer stop()
	if e := r.Store.EndLease(end, store.LeaseSend, ws, mailbox, r.Node); e != nil && err == nil {
		err = e
	}
	return true, err
}

// recording is a context for writing down what has happened, even while the
// program is stopping or the database is away for a while.
func (r *Runner) recording(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), 2*time.Minute)
}

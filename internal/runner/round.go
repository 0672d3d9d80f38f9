package runner

import (
	"context"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// round is what was made ready to go together: what the gate let pass, rendered
// and composed. Nothing of it is written down before its attempts are.
type round struct {
	mb       sales.Mailbox
	caps     caps
	ready    []parcel
	accounts map[sales.ID]sales.Account
	now      time.Time
	until    time.Time // later than it, nothing of it begins to go
	holds    int       // mails that were held instead
	more     bool      // more is due than was looked at
	byHand   bool
	weight   int64 // of a mail of it, as an average
	free     func()
}

// again tells whether another round may find something at once.
func (x *round) again(sent, kept int) bool {
	again := x.more || kept > 0 || x.byHand || x.holds > 0 && len(x.ready) == 0
	return again && sent+x.holds > 0
}

// people are those to whom the mails of a round go.
func (x *round) people(into map[sales.ID]bool) map[sales.ID]bool {
	for _, p := range x.ready {
		into[p.p.ID] = true
	}
	return into
}

// prepare makes a round ready: what is due, what the gate lets pass, its bytes. It
// is nil when nothing is due. busy are people of whose last mail is not written down
// yet what came of it: what is known of them is old, so their mail waits for a
// later round; nil stands for a round that nothing goes on beside.
func (r *Runner) prepare(ctx context.Context, ref store.MailboxRef, ls *letters, size int, weight int64, busy map[sales.ID]bool) (*round, error) {
	size, held, free, err := r.reserve(ctx, size, weight, busy == nil)
	if err != nil || free == nil {
		return nil, err
	}
	x, err := r.prepareIn(ctx, ref, ls, size, held, busy)
	if err != nil || x == nil {
		free()
		return nil, err
	}
	x.free = free
	return x, nil
}

// prepareIn is prepare of at most size mails that together weigh about most.
func (r *Runner) prepareIn(ctx context.Context, ref store.MailboxRef, ls *letters, size int, most int64, busy map[sales.ID]bool) (*round, error) {
	shared := casework.New(r.Store, ref.WorkspaceID)
	x := &round{now: r.Clock.Now()}
	var err error
	if x.mb, err = r.Store.Mailbox(ctx, ref.WorkspaceID, ref.MailboxID); err != nil {
		return nil, err
	}
	due, room, all, err := r.due(ctx, x.mb, shared, size, x.now)
	if err != nil || len(due) == 0 || room <= 0 {
		return nil, err
	}
	x.byHand, x.more = due[0].Kind == sales.MailingManual, !all
	due, left := without(due, busy)
	x.more = x.more || left
	written, err := r.written(ctx, ref.WorkspaceID, due)
	if err != nil {
		return nil, err
	}
	people, read, readErr := r.readFirst(ctx, x.mb, due, written)
	if readErr != nil && (ctx.Err() != nil || r.ending.Load()) {
		return nil, nil // the program stops, which is no reason to hold a mail
	}
	if read { // what was read may have stopped the mailbox
		if x.mb, err = r.Store.Mailbox(ctx, ref.WorkspaceID, ref.MailboxID); err != nil {
			return nil, err
		}
	}
	x.until = r.wall().Add(freshFor)
	parcels, holds, f, err := r.gate(ctx, x.mb, shared, due, written, people, readErr, x.now)
	if err != nil {
		return nil, err
	}
	x.caps, x.accounts, x.holds = f.caps, f.accounts, len(holds)
	if want := min(room, size); len(parcels) > want {
		parcels, x.more = parcels[:want], true
	}
	if err := r.hold(ctx, ref.WorkspaceID, holds, x.now); err != nil {
		return nil, err
	}
	if ls.threads, err = r.threads(ctx, ref.WorkspaceID, parcels); err != nil {
		return nil, err
	}
	if err := readDeals(ctx, shared, ls, parcels); err != nil {
		return nil, err
	}
	return x, r.composeAll(ctx, shared, ls, x, parcels, most)
}

// composeAll writes the mails of a round, as many as are not too heavy together,
// and at least one.
func (r *Runner) composeAll(ctx context.Context, shared *casework.Batch, ls *letters, x *round, parcels []parcel, most int64) error {
	var sum int64
	for _, p := range parcels {
		if sum > 0 && sum >= most {
			x.more = true
			break
		}
		p, err := r.compose(ctx, shared, ls, x.mb, p)
		if err != nil {
			return err
		}
		if p.blocked != "" {
			if err := r.block(ctx, p, x.now); err != nil {
				return err
			}
			continue
		}
		sum += int64(len(p.raw)) + besideRaw
		x.ready = append(x.ready, p)
	}
	if len(x.ready) > 0 {
		x.weight = sum / int64(len(x.ready))
	}
	return nil
}

// without leaves the mails to some people out, and all but the first to one person:
// what of the gate counts touches sees the first. left tells that there were any.
func without(due []sales.Mailing, busy map[sales.ID]bool) (rest []sales.Mailing, left bool) {
	seen := make(map[sales.ID]bool, len(due))
	rest = make([]sales.Mailing, 0, len(due))
	for _, m := range due {
		if busy[m.PersonID] || m.EnrollmentID != 0 && seen[m.PersonID] {
			left = true
			continue
		}
		seen[m.PersonID] = true
		rest = append(rest, m)
	}
	return rest, left
}

// Mails in flight are bounded by their weight, so that neither many mailboxes at
// once nor large attachments take the memory of the machine.
const (
	flight      = 8 << 20  // bytes of all rounds of a node, by default
	besideRaw   = 6 << 10  // bytes that a mail takes in memory beside those that go out
	usualWeight = 12 << 10 // of a mail, before a mailbox has sent one
)

// flightRoom is what may be in flight on a node.
type flightRoom struct {
	once sync.Once
	most int64
	sem  *semaphore.Weighted
}

// reserve waits for room in flight and says for how many mails, of up to size, it
// is, and for how many bytes. free gives it back; it is nil when there is no room
// and wait is false.
func (r *Runner) reserve(ctx context.Context, size int, weight int64, wait bool) (n int, held int64, free func(), err error) {
	f := &r.flying
	f.once.Do(func() {
		if f.most = r.Flight; f.most <= 0 {
			f.most = flight
		}
		f.sem = semaphore.NewWeighted(f.most)
	})
	share := max(f.most/4, 1) // of one round: a heavy one leaves room for others
	weight = min(max(weight, besideRaw), share)
	size = max(min(size, int(share/weight)), 1)
	held = int64(size) * weight
	if !wait {
		if !f.sem.TryAcquire(held) {
			return 0, 0, nil, nil
		}
	} else if err := f.sem.Acquire(ctx, held); err != nil {
		return 0, 0, nil, err
	}
	return size, held, func() { f.sem.Release(held) }, nil
}

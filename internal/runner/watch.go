package runner

import (
	"context"
	"errors"
	"log/slog"
	"ninetyten/internal/casework"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"ninetyten/internal/inbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// noteEvery is how often "read up to now" of a watched mailbox is kept.
const noteEvery = 20 * time.Second

// Watchers keeps one watcher for every mailbox that this node holds the watch
// lease of, and reads mailboxes up to now for the send gate.
type Watchers struct {
	Store   *store.Store
	Sink    inbound.Sink
	Options inbound.Options
	Node    string
	Clock   sales.Clock
	Notify  casework.Notifier
	Log     *slog.Logger
	Lease   time.Duration    // how long a lease outlives a node that died; 0 is 15 s
	Every   time.Duration    // how often leases are looked at; 0 is 3 s
	Wall    func() time.Time // the clock of the machine; nil is time.Now
	Share   *Share           // says of which workspaces this node watches the mailboxes; nil is of all

	mu     sync.Mutex
	live   map[sales.ID]*watched
	guests map[sales.ID]*guest
}

func (s *Watchers) now() time.Time {
	if s.Wall != nil {
		return s.Wall()
	}
	return time.Now()
}

// watched is a mailbox that this node watches.
type watched struct {
	mb     sales.Mailbox
	w      *inbound.Watcher
	cancel context.CancelFunc
	done   chan struct{}
	idle   atomic.Bool // connected, and told of new mail at once
	noted  time.Time   // when "read up to now" was last kept
	leased time.Time   // when the lease was last renewed
}

// guest reads a mailbox that another node watches.
type guest struct {
	mb sales.Mailbox
	w  *inbound.Watcher
}

// Run watches until ctx ends, then gives the leases back.
func (s *Watchers) Run(ctx context.Context) error {
	every := s.Every
	if every <= 0 {
		every = 3 * time.Second
	}
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		if err := bounded(ctx, func(inner context.Context) error { return s.pass(inner, ctx) }); err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "the mailboxes to watch could not be looked at", "err", err)
		}
		select {
		case <-ctx.Done():
			s.stopAll()
			return nil
		case <-t.C:
		}
	}
}

// pass takes free leases, renews its own, and drops what changed or ended. What
// it starts runs until run ends.
func (s *Watchers) pass(ctx, run context.Context) error {
	all, err := s.workspaces(ctx)
	if err != nil {
		return err
	}
	if err := s.renew(ctx); err != nil {
		return err
	}
	seen := map[sales.ID]bool{}
	for _, ws := range all {
		boxes, err := s.Store.Mailboxes(ctx, ws)
		if err != nil {
			return err
		}
		for _, mb := range boxes {
			if mb.State == sales.MailboxPaused && mb.IMAP.Host == "" {
				continue
			}
			seen[mb.ID] = true
			if err := s.one(ctx, run, mb); err != nil {
				return err
			}
		}
	}
	s.mu.Lock()
	var gone []*watched
	for id, x := range s.live {
		if !seen[id] {
			gone = append(gone, x)
			delete(s.live, id)
		}
	}
	s.mu.Unlock()
	for _, x := range gone {
		x.stop()
		if err := s.Store.EndLease(ctx, store.LeaseWatch, x.mb.WorkspaceID, x.mb.ID, s.Node); err != nil {
			return err
		}
	}
	return nil
}

// renew renews the leases of this node that a third of their time has gone by of, all
// at once. One that another node has taken is found out by taking it again.
func (s *Watchers) renew(ctx context.Context) error {
	now, lease := s.now(), orElse(s.Lease, leaseFor)
	var refs []store.MailboxRef
	s.mu.Lock()
	for id, x := range s.live {
		if !x.fresh(now, lease) {
			refs = append(refs, store.MailboxRef{WorkspaceID: x.mb.WorkspaceID, MailboxID: id})
		}
	}
	s.mu.Unlock()
	if len(refs) == 0 {
		return nil
	}
	have, err := s.Store.RenewLeases(ctx, refs, s.Node, now.Add(lease))
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for id := range have {
		if x := s.live[id]; x != nil {
			x.leased = now
		}
	}
	return nil
}

// fresh tells whether a lease need not be renewed yet.
func (x *watched) fresh(now time.Time, lease time.Duration) bool {
	return now.Sub(x.leased) >= 0 && now.Sub(x.leased) < lease/3
}

// workspaces are those whose mailboxes this node watches.
func (s *Watchers) workspaces(ctx context.Context) ([]sales.ID, error) {
	if s.Share != nil {
		return s.Store.Share(ctx, s.Share.Node)
	}
	all, err := s.Store.Workspaces(ctx)
	ids := make([]sales.ID, len(all))
	for i, w := range all {
		ids[i] = w.ID
	}
	return ids, err
}

// one takes or renews the lease of a mailbox and sees to it that its watcher
// runs with its present settings.
func (s *Watchers) one(ctx, run context.Context, mb sales.Mailbox) error {
	now, lease := s.now(), orElse(s.Lease, leaseFor)
	s.mu.Lock()
	x := s.live[mb.ID]
	s.mu.Unlock()
	ok := x != nil && x.fresh(now, lease)
	if !ok {
		var err error
		if ok, err = s.Store.TakeLease(ctx, store.LeaseWatch, mb.WorkspaceID, mb.ID, s.Node, now, now.Add(lease)); err != nil {
			return err
		}
		if x != nil {
			x.leased = now
		}
	}
	if x != nil && (!ok || x.mb.IMAP != mb.IMAP || x.ended()) {
		x.stop()
		s.mu.Lock()
		delete(s.live, mb.ID)
		s.mu.Unlock()
		x = nil
	}
	if x != nil && x.idle.Load() && time.Since(x.noted) > noteEvery {
		// Whoever idles has read everything: new mail is told at once.
		x.noted = time.Now()
		return s.Store.SetMailboxRead(ctx, mb.WorkspaceID, mb.ID, s.Clock.Now())
	}
	if !ok || x != nil {
		return nil
	}
	s.start(run, mb, now)
	return nil
}

func (s *Watchers) start(ctx context.Context, mb sales.Mailbox, leased time.Time) {
	o := s.Options
	o.Logger = s.Log
	inner, cancel := context.WithCancel(ctx)
	x := &watched{mb: mb, cancel: cancel, done: make(chan struct{}), leased: leased}
	o.OnState = func(st inbound.State) {
		x.idle.Store(st.Connected && st.Idle)
		keep, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
		defer cancel()
		s.state(keep, mb, st)
	}
	x.w = inbound.NewWatcher(mb, s.Sink, o)
	s.mu.Lock()
	if s.live == nil {
		s.live = map[sales.ID]*watched{}
	}
	s.live[mb.ID] = x
	s.mu.Unlock()
	go func() {
		defer close(x.done)
		if err := x.w.Run(inner); err != nil && inner.Err() == nil {
			o.Logger.Warn("a watcher ended", "err", err)
		}
	}()
}

func (x *watched) stop() {
	x.cancel()
	<-x.done
}

func (x *watched) ended() bool {
	select {
	case <-x.done:
		return true
	default:
		return false
	}
}

// ofSending is in every explanation of what is wrong with the outgoing server
// (outbound.Explain); that a mailbox can be read does not mend it.
const ofSending = "outgoing (SMTP)"

// state keeps what the watcher says of a mailbox: its folders, and whether a
// person has to do something.
func (s *Watchers) state(ctx context.Context, mb sales.Mailbox, st inbound.State) {
	err := s.Store.InTx(ctx, func(tx *store.Tx) error {
		now, err := tx.Mailbox(ctx, mb.WorkspaceID, mb.ID)
		if err != nil {
			return err
		}
		switch {
		case st.Connected && now.State == sales.MailboxBroken && !strings.Contains(now.StateWhy, ofSending):
			if _, err = tx.SetMailboxState(ctx, mb.WorkspaceID, mb.ID, sales.MailboxOK, ""); err != nil {
				return err
			}
			err = tx.ReleaseMailbox(ctx, mb.WorkspaceID, mb.ID, s.Clock.Now())
		case st.Broken && now.State == sales.MailboxOK:
			_, err = tx.SetMailboxState(ctx, mb.WorkspaceID, mb.ID, sales.MailboxBroken, st.Message)
		}
		return err
	})
	if err == nil && st.Connected && (st.Sent != "" || st.Junk != "") {
		err = s.Store.SetMailboxFolders(ctx, mb.WorkspaceID, mb.ID, st.Sent, st.Junk)
	}
	if err != nil {
		s.Log.ErrorContext(ctx, "the state of a mailbox could not be kept", "mailbox", mb.Address, "err", err)
		return
	}
	if st.Broken {
		s.Notify.Changed(ctx, casework.Change{WorkspaceID: mb.WorkspaceID, Text: "The mailbox " + mb.Address + " stopped: " + st.Message, Urgent: true})
	}
}

// ReadNow reads a mailbox up to this moment, over the watcher of this node or,
// when another node watches it, over a connection of its own.
func (s *Watchers) ReadNow(ctx context.Context, mb sales.Mailbox) error {
	inner, cancel := context.WithTimeout(ctx, 60*time.Second)
	defer cancel()
	err := s.watcher(mb).ReadNow(inner)
	if errors.Is(err, context.Canceled) && inner.Err() == nil {
		err = s.watcher(mb).ReadNow(inner) // the watcher ended meanwhile, for another node has the lease
	}
	if err != nil {
		return err
	}
	if err := s.Store.SetMailboxRead(ctx, mb.WorkspaceID, mb.ID, s.Clock.Now()); err != nil {
		return sales.WrapError(sales.Internal, err, "The mailbox was read, which could not be noted.")
	}
	return nil
}

func (s *Watchers) watcher(mb sales.Mailbox) *inbound.Watcher {
	s.mu.Lock()
	defer s.mu.Unlock()
	if x := s.live[mb.ID]; x != nil && !x.ended() {
		return x.w
	}
	if g := s.guests[mb.ID]; g != nil && g.mb.IMAP == mb.IMAP {
		return g.w
	}
	if s.guests == nil {
		s.guests = map[sales.ID]*guest{}
	}
	g := &guest{mb: mb, w: inbound.NewWatcher(mb, s.Sink, s.Options)}
	s.guests[mb.ID] = g
	return g.w
}

// stopAll ends the watchers and gives their leases back, so that another node
// need not wait for them to run out.
func (s *Watchers) stopAll() {
	s.mu.Lock()
	live := s.live
	s.live = nil
	s.mu.Unlock()
	for _, x := range live {
		x.cancel()
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	for _, x := range live {
		<-x.done
		if err := s.Store.EndLease(ctx, store.LeaseWatch, x.mb.WorkspaceID, x.mb.ID, s.Node); err != nil {
			s.Log.Warn("a lease could not be given back", "err", err)
		}
	}
}

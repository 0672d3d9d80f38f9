package runner

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"ninetyten/internal/queue"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Pulse looks every so often which rows are due and asks the queue for the work.
// It keeps no state: what it misses it sees at the next look.
type Pulse struct {
	Store *store.Store
	Queue *queue.Queue
	Clock sales.Clock
	Log   *slog.Logger
	Every time.Duration // 0 is one second
	// Share says in which workspaces this node looks; nil is in all.
	Share *Share
	// Slot: a job is unique within its slot, so one that died with its node keeps
	// others out for no longer. The lease on the mailbox keeps two from sending at
	// once. 0 is 15 s.
	Slot time.Duration
	// Wall is the clock of the machine; nil is time.Now.
	Wall func() time.Time

	kick   chan struct{}
	mu     sync.Mutex
	kicked map[sales.ID]bool // workspaces to look at before the next look at all
}

// lookPage is of how many workspaces it is asked at once what is due.
const lookPage = 500

// NewPulse makes a pulse.
func NewPulse(s *store.Store, q *queue.Queue, clock sales.Clock, log *slog.Logger, every time.Duration) *Pulse {
	if every <= 0 {
		every = time.Second
	}
	return &Pulse{Store: s, Queue: q, Clock: clock, Log: log, Every: every, kick: make(chan struct{}, 1), kicked: map[sales.ID]bool{}}
}

// Kick makes the pulse look at a workspace at once, whichever node looks at it
// otherwise; 0 is at all of this node.
func (p *Pulse) Kick(ws sales.ID) {
	p.mu.Lock()
	p.kicked[ws] = true
	p.mu.Unlock()
	select {
	case p.kick <- struct{}{}:
	default:
	}
}

// Run looks until ctx ends.
func (p *Pulse) Run(ctx context.Context) error {
	t := time.NewTicker(p.Every)
	defer t.Stop()
	last := p.now()
	look := p.Look
	for {
		now := p.now()
		if by := jump(last, now); by.Abs() > time.Minute {
			p.Log.WarnContext(ctx, "the clock of this machine was set, or it slept: what is due is looked at by the new time", "by", by.Round(time.Second))
		}
		last = now
		if err := bounded(ctx, look); err != nil && ctx.Err() == nil {
			p.Log.WarnContext(ctx, "the due work could not be looked up", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
			look = p.Look
		case <-p.kick:
			look = p.lookKicked
		}
	}
}

// bounded runs fn for a minute at most: a database that is silent would keep it.
func bounded(ctx context.Context, fn func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return fn(ctx)
}

func (p *Pulse) now() time.Time {
	if p.Wall != nil {
		return p.Wall()
	}
	return time.Now()
}

// jump is by how much a clock was set between two of its times, which have
// monotonic readings.
func jump(a, b time.Time) time.Duration { return b.Round(0).Sub(a.Round(0)) - b.Sub(a) }

// Look asks the queue for the work that is due now in the workspaces of this node.
func (p *Pulse) Look(ctx context.Context) error {
	l := store.Looking{Limit: lookPage}
	if p.Share != nil {
		l.Node = p.Share.Node
	}
	for {
		next, err := p.page(ctx, l)
		if err != nil || next == 0 {
			return err
		}
		l.After = next
	}
}

// lookKicked looks at the workspaces that Kick named.
func (p *Pulse) lookKicked(ctx context.Context) error {
	p.mu.Lock()
	kicked := p.kicked
	p.kicked = map[sales.ID]bool{}
	p.mu.Unlock()
	if kicked[0] {
		delete(kicked, 0)
		if err := p.Look(ctx); err != nil {
			return err
		}
	}
	for ws := range kicked {
		if _, err := p.page(ctx, store.Looking{After: ws - 1, Limit: 1}); err != nil {
			return err
		}
	}
	return nil
}

// page asks the queue for what is due in some workspaces.
func (p *Pulse) page(ctx context.Context, l store.Looking) (next sales.ID, err error) {
	now, wall := p.Clock.Now(), p.now()
	l.Now, l.Wall, l.Unclear = now, wall, now.Add(-askRecent)
	l.Handoffs = now.Add(-prepareSince)
	slot := wall.UnixNano() / int64(orElse(p.Slot, leaseFor))
	list, next, err := p.Store.DueIn(ctx, l)
	if err != nil {
		return 0, err
	}
	for _, d := range list {
		var j queue.Job
		switch d.What {
		case store.DueAdvance:
			j = AdvanceJob{d.WorkspaceID, slot}
		case store.DueAbsences: // while somebody is away what begins meanwhile is looked for too
			j = AbsenceJob{d.WorkspaceID, slot}
		case store.DueAsk:
			unclear, err := p.Store.UnclearDue(ctx, d.WorkspaceID, l.Unclear, wall, 1)
			if err != nil {
				return 0, err
			}
			if len(unclear) == 0 {
				continue
			}
			j = AskJob{d.WorkspaceID, slot}
		case store.DueDrain:
			j = DrainJob{d.WorkspaceID, d.MailboxID, slot}
		case store.DueFile:
			j = FileJob{d.WorkspaceID, d.MailboxID, slot}
		case store.DueResearch:
			j = ResearchJob{d.WorkspaceID, slot}
		case store.DueRecount:
			j = RecountJob{d.WorkspaceID, slot}
		}
		if _, err := p.Queue.Insert(ctx, j, queue.Opts{Unique: true, MaxAttempts: 1}); err != nil {
			return 0, err
		}
	}
	return next, nil
}

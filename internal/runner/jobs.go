package runner

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"ninetyten/internal/queue"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// AdvanceJob begins the due steps of a workspace.
type AdvanceJob struct {
	Workspace sales.ID `json:"workspace"`
	Slot      int64    `json:"slot"`
}

// Kind implements queue.Job.
func (AdvanceJob) Kind() string { return "advance_workspace" }

// DrainJob sends the outbox of a mailbox.
type DrainJob struct {
	Workspace sales.ID `json:"workspace"`
	Mailbox   sales.ID `json:"mailbox"`
	Slot      int64    `json:"slot"`
}

// Kind implements queue.Job.
func (DrainJob) Kind() string { return "drain_mailbox" }

// FileJob puts sent mail of a mailbox into its Sent folder.
type FileJob struct {
	Workspace sales.ID `json:"workspace"`
	Mailbox   sales.ID `json:"mailbox"`
	Slot      int64    `json:"slot"`
}

// Kind implements queue.Job.
func (FileJob) Kind() string { return "file_sent" }

// CleanJob forgets what has ended: old sessions, mail of other programs that no
// cap counts any more, what a language model was asked long ago.
type CleanJob struct{}

// Kind implements queue.Job.
func (CleanJob) Kind() string { return "clean_up" }

// Register tells a queue how the runner works on its jobs.
func (r *Runner) Register(q *queue.Queue) error {
	quiet := func(err error) error {
		if err != nil {
			// The rows stay due, so the pulse asks again; the job itself need not.
			r.Log.Warn("a piece of work did not finish", "err", err)
		}
		return nil
	}
	if err := queue.Register(q, func(ctx context.Context, j AdvanceJob) error {
		_, err := r.Advance(ctx, j.Workspace)
		return quiet(err)
	}); err != nil {
		return err
	}
	if err := queue.Register(q, func(ctx context.Context, j AbsenceJob) error {
		_, err := r.Absences(ctx, j.Workspace)
		return quiet(err)
	}); err != nil {
		return err
	}
	if err := queue.Register(q, func(ctx context.Context, j DrainJob) error {
		_, err := r.Drain(ctx, store.MailboxRef{WorkspaceID: j.Workspace, MailboxID: j.Mailbox})
		return quiet(err)
	}); err != nil {
		return err
	}
	if err := queue.Register(q, func(ctx context.Context, j FileJob) error {
		_, err := r.File(ctx, store.MailboxRef{WorkspaceID: j.Workspace, MailboxID: j.Mailbox})
		return quiet(err)
	}); err != nil {
		return err
	}
	if err := queue.Register(q, func(ctx context.Context, j AskJob) error {
		_, err := r.AskUnclear(ctx, j.Workspace)
		return quiet(err)
	}); err != nil {
		return err
	}
	if err := queue.Register(q, func(ctx context.Context, _ CleanJob) error {
		return r.clean(ctx)
	}); err != nil {
		return err
	}
	return q.Periodic("clean_up", time.Hour, func() queue.Job { return CleanJob{} })
}

// outsideFor is how long a mail that another program sent is remembered: longer
// than the longest cap looks back, and than a folder is read again.
const outsideFor = 40 * 24 * time.Hour

// staleFor is how long the counts of a day, and what can be taken back for an
// hour, are kept: longer than a day is anywhere.
const staleFor = 3 * 24 * time.Hour

// clean forgets what nothing asks for any more.
func (r *Runner) clean(ctx context.Context) error {
	all, err := r.Store.Workspaces(ctx)
	if err != nil {
		return err
	}
	for _, w := range all {
		now := r.Clock.Now()
		stale := now.Add(-staleFor)
		if err := errors.Join(
			r.Store.ForgetOutside(ctx, w.ID, now.Add(-outsideFor)),
			r.Store.ForgetCounts(ctx, w.ID, store.Day(stale, nil)),
			r.Store.ForgetBulk(ctx, w.ID, stale),
			r.Store.ForgetAsks(ctx, w.ID, now.Add(-sales.AsksKept)),
			r.unstrand(ctx, w.ID, now),
		); err != nil {
			return err
		}
	}
	return r.Store.DeleteOldSessions(ctx, time.Now())
}

// strandedBatch is how many stranded enrollments of a sequence are woken an hour.
const strandedBatch = 500

// unstrand lets enrollments go on that wait for a mail or task which is not open.
// There should be none: it is said in the log when there are.
func (r *Runner) unstrand(ctx context.Context, ws sales.ID, now time.Time) error {
	all, err := r.Store.Sequences(ctx, ws)
	if err != nil {
		return err
	}
	for _, q := range all {
		ids, err := r.Store.Stranded(ctx, ws, q.ID, strandedBatch)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			continue
		}
		woken := 0
		if err := r.Store.InTx(ctx, func(tx *store.Tx) error {
			woken = 0
			for _, id := range ids {
				yes, err := tx.WakeStranded(ctx, ws, id, now)
				if err != nil {
					return err
				}
				if yes {
					woken++
				}
			}
			return nil
		}); err != nil {
			return err
		}
		r.Log.WarnContext(ctx, "people waited for a mail or task that was not there; they go on", "sequence", q.Name, "people", woken)
	}
	return nil
}

// Pulse looks every so often which rows are due and asks the queue for the work.
// It keeps no state: what it misses it sees at the next look.
type Pulse struct {
	Store *store.Store
	Queue *queue.Queue
	Clock sales.Clock
	Log   *slog.Logger
	Every time.Duration // 0 is one second
	// Slot: a job is unique within its slot, so one that died with its node keeps
	// others out for no longer. The lease on the mailbox keeps two from sending at
	// once. 0 is 15 s.
	Slot time.Duration
	// Wall is the clock of the machine; nil is time.Now.
	Wall func() time.Time
	kick chan struct{}
}

// NewPulse makes a pulse.
func NewPulse(s *store.Store, q *queue.Queue, clock sales.Clock, log *slog.Logger, every time.Duration) *Pulse {
	if every <= 0 {
		every = time.Second
	}
	return &Pulse{Store: s, Queue: q, Clock: clock, Log: log, Every: every, kick: make(chan struct{}, 1)}
}

// Kick makes the pulse look at once.
func (p *Pulse) Kick() {
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
	for {
		now := p.now()
		if by := jump(last, now); by.Abs() > time.Minute {
			p.Log.WarnContext(ctx, "the clock of this machine was set, or it slept: what is due is looked at by the new time", "by", by.Round(time.Second))
		}
		last = now
		if err := p.boundedLook(ctx); err != nil && ctx.Err() == nil {
			p.Log.WarnContext(ctx, "the due work could not be looked up", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
		case <-p.kick:
		}
	}
}

// boundedLook is Look for a minute at most: a database that is silent would keep it.
func (p *Pulse) boundedLook(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return p.Look(ctx)
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

// Look asks the queue for the work that is due now.
func (p *Pulse) Look(ctx context.Context) error {
	all, err := p.Store.Workspaces(ctx)
	if err != nil {
		return err
	}
	for _, w := range all {
		if err := p.look(ctx, w.ID); err != nil {
			return err
		}
	}
	return nil
}

func (p *Pulse) look(ctx context.Context, ws sales.ID) error {
	now, wall := p.Clock.Now(), p.now()
	slot := wall.UnixNano() / int64(orElse(p.Slot, leaseFor))
	next, err := p.Store.NextTimer(ctx, ws)
	if err != nil {
		return err
	}
	if !next.IsZero() && !next.After(now) {
		if err := p.ask(ctx, AdvanceJob{ws, slot}); err != nil {
			return err
		}
	}
	// While somebody is away what begins meanwhile is looked for too.
	away, err := p.Store.OpenAbsences(ctx, ws)
	if err != nil {
		return err
	}
	if len(away) > 0 && !away[0].From.After(now) {
		if err := p.ask(ctx, AbsenceJob{ws, slot}); err != nil {
			return err
		}
	}
	unclear, err := p.Store.UnclearDue(ctx, ws, now.Add(-askRecent), wall, 1)
	if err != nil {
		return err
	}
	if len(unclear) > 0 {
		if err := p.ask(ctx, AskJob{ws, slot}); err != nil {
			return err
		}
	}
	due, err := p.Store.MailboxesWithDue(ctx, ws, now)
	if err != nil {
		return err
	}
	stuck, err := p.Store.MailboxesWithOpen(ctx, ws, wall)
	if err != nil {
		return err
	}
	seen, err := p.Store.MailboxesWithSeen(ctx, ws)
	if err != nil {
		return err
	}
	for _, m := range slices.Concat(due, stuck, seen) {
		if err := p.ask(ctx, DrainJob{m.WorkspaceID, m.MailboxID, slot}); err != nil {
			return err
		}
	}
	file, err := p.Store.MailboxesToAppend(ctx, ws)
	if err != nil {
		return err
	}
	for _, m := range file {
		if err := p.ask(ctx, FileJob{m.WorkspaceID, m.MailboxID, slot}); err != nil {
			return err
		}
	}
	return nil
}

func (p *Pulse) ask(ctx context.Context, j queue.Job) error {
	_, err := p.Queue.Insert(ctx, j, queue.Opts{Unique: true, MaxAttempts: 1})
	return err
}

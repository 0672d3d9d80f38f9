package runner

import (
	"context"
	"errors"
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
	if err := queue.Register(q, func(ctx context.Context, j ResearchJob) error {
		_, err := r.Research(ctx, j.Workspace)
		return quiet(err)
	}); err != nil {
		return err
	}
	if err := queue.Register(q, func(ctx context.Context, j RecountJob) error {
		_, err := r.Recount(ctx, j.Workspace)
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
	r.forgetPaces()
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
			r.Store.ForgetPageTime(ctx, w.ID, store.Day(now.Add(-sales.PageTimeFor), nil)),
			r.Store.ForgetAsks(ctx, w.ID, now.Add(-sales.AsksKept)),
			r.unstrand(ctx, w.ID, now),
		); err != nil {
			return err
		}
	}
	return errors.Join(r.Store.ForgetNodes(ctx, r.wall().Add(-staleFor)), r.Store.DeleteOldSessions(ctx, time.Now()))
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

package runner

import (
	"context"
	"time"

	"ninetyten/internal/inbound"
	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// settle closes attempts that a crash left without a result. We hold the lease,
// so nobody is sending them: a mail that is in the Sent folder went out; of any
// other nobody can know, and it is shown to a person instead of being sent again.
// A Sent folder that cannot be looked into is tried again for a while.
func (r *Runner) settle(ctx context.Context, ref store.MailboxRef) error {
	if err := r.settleSeen(ctx, ref); err != nil {
		return err
	}
	if at, ok := r.retry.Load(ref.MailboxID); ok && r.wall().Before(at.(time.Time)) {
		return nil
	}
	r.retry.Delete(ref.MailboxID)
	for ctx.Err() == nil {
		open, err := r.Store.OpenAttempts(ctx, ref.WorkspaceID, ref.MailboxID, 200)
		if err != nil || len(open) == 0 {
			return err
		}
		mb, err := r.Store.Mailbox(ctx, ref.WorkspaceID, ref.MailboxID)
		if err != nil {
			return err
		}
		results := make([]outcome, 0, len(open))
		for _, m := range open {
			o, known, err := r.settleOne(ctx, mb, m)
			if err != nil {
				return err
			}
			if !known {
				r.retry.Store(ref.MailboxID, r.wall().Add(settleAgain))
				break // the others will fare no better
			}
			results = append(results, o)
		}
		if len(results) > 0 {
			rec, stop := r.recording(ctx)
			_, err = r.record(rec, mb, nil, results)
			stop()
		}
		if err != nil {
			return err
		}
		if len(results) < len(open) {
			return r.restAfter(ctx, mb, open[len(open)-1])
		}
	}
	return ctx.Err()
}

// restAfter keeps the pause of a mailbox after a mail of which nobody knows yet
// whether it went.
func (r *Runner) restAfter(ctx context.Context, mb sales.Mailbox, m sales.Mailing) error {
	at := nextSend(mb, m.ID, m.AttemptAt)
	if !at.After(mb.NextSendAt) {
		return nil
	}
	return r.Store.InTx(ctx, func(tx *store.Tx) error { return tx.RestMailbox(ctx, mb.WorkspaceID, mb.ID, at) })
}

// An attempt without a result waits for a Sent folder that cannot be reached.
const (
	settleWithin = 10 * time.Minute // of the business, since the attempt
	settleAgain  = 10 * time.Second
)

// settleOne finds out about one attempt; known is false when it is too early to
// give up.
func (r *Runner) settleOne(ctx context.Context, mb sales.Mailbox, m sales.Mailing) (o outcome, known bool, err error) {
	p, err := r.Store.PersonAny(ctx, m.WorkspaceID, m.PersonID)
	if err != nil && sales.CodeOf(err) != sales.NotFound {
		return outcome{}, false, err
	}
	o = outcome{parcel: parcel{m: m, p: p}, started: m.AttemptAt}
	look, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	found, err := r.Filer.FindSent(look, mb, r.sought(m))
	if err == nil && found {
		o.receipt = outbound.Receipt{Text: "found in the Sent folder after a restart"}
		return o, true, nil
	}
	if err != nil && r.Clock.Now().Sub(m.AttemptAt) < settleWithin {
		return o, false, nil
	}
	o.err = &outbound.Error{Stage: outbound.StageResult, Text: "the program stopped while the mail was on its way", Err: err}
	return o, true, nil
}

// sought says how a mail of ours is known in a Sent folder.
func (r *Runner) sought(m sales.Mailing) inbound.Sought {
	return inbound.Sought{HeaderID: m.HeaderID, Ref: r.Store.Keys.Token(m.WorkspaceID, m.ID), To: m.To, At: m.AttemptAt}
}

// File puts sent mail of a mailbox into its Sent folder, and says how many.
func (r *Runner) File(ctx context.Context, ref store.MailboxRef) (int, error) {
	n := 0
	_, err := r.locked(ctx, ref.WorkspaceID, ref.MailboxID, func(ctx context.Context) error {
		list, err := r.Store.UnappendedMailings(ctx, ref.WorkspaceID, ref.MailboxID, 100)
		if err != nil || len(list) == 0 {
			return err
		}
		mb, err := r.Store.Mailbox(ctx, ref.WorkspaceID, ref.MailboxID)
		if err != nil || mb.State == sales.MailboxBroken {
			return err // a refused login is not tried again and again: it may lock the account
		}
		for _, m := range list {
			if err := r.fileOne(ctx, mb, m); err != nil {
				r.unsure.Store(mb.ID, true)
				return err
			}
			r.at(PointFiled)
			if err := r.Store.MarkAppended(ctx, ref.WorkspaceID, []sales.ID{m.ID}); err != nil {
				return err
			}
			n++
		}
		r.unsure.Delete(mb.ID)
		return nil
	})
	return n, err
}

// mayBeFiled tells whether an earlier try may have filed a mail without getting
// to say so: in another process, on another node, with an error, or before the
// clock was set back.
func (r *Runner) mayBeFiled(m sales.Mailing) bool {
	_, unsure := r.unsure.Load(m.MailboxID)
	age := r.Clock.Now().Sub(m.AttemptAt)
	return unsure || m.AttemptAt.Before(r.born) || age < 0 || age > orElse(r.Lease, leaseFor)/2
}

func (r *Runner) fileOne(ctx context.Context, mb sales.Mailbox, m sales.Mailing) error {
	if mb.SavesSent || m.RawID == 0 {
		return nil
	}
	if r.mayBeFiled(m) {
		if there, err := r.Filer.FindSent(ctx, mb, r.sought(m)); err != nil || there {
			return err
		}
	}
	raw, err := r.Store.Raw(ctx, m.WorkspaceID, m.RawID)
	if err != nil {
		return err
	}
	return r.Filer.Append(ctx, mb, raw, m.SentAt)
}

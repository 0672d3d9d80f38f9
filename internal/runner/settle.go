package runner

import (
	"context"
	"time"

	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// settle closes attempts that a crash left without a result. We hold the lease,
// so nobody is sending them: a mail that is in the Sent folder went out; of any
// other nobody can know, and it is shown to a person instead of being sent again.
func (r *Runner) settle(ctx context.Context, ref store.MailboxRef) error {
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
			o, err := r.settleOne(ctx, mb, m)
			if err != nil {
				return err
			}
			results = append(results, o)
		}
		if _, err := r.record(ctx, mb, results); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (r *Runner) settleOne(ctx context.Context, mb sales.Mailbox, m sales.Mailing) (outcome, error) {
	p, err := r.Store.PersonAny(ctx, m.WorkspaceID, m.PersonID)
	if err != nil && sales.CodeOf(err) != sales.NotFound {
		return outcome{}, err
	}
	o := outcome{parcel: parcel{m: m, p: p}, started: m.AttemptAt}
	look, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	found, err := r.Filer.FindSent(look, mb, m.HeaderID)
	if err == nil && found {
		o.receipt = outbound.Receipt{Text: "found in the Sent folder after a restart"}
		return o, nil
	}
	o.err = &outbound.Error{Stage: outbound.StageResult, Text: "the program stopped while the mail was on its way", Err: err}
	return o, nil
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
		if err != nil {
			return err
		}
		for _, m := range list {
			if err := r.fileOne(ctx, mb, m); err != nil {
				return err
			}
			r.at(PointFiled)
			if err := r.Store.MarkAppended(ctx, ref.WorkspaceID, []sales.ID{m.ID}); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

func (r *Runner) fileOne(ctx context.Context, mb sales.Mailbox, m sales.Mailing) error {
	if mb.SavesSent || m.RawID == 0 {
		return nil
	}
	// An earlier try may have filed it without getting to say so.
	if r.Clock.Now().Sub(m.SentAt) > time.Minute {
		if there, err := r.Filer.FindSent(ctx, mb, m.HeaderID); err != nil || there {
			return err
		}
	}
	raw, err := r.Store.Raw(ctx, m.WorkspaceID, m.RawID)
	if err != nil {
		return err
	}
	return r.Filer.Append(ctx, mb, raw, m.SentAt)
}

package casework

import (
	"context"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// count keeps the statistics of the step that the message answers, and of the
// text that the person got when several are under test.
func count(ctx context.Context, tx *store.Tx, a Arrived) error {
	msg := a.Message
	var names []string
	switch msg.Verdict.Kind {
	case sales.KindReply:
		names = append(names, store.StatAnswered)
		switch msg.Verdict.Intent {
		case sales.Interested:
			names = append(names, store.StatInterested)
		case sales.NotInterested, sales.OptOut:
			names = append(names, store.StatStopped)
		}
	case sales.KindBounce:
		names = append(names, store.StatBounced)
	case sales.KindUnsubscribe, sales.KindComplaint:
		names = append(names, store.StatUnsubscribed, store.StatStopped)
	}
	steps, texts := map[store.Stat]int{}, map[store.Stat]int{}
	for _, name := range names {
		steps[store.Stat{StepID: a.Mailing.StepID, Name: name}]++
		if name == store.StatAnswered && a.Person.LastInAt.After(a.Mailing.AttemptAt) {
			continue // they wrote before: a test between texts counts people, not mails
		}
		store.CountText(texts, a.Mailing.VariantID, name, a.Mailing.SentAt)
	}
	if err := tx.AddStats(ctx, msg.WorkspaceID, steps); err != nil {
		return err
	}
	return tx.AddVariantStats(ctx, msg.WorkspaceID, texts)
}

// guard counts bounces and complaints of the mailbox, and stops it when there are
// too many, or when a server refused our mail by policy: going on would make it
// worse, and the address is not to blame. The change is nil unless it stopped.
//
// Only a report that names a mail of ours counts: anybody can write one that
// names an address.
func (b *Batch) guard(ctx context.Context, tx *store.Tx, a Arrived, now time.Time) (*Change, error) {
	mb, msg := a.Mailbox, a.Message
	if a.Mailing.ID == 0 {
		return nil, nil
	}
	counts, policy := map[string]int{}, ""
	switch msg.Verdict.Kind {
	case sales.KindComplaint:
		counts[store.BoxComplained]++
	case sales.KindBounce:
		for _, r := range msg.Verdict.Recipients {
			switch r.Class {
			case sales.FailHard:
				counts[store.BoxBounced] = 1
			case sales.FailBlock:
				counts[store.BoxPolicy], policy = 1, r.Reason
			}
		}
	}
	if len(counts) == 0 {
		return nil, nil
	}
	stopped, err := b.CountBox(ctx, tx, mb, counts, now)
	if err != nil || stopped != nil || counts[store.BoxPolicy] == 0 {
		return stopped, err
	}
	why := "A server refused our mail by policy: " + policy + ". Look at what it says, then resume the mailbox."
	changed, err := tx.SetMailboxState(ctx, mb.WorkspaceID, mb.ID, sales.MailboxPaused, why)
	if err != nil || !changed {
		return nil, err
	}
	return &Change{WorkspaceID: mb.WorkspaceID, Text: "The mailbox " + mb.Address + " stopped: " + why, Urgent: true}, nil
}

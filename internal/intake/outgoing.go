package intake

import (
	"context"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/inbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

func (in *Intake) batch(tx *store.Tx, mb sales.Mailbox) *casework.Batch {
	return casework.New(tx, mb.WorkspaceID)
}

// takeOutgoing handles a mail that the seller sent: ours, of which the runner
// keeps the books, or one written in another program, which is a touch by the
// seller: machines stop talking to that person.
func (in *Intake) takeOutgoing(ctx context.Context, tx *store.Tx, b *casework.Batch, mb sales.Mailbox, folder inbound.Folder, l *letter, now time.Time) (*casework.Change, error) {
	ours, err := tx.MailingsByHeader(ctx, mb.WorkspaceID, []string{l.parsed.HeaderID})
	if err != nil || len(ours) > 0 || l.parsed.Get("X-Ninetyten-Probe") != "" {
		return nil, err
	}
	for _, to := range l.parsed.To {
		address, err := sales.NormalAddress(to.Addr)
		if err != nil {
			continue
		}
		p, err := tx.PersonByEmail(ctx, mb.WorkspaceID, address)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		return in.wroteElsewhere(ctx, tx, b, mb, folder, l, p, now)
	}
	return nil, nil
}

func (in *Intake) wroteElsewhere(ctx context.Context, tx *store.Tx, b *casework.Batch, mb sales.Mailbox, folder inbound.Folder, l *letter, p sales.Person, now time.Time) (*casework.Change, error) {
	msg := message(mb, folder, l, now)
	msg.ID, msg.Direction, msg.PersonID, msg.Matched = tx.NewID(), sales.Outgoing, p.ID, matchedSender
	msg.Verdict = sales.Verdict{}
	thread, err := in.threadBySubject(ctx, tx, mb, p, msg.Subject)
	if err != nil {
		return nil, err
	}
	if msg.ThreadID, err = in.thread(ctx, tx, mb, match{person: p, thread: thread}, msg); err != nil {
		return nil, err
	}
	msg.RawID = tx.NewID()
	if err := tx.InsertRaw(ctx, mb.WorkspaceID, msg.RawID, l.mail.Raw); err != nil {
		return nil, err
	}
	if err := insert(ctx, tx, msg); err != nil {
		return nil, err
	}
	if err := tx.TouchThread(ctx, msg); err != nil {
		return nil, err
	}
	moves := []sales.Move{{
		WorkspaceID: mb.WorkspaceID, At: msg.ArrivedAt, Actor: sales.BySeller, Kind: sales.MoveMailManual, PersonID: p.ID, AccountID: p.AccountID,
		UserID: mb.UserID, MessageID: msg.ID, Text: "You wrote from another program: " + msg.Subject,
	}}
	casework.Weigh(moves)
	if err := tx.AppendMoves(ctx, moves); err != nil {
		return nil, err
	}
	if err := in.closeAnswered(ctx, tx, p, msg, now); err != nil {
		return nil, err
	}
	ev := sales.Event{Kind: sales.EvPause, At: now, Actor: sales.BySeller, UserID: mb.UserID, MessageID: msg.ID, Text: "the seller wrote from another program"}
	m := match{person: p}
	if _, err := in.tell(ctx, tx, b, m, ev, store.Subject{Person: p}, now); err != nil {
		return nil, err
	}
	return &casework.Change{WorkspaceID: mb.WorkspaceID, PersonID: p.ID, Text: "You wrote to " + p.Name() + " from another program"}, nil
}

// closeAnswered closes the handoffs that the seller answered elsewhere.
func (in *Intake) closeAnswered(ctx context.Context, tx *store.Tx, p sales.Person, msg sales.Message, now time.Time) error {
	tasks, err := tx.OpenTasksOf(ctx, p.WorkspaceID, p.ID)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if t.Kind != sales.TaskAnswer || t.CreatedAt.After(msg.ArrivedAt) {
			continue
		}
		if err := tx.EndTask(ctx, p.WorkspaceID, t.ID, sales.TaskDone, now, "answered from another program"); err != nil {
			return err
		}
	}
	return nil
}

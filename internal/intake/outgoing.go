package intake

import (
	"context"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/inbound"
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

func (in *Intake) batch(tx *store.Tx, mb sales.Mailbox) *casework.Batch {
	return casework.New(tx, mb.WorkspaceID)
}

// maxRecipients bounds how many people of one mail are looked up; a mail to more
// is a circular.
const maxRecipients = 50

// takeOutgoing handles a mail that the seller sent: ours, of which the runner
// keeps the books, or one written in another program, which is a touch by the
// seller: machines stop talking to the people whom it is for.
func (in *Intake) takeOutgoing(ctx context.Context, tx *store.Tx, b *casework.Batch, mb sales.Mailbox, folder inbound.Folder, l *letter, now time.Time) ([]casework.Change, error) {
	ours, err := tx.MailingsByHeader(ctx, mb.WorkspaceID, []string{l.parsed.HeaderID})
	if err != nil || len(ours) > 0 || l.parsed.Get("X-Ninetyten-Probe") != "" {
		return nil, err
	}
	people, err := in.recipients(ctx, tx, mb, l)
	if err != nil || len(people) == 0 {
		return nil, err
	}
	msg, err := in.keepOutgoing(ctx, tx, mb, folder, l, people[0], now)
	if err != nil {
		return nil, err
	}
	var changes []casework.Change
	for _, p := range people {
		if err := in.wroteElsewhere(ctx, tx, b, mb, msg, p, folder.Role == inbound.RoleSent, now); err != nil {
			return nil, err
		}
		changes = append(changes, casework.Change{WorkspaceID: mb.WorkspaceID, PersonID: p.ID, Text: "You wrote to " + p.Name() + " from another program"})
	}
	return changes, nil
}

// recipients are the people we know among those whom a mail is for.
func (in *Intake) recipients(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) ([]sales.Person, error) {
	var people []sales.Person
	seen := map[string]bool{}
	for _, to := range append(append([]mail.Address{}, l.parsed.To...), l.parsed.Cc...) {
		address, err := sales.NormalAddress(to.Addr)
		if err != nil || seen[address] || len(seen) == maxRecipients {
			continue
		}
		seen[address] = true
		p, err := tx.PersonByEmail(ctx, mb.WorkspaceID, address)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		people = append(people, p)
	}
	return people, nil
}

// keepOutgoing keeps the mail, once, with the first person whom it is for.
func (in *Intake) keepOutgoing(ctx context.Context, tx *store.Tx, mb sales.Mailbox, folder inbound.Folder, l *letter, p sales.Person, now time.Time) (sales.Message, error) {
	msg := message(mb, folder, l, now)
	msg.ID, msg.Direction, msg.PersonID, msg.Matched = tx.NewID(), sales.Outgoing, p.ID, matchedSender
	msg.Verdict = sales.Verdict{}
	thread, err := in.threadBySubject(ctx, tx, mb, p, msg.Subject)
	if err != nil {
		return msg, err
	}
	if msg.ThreadID, err = in.thread(ctx, tx, mb, match{person: p, thread: thread}, msg); err != nil {
		return msg, err
	}
	msg.RawID = tx.NewID()
	if err := tx.InsertRaw(ctx, mb.WorkspaceID, msg.RawID, l.mail.Raw); err != nil {
		return msg, err
	}
	if err := insert(ctx, tx, msg); err != nil {
		return msg, err
	}
	return msg, tx.TouchThread(ctx, msg)
}

// wroteElsewhere writes what the mail means for one person whom it is for. Only a
// mail in Sent is surely the seller's: one in the inbox may be a copy of it or
// forged, so machines fall silent and what waits for an answer stays.
func (in *Intake) wroteElsewhere(ctx context.Context, tx *store.Tx, b *casework.Batch, mb sales.Mailbox, msg sales.Message, p sales.Person, surely bool, now time.Time) error {
	moves := []sales.Move{{
		WorkspaceID: mb.WorkspaceID, At: msg.ArrivedAt, Actor: sales.BySeller, Kind: sales.MoveMailManual, PersonID: p.ID, AccountID: p.AccountID,
		UserID: mb.UserID, MessageID: msg.ID, Text: "You wrote from another program: " + msg.Subject,
	}}
	casework.Weigh(moves)
	if err := tx.AppendMoves(ctx, moves); err != nil {
		return err
	}
	if surely {
		if err := in.closeAnswered(ctx, tx, p, msg, now); err != nil {
			return err
		}
	}
	ev := sales.Event{Kind: sales.EvPause, At: now, Actor: sales.BySeller, UserID: mb.UserID, MessageID: msg.ID, Text: "the seller wrote from another program"}
	_, err := in.tell(ctx, tx, b, match{person: p}, ev, store.Subject{Person: p}, now)
	return err
}

// closeAnswered closes the handoffs that the seller answered elsewhere.
func (in *Intake) closeAnswered(ctx context.Context, tx *store.Tx, p sales.Person, msg sales.Message, now time.Time) error {
	tasks, err := tx.OpenTasksOf(ctx, p.WorkspaceID, p.ID)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if t.Kind != sales.TaskAnswer {
			continue
		}
		if asked, err := in.askedAt(ctx, tx, t); err != nil || asked.After(msg.ArrivedAt) {
			if err != nil {
				return err
			}
			continue
		}
		if err := tx.EndTask(ctx, p.WorkspaceID, t.ID, sales.TaskDone, now, "answered from another program"); err != nil {
			return err
		}
	}
	return nil
}

// askedAt is when the mail came that a handoff is about: both mails may be read
// long after the seller answered.
func (in *Intake) askedAt(ctx context.Context, tx *store.Tx, t sales.Task) (time.Time, error) {
	m, err := tx.Message(ctx, t.WorkspaceID, t.MessageID)
	if sales.CodeOf(err) == sales.NotFound {
		return t.CreatedAt, nil
	}
	return m.ArrivedAt, err
}

package intake

import (
	"context"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// answers finds the threads that a mail answers.
func (in *Intake) answers(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter, o *outgoing) error {
	list, err := tx.MessagesByHeader(ctx, mb.WorkspaceID, l.parsed.OurIDs)
	if err != nil {
		return err
	}
	for _, m := range list {
		if m.MailboxID != mb.ID || m.ThreadID == 0 {
			continue
		}
		if o.threads == nil {
			o.threads = map[sales.ID]bool{}
		}
		o.threads[m.ThreadID] = true
		if m.ArrivedAt.After(o.first.ArrivedAt) {
			o.first = m
		}
	}
	return nil
}

// wroteElsewhere keeps the mail, once, with the person whom it answers, else with
// the first whom it is for, and writes what it means for each of them.
func (in *Intake) wroteElsewhere(ctx context.Context, tx *store.Tx, b *casework.Batch, mb sales.Mailbox, o outgoing, l *letter, people []sales.Person, now time.Time) ([]casework.Change, error) {
	with := people[0]
	for _, p := range people {
		if p.ID == o.first.PersonID {
			with = p
		}
	}
	var err error
	if o.msg, err = in.keepOutgoing(ctx, tx, mb, o, l, with); err != nil {
		return nil, err
	}
	var changes []casework.Change
	for _, p := range people {
		if err := in.touched(ctx, tx, b, mb, o, p, now); err != nil {
			return nil, err
		}
		changes = append(changes, casework.Change{WorkspaceID: mb.WorkspaceID, PersonID: p.ID, Text: "You wrote to " + p.Name() + " from another program"})
	}
	if err := in.learnInvitation(ctx, tx, o, l, people, now); err != nil {
		return nil, err
	}
	if o.surely {
		return changes, in.closeAnswered(ctx, tx, o, people, now)
	}
	return changes, nil
}

// keepOutgoing keeps the mail in its thread: that of what it answers, else that
// of its subject, else one of its own.
func (in *Intake) keepOutgoing(ctx context.Context, tx *store.Tx, mb sales.Mailbox, o outgoing, l *letter, p sales.Person) (sales.Message, error) {
	msg := o.msg
	msg.ID, msg.Direction, msg.PersonID, msg.Matched = tx.NewID(), sales.Outgoing, p.ID, matchedSender
	msg.Verdict = sales.Verdict{}
	var thread sales.ID
	var err error
	if o.first.PersonID == p.ID {
		thread, msg.Matched = o.first.ThreadID, matchedReferences
	} else if thread, err = in.threadBySubject(ctx, tx, mb, p, msg.Subject); err != nil {
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
	if heard, _, err := tx.LastHeard(ctx, mb.WorkspaceID, p.ID); err != nil || heard.After(o.at) {
		return msg, err // their answer stays what the next mail answers
	}
	return msg, tx.TouchThread(ctx, msg)
}

// clocksDiffer is how far the clock of a mail server may be behind ours.
const clocksDiffer = 5 * time.Minute

// touched writes the line of the ledger for one person whom the mail is for, and
// lets machines fall silent. A mail that was read late stands in the ledger where
// it belongs: behind what the seller had read when writing it, and before what
// came after.
func (in *Intake) touched(ctx context.Context, tx *store.Tx, b *casework.Batch, mb sales.Mailbox, o outgoing, p sales.Person, now time.Time) error {
	heard, read, err := tx.LastHeard(ctx, mb.WorkspaceID, p.ID)
	if err != nil {
		return err
	}
	past := heard.After(o.at)
	at := notAfter(o.at, now)
	if !past && read.After(at) {
		at = read
	}
	moves := []sales.Move{{
		WorkspaceID: mb.WorkspaceID, At: at, Actor: sales.BySeller, Kind: sales.MoveMailManual, PersonID: p.ID, AccountID: p.AccountID,
		UserID: mb.UserID, MessageID: o.msg.ID, Text: "You wrote from another program: " + o.msg.Subject,
	}}
	casework.Weigh(moves)
	if past {
		err = tx.AppendPast(ctx, moves)
	} else {
		err = tx.AppendMoves(ctx, moves)
	}
	if err != nil {
		return err
	}
	live, err := tx.LiveEnrollments(ctx, p.WorkspaceID, p.ID)
	if err != nil {
		return err
	}
	ev := sales.Event{Kind: sales.EvPause, At: now, Actor: sales.BySeller, UserID: mb.UserID, MessageID: o.msg.ID, Text: "the seller wrote from another program"}
	for _, e := range live {
		if o.at.Add(clocksDiffer).Before(e.EnrolledAt) {
			continue // whoever put them in knew of it
		}
		if _, _, err := b.Decide(ctx, tx, e, ev, store.Subject{Person: p}, now); err != nil {
			return err
		}
	}
	return nil
}

// closeAnswered closes the handoffs that the seller answered elsewhere: those of
// the threads that the mail answers, or all that people had asked before it when
// it names none.
func (in *Intake) closeAnswered(ctx context.Context, tx *store.Tx, o outgoing, people []sales.Person, now time.Time) error {
	for _, p := range people {
		tasks, err := tx.OpenTasksOf(ctx, p.WorkspaceID, p.ID)
		if err != nil {
			return err
		}
		for _, t := range tasks {
			if t.Kind != sales.TaskAnswer {
				continue
			}
			asked, thread, err := in.asked(ctx, tx, t)
			if err != nil {
				return err
			}
			if asked.After(o.at) || len(o.threads) > 0 && !o.threads[thread] {
				continue
			}
			if err := tx.EndTask(ctx, p.WorkspaceID, t.ID, sales.TaskDone, now, "answered from your own mail program"); err != nil {
				return err
			}
			if err := in.trackBegins(ctx, tx, p, now); err != nil {
				return err
			}
		}
	}
	return nil
}

// trackBegins tells the enrollments of a person that their reply was answered.
func (in *Intake) trackBegins(ctx context.Context, tx *store.Tx, p sales.Person, now time.Time) error {
	live, err := tx.LiveEnrollments(ctx, p.WorkspaceID, p.ID)
	if err != nil {
		return err
	}
	b := casework.New(tx, p.WorkspaceID)
	for _, e := range live {
		if _, _, err := b.Decide(ctx, tx, e, sales.Event{Kind: sales.EvAnswered, At: now, Actor: sales.BySeller}, store.Subject{Person: p}, now); err != nil {
			return err
		}
	}
	return nil
}

// asked is when the mail came that a handoff is about, and its thread: both mails
// may be read long after the seller answered.
func (in *Intake) asked(ctx context.Context, tx *store.Tx, t sales.Task) (time.Time, sales.ID, error) {
	m, err := tx.Message(ctx, t.WorkspaceID, t.MessageID)
	if sales.CodeOf(err) == sales.NotFound {
		return t.CreatedAt, 0, nil
	}
	return m.ArrivedAt, m.ThreadID, err
}

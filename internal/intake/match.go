package intake

import (
	"context"
	"fmt"
	"ninetyten/internal/casework"
	"time"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// How a message was matched, the surest first.
const (
	matchedReferences = "references" // it names a Message-ID of ours
	matchedToken      = "token"      // it carries a link or a header that only our mail has
	matchedReport     = "report"     // a report names somebody to whom this mailbox wrote
	matchedSender     = "sender"     // it comes from the address of a person
	matchedDomain     = "domain"     // same company and same subject: a seller is asked
)

// match is whose a message is.
type match struct {
	person  sales.Person
	mailing sales.Mailing // zero when it answers none of ours that we know
	thread  sales.ID      // zero when it begins one
	how     string
}

// match finds whose a message is: by References, then by token, then by sender
// and subject. A report only counts for somebody to whom we wrote.
func (in *Intake) match(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) (match, error) {
	for _, try := range []func(context.Context, *store.Tx, sales.Mailbox, *letter) (match, error){in.byReferences, in.byToken, in.byRecipients, in.bySender, in.byDomain} {
		m, err := try(ctx, tx, mb, l)
		if err != nil || m.person.ID != 0 {
			return m, err
		}
	}
	return match{}, nil
}

// ids are the Message-IDs that the mail says it is about.
func (l *letter) ids() []string {
	out := append([]string{}, l.parsed.OurIDs...)
	if l.verdict.OriginalID != "" {
		out = append(out, l.verdict.OriginalID)
	}
	return out
}

func (in *Intake) byReferences(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) (match, error) {
	ids := l.ids()
	mailings, err := tx.MailingsByHeader(ctx, mb.WorkspaceID, ids)
	if err != nil {
		return match{}, err
	}
	if len(mailings) > 0 {
		newest := mailings[0]
		for _, m := range mailings {
			if m.SentAt.After(newest.SentAt) {
				newest = m
			}
		}
		return in.ofMailing(ctx, tx, newest, matchedReferences)
	}
	msgs, err := tx.MessagesByHeader(ctx, mb.WorkspaceID, ids)
	if err != nil {
		return match{}, err
	}
	for _, m := range msgs {
		if m.PersonID == 0 || m.MailboxID != mb.ID {
			continue
		}
		p, err := tx.Person(ctx, mb.WorkspaceID, m.PersonID)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		return match{person: p, thread: m.ThreadID, how: matchedReferences}, err
	}
	return match{}, nil
}

// ofMailing is the match of a mail that answers, or reports on, a mailing.
func (in *Intake) ofMailing(ctx context.Context, tx *store.Tx, m sales.Mailing, how string) (match, error) {
	p, err := tx.Person(ctx, m.WorkspaceID, m.PersonID)
	if sales.CodeOf(err) == sales.NotFound {
		return match{}, nil
	}
	return match{person: p, mailing: m, thread: m.ThreadID, how: how}, err
}

func (in *Intake) byToken(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) (match, error) {
	for _, t := range l.parsed.Tokens {
		ws, id, err := in.Store.Keys.ParseToken(t)
		if err != nil || ws != mb.WorkspaceID {
			continue
		}
		m, err := tx.Mailing(ctx, ws, id)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		if err != nil {
			return match{}, err
		}
		return in.ofMailing(ctx, tx, m, matchedToken)
	}
	return match{}, nil
}

// byRecipients matches a report that names only addresses. One that names a
// stranger changes nothing.
func (in *Intake) byRecipients(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) (match, error) {
	switch l.verdict.Kind {
	case sales.KindBounce, sales.KindDelay, sales.KindComplaint:
	default:
		return match{}, nil
	}
	for _, r := range l.verdict.Recipients {
		address, err := sales.NormalAddress(r.Address)
		if err != nil {
			continue
		}
		p, err := tx.PersonByEmail(ctx, mb.WorkspaceID, address)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		if err != nil {
			return match{}, err
		}
		if p.LastOutAt.IsZero() {
			continue // nobody wrote to them: the report cannot be about us
		}
		return match{person: p, how: matchedReport}, nil
	}
	return match{}, nil
}

func (in *Intake) bySender(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) (match, error) {
	for _, from := range []string{l.parsed.From, l.parsed.ReplyTo, l.parsed.Sender} {
		address, err := sales.NormalAddress(from)
		if err != nil {
			continue
		}
		p, err := tx.PersonByEmail(ctx, mb.WorkspaceID, address)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		if err != nil {
			return match{}, err
		}
		m := match{person: p, how: matchedSender}
		m.thread, err = in.threadBySubject(ctx, tx, mb, p, l.parsed.Subject)
		return m, err
	}
	return match{}, nil
}

// threadBySubject finds the thread of a person that has the same subject.
func (in *Intake) threadBySubject(ctx context.Context, tx *store.Tx, mb sales.Mailbox, p sales.Person, subject string) (sales.ID, error) {
	threads, err := tx.ThreadsOf(ctx, mb.WorkspaceID, p.ID)
	if err != nil {
		return 0, err
	}
	bare := mail.BareSubject(subject)
	for _, t := range threads {
		if t.MailboxID == mb.ID && mail.BareSubject(t.Subject) == bare {
			return t.ID, nil
		}
	}
	return 0, nil
}

// byDomain finds somebody at the sender's company who got a mail with this very
// subject: probably a colleague or another address of the same person.
func (in *Intake) byDomain(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) (match, error) {
	bare := mail.BareSubject(l.parsed.Subject)
	if l.verdict.Kind != sales.KindReply && l.verdict.Kind != sales.KindUnsubscribe && l.verdict.Kind != sales.KindAutoReply || bare == "" {
		return match{}, nil
	}
	p, thread, err := tx.PersonByDomainAndSubject(ctx, mb.WorkspaceID, mb.ID, sales.DomainOf(l.parsed.From), bare)
	if err != nil || p.ID == 0 {
		return match{}, err
	}
	return match{person: p, thread: thread, how: matchedDomain}, nil
}

// thread gives the thread of a message, and begins one when it has none. The
// thread of a mailing begins when its result is recorded; an answer that is
// faster than that, or than a crash, begins it.
func (in *Intake) thread(ctx context.Context, tx *store.Tx, mb sales.Mailbox, m match, msg sales.Message) (sales.ID, error) {
	if m.thread != 0 && (m.mailing.State == sales.MailingSent || m.mailing.ID == 0) {
		return m.thread, nil
	}
	t := sales.Thread{WorkspaceID: mb.WorkspaceID, ID: m.thread, PersonID: m.person.ID, MailboxID: mb.ID, Subject: msg.Subject, LastAt: msg.ArrivedAt, LastHeader: msg.HeaderID}
	if t.ID == 0 {
		t.ID = tx.NewID()
	}
	return t.ID, tx.InsertThread(ctx, t)
}

// ask opens the question whether a message is that person's. Until it is
// answered their sequences wait: nobody is written to after an answer.
func (in *Intake) ask(ctx context.Context, tx *store.Tx, mb sales.Mailbox, m match, msg sales.Message, now time.Time) (*casework.Change, error) {
	owner, err := in.ownerOf(ctx, tx, m, mb, now)
	if err != nil {
		return nil, err
	}
	t := sales.Task{
		WorkspaceID: mb.WorkspaceID, ID: tx.NewID(), Key: fmt.Sprintf("message/%d/confirm", msg.ID), Kind: sales.TaskConfirm, PersonID: m.person.ID, UserID: owner,
		MessageID: msg.ID, Title: "Is this mail from " + m.person.Name() + "? It came from " + msg.From + ".", Intent: msg.Verdict.Intent, CreatedAt: now, DueAt: now.Add(time.Hour),
	}
	if _, err := tx.OpenTask(ctx, t); err != nil {
		return nil, err
	}
	b := in.batch(tx, mb)
	ev := sales.Event{Kind: sales.EvPause, At: now, Actor: sales.BySystem, MessageID: msg.ID, Text: "a mail that may be their answer waits for you"}
	if _, err := in.tell(ctx, tx, b, m, ev, store.Subject{Person: m.person}, now); err != nil {
		return nil, err
	}
	return &casework.Change{WorkspaceID: mb.WorkspaceID, PersonID: m.person.ID, MessageID: msg.ID, Tasks: []sales.Task{t}, Text: t.Title}, nil
}

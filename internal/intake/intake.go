// Package intake takes what inbound read and makes it count. It parses and
// classifies outside, then in one transaction keeps the message once, finds
// whose it is, asks the engine and applies the answer, and moves the cursor. It
// talks to no server.
//
// What always holds:
//   - a message is taken once for a mailbox, however often and from however many
//     folders it is read;
//   - the cursor moves in the transaction that keeps the messages;
//   - what one workspace taught decides no mail of another;
//   - mail of people that we do not know is not kept, unless it may be that of
//     somebody we know and a seller is asked: the mailbox is a person's;
//   - one mail that cannot be read never stops those behind it.
package intake

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/classify"
	"ninetyten/internal/inbound"
	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Intake implements inbound.Sink.
type Intake struct {
	Store  *store.Store
	Clock  sales.Clock
	Notify casework.Notifier
	Log    *slog.Logger

	taught lessons
}

// Cursor gives how far a folder was read.
func (in *Intake) Cursor(ctx context.Context, mb sales.Mailbox, folder string) (sales.Cursor, error) {
	return in.Store.Cursor(ctx, mb.WorkspaceID, mb.ID, folder)
}

// letter is one mail, read and understood, before the database is asked.
type letter struct {
	mail    inbound.Mail
	parsed  *mail.Parsed
	verdict sales.Verdict
	html    string // fit to be shown
}

// Receive takes mails of a folder and moves the cursor, in one transaction.
func (in *Intake) Receive(ctx context.Context, mb sales.Mailbox, folder inbound.Folder, mails []inbound.Mail, cur sales.Cursor) error {
	taught, err := in.taught.of(ctx, in.Store, mb.WorkspaceID, in.Clock.Now())
	if err != nil {
		return err
	}
	letters := in.understandAll(ctx, mails, taught)
	var changes []casework.Change
	ahead := len(letters) > few
	err = casework.Retry(func() error {
		together := ahead
		ahead = false // what was read ahead may be old: the next try reads as it goes
		changes = nil
		return in.Store.InTx(ctx, func(tx *store.Tx) error {
			changes = changes[:0]
			if together {
				if err := in.readAhead(ctx, tx, mb, folder, letters); err != nil {
					return err
				}
			}
			b := casework.New(tx, mb.WorkspaceID)
			for i := range letters {
				c, err := in.take(ctx, tx, b, mb, folder, &letters[i])
				if err != nil {
					return fmt.Errorf("mail %d of %s: %w", letters[i].mail.UID, folder.Name, err)
				}
				changes = append(changes, c...)
			}
			return tx.SaveCursor(ctx, mb.WorkspaceID, mb.ID, folder.Name, cur)
		})
	})
	if err != nil {
		return err
	}
	for _, c := range changes {
		in.Notify.Changed(ctx, c)
	}
	return nil
}

// understandAll reads mails on every core, and gives them in their order.
func (in *Intake) understandAll(ctx context.Context, mails []inbound.Mail, taught *classify.Lessons) []letter {
	letters := make([]letter, len(mails))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(mails)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(mails); i = int(next.Add(1)) - 1 {
				letters[i] = in.understand(ctx, mails[i], taught)
			}
		})
	}
	wg.Wait()
	return letters
}

// understand parses and classifies one mail, with what the workspace taught. A mail that makes the reader fail
// is kept in the log with its UID and counts as other.
func (in *Intake) understand(ctx context.Context, m inbound.Mail, taught *classify.Lessons) (l letter) {
	l.mail = m
	defer func() {
		if r := recover(); r != nil {
			in.Log.ErrorContext(ctx, "a mail could not be read", "uid", m.UID, "size", m.Size, "cause", r)
			l.parsed, l.html = mail.ParseText("", ""), ""
			l.verdict = sales.Verdict{Kind: sales.KindOther, Reasons: []string{"the mail could not be read"}}
		}
	}()
	l.parsed = mail.Parse(m.Raw)
	l.html = l.parsed.HTML()
	l.verdict = taught.Classify(l.parsed, m.ArrivedAt)
	return l
}

// take handles one mail in the transaction; nil when nothing came of it.
func (in *Intake) take(ctx context.Context, tx *store.Tx, b *casework.Batch, mb sales.Mailbox, folder inbound.Folder, l *letter) ([]casework.Change, error) {
	now := in.Clock.Now()
	if folder.Role == inbound.RoleJunk && l.parsed.From == mb.Address {
		return nil, nil // somebody pretends to be the seller
	}
	if folder.Role == inbound.RoleSent || l.parsed.From == mb.Address {
		return in.takeOutgoing(ctx, tx, b, mb, folder, l, now)
	}
	has, err := tx.HasMessage(ctx, mb.WorkspaceID, mb.ID, l.parsed.HeaderID)
	if err != nil || has {
		return nil, err
	}
	if l.parsed.Get("X-Ninetyten-Probe") != "" {
		return nil, nil
	}
	c, err := in.takeIncoming(ctx, tx, b, mb, folder, l, now)
	if err != nil || c == nil {
		return nil, err
	}
	return []casework.Change{*c}, nil
}

// takeIncoming handles a mail that somebody sent to the mailbox.
func (in *Intake) takeIncoming(ctx context.Context, tx *store.Tx, b *casework.Batch, mb sales.Mailbox, folder inbound.Folder, l *letter, now time.Time) (*casework.Change, error) {
	m, err := in.match(ctx, tx, mb, l)
	if err != nil {
		return nil, err
	}
	if m.person.ID == 0 {
		return in.takeProbable(ctx, tx, b, mb, folder, l, now)
	}
	msg := message(mb, folder, l, now)
	msg.ID, msg.PersonID, msg.MailingID, msg.Matched = tx.NewID(), m.person.ID, m.mailing.ID, m.how
	if folder.Role == inbound.RoleJunk && msg.Verdict.Kind == sales.KindOther {
		return nil, nil
	}
	if msg.Verdict, err = in.writer(ctx, tx, mb, m, msg, now); err != nil {
		return nil, err
	}
	if msg.ThreadID, err = in.thread(ctx, tx, mb, m, msg); err != nil {
		return nil, err
	}
	if msg.Verdict.Brought, err = in.brought(ctx, tx, mb, m.person, msg, l); err != nil {
		return nil, err
	}
	if msg, err = in.keep(ctx, tx, msg, l); err != nil {
		return nil, err
	}
	return b.Arrived(ctx, tx, casework.Arrived{Mailbox: mb, Person: m.person, Mailing: m.mailing, Message: msg}, now)
}

// keep writes a message that came in, in its thread.
func (in *Intake) keep(ctx context.Context, tx *store.Tx, msg sales.Message, l *letter) (sales.Message, error) {
	msg.RawID = tx.NewID()
	if err := tx.InsertRaw(ctx, msg.WorkspaceID, msg.RawID, l.mail.Raw); err != nil {
		return msg, err
	}
	if err := insert(ctx, tx, msg); err != nil {
		return msg, err
	}
	return msg, tx.TouchThread(ctx, msg)
}

// insert keeps a message. When another node has just kept it, the error is a
// Conflict: the next try of the transaction finds it there.
func insert(ctx context.Context, tx *store.Tx, msg sales.Message) error {
	fresh, err := tx.InsertMessage(ctx, msg)
	if err == nil && !fresh {
		return sales.Errorf(sales.Conflict, "This mail was read by another node meanwhile.")
	}
	return err
}

// message makes the row to keep.
func message(mb sales.Mailbox, folder inbound.Folder, l *letter, now time.Time) sales.Message {
	p := l.parsed
	to := ""
	if len(p.To) > 0 {
		to = p.To[0].Addr
	}
	arrived := l.mail.ArrivedAt
	if arrived.IsZero() {
		arrived = now
	}
	date := p.Date
	if date.IsZero() || date.After(arrived.Add(time.Hour)) {
		date = arrived
	}
	return sales.Message{
		WorkspaceID: mb.WorkspaceID, MailboxID: mb.ID, Direction: sales.Incoming, HeaderID: p.HeaderID, InReplyTo: p.InReplyTo, References: p.References,
		From: p.From, FromName: p.FromName, To: to, Subject: p.Subject, Date: date, ArrivedAt: arrived, SeenAt: now, Text: p.Reply, FullText: p.Text,
		HTML: l.html, Folder: folder.Name, UID: l.mail.UID, Verdict: l.verdict,
	}
}

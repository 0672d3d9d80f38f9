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
//   - mail of people that we do not know is not kept: the mailbox is a person's;
//   - one mail that cannot be read never stops those behind it.
package intake

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/classify"
	"ninetyten/internal/engine"
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
}

// Receive takes mails of a folder and moves the cursor, in one transaction.
func (in *Intake) Receive(ctx context.Context, mb sales.Mailbox, folder inbound.Folder, mails []inbound.Mail, cur sales.Cursor) error {
	taught, err := in.taught.of(ctx, in.Store, mb.WorkspaceID, in.Clock.Now())
	if err != nil {
		return err
	}
	letters := make([]letter, 0, len(mails))
	for _, m := range mails {
		letters = append(letters, in.understand(ctx, m, taught))
	}
	var changes []casework.Change
	err = casework.Retry(func() error {
		changes = nil
		return in.Store.InTx(ctx, func(tx *store.Tx) error {
			changes = changes[:0]
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

// understand parses and classifies one mail, with what the workspace taught. A mail that makes the reader fail
// is kept in the log with its UID and counts as other.
func (in *Intake) understand(ctx context.Context, m inbound.Mail, taught *classify.Lessons) (l letter) {
	l.mail = m
	defer func() {
		if r := recover(); r != nil {
			in.Log.ErrorContext(ctx, "a mail could not be read", "uid", m.UID, "size", m.Size, "cause", r)
			l.parsed = mail.ParseText("", "")
			l.verdict = sales.Verdict{Kind: sales.KindOther, Reasons: []string{"the mail could not be read"}}
		}
	}()
	l.parsed = mail.Parse(m.Raw)
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
	if err != nil || m.person.ID == 0 {
		return nil, err
	}
	msg := message(mb, folder, l, now)
	msg.ID, msg.PersonID, msg.MailingID, msg.Matched = tx.NewID(), m.person.ID, m.mailing.ID, m.how
	if folder.Role == inbound.RoleJunk && msg.Verdict.Kind == sales.KindOther {
		return nil, nil
	}
	if msg.ThreadID, err = in.thread(ctx, tx, mb, m, msg); err != nil {
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
	if m.how == matchedDomain {
		return in.ask(ctx, tx, mb, m, msg, now)
	}
	return in.apply(ctx, tx, b, mb, m, msg, now)
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
		HTML: p.HTML, Folder: folder.Name, UID: l.mail.UID, Verdict: l.verdict,
	}
}

// apply asks the engine what the message means and writes it.
func (in *Intake) apply(ctx context.Context, tx *store.Tx, b *casework.Batch, mb sales.Mailbox, m match, msg sales.Message, now time.Time) (*casework.Change, error) {
	w, err := b.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	owner, err := in.ownerOf(ctx, tx, m, mb, now)
	if err != nil {
		return nil, err
	}
	place, err := b.SellerPlace(ctx, owner)
	if err != nil {
		return nil, err
	}
	a := engine.Arrive(m.person, msg, w.Settings, place, now)
	casework.Weigh(a.Moves)
	sub := store.Subject{Person: m.person, Message: msg, Intent: msg.Verdict.Intent, OwnerID: owner}
	done, err := tx.ApplyPerson(ctx, a.Effects, a.Moves, sub, now)
	if err != nil {
		return nil, err
	}
	if a.Event.Kind != "" {
		more, err := in.tell(ctx, tx, b, m, a.Event, sub, now)
		if err != nil {
			return nil, err
		}
		done.Tasks = append(done.Tasks, more...)
	}
	if err := in.tellSender(ctx, tx, b, m, a.Event, msg, now); err != nil {
		return nil, err
	}
	if a.Colleague {
		if err := in.tellColleagues(ctx, tx, b, m, msg, now); err != nil {
			return nil, err
		}
	}
	if err := in.count(ctx, tx, m, msg); err != nil {
		return nil, err
	}
	change := &casework.Change{WorkspaceID: mb.WorkspaceID, PersonID: m.person.ID, MessageID: msg.ID, Tasks: done.Tasks, Text: m.person.Name() + ": " + describe(msg.Verdict), Urgent: urgent(a.Effects)}
	stopped, err := in.guard(ctx, tx, b, mb, m, msg, now)
	if stopped != nil {
		change.Text, change.Urgent = change.Text+". "+stopped.Text, true
	}
	return change, err
}

func urgent(list []sales.Effect) bool {
	for _, fx := range list {
		if fx.Urgent {
			return true
		}
	}
	return false
}

// ownerOf says who gets the handoff: the person's seller, else whose mailbox it is,
// or who stands in for them.
func (in *Intake) ownerOf(ctx context.Context, tx *store.Tx, m match, mb sales.Mailbox, now time.Time) (sales.ID, error) {
	owner := m.person.OwnerID
	if owner == 0 {
		owner = mb.UserID
	}
	return tx.StandIn(ctx, mb.WorkspaceID, owner, now)
}

// tell gives the event to every living enrollment of the person.
func (in *Intake) tell(ctx context.Context, tx *store.Tx, b *casework.Batch, m match, ev sales.Event, sub store.Subject, now time.Time) ([]sales.Task, error) {
	live, err := tx.LiveEnrollments(ctx, m.person.WorkspaceID, m.person.ID)
	if err != nil {
		return nil, err
	}
	var tasks []sales.Task
	for _, e := range live {
		_, done, err := b.Decide(ctx, tx, e, ev, sub, now)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, done.Tasks...)
	}
	return tasks, nil
}

// tellSender tells the enrollments of somebody else whom we know and who answered
// in the thread of the person, as when a mail was forwarded to them: they have
// spoken too.
func (in *Intake) tellSender(ctx context.Context, tx *store.Tx, b *casework.Batch, m match, ev sales.Event, msg sales.Message, now time.Time) error {
	if msg.Verdict.Kind != sales.KindReply && msg.Verdict.Kind != sales.KindUnsubscribe || msg.From == m.person.Email {
		return nil
	}
	address, err := sales.NormalAddress(msg.From)
	if err != nil {
		return nil //nolint:nilerr // nobody has such an address
	}
	p, err := tx.PersonByEmail(ctx, m.person.WorkspaceID, address)
	if sales.CodeOf(err) == sales.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	kind, text := sales.MoveReply, "Answered in a mail to "+m.person.Name()+"."
	if ev.Kind == sales.EvUnsubscribe {
		kind, text = sales.MoveUnsubscribe, "Asked not to be contacted again, in a mail to "+m.person.Name()+"."
	}
	moves := []sales.Move{{WorkspaceID: p.WorkspaceID, At: now, Actor: sales.ByBuyer, Kind: kind, PersonID: p.ID, AccountID: p.AccountID, MessageID: msg.ID, Text: text}}
	casework.Weigh(moves)
	if err := tx.AppendMoves(ctx, moves); err != nil {
		return err
	}
	ev.PersonID = p.ID
	_, err = in.tell(ctx, tx, b, match{person: p}, ev, store.Subject{Person: p}, now)
	return err
}

// tellColleagues tells the enrollments of other people at the account.
func (in *Intake) tellColleagues(ctx context.Context, tx *store.Tx, b *casework.Batch, m match, msg sales.Message, now time.Time) error {
	list, err := tx.ColleagueEnrollments(ctx, m.person.WorkspaceID, m.person.AccountID, m.person.ID)
	if err != nil {
		return err
	}
	ev := sales.Event{Kind: sales.EvColleagueReply, At: now, Actor: sales.ByBuyer, PersonID: m.person.ID, MessageID: msg.ID}
	for _, e := range list {
		if _, _, err := b.Decide(ctx, tx, e, ev, store.Subject{}, now); err != nil {
			return err
		}
	}
	return nil
}

func describe(v sales.Verdict) string {
	switch v.Kind {
	case sales.KindReply:
		switch v.Intent {
		case sales.Interested:
			return "interested"
		case sales.Question:
			return "asked a question"
		case sales.NotNow:
			return "not now"
		case sales.NotInterested:
			return "not interested"
		case sales.WrongPerson:
			return "is not the right person"
		}
		return "answered"
	case sales.KindBounce:
		return "a mail came back"
	case sales.KindAutoReply:
		if v.Intent == sales.WrongPerson {
			return "has left the company"
		}
		return "automatic reply"
	case sales.KindUnsubscribe:
		return "asked to stop"
	case sales.KindComplaint:
		return "complained"
	}
	return "wrote"
}

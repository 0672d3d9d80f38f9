package desk

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Letter is a mail that a person writes.
type Letter struct {
	PersonID  sales.ID
	MailboxID sales.ID // 0: the viewer's first
	ReplyTo   sales.ID // the message that it answers; 0 begins a thread
	TaskID    sales.ID // the handoff that it closes; 0 is none
	Subject   string
	Body      string // plain text, without the quoted part
	Quote     bool   // put the answered mail below, quoted
	// Nonce makes a form that is sent twice one mail; pages put a random value.
	Nonce string
	Chase string // why it goes although it is their move; asked for then
	Door  bool   // the one mail that says the door is open; then they rest
}

// maxLetter bounds what a person writes, in bytes.
const maxLetter = 200_000

// Write puts a mail written by hand into the outbox. It goes after Desk.UndoFor
// unless it is taken back. An answer has the right In-Reply-To and References and
// quotes what it answers.
func (d *Desk) Write(ctx context.Context, v sales.Viewer, l Letter) (Undo, error) {
	p, err := d.person(ctx, v, l.PersonID)
	if err != nil {
		return Undo{}, err
	}
	if strings.TrimSpace(l.Body) == "" {
		return Undo{}, sales.Errorf(sales.Invalid, "The mail is empty. Write something first.")
	}
	if len(l.Body) > maxLetter || len(l.Subject) > 900 {
		return Undo{}, sales.Errorf(sales.Invalid, "The mail is too long: at most 900 characters of subject and 200,000 of text.")
	}
	if err := d.mayWrite(ctx, v, p); err != nil {
		return Undo{}, err
	}
	chase, err := d.chaseOf(ctx, v, p, l)
	if err != nil {
		return Undo{}, err
	}
	mb, err := d.mailboxFor(ctx, v, l)
	if err != nil {
		return Undo{}, err
	}
	m := sales.Mailing{
		WorkspaceID: v.WorkspaceID, ID: d.Store.NewID(), PersonID: p.ID, MailboxID: mb.ID, UserID: v.UserID, Kind: sales.MailingManual, State: sales.MailingQueued,
		To: p.Email, Subject: strings.TrimSpace(l.Subject), Body: strings.ReplaceAll(l.Body, "\r\n", "\n"), FollowUp: true, DueAt: d.now().Add(d.UndoFor), CreatedAt: d.now(),
	}
	m.Key = "manual/" + m.ID.String()
	if l.Nonce != "" {
		// The text is part of it: taken back, changed and sent again is another mail.
		text := sha256.Sum256([]byte(m.Subject + "\x00" + m.Body))
		m.Key = fmt.Sprintf("manual/%d/%s/%x", v.UserID, clip(l.Nonce, 64), text[:8])
	}
	if l.ReplyTo != 0 {
		if err := d.inThread(ctx, v, p, l, &m); err != nil {
			return Undo{}, err
		}
	}
	if m.Subject == "" {
		return Undo{}, sales.Errorf(sales.Invalid, "A new mail needs a subject.")
	}
	cards, err := d.Store.Cards(ctx, v.WorkspaceID)
	if err != nil {
		return Undo{}, err
	}
	var closed []string
	err = d.inTx(ctx, func(tx *store.Tx) error {
		closed = nil
		if err := tx.QueueMailing(ctx, m); err != nil {
			return err
		}
		// A form that is sent twice finds the mail of the first time.
		queued, err := tx.MailingByKey(ctx, v.WorkspaceID, m.Key)
		if err != nil {
			return err
		}
		m.ID = queued.ID
		if err := d.keepChase(ctx, tx, chase, m.ID); err != nil {
			return err
		}
		if closed, err = d.answered(ctx, tx, v, p, l.TaskID); err != nil {
			return err
		}
		if err := tx.DropDraft(ctx, v.WorkspaceID, v.UserID, p.ID, m.ThreadID); err != nil {
			return err
		}
		if err := d.dealt(ctx, tx, v, p); err != nil {
			return err
		}
		return d.useCards(ctx, tx, v, p, cardsIn(l.Body, cards), sales.FromMessage, m.ID, d.now())
	})
	if err != nil {
		return Undo{}, err
	}
	d.changed(ctx, p, "A mail to "+p.Name()+" is on its way")
	d.kick(v.WorkspaceID)
	return Undo{Say: "Mail to " + p.Name() + " is on its way.", Token: fmt.Sprintf("mail/%d/%s", m.ID, strings.Join(closed, ","))}, nil
}

// answered closes the task of a mail that was written, and with it every
// handoff of the person: one answer answers all that they wrote before it. The
// step of a sequence, and what is to be mended or decided, stays to do. It gives
// the tasks that it closed.
func (d *Desk) answered(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, task sales.ID) ([]string, error) {
	var closed []string
	open, err := tx.OpenTasksOf(ctx, v.WorkspaceID, p.ID)
	if err != nil {
		return nil, err
	}
	for _, t := range open {
		if t.Kind != sales.TaskAnswer || t.ID == task {
			continue
		}
		if err := tx.EndTask(ctx, v.WorkspaceID, t.ID, sales.TaskDone, d.now(), "answered by mail"); err != nil {
			return nil, err
		}
		closed = append(closed, t.ID.String())
	}
	if err := d.dealtWith(ctx, tx, v, p); err != nil || task == 0 {
		return closed, err
	}
	t, err := tx.Task(ctx, v.WorkspaceID, task)
	if err != nil {
		return nil, err
	}
	if t.PersonID == p.ID && (t.StepID != 0 || t.Kind == sales.TaskFix || t.Kind == sales.TaskDecide || t.Kind == sales.TaskConfirm) {
		return closed, nil
	}
	return append(closed, task.String()), d.closeTask(ctx, tx, v, p, task, "answered by mail")
}

func clip(s string, n int) string {
	if len(s) > n {
		return s[:n]
	}
	return s
}

// mayWrite refuses a mail to somebody who must not get one.
func (d *Desk) mayWrite(ctx context.Context, v sales.Viewer, p sales.Person) error {
	if p.Email == "" {
		return sales.Errorf(sales.Invalid, "%s has no mail address. Add one first, or call.", p.Name())
	}
	x, yes, err := d.Store.Suppressed(ctx, v.WorkspaceID, p.Email)
	if err != nil {
		return err
	}
	if yes {
		return sales.Errorf(sales.Forbidden, "%s must not be written to: %s, %s. If that is wrong, an admin can take the address off the suppression list.", p.Name(), x.Reason, x.Source)
	}
	return nil
}

// mailboxFor finds the mailbox that a letter goes from: the one that was
// written to, else the one chosen, else the viewer's first that works.
func (d *Desk) mailboxFor(ctx context.Context, v sales.Viewer, l Letter) (sales.Mailbox, error) {
	id := l.MailboxID
	if l.ReplyTo != 0 {
		msg, err := d.Store.Message(ctx, v, l.ReplyTo)
		if err != nil {
			return sales.Mailbox{}, err
		}
		id = msg.MailboxID
	}
	all, err := d.Store.Mailboxes(ctx, v.WorkspaceID)
	if err != nil {
		return sales.Mailbox{}, err
	}
	var mine *sales.Mailbox
	for i, mb := range all {
		if mb.ID == id && l.ReplyTo != 0 && mb.UserID != v.UserID {
			// Who stands in answers in the name of who is away.
			if yes, err := d.standsIn(ctx, v, mb.UserID); err != nil || yes {
				return mb, err
			}
		}
		switch {
		case mb.ID == id && (mb.UserID == v.UserID || v.Role.AtLeast(sales.RoleManager)):
			return mb, nil
		case mb.UserID == v.UserID && (mine == nil || mine.State != sales.MailboxOK):
			mine = &all[i]
		}
	}
	if mine != nil && l.ReplyTo == 0 && id == 0 {
		return *mine, nil
	}
	return sales.Mailbox{}, sales.Errorf(sales.Invalid, "There is no mailbox of yours to send from. Connect one in the settings.")
}

// inThread makes m an answer to a message.
func (d *Desk) inThread(ctx context.Context, v sales.Viewer, p sales.Person, l Letter, m *sales.Mailing) error {
	msg, err := d.Store.Message(ctx, v, l.ReplyTo)
	if err != nil {
		return err
	}
	if msg.PersonID != p.ID {
		return sales.Errorf(sales.Invalid, "That message is not from %s. Reload the page.", p.Name())
	}
	m.ThreadID, m.InReplyTo = msg.ThreadID, msg.HeaderID
	m.References = mail.References(msg.References, msg.HeaderID)
	if m.Subject == "" {
		m.Subject = mail.ReplySubject(msg.Subject)
	}
	if l.Quote {
		from := msg.FromName
		if from == "" {
			from = msg.From
		}
		m.Body = strings.TrimRight(m.Body, "\n") + "\n\n" + mail.QuoteReply(msg.FullText, from, msg.Date)
	}
	return nil
}

// closeTask marks a task of a person done, when there is one. The question whose a
// mail is stays open: only its answer ends what waits for it.
func (d *Desk) closeTask(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, id sales.ID, why string) error {
	if id == 0 {
		return nil
	}
	t, err := tx.Task(ctx, v.WorkspaceID, id)
	if err != nil {
		return err
	}
	if t.PersonID != p.ID {
		return sales.Errorf(sales.Invalid, "That task is about somebody else. Reload the page.")
	}
	if t.State != sales.TaskOpen || t.Kind == sales.TaskConfirm {
		return nil // done twice is done
	}
	if err := tx.EndTask(ctx, v.WorkspaceID, id, sales.TaskDone, d.now(), why); err != nil {
		return err
	}
	return d.promiseOf(ctx, tx, v, p, t, sales.PointKept)
}

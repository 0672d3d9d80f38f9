package desk

import (
	"context"

	"ninetyten/internal/mail"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

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
	id, given := l.MailboxID, false
	if l.ReplyTo != 0 {
		msg, err := d.Store.Message(ctx, v, l.ReplyTo)
		if err != nil {
			return sales.Mailbox{}, err
		}
		id = msg.MailboxID
		a, err := d.Store.Assignment(ctx, v.WorkspaceID, msg.ThreadID)
		if err != nil && sales.CodeOf(err) != sales.NotFound {
			return sales.Mailbox{}, err
		}
		given = err == nil && a.UserID == v.UserID
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
		case mb.ID == id && (mb.UserID == v.UserID || given || v.Role.AtLeast(sales.RoleManager)):
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

// inThread makes m an answer to a message, which w quotes.
func (d *Desk) inThread(ctx context.Context, v sales.Viewer, p sales.Person, l Letter, m *sales.Mailing, w *sales.Letter) error {
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
		w.Quote = mail.QuoteReply(msg.FullText, from, msg.Date)
	}
	if w.To == msg.From {
		w.ToName = msg.FromName
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

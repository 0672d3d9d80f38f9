package desk

import (
	"context"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Nobody is the answer that a message is none of those it was offered for.
const Nobody = -1

// Confirm answers whether a message is from the person it was first offered for,
// see Whose.
func (d *Desk) Confirm(ctx context.Context, v sales.Viewer, task sales.ID, yes bool) error {
	n := Nobody
	if yes {
		n = 0
	}
	_, err := d.Whose(ctx, v, task, n)
	return err
}

// Whose answers whose a message is: candidate n, or Nobody. From then on it counts
// as if that had been plain when it came, once, whoever answers first; an address
// of the person is kept beside their own. What was held for the others goes on.
// Of Nobody the pair of address and person is not asked about again. Messages from
// the same address that wait with it are answered with it. The person is the one
// whose it is, or was offered first.
func (d *Desk) Whose(ctx context.Context, v sales.Viewer, task sales.ID, n int) (sales.Person, error) {
	t, p, err := d.task(ctx, v, task)
	if err != nil {
		return p, err
	}
	if t.Kind != sales.TaskConfirm {
		return p, sales.Errorf(sales.Invalid, "There is nothing to confirm here.")
	}
	if err := d.mayChoose(ctx, v, t.MessageID, n); err != nil {
		return p, err
	}
	w := whose{d: d, v: v, n: n}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		w.changes, w.now = nil, d.now()
		if now, err := tx.Task(ctx, v.WorkspaceID, task); err != nil || now.State != sales.TaskOpen {
			return err // answered before
		}
		if w.msg, err = tx.Message(ctx, v.WorkspaceID, t.MessageID); err != nil {
			return err
		}
		if w.list, err = tx.Candidates(ctx, v.WorkspaceID, w.msg.ID); err != nil {
			return err
		}
		if n >= len(w.list) || n < Nobody {
			return sales.Errorf(sales.Invalid, "Choose whose mail it is.")
		}
		if n != Nobody {
			if p, err = tx.Person(ctx, v.WorkspaceID, w.list[n].PersonID); err != nil {
				return err
			}
		}
		if err := tx.EndTask(ctx, v.WorkspaceID, task, sales.TaskDone, w.now, map[bool]string{true: "theirs", false: "not theirs"}[n != Nobody]); err != nil {
			return err
		}
		return w.answer(ctx, tx, p)
	})
	if err != nil {
		return p, err
	}
	for _, c := range w.changes {
		d.Notify.Changed(ctx, c)
	}
	d.changed(ctx, p, "Confirmed")
	d.kick()
	return p, nil
}

// mayChoose refuses somebody whom the viewer may not see.
func (d *Desk) mayChoose(ctx context.Context, v sales.Viewer, message sales.ID, n int) error {
	list, err := d.Store.Candidates(ctx, v.WorkspaceID, message)
	if err != nil || n < 0 || n >= len(list) {
		return err
	}
	_, err = d.person(ctx, v, list[n].PersonID)
	return err
}

// whose is one answer on its way.
type whose struct {
	d       *Desk
	v       sales.Viewer
	n       int
	now     time.Time
	msg     sales.Message
	list    []sales.Candidate
	changes []casework.Change
}

func (w *whose) answer(ctx context.Context, tx *store.Tx, p sales.Person) error {
	waiting, err := tx.AskedFrom(ctx, w.v.WorkspaceID, w.msg.MailboxID, w.msg.From)
	if err != nil {
		return err
	}
	if err := w.remember(ctx, tx, p); err != nil {
		return err
	}
	for _, msg := range waiting {
		if msg.ThreadID != w.msg.ThreadID {
			continue // another question
		}
		if err := w.settle(ctx, tx, p, msg); err != nil {
			return err
		}
	}
	return tx.DropThread(ctx, w.v.WorkspaceID, w.msg.ThreadID)
}

// remember keeps what the answer says about the address.
func (w *whose) remember(ctx context.Context, tx *store.Tx, p sales.Person) error {
	address, err := sales.NormalAddress(w.msg.From)
	if err != nil {
		return nil //nolint:nilerr // there is none to remember
	}
	a := sales.PersonAddress{WorkspaceID: w.v.WorkspaceID, Address: address, UserID: w.v.UserID, At: w.now}
	if w.n == Nobody {
		for _, c := range w.list {
			a.PersonID = c.PersonID
			if err := tx.SetAddress(ctx, a); err != nil {
				return err
			}
		}
		return nil
	}
	text := "You said that the mail from " + address + " is from a colleague of " + p.Name() + "."
	if !w.list[w.n].Colleague {
		a.PersonID, a.Theirs = p.ID, true
		if err := tx.SetAddress(ctx, a); err != nil {
			return err
		}
		text = "You said that the mail from " + address + " is from " + p.Name() + ". What comes from there counts as theirs."
	}
	line := w.d.move(w.v, p, sales.MoveNote, text)
	line.MessageID = w.msg.ID
	return write(ctx, tx, line)
}

// settle makes one message count, or lets it be nobody's.
func (w *whose) settle(ctx context.Context, tx *store.Tx, p sales.Person, msg sales.Message) error {
	ws, b := w.v.WorkspaceID, casework.New(tx, w.v.WorkspaceID)
	keep := p.ID
	if w.n == Nobody || msg.Verdict.Kind == sales.KindAutoReply {
		keep = 0 // the message does not end what waits
	}
	if err := b.Release(ctx, tx, ws, msg.ID, keep, w.v.UserID, w.now); err != nil {
		return err
	}
	if err := tx.EndAsking(ctx, ws, msg.ID); err != nil {
		return err
	}
	if w.n == Nobody {
		return tx.SetMessagePerson(ctx, ws, msg.ID, 0, 0, "not theirs")
	}
	c := w.list[w.n]
	msg.PersonID, msg.ThreadID, msg.Matched = p.ID, c.ThreadID, "asked"
	if c.ThreadID == 0 {
		msg.ThreadID = tx.NewID()
		if err := tx.InsertThread(ctx, sales.Thread{WorkspaceID: ws, ID: msg.ThreadID, PersonID: p.ID, MailboxID: msg.MailboxID, Subject: msg.Subject, LastAt: msg.ArrivedAt, LastHeader: msg.HeaderID}); err != nil {
			return err
		}
		w.list[w.n].ThreadID = msg.ThreadID // the others go with it
	}
	if err := tx.SetMessagePerson(ctx, ws, msg.ID, p.ID, msg.ThreadID, msg.Matched); err != nil {
		return err
	}
	if c.Colleague {
		msg.Verdict.Colleague = msg.From
		if msg.FromName != "" {
			msg.Verdict.Colleague = msg.FromName + " <" + msg.From + ">"
		}
		if err := tx.SaveVerdict(ctx, ws, msg.ID, msg.Verdict); err != nil {
			return err
		}
	}
	if err := tx.TouchThread(ctx, msg); err != nil {
		return err
	}
	mb, err := tx.Mailbox(ctx, ws, msg.MailboxID)
	if err != nil {
		return err
	}
	change, err := b.Arrived(ctx, tx, casework.Arrived{Mailbox: mb, Person: p, Message: msg}, w.now)
	if change != nil {
		w.changes = append(w.changes, *change)
	}
	return err
}

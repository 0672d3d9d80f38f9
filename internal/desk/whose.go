package desk

import (
	"context"
	"slices"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Nobody is the answer that a message is none of those it was offered for.
const Nobody = -1

// Confirm answers whether a message is from the person whom a task is about, see
// Whose.
func (d *Desk) Confirm(ctx context.Context, v sales.Viewer, task sales.ID, yes bool) error {
	if !yes {
		_, err := d.Whose(ctx, v, task, Nobody)
		return err
	}
	t, _, err := d.task(ctx, v, task)
	if err != nil {
		return err
	}
	list, err := d.Store.Candidates(ctx, v.WorkspaceID, t.MessageID)
	if err != nil {
		return err
	}
	n := 0
	if i := slices.IndexFunc(list, func(c sales.Candidate) bool { return c.PersonID == t.PersonID }); i >= 0 {
		n = list[i].N
	}
	_, err = d.Whose(ctx, v, task, n)
	return err
}

// Whose answers whose a message is: the candidate with number n, or Nobody. From
// then on it counts as if that had been plain when it came, once, whoever answers
// first; an address of the person is kept beside their own. What was held for the
// others goes on, and their sellers are asked no more. Nobody speaks for those
// whom the viewer may see: their pair with the address is not asked about again,
// and sellers of others are asked still. Messages from the same address that wait
// with it are answered with it. The person is the one whose it is, or was offered
// first.
func (d *Desk) Whose(ctx context.Context, v sales.Viewer, task sales.ID, n int) (sales.Person, error) {
	t, p, err := d.task(ctx, v, task)
	if err != nil {
		return p, err
	}
	if t.Kind != sales.TaskConfirm {
		return p, sales.Errorf(sales.Invalid, "There is nothing to confirm here.")
	}
	seen, err := d.seen(ctx, v, t.MessageID, n)
	if err != nil {
		return p, err
	}
	w := whose{d: d, v: v, nobody: n == Nobody, seen: seen}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		w.changes, w.now = nil, d.now()
		if open, err := w.lock(ctx, tx, t); err != nil || !open {
			return err
		}
		i := slices.IndexFunc(w.list, func(c sales.Candidate) bool { return c.N == n })
		if i < 0 && n != Nobody {
			return sales.Errorf(sales.Invalid, "Choose whose mail it is.")
		}
		if n == Nobody {
			return w.answer(ctx, tx, p)
		}
		w.chosen = w.list[i]
		if p, err = tx.Person(ctx, v.WorkspaceID, w.chosen.PersonID); err != nil {
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
	d.kick(v.WorkspaceID)
	return p, nil
}

// seen gives the people whom a message was offered for and the viewer may see, and
// refuses somebody else as number n.
func (d *Desk) seen(ctx context.Context, v sales.Viewer, message sales.ID, n int) (map[sales.ID]bool, error) {
	list, err := d.Store.Candidates(ctx, v.WorkspaceID, message)
	if err != nil {
		return nil, err
	}
	out := map[sales.ID]bool{}
	for _, c := range list {
		_, err := d.person(ctx, v, c.PersonID)
		if err != nil && (c.N == n || sales.CodeOf(err) != sales.NotFound) {
			return nil, err
		}
		out[c.PersonID] = err == nil
	}
	return out, nil
}

// whose is one answer on its way.
type whose struct {
	d       *Desk
	v       sales.Viewer
	nobody  bool
	seen    map[sales.ID]bool // the people of whom the viewer speaks
	now     time.Time
	task    sales.Task
	msg     sales.Message
	list    []sales.Candidate
	chosen  sales.Candidate // unless nobody
	changes []casework.Change
}

// lock keeps other answers to the question, and further mail from the address,
// out until the transaction ends, and reads it. It says whether it is open.
func (w *whose) lock(ctx context.Context, tx *store.Tx, t sales.Task) (open bool, err error) {
	ws := w.v.WorkspaceID
	if w.msg, err = tx.Message(ctx, ws, t.MessageID); err != nil {
		return false, err
	}
	if w.list, err = tx.Candidates(ctx, ws, w.msg.ID); err != nil {
		return false, err
	}
	if err := casework.LockAll(ctx, tx, ws, append(casework.PeopleOf(w.list), t.PersonID)); err != nil {
		return false, err
	}
	if w.task, err = tx.Task(ctx, ws, t.ID); err != nil || w.task.State != sales.TaskOpen {
		return false, err // answered before
	}
	w.list, err = tx.Candidates(ctx, ws, w.msg.ID)
	return true, err
}

func (w *whose) answer(ctx context.Context, tx *store.Tx, p sales.Person) error {
	ws, thread := w.v.WorkspaceID, w.msg.ThreadID
	tasks, err := casework.Questions(ctx, tx, ws, thread, w.list)
	if err != nil {
		return err
	}
	if err := w.remember(ctx, tx, p); err != nil {
		return err
	}
	tasks = append(slices.DeleteFunc(tasks, func(t sales.Task) bool { return t.ID == w.task.ID }), w.task)
	var rest []sales.Candidate
	for after := sales.ID(0); ; {
		waiting, err := tx.AskedIn(ctx, ws, thread, after)
		if err != nil {
			return err
		}
		if len(waiting) == 0 {
			break
		}
		for _, msg := range waiting {
			after = msg.ID
			var left []sales.Candidate
			if w.nobody {
				left, err = w.not(ctx, tx, msg)
			} else {
				err = w.settle(ctx, tx, p, msg)
			}
			if err != nil {
				return err
			}
			rest = append(rest, left...)
		}
	}
	if err := w.close(ctx, tx, tasks, rest); err != nil {
		return err
	}
	if len(rest) > 0 {
		return tx.GiveThread(ctx, ws, thread, rest[0].PersonID)
	}
	return tx.DropThread(ctx, ws, thread)
}

// close ends the tasks that ask about nobody of rest any more. When that were all,
// as when somebody was given to another seller meanwhile, the question is put anew.
func (w *whose) close(ctx context.Context, tx *store.Tx, tasks []sales.Task, rest []sales.Candidate) error {
	why, left := map[bool]string{true: "not theirs", false: "theirs"}[w.nobody], false
	for _, t := range tasks {
		if slices.ContainsFunc(rest, func(c sales.Candidate) bool { return c.PersonID == t.PersonID }) {
			left = true
			continue
		}
		if err := tx.EndTask(ctx, w.v.WorkspaceID, t.ID, sales.TaskDone, w.now, why); err != nil {
			return err
		}
	}
	if left || len(rest) == 0 {
		return nil
	}
	mb, err := tx.Mailbox(ctx, w.v.WorkspaceID, w.msg.MailboxID)
	if err != nil {
		return err
	}
	var people []sales.Person
	for _, id := range casework.PeopleOf(rest) {
		p, err := tx.Person(ctx, w.v.WorkspaceID, id)
		if err != nil {
			return err
		}
		people = append(people, p)
	}
	_, err = casework.OpenQuestion(ctx, tx, mb, w.msg, people, w.now)
	return err
}

// remember keeps what the answer says about the address.
func (w *whose) remember(ctx context.Context, tx *store.Tx, p sales.Person) error {
	address, err := sales.NormalAddress(w.msg.From)
	if err != nil {
		return nil //nolint:nilerr // there is none to remember
	}
	if w.msg.Verdict.Invitation != nil {
		address = "" // calendars send from addresses of their own
	}
	a := sales.PersonAddress{WorkspaceID: w.v.WorkspaceID, Address: address, UserID: w.v.UserID, At: w.now}
	if w.nobody {
		for _, c := range w.list {
			if a.PersonID = c.PersonID; !w.seen[c.PersonID] || address == "" {
				continue
			}
			if err := tx.SetAddress(ctx, a); err != nil {
				return err
			}
		}
		return nil
	}
	text := "You said that the mail from " + w.msg.From + " is from a colleague of " + p.Name() + "."
	if !w.chosen.Colleague {
		text = "You said that the mail from " + w.msg.From + " is from " + p.Name() + "."
	}
	if !w.chosen.Colleague && address != "" {
		a.PersonID, a.Theirs = p.ID, true
		if err := tx.SetAddress(ctx, a); err != nil {
			return err
		}
		text += " What comes from there counts as theirs."
	}
	line := w.d.move(w.v, p, sales.MoveNote, text)
	line.MessageID = w.msg.ID
	return write(ctx, tx, line)
}

// not takes back that a message may be one of the people whom the viewer may see,
// and gives those of whom it may be still. When there is none, it is nobody's, and
// what it says is forgotten: it is the mail of a stranger.
func (w *whose) not(ctx context.Context, tx *store.Tx, msg sales.Message) ([]sales.Candidate, error) {
	ws, b := w.v.WorkspaceID, casework.New(tx, w.v.WorkspaceID)
	if err := b.Release(ctx, tx, ws, msg.ID, w.v.UserID, func(p sales.ID) bool { return w.seen[p] }, w.now); err != nil {
		return nil, err
	}
	for id, may := range w.seen {
		if !may {
			continue
		}
		if err := tx.NotCandidate(ctx, ws, msg.ID, id); err != nil {
			return nil, err
		}
	}
	rest, err := tx.Candidates(ctx, ws, msg.ID)
	if err != nil || len(rest) > 0 {
		return rest, err
	}
	if err := b.Release(ctx, tx, ws, msg.ID, w.v.UserID, func(sales.ID) bool { return true }, w.now); err != nil {
		return nil, err
	}
	if err := tx.EndAsking(ctx, ws, msg.ID); err != nil {
		return nil, err
	}
	if err := tx.SetMessagePerson(ctx, ws, msg.ID, 0, 0, "not theirs"); err != nil {
		return nil, err
	}
	return nil, tx.EmptyMessage(ctx, ws, msg.ID)
}

// settle makes one message count.
func (w *whose) settle(ctx context.Context, tx *store.Tx, p sales.Person, msg sales.Message) error {
	ws, b := w.v.WorkspaceID, casework.New(tx, w.v.WorkspaceID)
	// The message decides about what is theirs, unless it ends nothing.
	others := func(id sales.ID) bool { return id != p.ID || msg.Verdict.Kind == sales.KindAutoReply }
	if err := b.Release(ctx, tx, ws, msg.ID, w.v.UserID, others, w.now); err != nil {
		return err
	}
	c := w.chosen
	msg.PersonID, msg.ThreadID, msg.Matched = p.ID, c.ThreadID, "asked"
	if c.ThreadID == 0 {
		msg.ThreadID = tx.NewID()
		if err := tx.InsertThread(ctx, sales.Thread{WorkspaceID: ws, ID: msg.ThreadID, PersonID: p.ID, MailboxID: msg.MailboxID, Subject: msg.Subject, LastAt: msg.ArrivedAt, LastHeader: msg.HeaderID}); err != nil {
			return err
		}
		w.chosen.ThreadID = msg.ThreadID // the others go with it
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
	if err != nil {
		return err
	}
	// What the message left standing goes on.
	if err := b.Release(ctx, tx, ws, msg.ID, w.v.UserID, func(sales.ID) bool { return true }, w.now); err != nil {
		return err
	}
	return tx.EndAsking(ctx, ws, msg.ID)
}

package intake

import (
	"context"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/inbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// takeProbable keeps a message that may be somebody's and asks a seller whose it
// is, once an address: what comes from there meanwhile waits with it. Until that
// is answered it is in a thread of its own, is nobody's, and holds the automatic
// mail of everybody whose it may be. What is probably nobody's is not kept.
func (in *Intake) takeProbable(ctx context.Context, tx *store.Tx, b *casework.Batch, mb sales.Mailbox, folder inbound.Folder, l *letter, now time.Time) (*casework.Change, error) {
	if folder.Role == inbound.RoleJunk && l.verdict.Kind == sales.KindOther {
		return nil, nil
	}
	found, err := in.candidates(ctx, tx, mb, l)
	if err != nil {
		return nil, err
	}
	q := question{in: in, tx: tx, b: b, mb: mb, l: l, now: now, msg: message(mb, folder, l, now)}
	q.msg.ID, q.msg.Matched = tx.NewID(), matchedAsked
	// Calendars send the answers of many from one address.
	if wanted(l.verdict) && l.verdict.Invitation == nil {
		first, err := tx.AskedFrom(ctx, mb.WorkspaceID, mb.ID, q.msg.From)
		if err == nil {
			return q.with(ctx, first)
		}
		if sales.CodeOf(err) != sales.NotFound {
			return nil, err
		}
		if err := saidMeanwhile(ctx, tx, mb, l); err != nil {
			return nil, err
		}
	}
	if len(found) == 0 {
		return nil, nil
	}
	list, people := options(found)
	if err := casework.LockAll(ctx, tx, mb.WorkspaceID, casework.PeopleOf(list)); err != nil {
		return nil, err
	}
	q.msg.ThreadID = tx.NewID()
	if err := tx.InsertThread(ctx, sales.Thread{WorkspaceID: mb.WorkspaceID, ID: q.msg.ThreadID, PersonID: people[0].ID, MailboxID: mb.ID, Subject: q.msg.Subject, LastAt: q.msg.ArrivedAt, LastHeader: q.msg.HeaderID}); err != nil {
		return nil, err
	}
	if err := q.keep(ctx, list, people); err != nil {
		return nil, err
	}
	return q.open(ctx, people)
}

// saidMeanwhile is a Conflict error when the sender is known by now: the question
// about them was answered between the look for whose the message is and the look for
// that question, and the next try of the transaction finds them. Without it the
// message would be nobody's and not be kept.
func saidMeanwhile(ctx context.Context, tx *store.Tx, mb sales.Mailbox, l *letter) error {
	for _, address := range senders(mb, l) {
		known, err := tx.WritesNow(ctx, mb.WorkspaceID, mb.ID, address)
		if err != nil {
			return err
		}
		if known {
			return said()
		}
	}
	return nil
}

// said sends a transaction into its next try.
func said() error {
	return sales.Errorf(sales.Conflict, "Somebody said meanwhile whose the mail is.")
}

// question is a message of which it is asked whose it is.
type question struct {
	in  *Intake
	tx  *store.Tx
	b   *casework.Batch
	mb  sales.Mailbox
	l   *letter
	now time.Time
	msg sales.Message
}

// with keeps the message beside the first one from the same address about which a
// seller is asked already. When nobody has that question before them any more, it
// is put to them again.
func (q *question) with(ctx context.Context, first sales.Message) (*casework.Change, error) {
	ws := q.mb.WorkspaceID
	list, err := q.tx.Candidates(ctx, ws, first.ID)
	if err != nil {
		return nil, err
	}
	if err := casework.LockAll(ctx, q.tx, ws, casework.PeopleOf(list)); err != nil {
		return nil, err
	}
	// From here on nobody answers it. What was answered before is known now: the
	// next try of the transaction finds whose the message is.
	is, err := q.tx.AskedFrom(ctx, ws, q.mb.ID, q.msg.From)
	if sales.CodeOf(err) == sales.NotFound || err == nil && is.ID != first.ID {
		return nil, said()
	}
	if err != nil {
		return nil, err
	}
	if list, err = q.tx.Candidates(ctx, ws, first.ID); err != nil {
		return nil, err
	}
	var people []sales.Person
	for _, id := range casework.PeopleOf(list) {
		p, err := q.tx.Person(ctx, ws, id)
		if err != nil && sales.CodeOf(err) != sales.NotFound {
			return nil, err
		}
		if err == nil {
			people = append(people, p)
		}
	}
	q.msg.ThreadID = first.ThreadID
	if err := q.keep(ctx, list, people); err != nil {
		return nil, err
	}
	tasks, err := casework.Questions(ctx, q.tx, ws, first.ThreadID, list)
	if err != nil || len(tasks) > 0 || len(people) == 0 {
		return nil, err
	}
	return q.open(ctx, people)
}

// keep writes the message, whose it may be, and what waits until that is said.
func (q *question) keep(ctx context.Context, list []sales.Candidate, people []sales.Person) error {
	var err error
	if q.msg, err = q.in.keep(ctx, q.tx, q.msg, q.l); err != nil {
		return err
	}
	if err := q.tx.Ask(ctx, q.msg.WorkspaceID, q.msg.ID, list); err != nil {
		return err
	}
	for _, p := range people {
		if err := q.b.Hold(ctx, q.tx, p, q.msg.ID, q.now); err != nil {
			return err
		}
	}
	return nil
}

// open puts the question to the sellers.
func (q *question) open(ctx context.Context, people []sales.Person) (*casework.Change, error) {
	tasks, err := casework.OpenQuestion(ctx, q.tx, q.mb, q.msg, people, q.now)
	if err != nil {
		return nil, err
	}
	return &casework.Change{WorkspaceID: q.msg.WorkspaceID, PersonID: people[0].ID, MessageID: q.msg.ID, Tasks: tasks, Text: casework.WhoseIs(q.msg, people)}, nil
}

// options are the answers to choose from, and the people whom they are about,
// whoever their seller is. When nothing tells whether one person wrote it or a
// colleague of theirs, both are offered.
func options(found []likely) (list []sales.Candidate, people []sales.Person) {
	for _, x := range found {
		people = append(people, x.person)
		list = append(list, sales.Candidate{PersonID: x.person.ID, ThreadID: x.thread, Colleague: x.like == somebodyElse, Reason: x.reason()})
	}
	if len(list) == 1 && found[0].like == cannotTell {
		other := list[0]
		other.Colleague = true
		list = append(list, other)
	}
	return list, people
}

package intake

import (
	"context"
	"fmt"
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
	msg := message(mb, folder, l, now)
	msg.ID, msg.Matched = tx.NewID(), matchedAsked
	before, err := tx.AskedFrom(ctx, mb.WorkspaceID, mb.ID, msg.From)
	if err != nil {
		return nil, err
	}
	if len(before) > 0 && wanted(l.verdict) {
		return nil, in.askWith(ctx, tx, b, before[0], msg, l, now)
	}
	if len(found) == 0 {
		return nil, nil
	}
	owner, err := casework.OwnerOf(ctx, tx, found[0].person, mb, now)
	if err != nil {
		return nil, err
	}
	list, people := options(found)
	msg.ThreadID = tx.NewID()
	if err := tx.InsertThread(ctx, sales.Thread{WorkspaceID: mb.WorkspaceID, ID: msg.ThreadID, PersonID: people[0].ID, MailboxID: mb.ID, Subject: msg.Subject, LastAt: msg.ArrivedAt, LastHeader: msg.HeaderID}); err != nil {
		return nil, err
	}
	if msg, err = in.keep(ctx, tx, msg, l); err != nil {
		return nil, err
	}
	return in.ask(ctx, tx, b, msg, list, people, owner, now)
}

// askWith keeps a message beside the one from the same address about which a
// seller is asked already.
func (in *Intake) askWith(ctx context.Context, tx *store.Tx, b *casework.Batch, first, msg sales.Message, l *letter, now time.Time) error {
	msg.ThreadID = first.ThreadID
	msg, err := in.keep(ctx, tx, msg, l)
	if err != nil {
		return err
	}
	list, err := tx.Candidates(ctx, msg.WorkspaceID, first.ID)
	if err != nil {
		return err
	}
	if err := tx.Ask(ctx, msg.WorkspaceID, msg.ID, list); err != nil {
		return err
	}
	for _, c := range list {
		p, err := tx.Person(ctx, msg.WorkspaceID, c.PersonID)
		if sales.CodeOf(err) == sales.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		if err := b.Hold(ctx, tx, p, msg.ID, now); err != nil {
			return err
		}
	}
	return nil
}

// ask opens the question whose a message is.
func (in *Intake) ask(ctx context.Context, tx *store.Tx, b *casework.Batch, msg sales.Message, list []sales.Candidate, people []sales.Person, owner sales.ID, now time.Time) (*casework.Change, error) {
	if err := tx.Ask(ctx, msg.WorkspaceID, msg.ID, list); err != nil {
		return nil, err
	}
	title := "Whose mail is this? It came from " + msg.From + "."
	if len(people) == 1 {
		title = "Is this mail from " + people[0].Name() + "? It came from " + msg.From + "."
	}
	t := sales.Task{
		WorkspaceID: msg.WorkspaceID, ID: tx.NewID(), Key: fmt.Sprintf("message/%d/confirm", msg.ID), Kind: sales.TaskConfirm, PersonID: people[0].ID, UserID: owner,
		MessageID: msg.ID, Title: title, Intent: msg.Verdict.Intent, CreatedAt: now, DueAt: now.Add(time.Hour),
	}
	if _, err := tx.OpenTask(ctx, t); err != nil {
		return nil, err
	}
	for _, p := range people {
		if err := b.Hold(ctx, tx, p, msg.ID, now); err != nil {
			return nil, err
		}
	}
	return &casework.Change{WorkspaceID: msg.WorkspaceID, PersonID: people[0].ID, MessageID: msg.ID, Tasks: []sales.Task{t}, Text: title}, nil
}

// options are the answers to choose from, and the people whom they are about.
// Those of another seller than the first are not shown to theirs. When nothing
// tells whether one person wrote it or a colleague of theirs, both are offered.
func options(found []likely) (list []sales.Candidate, people []sales.Person) {
	for _, x := range found {
		if x.person.OwnerID != found[0].person.OwnerID && x.person.OwnerID != 0 {
			continue
		}
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

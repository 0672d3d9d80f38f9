package casework

import (
	"context"
	"fmt"
	"slices"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// LockAll makes other transactions wait that lock one of these people, until this
// one ends. The order is one for all, so that no two wait in a circle.
func LockAll(ctx context.Context, tx *store.Tx, ws sales.ID, people []sales.ID) error {
	list := slices.Clone(people)
	slices.Sort(list)
	for _, id := range slices.Compact(list) {
		if err := tx.LockPerson(ctx, ws, id); err != nil {
			return err
		}
	}
	return nil
}

// PeopleOf are the people of candidates, each once, in their order.
func PeopleOf(list []sales.Candidate) (out []sales.ID) {
	for _, c := range list {
		if !slices.Contains(out, c.PersonID) {
			out = append(out, c.PersonID)
		}
	}
	return out
}

// Questions gives the open tasks that ask whose the messages of a thread are; list
// are those of whom they may be.
func Questions(ctx context.Context, tx *store.Tx, ws, thread sales.ID, list []sales.Candidate) ([]sales.Task, error) {
	tasks, err := tx.Questions(ctx, ws, PeopleOf(list))
	if err != nil {
		return nil, err
	}
	var out []sales.Task
	for _, t := range tasks {
		m, err := tx.Message(ctx, ws, t.MessageID)
		if err != nil && sales.CodeOf(err) != sales.NotFound {
			return nil, err
		}
		if err == nil && m.ThreadID == thread {
			out = append(out, t)
		}
	}
	return out, nil
}

// OpenQuestion asks whose a message is: every seller about those of people who are
// theirs. It gives the tasks.
func OpenQuestion(ctx context.Context, tx *store.Tx, mb sales.Mailbox, msg sales.Message, people []sales.Person, now time.Time) ([]sales.Task, error) {
	var owners []sales.ID
	of := map[sales.ID][]sales.Person{}
	for _, p := range people {
		owner, err := OwnerOf(ctx, tx, p, mb, now)
		if err != nil {
			return nil, err
		}
		if len(of[owner]) == 0 {
			owners = append(owners, owner)
		}
		of[owner] = append(of[owner], p)
	}
	var tasks []sales.Task
	for _, owner := range owners {
		t := sales.Task{
			WorkspaceID: msg.WorkspaceID, ID: tx.NewID(), Key: fmt.Sprintf("message/%d/confirm/%d", msg.ID, of[owner][0].ID), Kind: sales.TaskConfirm, PersonID: of[owner][0].ID, UserID: owner,
			MessageID: msg.ID, Title: WhoseIs(msg, of[owner]), Intent: msg.Verdict.Intent, CreatedAt: now, DueAt: now.Add(time.Hour),
		}
		if _, err := tx.OpenTask(ctx, t); err != nil {
			return nil, err
		}
		tasks = append(tasks, t)
	}
	return tasks, nil
}

// WhoseIs is the question whether a message is that of one of people.
func WhoseIs(msg sales.Message, people []sales.Person) string {
	if len(people) == 1 {
		return "Is this mail from " + people[0].Name() + "? It came from " + msg.From + "."
	}
	return "Whose mail is this? It came from " + msg.From + "."
}

package casework

import (
	"context"
	"time"

	"ninetyten/internal/engine"
	"ninetyten/internal/pathway"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Arrived is a message of which it is known whose it is.
type Arrived struct {
	Mailbox sales.Mailbox
	Person  sales.Person
	Mailing sales.Mailing // that it answers or reports on; zero when that is not known
	Message sales.Message // as kept, with its verdict
}

// Arrived asks the engine what a message means and writes it: the handoff, the
// ledger lines, what its own enrollments and those of others do, the statistics
// and the guard of the mailbox. Whether whose it is was plain at once or said by
// a seller later makes no difference. Effects have keys by message, so that
// nothing is opened twice.
func (b *Batch) Arrived(ctx context.Context, tx *store.Tx, a Arrived, now time.Time) (*Change, error) {
	w, err := b.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	owner, err := OwnerOf(ctx, tx, a.Person, a.Mailbox, now)
	if err != nil {
		return nil, err
	}
	if a.Message.Verdict.Kind == sales.KindReply {
		if owner, err = b.Answers(ctx, tx, a.Person, a.Message.ThreadID, owner, now); err != nil {
			return nil, err
		}
	}
	hours, err := b.SellerHours(ctx, owner)
	if err != nil {
		return nil, err
	}
	p, msg := a.Person, a.Message
	is := engine.Arrive(p, msg, w.Settings, hours, now)
	Weigh(is.Moves)
	sub := store.Subject{Person: p, Message: msg, Intent: msg.Verdict.Intent, OwnerID: owner}
	done, err := tx.ApplyPerson(ctx, is.Effects, is.Moves, sub, now)
	if err != nil {
		return nil, err
	}
	if msg.Verdict.Kind == sales.KindReply && msg.Verdict.Colleague == "" {
		if err := tx.ShowStages(ctx, p.WorkspaceID, p.ID, pathway.Shown(msg.Text), now); err != nil {
			return nil, err
		}
	}
	if is.Event.Kind != "" {
		more, err := b.Tell(ctx, tx, p, is.Event, sub, now)
		if err != nil {
			return nil, err
		}
		done.Tasks = append(done.Tasks, more...)
	}
	if speaks(is.Event) {
		if err := tx.StopLetters(ctx, p.WorkspaceID, p.ID, engine.WhyStopped, now); err != nil {
			return nil, err
		}
	}
	if err := b.TellSender(ctx, tx, p, is.Event, msg, now); err != nil {
		return nil, err
	}
	if is.Colleague {
		if err := b.tellColleagues(ctx, tx, p, msg, now); err != nil {
			return nil, err
		}
	}
	if err := count(ctx, tx, a); err != nil {
		return nil, err
	}
	change := &Change{WorkspaceID: p.WorkspaceID, PersonID: p.ID, MessageID: msg.ID, Tasks: done.Tasks, Text: p.Name() + ": " + describe(msg.Verdict), Urgent: urgent(is.Effects)}
	stopped, err := b.guard(ctx, tx, a, now)
	if stopped != nil {
		change.Text, change.Urgent = change.Text+". "+stopped.Text, true
	}
	return change, err
}

// speaks tells whether an event is a word of the person: it stops what waits for
// its moment to go to them.
func speaks(ev sales.Event) bool {
	return ev.Kind == sales.EvReply || ev.Kind == sales.EvUnsubscribe || ev.Kind == sales.EvComplaint
}

func urgent(list []sales.Effect) bool {
	for _, fx := range list {
		if fx.Urgent {
			return true
		}
	}
	return false
}

// OwnerOf says who gets a handoff about a person: their seller, else whose
// mailbox it came to, or who stands in for them.
func OwnerOf(ctx context.Context, tx *store.Tx, p sales.Person, mb sales.Mailbox, now time.Time) (sales.ID, error) {
	owner := p.OwnerID
	if owner == 0 {
		owner = mb.UserID
	}
	return tx.StandIn(ctx, mb.WorkspaceID, owner, now)
}

// Answers says who answers in a thread: who it was given to, as long as they may
// see the person, or who stands in for them; else owner.
func (b *Batch) Answers(ctx context.Context, tx *store.Tx, p sales.Person, thread, owner sales.ID, now time.Time) (sales.ID, error) {
	if thread == 0 {
		return owner, nil
	}
	a, err := tx.Assignment(ctx, b.ws, thread)
	if sales.CodeOf(err) == sales.NotFound {
		return owner, nil
	}
	if err != nil {
		return owner, err
	}
	u, err := b.User(ctx, a.UserID)
	if err != nil || !u.Sees(p) {
		return owner, err
	}
	return tx.StandIn(ctx, b.ws, u.ID, now)
}

// Tell gives an event to every living enrollment of a person, and says which
// tasks that opened.
func (b *Batch) Tell(ctx context.Context, tx *store.Tx, p sales.Person, ev sales.Event, sub store.Subject, now time.Time) ([]sales.Task, error) {
	live, err := tx.LiveEnrollments(ctx, p.WorkspaceID, p.ID)
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

// TellSender tells the enrollments of somebody else whom we know and who answered
// in the thread of the person, as when a mail was forwarded to them: they have
// spoken too.
func (b *Batch) TellSender(ctx context.Context, tx *store.Tx, p sales.Person, ev sales.Event, msg sales.Message, now time.Time) error {
	if msg.Verdict.Kind != sales.KindReply && msg.Verdict.Kind != sales.KindUnsubscribe || msg.From == p.Email {
		return nil
	}
	address, err := sales.NormalAddress(msg.From)
	if err != nil {
		return nil //nolint:nilerr // nobody has such an address
	}
	who, err := tx.PersonByAddress(ctx, p.WorkspaceID, address)
	if sales.CodeOf(err) == sales.NotFound || err == nil && who.ID == p.ID {
		return nil
	}
	if err != nil {
		return err
	}
	in := p.Name()
	if who.OwnerID != p.OwnerID {
		in = "a colleague" // sellers do not hear of each other's people
	}
	kind, text := sales.MoveReply, "Answered in a mail to "+in+"."
	if ev.Kind == sales.EvUnsubscribe {
		kind, text = sales.MoveUnsubscribe, "Asked not to be contacted again, in a mail to "+in+"."
	}
	moves := []sales.Move{{WorkspaceID: who.WorkspaceID, At: now, Actor: sales.ByBuyer, Kind: kind, PersonID: who.ID, AccountID: who.AccountID, MessageID: msg.ID, Text: text}}
	Weigh(moves)
	if err := tx.AppendMoves(ctx, moves); err != nil {
		return err
	}
	if err := tx.StopLetters(ctx, who.WorkspaceID, who.ID, engine.WhyStopped, now); err != nil {
		return err
	}
	ev.PersonID = who.ID
	_, err = b.Tell(ctx, tx, who, ev, store.Subject{Person: who}, now)
	return err
}

// tellColleagues tells the enrollments of other people at the account.
func (b *Batch) tellColleagues(ctx context.Context, tx *store.Tx, p sales.Person, msg sales.Message, now time.Time) error {
	list, err := tx.ColleagueEnrollments(ctx, p.WorkspaceID, p.AccountID, p.ID)
	if err != nil {
		return err
	}
	ev := sales.Event{Kind: sales.EvColleagueReply, At: now, Actor: sales.ByBuyer, PersonID: p.ID, MessageID: msg.ID}
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
		if v.Invitation != nil {
			return "answered an invitation: " + string(v.Invitation.Answer)
		}
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

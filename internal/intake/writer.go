package intake

import (
	"context"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// writer says in the verdict who wrote a message that answers a mail to a person
// and comes from another address: the person themselves, whose address is kept
// then, or a colleague to whom it was forwarded. Nothing that is known of the
// person is written over.
func (in *Intake) writer(ctx context.Context, tx *store.Tx, mb sales.Mailbox, m match, msg sales.Message, now time.Time) (sales.Verdict, error) {
	v := msg.Verdict
	if m.how != matchedReferences && m.how != matchedToken && m.how != matchedInvitation || v.Kind != sales.KindReply && v.Kind != sales.KindUnsubscribe {
		return v, nil
	}
	from, err := sales.NormalAddress(msg.From)
	if err != nil {
		return v, nil //nolint:nilerr // it counts as theirs
	}
	p := m.person
	known, err := tx.PersonByAddress(ctx, p.WorkspaceID, from)
	switch {
	case err == nil && known.ID == p.ID:
		return v, nil
	case err == nil:
		// As the mail says it: they may be another seller's person.
		v.Colleague, v.ColleagueKnown = called(msg.FromName, from), true
		return v, nil
	case sales.CodeOf(err) != sales.NotFound:
		return v, err
	}
	if v.Invitation != nil && m.how == matchedInvitation {
		return v, nil // calendars send from addresses of their own
	}
	switch like(p, msg.FromName, from) {
	case somebodyElse:
		if sales.DomainOf(from) != sales.DomainOf(mb.Address) {
			v.Colleague = called(msg.FromName, from)
		}
	case sameName:
		if err := in.writesFrom(ctx, tx, p, from, msg.ID, now); err != nil {
			return v, err
		}
	}
	return v, nil
}

// writesFrom keeps another address of a person, unless somebody said that it is
// not theirs.
func (in *Intake) writesFrom(ctx context.Context, tx *store.Tx, p sales.Person, address string, message sales.ID, now time.Time) error {
	not, err := tx.NotTheirs(ctx, p.WorkspaceID, address)
	if err != nil {
		return err
	}
	for _, id := range not {
		if id == p.ID {
			return nil
		}
	}
	if err := tx.SetAddress(ctx, sales.PersonAddress{WorkspaceID: p.WorkspaceID, Address: address, PersonID: p.ID, Theirs: true, At: now}); err != nil {
		return err
	}
	return tx.AppendMoves(ctx, []sales.Move{{
		WorkspaceID: p.WorkspaceID, At: now, Actor: sales.BySystem, Kind: sales.MoveNote, PersonID: p.ID, AccountID: p.AccountID, MessageID: message,
		Text: "Writes from " + address + " too.",
	}})
}

// Package desk is what people command: every action of a page, the API or the
// command line goes through one of its methods, in the order rights, validate,
// engine, apply. It knows no page and no protocol. What a user may see is
// decided by the store; what a user may do is decided here.
package desk

import (
	"context"
	"log/slog"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Desk takes commands.
type Desk struct {
	Store  *store.Store
	Clock  sales.Clock
	Notify casework.Notifier
	Log    *slog.Logger
	// UndoFor is how long a mail written by hand waits before it goes, so that it
	// can be taken back; 0 is at once.
	UndoFor time.Duration
	// Wall is the wall's clock, whatever clock the business runs on; nil is time.Now.
	Wall func() time.Time
	// SendTest hands a mail to the server of a mailbox, addressed to that mailbox
	// itself; nil where there is no sending.
	SendTest func(ctx context.Context, mb sales.Mailbox, raw []byte) error
	// Model asks the language model; nil where there is none.
	Model Asker
	// Kick is told that something became due in a workspace, so that it need not
	// wait for the next look at the clock; may be nil.
	Kick func(ws sales.ID)
}

// Undo says how an action can be taken back: a sentence for the toast and a
// token for Desk.Undo. The zero Undo cannot be.
type Undo struct {
	Say   string
	Token string
}

func (d *Desk) now() time.Time { return d.Clock.Now() }

func (d *Desk) wall() time.Time {
	if d.Wall == nil {
		return time.Now()
	}
	return d.Wall()
}

func (d *Desk) kick(ws sales.ID) {
	if d.Kick != nil {
		d.Kick(ws)
	}
}

// need checks a right.
func need(v sales.Viewer, least sales.Role, what string) error {
	if v.WorkspaceID == 0 || !v.Role.Valid() {
		return sales.Errorf(sales.Unauthorized, "Log in first.")
	}
	if !v.Role.AtLeast(least) {
		return sales.Errorf(sales.Forbidden, "Only a %s may %s. Ask one of yours.", least, what)
	}
	return nil
}

// person gives a person whom the viewer may see, or the error to show.
func (d *Desk) person(ctx context.Context, v sales.Viewer, id sales.ID) (sales.Person, error) {
	if err := need(v, sales.RoleSeller, "see people"); err != nil {
		return sales.Person{}, err
	}
	return d.Store.Person(ctx, v, id)
}

// inDurableTx is inTx for what may not be forgotten when the power fails right
// after it was promised: a "no".
func (d *Desk) inDurableTx(ctx context.Context, fn func(tx *store.Tx) error) error {
	return casework.Retry(func() error { return d.Store.InDurableTx(ctx, fn) })
}

// inTx runs fn in a transaction, again when it lost a race.
func (d *Desk) inTx(ctx context.Context, fn func(tx *store.Tx) error) error {
	return casework.Retry(func() error { return d.Store.InTx(ctx, fn) })
}

// move makes a ledger line by a seller about a person.
func (d *Desk) move(v sales.Viewer, p sales.Person, kind sales.MoveKind, text string) sales.Move {
	return sales.Move{WorkspaceID: v.WorkspaceID, At: d.now(), Actor: sales.BySeller, Kind: kind, PersonID: p.ID, AccountID: p.AccountID, UserID: v.UserID, Text: text}
}

// write appends weighed ledger lines.
func write(ctx context.Context, tx *store.Tx, moves ...sales.Move) error {
	casework.Weigh(moves)
	return tx.AppendMoves(ctx, moves)
}

// tellAll gives an event to every living enrollment of a person.
func tellAll(ctx context.Context, tx *store.Tx, p sales.Person, ev sales.Event, now time.Time) error {
	_, err := tellEach(ctx, tx, p, ev, now)
	return err
}

// tellEach is tellAll, and gives the enrollments that changed.
func tellEach(ctx context.Context, tx *store.Tx, p sales.Person, ev sales.Event, now time.Time) (map[sales.ID]bool, error) {
	live, err := tx.LiveEnrollments(ctx, p.WorkspaceID, p.ID)
	if err != nil {
		return nil, err
	}
	b := casework.New(tx, p.WorkspaceID)
	out := map[sales.ID]bool{}
	for _, e := range live {
		d, _, err := b.Decide(ctx, tx, e, ev, store.Subject{Person: p, OwnerID: ev.UserID}, now)
		if err != nil {
			return nil, err
		}
		out[e.ID] = d.Changed
	}
	return out, nil
}

// dealtWith lets tracks begin that wait for the answer to a reply.
func (d *Desk) dealtWith(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person) error {
	return tellAll(ctx, tx, p, sales.Event{Kind: sales.EvAnswered, At: d.now(), Actor: sales.BySeller, UserID: v.UserID}, d.now())
}

// changed tells pages that a person changed.
func (d *Desk) changed(ctx context.Context, p sales.Person, text string) {
	d.Notify.Changed(ctx, casework.Change{WorkspaceID: p.WorkspaceID, PersonID: p.ID, Text: text})
}

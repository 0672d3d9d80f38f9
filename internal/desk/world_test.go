package desk_test

import (
	"context"
	"testing"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/desk"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
	"ninetyten/internal/store/storetest"
)

// hands is a clock that is set by hand.
type hands struct{ t time.Time }

func (c *hands) Now() time.Time { return c.t }

// room is a world with a desk in it.
type room struct {
	*storetest.World
	t     *testing.T
	clock *hands
	d     *desk.Desk
	v     sales.Viewer // the seller
	boss  sales.Viewer // the owner
}

func newRoom(t *testing.T, people int) *room {
	t.Helper()
	w := storetest.NewWorld(t, storetest.Open(t), people)
	r := &room{World: w, t: t, clock: &hands{storetest.Now}, d: newDesk(w), v: w.Viewer()}
	r.d.Clock = r.clock
	r.boss = sales.Viewer{WorkspaceID: w.Workspace.ID, UserID: w.Owner.ID, Role: sales.RoleOwner}
	return r
}

func (r *room) tx(fn func(ctx context.Context, tx *store.Tx) error) {
	r.t.Helper()
	if err := r.InTx(r.t.Context(), func(tx *store.Tx) error { return fn(r.t.Context(), tx) }); err != nil {
		r.t.Fatal(err)
	}
}

// must gives v of a command that may not fail.
func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// timer lets everything begin that is due, as the runner does.
func (r *room) timer() {
	r.t.Helper()
	for {
		n := 0
		r.tx(func(ctx context.Context, tx *store.Tx) error {
			list, err := tx.DueEnrollments(ctx, r.Workspace.ID, r.clock.t, 100)
			if err != nil {
				return err
			}
			n = 0
			b := casework.New(tx, r.Workspace.ID)
			for _, e := range list {
				d, _, err := b.Decide(ctx, tx, e, sales.Event{Kind: sales.EvTimer, At: r.clock.t}, store.Subject{}, r.clock.t)
				if err != nil {
					return err
				}
				if d.Changed {
					n++
				}
			}
			return nil
		})
		if n == 0 {
			return
		}
	}
}

// sendAll lets everything in the outbox go, and gives the keys.
func (r *room) sendAll() (keys []string) {
	r.t.Helper()
	due := must[[]sales.Mailing](r.t)(r.DueMailings(r.t.Context(), r.Workspace.ID, r.Mailbox.ID, r.clock.t, 1000))
	for _, m := range due {
		r.tx(func(ctx context.Context, tx *store.Tx) error {
			m.RawID, m.HeaderID, m.To = tx.NewID(), m.ID.String()+"@brightmail.example", storetest.Address(0)
			if _, err := tx.BeginAttempt(ctx, m, []byte("raw"), r.clock.t); err != nil {
				return err
			}
			m.State, m.SentAt = sales.MailingSent, r.clock.t
			if _, err := tx.EndAttempt(ctx, m, sales.Attempt{ID: tx.NewID(), MailingID: m.ID, N: 1, Outcome: "sent"}); err != nil || m.EnrollmentID == 0 {
				return err
			}
			e, err := tx.Enrollment(ctx, m.WorkspaceID, m.EnrollmentID)
			if err != nil {
				return err
			}
			_, _, err = casework.New(tx, m.WorkspaceID).Decide(ctx, tx, e, sales.Event{Kind: sales.EvMailSent, At: r.clock.t, MailingID: m.ID, StepID: m.StepID}, store.Subject{}, r.clock.t)
			return err
		})
		keys = append(keys, m.Key)
	}
	return keys
}

// to moves the clock to the next timer of an enrollment, and lets it come.
func (r *room) to(e sales.Enrollment) {
	r.t.Helper()
	if at := r.enrollment(e).NextAt; !at.IsZero() {
		r.clock.t = at
	}
	r.timer()
}

func (r *room) enrollment(e sales.Enrollment) sales.Enrollment {
	r.t.Helper()
	return must[sales.Enrollment](r.t)(r.Enrollment(r.t.Context(), r.Workspace.ID, e.ID))
}

func (r *room) mailing(e sales.Enrollment, step int) sales.Mailing {
	r.t.Helper()
	return must[sales.Mailing](r.t)(r.MailingByKey(r.t.Context(), r.Workspace.ID, engine.MailKey(e.ID, r.Sequence.Steps[step].ID)))
}

func (r *room) tasks(i int) []sales.Task {
	r.t.Helper()
	return must[[]sales.Task](r.t)(r.OpenTasksOf(r.t.Context(), r.Workspace.ID, r.People[i].ID))
}

// only gives the one open task about a person.
func (r *room) only(i int, kind sales.TaskKind) sales.Task {
	r.t.Helper()
	list := r.tasks(i)
	if len(list) != 1 || list[0].Kind != kind {
		r.t.Fatalf("tasks: %+v", list)
	}
	return list[0]
}

func (r *room) person(i int) sales.Person {
	r.t.Helper()
	return must[sales.Person](r.t)(r.Person(r.t.Context(), r.boss, r.People[i].ID))
}

// answered is a message of a person, with its handoff.
func (r *room) answered(i int, intent sales.Intent) sales.Message {
	r.t.Helper()
	m := sales.Message{
		WorkspaceID: r.Workspace.ID, ID: r.NewID(), MailboxID: r.Mailbox.ID, PersonID: r.People[i].ID, ThreadID: r.NewID(), Direction: sales.Incoming,
		HeaderID: "in-" + r.People[i].ID.String() + "@brightwater.example", References: []string{"out@brightmail.example"}, InReplyTo: "out@brightmail.example", From: r.People[i].Email, FromName: "Marta Oliveira",
		To: r.Mailbox.Address, Subject: "Re: A question", Date: r.clock.t, ArrivedAt: r.clock.t, SeenAt: r.clock.t, Text: "Tell me more", FullText: "Tell me more\n\n> Hello", Folder: "INBOX",
		Verdict: sales.Verdict{Kind: sales.KindReply, Intent: intent, Confidence: 0.6, Reasons: []string{"asks for more"}},
	}
	r.tx(func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertThread(ctx, sales.Thread{WorkspaceID: m.WorkspaceID, ID: m.ThreadID, PersonID: m.PersonID, MailboxID: m.MailboxID, Subject: m.Subject, LastAt: m.ArrivedAt, LastHeader: m.HeaderID}); err != nil {
			return err
		}
		if _, err := tx.InsertMessage(ctx, m); err != nil {
			return err
		}
		p, err := tx.Person(ctx, m.WorkspaceID, m.PersonID)
		if err != nil {
			return err
		}
		w, err := tx.Workspace(ctx, m.WorkspaceID)
		if err != nil {
			return err
		}
		hours, err := casework.New(tx, m.WorkspaceID).SellerHours(ctx, r.Seller.ID)
		if err != nil {
			return err
		}
		a := engine.Arrive(p, m, w.Settings, hours, r.clock.t)
		if _, err := tx.ApplyPerson(ctx, a.Effects, a.Moves, store.Subject{Person: p, Message: m, Intent: intent, OwnerID: r.Seller.ID}, r.clock.t); err != nil {
			return err
		}
		live, err := tx.LiveEnrollments(ctx, m.WorkspaceID, p.ID)
		for _, e := range live {
			if _, _, err := casework.New(tx, m.WorkspaceID).Decide(ctx, tx, e, a.Event, store.Subject{Person: p}, r.clock.t); err != nil {
				return err
			}
		}
		return err
	})
	return m
}

func wantCode(t *testing.T, what string, err error, code sales.Code) {
	t.Helper()
	if sales.CodeOf(err) != code {
		t.Errorf("%s: want %q, have %v", what, code, err)
	}
}

// decideOn gives an event to an enrollment in a transaction.
func decideOn(ctx context.Context, tx *store.Tx, r *room, e sales.Enrollment, ev sales.Event) error {
	e, err := tx.Enrollment(ctx, r.Workspace.ID, e.ID)
	if err != nil {
		return err
	}
	_, _, err = casework.New(tx, r.Workspace.ID).Decide(ctx, tx, e, ev, store.Subject{}, ev.At)
	return err
}

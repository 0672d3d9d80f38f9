package runner

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/render"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Drain sends what may go from the outbox of a mailbox now, and says how many
// mails it handed over. It does nothing while another pass or node works on the
// mailbox.
func (r *Runner) Drain(ctx context.Context, ref store.MailboxRef) (int, error) {
	total := 0
	_, err := r.locked(ctx, ref.WorkspaceID, ref.MailboxID, func(ctx context.Context) error {
		if err := r.settle(ctx, ref); err != nil {
			return err
		}
		snippets, err := r.Store.Snippets(ctx, ref.WorkspaceID)
		if err != nil {
			return err
		}
		total, err = r.rounds(ctx, ref, &letters{snippets: render.SnippetsOf(snippets)}, r.paceOf(ref.MailboxID))
		return err
	})
	return total, err
}

// rounds sends round after round until nothing may go. While one is on the wire or
// being written down the next is made ready, and it goes while that one is written
// down, where neither can change what the other may do (mayOverlap).
func (r *Runner) rounds(ctx context.Context, ref store.MailboxRef, ls *letters, p *pace) (total int, err error) {
	last := &writing{}
	var x *round
	defer func() {
		if x != nil {
			x.free() // it was made ready and did not go: nothing of it is written down
		}
		if e := last.wait(); err == nil {
			err = e
		}
		total = last.sent
	}()
	for ctx.Err() == nil && !r.ending.Load() && !nearlyOver(ctx) {
		if x == nil {
			if err := last.wait(); err != nil {
				return 0, err
			}
			// What is known of sequences and settings is read anew for each round.
			if x, err = r.prepare(ctx, ref, ls, p.size, p.weight, nil); err != nil || x == nil {
				return 0, err
			}
		}
		this := x
		x = nil
		var more bool
		if x, more, err = r.send(ctx, ref, ls, p, this, last); err != nil || x == nil && !more {
			return 0, err
		}
	}
	return 0, ctx.Err()
}

// nearlyOver tells that a new round might not end before ctx does; the rest is
// for the next pass.
func nearlyOver(ctx context.Context) bool {
	end, ok := ctx.Deadline()
	return ok && time.Until(end) < time.Minute
}

// pace is how many mails are begun together. A server that is quick gets more, so
// that the database is asked seldom; one that is slow gets fewer, so that what is
// known of people is fresh when their mail goes, and a crash leaves few unknown.
type pace struct {
	size, least, most int
	weight            int64        // of a mail of the last round
	seen              atomic.Int64 // when the last pass began: seconds since 1970, of the wall clock
}

// paceOf is the pace that a mailbox had in its last pass; the caller has locked
// the mailbox.
func (r *Runner) paceOf(mailbox sales.ID) *pace {
	v, _ := r.paces.LoadOrStore(mailbox, &pace{size: min(2*r.conns(), r.batch()), least: r.conns(), most: r.batch(), weight: usualWeight})
	p := v.(*pace)
	p.seen.Store(r.wall().Unix())
	return p
}

// paceKept is how long the pace of a mailbox is remembered that no pass looks at:
// one that was removed, say, or that another node has. After it the mailbox begins
// as a new one does.
const paceKept = 24 * time.Hour

// forgetPaces forgets the paces of mailboxes that no pass has looked at for a day.
// A pass that runs meanwhile keeps its own.
func (r *Runner) forgetPaces() {
	old := r.wall().Add(-paceKept).Unix()
	r.paces.Range(func(mailbox, p any) bool {
		if p.(*pace).seen.Load() < old {
			r.paces.CompareAndDelete(mailbox, p)
		}
		return true
	})
}

// took is told how long the server was busy with the last round.
func (p *pace) took(d time.Duration) {
	switch {
	case d < 250*time.Millisecond:
		p.size = min(p.size*2, p.most)
	case d > time.Second:
		p.size = max(p.size/2, min(p.least, p.most))
	}
}

// freshFor is how long after the mailbox was read, and the gate asked, a mail may
// begin to go. What is later is asked again.
const freshFor = 2 * time.Second

// ourFault is the wait of a mail whose mailbox could not be read because we
// failed, not its server: the database was away, say, and is back soon.
const ourFault = 10 * time.Second

// candidates is how many due mailings are looked at to find n that may go: few
// are held, as a rule, and of many the next round has what is left.
func candidates(n int) int {
	if n >= 50 {
		return n
	}
	return n + n/4 + 8
}

func (r *Runner) batch() int {
	if r.Batch <= 0 {
		return 200
	}
	return r.Batch
}

// due gives what is to go now, how many of it at most, and whether it is all that
// is due. What a person wrote goes first and alone: no pace of the mailbox holds
// it.
func (r *Runner) due(ctx context.Context, mb sales.Mailbox, b *casework.Batch, size int, now time.Time) (list []sales.Mailing, room int, all bool, err error) {
	limit := candidates(size)
	byHand, err := r.Store.DueByHand(ctx, mb.WorkspaceID, mb.ID, now, limit)
	if err != nil || len(byHand) > 0 {
		return byHand, size, false, err
	}
	room = size
	if mb.State == sales.MailboxOK { // else the gate says why not
		if room, err = r.room(ctx, mb, b, now); err != nil || room <= 0 {
			return nil, 0, false, err
		}
	}
	limit = candidates(min(room, size))
	list, err = r.Store.DueMailings(ctx, mb.WorkspaceID, mb.ID, now, limit)
	return list, room, len(list) < limit, err
}

// room asks the limits of the mailbox. When it has none left for today, all
// that is due in it is held until it has.
func (r *Runner) room(ctx context.Context, mb sales.Mailbox, b *casework.Batch, now time.Time) (int, error) {
	place, err := b.SellerPlace(ctx, mb.UserID)
	if err != nil {
		return 0, err
	}
	cal, err := b.Calendar(ctx, sales.Sequence{})
	if err != nil {
		return 0, err
	}
	sent, err := casework.SentBy(ctx, r.Store, mb, now, place)
	if err != nil {
		return 0, err
	}
	n, hold := engine.Room(mb, sent, now, place, cal)
	if n > 0 || hold.Until.Equal(mb.NextSendAt) {
		return n, nil
	}
	return 0, r.Store.InTx(ctx, func(tx *store.Tx) error {
		return tx.HoldMailbox(ctx, mb.WorkspaceID, mb.ID, hold.Gate, hold.Why, hold.Until, now)
	})
}

// readFirst reads the mailbox up to now when somebody who was written to before is
// among those who are due, by this sequence or otherwise: an answer may wait there.
// It says whether it did; else it gives the people that it looked at.
func (r *Runner) readFirst(ctx context.Context, mb sales.Mailbox, due []sales.Mailing, letters map[sales.ID]sales.Letter) (map[sales.ID]sales.Person, bool, error) {
	if mb.State != sales.MailboxOK {
		return nil, false, nil // nothing of it will go
	}
	var first []sales.ID // who get the first mail of a sequence
	for _, m := range due {
		switch {
		case m.Kind == sales.MailingManual && letters[m.ID].Unless.IsZero():
		case m.FollowUp:
			return nil, true, r.Reader.ReadNow(ctx, mb)
		default:
			first = append(first, m.PersonID)
		}
	}
	people, err := r.Store.PeopleByID(ctx, mb.WorkspaceID, first)
	if err != nil {
		return nil, false, err
	}
	for _, p := range people {
		if !p.LastOutAt.IsZero() {
			return nil, true, r.Reader.ReadNow(ctx, mb)
		}
	}
	return people, false, nil
}

// hold writes down why mailings have not gone, and ends what will never go.
func (r *Runner) hold(ctx context.Context, ws sales.ID, holds []held, now time.Time) error {
	if len(holds) == 0 {
		return nil
	}
	return r.Store.InTx(ctx, func(tx *store.Tx) error {
		b := casework.New(tx, ws)
		for _, x := range holds {
			if x.stale {
				if _, err := tx.CancelMailing(ctx, ws, x.m.ID); err != nil {
					return err
				}
				continue
			}
			if !x.h.Never {
				if err := tx.HoldMailing(ctx, x.m, x.h.Gate, x.h.Why, x.h.Until); err != nil {
					return err
				}
				continue
			}
			if err := r.never(ctx, tx, b, x, now); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *Runner) never(ctx context.Context, tx *store.Tx, b *casework.Batch, x held, now time.Time) error {
	if x.m.EnrollmentID == 0 && x.h.Gate == sales.GateAnswer { // as if their word came in now
		if err := tx.StopLetters(ctx, x.m.WorkspaceID, x.m.PersonID, x.h.Why, now); err != nil {
			return err
		}
		return r.neverByHand(ctx, tx, x, now)
	}
	was, err := tx.CancelMailing(ctx, x.m.WorkspaceID, x.m.ID)
	if err != nil || !was && x.m.EnrollmentID == 0 {
		return err
	}
	if x.m.EnrollmentID == 0 {
		return r.neverByHand(ctx, tx, x, now)
	}
	e, err := tx.Enrollment(ctx, x.m.WorkspaceID, x.m.EnrollmentID)
	if err != nil {
		return err
	}
	ev := x.h.Event()
	ev.At = now
	_, _, err = b.Decide(ctx, tx, e, ev, store.Subject{}, now)
	return err
}

// neverByHand gives a mail that a person wrote back to them: it is a draft again,
// and a to-do says why it did not go.
func (r *Runner) neverByHand(ctx context.Context, tx *store.Tx, x held, now time.Time) error {
	if err := tx.DraftAgain(ctx, x.m.WorkspaceID, x.m.ID, now); err != nil {
		return err
	}
	_, err := tx.OpenTask(ctx, sales.Task{
		WorkspaceID: x.m.WorkspaceID, ID: tx.NewID(), Key: fmt.Sprintf("mailing/%d/fix", x.m.ID), Kind: sales.TaskFix, PersonID: x.m.PersonID,
		UserID: x.m.UserID, MailingID: x.m.ID, Title: "Your mail did not go: " + x.h.Why, CreatedAt: now, DueAt: now,
	})
	return err
}

// block gives a mailing back that cannot be made, with a to-do for the seller.
func (r *Runner) block(ctx context.Context, x parcel, now time.Time) error {
	return casework.Retry(func() error {
		return r.Store.InTx(ctx, func(tx *store.Tx) error {
			if ok, err := tx.CancelMailing(ctx, x.m.WorkspaceID, x.m.ID); err != nil || !ok {
				return err
			}
			if x.m.EnrollmentID == 0 {
				if err := tx.DraftAgain(ctx, x.m.WorkspaceID, x.m.ID, now); err != nil {
					return err
				}
				_, err := tx.OpenTask(ctx, sales.Task{
					WorkspaceID: x.m.WorkspaceID, ID: tx.NewID(), Key: fmt.Sprintf("mailing/%d/fix", x.m.ID), Kind: sales.TaskFix, PersonID: x.m.PersonID,
					UserID: x.m.UserID, MailingID: x.m.ID, Title: x.blocked, CreatedAt: now, DueAt: now,
				})
				return err
			}
			e, err := tx.Enrollment(ctx, x.m.WorkspaceID, x.m.EnrollmentID)
			if err != nil {
				return err
			}
			b := casework.New(tx, x.m.WorkspaceID)
			_, _, err = b.Decide(ctx, tx, e, sales.Event{Kind: sales.EvMailBlocked, At: now, MailingID: x.m.ID, StepID: x.m.StepID, Text: x.blocked}, store.Subject{}, now)
			return err
		})
	})
}

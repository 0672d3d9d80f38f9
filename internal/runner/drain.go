package runner

import (
	"context"
	"fmt"
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
		ls := &letters{snippets: render.SnippetsOf(snippets)}
		p := r.paceOf(ref.MailboxID)
		for ctx.Err() == nil && !r.ending.Load() && !nearlyOver(ctx) {
			// What is known of sequences and settings is read anew for each round.
			n, more, err := r.drainOnce(ctx, ref, casework.New(r.Store, ref.WorkspaceID), ls, p)
			total += n
			if err != nil || !more {
				return err
			}
		}
		return ctx.Err()
	})
	return total, err
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
type pace struct{ size, least, most int }

// paceOf is the pace that a mailbox had in its last pass; the caller has locked
// the mailbox.
func (r *Runner) paceOf(mailbox sales.ID) *pace {
	v, _ := r.paces.LoadOrStore(mailbox, &pace{size: min(2*r.conns(), r.batch()), least: r.conns(), most: r.batch()})
	return v.(*pace)
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
// are held, as a rule.
func candidates(n int) int { return n + n/4 + 8 }

// drainOnce is one round: gate, record, send, record. more says whether another
// round may find something at once.
func (r *Runner) drainOnce(ctx context.Context, ref store.MailboxRef, shared *casework.Batch, ls *letters, p *pace) (n int, more bool, err error) {
	now := r.Clock.Now()
	mb, err := r.Store.Mailbox(ctx, ref.WorkspaceID, ref.MailboxID)
	if err != nil {
		return 0, false, err
	}
	due, room, all, err := r.due(ctx, mb, shared, p.size, now)
	if err != nil || len(due) == 0 || room <= 0 {
		return 0, false, err
	}
	read, readErr := r.readFirst(ctx, mb, due)
	if readErr != nil && (ctx.Err() != nil || r.ending.Load()) {
		return 0, false, nil // the program stops, which is no reason to hold a mail
	}
	if read { // what was read may have stopped the mailbox
		if mb, err = r.Store.Mailbox(ctx, ref.WorkspaceID, ref.MailboxID); err != nil {
			return 0, false, err
		}
	}
	until := r.wall().Add(freshFor)
	parcels, holds, c, err := r.gate(ctx, mb, shared, due, readErr, now)
	if err != nil {
		return 0, false, err
	}
	want := min(room, p.size)
	full := len(parcels) > want
	if full {
		parcels = parcels[:want]
	}
	if err := r.hold(ctx, ref.WorkspaceID, holds, now); err != nil {
		return 0, false, err
	}
	if ls.threads, err = r.threads(ctx, ref.WorkspaceID, parcels); err != nil {
		return 0, false, err
	}
	ready := parcels[:0]
	for _, x := range parcels {
		if x, err = r.compose(ctx, shared, ls, mb, x); err != nil {
			return 0, false, err
		}
		if x.blocked != "" {
			if err := r.block(ctx, x, now); err != nil {
				return 0, false, err
			}
			continue
		}
		ready = append(ready, x)
	}
	r.at(PointGated)
	sent, kept, took, err := r.sendAll(ctx, mb, c, ready, now, until)
	p.took(took)
	byHand := due[0].Kind == sales.MailingManual
	again := full || kept > 0 || byHand || !all || len(holds) > 0 && len(ready) == 0
	return sent, again && sent+len(holds) > 0, err
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
// It says whether it did.
func (r *Runner) readFirst(ctx context.Context, mb sales.Mailbox, due []sales.Mailing) (bool, error) {
	if mb.State != sales.MailboxOK {
		return false, nil // nothing of it will go
	}
	var first []sales.ID // who get the first mail of a sequence
	for _, m := range due {
		switch {
		case m.Kind == sales.MailingManual:
		case m.FollowUp:
			return true, r.Reader.ReadNow(ctx, mb)
		default:
			first = append(first, m.PersonID)
		}
	}
	people, err := r.Store.PeopleByID(ctx, mb.WorkspaceID, first)
	if err != nil {
		return false, err
	}
	for _, p := range people {
		if !p.LastOutAt.IsZero() {
			return true, r.Reader.ReadNow(ctx, mb)
		}
	}
	return false, nil
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
	if _, err := tx.CancelMailing(ctx, x.m.WorkspaceID, x.m.ID); err != nil || x.m.EnrollmentID == 0 {
		return err
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

// block gives a mailing back that cannot be made, with a to-do for the seller.
func (r *Runner) block(ctx context.Context, x parcel, now time.Time) error {
	return casework.Retry(func() error {
		return r.Store.InTx(ctx, func(tx *store.Tx) error {
			if ok, err := tx.CancelMailing(ctx, x.m.WorkspaceID, x.m.ID); err != nil || !ok {
				return err
			}
			if x.m.EnrollmentID == 0 {
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

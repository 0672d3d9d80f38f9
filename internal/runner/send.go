package runner

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// outcome is what the server made of one mailing.
type outcome struct {
	parcel
	started time.Time
	receipt outbound.Receipt
	err     *outbound.Error // nil: it was taken
	kept    bool            // it was not handed over: it goes back to the queue
}

// send records that the mails of a round are about to go, hands them to the server,
// and records what became of them. It gives the next round when that was made ready
// meanwhile, and says whether another may find something.
func (r *Runner) send(ctx context.Context, ref store.MailboxRef, ls *letters, p *pace, x *round, last *writing) (next *round, more bool, err error) {
	if len(x.ready) == 0 {
		x.free()
		return nil, x.again(0, 0), nil
	}
	r.at(PointGated)
	begun, err := r.begin(ctx, x.caps, x.ready, x.now)
	if err != nil || len(begun) == 0 {
		x.free()
		return nil, x.again(0, 0), err
	}
	x.ready = begun
	r.at(PointBegun)
	ahead := r.lookAhead(ctx, ref, ls, p, x, last)
	began := r.wall()
	results := r.transmit(ctx, x.mb, begun, x.until)
	p.took(r.wall().Sub(began))
	p.weight = x.weight
	r.at(PointAccepted)
	sent, kept := 0, 0
	for _, o := range results {
		switch {
		case o.kept:
			kept++
		case o.err == nil:
			sent++
		}
	}
	err = last.wait()
	if ahead != nil && err == nil && sent == len(results) {
		last.begin(ctx, r, x, results)
	} else {
		// What came of it may hold up the next: a mailbox that is refused, say.
		e := r.write(ctx, x, results, last)
		if err == nil {
			err = e
		}
	}
	if ahead == nil {
		return nil, x.again(sent, kept), err
	}
	y := <-ahead
	if err == nil {
		err = y.err
	}
	if y.round != nil && (err != nil || sent < len(results)) {
		y.round.free()
		y.round = nil
	}
	return y.round, x.again(sent, kept), err
}

// begin commits, durably, the attempts. What left the queue meanwhile, because
// an answer came or a hand stopped it, is left out.
func (r *Runner) begin(ctx context.Context, c caps, parcels []parcel, now time.Time) ([]parcel, error) {
	var begun []parcel
	addresses, people := make([]string, 0, len(parcels)), make([]sales.ID, 0, len(parcels))
	for _, x := range parcels {
		addresses, people = append(append(addresses, x.p.Email), x.l.Others(x.p.Email)...), append(people, x.p.ID)
	}
	err := r.Store.InDurableTx(ctx, func(tx *store.Tx) error {
		begun = begun[:0]
		// Asked again inside: a suppression, or a mail that may be an answer, may have
		// come since the gate.
		suppressed, err := r.Store.SuppressedAmong(ctx, tx, parcels[0].m.WorkspaceID, addresses)
		if err != nil {
			return err
		}
		asked, err := r.Store.AskedAmong(ctx, tx, parcels[0].m.WorkspaceID, people)
		if err != nil {
			return err
		}
		var going []parcel
		for _, x := range parcels {
			if x.barred(suppressed) || asked[x.p.ID] && (x.m.Kind != sales.MailingManual || !x.l.Unless.IsZero()) {
				continue
			}
			going = append(going, x)
		}
		if going, err = r.besides(ctx, tx, going, now); err != nil {
			return err
		}
		if going, err = r.countAll(ctx, tx, c, going, now); err != nil {
			return err
		}
		list := make([]store.Beginning, len(going))
		for i, x := range going {
			list[i] = store.Beginning{Mailing: x.m, Raw: x.raw}
		}
		may, err := tx.BeginAttempts(ctx, list, now)
		if err != nil {
			return err
		}
		for i, x := range going {
			if !may[i] {
				if err := c.giveBack(ctx, tx, x.m, x.p); err != nil {
					return err
				}
				continue
			}
			x.m.Attempts++
			x.m.State, x.m.AttemptAt = sales.MailingSending, now
			begun = append(begun, x)
		}
		return nil
	})
	return begun, err
}

// barred tells whether one of those who would get a mail must not be written to.
func (x parcel) barred(suppressed map[string]store.Stop) bool {
	for _, a := range append(x.l.Others(x.p.Email), x.p.Email) {
		if _, no := suppressed[a]; no {
			return true
		}
	}
	return false
}

func (r *Runner) conns() int {
	if r.Conns <= 0 {
		return 4
	}
	return r.Conns
}

// transmit hands mails to the server over several connections. When one fails
// because of the mailbox, the others are kept back: a server that refuses us is
// not asked again for each.
func (r *Runner) transmit(ctx context.Context, mb sales.Mailbox, parcels []parcel, until time.Time) []outcome {
	out := make([]outcome, len(parcels))
	next := make(chan int)
	var shut atomic.Bool
	var wg sync.WaitGroup
	for range min(r.conns(), len(parcels)) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range next {
				if shut.Load() || ctx.Err() != nil || r.ending.Load() {
					out[i] = outcome{parcel: parcels[i], kept: true}
					continue
				}
				out[i] = r.transmitOne(ctx, mb, parcels[i], until)
				if err := out[i].err; err != nil && (err.OfMailbox() || err.Class() == sales.FailBlock) {
					shut.Store(true)
				}
			}
		}()
	}
	for i := range parcels {
		next <- i
	}
	close(next)
	wg.Wait()
	return out
}

// transmitOne hands over one mail. What is on the wire is waited for, also when
// ctx ends: to hang up would leave nobody knowing whether it went.
func (r *Runner) transmitOne(ctx context.Context, mb sales.Mailbox, x parcel, until time.Time) outcome {
	o := outcome{parcel: x, started: x.m.AttemptAt}
	env := outbound.Envelope{From: mb.Address, To: x.m.To, Also: x.l.Cc, Raw: x.raw}
	if x.m.Kind != sales.MailingManual {
		env.NotAfter = until
	}
	var err error
	o.receipt, err = r.Sender.Send(context.WithoutCancel(ctx), mb, env)
	if errors.Is(err, outbound.ErrLate) {
		o.kept = true
		return o
	}
	if err != nil && !errors.As(err, &o.err) {
		// Not of the sender's kind: nothing is known, so nothing is assumed.
		o.err = &outbound.Error{Stage: outbound.StageResult, Err: err}
	}
	return o
}

// retryAfter is the pause before attempt n+1 of a mail that was refused for now.
func retryAfter(n int) time.Duration {
	for i, d := range []time.Duration{5 * time.Minute, 15 * time.Minute, time.Hour, 4 * time.Hour} {
		if n <= i+1 {
			return d
		}
	}
	return 12 * time.Hour
}

const (
	// maxAttempts is after how many temporary refusals a mail counts as failed.
	maxAttempts = 8
	// maxBlocks is after how many refusals by policy, each of which pauses the
	// mailbox until a person lets it go on, the mail counts as failed: else one
	// strict server would stop a mailbox for good.
	maxBlocks = 3
)

// nextSend is when the mailbox may send again after a mail.
func nextSend(mb sales.Mailbox, last sales.ID, now time.Time) time.Time {
	if mb.Limits.GapMin <= 0 {
		return time.Time{}
	}
	return now.Add(calendar.Gap(mb.Limits, uint64(last)))
}

package runner

import (
	"context"
	"errors"
	"sync"
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
}

// sendAll records that the parcels are about to go, hands them to the server,
// and records what became of them. It says how many went.
func (r *Runner) sendAll(ctx context.Context, mb sales.Mailbox, parcels []parcel, now time.Time) (int, error) {
	if len(parcels) == 0 {
		return 0, nil
	}
	begun, err := r.begin(ctx, parcels, now)
	if err != nil || len(begun) == 0 {
		return 0, err
	}
	r.at(PointBegun)
	results := r.transmit(ctx, mb, begun)
	r.at(PointAccepted)
	// What has happened is written down even while the program is stopping.
	rec, stop := r.recording(ctx)
	defer stop()
	n, err := r.record(rec, mb, results)
	r.at(PointRecorded)
	return n, err
}

// begin commits, durably, the attempts. What left the queue meanwhile, because
// an answer came or a hand stopped it, is left out.
func (r *Runner) begin(ctx context.Context, parcels []parcel, now time.Time) ([]parcel, error) {
	var begun []parcel
	addresses := make([]string, 0, len(parcels))
	for _, x := range parcels {
		addresses = append(addresses, x.p.Email)
	}
	err := r.Store.InDurableTx(ctx, func(tx *store.Tx) error {
		begun = begun[:0]
		// Asked again inside: a suppression may have come since the gate.
		suppressed, err := r.Store.SuppressedAmong(ctx, tx, parcels[0].m.WorkspaceID, addresses)
		if err != nil {
			return err
		}
		for _, x := range parcels {
			if _, no := suppressed[x.p.Email]; no {
				continue
			}
			ok, err := tx.BeginAttempt(ctx, x.m, x.raw, now)
			if err != nil {
				return err
			}
			if ok {
				x.m.Attempts++
				x.m.State, x.m.AttemptAt = sales.MailingSending, now
				begun = append(begun, x)
			}
		}
		return nil
	})
	return begun, err
}

// transmit hands mails to the server over several connections.
func (r *Runner) transmit(ctx context.Context, mb sales.Mailbox, parcels []parcel) []outcome {
	out := make([]outcome, len(parcels))
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(max(r.Conns, 1), len(parcels)) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range next {
				out[i] = r.transmitOne(ctx, mb, parcels[i])
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

func (r *Runner) transmitOne(ctx context.Context, mb sales.Mailbox, x parcel) outcome {
	o := outcome{parcel: x, started: x.m.AttemptAt}
	var err error
	o.receipt, err = r.Sender.Send(ctx, mb, outbound.Envelope{From: mb.Address, To: x.p.Email, Raw: x.raw})
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

// maxAttempts is after how many temporary refusals a mail counts as failed.
const maxAttempts = 8

// nextSend is when the mailbox may send again after a mail.
func nextSend(mb sales.Mailbox, last sales.ID, now time.Time) time.Time {
	if mb.Limits.GapMin <= 0 {
		return time.Time{}
	}
	return now.Add(calendar.Gap(mb.Limits, uint64(last)))
}

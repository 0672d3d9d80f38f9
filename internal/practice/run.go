package practice

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"ninetyten/internal/sandbox"
	"ninetyten/internal/store"
)

// Run lets world and product run in real time, at the speed of the clock, until
// ctx ends.
func (p *Practice) Run(ctx context.Context) error {
	g, inner := errgroup.WithContext(ctx)
	g.Go(func() error { return p.App.Run(inner, p.l) })
	g.Go(func() error {
		p.World.Run(inner, p.Clock)
		return nil
	})
	if err := g.Wait(); err != nil && ctx.Err() == nil {
		return err
	}
	return nil
}

// RunFor is Run for a while; then what is on its way is settled and the summary
// made.
func (p *Practice) RunFor(ctx context.Context, d time.Duration) (sandbox.Summary, error) {
	inner, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	if err := p.Run(inner); err != nil {
		return sandbox.Summary{}, err
	}
	if err := p.readAll(ctx); err != nil {
		return sandbox.Summary{}, err
	}
	return p.Summary(ctx)
}

// Summary compares what the product knows with the world's truth.
func (p *Practice) Summary(ctx context.Context) (sandbox.Summary, error) {
	v, err := p.View(ctx)
	if err != nil {
		return sandbox.Summary{}, err
	}
	return p.World.Report(v), nil
}

// RunLockstep lets the world's clock jump from one event to the next, with the
// product done with everything that is due before the clock moves, until world
// time until. It drives the same passes that the jobs do, without their
// latency.
func (p *Practice) RunLockstep(ctx context.Context, until time.Time) error {
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	g, inner := errgroup.WithContext(inner)
	g.Go(func() error { return p.App.Serve(inner, p.l) })
	g.Go(func() error { return p.App.Watchers.Run(inner) })
	g.Go(func() error {
		defer cancel()
		for inner.Err() == nil && p.Clock.Now().Before(until) {
			if err := p.settle(inner); err != nil {
				return err
			}
			next, err := p.nextAt(inner, until)
			if err != nil {
				return err
			}
			p.Clock.Advance(next)
			p.World.RunDue(inner, p.Clock.Now())
		}
		return nil
	})
	err := g.Wait()
	if ctx.Err() == nil && errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// settle lets the product do everything that is due now.
func (p *Practice) settle(ctx context.Context) error {
	if err := p.readAll(ctx); err != nil {
		return err
	}
	for {
		n, err := p.App.Runner.Absences(ctx, p.ws.ID)
		if err != nil {
			return err
		}
		begun, err := p.App.Runner.Advance(ctx, p.ws.ID)
		if err != nil {
			return err
		}
		n += begun
		boxes, err := p.App.Store.MailboxesWithDue(ctx, p.ws.ID, p.Clock.Now())
		if err != nil {
			return err
		}
		for _, b := range boxes {
			sent, err := p.App.Runner.Drain(ctx, b)
			if err != nil {
				return err
			}
			n += sent
			if sent > 0 {
				if _, err := p.App.Runner.File(ctx, b); err != nil {
					return err
				}
			}
		}
		n += p.World.RunDue(ctx, p.Clock.Now())
		if n == 0 {
			return nil
		}
		if err := p.readAll(ctx); err != nil {
			return err
		}
	}
}

// readAll reads every mailbox up to now.
func (p *Practice) readAll(ctx context.Context) error {
	boxes, err := p.App.Store.Mailboxes(ctx, p.ws.ID)
	if err != nil {
		return err
	}
	for _, mb := range boxes {
		if err := p.App.Watchers.ReadNow(ctx, mb); err != nil {
			return err
		}
	}
	return nil
}

// nextAt is the next moment at which something happens: a buyer acts, a timer
// of the product comes, a mail may go.
func (p *Practice) nextAt(ctx context.Context, until time.Time) (time.Time, error) {
	next, now := until, p.Clock.Now()
	sooner := func(t time.Time) {
		if t.After(now) && t.Before(next) {
			next = t
		}
	}
	if at, ok := p.World.NextAt(); ok {
		sooner(at)
	}
	st := p.App.Store
	at, err := st.NextTimer(ctx, p.ws.ID)
	if err != nil {
		return next, err
	}
	sooner(at)
	if at, err = st.NextAbsence(ctx, p.ws.ID); err != nil {
		return next, err
	}
	sooner(at)
	boxes, err := st.Mailboxes(ctx, p.ws.ID)
	if err != nil {
		return next, err
	}
	for _, mb := range boxes {
		at, err := st.NextMailing(ctx, p.ws.ID, mb.ID)
		if err != nil {
			return next, err
		}
		if !at.IsZero() && at.Before(mb.NextSendAt) {
			at = mb.NextSendAt
		}
		sooner(at)
	}
	return next, nil
}

// Boxes names the mailboxes of the practice world.
func (p *Practice) Boxes(ctx context.Context) ([]store.MailboxRef, error) {
	list, err := p.App.Store.Mailboxes(ctx, p.ws.ID)
	var out []store.MailboxRef
	for _, mb := range list {
		out = append(out, store.MailboxRef{WorkspaceID: mb.WorkspaceID, MailboxID: mb.ID})
	}
	return out, err
}

package invariants

import (
	"context"
	"time"
)

// live lets the world pass: a time of trouble, and then one in which nobody
// interferes, after which everything must have ended.
func (w *world) live(ctx context.Context) error {
	if err := w.build(ctx); err != nil {
		return err
	}
	w.planAll()
	for w.clock.real().Before(w.end) && !w.over() {
		if err := w.step(ctx); err != nil {
			return err
		}
	}
	if w.over() {
		return nil
	}
	return w.calm(ctx)
}

// over tells that enough has failed.
func (w *world) over() bool { return len(w.failures) >= maxFailures }

// step lets time pass until something happens, lets it happen, lets the product
// work, and looks at what came of it.
func (w *world) step(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w.nSteps++
	if err := w.pass(ctx); err != nil {
		return err
	}
	for {
		x, ok := w.plans.due(w.clock.real())
		if !ok {
			break
		}
		if err := x.do(ctx); err != nil {
			return err
		}
	}
	if err := w.hear(ctx); err != nil {
		return err
	}
	if err := w.pulse(ctx); err != nil {
		return err
	}
	return w.look(ctx)
}

// pass lets time pass until the next thing is due, or a little longer.
func (w *world) pass(ctx context.Context) error {
	now := w.clock.real()
	next := now.Add(24 * time.Hour)
	sooner := func(t time.Time) {
		if t.Before(next) {
			next = t
		}
	}
	if at, ok := w.plans.next(); ok {
		sooner(at)
	}
	timer, err := w.st.NextTimer(ctx, w.ws)
	if err != nil {
		return err
	}
	if !timer.IsZero() {
		sooner(w.clock.trueOf(timer))
	}
	boxes, err := w.st.Mailboxes(ctx, w.ws)
	if err != nil {
		return err
	}
	for _, mb := range boxes {
		due, err := w.st.NextMailing(ctx, w.ws, mb.ID)
		if err != nil {
			return err
		}
		if mb.NextSendAt.After(due) && !due.IsZero() {
			due = mb.NextSendAt
		}
		if !due.IsZero() {
			sooner(w.clock.trueOf(due))
		}
	}
	// A due moment that has come and led to nothing is looked at again a second
	// later; in a big world many things are done at once.
	if least := now.Add(w.tick()); next.Before(least) {
		next = least
	}
	if w.dice.chance(0.05) {
		next = next.Add(w.dice.between(0, 90*time.Minute)) // the machine was off for a while
	}
	w.clock.to(next)
	return nil
}

// tick is the shortest step of time.
func (w *world) tick() time.Duration {
	switch {
	case w.Enrollments < 500:
		return time.Second
	case w.Enrollments < 5000:
		return 10 * time.Minute
	}
	return 15 * time.Minute
}

// hear lets the watchers read what is new, unless they are deaf at the moment.
func (w *world) hear(ctx context.Context) error {
	for _, b := range w.list {
		if b.deaf || b.down {
			continue
		}
		if err := w.readBox(ctx, b); err != nil {
			return err
		}
		if !b.lost && w.dice.chance(0.3) {
			if err := w.readFolder(ctx, b, &b.filed, sentFolder()); err != nil {
				return err
			}
		}
	}
	return nil
}

package invariants

import (
	"context"
	"fmt"
	"slices"
	"time"

	"ninetyten/internal/inbound"
	"ninetyten/internal/runner"
	"ninetyten/internal/store"
)

func sentFolder() inbound.Folder { return inbound.Folder{Name: "Sent", Role: inbound.RoleSent} }

// crashed is what a node that dies panics with.
type crashed struct{ point string }

// passed implements runner.Runner.Crash: the machinery passes a point.
func (w *world) passed(point string) {
	if point == runner.PointAccepted && w.dead {
		panic(crashed{"on the wire"})
	}
	if w.deadline > 0 {
		if w.deadline--; w.deadline == 0 {
			panic(crashed{point})
		}
	}
	if point == runner.PointRecorded {
		w.recorded()
	}
}

// maybeDie lets the node die at a point of ours.
func (w *world) maybeDie(point string) {
	if w.deadline > 0 {
		if w.deadline--; w.deadline == 0 {
			panic(crashed{point})
		}
	}
}

// survive runs a piece of the machinery. When its node dies meanwhile, another one
// takes over; alive tells that it did not.
func (w *world) survive(what string, fn func() error) (alive bool, err error) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		c, ok := r.(crashed)
		if !ok {
			panic(r)
		}
		w.count("crashes")
		w.count("crashes: " + c.point)
		w.noteAll("the node dies during %s: %s", what, c.point)
		for _, x := range w.round {
			w.note(x.p, "the node dies before it is recorded that step %d went", x.step)
			if x.known {
				x.box.counts.add(w.day(), countMaybe, 1)
			}
		}
		w.round, w.bounced = nil, nil
		for _, b := range w.list {
			b.stops = "" // nobody knows of it
		}
		w.restart()
		if w.dice.chance(0.8) { // else the leases of the dead node are still there for a while
			w.clock.to(w.clock.real().Add(16 * time.Second))
		}
	}()
	return true, fn()
}

// pulse lets the machinery do what is due, as runner.Pulse asks for it.
func (w *world) pulse(ctx context.Context) error {
	if w.trouble > 0 && w.dice.chance(0.02*w.trouble) {
		if w.deadline = w.dice.from(1, 12); w.dice.chance(0.3) {
			w.deadline, w.dieWithin = 0, w.dice.from(1, 6)
		}
	}
	for round := 0; ; round++ {
		did, err := w.once(ctx)
		if err != nil || !did {
			return err
		}
		if round > 200 {
			w.fail(nil, "the machinery does not come to rest")
			return nil
		}
	}
}

// once looks for due work and does it; did tells that there may be more at once.
func (w *world) once(ctx context.Context) (did bool, err error) {
	if len(w.absences) > 0 {
		alive, err := w.survive("absences", func() error {
			n, err := w.run.Absences(ctx, w.ws)
			w.events += n
			return err
		})
		if err != nil || !alive {
			return true, err
		}
	}
	alive, err := w.survive("count anew", func() error {
		n, err := w.run.Recount(ctx, w.ws)
		w.events += n
		return err
	})
	if err != nil || !alive {
		return true, err
	}
	alive, err = w.survive("advance", func() error {
		n, err := w.run.Advance(ctx, w.ws)
		w.events += n
		did = did || n > 0
		return err
	})
	if err != nil || !alive {
		return true, err
	}
	now := w.clock.Now()
	due, err := w.st.MailboxesWithDue(ctx, w.ws, now)
	if err != nil {
		return false, err
	}
	stuck, err := w.st.MailboxesWithOpen(ctx, w.ws, w.clock.real())
	if err != nil {
		return false, err
	}
	seen, err := w.st.MailboxesWithSeen(ctx, w.ws)
	if err != nil {
		return false, err
	}
	drained := map[store.MailboxRef]bool{}
	for _, ref := range slices.Concat(due, stuck, seen) {
		if drained[ref] {
			continue
		}
		drained[ref] = true
		alive, err := w.survive("drain", func() error {
			n, err := w.run.Drain(ctx, ref)
			did = did || n > 0
			return err
		})
		if err != nil {
			return false, fmt.Errorf("drain: %w", err)
		}
		if !alive {
			return true, nil
		}
	}
	if err := w.fileSent(ctx); err != nil || did {
		return did, err
	}
	// What was settled may have led to a timer for now.
	timer, err := w.st.NextTimer(ctx, w.ws)
	return !timer.IsZero() && !timer.After(w.clock.Now()), err
}

// fileSent lets the machinery put what was sent into Sent.
func (w *world) fileSent(ctx context.Context) error {
	if w.Enrollments > 500 && !w.dice.chance(0.05) {
		return nil
	}
	return w.fileAll(ctx)
}

func (w *world) fileAll(ctx context.Context) error {
	refs, err := w.st.MailboxesToAppend(ctx, w.ws)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		alive, err := w.survive("file", func() error {
			_, err := w.run.File(ctx, ref)
			if w.boxes[ref.MailboxID].lost {
				return nil // it is tried again
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("file: %w", err)
		}
		if !alive {
			return nil
		}
	}
	return nil
}

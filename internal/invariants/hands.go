package invariants

import (
	"context"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// did tells whether a command was done. That it was refused with a reason is no
// failure: people command what cannot be. An error of the program is one.
func (w *world) did(name string, err error) (bool, error) {
	w.events++
	switch code := sales.CodeOf(err); {
	case err == nil:
		w.count("commands: " + name)
		return true, nil
	case code == sales.Internal || code == "":
		return false, err
	default:
		w.count("commands refused")
		return false, nil
	}
}

// tell gives an event to an enrollment, for what no command of the desk does.
func (w *world) tell(ctx context.Context, e *enrollment, ev sales.Event) error {
	now := w.clock.Now()
	ev.At = now
	w.events++
	w.touched[e] = true
	return casework.Retry(func() error {
		return w.st.InTx(ctx, func(tx *store.Tx) error {
			x, err := tx.Enrollment(ctx, w.ws, e.id)
			if err != nil {
				return err
			}
			_, _, err = casework.New(tx, w.ws).Decide(ctx, tx, x, ev, store.Subject{Person: e.p.Person}, now)
			return err
		})
	})
}

// enroll puts people into a sequence, and learns who is in it.
func (w *world) enroll(ctx context.Context, q *sequence, people []*person) error {
	ids := make([]sales.ID, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	_, err := w.desk.Enroll(ctx, w.boss, q.ID, ids)
	if ok, err := w.did("put people in", err); !ok {
		return err
	}
	return w.find(ctx, q)
}

// find learns of the enrollments of a sequence that are new.
func (w *world) find(ctx context.Context, q *sequence) error {
	for {
		list, err := w.st.EnrollmentsIn(ctx, w.ws, q.ID, q.after, 500)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, x := range list {
			p := w.byPerson[x.PersonID]
			e := &enrollment{id: x.ID, at: x.EnrolledAt, p: p, q: q, box: w.boxes[x.MailboxID], got: map[int]mailed{}, approved: map[int]bool{}}
			if before := p.newest(q); before != nil && before.alive() {
				before.end("put into the same sequence again")
				w.touched[before] = true
			}
			p.ens, q.list, w.ofID[x.ID] = append(p.ens, e), append(q.list, e), e
			w.enrolled++
			w.touched[e] = true
			w.note(p, "is put into %s as enrollment %d", q.Name, x.ID)
			p.decided()
		}
		q.after = list[len(list)-1].ID
	}
}

// someone gives an enrollment that has not ended; nil when there is none.
func (w *world) someone() *enrollment {
	for range 30 {
		q := one(w.dice, w.sequences...)
		if len(q.list) == 0 {
			continue
		}
		if e := one(w.dice, q.list...); e.alive() {
			return e
		}
	}
	return nil
}

// steer commands something about one enrollment.
func (w *world) steer(ctx context.Context, e *enrollment) error {
	d := w.dice
	until := time.Time{}
	if d.chance(0.5) {
		until = w.clock.Now().Add(d.between(time.Hour, 400*time.Hour))
	}
	w.steered(e.p)
	switch d.n(16) {
	case 0, 1, 9:
		ok, err := w.did("pause", w.desk.PauseEnrollment(ctx, w.boss, e.id, until))
		if ok {
			w.note(e.p, "enrollment %d is paused until %s", e.id, until)
			e.held("paused by hand", until)
		}
		return err
	case 2, 3, 10, 11, 12:
		return w.resume(ctx, e)
	case 4:
		ok, err := w.did("stop", w.desk.StopEnrollment(ctx, w.boss, e.id))
		if ok {
			w.note(e.p, "enrollment %d is stopped", e.id)
			e.end("stopped by hand")
		}
		return err
	case 5:
		ok, err := w.did("remove", w.desk.RemoveEnrollment(ctx, w.boss, e.id))
		if ok {
			w.note(e.p, "enrollment %d is removed", e.id)
			e.end("removed by hand")
		}
		return err
	case 6, 13, 14:
		return w.move(ctx, e)
	case 7:
		ok, err := w.did("buyer moved", w.desk.BuyerMoved(ctx, w.boss, e.p.ID, "filled in the form"))
		if ok {
			w.note(e.p, "the buyer moves")
		}
		return err
	default:
		ok, err := w.did("not now", second(w.desk.NotNow(ctx, w.boss, e.p.ID, until)))
		if ok {
			w.note(e.p, "not now, until %s", until)
			for _, x := range e.p.ens {
				if x.alive() {
					x.held("not now", until)
				}
			}
		}
		return err
	}
}

// resume lets an enrollment go on by hand.
func (w *world) resume(ctx context.Context, e *enrollment) error {
	ok, err := w.did("resume", w.desk.ResumeEnrollment(ctx, w.boss, e.id))
	if ok {
		w.note(e.p, "enrollment %d is resumed", e.id)
		e.p.decided()
		e.free()
	}
	w.steered(e.p)
	return err
}

// move puts an enrollment before another step, or on another track. Who is paused
// stays so.
func (w *world) move(ctx context.Context, e *enrollment) error {
	d := w.dice
	if d.chance(0.5) && len(e.q.Steps) > 0 {
		step := one(d, e.q.Steps...).ID
		_, err := w.did("move", second(w.desk.Bulk(ctx, w.boss, e.q.ID, desk.BulkCommand{Kind: desk.BulkMove, StepID: step, IDs: []sales.ID{e.id}})))
		w.note(e.p, "enrollment %d is moved to step %d", e.id, e.q.numbers[step])
		e.p.decided()
		return err
	}
	t := one(d, sales.Tracks()...)
	w.count("commands: change the track")
	w.note(e.p, "enrollment %d is put on the %s track", e.id, t)
	e.p.decided()
	return w.tell(ctx, e, sales.Event{Kind: sales.EvTrack, Actor: sales.BySeller, Track: t})
}

// bulk does something to many enrollments of a sequence at once, and sometimes takes
// it back.
func (w *world) bulk(ctx context.Context) error {
	q := one(w.dice, w.sequences...)
	var list []*enrollment
	var ids []sales.ID
	for _, e := range q.list {
		if e.alive() && len(list) < 40 && w.dice.chance(0.3) {
			list, ids = append(list, e), append(ids, e.id)
		}
	}
	if len(list) == 0 {
		return nil
	}
	before, err := w.st.EnrollmentsByID(ctx, w.ws, ids)
	if err != nil {
		return err
	}
	c := desk.BulkCommand{Kind: one(w.dice, desk.BulkPause, desk.BulkPause, desk.BulkStop, desk.BulkRemove), IDs: ids}
	undo, err := w.desk.Bulk(ctx, w.boss, q.ID, c)
	if ok, err := w.did("bulk: "+string(c.Kind), err); !ok {
		return err
	}
	holds := map[*enrollment]enrollment{}
	for _, e := range list {
		holds[e] = *e
		w.note(e.p, "bulk: %s", c.Kind)
		w.steered(e.p)
		if c.Kind == desk.BulkPause {
			e.held("paused by hand", time.Time{})
		} else {
			e.end(inBulk)
		}
	}
	if w.dice.chance(0.4) || undo.Undo.Token == "" {
		return nil
	}
	w.plans.add(w.clock.real().Add(w.dice.between(time.Second, 70*time.Minute)), func(ctx context.Context) error {
		return w.undoBulk(ctx, undo.Undo.Token, list, before, holds)
	})
	return nil
}

// inBulk is why an enrollment ended that may be taken back.
const inBulk = "stopped in bulk"

// undoBulk takes a bulk action back. Who has not changed since stands as before. It
// is no word about what they have answered since.
func (w *world) undoBulk(ctx context.Context, token string, list []*enrollment, before map[sales.ID]sales.Enrollment, holds map[*enrollment]enrollment) error {
	undone := w.desk.Undo(ctx, w.boss, token)
	if _, err := w.did("take a bulk action back", undone); err != nil || undone != nil && sales.CodeOf(undone) != sales.Conflict {
		return err
	}
	for _, e := range list {
		x, err := w.st.Enrollment(ctx, w.ws, e.id)
		if err != nil {
			return err
		}
		w.note(e.p, "the bulk action is taken back: %s %s", x.State, x.Reason)
		w.steered(e.p)
		if !x.State.Alive() || w.suppressed[e.p.Email] != "" {
			continue
		}
		if was := before[e.id]; x.State == was.State || x.State == sales.Active {
			if e.over != "" && e.over == inBulk {
				e.over, e.seen.State = "", x.State
			}
			e.hold, e.until = holds[e].hold, holds[e].until
		}
	}
	return nil
}

// second drops the first of two results.
func second[T any](_ T, err error) error { return err }

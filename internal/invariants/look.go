package invariants

import (
	"cmp"
	"context"
	"slices"
	"time"

	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
)

// look looks at the enrollments that something happened to, and at some others:
// each has ended, or says what it waits for.
func (w *world) look(ctx context.Context) error {
	var list []*enrollment
	for e := range w.touched {
		if e.alive() || e.seen.State.Alive() {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b *enrollment) int { return cmp.Compare(a.id, b.id) })
	clear(w.touched)
	list = append(list, w.others(24)...)
	return w.lookAt(ctx, list, true)
}

// others gives the next n enrollments in turn that have not ended.
func (w *world) others(n int) []*enrollment {
	var all int
	for _, q := range w.sequences {
		all += len(q.list)
	}
	var out []*enrollment
	for range min(n, all) {
		if w.turn >= all {
			w.turn = 0
		}
		i := w.turn
		w.turn++
		for _, q := range w.sequences {
			if i < len(q.list) {
				if q.list[i].alive() || q.list[i].seen.State.Alive() {
					out = append(out, q.list[i])
				}
				break
			}
			i -= len(q.list)
		}
	}
	return out
}

// lookAt reads enrollments and checks each. rested tells that the machinery has done
// all that was due.
func (w *world) lookAt(ctx context.Context, list []*enrollment, rested bool) error {
	ids := make([]sales.ID, 0, len(list))
	for _, e := range list {
		ids = append(ids, e.id)
	}
	if len(ids) == 0 {
		return nil
	}
	rows, err := w.st.EnrollmentsByID(ctx, w.ws, ids)
	if err != nil {
		return err
	}
	for _, e := range list {
		now, ok := rows[e.id]
		if !ok {
			w.fail(e.p, "enrollment %d is gone", e.id)
			continue
		}
		w.checks++
		if rested {
			w.overdue(e, now)
		}
		if err := w.standing(ctx, e, now, rested); err != nil {
			return err
		}
	}
	return nil
}

// standing checks where an enrollment stands.
func (w *world) standing(ctx context.Context, e *enrollment, now sales.Enrollment, rested bool) error {
	was := e.seen
	e.seen = now
	if rested {
		w.onItsDay(e, was, now)
	}
	if was.Version == now.Version && was.ID != 0 && w.dice.chance(0.97) {
		return nil // it was looked at as it stands
	}
	if was.State != now.State || was.Reason != now.Reason || was.Position != now.Position || was.Track != now.Track {
		w.note(e.p, "enrollment %d is %s %s at %d of %s, next %s", e.id, now.State, now.Reason, now.Position, now.Track.OrMain(), now.NextAt.Format("2006-01-02 15:04:05"))
	}
	if e.unsettled && now.Mails >= len(e.got) {
		e.unsettled = false
	}
	switch {
	case was.ID != 0 && !was.State.Alive() && now.State.Alive():
		w.fail(e.p, "enrollment %d had ended (%s) and is %s again", e.id, was.State, now.State)
	case e.over != "" && now.State.Alive():
		w.fail(e.p, "enrollment %d goes on (%s) after its end: %s", e.id, now.State, e.over)
	case now.State.Alive() && !e.unsettled && now.Mails < len(e.got):
		w.fail(e.p, "enrollment %d got %d mails, and counts %d", e.id, len(e.got), now.Mails)
	}
	if !now.State.Alive() {
		if now.Reason == "" {
			w.fail(e.p, "enrollment %d is %s and does not say why", e.id, now.State)
		}
		e.end(string(now.State) + ": " + string(now.Reason))
	}
	err := w.waitsFor(ctx, e, now)
	moved := was.State != now.State || was.Reason != now.Reason || was.Awaiting != now.Awaiting || was.Position != now.Position
	if err != nil || !now.State.Alive() || !moved && !w.dice.chance(0.05) {
		return err
	}
	return w.saysWhy(ctx, e, now)
}

// onItsDay checks that a step which waits for a working day waits long enough, and one
// that has just begun by itself did: by the days as they are now. Of somebody who
// moved, or whose zone is that of whoever looks after them, it is not known by which
// days they wait.
func (w *world) onItsDay(e *enrollment, was, now sales.Enrollment) {
	waits := now.State == sales.Active && !now.Awaiting && !now.NextAt.IsZero()
	began := was.ID != 0 && was.State == sales.Active && !was.Awaiting && now.Awaiting && was.Position == now.Position && was.Track == now.Track
	if !waits && !began || !now.AnchorAt.IsZero() || now.Position >= len(e.q.Steps) || e.p.movedHouse || e.p.Zone+e.p.acct.Zone == "" {
		return
	}
	d := e.q.Steps[now.Position].Delay
	if d.Unit != sales.WorkingDays || d.N == 0 || e.q.Steps[now.Position].Track.OrMain() != now.Track.OrMain() {
		return
	}
	windows, holidays, off := w.settings.Windows, w.settings.Holidays, true
	if s := w.schedules[e.q.ScheduleID]; s != nil {
		windows, holidays, off = s.Windows, s.Holidays, s.DaysOff
	}
	country, part := where(e.p)
	zone := w.zoneOf(e.p.Zone, e.p.acct.Zone)
	last, at := now.LastStepAt.In(zone), w.clock.Now().In(zone)
	if waits {
		at = now.NextAt.In(zone)
	}
	n := 0
	for day := time.Date(last.Year(), last.Month(), last.Day()+1, 12, 0, 0, 0, zone); n < d.N && day.Format(time.DateOnly) <= at.Format(time.DateOnly); day = day.AddDate(0, 0, 1) {
		if w.workday(day, windows, off, holidays, country, part) {
			n++
		}
	}
	w.count("looks at a wait for working days")
	if n < d.N {
		w.fail(e.p, "enrollment %d is to do step %d at %s, %d working days after %s; its delay is %d", e.id, e.q.numbers[e.q.Steps[now.Position].ID], at, n, last, d.N)
	}
}

// saysWhy checks that the product says what an enrollment waits for.
func (w *world) saysWhy(ctx context.Context, e *enrollment, now sales.Enrollment) error {
	hold, err := w.desk.WhyNotYet(ctx, w.boss, e.id)
	if err != nil {
		return err
	}
	if hold.Why == "" || hold.Change == "" && hold.Gate != "" {
		w.fail(e.p, "enrollment %d is %s and does not say why not yet: %+v", e.id, now.State, hold)
	}
	return nil
}

// overdue checks that a timer that has come was heeded.
func (w *world) overdue(e *enrollment, now sales.Enrollment) {
	if now.State.Alive() && !now.NextAt.IsZero() && !now.NextAt.After(w.clock.Now()) && !w.dead {
		w.fail(e.p, "enrollment %d is %s, its time came at %s, and nothing happened", e.id, now.State, now.NextAt)
	}
}

// waitsFor checks that there is something that an enrollment waits for.
func (w *world) waitsFor(ctx context.Context, e *enrollment, now sales.Enrollment) error {
	step := now.Position < len(e.q.Steps)
	switch now.State {
	case sales.Pending:
		if e.q.State == sales.SequenceRunning {
			w.fail(e.p, "enrollment %d is pending, and its sequence runs", e.id)
		}
	case sales.Paused:
		// A pause that ends while the sequence does not run is asked again every hour.
		if now.Reason == "" || !now.NextAt.Equal(now.Until) && e.q.State == sales.SequenceRunning && now.NextAt.Sub(w.clock.Now()) > 3*time.Hour {
			w.fail(e.p, "enrollment %d is paused (%q) until %s, and wakes at %s", e.id, now.Reason, now.Until, now.NextAt)
		}
	case sales.WaitingThem:
		if now.NextAt.IsZero() {
			w.fail(e.p, "enrollment %d waits for them for ever", e.id)
		}
	case sales.WaitingHuman:
		return w.hasTask(ctx, e, now)
	case sales.Active:
		switch {
		case !e.q.Anchor.IsZero() && now.AnchorAt.IsZero():
			w.fail(e.p, "enrollment %d of a date sequence goes on without a date", e.id)
		case !now.Awaiting && now.NextAt.IsZero():
			w.fail(e.p, "enrollment %d is active and waits for nothing", e.id)
		case now.Awaiting && !step:
			w.fail(e.p, "enrollment %d awaits a step that there is not", e.id)
		case now.Awaiting:
			return w.hasMail(ctx, e, now)
		}
	}
	return nil
}

// hasTask checks that there is something to do for a person whom an enrollment
// waits for.
func (w *world) hasTask(ctx context.Context, e *enrollment, now sales.Enrollment) error {
	tasks, err := w.st.OpenTasksOf(ctx, w.ws, e.p.ID)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		switch {
		case now.Reason == sales.WaitAnswer && (t.Kind == sales.TaskAnswer || t.Kind == sales.TaskReferral || t.Kind == sales.TaskConfirm):
			return nil
		case t.EnrollmentID == e.id && now.Position < len(e.q.Steps) && t.StepID == e.q.Steps[now.Position].ID && t.Kind != sales.TaskFix && t.Kind != sales.TaskDecide:
			return nil
		}
	}
	w.fail(e.p, "enrollment %d waits for a person (%s), who has nothing to do; %d tasks are open", e.id, now.Reason, len(tasks))
	return nil
}

// hasMail checks that the mail which an enrollment waits for is on its way, and
// says why not yet.
func (w *world) hasMail(ctx context.Context, e *enrollment, now sales.Enrollment) error {
	m, err := w.st.MailingByKey(ctx, w.ws, engine.MailKey(e.id, e.q.Steps[now.Position].ID))
	if sales.CodeOf(err) == sales.NotFound {
		w.fail(e.p, "enrollment %d waits for a mail that there is not", e.id)
		return nil
	}
	if err != nil {
		return err
	}
	at := w.clock.Now()
	switch {
	case m.State == sales.MailingSending: // its node died; it is settled when the lease is over
	case m.State != sales.MailingQueued:
		w.fail(e.p, "enrollment %d waits for a mail that is %s", e.id, m.State)
	case m.DueAt.After(at) && m.HoldWhy == "" && m.DueAt.Sub(at) > time.Minute && !w.clock.shown(m.DueAt):
		w.fail(e.p, "the mail of enrollment %d waits until %s and does not say why", e.id, m.DueAt)
	}
	return nil
}

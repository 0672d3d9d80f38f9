package casework

import (
	"cmp"
	"context"
	"slices"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Away is what waits while a seller is away, worked out and not done.
type Away struct {
	Absence     sales.Absence
	Enrollments []AwayItem // in the order in which they come back
	Tasks       []AwayItem
	Place       calendar.Place // where the seller works
}

// AwayItem is an enrollment or a task that waits.
type AwayItem struct {
	ID     sales.ID
	Moment time.Time // when it would have come
	Back   time.Time // when it comes; of a task that is left alone, until when it was put off
	Mail   bool      // the next thing is a mail
	is     time.Time // until when it waits as it stands; zero is not
}

// Done tells whether it waits already, until the right moment.
func (x AwayItem) Done() bool { return x.is.Equal(x.Back) }

// awayPage is how many rows are read at once.
const awayPage = 1000

// WhileAway works out what waits for a seller during an absence and when it comes
// back, by engine.ComeBack. With an absence that is still to come it goes by how
// things stand now. It reads outside of any transaction: who writes it down looks
// at each row again.
func WhileAway(ctx context.Context, st *store.Store, a sales.Absence, now time.Time) (Away, error) {
	w := &awayWork{Batch: New(st, a.WorkspaceID), st: st, a: a, now: now, out: Away{Absence: a}}
	var err error
	if w.out.Place, err = w.SellerPlace(ctx, a.UserID); err != nil {
		return w.out, err
	}
	if err := w.readEnrollments(ctx); err != nil {
		return w.out, err
	}
	if err := w.readTasks(ctx); err != nil {
		return w.out, err
	}
	return w.out, w.spread(ctx)
}

// awayWork is one working out.
type awayWork struct {
	*Batch
	st      *store.Store
	a       sales.Absence
	now     time.Time
	out     Away
	waiting []engine.Waiting // the enrollments, then the tasks
	before  []time.Time      // until when a task was put off before
}

// KnownMoments gives the moments at which enrollments would have gone on that wait
// for the return from an absence, as it remembers them.
func KnownMoments(ctx context.Context, st *store.Store, a sales.Absence) (map[sales.ID]time.Time, error) {
	list, err := items(ctx, st, a, store.ItemPaused)
	out := map[sales.ID]time.Time{}
	for id, us := range list {
		out[id] = fromMicro(us)
	}
	return out, err
}

// items reads everything that an absence remembers of a kind.
func items(ctx context.Context, st *store.Store, a sales.Absence, kind store.ItemKind) (map[sales.ID]int64, error) {
	out := map[sales.ID]int64{}
	for after := sales.ID(0); a.ID != 0; {
		list, err := st.AbsenceItems(ctx, a.WorkspaceID, a.ID, kind, after, awayPage)
		if err != nil {
			return nil, err
		}
		for _, x := range list {
			out[x.ID], after = x.Value, x.ID
		}
		if len(list) < awayPage {
			break
		}
	}
	return out, nil
}

// early tells whether something comes before an absence that is still to come, so
// that it does not wait.
func (w *awayWork) early(moment time.Time) bool {
	return w.now.Before(w.a.From) && moment.Before(w.a.From)
}

func (w *awayWork) readEnrollments(ctx context.Context) error {
	known, err := items(ctx, w.st, w.a, store.ItemPaused)
	if err != nil {
		return err
	}
	for after := sales.ID(0); ; {
		list, err := w.st.OwnedEnrollments(ctx, w.a.WorkspaceID, w.a.UserID, after, awayPage)
		if err != nil {
			return err
		}
		for _, e := range list {
			after = e.ID
			value, ok := known[e.ID]
			moment, waits := engine.Waits(e, w.a, value, ok)
			if !waits || w.early(moment) {
				continue
			}
			lane, err := w.lane(ctx, e)
			if err != nil {
				return err
			}
			x := AwayItem{ID: e.ID, Moment: moment, Mail: lane > engine.LaneHands}
			if engine.OwnerAway(e) && ok {
				x.is = e.Until
			}
			w.out.Enrollments = append(w.out.Enrollments, x)
			w.waiting = append(w.waiting, engine.Waiting{ID: e.ID, Moment: moment, Lane: lane, Again: engine.OwnerAway(e) && !ok})
		}
		if len(list) < awayPage {
			return nil
		}
	}
}

// lane says whose room the next step of an enrollment takes.
func (w *awayWork) lane(ctx context.Context, e sales.Enrollment) (sales.ID, error) {
	q, err := w.Sequence(ctx, e.SequenceID)
	return engine.LaneOf(e, q.Rules, q.Steps), err
}

// Snoozes tells whether an open task waits for the seller's return. An answer that
// somebody waits for does not: the team sees it.
func Snoozes(t sales.Task) bool {
	return t.State == sales.TaskOpen && t.Kind != sales.TaskAnswer && t.Kind != sales.TaskConfirm && t.Kind != sales.TaskReferral
}

func (w *awayWork) readTasks(ctx context.Context) error {
	known, err := items(ctx, w.st, w.a, store.ItemSnoozed)
	if err != nil {
		return err
	}
	for after := sales.ID(0); ; {
		list, err := w.st.OwnedTasks(ctx, w.a.WorkspaceID, w.a.UserID, after, awayPage)
		if err != nil {
			return err
		}
		for _, t := range list {
			after = t.ID
			value, ok := known[t.ID]
			was := t.SnoozedUntil
			if ok {
				was = fromMicro(value)
			}
			moment := t.DueAt
			if was.After(moment) {
				moment = was
			}
			if !Snoozes(t) || !ok && !moment.Before(w.a.To) || w.early(moment) {
				continue
			}
			x := AwayItem{ID: t.ID, Moment: moment}
			if ok {
				x.is = t.SnoozedUntil
			}
			w.out.Tasks, w.before = append(w.out.Tasks, x), append(w.before, was)
			w.waiting = append(w.waiting, engine.Waiting{ID: t.ID, Moment: moment, Lane: engine.LaneHands})
		}
		if len(list) < awayPage {
			return nil
		}
	}
}

// fromMicro is a moment of UTC microseconds; 0 is none.
func fromMicro(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// spread says when everything comes back.
func (w *awayWork) spread(ctx context.Context) error {
	back, err := w.comeBack(ctx)
	if err != nil {
		return err
	}
	n := len(w.out.Enrollments)
	for i, at := range back.Spread(w.waiting) {
		switch {
		case i < n:
			w.out.Enrollments[i].Back = at
		case w.waiting[i].Moment.Before(back.At):
			w.out.Tasks[i-n].Back = at
		default:
			w.out.Tasks[i-n].Back = w.before[i-n]
		}
	}
	for _, list := range [][]AwayItem{w.out.Enrollments, w.out.Tasks} {
		slices.SortStableFunc(list, func(a, b AwayItem) int { return cmp.Or(a.Back.Compare(b.Back), cmp.Compare(a.ID, b.ID)) })
	}
	return nil
}

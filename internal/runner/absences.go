package runner

import (
	"context"
	"errors"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// AbsenceJob lets the absences of a workspace begin, go on and end.
type AbsenceJob struct {
	Workspace sales.ID `json:"workspace"`
	Slot      int64    `json:"slot"`
}

// Kind implements queue.Job.
func (AbsenceJob) Kind() string { return "keep_absences" }

// awayBatch is how many rows of an absence are written in one transaction.
const awayBatch = 100

// PointAway is where Crash is called after each transaction of an absence. It is
// not among Points, which follow a mail.
const PointAway = "away"

// errEdited says that somebody changed the absence meanwhile: the next pass goes
// by how it is now.
var errEdited = errors.New("the absence changed meanwhile")

// Absences lets the absences of a workspace begin, go on and end, and says how
// many rows it wrote. It may stop anywhere: the next pass goes on from what is
// written. Ends come first, so that of two absences in a row the work goes home
// before it leaves again.
func (r *Runner) Absences(ctx context.Context, ws sales.ID) (int, error) {
	open, err := r.Store.OpenAbsences(ctx, ws)
	if err != nil {
		return 0, err
	}
	now, total := r.Clock.Now(), 0
	for _, ends := range []bool{true, false} {
		for _, a := range open {
			if a.From.After(now) || ends == a.To.After(now) {
				continue
			}
			n, err := r.absence(ctx, a, now)
			total += n
			if err != nil && !errors.Is(err, errEdited) {
				return total, err
			}
		}
	}
	if total > 0 {
		r.Notify.Changed(ctx, casework.Change{WorkspaceID: ws, Text: "Somebody is away, or back"})
	}
	return total, nil
}

func (r *Runner) absence(ctx context.Context, a sales.Absence, now time.Time) (int, error) {
	if a.Mode == sales.AbsenceHandOver {
		return r.handOver(ctx, a, now)
	}
	return r.waitFor(ctx, a, now)
}

// waitFor lets everything wait for an absent seller: when the absence begins or
// was changed, and when something began since.
func (r *Runner) waitFor(ctx context.Context, a sales.Absence, now time.Time) (int, error) {
	n, over := 0, !a.To.After(now)
	look := a.State == sales.AbsencePlanned
	if !look && !over {
		var err error
		if look, err = r.Store.Loose(ctx, a); err != nil {
			return 0, err
		}
	}
	if look {
		w, err := casework.WhileAway(ctx, r.Store, a, now)
		if err != nil {
			return 0, err
		}
		if n, err = r.putOff(ctx, w, now); err != nil {
			return n, err
		}
	}
	switch {
	case over:
		home, err := r.giveBack(ctx, a, now) // what somebody took over
		if n += home; err != nil {
			return n, err
		}
		return n + 1, r.awayTx(ctx, a, func(tx *store.Tx) error {
			if err := tx.CutItems(ctx, a.WorkspaceID, a.ID); err != nil {
				return err
			}
			return mark(ctx, tx, a, sales.AbsenceOver)
		})
	case a.State == sales.AbsencePlanned:
		return n + 1, r.awayTx(ctx, a, func(tx *store.Tx) error { return mark(ctx, tx, a, sales.AbsenceNow) })
	}
	return n, nil
}

func mark(ctx context.Context, tx *store.Tx, a sales.Absence, s sales.AbsenceState) error {
	a.State = s
	return tx.SaveAbsence(ctx, a)
}

// awayTx runs fn in a transaction that holds the absence, which must be as it was.
func (r *Runner) awayTx(ctx context.Context, a sales.Absence, fn func(tx *store.Tx) error) error {
	err := casework.Retry(func() error {
		return r.Store.InTx(ctx, func(tx *store.Tx) error {
			is, err := tx.HoldAbsence(ctx, a.WorkspaceID, a.ID)
			if sales.CodeOf(err) == sales.NotFound {
				return errEdited
			}
			if err != nil {
				return err
			}
			if is.Note = a.Note; is != a {
				return errEdited
			}
			return fn(tx)
		})
	})
	if err == nil {
		r.at(PointAway)
	}
	return err
}

// putOff writes down what waits until when, in the order in which it comes back.
func (r *Runner) putOff(ctx context.Context, w casework.Away, now time.Time) (int, error) {
	n := 0
	for _, part := range parts(w.Enrollments) {
		done := 0
		err := r.awayTx(ctx, w.Absence, func(tx *store.Tx) (err error) {
			done, err = putOffEnrollments(ctx, tx, w, part, now)
			return err
		})
		if n += done; err != nil {
			return n, err
		}
	}
	for _, part := range parts(w.Tasks) {
		done := 0
		err := r.awayTx(ctx, w.Absence, func(tx *store.Tx) (err error) {
			done, err = putOffTasks(ctx, tx, w, part, now)
			return err
		})
		if n += done; err != nil {
			return n, err
		}
	}
	return n, nil
}

// parts are what is left to do, in pieces of one transaction.
func parts(list []casework.AwayItem) [][]casework.AwayItem {
	var out [][]casework.AwayItem
	var part []casework.AwayItem
	for _, x := range list {
		if x.Done() {
			continue
		}
		if part = append(part, x); len(part) == awayBatch {
			out, part = append(out, part), nil
		}
	}
	if len(part) > 0 {
		out = append(out, part)
	}
	return out
}

// untilText says until when the seller is away, as the ledger says it.
func untilText(w casework.Away, now time.Time) string {
	if !w.Absence.To.After(now) {
		return "the seller is back, it goes on in its turn"
	}
	return "the seller is away until " + dayText(w, w.Absence.To)
}

func dayText(w casework.Away, t time.Time) string { return t.In(w.Place.Loc).Format("Mon 2 Jan") }

func putOffEnrollments(ctx context.Context, tx *store.Tx, w casework.Away, part []casework.AwayItem, now time.Time) (int, error) {
	a, b, done := w.Absence, casework.New(tx, w.Absence.WorkspaceID), 0
	var ids []sales.ID
	for _, x := range part {
		ids = append(ids, x.ID)
	}
	rows, err := tx.EnrollmentsByID(ctx, a.WorkspaceID, ids)
	if err != nil {
		return 0, err
	}
	for _, x := range part {
		e, ok := rows[x.ID]
		if !ok || e.OwnerID != a.UserID {
			continue
		}
		if _, waits := engine.Waits(e, a, x.Moment.UnixMicro(), true); !waits {
			continue // it went on or ended meanwhile
		}
		if err := tx.SetItem(ctx, a.WorkspaceID, a.ID, store.ItemPaused, store.AbsenceItem{ID: e.ID, Value: x.Moment.UnixMicro()}); err != nil {
			return 0, err
		}
		ev := sales.Event{Kind: sales.EvOwnerAway, At: now, Actor: sales.BySystem, UserID: a.UserID, Until: x.Back, Text: untilText(w, now)}
		d, _, err := b.Decide(ctx, tx, e, ev, store.Subject{}, now)
		if err != nil {
			return 0, err
		}
		if d.Changed {
			done++
		}
	}
	return done, nil
}

func putOffTasks(ctx context.Context, tx *store.Tx, w casework.Away, part []casework.AwayItem, now time.Time) (int, error) {
	a, done := w.Absence, 0
	var moves []sales.Move
	for _, x := range part {
		t, err := tx.Task(ctx, a.WorkspaceID, x.ID)
		if err != nil && sales.CodeOf(err) != sales.NotFound {
			return 0, err
		}
		if t.UserID != a.UserID || !casework.Snoozes(t) {
			continue // it was done, or somebody else has it
		}
		was := int64(0)
		if !t.SnoozedUntil.IsZero() {
			was = t.SnoozedUntil.UnixMicro()
		}
		fresh, err := tx.PutItem(ctx, a.WorkspaceID, a.ID, store.ItemSnoozed, store.AbsenceItem{ID: t.ID, Value: was})
		if err != nil {
			return 0, err
		}
		if err := tx.SnoozeTask(ctx, a.WorkspaceID, t.ID, x.Back); err != nil {
			return 0, err
		}
		if done++; fresh {
			moves = append(moves, sales.Move{
				WorkspaceID: a.WorkspaceID, At: now, Actor: sales.BySystem, Kind: sales.MoveSnooze, PersonID: t.PersonID, EnrollmentID: t.EnrollmentID, UserID: a.UserID,
				TaskID: t.ID, Text: "“" + t.Title + "” is put off until " + dayText(w, x.Back) + ": " + untilText(w, now) + ".",
			})
		}
	}
	return done, tx.AppendMoves(ctx, moves)
}

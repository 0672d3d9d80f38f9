package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/pathway"
	"ninetyten/internal/sales"
	"ninetyten/internal/shorthand"
	"ninetyten/internal/store"
)

// promiseKey begins the key of the task of a promise of ours.
const promiseKey = "promise/"

// promiseID is the promise that a task is about, or 0.
func promiseID(t sales.Task) sales.ID {
	s, ok := strings.CutPrefix(t.Key, promiseKey)
	if !ok {
		return 0
	}
	id, err := sales.ParseID(s)
	if err != nil {
		return 0
	}
	return id
}

// keepNoted keeps what the marked lines of a note say, with where it was said.
func (d *Desk) keepNoted(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, note string, from sales.SourceKind, id sales.ID) error {
	if !strings.ContainsAny(note, "!?+=！？＋＝¡¿") {
		return nil
	}
	now, err := d.localNow(ctx, tx, v)
	if err != nil {
		return err
	}
	pain := sales.ID(0)
	for i, l := range shorthand.Read(note, now).Lines {
		if l.Mark == shorthand.Connection {
			c := sales.Connection{WorkspaceID: v.WorkspaceID, ID: tx.NewID(), PersonID: p.ID, PainID: pain, UserID: v.UserID, Sentence: l.Text, Source: from, SourceID: id, At: d.now()}
			if err := tx.InsertConnection(ctx, c); err != nil {
				return err
			}
			continue
		}
		pt := sales.Point{Key: fmt.Sprintf("%s/%d/%d", from, id, i), Kind: pointKind(l.Mark), Side: l.Side, Text: l.Text, DueAt: l.Due, Source: from, SourceID: id}
		if pt, err = d.keepPoint(ctx, tx, v, p, pt); err != nil {
			return err
		}
		if pt.Kind == sales.PointPain {
			pain = pt.ID
		}
	}
	return nil
}

func pointKind(m shorthand.Mark) sales.PointKind {
	switch m {
	case shorthand.Promise:
		return sales.PointPromise
	case shorthand.Question:
		return sales.PointQuestion
	}
	return sales.PointPain
}

// localNow is now on the clock of the viewer.
func (d *Desk) localNow(ctx context.Context, tx *store.Tx, v sales.Viewer) (time.Time, error) {
	u, err := tx.User(ctx, v.WorkspaceID, v.UserID)
	if err != nil {
		return time.Time{}, err
	}
	return d.onClockOf(u), nil
}

// onClockOf is now on the clock of a user.
func (d *Desk) onClockOf(u sales.User) time.Time {
	var zones *calendar.Zones
	if loc := zones.Load(u.Zone); loc != nil {
		return d.now().In(loc)
	}
	return d.now().UTC()
}

// keepPoint writes a point with its ledger line, and the task of a promise of ours.
func (d *Desk) keepPoint(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, pt sales.Point) (sales.Point, error) {
	pt.WorkspaceID, pt.ID, pt.PersonID, pt.UserID, pt.State, pt.At = v.WorkspaceID, tx.NewID(), p.ID, v.UserID, sales.PointOpen, d.now()
	pt.Text = strings.Join(strings.Fields(pt.Text), " ")
	if pt.Kind == sales.PointPain {
		pt.Side = sales.TheirMove
	}
	if pt.Key == "" {
		pt.Key = "hand/" + pt.ID.String()
	}
	if err := pt.Validate(); err != nil {
		return pt, err
	}
	var t sales.Task
	if pt.Kind == sales.PointPromise && pt.Side == sales.OurMove {
		now, err := d.localNow(ctx, tx, v)
		if err != nil {
			return pt, err
		}
		t = promiseTask(pt, tx.NewID(), now)
		pt.TaskID = t.ID
	}
	fresh, err := tx.InsertPoint(ctx, pt)
	if err != nil || !fresh {
		return pt, err
	}
	if t.ID != 0 {
		if _, err := tx.OpenTask(ctx, t); err != nil {
			return pt, err
		}
	}
	if err := tx.ShowStages(ctx, v.WorkspaceID, p.ID, pathway.ShownBy(pt), pt.At); err != nil {
		return pt, err
	}
	return pt, write(ctx, tx, d.move(v, p, sales.MovePoint, pointSays(pt)))
}

// promiseTask is what brings a promise of ours to Next: on the morning of the day
// on which it is due, at once when that is today or tomorrow, after two days when
// no day was said.
func promiseTask(pt sales.Point, id sales.ID, now time.Time) sales.Task {
	due := pt.DueAt
	if due.IsZero() {
		due = now.AddDate(0, 0, 2)
	}
	t := sales.Task{
		WorkspaceID: pt.WorkspaceID, ID: id, Key: promiseKey + pt.ID.String(), Kind: sales.TaskPromise, PersonID: pt.PersonID, UserID: pt.UserID,
		Title: "You promised: " + short(pt.Text, 200), CreatedAt: now, DueAt: due,
	}
	if pt.Source == sales.FromMessage {
		t.MessageID = pt.SourceID
	}
	local := due.In(now.Location())
	if morning := time.Date(local.Year(), local.Month(), local.Day(), 8, 0, 0, 0, now.Location()); morning.After(now.AddDate(0, 0, 1)) {
		t.SnoozedUntil = morning
	}
	return t
}

// pointSays is a point as a line of the story.
func pointSays(pt sales.Point) string {
	by := ""
	if !pt.DueAt.IsZero() {
		by = ", by " + pt.DueAt.Format("Mon 2 Jan")
	}
	switch {
	case pt.Kind == sales.PointPain:
		return "What hurts them: “" + pt.Text + "”."
	case pt.Kind == sales.PointQuestion && pt.Side == sales.OurMove:
		return "To ask: " + pt.Text
	case pt.Kind == sales.PointQuestion:
		return "They asked: " + pt.Text
	case pt.Side == sales.OurMove:
		return "You promised: " + pt.Text + by + "."
	}
	return "They promised: " + pt.Text + by + "."
}

// AddPoint keeps a promise, a question or a pain that a person writes down.
func (d *Desk) AddPoint(ctx context.Context, v sales.Viewer, person sales.ID, pt sales.Point) (sales.Point, error) {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return pt, err
	}
	if pt.Source == "" {
		pt.Source = sales.FromHand
	}
	if pt.Kind == sales.PointPromise && pt.DueAt.IsZero() {
		n, err := d.ReadNote(ctx, v, "! "+strings.Join(strings.Fields(pt.Text), " "))
		if err != nil {
			return pt, err
		}
		if len(n.Lines) == 1 {
			pt.Text, pt.DueAt = n.Lines[0].Text, n.Lines[0].Due
		}
	}
	if pt.Source == sales.FromMessage {
		m, err := d.Store.Message(ctx, v, pt.SourceID)
		if err != nil {
			return pt, err
		}
		if m.PersonID != p.ID {
			return pt, sales.Errorf(sales.Invalid, "That message is not from %s. Reload the page.", p.Name())
		}
	}
	if !pt.DueAt.IsZero() {
		if err := d.future(pt.DueAt, 3*365); err != nil {
			return pt, err
		}
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		var err error
		pt, err = d.keepPoint(ctx, tx, v, p, pt)
		return err
	})
	d.changed(ctx, p, "Written down")
	return pt, err
}

// point gives a point whose person the viewer may see.
func (d *Desk) point(ctx context.Context, v sales.Viewer, id sales.ID) (sales.Point, sales.Person, error) {
	pt, err := d.Store.Point(ctx, v.WorkspaceID, id)
	if err != nil {
		return pt, sales.Person{}, err
	}
	p, err := d.person(ctx, v, pt.PersonID)
	return pt, p, err
}

// EndPoint says what became of a point; answered questions may name the call or
// the message that answered them.
func (d *Desk) EndPoint(ctx context.Context, v sales.Viewer, id sales.ID, state sales.PointState, by sales.SourceKind, byID sales.ID) (Undo, error) {
	pt, p, err := d.point(ctx, v, id)
	if err != nil {
		return Undo{}, err
	}
	if !pt.Ends(state) {
		return Undo{}, sales.Errorf(sales.Invalid, "A %s cannot be %s. Reload the page.", pt.Kind, state)
	}
	if by == sales.FromMessage {
		m, err := d.Store.Message(ctx, v, byID)
		if err != nil || m.PersonID != p.ID {
			return Undo{}, sales.Errorf(sales.Invalid, "That message is not one with %s. Reload the page.", p.Name())
		}
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		pt, err := tx.Point(ctx, v.WorkspaceID, id)
		if err != nil {
			return err
		}
		if pt.State == state {
			return nil // done twice is done
		}
		pt.Answer, pt.AnswerID = by, byID
		return d.endPoint(ctx, tx, v, p, pt, state)
	})
	d.changed(ctx, p, "Written down")
	return Undo{Say: endedSays(pt, state), Token: "point/" + pt.ID.String()}, err
}

func endedSays(pt sales.Point, s sales.PointState) string {
	switch s {
	case sales.PointKept:
		return "The promise is kept."
	case sales.PointBroken:
		return "The promise was not kept."
	case sales.PointAnswered:
		return "The question is answered."
	}
	return "That " + string(pt.Kind) + " is dropped."
}

// endPoint changes the state of a point, its task with it.
func (d *Desk) endPoint(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, pt sales.Point, s sales.PointState) error {
	was := pt.State
	pt.State, pt.EndedAt, pt.EndedBy = s, d.now(), v.UserID
	if err := tx.ShowStages(ctx, v.WorkspaceID, p.ID, pathway.ShownBy(pt), d.now()); err != nil {
		return err
	}
	if s == sales.PointOpen {
		pt.EndedAt, pt.EndedBy, pt.Answer, pt.AnswerID = time.Time{}, 0, "", 0
	}
	if err := tx.SavePoint(ctx, pt, was); err != nil {
		return err
	}
	if pt.TaskID != 0 {
		if err := d.promiseTaskGoes(ctx, tx, pt); err != nil {
			return err
		}
	}
	if s == sales.PointOpen {
		return nil
	}
	text := strings.TrimSuffix(pointSays(pt), ".")
	line := d.move(v, p, sales.MovePoint, map[sales.PointState]string{sales.PointKept: "Kept. ", sales.PointBroken: "Not kept. ", sales.PointAnswered: "Answered. ", sales.PointDropped: "Dropped. "}[s]+text+".")
	if s == sales.PointKept && pt.Side == sales.TheirMove {
		if err := d.theyDidIt(ctx, &line); err != nil {
			return err
		}
	}
	return write(ctx, tx, line)
}

// theyDidIt makes of the line of a promise that they kept a move of theirs, once:
// one that was taken back and kept again counts as it did.
func (d *Desk) theyDidIt(ctx context.Context, line *sales.Move) error {
	moves, err := d.Store.MovesOf(ctx, line.WorkspaceID, line.PersonID, 200)
	if err != nil {
		return err
	}
	for _, m := range moves {
		if m.Kind == sales.MovePlanDone && m.Text == line.Text {
			return nil
		}
	}
	line.Kind, line.Actor = sales.MovePlanDone, sales.ByBuyer
	return nil
}

// promiseTaskGoes closes or reopens the task of a promise.
func (d *Desk) promiseTaskGoes(ctx context.Context, tx *store.Tx, pt sales.Point) error {
	t, err := tx.Task(ctx, pt.WorkspaceID, pt.TaskID)
	if err != nil {
		return err
	}
	switch open := t.State == sales.TaskOpen; {
	case pt.State == sales.PointOpen && !open:
		return tx.ReopenTask(ctx, pt.WorkspaceID, t.ID)
	case pt.State != sales.PointOpen && open:
		return tx.EndTask(ctx, pt.WorkspaceID, t.ID, sales.TaskDone, d.now(), string(pt.State))
	}
	return nil
}

// promiseOf tells the promise of a task, when it is one, that the task was closed
// or opened again; the task itself is the caller's to change.
func (d *Desk) promiseOf(ctx context.Context, tx *store.Tx, v sales.Viewer, p sales.Person, t sales.Task, s sales.PointState) error {
	id := promiseID(t)
	if id == 0 {
		return nil
	}
	pt, err := tx.Point(ctx, v.WorkspaceID, id)
	if sales.CodeOf(err) == sales.NotFound {
		return nil
	}
	if err != nil || pt.State == s {
		return err
	}
	was := pt.State
	pt.State, pt.EndedAt, pt.EndedBy = s, d.now(), v.UserID
	if s == sales.PointOpen {
		pt.EndedAt, pt.EndedBy = time.Time{}, 0
	}
	if err := tx.SavePoint(ctx, pt, was); err != nil || s == sales.PointOpen {
		return err
	}
	return write(ctx, tx, d.move(v, p, sales.MovePoint, "Kept. "+pointSays(pt)))
}

// undoPoint opens a point again that was ended.
func (d *Desk) undoPoint(ctx context.Context, v sales.Viewer, id sales.ID) error {
	_, p, err := d.point(ctx, v, id)
	if err != nil {
		return err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		pt, err := tx.Point(ctx, v.WorkspaceID, id)
		if err != nil {
			return err
		}
		if pt.State == sales.PointOpen {
			return sales.Errorf(sales.Conflict, "This is open already.")
		}
		return d.endPoint(ctx, tx, v, p, pt, sales.PointOpen)
	})
	d.changed(ctx, p, "Taken back")
	return err
}

// ReadNote reads a note as it would be kept, for the preview.
func (d *Desk) ReadNote(ctx context.Context, v sales.Viewer, text string) (shorthand.Note, error) {
	if err := need(v, sales.RoleSeller, "read notes"); err != nil {
		return shorthand.Note{}, err
	}
	if len(text) > 20_000 {
		return shorthand.Note{}, sales.Errorf(sales.Invalid, "A note has at most 20,000 characters.")
	}
	u, err := d.Store.User(ctx, v.WorkspaceID, v.UserID)
	if err != nil {
		return shorthand.Note{}, err
	}
	return shorthand.Read(text, d.onClockOf(u)), nil
}

package desk

import (
	"context"
	"slices"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// AbsencePreview is what an absence would do, as things stand.
type AbsencePreview struct {
	Absence     sales.Absence
	Load        store.Load  // what the seller has in hand: all of it is handed over
	Enrollments int         // whose next step would come during the absence: they wait
	Tasks       int         // that are due during the absence: they wait
	Days        []ReturnDay // when they come back
	Place       *time.Location
}

// ReturnDay is how much comes back on one day.
type ReturnDay struct {
	Day   time.Time // its beginning
	Mails int
	Hands int // calls, tasks and drafts
}

// PreviewAbsence says what SaveAbsence would do, and refuses what it refuses. It
// writes nothing.
func (d *Desk) PreviewAbsence(ctx context.Context, v sales.Viewer, f AbsenceForm) (AbsencePreview, error) {
	var p AbsencePreview
	err := d.Store.InTx(ctx, func(tx *store.Tx) (err error) {
		_, p.Absence, err = d.absence(ctx, tx, v, f)
		return err
	})
	if err != nil {
		return p, err
	}
	if p.Load, err = d.Store.LoadOf(ctx, v.WorkspaceID, p.Absence.UserID); err != nil {
		return p, err
	}
	w, err := casework.WhileAway(ctx, d.Store, p.Absence, d.now())
	if err != nil {
		return p, err
	}
	p.Place = w.Place.Loc
	if p.Absence.Mode == sales.AbsenceHandOver {
		return p, nil
	}
	p.Enrollments, p.Tasks = len(w.Enrollments), len(w.Tasks)
	days := map[string]*ReturnDay{}
	count := func(x casework.AwayItem) {
		if x.Back.Before(p.Absence.To) {
			return // it was put off, or paused, for another reason
		}
		key := calendar.DayOf(x.Back, w.Place)
		if days[key] == nil {
			days[key] = &ReturnDay{Day: calendar.DayStart(x.Back, w.Place.Loc)}
		}
		if x.Mail {
			days[key].Mails++
		} else {
			days[key].Hands++
		}
	}
	for _, list := range [][]casework.AwayItem{w.Enrollments, w.Tasks} {
		for _, x := range list {
			count(x)
		}
	}
	for _, day := range days {
		p.Days = append(p.Days, *day)
	}
	slices.SortFunc(p.Days, func(a, b ReturnDay) int { return a.Day.Compare(b.Day) })
	return p, nil
}

// mayTake lets managers and the stand-in look after what waits for somebody.
func mayTake(v sales.Viewer, a sales.Absence) error {
	if v.UserID == a.StandInID {
		return need(v, sales.RoleSeller, "take over")
	}
	return need(v, sales.RoleManager, "take over what waits for somebody else")
}

// AwayHandoffs gives the answers that wait for somebody who is away, the first due
// first: to themselves, to who stands in, and to managers.
func (d *Desk) AwayHandoffs(ctx context.Context, v sales.Viewer, absence sales.ID) ([]sales.Task, error) {
	a, err := d.Store.Absence(ctx, v.WorkspaceID, absence)
	if err != nil {
		return nil, err
	}
	if v.UserID != a.UserID {
		if err := mayTake(v, a); err != nil {
			return nil, err
		}
		if !v.Role.AtLeast(sales.RoleManager) && !a.Running(d.now()) {
			return nil, sales.Errorf(sales.Forbidden, "You stand in while they are away, and see then what waits for them.")
		}
	}
	of := sales.Viewer{WorkspaceID: v.WorkspaceID, UserID: a.UserID, Role: sales.RoleSeller}
	return d.Store.Handoffs(ctx, of, d.now(), 200)
}

// TakeOver gives a person who waits for somebody absent to the viewer, with
// everything that is open about them, until the absence ends.
func (d *Desk) TakeOver(ctx context.Context, v sales.Viewer, absence, person sales.ID) (Undo, error) {
	var p sales.Person
	err := d.inTx(ctx, func(tx *store.Tx) error {
		a, err := tx.HoldAbsence(ctx, v.WorkspaceID, absence)
		if err != nil {
			return err
		}
		if err := mayTake(v, a); err != nil {
			return err
		}
		if !a.Running(d.now()) || v.UserID == a.UserID {
			return sales.Errorf(sales.Invalid, "Nobody is away here any more: nothing is to be taken over.")
		}
		if p, err = tx.Person(ctx, v.WorkspaceID, person); err != nil {
			return err
		}
		n, err := takeOver(ctx, tx, v, a, p)
		if err != nil {
			return err
		}
		if n == 0 {
			return sales.Errorf(sales.Conflict, "Somebody else took %s over meanwhile. Reload the page and look again.", p.Name())
		}
		return d.sayTaken(ctx, tx, v, a, p)
	})
	if err != nil {
		return Undo{}, err
	}
	d.changed(ctx, p, p.Name()+" was taken over")
	return Undo{Say: p.Name() + " is yours until the absence ends."}, nil
}

// takeOver moves a person and what is open about them, and says how many rows
// that were.
func takeOver(ctx context.Context, tx *store.Tx, v sales.Viewer, a sales.Absence, p sales.Person) (int, error) {
	ids, err := openAbout(ctx, tx, v.WorkspaceID, p.ID)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, kind := range takenKinds() {
		done, err := tx.HandOverThese(ctx, a, kind, v.UserID, ids[kind])
		if err != nil {
			return n, err
		}
		n += len(done)
	}
	return n, nil
}

// GiveBack takes back that the viewer took somebody over: the person, and what is
// open about them, wait for their seller again.
func (d *Desk) GiveBack(ctx context.Context, v sales.Viewer, absence, person sales.ID) (Undo, error) {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return Undo{}, err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		a, err := tx.HoldAbsence(ctx, v.WorkspaceID, absence)
		if err != nil {
			return err
		}
		if err := mayTake(v, a); err != nil {
			return err
		}
		n := 0
		ids, err := openAbout(ctx, tx, v.WorkspaceID, p.ID)
		if err != nil {
			return err
		}
		for _, kind := range takenKinds() {
			done, err := tx.GiveBackThese(ctx, a, kind, v.UserID, ids[kind])
			if n += len(done); err != nil {
				return err
			}
		}
		if n == 0 || a.Mode != sales.AbsencePause {
			return sales.Errorf(sales.Invalid, "%s is not with you any more, or was not taken over. Reload the page and look again.", p.Name())
		}
		u, err := tx.User(ctx, v.WorkspaceID, a.UserID)
		if err != nil {
			return err
		}
		return write(ctx, tx, d.move(v, p, sales.MoveState, "Given back to "+u.Name+"."))
	})
	if err != nil {
		return Undo{}, err
	}
	d.changed(ctx, p, p.Name()+" was given back")
	return Undo{Say: p.Name() + " waits for their seller again."}, nil
}

// takenKinds are what is taken over, the people first.
func takenKinds() []store.ItemKind {
	return []store.ItemKind{store.ItemPerson, store.ItemEnrollment, store.ItemTask}
}

// openAbout gives a person and what is open about them, by kind.
func openAbout(ctx context.Context, tx *store.Tx, ws, person sales.ID) (map[store.ItemKind][]sales.ID, error) {
	live, err := tx.LiveEnrollments(ctx, ws, person)
	if err != nil {
		return nil, err
	}
	open, err := tx.OpenTasksOf(ctx, ws, person)
	if err != nil {
		return nil, err
	}
	ids := map[store.ItemKind][]sales.ID{store.ItemPerson: {person}}
	for _, e := range live {
		ids[store.ItemEnrollment] = append(ids[store.ItemEnrollment], e.ID)
	}
	for _, t := range open {
		ids[store.ItemTask] = append(ids[store.ItemTask], t.ID)
	}
	return ids, nil
}

func (d *Desk) sayTaken(ctx context.Context, tx *store.Tx, v sales.Viewer, a sales.Absence, p sales.Person) error {
	b := casework.New(tx, v.WorkspaceID)
	me, err := b.User(ctx, v.UserID)
	if err != nil {
		return err
	}
	away, err := b.User(ctx, a.UserID)
	if err != nil {
		return err
	}
	place, err := b.SellerPlace(ctx, a.UserID)
	if err != nil {
		return err
	}
	line := d.move(v, p, sales.MoveState, "Taken over by "+me.Name+" until "+a.To.In(place.Loc).Format("Mon 2 Jan")+": "+away.Name+" is away.")
	return write(ctx, tx, line)
}

// standsIn tells whether the viewer stands in for a user now.
func (d *Desk) standsIn(ctx context.Context, v sales.Viewer, user sales.ID) (bool, error) {
	open, err := d.Store.OpenAbsences(ctx, v.WorkspaceID)
	for _, a := range open {
		if a.UserID == user && a.StandInID == v.UserID && a.Running(d.now()) {
			return true, err
		}
	}
	return false, err
}

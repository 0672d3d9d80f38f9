package desk

import (
	"context"
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/casework"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// AbsenceForm is an absence as people enter it.
type AbsenceForm struct {
	ID          sales.ID // 0 is a new one
	UserID      sales.ID // who is away
	First, Last string   // the days away, both included, YYYY-MM-DD in their zone
	Mode        sales.AbsenceMode
	StandInID   sales.ID
	Note        string
}

// absencesFor is how long an absence that is over stays in the calendar.
const absencesFor = 90 * 24 * time.Hour

// Absences gives the calendar of the team, to everybody in it: what is planned or
// running, and what ended in the last 90 days, in the order in which they begin.
func (d *Desk) Absences(ctx context.Context, v sales.Viewer) ([]sales.Absence, error) {
	if err := need(v, sales.RoleSeller, "see who is away"); err != nil {
		return nil, err
	}
	return d.Store.Absences(ctx, v.WorkspaceID, d.now().Add(-absencesFor))
}

// mayAway lets sellers plan their own absences, and managers everybody's.
func mayAway(v sales.Viewer, user sales.ID) error {
	if user == v.UserID {
		return need(v, sales.RoleSeller, "plan an absence")
	}
	return need(v, sales.RoleManager, "plan the absence of somebody else")
}

// SaveAbsence plans an absence (ID 0) or changes one. Of one that has begun the
// first day stays. What it does to what waits is done within moments, by the
// runner.
func (d *Desk) SaveAbsence(ctx context.Context, v sales.Viewer, f AbsenceForm) (sales.Absence, error) {
	var out sales.Absence
	err := d.inTx(ctx, func(tx *store.Tx) error {
		if err := tx.LockAbsences(ctx, v.WorkspaceID); err != nil {
			return err
		}
		was, a, err := d.absence(ctx, tx, v, f)
		if err != nil {
			return err
		}
		out = a
		return d.keepAbsence(ctx, tx, was, &out)
	})
	if err != nil {
		return out, err
	}
	d.awayChanged(ctx, v.WorkspaceID)
	return out, nil
}

func (d *Desk) awayChanged(ctx context.Context, ws sales.ID) {
	d.Notify.Changed(ctx, casework.Change{WorkspaceID: ws, Text: "The absences changed"})
	d.kick(ws)
}

// absence makes the absence that a form means, and checks it. was is the one that
// it changes, with ID 0 when it is new.
func (d *Desk) absence(ctx context.Context, tx *store.Tx, v sales.Viewer, f AbsenceForm) (was, a sales.Absence, err error) {
	if f.ID != 0 {
		if was, err = tx.HoldAbsence(ctx, v.WorkspaceID, f.ID); err != nil {
			return was, a, err
		}
		if f.UserID = was.UserID; !was.To.After(d.now()) {
			return was, a, sales.Errorf(sales.Invalid, "This absence is over. Plan a new one instead.")
		}
	}
	if err := mayAway(v, f.UserID); err != nil {
		return was, a, err
	}
	a = sales.Absence{
		WorkspaceID: v.WorkspaceID, ID: was.ID, UserID: f.UserID, Mode: f.Mode, StandInID: f.StandInID, State: sales.AbsencePlanned,
		Note: strings.TrimSpace(f.Note), CreatedAt: was.CreatedAt,
	}
	b := casework.New(tx, v.WorkspaceID)
	if err := d.awayDays(ctx, b, f, was, &a); err != nil {
		return was, a, err
	}
	if err := a.Validate(); err != nil {
		return was, a, err
	}
	return was, a, d.checkAway(ctx, tx, b, a)
}

// awayDays reads the days of a form in the zone of the one who is away.
func (d *Desk) awayDays(ctx context.Context, b *casework.Batch, f AbsenceForm, was sales.Absence, a *sales.Absence) error {
	place, err := b.SellerPlace(ctx, a.UserID)
	if err != nil {
		return err
	}
	begun := was.ID != 0 && !was.From.After(d.now())
	a.From = was.From
	if !begun {
		first, err := dayIn(f.First, place.Loc)
		if err != nil {
			return err
		}
		if a.From = calendar.DayStart(first, place.Loc); a.From.Before(calendar.DayStart(d.now(), place.Loc)) {
			return sales.Errorf(sales.Invalid, "The first day away is past. An absence begins today at the earliest.")
		}
	}
	last, err := dayIn(f.Last, place.Loc)
	if err != nil {
		return err
	}
	a.To = calendar.NextDay(last, place.Loc)
	if begun && !a.To.After(d.now()) {
		return sales.Errorf(sales.Invalid, "The last day away is past. To end the absence now, press “Back now”.")
	}
	return nil
}

// dayIn is noon of a day: a moment that every zone has.
func dayIn(day string, loc *time.Location) (time.Time, error) {
	t, err := time.Parse(time.DateOnly, strings.TrimSpace(day))
	if err != nil {
		return t, sales.Errorf(sales.Invalid, "Choose the first and the last day away.")
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, loc), nil
}

// checkAway refuses an absence that does not go with the others.
func (d *Desk) checkAway(ctx context.Context, tx *store.Tx, b *casework.Batch, a sales.Absence) error {
	for _, id := range []sales.ID{a.UserID, a.StandInID} {
		if id == 0 {
			continue
		}
		u, err := tx.User(ctx, a.WorkspaceID, id)
		if err != nil {
			return err
		}
		if u.Disabled && id == a.StandInID {
			return sales.Errorf(sales.Invalid, "%s cannot log in. Choose somebody else to stand in.", u.Name)
		}
	}
	open, err := tx.OpenAbsences(ctx, a.WorkspaceID)
	if err != nil {
		return err
	}
	for _, x := range open {
		if x.ID == a.ID || !x.Overlaps(a) || !x.To.After(d.now()) {
			continue
		}
		who, err := b.User(ctx, x.UserID)
		if err != nil {
			return err
		}
		place, err := b.SellerPlace(ctx, x.UserID)
		if err != nil {
			return err
		}
		days := "from " + x.From.In(place.Loc).Format("Mon 2 Jan") + " to " + x.To.Add(-time.Hour).In(place.Loc).Format("Mon 2 Jan 2006")
		switch {
		case x.UserID == a.UserID:
			return sales.Errorf(sales.Invalid, "%s is away %s already. Change that absence instead.", who.Name, days)
		case x.UserID == a.StandInID:
			return sales.Errorf(sales.Invalid, "%s is away too, %s. Choose somebody else to stand in.", who.Name, days)
		case x.StandInID == a.UserID && x.Mode == sales.AbsenceHandOver:
			me, err := b.User(ctx, a.UserID)
			if err != nil {
				return err
			}
			return sales.Errorf(sales.Invalid, "%s stands in for %s %s. Let somebody else stand in there first.", me.Name, who.Name, days)
		}
	}
	return nil
}

// keepAbsence writes an absence that was checked. One that has begun and changes
// what becomes of the work ends now, and another begins: what went out comes home
// first.
func (d *Desk) keepAbsence(ctx context.Context, tx *store.Tx, was sales.Absence, a *sales.Absence) error {
	now := d.now()
	begun := was.ID != 0 && !was.From.After(now)
	other := a.Mode != was.Mode || a.Mode == sales.AbsenceHandOver && a.StandInID != was.StandInID
	switch {
	case was.ID == 0:
		a.ID, a.CreatedAt = tx.NewID(), now
		return tx.InsertAbsence(ctx, *a)
	case begun && other:
		if err := d.endAbsence(ctx, tx, was); err != nil {
			return err
		}
		a.ID, a.From, a.CreatedAt = tx.NewID(), now, now
		return tx.InsertAbsence(ctx, *a)
	case begun && a.To.Equal(was.To):
		a.State = was.State // who may take over, or the note
	}
	// Planned again lets the runner work out anew when everything comes back.
	return tx.SaveAbsence(ctx, *a)
}

// endAbsence lets an absence that has begun end now.
func (d *Desk) endAbsence(ctx context.Context, tx *store.Tx, a sales.Absence) error {
	a.To = d.now()
	if a.Mode == sales.AbsencePause {
		a.State = sales.AbsencePlanned // what waits comes back from now on
	}
	return tx.SaveAbsence(ctx, a)
}

// DeleteAbsence forgets an absence that is planned, and ends one that has begun:
// everything comes back now, in its order.
func (d *Desk) DeleteAbsence(ctx context.Context, v sales.Viewer, id sales.ID) (Undo, error) {
	say := ""
	err := d.inTx(ctx, func(tx *store.Tx) error {
		a, err := tx.HoldAbsence(ctx, v.WorkspaceID, id)
		if err != nil {
			return err
		}
		if err := mayAway(v, a.UserID); err != nil {
			return err
		}
		switch {
		case a.From.After(d.now()):
			say = "The absence is forgotten."
			return tx.DeleteAbsence(ctx, v.WorkspaceID, id)
		case !a.To.After(d.now()):
			return sales.Errorf(sales.Invalid, "This absence is over. It stays in the calendar for a while.")
		}
		say = "Welcome back. Everything comes back in its order."
		if a.UserID != v.UserID {
			say = "The absence ended. Everything comes back in its order."
		}
		return d.endAbsence(ctx, tx, a)
	})
	if err != nil {
		return Undo{}, err
	}
	d.awayChanged(ctx, v.WorkspaceID)
	return Undo{Say: say}, nil
}

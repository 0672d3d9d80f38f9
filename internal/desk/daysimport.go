package desk

import (
	"cmp"
	"context"
	"strings"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Calendar is an iCalendar file with days off that somebody wants to import.
type Calendar struct {
	ICS         []byte
	Name        string // what it is called here; empty is what it calls itself
	Country     string // for whom its days are free; empty is everybody
	Subdivision string // the part of the country; empty is all of it
}

// CalendarPlan is what importing a calendar would do.
type CalendarPlan struct {
	calendar.ICS
	Source   string // what it is called here
	Replaces int    // days off that came with a calendar of that name before
}

// PreviewDaysOff reads a calendar and says what an import would do. It changes
// nothing. The error is Invalid when it is no calendar or has no day off, and
// Limited when it has too many.
func (d *Desk) PreviewDaysOff(ctx context.Context, v sales.Viewer, c Calendar) (CalendarPlan, error) {
	if err := need(v, sales.RoleManager, "import days off"); err != nil {
		return CalendarPlan{}, err
	}
	p, err := d.readCalendar(c)
	if err != nil {
		return p, err
	}
	have, err := d.Store.DaysOff(ctx, v.WorkspaceID)
	p.Replaces = countSource(have, p.Source)
	if err == nil && len(have)-p.Replaces+len(p.Days) > maxDaysOff {
		err = tooManyDaysOff()
	}
	return p, err
}

// ImportDaysOff imports a calendar: its days off take the place of those that
// came with a calendar of the same name before. Mails that wait for their hour
// are looked at again.
func (d *Desk) ImportDaysOff(ctx context.Context, v sales.Viewer, c Calendar) (CalendarPlan, error) {
	if err := need(v, sales.RoleManager, "import days off"); err != nil {
		return CalendarPlan{}, err
	}
	p, err := d.readCalendar(c)
	if err != nil {
		return p, err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		have, err := tx.DaysOff(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		if p.Replaces = countSource(have, p.Source); len(have)-p.Replaces+len(p.Days) > maxDaysOff {
			return tooManyDaysOff()
		}
		for i := range p.Days {
			p.Days[i].WorkspaceID, p.Days[i].ID, p.Days[i].CreatedAt = v.WorkspaceID, tx.NewID(), d.now()
		}
		if err := tx.DeleteDaysOff(ctx, v.WorkspaceID, p.Source); err != nil {
			return err
		}
		if err := tx.AddDaysOff(ctx, p.Days); err != nil {
			return err
		}
		return d.otherDays(ctx, tx, v.WorkspaceID)
	})
	d.kick(v.WorkspaceID)
	return p, err
}

// readCalendar reads the file. Of its own name, what is longer than 90
// bytes is cut off.
func (d *Desk) readCalendar(c Calendar) (CalendarPlan, error) {
	country, part := strings.ToUpper(strings.TrimSpace(c.Country)), strings.ToUpper(strings.TrimSpace(c.Subdivision))
	if err := checkDayOff(sales.DayOff{From: "2000-01-01", To: "2000-01-01", Country: country, Subdivision: part}); err != nil {
		return CalendarPlan{}, err
	}
	name := strings.Join(strings.Fields(c.Name), " ")
	if name != "" {
		if _, err := called(name, "calendar"); err != nil {
			return CalendarPlan{}, err
		}
	}
	file, err := calendar.ParseICS(c.ICS, country, part, name, d.now())
	if err != nil {
		return CalendarPlan{}, err
	}
	p := CalendarPlan{ICS: file, Source: cmp.Or(name, short(strings.Join(strings.Fields(file.Name), " "), 90))}
	if len(p.Days) == 0 {
		why := "It has no events."
		if len(p.Notes) > 0 {
			why = "For example: " + p.Notes[0]
		}
		return p, sales.Errorf(sales.Invalid, "The calendar has no day off between two years ago and six years ahead. %s", why)
	}
	if p.Source == "" {
		return p, sales.Errorf(sales.Invalid, "The calendar does not say what it is called. Give it a name.")
	}
	days := p.Days[:0:0]
	for _, x := range p.Days {
		x.Name, x.Source = short(x.Name, 90), p.Source // names of 300 bytes are kept at most
		if x.Validate() == nil {
			days = append(days, x)
		}
	}
	p.Days = days
	return p, nil
}

package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// maxDaysOff is how many days off a workspace keeps.
const maxDaysOff = 20_000

// SaveSchedule makes a schedule (ID 0) or changes one; c.Version is the version
// that was read. The sequences that use it go by it from now on: mails that its
// old hours hold are looked at again. A Conflict error means that the name is
// taken, or that somebody else saved meanwhile.
func (d *Desk) SaveSchedule(ctx context.Context, v sales.Viewer, c sales.Schedule) (sales.Schedule, error) {
	if err := need(v, sales.RoleManager, "change schedules"); err != nil {
		return c, err
	}
	c.WorkspaceID = v.WorkspaceID
	var err error
	if c.Name, err = called(c.Name, "schedule"); err != nil {
		return c, err
	}
	if c.Windows, err = CheckWeek(c.Windows); err != nil {
		return c, err
	}
	now, fresh := d.now(), c.ID == 0
	err = d.inTx(ctx, func(tx *store.Tx) error {
		c.UpdatedAt = now
		if fresh {
			c.ID, c.Version, c.CreatedAt = tx.NewID(), 1, now
			return tx.InsertSchedule(ctx, c)
		}
		if err := tx.SaveSchedule(ctx, c); err != nil {
			return err
		}
		return tx.AskRecount(ctx, v.WorkspaceID, store.RecountOf{Schedule: c.ID}, now)
	})
	if err != nil || fresh {
		return c, err
	}
	c.Version++
	users, err := d.Store.SequencesWithSchedule(ctx, v.WorkspaceID, c.ID)
	if err != nil {
		return c, err
	}
	return c, d.askAgain(ctx, v.WorkspaceID, users)
}

// DeleteSchedule removes a schedule. One in use is refused with a Conflict error
// that names the sequences; archived ones have the hours of the workspace then.
func (d *Desk) DeleteSchedule(ctx context.Context, v sales.Viewer, id sales.ID) error {
	if err := need(v, sales.RoleManager, "delete schedules"); err != nil {
		return err
	}
	c, err := d.Store.Schedule(ctx, v.WorkspaceID, id)
	if err != nil {
		return err
	}
	users, err := d.Store.SequencesWithSchedule(ctx, v.WorkspaceID, id)
	if err != nil {
		return err
	}
	return d.inTx(ctx, func(tx *store.Tx) error {
		if err := inUse("schedule", c.Name, users, "Give them another schedule, or the hours of the workspace, first."); err != nil {
			return err
		}
		for _, u := range users {
			if err := letGo(ctx, tx, u, func(q *sales.Sequence) { q.ScheduleID, q.Schedule = 0, nil }); err != nil {
				return err
			}
		}
		gone, err := tx.DeleteSchedule(ctx, v.WorkspaceID, id)
		if err == nil && !gone {
			return sales.Errorf(sales.Conflict, "A sequence has begun to use the schedule “%s” just now. Reload the page to see which.", c.Name)
		}
		return err
	})
}

// CheckWeek gives the windows of a week in their order. The error is Invalid
// when there is none at all, when one cannot be, or when two overlap.
func CheckWeek(w sales.WeekWindows) (sales.WeekWindows, error) {
	if err := calendar.CheckWindows(w); err != nil {
		return w, err
	}
	any := false
	for day := range w {
		list := slices.SortedFunc(slices.Values(w[day]), func(a, b sales.Window) int { return cmp.Compare(a.From, b.From) })
		for i, x := range list {
			any = true
			if i > 0 && x.From < list[i-1].To {
				return w, sales.Errorf(sales.Invalid, "Two windows on %s overlap. Make them one, or move one.", time.Weekday(day))
			}
		}
		w[day] = list
	}
	if !any {
		return w, sales.Errorf(sales.Invalid, "Without a window no mail ever goes. Give at least one day a window.")
	}
	return w, nil
}

// SaveDayOff adds a day off (ID 0), or several in a row, or changes one.
func (d *Desk) SaveDayOff(ctx context.Context, v sales.Viewer, day sales.DayOff) (sales.DayOff, error) {
	if err := need(v, sales.RoleManager, "change days off"); err != nil {
		return day, err
	}
	day.WorkspaceID, day.Name, day.Source = v.WorkspaceID, strings.Join(strings.Fields(day.Name), " "), strings.TrimSpace(day.Source)
	day.Country, day.Subdivision = strings.ToUpper(strings.TrimSpace(day.Country)), strings.ToUpper(strings.TrimSpace(day.Subdivision))
	if day.Name == "" {
		return day, sales.Errorf(sales.Invalid, "Say what day it is: people see it as the reason why a mail waits.")
	}
	if err := checkDayOff(day); err != nil {
		return day, err
	}
	given := day
	err := d.inTx(ctx, func(tx *store.Tx) error {
		day = given
		have, err := tx.DaysOff(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(have, func(x sales.DayOff) bool { return x.ID == day.ID })
		switch {
		case day.ID != 0 && i < 0:
			return sales.Errorf(sales.NotFound, "This day off is not there any more.")
		case day.ID != 0:
			day.CreatedAt = have[i].CreatedAt
			if err := tx.DeleteDayOff(ctx, v.WorkspaceID, day.ID); err != nil {
				return err
			}
		case len(have) >= maxDaysOff:
			return tooManyDaysOff()
		default:
			day.ID, day.CreatedAt = tx.NewID(), d.now()
		}
		if err := tx.AddDaysOff(ctx, []sales.DayOff{day}); err != nil {
			return err
		}
		return d.otherDays(ctx, tx, v.WorkspaceID)
	})
	d.kick(v.WorkspaceID)
	return day, err
}

func checkDayOff(day sales.DayOff) error {
	if err := day.Validate(); err != nil {
		return err
	}
	if day.Country != "" && calendar.Country(day.Country) != day.Country {
		return sales.Errorf(sales.Invalid, "%q is no country. Write its two letters, like PT.", short(day.Country, 20))
	}
	if day.Subdivision != "" && calendar.Subdivision(day.Country, day.Subdivision) != day.Subdivision {
		return sales.Errorf(sales.Invalid, "%q is no part of a country. Write it like DE-BY.", short(day.Subdivision, 20))
	}
	return nil
}

func tooManyDaysOff() error {
	return sales.Errorf(sales.Limited, "There are %d days off already, and more are not kept. Delete a calendar that nobody needs.", maxDaysOff)
}

// DeleteDayOff removes one day off and gives it as it was, so that SaveDayOff
// with ID 0 can bring it back.
func (d *Desk) DeleteDayOff(ctx context.Context, v sales.Viewer, id sales.ID) (was sales.DayOff, err error) {
	if err := need(v, sales.RoleManager, "change days off"); err != nil {
		return was, err
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		have, err := tx.DaysOff(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(have, func(x sales.DayOff) bool { return x.ID == id })
		if i < 0 {
			return sales.Errorf(sales.NotFound, "This day off is not there any more.")
		}
		was = have[i]
		if err := tx.DeleteDayOff(ctx, v.WorkspaceID, id); err != nil {
			return err
		}
		return d.otherDays(ctx, tx, v.WorkspaceID)
	})
	d.kick(v.WorkspaceID)
	return was, err
}

// DeleteDaysOff removes all days off that came with a calendar, and says how
// many they were.
func (d *Desk) DeleteDaysOff(ctx context.Context, v sales.Viewer, source string) (n int, err error) {
	if err := need(v, sales.RoleManager, "change days off"); err != nil {
		return 0, err
	}
	if source == "" {
		return 0, sales.Errorf(sales.Invalid, "Say which calendar.")
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		have, err := tx.DaysOff(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		if n = countSource(have, source); n == 0 {
			return sales.Errorf(sales.NotFound, "There is no calendar of this name any more.")
		}
		if err := tx.DeleteDaysOff(ctx, v.WorkspaceID, source); err != nil {
			return err
		}
		return d.otherDays(ctx, tx, v.WorkspaceID)
	})
	d.kick(v.WorkspaceID)
	return n, err
}

// otherDays lets what hours hold be looked at again, and what waits for a day be
// counted anew: the days off, or the hours of the workspace, are others.
func (d *Desk) otherDays(ctx context.Context, tx *store.Tx, ws sales.ID) error {
	if err := tx.AskRecount(ctx, ws, store.RecountOf{}, d.now()); err != nil {
		return err
	}
	return tx.AskAgain(ctx, ws, 0, d.now())
}

func countSource(list []sales.DayOff, source string) (n int) {
	for _, x := range list {
		if x.Source == source {
			n++
		}
	}
	return n
}

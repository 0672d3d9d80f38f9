package desk

import (
	"context"
	"maps"
	"slices"
	"time"

	"ninetyten/internal/balance"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Beat counts what a browser says of the pages that its user used since it said
// so last: seconds by kind of page, see balance.Pages. It is believed as far as it
// can be true: all beats of a user together never count more than the time that
// passed on the wall's clock, whatever they say and from however many tabs they
// come, and one of them counts BeatMost at most. Which day it is comes from the
// server. A Conflict error means that nothing is counted here.
func (d *Desk) Beat(ctx context.Context, v sales.Viewer, used map[string]int) error {
	if err := need(v, sales.RoleSeller, "have their time counted"); err != nil {
		return err
	}
	used = believable(used)
	if len(used) == 0 {
		return nil
	}
	return d.inTx(ctx, func(tx *store.Tx) error {
		u, err := tx.User(ctx, v.WorkspaceID, v.UserID)
		if err != nil {
			return err
		}
		w, err := tx.Workspace(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		if u.Uncounted || w.Settings.TimeOff {
			return sales.Errorf(sales.Conflict, "Time on pages is not counted.")
		}
		last, err := tx.LastBeat(ctx, v.WorkspaceID, v.UserID)
		if err != nil {
			return err
		}
		now := d.wall()
		passed := now.Sub(last)
		if last.After(now.Add(time.Minute)) {
			passed = sales.BeatMost // a clock that was wrong is put right
		}
		if passed < sales.BeatApart {
			return nil // the same time, seen from another tab
		}
		moved, err := tx.MoveBeat(ctx, v.WorkspaceID, v.UserID, last, now)
		if err != nil || !moved {
			return err
		}
		day := store.Day(d.now(), zoneOf(u, w))
		for _, page := range slices.Sorted(maps.Keys(used)) {
			seconds := used[page]
			if total, room := sum(used), int(min(passed, sales.BeatMost)/time.Second); total > room {
				seconds = seconds * room / total
			}
			if seconds == 0 {
				continue
			}
			if err := tx.AddPageTime(ctx, v.WorkspaceID, sales.PageTime{UserID: v.UserID, Day: day, Page: page, Seconds: seconds}); err != nil {
				return err
			}
		}
		return nil
	})
}

// believable leaves kinds that there are, with more than nothing and at most what
// one beat may say.
func believable(used map[string]int) map[string]int {
	out := map[string]int{}
	for _, p := range balance.Pages() {
		if n := used[p.Kind]; n > 0 {
			out[p.Kind] = min(n, int(sales.BeatMost/time.Second))
		}
	}
	return out
}

func sum(used map[string]int) (n int) {
	for _, x := range used {
		n += x
	}
	return n
}

// zone is where the viewer is, as well as we know; UTC when that cannot be read.
func (d *Desk) zone(ctx context.Context, v sales.Viewer) *time.Location {
	u, err := d.Store.User(ctx, v.WorkspaceID, v.UserID)
	if err != nil {
		return time.UTC
	}
	w, err := d.Store.KeptWorkspace(ctx, v.WorkspaceID)
	if err != nil {
		return time.UTC
	}
	return zoneOf(u, w)
}

// zoneOf is where a user is, as well as we know.
func zoneOf(u sales.User, w sales.Workspace) *time.Location {
	for _, name := range []string{u.Zone, w.Settings.Zone} {
		if loc, err := time.LoadLocation(name); name != "" && name != "Local" && err == nil {
			return loc
		}
	}
	return time.UTC
}

// CountMyTime switches on or off that the viewer's own time is counted. Off
// deletes what is stored of it.
func (d *Desk) CountMyTime(ctx context.Context, v sales.Viewer, on bool) error {
	if err := need(v, sales.RoleSeller, "choose that"); err != nil {
		return err
	}
	return d.inTx(ctx, func(tx *store.Tx) error {
		if err := tx.SetUncounted(ctx, v.WorkspaceID, v.UserID, !on); err != nil || on {
			return err
		}
		return tx.DropPageTime(ctx, v.WorkspaceID, v.UserID)
	})
}

// ForgetMyTime deletes what is stored of the viewer's own time.
func (d *Desk) ForgetMyTime(ctx context.Context, v sales.Viewer) error {
	if err := need(v, sales.RoleSeller, "delete that"); err != nil {
		return err
	}
	return d.inTx(ctx, func(tx *store.Tx) error { return tx.DropPageTime(ctx, v.WorkspaceID, v.UserID) })
}

// CountTime switches on or off that time is counted in the workspace. Off deletes
// what is stored of everybody.
func (d *Desk) CountTime(ctx context.Context, v sales.Viewer, on bool) error {
	if err := need(v, sales.RoleAdmin, "choose that for the workspace"); err != nil {
		return err
	}
	return d.inTx(ctx, func(tx *store.Tx) error {
		w, err := tx.Workspace(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		w.Settings.TimeOff = !on
		if err := tx.SaveWorkspace(ctx, w); err != nil || on {
			return err
		}
		return tx.DropPageTime(ctx, v.WorkspaceID, 0)
	})
}

// TimeSeen is what leaders see of the time of others, in some days that are over
// everywhere.
type TimeSeen struct {
	From   time.Time // the first of the seven days, at midnight UTC: it is a date
	Last   time.Time // the last
	People []TimeOf  // those with some time, the most first; for the others alone
	Team   balance.TimeSum
	Few    bool // fewer than TeamTimeMin have some: the kinds of Team are left out
}

// TimeOf is the time of one user: two sums, and no page.
type TimeOf struct {
	UserID         sales.ID
	Selling, Admin float64 // minutes
}

// TimeSeen gives what managers see of everybody: the last seven days that are over.
// A seller gets what is seen of them: their own line, without the team. A day is
// over at the noon (UTC) after it, when it is so in every zone: each person sees
// theirs first.
func (d *Desk) TimeSeen(ctx context.Context, v sales.Viewer) (TimeSeen, error) {
	if err := need(v, sales.RoleSeller, "see that"); err != nil {
		return TimeSeen{}, err
	}
	until := store.Day(d.now().Add(-12*time.Hour), nil)
	out := TimeSeen{From: store.DateOf(until - 7), Last: store.DateOf(until - 1)}
	list, err := d.Store.PageTimeSums(ctx, v, until-7, until)
	if err != nil {
		return out, err
	}
	by := map[sales.ID][]sales.PageTime{}
	for _, x := range list {
		by[x.UserID] = append(by[x.UserID], x)
	}
	for user, rows := range by {
		s := balance.SumTime(rows)
		out.People = append(out.People, TimeOf{user, s.Selling, s.Admin})
	}
	slices.SortFunc(out.People, func(a, b TimeOf) int {
		if x, y := a.Selling+a.Admin, b.Selling+b.Admin; x != y {
			return map[bool]int{true: -1, false: 1}[x > y]
		}
		return int(min(max(a.UserID-b.UserID, -1), 1))
	})
	if v.Role.AtLeast(sales.RoleManager) {
		out.Team = balance.SumTime(list)
		if out.Few = len(by) < sales.TeamTimeMin; out.Few {
			out.Team.Kinds = nil
		}
	}
	return out, nil
}

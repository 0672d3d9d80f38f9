package invariants

import (
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

// judgeHours: the local time of the person must be in a window of a working day. Of
// a person whose zone is not known, that of the account counts, else that of owner,
// who looks after the enrollment at the moment.
func (w *world) judgeHours(x parcel, e *enrollment, owner sales.ID) {
	windows, holidays, off := w.settings.Windows, w.settings.Holidays, true
	if s := w.schedules[e.q.ScheduleID]; s != nil {
		windows, holidays, off = s.Windows, s.Holidays, s.DaysOff
	}
	country, part := where(x.p)
	local := w.clock.Now().In(w.zoneOf(x.p.Zone, x.p.acct.Zone, w.zoneOfUser(owner), w.settings.Zone))
	minute := local.Hour()*60 + local.Minute()
	open := false
	for _, win := range windows[local.Weekday()] {
		open = open || win.From <= minute && minute < win.To
	}
	if !open {
		w.fail(x.p, "step %d goes at %s, which is outside the hours %v", x.step, local, windows[local.Weekday()])
	}
	if !w.workday(local, windows, off, holidays, country, part) {
		w.fail(x.p, "step %d goes on %s, which is free in %s %s", x.step, local.Format(time.DateOnly), country, part)
	}
}

// workday tells whether a local day has windows and is neither a holiday nor a day off.
func (w *world) workday(local time.Time, windows sales.WeekWindows, off, holidays bool, country, part string) bool {
	if len(windows[local.Weekday()]) == 0 {
		return false
	}
	if holidays && country != "" {
		if _, yes := calendar.Holiday(country, part, local); yes {
			return false
		}
	}
	day := local.Format(time.DateOnly)
	for _, d := range w.daysOff {
		if off && d.From <= day && day <= d.To && (d.Country == "" || d.Country == country) && (d.Subdivision == "" || d.Subdivision == part) {
			return false
		}
	}
	return true
}

// where is the country of a person and the part of it: their own, else those of
// their account.
func where(p *person) (country, part string) {
	country = p.Country
	if country == "" {
		country = p.acct.Country
	}
	if part = p.Subdivision; part == "" && strings.HasPrefix(p.acct.Subdivision, country+"-") {
		part = p.acct.Subdivision
	}
	return country, part
}

// zoneOf is the first of the zones that there is, else UTC.
func (w *world) zoneOf(names ...string) *time.Location {
	for _, name := range names {
		if name == "" {
			continue
		}
		if loc, ok := w.zones[name]; ok {
			return loc
		}
		if loc, err := time.LoadLocation(name); err == nil {
			w.zones[name] = loc
			return loc
		}
	}
	return time.UTC
}

// day is today in the zone of the workspace.
func (w *world) day() string {
	return w.clock.Now().In(w.zoneOf(w.settings.Zone)).Format(time.DateOnly)
}

// zoneOfUser is the zone of a seller.
func (w *world) zoneOfUser(id sales.ID) string {
	for _, s := range w.sellers {
		if s.ID == id {
			return s.Zone
		}
	}
	return ""
}

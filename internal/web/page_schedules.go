package web

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// SchedulesPage lists the schedules.
type SchedulesPage struct {
	Shell
	CanEdit   bool
	Rows      []ScheduleRow
	Workspace string // the hours of those that have no schedule, in words
}

// ScheduleRow is one schedule with who uses it.
type ScheduleRow struct {
	ID    sales.ID
	Name  string
	Hours string
	Free  string // which free days count
	Uses  []Use
}

// HoursPage shows or edits a schedule.
type HoursPage struct {
	Shell
	ID      sales.ID // 0 is a new one
	Version int
	CanEdit bool
	Form    HoursForm
	Hours   string // in words
	Problem string
	Uses    []Use
	Preview []Openings // what the hours mean for some people; nil when they cannot be read
}

// HoursForm is a schedule as it is typed.
type HoursForm struct {
	Name     string
	Holidays bool
	DaysOff  bool
	Columns  int                     // windows that each day has room for
	Times    [7][][2]string          // from and to of each window, Sunday first
	Errors   map[string]string       // by the name of the field
	Days     map[time.Weekday]string // what is wrong with a day
}

// maxColumns is how many windows a day of the form has room for.
const maxColumns = 6

// Openings are the next moments at which a mail to somebody may go.
type Openings struct {
	Who   string // A person in Lisbon
	Place string // whose zone it is, and which holidays count
	Lines []OpeningLine
	Why   string // why the first is not at once; or why there is none
}

// OpeningLine is one stretch of time, where they are.
type OpeningLine struct {
	Day, Hours string
	Yours      string // the same in the zone of the reader, when it is another
}

// hoursForm shows a schedule as a form.
func hoursForm(c sales.Schedule) HoursForm {
	f := HoursForm{Name: c.Name, Holidays: c.Holidays, DaysOff: c.DaysOff, Errors: map[string]string{}, Days: map[time.Weekday]string{}, Columns: 2}
	for d, list := range c.Windows {
		for _, w := range list {
			f.Times[d] = append(f.Times[d], [2]string{clock(w.From), clock(w.To % (24 * 60))})
		}
		f.Columns = max(f.Columns, min(len(list), maxColumns))
	}
	return f
}

// weekOrder is the week as it is shown: Monday first.
func weekOrder() []time.Weekday {
	return []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}
}

// columns are the numbers of the windows that a day is shown with; a day that has
// more keeps them.
func (f HoursForm) columns(d time.Weekday) []int {
	out := make([]int, max(f.Columns, len(f.Times[d])))
	for i := range out {
		out[i] = i
	}
	return out
}

func (f HoursForm) time(d time.Weekday, i, end int) string {
	if i < len(f.Times[d]) {
		return f.Times[d][i][end]
	}
	return ""
}

func timeName(d time.Weekday, i int, end string) string { return fmt.Sprintf("%s-%d-%d", end, d, i) }

// hoursWords say the windows of a week, days with the same hours together.
func hoursWords(w sales.WeekWindows) string {
	type run struct {
		days  []time.Weekday
		hours string
	}
	var runs []run
	for _, d := range weekOrder() {
		h := windowsWords(w[d])
		if h == "" {
			continue
		}
		i := slices.IndexFunc(runs, func(r run) bool { return r.hours == h })
		if i < 0 {
			runs = append(runs, run{hours: h})
			i = len(runs) - 1
		}
		runs[i].days = append(runs[i].days, d)
	}
	if len(runs) == 0 {
		return "never"
	}
	var out []string
	for _, r := range runs {
		out = append(out, dayRange(r.days)+" "+r.hours)
	}
	return strings.Join(out, "; ")
}

func windowsWords(list []sales.Window) string {
	var out []string
	for _, w := range list {
		if w.From < w.To {
			out = append(out, clock(w.From)+"–"+clock(w.To))
		}
	}
	if len(out) == 1 && out[0] == "00:00–24:00" {
		return "all day"
	}
	return strings.Join(out, " and ")
}

// dayRange names days: Mon–Fri, Mon, Wed.
func dayRange(days []time.Weekday) string {
	place := func(d time.Weekday) int { return int(d+6) % 7 }
	short := func(d time.Weekday) string { return d.String()[:3] }
	var out []string
	for i := 0; i < len(days); {
		j := i
		for j+1 < len(days) && place(days[j+1]) == place(days[j])+1 {
			j++
		}
		switch {
		case j-i >= 2:
			out = append(out, short(days[i])+"–"+short(days[j]))
		default:
			for _, d := range days[i : j+1] {
				out = append(out, short(d))
			}
		}
		i = j + 1
	}
	return strings.Join(out, ", ")
}

// freeWords say which free days count.
func freeWords(holidays, off bool) string {
	switch {
	case holidays && off:
		return "not on public holidays and company days off"
	case holidays:
		return "not on public holidays"
	case off:
		return "not on company days off"
	}
	return "on free days too"
}

func newScheduleAction(can bool) Action {
	if !can {
		return Action{}
	}
	return Action{Label: "New schedule", Icon: "plus", Href: "/settings/schedules/new", Main: true, Key: "Enter"}
}

func hoursActions(p HoursPage) []Action {
	if p.ID == 0 || !p.CanEdit {
		return nil
	}
	out := []Action{{Label: "Copy", Href: "/settings/schedules/new?from=" + p.ID.String()}}
	if len(p.Uses) == 0 {
		out = append(out, Action{Label: "Delete", Danger: true, Post: path("/settings/schedules", p.ID, "delete"), Confirm: "Delete the schedule “" + p.Form.Name + "”? This cannot be taken back."})
	}
	return out
}

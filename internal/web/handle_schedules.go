package web

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
)

// getSchedules lists the schedules and who uses each.
func (s *Server) getSchedules(w http.ResponseWriter, r *http.Request, v visit) error {
	sh, err := s.shell(r, v, "Schedules", "settings")
	if err != nil {
		return err
	}
	list, err := s.Store.Schedules(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	ws, err := s.Store.Workspace(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	uses, err := s.sequenceUses(r, v, func(q sales.Sequence) sales.ID { return q.ScheduleID })
	if err != nil {
		return err
	}
	p := SchedulesPage{Shell: sh, CanEdit: v.Role.AtLeast(sales.RoleManager), Workspace: hoursWords(ws.Settings.Windows) + ", " + freeWords(ws.Settings.Holidays, true)}
	for _, x := range list {
		p.Rows = append(p.Rows, ScheduleRow{ID: x.ID, Name: x.Name, Hours: hoursWords(x.Windows), Free: freeWords(x.Holidays, x.DaysOff), Uses: uses[x.ID]})
	}
	return Render(w, r, sh, SchedulesView(p))
}

// getNewSchedule begins a schedule with the hours of the workspace, or of another
// schedule.
func (s *Server) getNewSchedule(w http.ResponseWriter, r *http.Request, v visit) error {
	ws, err := s.Store.Workspace(r.Context(), v.WorkspaceID)
	if err != nil {
		return err
	}
	c := sales.Schedule{Windows: ws.Settings.Windows, Holidays: ws.Settings.Holidays, DaysOff: true}
	if from, err := sales.ParseID(r.URL.Query().Get("from")); err == nil {
		if c, err = s.Store.Schedule(r.Context(), v.WorkspaceID, from); err != nil {
			return err
		}
		c.ID, c.Name = 0, clipText("Copy of "+c.Name, 90)
	}
	return s.hours(w, r, v, http.StatusOK, HoursPage{Form: hoursForm(c)}, &c)
}

// getHours shows a schedule: to change it, or to read it.
func (s *Server) getHours(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := sales.ParseID(r.PathValue("id"))
	if err != nil {
		return err
	}
	c, err := s.Store.Schedule(r.Context(), v.WorkspaceID, id)
	if err != nil {
		return err
	}
	return s.hours(w, r, v, http.StatusOK, HoursPage{ID: id, Version: c.Version, Form: hoursForm(c)}, &c)
}

// hours fills in what the form needs and shows the page. c are the hours that the
// preview is about; nil when they cannot be read.
func (s *Server) hours(w http.ResponseWriter, r *http.Request, v visit, status int, p HoursPage, c *sales.Schedule) error {
	sh, err := s.shell(r, v, pick(p.ID > 0, p.Form.Name, "New schedule"), "settings")
	if err != nil {
		return err
	}
	p.Shell, p.CanEdit = sh, v.Role.AtLeast(sales.RoleManager)
	if p.ID > 0 {
		uses, err := s.sequenceUses(r, v, func(q sales.Sequence) sales.ID { return q.ScheduleID })
		if err != nil {
			return err
		}
		p.Uses = uses[p.ID]
	}
	if c != nil {
		ws, err := s.Store.Workspace(r.Context(), v.WorkspaceID)
		if err != nil {
			return err
		}
		off, err := s.Store.DaysOff(r.Context(), v.WorkspaceID)
		if err != nil {
			return err
		}
		p.Preview = openingsFor(calendarOf(*c, off), s.Clock.Now(), v.User.Zone, ws.Settings.Zone)
		p.Hours = hoursWords(c.Windows)
	}
	return RenderStatus(w, r, status, sh, HoursView(p))
}

// postHours saves a schedule; a button inside the form changes what is typed, or
// shows what it would mean, first.
func (s *Server) postHours(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	p := HoursPage{Form: readHoursForm(r), Version: atoi(r.PostForm.Get("version"))}
	if r.PathValue("id") != "" {
		id, err := sales.ParseID(r.PathValue("id"))
		if err != nil {
			return err
		}
		if _, err := s.Store.Schedule(r.Context(), v.WorkspaceID, id); err != nil {
			return err
		}
		p.ID = id
	}
	do := r.PostForm.Get("do")
	switch do {
	case "copy-week", "copy-all":
		p.Form.copyMonday(do == "copy-all")
	case "more":
		p.Form.Columns = min(p.Form.Columns+1, maxColumns)
	}
	c, ok := p.Form.schedule()
	known := &c
	if !ok {
		known = nil
	}
	if do != "" && do != "preview" {
		p.Form.forgetErrors() // not asked for yet
		return s.hours(w, r, v, http.StatusOK, p, known)
	}
	if !ok {
		return s.hours(w, r, v, http.StatusUnprocessableEntity, p, nil)
	}
	if do == "preview" {
		return s.hours(w, r, v, http.StatusOK, p, known)
	}
	c.ID, c.Version = p.ID, p.Version
	_, err := s.Desk.SaveSchedule(r.Context(), v.Viewer, c)
	if inForm(err) {
		p.Problem = sales.Explain(err)
		return s.hours(w, r, v, formStatus(err), p, &c)
	}
	if err != nil {
		return err
	}
	return s.toastTo(w, r, "/settings/schedules", Toast{Text: "“" + clipText(c.Name, 60) + "” is saved. Mails that wait for their hour are looked at again."})
}

// postDeleteHours removes a schedule that nothing uses.
func (s *Server) postDeleteHours(w http.ResponseWriter, r *http.Request, v visit) error {
	return s.deleteOne(w, r, "/settings/schedules", "The schedule is gone.", func(id sales.ID) error { return s.Desk.DeleteSchedule(r.Context(), v.Viewer, id) })
}

// readHoursForm reads what was typed.
func readHoursForm(r *http.Request) HoursForm {
	f := HoursForm{Name: r.PostForm.Get("name"), Holidays: r.PostForm.Get("holidays") != "", DaysOff: r.PostForm.Get("days_off") != "", Errors: map[string]string{}, Days: map[time.Weekday]string{}}
	f.Columns = max(2, min(atoi(r.PostForm.Get("columns")), maxColumns))
	for d := range f.Times {
		for i := range 24 {
			a, b := strings.TrimSpace(r.PostForm.Get(timeName(time.Weekday(d), i, "from"))), strings.TrimSpace(r.PostForm.Get(timeName(time.Weekday(d), i, "to")))
			if a != "" || b != "" {
				f.Times[d] = append(f.Times[d], [2]string{clipText(a, 10), clipText(b, 10)})
			}
		}
	}
	return f
}

// copyMonday gives the windows of Monday to Tuesday to Friday, or to all days.
func (f *HoursForm) copyMonday(all bool) {
	for _, d := range weekOrder()[1:] {
		if all || d != time.Saturday && d != time.Sunday {
			f.Times[d] = append([][2]string(nil), f.Times[time.Monday]...)
		}
	}
}

// forgetErrors is for a button that only changes what is typed.
func (f *HoursForm) forgetErrors() {
	f.Errors, f.Days = map[string]string{}, map[time.Weekday]string{}
}

// schedule makes a schedule of the form. What is wrong is written beside its
// field.
func (f *HoursForm) schedule() (sales.Schedule, bool) {
	c := sales.Schedule{Name: strings.TrimSpace(f.Name), Holidays: f.Holidays, DaysOff: f.DaysOff}
	if c.Name == "" || len([]rune(c.Name)) > 100 {
		f.Errors["name"] = "Give it a name of at most 100 characters."
	}
	for _, d := range weekOrder() {
		for _, x := range f.Times[d] {
			win, problem := readTimes(x[0], x[1])
			if problem != "" {
				f.Days[d] = problem
				break
			}
			c.Windows[d] = append(c.Windows[d], win)
		}
	}
	if len(f.Days) > 0 {
		return c, false
	}
	week, err := desk.CheckWeek(c.Windows)
	if err != nil {
		f.Errors["windows"] = sales.Explain(err)
		return c, false
	}
	c.Windows = week
	return c, len(f.Errors) == 0
}

// readTimes reads the two times of a window; 00:00 as the end is midnight.
func readTimes(from, to string) (sales.Window, string) {
	a, ok1 := minutesOf(from)
	b, ok2 := minutesOf(to)
	if !ok1 || !ok2 {
		return sales.Window{}, "Write both times, as 08:30 and 11:30, or none."
	}
	if b == 0 {
		b = 24 * 60
	}
	if b <= a {
		return sales.Window{}, fmt.Sprintf("%s to %s ends before it begins. Split what goes over midnight into two days.", from, to)
	}
	return sales.Window{From: a, To: b}, ""
}

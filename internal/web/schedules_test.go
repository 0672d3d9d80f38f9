package web_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/sales"
)

// hours is the form of a schedule: mornings from Monday to Friday.
func hours(fields ...string) []string {
	out := []string{"name", "Mornings", "version", "0", "columns", "2", "holidays", "yes", "days_off", "yes"}
	for d := 1; d <= 5; d++ {
		out = append(out, fmt.Sprintf("from-%d-0", d), "08:30", fmt.Sprintf("to-%d-0", d), "11:30")
	}
	return append(out, fields...)
}

func (s *site) onlySchedule() sales.Schedule {
	s.t.Helper()
	list, err := s.Store.Schedules(context.Background(), s.Workspace.ID)
	if err != nil || len(list) != 1 {
		s.t.Fatalf("%v, %d schedules", err, len(list))
	}
	return list[0]
}

func TestSchedulePages(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Owner)
	b.get("/settings/schedules").wants("main", "Hours that sequences share go here", "Mon–Fri 08:30–11:30 and 13:30–16:30, not on public holidays and company days off", "Example")
	a := b.get("/settings/schedules/new")
	if a.value("[name=from-1-1]") != "13:30" || a.value("[name=from-6-0]") != "" || len(a.all("input[name=holidays][checked]")) != 1 {
		t.Error("a new one does not begin with the hours of the workspace")
	}
	// It is Tuesday 3 March, 10:00 in Lisbon and 05:00 in New York.
	a.wants("#opening-0", "the holidays of Portugal", "Tue 3 Mar", "now–11:30", "13:30–16:30")
	a.wants("#opening-1", "America/New_York", "08:30–11:30", "from 13:30 for you")
	a.wants("#opening-2", "the sender, yours: Europe/Lisbon", "no public holidays")

	b.post("/settings/schedules", hours("from-0-0", "22:00", "to-0-0", "00:00", "from-0-1", "8.15", "to-0-1", "0900")...).to("/settings/schedules")
	c := s.onlySchedule()
	if c.Name != "Mornings" || !c.Holidays || !c.DaysOff || len(c.Windows[time.Saturday]) != 0 || c.Windows[time.Friday][0] != (sales.Window{From: 510, To: 690}) ||
		c.Windows[time.Sunday][0] != (sales.Window{From: 495, To: 540}) || c.Windows[time.Sunday][1] != (sales.Window{From: 22 * 60, To: 24 * 60}) {
		t.Errorf("%+v", c)
	}
	page := "/settings/schedules/" + c.ID.String()
	b.get("/settings/schedules").wants("main", "Mornings", "Mon–Fri 08:30–11:30; Sun 08:15–09:00 and 22:00–24:00", "nothing")
	a = b.get(page)
	if a.value("[name=from-0-1]") != "22:00" || a.value("[name=to-0-1]") != "00:00" || a.value("[name=version]") != "1" {
		t.Error("the windows are not shown as they were saved")
	}
	s.uses(0, c.ID)
	b.get("/settings/schedules").wants("main", "Fleet ops, autumn")
	b.do("POST", page+"/delete", form()).to("/settings/schedules")
	b.get("/settings/schedules").wants("#toasts", "is used by the sequence “Fleet ops, autumn”")
	b.post(page, typed(hours(), "version", "1", "holidays", "", "days_off", "")...).to("/settings/schedules")
	if c = s.onlySchedule(); c.Holidays || c.DaysOff || c.Version != 2 || len(c.Windows[0]) != 0 {
		t.Errorf("%+v", c)
	}
	b.do("POST", page, form(typed(hours(), "version", "1")...)).wantPage(409, "Somebody else changed this meanwhile")
	if got := b.get("/settings/schedules/new?from=" + c.ID.String()).value("#f-name"); got != "Copy of Mornings" {
		t.Errorf("a copy is called %q", got)
	}
	s.as(s.Seller).get(page).wants("main", "Managers change schedules", "Mon–Fri 08:30–11:30, on free days too", "A person in Lisbon")
	s.uses(0, 0)
	b.post(page + "/delete")
	b.do("GET", page, nil).wantPage(404)
}

func TestScheduleForm(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Owner)
	for _, c := range []struct {
		fields []string
		says   string
	}{
		{typed(hours(), "name", " "), "Give it a name"}, {typed(hours(), "from-1-0", ""), "Write both times"}, {typed(hours(), "to-2-0", "25:00"), "Write both times"}, {typed(hours(), "to-3-0", "08:00"), "ends before it begins"},
		{hours("from-1-1", "11:00", "to-1-1", "12:00"), "Two windows on Monday overlap"}, {[]string{"name", "Never", "columns", "2"}, "Without a window no mail ever goes"}, {typed(hours(), "from-1-0", "<script>alert(1)</script>"), "Write both times"},
		{append(hours(), "do", "preview", "from-6-0", "x"), "Write both times"},
	} {
		a := b.do("POST", "/settings/schedules", form(c.fields...)).wantPage(422, c.says)
		if len(a.all("main script")) > 0 || len(a.all("#openings")) > 0 {
			t.Errorf("%v: a script, or a preview of what cannot be read", c.fields)
		}
	}
	press := func(do string, fields ...string) answer {
		t.Helper()
		return b.do("POST", "/settings/schedules", form(append([]string{"do", do}, fields...)...)).wantPage(200)
	}
	monday := []string{"name", "", "columns", "2", "from-1-0", "07:00", "to-1-0", "09:00", "from-1-1", "18:00", "to-1-1", "19:00", "from-6-0", "10:00", "to-6-0", "12:00"}
	a := press("copy-week", monday...)
	if a.value("[name=from-5-1]") != "18:00" || a.value("[name=from-6-0]") != "10:00" || a.value("[name=from-0-0]") != "" || strings.Contains(a.text("main"), "Give it a name") {
		t.Error("Monday is not that of Tuesday to Friday, or what was not asked for is said")
	}
	if a = press("copy-all", monday...); a.value("[name=from-6-0]") != "07:00" || a.value("[name=to-0-1]") != "19:00" {
		t.Error("Monday is not that of every day")
	}
	if a = press("more", monday...); len(a.all("[name=from-3-2]")) != 1 || len(a.all("[name=from-3-3]")) != 0 || a.value("[name=columns]") != "3" {
		t.Error("there is not one more window a day")
	}
	if a = press("more", append(monday, "columns", "9999")...); len(a.all("[name=from-3-7]")) != 0 {
		t.Error("there is no end to the windows")
	}
	a = press("preview", hours()...)
	a.wants("#opening-1", "08:30–11:30")
	if list, err := s.Store.Schedules(context.Background(), s.Workspace.ID); err != nil || len(list) != 0 {
		t.Error("a button of the form saved", err)
	}
}

// The preview says which free day comes before the first opening.
func TestOpeningsSayWhy(t *testing.T) {
	s := newSite(t, 0)
	b := s.as(s.Owner)
	b.post("/settings/days-off", "from", "2026-03-03", "to", "2026-03-06", "name", "Retreat <b>", "where", "")
	a := b.get("/settings/schedules/new")
	a.wants("#opening-0", "Mon 9 Mar", "company day off: Retreat <b>")
	if len(a.all("main b")) > 0 {
		t.Error("the name of a day off is HTML")
	}
	a = b.do("POST", "/settings/schedules", form(typed(hours("do", "preview"), "days_off", "")...)).wantPage(200)
	if strings.Contains(a.text("main"), "Retreat") {
		t.Error("days off count that should not")
	}
}

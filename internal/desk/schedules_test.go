package desk_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
)

func mornings() sales.Schedule {
	c := sales.Schedule{Name: "Mornings", Holidays: true, DaysOff: true}
	for d := time.Monday; d <= time.Friday; d++ {
		c.Windows[d] = []sales.Window{{From: 8 * 60, To: 12 * 60}}
	}
	return c
}

// christmas is a calendar of two days that calls itself Feiertage.
func christmas(name string) desk.Calendar {
	return desk.Calendar{Name: name, Country: "de", Subdivision: "de-by", ICS: []byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Feiertage\r\n" +
		"BEGIN:VEVENT\r\nUID:1@x.example\r\nDTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY:Weihnachten\r\nEND:VEVENT\r\n" +
		"BEGIN:VEVENT\r\nUID:2@x.example\r\nDTSTART;VALUE=DATE:20270106\r\nSUMMARY:Heilige Drei Könige\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")}
}

func TestSchedules(t *testing.T) {
	r := newRoom(t, 0)
	ctx := t.Context()
	c := mornings()
	c.Windows[time.Monday] = []sales.Window{{From: 13 * 60, To: 24 * 60}, {From: 0, To: 9 * 60}}
	_, err := r.d.SaveSchedule(ctx, r.v, c)
	wantCode(t, "a seller", err, sales.Forbidden)
	c = must[sales.Schedule](t)(r.d.SaveSchedule(ctx, r.boss, c))
	if got := must[sales.Schedule](t)(r.Store.Schedule(ctx, r.Workspace.ID, c.ID)); got.Windows[time.Monday][0].From != 0 || got.Windows[time.Monday][1].To != 24*60 || !got.DaysOff {
		t.Errorf("not in order: %+v", got)
	}
	for name, bad := range map[string]sales.WeekWindows{
		"none": {}, "backwards": {1: {{From: 600, To: 500}}}, "over midnight": {1: {{From: 600, To: 1500}}}, "overlap": {1: {{From: 600, To: 700}, {From: 500, To: 601}}},
		"too many": {2: make([]sales.Window, 25)},
	} {
		x := mornings()
		x.Name, x.Windows = name, bad
		_, err := r.d.SaveSchedule(ctx, r.boss, x)
		wantCode(t, name, err, sales.Invalid)
	}
	twin := mornings()
	twin.Name = "MORNINGS"
	_, err = r.d.SaveSchedule(ctx, r.boss, twin)
	wantCode(t, "the same name", err, sales.Conflict)
	c.Holidays = false
	must[sales.Schedule](t)(r.d.SaveSchedule(ctx, r.boss, c))
	_, err = r.d.SaveSchedule(ctx, r.boss, c)
	wantCode(t, "an old version", err, sales.Conflict)

	r.uses(0, c.ID, sales.SequencePaused)
	wantSays(t, "in use", r.d.DeleteSchedule(ctx, r.boss, c.ID), sales.Conflict, "“Fleet ops, autumn”")
	r.uses(0, c.ID, sales.SequenceArchived)
	if err := r.d.DeleteSchedule(ctx, r.boss, c.ID); err != nil {
		t.Fatal(err)
	}
	wantCode(t, "twice", r.d.DeleteSchedule(ctx, r.boss, c.ID), sales.NotFound)
}

func TestDaysOff(t *testing.T) {
	r := newRoom(t, 0)
	ctx := t.Context()
	day := sales.DayOff{From: "2026-12-24", To: "2026-12-31", Name: " Winter  break "}
	_, err := r.d.SaveDayOff(ctx, r.v, day)
	wantCode(t, "a seller", err, sales.Forbidden)
	day = must[sales.DayOff](t)(r.d.SaveDayOff(ctx, r.boss, day))
	if day.Name != "Winter break" || day.ID == 0 {
		t.Errorf("%+v", day)
	}
	day.To = "2027-01-01"
	must[sales.DayOff](t)(r.d.SaveDayOff(ctx, r.boss, day))
	if list := must[[]sales.DayOff](t)(r.DaysOff(ctx, r.Workspace.ID)); len(list) != 1 || list[0].To != "2027-01-01" || list[0].ID != day.ID {
		t.Errorf("%+v", list)
	}
	for name, bad := range map[string]sales.DayOff{
		"no name": {From: "2026-12-24", To: "2026-12-24"}, "no day": {From: "24.12.2026", To: "2026-12-24", Name: "x"}, "backwards": {From: "2026-12-24", To: "2026-12-23", Name: "x"},
		"years": {From: "2026-12-24", To: "2028-12-23", Name: "x"}, "no country": {From: "2026-12-24", To: "2026-12-24", Name: "x", Country: "Germany"},
		"another country": {From: "2026-12-24", To: "2026-12-24", Name: "x", Country: "AT", Subdivision: "DE-BY"}, "no part": {From: "2026-12-24", To: "2026-12-24", Name: "x", Country: "DE", Subdivision: "DE-???"},
		"long": {From: "2026-12-24", To: "2026-12-24", Name: strings.Repeat("x", 301)}, "a day of the moon": {From: "2026-02-30", To: "2026-02-30", Name: "x"},
	} {
		_, err := r.d.SaveDayOff(ctx, r.boss, bad)
		wantCode(t, name, err, sales.Invalid)
	}
	was, err := r.d.DeleteDayOff(ctx, r.boss, day.ID)
	if err != nil || was.To != "2027-01-01" {
		t.Error(was, err)
	}
	_, err = r.d.DeleteDayOff(ctx, r.boss, day.ID)
	wantCode(t, "twice", err, sales.NotFound)
	_, err = r.d.SaveDayOff(ctx, r.boss, day)
	wantCode(t, "one that is gone", err, sales.NotFound)
	was.ID = 0
	must[sales.DayOff](t)(r.d.SaveDayOff(ctx, r.boss, was)) // brought back
}

func TestImportDaysOff(t *testing.T) {
	r := newRoom(t, 0)
	ctx := t.Context()
	plan, err := r.d.PreviewDaysOff(ctx, r.boss, christmas(""))
	if err != nil || plan.Source != "Feiertage" || plan.Replaces != 0 || len(plan.Days) != 2 || plan.Days[0].From != "2026-12-25" || plan.Days[0].To != "2026-12-26" {
		t.Fatalf("%+v %v", plan, err)
	}
	if list := must[[]sales.DayOff](t)(r.DaysOff(ctx, r.Workspace.ID)); len(list) != 0 {
		t.Error("the preview imported")
	}
	for range 2 {
		if plan, err = r.d.ImportDaysOff(ctx, r.boss, christmas("")); err != nil {
			t.Fatal(err)
		}
	}
	list := must[[]sales.DayOff](t)(r.DaysOff(ctx, r.Workspace.ID))
	if plan.Replaces != 2 || len(list) != 2 || list[1].Name != "Heilige Drei Könige" || list[1].Country != "DE" || list[1].Subdivision != "DE-BY" || list[1].Source != "Feiertage" {
		t.Errorf("%d replaced: %+v", plan.Replaces, list)
	}
	must[desk.CalendarPlan](t)(r.d.ImportDaysOff(ctx, r.boss, christmas("Mine")))
	if plan, err = r.d.PreviewDaysOff(ctx, r.boss, christmas("Mine")); err != nil || plan.Replaces != 2 {
		t.Error(plan.Replaces, err)
	}
	for _, f := range []func() error{
		func() error { _, err := r.d.PreviewDaysOff(ctx, r.v, christmas("")); return err },
		func() error { _, err := r.d.ImportDaysOff(ctx, r.v, christmas("")); return err },
		func() error { _, err := r.d.DeleteDaysOff(ctx, r.v, "Mine"); return err },
	} {
		wantCode(t, "a seller", f(), sales.Forbidden)
	}
	if n, err := r.d.DeleteDaysOff(ctx, r.boss, "Mine"); n != 2 || err != nil {
		t.Error(n, err)
	}
	_, err = r.d.DeleteDaysOff(ctx, r.boss, "Mine")
	wantCode(t, "twice", err, sales.NotFound)
	_, err = r.d.DeleteDaysOff(ctx, r.boss, "")
	wantCode(t, "those by hand", err, sales.Invalid)
}

func TestBadCalendars(t *testing.T) {
	r := newRoom(t, 0)
	event := func(s string) string {
		return "BEGIN:VCALENDAR\nX-WR-CALNAME:<script>alert(1)</script>\nBEGIN:VEVENT\nSUMMARY:Day\n" + s + "\nEND:VEVENT\nEND:VCALENDAR"
	}
	for name, c := range map[string]struct {
		cal  desk.Calendar
		code sales.Code
		says string
	}{
		"empty":      {desk.Calendar{ICS: nil, Name: "x"}, sales.Invalid, "empty"},
		"a web page": {desk.Calendar{ICS: []byte("<!doctype html><title>Log in"), Name: "x"}, sales.Invalid, "web page"},
		"binary":     {desk.Calendar{ICS: []byte("\x89PNG\r\n\x1a\n\x00\x00"), Name: "x"}, sales.Invalid, "not an iCalendar"},
		"no events":  {desk.Calendar{ICS: []byte("BEGIN:VCALENDAR\nEND:VCALENDAR"), Name: "x"}, sales.Invalid, "no day off"},
		"old events": {desk.Calendar{ICS: []byte(event("DTSTART;VALUE=DATE:19990101")), Name: "x"}, sales.Invalid, "not in these years"},
		"no name":    {desk.Calendar{ICS: []byte("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\nEND:VEVENT\nEND:VCALENDAR")}, sales.Invalid, "Give it a name"},
		"long name":  {desk.Calendar{ICS: christmas("").ICS, Name: strings.Repeat("x", 101)}, sales.Invalid, "at most 100"},
		"nowhere":    {desk.Calendar{ICS: christmas("").ICS, Name: "x", Country: "Narnia"}, sales.Invalid, "no country"},
		"too many":   {desk.Calendar{ICS: []byte(event("DTSTART;VALUE=DATE:20200101\nDURATION:P4D\nRRULE:FREQ=DAILY")), Name: "x"}, sales.Limited, ""},
		"too large":  {desk.Calendar{ICS: make([]byte, 6<<20), Name: "x"}, sales.Limited, "larger than"},
	} {
		_, err := r.d.ImportDaysOff(t.Context(), r.boss, c.cal)
		wantSays(t, name, err, c.code, c.says)
		_, err = r.d.PreviewDaysOff(t.Context(), r.boss, c.cal)
		wantCode(t, name+", preview", err, c.code)
	}
	if list := must[[]sales.DayOff](t)(r.DaysOff(t.Context(), r.Workspace.ID)); len(list) != 0 {
		t.Errorf("%+v", list)
	}
	// What a calendar calls itself is only text.
	p := must[desk.CalendarPlan](t)(r.d.ImportDaysOff(t.Context(), r.boss, desk.Calendar{ICS: []byte(event("DTSTART;VALUE=DATE:20261225"))}))
	if p.Source != "<script>alert(1)</script>" {
		t.Errorf("%q", p.Source)
	}
	// A workspace keeps so many days off, and no more.
	var many strings.Builder
	many.WriteString("BEGIN:VCALENDAR\n")
	for i := range 4900 {
		fmt.Fprintf(&many, "BEGIN:VEVENT\nUID:%d\nSUMMARY:%d\nDTSTART;VALUE=DATE:%s\nEND:VEVENT\n", i, i, time.Date(2026, 1, 1+i%2000, 0, 0, 0, 0, time.UTC).Format("20060102"))
	}
	many.WriteString("END:VCALENDAR\n")
	var err error
	n := 0
	for n = range 6 {
		if _, err = r.d.ImportDaysOff(t.Context(), r.boss, desk.Calendar{ICS: []byte(many.String()), Name: fmt.Sprint("c", n)}); err != nil {
			break
		}
	}
	if wantSays(t, "very many", err, sales.Limited, "20000"); n != 4 {
		t.Errorf("%d calendars of 4900 days were kept", n)
	}
}

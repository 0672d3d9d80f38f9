package gallery

import (
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/web"
)

func reusableSamples() []Sample {
	s := shell("Settings", "settings")
	uses := []web.Use{{Label: "Fleet ops, autumn", Href: "/sequences/1"}, {Label: "After the fair", Href: "/sequences/2"}}
	many := append(uses[:2:2], web.Use{Label: "Renewals in the first quarter of the year", Href: "/sequences/3"}, web.Use{Label: "North", Href: "/sequences/4"}, web.Use{Label: "South", Href: "/sequences/5"})
	stages := sales.DefaultSettings().Stages
	fields := []web.Option{{Value: "title", Label: "Title"}, {Value: "company", Label: "Company"}, {Value: "industry", Label: "Industry"}}

	rulesets := web.RulesetsPage{Shell: s, CanEdit: true, Rows: []web.RulesetRow{
		{ID: 1, Name: "Careful first contact", Short: "2 automatic mails a person, 1 person an account, 30 days of cool-off, colleagues pause, 2 track rules", Uses: many},
		{ID: 2, Name: "Customers", Short: "6 automatic mails a person, colleagues go on, again after the end, beside other sequences", Uses: uses[:1]},
		{ID: 3, Name: "Trial", Short: "3 automatic mails a person, 2 people an account, 14 days of cool-off, colleagues pause"},
	}}
	rules := web.RulesetPage{Shell: s, ID: 1, Version: 3, CanEdit: true, Form: rulesForm(), Uses: uses, Stages: stages, Fields: fields}
	wrong := rules
	wrong.Form = rulesForm()
	wrong.Form.V["cool_off_days"], wrong.Form.Errors["cool_off_days"] = "a fortnight", "A number from 0 to 3,650."
	wrong.Form.Events[1].Error, wrong.Form.Data[0].Error = "Row 1 is about the same: only that one would count.", "There is no such field. Take one of the list, or custom. and the name of a column."
	read := web.RulesetPage{Shell: s, ID: 1, Form: rulesForm(), Uses: uses, Rules: sales.DefaultRules()}
	read.Rules.Entries = []sales.Entry{{Track: sales.TrackPositive, Intent: sales.Interested}}
	read.Rules.Stages = []sales.StageRule{{On: sales.StageOnMeeting, Stage: "meeting"}}

	schedules := web.SchedulesPage{Shell: s, CanEdit: true, Workspace: "Mon–Fri 08:30–11:30 and 13:30–16:30, not on public holidays and company days off", Rows: []web.ScheduleRow{
		{ID: 1, Name: "Fleet managers, early", Hours: "Mon–Fri 06:30–08:30", Free: "not on public holidays and company days off", Uses: uses},
		{ID: 2, Name: "Shops", Hours: "Tue–Fri 10:00–12:00 and 14:00–16:00; Sat 10:00–12:00", Free: "on free days too"},
	}}
	hours := web.HoursPage{Shell: s, ID: 1, Version: 1, CanEdit: true, Uses: uses[:1], Form: hoursForm(), Preview: openings()}
	broken := web.HoursPage{Shell: s, CanEdit: true, Form: hoursForm()}
	broken.Form.Times[time.Wednesday] = [][2]string{{"nine", "11:30"}}
	broken.Form.Days = map[time.Weekday]string{time.Wednesday: "Write both times, as 08:30 and 11:30, or none."}
	broken.Form.Errors = map[string]string{"name": "Give it a name of at most 100 characters."}
	broken.Form.Name, broken.Form.Columns = "", 3

	day := func(id sales.ID, when, name, who string) web.DayOffRow {
		return web.DayOffRow{ID: id, When: when, Name: name, Who: who}
	}
	off := web.DaysOffPage{Shell: s, CanEdit: true, Values: map[string]string{}, Errors: map[string]string{},
		Coming: []web.DayOffRow{day(1, "Thu 24 Dec to Thu 31 Dec 2026", "Winter break", "Everybody"), day(2, "Fri 5 Mar 2027", "Company day", "Portugal")},
		Past:   []web.DayOffRow{day(3, "Mon 1 Jun 2026", "Retreat", "Everybody")},
		Calendars: []web.CalendarRow{{Source: "Feiertage Bayern", Who: "Germany, Bayern", Count: 91, Span: "Thu 1 Jan 2026 to Thu 26 Dec 2032", Next: "Fri 25 Dec 2026, 1. Weihnachtstag",
			Days: []web.DayOffRow{day(4, "Fri 25 Dec 2026", "1. Weihnachtstag", ""), day(5, "Sat 26 Dec 2026", "2. Weihnachtstag", ""), day(6, "Fri 1 Jan 2027", "Neujahr", "")}}},
	}
	noDays := web.DaysOffPage{Shell: s, CanEdit: true, Values: map[string]string{"from": "2026-12-24", "to": "2026-12-20"}, Errors: map[string]string{"to": "The last day is before the first.", "name": "Say what day it is, in at most 300 characters. People see it as the reason why a mail waits."},
		File: web.CalendarForm{Where: "DE-BY", Problem: "This is a web page, not a calendar. Download the file behind the iCal or .ics link of the calendar, and check that it can be read without logging in."}}
	preview := web.CalendarPreviewPage{Shell: s, Source: "Feiertage Bayern", Who: "Germany, Bayern", Where: "DE-BY", File: "H4sI", Count: 91, Span: "Thu 1 Jan 2026 to Sun 26 Dec 2032", Replaces: 78, LeftOut: 3,
		Notes: []string{"“Faschingsdienstag” is only an observance.", "“Umzug” is canceled."}, Days: []web.DayOffRow{day(0, "Fri 25 Dec 2026", "1. Weihnachtstag", ""), day(0, "Sat 26 Dec 2026", "2. Weihnachtstag", "")}, More: 67}

	snippets := web.SnippetsPage{Shell: s, CanEdit: true, Rows: []web.SnippetRow{
		{ID: 1, Name: "proof", Text: "A fleet of 40 re-plans in four minutes instead of two hours, {{ first_name }}; their own figures.", Uses: []web.Use{{Label: "Fleet ops, autumn, step 2", Href: "/sequences/1"}, {Label: "Snippet closing"}}},
		{ID: 2, Name: "closing", Text: "Is that worth ten minutes? {{ snippet.proof }}"},
	}}
	snippet := web.SnippetPage{Shell: s, ID: 1, CanEdit: true, Stored: "proof", Name: "proof", Body: "A fleet of 40 re-plans in four minutes, {{ first_name | default: \"you know\" }}.", Errors: map[string]string{}, Uses: uses[:1], Fields: fields, Shown: "A fleet of 40 re-plans in four minutes, Ada."}
	badSnippet := web.SnippetPage{Shell: s, CanEdit: true, Name: "my proof", Body: "Hello {{ first_name", Errors: map[string]string{"name": "The name of a snippet has letters, digits, - and _, at most 60: it is used as {{ snippet.name }}.", "body": "Line 1: {{ is not closed. Add }} on the same line."}, Fields: fields}
	files := web.FilesPage{Shell: s, Max: 10 << 20, Rows: []web.FileRow{
		{ID: 1, Name: "Prices 2027.pdf", Size: "412 kB", By: "Ana Figueira", At: ago(days(3)), Uses: uses[:1]},
		{ID: 2, Name: "A case on one page, with a name that is quite long.docx", Size: "1.2 MB", By: "Tomás Lima", At: ago(days(40)), CanDelete: true},
	}}
	return []Sample{
		{Name: "rulesets", Shell: s, View: web.RulesetsView(rulesets)}, {Name: "rulesets-empty", Shell: s, View: web.RulesetsView(web.RulesetsPage{Shell: s, CanEdit: true})},
		{Name: "ruleset", Shell: s, View: web.RulesetView(rules)}, {Name: "ruleset-wrong", Shell: s, View: web.RulesetView(wrong)}, {Name: "ruleset-read", Shell: s, View: web.RulesetView(read)},
		{Name: "schedules", Shell: s, View: web.SchedulesView(schedules)}, {Name: "schedules-empty", Shell: s, View: web.SchedulesView(web.SchedulesPage{Shell: s, CanEdit: true, Workspace: schedules.Workspace})},
		{Name: "hours", Shell: s, View: web.HoursView(hours)}, {Name: "hours-wrong", Shell: s, View: web.HoursView(broken)},
		{Name: "days-off", Shell: s, View: web.DaysOffView(off)}, {Name: "days-off-empty", Shell: s, View: web.DaysOffView(noDays)}, {Name: "days-off-import", Shell: s, View: web.CalendarPreviewView(preview)},
		{Name: "snippets", Shell: s, View: web.SnippetsView(snippets)}, {Name: "snippets-empty", Shell: s, View: web.SnippetsView(web.SnippetsPage{Shell: s, CanEdit: true})},
		{Name: "snippet", Shell: s, View: web.SnippetView(snippet)}, {Name: "snippet-wrong", Shell: s, View: web.SnippetView(badSnippet)},
		{Name: "files", Shell: s, View: web.FilesView(files)}, {Name: "files-empty", Shell: s, View: web.FilesView(web.FilesPage{Shell: s, Max: 10 << 20, Problem: "“setup.exe” is a program (.exe). Mail servers refuse such mails, and may stop trusting the mailbox. Send a link instead."})},
	}
}

func rulesForm() web.RulesetForm {
	return web.RulesetForm{
		Name:   "Careful first contact",
		V:      map[string]string{"cool_off_days": "30", "active_per_account": "1", "max_auto_mails": "2", "expire_days": "14", "ooo_default_days": "7", "ooo_give_up_days": "30", "shared": "no", "reenroll": "never", "colleagues": "pause", "meeting": "positive"},
		On:     map[string]bool{"unsubscribe": true, "after_mend": true},
		Events: []web.EventRow{{When: "reply/interested", Track: "positive"}, {When: "call/not_interested", Track: "negative"}, {}},
		Data:   []web.DataRow{{Field: "title", Op: "contains", Value: "intern", Track: "negative"}, {Field: "custom.plan", Op: "is", Value: "enterprise", Track: "positive"}, {}},
		Stages: []web.StageRow{{On: "start", Stage: "working"}, {On: "meeting", Stage: "meeting"}, {}},
		Errors: map[string]string{},
	}
}

func hoursForm() web.HoursForm {
	f := web.HoursForm{Name: "Fleet managers, early", Holidays: true, DaysOff: true, Columns: 2}
	for d := time.Monday; d <= time.Friday; d++ {
		f.Times[d] = [][2]string{{"06:30", "08:30"}, {"16:00", "17:30"}}
	}
	return f
}

func openings() []web.Openings {
	line := func(day, hours, yours string) web.OpeningLine {
		return web.OpeningLine{Day: day, Hours: hours, Yours: yours}
	}
	return []web.Openings{
		{Who: "A person in Lisbon", Place: "Their own zone, Europe/Lisbon, and the holidays of Portugal.",
			Lines: []web.OpeningLine{line("Wed 18 Nov", "16:00–17:30", ""), line("Thu 19 Nov", "06:30–08:30", ""), line("Thu 19 Nov", "16:00–17:30", ""), line("Fri 20 Nov", "06:30–08:30", ""), line("Fri 20 Nov", "16:00–17:30", "")}},
		{Who: "A person in New York", Place: "Their own zone, America/New_York, and the holidays of the United States.",
			Lines: []web.OpeningLine{line("Wed 18 Nov", "06:30–08:30", "11:30"), line("Wed 18 Nov", "16:00–17:30", "21:00"), line("Thu 19 Nov", "06:30–08:30", "11:30"), line("Thu 19 Nov", "16:00–17:30", "21:00"), line("Fri 20 Nov", "06:30–08:30", "11:30")}},
		{Who: "A person whose zone is not known", Place: "The zone of their account comes first; that is not known here either, so it is that of the sender, yours: Europe/Lisbon. Without a country there are no public holidays.",
			Lines: []web.OpeningLine{line("Wed 18 Nov", "16:00–17:30", ""), line("Thu 19 Nov", "06:30–08:30", ""), line("Thu 19 Nov", "16:00–17:30", ""), line("Fri 20 Nov", "06:30–08:30", ""), line("Fri 20 Nov", "16:00–17:30", "")}},
	}
}

package gallery

import (
	"ninetyten/internal/sales"
	"ninetyten/internal/web"
)

// teamInboxSamples are the states of the Inbox for who leads.
func teamInboxSamples() []Sample {
	page := web.InboxPage{Shell: shell("Inbox of the team", "inbox"), View: "team", Leads: true, Counts: map[string]int{"waiting": 2}}
	page.Role = sales.RoleManager
	rows := threadRows()
	rtl := web.ThreadRow{ID: 51, Name: "ליאת ברק", Initials: "לב", Account: "מובילי הצפון", Text: "כמה זה עולה לארבעים נהגים?", At: ago(days(1)), Verdict: rows[1].Verdict, HasVerdict: true,
		Clock: web.ClockView{Text: "answer by tomorrow 08:45", Title: "Waits for a moment in working hours; due tomorrow 08:45, alarm after 1 h. It counts on from tomorrow 08:30."}}
	usual := web.TeamInboxPage{InboxPage: page, Rows: []web.TeamInboxRow{
		{ID: 2, Name: "Maximiliane Freifrau von Hohenstein-Wittgenstein", Open: 23, Late: 1, Waits: "2 h", Answered: 4, Reply: "48 min", Threads: rows[1:2]},
		{ID: 1, Name: "Ana Figueira (you)", Open: 1, Waits: "14 min", Answered: 11, Reply: "9 min", Threads: rows[:1]},
		{ID: 3, Name: "ليلى الحداد", Away: "away until Mon 23 Nov", Open: 1, Waits: "a moment", Answered: 0, Reply: "–", Threads: []web.ThreadRow{rtl}},
		{ID: 4, Name: "Tomás Lima", Waits: "a moment", Answered: 6, Reply: "12 min"},
	}, Sums: web.TeamInboxRow{Open: 25, Late: 1, Waits: "2 h", Answered: 21, Reply: "12 min"}}
	page.Counts = nil
	empty := web.TeamInboxPage{InboxPage: page, Rows: []web.TeamInboxRow{{ID: 1, Name: "Ana Figueira (you)", Reply: "–"}}, Sums: web.TeamInboxRow{Reply: "–"}}
	return []Sample{
		{Name: "inbox-team", Shell: usual.Shell, View: web.TeamInboxView(usual)}, {Name: "inbox-team-empty", Shell: empty.Shell, View: web.TeamInboxView(empty)},
	}
}

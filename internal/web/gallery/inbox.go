package gallery

import (
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/web"
)

func lateClock() web.ClockView {
	return web.ClockView{Text: "late by 1 h", Title: "Waits for 1 h in working hours; due today 09:15, alarm after 1 h.", Past: true, Alarm: true}
}

func threadRows() []web.ThreadRow {
	reply := func(i sales.Intent, c float64) sales.Verdict {
		return sales.Verdict{Kind: sales.KindReply, Intent: i, Confidence: c}
	}
	unclear := reply(sales.Unclear, .31)
	unclear.Guess = sales.Reading{Kind: sales.KindReply, Intent: sales.NotNow}
	return []web.ThreadRow{
		{ID: 41, PersonID: 11, Balance: web.Balance{Known: true, Ours: 43, Theirs: 57, Say: "Effort on both sides"}, Move: web.MoveMark{Side: sales.OurMove, Text: "Our move, 14 min"}, Name: "Marta Oliveira", Initials: "MO", Account: "Brightwater Logistics", Text: "Thanks, that helps. We lose most of a day each week to re-planning when a truck drops out. What would this cost for 40 drivers, and could our dispatcher Rui join if we talk?", At: ago(14 * time.Minute), Verdict: reply(sales.Interested, .96), HasVerdict: true, Clock: web.ClockView{Text: "answer in 1 min", Title: "Waits for 14 min in working hours; due today 10:41, alarm after 1 h.", Live: Now().Add(time.Minute)}},
		{ID: 42, PersonID: 12, Balance: web.Balance{Known: true, Ours: 69, Theirs: 31, Say: "Effort on both sides"}, Move: web.MoveMark{Side: sales.OurMove, Text: "Our move, 2 h"}, Name: "Jonas Lindqvist", Initials: "JL", Account: "Fjellfrakt", Text: "How long does the set-up take? We are three people in the office.", At: ago(2 * time.Hour), Verdict: reply(sales.Question, .91), HasVerdict: true, Clock: lateClock()},
		{ID: 43, PersonID: 13, Balance: web.Balance{Known: true, Ours: 92, Theirs: 8, Say: "Effort on both sides"}, Move: web.MoveMark{Side: sales.Resting, Text: "Resting until January"}, Name: "Lena Hoffmann", Initials: "LH", Account: "Kranich Spedition", Text: "Im Moment nicht, bitte im neuen Jahr wieder.", At: ago(26 * time.Hour), Verdict: reply(sales.NotNow, .88), HasVerdict: true, Seen: true},
		{ID: 47, Name: "Rui Sá", Initials: "RS", Account: "Brightwater Logistics", Text: "The steering group meets on alternate Thursdays.", At: ago(30 * time.Hour), Verdict: unclear, HasVerdict: true, Seen: true},
		{ID: 44, Name: "Amara Okafor", Initials: "AO", Account: "Delta Haulage", Text: "I am away until Monday 23 November. For anything urgent please write to the office.", At: ago(50 * time.Hour), Verdict: sales.Verdict{Kind: sales.KindAutoReply, Confidence: .99}, HasVerdict: true, Seen: true},
		{ID: 45, Name: "postmaster@oldfirm.example", Initials: "P", Text: "550 5.1.1 The address does not exist.", At: ago(days(4)), Verdict: sales.Verdict{Kind: sales.KindBounce, Confidence: 1}, HasVerdict: true, Seen: true},
	}
}

func inboxSamples() []Sample {
	full := web.InboxPage{Shell: shell("Inbox", "inbox"), View: "waiting", Leads: true, Counts: map[string]int{"waiting": 4}, Handoffs: threadRows()[:2], Threads: threadRows()[2:], NextHref: "/inbox/rows?view=waiting&after=x", Mailbox: true}
	empty := web.InboxPage{Shell: shell("Inbox", "inbox"), View: "waiting", Mailbox: true}
	hits := threadRows()[:3]
	hits[0].Subject, hits[1].Subject, hits[2].Subject = "The truck that drops out on Thursday", "Set-up", "Neue Fahrer, neue Touren, und was wäre, wenn der Disponent einmal krank ist"
	found := web.InboxPage{Shell: shell("Inbox", "inbox"), View: "waiting", Counts: map[string]int{"waiting": 4}, Mailbox: true, Query: "truck", Threads: hits, Until: ago(days(90)), Further: "m1.1"}
	none := web.InboxPage{Shell: shell("Inbox", "inbox"), View: "waiting", Counts: map[string]int{"waiting": 4}, Mailbox: true, Query: "zeppelin"}
	fresh := web.InboxPage{Shell: shell("Inbox", "inbox"), View: "waiting"}

	first := web.MessageView{ID: 480, From: "Ana Figueira", At: ago(days(14)), Machine: true, Text: "Hello Marta,\n\nwhen a truck drops out on a Thursday, who re-plans the day?\n\nAna"}
	thread := web.ThreadPage{
		Shell: shell("The truck that drops out", "inbox"), ID: 41, Subject: "The truck that drops out on Thursday", Head: marta(),
		Messages: []web.MessageView{first, martaWrote()}, Task: web.TaskView{ID: 71, Kind: sales.TaskAnswer, Title: "Marta waits for your answer", DueAt: Now().Add(time.Minute)},
		Balance: served().Balance, Acts: acts(), Running: running(), Story: story()[:4], Facts: served().Facts,
		Assign: web.AssignView{ThreadID: 41, FirstName: "Marta", Walls: true, Options: []web.Option{{Value: "2", Label: "Tomás Lima, may not see Marta yet"}, {Value: "3", Label: "Maximiliane Freifrau von Hohenstein-Wittgenstein"}}},
	}
	given := thread
	given.Task, given.Assign = web.TaskView{}, web.AssignView{ThreadID: 41, FirstName: "Marta", Say: "Maximiliane Freifrau von Hohenstein-Wittgenstein answers in this thread, given by you today 10:12.", Undo: "/undo/assign/41?back=%2Finbox%2F41"}
	giving := thread
	giving.Open = "act-assign"
	unknown := web.ThreadPage{
		Shell: shell("Prices", "inbox"), ID: 46, Subject: "Prices", Unknown: true, Head: web.PersonHead{Name: "office@newfirm.example", FirstName: "them", Initials: "O", Email: "office@newfirm.example", Move: web.MoveMark{Side: sales.OurMove, Text: "Our move"}},
		Messages: []web.MessageView{{ID: 601, Incoming: true, From: "office@newfirm.example", At: ago(time.Hour), Text: "A colleague told us about you. What does it cost?", HasVerdict: true, Verdict: sales.Verdict{Kind: sales.KindReply, Intent: sales.Question, Confidence: .82, Reasons: []string{"“what does it cost”"}}}},
	}
	waits := thread
	waits.Acts.Waiting = []web.WaitingMail{
		{ID: 901, Subject: "Re: The truck that drops out on Thursday", Text: "Hello Marta, for 40 drivers it is 480 a month. Rui is welcome, of course.", To: "marta@brightwater.example", At: Now().Add(21 * time.Hour), Mine: true},
		{ID: 902, Subject: "Re: The truck that drops out on Thursday", Text: "Hello Marta, the comparison that I promised.", To: "marta@brightwater.example", At: Now().Add(2 * time.Hour), Mine: true, Why: "The mailbox could not be read up to now, so an answer might be waiting there."},
	}
	stopped := thread
	stopped.Acts.Waiting = []web.WaitingMail{{ID: 903, Subject: "Re: The truck that drops out on Thursday", Text: "שלום מרתה, המחיר ל-40 נהגים הוא 480 בחודש", To: "marta@brightwater.example", At: ago(time.Hour), Stopped: true, Mine: true}}
	answering := thread
	answering.Open = "act-write"
	answering.Acts.Write.Problem = "The mail would go with a gap: No value for title. Fill it in for this person, or add a fallback such as {{ title | default: \"…\" }}. Fill in the words, or take the field out."
	answering.Acts.Write.HTML = "<p>Hello Marta,</p><p>three things, {{ title }}:</p><ul><li><b>480</b> a month for 40 drivers</li><li>Rui is welcome</li></ul><blockquote><p>could our dispatcher join</p></blockquote><p>See <a href=\"https://brightmail.example/figures\">the figures</a>.</p>"
	return []Sample{
		{Name: "thread-waits", Shell: waits.Shell, View: web.ThreadView(waits)}, {Name: "thread-stopped", Shell: stopped.Shell, View: web.ThreadView(stopped)}, {Name: "thread-answering", Shell: answering.Shell, View: web.ThreadView(answering)},
		{Name: "inbox", Shell: full.Shell, View: web.InboxView(full)}, {Name: "inbox-empty", Shell: empty.Shell, View: web.InboxView(empty)}, {Name: "inbox-fresh", Shell: fresh.Shell, View: web.InboxView(fresh)},
		{Name: "inbox-found", Shell: found.Shell, View: web.InboxView(found)}, {Name: "inbox-found-none", Shell: none.Shell, View: web.InboxView(none)},
		{Name: "thread", Shell: thread.Shell, View: web.ThreadView(thread)}, {Name: "thread-given", Shell: given.Shell, View: web.ThreadView(given)}, {Name: "thread-giving", Shell: giving.Shell, View: web.ThreadView(giving)}, {Name: "thread-unknown", Shell: unknown.Shell, View: web.ThreadView(unknown)},
	}
}

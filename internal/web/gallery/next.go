package gallery

import (
	"sort"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/web"
)

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }

func whens() []web.Option {
	return []web.Option{
		{Value: "2026-11-18T14:00:00Z", Label: "This afternoon"}, {Value: "2026-11-19T08:30:00Z", Label: "Tomorrow morning"},
		{Value: "2026-11-23T08:30:00Z", Label: "Monday"}, {Value: "2026-12-01T08:30:00Z", Label: "In two weeks"},
	}
}

func marta() web.PersonHead {
	return web.PersonHead{
		ID: 11, Name: "Marta Oliveira", FirstName: "Marta", Initials: "MO", Title: "Head of Operations", Account: "Brightwater Logistics", Place: "Porto",
		TheirTime: "10:42 for them", Phone: "+351 22 555 0148", Email: "marta@brightwater.example", LinkedIn: "https://www.linkedin.com/in/marta-example", Owner: "Ana Figueira",
		Move: web.MoveMark{Side: sales.OurMove, Text: "Our move, 14 min"},
	}
}

func martaWrote() web.MessageView {
	return web.MessageView{
		ID: 501, Incoming: true, From: "Marta Oliveira", At: ago(14 * time.Minute), Subject: "Re: The truck that drops out on Thursday",
		Text:       "Thanks, that helps. We lose most of a day each week to re-planning when a truck drops out, so the part about Thursday planning got my attention.\n\nWhat would this cost for 40 drivers, and could our dispatcher Rui join if we talk?",
		HasVerdict: true, Verdict: sales.Verdict{Kind: sales.KindReply, Intent: sales.Interested, Confidence: .96, Reasons: []string{"“what would this cost”", "“could Rui join”"}},
		Quoted: "On Tue 17 Nov Ana Figueira wrote:\n> Two fleets your size got the re-planning down to four minutes.", HTMLHref: "/messages/501/html", Note: "third mail in the thread",
	}
}

func acts() web.PersonActs {
	return web.PersonActs{
		PersonID: 11, FirstName: "Marta", TaskID: 71, MessageID: 501, Back: "/next", CanCall: true, CanWrite: true, Suggest: "call",
		Write: web.WriteForm{
			From: []web.Option{{Value: "1", Label: "Ana Figueira <ana@brightmail.example>"}, {Value: "2", Label: "Ana Figueira <ana@northmail.example>"}},
			To:   "Marta Oliveira <marta@brightwater.example>", Subject: "Re: The truck that drops out on Thursday",
			Body:      "Hello Marta,\n\nfor 40 drivers it is … a month. Rui is welcome, of course. Would Thursday at 10:00 suit you both?\n\nAna",
			DraftNote: "A suggestion from your last three answers to a question about price. Read it before it goes.",
			Quoted:    "On Wed 18 Nov Marta Oliveira wrote:\n> Thanks, that helps. We lose most of a day each week …",
			Recipient: "rui.sa@brightwater.example", Cc: "marta@brightwater.example", ToNote: "Rui Sá wrote this mail; Marta gets a copy.",
			Files:    []web.FileChip{{ID: 4, Name: "Offer for 40 drivers, with the figures of both depots.pdf", Size: "212 kB"}},
			Snippets: []web.Insert{{Label: "/proof", Text: "Fjellfrakt re-plans 40 trucks in four minutes.", Kind: "snippet"}, {Label: "/meeting", Text: "Would Thursday suit you, {{ title }}?", Kind: "snippet"}},
			Morning:  "Thu 19 Nov 09:30 for you, 08:30 in Europe/Lisbon.", Earliest: "2026-11-18T11:00", MaxFiles: "At most 10 files, 18 MB together.",
		},
		Call: web.CallForm{Phone: "+351 22 555 0148", Link: "tel:+351225550148", Hours: "10:42 for them, fine until 17:30", Purpose: string(sales.PurposeAnswer),
			Guide: "Answer the price first. Then ask: who notices first when a plan breaks, and what happens to the customer that morning?"},
		Wait: whens(), Snooze: whens(), NotNow: whens(),
	}
}

func story() []web.StoryLine {
	return []web.StoryLine{
		{At: ago(14 * time.Minute), Actor: sales.ByBuyer, Text: "Asked the price for 40 drivers and offered to bring Rui.", Href: "/inbox/41#m501"},
		{At: ago(14 * time.Minute), Actor: sales.BySystem, Text: "Sequence “Fleet ops, autumn” stopped by itself: they answered.", By: "system"},
		{At: ago(days(5)), Actor: sales.BySeller, Text: "Talked 11 minutes. Promised a comparison.", By: "Ana"},
		{At: ago(days(7)), Actor: sales.ByBuyer, Text: "Answered the second mail: “Interesting, call me Thursday.”"},
		{At: ago(days(8)), Actor: sales.BySystem, Text: "Second mail, same thread.", By: "system"},
		{At: ago(days(14)), Actor: sales.BySystem, Text: "First mail. No answer.", By: "system"},
		{At: ago(days(15)), Actor: sales.BySeller, Text: "Came in with the Porto fleet list.", By: "Ana"},
	}
}

func running() []web.EnrollmentView {
	return []web.EnrollmentView{{ID: 301, Sequence: "Fleet ops, autumn", Href: "/sequences/7", Tag: web.Tag{Text: "Ended: replied"}, Step: "Step 2 of 4: automatic mail", Why: "Stopped: replied today 10:28."}}
}

func served() *web.NextPerson {
	m := martaWrote()
	return &web.NextPerson{
		Head: marta(), LeaseUntil: Now().Add(18 * time.Minute),
		Why: []web.Reason{
			{Head: "Marta asked you something.", Text: "“What would this cost for 40 drivers?” No answer yet."},
			{Head: "You promised the comparison by today.", Text: "Said on the call last Thursday."},
			{Head: "Marta picks up in the morning.", Text: "Three of four talks began between 10 and 11."},
		},
		Balance: web.Balance{Known: true, Ours: 43, Theirs: 57, Say: "Marta is leaning in", Formula: "Minutes of effort on each side, halved every 30 days. Their share is 57 of 100; the mark stands at 51.",
			Lines: []web.BalanceLine{{At: ago(14 * time.Minute), Actor: sales.ByBuyer, Text: "They asked something", Minutes: 8, Weight: 1}, {At: ago(days(5)), Actor: sales.BySeller, Text: "A talk, 11 minutes", Minutes: 11, Weight: .89}, {At: ago(days(14)), Actor: sales.BySystem, Text: "Automatic mail", Minutes: .5, Weight: .72}}},
		Task:    web.TaskView{ID: 71, Kind: sales.TaskAnswer, Title: "Marta answered", Since: ago(14 * time.Minute), DueAt: Now().Add(time.Minute)},
		Message: &m,
		Earlier: []web.MessageView{
			{ID: 499, From: "Ana Figueira", At: ago(days(1)), Machine: true, Text: "One number from a fleet your size: four minutes.", Note: "second mail"},
			{ID: 480, Incoming: true, From: "Marta Oliveira", At: ago(days(7)), Text: "Interesting, call me Thursday.", HasVerdict: true, Verdict: sales.Verdict{Kind: sales.KindReply, Intent: sales.Interested, Confidence: .9}},
		},
		Acts: withCall(acts()), Talk: martaTalk("/next"), Story: story(), Dossier: dossierFilled(), Running: running(),
		Colleagues: []web.Colleague{{Name: "Rui Sá", Role: "uses it, named today", Href: "/people/12"}, {Name: "Inês Prado", Role: "in “Fleet ops, autumn”, paused", Href: "/people/13"}},
		Facts:      []web.Fact{{Label: "62 trucks, three depots", Value: "their site, 6 days"}, {Label: "Language", Value: "Portuguese"}, {Label: "Source", Value: "Porto fleet list, 3 Nov"}},
	}
}

func nextPage(n *web.NextPerson) web.NextPage {
	s := shell("Next", "next")
	if n != nil {
		s.Title = n.Head.Name
	}
	return web.NextPage{
		Shell: s, Day: web.NextDay{Done: 4, Today: 9, Waiting: 14, Minutes: 54, Left: 70 * time.Minute}, Person: n,
		After: []web.QueueRow{
			{ID: 21, Name: "Jonas Lindqvist", Initials: "JL", Why: "asks how long the set-up takes", Side: web.MoveMark{Side: sales.OurMove, Text: "22 min"}, Balance: web.Balance{Known: true, Ours: 56, Theirs: 44, Say: "Effort on both sides"}},
			{ID: 22, Name: "Amara Okafor", Initials: "AO", Why: "a call is due, until 17:30 for them", Side: web.MoveMark{Side: sales.OurMove, Text: "1 h"}, Balance: web.Balance{Known: true, Ours: 88, Theirs: 12, Say: "Effort on both sides"}},
			{ID: 23, Name: "Lena Hoffmann", Initials: "LH", Why: "a mail to approve", Side: web.MoveMark{Side: sales.OurMove, Text: "3 h"}, Balance: web.Balance{Known: true, Ours: 34, Theirs: 66, Say: "Effort on both sides"}},
		},
		Meanwhile: "38 mails went out this morning, 5 answered, 2 came to you, 1 is away until Monday. The next wave goes at 13:30 in each person’s zone.",
	}
}

func nextSamples() []Sample {
	var all []Sample
	add := func(name string, p web.NextPage) {
		all = append(all, Sample{Name: name, Shell: p.Shell, View: web.NextView(p)})
	}
	add("next", nextPage(served()))

	for name, press := range map[string]string{"next-write": "[data-open=act-write]", "next-calling": "[data-open=act-call]", "next-wait": ".bar [data-open=act-wait]", "next-palette": "[data-palette]", "next-menu": "[popovertarget=places]", "next-verdict": "[data-open=act-verdict]", "next-balance": ".balance summary"} {
		all = append(all, Sample{Name: name, Shell: nextPage(served()).Shell, View: web.NextView(nextPage(served())), Press: press})
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Name < all[j].Name })

	toasted := nextPage(served())
	toasted.Toasts = []web.Toast{{Text: "Your answer to Jonas goes out in 10 seconds.", Undo: "/undo/1", Stay: true}}
	toasted.Practice = "Practice world: everybody here is invented. Day 12, Wed 18 Nov 10:42, a working day a minute."
	toasted.OwnClock = true
	add("next-toast", toasted)

	streaming := nextPage(served())
	streaming.Live = true
	add("next-live", streaming)

	approve := served()
	approve.Task = web.TaskView{ID: 72, Kind: sales.TaskApprove, Title: "A mail to approve", DueAt: Now().Add(2 * time.Hour)}
	approve.Message = nil
	approve.Draft = &web.DraftView{TaskID: 72, Sequence: "Fleet ops, autumn", Step: "step 3 of 4", From: "ana@brightmail.example", To: "marta@brightwater.example",
		Subject: "Thursdays at Brightwater", Body: "Hello Marta,\n\nyou wrote that a dropped truck costs you most of a day. At two fleets your size that became four minutes.\n\nWould it help to see how?\n\nAna",
		Findings: []web.Finding{{Tone: "late", Text: "The text says “most of a day”; Marta wrote “a day a week”. Check it."}}}
	add("next-approve", nextPage(approve))

	call := served()
	call.Task = web.TaskView{ID: 73, Kind: sales.TaskCall, Title: "First call of “Fleet ops, autumn”", Note: "Ask how Thursdays go. Do not pitch; learn who plans the routes.", DueAt: ago(time.Hour), Late: true}
	call.Head.Move = web.MoveMark{Side: sales.OurMove, Text: "Our move, 1 h late", Late: true}
	call.Balance = web.Balance{}
	add("next-call", nextPage(call))

	fix := served()
	fix.Task = web.TaskView{ID: 74, Kind: sales.TaskFix, Title: "A field is missing", Fix: &web.FixView{Problem: "The mail of step 2 says “in {{ city }}”, and Marta has no city. Fill it in, or give the field a fallback in the sequence.", Fields: []web.Field{{Name: "city", Label: "City", Required: true}}}}
	add("next-fix", nextPage(fix))
	fix.Task.Fix = &web.FixView{Problem: "No value for deal.next_step. Fill it in in the deal with this account, or add a fallback such as {{ deal.next_step | default: \"…\" }}.", Links: []web.Action{{Label: "Fill it in in the deal Re-planning for 40 trucks", Href: "/deals/4"}}}
	add("next-fix-deal", nextPage(fix))

	meeting := served()
	meeting.Task = web.TaskView{ID: 77, Kind: sales.TaskMeeting, Title: "Did the meeting “A look at Thursdays” of 24 Nov 10:00 take place?", DueAt: ago(-2 * time.Hour), MeetingOver: true}
	add("next-meeting", nextPage(meeting))

	promise := served()
	promise.Task = web.TaskView{ID: 78, Kind: sales.TaskPromise, Title: "You promised: the price list for 40 trucks", DueAt: ago(time.Hour), Late: true}
	add("next-promise", nextPage(promise))

	referral := served()
	referral.Task = web.TaskView{ID: 75, Kind: sales.TaskReferral, Title: "Named somebody", Named: &web.ReferralView{Name: "Rui Sá", Email: "rui@brightwater.example"}}
	referral.Message.Verdict = sales.Verdict{Kind: sales.KindReply, Intent: sales.WrongPerson, Confidence: .88, Reasons: []string{"“please ask Rui”"}}
	referral.Message.Text = "I am the wrong person for this. Please ask Rui (rui@brightwater.example), he plans the routes."
	add("next-referral", nextPage(referral))

	unclear := served()
	unclear.Message.Verdict = sales.Verdict{Kind: sales.KindReply, Intent: sales.Unclear, Confidence: .31, Reasons: []string{"no words that tell what the person wants", "perhaps not now (36 %)"}, Guess: sales.Reading{Kind: sales.KindReply, Intent: sales.NotNow}}
	unclear.Message.Text = "The steering group meets on alternate Thursdays."
	add("next-unclear", nextPage(unclear))

	confirm := served()
	answer := func(label, value, key string) web.Action {
		return web.Action{Label: label, Key: key, Post: "/tasks/76/confirm", Fields: []web.Hidden{{Name: "answer", Value: value}}}
	}
	first := answer("It is Marta Oliveira", "0", "Enter")
	first.Main, first.Icon = true, "check"
	confirm.Task = web.TaskView{ID: 76, Kind: sales.TaskConfirm, Title: "Whose mail is this?", Confirm: &web.ConfirmView{
		From: "M. Oliveira <m.oliveira.private@mail.example>", Waiting: "Until you say so nothing goes out by itself.",
		Choices: []web.ConfirmChoice{
			{Action: first, Why: "marta@brightwater.example: an address that looks like the name, the subject of your mail."},
			{Action: answer("A colleague of Rui Sá", "1", "2"), Why: "rui@brightwater.example: it quotes your mail to rui@brightwater.example."},
			{Action: answer("A colleague of Eva Lang", "2", "3"), Why: "eva@brightwater.example: the subject of your mail, the same company."},
		},
		None: answer("None of them", "none", "r"),
	}}
	add("next-confirm", nextPage(confirm))

	decide := served()
	decide.Message = nil
	decide.Head.Suppressed = ""
	decide.Task = web.TaskView{ID: 77, Kind: sales.TaskDecide, Title: "Three automatic mails, no answer", Decide: &web.DecideView{Question: "The sequence stops here by itself. How does it go on with Marta?",
		Choices: []web.Action{{Label: "Let it rest for 60 days", Key: "Enter", Main: true, Post: "/tasks/77/decide", Fields: []web.Hidden{{Name: "answer", Value: "rest"}}}, {Label: "One more mail", Post: "/tasks/77/decide", Fields: []web.Hidden{{Name: "answer", Value: "go_on"}}}, {Label: "End it", Quiet: true, Post: "/tasks/77/decide", Fields: []web.Hidden{{Name: "answer", Value: "end"}}}}}}
	add("next-decide", nextPage(decide))

	nobody := nextPage(nil)
	nobody.NextCount = 0
	nobody.After = nil
	add("next-nobody", nobody)
	fresh := nobody
	fresh.NothingYet, fresh.Meanwhile, fresh.StepsLeft, fresh.InboxCount = true, "", 4, 0
	add("next-fresh", fresh)
	return all
}

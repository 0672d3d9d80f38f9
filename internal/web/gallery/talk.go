package gallery

import (
	"strings"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/web"
)

// martaTalk is a conversation in its middle.
func martaTalk(back string) web.TalkView {
	return web.TalkView{
		PersonID: 11, FirstName: "Marta", Back: back,
		Open: []web.PointRow{
			{ID: 1, Kind: sales.PointPromise, Side: sales.OurMove, State: sales.PointOpen, Text: "send the comparison with two fleets of their size", Due: ago(2 * time.Hour), Late: true, At: ago(days(5)), Source: "on the phone", Href: "/people/11#story"},
			{ID: 2, Kind: sales.PointPromise, Side: sales.TheirMove, State: sales.PointOpen, Text: "bring Rui to the next talk", Due: Now().Add(days(2)), At: ago(days(5)), Source: "on the phone", Href: "/people/11#story"},
			{ID: 3, Kind: sales.PointQuestion, Side: sales.TheirMove, State: sales.PointOpen, Text: "How long does the set-up take?", At: ago(days(7)), Source: "in a mail", Href: "/messages/480", Answered: true, AnswerBy: "message", AnswerID: 499, AnswerRef: "/messages/499"},
			{ID: 4, Kind: sales.PointPain, Side: sales.TheirMove, State: sales.PointOpen, Text: "most of a day each week goes into re-planning when a truck drops out", At: ago(14 * time.Minute), Source: "in a mail", Href: "/messages/501"},
		},
		Ended:  []web.PointRow{{ID: 5, Kind: sales.PointPromise, Side: sales.OurMove, State: sales.PointKept, Text: "call on Thursday"}, {ID: 6, Kind: sales.PointPromise, Side: sales.OurMove, State: sales.PointBroken, Text: "send the slides on Monday"}},
		Asked:  []web.AskedRow{{Text: "What would this cost for 40 drivers, and could our dispatcher Rui join if we talk?", MessageID: 501, Key: "asked/501/0"}},
		Pains:  []web.Option{{Value: "4", Label: "most of a day each week goes into re-planning when a truck drops out"}},
		Stages: martaStages(),
		Flags:  []web.FlagRow{{Text: "Value before discovery: we said what we do before they said what it is like for them.", Quote: web.QuoteRow{Text: "We cut re-planning to four minutes.", Href: "/messages/470"}}},
		Connections: []web.ConnectionRow{
			{ID: 8, Sentence: "You lose most of a day each week when a truck drops out; a fleet of 40 re-plans in four minutes, and their dispatcher is home by five.", Pain: "most of a day each week goes into re-planning", Card: "Re-planning in four minutes", CardHref: "/playbook/31"},
			{ID: 9, Sentence: "Four minutes is the new half day.", Pain: "", Card: "", Missing: []string{"Speak to them of their situation: “you”, “your mornings”.", "Name what they lose by it, in their words."}},
		},
		Pairs: []web.PairRow{{PainID: 4, CardID: 32, Pain: "most of a day each week goes into re-planning when a truck drops out", Card: "We plan around the truck that is missing", Why: "Both say: re, planning, truck", Sentence: "You told me: “most of a day each week goes into re-planning when a truck drops out”. The plan heals itself around it."}},
		Cards: []web.Option{{Value: "31", Label: "Proof: Re-planning in four minutes"}, {Value: "32", Label: "How we differ: We plan around the truck that is missing"}},
	}
}

func martaStages() []web.StageCard {
	q := func(text, href string) web.QuoteRow { return web.QuoteRow{Text: text, Href: href, At: ago(days(1))} }
	return []web.StageCard{
		{Name: "Rapport", Sources: 2, Known: []web.QuoteRow{q("Thanks, that helps.", "/messages/501"), q("Nice talking to you.", "/messages/480")}},
		{Name: "Empathy", Sources: 3, Known: []web.QuoteRow{q("We lose most of a day each week to re-planning when a truck drops out.", "/messages/501")}},
		{Name: "Trust", Sources: 1, Known: []web.QuoteRow{q("Could our dispatcher Rui join if we talk?", "/messages/501")}, Missing: "One sign of it. Who else would have to trust us?"},
		{Name: "Hope", Next: true, Missing: "They have not said what would be better.", Ask: "If it were solved, what would you do differently on Monday?"},
		{Name: "Urgency", Missing: "No time of theirs is known. It comes last: do not make one."},
	}
}

// withCall is what a call has beside the log.
func withCall(a web.PersonActs) web.PersonActs {
	a.Call.Link, a.Call.Stage = "tel:+351225550148", "Hope"
	a.Call.Questions = []web.GuideQuestion{
		{CardID: 41, Text: "If it were solved, what would you do differently on Monday?", Hints: "Hope is theirs when they describe it, not when we do."},
		{CardID: 42, Text: "What would that be worth to you and your team?", Hints: "In their words: hours, calm, money, sleep."},
	}
	a.Call.Say = []string{"You lose most of a day each week when a truck drops out; a fleet of 40 re-plans in four minutes."}
	a.Inserts = []web.Insert{{Label: "You lose most of a day each week when a truck …", Text: "You lose most of a day each week.", Kind: "connection"}, {Label: "Re-planning in four minutes", Text: "A fleet of 40 re-plans in four minutes.", Kind: "card"}}
	return a
}

func playbookPage() web.PlaybookPage {
	row := func(id sales.ID, title, text, stage string, uses, answered, yes int) web.CardRow {
		return web.CardRow{ID: id, Title: title, Text: text, Stage: stage, Sum: web.CardSum{Uses: uses, Answered: answered, Interested: yes}}
	}
	return web.PlaybookPage{
		Shell: shell("Playbook", "playbook"), CanEdit: true,
		Groups: []web.CardGroup{
			{Kind: sales.CardQuestion, Name: "Discovery questions", Help: "What to ask, so that they tell.", Rows: []web.CardRow{
				row(41, "If it were solved, what would you do differently on Monday?", "Hope is theirs when they describe it, not when we do.", "Hope", 14, 9, 4),
				row(43, "Can you tell me about the last time that it went wrong?", "A story of one day tells more than a description.", "Empathy", 31, 22, 6),
			}},
			{Kind: sales.CardProof, Name: "Proof", Help: "Who got what by it, in figures.", Rows: []web.CardRow{row(31, "Re-planning in four minutes", "A fleet of 40 re-plans in four minutes instead of two hours.", "", 12, 5, 2)}},
			{Kind: sales.CardObjection, Name: "Objections", Help: "What they say against it, and the honest answer.", Rows: []web.CardRow{row(33, "„Das haben wir vor drei Jahren mit der Donaudampfschifffahrtsgesellschaft schon einmal erfolglos versucht“", "Ask what failed. If it was the data, say so: it still would.", "", 0, 0, 0), row(34, "هذا مكلف جدا بالنسبة لنا", "السعر حسب عدد الشاحنات", "", 2, 1, 0)}},
		},
		Archived: []web.CardRow{row(35, "The figures of 2024", "A fleet of 25.", "", 40, 12, 3)},
	}
}

func cardPage() web.CardPage {
	c := sales.Card{ID: 31, Kind: sales.CardProof, Title: "Re-planning in four minutes", Body: "A fleet of 40 re-plans in four minutes instead of two hours.", Proof: "Their own figures, spring 2026.", Tags: "planning, trucks, mornings", Version: 2}
	was := c
	was.Version, was.Title = 1, "Re-planning, faster"
	return web.CardPage{
		Shell: shell(c.Title, "playbook"), Card: c, CanEdit: true, Sum: web.CardSum{Uses: 3, Answered: 2, Interested: 1},
		Versions: []web.CardVersion{{Version: 2, By: "you", At: ago(days(3)), Card: c}, {Version: 1, By: "Tomás", At: ago(days(60)), Card: was}},
		Uses: []web.CardUseRow{
			{Person: "Marta Oliveira", Href: "/people/11", By: "you", Via: "in a mail", At: ago(days(1)), Result: web.Tag{Text: "led to a yes", Tone: "lean"}},
			{Person: "Bartholomäus von Hohenstaufen-Lichtenberg", Href: "/people/23", By: "Tomás", Via: "on a call", At: ago(days(9)), Result: web.Tag{Text: "nothing yet"}},
		},
	}
}

func callsPage() web.CallsPage {
	return web.CallsPage{
		Shell: shell("Calls", "settings"), Link: "callto:{phone}?person={person}&task={task}", Example: "callto:+351225550148?person=12&task=34", URL: "https://sales.brightmail.example/hooks/phone",
		After: []web.AfterRow{{Value: "talked", Label: "We talked", Outcome: "finish"}, {Value: "voicemail", Label: "Left a message", Outcome: "advance"}, {Value: "meeting_booked", Label: "Meeting agreed", Outcome: "finish", Fixed: true}},
		Hooks: []web.HookRow{{ID: 1, Name: "Office phones", Signed: true, Made: ago(days(20)), Used: ago(time.Hour)}, {ID: 2, Name: "The old exchange in the cellar", Made: ago(days(200)), Revoked: true}},
	}
}

func talkSamples() []Sample {
	var all []Sample
	next := func(name, press string, change func(n *web.NextPerson)) {
		n := served()
		if change != nil {
			change(n)
		}
		p := nextPage(n)
		all = append(all, Sample{Name: name, Shell: p.Shell, View: web.NextView(p), Press: press})
	}
	next("talk-point", "[data-open=act-point]", nil)
	next("talk-connect", "[data-open=act-connect]", nil)
	next("talk-blocked", "[data-open=act-call]", func(n *web.NextPerson) {
		n.Acts.Call.Blocked, n.Acts.Call.MayOverride = "It is Wed 21:42 for them, outside of the hours for calls. Better from tomorrow 08:30, your time.", true
	})
	next("talk-empty", "", func(n *web.NextPerson) {
		n.Talk = web.TalkView{PersonID: 11, FirstName: "Marta", Back: "/next", Stages: martaStages()}
		for i := range n.Talk.Stages {
			n.Talk.Stages[i] = web.StageCard{Name: n.Talk.Stages[i].Name, Next: i == 0, Missing: "Nothing is known yet.", Ask: map[bool]string{true: "What made you answer me?"}[i == 0]}
		}
	})
	next("talk-long", "", func(n *web.NextPerson) {
		long := "Donaudampfschifffahrtsgesellschaftskapitänskajütentürschlüsselnachbestellung " + strings.Repeat("und weiter und weiter ", 8)
		n.Talk.Open[0].Text, n.Talk.Open[3].Text = long, "نخسر معظم اليوم كل أسبوع في إعادة التخطيط عندما تتعطل شاحنة"
		n.Talk.Stages[1].Known[0].Text, n.Talk.Connections[0].Sentence = "نخسر معظم اليوم كل أسبوع في إعادة التخطيط", long
	})
	p := playbookPage()
	all = append(all, Sample{Name: "playbook", Shell: p.Shell, View: web.PlaybookView(p)})
	empty := web.PlaybookPage{Shell: shell("Playbook", "playbook"), CanEdit: true, Starter: true}
	all = append(all, Sample{Name: "playbook-empty", Shell: empty.Shell, View: web.PlaybookView(empty)})
	card := cardPage()
	all = append(all, Sample{Name: "playbook-card", Shell: card.Shell, View: web.CardView(card)})
	fresh := web.CardPage{Shell: shell("New card", "playbook"), CanEdit: true, Card: sales.Card{Kind: sales.CardWhyUs}, Problem: "A card needs a title of at most 200 characters.",
		Kinds: []web.Option{{Value: "question", Label: "Discovery question"}, {Value: "why_us", Label: "Why us"}, {Value: "proof", Label: "Proof"}}, Stages: []web.Option{{Value: "rapport", Label: "Rapport"}, {Value: "empathy", Label: "Empathy"}}}
	all = append(all, Sample{Name: "playbook-new", Shell: fresh.Shell, View: web.CardView(fresh)})
	calls := callsPage()
	all = append(all, Sample{Name: "calls", Shell: calls.Shell, View: web.CallsView(calls)})
	made := callsPage()
	made.New, made.Secret, made.HookName = "1.ABCDEFGHIJKLMNOPQRSTUVWX23", "ZYXWVUTSRQPONMLKJIHGFEDC45", "Office phones"
	all = append(all, Sample{Name: "calls-made", Shell: made.Shell, View: web.CallsView(made)})
	return all
}

package gallery

import (
	"strings"

	"ninetyten/internal/sales"
	"ninetyten/internal/web"
)

// dossierFilled is a dossier with everything in it.
func dossierFilled() web.DossierView {
	return web.DossierView{
		PersonID: 11, FirstName: "Marta", Account: "Brightwater Logistics",
		Brief: web.BriefView{
			By: "By rules, today 10:29",
			Sentences: []web.BriefSentence{
				{Text: "Marta Oliveira is Head of Operations at Brightwater Logistics; the company says of itself: “Groupage and full loads between Porto and Hamburg since 1987.”", Cites: []int{1, 2}},
				{Text: "From us: two mails by themselves and one talk, since 4 November; last, today: Marta asked a question.", Cites: []int{3, 4}},
				{Text: "Marta asked today: “What would this cost for 40 drivers?” Nobody answered yet.", Cites: []int{5}},
				{Text: "Ana promised on 13 November: the comparison with two fleets of that size, by 18 November.", Cites: []int{6}},
				{Text: "Their site says: 62 employees; 2 open roles, Dispatcher among them.", Cites: []int{7, 8}},
			},
			Lines: []web.BriefLine{
				{Text: "Marta Oliveira is Head of Operations at Brightwater Logistics.", From: "the record", At: ago(days(15))},
				{Text: "Groupage and full loads between Porto and Hamburg since 1987.", From: "their site", Href: "https://brightwater.example/", Away: true, At: ago(days(6))},
				{Text: "From us: two mails by themselves and one talk, since 4 November; from Marta: 2.", From: "the ledger", At: ago(days(0))},
				{Text: "Asked a question.", From: "the ledger", Href: "/messages/501", At: ago(days(0))}, {Text: "What would this cost for 40 drivers?", From: "their mail", Href: "/messages/501", At: ago(days(0))},
				{Text: "The comparison with two fleets of that size.", From: "what was written down", At: ago(days(5))}, {Text: "Employees: 62", From: "their site", Href: "https://brightwater.example/sobre", Away: true, At: ago(days(6))},
				{Text: "Hiring: Dispatcher", From: "their site", Href: "https://brightwater.example/vagas", Away: true, At: ago(days(6))},
			},
		},
		Asked: []web.AskedView{
			{Text: "What would this cost for 40 drivers, and could our dispatcher Rui join if we talk?", Href: "/messages/501", At: ago(days(0))},
			{Text: "Does it work without a GPS box in every truck?", Href: "/messages/480", At: ago(days(7)), Answered: "answered Thu 13 Nov 10:12"},
		},
		Doubts: []string{"Title: the record says Head of Operations, their signature says Chief Operating Officer."},
		Facts: []web.DossierFact{
			{Label: "Says of itself", Value: "Groupage and full loads between Porto and Hamburg since 1987.", From: "their site, 6 days", Href: "https://brightwater.example/"},
			{Label: "Title", Value: "Chief Operating Officer", From: "their signature, today", Against: "the record says Head of Operations"},
			{Label: "Employees", Value: "62", From: "their site, 6 days", Href: "https://brightwater.example/sobre"},
			{Label: "Place", Value: "Rua do Cais 12, 4150 Porto, PT", From: "their site, 6 days", Href: "https://brightwater.example/contactos"},
			{Label: "Hiring", Value: "Dispatcher, night shift", From: "their site, 41 days", Href: "https://brightwater.example/vagas", Stale: true},
			{Label: "In the news", Value: "Brightwater Logistics opens a third depot in Maia", From: "the news, 3 days", Href: "https://news.example/maia"},
			{Label: "Mail", Value: "Microsoft 365", From: "the name system, 6 days"},
		},
		Missing: "Who signs: not known.", Path: []string{"Marta named Rui Sá, 18 November 2026."},
		Research: web.ResearchView{PersonID: 11, CanAsk: true, Again: true, Says: "Four pages of their site were read. Last looked at Thu 12 Nov 10:40.", Pages: []sales.PageVisit{
			{URL: "https://brightwater.example/", At: ago(days(6)), Status: 200, Bytes: 48_200, Says: "home"}, {URL: "https://brightwater.example/sobre", At: ago(days(6)), Status: 200, Bytes: 21_000, Says: "about"},
			{URL: "https://brightwater.example/produtos", At: ago(days(6)), Says: "robots.txt asks to leave it out", Failed: true},
		}},
	}
}

func chapters() []web.StoryChapter {
	s := story()
	one := func(i int, text string) web.StorySentence {
		return web.StorySentence{Text: text, Actor: s[i].Actor, At: s[i].At, Since: s[i].At, Lines: s[i : i+1]}
	}
	return []web.StoryChapter{
		{Title: "Today", Sentences: []web.StorySentence{one(0, "Marta asked the price for 40 drivers and offered to bring Rui."), one(1, "Sequence “Fleet ops, autumn” stopped by itself: they answered.")}},
		{Title: "The last seven days", Sentences: []web.StorySentence{one(2, "Talked 11 minutes. Promised a comparison."), one(3, "Marta answered the second mail: “Interesting, call me Thursday.”")}},
		{Title: "November", Sentences: []web.StorySentence{{Text: "Two mails went by themselves, from 4 to 10 November.", Actor: sales.BySystem, At: s[4].At, Since: s[5].At, Lines: s[4:6]}, one(6, "Came in with the Porto fleet list.")}},
	}
}

func dossierSamples() []Sample {
	var all []Sample
	person := func(name string, d web.DossierView, press string) {
		s := shell(d.FirstName, "people")
		h := marta()
		h.FirstName = d.FirstName
		p := web.PersonPage{Shell: s, Head: h, Balance: served().Balance, Acts: acts(), Running: running(), Story: chapters(), Dossier: d}
		all = append(all, Sample{Name: name, Shell: s, View: web.PersonView(p), Press: press})
	}
	person("dossier", dossierFilled(), "")
	person("dossier-lines", dossierFilled(), "#brief-lines summary")
	empty := web.DossierView{PersonID: 11, FirstName: "Marta", Account: "Brightwater Logistics", Research: web.ResearchView{PersonID: 11, CanAsk: true, Says: "Their site was not read yet."}}
	person("dossier-empty", empty, "")
	waits := dossierFilled()
	waits.Facts, waits.Doubts, waits.Research = nil, nil, web.ResearchView{PersonID: 11, CanAsk: true, Waits: true, Says: "Their site is being read. This takes up to a minute."}
	person("dossier-waits", waits, "")
	failed := dossierFilled()
	failed.Brief.Refused = "What mistral-small wrote was not taken: its sentence 2 says 400, which its lines do not."
	failed.Research = web.ResearchView{PersonID: 11, CanAsk: true, Again: true, Trouble: true, Says: "Their robots.txt asks programs to keep out, so nothing was read. Last looked at today 10:40.", Pages: []sales.PageVisit{{URL: "https://brightwater.example/", At: ago(days(0)), Says: "robots.txt asks to keep out", Failed: true}}}
	person("dossier-refused", failed, "")
	long := dossierFilled()
	long.FirstName, long.Account = "Wolfeschlegelsteinhausenbergerdorff", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH & Co. KG"
	long.Asked[0].Text = strings.Repeat("Kraftfahrzeughaftpflichtversicherungsbeitragsrechnung ", 6) + "?"
	long.Facts[0].Value, long.Facts[3].Value = strings.Repeat("Groupage and full loads. ", 14), "https://brightwater.example/"+strings.Repeat("a-long-way", 20)
	person("dossier-long", long, "")
	right := dossierFilled()
	right.FirstName, right.Account = "مريم", "شركة المياه"
	right.Brief.Sentences[0].Text, right.Asked[0].Text, right.Facts[0].Value = "مريم الخطيب is Head of Operations at شركة المياه.", "كم يكلف هذا لأربعين سائقاً؟", "ننقل البضائع بين الموانئ منذ عام 1987."
	person("dossier-rtl", right, "")

	set := web.ResearchPage{Shell: shell("Research", "settings"), Mode: sales.ResearchHandoffs, CanSet: true, CanFeed: true, Feeds: []web.FeedRow{
		{ID: 1, Title: "Port and rail weekly", URL: "https://news.example/feed.xml", ReadAt: ago(days(0)), Found: 3, By: "Ana"},
		{ID: 2, Title: "Not read yet", URL: "https://logistik.example/rss", By: "Ana"}, {ID: 3, Title: "Cargo", URL: "https://cargo.example/", ReadAt: ago(days(1)), Problem: "What stands at this address is no feed. Look for a link to RSS or Atom on the page."},
	}}
	none := web.ResearchPage{Shell: set.Shell, Mode: sales.ResearchByHand}
	wrong := set
	wrong.URL, wrong.Problem = "news", "This is no address of a feed. It looks like https://news.company.com/feed.xml."
	return append(all, Sample{Name: "research", Shell: set.Shell, View: web.ResearchSettingsView(set)}, Sample{Name: "research-reader", Shell: set.Shell, View: web.ResearchSettingsView(none)}, Sample{Name: "research-wrong", Shell: set.Shell, View: web.ResearchSettingsView(wrong)})
}

package gallery

import (
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/web"
)

func onDay(n int) time.Time {
	return time.Date(2026, 11, 18, 0, 0, 0, 0, time.UTC).AddDate(0, 0, n)
}

func dealSteps() []web.StageStep {
	var out []web.StageStep
	for _, s := range sales.DefaultDealStages() {
		out = append(out, web.StageStep{ID: s.ID, Name: s.Name, Meaning: s.Meaning, Past: s.ID == "talking", Current: s.ID == "problem"})
	}
	return out
}

func dealCards() []web.DealCard {
	s := dealSteps()
	bar := func(theirs int) web.Balance { return web.Balance{Known: true, Ours: 100 - theirs, Theirs: theirs} }
	return []web.DealCard{
		{ID: 901, Name: "Re-planning for 62 trucks", Account: "Brightwater Logistics", AccountID: 31, Stage: "Problem agreed", Amount: "12,500 EUR", Close: onDay(24), Next: "A trial week with Rui", NextOn: onDay(2), Move: web.MoveMark{Side: sales.OurMove, Text: "Our move, 14 min, Marta"}, Balance: bar(57), Back: s[0], On: s[2]},
		{ID: 902, Name: "Cold chain alarms", Account: "Fjellfrakt", AccountID: 32, Stage: "Problem agreed", Amount: "48,000 NOK", Close: onDay(-9), Next: "Send the offer", Owner: "Tomás Lima", Move: web.MoveMark{Side: sales.OurMove, Text: "Our move, late by 9 days", Late: true}, Balance: bar(22), Back: s[0], On: s[2],
			Tags: []web.Tag{{Text: "should have closed Mon 9 Nov", Tone: "late", Icon: "calendar-x"}, {Text: "quiet on our side for 9 days", Tone: "late"}}},
		{ID: 903, Name: "Rahmenvertrag Kühltransporte einschließlich Nachrüstung aller Bestandsfahrzeuge", Account: "Vereinigte Norddeutsche Kühltransporte", AccountID: 33, Stage: "Problem agreed", Amount: "1,250,000.50 EUR", Move: web.MoveMark{Side: sales.TheirMove, Text: "Their move, 3 days"}, Balance: bar(8), Tags: []web.Tag{{Text: "no next step"}}, Back: s[0], On: s[2]},
		{ID: 904, Name: "إعادة تخطيط الأسطول", Account: "شركة الدلتا للنقل", AccountID: 34, Stage: "Problem agreed", Amount: "90,000 SAR", Close: onDay(60), Next: "اتصال مع المهندسين", Move: web.MoveMark{Side: sales.Resting, Text: "Resting until 1 Feb"}, Balance: bar(44), Back: s[0], On: s[2]},
	}
}

func dealPeople() []web.DealPerson {
	return []web.DealPerson{
		{ID: 11, Name: "Marta Oliveira", Title: "Head of Operations", Initials: "MO", Role: "champions", Move: web.MoveMark{Side: sales.OurMove, Text: "Our move, 14 min"}, Balance: web.Balance{Known: true, Ours: 43, Theirs: 57}, Answered: true, CanBeTakenOut: true},
		{ID: 12, Name: "Rui Sá", Title: "Dispatcher", Initials: "RS", Role: "uses", NamedBy: "Marta Oliveira", NamedByID: 11, Move: web.MoveMark{Side: sales.Resting, Text: "Resting"}, CanBeTakenOut: true},
	}
}

func dealSamples() []Sample {
	cards, steps := dealCards(), dealSteps()
	sh := shell("Deals", "deals")
	views := func(list bool) []web.Tab {
		return []web.Tab{{Label: "Board", Href: "/deals", Current: !list}, {Label: "List", Href: "/deals?view=list", Current: list}}
	}
	board := web.DealsPage{Shell: sh, Views: views(false), Owners: []web.Option{{Value: "1", Label: "Ana Figueira"}, {Value: "2", Label: "Tomás Lima"}}}
	for i, s := range steps {
		c := web.DealColumn{StageStep: s}
		switch i {
		case 0:
			c.Cards, c.N, c.Sums = cards[2:3], 1, []string{"1,250,000.50 EUR"}
		case 1:
			c.Cards, c.N, c.Sums, c.More = cards, 64, []string{"12,500 EUR", "48,000 NOK", "90,000 SAR"}, "/deals?view=list&show=stage-problem"
		case 2:
			c.Cards, c.N, c.Sums = cards[:1], 1, []string{"12,500 EUR"}
		case 4, 5:
			c.Help = "in the last 30 days"
		}
		board.Columns = append(board.Columns, c)
	}
	list := web.DealsPage{Shell: sh, List: true, Views: views(true), Rows: cards, NextHref: "/deals?after=x", Filters: []web.Chip{{Label: "Open", Href: "/deals", On: true}, {Label: "Won", Href: "/deals?show=won"}, {Label: "Lost", Href: "/deals?show=lost"}, {Label: "All", Href: "/deals?show=all"}},
		Sums: board.Columns[:3]}
	none := web.DealsPage{Shell: sh, None: true}
	values := map[string]string{"name": cards[0].Name, "amount": "12,500", "currency": "EUR", "close_on": "2026-12-12", "next_step": cards[0].Next, "next_on": "2026-11-20", "stage": "problem"}
	n := served()
	deal := web.DealPage{
		Shell: shell(cards[0].Name, "deals"), Card: cards[0], Meaning: sales.DealOpen, Steps: steps, People: dealPeople(), Missing: []string{"Nobody is known who decides. Ask who signs, and how that is decided.", "Only Marta Oliveira has answered. If they leave, nobody speaks for it."},
		Candidates: []web.Option{{Value: "24", Label: "Inês Prado, Controller"}}, Reasons: []web.Option{{Value: "Price", Label: "Price"}}, Story: append([]web.StoryLine{{At: ago(time.Hour), Actor: sales.BySeller, Text: "“Re-planning for 62 trucks” moved from Talking to Problem agreed.", By: "you"}}, story()...),
		Form: web.DealForm{ID: 901, AccountID: 31, Values: values}, WonStage: "won", LostStage: "lost",
	}
	deal.Card.Balance = n.Balance
	lost := deal
	lost.Meaning, lost.Ended, lost.Missing = sales.DealLost, "This deal was lost on yesterday. No decision was made. Their board put every new system off until spring.", nil
	lost.Steps = append([]web.StageStep{}, steps...)
	lost.Steps[1].Current, lost.Card.Stage = false, "Lost"
	long := deal
	long.Card, long.Shell = cards[2], shell(cards[2].Name, "deals")
	long.People, long.Story = nil, nil
	rtl := deal
	rtl.Card, rtl.Shell = cards[3], shell(cards[3].Name, "deals")
	losing := deal
	losing.Shell.Open, losing.Problem, losing.LostText = "act-lose", "Say why the deal was lost. It is what the next one learns from.", ""
	form := web.DealFormPage{Shell: shell("Begin a deal", "deals"), Form: web.DealForm{Values: map[string]string{"amount": "a lot"}, Problem: "“a lot” is no amount. Write it like 12500 or 12,500.50.", Stages: []web.Option{{Value: "talking", Label: "Talking"}, {Value: "problem", Label: "Problem agreed"}}}}
	return []Sample{
		{Name: "deals-board", Shell: sh, View: web.DealsView(board)}, {Name: "deals-list", Shell: sh, View: web.DealsView(list)}, {Name: "deals-none", Shell: sh, View: web.DealsView(none)},
		{Name: "deal", Shell: deal.Shell, View: web.DealView(deal)}, {Name: "deal-lost", Shell: lost.Shell, View: web.DealView(lost)}, {Name: "deal-long", Shell: long.Shell, View: web.DealView(long)}, {Name: "deal-rtl", Shell: rtl.Shell, View: web.DealView(rtl)},
		{Name: "deal-losing", Shell: losing.Shell, View: web.DealView(losing)}, {Name: "deal-form", Shell: form.Shell, View: web.DealFormView(form)},
	}
}

func accountListSamples() []Sample {
	sh := shell("Accounts", "accounts")
	bar := func(theirs int) web.Balance { return web.Balance{Known: true, Ours: 100 - theirs, Theirs: theirs} }
	list := web.AccountsPage{Shell: sh, NextHref: "/accounts/rows?after=x", First: true, Filters: []web.Chip{{Label: "In use", Href: "/accounts", On: true}, {Label: "Put away", Href: "/accounts?show=away"}}, Owners: []web.Option{{Value: "1", Label: "Ana Figueira"}}, Rows: []web.AccountRow{
		{ID: 31, Name: "Brightwater Logistics", Domain: "brightwater.example", People: 4, Deals: "1: 12,500 EUR", Move: web.MoveMark{Side: sales.OurMove, Text: "Our move, 14 min, Marta"}, Balance: bar(57)},
		{ID: 32, Name: "Fjellfrakt", Domain: "fjellfrakt.example", People: 1, Owner: "Tomás Lima", Move: web.MoveMark{Side: sales.TheirMove, Text: "Their move, 3 days"}, Balance: bar(22)},
		{ID: 33, Name: "Vereinigte Norddeutsche Kühltransporte Beteiligungsgesellschaft", Domain: "kuehltransporte.example", People: 1204, Deals: "2: 1,250,000.50 EUR + 90,000 SAR", Move: web.MoveMark{Side: sales.Resting, Text: "Resting"}},
		{ID: 34, Name: "شركة الدلتا للنقل", Domain: "delta.example", Owner: "nobody"},
	}}
	none := web.AccountsPage{Shell: sh, First: true}
	n := served()
	a := sales.Account{ID: 31, Name: "Brightwater Logistics", Domain: "brightwater.example", Website: "https://brightwater.example", Country: "PT", Zone: "Europe/Lisbon", Notes: "Family firm since 1962. The daughter takes over in spring."}
	values := map[string]string{"name": a.Name, "domain": a.Domain, "website": a.Website, "country": a.Country, "zone": a.Zone, "notes": a.Notes}
	people := dealPeople()
	for i := range people {
		people[i].CanBeTakenOut = false
	}
	account := web.AccountPage{Shell: shell(a.Name, "accounts"), Account: a, Owner: "Ana Figueira", Move: web.MoveMark{Side: sales.OurMove, Text: "Our move, 14 min, Marta"}, Balance: n.Balance, People: people, Missing: []string{"Nobody is known who decides. Ask who signs, and how that is decided."},
		Deals: dealCards()[:1], Story: story(), Facts: []web.Fact{{Label: "Domain", Value: a.Domain}, {Label: "Web site", Value: a.Website}, {Label: "Country", Value: "PT"}, {Label: "Time zone", Value: a.Zone}}, Form: web.AccountForm{ID: 31, Values: values}, CanArchive: true}
	empty := web.AccountPage{Shell: shell("Fjellfrakt", "accounts"), Account: sales.Account{ID: 32, Name: "Fjellfrakt", ArchivedAt: ago(days(3))}, Form: web.AccountForm{ID: 32, Values: map[string]string{"name": "Fjellfrakt"}}, CanArchive: true}
	return []Sample{
		{Name: "accounts", Shell: sh, View: web.AccountsView(list)}, {Name: "accounts-none", Shell: sh, View: web.AccountsView(none)}, {Name: "account-record", Shell: account.Shell, View: web.AccountView(account)}, {Name: "account-empty", Shell: empty.Shell, View: web.AccountView(empty)},
	}
}

func pipelineSamples() []Sample {
	sh := shell("Settings", "settings")
	p := web.PipelinePage{Shell: sh, CanEdit: true, Reasons: "Price\nNo decision was made", Problem: "3 deals are in “Talking”. Move them to another stage first, then take it away."}
	for i, s := range sales.DefaultDealStages() {
		p.Rows = append(p.Rows, web.PipelineRow{ID: s.ID, Name: s.Name, Meaning: s.Meaning, Deals: i})
	}
	p.Rows = append(p.Rows, web.PipelineRow{Meaning: sales.DealOpen})
	w := web.WeightsPage{Shell: sh, CanEdit: true, Changed: 1, Rows: []web.WeightRow{
		{Kind: "mail_auto", Says: "the system sent a mail", Seller: "0.5", Buyer: "0", Saved: "6"}, {Kind: "reply", Says: "they answered", Seller: "0", Buyer: "12", Saved: "0", Usual: "0, 5 and 0"}, {Kind: "talk", Says: "a talk: both give the minutes that it took", Seller: "10", Buyer: "10", Saved: "0"},
	}}
	return []Sample{{Name: "settings-pipeline", Shell: sh, View: web.PipelineView(p)}, {Name: "settings-weights", Shell: sh, View: web.WeightsView(w)}}
}

package gallery

import (
	"ninetyten/internal/balance"
	"ninetyten/internal/sales"
	"ninetyten/internal/web"
)

// ninetySamples are the states of the 90/10.
func ninetySamples() []Sample {
	var x balance.Weights
	sums := func(user sales.ID, n int) []sales.MoveSum {
		return []sales.MoveSum{
			{Actor: sales.BySystem, Kind: sales.MoveMailAuto, UserID: user, N: 41 * n}, {Actor: sales.BySystem, Kind: sales.MoveHandoff, UserID: user, N: 6 * n},
			{Actor: sales.BySeller, Kind: sales.MoveMailManual, UserID: user, N: 5}, {Actor: sales.BySeller, Kind: sales.MoveTalk, Minutes: 17, UserID: user, N: 2},
		}
	}
	weeks := func(n ...int) (out []web.NinetyWeek) {
		for i, n := range n {
			w := web.NinetyWeek{From: Now().Truncate(days(1)).AddDate(0, 0, -2-7*i)}
			if n > 0 {
				w.Work = x.Work(sums(1, n))
			}
			out = append(out, w)
		}
		return out
	}
	s := shell("90/10", "ninety")
	p := web.NinetyPage{Shell: s, Weeks: weeks(3, 40, 2, 0, 1), Formula: x.Formula()}
	p.People = []web.NinetyWho{
		{ID: 1, Name: "Ana Figueira", Work: x.Work(sums(1, 2))}, {ID: 2, Name: "Maximiliane Freifrau von Hohenstein-Wittgenstein", Work: x.Work(sums(2, 1))},
		{ID: 3, Name: "ليلى الحداد", Work: x.Work(sums(3, 1)[2:])}, {Name: "Names nobody", Work: x.Work(sums(0, 1)[:2])},
	}
	p.Time, p.Time.MaySwitch, p.Time.Leads = timeSample(), true, true
	p.Time.Team = balance.SumTime(append(timeRows(1), timeRows(4)...))
	p.Time.People = []web.TimeWho{
		{Name: "Maximiliane Freifrau von Hohenstein-Wittgenstein", Selling: 1120, Admin: 95}, {Name: "Ana Figueira", Selling: 640, Admin: 210}, {Name: "ليلى الحداد", Selling: 12},
	}
	seller := p
	seller.Time, seller.Counts = timeSample(), "figures"
	seller.Role, seller.People, seller.Weeks = sales.RoleSeller, nil, weeks(0, 2, 2, 1, 0)
	empty := web.NinetyPage{Shell: s, Weeks: weeks(0, 0, 0, 0, 0), Formula: x.Formula()}
	off, allOff := seller, p
	off.Time = web.TimePart{Off: true}
	allOff.Time = web.TimePart{AllOff: true, MaySwitch: true, Leads: true}
	few := p
	few.Time.Weeks, few.Time.Stored, few.Time.Team.Kinds, few.Time.Few, few.Time.People = nil, nil, nil, true, few.Time.People[:2]
	return []Sample{
		{Name: "ninety-off", View: web.NinetyView(off), Shell: off.Shell}, {Name: "ninety-all-off", View: web.NinetyView(allOff), Shell: allOff.Shell}, {Name: "ninety-few", View: web.NinetyView(few), Shell: few.Shell},
		{Name: "ninety", View: web.NinetyView(p), Shell: p.Shell}, {Name: "ninety-seller", View: web.NinetyView(seller), Shell: seller.Shell},
		{Name: "ninety-empty", View: web.NinetyView(empty), Shell: empty.Shell},
	}
}

// timeRows is the time of some days, n times as long as usual.
func timeRows(n int) (out []sales.PageTime) {
	for i, x := range []struct {
		page    string
		minutes int
	}{{"next", 64}, {"call", 41}, {"write", 22}, {"person", 18}, {"thread", 12}, {"sequences", 26}, {"lists", 11}, {"import", 9}, {"settings", 2}} {
		out = append(out, sales.PageTime{Page: x.page, Seconds: 60*x.minutes*n + 7*i})
	}
	return out
}

// timeSample is the time of a seller.
func timeSample() web.TimePart {
	monday := Now().Truncate(days(1)).AddDate(0, 0, -2)
	t := web.TimePart{From: monday.AddDate(0, 0, -6), Last: monday, Seen: web.TimeWho{Selling: 310, Admin: 74}}
	for i := range 5 {
		w := web.TimeWeek{From: monday.AddDate(0, 0, -7*i)}
		if i != 3 {
			w.TimeSum = balance.SumTime(timeRows(i + 1))
		}
		t.Weeks = append(t.Weeks, w)
	}
	for i := range 2 {
		t.Stored = append(t.Stored, web.TimeDay{Day: monday.AddDate(0, 0, 1-i), Kinds: balance.SumTime(timeRows(1)[:5+2*i]).Kinds})
	}
	return t
}

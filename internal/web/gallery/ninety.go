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
	seller := p
	seller.Role, seller.People, seller.Weeks = sales.RoleSeller, nil, weeks(0, 2, 2, 1, 0)
	empty := web.NinetyPage{Shell: s, Weeks: weeks(0, 0, 0, 0, 0), Formula: x.Formula()}
	return []Sample{
		{Name: "ninety", View: web.NinetyView(p), Shell: p.Shell}, {Name: "ninety-seller", View: web.NinetyView(seller), Shell: seller.Shell},
		{Name: "ninety-empty", View: web.NinetyView(empty), Shell: empty.Shell},
	}
}

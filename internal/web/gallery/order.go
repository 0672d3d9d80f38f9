package gallery

import (
	"fmt"
	"time"

	"ninetyten/internal/rank"
	"ninetyten/internal/sales"
	"ninetyten/internal/web"
)

// orderSamples are the states of the order of Next and of its page in the settings.
func orderSamples() []Sample {
	quiet := served()
	quiet.Task, quiet.Dialed, quiet.Message.HasVerdict = web.TaskView{}, false, false
	quiet.Why = []web.Reason{{Head: "It is our move with Marta."}, {Head: "For 6 days."}, {Head: "Open deals of about 48,000."}}
	quiet.Order = []web.OrderLine{{Says: "No task, but it is our move", Points: "10.0"}, {Says: "The chance to reach them now", Points: "3.4"}, {Says: "In all", Points: "13.4"}}
	dialed := served()
	dialed.Task, dialed.Dialed, dialed.Pinned = web.TaskView{}, true, true

	later := nextPage(nil)
	later.Day = web.NextDay{Done: 9, Left: 2 * time.Hour}
	later.NextAt, later.NextWho = Now().Add(3*time.Hour), "Amara Okafor"
	over := nextPage(served())
	over.Day = web.NextDay{Done: 14, Today: 1, Waiting: 27, Minutes: 6}

	s := shell("Next", "settings")
	s.Role = sales.RoleManager
	p := web.OrderPage{Shell: s, Own: true, Leads: 41}
	for i, w := range rank.Weights() {
		row := web.OrderRow{Name: w.Name, Says: w.Says, Person: w.Person, Table: w.Points, Value: fmt.Sprint(w.Points), Did: "nobody"}
		if i%3 == 0 {
			row.Did = fmt.Sprintf("%d people", 2+i)
		}
		if w.Name == "value" {
			row.Value, row.Did = "12", "17 people, 4.2 each"
		}
		p.Rows = append(p.Rows, row)
	}
	empty := p
	p.Reasons = []web.Option{{Label: "Must find something out first", Value: "4"}, {Label: "Should not be in the queue", Value: "2"}}
	p.Skips = []web.SkipRow{
		{PersonID: 11, Name: "Marta Oliveira", By: "Ana", Why: "Must find something out first", Note: "Who decides about the routes?", At: ago(time.Hour)},
		{PersonID: 12, Name: "Maximiliane Freifrau von Hohenstein-Wittgenstein", By: "Tomás", Why: "Should not be in the queue", Note: "She left in spring. Her successor answers the same address, which is why nothing bounced and the sequence went on.", At: ago(days(3))},
		{PersonID: 13, Name: "ليلى الحداد", By: "you", Why: "Another reason", Note: "في إجازة حتى الأحد", At: ago(days(20))},
	}
	wrong := p
	wrong.Problem = "Points are numbers from 0 to 1000. Nothing was changed."
	wrong.Rows = append([]web.OrderRow{}, p.Rows...)
	wrong.Rows[0].Value, wrong.Rows[0].Error = "a lot", wrong.Problem
	seller := empty
	seller.Role = sales.RoleSeller
	out := []Sample{
		{Name: "next-quiet", View: web.NextView(nextPage(quiet)), Shell: s}, {Name: "next-dialed", View: web.NextView(nextPage(dialed)), Shell: s},
		{Name: "next-over", View: web.NextView(over), Shell: s}, {Name: "next-until", View: web.NextView(later), Shell: s},
		{Name: "next-skip", View: web.NextView(nextPage(served())), Shell: s, Press: "[data-open=act-skip]"},
		{Name: "order", View: web.OrderView(p), Shell: p.Shell}, {Name: "order-empty", View: web.OrderView(empty), Shell: empty.Shell},
		{Name: "order-wrong", View: web.OrderView(wrong), Shell: wrong.Shell}, {Name: "order-seller", View: web.OrderView(seller), Shell: seller.Shell},
	}
	return out
}

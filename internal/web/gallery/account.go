package gallery

import (
	"ninetyten/internal/web"
)

func accountSamples() []Sample {
	s := web.Shell{Title: "Log in", Now: Now()}
	start := shell("Set up", "start")
	start.StepsLeft, start.NextCount, start.InboxCount = 3, 0, 0
	path := web.StartPage{Shell: start, Steps: []web.StartStep{
		{Title: "You", Text: "The owner.", Done: true, Detail: "Ana Figueira, ana@brightmail.example"},
		{Title: "Mailbox", Text: "Mail goes out from your own, and answers come back to it.", Done: true, Detail: "ana@brightmail.example works", Action: web.Action{Label: "See it", Href: "/settings/mailboxes", Small: true}},
		{Title: "People", Text: "A CSV file, or one by hand.", Action: web.Action{Label: "Bring people", Href: "/import", Main: true, Key: "Enter"}},
		{Title: "Sequence", Text: "A few steps over some days."},
		{Title: "Start", Text: "See who gets what and when, then press the button."},
	}}
	done := path
	done.Steps = append([]web.StartStep(nil), path.Steps...)
	for i := range done.Steps {
		done.Steps[i].Done, done.Steps[i].Action = true, web.Action{}
	}
	ready := start
	ready.StepsLeft = 0
	done.Shell = ready
	found := []web.FoundItem{{Label: "Marta Oliveira", Detail: "Brightwater Logistics", Href: "/people/11"}, {Label: "Fleet ops, autumn", Detail: "sequence, running", Href: "/sequences/7"}}
	u := web.Shell{Title: "No more mail", Now: Now()}
	return []Sample{
		{Name: "login", Shell: s, View: web.LoginView(web.LoginPage{Shell: s, Email: "ana@brightmail.example", Problem: "That address and password do not belong together. Try again.", To: "/next"})},
		{Name: "setup", Shell: s, View: web.OwnerView(web.OwnerPage{Shell: s, Values: map[string]string{"zone": "Europe/Lisbon"}, Errors: map[string]string{"password": "A password needs at least 10 characters. A short sentence is easy to remember."}, NeedKey: true})},
		{Name: "invite", Shell: s, View: web.InviteView(web.InvitePage{Shell: s, Token: "t", Name: "Tomás", Email: "tomas@brightmail.example", By: "Ana Figueira"})},
		{Name: "invite-gone", Shell: s, View: web.InviteView(web.InvitePage{Shell: s, Gone: true})},
		{Name: "start", Shell: start, View: web.StartView(path)}, {Name: "start-done", Shell: ready, View: web.StartView(done)},
		{Name: "unsubscribe", Shell: u, View: web.UnsubscribeView(web.UnsubscribePage{Shell: u, Token: "t", Address: "m…a@brightwater.example", Sender: "Brightmail"})},
		{Name: "unsubscribe-done", Shell: u, View: web.UnsubscribeView(web.UnsubscribePage{Shell: u, Address: "m…a@brightwater.example", Sender: "Brightmail", Done: true})},
		{Name: "unsubscribe-unknown", Shell: u, View: web.UnsubscribeView(web.UnsubscribePage{Shell: u, Unknown: true})},
		{Name: "go", Shell: shell("Go to anything", ""), View: web.FoundView(shell("Go to anything", ""), "mar", found)},
		{Name: "error", Shell: s, View: web.ErrorView(web.Shell{Title: "Not found", Now: Now()}, web.Problem{Status: 404, Title: "Not found", Text: "There is no person here. They may have been merged or taken out; search for the name.", Request: "K3QX7ZB2MPLW4TRA", Back: "/people", BackTo: "To the people"})},
	}
}

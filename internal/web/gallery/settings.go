package gallery

import (
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/web"
)

func settingsSamples() []Sample {
	s := shell("Settings", "settings")
	boxes := web.MailboxesPage{Shell: s, Rows: []web.MailboxRow{
		{ID: 1, Address: "ana@brightmail.example", Owner: "Ana Figueira", State: sales.MailboxOK, Today: "24 of 30 today, next at 11:05", Read: "read up to 10:41",
			Sent: "3 of 10 in the last hour, 88 of 150 in seven days; 12 of them by another program.", Guard: "2 of 88 (2.3 %) came back, 0 of 88 (0 %) reported as spam. It stops by itself when 5 % came back, or 0.3 % were reported as spam, of 20 mails or more in seven days."},
		{ID: 2, Address: "tomas@brightmail.example", Owner: "Tomás Lima", State: sales.MailboxPaused, Today: "11 of 13 today", Ramp: "ramping, +2 a working day", Tripped: true, Why: "Paused by the guard: 6 of 100 mails came back. Clean the list, then go on."},
		{ID: 3, Address: "old@brightmail.example", Owner: "Ana Figueira", State: sales.MailboxBroken, Today: "0 of 30 today", Why: "The server does not accept the password any more (535). Enter the new one and test it."},
	}}
	noBoxes := web.MailboxesPage{Shell: s}
	limits := sales.DefaultLimits()
	box := web.MailboxPage{
		Shell: s, Values: map[string]string{"address": "ana@brightmail.example", "name": "Ana Figueira", "username": "ana@brightmail.example", "smtp_host": "smtp.brightmail.example", "smtp_port": "465", "smtp_security": "tls", "imap_host": "imap.brightmail.example", "imap_port": "993", "imap_security": "tls", "signature": "Ana Figueira\nBrightmail"},
		Errors: map[string]string{}, Limits: limits, Providers: []web.Provider{{Name: "Fastmail", SMTPHost: "smtp.fastmail.com", SMTPPort: "465", SMTPSecurity: "tls", IMAPHost: "imap.fastmail.com", IMAPPort: "993", IMAPSecurity: "tls", Help: "Make an app password under Settings, Privacy and security."}},
		Check: &web.CheckView{Steps: []web.CheckStep{
			{State: "ok", Text: "The outgoing server answers, over TLS"}, {State: "ok", Text: "It lets you in"}, {State: "ok", Text: "The incoming server answers, over TLS"},
			{State: "bad", Text: "It does not let you in", Help: "It says: 535 authentication failed. Check the user name; with two-factor login you need an app password."}, {State: "wait", Text: "Sends a mail to yourself"}, {State: "wait", Text: "Finds it"},
		}},
	}
	team := web.TeamPage{Shell: s, Roles: []web.Option{{Value: "seller", Label: "Seller", Help: "Own people, own mailbox, own queue."}, {Value: "manager", Label: "Manager", Help: "Sees and steers everybody’s people and sequences."}, {Value: "admin", Label: "Administrator", Help: "Sets up: team, mailboxes of others, settings."}},
		Link: "https://sales.brightmail.example/invite/8f2kq0w7d3", LinkFor: "Tomás Lima",
		Rows: []web.UserRow{
			{ID: 1, Name: "Ana Figueira", Email: "ana@brightmail.example", Role: sales.RoleOwner, Initials: "AF", SeenAt: ago(time.Minute), Sessions: 2, CanChange: true, IsMyself: true},
			{ID: 2, Name: "Tomás Lima", Email: "tomas@brightmail.example", Role: sales.RoleSeller, Initials: "TL", State: web.Tag{Text: "invited", Tone: "mark"}, CanChange: true},
			{ID: 3, Name: "Ida Berg", Email: "ida@brightmail.example", Role: sales.RoleManager, Initials: "IB", SeenAt: ago(days(1)), Sessions: 1, CanChange: true},
			{ID: 4, Name: "Old Colleague", Email: "old@brightmail.example", Role: sales.RoleSeller, Initials: "OC", State: web.Tag{Text: "shut out", Tone: "bad"}, SeenAt: ago(days(200)), CanChange: true, IsDisabled: true},
		}}
	schedule := web.SchedulePage{Shell: s, Company: "Brightmail", Settings: sales.DefaultSettings(), Says: "As it is now, a mail to somebody in Lisbon may go today until 11:30 and from 13:30."}
	list := web.SuppressionsPage{Shell: s, CanAdd: true, CanTake: true, NextHref: "/settings/suppressions/rows?after=x", Rows: []web.SuppressionRow{
		{ID: 1, Kind: sales.SuppressAddress, Value: "kari@nordfrakt.example", Reason: "Asked for no more mail", Source: "button in the mail of 3 Nov", At: ago(days(15))},
		{ID: 2, Kind: sales.SuppressDomain, Value: "competitor.example", Reason: "By hand", Source: "Ana Figueira: a competitor", At: ago(days(30))},
		{ID: 3, Kind: sales.SuppressAddress, Value: "(erased)", Reason: "Complaint", Source: "feedback report", At: ago(days(90))},
	}}
	noList := web.SuppressionsPage{Shell: s}
	profile := web.ProfilePage{Shell: s, Name: "Ana Figueira", Email: "ana@brightmail.example", Zone: "Europe/Lisbon", Sessions: []web.SessionRow{
		{ID: 1, Agent: "Firefox on Linux", IP: "203.0.113.7", SeenAt: ago(time.Minute), Current: true}, {ID: 2, Agent: "Safari on iPhone", IP: "198.51.100.24", SeenAt: ago(days(2))},
	}}
	return []Sample{
		{Name: "mailboxes", Shell: s, View: web.MailboxesView(boxes)}, {Name: "mailboxes-fresh", Shell: s, View: web.MailboxesView(noBoxes)}, {Name: "mailbox", Shell: s, View: web.MailboxView(box)}, {Name: "team", Shell: s, View: web.TeamView(team)},
		{Name: "schedule", Shell: s, View: web.ScheduleView(schedule)}, {Name: "suppressions", Shell: s, View: web.SuppressionsView(list)}, {Name: "suppressions-empty", Shell: s, View: web.SuppressionsView(noList)}, {Name: "profile", Shell: s, View: web.ProfileView(profile)},
	}
}

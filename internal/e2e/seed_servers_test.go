//go:build servers

package e2e

import (
	"sync"
	"time"

	"ninetyten/internal/auth"
	"ninetyten/internal/sales"
	"ninetyten/internal/testserver"
)

// clock is the wall's, moved on by a test.
type clock struct {
	mu sync.Mutex
	by time.Duration
}

// Now is the time of the business.
func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.by)
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.by += d
}

// setUp makes the owner, Ana, with mail allowed at all hours, without the pages.
func (s *site) setUp() sales.User {
	s.t.Helper()
	ctx := s.t.Context()
	u, err := s.Auth.SetUp(ctx, auth.NewOwner{Workspace: "Ninety Freight", Name: "Ana Seller", Email: address("ana"), Password: passphrase, Zone: "Europe/Lisbon"}, s.Clock.Now())
	if err != nil {
		s.t.Fatal(err)
	}
	set := sales.DefaultSettings()
	for d := range set.Windows {
		set.Windows[d] = []sales.Window{{From: 0, To: 24 * 60}}
	}
	set.Holidays, set.PublicURL, set.Zone = false, s.url, "Europe/Lisbon"
	if err := s.Desk.SaveSettings(ctx, auth.ViewerOf(u), "", set); err != nil {
		s.t.Fatal(err)
	}
	return u
}

// connect gives the owner a mailbox on the servers of the test.
func (s *site) connect() sales.Mailbox {
	s.t.Helper()
	login := sales.Server{Host: s.imap.Host, Username: "ana", Password: testserver.DovecotPassword("ana")}
	out, in := login, login
	out.Port, out.Security = s.smtp.TLSPort, sales.SecurityTLS
	in.Port, in.Security = s.imap.Port, sales.SecurityStartTLS
	m, err := s.Desk.SaveMailbox(s.t.Context(), auth.ViewerOf(s.owner()), sales.Mailbox{
		Address: address("ana"), Name: "Ana Seller", SMTP: out, IMAP: in, SentFolder: "Sent", JunkFolder: "Junk", Limits: sales.Limits{PerDay: 100, PerWeek: 1000},
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return m
}

// add adds people by their first names, who are those of their mailboxes.
func (s *site) add(names ...string) []sales.Person {
	s.t.Helper()
	var out []sales.Person
	for _, n := range names {
		first := map[string]string{"clara": "Clara", "jonas": "Jonas", "zoe": "Zoé"}[n]
		last := map[string]string{"clara": "Nunes", "jonas": "Lindqvist", "zoe": "Brûlé"}[n]
		owner := s.owner()
		p, err := s.Desk.SavePerson(s.t.Context(), auth.ViewerOf(owner), sales.Person{Email: address(n), FirstName: first, LastName: last, OwnerID: owner.ID}, "Brightwater Logistics")
		if err != nil {
			s.t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}

// run starts a sequence of mails, each some working days after the one before,
// and puts people into it.
func (s *site) run(people []sales.Person, bodies ...string) sales.Sequence {
	s.t.Helper()
	ctx, v := s.t.Context(), auth.ViewerOf(s.owner())
	q := sales.Sequence{Name: "Fleet ops", Rules: sales.DefaultRules()}
	q.Rules.ActivePerAccount = 10
	for i, body := range bodies {
		step := sales.Step{Kind: sales.StepAutoMail, Position: i, Body: body, Delay: sales.Delay{N: 3 * min(i, 1), Unit: sales.WorkingDays}}
		if i == 0 {
			step.Subject = "A question"
		}
		q.Steps = append(q.Steps, step)
	}
	q, err := s.Desk.SaveSequence(ctx, v, q)
	if err != nil {
		s.t.Fatal(err)
	}
	var ids []sales.ID
	for _, p := range people {
		ids = append(ids, p.ID)
	}
	checks, err := s.Desk.Enroll(ctx, v, q.ID, ids)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, c := range checks {
		if !c.OK {
			s.t.Fatalf("%s does not go into the sequence: %s", c.Person.Name(), c.Why)
		}
	}
	if err := s.Desk.StartSequence(ctx, v, q.ID); err != nil {
		s.t.Fatal(err)
	}
	return q
}

// enter logs somebody in by the page.
func (b *tab) enter(email, password string) {
	b.t.Helper()
	b.visit("/login")
	b.fill("email", email, "password", password)
	b.follow("Log in")
}

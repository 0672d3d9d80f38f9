package invariants

import (
	"context"
	"fmt"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// places are where people work: on both sides of the world, with and without
// summer time, with zones that are not whole hours.
func places() []sales.Account {
	return []sales.Account{
		{Zone: "Europe/Lisbon", Country: "PT"}, {Zone: "Europe/Berlin", Country: "DE", Subdivision: "DE-BY"}, {Zone: "America/New_York", Country: "US"},
		{Zone: "America/Sao_Paulo", Country: "BR"}, {Zone: "Asia/Kolkata"}, {Zone: "Australia/Lord_Howe", Country: "AU", Subdivision: "AU-NSW"}, {Zone: "Pacific/Auckland", Country: "NZ"},
		{Zone: "America/Los_Angeles", Country: "US"}, {Zone: "Asia/Tokyo", Country: "JP"}, {Zone: "Europe/Paris", Country: "FR"}, {Zone: ""}, {Zone: "Africa/Cairo"},
	}
}

// hours are sets of windows: ordinary ones, long ones, and some that meet the
// changes of the clock at night.
func hours(d *dice) sales.WeekWindows {
	w := sales.DefaultSettings().Windows
	switch d.n(4) {
	case 0:
		for i := range w {
			w[i] = []sales.Window{{From: 0, To: 24 * 60}}
		}
	case 1:
		for i := time.Monday; i <= time.Friday; i++ {
			w[i] = []sales.Window{{From: 8 * 60, To: 18 * 60}}
		}
	case 2:
		w[time.Sunday] = []sales.Window{{From: 60, To: 4 * 60}} // the clock changes in it
		w[time.Saturday] = []sales.Window{{From: 10*60 + 15, To: 10*60 + 45}}
	}
	return w
}

// build makes the world: a workspace, users, mailboxes, organisations, people, and
// sequences.
func (w *world) build(ctx context.Context) error {
	w.ws = w.st.NewID()
	w.settings = w.someSettings()
	boss := sales.User{WorkspaceID: w.ws, ID: w.st.NewID(), Email: "olga@brightmail.example", Name: "Olga Owner", Role: sales.RoleOwner, Zone: "Europe/Lisbon", CreatedAt: w.begin}
	w.boss = sales.Viewer{WorkspaceID: w.ws, UserID: boss.ID, Role: boss.Role}
	w.someSellers()
	w.somePeople()
	err := w.st.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.InsertWorkspace(ctx, sales.Workspace{ID: w.ws, Name: "Brightmail", Settings: w.settings, CreatedAt: w.begin}); err != nil {
			return err
		}
		users := []sales.User{boss}
		for _, s := range w.sellers {
			users = append(users, s.User)
		}
		for _, u := range users {
			if err := tx.InsertUser(ctx, u); err != nil {
				return err
			}
		}
		for _, b := range w.list {
			if err := tx.InsertMailbox(ctx, b.Mailbox); err != nil {
				return err
			}
		}
		for _, a := range w.accounts {
			if err := tx.InsertAccount(ctx, a.Account); err != nil {
				return err
			}
		}
		for _, p := range w.people {
			if err := tx.InsertPerson(ctx, p.Person, p.acct.Name); err != nil {
				return err
			}
		}
		return w.someRules(ctx, tx)
	})
	if err != nil {
		return err
	}
	for range 3 + w.dice.n(3) {
		if err := w.newSequence(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) someSettings() sales.Settings {
	s := sales.DefaultSettings()
	d := w.dice
	s.PostalAddress = "Brightmail, 1 Harbour Street, Lisbon"
	s.PublicURL, s.Zone = "https://sales.brightmail.example", one(d, "UTC", "Europe/Lisbon", "America/New_York", "Australia/Lord_Howe")
	if d.chance(0.5) {
		s.Windows = hours(d)
	}
	s.TouchesPer30Days, s.RestDays = one(d, 0, 3, 5, 8), one(d, 5, 30, 60)
	s.PerDomainDay, s.PerAccountDay = one(d, 0, 0, 1, 2, 5), one(d, 0, 0, 1, 2, 4)
	s.GuardSends, s.GuardBounces, s.GuardComplaints = one(d, 0, 10, 20), one(d, 50, 100), one(d, 3, 20)
	return s
}

// someSellers makes sellers with their mailboxes. Together these can send about as
// much as there is to send, so that some caps are met every day.
func (w *world) someSellers() {
	d := w.dice
	n := max(2, min(10, w.Enrollments/800+2))
	perDay := float64(w.Enrollments) * 2.2 / (float64(w.Days) * 0.6) / float64(n) // mails a seller and working day
	for i := range n {
		s := &seller{User: sales.User{
			WorkspaceID: w.ws, ID: w.st.NewID(), Email: fmt.Sprintf("seller%d@brightmail.example", i), Name: fmt.Sprintf("Ana %d", i), Role: sales.RoleSeller,
			Zone: one(d, "Europe/Lisbon", "America/New_York", "Asia/Kolkata", ""), CreatedAt: w.begin,
		}}
		w.sellers = append(w.sellers, s)
		for j := range 1 + d.n(2) {
			b := &box{seller: s, Mailbox: sales.Mailbox{
				WorkspaceID: w.ws, ID: w.st.NewID(), UserID: s.ID, Address: fmt.Sprintf("ana%d.%d@brightmail.example", i, j), Name: s.Name, State: sales.MailboxOK,
				SMTP: server("smtp"), IMAP: server("imap"), Limits: w.someLimits(perDay), CreatedAt: w.begin, RampFrom: w.begin, SentFolder: "Sent", JunkFolder: "Junk", SavesSent: d.chance(0.3),
			}}
			s.boxes, w.list, w.boxes[b.ID] = append(s.boxes, b), append(w.list, b), b
		}
	}
}

func server(name string) sales.Server {
	return sales.Server{Host: name + ".brightmail.example", Port: 1025, Security: sales.SecurityTLS, Username: "ana", Password: "a password"}
}

// someLimits are those of a mailbox that has about perDay mails to send.
func (w *world) someLimits(perDay float64) sales.Limits {
	d := w.dice
	l := sales.Limits{PerDay: max(2, int(perDay*one(d, 0.8, 1.5, 4)))}
	l.PerWeek = l.PerDay * one(d, 3, 5, 7)
	if d.chance(0.5) {
		l.PerHour = max(1, l.PerDay/one(d, 1, 2, 4))
	}
	if d.chance(0.5) {
		l.RampStart, l.RampStep = max(1, l.PerDay/5), max(1, l.PerDay/10)
	}
	if d.chance(0.4) && perDay < 60 {
		l.GapMin = one(d, time.Minute, 5*time.Minute)
		l.GapMax = l.GapMin * time.Duration(1+d.n(3))
	}
	return l
}

// somePeople makes organisations with people.
func (w *world) somePeople() {
	d := w.dice
	n := max(6, w.Enrollments*9/10)
	for len(w.people) < n {
		at := one(d, places()...)
		a := &account{Account: at}
		i := len(w.accounts)
		a.WorkspaceID, a.ID, a.Name, a.Domain, a.CreatedAt = w.ws, w.st.NewID(), fmt.Sprintf("Buyer %d", i), fmt.Sprintf("buyer%d.example", i), w.begin
		w.accounts = append(w.accounts, a)
		s := one(d, w.sellers...)
		for range 1 + d.n(5) {
			p := &person{acct: a, seller: s, texts: map[int]int{}}
			k := len(w.people)
			p.Person = sales.Person{
				WorkspaceID: w.ws, ID: w.st.NewID(), AccountID: a.ID, OwnerID: s.ID, Email: fmt.Sprintf("p%d@%s", k, a.Domain), Address: sales.AddressOK, FirstName: "Marta", LastName: fmt.Sprintf("Oliveira %d", k),
				Phone: fmt.Sprintf("+351210000%05d", k%100000), Custom: map[string]string{"plan": one(d, "gold", "lead", ""), "renewal": w.begin.AddDate(0, 0, d.n(w.Days+60)).Format(time.DateOnly)}, CreatedAt: w.begin, UpdatedAt: w.begin,
			}
			if d.chance(0.6) {
				p.Zone, p.Country, p.Subdivision = at.Zone, at.Country, at.Subdivision
			} else if d.chance(0.2) {
				x := one(d, places()...)
				p.Zone, p.Country, p.Subdivision = x.Zone, x.Country, x.Subdivision
			}
			w.people, a.people = append(w.people, p), append(a.people, p)
			w.byEmail[p.Email], w.byPerson[p.ID] = p, p
		}
	}
	w.fresh = append([]*person{}, w.people...)
	d.r.Shuffle(len(w.fresh), func(i, j int) { w.fresh[i], w.fresh[j] = w.fresh[j], w.fresh[i] })
}

//go:build servers

package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"ninetyten/internal/app"
	"ninetyten/internal/auth"
	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/testserver"
)

// TestSellersDay is a seller's day by keyboard alone: 30 people, every action, from
// the first of the day's list until the page says that nobody waits. No mouse moves.
func TestSellersDay(t *testing.T) {
	c := &clock{}
	undo := 12 * time.Hour // no mail leaves while the test runs
	s := newSite(t, app.Options{Clock: c, UndoFor: &undo}, append(boxes(), "ana")...)
	c.move(untilTuesday(c.Now()))
	owner := s.setUp()
	s.connect()
	d := &day{t: t, s: s, v: auth.ViewerOf(owner), plan: map[sales.ID]plan{}, served: map[sales.ID]int{}}
	d.cast()
	b := testserver.Browser(t)
	b.Do(chromedp.Func(noMouse))
	d.b = s.tab(b)
	d.enters()
	began := time.Now()
	d.work()
	t.Logf("%d people and %d keys in %.0f s", len(d.plan), d.keys, time.Since(began).Seconds())
}

// untilTuesday is how long it is until the next Tuesday, ten o'clock in Lisbon: a
// moment at which everybody may be called.
func untilTuesday(now time.Time) time.Duration {
	lisbon, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		panic(err) // the zones are in the program
	}
	at := now.In(lisbon)
	day := time.Date(at.Year(), at.Month(), at.Day(), 10, 0, 0, 0, lisbon)
	for day.Weekday() != time.Tuesday || day.Before(now) {
		day = day.AddDate(0, 0, 1)
	}
	return day.Sub(now)
}

// plan is what the seller does with somebody, and how it shows in the store.
type plan struct {
	name  string
	do    func(p sales.Person)
	check func(p sales.Person)
	again bool // they come back the same day: it is part of the plan
}

// box is the mailbox of the n-th person.
func box(n int) string { return fmt.Sprintf("buyer%02d", n) }

func boxes() (out []string) {
	for n := range 30 {
		out = append(out, box(n+1))
	}
	return out
}

// day is the seller's day.
type day struct {
	t      *testing.T
	s      *site
	b      *tab
	v      sales.Viewer
	plan   map[sales.ID]plan
	served map[sales.ID]int
	keys   int
	deal   sales.Deal
}

// cast adds 30 people: 17 to call, 4 mails to approve, 5 tasks, 4 who wrote.
func (d *day) cast() {
	n := 0
	add := func(p plan) sales.Person {
		n++
		mail := address(box(n)) // a mail that goes arrives
		who, err := d.s.Desk.SavePerson(d.t.Context(), d.v, sales.Person{Email: mail, FirstName: strings.ToUpper(p.name[:1]) + p.name[1:], LastName: fmt.Sprintf("Number%02d", n), Phone: fmt.Sprintf("+35122555%04d", 100+n), OwnerID: d.v.UserID}, fmt.Sprintf("Account %02d", n))
		if err != nil {
			d.t.Fatal(err)
		}
		d.plan[who.ID] = p
		return who
	}
	group := func(plans []plan, name string, step sales.Step) {
		var people []sales.Person
		for _, p := range plans {
			people = append(people, add(p))
		}
		d.runs(name, step, people)
	}
	group(d.calls(), "Calls", sales.Step{Kind: sales.StepCall, Note: "Ask how they re-plan."})
	group(d.approvals(), "Drafts", sales.Step{Kind: sales.StepApproveMail, Subject: "A question", Body: "Who re-plans when a truck breaks down?"})
	group(d.tasks(), "Tasks", sales.Step{Kind: sales.StepTask, Note: "Read their page about the new depot."})
	var wrote []sales.Person
	for _, p := range d.answers() {
		wrote = append(wrote, add(p))
	}
	if len(d.plan) != 30 {
		d.t.Fatalf("%d people, want 30", len(d.plan))
	}
	d.s.imap.Deliver(d.t, "ana", "INBOX", len(wrote), func(i int) []byte {
		p := wrote[i]
		return fmt.Appendf(nil, "From: %s <%s>\nTo: Ana Seller <%s>\nSubject: Your offer\nMessage-ID: <wrote-%d@buyer.example>\nDate: %s\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nHello Ana,\n\nyes, this interests us. What would it cost for 40 trucks?\n\nBest\n%s\n", p.Name(), p.Email, address("ana"), i, d.s.Clock.Now().Format(time.RFC1123Z), p.FirstName)
	})
	deal, err := d.s.Desk.SaveDeal(d.t.Context(), d.v, desk.DealEdit{Name: "Fleet of forty", Account: "Account 01"})
	if err != nil {
		d.t.Fatal(err)
	}
	d.deal = deal
	defer func() {
		if d.t.Failed() {
			d.waiting()
		}
	}()
	d.s.until("everybody waits for the seller", func() bool {
		list, err := d.s.Store.OpenTasks(d.t.Context(), d.v.WorkspaceID, d.v.UserID, 100)
		return err == nil && len(list) >= 30
	})
}

// waiting tells who waits for the seller, and who does not.
func (d *day) waiting() {
	list, err := d.s.Store.OpenTasks(d.t.Context(), d.v.WorkspaceID, d.v.UserID, 100)
	has := map[sales.ID]bool{}
	for _, x := range list {
		has[x.PersonID] = true
	}
	for id, p := range d.plan {
		if !has[id] {
			d.t.Logf("no task: %s (%v)", p.name, err)
		}
	}
}

// runs puts people into a sequence of one step and starts it.
func (d *day) runs(name string, step sales.Step, people []sales.Person) {
	d.t.Helper()
	ctx := d.t.Context()
	step.Delay.Unit = sales.WorkingDays
	rules := sales.DefaultRules()
	rules.Colleagues, rules.ActivePerAccount = sales.ColleaguesGoOn, 100 // all are at one account
	q, err := d.s.Desk.SaveSequence(ctx, d.v, sales.Sequence{Name: name, Rules: rules, Steps: []sales.Step{step}})
	if err != nil {
		d.t.Fatal(err)
	}
	var ids []sales.ID
	for _, p := range people {
		ids = append(ids, p.ID)
	}
	checks, err := d.s.Desk.Enroll(ctx, d.v, q.ID, ids)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, c := range checks {
		if !c.OK {
			d.t.Fatalf("%s does not go into %s: %s", c.Person.Name(), name, c.Why)
		}
	}
	if err := d.s.Desk.StartSequence(ctx, d.v, q.ID); err != nil {
		d.t.Fatal(err)
	}
}

// work goes through the day's list, one person after the other.
func (d *day) work() {
	t, b := d.t, d.b
	b.visit("/next")
	if top := b.text("main .top"); !strings.Contains(top, "Today: 0 of 30") {
		t.Fatalf("the day's list says %q", top)
	}
	first := int64(0)
	for turn := 0; js[bool](b, `!!document.querySelector("main [data-person]")`); turn++ {
		if turn > 60 {
			t.Fatalf("the list does not end; served: %v", d.served)
		}
		d.focused("somebody is served")
		id, err := sales.ParseID(js[string](b, `document.querySelector("main [data-person]").dataset.person`))
		if err != nil {
			t.Fatal(err)
		}
		p, err := d.s.Store.Person(t.Context(), d.v, id)
		if err != nil {
			t.Fatal(err)
		}
		plan := d.plan[id]
		if d.served[id]++; d.served[id] > 1 && !plan.again {
			t.Fatalf("%s (%s) is served twice: %s", p.Name(), plan.name, b.text("main"))
		}
		plan.do(p)
		if t.Failed() {
			t.Fatalf("at %s (%s): %s", p.Name(), plan.name, b.text("main"))
		}
		d.focused("after: " + plan.name)
		plan.check(p)
		if t.Failed() {
			t.Fatalf("at %s (%s): %s", p.Name(), plan.name, b.text("main"))
		}
		if first == 0 {
			first = int64(id)
			d.moveDeal()
		}
	}
	b.sees("main h1", "Nobody waits for you")
	for id, p := range d.plan {
		if d.served[id] == 0 {
			t.Errorf("nobody was served: %s", p.name)
		}
	}
	b.Shots("day-done")
}

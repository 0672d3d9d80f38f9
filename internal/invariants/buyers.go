package invariants

import (
	"context"
	"time"

	"ninetyten/internal/sales"
)

// goesOn tells whether an enrollment goes on at this moment, neither ended nor paused.
func (w *world) goesOn(e *enrollment) bool {
	x, err := w.st.Enrollment(context.Background(), w.ws, e.id)
	if err != nil {
		return false // the checks of its state say so
	}
	switch x.State {
	case sales.Active, sales.WaitingHuman, sales.WaitingThem:
		return true
	}
	return false
}

// reaction is what a mail may lead to.
type reaction struct {
	says
	share    float64 // of all mails, in a bad year
	from, to time.Duration
}

func reactions() []reaction {
	return []reaction{
		{saysYes, 0.02, time.Minute, 72 * time.Hour}, {saysAsks, 0.015, time.Minute, 48 * time.Hour}, {saysNo, 0.02, time.Minute, 96 * time.Hour},
		{saysLater, 0.015, time.Minute, 96 * time.Hour}, {saysOther, 0.008, time.Minute, 48 * time.Hour}, {saysStop, 0.01, 0, 200 * time.Hour},
		{saysAway, 0.04, time.Second, 5 * time.Minute}, {saysLeft, 0.004, time.Second, time.Minute}, {saysBounced, 0.012, time.Second, 6 * time.Hour},
		{saysBlocked, 0.003, time.Second, time.Hour}, {saysFull, 0.005, time.Second, time.Hour}, {saysSlow, 0.005, time.Hour, 5 * time.Hour},
		{saysSpam, 0.004, time.Minute, 72 * time.Hour}, {"link", 0.006, time.Minute, 200 * time.Hour},
	}
}

// react lets a person, or a machine of theirs, react to a mail that reached them.
func (w *world) react(m sentMail) {
	if w.quiet {
		return
	}
	more := 1.0
	if w.Enrollments < 500 {
		more = 3
	}
	for _, r := range reactions() {
		if !w.dice.chance(r.share * more) {
			continue
		}
		at := w.clock.real().Add(w.dice.between(r.from, r.to))
		w.plans.add(at, func(ctx context.Context) error { return w.doReact(ctx, r.says, m) })
	}
}

func (w *world) doReact(ctx context.Context, s says, m sentMail) error {
	w.events++
	p := m.p
	if s == "link" {
		if m.token == "" {
			return nil
		}
		w.count("links to unsubscribe")
		if _, err := w.desk.Unsubscribe(ctx, m.token); err != nil {
			return err
		}
		w.note(p, "unsubscribes by the link")
		w.suppress(p.Email, "unsubscribed by the link")
		w.endAll(p, "unsubscribed by the link")
		w.touch(p)
		return nil
	}
	until := time.Time{}
	if s == saysAway && w.dice.chance(0.7) {
		at := w.clock.Now().AddDate(0, 0, w.dice.from(2, 45))
		until = time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, w.zoneOf(p.Zone, p.acct.Zone))
	}
	from := p.Email
	if w.dice.chance(0.08) {
		from = "private." + from // another address of the same person: known by what it answers
	}
	l := w.compose(s, m, from, until)
	f := &m.box.inbox
	if w.dice.chance(0.05) {
		f = &m.box.junk
	}
	f.mails = append(f.mails, l)
	w.count("mails in: " + string(s))
	w.note(p, "puts into %s: %s", m.box.Address, s)
	if l.mean.answers() {
		p.answers = append(p.answers, &answer{box: m.box, what: string(s)})
	}
	return nil
}

// strange lets mail come that is none of ours to read: of strangers, and of the
// seller in another program.
func (w *world) strange(context.Context) error {
	b := one(w.dice, w.list...)
	if w.dice.chance(0.5) {
		b.inbox.mails = append(b.inbox.mails, w.compose(saysStranger, sentMail{id: "x@nowhere.example", subject: "Lunch", box: b}, "mum@family.example", time.Time{}))
		return nil
	}
	var l *letter
	if w.dice.chance(0.5) {
		l = w.elsewhere(b, "mum@family.example", nil)
	} else {
		p := one(w.dice, w.people...)
		l = w.elsewhere(b, p.Email, p)
		w.note(p, "the seller writes from %s in another program", b.Address)
	}
	w.count("mails by sellers in another program")
	w.filed[l.id] = true
	b.filed.mails = append(b.filed.mails, l)
	return nil
}

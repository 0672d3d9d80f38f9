package invariants

import (
	"context"
	"time"

	"ninetyten/internal/sales"
)

// reached keeps that a mail reached its person. known tells that the product will
// hear of it, unless its node dies.
func (w *world) reached(x parcel, known bool) {
	s := w.clock.stamp()
	w.count("mails that reached a person")
	w.events++
	x.box.left(s)
	if x.box.SavesSent {
		w.file(x.box, x.id, []byte("Message-ID: <"+x.id+">\r\nFrom: "+x.box.Address+"\r\nTo: "+x.p.Email+"\r\nSubject: "+x.subject+"\r\n\r\nHello\r\n"))
	}
	r := result{parcel: x, known: known}
	if !x.byHand {
		r.e = x.p.newest(w.steps[x.step])
		if r.e == nil {
			return // judged already
		}
		r.e.got[x.step] = mailed{s, x.id}
		r.e.last, r.e.lastStep, r.e.steered = s, x.step, false
		r.e.unsettled = true
		if x.variant < handText {
			x.p.texts[x.step] = x.variant
		}
		if !r.e.approved[x.step] {
			// One that was in the queue when the limit was lowered went under the old one.
			if n := r.e.q.Rules.MaxAutoMails; !r.e.grace || n == 0 || r.e.autos < n {
				r.e.autos++
			}
			r.e.grace = false
		}
		w.today["domain"+sales.DomainOf(x.p.Email)]++
		w.today["account"+x.p.acct.ID.String()]++
	}
	x.e = r.e
	w.round = append(w.round, r)
	w.react(x.sentMail)
}

// result is a mail of the round that is being sent.
type result struct {
	parcel
	e     *enrollment
	known bool
}

// refused keeps what a refusal means for the mailbox and the address.
func (w *world) refused(x parcel, o outcome) {
	switch o.name {
	case "refused by policy":
		if w.blocks[x.id]++; w.blocks[x.id] < 3 {
			x.box.stops = "a server refused a mail by policy"
		}
	case "login refused":
		x.box.stops = "its login was refused"
	case "no such address":
		if !x.byHand {
			w.bounced = append(w.bounced, x)
		}
	case "taken, the answer was lost", "not taken, the answer was lost":
		x.box.counts.add(w.day(), countMaybe, 1)
	}
}

// stop lets nothing of a sequence leave a mailbox until a person lets it.
func (w *world) stop(b *box, why string) {
	if b.stopped != "" {
		return
	}
	b.stopped = why
	w.noteAll("%s is stopped: %s", b.Address, why)
	w.plans.add(w.clock.real().Add(w.dice.between(10*time.Minute, 20*time.Hour)), func(ctx context.Context) error {
		if b.stopped == "" {
			return nil
		}
		return w.letGo(ctx, b)
	})
}

// recorded keeps that the product has written down the results of a round.
func (w *world) recorded() {
	day := w.day()
	boxes := map[*box]bool{}
	for _, r := range w.round {
		if r.known {
			r.box.counts.add(day, countSent, 1)
			r.p.touches++
			r.p.lastOut = w.clock.Now()
		}
		if r.e != nil {
			r.e.unsettled = false
		}
	}
	for _, x := range w.bounced {
		x.box.counts.add(day, countSent, 1)
		x.box.counts.add(day, countBounced, 1)
		boxes[x.box] = true
		w.dead1(x.p)
	}
	for _, b := range w.list {
		if boxes[b] {
			w.guard(b)
		}
	}
	w.round, w.bounced = w.round[:0], w.bounced[:0]
	for _, b := range w.list {
		if b.stops != "" {
			w.stop(b, b.stops)
			b.stops = ""
		}
	}
}

// dead1 keeps that an address does not exist.
func (w *world) dead1(p *person) {
	w.suppress(p.Email, "the address does not exist")
	w.note(p, "the address does not exist")
}

// guard stops a mailbox of which too much came to nothing.
func (w *world) guard(b *box) {
	sum, s := b.counts.sums(w.clock.Now(), w.zoneOf(w.settings.Zone)), w.settings
	sent := sum[countSent] + sum[countMaybe]
	if s.GuardSends <= 0 || sum[countSent] < s.GuardSends {
		return
	}
	if s.GuardBounces > 0 && sum[countBounced]*1000 >= s.GuardBounces*sent {
		w.stop(b, "too many bounces")
	}
	if s.GuardComplaints > 0 && sum[countComplained]*1000 >= s.GuardComplaints*sent {
		w.stop(b, "too many complaints")
	}
}

// suppress puts an address on the list of the books.
func (w *world) suppress(address, why string) {
	if w.suppressed[address] == "" {
		w.suppressed[address] = why
	}
}

// heardBefore is where the enrollments of colleagues stood before mail was read.
type heardBefore map[sales.ID]sales.Enrollment

// beforeReading looks where the people stand of whom mail is about to be read,
// and their colleagues.
func (w *world) beforeReading(ctx context.Context, fresh []*letter) (heardBefore, error) {
	var ids []sales.ID
	for _, l := range fresh {
		if l.from == nil {
			continue
		}
		for _, c := range l.from.acct.people {
			for _, e := range c.ens {
				if e.alive() {
					ids = append(ids, e.id)
				}
			}
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return w.st.EnrollmentsByID(ctx, w.ws, ids)
}

// understood keeps what a mail means that the product has read.
func (w *world) understood(b *box, l *letter, before heardBefore) {
	p, m := l.from, l.mean
	if p == nil {
		return
	}
	w.note(p, "%s has read: %s", b.Address, m.says)
	for _, a := range p.answers {
		if a.box == b {
			a.read = true
		}
	}
	switch {
	case m.answers():
		p.heard()
		w.answered(p, m, before)
	case m.says == saysAway:
		for _, e := range p.ens {
			if was, ok := before[e.id]; ok && was.State == sales.Active && e.hold == "" && e.alive() {
				until := m.until
				if until.IsZero() {
					until = w.clock.Now().AddDate(0, 0, e.q.Rules.OOODefaultDays)
				}
				e.held("out of office until "+until.Format(time.DateOnly), until)
			}
		}
	case m.says == saysLeft:
		p.heard() // the ledger has it as a referral, which is an answer
		w.endAll(p, "has left the company")
	case m.says == saysBounced:
		w.dead1(p)
		b.counts.add(w.day(), countBounced, 1)
		w.guard(b)
	case m.says == saysBlocked:
		w.stop(b, "a report says: refused by policy")
	case m.says == saysSpam:
		w.suppress(p.Email, "complained")
		w.endAll(p, "complained")
		b.counts.add(w.day(), countComplained, 1)
		w.guard(b)
	case m.says == saysSeller:
		b.left(stamp{clock: l.at, truth: w.clock.trueOf(l.at)})
		for _, e := range p.ens {
			if e.alive() && !l.at.Before(e.at) && l.to == p.Email {
				e.held("the seller wrote from another program", time.Time{})
			}
		}
	}
}

// answered keeps what an answer means for the person and their colleagues.
func (w *world) answered(p *person, m meaning, before heardBefore) {
	if m.says == saysStop {
		w.suppress(p.Email, "asked not to be written to")
		w.endAll(p, "asked not to be written to")
		return
	}
	if m.says == saysOther {
		return
	}
	for _, c := range p.acct.people {
		if c == p {
			continue
		}
		for _, e := range c.ens {
			was, ok := before[e.id]
			switch {
			case !ok || !e.alive():
			case e.q.Rules.Colleagues == sales.ColleaguesStop:
				e.end("a colleague answered")
			case e.q.Rules.Colleagues != sales.ColleaguesGoOn && w.byItself(e, was):
				e.held("a colleague answered", time.Time{})
			}
		}
	}
}

// endAll ends every enrollment of a person.
func (w *world) endAll(p *person, why string) {
	for _, e := range p.ens {
		if e.alive() {
			e.end(why)
		}
	}
}

// byItself tells whether an enrollment would go on by itself, or by the task of a
// seller who does not know of a colleague's answer.
func (w *world) byItself(e *enrollment, was sales.Enrollment) bool {
	switch was.State {
	case sales.Active, sales.WaitingHuman:
		return true
	case sales.Paused:
		return !was.Until.IsZero()
	case sales.WaitingThem:
		return was.Position < len(e.q.Steps) && e.q.Steps[was.Position].ThenGoOn
	}
	return false
}

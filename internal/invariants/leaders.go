package invariants

import (
	"context"
	"slices"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
)

// planAll plans what people do all the time.
func (w *world) planAll() {
	d := w.dice
	small := w.Enrollments < 500
	each := func(least, most time.Duration, do func(ctx context.Context) error) {
		var again func(ctx context.Context) error
		again = func(ctx context.Context) error {
			w.plans.add(w.clock.real().Add(d.between(least, most)), again)
			return do(ctx)
		}
		w.plans.add(w.begin.Add(d.between(0, most)), again)
	}
	each(6*time.Hour, 60*time.Hour, w.putIn)
	for _, s := range w.sellers {
		each(4*time.Hour, 30*time.Hour, func(ctx context.Context) error { return w.work(ctx, s, 0.6) })
	}
	often := 1
	if !small {
		often = max(1, min(20, w.Enrollments/1000))
	}
	for range often {
		each(12*time.Hour, 60*time.Hour, w.steerSome)
	}
	each(24*time.Hour, 120*time.Hour, w.resumeSome)
	each(20*time.Hour, 200*time.Hour, w.editSome)
	each(40*time.Hour, 300*time.Hour, w.setSome)
	each(time.Hour, 60*time.Hour, w.strange)
	each(5*time.Hour, 60*time.Hour, w.serve)
	each(20*time.Hour, 400*time.Hour, w.shift)
}

// putIn puts some people into a sequence, so that all have their turn in the first
// four fifths of the time; some of them a second time, or into another one.
func (w *world) putIn(ctx context.Context) error {
	span, gone := w.end.Sub(w.begin)*4/5, w.clock.real().Sub(w.begin)
	want := int(float64(w.Enrollments) * min(1, 0.1+0.9*float64(gone)/float64(span)))
	n := want - w.enrolled
	if n <= 0 {
		return nil
	}
	n = min(n, 400)
	q := one(w.dice, w.sequences...)
	if q.State == sales.SequenceArchived {
		return nil
	}
	var people []*person
	for range n {
		if len(w.fresh) > 0 && w.dice.chance(0.9) {
			people, w.fresh = append(people, w.fresh[0]), w.fresh[1:]
			continue
		}
		if p := one(w.dice, w.people...); !slices.Contains(people, p) {
			people = append(people, p)
		}
	}
	return w.enroll(ctx, q, people)
}

// steerSome commands something about a few people.
func (w *world) steerSome(ctx context.Context) error {
	for range w.dice.from(1, 3) {
		e := w.someone()
		if e == nil {
			return nil
		}
		var err error
		switch w.dice.n(24) {
		case 0:
			err = w.call(ctx, w.boss, e.p, 0)
		case 1:
			err = w.book(ctx, e.p)
		case 2:
			err = w.suppressSome(ctx, e.p)
		case 3, 4, 5, 6:
			err = w.changeSome(ctx, e.p)
		case 7, 8:
			err = w.away(ctx)
		case 9:
			err = w.bulk(ctx)
		default:
			err = w.steer(ctx, e)
		}
		if err != nil {
			return err
		}
		w.steered(e.p)
	}
	return nil
}

// resumeSome lets some of those go on who are paused until a person says so.
func (w *world) resumeSome(ctx context.Context) error {
	for _, q := range w.sequences {
		for _, e := range q.list {
			if !e.alive() || e.seen.State != sales.Paused || !e.seen.Until.IsZero() || !w.dice.chance(0.15) {
				continue
			}
			if err := w.resume(ctx, e); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *world) suppressSome(ctx context.Context, p *person) error {
	ok, err := w.did("suppress", w.desk.SuppressPerson(ctx, w.boss, p.ID, "by hand"))
	if ok {
		w.note(p, "is put on the suppression list")
		w.suppress(p.Email, "put there by hand")
		w.endAll(p, "on the suppression list")
	}
	return err
}

// changeSome changes what is known of a person: where they are, what they are
// called, their plan.
func (w *world) changeSome(ctx context.Context, p *person) error {
	x := p.Person
	switch w.dice.n(3) {
	case 0:
		at := one(w.dice, places()...)
		x.Zone, x.Country, x.Subdivision = at.Zone, at.Country, at.Subdivision
		p.movedHouse = true
	case 1:
		x.FirstName = one(w.dice, "", "Marta")
	default:
		x.Custom = map[string]string{"plan": one(w.dice, "gold", "lead", ""), "renewal": w.clock.Now().AddDate(0, 0, w.dice.from(-5, 60)).Format(time.DateOnly)}
	}
	if err := w.savePerson(ctx, p, x); err != nil {
		return err
	}
	w.note(p, "is changed: zone %q, first name %q, %v", x.Zone, x.FirstName, x.Custom)
	return nil
}

// away lets a seller be away for some days: everything waits, or a colleague does it;
// or somebody who is away comes back early.
func (w *world) away(ctx context.Context) error {
	d := w.dice
	if len(w.absences) > 0 && d.chance(0.3) {
		i := d.n(len(w.absences))
		ok, err := w.did("end an absence", second(w.desk.DeleteAbsence(ctx, w.boss, w.absences[i].ID)))
		if ok {
			w.noteAll("absence %d is ended", w.absences[i].ID)
			w.absences[i].To = w.clock.Now()
		}
		return err
	}
	s, first := one(d, w.sellers...), w.clock.Now().AddDate(0, 0, d.n(4))
	f := desk.AbsenceForm{UserID: s.ID, Mode: one(d, sales.AbsencePause, sales.AbsencePause, sales.AbsenceHandOver)}
	if f.StandInID = one(d, w.sellers...).ID; f.Mode == sales.AbsencePause && d.chance(0.5) {
		f.StandInID = 0
	}
	f.First = first.In(w.zoneOf(s.Zone, w.settings.Zone)).Format(time.DateOnly)
	f.Last = first.AddDate(0, 0, d.from(1, 20)).Format(time.DateOnly)
	a, err := w.desk.SaveAbsence(ctx, w.boss, f)
	if ok, err := w.did("plan an absence", err); !ok {
		return err
	}
	w.noteAll("absence %d: %s is away from %s to %s: %s", a.ID, s.Name, a.From, a.To, a.Mode)
	w.absences = append(w.absences, a)
	return nil
}

// isAway is the absence of a user for whom everything waits at a moment.
func (w *world) isAway(user sales.ID, now time.Time) (sales.Absence, bool) {
	for _, a := range w.absences {
		if a.UserID == user && a.Mode == sales.AbsencePause && !now.Before(a.From) && now.Before(a.To) {
			return a, true
		}
	}
	return sales.Absence{}, false
}

// serve lets the servers of mailboxes fail and recover, and lets people see to
// mailboxes that were stopped.
func (w *world) serve(ctx context.Context) error {
	for _, b := range w.list {
		b.deaf, b.down, b.lost = w.dice.chance(0.15*w.trouble), w.dice.chance(0.05*w.trouble), w.dice.chance(0.1*w.trouble)
		w.plans.add(w.clock.real().Add(w.dice.between(10*time.Minute, 5*time.Hour)), func(context.Context) error {
			b.down, b.lost = false, false
			return nil
		})
		mb, err := w.st.Mailbox(ctx, w.ws, b.ID)
		if err != nil {
			return err
		}
		if b.stopped != "" && mb.State == sales.MailboxOK {
			w.fail(nil, "%s was stopped (%s), and is not", b.Address, b.stopped)
		}
		if mb.State != sales.MailboxOK && b.stopped == "" {
			w.stop(b, mb.StateWhy) // by what the books are not sure of: a mail that may have gone
		}
		if b.stopped == "" && w.dice.chance(0.02) {
			ok, err := w.did("pause a mailbox", w.desk.PauseMailbox(ctx, w.boss, b.ID))
			if err != nil {
				return err
			}
			if ok {
				w.stop(b, "paused by hand")
			}
		}
	}
	return nil
}

// letGo lets a mailbox send again.
func (w *world) letGo(ctx context.Context, b *box) error {
	ok, err := w.did("let a mailbox go on", w.desk.ResumeMailbox(ctx, w.boss, b.ID))
	if ok {
		w.noteAll("%s goes on", b.Address)
		b.stopped, b.counts = "", guardBook{}
	}
	return err
}

// shift sets the clock wrong by an hour, or right again.
func (w *world) shift(context.Context) error {
	if w.trouble == 0 || w.quiet {
		return nil
	}
	off := one(w.dice, 0, 0, time.Hour, -time.Hour)
	w.clock.set(off)
	w.count("changes of the clock")
	w.noteAll("the clock shows %s more than it should", off)
	return nil
}

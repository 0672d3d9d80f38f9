package invariants

import (
	"context"
	"slices"
	"time"

	"ninetyten/internal/sales"
)

// judge asks, when a mail is handed to the server, whether it may go: it looks
// into the books alone.
func (w *world) judge(x parcel) {
	p, b := x.p, x.box
	w.byID[x.id] = p
	if !x.whole {
		w.fail(p, "a merge field is left in the mail %s", x.id)
	}
	if why := w.suppressed[p.Email]; why != "" {
		w.fail(p, "a mail goes to %s, which is on the suppression list: %s", p.Email, why)
	}
	if x.byHand {
		w.note(p, "a mail by hand goes from %s", b.Address)
		return
	}
	q := w.steps[x.step]
	if q == nil {
		w.fail(p, "a mail without a step goes out: %s", x.subject)
		return
	}
	e := p.newest(q)
	if e == nil {
		w.fail(p, "step %d goes to somebody who was never put into sequence %s", x.step, q.Name)
		return
	}
	w.note(p, "step %d (text %d) of enrollment %d is handed to the server of %s, try %d", x.step, x.variant, e.id, b.Address, w.attempts[x.id])
	row, err := w.st.Enrollment(context.Background(), w.ws, e.id)
	if err != nil {
		w.fail(p, "enrollment %d cannot be read: %v", e.id, err)
		return
	}
	if a, away := w.isAway(row.OwnerID, w.clock.Now()); away {
		w.fail(p, "step %d goes, and the seller is away from %s to %s", x.step, a.From, a.To)
	}
	if asked, err := w.st.AskedAbout(context.Background(), w.ws, p.ID); err != nil || asked {
		w.fail(p, "step %d goes, and a seller is asked whether a mail is theirs (%v)", x.step, err)
	}
	w.judgeWay(x, e)
	w.judgeSpacing(x, e)
	w.judgeAnswers(x, e)
	w.judgeHours(x, e, row.OwnerID)
	w.judgeBox(x)
	w.judgeShared(x)
	w.judgeLimits(x, e)
}

// judgeWay: no step twice, nothing after an end or while it is held, nothing that
// waits for a person, one text of a step.
func (w *world) judgeWay(x parcel, e *enrollment) {
	if at, ok := e.got[x.step]; ok {
		w.fail(x.p, "step %d goes a second time; the first was at %s", x.step, at.clock)
	}
	now := w.clock.Now()
	switch {
	case e.over != "":
		w.fail(x.p, "step %d goes after the end: %s", x.step, e.over)
	case e.hold != "" && (e.until.IsZero() || now.Before(e.until)):
		w.fail(x.p, "step %d goes while it is held: %s", x.step, e.hold)
	case e.q.State != sales.SequenceRunning:
		w.fail(x.p, "step %d goes although the sequence is %s", x.step, e.q.State)
	case e.q.byNo[x.step].Kind == sales.StepApproveMail && !e.approved[x.step]:
		w.fail(x.p, "step %d goes and nobody approved it", x.step)
	}
	if e.box != x.box {
		w.fail(x.p, "step %d goes from %s, and the person is written to from %s", x.step, x.box.Address, e.box.Address)
	}
	if was, ok := x.p.texts[x.step]; ok && was != x.variant && x.variant < handText && was < handText && !e.q.edited[x.step] {
		w.fail(x.p, "the person had text %d of step %d and gets text %d", was, x.step, x.variant)
	}
}

// judgeSpacing: a mail that follows another by itself keeps the delay of its step.
func (w *world) judgeSpacing(x parcel, e *enrollment) {
	i := slices.IndexFunc(e.q.Steps, func(s sales.Step) bool { return e.q.numbers[s.ID] == x.step })
	if e.steered || e.lastStep == 0 || i < 1 || e.q.numbers[e.q.Steps[i-1].ID] != e.lastStep || !e.q.Anchor.IsZero() || e.q.Steps[i].Track != e.q.Steps[i-1].Track {
		return
	}
	s, d := w.clock.stamp(), e.q.Steps[i].Delay
	least := time.Duration(d.N) * time.Minute
	switch d.Unit {
	case sales.Hours:
		least *= 60
	case sales.Days, sales.WorkingDays:
		least *= 24 * 60
	}
	// A clock that was set wrong, and a day of 23 hours, cost an hour each.
	if waited := max(s.clock.Sub(e.last.clock), s.truth.Sub(e.last.truth)); waited < least-2*time.Hour && d.N > 0 || waited < 0 {
		w.fail(x.p, "step %d goes %s after step %d; its delay is %d %s", x.step, waited, e.lastStep, d.N, d.Unit)
	}
}

// judgeAnswers: nothing after an answer that had arrived. In another mailbox than
// the one that sends, it counts from when it was read.
func (w *world) judgeAnswers(x parcel, e *enrollment) {
	for _, a := range x.p.answers {
		if a.read || a.box == x.box {
			w.fail(x.p, "step %d goes after an answer (%s) that had arrived at %s, read: %v", x.step, a.what, a.box.Address, a.read)
		}
	}
	if len(e.got) > 0 && !x.box.readAt.Equal(w.clock.real()) {
		w.fail(x.p, "step %d goes, and %s was last read at %s", x.step, x.box.Address, x.box.readAt)
	}
}

// judgeBox: the gap, the caps of the mailbox, and whether it was stopped.
func (w *world) judgeBox(x parcel) {
	b, l, s := x.box, x.box.Limits, w.clock.stamp()
	if why := b.stopped + b.stops; why != "" {
		w.fail(x.p, "step %d goes from a mailbox that was stopped: %s", x.step, why)
	}
	if n := len(b.out); n > 0 && l.GapMin > 0 {
		last := b.out[n-1]
		shown, true_ := s.clock.Sub(last.clock).Abs(), s.truth.Sub(last.truth)
		if max(shown, true_) < l.GapMin {
			w.fail(x.p, "step %d goes %s after the mail before it from %s; the gap is %s", x.step, true_, b.Address, l.GapMin)
		}
	}
	loc := w.zoneOf(b.seller.Zone, w.settings.Zone)
	if n := b.within(s, time.Hour); l.PerHour > 0 && n >= l.PerHour {
		w.fail(x.p, "%s has sent %d mails within an hour; the cap is %d", b.Address, n, l.PerHour)
	}
	if n := b.within(s, 7*24*time.Hour); l.PerWeek > 0 && n >= l.PerWeek {
		w.fail(x.p, "%s has sent %d mails within seven days; the cap is %d", b.Address, n, l.PerWeek)
	}
	if l.PerDay > 0 {
		if n, limit := b.onDay(s, loc), w.ramp(b, s.clock, loc); n >= limit {
			w.fail(x.p, "%s has sent %d mails today; the cap is %d", b.Address, n, limit)
		}
	}
}

// ramp is the cap of a day: RampStart on the first, RampStep more each working day.
func (w *world) ramp(b *box, now time.Time, loc *time.Location) int {
	l := b.Limits
	if l.RampStart <= 0 || l.RampStart >= l.PerDay {
		return l.PerDay
	}
	limit := l.RampStart
	day := b.RampFrom.In(loc)
	for limit < l.PerDay && l.RampStep > 0 {
		day = day.AddDate(0, 0, 1)
		if day.Format(time.DateOnly) > now.In(loc).Format(time.DateOnly) {
			break
		}
		if w.workday(day, w.settings.Windows, true, w.settings.Holidays, "", "") {
			limit += l.RampStep
		}
	}
	return min(limit, l.PerDay)
}

// judgeShared: the caps a day of a recipient domain and of an account.
func (w *world) judgeShared(x parcel) {
	day := w.day()
	if w.todayIs != day {
		w.todayIs, w.today = day, map[string]int{}
	}
	for _, c := range []struct {
		name, about string
		limit       int
	}{{"domain", sales.DomainOf(x.p.Email), w.settings.PerDomainDay}, {"account", x.p.acct.ID.String(), w.settings.PerAccountDay}} {
		if c.limit > 0 && w.capSince[c.name] != day && w.today[c.name+c.about] >= c.limit {
			w.fail(x.p, "%d mails went to the %s %s today; the cap is %d", w.today[c.name+c.about], c.name, c.about, c.limit)
		}
	}
}

// judgeLimits: the limits of respect.
func (w *world) judgeLimits(x parcel, e *enrollment) {
	if n := e.q.Rules.MaxAutoMails; n > 0 && !e.approved[x.step] && e.autos >= n && !e.grace {
		w.fail(x.p, "automatic mail %d of the enrollment; the limit is %d", e.autos+1, n)
	}
	if n := w.settings.TouchesPer30Days; n > 0 && x.p.touches >= n && w.clock.Now().Before(x.p.lastOut.AddDate(0, 0, w.settings.RestDays)) {
		w.fail(x.p, "touch %d without an answer, the last on %s; they rest for %d days after %d", x.p.touches+1, x.p.lastOut, w.settings.RestDays, n)
	}
	n := e.q.Rules.ActivePerAccount
	if n <= 0 || len(e.got) > 0 || e.seen.Mails > 0 {
		return
	}
	if names := w.activeBeside(x.p); len(names) >= n {
		w.fail(x.p, "a first mail goes while %d colleagues are active (%v); the limit is %d", len(names), names, n)
	}
}

// activeBeside names the colleagues of a person who got a mail of a sequence that
// goes on.
func (w *world) activeBeside(p *person) []string {
	var names []string
	for _, c := range p.acct.people {
		if c == p {
			continue
		}
		if slices.ContainsFunc(c.ens, func(e *enrollment) bool { return len(e.got) > 0 && e.alive() && !e.unsettled && w.goesOn(e) }) {
			names = append(names, c.Email)
		}
	}
	return names
}

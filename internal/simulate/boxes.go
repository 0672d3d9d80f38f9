package simulate

import (
	"cmp"
	"slices"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
)

// queued is a mail in the outbox of a mailbox.
type queued struct {
	member  int
	step    sales.ID
	variant sales.ID
	due     time.Time
	since   time.Time
	held    string
	follow  bool
	n       int // in the order in which they were queued
}

func (r *run) queue(i int, due time.Time, variant sales.ID) {
	m := &r.Members[i]
	b, ok := r.boxes[m.Enrollment.MailboxID]
	s, has := stepOf(m)
	if !ok || !has {
		return
	}
	r.queues[b] = append(r.queues[b], queued{member: i, step: s.ID, variant: variant, due: due, since: due, follow: m.Enrollment.Mails > 0, n: r.seq})
	r.at(due, event{box: b})
}

// drain sends what may go from a mailbox now: follow-ups first, then by due time,
// in rounds of what the limits allow, as the runner does.
func (r *run) drain(b int) {
	box := &r.Boxes[b]
	for {
		room, hold := r.room(box)
		if room <= 0 {
			r.holdAll(b, hold)
			return
		}
		if r.round(b, room) == 0 {
			break
		}
	}
	r.again(b, time.Time{})
}

// holdAll puts everything off that is due, until the limits allow mail again. In
// the gap between two mails it keeps its place.
func (r *run) holdAll(b int, hold engine.Hold) {
	gap := hold.Until.Equal(r.Boxes[b].Mailbox.NextSendAt)
	for i := range r.queues[b] {
		x := &r.queues[b][i]
		if x.due.After(r.now) {
			continue
		}
		x.held = hold.Why
		if !gap {
			x.due = hold.Until
		}
	}
	r.again(b, hold.Until)
}

// again looks at a mailbox again when its next mail is due, but not before least.
func (r *run) again(b int, least time.Time) {
	next := time.Time{}
	for _, x := range r.queues[b] {
		if next.IsZero() || x.due.Before(next) {
			next = x.due
		}
	}
	if next.IsZero() {
		return
	}
	if next.Before(least) {
		next = least
	}
	r.at(next, event{box: b})
}

// round asks the gate about everything that is due and sends as many as there is
// room for. It says how many went, or left the queue otherwise.
func (r *run) round(b, room int) int {
	box := &r.Boxes[b]
	q := slices.Clone(r.queues[b])
	slices.SortStableFunc(q, byTurn)
	r.queues[b] = r.queues[b][:0]
	done := 0
	for _, x := range q {
		m := &r.Members[x.member]
		e := m.Enrollment
		s, ok := stepOf(m)
		switch {
		case !ok || s.ID != x.step || e.State != sales.Active || !e.Awaiting:
			done++ // taken back
			continue
		case x.due.After(r.now):
		default:
			h := engine.Gate(r.facts(m, box, x), r.now)
			switch {
			case h.Never:
				done++
				r.decide(x.member, h.Event())
				continue
			case !h.Go():
				x.held, x.due = h.Why, h.Until
				if m.Asked { // nobody says a word here: another look a day does
					x.due = r.now.AddDate(0, 0, 1)
				}
				if !x.due.After(r.now) {
					x.due = r.now.Add(time.Minute)
				}
			case room > 0:
				room--
				done++
				r.send(box, x)
				continue
			}
		}
		r.queues[b] = append(r.queues[b], x)
	}
	return done
}

// byTurn is the order in which mails go.
func byTurn(x, y queued) int {
	switch {
	case x.follow && !y.follow:
		return -1
	case y.follow && !x.follow:
		return 1
	}
	return cmp.Or(x.due.Compare(y.due), cmp.Compare(x.n, y.n))
}

// room is what the limits of a mailbox allow now.
func (r *run) room(box *Box) (int, engine.Hold) {
	var s engine.Sent
	day := calendar.DayStart(r.now, box.Place.Loc)
	hour, week := r.now.Add(-time.Hour), r.now.Add(-7*24*time.Hour)
	first, _ := slices.BinarySearchFunc(box.Sent, week, func(t, at time.Time) int { return t.Compare(at) })
	box.Sent = box.Sent[first:]
	for i := len(box.Sent) - 1; i >= 0; i-- {
		t := box.Sent[i]
		if !t.Before(day) {
			s.Day++
		}
		if t.After(hour) {
			s.Hour++
			s.Frees = t.Add(time.Hour)
		}
	}
	s.Week = len(box.Sent)
	return engine.Room(box.Mailbox, s, r.now, box.Place, box.Calendar)
}

func (r *run) facts(m *Member, box *Box, x queued) engine.Facts {
	p := m.Person
	account := p.AccountID
	active := len(r.active[account])
	if r.active[account][x.member] {
		active--
	}
	today := r.today()
	return engine.Facts{
		Mailing:    sales.Mailing{Kind: sales.MailingAuto, FollowUp: x.follow, EnrollmentID: m.Enrollment.ID, StepID: x.step},
		Enrollment: m.Enrollment, Person: p, Mailbox: box.Mailbox, Rules: m.Case.Plan.Rules, Settings: r.Settings, Calendar: m.Case.Calendar, Place: m.Case.Place,
		Asked: m.Asked, Suppressed: m.Suppressed, SuppressedFor: m.SuppressedFor, ReadAt: r.now, ActiveAt: active + m.Elsewhere, Workspace: r.Loc,
		DomainToday: r.days[dayKey{today, sales.DomainOf(p.Email)}], AccountToday: r.days[dayKey{today, account.String()}],
	}
}

func (r *run) today() string { return calendar.DayOf(r.now, calendar.Place{Loc: r.Loc}) }

// send lets one mail go.
func (r *run) send(box *Box, x queued) {
	m := &r.Members[x.member]
	s, _ := stepOf(m)
	out := Happening{At: r.now, Member: x.member, StepID: x.step, Position: m.Enrollment.Position, Kind: s.Kind, Mailbox: box.Mailbox.ID, Variant: x.variant, Held: x.held, Since: x.since}
	if s.Kind == sales.StepApproveMail {
		out.Kind = sales.StepAutoMail // the approval was shown when it was due
	}
	r.out = append(r.out, out)
	box.Sent = append(box.Sent, r.now)
	box.Mailbox.NextSendAt = time.Time{}
	if box.Mailbox.Limits.GapMin > 0 {
		box.Mailbox.NextSendAt = r.now.Add(calendar.Gap(box.Mailbox.Limits, uint64(m.Enrollment.ID)+uint64(len(r.out))))
	}
	m.Person.LastOutAt = r.now
	m.Person.Untouched++
	today := r.today()
	r.days[dayKey{today, sales.DomainOf(m.Person.Email)}]++
	if m.Person.AccountID != 0 {
		r.days[dayKey{today, m.Person.AccountID.String()}]++
	}
	r.decide(x.member, sales.Event{Kind: sales.EvMailSent, StepID: x.step})
}

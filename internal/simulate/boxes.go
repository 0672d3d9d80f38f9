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
}

func (r *run) queue(i int, due time.Time, variant sales.ID) {
	m := &r.Members[i]
	b, ok := r.boxes[m.Enrollment.MailboxID]
	s, has := stepOf(m)
	if !ok || !has {
		return
	}
	r.queues[b] = append(r.queues[b], queued{member: i, step: s.ID, variant: variant, due: due, since: due, follow: m.Enrollment.Mails > 0})
	r.at(due, event{box: b})
}

// drain sends what may go from a mailbox now: follow-ups first, then by due time.
func (r *run) drain(b int) {
	box := &r.Boxes[b]
	q := r.queues[b]
	slices.SortStableFunc(q, func(x, y queued) int {
		switch {
		case x.follow && !y.follow:
			return -1
		case y.follow && !x.follow:
			return 1
		}
		return cmp.Or(x.due.Compare(y.due), cmp.Compare(x.member, y.member))
	})
	keep := q[:0]
	room, hold := r.room(box)
	again := time.Time{}
	later := func(t time.Time) {
		if again.IsZero() || t.Before(again) {
			again = t
		}
	}
	for _, x := range q {
		m := &r.Members[x.member]
		e := m.Enrollment
		s, ok := stepOf(m)
		switch {
		case !ok || s.ID != x.step || e.State != sales.Active || !e.Awaiting:
			continue // taken back
		case x.due.After(r.now):
			later(x.due)
		default:
			h := engine.Gate(r.facts(m, box, x), r.now)
			if h.Never {
				r.decide(x.member, sales.Event{Kind: sales.EvSuppressed})
				continue
			}
			if h.Go() && room <= 0 {
				h = hold
			}
			if h.Go() {
				room--
				r.send(box, x)
				room, hold = r.room(box)
				continue
			}
			x.held = h.Why
			if x.due = h.Until; !x.due.After(r.now) {
				x.due = r.now.Add(time.Minute)
			}
			later(x.due)
		}
		keep = append(keep, x)
	}
	// What send queued anew stands behind what was kept.
	r.queues[b] = append(keep, r.queues[b][len(q):]...)
	if !again.IsZero() {
		r.at(again, event{box: b})
	}
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
		Suppressed: m.Suppressed, ReadAt: r.now, ActiveAt: active + m.Elsewhere, Workspace: r.Loc,
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

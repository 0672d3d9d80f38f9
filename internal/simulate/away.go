package simulate

import (
	"maps"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
)

// Absence is a time at which the work of a seller waits for them.
type Absence struct {
	sales.Absence
	Place    calendar.Place // where the seller works
	Calendar calendar.Calendar
	// Known are the moments at which enrollments would have gone on that wait already.
	Known map[sales.ID]time.Time
}

// awayEvents lets the absences to come begin.
func (r *run) awayEvents() {
	for i := range r.Absences {
		a := &r.Absences[i]
		if a.Known = maps.Clone(a.Known); a.Known == nil {
			a.Known = map[sales.ID]time.Time{}
		}
		if a.From.After(r.now) {
			r.at(a.From, event{box: -1, member: -1, away: i + 1})
		}
	}
}

// awayNow is the running absence of a seller, or -1.
func (r *run) awayNow(user sales.ID) int {
	for i, a := range r.Absences {
		if a.UserID == user && a.Running(r.now) {
			return i
		}
	}
	return -1
}

// whileAway handles what would happen to a member while their seller is away, and
// says whether it did: a step is not begun, and the seller does no task.
func (r *run) whileAway(ev event) bool {
	m := &r.Members[ev.member]
	k := r.awayNow(m.Enrollment.OwnerID)
	switch e := m.Enrollment; {
	case k < 0:
		return false
	case ev.do != sales.EvTimer:
		r.taskDone(ev.member, r.Absences[k].To)
		return true
	case e.State == sales.WaitingHuman:
		return true // a draft does not run out
	case e.State != sales.Active && e.State != sales.Paused:
		return false
	}
	a := r.Absences[k].Absence
	r.decide(ev.member, sales.Event{Kind: sales.EvOwnerAway, Actor: sales.BySystem, UserID: a.UserID, Until: engine.Unplaced(a)})
	r.putOff(k)
	return true
}

// putOff gives everything that waits for an absent seller its place after the
// return, as the pass over absences does.
func (r *run) putOff(k int) {
	a := &r.Absences[k]
	var list []engine.Waiting
	var who []int
	for i, m := range r.Members {
		e := m.Enrollment
		if e.OwnerID != a.UserID || !e.State.Alive() {
			continue
		}
		was, known := a.Known[e.ID]
		moment, waits := engine.Waits(e, a.Absence, was.UnixMicro(), known)
		if !waits {
			continue
		}
		list = append(list, engine.Waiting{ID: e.ID, Moment: moment, Lane: engine.LaneOf(e, m.Case.Plan.Rules, m.Case.Plan.Steps), Again: engine.OwnerAway(e) && !known})
		who = append(who, i)
	}
	for j, back := range r.comeBack(a, list).Spread(list) {
		e := r.Members[who[j]].Enrollment
		a.Known[e.ID] = list[j].Moment
		if !engine.OwnerAway(e) || !e.Until.Equal(back) {
			r.decide(who[j], sales.Event{Kind: sales.EvOwnerAway, Actor: sales.BySystem, UserID: a.UserID, Until: back})
		}
	}
}

func (r *run) comeBack(a *Absence, list []engine.Waiting) engine.ComeBack {
	back := engine.ComeBack{At: a.To, Place: a.Place, Calendar: a.Calendar}
	back.Away = func(at time.Time) bool {
		for _, x := range r.Absences {
			if x.UserID == a.UserID && x.ID != a.ID && x.Running(at) {
				return true
			}
		}
		return false
	}
	rooms := map[sales.ID]*engine.BackRoom{}
	for _, w := range list {
		if w.Lane <= engine.LaneHands || !w.Again && !w.Moment.Before(back.At) {
			continue
		}
		if rooms[w.Lane] == nil {
			rooms[w.Lane] = r.backRoom(a, w.Lane, back)
		}
		rooms[w.Lane].Waits++
	}
	back.Room = func(lane sales.ID, day time.Time) int {
		if b := rooms[lane]; b != nil {
			return b.On(day, back)
		}
		return engine.HandsADay
	}
	return back
}

// backRoom is the room of a mailbox beside what goes on then anyhow.
func (r *run) backRoom(a *Absence, mailbox sales.ID, back engine.ComeBack) *engine.BackRoom {
	b := &engine.BackRoom{Planned: map[string]int{}}
	if i, ok := r.boxes[mailbox]; ok {
		b.Box = r.Boxes[i].Mailbox
	}
	last := back.At.AddDate(0, 0, engine.PlannedDays)
	for _, m := range r.Members {
		e := m.Enrollment
		goes := e.State == sales.Active || engine.OwnerAway(e) && e.OwnerID != a.UserID
		if e.MailboxID == mailbox && goes && !e.NextAt.Before(back.At) && e.NextAt.Before(last) {
			b.Planned[calendar.DayOf(e.NextAt, back.Place)]++
		}
	}
	return b
}

// Package simulate looks ahead: who would get what, and when, if nobody answered
// and sellers did their tasks in time. It asks the same engine, gate, limits and
// calendar that run the real thing (engine.Decide, Gate, Room), on a copy of
// where everybody stands, so that what it shows is what would happen. It is pure:
// the same question gets the same answer.
package simulate

import (
	"cmp"
	"container/heap"
	"math"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
)

// TaskAfter is how long after it is opened, in open hours, a task counts as done
// and a draft as approved.
const TaskAfter = time.Hour

// Member is one enrollment with what the engine and the gate look at.
type Member struct {
	Enrollment sales.Enrollment
	Case       engine.Case
	Person     sales.Person
	Asked      bool // a message waits that may be theirs: nothing goes until it is said whose it is
	Suppressed bool
	// SuppressedFor is why: sales.EndBounced pauses where a no ends.
	SuppressedFor sales.Reason
	Elsewhere     int // other people of the account who are written to, not among the members
	// Start begins a pending enrollment at once.
	Start bool
}

// Box is a mailbox with what it sent in the last seven days.
type Box struct {
	Mailbox  sales.Mailbox
	Place    calendar.Place
	Calendar calendar.Calendar
	Sent     []time.Time // in order
}

// World is everything that a look ahead needs.
type World struct {
	Now, Until time.Time
	Settings   sales.Settings
	Loc        *time.Location // of the workspace
	Members    []Member
	Boxes      []Box
	Absences   []Absence // those during which work waits, in the order in which they begin
}

// Happening is one thing that would happen.
type Happening struct {
	At       time.Time
	Member   int // index into World.Members
	StepID   sales.ID
	Position int
	Kind     sales.StepKind // what the step does; "" when the enrollment ends
	Mailbox  sales.ID       // of a mail
	Variant  sales.ID
	// Held is what made a mail wait last, and Since when it was due.
	Held  string
	Since time.Time
	// Ends says why the enrollment ends.
	Ends string
}

// Run gives what would happen from Now until Until, in order. It stops after most
// happenings, and says that it did.
func Run(w World, most int) (list []Happening, cut bool) {
	r := newRun(w)
	for r.events.Len() > 0 {
		ev := heap.Pop(&r.events).(event)
		if ev.at.After(w.Until) {
			break
		}
		if len(r.out) >= most {
			return r.out, true
		}
		r.now = ev.at
		switch {
		case ev.away > 0:
			r.putOff(ev.away - 1)
		case ev.box >= 0:
			r.drain(ev.box)
		default:
			r.member(ev)
		}
	}
	return r.out, false
}

// event is a moment at which a member or a mailbox is looked at.
type event struct {
	at     time.Time
	turn   sales.ID // of equal moments: absences, enrollments in their order, then mailboxes
	seq    int
	box    int // -1: a member
	away   int // of an absence that begins: its index and 1
	member int
	do     sales.EventKind
	step   sales.ID
}

type events []event

func (e events) Len() int { return len(e) }
func (e events) Less(i, j int) bool {
	if !e[i].at.Equal(e[j].at) {
		return e[i].at.Before(e[j].at)
	}
	return cmp.Or(cmp.Compare(e[i].turn, e[j].turn), cmp.Compare(e[i].seq, e[j].seq)) < 0
}
func (e events) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e *events) Push(x any)   { *e = append(*e, x.(event)) }
func (e *events) Pop() any {
	old := *e
	x := old[len(old)-1]
	*e = old[:len(old)-1]
	return x
}

// run is one look ahead.
type run struct {
	World
	now    time.Time
	events events
	seq    int
	out    []Happening
	boxes  map[sales.ID]int
	queues [][]queued
	days   map[dayKey]int
	active map[sales.ID]map[int]bool // by account, members who are written to
}

type dayKey struct {
	day   string
	about string
}

func newRun(w World) *run {
	r := &run{World: w, now: w.Now, boxes: map[sales.ID]int{}, queues: make([][]queued, len(w.Boxes)), days: map[dayKey]int{}, active: map[sales.ID]map[int]bool{}}
	for i, b := range w.Boxes {
		r.boxes[b.Mailbox.ID] = i
	}
	r.awayEvents()
	for i := range r.Members {
		m := &r.Members[i]
		r.note(i)
		switch e := m.Enrollment; {
		case e.State == sales.Pending && m.Start:
			r.decide(i, sales.Event{Kind: sales.EvStart})
		case e.State == sales.WaitingHuman && e.Reason == sales.WaitAnswer:
		case e.State == sales.WaitingHuman:
			r.taskDone(i, r.now)
		case e.State == sales.Active && e.Awaiting:
			r.queue(i, r.now, 0)
		case !e.NextAt.IsZero():
			r.at(e.NextAt, event{box: -1, member: i, do: sales.EvTimer})
		}
	}
	return r
}

func (r *run) at(t time.Time, e event) {
	if t.Before(r.now) {
		t = r.now
	}
	e.at, e.seq, e.turn = t, r.seq, math.MaxInt64
	switch {
	case e.away > 0:
		e.turn = 0
	case e.box < 0:
		e.turn = r.Members[e.member].Enrollment.ID
	}
	r.seq++
	heap.Push(&r.events, e)
}

// note keeps who of an account is being written to.
func (r *run) note(i int) {
	m := r.Members[i]
	if m.Person.AccountID == 0 {
		return
	}
	set := r.active[m.Person.AccountID]
	if set == nil {
		set = map[int]bool{}
		r.active[m.Person.AccountID] = set
	}
	e := m.Enrollment
	if e.Mails > 0 && (e.State == sales.Active || e.State == sales.WaitingHuman || e.State == sales.WaitingThem) {
		set[i] = true
	} else {
		delete(set, i)
	}
}

// member lets something happen to one enrollment.
func (r *run) member(ev event) {
	e := r.Members[ev.member].Enrollment
	switch {
	case !e.State.Alive():
	case ev.do == sales.EvTimer && (e.NextAt.IsZero() || e.NextAt.After(r.now)):
		// An older timer: the newer one is in the list as well.
	case ev.do != sales.EvTimer && (e.State != sales.WaitingHuman || !e.Awaiting || e.Position >= len(r.Members[ev.member].Case.Plan.Steps)):
	case r.whileAway(ev):
	default:
		r.decide(ev.member, sales.Event{Kind: ev.do, StepID: ev.step, Outcome: sales.Advance, Actor: sales.BySeller})
	}
}

// decide asks the engine and lets the answer happen.
func (r *run) decide(i int, ev sales.Event) {
	m := &r.Members[i]
	ev.At = r.now
	if ev.Kind == sales.EvTimer {
		ev.Actor = sales.BySystem
	}
	was := m.Enrollment
	d := engine.Decide(m.Case, was, ev, r.now)
	if !d.Changed {
		return
	}
	m.Enrollment = d.Next
	r.note(i)
	for _, fx := range d.Effects {
		switch fx.Kind {
		case sales.FxQueueMail:
			r.queue(i, r.now, fx.VariantID)
		case sales.FxReleaseDraft:
			r.queue(i, r.now, 0)
		case sales.FxOpenTask:
			if s, ok := stepOf(m); ok && fx.StepID == s.ID {
				r.out = append(r.out, Happening{At: r.now, Member: i, StepID: s.ID, Position: m.Enrollment.Position, Kind: s.Kind})
				r.taskDone(i, r.now)
			}
		}
	}
	switch e := m.Enrollment; {
	case !e.State.Alive():
		r.out = append(r.out, Happening{At: r.now, Member: i, Position: e.Position, Ends: d.Why})
	case e.State == sales.WaitingThem && was.State != sales.WaitingThem:
		if s, ok := stepOf(m); ok && s.Kind == sales.StepTheirMove {
			r.out = append(r.out, Happening{At: r.now, Member: i, StepID: s.ID, Position: e.Position, Kind: s.Kind})
		}
	}
	if e := m.Enrollment; e.State.Alive() && !e.NextAt.IsZero() {
		r.at(e.NextAt, event{box: -1, member: i, do: sales.EvTimer})
	}
}

func stepOf(m *Member) (sales.Step, bool) {
	if m.Enrollment.Position >= len(m.Case.Plan.Steps) {
		return sales.Step{}, false
	}
	return m.Case.Plan.Steps[m.Enrollment.Position], true
}

// taskDone lets the seller do the open task of a member, an hour into the open
// hours from a moment on.
func (r *run) taskDone(i int, from time.Time) {
	m := &r.Members[i]
	s, ok := stepOf(m)
	if !ok {
		return
	}
	do := sales.EvTaskDone
	if s.Kind.IsMail() {
		do = sales.EvApproved
	}
	at, _ := m.Case.Calendar.Next(from, m.Case.Place)
	if at.IsZero() {
		at = from
	}
	r.at(at.Add(TaskAfter), event{box: -1, member: i, do: do, step: s.ID})
}

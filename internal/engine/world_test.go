package engine_test

import (
	"fmt"
	"slices"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
)

// start is a Tuesday morning.
var start = time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)

// mail is a row of the tiny outbox. It honours keys as the store does: what was
// canceled or refused may be asked for again, nothing else.
type mail struct {
	key    string
	step   sales.ID
	state  sales.MailingState
	begun  int // attempts on record
	landed int // times that the person got it, or may have
}

// task is a row of the seller's list.
type task struct {
	key   string
	kind  sales.TaskKind
	step  sales.ID
	state sales.TaskState
}

// world is one enrollment with everything around it that acts on it.
type world struct {
	fail   func(format string, args ...any)
	c      engine.Case
	e      sales.Enrollment
	now    time.Time
	mails  map[string]*mail
	tasks  map[string]*task
	nextID sales.ID
	plan   string // what custom.plan of the person is
	log    []string
}

func newWorld(fail func(string, ...any), rules sales.Rules, kinds ...sales.StepKind) *world {
	w := &world{fail: fail, now: start, mails: map[string]*mail{}, tasks: map[string]*task{}, nextID: 100}
	w.c = engine.Case{
		Plan: sales.Plan{Rules: rules}, Calendar: calendar.For(sales.DefaultSettings()),
		Place: calendar.Resolve("Europe/Lisbon", "PT", "", "", "", ""),
	}
	w.c.Values = func() map[string]string { return map[string]string{"custom.plan": w.plan} }
	for i, k := range kinds {
		w.c.Plan.Steps = append(w.c.Plan.Steps, w.newStep(k, i))
	}
	w.e = sales.Enrollment{WorkspaceID: 1, ID: 7, SequenceID: 2, PersonID: 3, AccountID: 4, OwnerID: 5, MailboxID: 6, State: sales.Pending, Version: 1, EnrolledAt: start, StateAt: start, Actor: sales.BySeller}
	return w
}

func (w *world) newStep(k sales.StepKind, n int) sales.Step {
	w.nextID++
	return sales.Step{WorkspaceID: 1, ID: w.nextID, SequenceID: 2, Position: n, Kind: k, Delay: sales.Delay{N: n % 4, Unit: sales.WorkingDays}, Subject: "S", Body: "B", MaxWaitDays: n}
}

// vary puts a step on a track, makes it wait for a weekday or hang on a
// condition, or tests a second text on it.
func (w *world) vary(s *sales.Step, pick func(string, int) int) {
	s.Track = []sales.Track{"", "", sales.TrackMain, sales.TrackPositive, sales.TrackNegative}[pick("track", 5)]
	gold := sales.Condition{Field: "custom.plan", Op: sales.OpIs, Value: "gold"}
	switch pick("vary", 5) {
	case 0:
		s.OnlyIf = gold
	case 1:
		s.Weekdays[pick("weekday", 7)] = true
	case 2:
		s.Variants = []sales.Variant{{ID: s.ID + 10_000, Weight: 1, State: sales.VariantOn, Body: "C"}}
	}
	s.If, s.Else = gold, []sales.Branch{sales.BranchEnd, sales.BranchSkip, sales.BranchWait, sales.BranchPositive, sales.BranchNegative}[pick("else", 5)]
	s.ThenGoOn, s.DayOffset = pick("go on", 2) == 0, pick("offset", 10)-3
}

// tell gives the enrollment an event, checks the answer and writes it down.
func (w *world) tell(ev sales.Event) sales.Decision {
	d := w.decide(ev)
	if w.write(d) {
		w.write(w.decide(sales.Event{Kind: sales.EvStepBefore}))
	}
	w.check(ev)
	return d
}

func (w *world) decide(ev sales.Event) sales.Decision {
	if ev.At.IsZero() {
		ev.At = w.now
	}
	was := w.e
	d := engine.Decide(w.c, w.e, ev, w.now)
	w.log = append(w.log, fmt.Sprintf("%s %s %s step=%d until=%s -> %s %s pos %d awaiting %v next %s: %s", w.now.Format("0102T15:04"), ev.Kind, ev.Class, ev.StepID, ev.Until.Format("0102T15:04"),
		d.Next.State, d.Next.Reason, d.Next.Position, d.Next.Awaiting, d.Next.NextAt.Format("0102T15:04"), d.Why))
	again := engine.Decide(w.c, was, ev, w.now)
	if fmt.Sprint(again) != fmt.Sprint(d) {
		w.fail("the same question got two answers")
	}
	w.checkDecision(was, d)
	return d
}

// write is Tx.Apply on the tiny database. It tells whether what the step asked
// for had been done before.
func (w *world) write(d sales.Decision) (before bool) {
	if !d.Changed {
		return false
	}
	w.e = d.Next
	for _, fx := range d.Effects {
		switch fx.Kind {
		case sales.FxQueueMail, sales.FxDraftMail:
			before = w.queue(fx) || before
		case sales.FxReleaseDraft:
			m := w.mails[fx.Key]
			if m == nil || m.state != sales.MailingDraft {
				w.fail("approved what is no draft: %s", fx.Key)
				return
			}
			m.state = sales.MailingQueued
		case sales.FxCancelMail:
			for _, m := range w.mails {
				if m.state == sales.MailingQueued || m.state == sales.MailingDraft {
					m.state = sales.MailingCanceled
				}
			}
		case sales.FxOpenTask:
			before = w.open(fx) || before
		case sales.FxCancelTasks:
			for key, t := range w.tasks {
				if one := fx.TaskKind == sales.TaskDecide; t.state == sales.TaskOpen && (one && key == fx.Key || !one && ofStepItself(t.kind)) {
					t.state = sales.TaskCanceled
				}
			}
		}
	}
	return before
}

func ofStepItself(k sales.TaskKind) bool {
	return k == sales.TaskCall || k == sales.TaskDo || k == sales.TaskSocial || k == sales.TaskApprove
}

func (w *world) queue(fx sales.Effect) (before bool) {
	state := sales.MailingQueued
	if fx.Kind == sales.FxDraftMail {
		state = sales.MailingDraft
	}
	m := w.mails[fx.Key]
	if m == nil {
		w.mails[fx.Key] = &mail{key: fx.Key, step: fx.StepID, state: state}
		return false
	}
	switch m.state {
	case sales.MailingCanceled, sales.MailingFailed:
		m.state = state
	case sales.MailingSent, sales.MailingUnknown:
		return true
	}
	return false
}

func (w *world) open(fx sales.Effect) (before bool) {
	t := w.tasks[fx.Key]
	if t == nil {
		w.tasks[fx.Key] = &task{key: fx.Key, kind: fx.TaskKind, step: fx.StepID, state: sales.TaskOpen}
		return false
	}
	if t.state == sales.TaskDone && ofStepItself(t.kind) {
		return true
	}
	t.state = sales.TaskOpen
	return false
}

// inState gives mails in a state, in the order of their keys.
func (w *world) inState(s sales.MailingState) []*mail {
	var out []*mail
	for _, m := range w.mails {
		if m.state == s {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(a, b *mail) int { return int(a.step - b.step) })
	return out
}

func (w *world) openTasks() []*task {
	var out []*task
	for _, t := range w.tasks {
		if t.state == sales.TaskOpen {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b *task) int {
		if a.key < b.key {
			return -1
		}
		return 1
	})
	return out
}

// begin takes a queued mail onto the wire.
func (w *world) begin(m *mail) {
	if m.landed > 0 {
		w.fail("%s is sent a second time", m.key)
	}
	m.state = sales.MailingSending
	m.begun++
}

// result is what became of a mail on the wire.
func (w *world) result(m *mail, kind sales.EventKind, class sales.FailureClass) {
	late := m.state == sales.MailingUnknown
	switch kind {
	case sales.EvMailSent:
		if m.state == sales.MailingSending {
			m.landed++ // else it was counted when it became unknown
		}
		m.state = sales.MailingSent
	case sales.EvMailUnknown:
		m.landed++
		m.state = sales.MailingUnknown
	case sales.EvMailFailed:
		m.state = sales.MailingFailed
	default: // refused for now: back to the queue, unless nobody wants it any more
		m.state = sales.MailingQueued
		here := w.e.Position < len(w.c.Plan.Steps) && w.c.Plan.Steps[w.e.Position].ID == m.step
		if !w.e.State.Alive() || w.e.State == sales.Paused || !here {
			m.state = sales.MailingCanceled
		}
		return
	}
	w.tell(sales.Event{Kind: kind, Class: class, StepID: m.step, MailingID: m.step, Text: "550 no", Late: late})
}

// finish closes a task as a seller does.
func (w *world) finish(t *task, outcome sales.StepOutcome) {
	t.state = sales.TaskDone
	if t.step == 0 {
		return
	}
	w.tell(sales.Event{Kind: sales.EvTaskDone, StepID: t.step, Outcome: outcome, Actor: sales.BySeller})
}

// settle lets a benign future happen until the enrollment has ended: time
// passes, mails go out, tasks are done, a person resumes what waits for them.
func (w *world) settle() {
	limit := 40 + 90*len(w.c.Plan.Steps) // a condition may be looked at on 60 days
	for range limit {
		if !w.e.State.Alive() {
			return
		}
		sending, queued, tasks := w.inState(sales.MailingSending), w.inState(sales.MailingQueued), w.openTasks()
		switch {
		case len(sending) > 0:
			w.result(sending[0], sales.EvMailSent, "")
		case len(queued) > 0:
			w.begin(queued[0])
		case w.e.State == sales.Pending:
			w.tell(sales.Event{Kind: sales.EvStart})
		case w.e.State == sales.Paused && w.e.NextAt.IsZero():
			w.tell(sales.Event{Kind: sales.EvResume, Actor: sales.BySeller})
		case w.e.State == sales.WaitingHuman && w.e.Reason == sales.WaitAnswer:
			w.tell(sales.Event{Kind: sales.EvAnswered, Actor: sales.BySeller})
		case w.e.State == sales.WaitingHuman && len(tasks) > 0:
			for _, t := range tasks {
				if t.state != sales.TaskOpen {
					continue // canceled by the one before
				}
				if t.kind == sales.TaskApprove && w.mails[engine.MailKey(7, t.step)].state == sales.MailingDraft {
					t.state = sales.TaskDone
					w.tell(sales.Event{Kind: sales.EvApproved, StepID: t.step, Actor: sales.BySeller})
				} else {
					w.finish(t, sales.Advance)
				}
			}
		case !w.e.NextAt.IsZero():
			if w.e.NextAt.After(w.now) {
				w.now = w.e.NextAt
			}
			w.tell(sales.Event{Kind: sales.EvTimer})
		default:
			w.fail("nothing will ever happen to it: %+v", w.e)
			return
		}
	}
	w.fail("it has not ended after %d events", limit)
}

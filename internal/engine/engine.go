// Package engine is the sequence state machine: a pure function from an
// enrollment and an event to a decision. It owns every rule about what an
// enrollment does next. It knows no database, no mail server and no clock: the
// caller passes the time and writes the decision down.
//
// What always holds, and is fuzzed:
//   - an ended enrollment never asks for another mail;
//   - at most one mail or task is asked for per step, under one key;
//   - after a person's answer, an unsubscribe or a complaint nothing queued is left standing;
//   - every living enrollment has a timer, or waits for something that has a name.
package engine

import (
	"fmt"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

const (
	// replyWindow is how long an enrollment waits for an answer after its last
	// step before it is finished without one.
	replyWindow = 14 * 24 * time.Hour
	// theirMoveDays is the longest wait of a their-move step that sets none.
	theirMoveDays = 60
)

// Case is what surrounds one enrollment: the plan of its sequence, where and
// when its person works, and what is known of them.
type Case struct {
	Plan     sales.Plan
	Calendar calendar.Calendar
	Place    calendar.Place
	Anchor   time.Time // date sequences: the day of the person; zero is unknown
	// Values are the merge fields of the person, for conditions; nil is none.
	Values func() map[string]string
}

// Decide says what enrollment e becomes, and what is to be done, now that ev
// has happened. An event that means nothing in the state of e gives a Decision
// with Changed false and e as it was.
func Decide(c Case, e sales.Enrollment, ev sales.Event, now time.Time) sales.Decision {
	d := &decider{Case: c, e: e, ev: ev, now: now, before: e}
	if e.State.Alive() {
		d.alive()
	} else if ev.Kind == sales.EvMailSent && !ev.Late {
		// It went out in the moment in which the enrollment ended.
		d.countMail()
	}
	return d.decision()
}

// First is when the first step of somebody who is put in now would begin, windows
// not asked; zero is never.
func First(c Case, now time.Time) time.Time {
	d := Decide(c, sales.Enrollment{State: sales.Pending, EnrolledAt: now}, sales.Event{Kind: sales.EvStart, At: now}, now)
	if d.Next.State != sales.Active {
		return time.Time{}
	}
	return d.Next.NextAt
}

// decider is one run of Decide.
type decider struct {
	Case
	e       sales.Enrollment
	ev      sales.Event
	now     time.Time
	before  sales.Enrollment
	effects []sales.Effect
	why     string
	changed bool
	values  map[string]string
}

func (d *decider) decision() sales.Decision {
	if !d.changed {
		return sales.Decision{Next: d.before}
	}
	if expired(d.before) && !expired(d.e) {
		d.effect(sales.Effect{Kind: sales.FxCancelTasks, Key: expiredKey(d.e.ID), TaskKind: sales.TaskDecide})
	}
	out := sales.Decision{Next: d.e, Effects: d.effects, Why: d.why, Changed: true}
	out.Next.Version++
	out.Next.HoldGate, out.Next.HoldWhy, out.Next.HoldUntil = "", "", time.Time{}
	if d.e.State != d.before.State || d.e.Reason != d.before.Reason {
		out.Moves = append(out.Moves, sales.Move{
			WorkspaceID: d.e.WorkspaceID, At: d.now, Actor: d.actor(), Kind: sales.MoveState,
			PersonID: d.e.PersonID, AccountID: d.e.AccountID, EnrollmentID: d.e.ID,
			UserID: d.ev.UserID, MessageID: d.ev.MessageID, Text: d.why,
		})
	}
	return out
}

func (d *decider) actor() sales.Actor {
	if d.ev.Actor == "" {
		return sales.BySystem
	}
	return d.ev.Actor
}

// alive decides for an enrollment that has not ended.
func (d *decider) alive() {
	switch d.ev.Kind {
	case sales.EvStart:
		d.start()
	case sales.EvTimer:
		d.timer()
	case sales.EvMailSent, sales.EvMailFailed, sales.EvMailBlocked, sales.EvMailUnknown:
		d.mailResult()
	case sales.EvApproved, sales.EvRejected, sales.EvTaskDone:
		d.humanDone()
	case sales.EvStepBefore:
		d.doneBefore()
	case sales.EvPause:
		if d.actor() == sales.BySystem && d.e.State == sales.Paused && d.e.Until.IsZero() {
			return // a person has to look already, for a reason that must not be lost
		}
		if d.asked() {
			return
		}
		r := d.ev.Reason
		if r == "" {
			r = sales.PausedManual
		}
		d.pause(r, d.ev.Until, orElse(prefixed("paused: ", d.ev.Text), "paused by hand"))
		d.e.Actor = d.actor() // also of one that a person had paused until a time
	case sales.EvOwnerAway:
		d.ownerAway()
	case sales.EvNotNow:
		if d.asked() {
			return
		}
		d.pause(sales.PausedNotNow, d.ev.Until, "paused: not now")
	case sales.EvResume:
		d.resume("resumed by hand")
	case sales.EvAnswered:
		d.answered()
	case sales.EvUnanswered:
		d.unanswered()
	case sales.EvDisposition:
		d.disposition()
	case sales.EvData:
		d.data()
	case sales.EvBuyerMoved:
		d.buyerMoved()
	case sales.EvTrack:
		d.enter(d.ev.Track, "goes on on the "+string(d.ev.Track)+" track, by hand")
	case sales.EvMove:
		d.moveTo()
	case sales.EvMended:
		if d.e.State == sales.Paused && d.e.Reason == sales.PausedBounce && d.Plan.Rules.AfterMend {
			d.resume("resumed: the address was mended")
		}
	default:
		d.buyerSide()
	}
}

// state moves the enrollment to a state, with its reason.
func (d *decider) state(s sales.EnrollmentState, r sales.Reason, why string) {
	if s != d.e.State || r != d.e.Reason || d.actor() != sales.BySystem {
		// What the machine does within a state leaves standing who brought it about:
		// the gate asks whether a person let it go on after an answer.
		d.e.Actor, d.e.StateAt = d.actor(), d.now
	}
	d.e.State, d.e.Reason = s, r
	d.e.NextAt, d.e.Until = time.Time{}, time.Time{}
	d.why, d.changed = why, true
}

// effect adds something to do for the step at the current position. A task to
// mend or to decide something is not the step's own: doing it completes no step.
func (d *decider) effect(fx sales.Effect) {
	if fx.TaskKind != sales.TaskFix && fx.TaskKind != sales.TaskDecide {
		fx.StepID = d.stepID()
	}
	if fx.Key == "" {
		fx.Key = fmt.Sprintf("%d/%d/%s", d.e.ID, fx.StepID, fx.Kind)
	}
	d.effects = append(d.effects, fx)
}

// stepID is the ID of the step at the position, 0 behind the end.
func (d *decider) stepID() sales.ID {
	if d.e.Position < len(d.Plan.Steps) {
		return d.Plan.Steps[d.e.Position].ID
	}
	return 0
}

// MailKey is the key of the mail of one step of one enrollment: the same for a
// draft, its approval and its sending, so that no path sends it twice. It names
// the step and not its position, which an edit may change.
func MailKey(enrollment, step sales.ID) string {
	return fmt.Sprintf("%d/%d/mail", enrollment, step)
}

// TaskKey is the key of the task of one step of one enrollment.
func TaskKey(enrollment, step sales.ID, kind sales.TaskKind) string {
	return fmt.Sprintf("%d/%d/task/%s", enrollment, step, kind)
}

// end finishes the enrollment and takes back everything that it had asked for.
// Awaiting stays: a mail that is on the wire at this moment is still counted.
func (d *decider) end(s sales.EnrollmentState, r sales.Reason, why string) {
	d.takeBack()
	d.state(s, r, why)
}

// takeBack cancels what is queued, drafted or open.
func (d *decider) takeBack() {
	d.effect(sales.Effect{Kind: sales.FxCancelMail})
	d.effect(sales.Effect{Kind: sales.FxCancelTasks})
}

// pause holds the enrollment until a time, or until somebody resumes it when
// the time is zero. What was asked for is taken back; resuming asks again under
// the same key. Awaiting stays: a mail that is on the wire at this moment is
// still counted, and then not asked for again.
func (d *decider) pause(r sales.Reason, until time.Time, why string) {
	if d.e.State == sales.Paused && d.e.Reason == r && d.e.Until.Equal(until) {
		return
	}
	d.takeBack()
	d.state(sales.Paused, r, why)
	d.e.Until, d.e.NextAt = until, until
}

// asked tells that the enrollment waits until somebody has said whose a mail is.
// No pause that ends, by a time or by hand, takes the place of that; only one that
// names its reason, as the answer to the question does.
func (d *decider) asked() bool {
	return d.e.Asked() && d.ev.Reason == ""
}

// ownerAway holds what the seller would have to look after. Who is paused until
// a person looks, or for longer, stays so.
func (d *decider) ownerAway() {
	until := d.ev.Until
	switch {
	case d.e.State == sales.WaitingThem:
		return // nothing would be sent or asked anyway
	case d.e.State == sales.Paused && d.e.Reason != sales.PausedOwnerAway:
		if d.e.Until.IsZero() || !until.IsZero() && !until.After(d.e.Until) {
			return
		}
	}
	d.pause(sales.PausedOwnerAway, until, orElse(prefixed("paused: ", d.ev.Text), "paused: the seller is away"))
}

// resume goes on with the step at the position. Of one that goes on already, a
// person says that it may, whatever was answered.
func (d *decider) resume(why string) {
	switch {
	case d.e.State == sales.Active && d.actor() != sales.BySystem:
		d.e.Actor, d.e.StateAt = d.actor(), d.now
		d.why, d.changed = "goes on, by hand", true
	case d.e.State != sales.Paused:
	case d.e.LastStepAt.IsZero(): // it was paused before it had started
		d.e.State = sales.Pending
		if d.start(); d.e.State != sales.Paused {
			d.why = why
		}
	default:
		d.goOn(why)
	}
}

// goOn makes the enrollment wait for its next step, counted from the step
// before; never in the past. Steps of a date sequence whose day is over are
// passed by.
func (d *decider) goOn(why string) {
	d.e.Awaiting = false
	d.e.Position = d.onTrack(d.e.Position)
	missed := 0
	for d.missed() {
		d.e.Position = d.onTrack(d.e.Position + 1)
		missed++
	}
	if missed > 0 {
		why += fmt.Sprintf("; %d passed by, because their day is over", missed)
	}
	if d.e.Position >= len(d.Plan.Steps) {
		d.state(sales.WaitingThem, "", why)
		d.e.NextAt = d.from().Add(replyWindow)
	} else {
		d.state(sales.Active, "", why)
		d.e.NextAt = d.due(d.Plan.Steps[d.e.Position])
	}
	if d.e.NextAt.Before(d.now) {
		d.e.NextAt = d.now
	}
}

// due is when a step is to begin: its delay after the step before, or its day
// of a date sequence, on its weekday, and spaced after a change of track.
func (d *decider) due(s sales.Step) time.Time {
	if !d.e.AnchorAt.IsZero() {
		return d.Calendar.DateAt(d.e.AnchorAt, s.DayOffset, s.AtMinute, d.Place)
	}
	at := d.Calendar.AddDelay(d.from(), s.Delay, d.Place)
	if s.Kind == sales.StepAutoMail && d.e.Mails > 0 && d.e.Position == d.onTrack(0) {
		// The first step of another track: a mail of the track before is just out.
		if spaced := d.Calendar.SpacedAfter(d.from(), 1, d.Place); at.Before(spaced) {
			at = spaced
		}
	}
	if s.AtMinute > 0 || s.Weekdays != [7]bool{} {
		at = d.Calendar.OnWeekday(at, s.Weekdays, s.AtMinute, d.Place)
	}
	return at
}

// missed tells whether the step at the position had its day before today.
func (d *decider) missed() bool {
	if d.e.AnchorAt.IsZero() || d.e.Position >= len(d.Plan.Steps) {
		return false
	}
	return calendar.DayOf(d.due(d.Plan.Steps[d.e.Position]), d.Place) < calendar.DayOf(d.now, d.Place)
}

// onTrack is the first position from i on that is on the enrollment's track; the
// number of steps when there is none.
func (d *decider) onTrack(i int) int {
	track := d.e.Track.OrMain()
	for ; i < len(d.Plan.Steps); i++ {
		if d.Plan.Steps[i].Track.OrMain() == track {
			return i
		}
	}
	return len(d.Plan.Steps)
}

// from is the moment from which the delay of the next step counts.
func (d *decider) from() time.Time {
	if d.e.LastStepAt.IsZero() {
		return d.e.EnrolledAt
	}
	return d.e.LastStepAt
}

// stepDone closes the step at the position and waits for the next.
func (d *decider) stepDone(at time.Time, why string) {
	d.e.LastStepAt = at
	d.e.Position++
	d.goOn(why)
}

// countMail counts a mail that went out. One that the limit of automatic mails
// had put before a person is not automatic. When it is the mail of the step at
// the position, that step is done; else the step was passed by, or removed,
// while it was on the wire.
func (d *decider) countMail() {
	i := d.indexOf(d.ev.StepID)
	if d.ofStep() {
		i = d.e.Position
	}
	d.e.Mails++
	if i < len(d.Plan.Steps) && d.Plan.Steps[i].Kind == sales.StepAutoMail && !d.usedUp() {
		d.e.AutoMails++
	}
	if d.ofStep() {
		d.e.Awaiting = false
		d.e.Position = d.onTrack(d.e.Position + 1)
	}
	d.e.LastStepAt = d.ev.At
	d.why, d.changed = fmt.Sprintf("mail %d sent", d.e.Mails), true
}

// usedUp tells whether the rules allow no more automatic mails.
func (d *decider) usedUp() bool {
	limit := d.Plan.Rules.MaxAutoMails
	return limit > 0 && d.e.AutoMails >= limit
}

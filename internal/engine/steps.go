package engine

import (
	"fmt"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/trial"
)

// start lets a pending enrollment begin.
func (d *decider) start() {
	if d.e.State != sales.Pending {
		return
	}
	d.e.LastStepAt = d.now
	if d.Plan.Anchored {
		if d.e.AnchorAt = d.Anchor; d.Anchor.IsZero() {
			d.pause(sales.PausedBlocked, time.Time{}, "paused: the day that the sequence counts from is not known")
			return
		}
	}
	d.e.Position = d.onTrack(0)
	d.goOn("started")
	d.stage(sales.StageOnStart)
}

// timer begins a step, ends a wait, or ends a pause, whichever is due.
func (d *decider) timer() {
	if d.e.NextAt.IsZero() || d.e.NextAt.After(d.now) {
		return
	}
	switch d.e.State {
	case sales.Active:
		if !d.e.Awaiting && !d.early() {
			d.begin()
		}
	case sales.WaitingHuman:
		d.expire()
	case sales.WaitingThem:
		if s, ok := d.step(); ok && s.Kind == sales.StepTheirMove && s.ThenGoOn {
			d.stepDone(d.now, "they did not move: goes on")
			return
		}
		d.end(sales.Finished, sales.EndNoReply, "finished: no answer")
		d.stage(sales.StageOnNoReply)
	case sales.Paused:
		d.resume("resumed: " + pauseOver(d.e.Reason))
	}
}

func pauseOver(r sales.Reason) string {
	switch r {
	case sales.PausedOutOfOffice:
		return "they should be back"
	case sales.PausedOwnerAway:
		return "the seller is back"
	case sales.PausedNotNow:
		return "the time they named has come"
	}
	return "the pause is over"
}

// begin asks for what the step at the position needs.
func (d *decider) begin() {
	d.e.Position = d.onTrack(d.e.Position) // an edit may have left it on another track
	s, ok := d.step()
	if !ok {
		d.goOn("the sequence has no more steps")
		return
	}
	if d.byData() {
		return
	}
	if !s.OnlyIf.Holds(d.known()) {
		d.e.Position++
		d.goOn("step skipped: not so that " + s.OnlyIf.String())
		return
	}
	switch s.Kind {
	case sales.StepAutoMail:
		if d.usedUp() {
			d.draft(s, fmt.Sprintf("%d automatic mails are out: this one waits for a person", d.e.AutoMails))
			return
		}
		d.effect(sales.Effect{Kind: sales.FxQueueMail, Key: MailKey(d.e.ID, d.stepID()), VariantID: d.variant(s), DueAt: d.now})
		d.e.Awaiting, d.e.NextAt = true, time.Time{}
		d.why, d.changed = fmt.Sprintf("mail %d is to go", d.e.Mails+1), true
	case sales.StepApproveMail:
		d.draft(s, "a mail waits for approval")
	case sales.StepCall:
		d.task(sales.TaskCall, d.titleOf(s, "Call"), "a call is to be made")
	case sales.StepTask:
		d.task(sales.TaskDo, d.titleOf(s, "Task"), "a task is to be done")
	case sales.StepSocial:
		d.task(sales.TaskSocial, d.titleOf(s, "Get in touch on "+orElse(s.Network, "LinkedIn")), "a social touch is to be made")
	case sales.StepCondition:
		d.condition(s)
	case sales.StepTheirMove:
		d.state(sales.WaitingThem, "", "their move")
		d.e.NextAt = d.now.AddDate(0, 0, longestWait(s))
	default:
		d.end(sales.Failed, sales.EndSendFailed, fmt.Sprintf("failed: step %d has the unknown kind %q", d.e.Position+1, s.Kind))
	}
}

// longestWait is how many days a step waits at most.
func longestWait(s sales.Step) int {
	if s.MaxWaitDays <= 0 {
		return theirMoveDays
	}
	return s.MaxWaitDays
}

// step is the step at the position; false behind the end.
func (d *decider) step() (sales.Step, bool) {
	if d.e.Position >= len(d.Plan.Steps) {
		return sales.Step{}, false
	}
	return d.Plan.Steps[d.e.Position], true
}

// indexOf is the position of a step; the number of steps when it is gone.
func (d *decider) indexOf(id sales.ID) int {
	for i, s := range d.Plan.Steps {
		if s.ID == id {
			return i
		}
	}
	return len(d.Plan.Steps)
}

// variant chooses the text of a mail step for this person; 0 when it has one.
func (d *decider) variant(s sales.Step) sales.ID {
	if len(s.Variants) == 0 {
		return 0
	}
	return trial.Pick(d.e.PersonID, s.ID, Arms(s))
}

// Arms are the texts of a step under test; its own text stands under the ID of
// the step.
func Arms(s sales.Step) []trial.Arm {
	arms := []trial.Arm{{ID: s.ID, Weight: s.Weight, Paused: s.BasePaused}}
	for _, v := range s.Variants {
		arms = append(arms, trial.Arm{ID: v.ID, Weight: v.Weight, Paused: v.State != sales.VariantOn})
	}
	return arms
}

func (d *decider) titleOf(s sales.Step, otherwise string) string {
	if s.Note != "" {
		return s.Note
	}
	return otherwise
}

// draft puts the mail of the step before a person.
func (d *decider) draft(s sales.Step, why string) {
	d.effect(sales.Effect{Kind: sales.FxDraftMail, Key: MailKey(d.e.ID, d.stepID()), VariantID: d.variant(s)})
	d.task(sales.TaskApprove, d.titleOf(s, "Approve this mail"), why)
	days := s.ExpireDays
	if days <= 0 {
		days = d.Plan.Rules.ExpireDays
	}
	if days > 0 {
		d.e.NextAt = d.now.AddDate(0, 0, days)
	}
}

// expire takes a draft back that nobody approved in time.
func (d *decider) expire() {
	if s, ok := d.step(); !ok || !d.e.Awaiting || !s.Kind.IsMail() {
		d.e.NextAt = time.Time{}
		d.why, d.changed = "waits for a person", true
		return
	}
	days := int(d.now.Sub(d.e.StateAt).Hours() / 24)
	d.pause(sales.PausedExpired, time.Time{}, fmt.Sprintf("paused: nobody approved the draft in %d days", days))
	d.effect(openExpired(d.e.ID, d.now))
}

// openExpired asks the seller how it goes on after a draft that nobody approved in
// time. The question goes away with the pause, whoever ends it: it is none about an
// address, and a new address answers it not.
func openExpired(enrollment sales.ID, now time.Time) sales.Effect {
	return sales.Effect{Kind: sales.FxOpenTask, Key: expiredKey(enrollment), TaskKind: sales.TaskDecide, Title: "Nobody approved the mail in time.", DueAt: now}
}

// expiredKey names the question of openExpired: one for an enrollment.
func expiredKey(enrollment sales.ID) string {
	return fmt.Sprintf("%d/expired", enrollment)
}

func expired(e sales.Enrollment) bool {
	return e.State == sales.Paused && e.Reason == sales.PausedExpired
}

// task opens a task for the seller and waits for it.
func (d *decider) task(kind sales.TaskKind, title, why string) {
	d.effect(sales.Effect{Kind: sales.FxOpenTask, Key: TaskKey(d.e.ID, d.stepID(), kind), TaskKind: kind, Title: title, DueAt: d.now})
	d.state(sales.WaitingHuman, "", why)
	d.e.Awaiting = true
}

// ofStep tells whether the event is about the step at the position. Of any other
// step it is old news.
func (d *decider) ofStep() bool {
	if d.ev.StepID == 0 {
		return d.e.Awaiting
	}
	return d.ev.StepID == d.stepID()
}

// mailResult handles what became of the mail of the step. It may have been on
// the wire while the enrollment was paused and resumed: then it is not asked for
// again yet, but it counts.
func (d *decider) mailResult() {
	switch {
	case d.e.State == sales.Pending:
		return
	case d.ev.Late:
		if d.ev.Kind == sales.EvMailSent && d.e.State == sales.Paused && d.e.Reason == sales.PausedUnknown {
			d.goOn("the mail went out after all")
		}
		return
	case !d.ofStep():
		d.otherResult()
		return
	}
	switch d.ev.Kind {
	case sales.EvMailSent:
		if d.e.State == sales.WaitingHuman {
			d.effect(sales.Effect{Kind: sales.FxCancelTasks}) // the approval of a mail that is gone
		}
		d.countMail()
		if d.e.State != sales.Paused {
			d.goOn(d.why)
		}
	case sales.EvMailFailed:
		d.mailFailed()
	case sales.EvMailBlocked:
		if d.e.State == sales.Paused && d.e.Until.IsZero() {
			return
		}
		d.pause(sales.PausedBlocked, time.Time{}, "paused: "+d.ev.Text)
		d.effect(sales.Effect{Kind: sales.FxOpenTask, Key: TaskKey(d.e.ID, d.stepID(), sales.TaskFix), TaskKind: sales.TaskFix, Title: d.ev.Text, DueAt: d.now})
	case sales.EvMailUnknown:
		// It may have gone: it is never sent again, and a person looks at it.
		d.effect(sales.Effect{Kind: sales.FxOpenTask, Key: TaskKey(d.e.ID, d.stepID(), sales.TaskDecide), TaskKind: sales.TaskDecide, MailingID: d.ev.MailingID,
			Title: "A mail may or may not have gone out. Look into your Sent folder, then resume or stop.", DueAt: d.now})
		d.takeBack()
		d.countMail()
		d.state(sales.Paused, sales.PausedUnknown, "paused: it is unknown whether the mail went out")
	}
}

// otherResult handles what became of a mail whose step was passed by, or
// removed, while it was on the wire. The person got it, or may have: the next
// step counts from it.
func (d *decider) otherResult() {
	switch {
	case d.ev.StepID == 0:
	case d.ev.Kind == sales.EvMailSent, d.ev.Kind == sales.EvMailUnknown:
		d.countMail()
		d.why += ", of a step that was passed by"
		if behind := d.e.Position >= len(d.Plan.Steps); !d.e.Awaiting && (d.e.State == sales.Active || d.e.State == sales.WaitingThem && behind) {
			d.goOn(d.why)
		}
	case d.ev.Kind == sales.EvMailFailed && d.ev.Class == sales.FailHard:
		d.deadAddress("the server refused the address: " + d.ev.Text)
	}
}

// mailFailed handles a refusal for good at the time of sending.
func (d *decider) mailFailed() {
	if d.ev.Class == sales.FailHard {
		d.deadAddress("the server refused the address: " + d.ev.Text)
		return
	}
	d.effect(sales.Effect{Kind: sales.FxOpenTask, Key: TaskKey(d.e.ID, d.stepID(), sales.TaskDecide), TaskKind: sales.TaskDecide, MailingID: d.ev.MailingID,
		Title: "The mail was refused: " + d.ev.Text, DueAt: d.now})
	d.end(sales.Failed, sales.EndSendFailed, "failed: the mail was refused: "+d.ev.Text)
}

// deadAddress pauses until somebody mends the address. One that has not started
// meets the suppression list at the send gate; so does one, told what another
// found out, that waits until a person looks anyway.
func (d *decider) deadAddress(why string) {
	if d.e.State == sales.Pending || d.e.State == sales.Paused && d.e.Reason == sales.PausedBounce {
		return
	}
	known := d.ev.Kind == sales.EvSuppressed
	if known && d.e.State == sales.Paused && d.e.Until.IsZero() {
		return
	}
	if !known {
		d.effect(sales.Effect{Kind: sales.FxMarkAddress, Address: sales.AddressDead, Reason: sales.EndBounced})
		d.effect(sales.Effect{Kind: sales.FxSuppress, Reason: sales.EndBounced, Title: why})
	}
	d.pause(sales.PausedBounce, time.Time{}, "paused: "+why)
	d.effect(sales.Effect{Kind: sales.FxOpenTask, Key: TaskKey(d.e.ID, d.stepID(), sales.TaskFix), TaskKind: sales.TaskFix, MessageID: d.ev.MessageID,
		Title: "The address does not work. Find the right one.", DueAt: d.now})
	d.stage(sales.StageOnBounce)
}

// humanDone handles an approval, or a call or task that was completed.
func (d *decider) humanDone() {
	if d.e.State != sales.WaitingHuman || !d.ofStep() {
		return
	}
	mail := d.e.Position < len(d.Plan.Steps) && d.Plan.Steps[d.e.Position].Kind.IsMail()
	switch {
	case d.ev.Kind == sales.EvApproved:
		if !mail {
			return // the step is no mail any more: there is nothing to let go
		}
		d.effect(sales.Effect{Kind: sales.FxReleaseDraft, Key: MailKey(d.e.ID, d.stepID()), DueAt: d.now})
		d.state(sales.Active, "", "approved")
	case d.ev.Kind == sales.EvRejected:
		d.effect(sales.Effect{Kind: sales.FxCancelMail})
		d.stepDone(d.ev.At, "the mail was not approved: step skipped")
	case d.byDisposition():
	case d.ev.Outcome == sales.Finish:
		d.end(sales.Finished, sales.EndCompleted, "finished: "+orElse(d.ev.Text, "done by the seller"))
	default:
		if mail {
			d.effect(sales.Effect{Kind: sales.FxCancelMail}) // done without sending: the draft goes
		}
		d.stepDone(d.ev.At, orElse(d.ev.Text, "done")+", goes on")
	}
}

// doneBefore skips a step whose mail went out, or whose task was done, before
// the steps of the sequence were put into another order.
func (d *decider) doneBefore() {
	if !d.e.Awaiting || !d.ofStep() || d.e.State != sales.Active && d.e.State != sales.WaitingHuman {
		return
	}
	d.takeBack()
	d.e.Position++
	d.goOn("this step was done before: skipped")
}

// prefixed is prefix and s, or nothing when s is empty.
func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

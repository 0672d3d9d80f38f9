package engine

import (
	"fmt"
	"slices"
	"time"

	"ninetyten/internal/sales"
)

// start lets a pending enrollment begin.
func (d *decider) start() {
	if d.e.State != sales.Pending {
		return
	}
	d.e.LastStepAt = d.now
	d.goOn("started")
}

// timer begins a step, ends a wait, or ends a pause, whichever is due.
func (d *decider) timer() {
	if d.e.NextAt.IsZero() || d.e.NextAt.After(d.now) {
		return
	}
	switch d.e.State {
	case sales.Active:
		if !d.e.Awaiting {
			d.begin()
		}
	case sales.WaitingThem:
		d.end(sales.Finished, sales.EndNoReply, "finished: no answer")
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
	if d.e.Position >= len(d.Plan.Steps) {
		d.goOn("the sequence has no more steps")
		return
	}
	s := d.Plan.Steps[d.e.Position]
	switch s.Kind {
	case sales.StepAutoMail:
		if d.usedUp() {
			d.draft(s, fmt.Sprintf("%d automatic mails are out: this one waits for a person", d.e.AutoMails))
			return
		}
		d.effect(sales.Effect{Kind: sales.FxQueueMail, Key: MailKey(d.e.ID, d.stepID()), DueAt: d.now})
		d.e.Awaiting, d.e.NextAt = true, time.Time{}
		d.why, d.changed = fmt.Sprintf("mail %d is to go", d.e.Mails+1), true
	case sales.StepApproveMail:
		d.draft(s, "a mail waits for approval")
	case sales.StepCall:
		d.task(sales.TaskCall, d.titleOf(s, "Call"), "a call is to be made")
	case sales.StepTask:
		d.task(sales.TaskDo, d.titleOf(s, "Task"), "a task is to be done")
	case sales.StepTheirMove:
		days := s.MaxWaitDays
		if days <= 0 {
			days = theirMoveDays
		}
		d.state(sales.WaitingThem, "", "their move")
		d.e.NextAt = d.now.AddDate(0, 0, days)
	default:
		d.end(sales.Failed, sales.EndSendFailed, fmt.Sprintf("failed: step %d has the unknown kind %q", d.e.Position+1, s.Kind))
	}
}

func (d *decider) titleOf(s sales.Step, otherwise string) string {
	if s.Note != "" {
		return s.Note
	}
	return otherwise
}

// draft puts the mail of the step before a person.
func (d *decider) draft(s sales.Step, why string) {
	d.effect(sales.Effect{Kind: sales.FxDraftMail, Key: MailKey(d.e.ID, d.stepID())})
	d.task(sales.TaskApprove, d.titleOf(s, "Approve this mail"), why)
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

// gone tells whether the event is about a step that an edit has removed.
func (d *decider) gone() bool {
	return d.ev.StepID != 0 && !slices.ContainsFunc(d.Plan.Steps, func(s sales.Step) bool { return s.ID == d.ev.StepID })
}

// mailResult handles what became of the mail of the step. It may have been on
// the wire while the enrollment was paused and resumed: then it is not asked for
// again yet, but it counts.
func (d *decider) mailResult() {
	switch {
	case d.e.State == sales.Pending:
		return
	case d.gone():
		d.goneResult()
		return
	case !d.ofStep():
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

// goneResult handles what became of a mail whose step was removed while it was
// on the wire. The person got it, or may have: the next step counts from it.
func (d *decider) goneResult() {
	switch {
	case d.ev.Kind == sales.EvMailSent, d.ev.Kind == sales.EvMailUnknown:
		d.e.Mails++
		d.e.LastStepAt = d.ev.At
		d.why, d.changed = fmt.Sprintf("mail %d sent, of a step that was removed", d.e.Mails), true
		if d.e.State == sales.Active && !d.e.Awaiting {
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
// meets the suppression list at the send gate.
func (d *decider) deadAddress(why string) {
	if d.e.State == sales.Pending || d.e.State == sales.Paused && d.e.Reason == sales.PausedBounce {
		return
	}
	d.effect(sales.Effect{Kind: sales.FxMarkAddress, Address: sales.AddressDead, Reason: sales.EndBounced})
	d.effect(sales.Effect{Kind: sales.FxSuppress, Reason: sales.EndBounced, Title: why})
	d.pause(sales.PausedBounce, time.Time{}, "paused: "+why)
	d.effect(sales.Effect{Kind: sales.FxOpenTask, Key: TaskKey(d.e.ID, d.stepID(), sales.TaskFix), TaskKind: sales.TaskFix, MessageID: d.ev.MessageID,
		Title: "The address does not work. Find the right one.", DueAt: d.now})
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

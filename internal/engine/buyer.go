package engine

import (
	"fmt"
	"time"

	"ninetyten/internal/sales"
)

// buyerSide handles what the buyer, their servers or a leader did.
func (d *decider) buyerSide() {
	switch d.ev.Kind {
	case sales.EvReply:
		d.reply()
	case sales.EvAutoReply:
		d.autoReply()
	case sales.EvBounce:
		if d.ev.Class == sales.FailHard {
			d.deadAddress("the mail came back: " + orElse(d.ev.Text, "no such address"))
		}
	case sales.EvUnsubscribe:
		d.end(sales.OptedOut, sales.EndUnsubscribe, "stopped: asked not to be contacted")
		d.stage(sales.StageOnOptOut)
	case sales.EvComplaint:
		d.end(sales.OptedOut, sales.EndComplaint, "stopped: complained")
	case sales.EvSuppressed:
		if d.ev.Class == sales.FailHard {
			d.deadAddress(orElse(d.ev.Text, "the address does not work"))
			return
		}
		d.end(sales.OptedOut, sales.EndSuppressed, "stopped: on the suppression list")
	case sales.EvColleagueReply:
		d.colleague()
	case sales.EvMeeting:
		d.meeting()
	case sales.EvStop:
		r := d.ev.Reason
		if r == "" {
			r = sales.EndByHand
		}
		d.end(sales.Finished, r, "finished: "+orElse(d.ev.Text, "stopped by hand"))
	case sales.EvRemove:
		d.end(sales.Removed, sales.EndByHand, "removed by hand")
	}
}

// reply stops the sequence: whatever a person wrote, the next word is a
// person's.
func (d *decider) reply() {
	if d.ev.Verdict.Kind == sales.KindAutoReply {
		d.end(sales.Finished, sales.EndLeft, "stopped: has left the company")
		return
	}
	at := d.ev.At
	stamp := at.In(d.loc()).Format("2 Jan 15:04")
	on := sales.StageOnReply
	switch intent := d.ev.Verdict.Intent; {
	case intent == sales.OptOut:
		on = sales.StageOnOptOut
		d.end(sales.OptedOut, sales.EndUnsubscribe, "stopped: asked not to be contacted, "+stamp)
	case d.byIntent(stamp):
	case d.e.State == sales.WaitingHuman && d.e.Reason == sales.WaitAnswer:
		return // another reply before the first was answered
	case intent == sales.NotInterested:
		on = sales.StageOnNotInterested
		d.end(sales.Finished, sales.EndNotInterested, "stopped: not interested, "+stamp)
	default:
		d.end(sales.Finished, sales.EndReplied, "stopped: replied "+stamp)
	}
	if d.ev.Verdict.Intent == sales.Interested {
		on = sales.StageOnInterested
	}
	d.stage(on)
}

// meeting follows the rule for a booked meeting.
func (d *decider) meeting() {
	switch d.Plan.Rules.Meeting {
	case sales.MeetingPause:
		d.pause(sales.PausedMeeting, time.Time{}, "paused: a meeting is booked")
	case sales.MeetingPositive:
		if d.bookedByBuyer() {
			break
		}
		if !d.enter(sales.TrackPositive, "goes on on the positive track: a meeting is booked") {
			d.end(sales.Finished, sales.EndMeeting, "finished: a meeting is booked")
		}
	default:
		d.end(sales.Finished, sales.EndMeeting, "finished: a meeting is booked")
	}
	d.stage(sales.StageOnMeeting)
}

// bookedByBuyer waits for the seller before the positive track, when the buyer
// accepted the meeting: they have spoken, and a person goes on.
func (d *decider) bookedByBuyer() bool {
	if d.actor() != sales.ByBuyer || d.e.State == sales.Pending || !d.switchTo(sales.TrackPositive) {
		return false
	}
	d.state(sales.WaitingHuman, sales.WaitAnswer, "a meeting is booked: the positive track begins when a person goes on")
	if x := d.ev.Verdict.Invitation; x == nil || x.Answer == sales.InvitationAccepted && x.Note == "" {
		// Else the message itself is a handoff.
		d.effects = append(d.effects, sales.Effect{
			Kind: sales.FxHandoff, Key: fmt.Sprintf("%d/meeting/%d", d.e.ID, d.ev.MessageID), TaskKind: sales.TaskAnswer,
			Title: "They accepted the meeting: confirm it, and the positive track begins", MessageID: d.ev.MessageID, DueAt: d.now.AddDate(0, 0, 1),
		})
	}
	return true
}

func (d *decider) loc() *time.Location {
	if d.Place.Loc == nil {
		return time.UTC
	}
	return d.Place.Loc
}

// autoReply waits until the person is back: one working day after the date
// that they named, else the default of the rules; past the longest wait it ends.
func (d *decider) autoReply() {
	switch d.e.State {
	case sales.Active:
	case sales.Paused:
		if d.e.Reason != sales.PausedOutOfOffice {
			return
		}
	default:
		return // our task, or their move: nothing would be sent anyway
	}
	r := d.Plan.Rules
	until := d.ev.Verdict.Until
	if until.IsZero() {
		days := r.OOODefaultDays
		if days <= 0 {
			days = sales.DefaultRules().OOODefaultDays
		}
		until = d.now.AddDate(0, 0, days)
	} else {
		until = d.Calendar.AddDelay(until, sales.Delay{N: 1, Unit: sales.WorkingDays}, d.Place)
	}
	if !until.After(d.now) || (d.e.State == sales.Paused && !until.After(d.e.Until)) {
		return
	}
	giveUp := r.OOOGiveUpDays
	if giveUp <= 0 {
		giveUp = sales.DefaultRules().OOOGiveUpDays
	}
	if until.After(d.now.AddDate(0, 0, giveUp)) {
		d.end(sales.Finished, sales.EndAway, "finished: away until "+until.In(d.loc()).Format("2 Jan 2006")+", longer than we wait")
		return
	}
	d.pause(sales.PausedOutOfOffice, until, "paused: out of office, goes on "+until.In(d.loc()).Format("Mon 2 Jan"))
}

// colleague follows the rule for people at the account of somebody who answered.
func (d *decider) colleague() {
	switch d.Plan.Rules.Colleagues {
	case sales.ColleaguesGoOn:
	case sales.ColleaguesStop:
		d.end(sales.Finished, sales.Reason(sales.PausedColleague), "finished: a colleague answered")
	default:
		// Whatever would go on by itself waits until a person looks.
		s, _ := d.step()
		byItself := d.e.State == sales.Paused && !d.e.Until.IsZero() || d.e.State == sales.WaitingThem && s.Kind == sales.StepTheirMove && s.ThenGoOn
		if d.e.State == sales.Active || d.e.State == sales.WaitingHuman || byItself {
			d.pause(sales.PausedColleague, time.Time{}, "paused: a colleague answered")
		}
	}
}

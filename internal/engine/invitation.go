package engine

import (
	"fmt"
	"time"

	"ninetyten/internal/sales"
)

// toInvitation tells whether a verdict is the answer to an invitation as it was
// read; one that a person corrected to something else is a reply like any other.
func toInvitation(v sales.Verdict) bool {
	if v.Invitation == nil || v.Kind != sales.KindReply {
		return false
	}
	switch v.Invitation.Answer {
	case sales.InvitationAccepted, sales.InvitationTentative, sales.InvitationCounter:
		return v.Intent == sales.Interested
	}
	return v.Intent == sales.Unclear
}

// invitation is the answer to an invitation (RFC 5546). A yes is a booked meeting
// and asks for nothing, unless they wrote something to it; a perhaps is one that a
// seller makes sure of; a no refuses a time and not us, so that a seller asks for
// another; another time is for the seller to take.
func (a *arrival) invitation() {
	x := a.m.Verdict.Invitation
	what := "the invitation" + a.meetingText(*x)
	a.out.Event.Kind, a.out.Event.Text = sales.EvReply, "answered an invitation"
	a.out.Colleague = true
	switch x.Answer {
	case sales.InvitationAccepted:
		a.out.Event.Kind = sales.EvMeeting
		a.move(sales.MoveMeeting, "Accepted "+what+"."+noteText(*x))
		a.askOfMeeting(*x)
		if x.Note != "" {
			a.handoff("Accepted the invitation and wrote something to it", a.within(a.s.AnswerAlarm), false)
		}
	case sales.InvitationTentative:
		a.askOfMeeting(*x)
		a.out.Event.Kind = sales.EvMeeting
		a.move(sales.MoveMeeting, "Perhaps comes: answered “tentative” to "+what+"."+noteText(*x))
		a.handoff("Said perhaps to the invitation: make sure of it", a.inADay(), false)
	case sales.InvitationCounter:
		a.move(sales.MoveInterest, "Proposed another time for "+what+"."+noteText(*x))
		a.handoff("Proposed another time for the meeting", a.within(a.s.AnswerGoal), true)
	case sales.InvitationDeclined:
		a.move(sales.MoveReply, "Declined "+what+"."+noteText(*x))
		a.handoff("Declined the invitation: ask whether another time suits", a.within(a.s.AnswerAlarm), false)
	default:
		a.move(sales.MoveReply, "Answered "+what+"."+noteText(*x))
		a.handoff("Answered the invitation: look at it", a.within(a.s.AnswerAlarm), false)
	}
}

// A meeting is asked about so long after its beginning, and that is late so long
// after it.
const (
	MeetingOver  = time.Hour
	MeetingAsked = 4 * time.Hour
)

// askOfMeeting brings the person back to a seller after the appointment, to say
// whether it took place.
func (a *arrival) askOfMeeting(x sales.InvitationAnswer) {
	if x.Start.IsZero() {
		return
	}
	a.out.Effects = append(a.out.Effects, sales.Effect{
		Kind: sales.FxOpenTask, Key: fmt.Sprintf("message/%d/meeting", a.m.ID), TaskKind: sales.TaskMeeting, Title: "Did the meeting" + a.meetingText(x) + " take place?",
		MessageID: a.m.ID, NotBefore: x.Start.Add(MeetingOver), DueAt: x.Start.Add(MeetingAsked),
	})
}

// handoff gives the message to a seller to answer.
func (a *arrival) handoff(title string, due time.Time, urgent bool) {
	a.out.Effects = append(a.out.Effects, sales.Effect{
		Kind: sales.FxHandoff, Key: a.key(sales.FxHandoff), TaskKind: sales.TaskAnswer, Title: title, MessageID: a.m.ID, DueAt: due, Urgent: urgent,
	})
}

// meetingText names the appointment; its time is that of the seller's clock.
func (a *arrival) meetingText(x sales.InvitationAnswer) string {
	out := ""
	if x.Title != "" {
		out = " “" + clipTitle(x.Title) + "”"
	}
	if x.Start.IsZero() {
		return out
	}
	loc := a.seller.Place.Loc
	if loc == nil {
		loc = time.UTC
	}
	return out + " of " + x.Start.In(loc).Format("2 Jan 2006 15:04")
}

func noteText(x sales.InvitationAnswer) string {
	if x.Note == "" {
		return ""
	}
	return " They wrote: “" + clipTitle(x.Note) + "”."
}

func clipTitle(s string) string {
	if r := []rune(s); len(r) > 120 {
		return string(r[:119]) + "…"
	}
	return s
}

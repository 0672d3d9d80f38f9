package engine

import (
	"fmt"
	"strings"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

// Arrival is what a person's message, or a report about one, asks for besides
// what it does to enrollments: the handoff, the suppression, the ledger lines,
// and the event that every living enrollment of the person gets.
type Arrival struct {
	Event     sales.Event
	Effects   []sales.Effect
	Moves     []sales.Move
	Colleague bool // enrollments at the same account get EvColleagueReply
}

// Arrive decides what message m with its verdict, about person p, means.
// It is asked once a message; Effects carry keys of the form message/ID/kind.
// seller is when the seller works: the goal for an answer counts in their hours.
func Arrive(p sales.Person, m sales.Message, s sales.Settings, seller calendar.Hours, now time.Time) Arrival {
	a := &arrival{p: p, m: m, s: s, now: now, seller: seller}
	v := m.Verdict
	a.out.Event = sales.Event{At: now, Actor: sales.ByBuyer, PersonID: p.ID, MessageID: m.ID, MailingID: m.MailingID, Verdict: v}
	switch v.Kind {
	case sales.KindComplaint:
		a.out.Event.Kind = sales.EvComplaint
		a.suppress(sales.EndComplaint, "complained about a mail")
		a.move(sales.MoveComplaint, "Reported our mail as spam.")
	case sales.KindUnsubscribe:
		a.optOut()
	case sales.KindBounce:
		a.bounce()
	case sales.KindDelay:
		a.move(sales.MoveBounce, "Their server says that delivery takes longer.")
	case sales.KindAutoReply:
		if v.Intent == sales.WrongPerson {
			a.left()
			break
		}
		a.out.Event.Kind = sales.EvAutoReply
		a.move(sales.MoveAutoReply, autoText(v))
	case sales.KindReply:
		if toInvitation(v) {
			a.invitation()
		} else {
			a.reply()
		}
		a.colleague()
	}
	return a.out
}

type arrival struct {
	p   sales.Person
	m   sales.Message
	s   sales.Settings
	now time.Time
	out Arrival

	seller calendar.Hours
}

// within is the moment at which d of the hours of the seller has passed.
func (a *arrival) within(d time.Duration) time.Time { return a.seller.After(a.now, d) }

// inADay is a day after now, or after the seller works again.
func (a *arrival) inADay() time.Time { return a.within(0).Add(24 * time.Hour) }

func (a *arrival) key(kind sales.EffectKind) string {
	return fmt.Sprintf("message/%d/%s", a.m.ID, kind)
}

func (a *arrival) move(kind sales.MoveKind, text string) {
	a.out.Moves = append(a.out.Moves, sales.Move{
		WorkspaceID: a.p.WorkspaceID, At: a.now, Actor: sales.ByBuyer, Kind: kind,
		PersonID: a.p.ID, AccountID: a.p.AccountID, MessageID: a.m.ID, Text: text,
	})
}

func (a *arrival) suppress(r sales.Reason, why string) {
	a.out.Effects = append(a.out.Effects, sales.Effect{Kind: sales.FxSuppress, Key: a.key(sales.FxSuppress), Reason: r, MessageID: a.m.ID, Title: why})
}

// colleague says who wrote when it was not the person, in the lines and in the
// handoff, and proposes to add them unless they are known.
func (a *arrival) colleague() {
	v := a.m.Verdict
	if v.Colleague == "" {
		return
	}
	for i := range a.out.Moves {
		a.out.Moves[i].Text = "A colleague wrote, " + clipTitle(v.Colleague) + ": " + a.out.Moves[i].Text
	}
	proposed := v.ColleagueKnown
	for i := range a.out.Effects {
		if fx := &a.out.Effects[i]; fx.Kind == sales.FxHandoff {
			fx.Title += ", written by " + clipTitle(v.Colleague)
			proposed = proposed || fx.TaskKind == sales.TaskReferral && v.Referred != ""
		}
	}
	if a.out.Event.Kind == sales.EvUnsubscribe || proposed {
		return
	}
	a.out.Effects = append(a.out.Effects, sales.Effect{
		Kind: sales.FxOpenTask, Key: fmt.Sprintf("message/%d/colleague", a.m.ID), TaskKind: sales.TaskReferral,
		Title: clipTitle(v.Colleague) + " answered for them: add as a person?", MessageID: a.m.ID, DueAt: a.inADay(),
	})
}

func (a *arrival) optOut() {
	a.out.Event.Kind = sales.EvUnsubscribe
	a.suppress(sales.EndUnsubscribe, "asked to stop in a mail of "+a.m.Date.Format("2 Jan 2006"))
	a.move(sales.MoveUnsubscribe, "Asked not to be contacted again.")
}

func (a *arrival) bounce() {
	a.out.Event.Kind = sales.EvBounce
	for _, r := range a.m.Verdict.Recipients {
		if r.Address != "" && !strings.EqualFold(strings.TrimSpace(r.Address), a.p.Email) {
			continue
		}
		a.out.Event.Class, a.out.Event.Text = r.Class, r.Reason
		switch r.Class {
		case sales.FailHard:
			a.suppress(sales.EndBounced, "the address does not exist")
			a.out.Effects = append(a.out.Effects, sales.Effect{Kind: sales.FxMarkAddress, Key: a.key(sales.FxMarkAddress), Address: sales.AddressDead})
			a.move(sales.MoveBounce, "The mail came back: "+orElse(r.Reason, "no such address")+".")
			if saysLeft(r.Reason) {
				a.out.Effects = append(a.out.Effects, sales.Effect{
					Kind: sales.FxOpenTask, Key: fmt.Sprintf("message/%d/left", a.m.ID), TaskKind: sales.TaskReferral, MessageID: a.m.ID, DueAt: a.within(24 * time.Hour),
					Title: "Has left the company, says their server. Find who does it now, or where they are",
				})
			}
		case sales.FailDelivered, sales.FailDelay:
		case sales.FailBlock:
			a.move(sales.MoveBounce, "Their server refused our mail by policy: "+orElse(r.Reason, "no reason given")+". The address is kept.")
		default:
			a.out.Effects = append(a.out.Effects, sales.Effect{Kind: sales.FxMarkAddress, Key: a.key(sales.FxMarkAddress), Address: sales.AddressSoft})
			a.move(sales.MoveBounce, "The mail could not be delivered for now: "+orElse(r.Reason, string(r.Class))+".")
		}
		return
	}
}

// saysLeft tells whether a server says of an address that its owner has left, as
// administrators write it into the answer for addresses of former colleagues.
func saysLeft(reason string) bool {
	reason = strings.ToLower(reason)
	for _, words := range []string{"no longer work", "no longer employ", "no longer with", "no longer at ", "has left", "left the company", "left the organi", "former employee", "ex-employee",
		"nicht mehr bei", "nicht mehr im unternehmen", "ausgeschieden", "ne travaille plus", "a quitté", "ya no trabaja", "não trabalha mais", "já não trabalha", "non lavora più", "werkt niet meer"} {
		if strings.Contains(reason, words) {
			return true
		}
	}
	return false
}

// reply makes the handoff: what a person wrote is a person's to answer.
func (a *arrival) reply() {
	v := a.m.Verdict
	a.out.Event.Kind = sales.EvReply
	if v.Intent == sales.OptOut {
		a.optOut()
		return
	}
	kind, text, urgent := sales.MoveReply, "Answered.", false
	title, due, task := "Answer the reply", a.within(a.s.AnswerAlarm), sales.TaskAnswer
	switch v.Intent {
	case sales.Interested:
		kind, text, urgent, title, due = sales.MoveInterest, "Is interested.", true, "Answer: interested", a.within(a.s.AnswerGoal)
	case sales.Question:
		kind, text, urgent, title, due = sales.MoveQuestion, "Asked a question.", true, "Answer the question", a.within(a.s.AnswerGoal)
	case sales.NotNow:
		kind, text, title, due = sales.MoveNotNow, "Said: not now"+untilText(v.Until)+".", "Not now: agree on when", a.inADay()
	case sales.NotInterested:
		kind, text, title, due = sales.MoveDecline, "Is not interested.", "Not interested: close kindly or leave", a.inADay()
	case sales.WrongPerson:
		kind, text, task = sales.MoveReferral, "Is not the right person"+referText(v.Referred)+".", sales.TaskReferral
		title, due = "Wrong person"+referText(v.Referred), a.inADay()
	}
	a.out.Colleague = v.Intent != sales.WrongPerson
	a.out.Effects = append(a.out.Effects, sales.Effect{
		Kind: sales.FxHandoff, Key: a.key(sales.FxHandoff), TaskKind: task, Title: title,
		MessageID: a.m.ID, DueAt: due, Urgent: urgent,
	})
	a.move(kind, text)
	if v.Intent == sales.NotNow {
		a.out.Moves[len(a.out.Moves)-1].Until = v.Until
	}
	a.brought()
}

// brought is the line of a reply that brings colleagues in, one for all of them.
// With a no, a later or another name instead it is none: the answer says it all.
func (a *arrival) brought() {
	v := a.m.Verdict
	switch v.Intent {
	case sales.NotNow, sales.NotInterested, sales.WrongPerson:
		return
	}
	switch n := len(v.Brought); n {
	case 0:
	case 1:
		a.move(sales.MoveInvited, "Brought a colleague in: "+clipTitle(v.Brought[0])+".")
	default:
		a.move(sales.MoveInvited, fmt.Sprintf("Brought %d colleagues in: %s.", n, clipTitle(strings.Join(v.Brought, ", "))))
	}
}

// left is an automatic reply that says that the person has left the company:
// nothing more goes there, and a seller looks at whom it names instead.
func (a *arrival) left() {
	v := a.m.Verdict
	a.out.Event.Kind = sales.EvReply
	a.out.Effects = append(a.out.Effects, sales.Effect{
		Kind: sales.FxHandoff, Key: a.key(sales.FxHandoff), TaskKind: sales.TaskReferral, Title: "Has left the company" + referText(v.Referred),
		MessageID: a.m.ID, DueAt: a.inADay(),
	})
	a.move(sales.MoveReferral, "Has left the company, says an automatic reply"+referText(v.Referred)+".")
}

func untilText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return ", again around " + t.Format("2 Jan 2006")
}

func referText(s string) string {
	if s == "" {
		return ""
	}
	return "; named " + s
}

func autoText(v sales.Verdict) string {
	if v.Until.IsZero() {
		return "An automatic reply came."
	}
	return "Is out of office until " + v.Until.Format("Mon 2 Jan 2006") + "."
}

package invariants

import (
	"context"
	"fmt"
	"time"

	"ninetyten/internal/desk"
	"ninetyten/internal/sales"
)

// work lets a seller do what they have to do; share of it, for nobody does it all.
func (w *world) work(ctx context.Context, s *seller, share float64) error {
	if _, away := w.isAway(s.ID, w.clock.Now()); away {
		return nil
	}
	tasks, err := w.st.OpenTasks(ctx, w.ws, s.ID, 300)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if !w.dice.chance(share) {
			continue
		}
		p := w.byPerson[t.PersonID]
		if p == nil {
			continue
		}
		w.steered(p)
		if err := w.doTask(ctx, s, p, t); err != nil {
			return err
		}
	}
	return nil
}

// doTask does one task in one of the ways in which it can be done.
func (w *world) doTask(ctx context.Context, s *seller, p *person, t sales.Task) error {
	v := s.viewer()
	if p.seller != s {
		v = w.boss
	}
	switch t.Kind {
	case sales.TaskApprove:
		return w.approve(ctx, v, p, t)
	case sales.TaskCall:
		return w.call(ctx, v, p, t.ID)
	case sales.TaskAnswer, sales.TaskReferral:
		return w.answer(ctx, v, p, t)
	case sales.TaskFix:
		return w.fix(ctx, p, t)
	case sales.TaskConfirm:
		ok, err := w.did("confirm", w.desk.Confirm(ctx, v, t.ID, w.dice.chance(0.5)))
		if ok {
			w.note(p, "the seller says whose mail it was")
			w.dealt(p)
		}
		return err
	case sales.TaskDecide:
		return w.decide(ctx, v, p, t)
	}
	ok, err := w.did("do a task", second(w.desk.Complete(ctx, v, t.ID, "")))
	if ok {
		w.note(p, "the seller does: %s", t.Kind)
		p.decided()
	}
	return err
}

// dealt tells that a seller dealt with what a person had said: whatever holds
// because of it may go on.
func (w *world) dealt(p *person) {
	p.decided()
	for _, e := range p.ens {
		e.free()
	}
}

// approve lets a draft go, as it is or with other words, or skips it.
func (w *world) approve(ctx context.Context, v sales.Viewer, p *person, t sales.Task) error {
	e := w.ofID[t.EnrollmentID]
	if w.dice.chance(0.2) {
		ok, err := w.did("reject a draft", second(w.desk.Reject(ctx, v, t.ID)))
		if ok {
			w.note(p, "the draft of step %d is rejected", e.q.numbers[t.StepID])
		}
		return err
	}
	subject, body := "", ""
	if w.dice.chance(0.2) {
		subject, body = "Words of a person", fmt.Sprintf("Hello,\n\nmark:s%dv%d:\n\nthis is mine.", e.q.numbers[t.StepID], handText)
	}
	ok, err := w.did("approve a draft", second(w.desk.Approve(ctx, v, t.ID, subject, body)))
	if ok {
		w.note(p, "the draft of step %d is approved", e.q.numbers[t.StepID])
		e.approved[e.q.numbers[t.StepID]] = true
		p.decided()
	}
	return err
}

// call logs a call with some end.
func (w *world) call(ctx context.Context, v sales.Viewer, p *person, task sales.ID) error {
	d := one(w.dice, sales.CallNoAnswer, sales.CallNoAnswer, sales.CallVoicemail, sales.CallBusy, sales.CallTalked, sales.CallLater, sales.CallMeeting, sales.CallNoInterest, sales.CallWrongNumber, sales.CallDoNotContact)
	ok, err := w.did("log a call", second(w.desk.LogCall(ctx, v, desk.CallLog{PersonID: p.ID, TaskID: task, Disposition: d, Minutes: 2, Chase: "it is about their date"})))
	if !ok {
		return err
	}
	w.note(p, "a call: %s", d)
	p.decided()
	switch d {
	case sales.CallDoNotContact:
		w.suppress(p.Email, "said so on the phone")
		w.endAll(p, "said on the phone: no more")
	case sales.CallTalked, sales.CallLater, sales.CallMeeting, sales.CallNoInterest:
		p.heard()
	}
	return nil
}

// answer deals with what a person wrote: by mail, which is sometimes taken back, or
// without.
func (w *world) answer(ctx context.Context, v sales.Viewer, p *person, t sales.Task) error {
	if w.dice.chance(0.5) || t.MessageID == 0 {
		ok, err := w.did("close a handoff", second(w.desk.Complete(ctx, v, t.ID, "")))
		if ok {
			w.note(p, "the seller closes the %s", t.Kind)
			w.dealt(p)
		}
		return err
	}
	if w.dice.chance(0.05) {
		return w.correct(ctx, v, p, t)
	}
	w.marks++
	undo, err := w.desk.Write(ctx, v, desk.Letter{PersonID: p.ID, ReplyTo: t.MessageID, TaskID: t.ID, Body: fmt.Sprintf("Hello,\n\nmark:hand:\n\nletter %d", w.marks), Quote: true})
	ok, err := w.did("answer by mail", err)
	if !ok {
		return err
	}
	if w.dice.chance(0.1) {
		_, err := w.did("take an answer back", w.desk.Undo(ctx, v, undo.Token))
		return err
	}
	w.note(p, "the seller answers the %s", t.Kind)
	w.dealt(p)
	return nil
}

// correct changes what a message was read as. It is no word about what goes on.
func (w *world) correct(ctx context.Context, v sales.Viewer, p *person, t sales.Task) error {
	is := one(w.dice, sales.Question, sales.NotInterested, sales.Interested, sales.OptOut)
	_, err := w.desk.Correct(ctx, v, t.MessageID, sales.KindReply, is)
	ok, err := w.did("correct a verdict", err)
	if !ok {
		return err
	}
	w.note(p, "the verdict is corrected: %s", is)
	if is == sales.OptOut {
		w.suppress(p.Email, "asked not to be written to")
		w.endAll(p, "asked not to be written to")
	}
	return nil
}

// fix mends an address or what is missing of a person.
func (w *world) fix(ctx context.Context, p *person, t sales.Task) error {
	w.note(p, "to be mended: %s", t.Title)
	x := p.Person
	if w.suppressed[p.Email] != "" || w.dice.chance(0.3) {
		x.Email = fmt.Sprintf("n%d.%s", w.dice.n(1_000_000), p.Email)
		if len(x.Email) > 60 {
			x.Email = fmt.Sprintf("n%d@%s", w.dice.n(1_000_000_000), p.acct.Domain)
		}
	}
	x.FirstName = "Marta"
	if err := w.savePerson(ctx, p, x); err != nil {
		return err
	}
	ok, err := w.did("do a task", second(w.desk.Complete(ctx, w.boss, t.ID, "")))
	if !ok || t.EnrollmentID == 0 {
		return err
	}
	if e := w.ofID[t.EnrollmentID]; e != nil && w.dice.chance(0.7) {
		return w.resume(ctx, e)
	}
	return nil
}

// savePerson changes a person, in the product and in the books. A no survives a
// change of address; a dead address does not.
func (w *world) savePerson(ctx context.Context, p *person, x sales.Person) error {
	was := p.Email
	if x.Email != was && w.byEmail[x.Email] != nil {
		return nil
	}
	ok, err := w.did("change a person", second(w.desk.SavePerson(ctx, w.boss, x, p.acct.Name)))
	if !ok {
		return err
	}
	w.steered(p)
	p.Person = x
	if x.Email == was {
		return nil
	}
	w.note(p, "the address is %s now, was %s", x.Email, was)
	delete(w.byEmail, was)
	w.byEmail[x.Email] = p
	if why := w.suppressed[was]; why != "" && why != "the address does not exist" {
		w.suppress(x.Email, why)
	}
	p.decided()
	for _, e := range p.ens {
		e.free()
	}
	return nil
}

// decide is what a person does when it is unknown whether a mail went, or when one
// was refused.
func (w *world) decide(ctx context.Context, v sales.Viewer, p *person, t sales.Task) error {
	ok, err := w.did("do a task", second(w.desk.Complete(ctx, v, t.ID, "")))
	if e := w.ofID[t.EnrollmentID]; ok && e != nil && w.dice.chance(0.8) {
		return w.resume(ctx, e)
	}
	return err
}

// book lets a meeting be booked with somebody.
func (w *world) book(ctx context.Context, p *person) error {
	ok, err := w.did("book a meeting", second(w.desk.Meeting(ctx, w.boss, p.ID, 0, w.clock.Now().Add(48*time.Hour), "")))
	if !ok {
		return err
	}
	w.steered(p)
	w.note(p, "a meeting is booked")
	p.heard()
	p.decided()
	for _, e := range p.ens {
		switch {
		case !e.alive():
		case e.q.Rules.Meeting == sales.MeetingPause:
			e.held("a meeting is booked", time.Time{})
		case e.q.Rules.Meeting != sales.MeetingPositive:
			e.end("a meeting is booked")
		}
	}
	return nil
}

package sandbox

import (
	"context"
	"fmt"
	"time"

	"ninetyten/internal/sandbox/cast"
	"ninetyten/internal/sandbox/dice"
	"ninetyten/internal/sandbox/mailhost"
	"ninetyten/internal/sandbox/voice"
)

// refuse is how the servers of some buyers answer RCPT TO.
func (w *World) refuse(t mailhost.Try) *mailhost.Fault {
	if t.Stage != mailhost.StageRcpt {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	b := w.buyers[normal(t.Rcpt)]
	if b == nil {
		return nil
	}
	b.rcptTries++
	switch {
	case b.Persona == cast.HardRefused:
		w.truth.refused(b.Email, w.clock.Now())
		return &mailhost.Fault{Code: 550, Enhanced: [3]int{5, 1, 1}, Text: "<" + t.Rcpt + ">: Recipient address rejected: User unknown in virtual mailbox table"}
	case b.Persona == cast.SoftRefused && b.rcptTries == 1:
		return &mailhost.Fault{Code: 450, Enhanced: [3]int{4, 2, 0}, Text: "<" + t.Rcpt + ">: Recipient address rejected: Greylisted, please try again in 300 seconds"}
	}
	return nil
}

// submitted is told of every mail before its sender hears 250. It writes the
// truth down and plans what the recipients will do.
func (w *World) submitted(s mailhost.Submission) {
	m := readMail(s.Raw)
	m.Seller = s.User
	if s.From == "" || w.sellers[normal(s.From)] != nil {
		m.From = normal(s.From)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, rcpt := range s.Rcpt {
		if w.sellers[rcpt] != nil {
			continue // a mail to oneself or a colleague
		}
		b := w.buyers[rcpt]
		if b == nil {
			w.truth.stranger(rcpt)
			continue
		}
		w.truth.accepted(b.Email, m, s)
		mine := m
		mine.To = rcpt
		w.react(b, &mine, s.At)
	}
}

// dice opens the stream of a person for one purpose. It depends on nothing but
// the seed, the person and the names given.
func (w *World) dice(b *buyer, purpose ...string) *dice.Dice {
	return dice.New(w.opt.Seed, append([]string{"buyer", b.Email}, purpose...)...)
}

// react plans what a person does about a mail; call it with w.mu held.
func (w *World) react(b *buyer, m *received, now time.Time) {
	if m.Kind == "manual" {
		b.manual = append(b.manual, m)
		m.N = len(b.manual)
		w.reactToLetter(b, m, now)
		return
	}
	b.sequence = append(b.sequence, m)
	m.N = len(b.sequence)
	d := w.dice(b, "mail", fmt.Sprint(m.N))
	if w.cast.Accounts[b.Account].Scanner && len(m.Links) > 0 {
		w.planFor(b, now.Add(d.Between(3*time.Second, time.Minute)), "scan", func(ctx context.Context, _ time.Time) { w.scan(ctx, m) })
	}
	w.machines(b, m, now, d)
	if m.N == b.trigger && !b.acted {
		b.acted = true
		w.act(b, m, now, d)
	}
}

// planFor plans an event of one person; call it with w.mu held.
func (w *World) planFor(b *buyer, at time.Time, what string, run func(context.Context, time.Time)) {
	w.plan(at, fmt.Sprintf("%05d %s %d", b.Index, what, len(b.sequence)+len(b.manual)), run)
}

// machines plans what servers and programs answer by themselves.
func (w *World) machines(b *buyer, m *received, now time.Time, d *dice.Dice) {
	soon := now.Add(d.Between(2*time.Second, 90*time.Second))
	switch b.Persona {
	case cast.HardReported:
		w.planFor(b, soon, "bounce", w.bounce(b, m, false))
	case cast.HardText:
		w.planFor(b, now.Add(d.Between(time.Minute, 20*time.Minute)), "bounce", w.bounce(b, m, true))
	case cast.SoftDelayed:
		if m.N == 1 {
			w.planFor(b, now.Add(4*time.Hour+d.Between(0, 20*time.Minute)), "delay", w.delayed(b, m))
		}
	case cast.OutOfOffice:
		if m.N == 1 {
			b.awayUntil = workdayAfter(now, 2+d.Intn(10), b.zone)
		}
		if now.Before(b.awayUntil) && now.Sub(b.autoAt) > 4*24*time.Hour {
			b.autoAt = now
			w.planFor(b, soon, "away", w.away(b, m, b.awayUntil))
		}
	case cast.Challenge:
		if m.N == 1 {
			w.planFor(b, soon, "challenge", w.challenge(b, m))
		}
	case cast.TicketReceipt:
		w.planFor(b, soon, "ticket", w.ticket(b, m))
	}
}

// act plans what a person does when their mail came.
func (w *World) act(b *buyer, m *received, now time.Time, d *dice.Dice) {
	at := humanTime(d, now, replyDelay(d), b.zone)
	answer := func(k voice.Kind) {
		w.planFor(b, at, "answer", w.answer(b, k))
	}
	switch b.Persona {
	case cast.Interested, cast.QuotesFooter:
		answer(voice.Interested)
	case cast.Question:
		answer(voice.Question)
	case cast.NotNow:
		answer(voice.NotNow)
	case cast.NotInterested:
		answer(voice.NotInterested)
	case cast.WrongPerson:
		answer(voice.WrongPerson)
	case cast.OptOutWords:
		answer(voice.OptOut)
	case cast.OptOutButton:
		w.planFor(b, at, "button", w.button(b, m, 1))
	case cast.Complains:
		w.planFor(b, at, "complaint", w.complaint(b, m))
	case cast.OtherAddress, cast.LostThread:
		answer(dice.Pick(d, []voice.Kind{voice.Interested, voice.Question, voice.NotInterested}))
	case cast.OutOfOffice:
		if d.Chance(0.5) {
			back := humanTime(d, b.awayUntil, d.Between(20*time.Minute, 30*time.Hour), b.zone)
			w.planFor(b, back, "answer", w.answer(b, dice.Pick(d, []voice.Kind{voice.Interested, voice.Question, voice.NotInterested})))
		}
	case cast.SoftDelayed, cast.SoftRefused, cast.TicketReceipt:
		if d.Chance(0.4) {
			w.planFor(b, humanTime(d, now, 6*time.Hour+replyDelay(d), b.zone), "answer", w.answer(b, dice.Pick(d, []voice.Kind{voice.Interested, voice.Question})))
		}
	case cast.LateOld:
		if b.old != nil {
			w.planFor(b, humanTime(d, now, d.Between(time.Hour, 7*time.Hour), b.zone), "answer", w.answerTo(b, b.old, voice.Interested))
		}
	case cast.LateFirst:
		w.planFor(b, humanTime(d, now, d.Between(15*24*time.Hour, 30*24*time.Hour), b.zone), "answer", w.answerTo(b, m, dice.Pick(d, []voice.Kind{voice.Interested, voice.Question, voice.NotNow})))
	}
}

// replyDelay is how long people take: minutes, hours, some days.
func replyDelay(d *dice.Dice) time.Duration {
	switch r := d.Float(); {
	case r < 0.35:
		return d.Around(12 * time.Minute)
	case r < 0.75:
		return d.Around(2 * time.Hour)
	case r < 0.93:
		return d.Around(7 * time.Hour)
	}
	return d.Around(30 * time.Hour)
}

// reactToLetter is how a conversation goes on when the seller writes.
func (w *World) reactToLetter(b *buyer, m *received, now time.Time) {
	d := w.dice(b, "letter", fmt.Sprint(m.N))
	warm := b.Persona == cast.Interested || b.Persona == cast.Question || b.Persona == cast.QuotesFooter || b.Persona == cast.OtherAddress ||
		b.Persona == cast.LostThread || b.Persona == cast.LateOld || b.Persona == cast.LateFirst || b.Persona == cast.SoftRefused
	if !warm || !b.acted || b.rounds >= 3 {
		return
	}
	kind := voice.Meet
	switch r := d.Float(); {
	case r < 0.25:
		kind = voice.More
	case r > 0.8:
		return
	}
	b.rounds++
	w.planFor(b, humanTime(d, now, replyDelay(d), b.zone), "letter", w.answerTo(b, m, kind))
}

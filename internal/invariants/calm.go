package invariants

import (
	"context"
	"time"

	"ninetyten/internal/sales"
)

// calm is what comes after the troubles: every server works, nothing is capped,
// sellers do all that they have to do, and whatever is paused is resumed. Then
// every enrollment ends.
func (w *world) calm(ctx context.Context) error {
	w.quiet, w.trouble = true, 0
	w.plans.clear()
	w.clock.set(0)
	w.noteAll("calm")
	if err := w.relax(ctx); err != nil {
		return err
	}
	deadline := w.clock.real().Add(nobodyNeeds)
	for !w.over() {
		alive, err := w.tidy(ctx)
		if err != nil {
			return err
		}
		if alive == 0 {
			return w.compare(ctx)
		}
		if w.clock.real().After(deadline) {
			break
		}
		until := w.clock.real().Add(20 * time.Hour)
		w.plans.add(until, func(context.Context) error { return nil }) // time does not jump over it
		for w.clock.real().Before(until) && !w.over() {
			if err := w.step(ctx); err != nil {
				return err
			}
		}
	}
	for _, q := range w.sequences {
		for _, e := range q.list {
			if !e.seen.State.Alive() || w.over() {
				continue
			}
			mails, err := w.st.MailingsOf(ctx, w.ws, e.p.ID)
			if err != nil {
				return err
			}
			for _, m := range mails {
				if m.EnrollmentID == e.id {
					w.note(e.p, "mail of step %d: %s, due %s, %s: %s", e.q.numbers[m.StepID], m.State, m.DueAt, m.HoldGate, m.HoldWhy)
				}
			}
			w.fail(e.p, "enrollment %d does not end: it is %s %s", e.id, e.seen.State, e.seen.Reason)
		}
	}
	return nil
}

// relax takes every limit away and lets everything run.
func (w *world) relax(ctx context.Context) error {
	s := w.settings
	s.PerDomainDay, s.PerAccountDay, s.TouchesPer30Days, s.GuardSends = 0, 0, 0, 0
	if err := w.desk.SaveSettings(ctx, w.boss, "", s); err != nil {
		return err
	}
	w.settings = s
	for i := range w.absences {
		if _, err := w.did("end an absence", second(w.desk.DeleteAbsence(ctx, w.boss, w.absences[i].ID))); err != nil {
			return err
		}
		if now := w.clock.Now(); w.absences[i].To.After(now) {
			w.absences[i].To = now
		}
	}
	for _, b := range w.list {
		b.deaf, b.down, b.lost = false, false, false
		mb, err := w.st.Mailbox(ctx, w.ws, b.ID)
		if err != nil {
			return err
		}
		mb.Limits = sales.Limits{}
		if _, err := w.desk.SaveMailbox(ctx, w.boss, mb); err != nil {
			return err
		}
		b.Limits = mb.Limits
		if err := w.letGo(ctx, b); err != nil {
			return err
		}
	}
	for _, q := range w.sequences {
		if err := w.giveSubjects(ctx, q); err != nil {
			return err
		}
		if q.State == sales.SequenceDraft || q.State == sales.SequencePaused {
			if err := w.run1(ctx, q, "start a sequence", w.desk.StartSequence); err != nil {
				return err
			}
		}
	}
	return nil
}

// giveSubjects gives every mail of a sequence a subject: one that answers a thread
// cannot be made for somebody who never got the mail that begins it.
func (w *world) giveSubjects(ctx context.Context, x *sequence) error {
	if x.State == sales.SequenceArchived {
		return nil
	}
	q, err := w.st.Sequence(ctx, w.ws, x.ID)
	if err != nil {
		return err
	}
	for i := range q.Steps {
		s := &q.Steps[i]
		if !s.Kind.IsMail() || s.Subject != "" {
			continue
		}
		s.Subject = "A question"
		for j := range s.Variants {
			s.Variants[j].Subject = "Another question"
		}
	}
	if _, err := w.desk.SaveSequence(ctx, w.boss, q); err != nil {
		return err
	}
	for _, e := range x.list {
		e.steered = true
	}
	return w.learn(ctx, x, x.ID)
}

// tidy looks at everybody who has not ended, lets sellers do their work and resumes
// who is paused without an end; it says how many have not ended.
func (w *world) tidy(ctx context.Context) (int, error) {
	for _, s := range w.sellers {
		if err := w.work(ctx, s, 1); err != nil {
			return 0, err
		}
	}
	var list []*enrollment
	for _, q := range w.sequences {
		for _, e := range q.list {
			if e.seen.ID == 0 || e.seen.State.Alive() {
				list = append(list, e)
			}
		}
	}
	if err := w.lookAt(ctx, list, false); err != nil {
		return 0, err
	}
	alive := 0
	for _, e := range list {
		if !e.seen.State.Alive() {
			continue
		}
		alive++
		if e.seen.State == sales.Paused && e.seen.Until.IsZero() || e.seen.State == sales.Active && e.seen.HoldGate == sales.GateAnswer {
			if err := w.resume(ctx, e); err != nil {
				return 0, err
			}
		}
	}
	return alive, nil
}

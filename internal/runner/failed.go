package runner

import (
	"context"
	"strings"

	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// refused counts how often a server has refused this very mail before, and how
// often by policy. Attempts in which the mailbox itself did not work do not count
// against a mail.
func (w *recorder) refused(ctx context.Context, m sales.Mailing) (n, blocks int, err error) {
	if m.Attempts <= 1 {
		return 0, 0, nil
	}
	list, err := w.tx.Attempts(ctx, m.WorkspaceID, m.ID)
	for _, a := range list {
		if ofMailbox(a) {
			continue
		}
		n++
		if (&outbound.Error{Code: a.Code, Enhanced: a.Enhanced, Text: a.Text}).Class() == sales.FailBlock {
			blocks++
		}
	}
	return n, blocks, err
}

// ofMailbox tells whether an attempt failed before the mail was spoken of: its
// text begins with the stage (outbound.Error).
func ofMailbox(a sales.Attempt) bool {
	for _, stage := range []outbound.Stage{outbound.StageDial, outbound.StageTLS, outbound.StageAuth} {
		if strings.HasPrefix(a.Text, "smtp "+string(stage)) {
			return true
		}
	}
	return a.Code == 530 || a.Code == 535
}

func clip(s string) string {
	if len(s) > 500 {
		return s[:500]
	}
	return s
}

// drop cancels a mailing that is queued again although its enrollment ended, was
// paused, or stands at another step since, and says whether it did. The enrollment
// is locked (preload), so it and its sequence are of one moment. Whoever would wait
// for the canceled mail alone asks anew.
func (w *recorder) drop(ctx context.Context, m sales.Mailing) (bool, error) {
	e, ok := w.live[m.EnrollmentID]
	if !ok {
		return false, nil
	}
	q, err := w.b.Sequence(ctx, e.SequenceID)
	if err != nil {
		return false, err
	}
	wanted := e.Position < len(q.Steps) && q.Steps[e.Position].ID == m.StepID
	if wanted && e.State.Alive() && e.State != sales.Paused {
		return false, nil
	}
	canceled, err := w.tx.CancelMailing(ctx, m.WorkspaceID, m.ID)
	if err != nil || !canceled {
		return canceled, err
	}
	_, err = w.tx.WakeStranded(ctx, m.WorkspaceID, e.ID, w.now)
	return true, err
}

// failed writes a refusal for good, or that nobody knows.
func (w *recorder) failed(ctx context.Context, o outcome, m sales.Mailing, a sales.Attempt, ev sales.Event) error {
	was, err := w.tx.EndAttempt(ctx, m, a)
	if err != nil || !was {
		return err
	}
	ev.At, ev.MailingID, ev.StepID = w.now, m.ID, m.StepID
	sub := store.Subject{Person: o.p, OwnerID: m.UserID}
	if m.EnrollmentID == 0 {
		return w.failedManual(ctx, o, m, ev, sub)
	}
	if ev.Class == sales.FailHard {
		w.stats[store.Stat{StepID: m.StepID, Name: store.StatBounced}]++
		w.box[store.BoxSent]++
		w.box[store.BoxBounced]++
	}
	e, ok := w.live[m.EnrollmentID]
	if !ok {
		return nil
	}
	d, done, err := w.b.Decide(ctx, w.tx, e, ev, sub, w.now)
	if err != nil {
		return err
	}
	w.tell(o.p, done.Tasks)
	if ev.Class == sales.FailHard && d.Changed && d.Next.Reason == sales.PausedBounce {
		return w.tellDead(ctx, o.p, e.ID, ev.Text)
	}
	return nil
}

// tellDead tells the other enrollments of a person that the address does not work:
// they wait for a mended one too.
func (w *recorder) tellDead(ctx context.Context, p sales.Person, except sales.ID, text string) error {
	live, err := w.tx.LiveEnrollments(ctx, p.WorkspaceID, p.ID)
	if err != nil {
		return err
	}
	ev := sales.Event{Kind: sales.EvSuppressed, At: w.now, Class: sales.FailHard, Text: "the server refused the address: " + text}
	for _, e := range live {
		if e.ID == except {
			continue
		}
		d, done, err := w.b.Decide(ctx, w.tx, e, ev, store.Subject{Person: p}, w.now)
		if err != nil {
			return err
		}
		if _, ok := w.live[e.ID]; ok {
			w.live[e.ID] = d.Next // its own mail is in the same round
		}
		w.tell(p, done.Tasks)
	}
	return nil
}

// failedManual tells the seller that what they wrote did not go.
func (w *recorder) failedManual(ctx context.Context, o outcome, m sales.Mailing, ev sales.Event, sub store.Subject) error {
	effects := []sales.Effect{{Kind: sales.FxOpenTask, Key: "mailing/" + m.ID.String() + "/decide", TaskKind: sales.TaskDecide, MailingID: m.ID, Title: "Your mail did not go: " + m.LastError, DueAt: w.now}}
	if ev.Kind == sales.EvMailUnknown {
		effects[0].Title = "Your mail may or may not have gone out. Look into your Sent folder."
	}
	if o.err != nil && o.err.Rcpt != "" && !strings.EqualFold(o.err.Rcpt, o.p.Email) {
		ev.Class = "" // of somebody who would have got it too
		effects[0].Title = "Your mail did not go, to nobody: the server refuses " + o.err.Rcpt + ". " + m.LastError
	}
	if ev.Class == sales.FailHard {
		effects = append(effects, sales.Effect{Kind: sales.FxMarkAddress, Address: sales.AddressDead},
			sales.Effect{Kind: sales.FxSuppress, Reason: sales.EndBounced, Title: "the server refused the address"})
	}
	done, err := w.tx.ApplyPerson(ctx, effects, nil, sub, w.now)
	if err != nil {
		return err
	}
	w.tell(o.p, done.Tasks)
	if ev.Class == sales.FailHard {
		return w.tellDead(ctx, o.p, 0, m.LastError)
	}
	return nil
}

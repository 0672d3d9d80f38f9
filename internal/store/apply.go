package store

import (
	"context"
	"time"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

// Subject is whom a decision is about, for the effects that need to know.
type Subject struct {
	Person  sales.Person
	Message sales.Message // zero when no message caused it
	Intent  sales.Intent
	OwnerID sales.ID // who gets tasks; 0 is the person's owner
}

// Applied is what Apply did that others may want to hear of.
type Applied struct {
	Tasks      []sales.Task // opened
	Suppressed bool         // the person was not on the list before
	// Before tells that the mail or task which the step asked for was sent or done
	// before: no result will come, so the engine is to be told EvStepBefore.
	Before bool
}

// Apply writes a decision: the next state of the enrollment with a check of its
// version, the effects under their unique keys, and the ledger lines, all in
// the transaction. A Conflict error means that the enrollment changed since it
// was read: read it again and decide again.
func (tx *Tx) Apply(ctx context.Context, was sales.Enrollment, d sales.Decision, sub Subject, now time.Time) (Applied, error) {
	var out Applied
	if !d.Changed {
		return out, nil
	}
	if err := tx.updateEnrollment(ctx, d.Next, was.Version); err != nil {
		return out, err
	}
	if err := tx.applyEffects(ctx, d.Next, d.Effects, sub, now, &out); err != nil {
		return out, err
	}
	return out, tx.AppendMoves(ctx, d.Moves)
}

// ApplyPerson writes effects and ledger lines that are about a person and not
// about one enrollment.
func (tx *Tx) ApplyPerson(ctx context.Context, effects []sales.Effect, moves []sales.Move, sub Subject, now time.Time) (Applied, error) {
	var out Applied
	e := sales.Enrollment{WorkspaceID: sub.Person.WorkspaceID, PersonID: sub.Person.ID, AccountID: sub.Person.AccountID, OwnerID: sub.OwnerID}
	if err := tx.applyEffects(ctx, e, effects, sub, now, &out); err != nil {
		return out, err
	}
	return out, tx.AppendMoves(ctx, moves)
}

func (tx *Tx) applyEffects(ctx context.Context, e sales.Enrollment, effects []sales.Effect, sub Subject, now time.Time, out *Applied) error {
	for _, fx := range effects {
		if err := tx.applyEffect(ctx, e, fx, sub, now, out); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) applyEffect(ctx context.Context, e sales.Enrollment, fx sales.Effect, sub Subject, now time.Time, out *Applied) error {
	switch fx.Kind {
	case sales.FxQueueMail, sales.FxDraftMail:
		m := sales.Mailing{
			WorkspaceID: e.WorkspaceID, ID: tx.NewID(), Key: fx.Key, EnrollmentID: e.ID, StepID: fx.StepID, PersonID: e.PersonID,
			MailboxID: e.MailboxID, VariantID: fx.VariantID, Kind: sales.MailingAuto, State: sales.MailingQueued, FollowUp: e.Mails > 0, DueAt: fx.DueAt, CreatedAt: now,
		}
		if fx.Kind == sales.FxDraftMail {
			m.State = sales.MailingDraft
		}
		went, err := tx.queueMailing(ctx, m)
		out.Before = out.Before || went
		return err
	case sales.FxReleaseDraft:
		n, err := tx.Exec(ctx, sqlMailingRelease, e.OwnerID, fx.DueAt, e.WorkspaceID, fx.Key)
		if err == nil && n == 0 {
			return sales.Errorf(sales.Conflict, "This draft was sent or stopped meanwhile. Reload the page and look again.")
		}
		return err
	case sales.FxCancelMail:
		return tx.write(ctx, sqlMailingCancel, e.WorkspaceID, e.ID)
	case sales.FxCancelTasks:
		if fx.TaskKind == sales.TaskDecide {
			return tx.write(ctx, sqlTaskCancel, now, "the sequence moved on", e.WorkspaceID, fx.Key)
		}
		return tx.write(ctx, sqlTasksCancel, now, "the sequence moved on", e.WorkspaceID, e.ID)
	case sales.FxOpenTask, sales.FxHandoff:
		if out.Before && fx.TaskKind == sales.TaskApprove {
			return nil // its mail has gone
		}
		return tx.openTask(ctx, e, fx, sub, now, out)
	case sales.FxSuppress:
		return tx.suppressPerson(ctx, fx, sub, now, out)
	case sales.FxMarkAddress:
		return tx.MarkAddress(ctx, e.WorkspaceID, e.PersonID, fx.Address)
	case sales.FxStage:
		return tx.write(ctx, sqlPersonStage, fx.Title, e.WorkspaceID, e.PersonID)
	}
	return sales.Errorf(sales.Internal, "unknown effect %q", fx.Kind)
}

func (tx *Tx) openTask(ctx context.Context, e sales.Enrollment, fx sales.Effect, sub Subject, now time.Time, out *Applied) error {
	t := sales.Task{
		WorkspaceID: e.WorkspaceID, ID: tx.NewID(), Key: fx.Key, Kind: fx.TaskKind, PersonID: e.PersonID, UserID: e.OwnerID,
		EnrollmentID: e.ID, StepID: fx.StepID, MessageID: fx.MessageID, MailingID: fx.MailingID, Title: fx.Title, Intent: sub.Intent,
		CreatedAt: now, DueAt: fx.DueAt, SnoozedUntil: fx.NotBefore, State: sales.TaskOpen,
	}
	if (fx.Kind == sales.FxHandoff || t.UserID == 0) && sub.OwnerID != 0 {
		t.UserID = sub.OwnerID
	}
	if t.UserID == 0 {
		t.UserID = sub.Person.OwnerID
	}
	id, done, err := tx.openTaskRow(ctx, t)
	if err != nil || id == 0 {
		out.Before = out.Before || done && isStepTask(t.Kind)
		return err
	}
	t.ID = id
	out.Tasks = append(out.Tasks, t)
	if fx.Kind != sales.FxHandoff {
		return nil
	}
	return tx.AppendMoves(ctx, []sales.Move{{
		WorkspaceID: e.WorkspaceID, At: now, Actor: sales.BySystem, Kind: sales.MoveHandoff, PersonID: e.PersonID, AccountID: e.AccountID,
		EnrollmentID: e.ID, UserID: t.UserID, MessageID: fx.MessageID, TaskID: t.ID, Text: fx.Title + ".",
	}})
}

// isStepTask tells whether a task of this kind completes a step.
func isStepTask(k sales.TaskKind) bool {
	return k == sales.TaskCall || k == sales.TaskDo || k == sales.TaskSocial || k == sales.TaskApprove
}

func (tx *Tx) suppressPerson(ctx context.Context, fx sales.Effect, sub Subject, now time.Time, out *Applied) error {
	x := sales.Suppression{WorkspaceID: sub.Person.WorkspaceID, Kind: sales.SuppressAddress, Reason: fx.Reason, Source: fx.Title, At: now}
	if from, err := sales.NormalAddress(sub.Message.From); err == nil && from != sub.Person.Email && sub.Message.Direction == sales.Incoming && fx.Reason == sales.EndUnsubscribe {
		// Who asks to stop from another address means that one too.
		x.ID, x.Value = tx.NewID(), from
		if _, err := tx.Suppress(ctx, x); err != nil {
			return err
		}
	}
	if fx.Reason == sales.EndUnsubscribe {
		if err := tx.suppressOthers(ctx, x, sub.Person); err != nil {
			return err
		}
	}
	if sub.Person.Email == "" {
		return nil
	}
	x.ID, x.Value = tx.NewID(), sub.Person.Email
	if fresh, err := tx.Suppress(ctx, x); err != nil || !fresh {
		return err
	}
	out.Suppressed = true
	if err := tx.CancelSequenceMail(ctx, sub.Person.WorkspaceID, sub.Person.ID, now); err != nil {
		return err
	}
	return tx.AppendMoves(ctx, []sales.Move{{
		WorkspaceID: sub.Person.WorkspaceID, At: now, Actor: sales.BySystem, Kind: sales.MoveSuppressed, PersonID: sub.Person.ID,
		AccountID: sub.Person.AccountID, MessageID: fx.MessageID, Text: "On the suppression list: " + fx.Title + ".",
	}})
}

// suppressOthers puts the other addresses that a person writes from on the list:
// who asks to stop means themselves.
func (tx *Tx) suppressOthers(ctx context.Context, x sales.Suppression, p sales.Person) error {
	others, err := db.All(ctx, tx, scanAddress, sqlAddressesOf, p.WorkspaceID, p.ID)
	if err != nil {
		return err
	}
	for _, a := range others {
		x.ID, x.Value = tx.NewID(), a.Address
		if _, err := tx.Suppress(ctx, x); err != nil {
			return err
		}
	}
	return nil
}

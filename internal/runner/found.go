package runner

import (
	"context"

	"ninetyten/internal/casework"
	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// settleSeen writes down that mails went out of which nobody knew it, and which
// the watcher has met in the Sent folder since.
func (r *Runner) settleSeen(ctx context.Context, ref store.MailboxRef) error {
	list, err := r.Store.SeenUnknown(ctx, ref.WorkspaceID, ref.MailboxID, 200)
	if err != nil || len(list) == 0 {
		return err
	}
	mb, err := r.Store.Mailbox(ctx, ref.WorkspaceID, ref.MailboxID)
	if err != nil {
		return err
	}
	results := make([]outcome, 0, len(list))
	for _, m := range list {
		p, err := r.Store.PersonAny(ctx, m.WorkspaceID, m.PersonID)
		if err != nil && sales.CodeOf(err) != sales.NotFound {
			return err
		}
		results = append(results, outcome{parcel: parcel{m: m, p: p}, started: m.AttemptAt, receipt: outbound.Receipt{Text: "found in the Sent folder"}})
	}
	rec, stop := r.recording(ctx)
	defer stop()
	_, err = r.record(rec, mb, nil, results)
	return err
}

// late writes a mail that counted as unknown and went out after all, at the
// moment at which it was handed over. What the sequence did meanwhile stays,
// unless it has waited for this.
func (w *recorder) late(ctx context.Context, o outcome, m sales.Mailing, a sales.Attempt) error {
	m.State, m.SentAt, m.LastError = sales.MailingSent, m.AttemptAt, ""
	was, err := w.tx.EndAttempt(ctx, m, a)
	if err != nil || !was {
		return err
	}
	w.box[store.BoxSent]++
	then := *w
	then.now = m.SentAt
	msg, err := then.keep(ctx, o, m)
	if err != nil {
		return err
	}
	if err := w.lateMove(ctx, o, m, msg); err != nil {
		return err
	}
	if err := w.closeDecide(ctx, o.p, m); err != nil || m.EnrollmentID == 0 {
		return err
	}
	w.stats[store.Stat{StepID: m.StepID, Name: store.StatSent}]++
	store.CountText(w.texts, m.VariantID, store.StatSent, m.SentAt)
	e, ok := w.live[m.EnrollmentID]
	if !ok {
		return nil
	}
	e.ThreadID = msg.ThreadID
	ev := sales.Event{Kind: sales.EvMailSent, At: w.now, MailingID: m.ID, StepID: m.StepID, Late: true}
	_, done, err := w.b.Decide(ctx, w.tx, e, ev, store.Subject{Person: o.p}, w.now)
	w.tell(o.p, done.Tasks)
	return err
}

// lateMove writes the line of the ledger, before what the person has answered since.
func (w *recorder) lateMove(ctx context.Context, o outcome, m sales.Mailing, msg sales.Message) error {
	moves := []sales.Move{{
		WorkspaceID: m.WorkspaceID, At: m.SentAt, Actor: sales.BySystem, Kind: sales.MoveMailAuto, PersonID: m.PersonID, AccountID: o.p.AccountID,
		EnrollmentID: m.EnrollmentID, UserID: m.UserID, MessageID: msg.ID, Text: "Mail: “" + m.Subject + "”.",
	}}
	if m.Kind != sales.MailingAuto {
		moves[0].Actor, moves[0].Kind = sales.BySeller, sales.MoveMailManual
	}
	casework.Weigh(moves)
	heard, _, err := w.tx.LastHeard(ctx, m.WorkspaceID, m.PersonID)
	if err != nil {
		return err
	}
	if heard.After(m.SentAt) {
		return w.tx.AppendPast(ctx, moves)
	}
	return w.tx.AppendMoves(ctx, moves)
}

// closeDecide closes the task that asked a person whether the mail went.
func (w *recorder) closeDecide(ctx context.Context, p sales.Person, m sales.Mailing) error {
	tasks, err := w.tx.OpenTasksOf(ctx, m.WorkspaceID, m.PersonID)
	if err != nil {
		return err
	}
	for _, t := range tasks {
		if t.Kind != sales.TaskDecide || t.MailingID != m.ID {
			continue
		}
		if err := w.tx.EndTask(ctx, m.WorkspaceID, t.ID, sales.TaskDone, w.now, "the mail is in your Sent folder"); err != nil {
			return err
		}
		w.changes = append(w.changes, casework.Change{WorkspaceID: m.WorkspaceID, PersonID: p.ID, Text: p.Name() + ": the mail went out after all"})
	}
	return nil
}

package runner

import (
	"context"
	"maps"
	"strings"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/outbound"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// recordFor is how long one try to record results may take, for a database that is
// silent would keep it; to write the same again is harmless.
const recordFor = 40 * time.Second

// record writes down what became of the attempts, in one transaction, and says
// how many mails went. It tries until ctx ends: what is not written down is a
// mail of which nobody knows. accounts are those that were read for the round.
func (r *Runner) record(ctx context.Context, mb sales.Mailbox, accounts map[sales.ID]sales.Account, results []outcome) (int, error) {
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		try, stop := context.WithTimeout(ctx, recordFor)
		sent, err := r.recordOnce(try, mb, accounts, results)
		stop()
		if err == nil {
			return sent, nil
		}
		r.Log.WarnContext(ctx, "the results of sending could not be recorded", "mailbox", mb.Address, "mails", len(results), "err", err)
		t := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			t.Stop()
			return 0, err
		case <-t.C:
		}
	}
}

func (r *Runner) recordOnce(ctx context.Context, mb sales.Mailbox, accounts map[sales.ID]sales.Account, results []outcome) (int, error) {
	sent := 0
	var changes []casework.Change
	first := true
	err := casework.Retry(func() error {
		return r.Store.InTx(ctx, func(tx *store.Tx) error {
			if first {
				tx.Gather()
			}
			sent, changes = 0, nil
			w := &recorder{Runner: r, tx: tx, b: casework.New(tx, mb.WorkspaceID), mb: mb, now: r.Clock.Now(), stats: map[store.Stat]int{}, box: map[string]int{}, texts: map[store.Stat]int{}}
			w.trust = first
			first = false // one by one and read anew, when the statements that went together failed
			if err := w.preload(ctx, accounts, results); err != nil {
				return err
			}
			if err := w.all(ctx, results); err != nil {
				return err
			}
			err := w.close(ctx)
			sent, changes = w.sent, w.changes
			return err
		})
	})
	if err != nil {
		return sent, err
	}
	for _, c := range changes {
		r.Notify.Changed(ctx, c)
	}
	return sent, nil
}

// recorder writes the results of one round.
type recorder struct {
	*Runner
	tx      *store.Tx
	b       *casework.Batch
	mb      sales.Mailbox
	now     time.Time
	stats   map[store.Stat]int
	moves   []sales.Move
	sent    int
	last    sales.ID
	changes []casework.Change
	live    map[sales.ID]sales.Enrollment
	pause   *outbound.Error
	box     map[string]int                  // what came of the mails, for the guard
	states  map[sales.ID]sales.MailingState // of mailings that are not simply taken
	trust   bool                            // enrollments are as the gate read them, until a version says otherwise
	texts   map[store.Stat]int
}

// preload reads what the results are about as the transaction sees it. Of a mail
// that was taken the enrollment is believed to be as the gate read it: the check of
// its version tells when it is not, and then all is read.
func (w *recorder) preload(ctx context.Context, accounts map[sales.ID]sales.Account, results []outcome) error {
	w.live, w.states = make(map[sales.ID]sales.Enrollment, len(results)), map[sales.ID]sales.MailingState{}
	people := make(map[sales.ID]sales.Person, len(results))
	var read, unknown []sales.ID
	var odd []outcome
	for _, o := range results {
		people[o.p.ID] = o.p
		if _, ok := accounts[o.p.AccountID]; !ok {
			unknown = append(unknown, o.p.AccountID)
		}
		switch {
		case !taken(o):
			odd = append(odd, o)
		case w.trust && o.e.ID != 0:
			w.live[o.e.ID] = o.e
		default:
			read = append(read, o.m.EnrollmentID)
		}
	}
	w.b.Remember(people, accounts)
	more, err := w.tx.Accounts(ctx, w.mb.WorkspaceID, unknown)
	if err != nil {
		return err
	}
	w.b.Remember(nil, more)
	fresh, err := w.tx.EnrollmentsByID(ctx, w.mb.WorkspaceID, read)
	if err != nil {
		return err
	}
	maps.Copy(w.live, fresh)
	return w.lock(ctx, odd)
}

// lock reads the mailings and enrollments of results and keeps them: what becomes
// of a mail that is not simply taken depends on the step at which the enrollment
// stands, so an edit of the sequence waits until it is written.
func (w *recorder) lock(ctx context.Context, odd []outcome) error {
	if len(odd) == 0 {
		return nil
	}
	mails, ids := make([]sales.ID, 0, len(odd)), make([]sales.ID, 0, len(odd))
	for _, o := range odd {
		mails, ids = append(mails, o.m.ID), append(ids, o.m.EnrollmentID)
	}
	states, err := w.tx.LockMailings(ctx, w.mb.WorkspaceID, mails)
	if err != nil {
		return err
	}
	maps.Copy(w.states, states)
	locked, err := w.tx.LockEnrollments(ctx, w.mb.WorkspaceID, ids)
	maps.Copy(w.live, locked)
	return err
}

// all writes the results: first what the server took, which is most, together. What
// was not on the wire any more another node has settled.
func (w *recorder) all(ctx context.Context, results []outcome) error {
	var went, odd []outcome
	var list []store.Ending
	for _, o := range results {
		if !taken(o) {
			odd = append(odd, o)
			continue
		}
		o.m.State, o.m.SentAt = sales.MailingSent, w.now
		went, list = append(went, o), append(list, store.Ending{Mailing: o.m, Attempt: w.attempt(o)})
	}
	ended, err := w.tx.TakenAttempts(ctx, list, w.mb.SavesSent)
	if err != nil {
		return err
	}
	var settled []outcome
	for i, o := range went {
		if !ended[i] {
			settled = append(settled, o)
			continue
		}
		if err := w.taken(ctx, o, o.m); err != nil {
			return err
		}
	}
	if err := w.lock(ctx, settled); err != nil {
		return err
	}
	for _, o := range settled {
		if w.states[o.m.ID] == sales.MailingUnknown {
			odd = append(odd, o)
		}
	}
	for _, o := range odd {
		if err := w.one(ctx, o); err != nil {
			return err
		}
	}
	return nil
}

// taken tells that the server took a mail.
func taken(o outcome) bool { return !o.kept && o.err == nil }

// attempt is the line of the history for a mail that was taken.
func (w *recorder) attempt(o outcome) sales.Attempt {
	return sales.Attempt{ID: w.tx.NewID(), MailingID: o.m.ID, N: o.m.Attempts, StartedAt: o.started, EndedAt: w.now, Outcome: "sent", Code: o.receipt.Code, Enhanced: o.receipt.Enhanced, Text: clip(o.receipt.Text)}
}

// one writes one result that is not simply taken. A mail counts as unknown already
// when this node stood still for so long that another took over its mailbox, and
// settled what was open.
func (w *recorder) one(ctx context.Context, o outcome) error {
	m := o.m
	if o.kept {
		return w.back(ctx, o)
	}
	if m.State = w.states[m.ID]; m.State == sales.MailingUnknown && o.err != nil && o.err.Unknown() {
		return nil
	}
	a := w.attempt(o)
	if o.err == nil {
		return w.late(ctx, o, m, a)
	}
	a.Code, a.Enhanced, a.Text = o.err.Code, o.err.Enhanced, clip(o.err.Error())
	m.LastError = sales.Explain(outbound.Explain(o.err, w.mb))
	refused, blocks, err := w.refused(ctx, m)
	if err != nil {
		return err
	}
	wait := retryAfter(refused + 1)
	switch {
	case o.err.Unknown():
		a.Outcome, m.State = "unknown", sales.MailingUnknown
		w.last = m.ID // it may have gone: the pause before the next counts
		return w.failed(ctx, o, m, a, sales.Event{Kind: sales.EvMailUnknown, Text: m.LastError})
	case o.err.OfMailbox():
		// The mailbox is to be mended, not the mail: it goes back to the queue, and
		// does not wait long when the mailbox works again.
		w.pause, wait = o.err, retryAfter(1)
	case o.err.Class() == sales.FailBlock && blocks+1 < maxBlocks:
		w.pause = o.err
	case o.err.Temporary() && refused+1 < maxAttempts:
	default:
		a.Outcome, m.State = "permanent", sales.MailingFailed
		return w.failed(ctx, o, m, a, sales.Event{Kind: sales.EvMailFailed, Class: o.err.Class(), Text: m.LastError})
	}
	a.Outcome = "temporary"
	m.State, m.DueAt, m.HoldGate, m.HoldWhy = sales.MailingQueued, w.now.Add(wait), sales.GateRetry, m.LastError
	return w.again(ctx, o, m, a)
}

// taken writes a mail that the server took: the message, the ledger, and what
// it means for the sequence.
func (w *recorder) taken(ctx context.Context, o outcome, m sales.Mailing) error {
	w.sent++
	w.last = m.ID
	w.box[store.BoxSent]++
	msg, err := w.keep(ctx, o, m)
	if err != nil {
		return err
	}
	kind, actor, text := sales.MoveMailAuto, sales.BySystem, "Mail: “"+m.Subject+"”."
	if m.Kind != sales.MailingAuto {
		kind, actor = sales.MoveMailManual, sales.BySeller
	}
	line := sales.Move{
		WorkspaceID: m.WorkspaceID, At: w.now, Actor: actor, Kind: kind, PersonID: m.PersonID, AccountID: o.p.AccountID, EnrollmentID: m.EnrollmentID,
		UserID: m.UserID, MessageID: msg.ID, Text: text,
	}
	if m.Kind == sales.MailingManual {
		switch c, err := w.tx.ChaseByMail(ctx, m.WorkspaceID, m.ID); {
		case err == nil:
			line.Text += " Sent although it was their move: " + strings.TrimRight(c.Reason, ".") + "."
			if c.Channel == sales.ChaseDoor { // the door is open: they rest
				line.OwnTurn, line.Until = sales.Resting, c.RestUntil
			}
		case sales.CodeOf(err) != sales.NotFound:
			return err
		}
	}
	w.moves = append(w.moves, line)
	if m.EnrollmentID == 0 {
		return nil
	}
	w.stats[store.Stat{StepID: m.StepID, Name: store.StatSent}]++
	store.CountText(w.texts, m.VariantID, store.StatSent, w.now)
	e, ok := w.live[m.EnrollmentID]
	if !ok {
		return nil
	}
	e.ThreadID = msg.ThreadID
	ev := sales.Event{Kind: sales.EvMailSent, At: w.now, MailingID: m.ID, StepID: m.StepID}
	_, done, err := w.b.Decide(ctx, w.tx, e, ev, store.Subject{Person: o.p}, w.now)
	w.tell(o.p, done.Tasks)
	return err
}

// keep writes the message that went out, in its thread.
func (w *recorder) keep(ctx context.Context, o outcome, m sales.Mailing) (sales.Message, error) {
	msg := sales.Message{
		WorkspaceID: m.WorkspaceID, ID: w.tx.NewID(), MailboxID: m.MailboxID, PersonID: m.PersonID, ThreadID: m.ThreadID, MailingID: m.ID, Direction: sales.Outgoing,
		HeaderID: m.HeaderID, InReplyTo: m.InReplyTo, References: m.References, From: w.mb.Address, FromName: w.mb.Name, To: o.m.To, Subject: m.Subject,
		Date: w.now, ArrivedAt: w.now, SeenAt: w.now, Text: m.Body, RawID: m.RawID, Folder: w.mb.SentFolder,
	}
	t := sales.Thread{WorkspaceID: m.WorkspaceID, ID: msg.ThreadID, PersonID: m.PersonID, MailboxID: m.MailboxID, Subject: m.Subject, LastAt: w.now, LastHeader: m.HeaderID}
	if err := w.tx.ContinueThread(ctx, t, m.AttemptAt); err != nil {
		return msg, err
	}
	return msg, w.tx.AddSent(ctx, msg)
}

// again puts a mailing back into the queue.
func (w *recorder) again(ctx context.Context, o outcome, m sales.Mailing, a sales.Attempt) error {
	if was, err := w.tx.EndAttempt(ctx, m, a); err != nil || !was || m.EnrollmentID == 0 {
		return err
	}
	if err := w.uncount(ctx, w.tx, w.b, m, o.p); err != nil {
		return err
	}
	if ended, err := w.drop(ctx, m); err != nil || ended {
		return err
	}
	return w.tx.HoldEnrollment(ctx, m.WorkspaceID, m.EnrollmentID, m.HoldGate, m.HoldWhy, m.DueAt)
}

// back puts a mailing back whose attempt was recorded and not begun.
func (w *recorder) back(ctx context.Context, o outcome) error {
	m := o.m
	if was, err := w.tx.ReturnMailing(ctx, m.WorkspaceID, m.ID); err != nil || !was {
		return err
	}
	if err := w.uncount(ctx, w.tx, w.b, m, o.p); err != nil {
		return err
	}
	_, err := w.drop(ctx, m)
	return err
}

func (w *recorder) tell(p sales.Person, tasks []sales.Task) {
	if len(tasks) > 0 {
		w.changes = append(w.changes, casework.Change{WorkspaceID: p.WorkspaceID, PersonID: p.ID, Tasks: tasks, Text: p.Name() + ": " + tasks[0].Title})
	}
}

// close writes what is about the round as a whole.
func (w *recorder) close(ctx context.Context) error {
	casework.Weigh(w.moves)
	if err := w.tx.AppendMoves(ctx, w.moves); err != nil {
		return err
	}
	if err := w.tx.AddStats(ctx, w.mb.WorkspaceID, w.stats); err != nil {
		return err
	}
	if err := w.tx.AddVariantStats(ctx, w.mb.WorkspaceID, w.texts); err != nil {
		return err
	}
	stopped, err := w.b.CountBox(ctx, w.tx, w.mb, w.box, w.now)
	if err != nil {
		return err
	}
	if stopped != nil {
		w.changes = append(w.changes, *stopped)
	}
	if w.last != 0 && w.mb.Limits.GapMin > 0 {
		if err := w.tx.SetNextSend(ctx, w.mb.WorkspaceID, w.mb.ID, nextSend(w.mb, w.last, w.now)); err != nil {
			return err
		}
	}
	return w.pauseMailbox(ctx)
}

// pauseMailbox reacts to what only the mailbox is to blame for: a wrong password
// or a refusal by policy needs a person; a server that cannot be reached gets a
// rest.
func (w *recorder) pauseMailbox(ctx context.Context) error {
	if w.pause == nil {
		return nil
	}
	why := outbound.Explain(w.pause, w.mb)
	state := sales.MailboxPaused
	switch {
	case w.pause.OfMailbox() && why.Code == sales.Invalid:
		state = sales.MailboxBroken
	case w.pause.Class() == sales.FailBlock:
	default:
		return w.tx.SetNextSend(ctx, w.mb.WorkspaceID, w.mb.ID, w.now.Add(2*time.Minute))
	}
	changed, err := w.tx.SetMailboxState(ctx, w.mb.WorkspaceID, w.mb.ID, state, why.Msg)
	if changed {
		w.changes = append(w.changes, casework.Change{WorkspaceID: w.mb.WorkspaceID, Text: "The mailbox " + w.mb.Address + " stopped: " + why.Msg, Urgent: true})
	}
	return err
}

package runner

import (
	"context"
	"fmt"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/render"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Drain sends what may go from the outbox of a mailbox now, and says how many
// mails it handed over. It does nothing while another pass or node works on the
// mailbox.
func (r *Runner) Drain(ctx context.Context, ref store.MailboxRef) (int, error) {
	total := 0
	_, err := r.locked(ctx, ref.WorkspaceID, ref.MailboxID, func(ctx context.Context) error {
		if err := r.settle(ctx, ref); err != nil {
			return err
		}
		snippets, err := r.Store.Snippets(ctx, ref.WorkspaceID)
		if err != nil {
			return err
		}
		ls := &letters{snippets: render.SnippetsOf(snippets)}
		p := r.paceOf(ref.MailboxID)
		for ctx.Err() == nil && !r.ending.Load() && !nearlyOver(ctx) {
			// What is known of sequences and settings is read anew for each round.
			n, more, err := r.drainOnce(ctx, ref, casework.New(r.Store, ref.WorkspaceID), ls, p)
			total += n
			if err != nil || !more {
				return err
			}
		}
		return ctx.Err()
	})
	return total, err
}

// nearlyOver tells that a new round might not end before ctx does; the rest is
// for the next pass.
func nearlyOver(ctx context.Context) bool {
	end, ok := ctx.Deadline()
	return ok && time.Until(end) < time.Minute
}

// pace is how many mails are begun together. A server that is quick gets more, so
// that the database is asked seldom; one that is slow gets fewer, so that what is
// known of people is fresh when their mail goes, and a crash leaves few unknown.
type pace struct{ size, least, most int }

// paceOf is the pace that a mailbox had in its last pass; the caller has locked
// the mailbox.
func (r *Runner) paceOf(mailbox sales.ID) *pace {
	v, _ := r.paces.LoadOrStore(mailbox, &pace{size: min(2*r.conns(), r.batch()), least: r.conns(), most: r.batch()})
	return v.(*pace)
}

// took is told how long the server was busy with the last round.
func (p *pace) took(d time.Duration) {
	switch {
	case d < 250*time.Millisecond:
		p.size = min(p.size*2, p.most)
	case d > time.Second:
		p.size = max(p.size/2, min(p.least, p.most))
	}
}

// freshFor is how long after the mailbox was read, and the gate asked, a mail may
// begin to go. What is later is asked again.
const freshFor = 2 * time.Second

// ourFault is the wait of a mail whose mailbox could not be read because we
// failed, not its server: the database was away, say, and is back soon.
const ourFault = 10 * time.Second

// candidates is how many due mailings are looked at to find n that may go: few
// are held, as a rule.
func candidates(n int) int { return n + n/4 + 8 }

// drainOnce is one round: gate, record, send, record. more says whether another
// round may find something at once.
func (r *Runner) drainOnce(ctx context.Context, ref store.MailboxRef, shared *casework.Batch, ls *letters, p *pace) (n int, more bool, err error) {
	now := r.Clock.Now()
	mb, err := r.Store.Mailbox(ctx, ref.WorkspaceID, ref.MailboxID)
	if err != nil {
		return 0, false, err
	}
	due, room, all, err := r.due(ctx, mb, shared, p.size, now)
	if err != nil || len(due) == 0 || room <= 0 {
		return 0, false, err
	}
	read, readErr := r.readFirst(ctx, mb, due)
	if readErr != nil && (ctx.Err() != nil || r.ending.Load()) {
		return 0, false, nil // the program stops, which is no reason to hold a mail
	}
	if read { // what was read may have stopped the mailbox
		if mb, err = r.Store.Mailbox(ctx, ref.WorkspaceID, ref.MailboxID); err != nil {
			return 0, false, err
		}
	}
	until := r.wall().Add(freshFor)
	parcels, holds, c, err := r.gate(ctx, mb, shared, due, readErr, now)
	if err != nil {
		return 0, false, err
	}
	want := min(room, p.size)
	full := len(parcels) > want
	if full {
		parcels = parcels[:want]
	}
	if err := r.hold(ctx, ref.WorkspaceID, holds, now); err != nil {
		return 0, false, err
	}
	if ls.threads, err = r.threads(ctx, ref.WorkspaceID, parcels); err != nil {
		return 0, false, err
	}
	ready := parcels[:0]
	for _, x := range parcels {
		if x, err = r.compose(ctx, shared, ls, mb, x); err != nil {
			return 0, false, err
		}
		if x.blocked != "" {
			if err := r.block(ctx, x, now); err != nil {
				return 0, false, err
			}
			continue
		}
		ready = append(ready, x)
	}
	r.at(PointGated)
	sent, kept, took, err := r.sendAll(ctx, mb, c, ready, now, until)
	p.took(took)
	byHand := due[0].Kind == sales.MailingManual
	again := full || kept > 0 || byHand || !all || len(holds) > 0 && len(ready) == 0
	return sent, again && sent+len(holds) > 0, err
}

func (r *Runner) batch() int {
	if r.Batch <= 0 {
		return 200
	}
	return r.Batch
}

// due gives what is to go now, how many of it at most, and whether it is all that
// is due. What a person wrote goes first and alone: no pace of the mailbox holds
// it.
func (r *Runner) due(ctx context.Context, mb sales.Mailbox, b *casework.Batch, size int, now time.Time) (list []sales.Mailing, room int, all bool, err error) {
	limit := candidates(size)
	byHand, err := r.Store.DueByHand(ctx, mb.WorkspaceID, mb.ID, now, limit)
	if err != nil || len(byHand) > 0 {
		return byHand, size, false, err
	}
	room = size
	if mb.State == sales.MailboxOK { // else the gate says why not
		if room, err = r.room(ctx, mb, b, now); err != nil || room <= 0 {
			return nil, 0, false, err
		}
	}
	limit = candidates(min(room, size))
	list, err = r.Store.DueMailings(ctx, mb.WorkspaceID, mb.ID, now, limit)
	return list, room, len(list) < limit, err
}

// room asks the limits of the mailbox. When it has none left for today, all
// that is due in it is held until it has.
func (r *Runner) room(ctx context.Context, mb sales.Mailbox, b *casework.Batch, now time.Time) (int, error) {
	place, err := b.SellerPlace(ctx, mb.UserID)
	if err != nil {
		return 0, err
	}
	cal, err := b.Calendar(ctx, sales.Sequence{})
	if err != nil {
		return 0, err
	}
	sent, err := casework.SentBy(ctx, r.Store, mb, now, place)
	if err != nil {
		return 0, err
	}
	n, hold := engine.Room(mb, sent, now, place, cal)
	if n > 0 || hold.Until.Equal(mb.NextSendAt) {
		return n, nil
	}
	return 0, r.Store.InTx(ctx, func(tx *store.Tx) error {
		return tx.HoldMailbox(ctx, mb.WorkspaceID, mb.ID, hold.Gate, hold.Why, hold.Until, now)
	})
}

// readFirst reads the mailbox up to now when a follow-up is among what is due, and
// says whether it did.
func (r *Runner) readFirst(ctx context.Context, mb sales.Mailbox, due []sales.Mailing) (bool, error) {
	if mb.State != sales.MailboxOK {
		return false, nil // nothing of it will go
	}
	for _, m := range due {
		if m.FollowUp && m.Kind != sales.MailingManual {
			return true, r.Reader.ReadNow(ctx, mb)
		}
	}
	return false, nil
}

// held is a mailing that may not go yet, or never.
type held struct {
	m sales.Mailing
	e sales.Enrollment
	h engine.Hold
	// stale: nobody wants it any more.
	stale bool
}

// gate splits what is due into what may go and what is held. It reads the
// people and enrollments after the mailbox was read, and gives the caps that it
// counted with.
func (r *Runner) gate(ctx context.Context, mb sales.Mailbox, b *casework.Batch, due []sales.Mailing, readErr error, now time.Time) ([]parcel, []held, caps, error) {
	f, err := r.facts(ctx, mb, b, due, now)
	if err != nil {
		return nil, nil, caps{}, err
	}
	var go_ []parcel
	var holds []held
	for _, m := range due {
		e := f.enrollments[m.EnrollmentID]
		p, ok := f.people[m.PersonID]
		if !ok || m.EnrollmentID != 0 && (!e.State.Alive() || e.State == sales.Paused) {
			// It ended, paused or was deleted in the moment in which the mail was
			// queued: taken back; resuming asks for it again.
			holds = append(holds, held{m: m, stale: true})
			continue
		}
		facts, state, err := r.factsOf(ctx, b, mb, m, e, p, f, readErr, now)
		if err != nil {
			return nil, nil, f.caps, err
		}
		h := engine.Gate(facts, now)
		if state != sales.SequenceRunning && (h.Go() || h.Gate == sales.GateLimits || h.Gate == sales.GateWindow) {
			h = engine.Hold{Gate: sales.GateLimits, Why: "the sequence is " + string(state), Until: now.Add(time.Hour)}
		}
		if a, away := f.away[e.OwnerID]; away && m.EnrollmentID != 0 && !h.Never {
			// The pass over absences takes it back, within moments.
			h = engine.Hold{Gate: sales.GateLimits, Why: "the seller is away until " + a.To.Format("2 Jan"), Until: now.Add(time.Minute)}
		}
		if h.Gate == sales.GateAnswer && sales.CodeOf(readErr) == sales.Internal {
			h.Until = now.Add(ourFault)
		}
		if !h.Go() {
			holds = append(holds, held{m: m, e: e, h: h})
			continue
		}
		if m.EnrollmentID != 0 && e.Mails == 0 && p.AccountID != 0 {
			f.beginning[p.AccountID]++
		}
		f.caps.more(m, p)
		go_ = append(go_, parcel{m: m, e: e, p: p})
	}
	return go_, holds, f.caps, nil
}

// bulk is what the gate needs of many mailings, read at once.
type bulk struct {
	people      map[sales.ID]sales.Person
	enrollments map[sales.ID]sales.Enrollment
	suppressed  map[string]string
	// beginning counts by account who gets a first mail in the same round.
	beginning map[sales.ID]int
	// active are by account the people who are being written to.
	active map[sales.ID][]sales.ID
	caps   caps
	away   map[sales.ID]sales.Absence // whose work waits, by seller
}

func (r *Runner) facts(ctx context.Context, mb sales.Mailbox, b *casework.Batch, due []sales.Mailing, now time.Time) (bulk, error) {
	f := bulk{beginning: map[sales.ID]int{}}
	var people, enrollments []sales.ID
	for _, m := range due {
		people, enrollments = append(people, m.PersonID), append(enrollments, m.EnrollmentID)
	}
	var err error
	if f.people, err = r.Store.PeopleByID(ctx, mb.WorkspaceID, people); err != nil {
		return f, err
	}
	if f.enrollments, err = r.Store.EnrollmentsByID(ctx, mb.WorkspaceID, enrollments); err != nil {
		return f, err
	}
	var accounts []sales.ID
	var addresses []string
	for _, p := range f.people {
		accounts, addresses = append(accounts, p.AccountID), append(addresses, p.Email)
	}
	known, err := r.Store.Accounts(ctx, mb.WorkspaceID, accounts)
	if err != nil {
		return f, err
	}
	b.Remember(f.people, known)
	accounts = accounts[:0]
	for _, e := range f.enrollments {
		if e.Mails == 0 {
			accounts = append(accounts, f.people[e.PersonID].AccountID)
		}
	}
	if f.active, err = r.Store.ActiveAtAccounts(ctx, mb.WorkspaceID, accounts); err != nil {
		return f, err
	}
	if f.caps, err = r.capsOf(ctx, b, f.people, now); err != nil {
		return f, err
	}
	if f.away, err = awayNow(ctx, r.Store, mb.WorkspaceID, now); err != nil {
		return f, err
	}
	f.suppressed, err = r.Store.SuppressedAmong(ctx, r.Store.DB, mb.WorkspaceID, addresses)
	return f, err
}

// factsOf gathers what the gate looks at, and the state of the sequence; a mail
// that a person wrote counts as one of a running sequence.
func (r *Runner) factsOf(ctx context.Context, b *casework.Batch, mb sales.Mailbox, m sales.Mailing, e sales.Enrollment, p sales.Person, f bulk, readErr error, now time.Time) (engine.Facts, sales.SequenceState, error) {
	w, err := b.Workspace(ctx)
	if err != nil {
		return engine.Facts{}, "", err
	}
	why, suppressed := f.suppressed[p.Email]
	out := engine.Facts{
		Mailing: m, Enrollment: e, Person: p, Mailbox: mb, Settings: w.Settings, Suppressed: suppressed, SuppressedWhy: why, ReadErr: readErr, ReadAt: now,
		DomainToday: f.caps.counted[store.ScopeDomain][sales.DomainOf(p.Email)], AccountToday: f.caps.counted[store.ScopeAccount][p.AccountID.String()], Workspace: f.caps.loc,
	}
	if m.EnrollmentID == 0 {
		return out, sales.SequenceRunning, nil
	}
	q, err := b.Sequence(ctx, e.SequenceID)
	if err != nil {
		return out, "", err
	}
	out.Rules = q.Rules
	if out.Calendar, err = b.Calendar(ctx, q); err != nil {
		return out, "", err
	}
	if out.Place, err = b.Place(ctx, p, e.OwnerID); err != nil {
		return out, "", err
	}
	if q.Rules.ActivePerAccount > 0 && e.Mails == 0 {
		out.ActiveAt = f.beginning[p.AccountID]
		for _, other := range f.active[p.AccountID] {
			if other != p.ID {
				out.ActiveAt++
			}
		}
	}
	return out, q.State, nil
}

// hold writes down why mailings have not gone, and ends what will never go.
func (r *Runner) hold(ctx context.Context, ws sales.ID, holds []held, now time.Time) error {
	if len(holds) == 0 {
		return nil
	}
	return r.Store.InTx(ctx, func(tx *store.Tx) error {
		b := casework.New(tx, ws)
		for _, x := range holds {
			if x.stale {
				if _, err := tx.CancelMailing(ctx, ws, x.m.ID); err != nil {
					return err
				}
				continue
			}
			if !x.h.Never {
				if err := tx.HoldMailing(ctx, x.m, x.h.Gate, x.h.Why, x.h.Until); err != nil {
					return err
				}
				continue
			}
			if err := r.never(ctx, tx, b, x, now); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *Runner) never(ctx context.Context, tx *store.Tx, b *casework.Batch, x held, now time.Time) error {
	if _, err := tx.CancelMailing(ctx, x.m.WorkspaceID, x.m.ID); err != nil || x.m.EnrollmentID == 0 {
		return err
	}
	e, err := tx.Enrollment(ctx, x.m.WorkspaceID, x.m.EnrollmentID)
	if err != nil {
		return err
	}
	_, _, err = b.Decide(ctx, tx, e, sales.Event{Kind: sales.EvSuppressed, At: now, Text: x.h.Why}, store.Subject{}, now)
	return err
}

// block gives a mailing back that cannot be made, with a to-do for the seller.
func (r *Runner) block(ctx context.Context, x parcel, now time.Time) error {
	return casework.Retry(func() error {
		return r.Store.InTx(ctx, func(tx *store.Tx) error {
			if ok, err := tx.CancelMailing(ctx, x.m.WorkspaceID, x.m.ID); err != nil || !ok {
				return err
			}
			if x.m.EnrollmentID == 0 {
				_, err := tx.OpenTask(ctx, sales.Task{
					WorkspaceID: x.m.WorkspaceID, ID: tx.NewID(), Key: fmt.Sprintf("mailing/%d/fix", x.m.ID), Kind: sales.TaskFix, PersonID: x.m.PersonID,
					UserID: x.m.UserID, MailingID: x.m.ID, Title: x.blocked, CreatedAt: now, DueAt: now,
				})
				return err
			}
			e, err := tx.Enrollment(ctx, x.m.WorkspaceID, x.m.EnrollmentID)
			if err != nil {
				return err
			}
			b := casework.New(tx, x.m.WorkspaceID)
			_, _, err = b.Decide(ctx, tx, e, sales.Event{Kind: sales.EvMailBlocked, At: now, MailingID: x.m.ID, StepID: x.m.StepID, Text: x.blocked}, store.Subject{}, now)
			return err
		})
	})
}

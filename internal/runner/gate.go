package runner

import (
	"context"
	"maps"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// held is a mailing that may not go yet, or never.
type held struct {
	m sales.Mailing
	e sales.Enrollment
	h engine.Hold
	// stale: nobody wants it any more.
	stale bool
}

// gate splits what is due into what may go and what is held. It reads the
// people and enrollments after the mailbox was read, but for those who are given
// because it was not, and gives what it has read.
func (r *Runner) gate(ctx context.Context, mb sales.Mailbox, b *casework.Batch, due []sales.Mailing, written map[sales.ID]sales.Letter, people map[sales.ID]sales.Person, readErr error, now time.Time) ([]parcel, []held, bulk, error) {
	f, err := r.facts(ctx, mb, b, due, written, people, now)
	if err != nil {
		return nil, nil, bulk{}, err
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
			return nil, nil, f, err
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
		x := parcel{m: m, e: e, p: p, l: written[m.ID]}
		if m.EnrollmentID != 0 && e.Mails == 0 && p.AccountID != 0 {
			x.beside = facts.Rules.ActivePerAccount
		}
		go_ = append(go_, x)
	}
	return go_, holds, f, nil
}

// bulk is what the gate needs of many mailings, read at once.
type bulk struct {
	people      map[sales.ID]sales.Person
	accounts    map[sales.ID]sales.Account
	enrollments map[sales.ID]sales.Enrollment
	suppressed  map[string]store.Stop
	asked       map[sales.ID]bool // people whose a message may be
	// beginning counts by account who gets a first mail in the same round.
	beginning map[sales.ID]int
	// active are by account the people who are being written to.
	active  map[sales.ID][]sales.ID
	caps    caps
	away    map[sales.ID]sales.Absence // whose work waits, by seller
	written map[sales.ID]sales.Letter  // by mailing
}

func (r *Runner) facts(ctx context.Context, mb sales.Mailbox, b *casework.Batch, due []sales.Mailing, written map[sales.ID]sales.Letter, read map[sales.ID]sales.Person, now time.Time) (bulk, error) {
	f := bulk{beginning: map[sales.ID]int{}, written: written}
	var people, enrollments []sales.ID
	var rest []sales.ID
	for _, m := range due {
		people, enrollments = append(people, m.PersonID), append(enrollments, m.EnrollmentID)
		if _, ok := read[m.PersonID]; !ok {
			rest = append(rest, m.PersonID)
		}
	}
	var err error
	if f.people, err = r.Store.PeopleByID(ctx, mb.WorkspaceID, rest); err != nil {
		return f, err
	}
	maps.Copy(f.people, read)
	if f.enrollments, err = r.Store.EnrollmentsByID(ctx, mb.WorkspaceID, enrollments); err != nil {
		return f, err
	}
	var accounts []sales.ID
	var addresses []string
	for _, p := range f.people {
		accounts, addresses = append(accounts, p.AccountID), append(addresses, p.Email)
	}
	for _, l := range written {
		addresses = append(addresses, l.Others("")...)
	}
	if f.accounts, err = r.Store.Accounts(ctx, mb.WorkspaceID, accounts); err != nil {
		return f, err
	}
	b.Remember(f.people, f.accounts)
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
	if f.asked, err = r.Store.AskedAmong(ctx, r.Store.DB, mb.WorkspaceID, people); err != nil {
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
	for _, a := range f.written[m.ID].Others(p.Email) {
		if x, no := f.suppressed[a]; no && !suppressed {
			why, suppressed = store.Stop{Reason: sales.EndUnsubscribe, Source: a + ", who would get it too: " + x.Why()}, true
		}
	}
	out := engine.Facts{
		Unless:  f.written[m.ID].Unless,
		Mailing: m, Enrollment: e, Person: p, Mailbox: mb, Settings: w.Settings, Suppressed: suppressed, SuppressedFor: why.Reason, SuppressedWhy: why.Why(), Asked: f.asked[p.ID], ReadErr: readErr, ReadAt: now,
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

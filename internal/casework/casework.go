// Package casework carries an enrollment from the database to the engine and
// the decision back: it gathers what surrounds the enrollment (plan, zone,
// hours), asks engine.Decide, weighs the ledger lines and calls Tx.Apply. The
// three inputs (mail, clock, people) share it, so that there is one way through
// the code. It holds no rule of its own.
package casework

import (
	"context"
	"errors"
	"strings"
	"time"

	"ninetyten/internal/balance"
	"ninetyten/internal/calendar"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Reader is what a Batch reads with: a *store.Store, or the *store.Tx of the
// transaction in which the decision is written.
type Reader interface {
	Workspace(ctx context.Context, id sales.ID) (sales.Workspace, error)
	Sequence(ctx context.Context, ws, id sales.ID) (sales.Sequence, error)
	PersonAny(ctx context.Context, ws, id sales.ID) (sales.Person, error)
	Account(ctx context.Context, ws, id sales.ID) (sales.Account, error)
	User(ctx context.Context, ws, id sales.ID) (sales.User, error)
	DaysOff(ctx context.Context, ws sales.ID) ([]sales.DayOff, error)
	OpenDealsAt(ctx context.Context, ws sales.ID, accounts []sales.ID) (map[sales.ID][]sales.Deal, error)
	PartsIn(ctx context.Context, ws sales.ID, deals []sales.ID) (map[sales.ID][]sales.Part, error)
	OpenAbsences(ctx context.Context, ws sales.ID) ([]sales.Absence, error)
}

// Batch remembers what it has read, for the length of one piece of work. It is
// for one goroutine and one workspace.
type Batch struct {
	r         Reader
	ws        sales.ID
	workspace *sales.Workspace
	sequences map[sales.ID]sales.Sequence
	people    map[sales.ID]sales.Person
	accounts  map[sales.ID]sales.Account
	users     map[sales.ID]sales.User
	zones     *calendar.Zones
	off       **calendar.DaysOff        // nil: not read yet
	deals     map[sales.ID][]sales.Deal // open ones, by account
	parts     map[sales.ID][]sales.Part // by deal, where an account has several
	away      *[]sales.Absence          // nil: not read yet
}

// New begins a batch.
func New(r Reader, ws sales.ID) *Batch {
	return &Batch{
		r: r, ws: ws, sequences: map[sales.ID]sales.Sequence{}, people: map[sales.ID]sales.Person{},
		accounts: map[sales.ID]sales.Account{}, users: map[sales.ID]sales.User{}, zones: &calendar.Zones{},
		deals: map[sales.ID][]sales.Deal{}, parts: map[sales.ID][]sales.Part{},
	}
}

// On gives a batch that reads with r from now on. It keeps what hardly changes
// under it (sequences, accounts, users and the workspace) and forgets the people
// and the deals.
func (b *Batch) On(r Reader) *Batch {
	return &Batch{
		r: r, ws: b.ws, workspace: b.workspace, sequences: b.sequences, people: map[sales.ID]sales.Person{},
		accounts: b.accounts, users: b.users, zones: b.zones, off: b.off, away: b.away,
		deals: map[sales.ID][]sales.Deal{}, parts: map[sales.ID][]sales.Part{},
	}
}

// Workspace gives the workspace.
func (b *Batch) Workspace(ctx context.Context) (sales.Workspace, error) {
	if b.workspace != nil {
		return *b.workspace, nil
	}
	w, err := b.r.Workspace(ctx, b.ws)
	if err != nil {
		return w, err
	}
	b.workspace = &w
	return w, nil
}

// Sequence gives a sequence with its steps.
func (b *Batch) Sequence(ctx context.Context, id sales.ID) (sales.Sequence, error) {
	return once(b.sequences, id, func() (sales.Sequence, error) { return b.r.Sequence(ctx, b.ws, id) })
}

// Person gives a person.
func (b *Batch) Person(ctx context.Context, id sales.ID) (sales.Person, error) {
	return once(b.people, id, func() (sales.Person, error) { return b.r.PersonAny(ctx, b.ws, id) })
}

// Account gives an account; 0 is an empty one.
func (b *Batch) Account(ctx context.Context, id sales.ID) (sales.Account, error) {
	return once(b.accounts, id, func() (sales.Account, error) { return b.r.Account(ctx, b.ws, id) })
}

// User gives a user; one that is gone is an empty one.
func (b *Batch) User(ctx context.Context, id sales.ID) (sales.User, error) {
	return once(b.users, id, func() (sales.User, error) {
		u, err := b.r.User(ctx, b.ws, id)
		if sales.CodeOf(err) == sales.NotFound {
			return sales.User{}, nil
		}
		return u, err
	})
}

// Remember fills the batch with rows that were read in bulk.
func (b *Batch) Remember(people map[sales.ID]sales.Person, accounts map[sales.ID]sales.Account) {
	for id, p := range people {
		b.people[id] = p
	}
	for id, a := range accounts {
		b.accounts[id] = a
	}
}

func once[T any](m map[sales.ID]T, id sales.ID, read func() (T, error)) (T, error) {
	if v, ok := m[id]; ok {
		return v, nil
	}
	v, err := read()
	if err != nil {
		return v, err
	}
	m[id] = v
	return v, nil
}

// Place says where a person works, with the fallbacks person, account, seller,
// workspace.
func (b *Batch) Place(ctx context.Context, p sales.Person, owner sales.ID) (calendar.Place, error) {
	a, err := b.Account(ctx, p.AccountID)
	if err != nil && sales.CodeOf(err) != sales.NotFound {
		return calendar.Place{}, err
	}
	u, err := b.User(ctx, owner)
	if err != nil {
		return calendar.Place{}, err
	}
	w, err := b.Workspace(ctx)
	if err != nil {
		return calendar.Place{}, err
	}
	return b.zones.ResolveIn(calendar.Origins{
		Person:     calendar.Origin{Zone: p.Zone, Country: p.Country, Subdivision: p.Subdivision},
		Account:    calendar.Origin{Zone: a.Zone, Country: a.Country, Subdivision: a.Subdivision},
		SenderZone: u.Zone, Workspace: w.Settings.Zone,
	}), nil
}

// Calendar is when mails of a sequence may go: the hours of its schedule, else
// those of the workspace, and the days off. The zero sequence is a mail that
// belongs to none.
func (b *Batch) Calendar(ctx context.Context, q sales.Sequence) (calendar.Calendar, error) {
	w, err := b.Workspace(ctx)
	if err != nil {
		return calendar.Calendar{}, err
	}
	off, err := b.daysOff(ctx)
	if err != nil {
		return calendar.Calendar{}, err
	}
	c := calendar.For(w.Settings)
	c.Off = off
	if s := q.Schedule; s != nil {
		c.Windows, c.Holidays = s.Windows, s.Holidays
		if !s.DaysOff {
			c.Off = nil
		}
	}
	return c, nil
}

// daysOff are the days off of the workspace.
func (b *Batch) daysOff(ctx context.Context) (*calendar.DaysOff, error) {
	if b.off == nil {
		days, err := b.r.DaysOff(ctx, b.ws)
		if err != nil {
			return nil, err
		}
		off := calendar.NewDaysOff(days)
		b.off = &off
	}
	return *b.off, nil
}

// SellerHours are when a seller works: the hours of calls where they are, without
// days off and the absences during which everything of theirs waits.
func (b *Batch) SellerHours(ctx context.Context, user sales.ID) (calendar.Hours, error) {
	w, err := b.Workspace(ctx)
	if err != nil {
		return calendar.Hours{}, err
	}
	place, err := b.SellerPlace(ctx, user)
	if err != nil {
		return calendar.Hours{}, err
	}
	off, err := b.daysOff(ctx)
	if err != nil {
		return calendar.Hours{}, err
	}
	if b.away == nil {
		list, err := b.r.OpenAbsences(ctx, b.ws)
		if err != nil {
			return calendar.Hours{}, err
		}
		b.away = &list
	}
	return calendar.WorkHours(w.Settings, off, place, calendar.AwayOf(*b.away, user)...), nil
}

// SellerPlace says where a seller works.
func (b *Batch) SellerPlace(ctx context.Context, user sales.ID) (calendar.Place, error) {
	u, err := b.User(ctx, user)
	if err != nil {
		return calendar.Place{}, err
	}
	w, err := b.Workspace(ctx)
	if err != nil {
		return calendar.Place{}, err
	}
	return b.zones.Resolve("", "", "", "", u.Zone, w.Settings.Zone), nil
}

// Case gathers what surrounds an enrollment.
func (b *Batch) Case(ctx context.Context, e sales.Enrollment) (engine.Case, error) {
	q, err := b.Sequence(ctx, e.SequenceID)
	if err != nil {
		return engine.Case{}, err
	}
	p, err := b.Person(ctx, e.PersonID)
	if err != nil {
		return engine.Case{}, err
	}
	return b.CaseOf(ctx, q, p, e.OwnerID)
}

// CaseOf gathers what surrounds a person in a sequence, which may be one that is
// not saved.
func (b *Batch) CaseOf(ctx context.Context, q sales.Sequence, p sales.Person, owner sales.ID) (engine.Case, error) {
	place, err := b.Place(ctx, p, owner)
	if err != nil {
		return engine.Case{}, err
	}
	c, err := b.Calendar(ctx, q)
	if err != nil {
		return engine.Case{}, err
	}
	a, err := b.Account(ctx, p.AccountID)
	if err != nil && sales.CodeOf(err) != sales.NotFound {
		return engine.Case{}, err
	}
	values, err := b.conditionValues(ctx, q, p, a, owner)
	if err != nil {
		return engine.Case{}, err
	}
	return engine.Case{Plan: PlanOf(q), Calendar: c, Place: place, Anchor: q.Anchor.Of(p), Values: values}, nil
}

// PlanOf is what the engine needs to know of a sequence.
func PlanOf(q sales.Sequence) sales.Plan {
	return sales.Plan{Steps: q.Steps, Rules: q.Rules, Anchored: !q.Anchor.IsZero()}
}

// Decide asks the engine about one enrollment and writes the answer.
func (b *Batch) Decide(ctx context.Context, tx *store.Tx, e sales.Enrollment, ev sales.Event, sub store.Subject, now time.Time) (sales.Decision, store.Applied, error) {
	c, err := b.Case(ctx, e)
	if err != nil {
		return sales.Decision{}, store.Applied{}, err
	}
	d := engine.Decide(c, e, ev, now)
	if sub.Person.ID == 0 {
		if sub.Person, err = b.Person(ctx, e.PersonID); err != nil {
			return d, store.Applied{}, err
		}
	}
	if err := b.name(ctx, e, d.Moves); err != nil {
		return d, store.Applied{}, err
	}
	Weigh(d.Moves)
	out, err := tx.Apply(ctx, e, d, sub, now)
	if err != nil || !out.Before {
		return d, out, err
	}
	return b.skip(ctx, tx, c, d, sub, out, now)
}

// skip goes on past a step that turned out to be done before.
func (b *Batch) skip(ctx context.Context, tx *store.Tx, c engine.Case, was sales.Decision, sub store.Subject, out store.Applied, now time.Time) (sales.Decision, store.Applied, error) {
	d := engine.Decide(c, was.Next, sales.Event{Kind: sales.EvStepBefore, At: now}, now)
	if err := b.name(ctx, was.Next, d.Moves); err != nil {
		return d, out, err
	}
	Weigh(d.Moves)
	more, err := tx.Apply(ctx, was.Next, d, sub, now)
	d.Effects, d.Moves = append(was.Effects, d.Effects...), append(was.Moves, d.Moves...)
	d.Changed = true
	out = store.Applied{Tasks: more.Tasks, Suppressed: out.Suppressed || more.Suppressed} // what the step had opened is taken back
	return d, out, err
}

// name lets ledger lines about the state of an enrollment say which sequence
// they are about.
func (b *Batch) name(ctx context.Context, e sales.Enrollment, moves []sales.Move) error {
	for i := range moves {
		if moves[i].Kind != sales.MoveState {
			continue
		}
		q, err := b.Sequence(ctx, e.SequenceID)
		if err != nil {
			return err
		}
		moves[i].Text = "Sequence “" + q.Name + "”" + joint(moves[i].Text) + moves[i].Text + "."
	}
	return nil
}

// joint goes between the name of a sequence and what became of it.
func joint(why string) string {
	switch word, _, _ := strings.Cut(strings.ReplaceAll(why, ":", " "), " "); word {
	case "started", "stopped", "finished", "paused", "resumed", "failed", "removed":
		return " "
	}
	return ": "
}

// Weigh puts the effort and the asking into ledger lines, by the table of
// package balance.
func Weigh(moves []sales.Move) {
	for i := range moves {
		_, minutes, asks := balance.Effort(moves[i].Kind)
		if moves[i].Minutes == 0 {
			moves[i].Minutes = minutes
		}
		moves[i].Asks = moves[i].Asks || asks
	}
}

// Retry runs fn again when it lost a race, a few times.
func Retry(fn func() error) error {
	var err error
	for range 5 {
		if err = fn(); err == nil || sales.CodeOf(err) != sales.Conflict {
			return err
		}
	}
	return errors.Join(err, sales.Errorf(sales.Conflict, "This changes too fast. Try again in a moment."))
}

package bench

import (
	"context"
	"fmt"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// A database is filled by copies of two people who went the real way through
// the program: one who was put into the sequence, and one who also got the first
// mail. The copies are made inside the database, with numbers of their own; so
// whatever the program writes for a person is there, and a million take seconds.

// dueEvery is of how many people one is due on a day of most benches.
const dueEvery = 10

// scatter is i made into a number below 2^31 that looks random (the multiplier
// of MINSTD, Park and Miller 1988).
const scatter = "(i * 48271 % 2147483647)"

// mailed says of which copies the first mail went out long ago: six of ten.
const mailed = "(" + scatter + " / 10 % 10 >= 4)"

// load fills the world with n people, each active in the sequence. One of every
// is due on each of the first days (workday 0, 1, …), the others in a year.
func (w *world) load(ctx context.Context, n, every, days int) (time.Duration, error) {
	began := time.Now()
	old, err := w.pattern(ctx, "old", true)
	if err != nil {
		return 0, err
	}
	fresh, err := w.pattern(ctx, "fresh", false)
	if err != nil {
		return 0, err
	}
	c := &copier{w: w, n: n, every: every, days: days, base: map[string]sales.ID{}}
	indexes, err := c.dropIndexes(ctx)
	if err != nil {
		return 0, err
	}
	if err := c.copyAll(ctx, fresh, old); err != nil {
		return 0, err
	}
	for _, create := range indexes {
		if _, err := w.store.DB.Exec(ctx, create); err != nil {
			return 0, err
		}
	}
	// What the program tells the database of its indexes went with them.
	if err := w.store.Migrate(ctx); err != nil {
		return 0, err
	}
	if p := w.store.DB.Pool(); p != nil {
		if _, err := p.Exec(ctx, "VACUUM ANALYZE"); err != nil {
			return 0, err
		}
	}
	return time.Since(began), nil
}

// pattern is the person that copies are made of.
type pattern struct{ account, person, enrollment sales.ID }

// pattern puts one person into the sequence and, when they are to have history,
// sends the first mail.
func (w *world) pattern(ctx context.Context, name string, history bool) (pattern, error) {
	at := benchNow().AddDate(0, 0, -14)
	w.clock.set(at)
	m := pattern{account: w.store.NewID(), person: w.store.NewID(), enrollment: w.store.NewID()}
	a := sales.Account{WorkspaceID: w.ws, ID: m.account, Name: "Model " + name, Domain: name + ".example", CreatedAt: at}
	p := sales.Person{
		WorkspaceID: w.ws, ID: m.person, AccountID: m.account, OwnerID: w.user.ID, Email: "person@" + name + ".example", FirstName: "Marta", LastName: "Oliveira",
		Title: "Head of Operations", Zone: "UTC", Custom: map[string]string{"city": "Lisbon"}, CreatedAt: at, UpdatedAt: at,
	}
	e := sales.Enrollment{
		WorkspaceID: w.ws, ID: m.enrollment, SequenceID: w.seq.ID, PersonID: p.ID, AccountID: a.ID, OwnerID: w.user.ID, MailboxID: w.boxes[0].MailboxID,
		State: sales.Active, Actor: sales.BySystem, StateAt: at, NextAt: at, Version: 1, LastStepAt: at, EnrolledAt: at,
	}
	if !history {
		e.NextAt = later()
	}
	err := w.store.InTx(ctx, func(tx *store.Tx) error {
		if err := tx.InsertAccount(ctx, a); err != nil {
			return err
		}
		if err := tx.InsertPerson(ctx, p, a.Name); err != nil {
			return err
		}
		return tx.InsertEnrollment(ctx, e)
	})
	if err != nil || !history {
		return m, err
	}
	r := w.node("model", w.store, &taker{}, Options{})
	if _, err := r.Advance(ctx, w.ws); err != nil {
		return m, err
	}
	if n, err := r.Drain(ctx, w.boxes[0]); err != nil || n == 0 {
		return m, fmt.Errorf("the model person got %d mails: %w", n, err)
	}
	return m, nil
}

// later is when those are due who are not due on a day of the bench.
func later() time.Time { return benchNow().AddDate(1, 0, 0) }

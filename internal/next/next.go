// Package next is the queue that serves one person at a time: it gathers who
// needs a user, lets rank order them, and leases the one who is served so that
// nobody is served to two. It decides nothing about sequences.
package next

import (
	"context"
	"time"

	"ninetyten/internal/balance"
	"ninetyten/internal/calendar"
	"ninetyten/internal/casework"
	"ninetyten/internal/rank"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// Queue serves people.
type Queue struct {
	Store *store.Store
	Clock sales.Clock // of the business
	// Wall is the clock of leases: a person's twenty minutes are real ones
	// whatever clock the business runs on.
	Wall func() time.Time
}

// Served is the person to deal with now, and what surrounds them.
type Served struct {
	rank.Ranked
	LeaseUntil time.Time // on the wall clock
}

// View is the queue as a user sees it.
type View struct {
	Now  *Served // nil: nobody waits
	Next []rank.Ranked
	Held []rank.Ranked // not before a time, or until something happens
	Done int           // people dealt with today
}

// maxTasks bounds how many open tasks are ranked at once: the first due ones.
const maxTasks = 500

// Look gives the queue of a user without leasing anybody.
func (q *Queue) Look(ctx context.Context, v sales.Viewer) (View, error) {
	list, err := q.ranked(ctx, v)
	if err != nil {
		return View{}, err
	}
	var out View
	leases, err := q.Store.PersonLeases(ctx, v.WorkspaceID, q.Wall())
	if err != nil {
		return View{}, err
	}
	for _, r := range list {
		switch l, ok := leases[r.Person.ID]; {
		case ok && l.UserID != v.UserID:
			// somebody else is with them
		case r.Held:
			out.Held = append(out.Held, r)
		default:
			out.Next = append(out.Next, r)
		}
	}
	place, err := casework.New(q.Store, v.WorkspaceID).SellerPlace(ctx, v.UserID)
	if err != nil {
		return View{}, err
	}
	out.Done, err = q.Store.DoneSince(ctx, v.WorkspaceID, v.UserID, calendar.DayStart(q.Clock.Now(), place.Loc))
	return out, err
}

// Serve gives the queue with the first person leased to the user. Whom the user
// has already stays theirs, even when somebody more urgent came: nobody is
// pulled away in the middle of a sentence.
func (q *Queue) Serve(ctx context.Context, v sales.Viewer, want sales.ID) (View, error) {
	view, err := q.Look(ctx, v)
	if err != nil {
		return view, err
	}
	order := view.Next
	held := append([]rank.Ranked{}, view.Held...)
	mine := want
	if mine == 0 {
		if mine, err = q.current(ctx, v); err != nil {
			return view, err
		}
	}
	if mine != 0 {
		for _, list := range [][]rank.Ranked{order, held} {
			for _, r := range list {
				if r.Person.ID == mine && (want != 0 || !r.Held) {
					order = append([]rank.Ranked{r}, order...)
				}
			}
		}
	}
	w, err := q.Store.Workspace(ctx, v.WorkspaceID)
	if err != nil {
		return view, err
	}
	for _, r := range order {
		now := q.Wall()
		until := now.Add(w.Settings.LeaseFor)
		ok, err := q.Store.LeasePerson(ctx, v, r.Person.ID, now, until)
		if err != nil {
			return view, err
		}
		if !ok {
			continue // somebody else was served them in this moment
		}
		view.Now = &Served{Ranked: r, LeaseUntil: until}
		break
	}
	if view.Now != nil {
		view.Next = without(view.Next, view.Now.Person.ID)
		view.Held = without(view.Held, view.Now.Person.ID)
	}
	return view, nil
}

func without(list []rank.Ranked, id sales.ID) []rank.Ranked {
	var out []rank.Ranked
	for _, r := range list {
		if r.Person.ID != id {
			out = append(out, r)
		}
	}
	return out
}

// current gives whom the user has now, or 0.
func (q *Queue) current(ctx context.Context, v sales.Viewer) (sales.ID, error) {
	leases, err := q.Store.PersonLeases(ctx, v.WorkspaceID, q.Wall())
	if err != nil {
		return 0, err
	}
	for id, l := range leases {
		if l.UserID == v.UserID {
			return id, nil
		}
	}
	return 0, nil
}

// Release lets go of a person.
func (q *Queue) Release(ctx context.Context, v sales.Viewer, person sales.ID) error {
	return q.Store.ReleasePerson(ctx, v, person)
}

// ranked gathers the candidates of a user and orders them.
func (q *Queue) ranked(ctx context.Context, v sales.Viewer) ([]rank.Ranked, error) {
	now := q.Clock.Now()
	tasks, err := q.Store.OpenTasks(ctx, v.WorkspaceID, v.UserID, maxTasks)
	if err != nil {
		return nil, err
	}
	by := map[sales.ID][]sales.Task{}
	var ids, messages []sales.ID
	for _, t := range tasks {
		if len(by[t.PersonID]) == 0 {
			ids = append(ids, t.PersonID)
		}
		by[t.PersonID] = append(by[t.PersonID], t)
		if t.MessageID != 0 {
			messages = append(messages, t.MessageID)
		}
	}
	people, err := q.Store.PeopleByID(ctx, v.WorkspaceID, ids)
	if err != nil {
		return nil, err
	}
	said, err := q.Store.MessagesByID(ctx, v.WorkspaceID, messages)
	if err != nil {
		return nil, err
	}
	b := casework.New(q.Store, v.WorkspaceID)
	w, err := b.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	if err := q.remember(ctx, b, v, people); err != nil {
		return nil, err
	}
	moves, err := q.Store.MovesOfMany(ctx, v.WorkspaceID, ids)
	if err != nil {
		return nil, err
	}
	var cs []rank.Candidate
	for _, id := range ids {
		p, ok := people[id]
		if scope := v.OwnerScope(); !ok || scope != 0 && p.OwnerID != 0 && p.OwnerID != scope {
			continue // whom the user may not see cannot be served to them
		}
		c, err := q.candidate(ctx, b, v, p, by[id], said, moves[id], now)
		if err != nil {
			return nil, err
		}
		cs = append(cs, c)
	}
	return rank.Order(cs, now, w.Settings), nil
}

// remember reads the accounts of the candidates at once.
func (q *Queue) remember(ctx context.Context, b *casework.Batch, v sales.Viewer, people map[sales.ID]sales.Person) error {
	var accounts []sales.ID
	for _, p := range people {
		accounts = append(accounts, p.AccountID)
	}
	known, err := q.Store.Accounts(ctx, v.WorkspaceID, accounts)
	if err != nil {
		return err
	}
	b.Remember(people, known)
	return nil
}

func (q *Queue) candidate(ctx context.Context, b *casework.Batch, v sales.Viewer, p sales.Person, tasks []sales.Task, said map[sales.ID]sales.Message, moves []sales.Move, now time.Time) (rank.Candidate, error) {
	place, err := b.Place(ctx, p, v.UserID)
	if err != nil {
		return rank.Candidate{}, err
	}
	a, err := b.Account(ctx, p.AccountID)
	if err != nil && sales.CodeOf(err) != sales.NotFound {
		return rank.Candidate{}, err
	}
	bal := balance.Compute(moves, now)
	c := rank.Candidate{Person: p, Company: a.Name, Tasks: tasks, Place: place, Share: bal.Share, Known: bal.Band != balance.Unknown}
	for _, t := range tasks {
		if m, ok := said[t.MessageID]; ok {
			c.Said = m.Text
		}
	}
	c.CallNotBefore, c.CallWhy = callLimit(moves, now)
	return c, nil
}

// callLimit spaces calls: four hours apart, two a day, four a person without a
// talk (design/product.md).
func callLimit(moves []sales.Move, now time.Time) (time.Time, string) {
	var last time.Time
	today, all := 0, 0
	for _, m := range moves { // the newest first
		if m.Kind == sales.MoveTalk {
			break
		}
		if m.Kind != sales.MoveCall {
			continue
		}
		all++
		if m.At.After(last) {
			last = m.At
		}
		if now.Sub(m.At) < 24*time.Hour {
			today++
		}
	}
	switch {
	case last.IsZero():
		return time.Time{}, ""
	case all >= 4 && now.Sub(last) < 30*24*time.Hour:
		return last.AddDate(0, 0, 30), "called four times without a talk"
	case today >= 2:
		return last.Add(20 * time.Hour), "called twice in a day"
	case now.Sub(last) < 4*time.Hour:
		return last.Add(4 * time.Hour), "called less than four hours ago"
	}
	return time.Time{}, ""
}

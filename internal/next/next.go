// Package next is the queue that serves one person at a time: it gathers who
// needs a user, lets rank order them, and leases the one who is served so that
// nobody is served to two. It decides nothing about sequences.
//
// It never reads a whole queue. Of each lane of tasks it takes the first due ones
// (perLane), orders their people by what is known from the tasks alone, and looks
// up the rest for so many of them that nobody behind could come first.
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

// MaxDialed is how long somebody who was dialed stays reserved at most when no
// outcome of the call is logged.
const MaxDialed = 2 * time.Hour

// QuietAfter is how long the next step may be ours, with nothing to do, before the
// person comes up by themselves.
const QuietAfter = 3 * 24 * time.Hour

// Served is the person to deal with now, and what surrounds them.
type Served struct {
	rank.Ranked
	LeaseUntil time.Time // on the wall clock
	Dialed     bool      // they were dialed, and what came of it is not logged yet
}

// View is the queue as a user sees it.
type View struct {
	Now *Served // nil: nobody waits
	// Next and Held have people and tasks in brief, see store.QueuePerson and
	// store.QueueTasks; Held are not before a time, or until something happens.
	Next []rank.Ranked
	Held []rank.Ranked
	Done int // people dealt with today

	// Today is how many of those who wait, Now among them, fit into the working hours
	// that are left, Minutes how long they take, and Left how long those hours are.
	Today   int
	Minutes int
	Left    time.Duration
	More    bool // more wait than were read
}

// Look gives the queue of a user without leasing anybody.
func (q *Queue) Look(ctx context.Context, v sales.Viewer) (View, error) {
	_, view, err := q.look(ctx, v, 0)
	return view, err
}

// look reads a queue, all of it from one state of the database.
func (q *Queue) look(ctx context.Context, v sales.Viewer, want sales.ID) (g *gathering, view View, err error) {
	err = q.Store.DB.Together(ctx, func(ctx context.Context) error {
		if g, err = q.gather(ctx, v, want); err != nil {
			return err
		}
		view, err = q.view(ctx, g)
		return err
	})
	return g, view, err
}

// view makes what a user sees of what was gathered.
func (q *Queue) view(ctx context.Context, g *gathering) (View, error) {
	out := View{More: g.full}
	for _, r := range g.ranked {
		if r.Held {
			out.Held = append(out.Held, r)
		} else {
			out.Next = append(out.Next, r)
		}
	}
	place, err := g.batch.SellerPlace(ctx, g.v.UserID)
	if err != nil {
		return out, err
	}
	if out.Done, err = q.Store.DoneSince(ctx, g.v.WorkspaceID, g.v.UserID, calendar.DayStart(g.now, place.Loc)); err != nil {
		return out, err
	}
	out.Left = calendar.For(g.settings).Left(g.now, place)
	list := make([]rank.Turn, 0, len(out.Next)+len(g.waiting)-g.looked)
	for _, r := range out.Next {
		list = append(list, rank.Turn{Task: r.Task, Pinned: !r.Pinned.IsZero()})
	}
	for _, w := range g.waiting[g.looked:] {
		list = append(list, rank.Turn{Task: w.tasks[0]})
	}
	out.Today, out.Minutes = rank.Day(list, int(out.Left/time.Minute))
	return out, nil
}

// Serve gives the queue with the first person leased to the user. Whom the user
// has already stays theirs, even when somebody more urgent came: nobody is pulled
// away in the middle of a sentence. Who was dialed comes back until the outcome of
// the call is logged, MaxDialed at most.
func (q *Queue) Serve(ctx context.Context, v sales.Viewer, want sales.ID) (View, error) {
	for range maxServe {
		g, view, err := q.look(ctx, v, want)
		if err != nil {
			return view, err
		}
		if view.Now, err = q.lease(ctx, g, want); err != nil {
			return view, err
		}
		if view.Now == nil {
			return view, nil
		}
		ok, err := q.whole(ctx, v, view.Now)
		if err != nil {
			return view, err
		}
		if ok {
			view.Next = without(view.Next, view.Now.Person.ID)
			view.Held = without(view.Held, view.Now.Person.ID)
			return view, nil
		}
		if err := q.Release(ctx, v, view.Now.Person.ID); err != nil {
			return view, err
		}
	}
	return View{}, sales.Errorf(sales.Conflict, "Your queue changes faster than it can be read. Reload the page.")
}

// lease reserves the first of those who are offered that nobody else has; nil is
// nobody.
func (q *Queue) lease(ctx context.Context, g *gathering, want sales.ID) (*Served, error) {
	for _, r := range g.order(want) {
		now := q.Wall()
		l, mine := g.mine[r.Person.ID]
		if !mine || len(g.mine) > 1 || l.Until.Sub(now) < g.settings.LeaseFor/2 {
			l.Until = now.Add(g.settings.LeaseFor)
			ok, err := q.Store.LeasePerson(ctx, g.v, r.Person.ID, now, l.Until)
			if err != nil {
				return nil, err
			}
			if !ok {
				continue // somebody else was served them in this moment
			}
		}
		return &Served{Ranked: r, LeaseUntil: l.Until, Dialed: !l.DialedAt.IsZero()}, nil
	}
	return nil, nil
}

// whole reads all of a person who is leased, and of the task that leads. False tells
// that it is not to be done any more: somebody was quicker than the lease.
func (q *Queue) whole(ctx context.Context, v sales.Viewer, x *Served) (bool, error) {
	p, err := q.Store.Person(ctx, v, x.Person.ID)
	if sales.CodeOf(err) == sales.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	x.Person = p
	if x.Task.ID == 0 {
		return true, nil
	}
	t, err := q.Store.Task(ctx, v.WorkspaceID, x.Task.ID)
	if sales.CodeOf(err) == sales.NotFound {
		return false, nil
	}
	x.Task = t
	return err == nil && t.State == sales.TaskOpen && t.UserID == v.UserID, err
}

// order is who is offered first: who was asked for, whom the user has, then the rest.
func (g *gathering) order(want sales.ID) []rank.Ranked {
	var first, out []rank.Ranked
	var dialed []rank.Ranked
	for _, r := range g.ranked {
		l, mine := g.mine[r.Person.ID]
		switch {
		case want != 0 && r.Person.ID == want:
			first = append(first, r)
		case want == 0 && mine && !l.DialedAt.IsZero():
			dialed = append(dialed, r)
		case want == 0 && mine && !r.Held:
			first = append(first, r)
		case !r.Held:
			out = append(out, r)
		}
	}
	return append(append(first, dialed...), out...)
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

// Release lets go of a person.
func (q *Queue) Release(ctx context.Context, v sales.Viewer, person sales.ID) error {
	return q.Store.ReleasePerson(ctx, v, person)
}

// Dialed reserves a person for a user because the phone rings: until the outcome is
// logged, MaxDialed at most. False means that a colleague has them.
func (q *Queue) Dialed(ctx context.Context, v sales.Viewer, person sales.ID) (bool, error) {
	now := q.Wall()
	ok, err := q.Store.LeasePerson(ctx, v, person, now, now.Add(MaxDialed))
	if err != nil || !ok {
		return false, err
	}
	return q.Store.Dialed(ctx, v, person, now, now.Add(MaxDialed))
}

// Bounds of what is read for one look at a queue.
const (
	perLane  = 16  // first due tasks of each lane
	perLane2 = 400 // when none of those can be done now
	lookAt   = 16  // people whose details are read at once
	maxLook  = 400 // and in all
	maxQuiet = 12  // and of each kind of stir
	maxPut   = 40
	maxServe = 5 // looks, when what was served first is done meanwhile
)

// gathering is one look at a queue.
type gathering struct {
	*Queue
	v        sales.Viewer
	now      time.Time
	batch    *casework.Batch
	settings sales.Settings
	hours    calendar.Hours // of the user
	shares   func([]sales.Move) (float64, balance.Band)
	taken    map[sales.ID]bool              // by colleagues
	mine     map[sales.ID]store.PersonLease // of the user
	pins     map[sales.ID]time.Time
	deals    map[sales.ID]rank.QuietDeal // that went quiet on our side, by person
	waiting  []waiting                   // in the order of their tasks
	looked   int                         // how many of them were looked up
	ranked   []rank.Ranked
	full     bool
}

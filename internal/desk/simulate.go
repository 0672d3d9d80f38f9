package desk

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/engine"
	"ninetyten/internal/sales"
	"ninetyten/internal/simulate"
	"ninetyten/internal/store"
)

// Bounds of a look ahead.
const (
	aheadDays    = 30     // working days
	aheadPeople  = 20_000 // enrollments, with those of other sequences on the same mailboxes
	aheadEvents  = 200_000
	aheadListed  = 200 // happenings that one day lists
	aheadAssumes = "Nobody answers, and sellers do their tasks and approvals within an hour of open time. Whoever answers leaves the sequence."
)

// Forecast is what a sequence would do in the next 30 working days.
type Forecast struct {
	From, Until time.Time
	Assumes     string
	Days        []ForecastDay
	People      int  // whom it is about
	Cut         bool // more people or happenings than are looked at
	Ends        int  // enrollments that end in that time
}

// ForecastDay is one day of a forecast, of the workspace's zone.
type ForecastDay struct {
	Day   string // YYYY-MM-DD
	Mails int
	Tasks int
	Items []ForecastItem // the first 200, in order
}

// ForecastItem is one thing that would happen.
type ForecastItem struct {
	At       time.Time
	Person   sales.Person
	Step     sales.Step
	Position int
	Mailbox  string // address, of a mail
	Held     string // why a mail would wait, and
	Since    time.Time
	Ends     string
}

// Simulate looks ahead for a sequence as it is given, which may be an edited one
// that is not saved: who of those inside, and of the people in extra, would get
// what and when. Nothing is changed.
func (d *Desk) Simulate(ctx context.Context, v sales.Viewer, q sales.Sequence, extra []sales.ID) (Forecast, error) {
	if err := need(v, sales.RoleSeller, "look ahead"); err != nil {
		return Forecast{}, err
	}
	a := &ahead{Desk: d, ctx: ctx, v: v, q: q, b: casework.New(d.Store, v.WorkspaceID), now: d.now()}
	if err := a.gather(extra); err != nil {
		return Forecast{}, err
	}
	list, cut := simulate.Run(a.world, aheadEvents)
	return a.forecast(list, cut), nil
}

// ahead gathers the world of one look ahead.
type ahead struct {
	*Desk
	ctx   context.Context
	v     sales.Viewer
	q     sales.Sequence
	b     *casework.Batch
	now   time.Time
	world simulate.World
	boxes map[sales.ID]sales.Mailbox
	mine  int // members of the sequence; those behind are of others
	cut   bool
}

func (a *ahead) gather(extra []sales.ID) error {
	w, err := a.b.Workspace(a.ctx)
	if err != nil {
		return err
	}
	place, err := a.b.SellerPlace(a.ctx, 0)
	if err != nil {
		return err
	}
	cal, err := a.b.Calendar(a.ctx, a.q)
	if err != nil {
		return err
	}
	a.world = simulate.World{Now: a.now, Settings: w.Settings, Loc: place.Loc}
	a.world.Until = cal.AddDelay(a.now, sales.Delay{N: aheadDays, Unit: sales.WorkingDays}, place)
	if a.boxes, err = a.allBoxes(); err != nil {
		return err
	}
	if a.q.ID != 0 {
		if err := a.inside(); err != nil {
			return err
		}
	}
	if err := a.add(extra); err != nil {
		return err
	}
	a.mine = len(a.world.Members)
	if err := a.others(); err != nil {
		return err
	}
	return a.absences()
}

// absences puts in when sellers are away and their work waits for them. What a
// stand-in does goes on as it is.
func (a *ahead) absences() error {
	open, err := a.Store.OpenAbsences(a.ctx, a.v.WorkspaceID)
	if err != nil {
		return err
	}
	slices.SortFunc(open, func(x, y sales.Absence) int { return cmp.Or(x.From.Compare(y.From), cmp.Compare(x.ID, y.ID)) })
	for _, x := range open {
		if x.Mode != sales.AbsencePause || !x.To.After(a.now) {
			continue
		}
		one := simulate.Absence{Absence: x}
		if one.Place, err = a.b.SellerPlace(a.ctx, x.UserID); err != nil {
			return err
		}
		if one.Calendar, err = a.b.Calendar(a.ctx, sales.Sequence{}); err != nil {
			return err
		}
		if one.Known, err = casework.KnownMoments(a.ctx, a.Store, x); err != nil {
			return err
		}
		a.world.Absences = append(a.world.Absences, one)
	}
	return nil
}

func (a *ahead) allBoxes() (map[sales.ID]sales.Mailbox, error) {
	list, err := a.Store.Mailboxes(a.ctx, a.v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	boxes := map[sales.ID]sales.Mailbox{}
	for _, mb := range list {
		boxes[mb.ID] = mb
		x := simulate.Box{Mailbox: mb}
		if x.Place, err = a.b.SellerPlace(a.ctx, mb.UserID); err != nil {
			return nil, err
		}
		if x.Calendar, err = a.b.Calendar(a.ctx, sales.Sequence{}); err != nil {
			return nil, err
		}
		if x.Sent, err = a.Store.SentTimes(a.ctx, a.v.WorkspaceID, mb.ID, a.now.Add(-7*24*time.Hour)); err != nil {
			return nil, err
		}
		a.world.Boxes = append(a.world.Boxes, x)
	}
	return boxes, nil
}

// inside puts everybody of the sequence at their place in the plan as it is given.
func (a *ahead) inside() error {
	was, err := a.Store.Sequence(a.ctx, a.v.WorkspaceID, a.q.ID)
	if err != nil {
		return err
	}
	to := engine.Moved(was.Steps, a.q.Steps)
	return a.each(a.q.ID, func(e sales.Enrollment) sales.Enrollment {
		if e.Position < len(was.Steps) && e.Awaiting && (to[e.Position] >= len(a.q.Steps) || a.q.Steps[to[e.Position]].ID != was.Steps[e.Position].ID) {
			e.Awaiting, e.State, e.NextAt = false, sales.Active, a.now // what its step had asked for is taken back
		}
		e.Position = to[min(e.Position, len(was.Steps))]
		return e
	}, a.q, true)
}

// others puts in who shares the mailboxes: their mails take places under the caps.
func (a *ahead) others() error {
	list, err := a.Store.Sequences(a.ctx, a.v.WorkspaceID)
	if err != nil {
		return err
	}
	for _, x := range list {
		if x.ID == a.q.ID || x.State != sales.SequenceRunning || len(a.world.Members) >= aheadPeople {
			continue
		}
		full, err := a.b.Sequence(a.ctx, x.ID)
		if err != nil {
			return err
		}
		if err := a.each(x.ID, func(e sales.Enrollment) sales.Enrollment { return e }, full, false); err != nil {
			return err
		}
	}
	return nil
}

// each adds the living enrollments of a sequence.
func (a *ahead) each(sequence sales.ID, place func(sales.Enrollment) sales.Enrollment, q sales.Sequence, start bool) error {
	var after sales.ID
	for {
		list, err := a.Store.EnrollmentsIn(a.ctx, a.v.WorkspaceID, sequence, after, 500)
		if err != nil || len(list) == 0 {
			return err
		}
		after = list[len(list)-1].ID
		live := list[:0]
		for _, e := range list {
			if e.State.Alive() {
				live = append(live, place(e))
			}
		}
		if err := a.members(live, q, start); err != nil {
			return err
		}
		if len(a.world.Members) >= aheadPeople {
			a.cut = true
			return nil
		}
	}
}

func (a *ahead) members(list []sales.Enrollment, q sales.Sequence, start bool) error {
	var ids []sales.ID
	for _, e := range list {
		ids = append(ids, e.PersonID)
	}
	people, err := a.Store.PeopleByID(a.ctx, a.v.WorkspaceID, ids)
	if err != nil {
		return err
	}
	var addresses []string
	var accounts []sales.ID
	for _, p := range people {
		addresses, accounts = append(addresses, p.Email), append(accounts, p.AccountID)
	}
	known, err := a.Store.Accounts(a.ctx, a.v.WorkspaceID, accounts)
	if err != nil {
		return err
	}
	a.b.Remember(people, known)
	listed, err := a.Store.SuppressedAmong(a.ctx, a.Store.DB, a.v.WorkspaceID, addresses)
	if err != nil {
		return err
	}
	asked, err := a.Store.AskedAmong(a.ctx, a.Store.DB, a.v.WorkspaceID, ids)
	if err != nil {
		return err
	}
	for _, e := range list {
		p, ok := people[e.PersonID]
		if !ok {
			continue
		}
		c, err := a.b.CaseOf(a.ctx, q, p, e.OwnerID)
		if err != nil {
			return err
		}
		why, no := listed[p.Email]
		a.world.Members = append(a.world.Members, simulate.Member{Enrollment: e, Case: c, Person: p, Asked: asked[e.PersonID], Suppressed: no, SuppressedFor: why.Reason, Start: start})
	}
	return nil
}

// add puts people in as if they were enrolled now. Whom CheckEnroll refuses is
// left out when the sequence exists.
func (a *ahead) add(extra []sales.ID) error {
	if len(extra) == 0 {
		return nil
	}
	if len(extra) > 1000 {
		return sales.Errorf(sales.Limited, "Look ahead with at most 1,000 people at a time.")
	}
	people, err := a.Store.PeopleByID(a.ctx, a.v.WorkspaceID, extra)
	if err != nil {
		return err
	}
	list, err := a.Store.Mailboxes(a.ctx, a.v.WorkspaceID)
	if err != nil {
		return err
	}
	in := enrolling{Batch: a.b, q: a.q, boxes: list, loads: map[sales.ID]int{}}
	var new []sales.Enrollment
	for i, id := range extra {
		p, ok := people[id]
		if scope := a.v.OwnerScope(); !ok || scope != 0 && p.OwnerID != 0 && p.OwnerID != scope {
			continue
		}
		mb := mailboxOf(in, p, nil, a.v)
		if mb == nil {
			continue
		}
		in.loads[mb.ID]++
		new = append(new, sales.Enrollment{
			WorkspaceID: a.v.WorkspaceID, ID: sales.ID(i + 1), SequenceID: a.q.ID, PersonID: p.ID, AccountID: p.AccountID, OwnerID: ownerOf(p, *mb), MailboxID: mb.ID,
			State: sales.Pending, EnrolledAt: a.now,
		})
	}
	return a.members(new, a.q, true)
}

// forecast sorts what would happen into days, for those of the sequence whom the
// viewer may see.
func (a *ahead) forecast(list []simulate.Happening, cut bool) Forecast {
	out := Forecast{From: a.now, Until: a.world.Until, Assumes: aheadAssumes, People: a.mine, Cut: cut || a.cut}
	days := map[string]*ForecastDay{}
	scope := a.v.OwnerScope()
	for _, h := range list {
		if h.Member >= a.mine {
			continue
		}
		day := store.DayText(h.At, a.world.Loc)
		x := days[day]
		if x == nil {
			x = &ForecastDay{Day: day}
			days[day] = x
		}
		switch {
		case h.Ends != "":
			out.Ends++
		case h.Kind.IsMail() && h.Mailbox != 0:
			x.Mails++
		default:
			x.Tasks++
		}
		p := a.world.Members[h.Member].Person
		if len(x.Items) >= aheadListed || scope != 0 && p.OwnerID != 0 && p.OwnerID != scope {
			continue
		}
		item := ForecastItem{At: h.At, Person: p, Position: h.Position, Mailbox: a.boxes[h.Mailbox].Address, Ends: h.Ends, Held: h.Held, Since: h.Since}
		for _, s := range a.q.Steps {
			if s.ID == h.StepID && h.StepID != 0 {
				item.Step = s
			}
		}
		x.Items = append(x.Items, item)
	}
	for _, x := range days {
		out.Days = append(out.Days, *x)
	}
	sort.Slice(out.Days, func(i, j int) bool { return out.Days[i].Day < out.Days[j].Day })
	return out
}

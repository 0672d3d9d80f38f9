package next

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"ninetyten/internal/balance"
	"ninetyten/internal/casework"
	"ninetyten/internal/rank"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// waiting is a person and what is to do, before anything else of them is read.
type waiting struct {
	person sales.ID
	tasks  []sales.Task // the most urgent first
	base   float64
	sure   bool // asked for, theirs or pinned: looked up whatever their points
}

// reader reads for casework, with settings that are kept: nothing here changes them.
type reader struct{ *store.Store }

// Workspace implements casework.Reader.
func (r reader) Workspace(ctx context.Context, id sales.ID) (sales.Workspace, error) {
	return r.KeptWorkspace(ctx, id)
}

// gather reads the head of a user's queue and orders it. Who was asked for is in
// it wherever they stand.
func (q *Queue) gather(ctx context.Context, v sales.Viewer, want sales.ID) (*gathering, error) {
	g := &gathering{Queue: q, v: v, now: q.Clock.Now(), batch: casework.New(reader{q.Store}, v.WorkspaceID), taken: map[sales.ID]bool{}, mine: map[sales.ID]store.PersonLease{}}
	w, err := g.batch.Workspace(ctx)
	if err != nil {
		return nil, err
	}
	g.settings, g.shares = w.Settings, balance.With(w.Settings.Weights).Shares(g.now)
	if g.hours, err = g.batch.SellerHours(ctx, v.UserID); err != nil {
		return nil, err
	}
	leases, err := q.Store.PersonLeases(ctx, v.WorkspaceID, q.Wall())
	if err != nil {
		return nil, err
	}
	for id, l := range leases {
		if l.UserID == v.UserID {
			g.mine[id] = l
		} else {
			g.taken[id] = true
		}
	}
	if g.pins, err = q.Store.Pins(ctx, v); err != nil {
		return nil, err
	}
	for _, each := range []int{perLane, perLane2} {
		if err := g.read(ctx, want, each); err != nil {
			return nil, err
		}
		if err := g.look(ctx); err != nil {
			return nil, err
		}
		if !g.full || slices.ContainsFunc(g.ranked, func(r rank.Ranked) bool { return !r.Held }) {
			break
		}
	}
	return g, g.lookAtPutOff(ctx)
}

// read finds who waits, from the tasks alone.
func (g *gathering) read(ctx context.Context, want sales.ID, each int) error {
	g.waiting, g.ranked, g.looked = nil, nil, 0
	tasks, full, err := g.Store.QueueTasks(ctx, g.v, g.now, each)
	if err != nil {
		return err
	}
	g.full = full
	quiet, err := g.Store.Quiet(ctx, g.v, g.now.Add(-QuietAfter), maxQuiet)
	if err != nil {
		return err
	}
	stirred, err := g.stirred(ctx)
	if err != nil {
		return err
	}
	quiet = append(quiet, stirred...)
	sure := map[sales.ID]bool{}
	for id := range g.pins {
		sure[id] = true
	}
	for id := range g.mine {
		sure[id] = true
	}
	if want != 0 {
		sure[want] = true
	}
	ids := make([]sales.ID, 0, len(sure))
	for id := range sure {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	more, err := g.Store.OpenTasksOfMany(ctx, g.v.WorkspaceID, ids)
	if err != nil {
		return err
	}
	for _, t := range more {
		if t.UserID == g.v.UserID {
			tasks = append(tasks, t)
		}
	}
	g.group(tasks, quiet, sure)
	return nil
}

// group makes of tasks one turn a person, the best first by what is sure.
func (g *gathering) group(tasks []sales.Task, quiet []sales.ID, sure map[sales.ID]bool) {
	at := map[sales.ID]int{}
	seen := map[sales.ID]bool{}
	of := func(id sales.ID) *waiting {
		i, ok := at[id]
		if !ok {
			i = len(g.waiting)
			at[id] = i
			g.waiting = append(g.waiting, waiting{person: id, sure: sure[id]})
		}
		return &g.waiting[i]
	}
	for _, t := range tasks {
		if seen[t.ID] || g.taken[t.PersonID] || t.PersonID == 0 {
			continue
		}
		seen[t.ID] = true
		w := of(t.PersonID)
		w.tasks = append(w.tasks, t)
	}
	for _, id := range quiet {
		if !g.taken[id] {
			w := of(id)
			if len(w.tasks) == 0 {
				w.tasks = []sales.Task{{}}
			}
		}
	}
	for id, l := range g.mine {
		if !l.DialedAt.IsZero() {
			if w := of(id); len(w.tasks) == 0 {
				w.tasks = []sales.Task{{}}
			}
		}
	}
	for id := range g.pins {
		if !g.taken[id] {
			if w := of(id); len(w.tasks) == 0 {
				w.tasks = []sales.Task{{}}
			}
		}
	}
	base := rank.Base(g.now, g.settings, g.hours)
	for i := range g.waiting {
		w := &g.waiting[i]
		if len(w.tasks) > 1 {
			slices.SortStableFunc(w.tasks, func(a, b sales.Task) int { return cmp.Or(cmp.Compare(base(b), base(a)), cmp.Compare(a.ID, b.ID)) })
		}
		w.base = base(w.tasks[0])
	}
	slices.SortStableFunc(g.waiting, func(a, b waiting) int {
		if a.sure != b.sure {
			if a.sure {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.base, a.base), cmp.Compare(a.person, b.person))
	})
}

// look reads the details of the best until nobody behind them can come first.
func (g *gathering) look(ctx context.Context) error {
	var cs []rank.Candidate
	for g.looked < len(g.waiting) && g.looked < maxLook {
		part := g.waiting[g.looked:min(g.looked+lookAt, len(g.waiting))]
		more, err := g.candidates(ctx, part)
		if err != nil {
			return err
		}
		cs = append(cs, more...)
		g.looked += len(part)
		g.ranked = rank.Order(cs, g.now, g.settings, g.hours)
		if g.looked == len(g.waiting) {
			break
		}
		if best := g.ranked; len(best) > 0 && !best[0].Held && best[0].Score >= g.waiting[g.looked].base+rank.Most(g.settings) {
			break
		}
	}
	return nil
}

// lookAtPutOff adds those who are put off, when nobody can be served: they say
// when it goes on.
func (g *gathering) lookAtPutOff(ctx context.Context) error {
	if slices.ContainsFunc(g.ranked, func(r rank.Ranked) bool { return !r.Held }) {
		return nil
	}
	tasks, err := g.Store.PutOff(ctx, g.v, g.now, maxPut)
	if err != nil {
		return err
	}
	by := map[sales.ID]int{}
	var list []waiting
	for _, t := range tasks {
		if g.taken[t.PersonID] || slices.ContainsFunc(g.ranked, func(r rank.Ranked) bool { return r.Person.ID == t.PersonID }) {
			continue
		}
		i, ok := by[t.PersonID]
		if !ok {
			i = len(list)
			by[t.PersonID] = i
			list = append(list, waiting{person: t.PersonID})
		}
		list[i].tasks = append(list[i].tasks, t)
	}
	more, err := g.candidates(ctx, list)
	if err != nil {
		return err
	}
	for _, r := range g.ranked {
		more = append(more, r.Candidate)
	}
	g.ranked = rank.Order(more, g.now, g.settings, g.hours)
	return nil
}

// candidates reads what rank needs of some people. Whom the user may not see, and
// who is gone, is left out.
func (g *gathering) candidates(ctx context.Context, list []waiting) ([]rank.Candidate, error) {
	ids := make([]sales.ID, 0, len(list))
	var messages, accounts, tasks []sales.ID
	for _, w := range list {
		ids = append(ids, w.person)
		for _, t := range w.tasks {
			if t.Title == "" && titled(t.Kind) {
				tasks = append(tasks, t.ID)
			}
		}
		if m := w.tasks[0].MessageID; m != 0 {
			messages = append(messages, m)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	people, err := g.Store.QueuePeople(ctx, g.v.WorkspaceID, ids)
	if err != nil {
		return nil, err
	}
	brief := make(map[sales.ID]sales.Person, len(people))
	for id, x := range people {
		brief[id] = x.Person
		accounts = append(accounts, x.Person.AccountID)
	}
	known, err := g.Store.Accounts(ctx, g.v.WorkspaceID, accounts)
	if err != nil {
		return nil, err
	}
	g.batch.Remember(brief, known)
	said, err := g.Store.MessageHeads(ctx, g.v.WorkspaceID, messages)
	if err != nil {
		return nil, err
	}
	titles, err := g.Store.TaskTitles(ctx, g.v.WorkspaceID, tasks)
	if err != nil {
		return nil, err
	}
	skipped, err := g.Store.SkippedBy(ctx, g.v.WorkspaceID, g.v.UserID, ids, g.now)
	if err != nil {
		return nil, err
	}
	signals, err := g.Store.SignalsOfMany(ctx, g.v.WorkspaceID, ids)
	if err != nil {
		return nil, err
	}
	deals, err := g.Store.OpenDealsAt(ctx, g.v.WorkspaceID, accounts)
	if err != nil {
		return nil, err
	}
	var out []rank.Candidate
	for _, w := range list {
		x, ok := people[w.person]
		p := x.Person
		if scope := g.v.OwnerScope(); !ok || scope != 0 && p.OwnerID != 0 && p.OwnerID != scope {
			continue // whom the user may not see cannot be served to them
		}
		c, err := g.candidate(ctx, p, w, x.Moves)
		if err != nil {
			return nil, err
		}
		for i, t := range c.Tasks {
			if title := titles[t.ID]; title != "" {
				c.Tasks[i].Title = title
			}
		}
		c.Value = g.worth(deals[p.AccountID])
		c.Promises, c.Stages, c.Deal = signals[p.ID].Promises, signals[p.ID].Stages, g.deals[p.ID]
		c.Said = said[w.tasks[0].MessageID].Text
		if k := skipped[p.ID]; k.ID != 0 {
			c.SkippedUntil, c.SkipWhy = k.Until, k.Why()
		}
		out = append(out, c)
	}
	return out, nil
}

// titled tells whether the reasons for a task of a kind quote its title.
func titled(k sales.TaskKind) bool {
	return k != sales.TaskAnswer && k != sales.TaskApprove && k != sales.TaskConfirm
}

// worth is the sum of deals that the user may see, in the currency in which it is
// largest, as whole units.
func (g *gathering) worth(deals []sales.Deal) float64 {
	sums, best := map[string]float64{}, 0.0
	for _, d := range deals {
		if scope := g.v.OwnerScope(); scope == 0 || d.OwnerID == 0 || d.OwnerID == scope {
			sums[d.Currency] += float64(d.Amount) / math.Pow10(sales.MinorDigits(d.Currency))
			best = max(best, sums[d.Currency])
		}
	}
	return best
}

// candidate is what rank gets of a person.
func (g *gathering) candidate(ctx context.Context, p sales.Person, w waiting, moves []sales.Move) (rank.Candidate, error) {
	place, err := g.batch.Place(ctx, p, g.v.UserID)
	if err != nil {
		return rank.Candidate{}, err
	}
	a, err := g.batch.Account(ctx, p.AccountID)
	if err != nil && sales.CodeOf(err) != sales.NotFound {
		return rank.Candidate{}, err
	}
	share, band := g.shares(moves)
	c := rank.Candidate{Person: p, Company: a.Name, Place: place, Share: share, Known: band != balance.Unknown, Pinned: g.pins[p.ID]}
	for _, t := range w.tasks {
		if t.ID != 0 {
			c.Tasks = append(c.Tasks, t)
		}
	}
	for _, m := range moves {
		if (m.Actor == sales.ByBuyer && m.Kind.Answers() || m.Kind == sales.MoveTalk) && len(c.Heard) < 50 {
			c.Heard = append(c.Heard, m.At)
		}
	}
	c.CallNotBefore, c.CallWhy = callLimit(moves, g.now)
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

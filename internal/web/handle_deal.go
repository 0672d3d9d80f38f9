package web

import (
	"context"
	"net/http"
	"time"

	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// deal shows the record of a deal.
func (s *Server) deal(w http.ResponseWriter, r *http.Request, v visit) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	p, err := s.dealPage(r, v, id)
	if err != nil {
		return err
	}
	return Render(w, r, p.Shell, DealView(*p))
}

func (s *Server) dealPage(r *http.Request, v visit, id sales.ID) (*DealPage, error) {
	ctx := r.Context()
	d, err := s.Store.Deal(ctx, v.Viewer, id)
	if err != nil {
		return nil, err
	}
	c, err := s.scene(r, v, d.Name, "deals")
	if err != nil {
		return nil, err
	}
	a, err := s.Store.Account(ctx, v.WorkspaceID, d.AccountID)
	if err != nil && sales.CodeOf(err) != sales.NotFound {
		return nil, err
	}
	in, err := s.Store.PartsIn(ctx, v.WorkspaceID, []sales.ID{id})
	if err != nil {
		return nil, err
	}
	p := &DealPage{Shell: c.sh, Meaning: d.Meaning}
	g, err := c.groupOf(ctx, in[id])
	if err != nil {
		return nil, err
	}
	words := c.words(ctx)
	p.Card = c.dealCard(words, d, a.Name, g.list, g.lines())
	p.Card.Balance = balanceSay("they", false, c.weights().Compute(g.lines(), c.now()))
	p.People = c.dealPeople(words, in[id], g, d.AccountID)
	for i := range p.People {
		p.People[i].CanBeTakenOut = true
	}
	if d.Meaning == sales.DealOpen {
		p.Missing = missingOf(p.People)
	}
	if p.Candidates, err = c.candidates(ctx, d.AccountID, g.people); err != nil {
		return nil, err
	}
	own, err := s.Store.MovesOfDeal(ctx, v.WorkspaceID, id, maxTogether)
	if err != nil {
		return nil, err
	}
	p.Story = c.together(g.moves, g.people, own)
	c.dealSteps(p, d)
	for _, x := range c.settings.Reasons() {
		p.Reasons = append(p.Reasons, Option{Value: x, Label: x})
	}
	p.Form = c.dealFormOf(d)
	if d.Meaning != sales.DealOpen {
		p.LostReason, p.LostText = d.Reason, d.ReasonText
		p.Ended = "This deal was " + string(d.Meaning) + " on " + day(words, d.ClosedAt) + "." + pick(d.Reason != "", " "+d.Reason+".", "") + pick(d.ReasonText != "", " "+d.ReasonText, "")
	}
	if d.TaskID != 0 {
		t, err := s.Store.Task(ctx, v.WorkspaceID, d.TaskID)
		if err != nil && sales.CodeOf(err) != sales.NotFound {
			return nil, err
		}
		p.InNext = t.State == sales.TaskOpen
	}
	return p, nil
}

// dealSteps are the stages as steps, and where winning and losing lead.
func (c *scene) dealSteps(p *DealPage, d sales.Deal) {
	before := d.Meaning == sales.DealOpen
	for _, st := range c.settings.Pipeline() {
		x := dealStepOf(st)
		if x.Current = st.ID == d.Stage; x.Current {
			before = false
		}
		x.Past = before
		p.Steps = append(p.Steps, x)
		switch {
		case st.Meaning == sales.DealWon && p.WonStage == "":
			p.WonStage = st.ID
		case st.Meaning == sales.DealLost && p.LostStage == "":
			p.LostStage = st.ID
		}
	}
}

func (c *scene) dealFormOf(d sales.Deal) DealForm {
	date := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	f := DealForm{ID: d.ID, Version: d.Version, AccountID: d.AccountID, Values: map[string]string{
		"name": d.Name, "close_on": date(d.CloseOn), "next_step": d.NextStep, "next_on": date(d.NextOn), "currency": d.Currency, "owner": d.OwnerID.String(),
	}, Owners: c.ownersToChoose(d.OwnerID.String())}
	if d.Amount != 0 {
		f.Values["amount"] = sales.AmountText(d.Amount, d.Currency, ",")
	}
	return f
}

// group is some people with the newest lines of each.
type group struct {
	list     []sales.Person
	people   map[sales.ID]sales.Person
	moves    map[sales.ID][]sales.Move
	accounts map[sales.ID]sales.Account
	named    map[sales.ID]sales.Person
}

// lines are those of all of them.
func (g group) lines() []sales.Move {
	var out []sales.Move
	for _, p := range g.list {
		out = append(out, g.moves[p.ID]...)
	}
	return out
}

// groupOf reads the people of some parts whom the viewer may see.
func (c *scene) groupOf(ctx context.Context, parts []sales.Part) (group, error) {
	var ids, named []sales.ID
	for _, x := range parts {
		ids, named = append(ids, x.PersonID), append(named, x.NamedBy)
	}
	known, err := c.Store.PeopleByID(ctx, c.WorkspaceID, append(named, ids...))
	if err != nil {
		return group{}, err
	}
	var list []sales.Person
	for _, id := range ids {
		if p, ok := known[id]; ok && c.maySee(p) {
			list = append(list, p)
		}
	}
	return c.groupWith(ctx, list, known)
}

// maySee tells whether the viewer may see a person: what seeOwner says in the store.
func (c *scene) maySee(p sales.Person) bool {
	scope := c.OwnerScope()
	return scope == 0 || p.OwnerID == 0 || p.OwnerID == scope
}

// groupWith reads what goes with some people.
func (c *scene) groupWith(ctx context.Context, list []sales.Person, named map[sales.ID]sales.Person) (group, error) {
	g := group{list: list, people: map[sales.ID]sales.Person{}, named: named}
	var ids, accounts []sales.ID
	for _, p := range list {
		g.people[p.ID] = p
		ids, accounts = append(ids, p.ID), append(accounts, p.AccountID)
	}
	var err error
	if g.moves, err = c.Store.NewestMoves(ctx, c.WorkspaceID, ids, maxTogether); err != nil {
		return g, err
	}
	g.accounts, err = c.Store.Accounts(ctx, c.WorkspaceID, accounts)
	return g, err
}

// dealPeople are people with what they do.
func (c *scene) dealPeople(words context.Context, parts []sales.Part, g group, account sales.ID) []DealPerson {
	of := map[sales.ID]sales.Part{}
	for _, x := range parts {
		of[x.PersonID] = x
	}
	var out []DealPerson
	for _, p := range g.list {
		x := of[p.ID]
		y := DealPerson{ID: p.ID, Name: p.Name(), Title: p.Title, Initials: p.Initials(), Role: string(x.Role), Move: c.moveMark(words, p), Balance: c.miniOf(firstNameOf(p), g.moves[p.ID]), Answered: !p.LastInAt.IsZero()}
		if n, ok := g.named[x.NamedBy]; ok && x.NamedBy != 0 && c.maySee(n) {
			y.NamedBy, y.NamedByID = n.Name(), n.ID
		}
		if p.AccountID != account {
			y.OtherAccount = g.accounts[p.AccountID].Name
		}
		out = append(out, y)
	}
	return out
}

// candidates are the people of an account who are not in a deal yet.
func (c *scene) candidates(ctx context.Context, account sales.ID, in map[sales.ID]sales.Person) ([]Option, error) {
	list, err := c.Store.PeopleAt(ctx, c.Viewer, account)
	var out []Option
	for _, p := range list {
		if _, there := in[p.ID]; !there {
			out = append(out, Option{Value: p.ID.String(), Label: p.Name() + pick(p.Title != "", ", "+p.Title, "")})
		}
	}
	return out, err
}

// dealsOf are the deals in which a person takes part, the open ones first.
func (c *scene) dealsOf(ctx context.Context, person sales.ID) ([]DealCard, error) {
	list, _, err := c.Store.Deals(ctx, c.Viewer, store.DealFilter{Person: person}, store.Page{Limit: 10})
	if err != nil {
		return nil, err
	}
	return c.dealCards(ctx, list)
}

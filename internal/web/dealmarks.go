package web

import (
	"cmp"
	"context"
	"slices"
	"time"

	"ninetyten/internal/balance"
	"ninetyten/internal/sales"
)

// How much is read for the balance beside a name in a list, and for a story of
// several people: effort of long ago weighs next to nothing.
const (
	maxMiniMoves = 40
	maxTogether  = 60
	quietDays    = 7 // a deal that waits so long for us is quiet on our side
)

// dateOf writes a day that is a date and no moment: at midnight UTC.
func dateOf(ctx context.Context, t time.Time) string {
	if t.IsZero() {
		return "no date"
	}
	now := local(ctx, shellOf(ctx).Now)
	switch days := dayNumber(t) - dayNumber(now); {
	case days == 0:
		return "today"
	case days == -1:
		return "yesterday"
	case days == 1:
		return "tomorrow"
	case t.Year() == now.Year():
		return t.Format("Mon 2 Jan")
	}
	return t.Format("2 Jan 2006")
}

// pastDay tells whether a day is over for the user.
func (c *scene) pastDay(t time.Time) bool {
	return !t.IsZero() && dayNumber(t) < dayNumber(c.now().In(c.sh.Zone))
}

// weights is what moves weigh in the workspace.
func (c *scene) weights() balance.Weights { return balance.With(c.settings.Weights) }

// miniOf is the balance of some lines, without them.
func (c *scene) miniOf(name string, moves []sales.Move) Balance {
	b := balanceSay(name, false, c.weights().Compute(moves, c.now()))
	b.Lines = nil
	return b
}

// groupMark is whose move it is with several people: ours when it is with one of
// them, the longest wait first; else theirs; else they rest.
func (c *scene) groupMark(ctx context.Context, people []sales.Person) (MoveMark, sales.Person) {
	var best sales.Person
	rank := map[sales.MoveSide]int{sales.OurMove: 3, sales.TheirMove: 2, sales.Resting: 1}
	for _, p := range people {
		a, b := rank[p.Move], rank[best.Move]
		if a > b || a == b && a > 0 && (p.Move == sales.OurMove) == p.MoveSince.Before(best.MoveSince) {
			best = p
		}
	}
	if best.ID == 0 {
		return MoveMark{}, best
	}
	m := c.moveMark(ctx, best)
	if len(people) > 1 && m.Text != "" {
		m.Text += ", " + firstNameOf(best)
	}
	return m, best
}

// dealCards are deals as cards; what they need of their people is read at once.
func (c *scene) dealCards(ctx context.Context, list []sales.Deal) ([]DealCard, error) {
	var ids, accounts, people []sales.ID
	for _, d := range list {
		ids, accounts = append(ids, d.ID), append(accounts, d.AccountID)
	}
	parts, err := c.Store.PartsIn(ctx, c.WorkspaceID, ids)
	if err != nil {
		return nil, err
	}
	for _, in := range parts {
		for _, x := range in {
			people = append(people, x.PersonID)
		}
	}
	known, err := c.Store.PeopleByID(ctx, c.WorkspaceID, people)
	if err != nil {
		return nil, err
	}
	companies, err := c.Store.Accounts(ctx, c.WorkspaceID, accounts)
	if err != nil {
		return nil, err
	}
	moves, err := c.Store.NewestMoves(ctx, c.WorkspaceID, people, maxMiniMoves)
	if err != nil {
		return nil, err
	}
	words := c.words(ctx)
	out := make([]DealCard, 0, len(list))
	for _, d := range list {
		var who []sales.Person
		var lines []sales.Move
		for _, x := range parts[d.ID] {
			if p, ok := known[x.PersonID]; ok {
				who, lines = append(who, p), append(lines, moves[p.ID]...)
			}
		}
		out = append(out, c.dealCard(words, d, companies[d.AccountID].Name, who, lines))
	}
	return out, nil
}

// dealCard is one deal with its people and their lines.
func (c *scene) dealCard(words context.Context, d sales.Deal, account string, who []sales.Person, lines []sales.Move) DealCard {
	card := DealCard{ID: d.ID, Version: d.Version, Name: d.Name, Account: orWord(account, "No account"), AccountID: d.AccountID, Stage: d.Stage, Close: d.CloseOn, Next: d.NextStep, NextOn: d.NextOn}
	if d.Amount != 0 {
		card.Amount = sales.Money(d.Amount, d.Currency)
	}
	if d.OwnerID != c.User.ID {
		card.Owner = orWord(c.team[d.OwnerID].Name, "nobody")
	}
	steps := c.settings.Pipeline()
	if i := slices.IndexFunc(steps, func(s sales.DealStage) bool { return s.ID == d.Stage }); i >= 0 {
		card.Stage = steps[i].Name
		if i > 0 {
			card.Back = dealStepOf(steps[i-1])
		}
		if i+1 < len(steps) {
			card.On = dealStepOf(steps[i+1])
		}
	}
	var most sales.Person
	card.Move, most = c.groupMark(words, who)
	card.Balance = c.miniOf("they", lines)
	if d.Meaning != sales.DealOpen {
		card.Move = MoveMark{}
		return card
	}
	if c.pastDay(d.CloseOn) {
		card.Tags = append(card.Tags, Tag{Text: "should have closed " + dateOf(words, d.CloseOn), Tone: "late", Icon: "calendar-x"})
	}
	switch quiet := c.now().Sub(most.MoveSince); {
	case most.ID != 0 && most.Move == sales.OurMove && quiet > quietDays*24*time.Hour && !most.MoveSince.IsZero():
		card.Tags = append(card.Tags, Tag{Text: "quiet on our side for " + span(quiet), Tone: "late"})
	case c.pastDay(d.NextOn):
		card.Tags = append(card.Tags, Tag{Text: "next step was due " + dateOf(words, d.NextOn), Tone: "late"})
	case d.NextStep == "":
		card.Tags = append(card.Tags, Tag{Text: "no next step"})
	}
	return card
}

func dealStepOf(s sales.DealStage) StageStep {
	return StageStep{ID: s.ID, Name: s.Name, Meaning: s.Meaning}
}

// together is the story of several people and what happened beside them, the
// newest first, with whom each line is about.
func (c *scene) together(moves map[sales.ID][]sales.Move, people map[sales.ID]sales.Person, beside []sales.Move) []StoryLine {
	all := slices.Clone(beside)
	for id := range people {
		all = append(all, moves[id]...)
	}
	slices.SortFunc(all, func(a, b sales.Move) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(b.ID, a.ID)) })
	all = all[:min(len(all), maxTogether)]
	out := c.storyOf(all)
	for i, m := range all {
		if p, ok := people[m.PersonID]; ok {
			out[i].By = firstNameOf(p) + pick(out[i].By != "", " · ", "") + out[i].By
			if out[i].Href == "" {
				out[i].Href = path("/people", p.ID)
			}
		}
	}
	return out
}

// missingOf says in words who is missing.
func missingOf(people []DealPerson) []string {
	roles, answered := map[string]bool{}, []string{}
	for _, x := range people {
		roles[x.Role] = true
		if x.Answered {
			answered = append(answered, x.Name)
		}
	}
	var out []string
	if !roles[string(sales.RoleDecides)] {
		out = append(out, "Nobody is known who decides. Ask who signs, and how that is decided.")
	}
	if !roles[string(sales.RoleChampions)] {
		out = append(out, "Nobody champions it yet. Who loses most when nothing changes?")
	}
	if !roles[string(sales.RoleUses)] {
		out = append(out, "Nobody is known who would use it.")
	}
	if len(answered) == 1 {
		out = append(out, "Only "+answered[0]+" has answered. If they leave, nobody speaks for it.")
	}
	return out
}

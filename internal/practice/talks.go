package practice

import (
	"context"
	"slices"

	"ninetyten/internal/auth"
	deskpkg "ninetyten/internal/desk"
	"ninetyten/internal/sales"
	"ninetyten/internal/sandbox/dice"
)

// cards are the playbook of the practice world, besides the questions that every
// playbook can begin with.
func cards() []sales.Card {
	return []sales.Card{
		{Kind: sales.CardWhyUs, Title: "The team comes in, and the bills are checked", Body: "Bills are matched to their orders during the night, so that your team looks only at those that do not fit.", Proof: "Nine out of ten bills fit without a hand at companies of about your size.", Tags: "month end, by hand, matching"},
		{Kind: sales.CardPrice, Title: "A price for each bill", Body: "You pay between 40 and 60 cents for a bill, and nothing for the users. A bill that is checked by hand takes about six minutes.", Proof: "Count it with your own bills of last month: the form takes five minutes.", Tags: "price, cost, budget"},
		{Kind: sales.CardDiffer, Title: "It says why a bill does not fit", Body: "Other tools say that something is wrong. Ours shows the line of the order beside the line of the bill, and who can clear it.", Proof: "Ask to see it with ten bills of your own, chosen by you.", Tags: "different, scanning, errors"},
		{Kind: sales.CardProof, Title: "Four weeks at a wholesaler", Body: "A wholesaler with 3,000 bills a month closed its books two days earlier in the second month.", Proof: "Their head of accounting takes calls about it.", Tags: "reference, case, customer"},
		{Kind: sales.CardObjection, Title: "We have a system for that already", Body: "Keep it: we read its orders and give back what was checked. What does your team still do by hand beside it?", Tags: "system, integration"},
		{Kind: sales.CardObjection, Title: "This is no time for a change", Body: "Then let us not change anything. Two weeks beside your way of working show whether it is worth it, and a month end is no part of them.", Tags: "time, later, busy"},
	}
}

// talk is a call, or without minutes a note, at the beginning of the world.
type talk struct {
	minutes int
	note    string
	card    int // of cards, that was used and connected to the pain; -1 is none
}

// talks are told in turn. Those with a promise of ours make a task, so they are
// told of people outside of the sequences alone; the others of anybody.
func talks() (ours, others []talk) {
	return []talk{
			{12, "Thank you for calling back, it is the right week for it.\nThey check every bill by hand, three people for four days.\n+ Month end takes us four days and everybody stays late\n? Does it work with two companies in one ledger?\n! Send the two pages about matching by Friday\n! they: a list of last month's bills in two weeks\nA reference would help with my boss.", 0},
			{7, "We still print the bills and walk them through the house.\n+ We lose the early payment discount on one bill in five\n= The bills that fit are cleared in the night, so the discount is still open in the morning\n! Ask our people about the discount report by tomorrow 15:00\n? we: Who decides on the tools of the finance team?", -1},
			{18, "A pilot would make sense, if it is over before the audit.\n+ Nobody knows why a bill is stuck until the supplier calls\n? What does it cost at 1,200 bills a month?\n! Work out the price for 1,200 bills by Thursday\nBudget runs until the end of the year.", 2},
		}, []talk{
			{0, "Met at the trade fair in spring.\n+ Too many errors in freight bills, all found by accident\n? Who else in our field uses it?\n! they: introduce us to the head of purchasing in three weeks", 3},
			{0, "From a short talk after a webinar.\n+ Our biggest supplier sends one bill for forty orders\n= One bill for many orders is what the matching does first, line by line", -1},
			{0, "A former colleague of theirs told me:\n+ The new hire spends half of the week on reminders\n? we: How many bills come on paper?", 0},
		}
}

// loadTalks fills the playbook, and tells what was said to the visitor before.
func (p *Practice) loadTalks(ctx context.Context, people []sales.ID) error {
	v, d := auth.ViewerOf(p.user(0)), p.App.Desk
	if _, err := d.AddStarter(ctx, v); err != nil {
		return err
	}
	var have []sales.Card
	for _, c := range cards() {
		c, err := d.SaveCard(ctx, v, c)
		if err != nil {
			return err
		}
		have = append(have, c)
	}
	ours, others := talks()
	free, busy := []sales.ID{}, []sales.ID{}
	for i, x := range p.World.People() {
		switch {
		case x.Owner != 0:
		case x.Sequence < 0:
			free = append(free, people[i])
		default:
			busy = append(busy, people[i])
		}
	}
	roll := dice.New(p.opt.Seed, "talks")
	for _, x := range []struct {
		list []talk
		with []sales.ID
		most int
	}{{ours, free, 6}, {others, busy, 9}} {
		for i := range min(x.most, len(x.with)) {
			n := roll.Intn(len(x.with))
			if err := p.tell(ctx, v, x.with[n], x.list[i%len(x.list)], have); err != nil {
				return err
			}
			x.with = slices.Delete(x.with, n, n+1)
		}
	}
	return nil
}

// tell writes down one talk with a person.
func (p *Practice) tell(ctx context.Context, v sales.Viewer, person sales.ID, t talk, have []sales.Card) error {
	d := p.App.Desk
	var used []sales.ID
	if t.card >= 0 {
		used = []sales.ID{have[t.card].ID}
	}
	if t.minutes == 0 {
		if err := d.Note(ctx, v, person, t.note); err != nil {
			return err
		}
	} else if _, err := d.LogCall(ctx, v, deskpkg.CallLog{PersonID: person, Disposition: sales.CallTalked, Sentiment: sales.SentimentGood, Purpose: sales.PurposeDiscovery, Minutes: t.minutes, Note: t.note, Cards: used}); err != nil {
		return err
	}
	if t.card < 0 {
		return nil
	}
	points, err := p.App.Store.PointsOf(ctx, v.WorkspaceID, person)
	if err != nil {
		return err
	}
	for _, pt := range points {
		if pt.Kind == sales.PointPain {
			_, err = d.Connect(ctx, v, sales.Connection{PersonID: person, PainID: pt.ID, CardID: have[t.card].ID, Sentence: have[t.card].Body})
			return err
		}
	}
	return nil
}

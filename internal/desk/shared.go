package desk

import (
	"context"
	"maps"
	"slices"
	"strings"

	"ninetyten/internal/sales"
)

// checkShared checks the caps that mailboxes share, and the guard.
func checkShared(s sales.Settings) error {
	for _, x := range []struct {
		name    string
		n, most int
	}{
		{"mails a day to one recipient domain", s.PerDomainDay, 100_000}, {"mails a day to one account", s.PerAccountDay, 100_000},
		{"mails after which the guard looks", s.GuardSends, 100_000}, {"bounces in 1,000 mails", s.GuardBounces, 1000}, {"complaints in 1,000 mails", s.GuardComplaints, 1000},
	} {
		if x.n < 0 || x.n > x.most {
			return sales.Errorf(sales.Invalid, "The number of %s is %d; use 0 to %d. 0 is none.", x.name, x.n, x.most)
		}
	}
	return nil
}

// cleanStages tidies the names of stages: each once, none empty.
func cleanStages(stages []string) ([]string, error) {
	var out []string
	for _, s := range stages {
		s = strings.Join(strings.Fields(s), " ")
		switch {
		case s == "" || slices.ContainsFunc(out, func(x string) bool { return strings.EqualFold(x, s) }):
			continue
		case len(s) > 100:
			return nil, sales.Errorf(sales.Invalid, "The stage “%s” has more than 100 characters.", short(s, 60))
		case len(out) >= 50:
			return nil, sales.Errorf(sales.Invalid, "There can be 50 stages. Fewer are easier to choose from.")
		}
		out = append(out, s)
	}
	if len(out) == 0 {
		return nil, sales.Errorf(sales.Invalid, "Keep at least one stage.")
	}
	return out, nil
}

// stagesInUse refuses to take a stage away that a ruleset, or a sequence with
// rules of its own, gives people.
func (d *Desk) stagesInUse(ctx context.Context, ws sales.ID, stages []string) error {
	rulesets, err := d.Store.Rulesets(ctx, ws)
	if err != nil {
		return err
	}
	sequences, err := d.Store.Sequences(ctx, ws)
	if err != nil {
		return err
	}
	users := map[string][]string{}
	add := func(r sales.Rules, who string) {
		for _, x := range r.Stages {
			if !slices.Contains(stages, x.Stage) && !slices.Contains(users[x.Stage], who) {
				users[x.Stage] = append(users[x.Stage], who)
			}
		}
	}
	for _, r := range rulesets {
		add(r.Rules, r.Name)
	}
	for _, q := range sequences {
		if q.RulesetID == 0 {
			add(q.Rules, q.Name)
		}
	}
	for _, stage := range slices.Sorted(maps.Keys(users)) {
		return sales.Errorf(sales.Conflict, "People get the stage “%s” by the rules of %s. Change those first, or keep the stage.", stage, listed(users[stage]))
	}
	return nil
}

package desk

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"ninetyten/internal/balance"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// SavePipeline changes the stages of deals, their order and the reasons for which
// deals end. A stage without ID is new; one in which deals are cannot be taken
// away. A stage that means something else now takes its deals along.
func (d *Desk) SavePipeline(ctx context.Context, v sales.Viewer, stages []sales.DealStage, reasons []string) error {
	if err := need(v, sales.RoleManager, "change the pipeline"); err != nil {
		return err
	}
	stages, err := cleanPipeline(stages)
	if err != nil {
		return err
	}
	var kept []string
	seen := map[string]bool{}
	for _, r := range reasons {
		r = strings.Join(strings.Fields(r), " ")
		if r == "" || seen[strings.ToLower(r)] {
			continue
		}
		if len(r) > 100 {
			return sales.Errorf(sales.Invalid, "“%s…” has more than 100 characters.", clip(r, 40))
		}
		seen[strings.ToLower(r)] = true
		kept = append(kept, r)
	}
	if len(kept) > 30 {
		return sales.Errorf(sales.Invalid, "At most 30 reasons. Fewer are easier to choose from.")
	}
	return d.inTx(ctx, func(tx *store.Tx) error {
		w, err := tx.Workspace(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		used, err := tx.DealsInStages(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		next := sales.Settings{DealStages: stages}
		for _, x := range w.Settings.Pipeline() {
			to, there := next.DealStageOf(x.ID)
			if !there && used[x.ID] > 0 {
				return sales.Errorf(sales.Conflict, "%d deals are in “%s”. Move them to another stage first, then take it away.", used[x.ID], x.Name)
			}
			if there && to.Meaning != x.Meaning && used[x.ID] > 0 {
				if err := tx.MeanStage(ctx, v.WorkspaceID, x.ID, to.Meaning, d.now()); err != nil {
					return err
				}
			}
		}
		w.Settings.DealStages, w.Settings.DealReasons = stages, kept
		return tx.SaveWorkspace(ctx, w)
	})
}

// cleanPipeline tidies stages: names once, an ID each, an open one and both ends.
func cleanPipeline(stages []sales.DealStage) ([]sales.DealStage, error) {
	var out []sales.DealStage
	names, ids, means := map[string]bool{}, map[string]bool{}, map[sales.Meaning]int{}
	for _, x := range stages {
		ids[x.ID] = true
	}
	for _, x := range stages {
		x.Name = strings.Join(strings.Fields(x.Name), " ")
		if x.Name == "" {
			continue
		}
		if len(x.Name) > 60 {
			return nil, sales.Errorf(sales.Invalid, "“%s…” has more than 60 characters.", clip(x.Name, 40))
		}
		if names[strings.ToLower(x.Name)] {
			return nil, sales.Errorf(sales.Invalid, "Two stages are called “%s”.", x.Name)
		}
		switch x.Meaning {
		case sales.DealOpen, sales.DealWon, sales.DealLost:
		default:
			return nil, sales.Errorf(sales.Invalid, "Say of “%s” whether a deal in it is open, won or lost.", x.Name)
		}
		for n := 1; x.ID == ""; n++ {
			if id := fmt.Sprintf("stage%d", n); !ids[id] {
				x.ID, ids[id] = id, true
			}
		}
		if len(x.ID) > 40 {
			return nil, sales.Errorf(sales.Invalid, "There is no such stage. Reload the page.")
		}
		names[strings.ToLower(x.Name)] = true
		means[x.Meaning]++
		out = append(out, x)
	}
	switch {
	case means[sales.DealOpen] == 0 || means[sales.DealWon] == 0 || means[sales.DealLost] == 0:
		return nil, sales.Errorf(sales.Invalid, "Keep at least one stage that is open, one that means won and one that means lost.")
	case len(out) > 20:
		return nil, sales.Errorf(sales.Invalid, "At most 20 stages. Fewer are easier to see.")
	case out[0].Meaning != sales.DealOpen:
		return nil, sales.Errorf(sales.Invalid, "The first stage is where deals begin: it must be an open one.")
	}
	return out, nil
}

// SaveWeights changes what moves weigh in the workspace. Kinds that weigh what
// the table says, and those left out, follow the table. Every balance is made
// anew from the ledger when it is looked at, so the past counts by them too.
func (d *Desk) SaveWeights(ctx context.Context, v sales.Viewer, own map[sales.MoveKind]sales.MoveWeight) error {
	if err := need(v, sales.RoleManager, "change the weights"); err != nil {
		return err
	}
	table := map[sales.MoveKind]balance.Weight{}
	for _, w := range balance.Table() {
		table[w.Kind] = w
	}
	own = maps.Clone(own)
	for kind, w := range own {
		usual, ok := table[kind]
		if !ok {
			return sales.Errorf(sales.Invalid, "There is no move of the kind %q.", clip(string(kind), 40))
		}
		if err := balance.CheckWeight(w); err != nil {
			return sales.Errorf(sales.Invalid, "“%s”: %s", usual.Says, sales.Explain(err))
		}
		if w.Seller == usual.Seller && w.Buyer == usual.Buyer && w.Saved == usual.Saved {
			delete(own, kind)
		}
	}
	return d.inTx(ctx, func(tx *store.Tx) error {
		w, err := tx.Workspace(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		w.Settings.Weights = own
		return tx.SaveWorkspace(ctx, w)
	})
}

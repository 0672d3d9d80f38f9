package balance

import (
	"cmp"
	"slices"

	"ninetyten/internal/sales"
)

// Kind is what one kind of move comes to.
type Kind struct {
	Move   sales.MoveKind
	Says   string
	N      int     // moves by the system or read by it, those that saved nothing left out
	Saved  float64 // minutes that these saved
	HumanN int     // moves that took people of ours minutes
	Human  float64 // those minutes
}

// Work is the 90/10 of some time, of a person or of all.
type Work struct {
	System float64 // minutes of work that the system saved
	Human  float64 // minutes that sellers and leaders spent, by the ledger
	Kinds  []Kind  // those that weigh something, the most minutes first
}

// Share is the system's part of both, 0 to 1; false when there is nothing to share.
func (w Work) Share() (float64, bool) {
	if !(w.System+w.Human > 0) {
		return 0, false
	}
	return w.System / (w.System + w.Human), true
}

// Work is NinetyTen of lines that were summed, with what each kind adds to it.
func (x Weights) Work(sums []sales.MoveSum) Work {
	table := x.lookup()
	kinds := map[sales.MoveKind]Kind{}
	var w Work
	for _, s := range sums {
		p, ok := table[s.Kind]
		if !ok || s.N <= 0 {
			continue
		}
		system, human := ninetyTen(sales.Move{Actor: s.Actor, Kind: s.Kind, Minutes: s.Minutes}, p)
		k := kinds[s.Kind]
		k.Move, k.Says = s.Kind, p.Says
		if system > 0 {
			k.N += s.N
			k.Saved += system * float64(s.N)
		}
		if human > 0 {
			k.HumanN += s.N
			k.Human += human * float64(s.N)
		}
		kinds[s.Kind] = k
	}
	for _, k := range kinds {
		if k.Saved+k.Human > 0 {
			w.Kinds = append(w.Kinds, k)
		}
	}
	slices.SortFunc(w.Kinds, func(a, b Kind) int {
		return cmp.Or(cmp.Compare(b.Saved+b.Human, a.Saved+a.Human), cmp.Compare(a.Move, b.Move))
	})
	for _, k := range w.Kinds {
		w.System += k.Saved
		w.Human += k.Human
	}
	return w
}

// WorkByUser is Work of each user whom lines name; 0 stands for the lines that name none.
func (x Weights) WorkByUser(sums []sales.MoveSum) map[sales.ID]Work {
	parts := map[sales.ID][]sales.MoveSum{}
	for _, s := range sums {
		parts[s.UserID] = append(parts[s.UserID], s)
	}
	out := make(map[sales.ID]Work, len(parts))
	for id, part := range parts {
		out[id] = x.Work(part)
	}
	return out
}

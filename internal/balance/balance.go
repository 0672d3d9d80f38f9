package balance

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"ninetyten/internal/sales"
)

// HalfLife is the time after which effort counts half.
const HalfLife = 30 * 24 * time.Hour

// Band is the balance in a word.
type Band string

// The bands of the buyer's share. Equal effort, exactly 50 %, is still courting:
// from 51 % on it is the buyer who does more.
const (
	Unknown   Band = "unknown"    // no effort on either side
	Chasing   Band = "chasing"    // under 10 %
	Courting  Band = "courting"   // from 10 % to under 51 %
	LeaningIn Band = "leaning_in" // 51 % and more
)

// Line is one move and what it weighs at the time of the balance. A move with
// effort on both sides has two lines.
type Line struct {
	Move    sales.Move
	Side    sales.Actor // BySeller or ByBuyer
	Minutes float64     // of effort, when it was made
	Weight  float64     // minutes after decay
}

// Balance is the 51/49 of a person, an account or a deal.
type Balance struct {
	SellerMinutes float64 // decayed effort of our side, the system included
	BuyerMinutes  float64 // decayed effort of theirs
	Share         float64 // BuyerMinutes of both, 0..1; 0 when Band is Unknown
	Band          Band
	N             int    // moves that weigh something
	Lines         []Line // newest first
}

// Compute is the balance at now of the moves given, in any order, by Table.
func Compute(moves []sales.Move, now time.Time) Balance { return Weights{}.Compute(moves, now) }

// Compute is the balance at now of the moves given, in any order.
func (x Weights) Compute(moves []sales.Move, now time.Time) Balance {
	table := x.lookup()
	b := Balance{Band: Unknown}
	if len(moves) > 0 {
		b.Lines = make([]Line, 0, len(moves)+len(moves)/8+1)
	}
	for _, m := range moves {
		seller, buyer := minutesOf(m, table[m.Kind])
		if seller == 0 && buyer == 0 {
			continue
		}
		b.N++
		age := max(now.Sub(m.At), 0)
		decay := math.Exp2(-float64(age) / float64(HalfLife))
		if seller > 0 {
			b.Lines = append(b.Lines, Line{m, sales.BySeller, seller, seller * decay})
		}
		if buyer > 0 {
			b.Lines = append(b.Lines, Line{m, sales.ByBuyer, buyer, buyer * decay})
		}
	}
	slices.SortStableFunc(b.Lines, func(x, y Line) int { return compare(y.Move, x.Move) })
	for _, l := range b.Lines { // summed in one order, so that any order of moves gives the same bits
		if l.Side == sales.ByBuyer {
			b.BuyerMinutes += l.Weight
		} else {
			b.SellerMinutes += l.Weight
		}
	}
	if total := b.SellerMinutes + b.BuyerMinutes; total > 0 {
		b.Share = b.BuyerMinutes / total
		b.Band = BandOf(b.Share)
	}
	return b
}

// Shares gives a function that says of moves, in any order, what Compute says of
// their share and band at now, without the lines: for many people at once.
func (x Weights) Shares(now time.Time) func(moves []sales.Move) (float64, Band) {
	table := x.lookup()
	return func(moves []sales.Move) (float64, Band) {
		newest := func(a, b sales.Move) int { return compare(b, a) }
		if !slices.IsSortedFunc(moves, newest) {
			moves = slices.Clone(moves)
			slices.SortStableFunc(moves, newest)
		}
		var seller, buyer float64
		for i := range moves {
			s, b := minutesOf(moves[i], table[moves[i].Kind])
			if s == 0 && b == 0 {
				continue
			}
			decay := math.Exp2(-float64(max(now.Sub(moves[i].At), 0)) / float64(HalfLife))
			if s > 0 {
				seller += s * decay
			}
			if b > 0 {
				buyer += b * decay
			}
		}
		if seller+buyer > 0 {
			share := buyer / (seller + buyer)
			return share, BandOf(share)
		}
		return 0, Unknown
	}
}

// compare orders moves by time, then by ID, then by kind.
func compare(a, b sales.Move) int {
	if c := a.At.Compare(b.At); c != 0 {
		return c
	}
	if a.ID != b.ID {
		if a.ID < b.ID {
			return -1
		}
		return 1
	}
	return strings.Compare(string(a.Kind), string(b.Kind))
}

// BandOf is the band of a share from 0 to 1.
func BandOf(share float64) Band {
	switch {
	case share < 0.10:
		return Chasing
	case share < 0.51:
		return Courting
	case share >= 0.51:
		return LeaningIn
	}
	return Unknown // no number
}

// NinetyTen is the 90/10: the minutes of work that the system saved, by the
// column Saved of the moves that it made, against the minutes that sellers and
// leaders spent. Nothing decays.
func NinetyTen(moves []sales.Move) (systemMinutes, humanMinutes float64) {
	return Weights{}.NinetyTen(moves)
}

// NinetyTen is that of the package by these weights.
func (x Weights) NinetyTen(moves []sales.Move) (systemMinutes, humanMinutes float64) {
	table := x.lookup()
	for _, m := range moves {
		system, human := ninetyTen(m, table[m.Kind])
		systemMinutes += system
		humanMinutes += human
	}
	return systemMinutes, humanMinutes
}

// ninetyTen is what one move adds to the 90/10.
func ninetyTen(m sales.Move, w pair) (system, human float64) {
	seller, _ := minutesOf(m, w)
	switch m.Actor {
	case sales.BySeller, sales.ByLeader:
		return 0, seller
	default: // what machines of theirs sent was read by the system
		if m.Kind == sales.MoveTalk {
			return w.Saved, seller
		}
		return w.Saved, 0
	}
}

// Formula is how the numbers come about, for people to read: lines of plain text.
func Formula() string { return Weights{}.Formula() }

// Formula is that of the package by these weights.
func (x Weights) Formula() string {
	var b strings.Builder
	b.WriteString("Every move counts the minutes of effort that it took, on the side that took them. Effort of 30 days ago counts half, of 60 days ago a quarter.\n")
	b.WriteString("Balance = their minutes / (their minutes + our minutes). What the system does counts on our side, with little.\n")
	b.WriteString("Under 10 %: we chase. From 10 % to under 51 %: we court; 50 % is still courting. From 51 %: they lean in. No effort on either side: unknown.\n")
	b.WriteString("90/10 = minutes of work that the system saved, against minutes that people spent; these do not decay.\n")
	b.WriteString("Minutes noted with a move, such as the length of a talk, replace those of the table, up to 8 hours.\n\n")
	b.WriteString("move: ours / theirs / saved by the system\n")
	for _, w := range x.Table() {
		fmt.Fprintf(&b, "%s: %s / %s / %s\n", w.Says, number(w.Seller), number(w.Buyer), number(w.Saved))
	}
	return b.String()
}

func number(f float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", f), ".0") }

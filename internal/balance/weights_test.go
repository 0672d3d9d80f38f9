package balance

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ninetyten/internal/sales"
)

// written is the line of a kind as its writer makes it: with the minutes of the table.
func written(id int, kind sales.MoveKind) sales.Move {
	side, minutes, asks := Effort(kind)
	m := move(id, day(0), side, kind)
	m.Minutes, m.Asks = minutes, asks
	return m
}

func TestWeightsOfTodayCountForThePast(t *testing.T) {
	lines := []sales.Move{written(1, sales.MoveMailManual), written(2, sales.MoveReply), written(3, sales.MoveTalk)}
	own := With(map[sales.MoveKind]sales.MoveWeight{sales.MoveMailManual: {Seller: 16}, sales.MoveReply: {Buyer: 1}, sales.MoveTalk: {Seller: 20, Buyer: 10}})
	if b := own.Compute(lines, day(0)); b.SellerMinutes != 36 || b.BuyerMinutes != 11 {
		t.Errorf("with weights of its own: %v and %v, want 36 and 11", b.SellerMinutes, b.BuyerMinutes)
	}
	if b := Compute(lines, day(0)); b.SellerMinutes != 18 || b.BuyerMinutes != 15 {
		t.Errorf("by the table: %v and %v, want 18 and 15", b.SellerMinutes, b.BuyerMinutes)
	}
	long := written(4, sales.MoveTalk)
	long.Minutes = 45 // measured: it stays, in the proportion of the weights
	if b := own.Compute([]sales.Move{long}, day(0)); b.SellerMinutes != 45 || b.BuyerMinutes != 22.5 {
		t.Errorf("a talk of 45 minutes: %v and %v, want 45 and 22.5", b.SellerMinutes, b.BuyerMinutes)
	}
	if !own.Changed(sales.MoveReply) || own.Changed(sales.MoveQuestion) || own.Changed("unheard_of") {
		t.Error("what was changed is told wrongly")
	}
	zero := With(map[sales.MoveKind]sales.MoveWeight{sales.MoveReply: {}})
	if b := zero.Compute(lines[1:2], day(0)); b.Band != Unknown || b.N != 0 {
		t.Errorf("what weighs nothing counts: %+v", b)
	}
}

func TestNoWeightThatIsNone(t *testing.T) {
	for _, w := range []sales.MoveWeight{{Seller: -1}, {Buyer: math.NaN()}, {Saved: math.Inf(1)}, {Buyer: 481}} {
		if CheckWeight(w) == nil {
			t.Errorf("%+v passed", w)
		}
		if With(map[sales.MoveKind]sales.MoveWeight{sales.MoveReply: w}).Changed(sales.MoveReply) {
			t.Errorf("%+v counts", w)
		}
	}
}

// Whatever the weights: a move of the buyer never lowers the buyer's share, one
// of ours never raises it, and later is never worth less.
func TestWeightProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		own := map[sales.MoveKind]sales.MoveWeight{}
		minutes := rapid.Float64Range(0, maxMinutes)
		for _, w := range Table() {
			if rapid.Bool().Draw(t, "own") {
				own[w.Kind] = sales.MoveWeight{Seller: minutes.Draw(t, "seller"), Buyer: minutes.Draw(t, "buyer"), Saved: 1}
			}
		}
		own[sales.MoveMailManual] = sales.MoveWeight{Seller: minutes.Draw(t, "ours")}
		own[sales.MoveReply] = sales.MoveWeight{Buyer: minutes.Draw(t, "theirs")}
		x, moves := With(own), drawMoves(t)
		b := x.Compute(moves, day(0))
		add := func(actor sales.Actor, kind sales.MoveKind, ago int) Balance {
			return x.Compute(append(slices.Clone(moves), move(99, day(-ago), actor, kind)), day(0))
		}
		theirs, ours := add(sales.ByBuyer, sales.MoveReply, 0), add(sales.BySeller, sales.MoveMailManual, 0)
		if theirs.Share < b.Share-1e-12 {
			t.Fatalf("their move lowered their share from %v to %v", b.Share, theirs.Share)
		}
		if ours.Share > b.Share+1e-12 {
			t.Fatalf("our move raised their share from %v to %v", b.Share, ours.Share)
		}
		if older := add(sales.ByBuyer, sales.MoveReply, rapid.IntRange(1, 1000).Draw(t, "ago")); older.Share > theirs.Share+1e-12 {
			t.Fatalf("an older move of theirs counts more: %v, %v today", older.Share, theirs.Share)
		}
		if b.Share < 0 || b.Share > 1 || math.IsNaN(b.Share) || len(x.Formula()) == 0 {
			t.Fatalf("share %v", b.Share)
		}
	})
}
